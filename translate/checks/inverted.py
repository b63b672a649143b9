"""Spanish questions and calls without the mark that opens them."""

from __future__ import annotations

from collections.abc import Iterator

from translate import languages
from translate.checks.reading import flat, quoted, without_addresses
from translate.checks.seam import Facts, Pair
from translate.document import Finding
from translate.languages.typography import INVERTED


class Inverted:
    """A question or a call is not opened with its mark, as Spanish wants it (¿ ¡).

    Blind to a mark that opens in the wrong place.
    """

    name = "inverted"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding per mark."""
        marks = INVERTED.get(languages.code(facts.target), {})
        text = without_addresses(flat(pair.draft.target)) if marks else ""
        if not any(mark in text for mark in marks):
            return
        for mark, opening in marks.items():
            for sentence in languages.sentences(text, facts.target):
                if mark in sentence.rstrip("\"'”’») \n")[-3:] and not any(one in sentence for one in marks.values()) and any(map(str.isalpha, sentence)):
                    yield Finding(self.name, "warning", f"{quoted(sentence)} is not opened with “{opening}”.", target=sentence.strip())
                    break
