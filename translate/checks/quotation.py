"""Quotation marks of another language, straight ones, and two kinds side by side."""

from __future__ import annotations

from collections.abc import Iterator

from translate.checks.quoting import DOUBLE, STRAIGHT, Quotation, quotations
from translate.checks.reading import amended, flat, language_name
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Runs, Severity, excerpt
from translate.languages.typography import SPACES, Marks, Quotes, quotes

FOREIGN_WORDS = 4
"""A quotation of so many words that is the source's own, marks and all, was left in its language on purpose."""


class QuotationMarks:
    """Straight quotation marks, those of another language, or two kinds of marks in one passage.

    Straight marks are a remark only, since some books use them throughout.
    Blind to marks without a partner, and to single marks around one or two letters.
    """

    name = "quotation"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding of each kind."""
        ways, text = facts.style.ways(facts.target), flat(pair.draft.target)
        if not ways:
            return
        found = _seen(text, flat(pair.segment.source))
        paired = _paired(text)
        foreign = [one for one in found if not _straight(one) and not _allowed(one, ways, paired=paired)]
        straight = [one for one in found if _straight(one)]
        if foreign:
            yield self._finding("warning", foreign[0], text, facts)
        if straight:
            yield self._finding("info", straight[0], text, facts)
        mixed = _mixed(found, ways)
        if mixed and not foreign and not _mixed(_seen(flat(pair.segment.source), ""), quotes(facts.source)):
            words = text[mixed.start : mixed.end + 1]
            yield Finding(self.name, "warning", f"{excerpt(words, 40)} is set in other quotation marks than what is quoted before it.", target=words)

    def fix(self, pair: Pair, facts: Facts) -> Runs | None:
        """With the language's own marks, in the way that the passage has begun; None where a mark has no partner."""
        ways, text = facts.style.ways(facts.target), flat(pair.draft.target)
        found = _seen(text, flat(pair.segment.source)) if ways else ()
        if not found or not _paired(text):
            return None
        kept = [one for one in found if _allowed(one, ways, paired=True) and not one.depth]
        way = next((way for way in ways for one in kept[:1] if one.marks == way.outer), ways[0])
        mixed = _mixed(found, ways) is not None and not _mixed(_seen(flat(pair.segment.source), ""), quotes(facts.source))
        edits: dict[int, str] = {}
        for one in found:
            if _straight(one) or not _allowed(one, ways, paired=True) or (mixed and not one.depth and one.double and one.marks != way.outer):
                edits.update(reset(text, one, _marks(one, way, ways), way))
        return amended(pair.draft.target, edits) if edits else None

    def _finding(self, severity: Severity, one: Quotation, text: str, facts: Facts) -> Finding:
        words, way = text[one.start : one.end + 1], quotes(facts.target)[0]
        good = f"{way.outer[0]}{way.pad}{excerpt(words[1:-1], 40)}{way.pad}{way.outer[1]}"
        message = f"{language_name(facts.target)} sets {good}, not {words[0]}{excerpt(words[1:-1], 40)}{words[-1]}."
        return Finding(self.name, severity, message, target=words)


def _seen(text: str, source: str) -> tuple[Quotation, ...]:
    """The quotations that we judge: no one or two letters in single marks, nothing that was left as it is in the source."""
    return tuple(
        one
        for one in quotations(text)
        if (one.double or one.end - one.start > 3)
        and not (text[one.start : one.end + 1] in source and text[one.start : one.end].count(" ") + 1 >= FOREIGN_WORDS)
    )


def _straight(one: Quotation) -> bool:
    return one.marks[0] in STRAIGHT and one.marks[1] in STRAIGHT


def _paired(text: str) -> bool:
    """Whether every double mark has its partner."""
    return sum(char in DOUBLE for char in text) == 2 * sum(one.double for one in quotations(text))


def _allowed(one: Quotation, ways: tuple[Quotes, ...], *, paired: bool) -> bool:
    """Whether the language has such marks there: the inner ones only inside others, which may have opened in an earlier passage where not all are ``paired``."""
    inside = one.depth > 0 or not one.double or not paired
    return any(one.marks == way.outer or (inside and one.marks == way.inner) for way in ways)


def _mixed(found: tuple[Quotation, ...], ways: tuple[Quotes, ...]) -> Quotation | None:
    """The first outer quotation in double marks that differ from those of the first one."""
    outer = [one for one in found if not one.depth and one.double and not _straight(one) and (not ways or one.marks in [way.outer for way in ways])]
    return next((one for one in outer if one.marks != outer[0].marks), None)


def reset(text: str, one: Quotation, marks: Marks, way: Quotes) -> dict[int, str]:
    """The edits that give a quotation other marks, and the spaces inside them that ``way`` wants."""
    pad = way.pad if not way.bare else ""
    inside = range(one.start + 1, one.end)
    edits = {one.start: marks[0], one.end: marks[1]}
    pointed = marks[0] in "«»"
    for at, first in ((one.start + 1, True), (one.end - 1, False)):
        if at in inside and text[at] in SPACES:
            edits[at] = pad if pointed else ""
        elif pointed and pad and one.end - one.start > 1:
            edits[one.start if first else one.end] = marks[0] + pad if first else pad + marks[1]
    return edits


def _marks(one: Quotation, way: Quotes, ways: tuple[Quotes, ...]) -> Marks:
    """The marks for a quotation; what is in single marks stays in single ones where the language allows it."""
    if one.depth % 2:
        return way.inner
    if not one.double:
        return next((other.outer for other in ways if other.outer[0] not in DOUBLE), way.outer)
    return way.outer if way.outer[0] in DOUBLE else next((other.outer for other in ways if other.outer[0] in DOUBLE), way.outer)
