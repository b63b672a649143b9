"""The checks: pure functions from a pair of texts to findings. One file each, with one case file each.

``ALL`` is the registry; its order is the order in which findings are told: what breaks the book first.
A new check is a new file, a line here, and a case file; a test fails where one of them is missing.
"""

from __future__ import annotations

from translate.checks.addition import Addition
from translate.checks.apostrophes import Apostrophes
from translate.checks.brackets import Brackets
from translate.checks.capitals import Capitals
from translate.checks.dashes import Dashes
from translate.checks.dates import Dates
from translate.checks.doubled import Doubled
from translate.checks.ellipses import Ellipses
from translate.checks.empty import Empty
from translate.checks.files import Files
from translate.checks.format import Format
from translate.checks.grouping import Grouping
from translate.checks.inverted import Inverted
from translate.checks.invisible import Invisible
from translate.checks.leakage import Leakage
from translate.checks.length import Length
from translate.checks.markers import Markers
from translate.checks.markup import Markup
from translate.checks.mixed import Mixed
from translate.checks.moved import Moved
from translate.checks.names import Names
from translate.checks.negation import Negation
from translate.checks.neighbours import NEIGHBOURS, NeighbourCheck, Placed, look
from translate.checks.numbers import Numbers
from translate.checks.numerals import Numerals
from translate.checks.opposites import Opposites
from translate.checks.questions import Questions
from translate.checks.quotation import QuotationMarks
from translate.checks.ratios import NOTHING_LEARNT, Ratios
from translate.checks.repetition import Repetition, looping
from translate.checks.script import Script
from translate.checks.seam import Check, Facts, Mender, Pair
from translate.checks.sentences import Sentences
from translate.checks.spacing import Spacing
from translate.checks.style import Style
from translate.checks.terms import Terms
from translate.checks.truncated import Truncated
from translate.checks.units import Units
from translate.checks.untranslated import Untranslated
from translate.checks.urls import Urls
from translate.checks.verse import Verse

ALL: tuple[Check, ...] = (
    Empty(),
    Leakage(),
    Markers(),
    Moved(),
    Format(),
    Verse(),
    Truncated(),
    Repetition(),
    Untranslated(),
    Script(),
    Length(),
    Sentences(),
    Addition(),
    Numbers(),
    Numerals(),
    Dates(),
    Units(),
    Grouping(),
    Urls(),
    Files(),
    Terms(),
    Names(),
    Negation(),
    Questions(),
    Opposites(),
    Brackets(),
    Markup(),
    QuotationMarks(),
    Apostrophes(),
    Dashes(),
    Ellipses(),
    Spacing(),
    Inverted(),
    Doubled(),
    Mixed(),
    Capitals(),
    Invisible(),
    Style(),
)

STRUCTURAL: tuple[Check, ...] = tuple(check for check in ALL if check.structural)
"""The checks that also make sense where no words were translated (``echo``, ``pseudo``)."""

MENDERS: tuple[Mender, ...] = tuple(check for check in ALL if isinstance(check, Mender))
"""The checks that can mend what they find, in the order in which they do."""

__all__ = [
    "ALL",
    "MENDERS",
    "NEIGHBOURS",
    "NOTHING_LEARNT",
    "STRUCTURAL",
    "Check",
    "Facts",
    "Mender",
    "NeighbourCheck",
    "Pair",
    "Placed",
    "Ratios",
    "look",
    "looping",
]
