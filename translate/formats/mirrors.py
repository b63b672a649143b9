"""Which labels follow which headings, and what a label becomes when its heading is translated.

A TOC label repeats a heading when their words are the same, white space apart; the heading may have a section number before them, a permalink sign behind them, or a note reference in them that the label leaves out; or the label has the number and the heading's words have not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from translate.document import Kind, Marker, Runs, Slot, markers, normal, plain

NUMBER = re.compile(r"^\s*(?:\d+(?:\.\d+)*\.?|[IVXLC]+\.|§\s*\d+)\s+")
"""A section number before a heading: "6.", "6.1", "IV.", "§ 3"."""
PERMALINKS = "¶\uf0c1🔗"
"""What Sphinx and its kin put behind a heading to link to it."""


@dataclass(frozen=True, slots=True)
class Headings:
    """What one document offers to be mirrored: its headings, its first slot of text, and which ids stand at a heading."""

    document: str
    slots: tuple[Slot, ...]
    ids: Mapping[str, str]

    def at(self, fragment: str) -> Iterator[Slot]:
        """The headings that a link to ``fragment`` may mean, likeliest first; without a fragment all of them in order."""
        address = self.ids.get(fragment) if fragment else None
        if address is not None:
            yield from (slot for slot in self.slots if slot.address == address)
        elif not fragment:
            yield from self.slots


def headings(document: str, slots: tuple[Slot, ...], ids: Mapping[str, str]) -> Headings:
    """The headings of a walked document."""
    kept = tuple(slot for slot in slots if slot.kind is Kind.HEADING)
    addresses = {slot.address for slot in kept}
    return Headings(document, kept, {name: address for name, address in ids.items() if address in addresses})


def follow(label: Runs, source: Runs, target: Runs) -> Runs | None:
    """What ``label`` becomes when the heading ``source`` has become ``target``, or None where the label does not repeat the heading.

    The label keeps its own markers: those round its words stay there, those among them must be the heading's own.
    """
    wanted = words(label)
    before, inner, after = _round(label)
    if not wanted:
        return None
    if any(isinstance(run, Marker) for run in inner) or wanted != _tidy(plain(label)):
        pairs = _paired(label, source) if wanted == words(source) else None
        return None if pairs is None else normal(pairs.get((run.kind, run.number), run) if isinstance(run, Marker) else run for run in target)
    built = _built(source, target)
    number = NUMBER.match(wanted)
    for own, rest in (("", wanted), (number[0], wanted[number.end() :])) if number else (("", wanted),):
        shape = next((shape for shape in _shapes() if _shaped(source, shape) == rest), None)
        if shape is not None:
            return normal((*before, own + _shaped(built, shape), *after))
    return None


def _built(source: Runs, target: Runs) -> Runs:
    """The runs of a heading with its atoms as it is built with them: each once, what the translation lost at the end (see ``render``)."""
    left = {marker.number: marker for marker in markers(source) if marker.kind == "atom"}
    out = [run for run in target if isinstance(run, str) or run.kind != "atom" or left.pop(run.number, None) is not None]
    for marker in left.values():
        out += [" ", marker] if marker.shows and marker.name != "note" else [marker]
    return tuple(out)


def words(runs: Runs) -> str:
    """The words of a slot as they are compared: atoms in their place, white space as one space."""
    return _shaped(runs, Shape(notes=True, number=True))


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a heading its label keeps: note references and pictures, the section number."""

    notes: bool
    number: bool


def _shapes() -> Iterator[Shape]:
    return (Shape(notes, number) for number in (True, False) for notes in (True, False))


def _shaped(runs: Runs, shape: Shape) -> str:
    pieces = (run if isinstance(run, str) else _shown(run, shape) for run in runs)
    text = _tidy("".join(pieces)).rstrip(PERMALINKS).rstrip()
    return text if shape.number else NUMBER.sub("", text, count=1)


def _shown(marker: Marker, shape: Shape) -> str:
    if marker.kind != "atom":
        return ""
    if marker.name == "br":
        return " "
    return marker.shows if shape.notes or marker.name not in ("note", "img", "a", "sup") else ""


def _tidy(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())


def _round(runs: Runs) -> tuple[Runs, Runs, Runs]:
    """The markers before the words, the words with what is among them, the markers behind them."""
    first = next((at for at, run in enumerate(runs) if isinstance(run, str) and run.strip()), len(runs))
    last = next((at for at in range(len(runs) - 1, -1, -1) if isinstance(runs[at], str) and str(runs[at]).strip()), first - 1)
    return markers(runs[:first]), runs[first : last + 1], markers(runs[last + 1 :])


def _paired(label: Runs, heading: Runs) -> dict[tuple[str, int], Marker] | None:
    """The label's marker for each of the heading's, or None where they are not alike."""
    ours, theirs = markers(label), markers(heading)
    if [(m.kind, m.name) for m in ours] != [(m.kind, m.name) for m in theirs]:
        return None
    return {(their.kind, their.number): our for our, their in zip(ours, theirs, strict=True)}
