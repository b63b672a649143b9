"""What the store gives back about the present version: documents, segments, states, targets, pairs.

Long lists come in batches by position; between batches no read transaction is held, so a writer can always checkpoint, and memory stays flat.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from translate.document import Draft, Finding, Kind, Runs, Segment, load_runs, plain
from translate.errors import StoreError
from translate.store import dismissals
from translate.store.coding import FINDING_COLUMNS, SEGMENT_COLUMNS, finding_of, load_list, segment_of
from translate.store.rows import DocumentRow, MirrorRow, Orphan, Pair, Review, State, Version

BATCH = 500
Connect = Callable[[], sqlite3.Connection]
STATE_COLUMNS = "s.status, s.draft, s.dependency, s.origin, s.outdated"


def version(connection: sqlite3.Connection, number: int | None = None) -> Version | None:
    """The version with this number, or the newest; None where there is none."""
    where = "" if number is None else "WHERE number = :number"
    row = connection.execute(
        f"SELECT number, name, sha256, size, imported, walk FROM versions {where} ORDER BY number DESC LIMIT 1", {"number": number}
    ).fetchone()
    return Version(*row) if row else None


def source(connection: sqlite3.Connection, wanted: Version) -> bytes:
    """The bytes of a version."""
    return b"".join(row[0] for row in connection.execute("SELECT data FROM pieces WHERE sha256 = ? ORDER BY position", (wanted.sha256,)))


def documents(connection: sqlite3.Connection, number: int) -> list[DocumentRow]:
    """The documents of a version, in order."""
    rows = connection.execute(
        """SELECT name, kind, position, visible, remarks, (SELECT count(*) FROM places WHERE document = d.id),
        (SELECT count(*) FROM mirrors WHERE document = d.id), (SELECT count(*) FROM skips WHERE document = d.id)
        FROM documents d WHERE version = ? ORDER BY position""",
        (number,),
    )
    return [DocumentRow(name, kind, position, visible, load_list(remarks), *counts) for name, kind, position, visible, remarks, *counts in rows]


def document_keys(connection: sqlite3.Connection, number: int, name: str | None) -> list[int]:
    """The rows of the documents of a version, in order; or of the one that is named.

    Raises ``StoreError`` where the version has no document of this name.
    """
    where = "" if name is None else " AND name = :name"
    keys = [
        row[0] for row in connection.execute(f"SELECT id FROM documents WHERE version = :number{where} ORDER BY position", {"number": number, "name": name})
    ]
    if name is not None and not keys:
        raise StoreError(f"'{name}' is not a document of this work. dragoman inspect lists them.")
    return keys


def has_document(connection: sqlite3.Connection, name: str) -> bool:
    """Whether the present version has a document of this name."""
    row = connection.execute("SELECT 1 FROM documents WHERE version = (SELECT max(number) FROM versions) AND name = ?", (name,)).fetchone()
    return row is not None


def batches(connect: Connect, keys: list[int], columns: str) -> Iterator[list[tuple[Any, ...]]]:
    """Rows of places joined to their segment, draft and document, in reading order, ``BATCH`` at a time."""
    query = f"""SELECT p.position, {columns} FROM places p JOIN documents d ON d.id = p.document JOIN segments s ON s.id = p.segment
        LEFT JOIN drafts r ON r.id = s.draft WHERE p.document = ? AND p.position > ? ORDER BY p.position LIMIT {BATCH}"""
    for key in keys:
        after = -1
        while rows := connect().execute(query, (key, after)).fetchall():
            after = rows[-1][0]
            yield [row[1:] for row in rows]


def segments(connect: Connect, keys: list[int]) -> Iterator[Segment]:
    """The segments of the documents, in reading order."""
    for rows in batches(connect, keys, SEGMENT_COLUMNS):
        yield from map(segment_of, rows)


def states(connection: sqlite3.Connection, documents: Iterable[str] | None = None) -> dict[str, State]:
    """The state of every segment of the present version, or of these documents; equal states are one object."""
    shared: dict[tuple[object, ...], State] = {}
    out: dict[str, State] = {}
    present = "s.version = (SELECT max(number) FROM versions)"  # asked in the same statement: another process may be importing
    query = f"SELECT s.name, {STATE_COLUMNS} FROM segments s WHERE {present} ORDER BY s.place"
    if documents is not None:
        query = f"""SELECT s.name, {STATE_COLUMNS} FROM json_each(:documents) w CROSS JOIN documents d ON d.name = w.value AND d.version = (SELECT max(number) FROM versions)
            CROSS JOIN places p ON p.document = d.id CROSS JOIN segments s ON s.id = p.segment
            WHERE {present} ORDER BY s.place"""
    for name, *values in connection.execute(query, {} if documents is None else {"documents": json.dumps(list(documents))}):
        key = tuple(values)
        out[name] = shared.get(key) or shared.setdefault(key, state_of(values))
    return out


def state_of(values: Any) -> State:
    """A state from ``STATE_COLUMNS``."""
    status, draft, dependency, origin, outdated = values
    return State(status, draft, dependency, origin, bool(outdated))


def mirrors(connection: sqlite3.Connection, key: int) -> list[MirrorRow]:
    """The mirrors of a document, in order."""
    rows = connection.execute(
        """SELECT d.name, m.address, m.kind, s.name, m.source FROM mirrors m JOIN documents d ON d.id = m.document JOIN segments s ON s.id = m.segment
        WHERE m.document = ? ORDER BY m.position""",
        (key,),
    )
    return [MirrorRow(name, address, Kind(kind), segment, load_runs(text)) for name, address, kind, segment, text in rows]


def skips(connection: sqlite3.Connection, key: int) -> list[tuple[str, str, str]]:
    """Address, reason and text of what is left as it is in the document with this key, in order."""
    return connection.execute("SELECT address, reason, text FROM skips WHERE document = ? ORDER BY position", (key,)).fetchall()


def targets(connection: sqlite3.Connection, key: int) -> dict[str, Runs]:
    """What is put in the places of a document, by address; a place that has nothing yet is left out, and so are mirrors: a format knows what of its model a label repeats."""
    own = connection.execute(
        """SELECT p.address, r.target FROM places p JOIN segments s ON s.id = p.segment JOIN drafts r ON r.id = s.draft
        WHERE p.document = ? AND s.status != 'pending' ORDER BY p.position""",
        (key,),
    )
    return {address: load_runs(target) for address, target in own}


def followed(connection: sqlite3.Connection, key: int) -> dict[str, tuple[Runs, Runs, Runs]]:
    """The mirrors of a document whose model has something put in its place, by address: the mirror's own words, the model's, and what stands for these."""
    rows = connection.execute(
        """SELECT m.address, m.source, p.source, r.target FROM mirrors m JOIN documents d ON d.id = m.document
        JOIN documents od ON od.version = d.version AND od.name = m.of_document JOIN places p ON p.document = od.id AND p.address = m.of_address
        JOIN segments s ON s.id = p.segment JOIN drafts r ON r.id = s.draft WHERE m.document = ? AND s.status != 'pending' ORDER BY m.position""",
        (key,),
    )
    return {address: (load_runs(own), load_runs(model), load_runs(target)) for address, own, model, target in rows}


DRAFT_COLUMNS = "r.target, r.origin, r.model, r.prompt, r.request, r.finish, r.strays"
PAIR_COLUMNS = f"{SEGMENT_COLUMNS}, {STATE_COLUMNS}, {DRAFT_COLUMNS}, s.id"


def draft_of(segment: str, row: Any) -> Draft | None:
    """A draft from ``DRAFT_COLUMNS``, or None where the row has none."""
    target, origin, model, prompt, request, finish, strays = row
    return None if target is None else Draft(segment, load_runs(target), origin, model, prompt, request, finish, load_list(strays))


def pairs(connect: Connect, keys: list[int]) -> Iterator[Pair]:
    """The segments of the documents with what stands for them."""
    for rows in batches(connect, keys, PAIR_COLUMNS):
        yield from _pairs_of(connect(), rows)


def pairs_among(connect: Connect, names: Sequence[str]) -> Iterator[Pair]:
    """The segments of these names that the present version has, ``BATCH`` at a time, each batch in reading order."""
    query = f"""SELECT {PAIR_COLUMNS} FROM json_each(?) w CROSS JOIN segments s ON s.name = w.value AND s.version = (SELECT max(number) FROM versions)
        JOIN places p ON p.id = s.place JOIN documents d ON d.id = p.document LEFT JOIN drafts r ON r.id = s.draft ORDER BY s.place"""
    for start in range(0, len(names), BATCH):
        connection = connect()
        yield from _pairs_of(connection, connection.execute(query, (json.dumps(names[start : start + BATCH]),)).fetchall())


def pair(connection: sqlite3.Connection, segment: str) -> Pair:
    """One segment of the present version with what stands for it.

    Raises ``StoreError`` where the present version has no such segment.
    """
    rows = connection.execute(
        f"""SELECT {PAIR_COLUMNS} FROM segments s JOIN places p ON p.id = s.place JOIN documents d ON d.id = p.document LEFT JOIN drafts r ON r.id = s.draft
        WHERE s.name = ? AND s.version = (SELECT max(number) FROM versions)""",
        (segment,),
    ).fetchall()
    if not rows:
        raise StoreError(f"'{segment}' is not a segment of the present version of this work. Take an id from dragoman findings or the report.")
    return _pairs_of(connection, rows)[0]


def _pairs_of(connection: sqlite3.Connection, rows: list[Any]) -> list[Pair]:
    """Pairs from ``PAIR_COLUMNS``."""
    keys = [row[-1] for row in rows]
    found, dismissed, out = _findings(connection, keys), dismissals.known(connection, keys), []
    for row in rows:
        segment, state = segment_of(row[:6]), state_of(row[6:11])
        draft = draft_of(segment.id, row[11:18])
        late = (outdated(connection, segment, draft),) if state.outdated else ()
        standing, held = dismissals.sort_out((*late, *found[row[-1]]), segment, draft, dismissed.get(row[-1], {}))
        out.append(Pair(segment, draft, standing, state, held))
    return out


def _findings(connection: sqlite3.Connection, segments: list[int]) -> dict[int, list[Finding]]:
    """The findings that hold now: of the draft that stands, and of the segment itself."""
    out: dict[int, list[Finding]] = defaultdict(list)
    rows = connection.execute(
        f"""SELECT f.segment, {FINDING_COLUMNS} FROM findings f JOIN segments s ON s.id = f.segment
        WHERE f.segment IN (SELECT value FROM json_each(?)) AND f.retired IS NULL AND (f.draft IS NULL OR f.draft = s.draft) ORDER BY f.id""",
        (json.dumps(segments),),
    )
    for segment, *row in rows:
        out[segment].append(finding_of(row))
    return out


def outdated(connection: sqlite3.Connection, segment: Segment, draft: Draft | None) -> Finding:
    """The finding that a person's wording belongs to an earlier source text; it names both."""
    row = connection.execute(
        "SELECT r.who, r.at, r.source FROM reviews r JOIN segments s ON s.id = r.segment WHERE s.name = ? ORDER BY r.id DESC LIMIT 1", (segment.id,)
    ).fetchone()
    message = f"The source has changed since {row[0]} approved this wording on {row[1][:10]}; it read: “{plain(load_runs(row[2]))}”."
    return Finding("outdated", "error", message, source=segment.text, target=draft.text if draft else "")


def orphans(connection: sqlite3.Connection, number: int) -> Iterator[Orphan]:
    """People's wordings whose segment the version does not have, as they were last seen; the newest wording of each."""
    rows = connection.execute(
        f"""SELECT {SEGMENT_COLUMNS}, s.version, v.id, s.name, v.draft, r.target, v.source, v.who, v.at, v.note
        FROM segments s JOIN places p ON p.id = s.place JOIN documents d ON d.id = p.document
        JOIN reviews v ON v.id = (SELECT max(id) FROM reviews WHERE segment = s.id) JOIN drafts r ON r.id = v.draft
        WHERE s.version < ? ORDER BY s.version DESC, s.place""",
        (number,),
    ).fetchall()
    for row in rows:
        review = Review(row[7], row[8], row[9], load_runs(row[10]), load_runs(row[11]), *row[12:])
        yield Orphan(segment_of(row[:6]), row[6], review)
