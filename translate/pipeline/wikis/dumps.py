"""A whole wiki's export as one work: chosen, imported, translated portion by portion, and written as pages, as an export again, or as a book."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from translate import languages
from translate.errors import FINDINGS_LEFT, FINISHED, DragomanError, RunStopped, SettingError, StoreError
from translate.models.seam import DirectModel, Model
from translate.pipeline import glossaries, memories, standins, works
from translate.pipeline import order as orders
from translate.pipeline.order import Order, opening
from translate.pipeline.progress import Mending, Progress, Standing
from translate.pipeline.running.quote import Quote, total
from translate.pipeline.wikis import books, selecting, unloading
from translate.pipeline.wikis.books import Binding, Plan
from translate.pipeline.wikis.choosing import Choice
from translate.pipeline.wikis.selecting import Import
from translate.pipeline.wikis.unloading import Unloaded, Wish
from translate.pipeline.works import Folder
from translate.sites import Sister
from translate.store import Store
from translate.wiki import known
from translate.wiki.client import Client

PORTION = 4000
"""So many passages, or a page more, are planned and held in memory at a time."""
MOST_PAGES = 400
"""At most so many pages in a portion."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import: the work, what was written of it, passages by status, how many were asked for, and what stopped it, if anything did."""

    folder: Folder
    written: Unloaded | None
    statuses: tuple[tuple[str, int], ...]
    remarks: tuple[str, ...]
    asked: int = 0
    error: DragomanError | None = None

    @property
    def exit_code(self) -> int:
        """As ``errors`` defines them."""
        if self.error is not None:
            return self.error.exit_code
        return FINDINGS_LEFT if self.written and self.written.errors else FINISHED


@dataclass(frozen=True, slots=True)
class Book:
    """What a user says of the book that is to be made: ``book`` is a file or a page that lists its chapters ("" for no book), ``renderer`` the known wiki whose parser renders them."""

    book: str = ""
    images: Path | None = None
    licence: str = ""
    renderer: str = ""


def carry_out(wanted: Import, order: Order, wish: Wish, progress: Progress, *, book: Book | None = None, model: Model | DirectModel | None = None) -> Imported:
    """Choose, import or go on, translate what is left, and write what ``wish`` says. ``model`` is one that is open already; else the order's is opened.

    A run that stopped at any instant goes on with the same command: what was accepted is not asked for again. A run that a person stopped writes nothing.
    Raises ``DragomanError`` where nothing could be begun.
    """
    wanted, planned = _planned(wanted, book)
    folder, remarks = prepare(wanted, order, progress)
    asked, error = _translate(folder, order, progress, model)
    with Store.open(folder.store) as store:
        found = store.totals()
        statuses = (("pending", found.pending), ("accepted", found.accepted), ("flagged", found.flagged), ("approved", found.approved))
        counted = tuple((status, number) for status, number in statuses if number)
        if isinstance(error, RunStopped):
            return Imported(folder, None, counted, remarks, asked, error)
        _remember(store, folder, progress)
        with ExitStack() as stack:
            if book is not None and planned is not None:
                client = stack.enter_context(_entered(book.renderer, wanted)) if book.renderer else None
                wish = replace(wish, book=Binding(planned, book.images, book.licence, client))
            if wish.xml and wanted.sister and not wish.with_existing:
                wish = replace(wish, there=stack.enter_context(_entered(wanted.sister, wanted)))
            written = unloading.write(store, folder, wish, says=progress.says)
    return Imported(folder, written, counted, (*remarks, *written.remarks), asked, error)


def quoted(wanted: Import, order: Order, progress: Progress, *, book: Book | None = None, model: Model | DirectModel | None = None) -> Quote:
    """What is left to do would take. The pages are chosen and imported for it; no model is asked.

    What reads alike on several pages is counted once, also where they are in different portions. Raises ``DragomanError``.
    """
    folder, _ = prepare(_planned(wanted, book)[0], order, progress)
    model = model or opening.translator(order)
    parts = _portions(folder, order) or (_first(folder),)
    earlier: set[bytes] = set()
    return total([orders.quoted(_portion(order, names, place), model=model, folder=folder, earlier=earlier) for place, names in enumerate(parts)])


def _planned(wanted: Import, book: Book | None) -> tuple[Import, Plan | None]:
    """What is to be imported, and the plan of the book that is to be made; without another choice, its pages are taken."""
    planned = books.plan(book.book, wanted.dump) if book and book.book else None
    if planned is not None and wanted.choice == Choice():
        wanted = replace(wanted, choice=Choice(pages=(*(entry.page for entry in planned.entries), *((planned.page,) if planned.page else ()))))
    return wanted, planned


def _entered(name: str, wanted: Import) -> Client:
    wiki = known.find(name)
    return Client(wiki.api, login=known.login(wiki), contact=wiki.contact, local_only=wanted.local_only)


