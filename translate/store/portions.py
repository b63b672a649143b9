"""What a work of very many documents is asked for portion by portion, so that nothing of it is ever in memory as a whole."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from translate.errors import StoreError
from translate.store import reader
from translate.store.connections import telling

CURRENT = "(SELECT max(number) FROM versions)"


class Portions:
    """The large work's side of one store."""

    def __init__(self, path: Path, reading: Callable[[], sqlite3.Connection]) -> None:
        self._path, self._reading = path, reading

    def source(self) -> Iterator[bytes]:
        """The bytes of the present version's source, piece by piece; between two no read transaction is held. Raises ``StoreError`` where there is none."""
        with telling(self._path):
            newest = reader.version(self._reading())
            if newest is None:
                raise StoreError(f"{self._path}: it has not got a source. Run dragoman wiki import.")
            position = 0
            query = "SELECT data FROM pieces WHERE sha256 = ? AND position = ?"
            while row := self._reading().execute(query, (newest.sha256, position)).fetchone():
                yield row[0]
                position += 1

    def waiting(self, *, everything: bool = False) -> tuple[tuple[str, int], ...]:
        """The documents of the present version that have pending segments (or, with ``everything``, any), in order, each with how many."""
        query = f"""SELECT d.name, count(*) FROM documents d JOIN places p ON p.document = d.id JOIN segments s ON s.id = p.segment
            WHERE d.version = {CURRENT} AND (:everything OR s.status = 'pending') GROUP BY d.id ORDER BY d.position"""
        with telling(self._path):
            return tuple((name, number) for name, number in self._reading().execute(query, {"everything": everything}))

    def twins(self, documents: Iterable[str]) -> dict[str, str]:
        """Pending segments of these documents → the first segment of the present version that has the very same source and kind, and is accepted or approved.

        What it takes depends on these documents alone: a heading that ten thousand pages share is looked up once.
        """
        pending = f"""SELECT p.exact, p.kind, p.source, s.name FROM json_each(?) w CROSS JOIN documents d ON d.version = {CURRENT} AND d.name = w.value
            CROSS JOIN places p ON p.document = d.id CROSS JOIN segments s ON s.id = p.segment WHERE s.status = 'pending'"""
        settled = f"""SELECT o.name FROM places q CROSS JOIN segments o ON o.id = q.segment AND o.place = q.id
            WHERE q.exact = ? AND q.kind = ? AND q.source = ? AND o.status IN ('accepted', 'approved') AND o.outdated = 0 AND o.version = {CURRENT} ORDER BY q.id LIMIT 1"""
        with telling(self._path):
            alike: dict[tuple[str, str, str], list[str]] = {}
            for exact, kind, source, name in self._reading().execute(pending, (json.dumps(list(documents)),)):
                alike.setdefault((exact, kind, source), []).append(name)
            found = {key: self._reading().execute(settled, key).fetchone() for key in alike}
            return {name: row[0] for key, row in found.items() if row for name in alike[key]}
