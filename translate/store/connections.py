"""Connections to the store's file: one for each thread, with the pragmas that the promises need, and SQLite's errors told in our words.

WAL lets readers and one writer of several processes work side by side; ``synchronous=FULL`` makes a commit last through a power cut.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from translate.errors import StoreBusy, StoreError

PATIENCE = 60.0  # seconds that a write waits for another process's transaction; ours are short, a big import is not

SAYINGS: tuple[tuple[str, type[StoreError], str], ...] = (
    ("disk is full", StoreError, "the disk is full. Free some space and run the same command again; what was reported as done is kept."),
    ("readonly", StoreError, "it cannot be written. Check the rights of the file and its folder, or copy it to a folder of your own."),
    ("read-only", StoreError, "it cannot be written. Check the rights of the file and its folder, or copy it to a folder of your own."),
    ("is locked", StoreBusy, f"another process has been writing to it for over {PATIENCE:.0f} seconds. Wait for it to end and try again."),
    ("not a database", StoreError, "this is not a store of ours. Name a work.db that dragoman translate made."),
    ("malformed", StoreError, "the file is damaged. Run dragoman verify on it, and go back to a backup if that finds losses."),
    ("unable to open", StoreError, "it cannot be opened. Check that the file is there and that you may read it."),
    (
        "disk I/O error",
        StoreError,
        "the disk reports an error or is full. Check space and disk and run the same command again; what was reported as done is kept.",
    ),
)


def told(path: Path, error: sqlite3.Error) -> StoreError:
    """The error of ours that says what SQLite's error means for the person: what, where, what to do."""
    words = str(error)
    for sign, kind, saying in SAYINGS:
        if sign in words:
            return kind(f"{path}: {saying}")
    return StoreError(f"{path}: the store could not do it ({words}). Run dragoman verify on it.")


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Raises SQLite's errors of the block as ``StoreError``."""
    try:
        yield
    except sqlite3.Error as error:
        raise told(path, error) from error


def connect(path: Path, *, readonly: bool = False) -> sqlite3.Connection:
    """A connection in autocommit (transactions are begun by hand), usable by one thread at a time.

    Raises ``sqlite3.Error`` where the file cannot be opened.
    """
    if readonly:
        return _connect_readonly(path)
    connection = _tried(_uri(path, "rw"))
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    return connection


def _connect_readonly(path: Path) -> sqlite3.Connection:
    """A connection that can only read; on a medium where WAL's side files cannot be made, the file is read as unchanging."""
    try:
        return _tried(_uri(path, "ro"))
    except sqlite3.OperationalError:
        if path.with_name(path.name + "-wal").exists():
            raise  # what stands in the side file would be missed
        return _tried(_uri(path, "ro") + "&immutable=1")


def _tried(uri: str) -> sqlite3.Connection:
    """A connection that has read something."""
    connection = sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _uri(path: Path, mode: str) -> str:
    return f"file:{quote(str(path.absolute()))}?mode={mode}"


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One write transaction, begun at once (so that a wait comes before any work) and undone whole where the block raises."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


class Connections:
    """The connections of one store in this process: each thread gets its own, ``close`` ends them all."""

    def __init__(self, path: Path, *, readonly: bool) -> None:
        self.path = path
        self.readonly = readonly
        self._local = threading.local()
        self._guard = threading.Lock()
        self._all: list[sqlite3.Connection] = []
        self._closed = False

    def mine(self) -> sqlite3.Connection:
        """This thread's connection, opened at its first use.

        Raises ``StoreError`` where the store was closed or cannot be opened.
        """
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if self._closed:
            raise StoreError(f"{self.path}: the store was closed. Open it again.")
        if connection is None:
            with telling(self.path):
                connection = connect(self.path, readonly=self.readonly)
            self._local.connection = connection
            with self._guard:
                self._all.append(connection)
        return connection

    def close(self) -> None:
        """Close every thread's connection; no other thread may be reading."""
        with self._guard:
            self._closed = True
            for connection in self._all:
                with suppress(sqlite3.Error):  # closing cannot lose what was committed
                    connection.close()
            self._all.clear()
