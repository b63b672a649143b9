"""Straight apostrophes, and accents that stand for one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate import languages
from translate.checks.reading import addressed, amended, flat, language_name, quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Runs, Severity
from translate.languages.typography import CURLY_APOSTROPHE

_STRAIGHT = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_CURVED = re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])")
_ACCENT = re.compile(r"(?<=[^\W\d_])[´`](?=[^\W\d_])")


class Apostrophes:
    """An accent stands for an apostrophe, or straight and curved apostrophes stand side by side.

    Code sets every apostrophe as the language does, but a book that has straight ones throughout is left in peace.
    Blind to apostrophes at the beginning and the end of a word.
    """

    name = "apostrophes"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding of each kind."""
        text = flat(pair.draft.target)
        for pattern, severity, says in _KINDS:
            place = next(_places(pattern, text, facts), None)
            if pattern is _STRAIGHT and not (_CURVED.search(text) or _CURVED.search(flat(pair.segment.source))):
                continue
            if place is not None:
                word = _around(text, place)
                yield Finding(self.name, severity, says.format(quoted(word), language_name(facts.target)), target=word)

    def fix(self, pair: Pair, facts: Facts) -> Runs | None:
        """With ’ in the place of both."""
        text = flat(pair.draft.target)
        edits = {place: "’" for pattern in (_ACCENT, _STRAIGHT) for place in _places(pattern, text, facts)}
        return amended(pair.draft.target, edits) if edits else None


_KINDS: tuple[tuple[re.Pattern[str], Severity, str], ...] = (
    (_ACCENT, "warning", "In {0} an accent stands for an apostrophe: in {1} it is ’."),
    (_STRAIGHT, "info", "{0} has a straight apostrophe; in {1} it is ’."),
)


def _places(pattern: re.Pattern[str], text: str, facts: Facts) -> Iterator[int]:
    if languages.code(facts.target) not in CURLY_APOSTROPHE or not any(mark in text for mark in "'´`"):
        return
    kept = addressed(text)
    yield from (match.start() for match in pattern.finditer(text) if match.start() not in kept)


def _around(text: str, place: int) -> str:
    """The word that a place lies in."""
    start = text.rfind(" ", 0, place) + 1
    end = text.find(" ", place)
    return text[start : end if end >= 0 else len(text)].strip('.,;:!?()"“”„«»')
