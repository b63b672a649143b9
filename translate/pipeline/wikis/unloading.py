"""Writes what a work of an export has: a file for each page, an export that a wiki imports, a book; and its report."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from translate import assembler, report
from translate.errors import SettingError
from translate.formats.dump import Dump, writing
from translate.formats.dump.source import Written
from translate.formats.edition import Edition
from translate.pipeline import results
from translate.pipeline.wikis import books
from translate.pipeline.wikis.books import Binding
from translate.pipeline.wikis.fetching import SUFFIX, file_name
from translate.pipeline.works import Folder
from translate.store import Store
from translate.wiki import pages
from translate.wiki.client import Client

SHOWN = 40
"""So many sentences about single pages are kept; more are counted."""
FEW = 8
ASKED = 50
"""The sister is asked about so many titles at a time."""
NOTHING: Callable[[str], None] = lambda line: None  # noqa: E731


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be written: ``pages`` as files, an export (``xml``), one ``book``.

    The export leaves out what the wiki ``there`` has already, since an import would replace it; ``with_existing`` puts that in.
    """

    pages: bool = True
    xml: bool = False
    book: Binding | None = None
    there: Client | None = None
    with_existing: bool = False


@dataclass(frozen=True, slots=True)
class Unloaded:
    """What was written: the folder of pages and how many there are, the export, the book; error and warning findings that are left."""

    pages: Path | None
    count: int
    xml: Path | None
    errors: int
    warnings: int
    remarks: tuple[str, ...]
    book: Path | None = None


def write(store: Store, folder: Folder, wish: Wish, *, says: Callable[[str], None] = NOTHING) -> Unloaded:
    """Write what is wished for, and the report. Raises ``SettingError`` where the folder cannot be written, and as ``wish.there`` does."""
    source = results.open_store_source(store)
    if not isinstance(source, Dump):
        raise SettingError(f"{folder.path} is no work of a wiki's export.")
    edition = results.edition(store, bilingual=False)
    files = Files(folder.path / "pages", store.work.target_language) if wish.pages else None
    xml = folder.book(store.work) if wish.xml else None
    remarks: list[str] = []
    structure: list[report.ReportFinding] = []
    count = 0
    with ExitStack() as stack:
        export = Export(stack.enter_context(assembler.in_one_step(xml)), source, edition, wish) if xml else None
        for one in source.written(results.targets_of(store), edition=edition, compare=True):
            count += 1
            remarks += one.remarks
            structure += (report.ReportFinding("", one.source.title, finding) for finding in one.findings)
            if files:
                files.put(one)
            if export:
                export.put(one)
            if count % 1000 == 0:
                says(f"{count:,} pages written")
        left_out = export.finish() if export else ()
    if files:
        files.finish()
    book, said = books.write(store, folder, source, wish.book) if wish.book else (None, ())
    said = (*left_out, *said)
    left = _report(store, folder, tuple(_few(remarks)), tuple(structure))
    return Unloaded(files.folder if files else None, count, xml, left["error"], left["warning"], (*said, *_few(remarks)), book)


def _few(remarks: list[str]) -> Iterator[str]:
    yield from remarks[:SHOWN]
    if len(remarks) > SHOWN:
        yield f"{len(remarks) - SHOWN:,} more sentences about single pages are left out."


def _report(store: Store, folder: Folder, remarks: tuple[str, ...], structure: tuple[report.ReportFinding, ...]) -> Counter[str]:
    """Write the report; gives how many findings are left, by severity."""
    page = results.report_of(store, folder, remarks, structure=structure)
    for suffix, text in (*report.everywhere(page), (".json", report.as_json(page))):
        assembler.write_text(folder.report(suffix), text)
    named = {finding.segment for finding in page.findings if finding.segment}
    settled = {segment for segment in named if results.settled(store.pair(segment).state)} if store.totals().approved else set()
    return Counter(finding.finding.severity for finding in page.findings if finding.segment not in settled)


class Export:
    """The export that is written. Where the sister wiki can be asked, pages that it has already are left out."""

    def __init__(self, out: BinaryIO, source: Dump, edition: Edition, wish: Wish) -> None:
        self._out, self._source, self._edition, self._there = out, source, edition, wish.there
        self._linked = frozenset(source.sister.titles.values()) if source.sister and not (wish.there or wish.with_existing) else frozenset()
        self._waiting: list[Written] = []
        self._left: list[str] = []
        self._doubtful: list[str] = []
        out.write(source.started(edition))

    def put(self, one: Written) -> None:
        """Write one page, or keep it until it is asked for."""
        self._waiting.append(one)
        if self._there is None or len(self._waiting) == ASKED:
            self._write()

    def finish(self) -> tuple[str, ...]:
        """Write the rest and the end; sentences on what an import would replace."""
        self._write()
        self._out.write(writing.END)
        said = []
        if self._left:
            said.append(f"{len(self._left):,} of the pages are in the sister wiki already and were left out of the export, so that an import replaces nobody's text: {_some(self._left)}. --with-existing puts them in.")
        if self._doubtful:
            said.append(f"Look before you import: by its language links, the other wiki has pages with {len(self._doubtful):,} of the titles of this export, and an import replaces their text: {_some(self._doubtful)}. With --sister NAME such pages are left out.")
        return tuple(said)

    def _write(self) -> None:
        found = pages.existing(self._there, [one.title for one in self._waiting]) if self._there is not None and self._waiting else {}
        for one in self._waiting:
            if one.title in found:
                self._left.append(one.title)
                continue
            if one.title in self._linked:
                self._doubtful.append(one.title)
            self._out.write(writing.page(self._source.exported(one, self._edition)))
        self._waiting = []


def _some(titles: list[str]) -> str:
    return f"{', '.join(titles[:FEW])}{' …' if len(titles) > FEW else ''}"


class Files:
    """The folder of pages: one file for each, named after its source's title; two titles that would share a name do not."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder, self._language = folder, language
        self._names: set[str] = set()
        self._index: list[str] = []
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingError(f"{folder} cannot be made ({error.strerror}): give a folder that you may write to.") from error

    def put(self, one: Written) -> None:
        """Write one page, whole or not at all. It is not forced to the disk: it can be built again."""
        name = self._name(one)
        path, draft = self.folder / name, self.folder / f".{name[:60]}.part"
        try:
            draft.write_bytes(one.text.encode("utf-8", "surrogatepass"))
            os.replace(draft, path)
        except OSError as error:
            raise SettingError(f"{path} cannot be written ({error.strerror}): make room or give another folder with --out, then run the command again.") from error
        self._index.append("\t".join((name, one.source.title, one.title, str(one.source.revision))))

    def finish(self) -> None:
        """Write the list of all pages (``index.tsv``: file, source's title, new title, source's revision), and remove pages that an earlier choice left."""
        assembler.write_text(self.folder / "index.tsv", "\n".join(self._index) + "\n")
        for path in self.folder.glob(f"*.{self._language}{SUFFIX}"):
            if path.name.casefold() not in self._names:
                path.unlink(missing_ok=True)

    def _name(self, one: Written) -> str:
        stem = file_name(one.source.title).removesuffix(SUFFIX)
        for more in ("", f"~{one.source.id}", *(f"~{one.source.id}-{number}" for number in range(2, 100))):
            name = f"{stem}{more}.{self._language}{SUFFIX}"
            if name.casefold() not in self._names:
                break
        self._names.add(name.casefold())
        return name
