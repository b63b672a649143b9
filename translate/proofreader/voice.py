"""What was settled in the course of the work, and where a passage does otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate import glossary, languages
from translate.checks import Facts
from translate.checks.reading import flat, quoted
from translate.document import Finding, Runs, Term
from translate.languages.grammar import ARTICLES
from translate.proofreader.seam import Deviation, Passage
from translate.proofreader.spelling import spelt_in

_EMPTY: frozenset[str] = frozenset()
_WORD = re.compile(r"[^\W\d_]{3,}")
SHORTEST = 4
"""Shorter names are not looked for by their spelling."""


class Voice:
    """A name has another rendering than the one that the work has settled on.

    Passages that were translated side by side may each have chosen one; the first that was accepted is the work's.
    Blind to names that are not in the ledger, and to renderings that nobody has named.
    """

    name = "voice"

    def __init__(self, facts: Facts) -> None:
        self._target = facts.target
        soft = tuple(term for term in facts.terms if term.soft and (term.forbidden or term.case))
        self._matcher = glossary.Matcher(soft, languages.code(facts.source)) if soft else None
        self._found: list[tuple[str, Term, str]] = []

    def see(self, passage: Passage) -> None:
        """Note the renderings of a passage that are not the work's."""
        if self._matcher is None or passage.approved:
            return
        text = flat(passage.draft.target)
        for term in self._matcher.occurring(passage.segment.text):
            wrong = glossary.forbidden(term, text, self._target) or self._otherwise_spelt(term, text)
            if wrong:
                self._found.append((passage.segment.id, term, wrong))

    def _otherwise_spelt(self, term: Term, text: str) -> str:
        """A word with a capital that is spelt like the name or its rendering, where the rendering is not there; "" else."""
        if not term.case or " " in term.source or len(term.source) < SHORTEST or glossary.accepted(term, text, self._target):
            return ""
        there = {word for word in _WORD.findall(text) if word[0].isupper() and not languages.is_known(word, self._target)}
        return spelt_in(term.forms[0], there) or spelt_in(term.source, there)

    def deviations(self) -> Iterator[Deviation]:
        """The passages with such a rendering."""
        for segment, term, wrong in self._found:
            wanted = term.forms[0]
            message = f"{quoted(term.source)} is rendered as {quoted(wanted)} in this work, and as {quoted(wrong)} here: render it as {quoted(wanted)}."
            yield Deviation(segment, Finding(self.name, "warning", message, source=term.source, target=wrong), wanted)

    def mend(self, passage: Passage, deviation: Deviation) -> Runs | None:
        """With the settled rendering in the other's place, where only the word changes: no article before it, no ending but -s, a language without cases."""
        wrong, settled, tag = deviation.finding.target, deviation.settled, languages.code(self._target)
        if tag in languages.SUFFIXING or tag in languages.UNSPACED or not settled:
            return None
        whole = re.compile(rf"(?:(?<=[\s\u00a0])([^\W\d_]+)[\s\u00a0]+|(?<!\w)){re.escape(wrong)}(?:s|['’]s?)?(?!\w)")
        text = "\ufffc".join(run for run in passage.draft.target if isinstance(run, str))
        places = len(re.findall(re.escape(wrong), text, re.IGNORECASE))
        sure = [match for match in whole.finditer(f" {text}") if (match[1] or "").casefold() not in ARTICLES.get(tag, _EMPTY)]
        if not places or len(sure) != places or any(len(re.findall(rf"(?<!\w){re.escape(wrong)}", match.group())) != 1 for match in sure):
            return None
        exact = re.compile(rf"(?<!\w){re.escape(wrong)}(?=(?:s|['’]s?)?(?!\w))")
        return tuple(exact.sub(lambda _: settled, run) if isinstance(run, str) else run for run in passage.draft.target)
