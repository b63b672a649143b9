"""The workspace: one SQLite file for what all works of a user share (the translation memory, the accounts of a desk), in the user's data folder.

Its schema grows as that of a work's store does: by functions that are only ever added to ``LEDGER``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from translate.errors import StoreError
from translate.store import migrations
from translate.store.connections import connect, transaction

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION = 0x44524757  # "DRGW"
CACHE = -64 * 1024
"""Pages that a connection keeps, in KiB as SQLite wants it: enough for the upper levels of the index of a million texts."""


def w0001_memory(db: Database) -> None:
    """The translation memory: works, source texts once each, their translations, and the pieces by which near texts are found."""
    work = {"id": int, "identity": str, "name": str, "title": str, "series": str, "source_language": str, "target_language": str}
    db.table("memory_works").create(work, pk="id", not_null=set(work))
    db.table("memory_works").create_index(["identity"], unique=True)
    text = {"id": int, "language": str, "exact": int, "words": str, "runs": str, "pieces": bytes}
    db.table("memory_texts").create(text, pk="id", not_null=set(text) - {"runs"})
    db.table("memory_texts").create_index(["exact"])
    entry = {"id": int, "text": int, "work": int, "segment": str, "language": str, "words": str, "runs": str, "kind": str, "trust": int, "model": str}
    more = {"before": int, "after": int, "at": str, "who": str}
    keys = [("text", "memory_texts", "id"), ("work", "memory_works", "id")]
    db.table("memory_entries").create(entry | more, pk="id", not_null=set(entry | more) - {"runs"}, foreign_keys=keys)
    db.table("memory_entries").create_index(["text", "work", "segment", "language"], unique=True)
    db.table("memory_entries").create_index(["work"])
    db.execute("CREATE TABLE memory_pieces (piece INTEGER NOT NULL, text INTEGER NOT NULL, PRIMARY KEY (piece, text)) WITHOUT ROWID")


def w0002_accounts(db: Database) -> None:
    """People who sign in at a desk: their accounts, roles for single works, invitations and sessions (both as hashes)."""
    account = {"id": int, "name": str, "folded": str, "password": str, "role": str, "at": str, "disabled": str}
    db.table("accounts").create(account, pk="id", not_null=set(account) - {"disabled"})
    db.table("accounts").create_index(["folded"], unique=True)
    keys = [("account", "accounts", "id")]
    db.table("account_roles").create({"account": int, "work": str, "role": str}, pk=("account", "work"), not_null={"role"}, foreign_keys=keys)
    db.table("account_invitations").create({"hash": str, "account": int, "until": float}, pk="hash", not_null={"account", "until"}, foreign_keys=keys)
    db.table("account_sessions").create({"hash": str, "account": int, "until": float}, pk="hash", not_null={"account", "until"}, foreign_keys=keys)


def w0003_memory_more(db: Database) -> None:
    """What other tools say of a translation (notes, properties of a TMX file), kept for the way back."""
    db.execute("ALTER TABLE memory_entries ADD COLUMN more TEXT")


LEDGER: tuple[migrations.Migration, ...] = (w0001_memory, w0002_accounts, w0003_memory_more)


def opened(path: Path) -> sqlite3.Connection:
    """A connection to the workspace at ``path``, made or brought forward where needed; one thread at a time may use it.

    Raises ``StoreError`` where it cannot be, or was written by a newer Dragoman.
    """
    with telling(path):
        _make(path)
        connection = connect(path)
        try:
            _bring_forward(connection, path)
            connection.execute("PRAGMA synchronous=NORMAL")  # what a power cut takes is in the works' own stores, and is remembered again
            connection.execute("PRAGMA secure_delete=ON")  # what is forgotten shall not be read from the file's free pages
            connection.execute(f"PRAGMA cache_size={CACHE}")
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Raises SQLite's and the file system's errors of the block as ``StoreError``, with what to do."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{path}: the workspace cannot be used ({error}). Move the file away, or name another with DRAGOMAN_WORKSPACE.") from error


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)


def _bring_forward(connection: sqlite3.Connection, path: Path) -> None:
    if _lacking(connection, path):
        with transaction(connection):
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            migrations.apply(connection, _lacking(connection, path))  # asked again inside: another process may have been quicker
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode=WAL")


def _lacking(connection: sqlite3.Connection, path: Path) -> tuple[migrations.Migration, ...]:
    there = migrations.applied(connection)
    names = tuple(migration.__name__ for migration in LEDGER)
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        raise StoreError(f"{path}: this is no workspace of ours. Name another file with DRAGOMAN_WORKSPACE.")
    if there != names[: len(there)]:
        raise StoreError(f"{path}: a newer Dragoman wrote this workspace. Install the newest version, or name another with DRAGOMAN_WORKSPACE.")
    return LEDGER[len(there) :]
