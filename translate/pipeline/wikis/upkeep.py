"""Keeps translated pages in step with their sources: says which have changed, and does the changed passages again, leaving alone what a person wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from translate import languages
from translate.errors import SettingError, StoreError, WikiError
from translate.pipeline import order as orders
from translate.pipeline import works
from translate.pipeline.order import Result
from translate.pipeline.progress import Progress
from translate.pipeline.wikis import merging, showing
from translate.pipeline.wikis.fetching import Asked, Wikis, file_name
from translate.pipeline.wikis.publishing import Published, provenance_of
from translate.pipeline.works import Folder
from translate.sites import Provenance
from translate.store import Publication, Store
from translate.wiki import known, pages
from translate.wiki.addresses import Wanted
from translate.wiki.client import Client


@dataclass(frozen=True, slots=True)
class Kept:
    """A translated page and its source: ``state`` is "current", "changed" (the source has a newer revision), "gone", "moved" (``note`` is where to), or "unknown" (its wiki did not answer, ``note`` says why)."""

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
    """What an update did: the source's and the translation's change as diffs, the run, and what was published."""

    title: str
    revisions: tuple[int, int]
    source: str
    target: str
    result: Result
    published: Published | None = None


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
        note, newest, moved = "", {}, {}
        try:
            wiki = known.with_api(api)
            with Client(api, login=known.login(wiki) if wiki else None, contact=wiki.contact if wiki else "", local_only=local_only) as client:
                newest = pages.latest(client, (came.title for _, came, _, _ in rows))
                moved = pages.moved(client, (came.title for _, came, _, _ in rows if newest.get(came.title, (came.revision, ""))[0] != came.revision))
        except WikiError as error:
            note = str(error)
        kept += [_kept(row, newest, note, moved.get(row[1].title, "")) for row in rows]
    return tuple(kept)


def _kept(row: tuple[Folder, Provenance, tuple[Publication, ...], str], newest: dict[str, tuple[int, str]], note: str, moved: str) -> Kept:
    folder, came, published, language = row
    number, when = newest.get(came.title, (None, ""))
    state = "unknown" if note else "gone" if number is None else "moved" if moved else "current" if number == came.revision else "changed"
    return Kept(came.title, language, folder.path, came.api, came.revision, number, when if state == "changed" else "", state, published, note or moved)


def find(name: str, *, out: Path) -> Folder:
    """The work that ``name`` means: a folder or work's name, or the title of the page it translates. Raises ``SettingError`` where there is none, or there are several."""
    wanted = name.replace("_", " ").strip()
    there = [folder for folder, came, _, _ in works_of_wikis(out) if came.title == wanted]
    if len(there) > 1:
        raise SettingError(f"'{name}' is translated more than once: name the work's folder: {', '.join(str(folder.path) for folder in there)}.")
    return there[0] if there else works.find(name, out=out)


def update(folder: Folder, progress: Progress, *, model: str = "") -> Updated:
    """Fetch the source again, translate what changed, and build. Raises ``DragomanError`` as fetching and translating do."""
    with Store.open(folder.store) as store:
        came = provenance_of(store)
        sister = store.wiki.sister()
        before = (store.source().decode("utf-8", "replace"), showing.built_text(store))
    order = orders.again(folder)
    order = replace(order, model=model or order.model)
    asked = Asked(came.title, local_only=order.local_only, api=came.api, sister_api=sister.target.api if sister else "")
    target = languages.find(order.to)
    if works.folder_for(Path(file_name(came.title)), target, folder.path.parent).path != folder.path:
        raise SettingError(f"{folder.path} does not bear the name that its page has by now: translate the page again by its address.")
    with Wikis(asked, target, progress.says) as wikis:
        page = wikis.fetch(Wanted(came.title), out=folder.path.parent)
    result = orders.carry_out(replace(order, source=page.path, out=folder.path.parent, provenance=page.provenance, sister=page.sister), progress)
    with Store.open(folder.store) as store:
        after = (store.source().decode("utf-8", "replace"), showing.built_text(store))
    numbers = (came.revision, page.provenance.revision)
    source = merging.difference(before[0], after[0], names=(f"{came.title}, revision {numbers[0]}", f"{came.title}, revision {numbers[1]}"))
    built = merging.difference(before[1], after[1], names=("translation before", "translation now"))
    return Updated(came.title, numbers, source, built, result)


def last_place(folder: Folder, wiki: str) -> Publication | None:
    """Where the work was published last on a known wiki ("" for any), or None."""
    with Store.open(folder.store, readonly=True) as store:
        return next((one for one in reversed(store.wiki.publications()) if one.state == "saved" and wiki in ("", one.wiki)), None)
