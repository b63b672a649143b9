"""Faults that show only beside other passages: in a stretch of neighbours, or in a whole work."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from benchmarks.planters.completeness import FREQUENT
from benchmarks.planters.seam import Bed, carry, prose, swapped, whole, with_target
from translate.checks import Pair
from translate.document import Kind as SegmentKind
from translate.document import Marker, normal

Row = tuple[Pair, ...]
"""Pairs that follow one another."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A kind of fault in a row of passages: ``plant`` gives the row before and after, and the places that are wrong; None where the row cannot have it."""

    name: str
    family: str
    target: float
    checks: tuple[str, ...]
    plant: Callable[[Row, Bed], tuple[Row, Row, frozenset[int]] | None]


Spoiled = tuple[Row, Row, frozenset[int]] | None


# --- neighbours ----------------------------------------------------------------------------------------------------


def _rotated(row: Row, bed: Bed, order: Callable[[list[Pair]], list[Pair]], size: int) -> Spoiled:
    """The row with the drafts of some neighbours in another order."""
    start = bed.chance.randrange(1, len(row) - size)
    part = list(row[start : start + size])
    if any(pair.segment.text == pair.draft.text or not pair.draft.text.strip() for pair in part):
        return None
    moved = [with_target(pair, other.draft.target) for pair, other in zip(part, order(part), strict=True)]
    wrong = frozenset(start + place for place, (before, after) in enumerate(zip(part, moved, strict=True)) if before.draft.target != after.draft.target)
    return (row, (*row[:start], *moved, *row[start + size :]), wrong) if wrong else None


def later(row: Row, bed: Bed) -> Spoiled:
    """Two to four translations slipped to the segment after; the last one stands first."""
    return _rotated(row, bed, lambda part: [part[-1], *part[:-1]], bed.chance.randint(3, 5))


def earlier(row: Row, bed: Bed) -> Spoiled:
    """Two to four translations slipped to the segment before; the first one stands last."""
    return _rotated(row, bed, lambda part: [*part[1:], part[0]], bed.chance.randint(3, 5))


def exchanged(row: Row, bed: Bed) -> Spoiled:
    """Two neighbours have each other's translation."""
    return _rotated(row, bed, lambda part: part[::-1], 2)


def twin(row: Row, bed: Bed) -> Spoiled:
    """A segment has the translation of the one before it."""
    found = _rotated(row, bed, lambda part: [part[0], part[0]], 2)
    return found if found and all(len(found[1][place].draft.text) >= 12 for place in found[2]) else None


STRETCHES = (
    Rows("translations slipped to the next segment", "shift and twins", 0.90, ("shift",), later),
    Rows("translations slipped to the segment before", "shift and twins", 0.90, ("shift",), earlier),
    Rows("two segments changed places", "shift and twins", 0.90, ("shift",), exchanged),
    Rows("a segment has its neighbour's text", "shift and twins", 0.90, ("twins",), twin),
)


# --- the whole work ------------------------------------------------------------------------------------------------


def _strewn(row: Row, bed: Bed, source: str, good: str, bad: str, *, times: int = 6) -> Spoiled:
    """Words carried by some passages, in one of them otherwise."""
    places = [place for place, pair in enumerate(row) if pair.segment.kind == SegmentKind.PARAGRAPH]
    if len(places) < times:
        return None
    chosen = bed.chance.sample(places, times)

    def made(wrong: int) -> Row:
        out = list(row)
        for place in chosen:
            pair = row[place]
            segment = replace(pair.segment, source=carry(pair.segment.source, source))
            out[place] = Pair(segment, replace(pair.draft, target=carry(pair.draft.target, bad if place == wrong else good)))
        return tuple(out)

    return made(-1), made(chosen[0]), frozenset(chosen[:1])


def address(row: Row, bed: Bed) -> Spoiled:
    """The reader is addressed otherwise once."""
    found = bed.words("address")
    return _strewn(row, bed, *found, times=12) if found else None


def marks(row: Row, bed: Bed) -> Spoiled:
    """Quotation marks of another kind once."""
    found = bed.words("quoted")
    # In a row that has marks of its own, what is usual is another matter.
    others = [sign for sign in '"„“”«»' if found and sign not in found[1]]
    if not found or sum(any(sign in pair.draft.text for sign in others) for pair in row) > 3:
        return None
    return _strewn(row, bed, *found, times=12)


def figures(row: Row, bed: Bed) -> Spoiled:
    """Thousands grouped otherwise once."""
    found = bed.words("grouped")
    return _strewn(row, bed, *found) if found else None


def spelling(row: Row, bed: Bed) -> Spoiled:
    """A person's name spelt otherwise once."""
    one, other = bed.chance.choice(
        (("Raskolnikov", "Raskolnikow"), ("Tchaikovsky", "Tchaikowsky"), ("Chekhov", "Tschechow"), ("Kerenskij", "Kerensky"), ("Wolkonskij", "Wolkonsky"))
    )
    return _strewn(row, bed, f"(see what {one} says)", f"({one})", f"({other})")


def repeats(row: Row, bed: Bed) -> Spoiled:
    """A passage that stands twice has another wording once."""
    places = [place for place, pair in enumerate(row) if pair.segment.kind == SegmentKind.PARAGRAPH and len(pair.draft.text.split()) > 5]
    if not places:
        return None
    pair = row[bed.chance.choice(places)]
    again = [Pair(replace(pair.segment, id=f"again {number}", address=f"again {number}"), pair.draft) for number in range(2)]
    words = pair.draft.text.split()
    other = with_target(again[1], normal(run.replace(words[-2], "anders", 1) if isinstance(run, str) else run for run in pair.draft.target))
    return ((*row, *again), (*row, again[0], other), frozenset([len(row) + 1])) if other.draft.target != pair.draft.target else None


