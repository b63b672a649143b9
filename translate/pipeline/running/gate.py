"""How many requests may be in flight: fewer when the server asks for it, more again when it copes.

Additive increase, multiplicative decrease, as TCP's congestion control does it (Jacobson 1988); quicker to recover, since a refused request costs a second and no packet.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from types import TracebackType

ONE_SIGNAL = 1.0
"""Seconds in which several refusals are one and the same signal: they were all on their way when the first came."""

LESS = 0.7
MORE = 4.0
"""What a refusal leaves of the limit, and how many more a full round of successes lets in."""


class Gate:
    """Lets at most ``limit`` in at once; ``limit`` moves between 1 and ``most``. ``clock`` gives seconds."""

    def __init__(self, most: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._slowed = float("-inf")
        self.most = most
        self.limit = float(most)
        self._busy = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def __aenter__(self) -> None:
        if self._busy < int(self.limit) and not self._waiting:
            self._busy += 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._leave()
            raise

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._leave()

    def slower(self) -> None:
        """The server asked to wait: fewer from now on."""
        if self._clock() - self._slowed >= ONE_SIGNAL:
            self._slowed = self._clock()
            self.limit = max(1.0, self.limit * LESS)

    def faster(self) -> None:
        """A request went well: about ``MORE`` more for every ``limit`` of these."""
        self.limit = min(float(self.most), self.limit + MORE / self.limit)
        self._admit()

    def _leave(self) -> None:
        self._busy -= 1
        self._admit()

    def _admit(self) -> None:
        while self._waiting and self._busy < int(self.limit):
            turn = self._waiting.popleft()
            if not turn.cancelled():
                self._busy += 1
                turn.set_result(None)
