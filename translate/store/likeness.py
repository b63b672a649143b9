"""Finds the segments of one version of a source again in the next: first by their words and neighbours, then by likeness.

Pure functions over keys and texts; linear in the number of segments but for the few whose words have changed.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

LIKE = 0.75  # difflib's ratio from which two texts count as one text that was changed
GRAM = 4  # characters of a piece in a sketch
SKETCH = 16  # pieces kept of each text: two texts with half their pieces in common share about five
CANDIDATES = 8  # texts compared in full for each that has changed
CROWD = 200  # a piece that more texts share says nothing

Pairs = dict[int, int]
"""Places in the old sequence by places in the new one."""


def align(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """Pair equal keys, each at most once: those with the same neighbours first, then next to a pair, then in order.

    So of five equal cells each keeps its own row, and a paragraph that moved is found where it went.
    """
    pairs: Pairs = {}
    taken: set[int] = set()
    for reach in (2, 1):
        _pair_alone(_contexts(old, reach), _contexts(new, reach), pairs, taken)
    _pair_alone(old, new, pairs, taken)
    _spread(old, new, pairs, taken)
    _pair_in_order(old, new, pairs, taken)
    return pairs


def _contexts(keys: Sequence[Hashable], reach: int) -> list[tuple[Hashable, ...]]:
    """Each key with its neighbours on both sides."""
    padded = [None] * reach + list(keys) + [None] * reach
    return [tuple(padded[index : index + 2 * reach + 1]) for index in range(len(keys))]


def _pair_alone(old: Sequence[Hashable], new: Sequence[Hashable], pairs: Pairs, taken: set[int]) -> None:
    """Pair the keys that are there once on either side, as far as they are free."""
    olds, news = _free(old, taken), _free(new, pairs)
    for key, places in news.items():
        others = olds.get(key, ())
        if len(places) == len(others) == 1:
            pairs[places[0]] = others[0]
            taken.add(others[0])


def _free(keys: Sequence[Hashable], used: Mapping[int, int] | set[int]) -> dict[Hashable, list[int]]:
    places: dict[Hashable, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        if index not in used:
            places[key].append(index)
    return places


def _spread(old: Sequence[Hashable], new: Sequence[Hashable], pairs: Pairs, taken: set[int]) -> None:
    """From every pair outwards, forwards and then backwards, as long as the neighbours are equal and free."""
    for step, order in ((1, range(len(new))), (-1, range(len(new) - 1, -1, -1))):
        for index in order:
            before = pairs.get(index - step)
            if index in pairs or before is None:
                continue
            other = before + step
            if 0 <= other < len(old) and other not in taken and old[other] == new[index]:
                pairs[index] = other
                taken.add(other)


def _pair_in_order(old: Sequence[Hashable], new: Sequence[Hashable], pairs: Pairs, taken: set[int]) -> None:
    olds = _free(old, taken)
    for key, places in _free(new, pairs).items():
        for index, other in zip(places, olds.get(key, ()), strict=False):
            pairs[index] = other
            taken.add(other)


@dataclass(frozen=True, slots=True)
class Item:
    """A text to be found again: its kind, and the segments (or None) that stand before and after it."""

    kind: str
    text: str
    before: int | None = None
    after: int | None = None


def resemble(old: Sequence[Item], new: Sequence[Item]) -> Pairs:
    """Pair texts of the same kind that are alike, the likest first and neighbours' neighbours before others, each at most once."""
    holders: dict[int, list[int]] = defaultdict(list)
    beside: dict[tuple[str, int], list[int]] = defaultdict(list)
    for index, item in enumerate(old):
        for piece in _sketch(item):
            holders[piece].append(index)
        for side in _sides(item):
            beside[side].append(index)
    found: list[tuple[float, int, int, int]] = []
    for index, item in enumerate(new):
        near = {other for side in _sides(item) for other in beside.get(side, ())}
        for other in near.union(_candidates(_sketch(item), holders)):
            ratio = likeness(old[other].text, item.text) if old[other].kind == item.kind else 0.0
            if ratio >= LIKE:
                found.append((-round(ratio, 2), other not in near, index, other))
    return _best(found)


def _sides(item: Item) -> list[tuple[str, int]]:
    return [(side, segment) for side, segment in (("before", item.before), ("after", item.after)) if segment is not None]


def _best(found: list[tuple[float, int, int, int]]) -> Pairs:
    pairs: Pairs = {}
    taken: set[int] = set()
    for _, _, index, other in sorted(found):
        if index not in pairs and other not in taken:
            pairs[index] = other
            taken.add(other)
    return pairs


def _sketch(item: Item) -> frozenset[int]:
    """The smallest hashes of the text's pieces: texts that are alike share some (the bottom-k sketch of Cohen and Kaplan, 2007)."""
    lowered = f" {item.text.casefold()} "
    pieces = {lowered[index : index + GRAM] for index in range(max(1, len(lowered) - GRAM + 1))}
    return frozenset(sorted(zlib.crc32(f"{item.kind}\n{piece}".encode("utf-8", "surrogatepass")) for piece in pieces)[:SKETCH])


def _candidates(sketch: frozenset[int], holders: Mapping[int, Sequence[int]]) -> list[int]:
    shared: dict[int, int] = defaultdict(int)
    for piece in sketch:
        others = holders.get(piece, ())
        if len(others) <= CROWD:
            for other in others:
                shared[other] += 1
    return sorted(shared, key=lambda other: (-shared[other], other))[:CANDIDATES]


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0 to 1: difflib's ratio over letters where both are short, over words and signs where one is long."""
    if max(len(one), len(other)) < 200:
        matcher = SequenceMatcher(None, one, other, autojunk=False)
    else:
        matcher = SequenceMatcher(None, _words(one), _words(other), autojunk=False)
    if matcher.real_quick_ratio() < LIKE or matcher.quick_ratio() < LIKE:
        return 0.0
    return matcher.ratio()


def _words(text: str) -> list[str]:
    """Words and signs; a script without spaces falls into its letters."""
    return re.findall(r"[^\W\u3040-\u9fff\u0e00-\u0e7f]+|[^\s]", text)
