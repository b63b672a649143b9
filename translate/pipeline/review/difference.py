"""What was changed between two wordings, word by word."""

from __future__ import annotations

import re
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


def changes(before: str, after: str) -> tuple[Change, ...]:
    """The two wordings as one row of pieces, in order; a space alone between two changes goes with them."""
    from rapidfuzz.distance import Indel

    one, other = WORD.findall(before), WORD.findall(after)
    if len(one) > LONGEST or len(other) > LONGEST:
        return tuple(change for change in (Change("dropped", before), Change("added", after)) if change.text)
    out: list[Change] = []
    for step in Indel.opcodes(one, other):
        if step.tag == "equal":
            _put(out, "same", "".join(one[step.src_start : step.src_end]))
        elif step.tag == "delete":
            _put(out, "dropped", "".join(one[step.src_start : step.src_end]))
        else:
            _put(out, "added", "".join(other[step.dest_start : step.dest_end]))
    return tuple(out)


def _put(out: list[Change], kind: Literal["same", "dropped", "added"], text: str) -> None:
    """Add a piece; of what was changed in one place, the earlier words come first."""
    if not text:
        return
    later = [out.pop()] if kind == "dropped" and out and out[-1].kind == "added" else []
    if out and out[-1].kind == kind:
        out[-1] = Change(kind, out[-1].text + text)
    else:
        out.append(Change(kind, text))
    out += later
