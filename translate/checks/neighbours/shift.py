"""A run of segments whose translations belong to their neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translate.checks.neighbours.fit import Sheet, sheet
from translate.checks.neighbours.seam import Placed
from translate.checks.reading import quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding

REACH = 3
"""How many places a translation may have slipped."""

CLEARLY = 4.0
"""How much better (as in ``Sheet.fit``) a run must fit its neighbours' sources than its own."""

EACH = 0.2
"""What every place of a run must gain on average, so that one strong place does not drag others along."""


class Shift:
    """The translations of several segments in a row belong to the segments before or after, or two neighbours changed places.

    Known by what a translation has in common with the sources around it: figures, names, code, words alike, length, question marks.
    Blind to a run of short segments that have nothing of the kind in them.
    """

    name = "shift"

    def __call__(self, pairs: Sequence[Pair], facts: Facts) -> Iterator[Placed]:
        """Yield one finding per segment of a run."""
        table = sheet(pairs, facts)
        wrong: dict[int, int] = {}
        runs = [(run, offset) for offset in (*range(-REACH, 0), *range(1, REACH + 1)) for run in slipped(table, offset)]
        for (_, first, last), offset in sorted(runs, key=lambda found: -found[0][0]):
            wrong |= {place: offset for place in range(first, last) if place not in wrong}
        exchanged = swapped(table)
        wrong |= {place: offset for place, offset in exchanged.items() if place not in wrong and place + offset not in wrong}
        for place, offset in sorted(wrong.items()):
            owner, pair = pairs[place + offset], pairs[place]
            where = "after" if offset > 0 else "before"
            message = f"This seems to be the translation of the segment {where}: {quoted(owner.segment.text)}."
            yield Placed(pair.segment.id, Finding(self.name, "error", message, source=pair.segment.text, target=pair.draft.text))


def gain(table: Sheet, place: int, owner: int) -> float:
    """How much better translation ``place`` fits source ``owner`` than its own."""
    return table.fit(owner, place) - table.fit(place, place)


def slipped(table: Sheet, offset: int) -> list[tuple[float, int, int]]:
    """Runs ``[first, last)`` of two places or more whose translations fit the sources ``offset`` places further clearly better than their own, and by how much."""
    runs: list[tuple[float, int, int]] = []
    total, first, best, end = 0.0, 0, 0.0, 0
    places = range(max(0, -offset), len(table.sources) - max(0, offset))
    for place in places:
        if total <= 0:
            total, first, best, end = 0.0, place, 0.0, place
        total += gain(table, place, place + offset) - EACH
        if total > best:
            best, end = total, place + 1
        if total < best - CLEARLY or total <= 0 or place == places[-1]:
            if best >= CLEARLY and end - first >= 2:
                runs.append((best, first, end))
            if total < best - CLEARLY:
                total = 0.0
    return runs


def swapped(table: Sheet) -> dict[int, int]:
    """Neighbours whose translations fit each other's sources clearly better: each place with where it belongs."""
    out: dict[int, int] = {}
    for place in range(len(table.sources) - 1):
        if place in out:
            continue
        there, back = gain(table, place, place + 1), gain(table, place + 1, place)
        if there > 0 and back > 0 and there + back >= CLEARLY:
            out |= {place: 1, place + 1: -1}
    return out
