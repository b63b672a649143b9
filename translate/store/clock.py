"""The time as the store writes it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

TICK = timedelta(microseconds=1)


class Clock:
    """Gives the time in UTC as text that sorts: "2026-11-22T01:25:00.123456Z". No time is given twice, and none earlier than the one before.

    So the events of a process have an order, also where the system's clock is coarse or set back.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._last = datetime.min.replace(tzinfo=UTC)

    def now(self) -> str:
        """The time."""
        with self._guard:
            self._last = max(datetime.now(UTC), self._last + TICK)
            return self._last.isoformat(timespec="microseconds").replace("+00:00", "Z")


now = Clock().now
