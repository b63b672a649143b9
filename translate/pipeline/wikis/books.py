"""Makes one EPUB of the pages of a work: what the book is (a collection page, or a list of titles), its chapters, its licence page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from translate import assembler, languages
from translate.errors import SettingError, WikiError
from translate.formats import binding
from translate.formats.binding import Bound, Chapter
from translate.formats.dump import Dump, DumpPage, Reading, archives
from translate.formats.dump.source import Written
from translate.formats.wikitext.names import Names, names
from translate.formats.wikitext.xhtml import Renderer
from translate.pipeline import results
from translate.pipeline.wikis import phrases
from translate.pipeline.wikis.phrases import Phrases
from translate.pipeline.works import Folder
from translate.store import Store
from translate.wiki import previews
from translate.wiki.client import Client

ENTRY = re.compile(r":\s*\[\[\s*:?\s*([^\[\]|]+?)\s*(?:\|([^\[\]]*))?\]\]\s*")
TITLE = re.compile(r"(={2,3})\s*(.+?)\s*\1\s*")
LARGEST = 20_000_000
"""Bytes of a picture."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A chapter as the plan has it: the page's title, the heading of the part that begins with it, and what the plan calls the chapter ("" where it says nothing)."""

    page: str
    part: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a book is to hold, in order; ``page`` is the page of the export that says so, "" where a file does."""

    title: str
    subtitle: str
    entries: tuple[Entry, ...]
    page: str = ""


def plan(book: str, dump: Path) -> Plan:
    """The plan that ``book`` names: a file with a title a line or a collection (Extension:Collection: ``== Title ==``, ``=== Subtitle ===``, ``;Part``, ``:[[Page|Title]]``), or a page of the export that holds a collection.

    Raises ``SettingError`` where there is neither, or it names no page.
    """
    path, page = Path(book), ""
    if path.is_file():
        text, name = path.read_text(encoding="utf-8-sig", errors="replace"), path.stem
    else:
        page = " ".join(book.replace("_", " ").split())
        text, name = _page(page, dump), book.rpartition("/")[2].rpartition(":")[2]
    found = read(text, name)
    if not found.entries:
        raise SettingError(f"{book} names no page: write one title a line, or lines like :[[Page]].")
    return replace(found, page=page)


def translated(plan: Plan, pages: Mapping[str, Written]) -> Plan:
    """The plan as the book has it: a file's as it is; a page's with title, parts and labels as that page's translation has them.

    Where the page is not among ``pages``, or its translation names another number of them, only the labels go: those chapters are called what their pages are.
    """
    if not plan.page:
        return plan
    there = read(pages[plan.page].text, plan.title) if plan.page in pages else Plan("", "", ())
    if len(there.entries) != len(plan.entries):
        return replace(plan, entries=tuple(replace(entry, label="") for entry in plan.entries))
    entries = tuple(replace(entry, part=new.part, label=(new.label or new.page) if entry.label else "") for entry, new in zip(plan.entries, there.entries, strict=True))
    return Plan(there.title, there.subtitle, entries, plan.page)


def read(text: str, name: str) -> Plan:
    """A plan from its text; ``name`` is the title where it has none."""
    title, subtitle, part = "", "", ""
    entries: list[Entry] = []
    collection = any(ENTRY.fullmatch(line.strip()) for line in text.splitlines())
    for line in map(str.strip, text.splitlines()):
        if found := TITLE.fullmatch(line):
            title, subtitle = (found[2], subtitle) if len(found[1]) == 2 and not title else (title, found[2] if len(found[1]) == 3 else subtitle)
        elif line.startswith(";"):
            part = line[1:].strip()
        elif (entry := ENTRY.fullmatch(line)) or (not collection and line and not line.startswith(("#", "{", "["))):
            page = " ".join((entry[1] if entry else line).replace("_", " ").split())
            entries.append(Entry(page[:1].upper() + page[1:], part, ((entry[2] or "") if entry else "").strip()))
            part = ""
    return Plan(title or name, subtitle, tuple(entries))


def _page(title: str, dump: Path) -> str:
    with archives.opened(dump) as file:
        for page in Reading(file, dump.name).pages():
            if page.title == title and page.text is not None:
                return page.text
    raise SettingError(f"There is no file and no page '{title}' in {dump.name}: --book takes either.")


@dataclass(frozen=True, slots=True)
class Binding:
    """What a book is made with: the plan, a folder of ``pictures``, the ``licence`` where the user knows it, and a wiki whose own parser renders the pages (None: ours does)."""

    plan: Plan
    pictures: Path | None = None
    licence: str = ""
    client: Client | None = None


def write(store: Store, folder: Folder, source: Dump, wanted: Binding) -> tuple[Path, tuple[str, ...]]:
    """Write the book beside the work; gives its path and sentences for the user. Raises ``SettingError`` where no page of the plan is in the work."""
    edition = results.edition(store, bilingual=False)
    pages = {one.source.title: one for one in source.written(results.targets_of(store), edition=edition)}
    plan = translated(wanted.plan, pages)
    entries = [entry for entry in plan.entries if entry.page in pages]
    absent = [entry.page for entry in plan.entries if entry.page not in pages]
    if not entries:
        raise SettingError(f"No page of the book '{plan.title}' is in the export: {', '.join(absent[:5])}.")
    target = languages.find(store.work.target_language)
    maker = _Maker(wanted, source, {pages[entry.page].title: binding.chapter_name(place) for place, entry in enumerate(entries)})
    chapters = tuple(maker.chapter(entry, pages[entry.page]) for entry in entries)
    words = phrases.of(target.code)
    licence = wanted.licence or source.site.licence or words.not_said
    book = Bound(
        title=plan.title,
        subtitle=plan.subtitle,
        language=target.tag,
        author=source.title or "Wiki",
        chapters=chapters,
        licence=_licence_page(source, [pages[entry.page].source for entry in entries], licence, edition.contributor, words),
        rights=licence,
        direction=target.direction,
        pictures=maker.pictures,
        modified=edition.date,
        words=(words.notes, words.sources),
    )
    path = folder.path / f"{folder.path.name}.epub"
    with assembler.in_one_step(path) as out:
        binding.bind(book, out)
    return path, tuple(_remarks(absent, maker))


def _remarks(absent: list[str], maker: _Maker) -> Iterator[str]:
    if absent:
        yield f"Not in the export, and missing from the book: {', '.join(absent[:8])}{' …' if len(absent) > 8 else ''}."
    lost = [name for name in maker.left if not name.startswith("File:")]
    if lost:
        yield f"Templates are left out of the book, since no wiki rendered it: {', '.join(lost[:12])}{' …' if len(lost) > 12 else ''}."
    pictures = [name for name in maker.left if name.startswith("File:")]
    if pictures:
        yield f"{len(pictures)} pictures were not given (--images FOLDER), their captions stand in their place: {', '.join(pictures[:8])}."


class _Maker:
    """Makes chapters, and collects the pictures that they show."""

    def __init__(self, wanted: Binding, source: Dump, files: Mapping[str, str]) -> None:
        self._wanted, self._files = wanted, files
        self._names: Names = names(source.sister.target if source.sister else source.site)
        self._given = {_plain(path.name): path for path in sorted(wanted.pictures.iterdir())} if wanted.pictures and wanted.pictures.is_dir() else {}
        self.pictures: dict[str, bytes] = {}
        self.left: dict[str, None] = {}

    def chapter(self, entry: Entry, page: Written) -> Chapter:
        """The chapter of a page."""
        if self._wanted.client is not None:
            return Chapter(entry.label or page.title, self._parsed(self._wanted.client, page), (), entry.part)
        made = Renderer(self._names, lambda title: self._files.get(title, ""), self._picture).page(page.text)
        self.left |= dict.fromkeys(made.left)
        return Chapter(entry.label or (page.title.partition(":")[2] if page.source.namespace else page.title), made.body, made.notes, entry.part)

    def _parsed(self, client: Client, page: Written) -> str:
        """The page as the wiki renders it; links lead to chapters or nowhere, pictures to those that were given."""
        try:
            html = previews.preview(client, page.title, page.text, contents=False).html
        except WikiError as error:
            raise SettingError(f"The wiki could not render '{page.title}' ({error}): leave out --sister for the book, or try again.") from error
        html = re.sub(r'<a\b[^>]*\btitle="([^"]*)"[^>]*>', lambda found: f'<a href="{self._file(_unescaped(found[1]))}">', html)
        return re.sub(r'<img\b[^>]*\bsrc="[^"]*?/([^/"]+)"[^>]*>', lambda found: self._image(found[1]), html)

    def _file(self, title: str) -> str:
        """The chapter of a title; of a page that is not there, the wiki says so in brackets behind it."""
        return self._files.get(title) or self._files.get(re.sub(r" \([^()]*\)$", "", title), "")

    def _image(self, name: str) -> str:
        address = self._picture(re.sub(r"^\d+px-", "", name))
        return f'<img src="{escape(address)}" alt="">' if address else ""

    def _picture(self, name: str) -> str:
        """The address of a picture in the book, "" where it was not given."""
        path = self._given.get(_plain(name))
        suffix = path.suffix.lower().lstrip(".") if path else ""
        if path is None or suffix not in binding.TYPES or path.stat().st_size > LARGEST:
            return ""
        address = f"image-{list(self._given).index(_plain(name)) + 1}.{suffix}"
        self.pictures.setdefault(address, path.read_bytes())
        return address


def _plain(name: str) -> str:
    return name.replace("_", " ").casefold()


def _unescaped(text: str) -> str:
    from html import unescape

    return unescape(text)


def _licence_page(source: Dump, pages: Iterable[DumpPage], licence: str, contributor: str, words: Phrases) -> str:
    """Where every chapter comes from, under which licence, and who made the translation."""
    rows = "".join(f"<li>{_origin(source, page, words)}</li>" for page in pages)
    url = source.site.licence_url
    under = f'<a href="{escape(url)}">{escape(licence)}</a>' if url else escape(licence)
    made = words.made_of.format(wiki=escape(source.title or words.a_wiki), licence=under)
    return f"<p>{made}</p><p>{escape(contributor)}. {words.changed}</p><ol>{rows}</ol>"


def _origin(source: Dump, page: DumpPage, words: Phrases) -> str:
    from translate.pipeline.wikis.fetching import revision_url

    article = source.site.article
    said = words.origin.format(title=escape(page.title), revision=page.revision, time=escape(page.timestamp[:10]), who=escape(page.contributor or words.unknown))
    if not article:
        return said
    url = revision_url(article, page.title, page.revision)
    history = f"{url.partition('?')[0]}?action=history" if "title=" not in url else url.replace("oldid=", "action=history&x=")
    return f'<a href="{escape(url)}">{said}</a> (<a href="{escape(history)}">{words.history}</a>)'
