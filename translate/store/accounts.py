"""The accounts' part of the workspace: all of its SQL. Passwords come in as hashes, tokens are kept as hashes.

Readers have a connection of their own, so looking somebody up never waits for one who writes.
"""

from __future__ import annotations

import sqlite3
import threading
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from translate.errors import SettingError
from translate.store import workspace
from translate.store.clock import now
from translate.store.coding import safe
from translate.store.connections import transaction

T = TypeVar("T")
COLUMNS = "id, name, password <> '', role, disabled IS NOT NULL, at"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in. ``role`` is the word for what she may at the desk, ``works`` that for single works (key, role).

    ``joined`` says whether she has set a password, ``since`` when the account was made.
    """

    id: int
    name: str
    joined: bool
    role: str
    disabled: bool
    since: str
    works: tuple[tuple[str, str], ...] = ()


class Accounts:
    """The accounts in the workspace at ``path``. All methods may be called from any thread; what is written is on disk on return."""

    def __init__(self, path: Path) -> None:
        """Raises ``StoreError`` where the workspace cannot be used."""
        self.path = path
        self._reading, self._writing = workspace.opened(path), workspace.opened(path)
        self._writing.execute("PRAGMA synchronous=FULL")  # who was shut out stays out after a power cut
        self._read_lock, self._write_lock = threading.Lock(), threading.Lock()

    def close(self) -> None:
        """Close the connections; closing twice does nothing."""
        for connection in (self._reading, self._writing):
            with suppress(sqlite3.Error):
                connection.close()

    # --- looking up

    def all(self) -> tuple[Account, ...]:
        """Every account, by name."""
        rows = self._rows(f"SELECT {COLUMNS} FROM accounts ORDER BY folded")
        return tuple(self._account(row) for row in rows)

    def find(self, name: str) -> Account | None:
        """The account of this name, however it is written (small, capital, wide letters), or None."""
        rows = self._rows(f"SELECT {COLUMNS} FROM accounts WHERE folded = ?", folded(name))
        return self._account(rows[0]) if rows else None

    def password(self, account: int) -> str:
        """The hash of the account's password; empty where it has none."""
        rows = self._rows("SELECT password FROM accounts WHERE id = ?", account)
        return str(rows[0][0]) if rows else ""

    def of_session(self, digest: str, moment: float) -> Account | None:
        """Whose session it is, or None where it ran out, was ended, or the account is disabled."""
        rows = self._rows(
            f"SELECT {COLUMNS} FROM accounts WHERE disabled IS NULL AND id = (SELECT account FROM account_sessions WHERE hash = ? AND until >= ?)", digest, moment
        )
        return self._account(rows[0]) if rows else None

    def of_invitation(self, digest: str, moment: float) -> Account | None:
        """Whom the invitation is for, or None where it ran out, was used, or the account is disabled."""
        rows = self._rows(
            f"SELECT {COLUMNS} FROM accounts WHERE disabled IS NULL AND id = (SELECT account FROM account_invitations WHERE hash = ? AND until >= ?)", digest, moment
        )
        return self._account(rows[0]) if rows else None

    # --- writing

    def add(self, name: str, *, role: str, password: str = "") -> Account:
        """A new account. Raises ``SettingError`` where the name is taken."""

        def write(connection: sqlite3.Connection) -> None:
            done = connection.execute(
                "INSERT OR IGNORE INTO accounts (name, folded, password, role, at) VALUES (?, ?, ?, ?, ?)", (name, folded(name), password, role, now())
            )
            if not done.rowcount:
                raise SettingError(f"There is an account of the name '{name}' already.")

        self._write(write)
        made = self.find(name)
        if made is None:
            raise SettingError(f"The account of '{name}' was removed again meanwhile.")
        return made

    def set_role(self, account: int, role: str, *, work: str = "") -> None:
        """What she may from now on, at the desk or in one work (its key); an empty role there: what she may at the desk.

        Raises ``SettingError`` where nobody would be left who owns the desk, as ``disable`` and ``remove`` do.
        """

        def write(connection: sqlite3.Connection) -> None:
            if not work:
                connection.execute("UPDATE accounts SET role = ? WHERE id = ?", (role, account))
            elif role:
                connection.execute("INSERT OR REPLACE INTO account_roles (account, work, role) VALUES (?, ?, ?)", (account, work, role))
            else:
                connection.execute("DELETE FROM account_roles WHERE account = ? AND work = ?", (account, work))

        self._write(write)

    def set_password(self, account: int, password: str) -> None:
        """A new hash; every session and invitation of the account ends."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE accounts SET password = ? WHERE id = ?", (password, account))
            _end(connection, account)

        self._write(write)

    def disable(self, account: int, disabled: bool) -> None:
        """Shut out, with every session and invitation, or let in again."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE accounts SET disabled = ? WHERE id = ?", (now() if disabled else None, account))
            _end(connection, account)

        self._write(write)

    def remove(self, account: int) -> None:
        """Forget the account. What she decided keeps her name."""

        def write(connection: sqlite3.Connection) -> None:
            _end(connection, account)
            connection.execute("DELETE FROM account_roles WHERE account = ?", (account,))
            connection.execute("DELETE FROM accounts WHERE id = ?", (account,))

        self._write(write)

    def invite(self, account: int, digest: str, *, until: float) -> None:
        """A link for her; the ones before do not hold any more."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM account_invitations WHERE account = ?", (account,))
            connection.execute("INSERT INTO account_invitations (hash, account, until) VALUES (?, ?, ?)", (digest, account, until))

        self._write(write)

    def join(self, digest: str, password: str, *, moment: float) -> Account | None:
        """Use an invitation: set the password, once; None where it does not hold (any more)."""

        def write(connection: sqlite3.Connection) -> int | None:
            row = connection.execute(
                "SELECT i.account FROM account_invitations i JOIN accounts a ON a.id = i.account WHERE i.hash = ? AND i.until >= ? AND a.disabled IS NULL",
                (digest, moment),
            ).fetchone()
            if row is None:
                return None
            connection.execute("UPDATE accounts SET password = ? WHERE id = ?", (password, row[0]))
            _end(connection, row[0])
            return int(row[0])

        account = self._write(write)
        rows = self._rows(f"SELECT {COLUMNS} FROM accounts WHERE id = ?", account)
        return self._account(rows[0]) if rows else None

    def begin(self, account: int, digest: str, *, until: float, moment: float) -> None:
        """A session, kept as a hash; those that ran out are swept away."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM account_sessions WHERE until < ?", (moment,))
            connection.execute("INSERT INTO account_sessions (hash, account, until) VALUES (?, ?, ?)", (digest, account, until))

        self._write(write)

    def end(self, digest: str) -> None:
        """End one session."""
        self._write(lambda connection: connection.execute("DELETE FROM account_sessions WHERE hash = ?", (digest,)).rowcount)

    def end_all(self, account: int) -> int:
        """End every session of the account; gives how many there were."""
        return self._write(lambda connection: connection.execute("DELETE FROM account_sessions WHERE account = ?", (account,)).rowcount)

    def _account(self, row: tuple[Any, ...]) -> Account:
        number, name, joined, role, disabled, since = row
        works = self._rows("SELECT work, role FROM account_roles WHERE account = ? ORDER BY work", number)
        return Account(number, name, bool(joined), role, bool(disabled), since, tuple((work, word) for work, word in works))

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._read_lock, workspace.telling(self.path):
            return self._reading.execute(query, values).fetchall()

    def _write(self, operation: Callable[[sqlite3.Connection], T]) -> T:
        with self._write_lock, workspace.telling(self.path), transaction(self._writing):
            before = _owners(self._writing)
            value = operation(self._writing)
            if before and not _owners(self._writing):
                raise SettingError("Nobody would be left who owns this desk: make somebody else its owner first.")
            return value


def folded(name: str) -> str:
    """A name as it is compared: two that look alike but for small and capital or wide letters are one."""
    return safe(unicodedata.normalize("NFKC", name).casefold().strip())


def _owners(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM accounts WHERE role = 'owner' AND disabled IS NULL").fetchone()[0])


def _end(connection: sqlite3.Connection, account: int) -> None:
    connection.execute("DELETE FROM account_sessions WHERE account = ?", (account,))
    connection.execute("DELETE FROM account_invitations WHERE account = ?", (account,))
