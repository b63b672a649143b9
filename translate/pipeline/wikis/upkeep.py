"""Keeps translated pages in step with their sources: says which have changed, and does the changed passages again, leaving alone what a person wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from translate import languages
from translate.errors import SettingError, StoreError, WikiError
from translate.pipeline import order as orders
from translate.pipeline import works
from translate.pipeline.order import Result
from translate.pipeline.progress import Progress
from translate.pipeline.wikis import merging, moves, showing
from translate.pipeline.wikis.fetching import Asked, Wikis
from translate.pipeline.wikis.publishing import Published, provenance_of
from translate.pipeline.works import Folder
from translate.sites import Provenance
from translate.store import Publication, Store
from translate.wiki import known, pages
from translate.wiki.addresses import Wanted
from translate.wiki.client import Client


@dataclass(frozen=True, slots=True)
class Kept:
    """A translated page and its source: ``state`` is "current", "changed" (the source has a newer revision), "gone", "moved" (``note`` is what it is called now), "merged" (it leads to another page, ``note``), or "unknown" (its wiki did not answer, ``note`` says why)."""

    title: str
    language: str
    work: Path
    api: str
    revision: int
    newest: int | None
    changed: str
    state: str
    published: tuple[Publication, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update did: the source's and the translation's change as diffs, the run, and what was published. ``moved`` is what the source is called now, where that is new."""

    title: str
    revisions: tuple[int, int]
    source: str
    target: str
    result: Result
    published: Published | None = None
    moved: str = ""


def works_of_wikis(out: Path) -> Iterator[tuple[Folder, Provenance, tuple[Publication, ...], str]]:
    """Every work under ``out`` that is a page of a wiki: its folder, where it came from, what was published, its target language."""
    for store_path in sorted(out.glob(f"*/{works.STORE}")):
        with suppress(StoreError), Store.open(store_path, readonly=True) as store:
            came = store.wiki.provenance(store.version().number)
            if came is not None:
                yield Folder(store_path.parent), came, tuple(one for one in store.wiki.publications() if one.state == "saved"), store.work.target_language


def status(out: Path, *, local_only: bool = False) -> tuple[Kept, ...]:
    """Where every translated page under ``out`` stands; each wiki is asked for fifty pages at a time."""
    by_wiki: dict[str, list[tuple[Folder, Provenance, tuple[Publication, ...], str]]] = defaultdict(list)
    for row in works_of_wikis(out):
        by_wiki[row[1].api].append(row)
    kept: list[Kept] = []
    for api, rows in by_wiki.items():
        try:
            wiki = known.with_api(api)
            with Client(api, login=known.login(wiki) if wiki else None, contact=wiki.contact if wiki else "", local_only=local_only) as client:
                seen = _Seen.of(client, [came for _, came, _, _ in rows])
        except WikiError as error:
            seen = _Seen(note=str(error))
        kept += [seen.kept(*row) for row in rows]
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a wiki said of the sources: by the numbers of pages, by title where a number says nothing; where redirects lead; or why it said nothing (``note``)."""

    numbers: Mapping[int, pages.Now] = field(default_factory=dict)
    titles: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    leads: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    @classmethod
    def of(cls, client: Client, sources: Sequence[Provenance]) -> _Seen:
        """Ask the wiki, fifty pages at a time. Raises as the client does."""
        numbers = pages.now(client, (came.page for came in sources if came.page))
        others = [came for came in sources if came.page not in numbers]
        titles = pages.latest(client, (came.title for came in others))
        doubtful = [one.title for one in numbers.values() if one.redirect] + [came.title for came in others if titles.get(came.title, (came.revision, ""))[0] != came.revision]
        return cls(numbers, titles, pages.moved(client, doubtful))

    def kept(self, folder: Folder, came: Provenance, published: tuple[Publication, ...], language: str) -> Kept:
        """Where one work stands."""
        one = self.numbers.get(came.page)
        number, when = (one.revision, one.timestamp) if one else self.titles.get(came.title, (None, ""))
        note = self.note or self.leads.get(one.title if one else came.title, "") or (one.title if one and one.title != came.title else "")
        led = bool(note) and not self.note
        state = "unknown" if self.note else "gone" if number is None else ("merged" if one and one.redirect else "moved") if led else "current" if number == came.revision else "changed"
        return Kept(came.title, language, folder.path, came.api, came.revision, number, when if state == "changed" else "", state, published, note)


def find(name: str, *, out: Path) -> Folder:
    """The work that ``name`` means: a folder or work's name, or the title of the page it translates. Raises ``SettingError`` where there is none, or there are several."""
    wanted = name.replace("_", " ").strip()
    there = [folder for folder, came, _, _ in works_of_wikis(out) if came.title == wanted]
    if len(there) > 1:
        raise SettingError(f"'{name}' is translated more than once: name the work's folder: {', '.join(str(folder.path) for folder in there)}.")
    return there[0] if there else works.find(name, out=out)


def update(folder: Folder, progress: Progress, *, model: str = "") -> Updated:
    """Fetch the source again, whatever it is called by now, translate what changed, and build. Raises ``DragomanError`` as fetching and translating do."""
    with Store.open(folder.store) as store:
        came, name = provenance_of(store), store.work.source_name
        sister = store.wiki.sister()
        before = (store.source().decode("utf-8", "replace"), showing.built_text(store))
    order = orders.again(folder)
    order = replace(order, model=model or order.model)
    asked = Asked(came.title, local_only=order.local_only, api=came.api, sister_api=sister.target.api if sister else "")
    target = languages.find(order.to)
    there = works.folder_for(Path(name), target, folder.path.parent).path
    if there != folder.path:
        raise SettingError(f"{folder.path} was renamed: call it {there.name} again, so that the update finds what is translated.")
    with Wikis(asked, target, progress.says) as wikis:
        page = wikis.fetch(Wanted(came.title, page=came.page), out=folder.path.parent, name=name)
    result = orders.carry_out(replace(order, source=page.path, out=folder.path.parent, provenance=page.provenance, sister=page.sister), progress)
    with Store.open(folder.store) as store:
        after = (store.source().decode("utf-8", "replace"), showing.built_text(store))
    numbers = (came.revision, page.provenance.revision)
    source = merging.difference(before[0], after[0], names=(f"{came.title}, revision {numbers[0]}", f"{came.title}, revision {numbers[1]}"))
    built = merging.difference(before[1], after[1], names=("translation before", "translation now"))
    called = page.provenance.title
    return Updated(came.title, numbers, source, built, result, moved=called if called != came.title else "")


def last_place(folder: Folder, wiki: str, title: str = "") -> Publication | None:
    """Where the work was published last on a known wiki ("" for any), under ``title`` where that is named, or None."""
    with Store.open(folder.store, readonly=True) as store:
        return moves.newest(store, wiki, title=" ".join(title.replace("_", " ").split()))
