"""Reads what a server says it used, and notices where it says nothing or cannot be right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from translate.models import tokens
from translate.models.seam import Request, Usage

Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Counted:
    """The usage of one reply, with a sentence where the server's figures cannot be true (empty otherwise)."""

    usage: Usage
    remark: str = ""


def asked(request: Request) -> str:
    """All the text of a request, as one."""
    return request.prompt or "\n".join(text for _, text in request.messages)


def read(said: object, *, request: Request, answer: str, count: Callable[[str], int], thought: bool = False) -> Counted:
    """The usage out of a reply's ``usage`` object, checked against ``count``.

    Knows OpenAI's ``prompt_tokens_details.cached_tokens`` and DeepSeek's ``prompt_cache_hit_tokens``.
    Without usable figures the usage is our own count, with ``counted`` False. ``thought`` says that the model reasoned, for which we have no text to count.
    """
    prompt = asked(request)
    ours = Usage(count(prompt), count(answer), counted=False)
    fields = said if isinstance(said, dict) else {}
    sent, back = _whole(fields, "prompt_tokens"), _whole(fields, "completion_tokens")
    if sent is None or back is None:
        return Counted(ours)
    usage = Usage(sent, back, min(sent, _cached(fields)))
    thinking = _whole(_inner(fields, "completion_tokens_details"), "reasoning_tokens") or 0
    back_told = ours.answer if thought else back - thinking
    if tokens.plausible(ours.prompt, sent, prompt) and tokens.plausible(ours.answer, back_told, answer):
        return Counted(usage)
    remark = f"The server says {sent} + {back} tokens where we count {ours.prompt} + {ours.answer}: its figures, and costs that rest on them, may be wrong."
    return Counted(usage, remark)


def _cached(fields: Fields) -> int:
    return _whole(_inner(fields, "prompt_tokens_details"), "cached_tokens") or _whole(fields, "prompt_cache_hit_tokens") or 0


def _inner(fields: Fields, name: str) -> Fields:
    inner = fields.get(name)
    return inner if isinstance(inner, dict) else {}


def _whole(fields: Fields, name: str) -> int | None:
    value = fields.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
