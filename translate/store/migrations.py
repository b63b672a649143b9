"""The schema, as a ledger of functions that are only ever added to; their names, in order, are the version of a store.

A function that was released is never changed. Each runs once, in one transaction with the others that are due, after a backup beside the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from translate.errors import StoreError
from translate.store.clock import now
from translate.store.connections import connect, transaction
from translate.store.lock import RunLock

if TYPE_CHECKING:
    from sqlite_utils import Database

Migration = Callable[["Database"], None]

APPLICATION = 0x4452474D  # "DRGM": what `file` and we know a store by


def m0001_first_light(db: Database) -> None:
    """Works, versions, documents, places, segments, drafts, findings, requests, reviews, runs."""
    _sources(db)
    _texts(db)
    _run_tables(db)
    _decisions(db)


def _sources(db: Database) -> None:
    """The work, and every version's bytes (kept in pieces, shared by versions with the same bytes)."""
    work = {"id": int, "title": str, "source_name": str, "format": str, "source_language": str, "target_language": str, "created": str, "salt": int}
    db.table("work").create(work, pk="id", not_null=set(work))
    db.table("pieces").create({"sha256": str, "position": int, "data": bytes}, pk=("sha256", "position"), not_null={"data"})
    version = {"number": int, "name": str, "sha256": str, "size": int, "walk": str, "imported": str}
    db.table("versions").create(version, pk="number", not_null=set(version))
    document = {"id": int, "version": int, "position": int, "name": str, "kind": str, "visible": int, "remarks": str}
    db.table("documents").create(document, pk="id", not_null=set(document), foreign_keys=[("version", "versions", "number")])
    db.table("documents").create_index(["version", "position"], unique=True)
    db.table("documents").create_index(["version", "name"], unique=True)


def _texts(db: Database) -> None:
    """Segments are permanent; places say where each stood, and what it read, in one version."""
    segment = {"id": int, "name": str, "place": int, "version": int, "status": str, "draft": int, "origin": str, "dependency": str, "outdated": int}
    needed = set(segment) - {"draft", "origin", "place", "version"}
    defaults = {"status": "pending", "dependency": "", "outdated": 0}
    db.table("segments").create(segment, pk="id", not_null=needed, defaults=defaults)
    db.table("segments").create_index(["name"], unique=True)
    db.table("segments").create_index(["version", "place"])
    place = {"id": int, "document": int, "position": int, "address": str, "kind": str, "source": str, "trail": str, "exact": str, "masked": str, "segment": int}
    keys = [("document", "documents", "id"), ("segment", "segments", "id")]
    db.table("places").create(place, pk="id", not_null=set(place) - {"segment"}, foreign_keys=keys)
    db.table("places").create_index(["document", "position"], unique=True)
    db.table("places").create_index(["document", "address"], unique=True)
    db.table("places").create_index(["segment"])
    mirror = {
        "id": int,
        "document": int,
        "position": int,
        "address": str,
        "kind": str,
        "source": str,
        "trail": str,
        "of_document": str,
        "of_address": str,
        "segment": int,
    }
    db.table("mirrors").create(mirror, pk="id", not_null=set(mirror) - {"segment"}, foreign_keys=keys)
    db.table("mirrors").create_index(["document", "position"], unique=True)
    skip = {"document": int, "position": int, "address": str, "reason": str, "text": str}
    db.table("skips").create(skip, pk=("document", "position"), not_null=set(skip), foreign_keys=keys[:1])


def _run_tables(db: Database) -> None:
    """Runs, and every request with what it reserved, cost and brought."""
    run = {"id": int, "started": str, "ended": str, "outcome": str, "settings": str, "pid": int}
    db.table("runs").create(run, pk="id", not_null=set(run))
    before = {"id": int, "run": int, "at": str, "replay_key": str, "purpose": str, "model": str, "prompt_hash": str, "segments": str, "request": bytes}
    reserved = {"reserved_tokens": int, "reserved_cost": float, "state": str}
    after = {"settled": str, "reply": bytes, "reply_hash": str, "finish": str, "server_model": str, "remarks": str, "seconds": float}
    counted = {"prompt": int, "cached": int, "answer": int, "counted": int, "cost": float, "error": str}
    columns = before | reserved | after | counted
    texts = dict.fromkeys(("settled", "reply_hash", "finish", "server_model", "remarks", "error"), "")
    numbers = dict.fromkeys(("prompt", "cached", "answer", "counted", "cost", "seconds"), 0)
    db.table("requests").create(columns, pk="id", not_null=set(columns) - {"run", "reply"}, defaults=texts | numbers | {"state": "open"})
    db.table("requests").create_index(["replay_key", "state"])
    db.table("requests").create_index(["state", "purpose"])
    db.table("asked").create({"segment": int, "request": int}, pk=("segment", "request"))


