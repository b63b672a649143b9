"""The aligner: which passages of a translation are the counterparts of which passages of its source.

Where both have the same structure, a passage is found at the same address.
Elsewhere lengths tell, as in Gale and Church, "A Program for Aligning Sentences in Bilingual Corpora" (1993), with the costs of whole paragraphs instead of sentences;
what both languages write alike (numbers, addresses, names, code) holds the alignment in place.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from translate import languages
from translate.document import Kind, Runs, Slot, markers, plain, visible

By = Literal["address", "length"]

MANY = 5
"""So many passages at most may be one on the other side: lines that one file has as paragraphs."""
BEADS = {(1, 1): 0.1, (1, 0): 4.0, (0, 1): 4.0, (2, 1): 5.5, (1, 2): 5.5, (2, 2): 8.0} | {
    bead: 5.5 + 1.5 * (many - 2) for many in range(3, MANY + 1) for bead in ((many, 1), (1, many))
}
"""What each way of pairing costs before lengths are compared: minus the logarithm of how often it occurs, for paragraphs.

Gale and Church counted 89 % one to one, 9 % two to one, 1 % two to two, 1 % without a counterpart among sentences.
Paragraphs are merged more rarely, and to call a short one merged that was left out is the worse mistake.
"""
SPREAD, SHORTNESS = 0.18, 1.8
"""The deviation of log(target / source): of a long paragraph, and what a short one has more by the root of its length (in characters)."""
WORST = 9.0
"""No difference of lengths costs more: a paragraph may be rewritten."""
SHARED, STRANGE = 1.2, 1.6
"""What a thing that both have is worth, and what it costs when each has some and they share none."""
MOST_SHARED = 4
OTHER_KIND = 2.5
NEAR = 0.2
"""So far may the logarithm of the lengths' ratio be from what is usual between two languages."""
BAND = 60
"""So far from the straight line the alignment may go between two fixed points, besides the difference of their numbers."""
DOUBTFUL = 3
"""So many passages in a row that do not fit their address are enough to doubt addresses."""

_ANCHOR = re.compile(r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]++@[\w-]++\.\w+|\d[\d.,:/-]*\d|\d|(?<![^\W\d_])[^\W\d_]++[\d_/.][\w/.-]*\w|\b[A-Z]{2,}\b")
_NAME = re.compile(r"(?<=\w )[^\W\d_a-zß-ÿ][\w'’-]{3,}")


