"""What a run will take, as a range, before it starts: tokens, money, time.

The lower end: every prompt prefix is cached where the server has a cache, the translation is a little shorter than the source, nothing is mended.
The upper end: nothing is cached, the translation is half as long again, and a quarter of the tokens goes into mending.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from math import ceil

from translate import languages, prompts
from translate.document import markers
from translate.models.seam import Price, Profile
from translate.pipeline.running.plan import Plan

SHORTER, LONGER = 0.9, 1.5
MENDING = 0.25
CONTEXT_TOKENS = (60, 260)
MARKER_TOKENS = 4
LABEL_TOKENS = 4
SLOW, FAST = 20.0, 90.0
WAIT = (0.3, 2.0)


@dataclass(frozen=True, slots=True)
class Range:
    """From the lower end to the upper end."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.low:,.0f} to {self.high:,.0f}"


@dataclass(frozen=True, slots=True)
class Quote:
    """``segments`` to ask for, ``repeats`` and ``remembered`` ones (in the translation memory) that cost nothing, requests, tokens and seconds; ``cost`` is None where no price is known."""

    segments: int
    repeats: int
    source_tokens: int
    requests: int
    prompt: Range
    answer: Range
    seconds: Range
    cost: Range | None
    currency: str
    remembered: int = 0


def make(plan: Plan, *, profile: Profile, price: Price | None, count: Callable[[str], int], jobs: int, language: str, speed: Range | None = None) -> Quote:
    """The quote for ``plan``. ``speed`` is the model's answer tokens a second and request, where it was measured."""
    tokens = {segment.id: count(segment.text) for segment in plan.asked}
    source = sum(tokens.values())
    requests = _requests(plan, profile, tokens, language)
    static = count(prompts.load("chat").text) if profile.form == "chat" else 150
    overhead = sum(LABEL_TOKENS + MARKER_TOKENS * len(markers(segment.source)) for segment in plan.asked)
    prompt = Range(source + requests * (static + CONTEXT_TOKENS[0]), (source + overhead + requests * (static + CONTEXT_TOKENS[1])) * (1 + MENDING))
    answer = Range(source * SHORTER, (source * LONGER + overhead) * (1 + MENDING))
    pace = speed or Range(SLOW, FAST)
    return Quote(
        segments=len(plan.asked),
        repeats=len(plan.repeats),
        source_tokens=source,
        requests=requests,
        prompt=prompt,
        answer=answer,
        seconds=Range(answer.low / pace.high / jobs + WAIT[0] * ceil(requests / jobs), answer.high / pace.low / jobs + WAIT[1] * ceil(requests / jobs)),
        cost=_cost(price, prompt, answer, cached=requests * static),
        currency=price.currency if price else "",
    )


def added(made: Quote, requests: int, prompt: Range, answer: Range, *, price: Price | None, jobs: int) -> Quote:
    """The quote with some requests more, of so many tokens: the prescan's."""
    cost = _cost(price, prompt, answer, cached=0)
    seconds = Range(answer.low / FAST / jobs + WAIT[0] * ceil(requests / jobs), answer.high / SLOW / jobs + WAIT[1] * ceil(requests / jobs))
    return replace(
        made,
        requests=made.requests + requests,
        prompt=_sum(made.prompt, prompt),
        answer=_sum(made.answer, answer),
        seconds=_sum(made.seconds, seconds),
        cost=_sum(made.cost, cost) if made.cost is not None and cost is not None else made.cost,
    )


def total(quotes: Sequence[Quote]) -> Quote:
    """All of them together, one after the other; ``quotes`` are of one model, and at least one. No cost is known where one of theirs is not."""
    costs = [one.cost for one in quotes]
    return Quote(
        segments=sum(one.segments for one in quotes),
        repeats=sum(one.repeats for one in quotes),
        source_tokens=sum(one.source_tokens for one in quotes),
        requests=sum(one.requests for one in quotes),
        prompt=reduce(_sum, (one.prompt for one in quotes)),
        answer=reduce(_sum, (one.answer for one in quotes)),
        seconds=reduce(_sum, (one.seconds for one in quotes)),
        cost=reduce(_sum, (cost for cost in costs if cost is not None)) if None not in costs else None,
        currency=quotes[0].currency,
        remembered=sum(one.remembered for one in quotes),
    )


def _sum(one: Range, other: Range) -> Range:
    return Range(one.low + other.low, one.high + other.high)


def _requests(plan: Plan, profile: Profile, tokens: dict[str, int], language: str) -> int:
    if profile.unit == "segment":
        return len(plan.asked)
    if profile.unit == "sentence":
        return sum(len(languages.sentences(segment.text, language)) for segment in plan.asked)
    by_document: Counter[str] = Counter()
    for segment in plan.asked:
        by_document[segment.document] += tokens[segment.id] + LABEL_TOKENS
    return sum(max(1, ceil(size / (profile.chunk * 0.85))) for size in by_document.values())


def _cost(price: Price | None, prompt: Range, answer: Range, *, cached: int) -> Range | None:
    if price is None:
        return None
    low = (prompt.low - cached) * price.prompt + cached * price.cached + answer.low * price.answer
    high = prompt.high * price.prompt + answer.high * price.answer
    return Range(low / 1e6, high / 1e6)
