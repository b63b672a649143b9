"""Numbers that were lost, changed or made up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from translate import languages
from translate.checks.reading import flat, parts, without_addresses
from translate.checks.seam import Facts, Pair
from translate.document import Finding

_NUMBER = re.compile(r"(?<![^\W\d_]|\d)\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3})+(?:[.,]\d+)?(?!\d)|(?<![^\W\d_]|\d)\d+(?:[.,'’]\d+)*")
_DIGIT = re.compile(r"\d")
_MIXED = re.compile(r"(?<!\w)[^\W\d_]+\d\w*")
ROMAN = re.compile(r"\b(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?=(?:e|er|ème|th|st|nd|rd|º|ª)?\b)")
_CHINESE = re.compile("[〇零一二三四五六七八九十百千万萬億亿两兩]")
HOUR = re.compile(r"[ap]\.?\s?m\b|o['’]clock|\bnoon\b|\buhr\b|\bheures?\b|\bhoras?\b|\d\s?h\b|\bore\b", re.IGNORECASE)
_PERCENT = re.compile(r"%|per ?cent|prozent|pour cent|por ciento|per cento|por cento|процент", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}")
_SECTION = re.compile(r"\d{1,3}(?:\.\d{1,3}){2,6}")
_LETTERED = re.compile(r"(?<![\w.,])(\d{1,4})([a-z])(?!\w)")
_VULGAR = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8"}
_MINUS = re.compile(r"(?:(?<=[\s(])|^)−\s?(\d+(?:[.,]\d+)*)|(?:(?<=[\s(])|^)-(\d+(?:[.,]\d+)*)(?=\s?[°%])")
_BELOW = re.compile(r"[-−–‑]\s?\Z|\b(?:minus|moins|menos|meno|min|минус)\s\Z", re.IGNORECASE)
_BELOW_AFTER = re.compile(r"\b(?:unter null|below zero|au-dessous de zéro|sous zéro|bajo cero|sotto zero|abaixo de zero|ниже нуля)\b", re.IGNORECASE)
_TIGHT = re.compile(r"(?<![\w.,:/–—-])(\d{1,9})\s?[–—:-]\s?(\d{1,9})(?![\w:/–—-]|[.,]\d)")
_SEPARATORS = re.compile(r"[.,'’\u00a0\u202f\u2009 ]")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written, with every value it may stand for: "1,234" is 1234 here and 1.234 there.

    What has several decimal marks (a date, a section) is no value and stands for itself.
    """

    written: str
    values: frozenset[Decimal | str]