@dataclass(frozen=True, slots=True)
class Link:
    """Passages that belong together, as places in the two sequences; one side may be empty.

    ``by`` says what paired them.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    by: By = "length"


def align(source: Sequence[Slot], target: Sequence[Slot], *, ratio: float | None = None, tags: tuple[str, str] = ("", "")) -> tuple[Link, ...]:
    """Link every passage of both sides, each in exactly one link, both orders kept.

    ``tags`` are the languages of both sides: numbers in words are compared where they are known.
    ``ratio`` is the usual length of the target by the source's (``languages.expansion``); without it, it is taken from the texts alone, which holds where little is missing.
    """
    if not source or not target:
        return (*(Link((at,), ()) for at in range(len(source))), *(Link((), (at,)) for at in range(len(target))))
    sides = Sides(tuple(Passage(slot, tags[0]) for slot in source), tuple(Passage(slot, tags[1]) for slot in target), math.log(ratio) if ratio else None)
    if _same_structure(source, target) and not _doubtful(sides):
        return tuple(Link((at,), (at,), "address") for at in range(len(source)))
    addressed = _same_ends(source, target, sides)
    return tuple(Link(link.source, link.target, "address") if link in addressed else link for link in _links(sides, addressed))


class Passage:
    """A passage as it is compared: its kind, its length, and what any language writes alike."""

    __slots__ = ("anchors", "kind", "size")

    def __init__(self, slot: Slot, tag: str = "") -> None:
        """``tag`` is the language of the passage, "" where nobody says."""
        text = plain(slot.source)
        self.kind = slot.kind
        self.size = max(1, visible(plain(slot.source, atoms=True)))
        self.anchors = frozenset((*_written_alike(text), *_signs(slot.source), *_told(text, tag)))


def shared(one: Runs, other: Runs) -> bool:
    """Whether two passages share a number, an address, code or an abbreviation, which any language writes alike."""
    ours, theirs = ({found[0].rstrip(".,:/-").casefold() for found in _ANCHOR.finditer(plain(runs))} for runs in (one, other))
    return bool(ours & theirs)


def _written_alike(text: str) -> Iterator[str]:
    for found in _ANCHOR.finditer(text):
        yield re.sub(r"(?<=\d)[.,](?=\d)", "", found[0].rstrip(".,:/-")).casefold()
    for found in _NAME.finditer(text):
        yield found[0].casefold()


def _told(text: str, tag: str) -> Iterator[str]:
    """Numbers in words, months and days, as figures: "three" and "drei" are the same."""
    if tag:
        yield from (str(number.value) for number in languages.spoken(text, tag) if number.sure and number.value > 2)
        yield from (f"calendar {number}" for _, number in languages.calendar_words(text, tag))


def _signs(runs: Runs) -> Iterator[str]:
    """The atoms that show something, and how many of each other sort there are."""
    sorts: Counter[str] = Counter()
    for marker in markers(runs):
        if marker.kind == "atom" and marker.shows:
            yield f"atom {marker.shows.casefold()}"
        elif marker.kind != "close":
            sorts[marker.name] += 1
    for name, number in sorts.items():
        yield f"{number} {name}"


@dataclass(frozen=True)
class Sides:
    """Both sides as they are compared; ``given`` is the logarithm of the usual ratio, where it is known."""

    source: tuple[Passage, ...]
    target: tuple[Passage, ...]
    given: float | None = None

    @cached_property
    def mean(self) -> float:
        """The usual logarithm of target length by source length: from all of the text, but near to what is known, since something may be missing."""
        sizes = sum(one.size for one in self.source), sum(one.size for one in self.target)
        middle, reach = (0.0, 1.5) if self.given is None else (self.given, NEAR)
        return max(middle - reach, min(middle + reach, math.log(sizes[1] / sizes[0])))

    def cost(self, ours: Sequence[Passage], theirs: Sequence[Passage]) -> float:
        """How badly some passages together fit some others together; 0 and below is well."""
        size, answer = sum(one.size for one in ours), sum(one.size for one in theirs)
        deviation = math.hypot(SPREAD, SHORTNESS / math.sqrt(size))
        cost = min(((math.log(answer / size) - self.mean) / deviation) ** 2 / 2, WORST)
        if len({_sort(one.kind) for one in (*ours, *theirs)}) > 1:
            cost += OTHER_KIND
        return cost + _anchored(ours, theirs)


def _sort(kind: Kind) -> str:
    """Kinds that a translator may exchange count as one."""
    return "text" if kind in (Kind.PARAGRAPH, Kind.VERSE, Kind.ITEM, Kind.TERM, Kind.NOTE) else "label" if kind is Kind.TITLE else str(kind)


def _anchored(ours: Sequence[Passage], theirs: Sequence[Passage]) -> float:
    left = ours[0].anchors if len(ours) == 1 else frozenset().union(*(one.anchors for one in ours))
    right = theirs[0].anchors if len(theirs) == 1 else frozenset().union(*(one.anchors for one in theirs))
    if not left and not right:
        return 0.0
    shared = len(left & right)
    if not shared:
        return STRANGE if left and right else STRANGE / 2
    # What both have counts less where each has much that the other has not.
    return -SHARED * min(shared, MOST_SHARED) * 2 * shared / (len(left) + len(right))


def _same_structure(source: Sequence[Slot], target: Sequence[Slot]) -> bool:
    return len(source) == len(target) and all(
        one.address == other.address and _sort(one.kind) == _sort(other.kind) for one, other in zip(source, target, strict=True)
    )


def _doubtful(sides: Sides) -> bool:
    """Whether passages at the same address do not fit one another, several in a row: something was left out here and added there."""
    misfits = 0
    for one, other in zip(sides.source, sides.target, strict=True):
        # Short passages differ in length as they please.
        misfits = misfits + 1 if min(one.size, other.size) > 12 and sides.cost((one,), (other,)) > 3.0 else 0
        if misfits >= DOUBTFUL:
            return True
    return False


def _same_ends(source: Sequence[Slot], target: Sequence[Slot], sides: Sides) -> frozenset[Link]:
    """Passages at the same address, of the same kind, in the same place from the beginning, as long as they fit."""
    found: list[Link] = []
    for at, (one, other) in enumerate(zip(source, target, strict=False)):
        if one.address != other.address or _sort(one.kind) != _sort(other.kind) or sides.cost((sides.source[at],), (sides.target[at],)) > 1.0:
            break
        found.append(Link((at,), (at,)))
    # The last of them may be the first that was shifted and fits by chance.
    return frozenset(found[:-DOUBTFUL] if len(found) < max(len(source), len(target)) else found)


def _links(sides: Sides, known: frozenset[Link]) -> Iterator[Link]:
    """All links in order: between two fixed points the cheapest alignment."""
    start = (len(known), len(known))
    yield from sorted(known, key=lambda link: link.source)
    ends = [*_fixed(sides, start), (len(sides.source), len(sides.target))]
    for end in ends:
        yield from _between(sides, start, end)
        if end != (len(sides.source), len(sides.target)):
            yield Link((end[0],), (end[1],))
        start = (end[0] + 1, end[1] + 1)


def _fixed(sides: Sides, start: tuple[int, int]) -> list[tuple[int, int]]:
    """Passages that hold something found once on each side, and fit: the longest chain in the order of both (as patience diff has it)."""
    ours, theirs = _unique(sides.source, start[0]), _unique(sides.target, start[1])
    pairs = Counter((place, theirs[anchor]) for anchor, place in ours.items() if anchor in theirs)
    firm = sorted(pair for pair in pairs if sides.cost((sides.source[pair[0]],), (sides.target[pair[1]],)) < 0.0)
    chain = _chain([pair for pair in firm if _only(pair, firm)])
    around = [start, *chain, (len(sides.source), len(sides.target))]
    # A chain must not leave the straight line by a jump that only one pair vouches for.
    return [around[at] for at in range(1, len(around) - 1) if _steady(*around[at - 1 : at + 2])]


def _only(pair: tuple[int, int], pairs: list[tuple[int, int]]) -> bool:
    return sum(other[0] == pair[0] or other[1] == pair[1] for other in pairs[max(0, bisect_left(pairs, pair) - 8) : bisect_left(pairs, pair) + 9]) == 1


def _steady(before: tuple[int, int], pair: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether the passages before and after the pair are about as many on both sides."""
    jumps = [abs((two[0] - one[0]) - (two[1] - one[1])) for one, two in pairwise((before, pair, after))]
    return min(jumps) <= 3


