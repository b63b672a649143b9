"""Makes a new, empty store: beside its place first, and there when it is whole."""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

from translate.errors import StoreError
from translate.store import migrations
from translate.store.clock import now
from translate.store.connections import connect, telling, transaction
from translate.store.rows import Work

WORK_COLUMNS = "title, source_name, format, source_language, target_language"


def make_folder(folder: Path) -> None:
    """Make the folder of a store. Raises ``StoreError`` where it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: the folder cannot be made ({error.strerror}). Name another with --out.") from error


def create(path: Path, work: Work) -> None:
    """Build the file beside its place and move it there when it is whole. The caller holds the lock."""
    new = path.with_name(path.name + ".new")
    for leftover in (new, new.with_name(new.name + "-journal")):
        leftover.unlink(missing_ok=True)
    new.touch()
    connection = connect(new)
    try:
        with transaction(connection):
            connection.execute(f"PRAGMA application_id = {migrations.APPLICATION}")
            migrations.apply(connection, migrations.LEDGER)
            row = (work.title, work.source_name, work.format, work.source_language, work.target_language, now(), secrets.randbelow(2**31))
            connection.execute(f"INSERT INTO work (id, {WORK_COLUMNS}, created, salt) VALUES (1, ?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()
    os.replace(new, path)


def copy(path: Path, to: Path) -> None:
    """A copy of the store at ``path`` as it stands at this moment, a run under way or not, at ``to``, where nothing is yet. Raises ``StoreError``."""
    with telling(path), closing(connect(path, readonly=True)) as source, closing(sqlite3.connect(to)) as copied:
        source.backup(copied)
