"""Slows down who guesses passwords: by the name that is tried, and by the address it is tried from. Kept in memory; a restart forgets.

An attempt counts before the password is looked at, so many at once gain nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

FREE_BY_NAME, FREE_BY_ADDRESS = 4, 12
"""So many wrong attempts cost no wait; people mistype, and a whole house may share an address."""
LONGEST_BY_NAME, LONGEST_BY_ADDRESS = 60.0, 900.0
"""Seconds that a wait grows to. By name it stays short: else anybody could shut somebody out."""
FORGOTTEN = 3600.0
MOST = 10_000
"""So many names and addresses are remembered."""


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong attempts so far; none is heard before ``until``; they are forgotten at ``forgotten``."""

    count: int
    until: float
    forgotten: float


class Doorman:
    """Counts attempts. ``clock`` gives seconds of any beginning."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._tries: dict[tuple[str, str], Tries] = {}

    def admit(self, name: str, address: str) -> float:
        """Count an attempt and give 0.0, or the seconds that are still to wait: the attempt must not be looked at then."""
        with self._lock:
            now = self._clock()
            keys = _keys(name, address)
            wait = max((self._tries[key].until - now for key in keys if key in self._tries and self._tries[key].forgotten > now), default=0.0)
            if wait > 0:
                return wait
            for key in keys:
                self._count(key, now)
            return 0.0

    def welcome(self, name: str, address: str) -> None:
        """The attempt was right: the name's count ends, and the address is not charged for it."""
        with self._lock:
            by_name, by_address = _keys(name, address)
            self._tries.pop(by_name, None)
            there = self._tries.get(by_address)
            if there is not None and there.count > 1:
                self._tries[by_address] = Tries(there.count - 1, 0.0, there.forgotten)
            else:
                self._tries.pop(by_address, None)

    def _count(self, key: tuple[str, str], now: float) -> None:
        there = self._tries.pop(key, None)
        count = (there.count if there is not None and there.forgotten > now else 0) + 1
        free, longest = (FREE_BY_NAME, LONGEST_BY_NAME) if key[0] == "name" else (FREE_BY_ADDRESS, LONGEST_BY_ADDRESS)
        wait = 0.0 if count <= free else min(longest, 2.0 ** min(count - free, 20))
        self._tries[key] = Tries(count, now + wait, now + FORGOTTEN + wait)
        while len(self._tries) > MOST:
            self._tries.pop(next(iter(self._tries)))


def _keys(name: str, address: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("name", name), ("address", address)
