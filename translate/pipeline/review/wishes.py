"""The model is asked again for one passage, with a reviewer's wish ("less stiff", "she is a ship"); what it answers is a proposal and stands for nothing until she takes it."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass

from translate import languages, translator
from translate.chunker import Piece
from translate.document import Draft, Finding, Runs
from translate.errors import ModelError, SettingError
from translate.models import open_model
from translate.models.seam import DirectModel, Model
from translate.pipeline import known
from translate.pipeline.judge import Judge
from translate.pipeline.order import Order
from translate.pipeline.progress import Silent
from translate.pipeline.running.caller import Caller
from translate.pipeline.running.gate import Gate
from translate.pipeline.running.purse import Purse
from translate.store import Judged, Outcome, Pair, Store

LONGEST_WISH = 500


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the model proposes: the draft's number in the store, the wording, what the checks see in it, and what asking cost."""

    draft: int
    target: Runs
    findings: tuple[Finding, ...]
    cost: float


def ask(store: Store, order: Order, segment: str, wish: str, *, target: Runs | None = None, model: Model | DirectModel | None = None) -> Proposal:
    """Ask for another wording of ``segment`` by the order's model; ``target`` is the wording that the wish is about where it is not the one that stands.

    An empty wish asks for a fresh translation. Raises ``SettingError`` where the wish is too long or the model takes none, ``BudgetReached`` and ``ModelError`` as a run does.
    """
    if len(wish) > LONGEST_WISH:
        raise SettingError(f"A wish has at most {LONGEST_WISH} characters.")
    opened = model or open_model(order.model, base_url=order.base_url, price=order.price, local_only=order.local_only, jobs=1)
    if isinstance(opened, DirectModel):
        raise SettingError(f"'{order.model}' translates nothing, so it can have no wishes: choose another model for this work.")
    pair, judge = store.pair(segment), known.judge_of(store)
    return asyncio.run(_ask(store, judge, pair, _Wish(wish.strip(), target), (opened, Purse(cap=order.budget, spent=store.spent().most))))


@dataclass(frozen=True, slots=True)
class _Wish:
    words: str
    target: Runs | None


async def _ask(store: Store, judge: Judge, pair: Pair, wish: _Wish, means: tuple[Model, Purse]) -> Proposal:
    model, purse = means
    work = store.work
    brief = translator.Brief(languages.find(work.source_language), languages.find(work.target_language), model.profile, model.count, known.style(store).lines())
    terms = judge.terms(pair.segment)
    before = purse.spent
    async with aclosing(model):
        caller = Caller(model, store, gate=Gate(1), progress=Silent(), purse=purse)
        first = translator.compose((Piece(pair.segment, pair.segment.source),), brief=brief, context=_context(store, pair), terms=terms, temperature=0.4)
        asked = first if not wish.words else _further(first, pair, wish, brief)
        answered = await caller.ask(asked.request, purpose="wish", prompt=asked.prompt, segments=(pair.segment.id,))
    found = translator.read(asked, answered.reply.text)
    if not found:
        raise ModelError(f"{model.name} gave no wording that could be read: ask in other words, or write it yourself.")
    draft = Draft(
        pair.segment.id,
        found[0].runs,
        model=answered.reply.model,
        prompt=asked.prompt,
        request=answered.request,
        finish=answered.reply.finish,
        strays=found[0].strays,
    )
    fixed = judge.fixed(pair.segment, draft, terms)
    draft = fixed if fixed is not None else draft
    findings = judge.findings(pair.segment, draft, terms)
    written = await asyncio.wrap_future(store.commit(Outcome(drafts=(Judged(draft, findings),))))
    return Proposal(written.drafts[0], draft.target, findings, purse.spent - before)


def _further(first: translator.Ask, pair: Pair, wish: _Wish, brief: translator.Brief) -> translator.Ask:
    """A further turn after the wording that the wish is about."""
    present = wish.target if wish.target is not None else (pair.draft.target if pair.draft else None)
    if present is None:
        return first
    if brief.profile.unit != "chunk" or brief.profile.form == "examples":
        raise SettingError("This model takes no wishes: it only translates. Ask it without one, or choose a chat model for this work.")
    return translator.mend(first, translator.as_reply(first, present), {first.labels[0]: (f"The reviewer wishes: {wish.words}",)}, brief=brief)


def _context(store: Store, pair: Pair) -> translator.Context:
    """The passages before this one, with what stands for them."""
    names = store.reviewing.around(pair.segment.id, before=translator.CONTEXT_PAIRS, after=0)[:-1]
    pairs = [store.pair(name) for name in names]
    return translator.context_of(pair.segment.trail, [(one.segment.source, one.draft.target) for one in pairs if one.draft is not None])
