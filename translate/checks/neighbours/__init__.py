"""Checks that need the neighbours: does each translation belong to its own segment, or to the one before or after it?

A pair alone cannot tell. ``look`` takes the pairs of a chunk (after a reply) or of a document (at the end), in the order of the document, and gives findings by segment.
"""

from __future__ import annotations

from collections.abc import Sequence

from translate.checks.gravity import limited
from translate.checks.neighbours.seam import NeighbourCheck, Placed
from translate.checks.neighbours.shift import Shift
from translate.checks.neighbours.twins import Twins
from translate.checks.seam import Facts, Pair

NEIGHBOURS: tuple[NeighbourCheck, ...] = (Shift(), Twins())


def look(pairs: Sequence[Pair], facts: Facts, *, checks: Sequence[NeighbourCheck] = NEIGHBOURS) -> tuple[Placed, ...]:
    """What the neighbours show, segment by segment in the order of ``pairs``; the same for the same pairs and facts.

    ``pairs`` follow each other in one document; those with an empty draft are taken for not yet translated and part the sequence.
    Of ``facts`` the languages and the ratios count. At most one finding per check and segment.
    """
    found = [Placed(placed.segment, limited(placed.finding)) for check in checks for run in _runs(pairs) for placed in check(run, facts)]
    order = {pair.segment.id: place for place, pair in enumerate(pairs)}
    return tuple(sorted(found, key=lambda placed: order[placed.segment]))


def _runs(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """The stretches without an empty draft."""
    out: list[list[Pair]] = [[]]
    for pair in pairs:
        if any(map(str.isalnum, pair.draft.text)):
            out[-1].append(pair)
        elif out[-1] and any(map(str.isalnum, pair.segment.text)):
            out.append([])
    return [run for run in out if len(run) > 1]


__all__ = ["NEIGHBOURS", "NeighbourCheck", "Placed", "look"]
