"""A sentence that begins with a small letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate import languages
from translate.checks.reading import flat, quoted, without_addresses
from translate.checks.seam import Facts, Pair
from translate.document import Finding
from translate.languages.sentences import ABBREVIATIONS
from translate.languages.typography import CASED_SCRIPTS

_SMALL = re.compile(r"(?<![^\W\d_])([^\W\d_]{4,}+)\.[\"”“»«’‘]* ([^\W\d_]++)(?=[\s,])")


class Capitals:
    """After a full stop a sentence begins with a small letter.

    Blind to what follows a question mark or an exclamation mark, to words of up to three letters before the stop, and to the first word of the passage.
    """

    name = "capitals"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding."""
        if not languages.exists(facts.target) or languages.find(facts.target).script not in CASED_SCRIPTS:
            return
        text, source = without_addresses(flat(pair.draft.target)), flat(pair.segment.source)
        if ". " not in text:
            return
        known = ABBREVIATIONS[""] | ABBREVIATIONS.get(languages.code(facts.target), frozenset())
        for match in _SMALL.finditer(text):
            before, word = match.group(1), match.group(2)
            if word.islower() and before.casefold() not in known and not _small_anyway(before, word, source):
                yield Finding(self.name, "warning", f"A sentence begins with a small letter: {quoted(match.group())}.", target=match.group())
                return


def _small_anyway(before: str, word: str, source: str) -> bool:
    """Whether the word is one of the source's (a name such as "calibre"), or the source has the word before it with a full stop inside a sentence."""
    return word in re.findall(r"[^\W\d_]+", source) or re.search(rf"\b{re.escape(before)}\. [a-z]", source) is not None
