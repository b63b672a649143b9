"""Who is at the desk: roles, sessions and the one-time link that opens it."""

from __future__ import annotations

import getpass
import hashlib
import hmac
import json
import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from translate.pipeline.desk.people import People
from translate.pipeline.desk.people import Role as Role

WEEKS = 4 * 7 * 24 * 3600
"""Seconds that a session lasts."""

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody at the desk. ``name`` stands beside what she decides; ``works`` are roles in single works (by key) that differ from that at the desk."""

    name: str
    role: Role
    works: tuple[tuple[str, Role], ...] = ()

    def may(self, needs: Role) -> bool:
        """Whether the role is enough."""
        return self.role >= needs

    def at(self, key: str) -> Identity:
        """The same person with what she may in the work of this key."""
        return replace(self, role=dict(self.works).get(key, self.role)) if self.works else self


def local_owner() -> Identity:
    """Who sits at this machine: the user of the system, who may everything."""
    return Identity(getpass.getuser(), Role.OWNER)


class Sessions(Protocol):
    """Who is signed in. A token is only ever in the browser's cookie."""

    def begin(self, identity: Identity) -> str:
        """A new session; gives its token."""

    def find(self, token: str) -> Identity | None:
        """Whose session it is, or None where there is none any more."""

    def end(self, token: str) -> None:
        """Sign out."""

    def end_all(self, name: str) -> None:
        """Sign out everywhere."""


class AccountSessions:
    """Sessions of people with accounts: asked anew at every request, so what an owner takes away is gone at once."""

    def __init__(self, people: People) -> None:
        self._people = people

    def begin(self, identity: Identity) -> str:
        """A new session; gives its token."""
        return self._people.begin(identity.name)

    def find(self, token: str) -> Identity | None:
        """Whose session it is, or None where it ended or the account is disabled."""
        person = self._people.of_session(token)
        return Identity(person.name, person.role, person.works) if person is not None else None

    def end(self, token: str) -> None:
        """Sign out."""
        self._people.end(token)

    def end_all(self, name: str) -> None:
        """Sign out everywhere."""
        self._people.end_all(name)


class KeptSessions:
    """Sessions in a file of the user's own, as hashes, so that they outlive a restart of the server and no token can be read from the disk."""

    def __init__(self, path: Path, *, lasts: float = WEEKS, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._lasts = lasts
        self._clock = clock
        self._lock = threading.Lock()
        self._rows: dict[str, tuple[str, int, float]] = self._read()

    def begin(self, identity: Identity) -> str:
        """A new session; gives its token."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._rows[_hash(token)] = (identity.name, int(identity.role), self._clock() + self._lasts)
            self._write()
        return token

    def find(self, token: str) -> Identity | None:
        """Whose session it is, or None where there is none or it ran out."""
        row = self._rows.get(_hash(token))
        if row is None or row[2] < self._clock():
            return None
        return Identity(row[0], Role(row[1]))

    def end(self, token: str) -> None:
        """Sign out."""
        with self._lock:
            if self._rows.pop(_hash(token), None) is not None:
                self._write()

    def end_all(self, name: str) -> None:
        """Sign out everywhere."""
        with self._lock:
            self._rows = {key: row for key, row in self._rows.items() if row[0] != name}
            self._write()

    def _read(self) -> dict[str, tuple[str, int, float]]:
        """What the file says; nothing where it is not there or damaged: then people open the desk by a new link."""
        try:
            return {key: (str(name), int(role), float(until)) for key, (name, role, until) in json.loads(self._path.read_text("utf-8")).items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _write(self) -> None:
        """The sessions that have not run out. A disk that takes nothing costs no more than a new link after a restart."""
        now = self._clock()
        self._rows = {key: row for key, row in self._rows.items() if row[2] >= now}
        new = self._path.with_name(self._path.name + ".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            new.unlink(missing_ok=True)
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                json.dump(self._rows, file)
            os.replace(new, self._path)
        except OSError:
            return


class Tickets:
    """One-time tokens of the link that opens the desk, each with the page that it leads to."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, str] = {}

    def issue(self, leads_to: str = "/") -> str:
        """A new token."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._open[_hash(token)] = leads_to
        return token

    def redeem(self, token: str) -> str | None:
        """Where the token leads, once; None for a token that is unknown or was used."""
        with self._lock:
            return self._open.pop(_hash(token), None)


@dataclass(frozen=True, slots=True)
class Peek:
    """What a peek opens: one work's book, in one edition, as long as the session of this token goes on and may see it."""

    key: str
    bilingual: bool
    token: str = field(default="", repr=False)


class Peeks:
    """Passes to the pictures and styles of one book for a frame that has no session: it runs as nobody, so no cookie is sent for it."""

    def __init__(self, *, lasts: float = HOUR, clock: Callable[[], float] = time.time) -> None:
        self._lasts = lasts
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[str, tuple[float, Peek]] = {}

    def issue(self, peek: Peek) -> str:
        """A pass to ``peek``; it is part of the frame's address."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            now = self._clock()
            self._open = {key: row for key, row in self._open.items() if row[0] >= now}
            self._open[token] = (now + self._lasts, peek)
        return token

    def find(self, token: str) -> Peek | None:
        """What the pass opens, or None where it is none (any more)."""
        row = self._open.get(token)
        return row[1] if row is not None and row[0] >= self._clock() else None


def csrf_of(token: str) -> str:
    """The word that a session's forms carry: another page cannot know it, and the session's own token cannot be derived from it."""
    return hmac.new(token.encode(), b"form", hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
