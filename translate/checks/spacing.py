"""Spaces before marks, inside quotation marks, and two in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate import languages
from translate.checks.quoting import quotations
from translate.checks.reading import amended, flat, language_name, nearby, quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Runs, Severity
from translate.languages.typography import NARROW, NO_BREAK, SPACES, marks_apart, quotes

_APART = re.compile(r"(?<=[\w)\]”’»…%°\ufffc\"])([ \u00a0\u202f\u2009]*)([:;!?]+)(?=[\s)\]”’»\"\u00a0\u202f]|$)")
_CLOSE = re.compile(r"(?<=[\w)\]”’»…%\ufffc\"])([ \u00a0\u202f\u2009]+)([,;:!?]|\.(?!\w|\.))(?=[\s)\]”’»“‘\"]|$|(?<=,)[^\W\d_])")
_TWO = re.compile(r"[ \u00a0\u202f\u2009]{2,}")
_RATIO = re.compile(r"\d\s:\s\d")
_SMILEY = re.compile(r"[:;]-?[()DPp]")


LONGEST = 200
"""No word before a mark has more letters."""


class Spacing:
    """A space too many or too few: before a mark, inside quotation marks, or two in a row.

    An ordinary space where a no-break one belongs is a remark only.
    Blind to a space that is missing after a mark, and to languages without spaces between words.
    """

    name = "spacing"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding of each kind."""
        text = flat(pair.draft.target)
        said: set[str] = set()
        for place, _, severity, says in _faults(pair, facts):
            if says not in said:
                said.add(says)
                words = nearby(text, place, place + 2)
                yield Finding(self.name, severity, says.format(quoted(words), language_name(facts.target)), target=words)

    def fix(self, pair: Pair, facts: Facts) -> Runs | None:
        """With the spaces that belong there."""
        edits: dict[int, str] = {}
        for _, mend, _, _ in _faults(pair, facts):
            edits.update({place: char for place, char in mend.items() if place not in edits})
        return amended(pair.draft.target, edits) if edits else None


Fault = tuple[int, dict[int, str], Severity, str]
"""Where it is, the edits that mend it, how grave it is, what is said of it."""


def _faults(pair: Pair, facts: Facts) -> Iterator[Fault]:
    text, source = flat(pair.draft.target), flat(pair.segment.source)
    if languages.code(facts.target) in languages.UNSPACED or len(text) < 2:
        return
    if not _TWO.search(source):
        for match in _TWO.finditer(text):
            yield match.start(), _one(match), "warning", "Two spaces stand in a row in {0}."
    apart = marks_apart(facts.target)
    if apart:
        yield from _missing(text, source, apart)
    if not _CLOSE.search(source):
        for match in _CLOSE.finditer(text):
            if match.group(2) not in apart and not _SMILEY.match(text, match.start(2)) and not _RATIO.search(text[max(0, match.start() - 1) : match.end() + 2]):
                yield match.start(), dict.fromkeys(range(match.start(1), match.end(1)), ""), "warning", "A space stands before the mark in {0}."
    yield from _pads(text, facts)


def _one(match: re.Match[str]) -> dict[int, str]:
    """One of the spaces: the no-break one if there is one."""
    space = next((char for char in match.group() if char != " "), " ")
    return {match.start(): space} | dict.fromkeys(range(match.start() + 1, match.end()), "")


def _missing(text: str, source: str, apart: str) -> Iterator[Fault]:
    """Marks that want a no-break space before them, and have an ordinary one or none."""
    there = frozenset(source.split())
    for match in _APART.finditer(text):
        space, mark, place = match.group(1), match.group(2), match.start(2)
        if mark[0] not in apart or len(space) > 1:
            continue
        good = NO_BREAK if mark[0] == ":" else NARROW
        if not space:
            word = text[max(text.rfind(" ", max(0, place - LONGEST), place) + 1, place - LONGEST) : match.end()]
            if not (word in there and "#" in text[place : place + 3]):
                yield place, {place: good + mark[0]}, "warning", "A no-break space is missing before the mark in {0}, as {1} wants it."
        elif space == " ":
            yield place, {match.start(): good}, "info", "The space before the mark in {0} may break the line; {1} wants a no-break one."


def _pads(text: str, facts: Facts) -> Iterator[Fault]:
    """The spaces inside quotation marks that the language itself has."""
    ways = quotes(facts.target)
    if not ways or not ("«" in text or "»" in text):
        return
    pad = next((way.pad for way in ways if way.pad), "")
    bare = not pad or any(way.bare for way in ways)
    for one in quotations(text):
        if one.marks[0] not in "«»" or one.marks not in [way.outer for way in ways] or one.end - one.start < 2:
            continue
        for at, mark in ((one.start + 1, one.start), (one.end - 1, one.end)):
            char = text[at]
            if char in SPACES and not pad:
                yield mark, {at: ""}, "warning", "A space stands inside the quotation marks of {0}; {1} has none there."
            elif char == " " and pad:
                yield mark, {at: pad}, "info", "The space inside the quotation marks of {0} may break the line; {1} wants a no-break one."
            elif char not in SPACES and not bare:
                good = text[mark] + pad if mark == one.start else pad + text[mark]
                yield mark, {mark: good}, "warning", "A no-break space is missing inside the quotation marks of {0}, as {1} wants it."
