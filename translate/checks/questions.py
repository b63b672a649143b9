"""Questions that are none any more."""

from __future__ import annotations

from collections.abc import Iterator

from translate import languages
from translate.checks.reading import flat, quoted, without_addresses
from translate.checks.seam import Facts, Pair
from translate.document import Finding

MARKS = "?？؟;"
"""Question marks; the Greek one looks like a semicolon, which ends no other passage."""


class Questions:
    """A question of the source is none in the translation: its mark is gone.

    A request in the form of a question ("Would you sit down?") may be told otherwise, and so may one of several.
    Blind to a question that became a call, and to a statement that became a question.
    """

    name = "questions"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding."""
        source, target = (without_addresses(flat(runs)) for runs in (pair.segment.source, pair.draft.target))
        if "?" not in source or any(mark in target for mark in MARKS[:-1]) or "!" in target or not any(map(str.isalpha, target)):
            return
        asked = [sentence.strip() for sentence in languages.sentences(source, facts.source) if sentence.strip().rstrip(languages.CLOSERS).endswith("?")]
        ended = target.rstrip().rstrip(languages.CLOSERS)[-1:]
        if not asked or (languages.code(facts.target) == "el" and MARKS[-1] in target) or languages.code(facts.target) in languages.NO_SENTENCE_ENDS:
            return
        if ended == "." and not any(languages.requests(sentence, facts.source) for sentence in asked):
            yield Finding(self.name, "warning", f"The source asks here, and the translation does not: {quoted(asked[0])}.", source=asked[0], target=target.strip())
