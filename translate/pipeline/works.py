"""Where works live: a folder for each, found by its source and language, or by what a person calls it."""

from __future__ import annotations

import re
import shlex
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from translate import languages
from translate.document import dump_runs
from translate.errors import SettingError
from translate.formats import Source, open_source
from translate.formats.dump import FORMAT as DUMP
from translate.languages import Language
from translate.report import ending
from translate.sites import Provenance, Sister
from translate.store import Store, Work

STORE = "work.db"
DEFAULT_OUT = Path("output")


@dataclass(frozen=True, slots=True)
class Folder:
    """A work's folder and the names in it: ``work.db``, the book, ``report.html``, ``report.json``."""

    path: Path

    @property
    def store(self) -> Path:
        """The store."""
        return self.path / STORE

    @property
    def name(self) -> str:
        """What a person calls the work ("the-night-shift.de")."""
        return self.path.name

    @property
    def called(self) -> str:
        """What a command finds the work by, as a shell takes it: its name where it lies in the usual folder, else its path."""
        return shlex.quote(self.name if (DEFAULT_OUT / self.name).absolute() == self.path.absolute() else str(self.path))

    def book(self, work: Work) -> Path:
        """The translated book of the work that lives here, with its source's suffix."""
        suffix = ".epub" if work.format == "epub" else Path(work.source_name).suffix.lower()
        return self.path / f"{self.path.name}{suffix}"

    def report(self, suffix: str) -> Path:
        """The report, as ".html" or ".json"."""
        return self.path / f"report{suffix}"

    def read_in(self, language: str) -> Path:
        """The report for a reader of ``language``; the English one where it was not written in that."""
        path = self.report(ending(language))
        return path if path.is_file() else self.report(".html")


def slug(name: str) -> str:
    """A file name's stem in small letters, digits and hyphens; letters of other scripts stay."""
    text = unicodedata.normalize("NFKC", Path(name).stem).lower()
    return re.sub(r"[^\w]+", "-", text).strip("-_")[:80] or "work"


def folder_for(source: Path, target: Language, out: Path) -> Folder:
    """The folder of the work that translates ``source`` into ``target``."""
    return Folder(out / f"{slug(source.name)}.{target.tag}")


def find(work: str, *, out: Path = DEFAULT_OUT) -> Folder:
    """The folder that ``work`` names: a folder, its ``work.db``, a name under ``out``, or "" for the one that was worked on last.

    Raises ``SettingError`` where there is none, and says which there are.
    """
    if work:
        for path in (Path(work), Path(work).parent, out / work):
            if (path / STORE).is_file() and (path != Path(work).parent or Path(work).name == STORE):
                return Folder(path)
    there = sorted(out.glob(f"*/{STORE}"), key=_touched, reverse=True)
    if not work and there:
        return Folder(there[0].parent)
    known = ", ".join(sorted(path.parent.name for path in there)) or "none yet"
    asked = f"No work '{work}' here" if work else "No work here"
    raise SettingError(f"{asked}: name its folder or its work.db. In {out}/: {known}.")


def _touched(store: Path) -> float:
    """When a store was last written to: while a run goes on, SQLite writes to the log beside it."""
    times = [0.0]
    for path in (store, store.with_name(store.name + "-wal")):
        with suppress(FileNotFoundError):  # the log goes when a run ends, perhaps just now
            times.append(path.stat().st_mtime)
    return max(times)


def prepare(
    path: Path, *, target: Language, source_language: str | None, out: Path, provenance: Provenance | None = None, sister: Sister | None = None
) -> tuple[Folder, Store, Source]:
    """Open the source and its store, import what is new; nothing is written where the source cannot be read.

    ``provenance`` and ``sister`` belong to a page of a wiki and are kept with the version; where a sister was kept before and none is given, it serves.
    Raises ``SourceError`` for the source, ``SettingError`` where the folder belongs to another book or the language of the source is unknown, ``StoreError``.
    """
    folder = folder_for(path, target, out)
    source = open_source(path, language=source_language, sister=sister or _kept_sister(folder))
    spoken = _source_language(source, source_language)
    _differ(source, spoken, target)
    if folder.store.exists():
        store = Store.open(folder.store)
    else:
        _make(folder.path)
        store = Store.create(folder.store, Work(source.title or path.stem, source.name, source.format, spoken.tag, target.tag))
    try:
        _same_work(store, source, folder)
        _same_wiki(store, provenance, folder)
        before = store.versions()[-1:]
        version = store.add_version(source.name, path if source.format == DUMP else path.read_bytes(), source.documents(), walk=_walk(source))
        if before and before[0].number != version.number and before[0].sha256 == version.sha256:  # the same page, walked otherwise
            provenance = provenance or store.wiki.provenance(before[0].number)
        if provenance is not None:
            store.wiki.keep_provenance(version.number, source.name, provenance)
        if sister is not None:
            store.wiki.keep_sister(sister)
    except BaseException:
        store.close()
        raise
    return folder, store, source


def _walk(source: Source) -> str:
    """How the passages of a page were found, as a hash of them: which parameters of templates are words can change without a change of the page."""
    if source.format != "wikitext":
        return ""
    rows = (f"{slot.address} {slot.kind} {dump_runs(slot.source)}" for document in source.documents() for slot in document.slots)
    return sha256("\n".join(rows).encode("utf-8", "surrogatepass")).hexdigest()


def _kept_sister(folder: Folder) -> Sister | None:
    if not folder.store.exists():
        return None
    with Store.open(folder.store) as store:
        return store.wiki.sister()


def _same_wiki(store: Store, provenance: Provenance | None, folder: Folder) -> None:
    """A page of the same name on another wiki must not be taken for a new version of this one; a page that was moved is the same by its number."""
    versions = store.versions() if provenance is not None else ()
    known = store.wiki.provenance(versions[-1].number) if versions else None
    if provenance is None or known is None:
        return
    moved = known.page and (known.api, known.page) == (provenance.api, provenance.page)
    if (known.api, known.title) != (provenance.api, provenance.title) and not moved:
        raise SettingError(
            f"{folder.path} holds the translation of '{known.title}' of {known.api}, not of '{provenance.title}' of {provenance.api}: choose another folder with --out."
        )


def _source_language(source: Source, given: str | None) -> Language:
    tag = given or source.language
    if not tag:
        raise SettingError(f"{source.name} does not say which language it is in: give it with --from, for instance --from en.")
    try:
        return languages.find(tag)
    except SettingError:
        if given:
            raise
        raise SettingError(f"{source.name} says its language is '{tag}', which is none: give it with --from, for instance --from en.") from None


def _differ(source: Source, spoken: Language, target: Language) -> None:
    """A book is not translated into the language it is in; another script or a region that is named (pt to pt-BR) is another language."""
    if target.tag == spoken.tag or (target.tag == target.code == spoken.code and target.script == spoken.script):
        raise SettingError(f"{source.name} is in {spoken.name} already, by what it says: give another --to, or its real language with --from.")


def _same_work(store: Store, source: Source, folder: Folder) -> None:
    """Another book under the same file name must not be taken for a new version of this one."""
    known = store.work
    if known.source_name != source.name or (known.title and source.title and known.title != source.title):
        raise SettingError(
            f"{folder.path} holds the translation of '{known.title}' ({known.source_name}), not of '{source.title}' ({source.name}): "
            "choose another folder with --out, or rename the file."
        )


def _make(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"The folder {path} cannot be made ({error.strerror}): choose another with --out.") from error
