"""The account of a whole source: where every visible character of it goes.

Each belongs to exactly one of: a segment, an atom inside a segment, a mirror, or a skip with a named reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from translate.document import Document, Slot, markers, plain, visible
from translate.formats.edition import Source


@dataclass(frozen=True, slots=True)
class Count:
    """One document's account, in visible characters but for ``slots``, which counts the segments.

    ``visible`` is what the document shows. ``segments`` are words to translate, ``atoms`` what is kept inside of them, ``mirrors`` labels that follow a heading (their atoms too).
    ``skips`` holds (reason, characters), most first. ``remarks`` are the document's.
    """

    document: str
    kind: str
    slots: int
    visible: int
    segments: int
    atoms: int
    mirrors: int
    skips: tuple[tuple[str, int], ...]
    remarks: tuple[str, ...] = ()

    @property
    def skipped(self) -> int:
        """All characters in skips."""
        return sum(characters for _, characters in self.skips)

    @property
    def balance(self) -> int:
        """Visible characters that nobody accounts for; 0 where the account adds up, negative where something is counted twice."""
        return self.visible - self.segments - self.atoms - self.mirrors - self.skipped


@dataclass(frozen=True, slots=True)
class Inspection:
    """The account of a whole source, document by document."""

    name: str
    counts: tuple[Count, ...]

    @property
    def total(self) -> Count:
        """The sums over all documents."""
        skips: Counter[str] = Counter()
        for count in self.counts:
            skips.update(dict(count.skips))
        return Count(
            document=self.name,
            kind="work",
            slots=sum(count.slots for count in self.counts),
            visible=sum(count.visible for count in self.counts),
            segments=sum(count.segments for count in self.counts),
            atoms=sum(count.atoms for count in self.counts),
            mirrors=sum(count.mirrors for count in self.counts),
            skips=tuple(skips.most_common()),
        )

    @property
    def unbalanced(self) -> tuple[Count, ...]:
        """The documents whose account does not add up: a fault of ours, to be reported."""
        return tuple(count for count in self.counts if count.balance != 0)


def inspect(source: Source) -> Inspection:
    """The account of ``source``, from one walk through it."""
    return Inspection(source.name, tuple(count(document) for document in source.documents()))


def count(document: Document) -> Count:
    """The account of one document."""
    own = [slot for slot in document.slots if slot.mirrors is None]
    skips: Counter[str] = Counter()
    for skip in document.skips:
        skips[skip.reason] += visible(skip.text)
    return Count(
        document=document.name,
        kind=document.kind,
        slots=len(own),
        visible=document.visible,
        segments=sum(visible(plain(slot.source)) for slot in own),
        atoms=_atoms(own),
        mirrors=sum(visible(plain(slot.source, atoms=True)) for slot in document.slots if slot.mirrors is not None),
        skips=tuple(skips.most_common()),
        remarks=document.remarks,
    )


def _atoms(slots: Iterable[Slot]) -> int:
    return sum(visible(marker.shows) for slot in slots for marker in markers(slot.source) if marker.kind == "atom")
