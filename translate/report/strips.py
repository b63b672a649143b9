"""A strip for each chapter that fills as its passages come in: one bar a bin, as high as it needs a look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from translate.report.picture import box

WIDTH, HEIGHT = 1000.0, 22.0
BARS: Mapping[str, tuple[str, float]] = {"flagged": ("warning", 18), "accepted": ("accepted", 9), "approved": ("approved", 12), "pending": ("pending", 3)}
"""What a bar is drawn as, and how high."""

MANY = 80


def strip(statuses: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The bars of these bins, in order, as one SVG path a state, in a box of ``WIDTH`` by ``HEIGHT``; where there are many, neighbours that are alike are one bar."""
    width = WIDTH / max(1, len(statuses))
    many = len(statuses) >= MANY
    gap = 0.0 if many else min(1.5, width / 5)
    paths: dict[str, list[str]] = {}
    place = 0
    for status, run in groupby(statuses):
        number = sum(1 for _ in run)
        bars = [number] if many else [1] * number
        state, height = BARS[status]
        for length in bars:
            paths.setdefault(state, []).append(box(place * width, HEIGHT - height, length * width - gap, height))
            place += length
    return tuple((state, "".join(parts)) for state, parts in paths.items())
