"""Numbers that are written as words: read, with what they are worth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from translate.languages.codes import code
from translate.languages.numbers.numerals import NUMERALS, Numerals

_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"[ \u00a0\u202f\u00ad\u2010\u2011\n-]{1,3}")


MOST_WORDS = 24
"""No number has more words."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number written in words: the words, what it is worth, and where it begins.

    ``sure`` is False for words that also mean something else or are no exact number ("neuf", "Acht", "dozens"): they may tell a number, but nothing is asked of them.
    """

    written: str
    value: int
    start: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word that is a number or a part of one; ``last`` ends the number (an ordinal, a decade)."""

    text: str
    values: tuple[int, ...]
    start: int
    end: int
    sure: bool
    last: bool


def counts(tag: str) -> bool:
    """Whether ``spoken`` can read the language."""
    return code(tag) in NUMERALS


def spoken(text: str, tag: str) -> tuple[Spoken, ...]:
    """The numbers written as words in ``text``, in order; none where the language has no table."""
    table = NUMERALS.get(code(tag))
    if table is None or not text:
        return ()
    return tuple(number for group in _groups(text, code(tag)) for number in _told(group, text, table))


def _groups(text: str, tag: str) -> Iterator[list[_Piece]]:
    """Number words that follow each other with nothing but a blank, a hyphen or a joining word between them."""
    table = NUMERALS[tag]
    group: list[_Piece] = []
    joined = -1
    for match in _WORD.finditer(text):
        piece = _piece(match, tag)
        if piece is None and not group:
            continue
        begin = joined if joined >= 0 else group[-1].end if group else -1
        near = bool(group) and _BETWEEN.fullmatch(text, begin, match.start()) is not None
        if piece is None:
            joined = match.end() if near and match.group().casefold() in table.joiners and not group[-1].last else -1
            if joined < 0 and group:
                yield group
                group = []
            continue
        apart = not (joined >= 0 and _goes_on(group[-1], piece)) if group else False
        if group and (not near or (apart and _closed(group[-1], piece)) or (joined >= 0 and not _joins(group[-1], piece))):
            yield group
            group = []
        group.append(piece)
        joined = -1
    if group:
        yield group


def _closed(before: _Piece, after: _Piece) -> bool:
    """Whether the first word ends its number: an ordinal, a word that is no exact number, or a compound that no "million" follows."""
    return before.last or (after.last and not after.sure) or (len(before.values) > 1 and after.values[0] < 1000) or len(after.values) > 1


def _goes_on(before: _Piece, after: _Piece) -> bool:
    """Whether a compound that ends in hundreds may go on behind "and", as it is said aloud ("einhundert und fünfzig")."""
    return before.values[-1] == 100 and len(before.values) > 1 and not before.last and all(value < 100 for value in after.values)


def _joins(before: _Piece, after: _Piece) -> bool:
    """Whether "and" may stand between the two words of one number: after hundreds and tens, never between units."""
    return before.values[-1] >= 20 > after.values[0] or before.values[-1] >= 100 > after.values[0]


def _piece(match: re.Match[str], tag: str) -> _Piece | None:
    word = match.group()
    known = _reading(word.casefold(), tag)
    if known is None:
        return None
    values, sure, last = known
    # A noun that looks like a number ("in Acht nehmen"), where nouns have capitals.
    unsure = NUMERALS[tag].unsure
    sure = sure and not (word in unsure or word.casefold() in unsure)
    return _Piece(word, values, match.start(), match.end(), sure, last)


_Reading = tuple[tuple[int, ...], bool, bool]


@lru_cache(1 << 13)
def _reading(word: str, tag: str) -> _Reading | None:
    """What a word is worth, morpheme by morpheme, whether it is sure, and whether it ends a number; None where it is no number."""
    table = NUMERALS[tag]
    if word in table.words:
        return (table.words[word],), True, False
    if word in table.ordinals:
        return (table.ordinals[word],), True, True
    if word in table.vague:
        return (table.vague[word],), False, True
    return _taken_apart(word, table) if table.compounds and len(word) > 4 else None


