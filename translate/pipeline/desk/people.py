"""The people of a desk: what each may, passwords, invitations, sessions. The command line and the pages manage them by this.

Passwords are hashed with Argon2id (RFC 9106, its second recommended setting, as argon2-cffi has it). A name that nobody has costs as much time as a wrong password.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from translate.errors import SettingError
from translate.store import Account, Accounts

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 10, 500
"""Characters of a password (NIST SP 800-63B asks for length and for nothing else)."""
LONGEST_NAME = 60
DAY = 24 * 3600
INVITED = 7 * DAY
SESSION = 28 * DAY
AT_ONCE = 2
"""So many passwords are hashed at once: each takes 64 MB and all cores."""


class Role(IntEnum):
    """What somebody may do; each may all that the one before may. A guest sees the works only that she has a role in."""

    GUEST = 0
    READER = 1
    REVIEWER = 2
    OWNER = 3

    @property
    def word(self) -> str:
        """Its name on the command line and in the workspace."""
        return self.name.lower()

    @classmethod
    def read(cls, word: str) -> Role:
        """The role of this name. Raises ``SettingError`` for another one."""
        for role in cls:
            if role.word == word:
                return role
        raise SettingError(f"'{word}' is no role: take {', '.join(role.word for role in cls)}.")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account: her roles, whether she has a password yet, whether she is shut out."""

    name: str
    role: Role
    works: tuple[tuple[str, Role], ...]
    joined: bool
    disabled: bool
    since: str


