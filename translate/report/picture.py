"""A picture of the book: one strip a chapter, one bar a passage, as wide as it is long and as high as it is doubtful.

The drawing is made of numbers only, so that no text of the book is in it but the labels, which the page escapes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from translate.report.values import Chapter, Passage, State

WIDTH = 1000
"""Units of one line of a strip; it is stretched to the page."""
LINE = 26
"""Height of one line in pixels, the gap beneath included."""
FLOOR = 22
"""Where bars stand in a line."""
HEIGHTS: dict[State, float] = {"accepted": 9, "approved": 9, "warning": 15, "error": 21, "pending": 3}
GRAVITY: tuple[State, ...] = ("error", "warning", "pending", "approved", "accepted")
LEAST = 4.0
"""The narrowest bar of a long book, in units: still to be seen, and to be hit where a line is as wide as a page."""
SHORTEST = 0.25
"""A passage shorter than this part of the mean is drawn as if it were that long, so that a heading is seen."""
SINGLE = 2000
"""Up to so many passages each has a bar of its own."""
BARS = 8000
"""A long book has about so many bars at most."""
TYPICAL = 14.0
"""The width a passage of mean length has where the book fills several lines."""
LINES = 36
"""About how many full lines a long book fills."""
ROWS = 200
"""More documents than this are drawn in groups of neighbours."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar that leads somewhere: its place, its state, how many passages of which state it stands for, and the passage that is the worst of them."""

    x: float
    y: float
    width: float
    height: float
    state: State
    passages: tuple[tuple[State, int], ...]
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """One chapter, or several neighbours drawn as one.

    ``paths`` draws all bars, one SVG path a state; ``bars`` are the doubtful ones again, to be clicked; ``shared`` where a bar stands for several passages.
    """

    chapters: tuple[Chapter, ...]
    height: int
    paths: tuple[tuple[State, str], ...]
    bars: tuple[Bar, ...]
    shared: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """All strips, documents without passages left out; ``binned`` where neighbouring passages had to share a bar."""

    strips: tuple[Strip, ...]
    binned: bool


def draw(chapters: tuple[Chapter, ...]) -> Picture:
    """The picture of these chapters: every passage in it, at most some thousands of bars, however long the work."""
    rows = tuple(neighbours(chapters)) if len(chapters) > ROWS else tuple((chapter,) for chapter in chapters)
    rows = tuple(row for row in rows if any(chapter.passages for chapter in row))
    lengths = [passage.length for row in rows for chapter in row for passage in chapter.passages]
    shortest = max(1.0, SHORTEST * sum(lengths) / max(1, len(lengths)))
    drawn = [[max(shortest, passage.length) for chapter in row for passage in chapter.passages] for row in rows]
    scale = WIDTH / capacity(drawn)
    least = max(LEAST, sum(map(sum, drawn)) * scale / BARS) if len(lengths) > SINGLE else 0
    strips = tuple(strip(row, scale, shortest, least) for row in rows)
    return Picture(strips, any(one.shared for one in strips))


def capacity(rows: list[list[float]]) -> float:
    """How many characters one line holds: the longest row where that leaves passages wide enough, else so that the book fills about ``LINES``."""
    longest = max((sum(row) for row in rows), default=0)
    total, number = sum(map(sum, rows)), sum(map(len, rows))
    return max(1.0, min(longest, max(total / max(1, number) * WIDTH / TYPICAL, total / LINES)))


def neighbours(chapters: tuple[Chapter, ...]) -> Iterator[tuple[Chapter, ...]]:
    """At most ``ROWS`` groups of neighbouring chapters."""
    size = -(-len(chapters) // ROWS)
    return (chapters[start : start + size] for start in range(0, len(chapters), size))


def strip(chapters: tuple[Chapter, ...], scale: float, shortest: float, least: float) -> Strip:
    """The strip of one row, broken into lines like a paragraph; ``scale`` is units a character."""
    paths: dict[State, list[str]] = {}
    bars: list[Bar] = []
    x, y, shared = 0.0, float(FLOOR), False
    for width, bin in bins(((max(shortest, passage.length) * scale, passage) for chapter in chapters for passage in chapter.passages), least):
        width = min(float(WIDTH), width)
        if x and x + width > WIDTH + 0.5:
            x, y = 0.0, y + LINE
        bar = bar_of(bin, x, y, width)
        paths.setdefault(bar.state, []).append(outline(bar))
        if bar.state in ("error", "warning"):
            bars.append(bar)
        x, shared = x + width, shared or len(bin) > 1
    drawn = tuple((state, "".join(paths[state])) for state in GRAVITY if state in paths)
    return Strip(chapters, round(y - FLOOR) + LINE, drawn, tuple(bars), shared)


def bins(passages: Iterable[tuple[float, Passage]], least: float) -> Iterator[tuple[float, tuple[Passage, ...]]]:
    """Neighbouring passages together until they are ``least`` wide, with their width; each alone where ``least`` is 0."""
    held: list[Passage] = []
    width = 0.0
    for wide, passage in passages:
        held.append(passage)
        width += wide
        if width >= least:
            yield width, tuple(held)
            held, width = [], 0.0
    if held:
        yield width, tuple(held)


def bar_of(bin: tuple[Passage, ...], x: float, floor: float, width: float) -> Bar:
    """The bar that stands for these passages: as grave as the gravest."""
    counted = Counter(passage.state for passage in bin)
    state = next(state for state in GRAVITY if state in counted)
    height = HEIGHTS[state]
    present = tuple((state, counted[state]) for state in GRAVITY if state in counted)
    return Bar(x, floor - height, width, height, state, present, tuple(passage.segment for passage in bin if passage.state == state))


def outline(bar: Bar) -> str:
    """The bar as a piece of an SVG path. An approved one is cut in the middle, so that it differs from an accepted one without its colour."""
    width = bar.width - min(1.2, bar.width / 5)
    if bar.state != "approved":
        return box(bar.x, bar.y, width, bar.height)
    part = bar.height / 2 - 1
    return box(bar.x, bar.y, width, part) + box(bar.x, bar.y + bar.height - part, width, part)


def box(x: float, y: float, width: float, height: float) -> str:
    """A rectangle as a closed sub-path."""
    return f"M{x:.1f} {y:g}h{width:.1f}v{height:g}h-{width:.1f}z"