def _unique(passages: tuple[Passage, ...], start: int) -> dict[str, int]:
    """Anchor → the only place that has it."""
    places: dict[str, int] = {}
    for place in range(start, len(passages)):
        for anchor in passages[place].anchors:
            places[anchor] = -1 if anchor in places else place
    return {anchor: place for anchor, place in places.items() if place >= 0}


def _chain(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the sorted pairs whose second places rise too."""
    tails: list[int] = []
    rows: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(tails, place)
        if at == len(tails):
            tails.append(place)
            rows.append(number)
        else:
            tails[at], rows[at] = place, number
        before.append(rows[at - 1] if at else -1)
    out: list[tuple[int, int]] = []
    number = rows[-1] if rows else -1
    while number >= 0:
        out.append(pairs[number])
        number = before[number]
    return out[::-1]


def _between(sides: Sides, start: tuple[int, int], end: tuple[int, int]) -> list[Link]:
    """The cheapest alignment of what stands between two fixed points (``start`` is in, ``end`` is out)."""
    height, width = end[0] - start[0], end[1] - start[1]
    costs: dict[tuple[int, int], float] = {(0, 0): 0.0}
    steps: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(height + 1):
        for j in _near(i, height, width):
            for bead, price in BEADS.items():
                before = costs.get((i - bead[0], j - bead[1]))
                if before is None:
                    continue
                cost = before + price
                if bead[0] and bead[1]:
                    place = (start[0] + i, start[1] + j)
                    cost += sides.cost(sides.source[place[0] - bead[0] : place[0]], sides.target[place[1] - bead[1] : place[1]])
                if cost < costs.get((i, j), math.inf):
                    costs[i, j], steps[i, j] = cost, bead
    return _walked(steps, start, end)


def _near(row: int, height: int, width: int) -> range:
    """The columns near the straight line from corner to corner."""
    middle = row * width // height if height else 0
    reach = BAND + abs(width - height) // 2 if height else width
    return range(max(0, middle - reach), min(width, middle + reach) + 1)


def _walked(steps: dict[tuple[int, int], tuple[int, int]], start: tuple[int, int], end: tuple[int, int]) -> list[Link]:
    """The links of the cheapest way, from its end back to its start."""
    i, j = end[0] - start[0], end[1] - start[1]
    links: list[Link] = []
    while (i, j) != (0, 0):
        taken, given = steps[i, j]
        i, j = i - taken, j - given
        links.append(Link(tuple(range(start[0] + i, start[0] + i + taken)), tuple(range(start[1] + j, start[1] + j + given))))
    return links[::-1]
