"""Models whose answers a test writes down: public fakes, for our tests and for those of others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator

from translate.document import Runs, Segment
from translate.errors import ModelError
from translate.models import tokens
from translate.models.echo import FREE
from translate.models.seam import Price, Profile, Reply, Request, Usage

Answer = str | Reply | Exception
Script = Iterable[Answer] | Callable[[Request], Answer]


class Scripted:
    """A ``Model`` that answers from a list, in order, or by a function of the request.

    A ``str`` becomes a ``Reply`` that stopped by itself; an exception is raised. ``requests`` keeps what was asked, in order.
    ``delay`` seconds pass before each answer. A list that has run out raises ``ModelError``.
    """

    def __init__(self, script: Script, *, profile: Profile | None = None, price: Price | None = FREE, jobs: int = 4, delay: float = 0.0) -> None:
        self.spec = self.name = "scripted"
        self.profile = profile or Profile("scripted")
        self.price = price
        self.local = True
        self.jobs = jobs
        self.requests: list[Request] = []
        self._delay = delay
        self._function = script if callable(script) else None
        self._rest: Iterator[Answer] = iter(()) if callable(script) else iter(script)

    async def complete(self, request: Request) -> Reply:
        """The next answer of the script. Raises what the script holds, or ``ModelError`` where it has run out."""
        self.requests.append(request)
        answer = self._function(request) if self._function else next(self._rest, None)
        if self._delay:
            await asyncio.sleep(self._delay)
        if answer is None:
            raise ModelError(f"The script has no answer left for request {len(self.requests)}: write one more.")
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Reply):
            return answer
        return Reply(answer, "stop", Usage(self.count(_asked(request)), self.count(answer), counted=False), self.name)

    def count(self, text: str) -> int:
        """The conservative estimate; loads nothing."""
        return tokens.estimate(text)

    async def aclose(self) -> None:
        """Nothing to free."""


class ScriptedSegments:
    """A ``DirectModel`` that translates by a function of the segment; ``segments`` keeps what was asked, in order."""

    def __init__(self, function: Callable[[Segment], Runs]) -> None:
        self.spec = self.name = "scripted"
        self.profile = Profile("scripted", unit="segment", reply="text")
        self.price: Price | None = FREE
        self.local = True
        self.jobs = 4
        self.segments: list[Segment] = []
        self._function = function

    async def translate(self, segment: Segment) -> Runs:
        """What the function makes of the segment."""
        self.segments.append(segment)
        return self._function(segment)

    async def aclose(self) -> None:
        """Nothing to free."""


def _asked(request: Request) -> str:
    return request.prompt or "\n".join(text for _, text in request.messages)
