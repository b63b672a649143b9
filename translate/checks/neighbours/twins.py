"""A segment that got its neighbour's text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from translate.checks.neighbours.fit import Sheet, sheet
from translate.checks.neighbours.seam import Placed
from translate.checks.reading import quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding

REACH = 3
"""How far the neighbour may be."""

ALIKE = 0.92
"""From here on two translations are the same text; below ``APART`` two sources are not."""

APART = 0.65
SHORTEST = 12
"""Shorter translations may well be the same ("Ja.", "Kapitel")."""


class Twins:
    """Two segments near each other have (nearly) the same translation, though their sources differ.

    Told of the one whose source it fits less, or of both where that cannot be told.
    Blind to short texts, and to sources that are themselves nearly alike.
    """

    name = "twins"

    def __call__(self, pairs: Sequence[Pair], facts: Facts) -> Iterator[Placed]:
        """Yield one finding per segment that has another's text."""
        targets = [" ".join(pair.draft.text.split()) for pair in pairs]
        table: Sheet | None = None
        told: set[int] = set()
        for place in range(len(pairs)):
            for other in range(place + 1, min(place + 1 + REACH, len(pairs))):
                if not _alike(targets[place], targets[other], ALIKE) or _alike(pairs[place].segment.text, pairs[other].segment.text, APART):
                    continue
                table = table or sheet(pairs, facts)
                for wrong in _wrong(table, place, other):
                    if wrong not in told:
                        told.add(wrong)
                        yield self._placed(pairs[wrong], pairs[other if wrong == place else place])

    def _placed(self, pair: Pair, twin: Pair) -> Placed:
        message = f"The same translation stands for another segment nearby, {quoted(twin.segment.text, 50)}: {quoted(pair.draft.text, 50)}."
        return Placed(pair.segment.id, Finding(self.name, "error", message, source=pair.segment.text, target=pair.draft.text))


def _alike(one: str, other: str, share: float) -> bool:
    """Whether the texts have at least ``share`` of their characters in common, in order."""
    if one == other:
        return len(one) >= SHORTEST or share < ALIKE
    if min(len(one), len(other)) < SHORTEST or min(len(one), len(other)) < share * max(len(one), len(other)) * 0.9:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= share and matcher.quick_ratio() >= share and matcher.ratio() >= share


def _wrong(table: Sheet, place: int, other: int) -> tuple[int, ...]:
    """Which of the two has the other's text: the one whose source the text fits less; both where there is no difference."""
    here, there = table.fit(place, place), table.fit(other, other)
    if abs(here - there) < 1.0:
        return place, other
    return (place,) if here < there else (other,)
