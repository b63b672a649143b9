"""The order of notes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from translate.checks import Facts
from translate.document import Finding, Runs, markers
from translate.proofreader.seam import Deviation, Passage


class Notes:
    """Notes that follow one another in the source are out of order in the translation, so that note 5 comes before note 4.

    Blind to notes that are links without a number.
    """

    name = "notes"

    def __init__(self, facts: Facts) -> None:
        self._found: list[tuple[str, int, int]] = []

    def see(self, passage: Passage) -> None:
        """Compare the order of the notes of a passage."""
        source, target = _numbers(passage.segment.source), _numbers(passage.draft.target)
        if source == sorted(source) and target != sorted(target) and not passage.approved:
            first, second = next((one, other) for one, other in pairwise(target) if one > other)
            self._found.append((passage.segment.id, first, second))

    def deviations(self) -> Iterator[Deviation]:
        """The passages whose notes are out of order."""
        for segment, first, second in self._found:
            message = f"Note {first} comes before note {second} in the translation: let the words they belong to stand in the order of the notes."
            yield Deviation(segment, Finding(self.name, "warning", message))


def _numbers(runs: Runs) -> list[int]:
    """The numbers of the notes, as they follow one another."""
    shown = [marker.shows.strip(" []()*.") for marker in markers(runs) if marker.kind == "atom" and marker.name == "note"]
    return [int(text) for text in shown if text.isdigit() and len(text) < 5]