def _decisions(db: Database) -> None:
    """Drafts, findings, choices and reviews: rows are added and never changed (a finding that no longer holds is retired)."""
    keys = [("segment", "segments", "id")]
    draft = {"id": int, "segment": int, "run": int, "at": str, "target": str, "origin": str, "model": str, "prompt": str, "request": int, "finish": str}
    more = {"strays": str, "source_exact": str, "hash": str}
    db.table("drafts").create(draft | more, pk="id", not_null=set(draft | more) - {"run", "request"}, foreign_keys=keys)
    db.table("drafts").create_index(["segment"])
    finding = {"id": int, "segment": int, "draft": int, "at": str, "check_name": str, "severity": str, "message": str, "source": str, "target": str}
    span = {"start": int, "stop": int, "retired": str}
    db.table("findings").create(finding | span, pk="id", not_null=set(finding) - {"draft"}, foreign_keys=keys)
    db.table("findings").create_index(["segment", "draft"])
    choice = {"id": int, "segment": int, "run": int, "at": str, "status": str, "draft": int, "dependency": str, "why": str}
    db.table("choices").create(choice, pk="id", not_null=set(choice) - {"run", "draft"}, foreign_keys=keys)
    db.table("choices").create_index(["segment"])
    review = {"id": int, "segment": int, "draft": int, "at": str, "who": str, "note": str, "source": str, "source_exact": str, "hash": str}
    db.table("reviews").create(review, pk="id", not_null=set(review), foreign_keys=[*keys, ("draft", "drafts", "id")])
    db.table("reviews").create_index(["segment"])


def m0002_dismissals(db: Database) -> None:
    """Findings that a person dismissed, with the texts they were about; rows are added, and at most marked as withdrawn."""
    finding = {"check_name": str, "severity": str, "message": str, "source": str, "target": str, "start": int, "stop": int}
    texts = {"source_text": str, "target_text": str, "key": str, "withdrawn": str}
    columns = {"id": int, "segment": int, "at": str, "who": str, "reason": str} | finding | texts
    needed = set(columns) - {"start", "stop", "withdrawn"}
    db.table("dismissals").create(columns, pk="id", not_null=needed, foreign_keys=[("segment", "segments", "id")])
    db.table("dismissals").create_index(["segment"])


def m0003_ledger(db: Database) -> None:
    """What is settled for the work's names and terms: decisions that are only added, and the view of those that hold."""
    decision = {"id": int, "at": str, "run": int, "key": str, "status": str, "origin": str, "who": str, "why": str, "supersedes": int}
    columns = decision | {"sort": str, "lemma": str, "target": str, "line": str}
    db.table("ledger").create(columns, pk="id", not_null=set(columns) - {"run", "supersedes"}, foreign_keys=[("supersedes", "ledger", "id")])
    db.table("ledger").create_index(["key"])
    db.create_view(
        "ledger_now", "SELECT l.*, n.first FROM ledger l JOIN (SELECT max(id) AS last, min(id) AS first FROM ledger GROUP BY key) n ON l.id = n.last"
    )


def m0004_counts(db: Database) -> None:
    """Where segments stand, in an index of their own: counts by document need no text then."""
    db.table("places").create_index(["document", "position", "segment"])
    db.table("segments").create_index(["version", "status"])


def m0005_wikis(db: Database) -> None:
    """Where each version's pages came from, what the wikis called things then, and what was published: rows are added; a publication is marked with how it went."""
    came = {"version": int, "document": str, "at": str, "facts": str}
    db.table("provenance").create(came, pk=("version", "document"), not_null=set(came), foreign_keys=[("version", "versions", "number")])
    db.table("sisters").create({"id": int, "at": str, "facts": bytes}, pk="id", not_null={"at", "facts"})
    what = {"id": int, "at": str, "wiki": str, "title": str, "kind": str, "base": int, "source_revision": int, "built": bytes, "sent_hash": str}
    columns = what | {"state": str, "revision": int, "saved_hash": str, "note": str}
    db.table("publications").create(columns, pk="id", not_null=set(columns) - {"base", "revision"}, defaults={"saved_hash": "", "note": ""})
    db.table("publications").create_index(["wiki", "title"])


def m0006_assessments(db: Database) -> None:
    """What an assessing model made of a run's work, as JSON: how much it read, what counted, how well it saw planted errors."""
    db.table("assessments").create({"id": int, "run": int, "at": str, "value": str}, pk="id", not_null={"at", "value"}, foreign_keys=[("run", "runs", "id")])


def m0007_reviewing(db: Database) -> None:
    """What people do before they decide: unfinished wordings, comments, chapters taken on, the sample that estimates what nobody flagged; and an index of words."""
    keys = [("segment", "segments", "id")]
    jotting = {"segment": int, "who": str, "at": str, "target": str, "based": int}
    db.table("jottings").create(jotting, pk=("segment", "who"), not_null=set(jotting) - {"based"}, foreign_keys=keys)
    comment = {"id": int, "segment": int, "at": str, "who": str, "text": str, "resolved": str, "resolver": str}
    db.table("comments").create(comment, pk="id", not_null=set(comment) - {"resolved", "resolver"}, foreign_keys=keys)
    db.table("comments").create_index(["segment"])
    db.table("assignments").create({"document": str, "who": str, "at": str}, pk="document", not_null={"who", "at"})
    db.table("samples").create({"segment": int, "draft": int, "at": str}, pk="segment", not_null={"draft", "at"}, foreign_keys=keys)
    db.table("segments").create_index(["version", "status", "place"])
    db.execute("CREATE VIRTUAL TABLE texts USING fts5(source, target, tokenize = 'trigram')")
    db.table("texts_of").create({"segment": int, "place": int, "draft": int}, pk="segment")


