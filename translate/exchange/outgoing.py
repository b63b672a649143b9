"""What goes out to another tool and comes back: a segment with its state, its notes, and a key that tells whether either side has changed it since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from translate.document import Kind, Runs, normal
from translate.exchange.markup import legible
from translate.exchange.remarks import Remark

State = Literal["pending", "machine", "flagged", "approved"]
"""Not translated; by a machine and accepted by every check; needing work; approved by a person."""

Says = Literal["", "approved", "work"]
"""What the other tool's state says of a text: nothing, that a person stands for it, that it needs work."""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence for the translator. ``about`` is "finding", "term", "place", or "comment" for a person's remark; ``grave`` for a finding that is an error."""

    about: Literal["finding", "term", "place", "comment"]
    text: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One segment as it goes out; ``target`` is empty while there is none. ``key`` is ``key_of`` both texts."""

    id: str
    document: str
    kind: Kind
    state: State
    source: Runs
    target: Runs
    key: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Errand:
    """All that goes out: the title, both languages as tags, and the segments in reading order (read once, so that memory stays flat)."""

    title: str
    source_language: str
    target_language: str
    segments: Iterable[Outgoing]


@dataclass(frozen=True, slots=True)
class Returned:
    """One segment as it comes back from ``line`` of a file: its wording as runs, or as text with handles for its markers; None where it has none.

    ``key`` is that of the export, "" where the other tool has dropped it. ``who`` wrote it, where the file says so. ``remarks`` are what people said of it there.
    """

    id: str
    target: Runs | str | None
    key: str = ""
    says: Says = ""
    who: str = ""
    line: int = 0
    remarks: tuple[Remark, ...] = ()


_EDGE = "\ufdd0"
"""No sign at all, by Unicode: keeps the white space beside a marker while a text is folded."""


def mark_of(runs: Runs) -> str:
    """A short hash of a text as other tools keep it: white space is one space and none at the edges, markers are kind and number."""
    parts = []
    for run in normal(runs):
        parts.append(" ".join(f"{_EDGE}{legible(run)}{_EDGE}".split()) if isinstance(run, str) else f"\x1f{run.kind} {run.number}\x1f")
    text = "".join(parts).replace(_EDGE, "").strip()
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def key_of(source: Runs, target: Runs) -> str:
    """The key of a segment as it goes out: the hashes of both texts."""
    return f"{mark_of(source)}-{mark_of(target)}"
