"""From an export on disk to the work's own source: an export of the chosen pages alone, and what stands for their names in the sister wiki."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from translate.assembler import in_one_step, write_text
from translate.errors import SettingError, SourceError
from translate.formats.dump import DumpPage, Head, Reading, archives, writing
from translate.formats.dump.reading import WIKITEXT
from translate.formats.wikitext import defaults
from translate.languages import Language
from translate.pipeline import works
from translate.pipeline.wikis.choosing import CATEGORY, Choice, Chosen, Facts, below, facts
from translate.pipeline.works import Folder
from translate.sites import Namespace, Parameter, Sister, Site, Template
from translate.wiki import known, pages, siteinfo, templates
from translate.wiki.client import Client
from translate.wiki.known import KnownWiki

PACKED = (".gz", ".bz2", ".xz", ".7z")
TEMPLATE = 10
FEW = 10
MOST_TEMPLATES = 5000
"""Of so many templates without a language link the sister wiki is asked whether it has one of the same name."""
NO_CHOICE = Choice()
NOTHING: Callable[[str], None] = lambda line: None  # noqa: E731


@dataclass(frozen=True, slots=True)
class Import:
    """An export to be taken: its file, what of it, the known ``wiki`` that it is of and the known ``sister`` that it goes to ("" where nobody said)."""

    dump: Path
    choice: Choice = NO_CHOICE
    wiki: str = ""
    sister: str = ""
    local_only: bool = False

    @property
    def name(self) -> str:
        """The export's name without what says how it is packed."""
        name = self.dump.name
        for suffix in (*PACKED, ".xml"):
            name = name.removesuffix(suffix)
        return name


@dataclass
class Seen:
    """What one pass over the export saw: how many pages there are and why some were left, counterparts and redirects by title, what templates take by TemplateData (on their page or one below it), and the first ``MOST_TEMPLATES`` templates."""

    pages: int = 0
    taken: set[str] = field(default_factory=set)
    redirects: dict[str, str] = field(default_factory=dict)
    counterparts: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, tuple[Parameter, ...]] = field(default_factory=dict)
    templates: list[str] = field(default_factory=list)
    empty: int = 0
    others: int = 0
    doubled: int = 0


@dataclass(frozen=True, slots=True)
class Selected:
    """The work's source on disk, the sister, and sentences for the user; ``sister`` is None where the selection of before still holds."""

    path: Path
    sister: Sister | None
    remarks: tuple[str, ...]


def select(wanted: Import, folder: Folder, *, source: str, target: Language, says: Callable[[str], None] = NOTHING) -> Selected:
    """Write the chosen pages into the work's folder, unless that was done before with the same file and choice.

    ``source`` is the language of the export where the user knows it. Raises ``SourceError`` where it cannot be read or nothing is chosen, ``SettingError``, ``WikiError``.
    """
    path = folder.path / f"{wanted.name}.xml"
    if path.is_file() and folder.store.is_file() and _noted(folder) == _note(wanted, source):
        return Selected(path, None, ())
    with ExitStack() as stack:
        here, there = _sites(wanted, stack)
        head = _head(wanted.dump)
        site = _site(head, here, source)
        chosen = Chosen(wanted.choice, site)
        if wanted.choice.recurse and chosen.categories:
            chosen.categories = below(chosen.categories, _parents(wanted.dump, site, target))
        seen = Seen()
        with in_one_step(path) as out:
            out.write(writing.start(replace(head, language=source or head.language)))
            for page in _pages(wanted.dump, site, target, chosen, seen):
                out.write(writing.page(page))
                if len(seen.taken) % 1000 == 0:
                    says(f"{len(seen.taken):,} pages chosen of {seen.pages:,} read")
            out.write(writing.END)
            if not seen.taken:
                raise SourceError(f"{wanted.dump.name} has {seen.pages:,} pages, and none is chosen: look at --namespace, --category and --titles.")
        sister = _sister(site, there, target, seen)
    return Selected(path, sister, (*_remarks(chosen, seen), *_homeless(site, sister.target, seen.taken)))


def note(wanted: Import, folder: Folder, source: str) -> None:
    """Remember with what the work's source was chosen, once it is in the store."""
    write_text(folder.path / "import.json", _note(wanted, source))