class Numbers:
    """A figure of the source is missing from the translation, a new one is there, a minus sign is gone, or a range or ratio is turned about.

    Digits may become words and words digits, decimal marks and digit grouping may follow the language, hours may count to 12 or to 24.
    Blind to a number that is written in words on both sides, to Roman numerals that changed, and to figures inside code.
    """

    name = "numbers"
    structural = True

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding per number of the source that is missing, then one per number that came from nowhere, then those that lost their sign or changed places."""
        source, target = _even(without_addresses(flat(pair.segment.source)), without_addresses(flat(pair.draft.target)))
        ours, theirs = numbers(source), numbers(target)
        yield from self._mixed(source, target)
        yield from self._lettered(source, target)
        missing, added = unmatched(ours, theirs)
        if missing or added:
            missing, added = _rewritten(missing, added, source, target, facts)
            missing = [number for number in missing if not _told(number, target, facts.target, source)]
            added = [number for number in added if not _told(number, source, facts.source, target)]
            if not (missing and added):
                # One of several mentions was dropped or added; where there is both, a number was changed.
                missing = [number for number in missing if not _among(number, theirs, target)]
                added = [number for number in added if not _among(number, ours, source)]
            yield from self._findings(missing, added, pair.draft.text)
        if ours and not (missing or added):
            yield from self._signs(source, target)
            yield from self._turned(source, target, facts)

    def _signs(self, source: str, target: str) -> Iterator[Finding]:
        """Negative numbers that are none any more."""
        below = dict.fromkeys(match[1] or match[2] for match in _MINUS.finditer(source))
        if not below or _BELOW_AFTER.search(target):
            return
        bare: dict[Decimal | str, str] = {}
        kept: set[Decimal | str] = set()
        for match in _NUMBER.finditer(target):
            values = _values(match.group())
            if _BELOW.search(target[max(0, match.start() - 12) : match.start()]):
                kept |= values
            bare |= dict.fromkeys(values, match.group())
        for figure in below:
            values = _values(figure)
            there = next((bare[value] for value in values if value in bare), "")
            if there and values.isdisjoint(kept):
                yield Finding(self.name, "error", f"The minus sign of −{figure} is not in the translation.", source=f"−{figure}", target=there)

    def _turned(self, source: str, target: str, facts: Facts) -> Iterator[Finding]:
        """Two numbers with "to", a dash or a colon between them that changed places."""
        for tight in (True, False):
            ours, theirs = pairs(source, facts.source, tight=tight), pairs(target, facts.target, tight=tight)
            for first, second in ours:
                if first != second and (second, first) in theirs and (second, first) not in ours and (first, second) not in theirs:
                    message = f"{first} and {second} of the source changed places in the translation."
                    yield Finding(self.name, "error" if tight else "warning", message, source=f"{first} … {second}", target=f"{second} … {first}")

    def _mixed(self, source: str, target: str) -> Iterator[Finding]:
        """Names with figures in them ("i386") that are there with other figures; that one is left out or told again is no error."""
        ours, theirs = (_MIXED.findall(text) if _DIGIT.search(text) else [] for text in (source, target))
        if not (ours and theirs):
            return
        lost, new = (Counter(figures for name in names for figures in re.findall(r"\d+", name)) for names in (ours, theirs))
        for before, after in zip((lost - new).elements(), (new - lost).elements(), strict=False):
            old, now = next(name for name in ours if before in name), next(name for name in theirs if after in name)
            yield Finding(self.name, "error", f"{old} of the source has become {now} in the translation.", source=old, target=now)

    def _lettered(self, source: str, target: str) -> Iterator[Finding]:
        """Figures with a letter behind them ("3a", "6d.") that have another one."""
        ours, theirs = (dict.fromkeys(_LETTERED.findall(text)) for text in (source, target))
        for figure, letter in ours if theirs else ():
            other = next((one for one, wrong in theirs if one == figure and (one, wrong) not in ours), None)
            if (figure, letter) not in theirs and other is not None:
                wrong = next(wrong for one, wrong in theirs if one == figure and (one, wrong) not in ours)
                yield Finding(self.name, "error", f"{figure}{letter} of the source has become {figure}{wrong} in the translation.", source=f"{figure}{letter}", target=f"{figure}{wrong}")

    def _findings(self, missing: list[Number], added: list[Number], text: str) -> Iterator[Finding]:
        for number in missing:
            yield Finding(self.name, "error", f"{number.written} is in the source and not in the translation.", source=number.written)
        for number in added:
            start = text.find(number.written)
            span = (start, start + len(number.written)) if start >= 0 else None
            yield Finding(self.name, "error", f"{number.written} is in the translation and not in the source.", target=number.written, span=span)


def numbers(text: str) -> list[Number]:
    """The numbers written in digits in ``text``, in order."""
    return [Number(match.group(), _values(match.group())) for match in _NUMBER.finditer(text)] if _DIGIT.search(text) else []


def _values(written: str) -> frozenset[Decimal | str]:
    """What a number may stand for."""
    groups, marks = _SEPARATORS.split(written), _SEPARATORS.findall(written)
    if not marks:
        return frozenset({Decimal(written)})
    values: set[Decimal | str] = set()
    grouped = all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3
    if grouped and len(set(marks)) == 1:
        values.add(Decimal("".join(groups)))
    if marks[-1] in ".," and marks[-1] not in marks[:-1] and all(len(group) == 3 for group in groups[1:-1]):
        values.add(Decimal("".join(groups[:-1]) + "." + groups[-1]).normalize())
    return frozenset(values or {".".join(groups)})


def _pieces(written: str) -> list[Number]:
    return [Number(piece, frozenset({Decimal(piece)})) for piece in _SEPARATORS.split(written)]


def unmatched(ours: list[Number], theirs: list[Number]) -> tuple[list[Number], list[Number]]:
    """What is left on both sides when every number has been paired with one that may have its value."""
    left, missing = list(theirs), []
    for number in ours:
        twin = next((other for other in left if other.written == number.written), None) or next((other for other in left if other.values & number.values), None)
        if twin is None:
            missing.append(number)
        else:
            left.remove(twin)
    return missing, left


def _rewritten(missing: list[Number], added: list[Number], source: str, target: str, facts: Facts) -> tuple[list[Number], list[Number]]:
    """Without the pairs that are two ways of writing one number, as far as both texts together speak for it."""
    if not missing or not added:
        return missing, added
    texts = f"{source}\n{target}"
    lost, new = unmatched([piece for number in missing for piece in _pieces(number.written)], [piece for number in added for piece in _pieces(number.written)])
    if _dated(missing) or _dated(added):  # "March 7, 1871" and 07.03.1871
        lost = [piece for piece in lost if not _told(piece, target, facts.target, source)]
        new = [piece for piece in new if not _told(piece, source, facts.source, target)]
    scales = languages.multipliers(source, facts.source) | languages.multipliers(target, facts.target)
    if not any(_paired(lost, new, texts, scales)) and not _permuted(missing, added):
        return [], []
    return _paired(missing, added, texts, scales)


def _permuted(missing: list[Number], added: list[Number]) -> bool:
    """Whether a section such as 4.2.1 has the same parts in another order."""
    rows = [{number.written for number in numbers_ if _SECTION.fullmatch(number.written)} for numbers_ in (missing, added)]
    return any(one != other and sorted(one.split(".")) == sorted(other.split(".")) for one in rows[0] for other in rows[1])


def _paired(missing: list[Number], added: list[Number], texts: str, scales: frozenset[int]) -> tuple[list[Number], list[Number]]:
    """What is left when the numbers that may be the same have been paired."""
    left, kept = list(added), []
    for number in missing:
        twin = next((other for other in left if any(_same(a, b, texts, scales) for a in _plain(number) for b in _plain(other))), None)
        if twin is None:
            kept.append(number)
        else:
            left.remove(twin)
    return kept, left


def _dated(numbers_: list[Number]) -> bool:
    """Whether one of them is a date in figures."""
    return any(_DATE.fullmatch(number.written) for number in numbers_)


_CENTURY = re.compile(r"(?<!\d)(\d{1,2})00(?=-(?:tal|luvu|luku))")
"""What Swedish, Danish, Norwegian and Finnish call the eighteenth century: 1700-talet, 1700-luku."""


def centuries(text: str, other: str) -> str:
    """The text with the number of a century ("18") where it is called by its hundreds ("1700-talet"), which ``other`` does not write."""
    return _CENTURY.sub(lambda match: match.group() if match.group() in other else str(int(match[1]) + 1), text) if "00-" in text else text


def _even(source: str, target: str) -> tuple[str, str]:
    """Both texts without the fractions that one of them writes with a single sign ("¾") and the other with figures ("3/4"), and with centuries counted alike."""
    source, target = centuries(source, target), centuries(target, source)
    for sign, figures in _VULGAR.items():
        if sign in target and figures in source:
            source = source.replace(figures, " ")
        elif sign in source and figures in target:
            target = target.replace(figures, " ")
    return source, target


def pairs(text: str, tag: str, *, tight: bool) -> list[tuple[str, str]]:
    """The numbers of ``text`` that stand in pairs: with a dash or a colon between them (``tight``), else with a word such as "to" or "and"."""
    pattern = _TIGHT if tight else _joined(languages.code(tag))
    return [(match[1], match[2]) for match in pattern.finditer(text)] if pattern is not None else []


@cache
def _joined(tag: str) -> re.Pattern[str] | None:
    words = languages.BETWEEN_NUMBERS.get(tag)
    return re.compile(rf"(?<![\w.,])(\d{{1,9}})(?:\s?[^\W\d_]{{1,15}}|\s?%)?\s(?:{words})\s(\d{{1,9}})(?![\d.,]*\d)", re.IGNORECASE) if words else None


def _plain(number: Number) -> list[Decimal]:
    """Its values that can be reckoned with."""
    return [value for value in number.values if isinstance(value, Decimal)]


def _same(ours: Decimal, theirs: Decimal, texts: str, scales: frozenset[int]) -> bool:
    """Whether two values may be one number: 3 p.m. and 15, 18 after "1914–" and 1918, 2.5 million and 2500000."""
    small, large = sorted((ours, theirs))
    if small == small.to_integral() and large == large.to_integral():
        if 1 <= small <= 11 and large == small + 12:
            return HOUR.search(texts) is not None
        if 10 <= small < 100 and 1000 <= large < 2100 and large % 100 == small:
            return re.search(rf"[-–—/’']\s?{small}\b|(?:nn[ée]es|años|anni|anos|jaren|lata|годы)\s{small}\b|\b{small}(?:er|s)\b", texts) is not None
    return small > 0 and int(large / small) in scales and large % small == 0


def _among(number: Number, others: list[Number], text: str) -> bool:
    """Whether a number that is left over stands on the other side all the same: one of several mentions was dropped or added, or is written on to a word."""
    return any(number.values & other.values for other in others) or any(name.endswith(number.written) for name in _MIXED.findall(text))


def _told(number: Number, text: str, language: str, own: str) -> bool:
    """Whether ``text`` tells the number of the text ``own`` in another way than in digits: in words, as a Roman numeral, as a month, as so many and a half, as a decade."""
    whole = [int(value) for value in _plain(number) if value == value.to_integral() and value < 10**7]
    told = values_in_words(text, language)
    if not told.isdisjoint(whole):
        return True
    if any(value == roman(match.group()) for match in ROMAN.finditer(text) for value in whole):
        return True
    if languages.halves(text) and _is_half(number, told, text, own, languages.multipliers(text, language)):
        return True
    if any(1500 <= value < 2100 and value % 10 == 0 and value % 100 in told and re.search(rf"\b{value}['’]?(?:s|er)\b|nn[ée]es {value}|\ba(?:ños|nos|nni) {value}", own) for value in whole):
        return True
    return languages.code(language) in languages.UNSPACED and bool(_CHINESE.search(text))


def _is_half(number: Number, told: set[int], text: str, own: str, scales: frozenset[int]) -> bool:
    """Whether the number may be what ``text`` tells as a half of something: 3.5 and "dreieinhalb", 50 % and "Hälfte", 500,000 and "half a million"."""
    for value in _plain(number):
        if value % 1 == Decimal("0.5") and (int(value) <= 1 or int(value) in told or any(int(value) in other.values for other in numbers(text))):
            return True
        if value * 2 in scales or (value == 50 and _PERCENT.search(own)):
            return True
    return False


def values_in_words(text: str, language: str) -> set[int]:
    """The values that the words of ``text`` may tell: number words, also inside a compound, and months."""
    known = languages.NUMBER_WORDS.get(languages.code(language), {})
    values = {number.value for number in languages.spoken(text, language)}
    for token in parts(text):
        values |= _in_word(token, known)
    values |= languages.months(text, language)
    if languages.counts(language):
        return values
    tens = {value for value in values if 20 <= value < 100 and value % 10 == 0}
    units = {value for value in values if 0 < value < 10}
    return values | {ten + unit for ten in tens for unit in units} | {a * b for a in values for b in (100, 1000) if b in values}


def _in_word(token: str, known: dict[str, int]) -> set[int]:
    """The values a word tells, also as the first part of a compound ("dreimal", "zweiteilig", "einundzwanzig")."""
    if token in known:
        return {known[token]}
    values = {value for word, value in known.items() if len(word) >= 4 and token.startswith(word)}
    if "und" in token:
        values |= {known[part] for part in token.split("und", 1) if part in known}
    return values


def roman(numeral: str) -> int:
    """The value of a Roman numeral."""
    digits = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}[char] for char in numeral.upper()]
    return sum(-digit if any(later > digit for later in digits[place + 1 :]) else digit for place, digit in enumerate(digits))
