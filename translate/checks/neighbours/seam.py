"""What a check of neighbours is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from translate.checks.seam import Facts, Pair
from translate.document import Finding


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding and the id of the segment it belongs to."""

    segment: str
    finding: Finding


class NeighbourCheck(Protocol):
    """Looks at pairs that follow each other in one document and yields what it finds, always the same for the same pairs; raises nothing.

    Name, severity and docstring as for a check of single pairs.
    """

    name: str

    def __call__(self, pairs: Sequence[Pair], facts: Facts) -> Iterator[Placed]:
        """Yield the findings."""