# --- one pass


def _head(dump: Path) -> Head:
    with archives.opened(dump) as file:
        reading = Reading(file, dump.name)
        next(reading.pages(), None)
        return reading.head


def _parents(dump: Path, site: Site, target: Language) -> Mapping[str, tuple[str, ...]]:
    """The categories that each category of the export is in."""
    with archives.opened(dump) as file:
        return {
            page.title.partition(":")[2]: facts(page, site, target.tag).categories for page in Reading(file, dump.name).pages() if page.namespace == CATEGORY
        }


def _pages(dump: Path, site: Site, target: Language, chosen: Chosen, seen: Seen) -> Iterator[DumpPage]:
    """The chosen pages, each once; ``seen`` is told of all."""
    with archives.opened(dump) as file:
        for page in Reading(file, dump.name).pages():
            seen.pages += 1
            if page.redirect:
                seen.redirects[page.title] = page.redirect
                continue
            found = facts(page, site, target.tag) if page.text else Facts()
            if found.counterpart:
                seen.counterparts[page.title] = found.counterpart
            if page.namespace == TEMPLATE and "/" not in page.title and len(seen.templates) < MOST_TEMPLATES:
                seen.templates.append(page.title)
            if page.namespace == TEMPLATE and (parameters := templates.in_page(page.text or "")):
                seen.parameters[page.title] = parameters
                seen.parameters.setdefault(page.title.rpartition("/")[0] or page.title, parameters)
            seen.empty += page.text is None
            seen.others += page.model != WIKITEXT
            if chosen.fits(page, found):
                if page.title in seen.taken:
                    seen.doubled += 1
                    continue
                seen.taken.add(page.title)
                yield page


def _remarks(chosen: Chosen, seen: Seen) -> Iterator[str]:
    led = "one redirect is" if len(seen.redirects) == 1 else f"{len(seen.redirects):,} redirects are"
    yield f"{len(seen.taken):,} of {seen.pages:,} pages are chosen; {led} followed, not translated."
    if seen.empty:
        yield f"{seen.empty:,} pages have no text in the export (deleted, or an export without texts) and are left out."
    if seen.others:
        yield f"{seen.others:,} pages are no wikitext (style sheets, scripts, data) and are left out."
    if seen.doubled:
        yield f"{seen.doubled:,} pages stand in the export twice; the first one counts."
    absent = chosen.absent(seen.taken)
    if absent:
        yield f"In the list and not in the export: {', '.join(absent[:FEW])}{' …' if len(absent) > FEW else ''}."


# --- the two wikis


def _sites(wanted: Import, stack: ExitStack) -> tuple[Site | None, tuple[Client, Site, KnownWiki] | None]:
    """The wikis that were named, as they describe themselves."""

    def entered(name: str) -> tuple[Client, Site, KnownWiki]:
        wiki = known.find(name)
        client = stack.enter_context(Client(wiki.api, login=known.login(wiki), contact=wiki.contact, local_only=wanted.local_only))
        return client, siteinfo.read(client), wiki

    here = entered(wanted.wiki)[1] if wanted.wiki else None
    return here, entered(wanted.sister) if wanted.sister else None


def _site(head: Head, here: Site | None, source: str) -> Site:
    if here is not None:
        return here
    if not head.namespaces:
        raise SettingError("The export does not say which namespaces its wiki has (no siteinfo): name the wiki with --wiki NAME.")
    return replace(head.site, language=source or head.language or "en")


