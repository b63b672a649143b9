"""What the proofreader is given and gives: passages of a whole work, and where they deviate from the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from translate.checks import Facts
from translate.document import Draft, Finding, Segment


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment with what stands for it, and where it stands ("approved" is a person's word, which settles what it shows)."""

    segment: Segment
    draft: Draft
    status: str = "accepted"

    @property
    def approved(self) -> bool:
        """Whether a person has the last word on it."""
        return self.status == "approved"


@dataclass(frozen=True, slots=True)
class Deviation:
    """A segment that departs from what the work has settled on, and what is found there.

    ``like`` is the segment whose wording it should have, where its source is the same. ``settled`` is the form that the work has settled on.
    """

    segment: str
    finding: Finding
    settled: str = ""
    like: str = ""


class Reading(Protocol):
    """Reads a work once, passage by passage, then says what deviates; keeps of each passage only what it needs for that.

    ``name`` is the finding's ``check`` and the name of the file. Messages hold no counts, so that they are the same after an unrelated change.
    The first line of the docstring is shown to reviewers, the rest says what the reading cannot see.
    """

    name: str

    def __init__(self, facts: Facts) -> None: ...

    def see(self, passage: Passage) -> None:
        """Take note of one passage; they come in reading order."""

    def deviations(self) -> Iterator[Deviation]:
        """What deviates, in reading order."""
