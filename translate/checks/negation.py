"""Negations that were lost or added."""

from __future__ import annotations

import math
from collections.abc import Iterator

from translate import languages
from translate.checks import tongues
from translate.checks.reading import flat, quoted
from translate.checks.seam import Facts, Pair
from translate.checks.sentences import beads
from translate.document import Finding, Severity, visible

FREE = 0.4
SHORTNESS = 2.2
"""A sentence whose length is further from the usual (natural logarithm; short ones may be further) is translated freely.

Measured on 1,592 flips planted in human German translations (developers' manuals, a handbook): 68 % warned of and 15 % remarked, with warnings for 0.97 % of the untouched segments; French 64 % and 19 % at 1.7 %, Spanish, Italian and Portuguese 65 % and 14 % at 0.8 %.
"""


class Negation:
    """A sentence says no where the other does not: a "not" was lost, or one was added.

    Phrases that deny nothing ("not only") are left out, and what may be said with or without a "no" ("without", "unless", "hardly", words like "impossible") is given the benefit of the doubt.
    A warning where the sentence holds nothing of that kind; a remark where it does or is translated freely.
    Blind to a negation that belongs to another word than in the source, to a sentence with more such words than negations, and to languages whose negations we do not know.
    """

    name = "negation"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding: the first sentence (or, where sentences do not pair up, the text) that differs."""
        if not (languages.denies(facts.source) and languages.denies(facts.target)):
            return
        source, target = flat(pair.segment.source), flat(pair.draft.target)
        if not (languages.may_deny(source, facts.source) or languages.may_deny(target, facts.target)) or not tongues.plausible(
            target, facts.target, facts.source
        ):
            return
        matched = tuple(_matched(source, target, facts))
        counted = [(languages.denial(ours, facts.source), languages.denial(theirs, facts.target)) for ours, theirs in matched]
        for place, ((ours, theirs), (here, there)) in enumerate(zip(matched, counted, strict=True)):
            # A negation that only moved to the sentence before or after is still there.
            balance = sum(one.strong - other.strong for one, other in counted[max(0, place - 1) : place + 2])
            lost = exceeds(here, there) and balance > 0
            if (lost or (exceeds(there, here) and balance < 0)) and tongues.plausible(theirs, facts.target, facts.source):
                answer = there if lost else here
                sure = not answer.soft and _literal(ours, theirs, facts)
                yield self._finding(ours.strip(), theirs.strip(), lost=lost, severity="warning" if sure else "info")
                return

    def _finding(self, source: str, target: str, *, lost: bool, severity: Severity) -> Finding:
        if lost:
            message = f"The source says no here, and the translation does not: {quoted(source)}."
        else:
            message = f"The translation says no here, and the source does not: {quoted(target)}."
        return Finding(self.name, severity, message, source=source, target=target)


def exceeds(one: languages.Denial, other: languages.Denial) -> bool:
    """Whether ``one`` has a negation that nothing in ``other`` answers for: no strong one, and no more soft words than ``one`` has itself."""
    return one.strong - other.strong > max(0, other.soft - one.soft)


def _literal(source: str, target: str, facts: Facts) -> bool:
    """Whether the translation is about as long as is usual, so that it may be held to the source's words."""
    size, usual = max(visible(source), 1), languages.expansion(facts.source, facts.target)
    return abs(math.log(max(visible(target), 1) / size / usual)) < math.hypot(FREE, SHORTNESS / math.sqrt(size))


def _matched(source: str, target: str, facts: Facts) -> Iterator[tuple[str, str]]:
    """Sentence by sentence where there are as many on both sides, else the sentences that belong together by their lengths."""
    ours, theirs = languages.sentences(source, facts.source), languages.sentences(target, facts.target)
    if len(ours) == len(theirs):
        yield from zip(ours, theirs, strict=True)
        return
    for (first, last), (begin, end) in beads(ours, theirs, 0.0):
        yield "".join(ours[first:last]), "".join(theirs[begin:end])
