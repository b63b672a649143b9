"""Pairs the passages of a source and of a translation that somebody else made: first the documents, then what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from translate import aligner
from translate.aligner import By
from translate.document import Document, Draft, Kind, Marker, Runs, Segment, Slot, markers, normal, plain, visible
from translate.formats.rules import NOTE_REASON, NUMBER_REASON

How = Literal["pair", "merged", "split", "missing", "extra"]

Edges = Mapping[tuple[str, str], tuple[str, ...]]
"""The note references that stand before or behind a passage, which are no part of it, by its document and address."""

ENOUGH = 0.6
"""So much of the text must lie in documents of the same name; else the books are cut up differently, and are compared as a whole."""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A passage with what was found for it, or what was found without a passage.

    ``segment`` is of the source, but of the translation where ``how`` is "extra"; ``draft`` is None where ``how`` is "missing".
    ``how`` is "merged" where several passages of the source are one, and "split" where one is several. ``by`` says what paired them.
    """

    segment: Segment
    draft: Draft | None
    how: How = "pair"
    by: By = "address"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One document of the source (or of the translation alone, where it has no other side) with its passages in order."""

    name: str
    kind: Literal["content", "toc", "metadata"]
    counterparts: tuple[Counterpart, ...]


def pair(source: Sequence[Document], target: Sequence[Document], *, ratio: float | None = None, tags: tuple[str, str] = ("", "")) -> tuple[Chapter, ...]:
    """Every passage of both sides, once: labels that repeat a heading on both sides apart, and what one side keeps as it is and the other has as text.

    ``ratio`` is the usual length of the target by the source's, ``tags`` are their languages.
    """
    chapters: list[Chapter] = []
    for ours, theirs in _matched(source, target):
        left, right = _to_compare(ours, theirs), _to_compare(theirs, ours)
        edges = (_at_edges(ours), _at_edges(theirs))
        found = [_counterpart(link, left, right, edges) for link in aligner.align(left, right, ratio=ratio, tags=tags)]
        found += _figures(ours, theirs)
        kept = frozenset(_squeezed(skip.text) for document in (*ours, *theirs) for skip in document.skips)
        chapters += _by_document([one for one in found if not _kept_as_it_is(one, kept)], (*ours, *theirs))
    return tuple(chapters)


def _to_compare(documents: Sequence[Document], others: Sequence[Document]) -> list[Slot]:
    """The passages of one side, without labels that follow their heading on the other side too."""
    # Two files that are compared alone are one document, whatever they are called.
    alone = len(documents) == len(others) == 1
    following = {("" if alone else document.name, slot.address) for document in others for slot in document.slots if slot.mirrors is not None}
    names = {"" if alone else document.name for document in others}
    rows = [("" if alone else document.name, slot) for document in documents for slot in document.slots]
    return [slot for name, slot in rows if slot.mirrors is None or (name in names and (name, slot.address) not in following)]


def _at_edges(documents: Sequence[Document]) -> Edges:
    """The note references at the edges of the passages."""
    out: dict[tuple[str, str], tuple[str, ...]] = {}
    for document in documents:
        addresses = {slot.address for slot in document.slots}
        for skip in document.skips:
            above = skip.address.rpartition("/")[0] if skip.reason == NOTE_REASON else ""
            while above and above not in addresses:
                above = above.rpartition("/")[0]
            if above:
                out[skip.document, above] = (*out.get((skip.document, above), ()), skip.text)
    return out


def _with_notes(runs: Runs, slots: Sequence[Slot], other: Runs, edges: Edges) -> Runs:
    """The runs with the note references behind them that ``other`` has inside: a translation may put one at the end."""
    wanted = {marker.shows for marker in markers(other) if marker.name == "note"} - {marker.shows for marker in markers(runs) if marker.name == "note"}
    out = list(runs)
    for slot in slots:
        for shows in edges.get((slot.document, slot.address), ()):
            if shows in wanted:
                out.append(Marker("atom", 1 + max((marker.number for marker in out if isinstance(marker, Marker)), default=0), "note", shows))
    return normal(out)


def _figures(ours: Sequence[Document], theirs: Sequence[Document]) -> list[Counterpart]:
    """Cells and numbers that nobody translates and that differ in the two documents, where both have as many of them."""
    here, there = ([skip for document in documents for skip in document.skips if skip.reason == NUMBER_REASON] for documents in (ours, theirs))
    out: list[Counterpart] = []
    for one, other in zip(here, there, strict=True) if len(here) == len(there) else ():
        if any(map(str.isdigit, one.text)) and _squeezed(one.text) != _squeezed(other.text):
            segment = Segment(f"{one.document}:{one.address}", one.document, one.address, Kind.CELL, (one.text,))
            out.append(Counterpart(segment, Draft(segment.id, (other.text,))))
    return out


def _matched(source: Sequence[Document], target: Sequence[Document]) -> Iterator[tuple[tuple[Document, ...], tuple[Document, ...]]]:
    """Documents that belong together, in the order of the source; what finds no single one is compared as a whole."""
    names = {document.name: document for document in target if document.slots}
    pairs = {document.name: names[document.name] for document in source if document.name in names}
    contents = [document for document in source if document.kind == "content"]
    if _size(document for document in contents if document.name in pairs) < ENOUGH * _size(contents):
        pairs = {}
    for kind in ("metadata", "toc", "content"):
        ours = [document for document in source if document.kind == kind and document.name not in pairs and document.slots]
        theirs = [document for document in target if document.kind == kind and document.name not in {other.name for other in pairs.values()} and document.slots]
        if len(ours) == len(theirs) and (kind != "content" or len(ours) == 1):
            pairs |= {one.name: other for one, other in zip(ours, theirs, strict=True)}
            ours = theirs = []
        if ours or theirs:
            yield tuple(ours), tuple(theirs)
    for document in source:
        if document.name in pairs:
            yield (document,), (pairs[document.name],)


def _size(documents: Iterable[Document]) -> int:
    return sum(visible(plain(slot.source)) for document in documents for slot in document.slots)


def _counterpart(link: aligner.Link, source: Sequence[Slot], target: Sequence[Slot], edges: tuple[Edges, Edges]) -> Counterpart:
    ours, theirs = [source[at] for at in link.source], [target[at] for at in link.target]
    first = (ours or theirs)[0]
    whole = _joined([slot.source for slot in (ours or theirs)])
    # What only the translation has may have the address of something else in the source.
    segment = Segment(f"{'' if ours else '+'}{first.document}:{first.address}", first.document, first.address, first.kind, whole, first.trail)
    if not ours:
        return Counterpart(segment, Draft(segment.id, segment.source), "extra", link.by)
    if not theirs:
        return Counterpart(segment, None, "missing", link.by)
    answer = _joined([slot.source for slot in theirs])
    whole, answer = _with_notes(whole, ours, answer, edges[0]), _with_notes(answer, theirs, whole, edges[1])
    segment = replace(segment, source=whole)
    if len(ours) != len(theirs):  # what is a line there may be a paragraph here
        segment, answer = replace(segment, source=_unbroken(whole)), _unbroken(answer)
    draft = Draft(segment.id, numbered_like(segment.source, answer))
    how: How = "merged" if len(ours) > len(theirs) else "split" if len(theirs) > len(ours) else "pair"
    return Counterpart(segment, draft, how, link.by)


def _joined(many: Sequence[Runs]) -> Runs:
    """Several passages as one, with a space between them and their markers numbered anew."""
    out: list[str | Marker] = list(many[0])
    for runs in many[1:]:
        most = max((run.number for run in out if isinstance(run, Marker)), default=0)
        out += [" ", *(replace(run, number=run.number + most) if isinstance(run, Marker) else run for run in runs)]
    return normal(out)


def _unbroken(runs: Runs) -> Runs:
    """The runs with a space for each line break."""
    return normal(" " if isinstance(run, Marker) and run.name == "br" else run for run in runs)


def numbered_like(source: Runs, target: Runs) -> Runs:
    """``target``, whose markers were numbered by themselves, with the numbers that the same markers have in ``source``.

    The same are: atoms that show the same; then markers of the same name, in order; then of the same kind. What is left has numbers that the source has not.
    """
    theirs = [marker for marker in markers(target) if marker.kind != "close"]
    free = [marker for marker in markers(source) if marker.kind != "close"]
    most = max((marker.number for marker in free), default=0)
    numbers: dict[int, int] = {}
    for alike in (_shows_alike, _named_alike, _kind_alike):
        for marker in theirs:
            same = next((other for other in free if alike(marker, other)), None) if marker.number not in numbers else None
            if same is not None:
                numbers[marker.number] = same.number
                free.remove(same)
    for place, marker in enumerate(theirs, most + 1):
        numbers.setdefault(marker.number, place)
    return tuple(replace(run, number=numbers.get(run.number, run.number)) if isinstance(run, Marker) else run for run in target)


def _shows_alike(one: Marker, other: Marker) -> bool:
    return _named_alike(one, other) and one.shows == other.shows and bool(one.shows)


def _named_alike(one: Marker, other: Marker) -> bool:
    return one.kind == other.kind and one.name == other.name


def _kind_alike(one: Marker, other: Marker) -> bool:
    return one.kind == other.kind


def _kept_as_it_is(one: Counterpart, kept: frozenset[str]) -> bool:
    """Whether a passage without a counterpart stands on the other side too, as something that is no text to translate (code, a number)."""
    return one.how in ("missing", "extra") and _squeezed(plain(one.segment.source, atoms=True)) in kept


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def _by_document(found: Sequence[Counterpart], documents: Sequence[Document]) -> list[Chapter]:
    """The passages under their documents; an extra passage stands under that of the passage before it."""
    kinds = {document.name: document.kind for document in reversed(documents)}
    rows: dict[str, list[Counterpart]] = {}
    here = next((one.segment.document for one in found if one.how != "extra"), "")
    for one in found:
        here = one.segment.document if one.how != "extra" else here or one.segment.document
        rows.setdefault(here, []).append(one)
    return [Chapter(name, kinds[name], tuple(many)) for name, many in rows.items()]
