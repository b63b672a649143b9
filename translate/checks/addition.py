"""Sentences that are not in the source."""

from __future__ import annotations

import math
from collections.abc import Iterator

from translate import languages
from translate.checks.ratios import deviations
from translate.checks.reading import flat, quoted
from translate.checks.seam import Facts, Pair
from translate.checks.sentences import dropped, worded
from translate.document import Finding, visible

LONG = -0.2
"""A text whose length is no more than this many deviations above the usual has no sentence too many."""

LONGER = 0.8
"""Up to so many deviations above the usual it is a remark."""

CLEARLY = 2.5
"""From so many deviations above the usual it is an error.

Of sentences planted at the end of human translations 94 % were named in German, 93 % in French, at 0.8 and 0.4 % false alarms, half of them remarks; a long paragraph hides a short sentence.
"""


NEARLY = 0.5
"""Where the translation without a sentence fits nearly as well as the whole (so many deviations), one may have been added: a remark.

It names 2 more of 400 planted sentences, and speaks of 35 of 2,725 human translations.
"""


class Addition:
    """The translation has a sentence that the source does not have.

    Told where there are more sentences and the length says so too; an error where it is much longer than is usual, a warning where it is longer, a remark where it is not, or where none of its sentences stands out.
    Blind to what was added inside a sentence, and to a sentence that took another's place.
    """

    name = "addition"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding."""
        tags = (facts.source, facts.target)
        if any(languages.code(tag) in languages.NO_SENTENCE_ENDS for tag in tags):
            return
        source, target = (worded(flat(runs), tags) for runs in (pair.segment.source, pair.draft.target))
        if not source or len(target) <= len(source):
            return
        off = deviations(pair.segment.text, pair.draft.text, pair.segment.kind, facts.ratios, tags)
        if off <= LONG:
            return
        mean, _ = facts.ratios.expected(pair.segment.kind, visible(pair.segment.text), languages.expansion(*tags))
        if new := dropped(target, source, -mean):
            words = " ".join(target[place].strip() for place in new)
            yield Finding(
                self.name,
                "error" if off >= CLEARLY else "warning" if off > LONGER else "info",
                f"A sentence of the translation seems not to be in the source: {quoted(words)}.",
                target=words,
            )
        elif _may_be_more(target, pair, facts, abs(off)):
            message = f"The translation has {len(target)} sentences where the source has {len(source)}: see whether one was added."
            yield Finding(self.name, "info", message, target=pair.draft.text)


def _may_be_more(target: tuple[str, ...], pair: Pair, facts: Facts, off: float) -> bool:
    """Whether the translation without one of its sentences is nearly as long as is usual as the whole, which is ``off``."""
    mean, deviation = facts.ratios.expected(pair.segment.kind, visible(pair.segment.text), languages.expansion(facts.source, facts.target))
    size, answer = visible(pair.segment.text), visible(pair.draft.text)
    rests = (answer - visible(sentence) for sentence in target)
    return size > 0 and any(abs(math.log(rest / size) - mean) / deviation < off + NEARLY for rest in rests if rest > 0)