def prepare(wanted: Import, order: Order, progress: Progress) -> tuple[Folder, tuple[str, ...]]:
    """Choose the pages and import them; gives the work's folder and sentences for the user. Nothing is asked of a model. Raises ``DragomanError``."""
    target = languages.find(order.to)
    folder = selecting.folder_for(wanted, target, order.out)
    chosen = selecting.select(wanted, folder, source=order.from_ or "", target=target, says=progress.says)
    if chosen.sister is not None:
        _import(chosen.path, chosen.sister, order)
        selecting.note(wanted, folder, order.from_ or "")
    return folder, chosen.remarks


def _import(path: Path, sister: Sister, order: Order) -> None:
    target = languages.find(order.to)
    _, store, _ = works.prepare(path, target=target, source_language=order.from_ or sister.source.language, out=order.out, sister=sister)
    store.close()


def _translate(folder: Folder, order: Order, progress: Progress, model: Model | DirectModel | None) -> tuple[int, DragomanError | None]:
    """Run portion after portion, the ledger proposed before the first; gives how many passages were to be asked for, and what stopped it, if anything did."""
    waiting = _portions(folder, order)
    with Store.open(folder.store) as store:
        found, lines = store.totals(), len(store.ledger())
        glossaries.tell(order.glossaries, glossaries.of_order(order.glossaries, store), store, progress)
    total = found.pending + found.accepted + found.flagged + found.approved
    told = Whole(progress, total)
    asked = 0
    for place, names in enumerate(waiting):
        result = orders.carry_out(_portion(order, names, place), told, folder=folder, model=model)
        asked += result.asked
        told.base(dict(result.statuses))
        if not place:
            _tell(folder, lines, told)
        if result.error is not None:
            return asked, result.error
    return asked, None


def _portion(order: Order, names: tuple[str, ...], place: int) -> Order:
    """The order for one portion. The first of a run reads the whole work for the ledger, which holds for all of them."""
    return replace(order, portion=names, prescan=order.prescan and place == 0)


def _portions(folder: Folder, order: Order) -> tuple[tuple[str, ...], ...]:
    """The documents that are to be looked at, in portions: those with something pending, or all where what is settled may make others stale."""
    with Store.open(folder.store) as store:
        whole = bool(order.glossaries or glossaries.paths(store) or order.style or order.refresh or store.ledger()) or _other_kind(store, order.model)
        return tuple(portions(store, everything=whole))


def _first(folder: Folder) -> tuple[str, ...]:
    with Store.open(folder.store) as store:
        return tuple(document.name for document in store.documents()[:1])


def _tell(folder: Folder, before: int, progress: Progress) -> None:
    """Say that a ledger was proposed, if one was."""
    with Store.open(folder.store) as store:
        fresh = len(store.ledger()) - before
    if fresh > 0:
        progress.says(f"{fresh:,} names and terms of the pages were put into the ledger, one for all pages; to see and settle them: dragoman ledger {folder.path}")


def _other_kind(store: Store, model: str) -> bool:
    """Whether a stand-in (echo, pseudo) meets what another model left, or the other way round."""
    before = {dict(run.settings).get("model", "") for run in store.runs()[-1:]}
    return bool(before) and before != {model} and bool((before | {model}) & set(standins.STAND_INS))


def portions(store: Store, *, everything: bool) -> Iterator[tuple[str, ...]]:
    """The documents in portions, by name; only those with something pending, unless ``everything`` is asked for."""
    names: list[str] = []
    passages = 0
    for name, number in store.portions.waiting(everything=everything):
        names.append(name)
        passages += number
        if passages >= PORTION or len(names) >= MOST_PAGES:
            yield tuple(names)
            names, passages = [], 0
    if names:
        yield tuple(names)


def _remember(store: Store, folder: Folder, progress: Progress) -> None:
    try:
        memories.remember(store, folder)
    except StoreError as error:
        progress.says(f"Nothing was put into the translation memory: {error}")


class Whole:
    """Tells how the whole work stands while its portions are run."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total = progress, total
        self._done = self._flagged = self._in_portion = 0

    def base(self, statuses: dict[str, int]) -> None:
        """A portion is done: the work stands like this."""
        self._done = sum(number for status, number in statuses.items() if status != "pending")
        self._flagged = statuses.get("flagged", 0)

    def stands(self, standing: Standing) -> None:
        """A portion came on."""
        self._progress.stands(replace(standing, total=self._total, done=min(self._total, self._done + standing.done), flagged=self._flagged + standing.flagged))

    def says(self, line: str) -> None:
        """Pass it on."""
        self._progress.says(line)

    def mends(self, mending: Mending) -> None:
        """Pass it on."""
        self._progress.mends(mending)


def find(work: str, out: Path) -> Folder:
    """The work of an export that ``work`` names. Raises ``SettingError`` where it is none."""
    folder = works.find(work, out=out)
    with Store.open(folder.store, readonly=True) as store:
        if store.work.format != "wiki-dump":
            raise SettingError(f"{folder.path} is no work of a wiki's export: dragoman wiki import makes one.")
    return folder
