"""Lists the passages that a work quotes from others, each with its reference: their published translation may be put in the place of ours."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from posixpath import dirname, join, normpath

from translate.document import Kind, Marker, plain
from translate.formats.apparatus import Apparatus
from translate.pipeline.works import Folder
from translate.store import Pair, Store

WORDS = 8
"""A quotation has at least so many words; shorter ones are mostly names, irony or speech."""
NEAR = 120
"""So many characters after a quotation may its reference stand."""

_QUOTED = re.compile(r"“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|»[^«»]+«|「[^「」]+」|(?<!\w)\"[^\"]+\"(?!\w)|(?<!\w)‘[^‘]+’(?!\w)")
_BRACKETED = re.compile(r"[(\[][^()\[\]]*(?:\d{4}|\bpp?\.|\bS\.|\bibid|\bebd|\bch\.|\bvol\.|§)[^()\[\]]*[)\]]", re.IGNORECASE)
_ATTRIBUTED = re.compile(r"[—–]\s*(?P<who>[^—–.]{4,80})\.?\s*$")
_REFERENCE = re.compile(r"[\[(]?(?:\d{1,4}|[a-z]|[*†‡§]+)[\])]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that a segment quotes: ``words`` as they stand, where, and the ``reference`` with which the source names their place ("" where it names none).

    ``set_off`` where it is a block of its own; ``present`` is the segment's translation as it stands, "" while there is none.
    """

    segment: str
    document: str
    words: str
    count: int
    reference: str
    set_off: bool
    present: str


def of(folder: Folder, *, least: int = WORDS) -> tuple[Quotation, ...]:
    """The quotations of a work in reading order: all that are set off, and within a passage those with at least ``least`` words. Raises ``StoreError`` for the store."""
    with Store.open(folder.store, readonly=True) as store:
        page = _pages(store.source())
        return tuple(one for pair in store.pairs() for one in _of_pair(pair, page) if one.set_off or one.count >= least)


def _pages(source: bytes) -> Callable[[str], Apparatus | None]:
    """Gives the page of a document's name; None for what is no page."""
    book = zipfile.ZipFile(BytesIO(source)) if source[:2] == b"PK" else None

    @lru_cache(maxsize=8)
    def page(name: str) -> Apparatus | None:
        if not name.lower().endswith((".xhtml", ".html", ".htm", ".xml")):
            return None
        if book is None:
            return Apparatus(source)
        if name not in book.namelist():
            return None
        return Apparatus(book.read(name), lambda other: page(normpath(join(dirname(name), other))))

    return page


def _of_pair(pair: Pair, page: Callable[[str], Apparatus | None]) -> Iterator[Quotation]:
    segment = pair.segment
    if segment.kind not in (Kind.PARAGRAPH, Kind.ITEM, Kind.VERSE, Kind.CELL, Kind.NOTE):
        return
    here = page(segment.document)
    present = pair.draft.text if pair.draft is not None and pair.status != "pending" else ""
    text = plain(segment.source)
    block = here.block(segment.address) if here is not None else None
    if block is not None:
        if not block.is_reference:
            yield Quotation(segment.id, segment.document, text.strip(), len(text.split()), block.reference or _reference(pair, here, 0, len(text)), True, present)
        return
    for found in _QUOTED.finditer(text):
        words = found[0][1:-1].strip()
        yield Quotation(segment.id, segment.document, words, len(words.split()), _reference(pair, here, *found.span()), False, present)


def _reference(pair: Pair, here: Apparatus | None, start: int, stop: int) -> str:
    """What the source says of where the words are from: the note just behind them, else a bracket or a name behind them, else a bracket just before, else a title in the same passage."""
    text = plain(pair.segment.source)
    notes = here.notes(pair.segment.address) if here is not None else {}
    for place, marker in _references(pair):
        if stop - 2 <= place <= stop + NEAR:
            return notes.get(marker) or next((text for shown, text in notes.items() if shown.strip("[]()") == marker.strip("[]()")), "") or f"note {marker}"
    after = _BRACKETED.search(text[max(start, stop - NEAR) if stop == len(text) and start == 0 else stop :][: 2 * NEAR])
    if after is not None and after.start() <= NEAR:
        return after[0].strip("()[]")
    attributed = _ATTRIBUTED.search(text)
    if attributed is not None and stop <= attributed.start() + 2:
        return attributed["who"].strip()
    before = _BRACKETED.search(text[max(0, start - NEAR) : start])
    return before[0].strip("()[]") if before is not None else _named(pair, start)


def _named(pair: Pair, start: int) -> str:
    """The title of a work that stands last before the words, in the same passage."""
    place, titles, source = 0, [""], pair.segment.source
    for number, run in enumerate(source):
        if isinstance(run, str):
            place += len(run)
        elif run.name == "cite" and run.kind != "close" and place < start:
            inner = source[number + 1] if run.kind == "open" and number + 1 < len(source) else run.shows
            titles.append(inner if isinstance(inner, str) else "")
    return titles[-1]


def _references(pair: Pair) -> Iterator[tuple[int, str]]:
    """The note references of a passage: where each stands in its words, and what it shows; also a short link round its own number."""
    place, source = 0, pair.segment.source
    for number, run in enumerate(source):
        if isinstance(run, str):
            place += len(run)
        elif run.kind == "atom" and _REFERENCE.fullmatch(run.shows.strip()):
            yield place, run.shows.strip()
        elif run.kind == "open" and run.name in ("a", "sup"):
            inner = source[number + 1] if number + 1 < len(source) else ""
            if isinstance(inner, str) and not isinstance(inner, Marker) and _REFERENCE.fullmatch(inner.strip()):
                yield place, inner.strip()
