"""Asks for single passages that a rule touches, as a further turn after what stands there: one request each, told what is to change and to change nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing

from translate import checker, languages, translator
from translate.checks import looping
from translate.document import Draft, Finding, Term
from translate.errors import DragomanError, SettingError
from translate.models import open_model
from translate.models.seam import DirectModel, Model
from translate.pipeline import known
from translate.pipeline.judge import Judge
from translate.pipeline.order import Order
from translate.pipeline.progress import Progress
from translate.pipeline.running.caller import Caller
from translate.pipeline.running.gate import Gate
from translate.pipeline.running.ladder import Case, Desk, Ladder, Tried
from translate.pipeline.running.purse import Purse
from translate.store import Pair, Store


def mend(store: Store, pairs: Sequence[Pair], judge: Judge, order: Order, progress: Progress, *, model: Model | None = None) -> dict[str, Draft]:
    """A draft for each passage that a request could mend, by segment: it has one finding less than what stands, as ``judge`` sees both, and none as grave more.

    Nothing of it stands in the work; the requests are on record, so that the same ones again cost nothing. ``model`` is one that is open already; else the order's is opened.
    Raises ``ModelError`` and ``BudgetReached`` as a run does, and ``SettingError`` where the work's model cannot mend.
    """
    opened = model or open_model(order.model, base_url=order.base_url, price=order.price, local_only=order.local_only, jobs=order.jobs, watch=looping)
    if isinstance(opened, DirectModel) or opened.profile.unit != "chunk" or opened.profile.form == "examples":
        raise SettingError(f"{opened.name} cannot mend a passage: leave the rest to 'dragoman translate' with another --model.")
    return asyncio.run(_mend(store, pairs, judge, order, progress, opened))


async def _mend(store: Store, pairs: Sequence[Pair], judge: Judge, order: Order, progress: Progress, model: Model) -> dict[str, Draft]:
    number = store.start_run(known.settings(store))
    outcome = "stopped"
    try:
        async with aclosing(model):
            gate, purse = Gate(order.jobs or model.jobs), Purse(cap=order.budget, spent=store.spent().most)
            brief = translator.Brief(languages.find(store.work.source_language), languages.find(store.work.target_language), model.profile, model.count, known.style(store).lines())
            ladder = Ladder(Desk(Caller(model, store, gate=gate, progress=progress, purse=purse), brief), judge, progress=progress)
            cases = [_case(pair, judge) for pair in pairs]
            stopped = await asyncio.gather(*(_one(case, ladder) for case in cases), return_exceptions=True)
        outcome = "finished"
    finally:
        store.end_run(number, outcome)
    for error in stopped:
        if isinstance(error, BaseException) and not (isinstance(error, DragomanError) and any(len(case.tried) > 1 for case in cases)):
            raise error
    return {case.segment.id: better for case in cases if (better := _better(case)) is not None}


def _case(pair: Pair, judge: Judge) -> Case:
    draft, terms = pair.draft or Draft(pair.segment.id, ()), judge.terms(pair.segment)
    return Case(pair.segment, terms, [Tried(draft, judge.findings(pair.segment, draft, terms), "stands")])


async def _one(case: Case, ladder: Ladder) -> None:
    await ladder.settle(case, _complaints(case), translator.context_of(case.segment.trail, ()))


def _complaints(case: Case) -> tuple[Finding, ...]:
    """What the model is told: the findings about terms; where the checks see none, the terms themselves."""
    found = tuple(one for one in case.tried[0].findings if one.check == "terms")
    return found or tuple(Finding("terms", "warning", _wanted(term), source=term.source) for term in case.terms)


def _wanted(term: Term) -> str:
    return f"“{term.source}” is to be rendered as “{term.forms[0]}”, in the form the sentence asks for."


def _better(case: Case) -> Draft | None:
    first, *others = case.tried
    best = min(others, key=lambda one: checker.rank(one.findings), default=None)
    return best.draft if best is not None and checker.better(best.findings, first.findings) else None
