"""Numbers in words, and Roman numerals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from translate import languages
from translate.checks import tongues
from translate.checks.numbers import HOUR, ROMAN, centuries, numbers, roman, values_in_words
from translate.checks.reading import flat, quoted, without_addresses
from translate.checks.seam import Facts, Pair
from translate.document import Finding
from translate.languages import Spoken

LEAST = 3
"""One and two are articles, pairs, "both" and "second" as well: below this nothing is asked."""

_WAR = re.compile(r"WW|war|krieg|guerr|oorlog|wojn|войн", re.IGNORECASE)
_OF_AN_HOUR = {15: 4, 30: 2, 45: 4}
"""So many minutes are a part of an hour: how many of that part make one."""

_SCALE = re.compile(r"\d[.,]?\d*[\s\u00a0\u202f-]*\Z")
REACH = 40
"""So many characters before a number may hold the figure that it is the scale of."""
_CAPITAL = re.compile("[IVXLC]{2}|[VX]")
_NUMERAL = re.compile(r"(?:[IVX]{2,}|[IVXLC]{3,}|[VX])\Z")


class Numerals:
    """A number written in words, a part of a whole ("a third"), or a Roman numeral became another or is gone.

    Words may become figures and figures words. An error where a number became another, a warning where it is gone or came from nowhere.
    Blind to one and two, to round words ("dozens", "hundreds"), to words that also mean something else ("neuf", "sei"), and to languages whose number words we do not have.
    """

    name = "numerals"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding per number."""
        source, target = without_addresses(flat(pair.segment.source)), without_addresses(flat(pair.draft.target))
        if not any(map(str.isalpha, target)):
            return
        source, target = centuries(source, target), centuries(target, source)
        yield from self._roman(source, target, facts)
        parts = tuple(self._parts(source, target, facts))
        yield from parts
        yield from self._wars(source, target, facts)
        if languages.counts(facts.source) and languages.counts(facts.target):
            ours, theirs = languages.spoken(source, facts.source), languages.spoken(target, facts.target)
            if (_asked(ours, source) or _asked(theirs, target)) and tongues.plausible(target, facts.target, facts.source):
                missing, added = _left(ours, theirs, (source, target), facts)
                # "A third" that became "a quarter" is told already.
                missing = [number for number in missing if not any(number.written in one.source.split() for one in parts)]
                added = [number for number in added if not any(number.written in one.target.split() for one in parts)]
                yield from self._findings(missing, added, ours)

    def _findings(self, missing: list[Spoken], added: list[Spoken], ours: tuple[Spoken, ...]) -> Iterator[Finding]:
        small = [number for number in ours if 0 < number.value < LEAST]
        for place, number in enumerate(added):
            span = (number.start, number.start + len(number.written))
            if place < len(missing):
                message = f"{quoted(missing[place].written)} ({missing[place].value}) has become {quoted(number.written)} ({number.value})."
                yield Finding(self.name, "error", message, source=missing[place].written, target=number.written, span=span)
            else:
                message = f"{quoted(number.written)} ({number.value}) is in the translation and not in the source."
                yield Finding(self.name, "warning", message, source=small[0].written if small else "", target=number.written, span=span)
        for number in missing[len(added) :]:
            message = f"{quoted(number.written)} ({number.value}) is in the source and not in the translation."
            yield Finding(self.name, "warning", message, source=number.written)

    def _parts(self, source: str, target: str, facts: Facts) -> Iterator[Finding]:
        """Parts of a whole that became others: a third, a quarter."""
        ours = languages.parts_of(source, facts.source)
        theirs = languages.parts_of(target, facts.target) if ours else ()
        lost = [(words, size) for words, size in ours if size not in {other for _, other in theirs}]
        new = [(words, size) for words, size in theirs if size not in {other for _, other in ours}]
        for (before, _), (after, _) in zip(lost, new, strict=False):
            yield Finding(self.name, "error", f"{quoted(before)} has become {quoted(after)}.", source=before, target=after)

    def _wars(self, source: str, target: str, facts: Facts) -> Iterator[Finding]:
        """The one world war that became the other."""
        here, there = _wars(source, facts.source), _wars(target, facts.target)
        for one, other in ((0, 1), (1, 0)):
            if here[one] and there[other] and not (here[other] or there[one]):
                yield Finding(self.name, "error", f"{quoted(here[one])} has become {quoted(there[other])}.", source=here[one], target=there[other])

    def _roman(self, source: str, target: str, facts: Facts) -> Iterator[Finding]:
        """Roman numerals that became others."""
        if not _CAPITAL.search(source):
            return
        ours, theirs = (Counter(match.group() for match in ROMAN.finditer(text) if _NUMERAL.match(match.group())) for text in (source, target))
        gone, new = ours - theirs, list(theirs - ours)
        if not (gone and new):
            return
        told = {value for number in numbers(target) for value in number.values} | values_in_words(target, facts.target)
        lost = [numeral for numeral in gone if roman(numeral) not in told]
        for before, after in zip(lost, new, strict=False):
            yield Finding(self.name, "error", f"{before} of the source has become {after} in the translation.", source=before, target=after)


