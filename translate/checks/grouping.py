"""Digit grouping and decimal marks of the wrong language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate import languages
from translate.checks.reading import flat, without_addresses
from translate.checks.seam import Facts, Pair
from translate.document import Finding

_GROUPED = {mark: re.compile(rf"(?<![\w.,])[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+(?![\w]|[.,]\d)") for mark in ".,"}
_DECIMAL = {mark: re.compile(rf"(?<![\w.,])\d+{re.escape(mark)}\d{{1,2}}(?=[\s\u00a0\u202f]?(?:%|‰|°|(?:kg|km|cm|mm|kW|GHz|MHz)\b))") for mark in ".,"}


class Grouping:
    """A number is written with the digit grouping or the decimal mark of the source language: in German, 1,500 reads as one and a half.

    Blind to decimals that no unit follows, since those may be versions and sections.
    """

    name = "grouping"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding per number that stands in the translation just as in the source and reads differently there."""
        ours, theirs = languages.decimal_mark(facts.source), languages.decimal_mark(facts.target)
        target = pair.draft.text
        if ours == theirs or not any(map(str.isdigit, target)):
            return
        source = without_addresses(flat(pair.segment.source))
        # The source groups with the mark that is the translation's decimal mark; and the other way round.
        for pattern, right in ((_GROUPED[theirs], ours), (_DECIMAL[ours], theirs)):
            kept = set(pattern.findall(source))
            for match in pattern.finditer(target):
                if match.group() in kept:
                    mark = facts.style.thousands if pattern is _GROUPED[theirs] and facts.style.thousands else right
                    better = match.group().replace("," if right == "." else ".", {"none": "", " ": "\u202f"}.get(mark, mark))
                    message = f"{match.group()} is written as in {_name(facts.source)}; in {_name(facts.target)} it reads as another number: {better}."
                    yield Finding(self.name, "warning", message, source=match.group(), target=match.group(), span=match.span())


def _name(tag: str) -> str:
    return languages.find(tag).name if languages.exists(tag) else tag
