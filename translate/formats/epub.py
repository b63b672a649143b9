"""EPUB 2 and 3: a book is opened, walked document by document, and written again by splicing.

Only the words change, and what says in which language they are. Every entry that is not touched is copied packed, as it lies in the source;
an echo with nothing changed is the source's own file.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import BinaryIO, Literal
from urllib.parse import quote, unquote

from translate.document import Document, Kind, Runs, Slot
from translate.errors import SourceError
from translate.formats import amend, mirrors
from translate.formats.container import EPUB_TYPE, MIMETYPE, Container, Packer
from translate.formats.directory import DEFLATED, Entry
from translate.formats.edition import Edition, Targets
from translate.formats.figures import Told
from translate.formats.mirrors import Headings, follow, headings
from translate.formats.package import open_package
from translate.formats.pages import Shape, note_page, spliced
from translate.formats.walk import Dialect, Page, walk

Part = Literal["content", "toc", "metadata"]

KEPT_BYTES = 768_000
"""So many bytes of documents are kept walked, so that a book of usual size is walked once; a larger one costs time, not memory."""


class Epub:
    """An EPUB opened for translating (see ``formats.Source``). Holds the package and the headings, never a whole book."""

    format = "epub"

    def __init__(self, source: str | os.PathLike[str] | bytes, *, name: str = "", language: str | None = None) -> None:
        """Open a book by path or bytes; ``language`` is its language where the user knows better than the book.

        Raises ``SourceError`` where it is no sound EPUB, is locked, or passes a limit.
        """
        self._container = Container(source, name=name)
        self._pages: dict[str, Page] = {}
        self._package = open_package(self._container)
        self._language = language or self._declared()
        self.name = self._container.name
        self.sha256 = self._container.sha256
        self.title = self._package.title
        self.language = self._declared()
        self.remarks = (*self._package.remarks, *(f"'{name}' is damaged in the zip and is copied as it is." for name in self._container.damaged))

    def _declared(self) -> str | None:
        return next(iter(self._package.languages), None)

    @cached_property
    def _parts(self) -> Mapping[str, Part]:
        """Every document's name and part, in the order in which they are given."""
        package = self._package
        tocs = [name for name in (package.nav, package.ncx) if name]
        contents = (*package.spine, *package.others)
        return {package.name: "metadata", **dict.fromkeys(tocs, "toc"), **dict.fromkeys(contents, "content")}

    def _dialect(self, name: str) -> Dialect:
        if name == self._package.name:
            return Dialect.OPF
        if name == self._package.ncx:
            return Dialect.NCX
        item = self._package.item(name)
        return Dialect.SVG if item is not None and item.svg else Dialect.XHTML

    def _page(self, name: str) -> Page:
        """One document, walked. Raises ``SourceError`` where it is damaged or hostile."""
        data = self._container.read(name)
        page = self._pages.pop(name, None)
        if page is None or page.data != data:
            page = walk(data, document=name, dialect=self._dialect(name), language=self._language)
        self._pages[name] = page
        while len(self._pages) > 1 and sum(len(kept.data) for kept in self._pages.values()) > KEPT_BYTES:
            del self._pages[next(iter(self._pages))]
        return page

    def documents(self) -> Iterator[Document]:
        """Every document once, one at a time: the OPF, nav and NCX, the spine, then other content of the manifest.

        A damaged document has no slots and a remark that names it.
        """
        for name, part in self._parts.items():
            try:
                page = self._page(name)
            except SourceError as error:
                yield Document(name=name, kind=part, slots=(), remarks=(f"{name} cannot be translated and is copied as it is: {error}",))
                continue
            slots = tuple(slot if model is None else replace(slot, mirrors=(model.document, model.address)) for slot, model in self._modelled(page))
            yield Document(name=name, kind=part, slots=slots, skips=page.skips, visible=page.visible, remarks=page.remarks)

    def _modelled(self, page: Page) -> Iterator[tuple[Slot, Slot | None]]:
        """Each slot of the page with the slot that it repeats, or None."""
        for slot in page.slots:
            yield slot, next((other for other in self._models(page, slot) if _repeats(slot, other)), None)

    def _models(self, page: Page, slot: Slot) -> Iterator[Slot]:
        """What this slot may repeat, likeliest first; never a slot that repeats another."""
        goal = self._goal(page, slot)
        if slot.kind is Kind.TITLE and page.document == self._package.ncx:
            yield from self._titles
        elif slot.kind is Kind.TITLE and page.document in self._headings:
            yield from self._headings[page.document].slots[:1]
        elif goal is not None:
            name, fragment = goal
            if name in self._headings:
                yield from self._headings[name].at(fragment)
            if page.document == self._package.ncx and goal in self._labels:
                yield self._labels[goal]

    def _goal(self, page: Page, slot: Slot) -> tuple[str, str] | None:
        """Document and fragment that the slot links to, within the book."""
        href = page.references.get(slot.address)
        if href is None or "://" in href:
            return None
        name = self._container.find(href, base=page.document)
        return (name, unquote(href.partition("#")[2])) if name is not None else None

    @cached_property
    def _headings(self) -> Mapping[str, Headings]:
        """The headings of every document that can be read: one walk through the book, of which only the headings are kept."""
        found: dict[str, Headings] = {}
        for name in self._parts:
            if name not in (self._package.name, self._package.ncx) and (page := self._readable(name)) is not None:
                # A heading that is a link to another heading follows it and cannot be followed.
                own = tuple(slot for slot in page.slots if slot.address not in page.references)
                found[name] = headings(name, own, page.ids)
        return found

    @cached_property
    def _titles(self) -> tuple[Slot, ...]:
        """The first slot of the metadata that says the book's title."""
        page = self._readable(self._package.name)
        slots = page.slots if page is not None else ()
        return tuple(slot for slot in slots if mirrors.words(slot.source) == self.title)[:1]

    @cached_property
    def _labels(self) -> Mapping[tuple[str, str], Slot]:
        """The nav's own labels by what they link to: those that repeat no heading."""
        page = self._readable(self._package.nav) if self._package.nav else None
        found: dict[tuple[str, str], Slot] = {}
        for slot, model in self._modelled(page) if page is not None else ():
            goal = self._goal(page, slot) if page is not None and model is None else None
            if goal is not None:
                found.setdefault(goal, slot)
        return found

    def _readable(self, name: str) -> Page | None:
        try:
            return self._page(name)
        except SourceError:
            return None

    def write(self, targets: Targets, *, edition: Edition, out: BinaryIO) -> tuple[str, ...]:
        """Build the book with these targets into ``out``; return sentences for the report.

        An echo changes the documents whose targets differ from their source and nothing else; with none of them, the file is the source's.
        A translation also sets language, direction, identifier and metadata, and puts ``mimetype`` first and stored. A document without targets is copied.
        Raises ``SourceError`` where the source has changed on disk, ``OSError`` where ``out`` does not take it.
        """
        known = _Last(targets)
        if not edition.translated:
            self._echo(known, out)
            return ()
        return self._translation(known, edition, out)

    def part(self, name: str, wanted: Mapping[str, Runs], *, edition: Edition) -> bytes:
        """One entry as the built book has it; no other document is walked for it. ``wanted`` are all targets of the document, those of its mirrors too.

        The translation note, which no source has, is no part. Raises ``SourceError`` where there is no such entry, or it is damaged.
        """
        data = None
        if name in self._parts:
            page = self._readable(name)
            if edition.translated:
                note = self._note_name() if edition.note else None
                identifier = amend.identifier(self._package, edition, sha256=self.sha256)
                data = self._spliced(name, page, wanted, edition, identifier=identifier, note=note, told=self._told(edition))
            elif page is not None:
                data = page.splice(wanted)
        return data if data is not None else self._container.read(name)

    def _targets(self, page: Page, targets: Targets) -> Mapping[str, Runs]:
        """Every target of a page: those given, and those that follow from the slot they repeat."""
        wanted = dict(targets(page.document))
        for slot, model in self._modelled(page):
            if model is None or slot.address in wanted:
                continue
            target = targets(model.document).get(model.address)
            runs = follow(slot.source, model.source, target) if target not in (None, model.source) else None
            if runs is not None:
                wanted[slot.address] = runs
        return wanted

    def _echo(self, targets: Targets, out: BinaryIO) -> None:
        # Only names are kept between the two looks, so that memory stays flat.
        changed = {name for name in self._parts if self._echoed(name, targets) is not None}
        if not changed:
            self._container.copy(out)
            return
        packer = Packer(out)
        for entry in self._container.entries:
            _put(packer, self._container, entry, self._echoed(entry.name, targets) if entry.name in changed else None)
        packer.close()

    def _echoed(self, name: str, targets: Targets) -> bytes | None:
        """The document with its targets, or None where that changes nothing."""
        page = self._readable(name)
        if page is None:
            return None
        data = page.splice(self._targets(page, targets))
        return data if data != page.data else None

    def _translation(self, targets: Targets, edition: Edition, out: BinaryIO) -> tuple[str, ...]:
        packer = Packer(out)
        package = self._package
        like = self._container.entry(MIMETYPE if MIMETYPE in self._container else package.name)
        packer.add(MIMETYPE, EPUB_TYPE, like=like)
        note = self._note_name() if edition.note else None
        identifier = amend.identifier(package, edition, sha256=self.sha256)
        told = self._told(edition)
        for entry in self._container.entries:
            if entry.name != MIMETYPE:
                data = self._rebuilt(entry.name, targets, edition, identifier=identifier, note=note, told=told) if entry.name in self._parts else None
                _put(packer, self._container, entry, data)
        if note is not None:
            packer.add(note, note_page(edition, modern=package.modern), like=self._container.entry(package.name), method=DEFLATED)
        packer.close()
        return (*self._said(identifier), *told.remarks())

    def _rebuilt(self, name: str, targets: Targets, edition: Edition, *, identifier: str, note: str | None, told: Told) -> bytes | None:
        page = self._readable(name)
        return self._spliced(name, page, self._targets(page, targets) if page is not None else {}, edition, identifier=identifier, note=note, told=told)

    def _spliced(self, name: str, page: Page | None, wanted: Mapping[str, Runs], edition: Edition, *, identifier: str, note: str | None, told: Told) -> bytes | None:
        """The document of the edition, or None where it stays as it is."""
        package = self._package
        if name == package.name:
            data = page.splice(wanted) if page is not None else self._container.read(name)
            href = None if note is None else quote(posixpath.relpath(note, posixpath.dirname(name) or "."))
            return amend.amend_package(data, package, edition, new_id=identifier, note=href)
        if page is None:
            # documents() has named it; the rest of the book does not wait for it.
            return None
        if name == package.ncx:
            return amend.amend_ncx(page.splice(wanted), edition, new_id=identifier, old_id=package.identifier, label=name, translated=bool(wanted))
        shape = Shape(svg=self._dialect(name) is Dialect.SVG, modern=package.modern, text=self._parts[name] == "content")
        return spliced(page, wanted, edition, source=edition.source_language or self._language, shape=shape, told=told) if wanted else None

    def _told(self, edition: Edition) -> Told:
        return Told(edition, edition.source_language or self._language)

    def _note_name(self) -> str:
        folder = posixpath.dirname(self._package.name)
        names = (posixpath.join(folder, f"translation-note{number or ''}.xhtml") for number in range(len(self._container.entries) + 1))
        return next(name for name in names if name not in self._container)

    def _said(self, identifier: str) -> Iterator[str]:
        if self._package.keyed:
            yield f"Fonts are obfuscated with the book's identifier, so it stays ({identifier}): some libraries take the translation for the source."


def _repeats(label: Slot, other: Slot) -> bool:
    same = (label.document, label.address) == (other.document, other.address)
    return not same and follow(label.source, other.source, other.source) is not None


def _put(packer: Packer, container: Container, entry: Entry, data: bytes | None) -> None:
    if data is None:
        packer.copy(container, entry)
    else:
        packer.replace(entry, data)


class _Last:
    """Targets that remember the last two documents asked for: neighbouring labels lead to the same chapter."""

    def __init__(self, targets: Targets) -> None:
        self._targets = targets
        self._known: dict[str, Mapping[str, Runs]] = {}

    def __call__(self, document: str) -> Mapping[str, Runs]:
        if document not in self._known:
            kept = tuple(self._known.items())[-1:]
            self._known = {**dict(kept), document: self._targets(document)}
        return self._known[document]
