"""Writes what a work of an export has: a file for each page, an export that a wiki imports, a book; and its report."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from translate import assembler, report
from translate.errors import SettingError
from translate.formats.dump import Dump, writing
from translate.formats.dump.source import Written
from translate.pipeline import results
from translate.pipeline.wikis import books
from translate.pipeline.wikis.books import Binding
from translate.pipeline.wikis.fetching import SUFFIX, file_name
from translate.pipeline.works import Folder
from translate.store import Store

SHOWN = 40
"""So many sentences about single pages are kept; more are counted."""
NOTHING: Callable[[str], None] = lambda line: None  # noqa: E731


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be written: ``pages`` as files, an export (``xml``), one ``book``."""

    pages: bool = True
    xml: bool = False
    book: Binding | None = None


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
    """Write what is wished for, and the report. Raises ``SettingError`` where the folder cannot be written."""
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
        out = stack.enter_context(assembler.in_one_step(xml)) if xml else None
        if out:
            out.write(source.started(edition))
        for one in source.written(results.targets_of(store), edition=edition, compare=True):
            count += 1
            remarks += one.remarks
            structure += (report.ReportFinding("", one.source.title, finding) for finding in one.findings)
            if files:
                files.put(one)
            if out:
                out.write(writing.page(source.exported(one, edition)))
            if count % 1000 == 0:
                says(f"{count:,} pages written")
        if out:
            out.write(writing.END)
    if files:
        files.finish()
    book, said = books.write(store, folder, source, wish.book) if wish.book else (None, ())
    left = _report(store, folder, tuple(_few(remarks)), tuple(structure))
    return Unloaded(files.folder if files else None, count, xml, left["error"], left["warning"], (*said, *_few(remarks)), book)


def _few(remarks: list[str]) -> Iterator[str]:
    yield from remarks[:SHOWN]
    if len(remarks) > SHOWN:
        yield f"{len(remarks) - SHOWN:,} more sentences about single pages are left out."


def _report(store: Store, folder: Folder, remarks: tuple[str, ...], structure: tuple[report.ReportFinding, ...]) -> Counter[str]:
    """Write the report; gives how many findings are left, by severity."""
    page = results.report_of(store, folder, remarks, structure=structure)
    for suffix, text in ((".html", report.render(page)), (".json", report.as_json(page))):
        assembler.write_text(folder.report(suffix), text)
    named = {finding.segment for finding in page.findings if finding.segment}
    settled = {segment for segment in named if results.settled(store.pair(segment).state)} if store.totals().approved else set()
    return Counter(finding.finding.severity for finding in page.findings if finding.segment not in settled)


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
