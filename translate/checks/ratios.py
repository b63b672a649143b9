"""How long translations of this work are, compared with their sources: learnt from what was accepted.

The logarithm of target length by source length is about normal; its deviation falls with length as ``sqrt(FLOOR² + SHORTNESS²/size)``.
Both constants are from four human translations (1,732 English–German and as many English–French segments).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from translate import languages
from translate.document import Kind, visible

FLOOR = 0.10
SHORTNESS = 1.2
ENOUGH = 40
"""Sources of fewer visible characters teach nothing."""

WEIGHT = 6.0
"""How many pairs the guess from the language pair is worth."""

NARROWEST = 0.5
WIDEST = 2.0
"""How far the work's own spread may move the deviation."""


@dataclass(frozen=True, slots=True)
class Row:
    """Running sums of one segment kind, in units of the deviation that is usual at each length."""

    kind: Kind
    count: int = 0
    total: float = 0.0
    squares: float = 0.0
    logs: float = 0.0


@dataclass(frozen=True, slots=True)
class Ratios:
    """The length ratios of a work, by segment kind; a value: ``learn`` gives a new one."""

    rows: tuple[Row, ...] = ()

    def learn(self, kind: Kind, source: str, target: str, guess: float) -> Ratios:
        """These ratios and one more accepted pair; ``guess`` is ``languages.expansion`` of the pair.

        One odd pair moves them little: what lies more than three deviations out counts as three.
        """
        size, answer = visible(source), visible(target)
        if size < ENOUGH or not answer:
            return self
        mean, deviation = self.expected(kind, size, guess)
        off = max(-3.0, min(3.0, (math.log(answer / size) - mean) / deviation))
        usual = _usual(size)
        row = next((row for row in self.rows if row.kind == kind), Row(kind))
        z = off * deviation / usual
        new = Row(kind, row.count + 1, row.total + z, row.squares + z * z, row.logs + mean + off * deviation)
        return Ratios((*(row for row in self.rows if row.kind != kind), new))

    def expected(self, kind: Kind, size: int, guess: float) -> tuple[float, float]:
        """Mean and deviation of ``log(target / source)`` for a source of ``size`` visible characters."""
        row = next((row for row in self.rows if row.kind == kind), Row(kind))
        mean = (math.log(guess) * WEIGHT + row.logs) / (WEIGHT + row.count)
        # A mean that is not yet known adds to what may be off, until some dozen pairs have been seen.
        spread = math.sqrt((WEIGHT + row.squares) / (WEIGHT + row.count))
        unsure = 0.08 / math.sqrt(1 + row.count / WEIGHT)
        deviation = _usual(size) * max(NARROWEST, min(WIDEST, spread))
        return mean, math.hypot(deviation, unsure)


NOTHING_LEARNT = Ratios()


def _usual(size: int) -> float:
    return math.hypot(FLOOR, SHORTNESS / math.sqrt(max(size, 1)))


def deviations(source: str, target: str, kind: Kind, ratios: Ratios, tags: tuple[str, str]) -> float:
    """How many deviations the length of ``target`` is off; negative where it is short, 0.0 where there is nothing to compare."""
    size, answer = visible(source), visible(target)
    if not size or not answer:
        return 0.0
    mean, deviation = ratios.expected(kind, size, languages.expansion(*tags))
    return (math.log(answer / size) - mean) / deviation
