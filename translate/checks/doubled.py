"""The same word twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate import languages
from translate.checks.reading import flat, quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding
from translate.languages.typography import DOUBLES, REDUPLICATING

_TWICE = re.compile(r"(?<![\w'’\-])([^\W\d_]+)[ \u00a0\u202f]+(\1)(?![\w'’\-])", re.IGNORECASE)


_ARTICLES = frozenset({"Der", "Die", "Das", "Den", "Dem"})


class Doubled:
    """A word stands twice in a row, and the source does not repeat itself there.

    Words that a language may double (German “die die”) are left out.
    Blind to them, and to a word that is doubled across a mark.
    """

    name = "doubled"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding."""
        code = languages.code(facts.target)
        if code in REDUPLICATING or _TWICE.search(flat(pair.segment.source)):
            return
        text = flat(pair.draft.target)
        for match in _TWICE.finditer(text):
            word = match.group(1)
            if (
                match.group(2) in (word, word.lower())
                and not (word.isupper() and len(word) > 1)
                and (word.casefold() not in DOUBLES.get(code, frozenset()) or _begins(match, code))
                and not _a_name(match, pair.segment.text)
            ):
                yield Finding(self.name, "warning", f"A word stands twice: {quoted(match.group())}.", target=match.group())
                return


def _begins(match: re.Match[str], code: str) -> bool:
    """Whether a German sentence begins with an article twice: a relative one would have a comma before it."""
    return code == "de" and match.group(1) in _ARTICLES and match.group(2).islower()


def _a_name(match: re.Match[str], source: str) -> bool:
    """Whether two words meet that only look alike ("Ich sah sie Sie"), or a name is made of two ("Baden Baden")."""
    return (match.group(1)[0].isupper() and len(match.group(1)) > 3) or match.group() in source
