"""How many requests may be in flight: fewer when the server asks for it, more again when it copes.

Additive increase, multiplicative decrease, as TCP's congestion control does it (Jacobson 1988).
"""

from __future__ import annotations

import asyncio
from collections import deque
from types import TracebackType


class Gate:
    """Lets at most ``limit`` in at once; ``limit`` moves between 1 and ``most``."""

    def __init__(self, most: int) -> None:
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
        """The server asked to wait: half as many from now on."""
        self.limit = max(1.0, self.limit / 2)

    def faster(self) -> None:
        """A request went well: about one more for every ``limit`` of these."""
        self.limit = min(float(self.most), self.limit + 1 / self.limit)
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