def _taken_apart(word: str, table: Numerals) -> _Reading | None:
    """A compound as German, Dutch and Italian write it in one word, with what may follow it ("zweiundzwanzigste")."""
    matcher = _compound(table.compounds, table.endings)
    match = matcher.fullmatch(word)
    if match is None:
        return None
    worth = table.words | table.parts
    values = tuple(worth[part] for part in _parts(table.compounds).findall(match.group(1)) if part in worth)
    ending = match.group(2)
    return (values, ending in table.exact, bool(ending)) if values else None


@cache
def _parts(compounds: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(compounds, key=len, reverse=True)))


@cache
def _compound(compounds: tuple[str, ...], endings: str) -> re.Pattern[str]:
    return re.compile(f"((?:{_parts(compounds).pattern})+)({endings})")


def _told(group: list[_Piece], text: str, table: Numerals) -> Iterator[Spoken]:
    """The numbers of a group: mostly one, more where they do not fit together ("five, ten")."""
    begin = 0
    while begin < len(group):
        end, value = _longest(group, begin, table)
        pieces = group[begin:end]
        start, stop = pieces[0].start, pieces[-1].end
        sure = all(piece.sure for piece in pieces) if len(pieces) == 1 else all(piece.sure or piece.values[0] < 100 for piece in pieces)
        before = text[max(start - 9, 0) : start].casefold()
        if table.before_the_hour and before.endswith(table.before_the_hour) and (2 <= value <= 12 or pieces[0].text == "eins"):
            value = value - 1 or 12
        if pieces[-1].last and table.no_number_after and text[stop : stop + 6].replace("-", " ").startswith(table.no_number_after):
            sure = False
        if table.weeks and (following := _WORD.search(text, stop, stop + 12)) and f"{text[start:stop]} {following.group()}".casefold() in table.weeks:
            sure = False
        if not before.endswith(table.no_number or ("\0",)):
            yield Spoken(text[start:stop], value, start, sure)
        begin = end


def _longest(group: list[_Piece], begin: int, table: Numerals) -> tuple[int, int]:
    """The end and the worth of the longest number that begins at a place; one word is always a number."""
    for end in range(min(len(group), begin + MOST_WORDS), begin + 1, -1):
        value = reckon([value for piece in group[begin:end] for value in piece.values], flexible=table.units_first, twenties=table.twenties)
        if value is not None:
            return end, value
    values = group[begin].values
    value = reckon(list(values), flexible=table.units_first, twenties=table.twenties)
    return begin + 1, sum(values) if value is None else value


def reckon(values: list[int], *, flexible: bool = False, twenties: bool = False) -> int | None:
    """What number words are worth together, in the order they are spoken; None where they are no number.

    "Two thousand million" is a number, as in Spanish and British English. ``flexible`` languages put units before tens ("zweiundzwanzig"), others count in ``twenties`` ("quatre-vingt"). "Two dozen" and "nineteen eighty-four" are understood.
    """
    total = current = 0
    scale = 10**15
    for place, value in enumerate(values):
        if value == 10**6 and scale == 1000 and total + current < 10**6:
            total, current, scale = (total + current) * value, 0, value
            continue
        if value >= 1000:
            if (current == 0 and place) or value >= scale:
                return None
            total += max(current, 1) * value
            current, scale = 0, value
            continue
        step = _added(current, value, flexible=flexible, twenties=twenties) if current else value
        if step is None:
            return None
        current = step
    return total + current


def _added(current: int, value: int, *, flexible: bool, twenties: bool) -> int | None:
    """``current`` (1 to 999) and the next word together; None where they do not make one number."""
    low = current % 100
    if value == 100:
        return current * 100 if current < 100 else None
    if (twenties and value == 20 and current % 100 == 4) or (value == 12 and current < 10):
        return current - low + low * value
    if value > 100:
        return None
    if low == 0 and current >= 100:
        return current + value
    if low >= 20 and low % 10 == 0 and (value < 10 or (twenties and low in (60, 80) and value < 20)):
        return current + value
    if twenties and low == 10 and 7 <= value <= 9:
        return current + value
    if flexible and low < 10 and value >= 20 and value % 10 == 0:
        return current + value
    return current * 100 + value if 11 <= current <= 20 and 10 <= value < 100 and not flexible else None
