"""Who has which passage open now, in memory: leases that a page renews while it is open, so that one who closed her laptop is gone after a while.

A lease keeps nobody out; it is a hint for people, and a queue gives its next passage to somebody else.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

LEASE = 150.0
"""Seconds that a passage counts as open after it was last heard of."""
MOST = 20
RENEWED = 45
"""Seconds after which a page says that it is still open."""


class Presence:
    """The leases of all works at one desk. ``clock`` gives seconds of any beginning. All methods may be called from any thread."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._leases: dict[str, dict[str, dict[str, float]]] = {}
        """Work → segment → person → until when."""

    def open(self, work: str, segment: str, who: str) -> None:
        """She looks at the passage now, and at no other of the work any more."""
        with self._lock:
            self._move(work, segment, who)

    def claim(self, work: str, segment: str, who: str) -> bool:
        """As ``open``, but only where nobody else has it open: two who ask at once are not given the same. Gives whether it is hers."""
        with self._lock:
            if set(self._on(work, segment)) - {who}:
                return False
            self._move(work, segment, who)
            return True

    def renew(self, work: str, segment: str, who: str) -> None:
        """Her page is still open (others of hers may be too, up to ``MOST``)."""
        with self._lock:
            hers = [one for one, people in self._leases.get(work, {}).items() if who in people]
            if segment not in hers and len(hers) >= MOST:
                return
            self._leases.setdefault(work, {}).setdefault(segment, {})[who] = self._clock() + LEASE

    def leave(self, work: str, who: str) -> None:
        """She has none of the work's passages open any more."""
        with self._lock:
            self._drop(work, who)

    def on(self, work: str, segment: str, *, but: str = "") -> tuple[str, ...]:
        """Who has the passage open, but for one, by name."""
        with self._lock:
            return tuple(sorted(set(self._on(work, segment)) - {but}))

    def here(self, work: str) -> tuple[tuple[str, str], ...]:
        """Who has which passage of the work open: pairs of segment and person."""
        with self._lock:
            found = [(segment, who) for segment in tuple(self._leases.get(work, {})) for who in self._on(work, segment)]
        return tuple(sorted(found, key=lambda pair: (pair[1], pair[0])))

    def _on(self, work: str, segment: str) -> list[str]:
        people = self._leases.get(work, {}).get(segment, {})
        now = self._clock()
        for gone in [who for who, until in people.items() if until < now]:
            del people[gone]
        if not people:
            self._leases.get(work, {}).pop(segment, None)
        return list(people)

    def _move(self, work: str, segment: str, who: str) -> None:
        self._drop(work, who)
        self._leases.setdefault(work, {}).setdefault(segment, {})[who] = self._clock() + LEASE

    def _drop(self, work: str, who: str) -> None:
        there = self._leases.get(work, {})
        for segment in [segment for segment, people in there.items() if people.pop(who, None) is not None and not people]:
            del there[segment]
