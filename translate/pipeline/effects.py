"""What a change of the ledger would lead to, before anybody makes it: which passages a run would ask for again, which fit already, which people approved otherwise, and what it takes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from translate.document import Decision, LedgerLine, LineStatus, Segment
from translate.models import open_model
from translate.models.seam import DirectModel
from translate.pipeline import known, order
from translate.pipeline.judge import Judge
from translate.pipeline.running import plan, quote
from translate.pipeline.running.quote import Quote
from translate.pipeline.works import Folder
from translate.store import Store


@dataclass(frozen=True, slots=True)
class Effect:
    """``asked`` are the passages that the next run would ask for, and would not without the change; ``fitting`` says in how many the translation fits it already.

    ``approved`` are those that people approved, and that stay as they are. ``quote`` is what asking takes; None where the work's model asks nobody, or nothing is to be asked.
    """

    asked: tuple[str, ...]
    fitting: int
    approved: tuple[str, ...]
    quote: Quote | None


def of_line(folder: Folder, line: LedgerLine, *, status: LineStatus = "accepted") -> Effect:
    """What it would lead to if a person decided so. Nothing is changed, nothing is asked. Raises what opening the work's model raises."""
    with Store.open(folder.store) as store:
        before, after = (_planned(store, judge) for judge in (known.judge_of(store), known.judge_of(store, as_if=Decision(line, status, "person"))))
        there = {segment.id for segment in before.asked} | before.repeats.keys()
        asked = tuple(segment for segment in after.asked if segment.id not in there)
        repeats = {name: leader for name, leader in after.repeats.items() if name not in there}
        return Effect(
            asked=(*(segment.id for segment in asked), *repeats),
            fitting=len(set(after.rekeyed) - set(before.rekeyed)),
            approved=tuple(sorted(name for name in after.overruled if after.keys[name] != before.keys[name])),
            quote=_quote(folder, store, replace(after, asked=asked, repeats=repeats)) if asked else None,
        )


def _planned(store: Store, judge: Judge) -> plan.Plan:
    def keeps(segment: Segment) -> bool:
        draft = store.pair(segment.id).draft
        return draft is not None and judge.keeps(segment, draft)

    return plan.make(store.segments(), store.states(), judge, keeps=keeps)


def _quote(folder: Folder, store: Store, planned: plan.Plan) -> Quote | None:
    wanted = order.again(folder)
    model = open_model(wanted.model, base_url=wanted.base_url, price=wanted.price, local_only=wanted.local_only)
    if isinstance(model, DirectModel):
        return None
    return quote.make(planned, profile=model.profile, price=model.price, count=model.count, jobs=wanted.jobs or model.jobs, language=store.work.source_language)
