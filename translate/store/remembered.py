"""The values of the translation memory: what is remembered, and of which work."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from translate.document import Kind, Runs
from translate.store import hashes


class Trust(IntEnum):
    """How far a remembered translation is trusted: a machine's that passed every check, one that a person went over, one that a person approved."""

    MACHINE = 1
    EDITED = 2
    APPROVED = 3


@dataclass(frozen=True, slots=True)
class Origin:
    """The work that a translation is remembered from. ``identity`` tells works apart that have the same ``name``; ``series`` may be empty."""

    identity: str
    name: str
    title: str
    source_language: str
    target_language: str
    series: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The passages before and after in the same document, as numbers (``neighbour``); 0 where there is none."""

    before: int = 0
    after: int = 0


UNKNOWN = Surroundings(-1, -1)
"""The neighbours of a passage from a file that does not tell them: those of no passage."""


@dataclass(frozen=True, slots=True)
class Memory:
    """A passage with its translation, as it is remembered.

    ``language`` is the target's tag; ``segment`` the passage's id in its work; ``model`` is empty where a person wrote it; ``who`` approved or edited it.
    ``pieces`` are the numbers under which near texts find it. ``source_language`` is empty where it is that of the work.
    ``more`` is what another tool said of it, as whoever remembers it writes that down.
    """

    segment: str
    source: Runs
    target: Runs
    language: str
    trust: Trust
    kind: Kind = Kind.PARAGRAPH
    model: str = ""
    around: Surroundings = UNKNOWN
    at: str = ""
    who: str = ""
    pieces: tuple[int, ...] = ()
    source_language: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A memory with the work it is from."""

    memory: Memory
    origin: Origin


@dataclass(frozen=True, slots=True)
class Share:
    """What the memory holds of one work: how many translations, and how many of them a person approved or edited."""

    origin: Origin
    entries: int
    people: int


def exact(runs: Runs) -> int:
    """The number of a text with its markers, as they are compared (kind and number)."""
    return hashes.number(hashes.exact(runs))


def neighbour(runs: Runs) -> int:
    """The number of a text as a neighbour: its markup may have changed."""
    return hashes.number(hashes.masked(runs)) or 1
