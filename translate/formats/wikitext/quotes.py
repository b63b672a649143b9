"""Which apostrophes of a line are italics and bold: the rules of MediaWiki 1.39's ``Parser::doQuotes``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

WIDTH = {"i": 2, "b": 3}


class Row(NamedTuple):
    """Two or more apostrophes side by side: where they begin, how many they are, and the text between the row before and this one."""

    start: int
    width: int
    before: str


class Turn(NamedTuple):
    """Apostrophes that open or close italics ("i") or bold ("b")."""

    start: int
    kind: Literal["open", "close"]
    letter: str


def turns(rows: Sequence[Row]) -> tuple[Turn, ...] | None:
    """What the rows of one line open and close; apostrophes that are no part of a turn are text.

    None where they do not come in pairs that nest: such a line's apostrophes can only be kept as they are.
    """
    widths = [_width(row) for row in rows]
    if sum(width in (2, 5) for width in widths) % 2 and sum(width in (3, 5) for width in widths) % 2:
        _narrow(rows, widths)
    out: list[Turn] = []
    state: list[str] = []
    pending: Row | None = None
    for row, width in zip(rows, widths, strict=True):
        at = row.start + row.width - width
        letters = [letter for letter in "ib" if width == WIDTH[letter]] or ["i", "b"]
        if pending is not None:
            # The order of five at the opening is told by what closes first.
            inner = letters[0] if len(letters) == 1 else "b"
            outer = "b" if inner == "i" else "i"
            out += [Turn(pending.start + pending.width - 5, "open", outer), Turn(pending.start + pending.width - WIDTH[inner], "open", inner)]
            state, pending = [outer, inner], None
        if not state and len(letters) == 2:
            pending = row
            continue
        for letter in sorted(letters, key=lambda one: -state.index(one) if one in state else 1):
            if letter in state:
                if state[-1] != letter:
                    return None
                state.pop()
                out.append(Turn(at, "close", letter))
            else:
                state.append(letter)
                out.append(Turn(at, "open", letter))
            at += WIDTH[letter]
    return None if state or pending else tuple(out)


def _width(row: Row) -> int:
    """How many apostrophes of a row count: four are one and bold, more than five are some and both."""
    return 3 if row.width == 4 else min(row.width, 5)


def _narrow(rows: Sequence[Row], widths: list[int]) -> None:
    """Italics and bold are both odd: one bold is taken for an apostrophe and italics, after a single letter, else a word, else a space."""
    word = space = None
    for number, (row, width) in enumerate(zip(rows, widths, strict=True)):
        if width != 3:
            continue
        text = row.before + "'" * (row.width - width)
        if text[-1:] == " ":
            space = number if space is None else space
        elif text[-2:-1] == " ":
            widths[number] = 2
            return
        elif word is None:
            word = number
    chosen = word if word is not None else space
    if chosen is not None:
        widths[chosen] = 2
