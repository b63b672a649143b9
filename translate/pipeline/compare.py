"""One page of a work by several models, side by side, before a whole book is given to one of them.

Each model translates the page in a copy of the work's store, as a run would: with the glossary, the checks and the mending. The work itself is not touched.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from translate.document import Kind, Segment, visible
from translate.errors import DragomanError, SettingError
from translate.models.seam import DirectModel, Model
from translate.pipeline import known
from translate.pipeline import order as orders
from translate.pipeline.order import Order
from translate.pipeline.progress import Silent, Standing
from translate.pipeline.running.control import Control
from translate.pipeline.works import STORE, Folder
from translate.store import Store, copy_store

LETTERS = 1800
"""A page has about so many characters."""
MOST = 14
TEXT = 700
"""A chapter that is worth comparing has so many characters of paragraphs near its beginning."""
LOOKED_AT = 60
"""So many chapters are looked at for a page."""
MODELS = 3


@dataclass(frozen=True, slots=True)
class Rendered:
    """A passage of the page as a model gave it, and what the checks say of it: (severity, sentence)."""

    segment: str
    source: str
    target: str
    findings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """What one model made of the page. ``cost`` is None where no price is known, ``whole`` what the whole work would cost at this rate; ``error`` says why there is none."""

    order: Order
    model: str
    passages: tuple[Rendered, ...] = ()
    seconds: float = 0.0
    tokens: int = 0
    cost: float | None = None
    whole: float | None = None
    currency: str = ""
    error: str = ""

    def count(self, severity: str) -> int:
        """Findings of this severity."""
        return sum(1 for one in self.passages for found, _ in one.findings if found == severity)


def page_of(store: Store) -> tuple[Segment, ...]:
    """The passages of a page: the beginning of the first chapter that has enough text, else of the longest that was looked at. Raises ``SettingError`` where there is no text."""
    best: tuple[Segment, ...] = ()
    for entry in store.entries(most=LOOKED_AT):
        page = _beginning(store, entry.name) if entry.kind == "content" else ()
        letters = sum(len(one.text) for one in page if one.kind == Kind.PARAGRAPH)
        if letters >= TEXT:
            return page
        best = max(best, page, key=lambda passages: sum(len(one.text) for one in passages))
    if not best:
        raise SettingError("There is no text in this work that models could be compared on.")
    return best


def _beginning(store: Store, document: str) -> tuple[Segment, ...]:
    page: list[Segment] = []
    letters = 0
    for segment in store.segments(document):
        if page and (letters + len(segment.text) > LETTERS or len(page) == MOST):
            break
        page.append(segment)
        letters += len(segment.text)
    return tuple(page)


def sample(folder: Folder, order: Order, *, model: Model | DirectModel | None = None, control: Control | None = None) -> Sample:
    """What the order's model makes of the page. What goes wrong is in the sample."""
    with TemporaryDirectory(prefix="dragoman-") as place:
        copy = Folder(Path(place) / folder.name)
        watch = _Watch()
        try:
            page = _copied(folder, copy)
            wanted = replace(order, among=frozenset(one.id for one in page), refresh=True, memory="off", judge=None, prescan=False, only="", budget=None)
            result = orders.carry_out(wanted, watch, control=control or Control(), folder=copy, model=model)
            return _read(copy, order, page, watch.seconds, str(result.error or ""))
        except DragomanError as error:
            return Sample(order, order.model, error=str(error))


class _Watch(Silent):
    """Takes the time from the first word of a run: loading a model is no part of its speed."""

    def __init__(self) -> None:
        self._began: float | None = None

    def stands(self, standing: Standing) -> None:
        """The run has begun, or goes on."""
        self._began = self._began if self._began is not None else time.monotonic()

    @property
    def seconds(self) -> float:
        """Since then."""
        return time.monotonic() - self._began if self._began is not None else 0.0


def _copied(folder: Folder, copy: Folder) -> tuple[Segment, ...]:
    """The page; with ``copy`` made a work of its own, that stands as the other does."""
    with Store.open(folder.store) as store:
        page = page_of(store)
        copy.path.mkdir(parents=True)
    copy_store(folder.store, copy.path / STORE)
    glossaries = folder.path / "glossaries"
    if glossaries.is_dir():
        shutil.copytree(glossaries, copy.path / "glossaries")
    return page


def _read(copy: Folder, order: Order, page: Sequence[Segment], seconds: float, error: str) -> Sample:
    with Store.open(copy.store, readonly=True) as store:
        settings, spent = known.settings(store), store.spent(store.runs()[-1].id)
        pairs = [store.pair(segment.id) for segment in page]
        letters = sum(visible(segment.text) for segment in page)
        share = letters / max(letters, sum(document.visible for document in store.documents()))
    passages = () if error else tuple(
        Rendered(
            pair.segment.id,
            pair.segment.text,
            pair.draft.text if pair.draft and pair.status != "pending" else "",
            tuple((finding.severity, finding.message) for finding in pair.findings),
        )
        for pair in pairs
    )
    free = settings.get("local") == "True"
    cost = spent.cost if free or settings.get("currency") else None
    whole = cost / share if cost is not None and share else None
    return Sample(
        order, settings.get("model_name", order.model), passages, seconds, spent.prompt + spent.answer, cost, whole, settings.get("currency", ""), error
    )


@dataclass(slots=True)
class Comparison:
    """A comparison that is under way in a thread of its own; ``samples`` come in one by one, in the order that was asked for."""

    folder: Folder
    orders: tuple[Order, ...]
    samples: list[Sample] = field(default_factory=list)
    control: Control = field(default_factory=Control)
    thread: threading.Thread | None = None

    @property
    def over(self) -> bool:
        """Whether every model has had its turn, or it was stopped."""
        return self.thread is not None and not self.thread.is_alive()

    def begin(self) -> Comparison:
        """Ask the models, one after the other, so that none slows the other down. Raises ``SettingError`` for none or too many."""
        if not 1 <= len(self.orders) <= MODELS:
            raise SettingError(f"Choose one to {MODELS} models to compare.")
        self.thread = threading.Thread(target=self._work, name=f"comparison for {self.folder.name}", daemon=True)
        self.thread.start()
        return self

    def stop(self) -> None:
        """Break off at once."""
        self.control.stop()

    def _work(self) -> None:
        for order in self.orders:
            if not self.control.stopped:
                self.samples.append(sample(self.folder, order, control=self.control))
