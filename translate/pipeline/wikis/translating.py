"""Pages of a wiki, one after the other: fetched, translated, built, and rendered by the wiki they go to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from translate import languages
from translate.errors import FAILED, BudgetReached, DragomanError, ModelError, WikiError
from translate.pipeline import order as orders
from translate.pipeline.order import Order, Result
from translate.pipeline.progress import Progress
from translate.pipeline.running.quote import Quote
from translate.pipeline.wikis.fetching import Asked, Fetched, Wikis
from translate.pipeline.wikis.showing import complaints, preview
from translate.store import Store


@dataclass(frozen=True, slots=True)
class PageDone:
    """What came of one page: its title, the result of its run, where the preview lies; or the ``error`` that stopped it."""

    title: str
    result: Result | None = None
    preview: Path | None = None
    remarks: tuple[str, ...] = ()
    error: DragomanError | None = None

    @property
    def exit_code(self) -> int:
        """As ``errors`` defines them."""
        if self.error is not None:
            return self.error.exit_code
        return self.result.exit_code if self.result else FAILED


def carry_out(asked: Asked, order: Order, progress: Progress) -> Iterator[PageDone]:
    """Do what ``order`` says for every page that is asked for, in turn. A page that fails is named and the next one is done; a model that fails or a budget that is reached ends it.

    Raises ``DragomanError`` where the wiki cannot be read at all.
    """
    for page, wikis in _fetched(asked, order, progress):
        if isinstance(page, PageDone):
            yield page
            continue
        try:
            result = orders.carry_out(_order(order, page), progress)
        except DragomanError as error:
            yield PageDone(page.provenance.title, error=error)
            if isinstance(error, ModelError | BudgetReached):
                return
            continue
        shown, remarks = _preview(result, page, wikis)
        order = _with_less(order, result)
        yield PageDone(page.provenance.title, result, shown, (*_counterpart(page), *remarks))
        if result.error is not None:
            return


def quotes(asked: Asked, order: Order, progress: Progress) -> Iterator[tuple[str, Quote]]:
    """What each page would take, by its title; at least one. A page that cannot be read is told and left out. Raises as ``carry_out`` does, also where no page can be read."""
    found = 0
    error: DragomanError | None = None
    for page, _ in _fetched(asked, order, progress):
        if isinstance(page, PageDone):
            error = page.error
            progress.says(f"{page.title} is left out: {error}")
            continue
        found += 1
        yield page.provenance.title, orders.quoted(_order(order, page))
    if not found and error is not None:
        raise error


def _fetched(asked: Asked, order: Order, progress: Progress) -> Iterator[tuple[Fetched | PageDone, Wikis]]:
    says: Callable[[str], None] = progress.says
    with Wikis(asked, languages.find(order.to), says) as wikis:
        for wanted in wikis.wanted():
            try:
                yield wikis.fetch(wanted, out=order.out), wikis
            except WikiError as error:
                yield PageDone(wanted.title or f"revision {wanted.revision}", error=error), wikis


def _order(order: Order, page: Fetched) -> Order:
    return replace(order, source=page.path, from_=order.from_ or page.provenance.language, provenance=page.provenance, sister=page.sister)


def _with_less(order: Order, result: Result) -> Order:
    """The order with the budget that this page left for the others: one cap holds for all that was asked for."""
    if order.budget is None:
        return order
    with Store.open(result.folder.store, readonly=True) as store:
        return replace(order, budget=max(0.0, order.budget - store.spent().most))


def _counterpart(page: Fetched) -> tuple[str, ...]:
    """Sentences where a redirect was followed, and where the language links lead to a page on this in the sister wiki."""
    title = page.provenance.title
    there = page.sister.titles.get(title)
    led = (f"'{page.asked}' only leads to '{title}', which is what was translated.",) if page.asked else ()
    return (*led, f"{page.sister.target.name or 'The sister wiki'} has a page on it already: {there}.") if there else led


def _preview(result: Result, page: Fetched, wikis: Wikis) -> tuple[Path | None, tuple[str, ...]]:
    """The preview by the sister, or by the page's own wiki where there is none; and what their parsers complain of."""
    client = wikis.there or wikis.client
    title = page.sister.titles.get(page.provenance.title, page.provenance.title)
    try:
        with Store.open(result.folder.store, readonly=True) as store:
            path, seen = preview(result.folder, store, client, title)
    except WikiError as error:
        return None, (f"There is no preview: {error}",)
    return path, complaints(seen, foreign=wikis.there is not None)
