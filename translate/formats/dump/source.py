"""An export opened for translating (see ``formats.Source``): every page is a document, and none is held longer than it is worked on."""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from translate.document import Document, Finding, Kind, Runs, Slot, plain, visible
from translate.formats.dump import archives, writing
from translate.formats.dump.reading import WIKITEXT, DumpPage, Head, Reading
from translate.formats.edition import Edition, Targets
from translate.formats.wikitext import defaults
from translate.formats.wikitext.names import CATEGORY, Names
from translate.formats.wikitext.page import Page, walk
from translate.formats.wikitext.sections import headings, leads
from translate.formats.wikitext.source import compared, rendered
from translate.sites import Sister, Site

FORMAT = "wiki-dump"
TITLE = "title"
"""The address of a page's title."""
NO_TITLE = re.compile(r"[\[\]{}|#<>\n\t]|^[:/ ]|::|~~~")
"""What no title may hold."""
Opener = Callable[[], AbstractContextManager[BinaryIO]]


@dataclass(frozen=True, slots=True)
class Written:
    """A page as the translation has it: the page that it is made of, its new title and text, sentences for the report, what its structure lost or gained."""

    source: DumpPage
    title: str
    text: str
    remarks: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


class Dump:
    """An export of one wiki."""

    format = FORMAT

    def __init__(self, source: str | os.PathLike[str] | bytes | Opener, *, name: str = "", language: str | None = None, sister: Sister | None = None) -> None:
        """Open an export by path, bytes, or a function that opens it anew each time. ``sister`` is the wiki that it goes to.

        Raises ``SourceError`` where it cannot be read or is none.
        """
        self._open = _opener(source)
        self.name = name or (Path(source).name if isinstance(source, str | os.PathLike) else "dump.xml")
        self.head = self._head()
        self.sha256 = self._hashed()
        self.sister = sister
        self.title = self.head.name
        self.language = language or self.head.language or None
        self.remarks: tuple[str, ...] = ()

    @property
    def site(self) -> Site:
        """The wiki, as it was asked itself where that was done, else as the export has it."""
        return self.sister.source if self.sister else self.head.site

    def pages(self) -> Iterator[DumpPage]:
        """Every page, one at a time. Raises ``SourceError`` as ``Reading`` does."""
        with self._open() as file:
            yield from Reading(file, self.name).pages()

    def documents(self) -> Iterator[Document]:
        """Every page as a document; its title is a passage too, where it is one to be translated."""
        for page in self.pages():
            yield self._document(page)

    def write(self, targets: Targets, *, edition: Edition, out: BinaryIO) -> tuple[str, ...]:
        """An export again, with the translated pages under their new titles; an echo gives the same file."""
        remarks: list[str] = []
        out.write(self.started(edition))
        for one in self.written(targets, edition=edition):
            out.write(writing.page(self.exported(one, edition)))
            remarks += one.remarks[: 40 - len(remarks)]
        out.write(writing.END)
        return tuple(remarks)

    def disagreements(self, targets: Targets, *, edition: Edition) -> Iterator[tuple[str, Finding]]:
        """Where the structure of a written page is not that of its source."""
        for one in self.written(targets, edition=edition, compare=True):
            for finding in one.findings:
                yield one.source.title, finding

    def written(self, targets: Targets, *, edition: Edition, compare: bool = False) -> Iterator[Written]:
        """Every page as the translation has it, in order; with ``compare``, also what its structure lost or gained."""
        sister = self._with_titles(targets) if edition.translated else self.sister
        for page in self.pages():
            if page.model != WIKITEXT or page.text is None:
                yield Written(page, page.title, page.text or "")
                continue
            walked = self._walked(page)
            wanted = targets(page.title)
            own = replace(sister, page=page.title) if sister else None
            text, remarks, findings = compared(walked, own, wanted, edition) if compare else (*rendered(walked, own, wanted, edition), ())
            title = sister.titles.get(page.title, page.title) if sister and edition.translated else page.title
            yield Written(page, title, text, remarks, findings)

    def started(self, edition: Edition) -> bytes:
        """The beginning of the export that is written."""
        return writing.start(self.head if not edition.translated else self._head_there(edition))

    def exported(self, one: Written, edition: Edition) -> DumpPage:
        """A written page as an export has it: who made it of what stands in its summary; its source's ids stay behind."""
        if not edition.translated:
            return replace(one.source, text=one.text if one.source.text is not None else None)
        source = one.source
        summary = f"Translated from [[:{self.language or 'en'}:{source.title}]], revision {source.revision} of {source.timestamp}, last edited by {source.contributor or 'unknown'}; {edition.contributor}"
        return replace(source, title=one.title, id=0, revision=0, redirect="", timestamp=edition.date or source.timestamp, contributor="Dragoman", comment=summary[:480], text=one.text)

    # --- within

    def _hashed(self) -> str:
        digest = hashlib.sha256()
        with self._open() as file:
            for piece in archives.pieces(file, self.name):
                digest.update(piece)
        return digest.hexdigest()

    def _head(self) -> Head:
        with self._open() as file:
            reading = Reading(file, self.name)
            next(reading.pages(), None)
            return reading.head

    def _head_there(self, edition: Edition) -> Head:
        target = self.sister.target if self.sister else None
        if target is None or not target.namespaces:
            return replace(self.head, language=edition.language)
        return Head(edition.language, target.name, target.article.replace("$1", ""), target.generator, self.head.case, "0.11", target.namespaces)

    def _walked(self, page: DumpPage) -> Page:
        return walk(page.text or "", self.site, sister=self.sister, document=page.title)

    def _document(self, page: DumpPage) -> Document:
        if page.text is None or page.model != WIKITEXT:
            why = "the export leaves its text out" if page.text is None else f"its content is {page.model}, no wikitext"
            return Document(page.title, "content", (), (), 0, (f"{page.title}: {why}; it is kept as it is.",))
        found = self._walked(page).as_document
        title = self._title(page)
        return found if title is None else replace(found, slots=(title, *found.slots), visible=found.visible + visible(plain(title.source)))

    def _title(self, page: DumpPage) -> Slot | None:
        """The title without its namespace as a passage; none where the sister wiki has a page for it, or it names a thing (a picture, a template, a person)."""
        if self.sister and page.title in self.sister.titles:
            return None
        if page.namespace not in (0, CATEGORY) and not (page.namespace >= defaults.CUSTOM and page.namespace % 2 == 0 and page.namespace != 828):
            return None
        words = page.title.partition(":")[2] if page.namespace else page.title
        return Slot(page.title, TITLE, Kind.TITLE, (words,)) if words.strip() else None

    def _with_titles(self, targets: Targets) -> Sister:
        """The sister with the translated titles, so that links between the pages follow them. A title that is taken, or that no wiki would have, stays as it was."""
        sister = self.sister or Sister(self.head.site, self.head.site)
        titles = dict(sister.titles)
        taken = set(titles.values())
        there, ours = Names(sister.target), Names(sister.source)
        wanted: dict[str, set[str]] = {}
        for page in self.pages():
            for title, section in leads(page.text or "", ours):
                wanted.setdefault(title, set()).add(section)
            if page.title in titles:
                continue
            new = _one_line(targets(page.title).get(TITLE, ()))
            old = page.title.partition(":")[2] if page.namespace else page.title
            prefix = there.prefix(page.namespace) or page.title.partition(":")[0] if page.namespace else ""
            for words in (new, old):
                title = f"{prefix}:{words}" if prefix else words
                if words and not NO_TITLE.search(words) and len(title.encode()) <= 255 and title not in taken:
                    titles[page.title] = title
                    taken.add(title)
                    break
        titles |= {title: titles[end] for title, end in sister.redirects.items() if end in titles and title not in titles}
        return replace(sister, titles=titles | dict(self._sections(wanted, titles, targets)))

    def _sections(self, wanted: Mapping[str, set[str]], titles: Mapping[str, str], targets: Targets) -> Iterator[tuple[str, str]]:
        """The sections that other pages lead to, as ``Title#Heading``, and what they are called in the translation."""
        called: dict[str, list[str]] = {}
        for name in wanted:
            called.setdefault(self.sister.redirects.get(name, name) if self.sister else name, []).append(name)
        for page in self.pages() if wanted else ():
            if page.title in called and page.model == WIKITEXT and page.text is not None:
                found = headings(self._walked(page), targets(page.title))
                there = titles.get(page.title, page.title)
                yield from ((f"{name}#{one}", f"{there}#{found[one]}") for name in called[page.title] for one in wanted[name] & found.keys())


def _one_line(runs: Runs) -> str:
    return " ".join(plain(runs, atoms=True).split())


def _opener(source: str | os.PathLike[str] | bytes | Opener) -> Opener:
    if isinstance(source, bytes):
        data = source

        @contextmanager
        def memory() -> Iterator[BinaryIO]:
            yield io.BytesIO(data)

        return memory
    if callable(source):
        return source
    path = Path(source)
    return lambda: archives.opened(path)


