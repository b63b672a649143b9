"""Inline elements that went over to another sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from translate import languages
from translate.checks.reading import ATOM, quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Marker, Runs


class Moved:
    """A note reference or an emphasis stands in another sentence than in the source.

    Told only where both sides have as many sentences.
    Blind to an element that moved inside its sentence, as it may have to.
    """

    name = "moved"
    structural = True

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding per element."""
        source, target = pair.segment.source, pair.draft.target
        if all(isinstance(run, str) for run in source):
            return
        ours, theirs = homes(source, facts), homes(target, facts)
        if ours[1] != theirs[1] or ours[1] < 2 or ours[0].keys() != theirs[0].keys():
            return
        for number, (home, words) in ours[0].items():
            there, _ = theirs[0][number]
            # One that stands at the border belongs to either side.
            if not home & there:
                message = f"What is marked {quoted(words)} (marker {number}) stands in sentence {max(there) + 1} of the translation and in sentence {min(home) + 1} of the source."
                yield Finding(self.name, "warning", message, source=words)


def homes(runs: Runs, facts: Facts) -> tuple[dict[int, tuple[frozenset[int], str]], int]:
    """For each marker that begins something, the sentence (or, between two, both) it stands in and its words; and how many sentences there are."""
    text = ""
    places: dict[int, tuple[int, str]] = {}
    for place, run in enumerate(runs):
        if isinstance(run, str):
            text += run
        elif run.kind != "close":
            places.setdefault(run.number, (len(text), _words(runs, place, run)))
            # One that is glued to a word is no word of its own, and hides no end of a sentence.
            text += ATOM if run.kind == "atom" and not text[-1:].strip() else ""
    ends = _ends(text, facts)
    out = {}
    for number, (offset, words) in places.items():
        before = len(text[:offset].rstrip())
        out[number] = (frozenset(min(bisect_right(ends, spot), len(ends) - 1) for spot in (max(before - 1, 0), offset)), words)
    return out, len(ends)


def _ends(text: str, facts: Facts) -> list[int]:
    """Where the sentences end; what holds no word is part of the sentence before."""
    ends: list[int] = []
    place = 0
    for piece in languages.sentences(text, facts.source, facts.target):
        place += len(piece)
        if ends and not any(map(str.isalpha, piece)):
            ends[-1] = place
        else:
            ends.append(place)
    return ends or [0]


def _words(runs: Runs, place: int, marker: Marker) -> str:
    """What the marker stands for, or the first words after it."""
    if marker.kind == "atom":
        return marker.shows or marker.name
    following = runs[place + 1] if place + 1 < len(runs) else ""
    return following if isinstance(following, str) else ""
