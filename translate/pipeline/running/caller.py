"""One paid request after another, none twice: replay, reserve, attempt, settle, wait where the server asks for it."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, replace

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type

from translate.errors import BudgetReached, ModelError, ModelUnreachable, RateLimited, RequestFails
from translate.models.seam import Model, Reply, Request
from translate.pipeline.progress import Progress
from translate.pipeline.running.control import Control
from translate.pipeline.running.gate import Gate
from translate.pipeline.running.purse import Purse
from translate.store import Outcome, RequestRow, Settled, Store

Sleep = Callable[[float], Awaitable[None]]

WAITING_ATTEMPTS = 12
"""For a server that asks to wait."""
FIRST_ATTEMPTS = 3
"""For one that has not answered anything yet: a mistyped address is told soon."""
ATTEMPTS = 6
"""For one that has: its line is bad, it is down, or it cannot answer this one."""
LONGEST_WAIT = 120.0
PROBE = "Say yes."
"""What is asked of a server that did not answer a request, to tell whether it answers at all."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A reply and the row of the request that it was paid with; ``replayed`` where it had been paid before."""

    reply: Reply
    request: int
    replayed: bool = False


class Caller:
    """Asks one model for one run, within a budget (in the price's currency, None for no cap)."""

    def __init__(
        self, model: Model, store: Store, *, gate: Gate, progress: Progress, purse: Purse, sleep: Sleep = asyncio.sleep, control: Control | None = None
    ) -> None:
        self.model = model
        self._store = store
        self._gate = gate
        self._progress = progress
        self._purse = purse
        self._sleep = sleep
        self._control = control or Control()
        self._answers = 0
        self._asking: dict[str, asyncio.Future[Answered]] = {}

    async def ask(self, request: Request, *, purpose: str, prompt: str, segments: Sequence[str]) -> Answered:
        """The answer to ``request``: from the store if the same request was answered before, else from the model.

        Raises ``BudgetReached`` before an attempt that could pass the cap, and ``ModelError`` when the model could not be brought to answer:
        ``RequestFails`` where it answers others meanwhile, or a probe.
        """
        row = self._row(request, purpose, prompt, segments)
        key = row.replay_key
        known = self._store.replay(key)
        if known is not None:
            return Answered(known.reply, known.request, replayed=True)
        if key in self._asking:
            return await asyncio.shield(self._asking[key])
        mine: asyncio.Future[Answered] = asyncio.get_running_loop().create_future()
        self._asking[key] = mine
        try:
            answered = await self._attempts(row, request)
            mine.set_result(answered)
            return answered
        except BaseException as error:
            mine.set_exception(error if isinstance(error, ModelError | BudgetReached) else ModelError("the request was stopped"))
            mine.exception()
            raise
        finally:
            del self._asking[key]

    def _row(self, request: Request, purpose: str, prompt: str = "", segments: Sequence[str] = ()) -> RequestRow:
        tokens = self._prompt_tokens(request)
        return RequestRow(
            model=self.model.name,
            request_json=json.dumps(asdict(request), ensure_ascii=False),
            purpose=purpose,
            prompt_hash=prompt,
            segments=tuple(segments),
            reserved_tokens=tokens + request.most,
            reserved_cost=self._cost(tokens, 0, request.most),
        )

    async def _attempts(self, row: RequestRow, request: Request) -> Answered:
        answers = [self._answers]
        again = retry_if_exception_type((ModelUnreachable, RateLimited))
        retrying = AsyncRetrying(retry=again, wait=_wait, stop=lambda state: self._is_enough(state, answers), sleep=self._pause, reraise=True)
        try:
            return await retrying(self._once, row, request)
        except ModelUnreachable as error:
            others = answers[-1] > answers[-3]
            if others or await self._is_there(request):
                raise RequestFails(f"It answers, but not this request, which was sent {len(answers) - 1} times: {error}") from error
            raise

    async def _is_there(self, request: Request) -> bool:
        """Whether the server answers a few words of our own, asked once in the way of ``request``."""
        words = replace(request, messages=(("user", PROBE),) if request.messages else (), prompt=PROBE if request.prompt else "", most=8, schema="", grammar="")
        try:
            await self._once(self._row(words, "probe"), words)
        except (ModelError, BudgetReached):
            return False
        return True

    async def _once(self, row: RequestRow, request: Request) -> Answered:
        async with self._gate:
            await self._control.passing()
            self._purse.reserve(row.reserved_cost)
            number = await asyncio.wrap_future(self._store.reserve(row))
            try:
                reply = await self.model.complete(request)
            except ModelError as error:
                kept = isinstance(error, ModelUnreachable)
                self._purse.settle(row.reserved_cost, row.reserved_cost if kept else 0.0)
                await asyncio.wrap_future(self._store.fail(number, str(error), keep=kept))
                if isinstance(error, RateLimited):
                    self._gate.slower()
                raise
            usage = reply.usage
            cost = self._cost(usage.prompt, usage.cached, usage.answer)
            self._purse.settle(row.reserved_cost, cost, tokens=usage.prompt + usage.answer)
            await asyncio.wrap_future(self._store.commit(Outcome(settled=Settled(number, reply, cost))))
        self._answers += 1
        self._gate.faster()
        for remark in reply.remarks:
            self._progress.says(remark)
        return Answered(reply, number)

    def _cost(self, prompt: int, cached: int, answer: int) -> float:
        price = self.model.price
        if price is None:
            return 0.0
        return ((prompt - cached) * price.prompt + cached * price.cached + answer * price.answer) / 1e6

    def _prompt_tokens(self, request: Request) -> int:
        return self.model.count(request.prompt or "\n".join(text for _, text in request.messages)) + 8 * (len(request.messages) + 1)

    def _is_enough(self, state: RetryCallState, answers: list[int]) -> bool:
        """Whether no further attempt is made. ``answers`` holds how many requests had been answered at the beginning and after each attempt until now."""
        answers.append(self._answers)
        if not isinstance(state.outcome.exception() if state.outcome else None, ModelUnreachable):
            return state.attempt_number >= WAITING_ATTEMPTS
        return state.attempt_number >= (ATTEMPTS if self._answers else FIRST_ATTEMPTS)

    async def _pause(self, seconds: float) -> None:
        if seconds >= 5:
            self._progress.says(f"Waiting {seconds:.0f} s for the server, which is busy or does not answer.")
        await self._sleep(seconds)


def _wait(state: RetryCallState) -> float:
    """What the server said (Retry-After), else exponential back-off with full jitter."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, RateLimited) and error.retry_after is not None:
        return min(LONGEST_WAIT, error.retry_after + random.uniform(0, 0.25))
    return random.uniform(0.1, min(LONGEST_WAIT, 0.5 * 2**state.attempt_number))
