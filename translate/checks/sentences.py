"""Sentences that are gone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate, product

from translate import languages
from translate.checks.ratios import deviations
from translate.checks.reading import flat, quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Severity, visible

MOST = 40
"""With more sentences than this we only count."""

CLEARLY = 0.5
"""How much likelier (natural logarithm) a dropped sentence must be than two that were joined.

With these figures 87 % of the sentences dropped from a human German translation, 92 % from a French one and 99 % from an invented language were named, at 0.3 % false alarms.
"""

SURELY = 1.0
"""From here on it is an error, below it a warning: 34 of 1,120 planted gaps are below it, and 4 of the 6 false alarms."""

DROP = 2.0
"""What it costs to say that a sentence was dropped, in the same unit."""

JOIN = 2.4
"""What it costs to say that two sentences were joined, or one was cut in two."""

SHORT = -0.5
"""A text whose length is no more than this many deviations below the usual has lost no sentence."""

Span = tuple[int, int]
Steps = tuple[tuple[int, int], ...]
"""How many sentences of the source and of the translation belong together, in order."""

SPREAD = 0.10
SHORTNESS = 2.0


class Sentences:
    """The translation has fewer sentences than the source: two were joined, or one is missing.

    An error where the lengths clearly say that one is missing, and which; a warning where they rather say so, a remark where sentences were only joined.
    Blind to a missing sentence where another was cut in two and the length is usual, and to what is missing inside a sentence.
    """

    name = "sentences"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding."""
        if languages.code(facts.target) in languages.NO_SENTENCE_ENDS or languages.code(facts.source) in languages.NO_SENTENCE_ENDS:
            return
        tags = (facts.source, facts.target)
        source, target = (worded(flat(runs), tags) for runs in (pair.segment.source, pair.draft.target))
        off = deviations(pair.segment.text, pair.draft.text, pair.segment.kind, facts.ratios, tags)
        if len(source) < 2 or not pair.draft.text.strip() or (len(target) >= len(source) and off > SHORT):
            return
        mean, _ = facts.ratios.expected(pair.segment.kind, visible(pair.segment.text), languages.expansion(*tags))
        gone = dropped(source, target, mean) if off <= SHORT else ()
        if gone:
            words = " ".join(source[place].strip() for place in gone)
            severity: Severity = "error" if dropped(source, target, mean, clearly=SURELY) else "warning"
            yield Finding(self.name, severity, f"A sentence of the source seems to be missing in the translation: {quoted(words)}.", source=words)
        elif len(target) < len(source):
            message = f"The translation has {len(target)} {'sentence' if len(target) == 1 else 'sentences'} where the source has {len(source)}: see whether one is missing."
            # Sentences are joined more often than lost; where the length is the usual one, that is all there is to say.
            warns = off < 0 and _may_lack(source, pair, facts, abs(off))
            yield Finding(self.name, "warning" if warns else "info", message, source=pair.segment.text)


def _may_lack(source: tuple[str, ...], pair: Pair, facts: Facts, off: float) -> bool:
    """Whether the translation fits the length of the source without one of its sentences better than that of the whole, from which it is ``off`` so many deviations.

    In human translations one in ten of those that have fewer sentences does; of the dropped sentences that are not named one in four.
    """
    size, answer, usual = visible(pair.segment.text), visible(pair.draft.text), languages.expansion(facts.source, facts.target)
    rests = (size - visible(sentence) for sentence in source)
    fits = ((*facts.ratios.expected(pair.segment.kind, rest, usual), rest) for rest in rests if rest > 0)
    return any(abs(math.log(answer / rest) - mean) / deviation < off for mean, deviation, rest in fits)


def worded(text: str, tags: tuple[str, str]) -> tuple[str, ...]:
    """The sentences that hold words; a figure in brackets after the full stop is none."""
    return tuple(sentence for sentence in languages.sentences(text, *tags) if any(map(str.isalpha, sentence)))


def dropped(source: tuple[str, ...], target: tuple[str, ...], mean: float, *, clearly: float = CLEARLY) -> tuple[int, ...]:
    """The places of the sentences of ``source`` that have no counterpart, where that is by ``clearly`` the likeliest reading; else ().

    Sentences are aligned by length (Gale and Church, 1993), once with and once without the freedom to drop one.
    ``mean`` is the usual logarithm of target length by source length.
    """
    ours, theirs = [max(visible(text), 1) for text in source], [max(visible(text), 1) for text in target]
    if len(ours) > MOST or len(theirs) > MOST:
        return ()
    whole, _ = _align(ours, theirs, mean, drop=math.inf)
    short, steps = _align(ours, theirs, mean, drop=DROP)
    if whole - short <= clearly:
        return ()
    starts = accumulate((taken for taken, _ in steps), initial=0)
    return tuple(start for start, (_, given) in zip(starts, steps, strict=False) if not given)


def beads(source: Sequence[str], target: Sequence[str], mean: float) -> Iterator[tuple[Span, Span]]:
    """Which sentences belong together by their lengths, as places in ``source`` and in ``target``, in order; all together where there are too many."""
    ours, theirs = [max(visible(text), 1) for text in source], [max(visible(text), 1) for text in target]
    steps: Steps = ()
    if len(ours) <= MOST and len(theirs) <= MOST:
        _, steps = _align(ours, theirs, mean, drop=math.inf)
    i = j = 0
    for taken, given in steps or ((len(ours), len(theirs)),):
        yield (i, i + taken), (j, j + given)
        i, j = i + taken, j + given


def _align(ours: list[int], theirs: list[int], mean: float, *, drop: float) -> tuple[float, Steps]:
    """The cost of the cheapest alignment, and its steps; a sentence that is dropped is a step (1, 0)."""
    best: dict[tuple[int, int], tuple[float, Steps]] = {(0, 0): (0.0, ())}
    for i, j in product(range(len(ours) + 1), range(len(theirs) + 1)):
        if (i, j) == (0, 0):
            continue
        options = []
        if i and drop < math.inf and (before := best.get((i - 1, j))):
            options.append((before[0] + drop, (*before[1], (1, 0))))
        for taken, given in ((1, 1), (2, 1), (1, 2), (3, 1), (2, 2)):
            before = best.get((i - taken, j - given)) if i >= taken and j >= given else None
            if before:
                cost = _misfit(sum(ours[i - taken : i]), sum(theirs[j - given : j]), mean) + JOIN * (taken + given - 2)
                options.append((before[0] + cost, (*before[1], (taken, given))))
        if options:
            best[i, j] = min(options)
    return best.get((len(ours), len(theirs)), (math.inf, ()))


def _misfit(ours: int, theirs: int, mean: float) -> float:
    """Half the squared deviation of the length of one sentence, or of some together; sentences vary more than paragraphs."""
    deviation = math.hypot(SPREAD, SHORTNESS / math.sqrt(ours))
    return min(((math.log(theirs / ours) - mean) / deviation) ** 2 / 2, 12.0)
