"""The lock that lets one run at a time work on a store: the operating system's, so that it ends with its process, however that ends."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from translate.errors import StoreBusy, StoreError
from translate.store.clock import now


class RunLock:
    """An exclusive lock on ``<store>.lock`` beside the store. The file stays; only the lock on it counts."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.path = store.with_name(store.name + ".lock")
        self._file: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._file is not None

    def take(self, since: str) -> None:
        """Take the lock, and leave process id and ``since`` in the file for others to read.

        Raises ``StoreBusy`` where another process (or another ``Store`` of this one) has it, ``StoreError`` where the file cannot be written.
        """
        try:
            file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StoreError(f"{self.path}: the lock cannot be written ({error.strerror}). Check the rights of the folder.") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = _holder(file)
            os.close(file)
            raise StoreBusy(f"{self.store}: another run is at work on it ({holder}). Wait for it to end, or stop it and try again.") from error
        except OSError as error:
            os.close(file)
            raise StoreError(f"{self.path}: this file system cannot lock ({error.strerror}). Put the work on a local disk.") from error
        self._file = file
        self._sign(json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since}))

    @contextmanager
    def during(self) -> Iterator[None]:
        """Hold the lock for the block; a lock that is held already stays held after it. Raises as ``take`` does."""
        mine = not self.held
        if mine:
            self.take(now())
        try:
            yield
        finally:
            if mine:
                self.free()

    def free(self) -> None:
        """Give the lock back; nothing happens where it is not held."""
        if self._file is not None:
            self._sign("")
            os.close(self._file)
            self._file = None

    def _sign(self, text: str) -> None:
        if self._file is None:
            return
        try:
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, text.encode(), 0)
        except OSError:
            return  # who holds it is a courtesy: on a full disk the lock itself still counts


def _holder(file: int) -> str:
    """Who holds the lock, as far as the file says."""
    try:
        known = json.loads(os.pread(file, 4096, 0))
        return f"process {known['pid']} on {known['host']}, since {known['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "it does not say which"
