"""Sources that come by a browser: kept aside under names of our own, looked at, and made into works.

What a person calls her file is told in the work and is the slug of its folder, letters and digits only; it is never a path.
"""

from __future__ import annotations

import io
import re
import secrets
import shutil
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from translate import glossary, languages, style
from translate.errors import SettingError, SourceError, StoreError
from translate.formats import HTML, MARKDOWN, TEXT, WIKI, open_source
from translate.formats.inspector import Inspection, inspect
from translate.pipeline import known, works
from translate.pipeline.wikis.fetching import Asked, Wikis
from translate.pipeline.works import Folder
from translate.store import Store
from translate.wiki import addresses
from translate.wiki.client import Patience

ASIDE = ".desk"
STYLE = "style.toml"
SUFFIXES = frozenset({".epub"}) | MARKDOWN | TEXT | HTML | WIKI
GLOSSARIES = frozenset({".csv", ".tsv", ".tbx", ".xlsx", ".ods", ".wiki", ".txt"})
NAME = 60
"""The longest name of a file that we keep, in letters."""
KEY = re.compile(r"[0-9a-f]{24}")
PIECE = 1 << 18
WAITED_FOR = Patience(tries=2, first=0.5, longest=5.0, timeout=20.0)
"""Somebody looks at the page while a wiki is asked, so what cannot be reached is told soon."""
LOOKS = 50
"""So many accounts are kept; a file of a key never changes."""


@dataclass(frozen=True, slots=True)
class Look:
    """A source that was looked at: what it says of itself, and its account. ``language`` is None where nobody can say."""

    key: str
    name: str
    format: str
    title: str
    language: str | None
    account: Inspection
    remarks: tuple[str, ...]


