"""What of an order is kept with the work: what the next run holds to where it says nothing, and the order that it makes again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from translate import languages
from translate.models.hosted import shown
from translate.models.seam import DirectModel, Model
from translate.pipeline import glossaries, known
from translate.pipeline.glossaries import Held
from translate.pipeline.order.values import NO_SHEET, Order
from translate.pipeline.recall import Mode
from translate.pipeline.works import Folder
from translate.store import Store
from translate.style import NO_STYLE, Style
from translate.style import load as load_style


def settings(order: Order, store: Store, model: Model | DirectModel, held: Sequence[Held]) -> dict[str, str]:
    """What is kept of the order with the run; no key is ever among it."""
    return _sheet(order, store) | glossaries.settings(held) | {
        "model": order.model,
        "base_url": shown(order.base_url) if order.base_url else "",
        "price": order.price or "",
        "jobs": str(order.jobs or ""),
        "budget": "" if order.budget is None else str(order.budget),
        "local_only": str(order.local_only),
        "model_name": model.name,
        "note": "" if isinstance(model, DirectModel) else model.profile.note,
        "local": str(model.local),
        "currency": model.price.currency if not isinstance(model, DirectModel) and model.price else "",
        "terms": str(len(glossaries.terms(held))),
        "bilingual": str(order.bilingual),
        "escalate": order.escalate or "",
        "prescan": str(order.prescan),
        "only": order.only,
        "memory": order.memory,
        "series": order.series,
        "judge": order.judge or "",
    }


def style(order: Order, store: Store) -> Style:
    """The order's style sheet; without one, that of the work's last run. Raises ``SettingError``, with file and line, where it cannot be read."""
    if order.style is None:
        return known.style(store)
    return NO_STYLE if order.style == NO_SHEET else load_style(order.style, target=languages.find(order.to).tag)


def _sheet(order: Order, store: Store) -> dict[str, str]:
    """What is kept of the style sheet with the run: its file, and its text, so that it holds when the file is gone."""
    if order.style is None:
        told = known.settings(store)
        return {name: told.get(name, "") for name in ("style_file", "style")}
    if order.style == NO_SHEET:
        return {"style_file": "", "style": ""}
    return {"style_file": str(order.style.resolve()), "style": order.style.read_text(encoding="utf-8-sig")}


def again(folder: Folder) -> Order:
    """The order of the work's last run, to be carried out again with ``folder``; of a work without a run, an order with nothing chosen.

    Raises ``StoreError`` where the store cannot be used.
    """
    with Store.open(folder.store) as store:
        told = known.settings(store)
        return Order(
            source=folder.path / store.work.source_name,
            to=store.work.target_language,
            from_=store.work.source_language,
            model=told.get("model") or "embedded",
            base_url=told.get("base_url") or None,
            escalate=told.get("escalate") or None,
            glossaries=glossaries.paths(store),
            out=folder.path.parent,
            jobs=int(told["jobs"]) if told.get("jobs") else None,
            budget=float(told["budget"]) if told.get("budget") else None,
            price=told.get("price") or None,
            bilingual=told.get("bilingual") == "True",
            only=told.get("only", ""),
            local_only=told.get("local_only") == "True",
            memory=_mode(told.get("memory", "")),
            series=told.get("series", ""),
            prescan=told.get("prescan") != "False",
            judge=told.get("judge") or None,
            style=Path(told["style_file"]) if told.get("style_file") and Path(told["style_file"]).is_file() else None,
        )


def _mode(said: str) -> Mode:
    return next((mode for mode in get_args(Mode) if mode == said), "context")
