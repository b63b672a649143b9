"""Finds what stands in quotation marks, whichever marks they are: which opens and which closes follows from where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from translate.checks.reading import ATOM
from translate.languages.typography import SPACES

STRAIGHT = ('"', "'")
DOUBLE = frozenset('"“”„‟«»「」『』')
SINGLE = frozenset("'‘’‚‛‹›")
MARKS = DOUBLE | SINGLE
_POINTED = frozenset("«»")
_POINTED_SINGLE = frozenset("‹›")
_CORNERS = frozenset("「」『』")
_BEFORE_OPENING = frozenset("([{<–—-/=¿¡…|+*_>")
_AFTER_CLOSING = frozenset(".,;:!?)]}>–—-/…|+*_")


DEEPEST = 40
"""So many marks back a partner is looked for: what was opened before belongs to nothing."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage in quotation marks: the places of the two marks in the text, the marks, and how many others are around it."""

    start: int
    end: int
    marks: tuple[str, str]
    depth: int

    @property
    def double(self) -> bool:
        """Whether the marks are double ones."""
        return self.marks[0] in DOUBLE


@lru_cache(maxsize=64)
def quotations(text: str) -> tuple[Quotation, ...]:
    """The passages of ``text`` in quotation marks, in the order in which they open; marks without a partner are left out.

    An apostrophe is none: a single mark counts only where it opens before a word and closes after one.
    """
    found: list[Quotation] = []
    open_: list[int] = []
    for place, char in enumerate(text):
        if char not in MARKS or _is_apostrophe(text, place):
            continue
        way = _way(text, place)
        partner = next((at for at in range(len(open_) - 1, max(-1, len(open_) - 1 - DEEPEST), -1) if _mates(text[open_[at]], char)), None) if way != "open" else None
        if partner is not None and (way == "close" or _may_close(text, open_[partner], char)):
            found.append(Quotation(open_[partner], place, (text[open_[partner]], char), 0))
            del open_[partner:]
        elif way != "close":
            open_.append(place)
    return _nested(found)


def _nested(found: list[Quotation]) -> tuple[Quotation, ...]:
    """In order of their beginnings, with their depths."""
    out: list[Quotation] = []
    ends: list[int] = []
    for one in sorted(found, key=lambda quotation: quotation.start):
        while ends and ends[-1] < one.start:
            ends.pop()
        out.append(Quotation(one.start, one.end, one.marks, len(ends)))
        ends.append(one.end)
    return tuple(out)


def _is_apostrophe(text: str, place: int) -> bool:
    """Whether the mark stands between two letters or figures, or is a sign of feet and inches."""
    if not 0 < place < len(text) - 1:
        return place > 0 and text[place] in STRAIGHT and text[place - 1].isdigit() and text.count(text[place]) == 1
    before, after = text[place - 1], text[place + 1]
    return before.isalnum() and (after.isalnum() or after == ATOM) and (text[place] in "'’‘" or (text[place] == '"' and before.isdigit() and after.isdigit()))


def _way(text: str, place: int) -> str:
    """ "open", "close", or "" where the surroundings do not tell."""
    char = text[place]
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    if char in "„‚":
        return "open"
    if char in _CORNERS:
        return "open" if char in "「『" else "close"
    spaced = before in SPACES or before.isspace() or before in _BEFORE_OPENING or before in "'’" or (before in MARKS and place == 1)
    closed = after in SPACES or after.isspace() or after in _AFTER_CLOSING
    if spaced and closed:
        return _between(char, before, after)
    if spaced or closed:
        return "open" if spaced else "close"
    if before in MARKS or after in MARKS:
        return ""
    return "open" if after == ATOM and not before.isalnum() and before != ATOM else ""


def _between(char: str, before: str, after: str) -> str:
    """A mark with a space or a dash on either side: French marks are set so."""
    if after in ".,;!?)" or (after in "…" and before not in SPACES):
        return "close"
    if before == "(":
        return "open"
    return ""


def _mates(opening: str, closing: str) -> bool:
    """Whether the two can belong together."""
    if opening in _CORNERS or closing in _CORNERS:
        return {"「": "」", "『": "』"}.get(opening) == closing
    for family in (_POINTED, _POINTED_SINGLE):
        if opening in family or closing in family:
            return opening in family and closing in family
    if opening in STRAIGHT or closing in STRAIGHT:
        return opening == closing or ((opening in DOUBLE) == (closing in DOUBLE) and opening in "„“‚‘" + "".join(STRAIGHT))
    return (opening in DOUBLE) == (closing in DOUBLE)


def _may_close(text: str, opened: int, char: str) -> bool:
    """Whether an undecided mark closes rather than opens one more: the same mark again closes, and so does its counterpart."""
    opening = text[opened]
    return opening != char or opening in "\"'”’»"
