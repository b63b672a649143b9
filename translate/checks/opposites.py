"""Before for after, more for less, north for south."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate import languages
from translate.checks import tongues
from translate.checks.reading import flat, quoted, without_addresses
from translate.checks.seam import Facts, Pair
from translate.document import Finding
from translate.languages.opposites import Stand

_POINT = re.compile(r"[(),;:.!?–—]")
REACH = 40
"""So many characters before the words, as far as no mark stands between, may hold the negation that turns them about."""


class Opposites:
    """The translation says the opposite of a number: before for after, more for less; or north for south.

    Blind to words that a negation stands before, since “not before” is after, to opposites of anything else, and to languages other than English, German, French and Spanish.
    """

    name = "opposites"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding per pair of opposites."""
        if not (languages.opposes(facts.source) and languages.opposes(facts.target)):
            return
        source, target = (without_addresses(flat(runs)) for runs in (pair.segment.source, pair.draft.target))
        ours = tuple(languages.stands(source, facts.source))
        if not ours or not tongues.plausible(target, facts.target, facts.source):
            return
        theirs = tuple(languages.stands(target, facts.target))
        for one in ours:
            other = next((two for two in theirs if (two.pair, two.about) == (one.pair, one.about) and two.side != one.side), None)
            if other is None or _has(ours, other) or _has(theirs, one):
                continue
            if not (_denied(source, one, facts.source) or _denied(target, other, facts.target)):
                yield Finding(self.name, "warning", f"{quoted(one.words)} has become {quoted(other.words)}, which says the opposite.", source=one.words, target=other.words)
                return


def _denied(text: str, one: Stand, tag: str) -> bool:
    """Whether a negation stands shortly before the words, or a word such as "erst" that makes "not before" of "after"."""
    before = _POINT.split(text[max(0, one.start - REACH) : one.start])[-1]
    return languages.may_deny(before, tag) or re.search(r"\b(?:erst|only|seulement|ne|sólo|solo)\b", before, re.IGNORECASE) is not None


def _has(stands: tuple[Stand, ...], one: Stand) -> bool:
    return any((two.pair, two.side, two.about) == (one.pair, one.side, one.about) for two in stands)
