"""The works in a folder, each under a key of its own, and open for those who look at them.

A key is opaque: it is found by comparing, never by making a path of it, so no word from outside reaches the file system.
"""

from __future__ import annotations

import hashlib
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from translate.errors import DragomanError, SettingError, StoreError
from translate.pipeline import known
from translate.pipeline.works import STORE, Folder
from translate.store import Store, Totals, Work

KEY_LETTERS = 16


@dataclass(frozen=True, slots=True)
class Shelved:
    """One work in the list of works: what it is, how many passages are in which state, how its last run ended ("" where it did not, None where there was none)."""

    key: str
    folder: Folder
    work: Work
    totals: Totals
    model: str
    outcome: str | None


class Shelf:
    """The works under ``out``. All methods may be called from any thread; ``close`` when nobody reads any more."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._lock = threading.Lock()
        self._open: dict[str, tuple[Store, tuple[int, int]]] = {}
        self._known: dict[str, tuple[tuple[int, ...], Shelved]] = {}

    def works(self) -> tuple[Shelved, ...]:
        """All works, the last touched first. One that cannot be opened is left out: its own page says why."""
        found = []
        for folder in self.folders():
            try:
                found.append(self.shelved(folder))
            except StoreError:
                continue
        return tuple(found)

    def folders(self) -> tuple[Folder, ...]:
        """The folders of all works, the last touched first."""
        stores = sorted(self.out.glob(f"*/{STORE}"), key=_touched, reverse=True)
        return tuple(Folder(path.parent) for path in stores)

    def shelved(self, folder: Folder) -> Shelved:
        """The work in ``folder``; read anew only where its store has changed. Raises ``StoreError`` where it cannot be read."""
        key, stamp = key_of(folder), _stamp(folder.store)
        there = self._known.get(key)
        if there is not None and there[0] == stamp:
            return there[1]
        with Store.open(folder.store) as store:
            runs = store.runs()
            found = Shelved(key, folder, store.work, store.totals(), known.settings(store).get("model_name", ""), runs[-1].outcome if runs else None)
        self._known[key] = (stamp, found)
        return found

    def find(self, key: str) -> Folder:
        """The folder of the work with this key. Raises ``SettingError`` where there is none."""
        for folder in self.folders():
            if key_of(folder) == key:
                return folder
        raise SettingError("There is no such work here (any more).")

    def store(self, key: str) -> Store:
        """The open store of the work with this key; it stays open. Raises ``SettingError`` where there is none, ``StoreError`` where it cannot be opened."""
        with self._lock:
            there = self._open.get(key)
            if there is not None and file_of(there[0].path) == there[1]:
                return there[0]
            folder = self.find(key)
            file = file_of(folder.store)
            opened = Store.open(folder.store)
            self._open[key] = (opened, file)
            if there is not None:  # it was thrown away, and another work has its name
                there[0].close()
            threading.Thread(target=_index, args=(opened,), name="index of words", daemon=True).start()
            return opened

    def warm(self) -> None:
        """Make ready what the first page of the work that was touched last needs, so that whoever opens it does not wait. What cannot be had, its own page tells."""
        with suppress(DragomanError):
            for folder in self.folders()[:1]:
                known.present_judge(self.store(key_of(folder)))

    def close(self) -> None:
        """Close every store."""
        with self._lock:
            for store, _ in self._open.values():
                store.close()
            self._open.clear()


def _index(store: Store) -> None:
    """Bring the index of words up to date, so that the first search need not; where that cannot be done, the search itself says why."""
    with suppress(StoreError):
        store.reviewing.index()


def key_of(folder: Folder) -> str:
    """The key of the work in ``folder``: the same as long as the folder has its name."""
    return hashlib.sha256(folder.name.encode("utf-8", "surrogatepass")).hexdigest()[:KEY_LETTERS]


def _touched(store: Path) -> float:
    return max((path.stat().st_mtime for path in (store, store.with_name(STORE + "-wal")) if path.exists()), default=0.0)


def file_of(path: Path) -> tuple[int, int]:
    """Which file lies there now: another one after it was thrown away and made anew; (0, 0) where there is none."""
    try:
        about = path.stat()
    except OSError:
        return (0, 0)
    return (about.st_dev, about.st_ino)


def _stamp(store: Path) -> tuple[int, ...]:
    stamp: list[int] = []
    for path in (store, store.with_name(STORE + "-wal")):
        if path.exists():
            about = path.stat()
            stamp += [about.st_mtime_ns, about.st_size, about.st_ino]
    return tuple(stamp)
