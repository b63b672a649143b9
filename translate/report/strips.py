"""A strip for each chapter that fills as its passages come in: one bar a bin, as high as it needs a look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from translate.report.picture import box

WIDTH, HEIGHT = 1000.0, 22.0
BARS: Mapping[str, tuple[str, float]] = {"flagged": ("warning", 18), "accepted": ("accepted", 9), "approved": ("approved", 12), "pending": ("pending", 3)}
"""What a bar is drawn as, and how high."""


def strip(statuses: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The bars of these bins, in order, as one SVG path a state, in a box of ``WIDTH`` by ``HEIGHT``."""
    width = WIDTH / max(1, len(statuses))
    gap = min(1.5, width / 5)
    paths: dict[str, list[str]] = {}
    for place, status in enumerate(statuses):
        state, height = BARS[status]
        paths.setdefault(state, []).append(box(place * width, HEIGHT - height, width - gap, height))
    return tuple((state, "".join(parts)) for state, parts in paths.items())
