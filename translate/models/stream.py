"""Reads a streamed reply and stops it where it runs away.

A token is an event of its own, and reading each as it comes costs a wake-up of the whole client: 75,000 of them for a book.
So after a read that had to wait we pause, and take what has come meanwhile at once: a while where the answer cannot be near its end, about 1 % of the time so far where it may be.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from translate.errors import ModelError
from translate.models.seam import Watch

PAUSE_SHARE = 0.012
PAUSE_AHEAD = 0.25
FIRST_PAUSE = 0.03
LONGEST_PAUSE = 0.5
"""Seconds; a pause is this share of the time so far, or that of the time that the rest will take, but never longer.

By a replay of 177 answers (0.2 s, then 100 tokens a second): 3,700 pauses, and an answer is read 0.8 % late. Without learning how long answers are it were 7,500 and 0.95 %.
"""

LEARNT_FROM = 32
"""So many answers back we look to see how long they are."""

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


class Lengths:
    """Learns how long answers are for the most tokens that they may have: a prompt allows about twice what it expects, in tokens of which nobody knows the letters."""

    def __init__(self) -> None:
        self._seen: deque[float] = deque(maxlen=LEARNT_FROM)

    def learn(self, most: int, size: int) -> None:
        """Take in an answer of ``size`` characters where ``most`` tokens were allowed."""
        if most > 0:
            self._seen.append(size / most)

    def likely(self, most: int) -> int:
        """How many characters an answer will probably have at least: two of five were shorter. Before any answer, one for each token."""
        return int(most * (sorted(self._seen)[len(self._seen) * 2 // 5] if self._seen else 1.0))


async def read(pieces: AsyncIterator[bytes], *, watch: Watch, fault: Callable[[str], ModelError], likely: int = 0) -> Streamed:
    """Read server-sent events to their end, or until ``watch`` says to stop: then ``finish`` is "loop".

    ``likely`` is how many characters the answer will probably have at least; it only sets the pauses.
    ``fault`` makes an error of what is no event of a reply; it is raised. A stream that ends without a finish reason and without ``[DONE]`` has ``done`` False.
    """
    streamed = Streamed()
    rest = b""
    looked = size = 0
    pace = Pace(likely)
    before = pace.began
    async for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            if line:
                size += _event(line, streamed, fault)
        if size - looked >= WATCH_EVERY:
            looked = size
            if watch(streamed.text):
                streamed.finish, streamed.done = "loop", True
                return streamed
        now = time.monotonic()
        if now - before > WAITED:
            await asyncio.sleep(pace.pause(now, size))
        before = time.monotonic()
    _event(rest, streamed, fault)
    streamed.done = streamed.done or bool(streamed.finish)
    return streamed


@dataclass(slots=True)
class Pace:
    """How fast an answer of ``likely`` characters comes. Its speed is that since the first characters, which a server may take its time for."""

    likely: int
    began: float = field(default_factory=time.monotonic)
    first: tuple[float, int] | None = None

    def pause(self, now: float, size: int) -> float:
        """How long to let events gather, at the time ``now`` and after ``size`` characters."""
        behind = (now - self.began) * PAUSE_SHARE
        if self.first is None:
            self.first = (now, size) if size else None
            return max(FIRST_PAUSE, behind) if size else behind
        since, had = self.first
        ahead = (now - since) / (size - had) * (self.likely - size) * PAUSE_AHEAD if size > had else 0.0
        return min(LONGEST_PAUSE, max(behind, ahead))


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