def _sister(site: Site, there: tuple[Client, Site, KnownWiki] | None, target: Language, seen: Seen) -> Sister:
    """The target wiki seen from the export: language links in its wikitext, taken at their word or, where the sister can be asked, where the page is really there."""
    titles = dict(seen.counterparts)
    treatment: Mapping[str, Mapping[str, str]] = {}
    site_there = Site(language=target.tag, namespaces=_guessed(site, seen.counterparts))
    if there is not None:
        client, site_there, wiki = there
        guesses = ((title, siteinfo.full_title(site_there, TEMPLATE, title.partition(":")[2])) for title in seen.templates if title not in titles)
        known_there = set(titles.values())
        alike = {title: guess for title, guess in guesses if guess not in known_there}
        own = {f"{siteinfo.full_title(site, CATEGORY, old)}": siteinfo.full_title(site_there, CATEGORY, new) for old, new in wiki.categories.items()}
        titles |= alike | own
        found = pages.existing(client, titles.values())
        titles = {ours: found[theirs] for ours, theirs in titles.items() if theirs in found}
        treatment = wiki.templates
    titles |= {title: titles[end] for title, end in seen.redirects.items() if end in titles and title not in titles}
    redirects = {title: end for title, end in seen.redirects.items() if end in seen.taken}
    return Sister(site, site_there, titles, _templates(site, there[0] if there else None, titles, seen), treatment, redirects=redirects)


def _templates(site: Site, there: Client | None, titles: Mapping[str, str], seen: Seen) -> Mapping[str, Template]:
    """The templates that the export describes or that have a counterpart; their parameters are paired with the sister's where that can be asked."""
    mine = seen.parameters | {title: seen.parameters[end] for title, end in seen.redirects.items() if end in seen.parameters}
    wanted = dict.fromkeys([*(title for title in titles if siteinfo.namespace_of(site, title) == TEMPLATE), *mine])
    theirs = templates.described(there, (titles[title] for title in mine if title in titles)) if there is not None else {}
    made: dict[str, Template] = {}
    for title in wanted:
        name, target = title.partition(":")[2], titles.get(title, "")
        made[name] = templates.paired(name, target.partition(":")[2], mine.get(title, ()), theirs.get(target, ()))
    return made


def _guessed(site: Site, counterparts: Mapping[str, str]) -> tuple[Namespace, ...]:
    """The namespaces of a sister that nobody has asked: as the language links show them, else in English, which every wiki understands; those of the wiki's own as they are."""
    usual = {one.number: one for one in defaults.NAMESPACES if one.number < defaults.CUSTOM}
    shown = {one.number: one for one in _learned(site, counterparts)}
    return tuple(shown.get(one.number) or usual.get(one.number) or one for one in site.namespaces)


def _homeless(site: Site, there: Site, titles: Iterable[str]) -> Iterator[str]:
    """Sentences about the namespaces of the pages that the sister lacks."""
    lacks = {one.number: one.name for one in site.namespaces} if there.namespaces else {}
    for one in there.namespaces:
        lacks.pop(one.number, None)
    count = Counter(siteinfo.namespace_of(site, title) for title in titles)
    for number, name in lacks.items():
        if count[number]:
            yield f"{there.name or 'The sister wiki'} has no namespace '{name}': {count[number]:,} pages get titles that begin with '{name}:', which are in its main namespace."


def _learned(site: Site, counterparts: Mapping[str, str]) -> tuple[Namespace, ...]:
    """What the sister calls its namespaces, as the language links of pages in them show."""
    said: dict[int, Counter[str]] = {}
    for ours, theirs in counterparts.items():
        number = siteinfo.namespace_of(site, ours)
        if number and ":" in theirs:
            said.setdefault(number, Counter())[theirs.partition(":")[0]] += 1
    canonical = {one.number: one.canonical or one.name for one in site.namespaces}
    return tuple(Namespace(number, names.most_common(1)[0][0], canonical.get(number, "")) for number, names in sorted(said.items()))


# --- the same again


def _note(wanted: Import, source: str) -> str:
    about = wanted.dump.stat() if wanted.dump.is_file() else os.stat_result((0,) * 10)
    said = asdict(replace(wanted, local_only=False)) | {"size": about.st_size, "time": about.st_mtime_ns, "source": source}
    listed = wanted.choice.titles
    said["list"] = listed.read_text(encoding="utf-8-sig", errors="replace") if listed is not None and listed.is_file() else ""
    return json.dumps(said, default=str, sort_keys=True, ensure_ascii=False)


def _noted(folder: Folder) -> str:
    path = folder.path / "import.json"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def folder_for(wanted: Import, target: Language, out: Path) -> Folder:
    """The folder of the work that translates the export into ``target``."""
    return works.folder_for(Path(f"{wanted.name}.xml"), target, out)

