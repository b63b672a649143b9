"""Answers from recorded pairs of request and reply, and records them: a test that needs no model, but real replies."""

from __future__ import annotations

from collections.abc import Iterable

from translate.errors import ModelError
from translate.models import tokens
from translate.models.seam import Model, Price, Profile, Reply, Request


class Replay:
    """A ``Model`` that knows the answers it was given and no other.

    Two equal requests are the same request: of several recorded replies to it, the last counts.
    """

    def __init__(self, pairs: Iterable[tuple[Request, Reply]], *, profile: Profile | None = None, price: Price | None = None, name: str = "replay") -> None:
        self.spec = "replay"
        self.name = name
        self.profile = profile or Profile(name)
        self.price = price
        self.local = True
        self.jobs = 16
        self._known = dict(pairs)

    async def complete(self, request: Request) -> Reply:
        """The recorded reply. Raises ``ModelError`` for a request that was not recorded."""
        reply = self._known.get(request)
        if reply is None:
            said = request.prompt or (request.messages[-1][1] if request.messages else "")
            raise ModelError(f"No reply is recorded for the request that ends '{said[-60:]}': record it again.")
        return reply

    def count(self, text: str) -> int:
        """The conservative estimate; loads nothing."""
        return tokens.estimate(text)

    async def aclose(self) -> None:
        """Nothing to free."""


class Recorder:
    """A ``Model`` in front of another one; ``pairs`` holds every answered request, ready for ``Replay``."""

    def __init__(self, model: Model) -> None:
        self.spec = model.spec
        self.name = model.name
        self.profile = model.profile
        self.price = model.price
        self.local = model.local
        self.jobs = model.jobs
        self.pairs: list[tuple[Request, Reply]] = []
        self._model = model

    async def complete(self, request: Request) -> Reply:
        """What the other model answers. Raises what it raises; that is not recorded."""
        reply = await self._model.complete(request)
        self.pairs.append((request, reply))
        return reply

    def count(self, text: str) -> int:
        """As the other model counts."""
        return self._model.count(text)

    async def aclose(self) -> None:
        """Free the other model."""
        await self._model.aclose()
