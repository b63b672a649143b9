"""Copies of the glossaries that a work was translated by: they hold when the files are gone. Each content is kept once."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import Any

from translate.document import Term
from translate.errors import StoreError
from translate.store.clock import now
from translate.store.connections import telling

PLAIN: dict[str, Any] = {field.name: field.default for field in fields(Term)}
LISTS = frozenset(["allowed", "forbidden", "over"])


class Glossaries:
    """The part of a store that holds copies of glossaries. All methods may be called from any thread; what is written is on disk on return."""

    def __init__(self, reading: Callable[[], sqlite3.Connection], submit: Callable[[Callable[[sqlite3.Connection], Any]], Future[Any]], path: Path) -> None:
        self._reading = reading
        self._submit = submit
        self._path = path

    def keep(self, glossaries: Iterable[tuple[Term, ...]]) -> None:
        """Keep these glossaries, each under its ``mark``; one that is there already costs nothing."""
        there = [(mark(terms), packed(terms)) for terms in glossaries]

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany("INSERT OR IGNORE INTO glossaries (sha256, at, terms) VALUES (?, ?, ?)", [(name, now(), data) for name, data in there])

        if there:
            self._submit(write).result()

    def find(self, name: str) -> tuple[Term, ...] | None:
        """The glossary with this mark, or None. Raises ``StoreError`` where its copy is damaged."""
        with telling(self._path):
            row = self._reading().execute("SELECT terms FROM glossaries WHERE sha256 = ?", (name,)).fetchone()
        try:
            return unpacked(row[0]) if row else None
        except (ValueError, TypeError, zlib.error) as error:
            raise StoreError(f"{self._path}: the copy of a glossary is damaged. Go back to a backup, or give the glossary again with --glossary.") from error


def mark(terms: Iterable[Term]) -> str:
    """What tells a glossary from every other: a hash of all its lines, in their order."""
    return "g1:" + sha256(_text(terms)).hexdigest()


def packed(terms: Iterable[Term]) -> bytes:
    """A glossary as it is stored."""
    return zlib.compress(_text(terms))


def unpacked(data: bytes) -> tuple[Term, ...]:
    """A glossary as it was packed. Raises ``ValueError``, ``TypeError`` or ``zlib.error`` where the data are damaged."""
    rows: list[dict[str, Any]] = json.loads(zlib.decompress(data))
    for row in rows:
        row |= {name: tuple(value) for name, value in row.items() if name in LISTS}
    return tuple(Term(**row) for row in rows)


def _text(terms: Iterable[Term]) -> bytes:
    rows = [{name: value for name in PLAIN if (value := getattr(term, name)) != PLAIN[name]} for term in terms]
    return json.dumps(rows, ensure_ascii=True, sort_keys=True).encode()
