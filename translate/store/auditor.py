"""Re-derives every hash of a store and says in sentences what does not hold."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from translate.document import Draft, load_runs
from translate.store import glossaries
from translate.store.changes import draft_hash, review_hash
from translate.store.coding import unpacked
from translate.store.hashes import digest, dismissal_key, exact, masked, replay_key


def verify(connection: sqlite3.Connection) -> Iterator[str]:
    """One sentence for each thing that does not hold; none where all is well."""
    for (line,) in connection.execute("PRAGMA integrity_check").fetchall():
        if line != "ok":
            yield f"The file is damaged: {line}."
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield f"A row of {table} points at a row of {parent} that is not there."
    yield from _sources(connection)
    yield from _places(connection)
    yield from _drafts(connection)
    yield from _requests(connection)
    yield from _reviews(connection)
    yield from _dismissals(connection)
    yield from _glossaries(connection)
    yield from _states(connection)


def _holds(derive: Callable[[Any], object], stored: object, wanted: object) -> bool:
    """Whether what is derived from the stored value is what is wanted; a value that cannot even be read is not."""
    try:
        return derive(stored) == wanted
    except (ValueError, TypeError, zlib.error):
        return False


def _sources(connection: sqlite3.Connection) -> Iterator[str]:
    for number, name, wanted, size in connection.execute("SELECT number, name, sha256, size FROM versions").fetchall():
        sha, length = hashlib.sha256(), 0
        for (piece,) in connection.execute("SELECT data FROM pieces WHERE sha256 = ? ORDER BY position", (wanted,)):
            sha.update(piece)
            length += len(piece)
        if (f"v1:{sha.hexdigest()}", length) != (wanted, size):
            yield f"The bytes of version {number} ({name}) are not those that were imported."


def _glossaries(connection: sqlite3.Connection) -> Iterator[str]:
    for wanted, data in connection.execute("SELECT sha256, terms FROM glossaries").fetchall():
        if not _holds(lambda packed: glossaries.mark(glossaries.unpacked(packed)), data, wanted):
            yield f"The copy {wanted[:15]} of a glossary is not what was kept."


def _places(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute("SELECT p.source, p.exact, p.masked, p.address, d.name, d.version, p.segment FROM places p JOIN documents d ON d.id = p.document")
    for source, whole, bare, address, document, version, segment in rows:
        if not _holds(lambda text: (exact(load_runs(text)), masked(load_runs(text))), source, (whole, bare)):
            yield f"The source text at {address} of {document}, version {version}, is not the one that was imported."
        if segment is None:
            yield f"The place {address} of {document}, version {version}, has no segment."


def _drafts(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute(
        "SELECT r.id, s.name, r.target, r.origin, r.model, r.prompt, r.source_exact, r.hash FROM drafts r JOIN segments s ON s.id = r.segment"
    )
    for key, segment, target, origin, model, prompt, source, wanted in rows:
        if draft_hash(Draft(segment, (), origin, model, prompt), target, source) != wanted:
            yield f"Draft {key} of segment {segment} is not what was stored."


def _requests(connection: sqlite3.Connection) -> Iterator[str]:
    for key, wanted, model, request, reply, reply_hash in connection.execute("SELECT id, replay_key, model, request, reply, reply_hash FROM requests"):
        if not _holds(lambda sent: replay_key(sent[0], unpacked(sent[1])), (model, request), wanted):
            yield f"Request {key} is not what was sent."
        if reply is not None and not _holds(lambda data: digest(unpacked(data)), reply, reply_hash):
            yield f"The reply to request {key} is not what came back."


def _reviews(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute(
        "SELECT v.id, s.name, v.draft, v.who, v.at, v.note, v.hash, v.source, v.source_exact FROM reviews v JOIN segments s ON s.id = v.segment"
    )
    for key, segment, draft, who, at, note, wanted, source, source_exact in rows.fetchall():
        if review_hash(connection, draft, who, at, note) != wanted or not _holds(lambda text: exact(load_runs(text)), source, source_exact):
            yield f"Review {key} of segment {segment}, by {who}, is not what was stored."


def _dismissals(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute(
        "SELECT d.id, s.name, d.who, d.source_text, d.target_text, d.check_name, d.message, d.key FROM dismissals d JOIN segments s ON s.id = d.segment"
    )
    for number, segment, who, source, target, check, message, wanted in rows.fetchall():
        if not _holds(lambda texts: dismissal_key(*texts), (source, target, check, message), wanted):
            yield f"Dismissal {number} of a finding of segment {segment}, by {who}, is not what was stored."


def _states(connection: sqlite3.Connection) -> Iterator[str]:
    """What stands for a segment: a draft of that segment; where a person decided, the person's, until it was taken back."""
    rows = connection.execute(
        """SELECT s.name, s.status, r.segment = s.id, r.source_exact = p.exact, s.draft = v.draft,
            EXISTS (SELECT 1 FROM choices c WHERE c.segment = s.id AND c.at > v.at AND c.status <> 'approved')
        FROM segments s LEFT JOIN drafts r ON r.id = s.draft LEFT JOIN places p ON p.id = s.place
        LEFT JOIN reviews v ON v.id = (SELECT max(id) FROM reviews WHERE segment = s.id)"""
    )
    for segment, status, own, fresh, reviewed, back in rows:
        if status == "approved" if back else reviewed == 0 or (reviewed is None) == (status == "approved"):
            yield f"Segment {segment} does not stand as the person who reviewed it left it."
        if own == 0 or (own is None and status == "accepted"):
            yield f"Segment {segment} is {status}, and its draft is not there."
        if status == "accepted" and fresh == 0:
            yield f"Segment {segment} is accepted with a draft of another source text."
