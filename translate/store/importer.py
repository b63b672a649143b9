"""Puts a version of a source into the store: its bytes, documents, places, mirrors and skips, in one transaction, one document in memory at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from translate.document import Document, Slot, load_runs
from translate.errors import StoreError
from translate.store import matcher
from translate.store.clock import now
from translate.store.coding import list_text, runs_text, safe
from translate.store.hashes import exact, masked, name_of, source_hash
from translate.store.mirrors import may_mirror
from translate.store.rows import Version

PIECE = 4 * 1024 * 1024  # bytes of a source in one row: a row is held in memory as a whole
CHAIN = 10  # mirrors of mirrors that are followed


def current(connection: sqlite3.Connection) -> Version | None:
    """The newest version, or None before the first import."""
    row = connection.execute("SELECT number, name, sha256, size, imported, walk FROM versions ORDER BY number DESC LIMIT 1").fetchone()
    return Version(*row) if row else None


def is_current(connection: sqlite3.Connection, data: bytes | Path, walk: str) -> bool:
    """Whether the newest version has these bytes, walked the same way."""
    newest = current(connection)
    return newest is not None and newest.sha256 == source_hash(data) and newest.walk == walk


def add(connection: sqlite3.Connection, name: str, data: bytes | Path, documents: Iterable[Document], walk: str) -> Version:
    """Add the version, and carry every segment over that is found again. The caller has opened the transaction.

    Raises ``StoreError`` where a document has two slots with one address, or two documents have one name.
    """
    newest = current(connection)
    version = Version((newest.number if newest else 0) + 1, safe(name), source_hash(data), len(data) if isinstance(data, bytes) else data.stat().st_size, now(), walk)
    _keep_bytes(connection, version.sha256, data)
    connection.execute(
        "INSERT INTO versions (number, name, sha256, size, imported, walk) VALUES (?, ?, ?, ?, ?, ?)",
        (version.number, version.name, version.sha256, version.size, version.imported, walk),
    )
    for position, document in enumerate(documents):
        _add_document(connection, version.number, position, document)
    _settle_mirrors(connection, version.number)
    if newest:
        matcher.carry_over(connection, version.number)
    _name_new(connection, version.number)
    _point_mirrors(connection, version.number)
    return version


def _keep_bytes(connection: sqlite3.Connection, sha256: str, data: bytes | Path) -> None:
    """Keep the bytes, once for all versions that have them."""
    pieces = ((sha256, position, piece) for position, piece in enumerate(_pieces(data)))
    connection.executemany("INSERT OR IGNORE INTO pieces (sha256, position, data) VALUES (?, ?, ?)", pieces)


def _pieces(data: bytes | Path) -> Iterator[bytes]:
    if isinstance(data, bytes):
        yield from (data[start : start + PIECE] for start in range(0, len(data), PIECE))
        return
    with data.open("rb") as file:
        yield from iter(lambda: file.read(PIECE), b"")


def _add_document(connection: sqlite3.Connection, version: int, position: int, document: Document) -> None:
    row = (version, position, document.name, document.kind, document.visible, list_text(document.remarks))
    try:
        cursor = connection.execute("INSERT INTO documents (version, position, name, kind, visible, remarks) VALUES (?, ?, ?, ?, ?, ?)", row)
        key = cursor.lastrowid or 0
        connection.executemany(
            "INSERT INTO places (document, position, address, kind, source, trail, exact, masked) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _places(key, document.slots)
        )
        connection.executemany(
            "INSERT INTO mirrors (document, position, address, kind, source, trail, of_document, of_address) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            _mirrors(key, document.slots),
        )
        connection.executemany(
            "INSERT INTO skips (document, position, address, reason, text) VALUES (?, ?, ?, ?, ?)",
            ((key, number, skip.address, skip.reason, safe(skip.text)) for number, skip in enumerate(document.skips)),
        )
    except sqlite3.IntegrityError as error:
        raise StoreError(f"{document.name}: the source has this document, or an address in it, twice ({error}). Nothing was imported.") from error


def _places(document: int, slots: tuple[Slot, ...]) -> Iterator[tuple[object, ...]]:
    for position, slot in enumerate(slots):
        if slot.mirrors is None:
            trail = list_text(slot.trail)
            yield document, position, slot.address, str(slot.kind), runs_text(slot.source), trail, exact(slot.source), masked(slot.source)


def _mirrors(document: int, slots: tuple[Slot, ...]) -> Iterator[tuple[object, ...]]:
    for position, slot in enumerate(slots):
        if slot.mirrors is not None:
            yield document, position, slot.address, str(slot.kind), runs_text(slot.source), list_text(slot.trail), *slot.mirrors


def _settle_mirrors(connection: sqlite3.Connection, version: int) -> None:
    """Follow mirrors of mirrors; one that leads nowhere, or whose own markers the other lacks, becomes a segment of its own."""
    follow = """UPDATE mirrors SET of_document = m.of_document, of_address = m.of_address
        FROM mirrors m JOIN documents d ON d.id = m.document
        WHERE d.version = :version AND d.name = mirrors.of_document AND m.address = mirrors.of_address AND m.id != mirrors.id
        AND mirrors.document IN (SELECT id FROM documents WHERE version = :version)"""
    for _ in range(CHAIN):
        if connection.execute(follow, {"version": version}).rowcount == 0:
            break
    rows = connection.execute(
        """SELECT m.id, m.source, p.source FROM mirrors m JOIN documents d ON d.id = m.document
        LEFT JOIN documents od ON od.version = d.version AND od.name = m.of_document
        LEFT JOIN places p ON p.document = od.id AND p.address = m.of_address WHERE d.version = ?""",
        (version,),
    )
    own = [(key, source) for key, source, other in rows if other is None or not may_mirror(load_runs(source), load_runs(other))]
    for key, source in own:
        runs = load_runs(source)
        connection.execute(
            """INSERT INTO places (document, position, address, kind, source, trail, exact, masked)
            SELECT document, position, address, kind, source, trail, ?, ? FROM mirrors WHERE id = ?""",
            (exact(runs), masked(runs), key),
        )
        connection.execute("DELETE FROM mirrors WHERE id = ?", (key,))


def _name_new(connection: sqlite3.Connection, version: int) -> None:
    """Give every place that has no segment a new one, with a permanent id."""
    salt = connection.execute("SELECT salt FROM work").fetchone()[0]
    counter = count(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM segments").fetchone()[0])
    new = connection.execute(
        "SELECT p.id FROM places p JOIN documents d ON d.id = p.document WHERE d.version = ? AND p.segment IS NULL ORDER BY d.position, p.position", (version,)
    )
    for places in iter(lambda: new.fetchmany(10_000), []):
        rows = [(number, name_of(number, salt), place, version) for (place,), number in zip(places, counter, strict=False)]
        connection.executemany("INSERT INTO segments (id, name, place, version) VALUES (?, ?, ?, ?)", rows)
    connection.execute("UPDATE places SET segment = s.id FROM segments s WHERE s.place = places.id AND s.version = ? AND places.segment IS NULL", (version,))


def _point_mirrors(connection: sqlite3.Connection, version: int) -> None:
    """Point every mirror at the segment that it repeats."""
    connection.execute(
        """UPDATE mirrors SET segment = p.segment FROM documents d, documents od, places p
        WHERE d.id = mirrors.document AND d.version = ? AND od.version = d.version AND od.name = mirrors.of_document
        AND p.document = od.id AND p.address = mirrors.of_address""",
        (version,),
    )
