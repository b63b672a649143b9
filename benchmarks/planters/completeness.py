"""Faults of completeness: what is missing, left as it was, told twice, or made up."""

from __future__ import annotations

import re

from benchmarks.planters.seam import Bed, Kind, Planted, prose, sentences, spoiled, swapped, tables, whole, with_target
from translate.checks import Pair
from translate.document import Marker, markers, normal

FREQUENT = re.compile(
    r"\b(?:the|of|and|to|is|that|it|for|was|with|as|be|by|are|this|have|not|but|from|they|which|or|will|there|you|we|can|your|when|more|should|must|may|a|in|on)\b"
)


def emptied(pair: Pair, bed: Bed) -> Planted | None:
    """Nothing came back but the markers."""
    return spoiled(pair, markers(pair.draft.target)) if any(map(str.isalpha, pair.segment.text)) else None


def echoed(pair: Pair, bed: Bed) -> Planted | None:
    """The source's own text."""
    return spoiled(pair, pair.segment.source) if prose(pair, least=4) else None


def sentence_left(pair: Pair, bed: Bed) -> Planted | None:
    """A sentence of the source stands in the translation."""
    ours, theirs = sentences(pair, bed)
    if len(ours) != len(theirs) or len(ours) < 2:
        return None
    found = [(mine, yours) for mine, yours in zip(ours, theirs, strict=True) if mine != yours and len(mine.split()) >= 4 and whole(pair, yours)]
    if not found:
        return None
    mine, yours = bed.chance.choice(found)
    return spoiled(pair, swapped(pair.draft.target, yours, mine))


def run_left(size: int, pair: Pair, bed: Bed) -> Planted | None:
    """So many words of the source in a row, at least one a frequent one, stand in place of as many words of the translation."""
    words = pair.segment.text.split()
    found = [" ".join(words[place : place + size]) for place in range(len(words) - size + 1)] if len(words) >= 3 * size else []
    found = [piece for piece in found if re.fullmatch(r"[a-z' ]+", piece) and FREQUENT.search(piece)]
    places = [
        match
        for run in pair.draft.target
        if isinstance(run, str)
        for match in re.finditer(rf"(?<=\s)\S+(?:\s\S+){{{size - 1}}}(?=\s)", run)
        if whole(pair, match.group())
    ]
    if not found or not places:
        return None
    return spoiled(pair, swapped(pair.draft.target, bed.chance.choice(places).group(), bed.chance.choice(found)))


def three_left(pair: Pair, bed: Bed) -> Planted | None:
    """Three words of the source."""
    return run_left(3, pair, bed)


def five_left(pair: Pair, bed: Bed) -> Planted | None:
    """Five words of the source."""
    return run_left(5, pair, bed)


def sentence_dropped(pair: Pair, bed: Bed) -> Planted | None:
    """A sentence of more than twenty characters, with no marker inside, is gone."""
    ours, theirs = sentences(pair, bed)
    found = [text for text in theirs if len(text) > 20 and whole(pair, text)] if len(ours) >= 2 and len(theirs) >= 2 else []
    return spoiled(pair, swapped(pair.draft.target, bed.chance.choice(found), "")) if found else None


def sentence_added(pair: Pair, bed: Bed) -> Planted | None:
    """A sentence of another passage of the same translation stands at the end."""
    if not prose(pair) or len(pair.segment.text) < 40 or not bed.stock or not re.search(r"[.!?][\W\d]*\Z", pair.draft.text):
        return None
    return spoiled(pair, normal((*pair.draft.target, " " + bed.chance.choice(bed.stock))))


def cut(pair: Pair, bed: Bed) -> Planted | None:
    """The text breaks off after about three words in five, with whatever markers were to come."""
    if not prose(pair, least=8) or not re.search(r"[.!?]\W*\Z", pair.segment.text):
        return None
    left = len(pair.draft.text) * 3 // 5
    kept: list[str | Marker] = []
    for run in pair.draft.target:
        if isinstance(run, str) and len(run) > left:
            piece = re.sub(r"\W*\s\S*\Z", "", run[:left])
            return spoiled(pair, normal((*kept, piece))) if piece else None
        kept.append(run)
        left -= len(run) if isinstance(run, str) else 0
    return None


def looped(pair: Pair, bed: Bed) -> Planted | None:
    """The last words over and over again."""
    words = pair.draft.text.split()
    if len(words) < 6:
        return None
    size = bed.chance.randint(2, 6)
    return spoiled(pair, normal((*pair.draft.target, " " + " ".join(words[-size:] * bed.chance.randint(6, 20)))))


def said_twice(pair: Pair, bed: Bed) -> Planted | None:
    """A sentence stands twice."""
    _, theirs = sentences(pair, bed)
    found = [text for text in theirs if len(text) > 30 and whole(pair, text)]
    if not found:
        return None
    text = bed.chance.choice(found)
    return spoiled(pair, swapped(pair.draft.target, text, f"{text.rstrip()} {text}"))


def third_language(pair: Pair, bed: Bed) -> Planted | None:
    """Words of a third language, as many as the translation has, the markers kept."""
    if not prose(pair, least=8):
        return None
    stock = bed.chance.choice(tables()["third"]["texts"])
    words = (stock + " ") * (1 + len(pair.draft.text) // len(stock))
    return spoiled(pair, normal((" ".join(words.split()[: len(pair.draft.text.split())]) + ".", *markers(pair.draft.target))))


def limit_reached(pair: Pair, bed: Bed) -> Planted | None:
    """The server says that the answer was cut at its limit, at the end of a sentence."""
    _, theirs = sentences(pair, bed)
    if len(theirs) < 3 or markers(pair.draft.target):
        return None
    return Planted(pair, with_target(pair, ("".join(theirs[: len(theirs) - 1]).strip(),), finish="length"))


COMPLETENESS = (
    Kind("nothing came back", "completeness", 0.98, ("empty",), emptied),
    Kind("left in the source language", "completeness", 0.98, ("untranslated",), echoed),
    Kind("a sentence left in the source language", "completeness", 0.98, ("untranslated",), sentence_left),
    Kind("five words left in the source language", "completeness", 0.98, ("untranslated",), five_left),
    Kind("three words left in the source language", "completeness", 0.98, ("untranslated",), three_left),
    Kind("in a third language", "completeness", 0.98, ("untranslated",), third_language),
    Kind("a sentence is gone", "dropped sentence", 0.90, ("sentences", "length"), sentence_dropped),
    Kind("a sentence was added", "completeness", 0.98, ("addition", "length"), sentence_added),
    Kind("breaks off", "completeness", 0.98, ("truncated", "length"), cut),
    Kind("the server's limit was reached", "completeness", 0.98, ("truncated",), limit_reached),
    Kind("a loop", "completeness", 0.98, ("repetition",), looped),
    Kind("a sentence stands twice", "completeness", 0.98, ("repetition", "addition", "length"), said_twice),
)