def labels(row: Row, bed: Bed) -> Spoiled:
    """The label of a heading has another word."""
    headings = [pair for pair in row if pair.segment.kind == SegmentKind.HEADING and pair.draft.text.split() and any(map(str.isalpha, pair.draft.text))]
    if not headings:
        return None
    pair = bed.chance.choice(headings)
    segment = replace(pair.segment, id="label", address="label", kind=SegmentKind.LABEL, source=(pair.segment.text,))
    label = Pair(segment, replace(pair.draft, target=(pair.draft.text,)))
    return (*row, label), (*row, with_target(label, (f"{pair.draft.text} anders",))), frozenset([len(row)])


def notes(row: Row, bed: Bed) -> Spoiled:
    """Two notes of a passage changed places."""
    places = [
        place
        for place, pair in enumerate(row)
        if pair.segment.kind == SegmentKind.PARAGRAPH
        and not any(isinstance(run, Marker) for run in (*pair.segment.source, *pair.draft.target))
        and len(pair.draft.text) > 60
    ]
    if not places:
        return None
    place = bed.chance.choice(places)
    pair = row[place]
    one, other = (Marker("atom", number, "note", str(number + 4)) for number in (1, 2))
    source, target = pair.segment.text, pair.draft.text
    cut, cut_ = source.rfind(" ", 0, len(source) // 2), target.rfind(" ", 0, len(target) // 2)
    segment = replace(pair.segment, source=(source[:cut], one, source[cut:], other))
    good = Pair(segment, replace(pair.draft, target=(target[:cut_], one, target[cut_:], other)))
    bad = with_target(good, (target[:cut_], other, target[cut_:], one))
    return (*row[:place], good, *row[place + 1 :]), (*row[:place], bad, *row[place + 1 :]), frozenset([place])


def rendering(row: Row, bed: Bed) -> Spoiled:
    """A term in italics is rendered otherwise once."""
    places = [
        place
        for place, pair in enumerate(row)
        if pair.segment.kind == SegmentKind.PARAGRAPH and not any(isinstance(run, Marker) for run in pair.segment.source)
    ]
    terms = bed.words("terms")
    if len(places) < 6 or not terms:
        return None
    source, good, bad = bed.chance.choice(terms)
    chosen = bed.chance.sample(places, 6)

    def made(wrong: int) -> Row:
        out = list(row)
        for place in chosen:
            pair = row[place]
            start, end = Marker("open", 1, "em"), Marker("close", 1, "em")
            segment = replace(pair.segment, source=(f"{pair.segment.text} (", start, source, end, ")"))
            out[place] = Pair(segment, replace(pair.draft, target=(f"{pair.draft.text} (", start, bad if place == wrong else good, end, ")")))
        return tuple(out)

    return made(-1), made(chosen[0]), frozenset(chosen[:1])


def left(size: int, row: Row, bed: Bed) -> Spoiled:
    """So many words of the source in small letters, one of them no frequent word, stand in place of as many of the translation, inside a sentence."""
    places = [place for place, pair in enumerate(row) if prose(pair, least=3 * size + 3)]
    if not places:
        return None
    place = bed.chance.choice(places)
    pair = row[place]
    known = pair.draft.text.casefold().split()
    found = [match.group(1) for match in re.finditer(rf"(?<=\s)(?=([a-z]{{2,}}(?: [a-z]{{2,}}){{{size - 1}}})\s)", pair.segment.text)]
    found = [words for words in found if any(len(word) > 3 and not FREQUENT.fullmatch(word) for word in words.split()) and not set(words.split()) & set(known)]
    gaps = [
        match.group() for run in pair.draft.target if isinstance(run, str) for match in re.finditer(rf"(?<=\w )[^\W\d_]{{3,}}(?: [^\W\d_]{{2,}}){{{size - 1}}}(?= \w)", run)
    ]
    gaps = [words for words in gaps if whole(pair, words)]
    if not found or not gaps:
        return None
    bad = with_target(pair, swapped(pair.draft.target, f" {bed.chance.choice(gaps)} ", f" {bed.chance.choice(found)} "))
    return row, (*row[:place], bad, *row[place + 1 :]), frozenset([place])


def one_left(row: Row, bed: Bed) -> Spoiled:
    """One word of the source."""
    return left(1, row, bed)


def two_left(row: Row, bed: Bed) -> Spoiled:
    """Two words of the source."""
    return left(2, row, bed)


_DEVIATING = tuple(
    Rows(name, "whole work", 0.90, (check,), plant)
    for name, check, plant in (
        ("another form of address once", "address", address),
        ("a name spelt otherwise once", "spelling", spelling),
        ("a term rendered otherwise once", "rendering", rendering),
        ("a repeated passage in another wording", "repeats", repeats),
        ("a label that is not its heading", "labels", labels),
        ("two notes out of order", "notes", notes),
        ("other quotation marks once", "quotes", marks),
        ("thousands grouped otherwise once", "figures", figures),
    )
)

WORDS = 0.60
"""Asked of one or two words that were left: they are told only where they are words of one language for certain."""

WORKS = (
    Rows("a word left in the source language", "whole work", WORDS, ("leftover",), one_left),
    Rows("two words left in the source language", "whole work", WORDS, ("leftover",), two_left),
    *_DEVIATING,
)
