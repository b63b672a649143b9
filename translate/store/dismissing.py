"""What a store does with findings that people judge to be none: take their word, take it back, list it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from translate.document import Finding
from translate.errors import StoreError
from translate.store import changes, dismissals, reader
from translate.store.connections import telling
from translate.store.hashes import known_form
from translate.store.rows import Dismissal


class Dismissing:
    """The part of a store that holds dismissals. All methods may be called from any thread; what is written is on disk on return."""

    def __init__(self, reading: Callable[[], sqlite3.Connection], submit: Callable[[Callable[[sqlite3.Connection], Any]], Future[Any]], path: Path) -> None:
        self._reading = reading
        self._submit = submit
        self._path = path

    def dismiss(self, segment: str, findings: Iterable[Finding], *, who: str, reason: str) -> tuple[Dismissal, ...]:
        """Take a person's word that these findings of a segment are none, until its source or translation changes.

        Of ``findings``, those that stand now are dismissed. A flagged segment that has no other error or warning is accepted then.
        Raises ``StoreError`` where the present version has no such segment, or ``who`` or ``reason`` is empty.
        """
        if not who.strip() or not reason.strip():
            raise StoreError("a dismissal needs a name and a reason: say who decides, and why.")
        known_form(segment)
        taken: tuple[Dismissal, ...] = self._submit(changes.dismiss(segment, tuple(findings), who=who, reason=reason)).result()
        return taken

    def withdraw(self, dismissal: int, *, who: str) -> bool:
        """Take the dismissal with this number back, so that its finding stands again; False where there is none to take back."""
        return bool(self._submit(changes.withdraw(dismissal, who=who)).result())

    def all(self) -> tuple[Dismissal, ...]:
        """All dismissals that nobody took back, oldest first; ``stale`` where the texts are no longer those they were about, or nobody says so of them any more."""
        with telling(self._path):
            connection = self._reading()
            given = [one for many in dismissals.known(connection).values() for one in many.values()]
            present = reader.states(connection).keys() if given else frozenset()
            held = {one.id for name in {one.segment for one in given} & present for one in reader.pair(connection, name).dismissed}
        return tuple(one if one.id in held else replace(one, stale=True) for one in sorted(given, key=lambda one: one.id))
