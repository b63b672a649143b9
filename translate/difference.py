"""What was changed between two wordings, word by word: what is shown to people, and what is learnt from a correction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

SIGNS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts that put no space between words: there a sign is compared by itself."""
JOINED = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d\u3099\u309a"
"""Marks and joiners that belong to the letter before them."""
WORD = re.compile(rf"[{SIGNS}][{JOINED}]*|(?:(?![{SIGNS}])\w[{JOINED}]*)+|\s+|[^\w\s]")
LONGEST = 4000
"""Wordings of more pieces are shown as a whole: comparing them would take longer than reading."""


@dataclass(frozen=True, slots=True)
class Change:
    """Some words that are the same in both wordings, only in the earlier one (dropped), or only in the later one (added)."""

    kind: Literal["same", "dropped", "added"]
    text: str


def blocks(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The places at which two sequences differ, in order and none beside another: from and to in the one, from and to in the other; either may be empty."""
    from rapidfuzz.distance import Indel

    open_: tuple[int, int, int, int] | None = None
    for step in Indel.opcodes(one, other):
        if step.tag == "equal":
            if open_ is not None:
                yield open_
            open_ = None
        else:
            start = open_ or (step.src_start, 0, step.dest_start, 0)
            open_ = (start[0], step.src_end, start[2], step.dest_end)
    if open_ is not None:
        yield open_


def changes(before: str, after: str) -> tuple[Change, ...]:
    """The two wordings as one row of pieces, in order; of what was changed in one place, the earlier words come first."""
    one, other = WORD.findall(before), WORD.findall(after)
    if len(one) > LONGEST or len(other) > LONGEST:
        return tuple(change for change in (Change("dropped", before), Change("added", after)) if change.text)
    out: list[Change] = []
    done = 0
    for a, b, c, d in blocks(one, other):
        out += (Change("same", "".join(one[done:a])), Change("dropped", "".join(one[a:b])), Change("added", "".join(other[c:d])))
        done = b
    return tuple(change for change in (*out, Change("same", "".join(one[done:]))) if change.text)
