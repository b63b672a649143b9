"""The checks: pure functions from a pair of texts to findings. One file each, with one case file each.

``ALL`` is the registry; its order is the order in which findings are told: what breaks the book first.
A new check is a new file, a line here, and a case file; a test fails where one of them is missing.
"""

from __future__ import annotations

from translate.checks.empty import Empty
from translate.checks.leakage import Leakage
from translate.checks.length import Length
from translate.checks.markers import Markers
from translate.checks.numbers import Numbers
from translate.checks.ratios import NOTHING_LEARNT, Ratios
from translate.checks.repetition import Repetition, looping
from translate.checks.script import Script
from translate.checks.seam import Check, Facts, Pair
from translate.checks.sentences import Sentences
from translate.checks.terms import Terms
from translate.checks.truncated import Truncated
from translate.checks.untranslated import Untranslated
from translate.checks.urls import Urls

ALL: tuple[Check, ...] = (
    Empty(),
    Leakage(),
    Markers(),
    Truncated(),
    Repetition(),
    Untranslated(),
    Script(),
    Length(),
    Sentences(),
    Numbers(),
    Urls(),
    Terms(),
)

STRUCTURAL: tuple[Check, ...] = tuple(check for check in ALL if check.structural)
"""The checks that also make sense where no words were translated (``echo``, ``pseudo``)."""

__all__ = ["ALL", "NOTHING_LEARNT", "STRUCTURAL", "Check", "Facts", "Pair", "Ratios", "looping"]