def _wars(text: str, tag: str) -> tuple[str, str]:
    """What the first and the second world war are called in ``text``, "" where it does not name them."""
    named = languages.WARS.get(languages.code(tag), ())
    found = tuple(re.search(pattern, text, re.IGNORECASE) for pattern in named) if named and _WAR.search(text) else (None, None)
    return (found[0][0] if found[0] else "", found[1][0] if found[1] else "")


def _asked(numbers_: tuple[Spoken, ...], text: str) -> list[Spoken]:
    """The numbers that must have a counterpart."""
    return [number for number in numbers_ if number.sure and number.value >= LEAST and not _SCALE.search(text[max(0, number.start - REACH) : number.start])]


def _left(ours: tuple[Spoken, ...], theirs: tuple[Spoken, ...], texts: tuple[str, str], facts: Facts) -> tuple[list[Spoken], list[Spoken]]:
    """The numbers of both sides that have no counterpart in words, in figures or as a Roman numeral."""
    source, target = texts
    missing, added = _without_twins(_asked(ours, source), _asked(theirs, target))
    if missing or added:
        hours = HOUR.search(f"{source}\n{target}") is not None
        told = {value: _told(value, target, facts.target, theirs, hours=hours) for value in {number.value for number in missing}}
        missing = [number for number in missing if not told[number.value]]
        added = [number for number in added if not (languages.halves(target) and any(number.value == 2 * one.value for one in ours))]
        told = {value: _told(value, source, facts.source, ours, hours=hours) for value in {number.value for number in added}}
        added = [number for number in added if not told[number.value]]
    if not (missing and added):
        # One of several mentions was dropped or added.
        here, there = ({number.value for number in numbers_} for numbers_ in (ours, theirs))
        missing, added = [number for number in missing if number.value not in there], [number for number in added if number.value not in here]
    return missing, added


def _without_twins(ours: list[Spoken], theirs: list[Spoken]) -> tuple[list[Spoken], list[Spoken]]:
    """What is left when every number has been paired with one of its value."""
    spare = Counter(number.value for number in theirs) - Counter(number.value for number in ours)
    short = Counter(number.value for number in ours) - Counter(number.value for number in theirs)
    return _last(ours, short), _last(theirs, spare)


def _last(found: list[Spoken], wanted: Counter[int]) -> list[Spoken]:
    out = []
    for number in found:
        if wanted[number.value] > 0:
            wanted[number.value] -= 1
            out.append(number)
    return out


def _told(value: int, text: str, tag: str, said: tuple[Spoken, ...], *, hours: bool) -> bool:
    """Whether the other side tells the value in another way: in figures, as a Roman numeral, by another hour, in a word that is not exact, inside a compound."""
    values = {value, value + 12} if hours and value < 12 else {value}
    if any((number.value in values and not number.sure) or (hours and abs(number.value - value) == 12) for number in said):
        return True
    if languages.halves(text) and any(number.value == 2 * value for number in said):
        return True
    if value in _OF_AN_HOUR and _OF_AN_HOUR[value] in {size for _, size in languages.parts_of(text, tag)}:
        return True
    if any(values & number.values for number in numbers(text)) or any(roman(match.group()) in values for match in ROMAN.finditer(text)):
        return True
    for written in dict.fromkeys(number.written for number in said):
        text = text.replace(written, " ")
    return not values.isdisjoint(values_in_words(text, tag))