class Intake:
    """What was brought and is not a work yet. ``out`` is the folder of the works."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._look = lru_cache(LOOKS)(_looked)

    def take(self, name: str, file: BinaryIO) -> str:
        """Keep a file; gives its key. Raises ``SourceError`` where its name says that it is nothing we can open."""
        key = secrets.token_hex(12)
        path = self._folder(key) / safe_name(name, SUFFIXES)
        _write(path, file)
        return key

    def look(self, key: str) -> Look:
        """What the file of this key is; read once. Raises ``SettingError`` where there is none, ``SourceError`` where it cannot be read."""
        return self._look(key, self._path(key))

    def begin(self, key: str, *, to: str, from_: str | None = None) -> Folder:
        """Make a work of it, for the target language ``to``; where a work of the same source is there already, it is that one.

        Raises ``DragomanError`` where the languages do not fit or the source cannot be read; the file stays aside then.
        """
        target = languages.find(to)
        path = self._named_apart(self._path(key), target)
        folder, store, _ = works.prepare(path, target=target, source_language=from_, out=self.out)
        store.close()
        self.drop(key)
        return folder

    def begin_page(self, address: str, *, to: str, local_only: bool = False) -> Folder:
        """Fetch the page of a wiki that has this address, and make a work of it, as the command line does; a page that is a work already gets its new revision.

        Raises ``WikiError`` where the wiki says no, ``SettingError`` where the address is none, or is that of a category.
        """
        if not addresses.is_address(address) or not _readable(address):
            raise SettingError(f"'{address[:80]}' is no address of a page: paste one that begins with https://.")
        target = languages.find(to)
        with Wikis(Asked(address, local_only=local_only, patience=WAITED_FOR), target) as wikis:
            wanted = tuple(islice(wikis.wanted(), 2))
            if len(wanted) > 1:
                raise SettingError("This is a category with several pages: bring one page, or take them all with 'dragoman translate'.")
            page = wikis.fetch(wanted[0], out=self.out)
        came = page.provenance
        folder, store, _ = works.prepare(page.path, target=target, source_language=came.language, out=self.out, provenance=came, sister=page.sister)
        store.close()
        return folder

    def drop(self, key: str) -> None:
        """Forget the file."""
        shutil.rmtree(self._folder(key), ignore_errors=True)

    def _named_apart(self, path: Path, target: languages.Language) -> Path:
        """The file under a name whose folder is free, or holds a work of this very source."""
        title, first = open_source(path).title, path
        for number in range(2, 1000):
            there = works.folder_for(path, target, self.out).store
            if not there.exists() or _holds(there, path.name, title):
                break
            path = path.rename(first.with_name(f"{first.stem}-{number}{first.suffix}"))
        return path

    def _folder(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise SettingError("There is no such file here (any more): bring it again.")
        return self.out / ASIDE / key

    def _path(self, key: str) -> Path:
        """The file of a key: the only one in its folder."""
        for path in self._folder(key).glob("*"):
            return path
        raise SettingError("There is no such file here (any more): bring it again.")


def keep_glossary(folder: Folder, name: str, file: BinaryIO) -> Path:
    """Keep a glossary with its work; one of the same name is replaced.

    Raises ``SourceError`` where its name is of no kind that glossaries have, ``GlossaryError`` where it cannot be read; then nothing is kept.
    """
    path = folder.path / "glossaries" / safe_name(name, GLOSSARIES)
    new = path.parent / ".new" / path.name  # under its own name, since what is wrong in it is told with that
    _write(new, file)
    try:
        with Store.open(folder.store) as store:
            glossary.load(new, source=store.work.source_language, target=store.work.target_language)
        new.replace(path)
    finally:
        shutil.rmtree(new.parent, ignore_errors=True)
    return path


def keep_style(folder: Folder, text: str) -> Path:
    """Keep a style sheet with its work, in the place of the one that was there. Raises ``SettingError``, with the line, where it says what no sheet says; nothing is changed then."""
    path = folder.path / STYLE
    with Store.open(folder.store) as store:
        style.parse(text, path.name, target=store.work.target_language)
    kept = text.replace("\r\n", "\n").strip("\n") + "\n"
    if not path.is_file() or path.read_text(encoding="utf-8") != kept:
        _write(path, io.BytesIO(kept.encode("utf-8", "surrogatepass")))
    return path


def offered_style(folder: Folder, used: Path | None) -> tuple[str, bool]:
    """The sheet to show for a work, and whether it holds: the one of its last run (also where the file is gone), else the one that was kept with it, else a preset for its language."""
    with Store.open(folder.store) as store:
        sheet, held = style.preset(store.work.target_language), known.settings(store).get("style", "")
    if held:
        return used.read_text(encoding="utf-8-sig") if used is not None and used.is_file() else held, True
    if (folder.path / STYLE).is_file():
        return (folder.path / STYLE).read_text(encoding="utf-8-sig"), False
    return "".join(line for line in sheet.splitlines(keepends=True) if "dragoman translate" not in line), False  # how a command takes it is of no use here


def safe_name(name: str, suffixes: frozenset[str]) -> str:
    """A name of our own for a file that a person calls ``name``: letters, digits and hyphens, and one of ``suffixes``."""
    last = re.split(r"[/\\]", name)[-1]
    suffix = Path(last).suffix.lower()
    if suffix not in suffixes:
        raise SourceError(f"'{last[:NAME]}' is of no kind that can be read here: bring one of {', '.join(sorted(suffixes))}.")
    return works.slug(last)[:NAME].strip("-_") + suffix


def _readable(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


def _holds(store: Path, name: str, title: str) -> bool:
    """Whether the store is of a source with this name and title."""
    try:
        with Store.open(store, readonly=True) as opened:
            return opened.work.source_name == name and (not title or opened.work.title == title)
    except StoreError:
        return False


def _looked(key: str, path: Path) -> Look:
    source = open_source(path)
    return Look(key, path.name, source.format, source.title or path.stem, _spoken(source.language), inspect(source), source.remarks)


def _spoken(tag: str | None) -> str | None:
    try:
        return languages.find(tag).tag if tag else None
    except SettingError:
        return None


def _write(path: Path, file: BinaryIO) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            shutil.copyfileobj(file, out, PIECE)
    except OSError as error:
        raise SettingError(f"The file cannot be kept ({error.strerror}): check the folder of works and the space on the disk.") from error
