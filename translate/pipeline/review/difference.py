"""What was changed between two wordings, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

WORD = re.compile(r"\w+|\s+|[^\w\s]")
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
