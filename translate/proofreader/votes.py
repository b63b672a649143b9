"""Which of several forms a work has settled on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

PERSON = 3
"""What a person approved counts as so many passages of a model."""


def settled(votes: Iterable[tuple[str, bool]], *, least: int = 2, times: float = 2.0) -> str:
    """The form that most passages have, "" where none clearly prevails.

    ``votes`` are forms, each with whether a person approved it. A form prevails that has ``least`` votes, and ``times`` as many as any other.
    """
    count: Counter[str] = Counter()
    for form, approved in votes:
        count[form] += PERSON if approved else 1
    first, *others = [*count.most_common(2), ("", 0)]
    return first[0] if first[1] >= least and first[1] >= times * others[0][1] else ""
