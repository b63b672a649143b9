"""Digit grouping and decimal marks of the wrong language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate import languages
from translate.checks.reading import addressed, amended, flat, without_addresses
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Runs

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w|[.,]\d)")
_GROUPED = {mark: re.compile(rf"(?<![\w.,])[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+(?![\w]|[.,]\d)") for mark in ".,"}
_DECIMAL = {
    mark: re.compile(
        rf"(?<![\w.,])\d+{re.escape(mark)}\d{{1,2}}(?=[\s\u00a0\u202f]?(?:%|‰|°|(?:kg|km|cm|mm|kW|GHz|MHz|Mio|Mrd)\b)|[\s\u00a0\u202f](?:{languages.unit_words()}|{languages.scale_words()})(?!\w))", re.IGNORECASE
    )
    for mark in ".,"
}


class Grouping:
    """A number is written with the digit grouping or the decimal mark of the source language: in German, 1,500 reads as one and a half.

    Blind to decimals that no unit follows, since those may be versions and sections.
    """

    name = "grouping"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding per number that stands in the translation just as in the source and reads differently there."""
        text = pair.draft.text
        for number, better in _places(pair, facts, text):
            message = f"{number.group()} is written as in {_name(facts.source)}; in {_name(facts.target)} it reads as another number: {better}."
            yield Finding(self.name, "warning", message, source=number.group(), target=number.group(), span=number.span())

    def fix(self, pair: Pair, facts: Facts) -> Runs | None:
        """With the marks of the target language, or of the style sheet."""
        edits: dict[int, str] = {}
        for number, better in _places(pair, facts, flat(pair.draft.target)):
            edits |= dict.fromkeys(range(*number.span()), "") | {number.start(): better}
        return amended(pair.draft.target, edits) if edits else None


def _places(pair: Pair, facts: Facts, target: str) -> Iterator[tuple[re.Match[str], str]]:
    """The numbers of ``target`` that are written as in the source, each as it should be."""
    ours, theirs = languages.decimal_mark(facts.source), languages.decimal_mark(facts.target)
    if ours == theirs or not any(map(str.isdigit, target)):
        return
    source, kept = without_addresses(flat(pair.segment.source)), addressed(target)
    # The source groups with the mark that is the translation's decimal mark; and the other way round.
    for pattern in (_GROUPED[theirs], _DECIMAL[ours]):
        there = _written(source)
        for match in pattern.finditer(target):
            number = match.group()
            if number in there and match.start() not in kept:
                yield match, number.replace(theirs, _mark(number, facts)) if pattern is _GROUPED[theirs] else number.replace(ours, theirs)


def _written(text: str) -> frozenset[str]:
    """The numbers as they are written in ``text``."""
    return frozenset(_NUMBER.findall(text))


def _mark(number: str, facts: Facts) -> str:
    """What groups the thousands of the number: the style sheet's mark, else the language's. A sheet that names the language's own mark leaves four figures together where the language does."""
    wanted = {"none": "", " ": "\u202f"}.get(facts.style.thousands, facts.style.thousands)
    own = languages.grouping_mark(facts.target)
    return wanted if facts.style.thousands and wanted != own else languages.grouping_mark(facts.target, sum(map(str.isdigit, number)))


def _name(tag: str) -> str:
    return languages.find(tag).name if languages.exists(tag) else tag
