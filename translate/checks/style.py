"""What the style sheet shows, held: dates, units, spelling, gendered forms."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from translate.checks.reading import flat, quoted, without_addresses
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Runs
from translate.languages import dates, variants
from translate.style.shown import AMOUNT, FIGURES, GENDERED, TURNED, WRITTEN, Shown, shape, shown, sign


class Style:
    """A date, a unit, a spelling or a gendered form is not as the style sheet shows it; in Swiss German, an ß.

    Held is what a sentence of the sheet shows by an example: a date, an amount (5 km), ß or British spelling, a form such as Arbeiter*innen.
    Blind to what is only said, to dates in figures that the source has so, to words that are not in our lists of spellings, and to names.
    """

    name = "style"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding for each place."""
        wanted = _shown(facts)
        if wanted == _NOTHING:
            return
        source, target = without_addresses(flat(pair.segment.source)), without_addresses(flat(pair.draft.target))
        for words, like in (*_dates(source, target, wanted, facts), *_units(source, target, wanted), *_spelling(source, target, wanted), *_gender(source, target, wanted)):
            who = "Switzerland writes" if wanted is _SWISS else "The style sheet wants"
            yield Finding(self.name, "warning", f"{who} {quoted(like)}; here it is {quoted(words)}.", target=words)

    def fix(self, pair: Pair, facts: Facts) -> Runs | None:
        """Spelling, the gap before a unit, and what stands behind the day of a date, where they are as the sheet wants them in all else."""
        wanted = _shown(facts)
        if wanted == _NOTHING:
            return None
        source = flat(pair.segment.source)
        runs = tuple(_mended(run, source, wanted, facts) if isinstance(run, str) and run == without_addresses(run) else run for run in pair.draft.target)
        return None if runs == pair.draft.target else runs


_NOTHING = Shown()
_SWISS = Shown(spelling=frozenset({"ss"}))
_WITHOUT_SHARP_S = frozenset({"de-ch", "de-li", "gsw"})


def _shown(facts: Facts) -> Shown:
    style = facts.style
    if facts.target.replace("_", "-").casefold() in _WITHOUT_SHARP_S and not (style.dates or style.units or style.spelling or style.gender):
        return _SWISS
    found = shown(facts.target, style.dates, style.units, style.spelling, style.gender) if style.dates or style.units or style.spelling or style.gender else _NOTHING
    return found if found.shape or found.gap is not None or found.spelling or found.gender else _NOTHING


def _dates(source: str, target: str, wanted: Shown, facts: Facts) -> Iterator[tuple[str, str]]:
    if not wanted.shape or not any(map(str.isdigit, target)):
        return
    for pattern in (WRITTEN, TURNED, FIGURES):
        for match in pattern.finditer(target):
            month = "" if pattern is FIGURES else match.group("month")
            verbatim = pattern is FIGURES and match.group() in source
            if not verbatim and shape(match) != wanted.shape and (not month or _is_month(month, facts.target) or _is_month(month, facts.source)):
                yield match.group(), wanted.date


def _is_month(word: str, tag: str) -> bool:
    return any(number <= dates.DAY for _, number in dates.calendar_words(word, tag))


def _units(source: str, target: str, wanted: Shown) -> Iterator[tuple[str, str]]:
    if wanted.gap is None:
        return
    for match in AMOUNT.finditer(target):
        if bool(match.group("gap")) != bool(wanted.gap):
            yield match.group(), f"{match.group('figure')}{wanted.gap}{match.group('sign')}"


def _spelling(source: str, target: str, wanted: Shown) -> Iterator[tuple[str, str]]:
    if wanted.spelling:
        own = _words(source)
        seen: set[str] = set()
        for _, word, better in variants.other_spellings(target, wanted.spelling):
            if word not in own and word not in seen:
                seen.add(word)
                yield word, better


@cache
def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _gender(source: str, target: str, wanted: Shown) -> Iterator[tuple[str, str]]:
    if wanted.gender:
        for match in GENDERED.finditer(target):
            if sign(match) != wanted.gender and match.group() not in source and (match.group("inner") or match.group("sign") != "/"):
                yield match.group(), f"a form with {wanted.gender}" if wanted.gender != "-" else "no such forms"


def _mended(run: str, source: str, wanted: Shown, facts: Facts) -> str:
    """A text with what code can set right in it."""
    own = _words(source)
    for place, word, better in reversed([*variants.other_spellings(run, wanted.spelling)] if wanted.spelling else []):
        if word not in own:
            run = f"{run[:place]}{better}{run[place + len(word) :]}"
    if wanted.gap:
        run = AMOUNT.sub(lambda match: f"{match.group('figure')}{wanted.gap}{match.group('sign')}" if not match.group("gap") else match.group(), run)
    if wanted.shape[:2] == ("day", "."):
        run = WRITTEN.sub(lambda match: _pointed(match.group(), match.group("day"), wanted, facts) if not match.group("mark") else match.group(), run)
    return run


def _pointed(date: str, day: str, wanted: Shown, facts: Facts) -> str:
    """The date with a full stop behind its day, where that makes it what is wanted."""
    new = f"{day}.{date[len(day) :]}"
    match = WRITTEN.fullmatch(new)
    return new if match and shape(match) == wanted.shape and _is_month(match.group("month"), facts.target) else date