class People:
    """The people in the workspace at ``path``. All methods may be called from any thread; close it in the end.

    ``clock`` gives seconds since 1970; ``hasher`` is what new passwords are hashed by, argon2-cffi's own settings where it is not given.
    """

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time, hasher: PasswordHasher | None = None) -> None:
        """Raises ``StoreError`` where the workspace cannot be used."""
        self._accounts = Accounts(path)
        self._clock = clock
        self._given = hasher
        self._hashing = threading.Semaphore(AT_ONCE)

    def close(self) -> None:
        """Close the workspace."""
        self._accounts.close()

    # --- who there is

    def all(self) -> tuple[Person, ...]:
        """Everybody, by name."""
        return tuple(map(_person, self._accounts.all()))

    def find(self, name: str) -> Person:
        """The person of this name. Raises ``SettingError`` where there is none."""
        return _person(self._account(name))

    def owned(self) -> bool:
        """Whether anybody can sign in who may everything."""
        return any(one.role == Role.OWNER and one.joined and not one.disabled for one in self.all())

    # --- managing

    def add(self, name: str, role: Role, *, password: str | None = None) -> Person:
        """A new account, without a password until she joins by an invitation, unless ``password`` is given.

        Raises ``SettingError`` where the name is taken or cannot be one, or the password is too weak.
        """
        name = check_name(name)
        return _person(self._accounts.add(name, role=role.word, password=self._hash(check_password(password, name)) if password is not None else ""))

    def set_role(self, name: str, role: Role | None, *, work: str = "") -> Person:
        """What she may from now on, at the desk or in the work of a key (None there: the same as at the desk).

        Raises ``SettingError`` where there is no such person, or nobody would be left who owns the desk.
        """
        account = self._account(name)
        if role is None and not work:
            raise SettingError("A role at the desk is needed: guest, reader, reviewer or owner.")
        self._accounts.set_role(account.id, role.word if role is not None else "", work=work)
        return self.find(name)

    def disable(self, name: str, disabled: bool = True) -> Person:
        """Shut her out at once, or let her in again. Raises as ``set_role`` does."""
        self._accounts.disable(self._account(name).id, disabled)
        return self.find(name)

    def remove(self, name: str) -> None:
        """Forget the account; what she decided keeps her name. Raises as ``set_role`` does."""
        self._accounts.remove(self._account(name).id)

    def invite(self, name: str) -> str:
        """The token of a link by which she sets her password, once, within a week; those before do not hold any more.

        Raises ``SettingError`` where there is no such person or she is shut out.
        """
        account = self._account(name)
        if account.disabled:
            raise SettingError(f"{account.name} is shut out: let her in again first.")
        token = secrets.token_urlsafe(32)
        self._accounts.invite(account.id, digest(token), until=self._clock() + INVITED)
        return token

    def set_password(self, name: str, password: str) -> None:
        """A new password; every session ends. Raises ``SettingError`` where it is too weak."""
        account = self._account(name)
        self._accounts.set_password(account.id, self._hash(check_password(password, account.name)))

    # --- signing in

    def invited(self, token: str) -> Person | None:
        """Whom the link's token is for, or None where it does not hold (any more)."""
        account = self._accounts.of_invitation(digest(token), self._clock())
        return _person(account) if account is not None else None

    def join(self, token: str, password: str) -> Person | None:
        """Take an invitation and set the password; None where it does not hold (any more). Raises ``SettingError`` where the password is too weak."""
        there = self.invited(token)
        if there is None:
            return None
        account = self._accounts.join(digest(token), self._hash(check_password(password, there.name)), moment=self._clock())
        return _person(account) if account is not None else None

    def sign_in(self, name: str, password: str) -> Person | None:
        """Who it is, or None where the name or the password is wrong, or she is shut out: which of them, nobody is told, nor does the time tell."""
        account = self._accounts.find(name[: LONGEST_NAME * 2])
        kept = self._accounts.password(account.id) if account is not None else ""
        right = self._verify(kept or self._nobody, password[: LONGEST + 1])
        if account is None or not kept or not right or account.disabled:
            return None
        if self._hasher.check_needs_rehash(kept):
            self._accounts.set_password(account.id, self._hash(password))
        return _person(account)

    def change_password(self, name: str, old: str, new: str) -> None:
        """One's own password; every session ends. Raises ``SettingError`` where the old one is wrong or the new one too weak."""
        if self.sign_in(name, old) is None:
            raise SettingError("The present password is another one: nothing was changed.")
        self.set_password(name, new)

    def begin(self, name: str) -> str:
        """A session; gives its token, which is kept as a hash only."""
        token = secrets.token_urlsafe(32)
        moment = self._clock()
        self._accounts.begin(self._account(name).id, digest(token), until=moment + SESSION, moment=moment)
        return token

    def of_session(self, token: str) -> Person | None:
        """Whose session it is, with what she may now; None where it ended."""
        account = self._accounts.of_session(digest(token), self._clock())
        return _person(account) if account is not None else None

    def end(self, token: str) -> None:
        """Sign out."""
        self._accounts.end(digest(token))

    def end_all(self, name: str) -> int:
        """Sign out everywhere; gives how many sessions there were."""
        return self._accounts.end_all(self._account(name).id)

    def _account(self, name: str) -> Account:
        found = self._accounts.find(name)
        if found is None:
            raise SettingError(f"There is nobody of the name '{name[:LONGEST_NAME]}': 'dragoman users list' shows who there is.")
        return found

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        return self._given or PasswordHasher()

    @cached_property
    def _nobody(self) -> str:
        """The hash that a name which nobody has is tried against."""
        return self._hash(secrets.token_urlsafe(32))

    def _hash(self, password: str) -> str:
        with self._hashing:
            return self._hasher.hash(_normal(password))

    def _verify(self, kept: str, password: str) -> bool:
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            with self._hashing:
                return self._hasher.verify(kept, _normal(password))
        except (VerificationError, InvalidHashError):
            return False


def check_name(name: str) -> str:
    """The name as it is kept. Raises ``SettingError`` where it cannot be one: it stands beside what she decides, and others must be able to read it."""
    made = " ".join(unicodedata.normalize("NFC", name).split())
    if not made or len(made) > LONGEST_NAME or not made.isprintable() or any(letter in '<>&"/\\' for letter in made):
        raise SettingError(f"A name has 1 to {LONGEST_NAME} letters, figures and marks that can be seen, and none of < > & \" / \\.")
    return made


def check_password(password: str, name: str) -> str:
    """The password. Raises ``SettingError`` where it is too short, too long, or the name."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise SettingError(f"A password has at least {SHORTEST} characters (and at most {LONGEST}): some words that do not belong together are a good one.")
    if (name.casefold() in password.casefold() and len(password) - len(name) < SHORTEST // 2) or len(set(password)) < 4:
        raise SettingError("That password is guessed at once: take some words that do not belong together.")
    return password


def digest(token: str) -> str:
    """A token as it is kept."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _normal(password: str) -> bytes:
    """The bytes of a password: the same however a keyboard composes its letters (RFC 8265 asks for NFC)."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def _person(account: Account) -> Person:
    works = tuple((key, Role.read(word)) for key, word in account.works)
    return Person(account.name, Role.read(account.role), works, account.joined, account.disabled, account.since)
