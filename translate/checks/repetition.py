"""Runaway repetition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.checks.reading import flat, quoted, without_addresses
from translate.checks.seam import Facts, Pair
from translate.document import Finding

LONGEST = 60
"""Words of the longest phrase whose repetition we look for."""

PHRASE = 6
"""Words of a phrase that seldom comes twice in one paragraph."""

ECHO = 16
"""Letters of a run that is not followed by itself on purpose."""

_TOKEN = re.compile(r"\w+|[^\w\s]")


class Repetition:
    """The translation repeats itself: a word or a phrase over and over, or a passage twice.

    What the source repeats as often may be repeated.
    Blind to repetition in other words, and to a phrase of fewer than six words that comes just twice.
    """

    name = "repetition"
    structural = True

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding: a loop, or else a passage that stands there twice."""
        if pair.draft.finish == "loop":
            yield Finding(self.name, "error", "The model fell into a loop and was stopped.", target=pair.draft.text[-60:])
            return
        source, target = (_TOKEN.findall(without_addresses(flat(runs))) for runs in (pair.segment.source, pair.draft.target))
        phrase, times = loop(target)
        allowed = max(2, loop(source)[1] + 1) if times > 2 else 2
        if times > (allowed if len(phrase) > 2 or len("".join(phrase)) > 12 else allowed + 1) and (times > 9 or any(map(str.isalnum, "".join(phrase)))):
            yield Finding(self.name, "error", f"{quoted(' '.join(phrase))} is repeated {times} times.", target=" ".join(phrase))
        elif twice := _twice(source, target) or _again(source, target):
            yield Finding(self.name, "error", f"A passage stands in the translation twice: {quoted(twice)}.", target=twice)
        elif _is_choice(pair.segment.text, pair.draft.text):
            yield Finding(self.name, "warning", f"Two renderings seem to stand side by side: {quoted(pair.draft.text)}.", target=pair.draft.text)


def _is_choice(source: str, target: str) -> bool:
    """Whether ``target`` is two texts of about the source's length with a stroke between them that the source does not have, and a word in common."""
    if target.count(" / ") != 1 or "/" in source or len(target) < 1.6 * len(source):
        return False
    one, other = (part.casefold().split() for part in target.split(" / "))
    return min(len(one), len(other)) >= 2 and max(len(one), len(other)) <= 2 * min(len(one), len(other)) and not set(one).isdisjoint(other)


def loop(tokens: list[str]) -> tuple[tuple[str, ...], int]:
    """The phrase that is repeated most often without a break, and how often it stands there; ``((), 0)`` for no tokens."""
    best: tuple[str, ...] = tuple(tokens[:1])
    times = len(best)
    for width in _widths(tokens):
        same = 0
        for place in range(width, len(tokens)):
            same = same + 1 if tokens[place] == tokens[place - width] else 0
            if same // width + 1 > times:
                best, times = tuple(tokens[place - width + 1 : place + 1]), same // width + 1
    return best, times


def _widths(tokens: list[str]) -> list[int]:
    """How long a phrase may be that repeats itself: distances at which words come again more than once."""
    last: dict[str, int] = {}
    distances: dict[int, int] = {}
    for place, token in enumerate(tokens):
        before = last.get(token)
        if before is not None and place - before <= LONGEST:
            distances[place - before] = distances.get(place - before, 0) + 1
        last[token] = place
    return sorted(width for width, times in distances.items() if times > 1)


def _twice(source: list[str], target: list[str]) -> str:
    """The longest run of words that stands in ``target`` again though nothing of the kind is repeated in ``source``; else ""."""
    repeats = _repeats([token.casefold() for token in target])
    if not repeats or len(_repeats([token.casefold() for token in source])) * 2 >= len(repeats):
        return ""
    words = sorted({place + k for place in repeats for k in range(PHRASE)})
    longest = max(_stretches(words), key=len)
    # A formula of six or seven words may come twice in good prose; a dozen do not.
    return " ".join(target[longest[0] : longest[-1] + 1]) if len(longest) >= 2 * PHRASE else ""


def _again(source: list[str], target: list[str]) -> str:
    """The longest run of words that ``target`` says twice without a break, where ``source`` has nothing of the kind; else ""."""
    found = _echo([token.casefold() for token in target], ECHO)
    return " ".join(target[found[0] : found[1]]) if found and not _echo([token.casefold() for token in source], ECHO // 2) else ""


def _echo(tokens: list[str], least: int) -> tuple[int, int] | None:
    """Where the longest run begins and ends that is followed by itself, of three words and ``least`` letters, so that it is no figure of speech ("Tag für Tag für Tag")."""
    best: tuple[int, int] | None = None
    for width in _widths(tokens):
        same = 0
        for place in range(width, len(tokens)) if width >= 3 and (best is None or width > best[1] - best[0]) else ():
            same = same + 1 if tokens[place] == tokens[place - width] else 0
            run = tokens[place - width + 1 : place + 1]
            if same == width and sum(map(str.isalpha, run)) >= 3 and len("".join(run)) >= least:
                best = place - width + 1, place + 1
                break
    return best


def _repeats(tokens: list[str]) -> list[int]:
    """Where a phrase of ``PHRASE`` words begins that was there before."""
    seen: set[tuple[str, ...]] = set()
    places = []
    for place in range(len(tokens) - PHRASE + 1):
        phrase = tuple(tokens[place : place + PHRASE])
        if phrase in seen:
            places.append(place)
        seen.add(phrase)
    return places


def _stretches(places: list[int]) -> list[list[int]]:
    """Neighbouring places put together."""
    out: list[list[int]] = []
    for place in places:
        if out and place == out[-1][-1] + 1:
            out[-1].append(place)
        else:
            out.append([place])
    return out


TAIL = 1200
"""Characters at the end of a stream that are looked at."""


def looping(text: str) -> bool:
    """Whether the end of a text that is still being streamed repeats itself without end.

    True for a phrase of up to 200 characters that fills the last 160 characters at least six times, or the last 400 at least three times.
    Some tens of microseconds; it knows nothing of the source, so it waits longer than the check does.
    """
    tail = text[-TAIL:]
    size = len(tail)
    for width in range(1, min(200, size // 3) + 1):
        if tail[-1] != tail[-1 - width] or tail[-width:] != tail[-2 * width : -width]:
            continue
        times = 2
        while (times + 1) * width <= size and tail[-(times + 1) * width : -times * width] == tail[-width:]:
            times += 1
        filled = times * width
        if (times >= 6 and filled >= 160) or (times >= 3 and filled >= 400):
            return True
    return False
