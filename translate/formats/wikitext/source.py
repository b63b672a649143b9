"""A file of wikitext opened for translating (see ``formats.Source``)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from translate.document import Document, Finding, Runs
from translate.formats.edition import Edition, Targets
from translate.formats.figures import Told
from translate.formats.files import load
from translate.formats.prose import decode, spoken
from translate.formats.wikitext import defaults, fingerprint, localise, punctuation
from translate.formats.wikitext.fingerprint import Signs
from translate.formats.wikitext.names import names
from translate.formats.wikitext.page import Page, walk
from translate.formats.wikitext.spell import Patch
from translate.sites import Sister, Site


class Wikitext:
    """One page of a wiki, from a file."""

    format = "wikitext"

    def __init__(
        self,
        source: str | os.PathLike[str] | bytes,
        *,
        name: str = "",
        language: str | None = None,
        site: Site = defaults.ENGLISH,
        sister: Sister | None = None,
    ) -> None:
        """Open a page by path or bytes. ``site`` is the wiki it is from, ``sister`` the one it goes to, for which it is localised when written.

        Raises ``SourceError`` where it cannot be read or is no text.
        """
        self.name, self._data = load(source, name)
        self.sha256 = sha256(self._data).hexdigest()
        self._mark, self._encoding, text = decode(self._data, self.name)
        self._lines = "\r\n" if "\r\n" in text and text.count("\r\n") == text.count("\n") == text.count("\r") else "\n"
        self._text = text.replace("\r\n", "\n") if self._lines == "\r\n" else text
        self.site, self.sister = site, sister
        self.title = Path(self.name).stem
        self.language = language or (site.language if site.api else None) or spoken(self._text)
        guessed = not (language or site.api) and self.language
        self.remarks: tuple[str, ...] = (f"{self.name} does not say which language it is in; it looks like '{self.language}'.",) if guessed else ()
        self._walked: Page | None = None

    @property
    def page(self) -> Page:
        """The page, walked once."""
        if self._walked is None:
            self._walked = walk(self._text, self.site, sister=self.sister, document=self.name)
        return self._walked

    def documents(self) -> Iterator[Document]:
        """The one document."""
        yield self.page.as_document

    def write(self, targets: Targets, *, edition: Edition, out: BinaryIO) -> tuple[str, ...]:
        """Write the page with these targets, in its own encoding where that has the letters, else in UTF-8."""
        text, remarks = rendered(self.page, self.sister, targets(self.name), edition)
        if text == self._text:
            out.write(self._data)
            return remarks
        text = text.replace("\n", "\r\n") if self._lines == "\r\n" else text
        try:
            out.write(self._mark + text.encode(self._encoding))
        except UnicodeEncodeError:
            out.write(text.encode("utf-8", "replace"))
        return remarks

    def disagreements(self, targets: Targets, *, edition: Edition) -> Iterator[tuple[str, Finding]]:
        """Where the structure of the written page is not that of its source, with the document's name."""
        for finding in structure(self.page, self.sister, targets(self.name), edition):
            yield self.name, finding


def rendered(page: Page, sister: Sister | None, targets: Mapping[str, Runs], edition: Edition) -> tuple[str, tuple[str, ...]]:
    """One page with its translations, named as the sister wiki names things; and sentences for the report.

    An echo changes nothing but the given words, and is not localised.
    """
    text, _, remarks = _rendered(page, sister, targets, edition)
    return text, remarks


def structure(page: Page, sister: Sister | None, targets: Mapping[str, Runs], edition: Edition) -> tuple[Finding, ...]:
    """What the written page has fewer or more of than its source: empty where nothing was lost or invented."""
    return compared(page, sister, targets, edition)[2]


def compared(page: Page, sister: Sister | None, targets: Mapping[str, Runs], edition: Edition) -> tuple[str, tuple[str, ...], tuple[Finding, ...]]:
    """What ``rendered`` and ``structure`` give, in one go."""
    text, named, remarks = _rendered(page, sister, targets, edition)
    if text == page.text:
        return text, remarks, ()
    localised = sister if edition.translated else None
    site = localised.target if localised else page.names.site
    view = fingerprint.fingerprint(text, site, sister=localise.reverse(localised) if localised else sister)
    return text, remarks, fingerprint.compare(fingerprint.of(page, named=named), view)


def _rendered(page: Page, sister: Sister | None, targets: Mapping[str, Runs], edition: Edition) -> tuple[str, Signs, tuple[str, ...]]:
    remarks = (f"{page.document}: a page of a wiki is not written in both languages; it holds the translation.",) if edition.bilingual else ()
    if not edition.translated:
        return page.splice(targets), {}, remarks
    moved, edits = punctuation.moved(page, targets, source=edition.source_language or "", target=edition.language)
    found = localise.localise(page, sister, targets) if sister else localise.follow(page, targets)
    there = names(sister.target) if sister else None
    told = Told(edition, edition.source_language)
    figures = tuple(Patch(*span) for span in told.changes(page.figures, page.text))
    return page.splice(moved, edits=(*edits, *found.edits, *figures), there=there), found.named, (*remarks, *found.remarks, *told.remarks(page.document))
