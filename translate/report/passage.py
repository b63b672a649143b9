"""The text of a passage as the page shows it: in pieces, the doubtful words marked, what would deceive the eye made visible.

The pieces are plain text; the template escapes them, so text can never become markup. Controls that turn the direction of writing are shown by name:
a text that holds them could show a reader other words than it has (Unicode Technical Report 36).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from translate.document import Marker, Runs, plain

Span = tuple[int, int]
EXCERPT = 600
"""A passage longer than this is shown round its doubtful words only."""
AROUND = 240
"""So many characters are shown on each side of them then."""
TURNING = re.compile("([\u202a-\u202e\u2066-\u2069])")
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
LOOKS = {"em": "em", "i": "em", "cite": "em", "dfn": "em", "strong": "strong", "b": "strong", "a": "link", "sup": "sup", "sub": "sub"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters that look alike: marked or not, in which inline elements, and whether they are text, an atom, a control's name or a cut."""

    text: str
    marked: bool = False
    looks: tuple[str, ...] = ()
    role: Literal["text", "atom", "control", "cut"] = "text"


def pieces(runs: Runs, span: Span | None = None) -> tuple[Piece, ...]:
    """A passage in pieces, in order, with ``span`` (a place in ``plain(runs)``) marked; a long one is cut around it, and says so."""
    length = len(plain(runs))
    span = (max(0, span[0]), min(length, span[1])) if span else None
    shown = window(length, span)
    found = list(visible_controls(split(runs, span, shown)))
    if shown[0] > 0:
        found.insert(0, Piece("…", role="cut"))
    if shown[1] < length:
        found.append(Piece("…", role="cut"))
    return tuple(found)


def window(length: int, span: Span | None) -> Span:
    """Which part of a text of this length is shown."""
    if length <= EXCERPT:
        return (0, length)
    middle = (span[0], min(span[1], span[0] + EXCERPT)) if span else (0, EXCERPT - AROUND)
    return (max(0, middle[0] - AROUND), min(length, middle[1] + AROUND))


def split(runs: Runs, span: Span | None, shown: Span) -> Iterator[Piece]:
    """The runs cut at the edges of the span and of what is shown, each piece with the elements it stands in."""
    looks: list[str] = []
    at = 0
    for run in runs:
        if isinstance(run, str):
            yield from cut(run, at, span, shown, tuple(dict.fromkeys(looks)))
            at += len(run)
        elif run.kind == "atom" and shown[0] <= at <= shown[1]:
            yield Piece(clean(run.shows) or f"[{run.name or run.number}]", role="atom")
        elif run.kind != "atom":
            turn(looks, run)


def turn(looks: list[str], marker: Marker) -> None:
    """Enter or leave an inline element; a close that nothing opened is passed over."""
    look = LOOKS.get(marker.name)
    if look and marker.kind == "open":
        looks.append(look)
    elif look in looks:
        looks.remove(look)


def cut(text: str, at: int, span: Span | None, shown: Span, looks: tuple[str, ...]) -> Iterator[Piece]:
    """The shown part of one run that starts at ``at``, in up to three pieces: before, in and after the span."""
    edges = sorted({*shown, *(span or ()), at, at + len(text)})
    for start, end in pairwise(edges):
        if max(at, shown[0]) <= start and end <= min(at + len(text), shown[1]):
            marked = span is not None and span[0] <= start and end <= span[1]
            yield Piece(text[start - at : end - at], marked, looks)


def visible_controls(found: Iterator[Piece]) -> Iterator[Piece]:
    """The same pieces with each control that turns the direction in a piece of its own, under its name."""
    for piece in found:
        if piece.role != "text":
            yield piece
            continue
        for part in filter(None, TURNING.split(piece.text)):
            if TURNING.fullmatch(part):
                yield replace(piece, text=unicodedata.name(part).lower(), role="control")
            else:
                yield replace(piece, text=UNSEEN.sub("\ufffd", part))


def clean(text: str) -> str:
    """A line of text without characters that are unseen or turn the direction of writing: each becomes U+FFFD."""
    return UNSEEN.sub("\ufffd", TURNING.sub("\ufffd", text))


def place_of(words: str, runs: Runs) -> Span | None:
    """Where these words first stand in a passage, or None."""
    start = plain(runs).find(words) if words else -1
    return None if start < 0 else (start, start + len(words))
