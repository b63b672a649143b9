"""Reads a streamed reply and stops it where it runs away.

A token is an event of its own, and reading each as it comes costs a wake-up of the whole client: 75,000 of them for a book.
So after a read that had to wait we pause, and take what has come meanwhile at once: a while where the answer cannot be near its end, about 1 % of the time so far where it may be.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from translate.errors import ModelError
from translate.models.seam import Watch

PAUSE_SHARE = 0.012
PAUSE_AHEAD = 0.15
LONGEST_PAUSE = 0.5
"""Seconds; a pause is this share of the time so far, or that of the time that the rest will take, but never longer."""

WAITED = 0.0005
"""Seconds; a read that took longer found nothing in the buffers."""

WATCH_EVERY = 200
"""Characters between two looks of the watch."""


@dataclass(slots=True)
class Streamed:
    """What a stream has brought so far. ``usage`` is what the server said, None where it said nothing; ``thought`` is True where it sent reasoning."""

    parts: list[str] = field(default_factory=list)
    finish: str = ""
    usage: object = None
    thought: bool = False
    done: bool = False
    model: str = ""

    @property
    def text(self) -> str:
        """The answer so far."""
        return "".join(self.parts)


async def read(pieces: AsyncIterator[bytes], *, watch: Watch, fault: Callable[[str], ModelError], likely: int = 0) -> Streamed:
    """Read server-sent events to their end, or until ``watch`` says to stop: then ``finish`` is "loop".

    ``likely`` is how many characters the answer will probably have at least; it only sets the pauses.
    ``fault`` makes an error of what is no event of a reply; it is raised. A stream that ends without a finish reason and without ``[DONE]`` has ``done`` False.
    """
    streamed = Streamed()
    rest = b""
    looked = size = 0
    began = before = time.monotonic()
    async for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            size += _event(line, streamed, fault)
        if size - looked >= WATCH_EVERY:
            looked = size
            if watch(streamed.text):
                streamed.finish, streamed.done = "loop", True
                return streamed
        now = time.monotonic()
        if now - before > WAITED:
            await asyncio.sleep(_pause(now - began, size, likely))
        before = time.monotonic()
    _event(rest, streamed, fault)
    streamed.done = streamed.done or bool(streamed.finish)
    return streamed


def _pause(elapsed: float, size: int, likely: int) -> float:
    """How long to let events gather, after ``elapsed`` seconds and ``size`` characters."""
    ahead = elapsed * (likely / size - 1) * PAUSE_AHEAD if size else 0.0
    return min(LONGEST_PAUSE, max(elapsed * PAUSE_SHARE, ahead))


def _event(line: bytes, streamed: Streamed, fault: Callable[[str], ModelError]) -> int:
    """Take one line of the stream in; gives back how many characters of answer it brought."""
    line = line.strip()
    if not line.startswith(b"data:"):
        if line[:1] in (b"<", b"{"):
            raise fault(line.decode("utf-8", "replace"))
        return 0
    data = line[5:].strip()
    if data == b"[DONE]":
        streamed.done = True
        return 0
    try:
        event = json.loads(data)
    except ValueError as error:
        raise fault(data.decode("utf-8", "replace")) from error
    if not isinstance(event, dict) or "error" in event:
        raise fault(data.decode("utf-8", "replace"))
    return _take(event, streamed)


def _take(event: dict[str, object], streamed: Streamed) -> int:
    streamed.usage = event.get("usage") or streamed.usage
    streamed.model = streamed.model or str(event.get("model") or "")
    choices = event.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        return 0
    choice = choices[0]
    streamed.finish = str(choice.get("finish_reason") or streamed.finish)
    delta = choice.get("delta")
    if isinstance(delta, dict):
        streamed.thought = streamed.thought or bool(delta.get("reasoning_content") or delta.get("reasoning"))
        text = delta.get("content")
    else:
        text = choice.get("text")
    if isinstance(text, str) and text:
        streamed.parts.append(text)
        return len(text)
    return 0
