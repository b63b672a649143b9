"""One HTML file: walked and spliced like a chapter of a book."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from typing import BinaryIO

from translate.document import Document, Kind, Runs, Slot
from translate.formats.amend import direction
from translate.formats.edition import Edition, Targets
from translate.formats.figures import Told
from translate.formats.files import load
from translate.formats.hypertext import parse_html
from translate.formats.mirrors import follow
from translate.formats.pages import Shape, spliced
from translate.formats.parse import Malformed, Tree, parse
from translate.formats.rules import Dialect
from translate.formats.walk import Page, walk_tree


class Html:
    """An HTML or XHTML file opened for translating (see ``formats.Source``)."""

    format = "html"
    title = ""
    remarks: tuple[str, ...] = ()

    def __init__(self, source: str | os.PathLike[str] | bytes, *, name: str = "", language: str | None = None) -> None:
        """Open a file by path or bytes; ``language`` is its language where the user knows better than the file.

        Raises ``SourceError`` where it cannot be read, is no text or passes a limit.
        """
        self.name, self._data = load(source, name)
        self.sha256 = sha256(self._data).hexdigest()
        self._given = language
        root = self._tree.elements[0]
        self.language = next((tag.strip() for key in ("lang", "xml:lang") if (tag := root.attributes.get(key))), None)

    @cached_property
    def _tree(self) -> Tree:
        """XHTML by the rules of XML where it is well-formed, all else by those of HTML."""
        if self._data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
            try:
                return parse(self._data, self.name)
            except Malformed:
                pass
        return parse_html(self._data, self.name)

    @cached_property
    def _page(self) -> Page:
        return walk_tree(self._tree, data=self._data, document=self.name, dialect=Dialect.XHTML, language=self._given or self.language)

    def documents(self) -> Iterator[Document]:
        """The one document; a title that repeats the first heading follows it."""
        page, model = self._page, self._heading
        slots = tuple(replace(slot, mirrors=(self.name, model.address)) if model and self._repeats(slot, model) else slot for slot in page.slots)
        yield Document(self.name, "content", slots, page.skips, page.visible, page.remarks)

    @cached_property
    def _heading(self) -> Slot | None:
        return next((slot for slot in self._page.slots if slot.kind is Kind.HEADING), None)

    def _repeats(self, slot: Slot, model: Slot) -> bool:
        return slot.kind is Kind.TITLE and follow(slot.source, model.source, model.source) is not None

    def write(self, targets: Targets, *, edition: Edition, out: BinaryIO) -> tuple[str, ...]:
        """Write the file with these targets; language and direction are set on its ``html`` tag, where it has one, unless it is an echo."""
        page, wanted = self._page, self._targets(targets)
        if not edition.translated:
            out.write(page.splice(wanted))
            return ()
        shape = Shape(svg=False, modern=True, text=True, xml=page.data.lstrip().startswith(b"<?xml"))
        spoken = edition.source_language or self._given or self.language
        told = Told(edition, spoken)
        out.write(spliced(page, wanted, edition, source=spoken, shape=shape, told=told))
        tagless = f"{self.name} has no html tag, so it does not say that it is in {edition.language} ({direction(edition.language)})."
        return (*told.remarks(), *(() if page.root.qualified else (tagless,)))

    def _targets(self, targets: Targets) -> Mapping[str, Runs]:
        wanted = dict(targets(self.name))
        model = self._heading
        for slot in self._page.slots if model else ():
            if model and self._repeats(slot, model) and slot.address not in wanted and model.address in wanted:
                runs = follow(slot.source, model.source, wanted[model.address])
                if runs is not None:
                    wanted[slot.address] = runs
        return wanted


def looks_like(data: bytes) -> bool:
    """Whether the first bytes of a file are those of an HTML document."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html")) or (head.startswith(b"<?xml") and b"<html" in head)