def m0008_twins(db: Database) -> None:
    """The places that read alike, found by an index: a work of ten thousand pages asks for them portion by portion."""
    db.table("places").create_index(["exact", "kind"])


def m0009_outdated(db: Database) -> None:
    """The few segments that were approved for an older source, in an index of their own: counting and listing them reads no other."""
    db.execute("CREATE INDEX idx_segments_outdated ON segments (version, place) WHERE outdated")


def m0010_glossaries(db: Database) -> None:
    """The glossaries that the work was translated by, each content once: they hold when their files are gone."""
    kept = {"sha256": str, "at": str, "terms": bytes}
    db.table("glossaries").create(kept, pk="sha256", not_null=set(kept) - {"sha256"})


LEDGER: tuple[Migration, ...] = (
    m0001_first_light,
    m0002_dismissals,
    m0003_ledger,
    m0004_counts,
    m0005_wikis,
    m0006_assessments,
    m0007_reviewing,
    m0008_twins,
    m0009_outdated,
    m0010_glossaries,
)


def applied(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The names in the store's own ledger, in order; empty where there is none."""
    if connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'migrations'").fetchone()[0] == 0:
        return ()
    return tuple(row[0] for row in connection.execute("SELECT name FROM migrations ORDER BY position"))


def due(connection: sqlite3.Connection, path: Path, ledger: Sequence[Migration] = LEDGER) -> tuple[Migration, ...]:
    """The migrations that the store still lacks.

    Raises ``StoreError`` where it is no store of ours, or was written by a newer Dragoman.
    """
    marked = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
    there = applied(connection)
    if not marked or not there:
        raise StoreError(f"{path}: this is not a store of ours. Name a work.db that dragoman translate made.")
    names = tuple(migration.__name__ for migration in ledger)
    if there != names[: len(there)]:
        unknown = next((name for name in there if name not in names), there[-1])
        raise StoreError(f"{path}: a newer Dragoman wrote this store ('{unknown}' is not known here). Install the newest version and try again.")
    return tuple(ledger[len(there) :])


def apply(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    """Run the migrations in the transaction that is open, and note each in the ledger."""
    from sqlite_utils import Database  # costs 0.15 s: only where there is something to migrate

    db = Database(connection, recursive_triggers=False, execute_plugins=False)
    connection.execute("CREATE TABLE IF NOT EXISTS migrations (position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, at TEXT NOT NULL)")
    for migration in migrations:
        migration(db)
        connection.execute("INSERT INTO migrations (name, at) VALUES (?, ?)", (migration.__name__, now()))


def bring_forward(path: Path, *, readonly: bool = False, ledger: Sequence[Migration] = LEDGER) -> None:
    """Apply what the store at ``path`` lacks, under the run lock (an older Dragoman may be at work on it), and see that it uses WAL.

    Raises ``StoreError`` as ``due`` does, and where something is due and the store is only to be read.
    """
    connection = connect(path, readonly=readonly)
    try:
        lacking = due(connection, path, ledger)
        if lacking and readonly:
            raise StoreError(f"{path}: an older Dragoman wrote this store. Open it once for writing (dragoman assemble does), which keeps a backup.")
        if not readonly and connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode=WAL")  # a packed copy has lost it
        if lacking:
            with RunLock(path).during():
                forward(connection, path, ledger)
    finally:
        connection.close()


def forward(connection: sqlite3.Connection, path: Path, ledger: Sequence[Migration] = LEDGER) -> Path | None:
    """Bring an older store forward: a backup beside it first, then all that is due in one transaction. The backup's path, or None where nothing was due.

    The caller holds the run lock. Raises ``StoreError`` as ``due`` does, ``sqlite3.Error`` where the disk will not do it: then the store is as it was.
    """
    if not due(connection, path, ledger):
        return None
    backup = _backup(connection, path)
    with transaction(connection):
        apply(connection, due(connection, path, ledger))  # asked again inside: another process may have been quicker
    return backup


def _backup(connection: sqlite3.Connection, path: Path) -> Path:
    """A copy of the store as it is, named after its version; an earlier backup is never overwritten."""
    version = applied(connection)[-1].split("_")[0]
    wanted = path.with_name(f"{path.name}.backup-{version}")
    backup, number = wanted, 1
    while backup.exists():
        number += 1
        backup = wanted.with_name(f"{wanted.name}.{number}")
    copy = sqlite3.connect(backup)
    try:
        connection.backup(copy)
    finally:
        copy.close()
    return backup
