"""How an order is carried out."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import replace
from itertools import chain, islice
from typing import Literal

from translate import assessor, languages
from translate.document import Segment, Term, dump_runs
from translate.errors import DragomanError, RunStopped, SettingError, StoreError
from translate.formats import Source
from translate.languages import Language
from translate.models.seam import DirectModel, Model
from translate.pipeline import assessment, glossaries, memories, results, standins, switches, works
from translate.pipeline.glossaries import Held
from translate.pipeline.judge import Judge
from translate.pipeline.order import kept, opening
from translate.pipeline.order.values import NO_SHEET, Order, Result
from translate.pipeline.progress import Progress, Silent
from translate.pipeline.recall import Recall, Wanted, surrounded
from translate.pipeline.running import ladder, plan, prescan, quote
from translate.pipeline.running.control import STOPPED, Control
from translate.pipeline.running.gate import Gate
from translate.pipeline.running.precedents import Precedents
from translate.pipeline.running.purse import Purse
from translate.pipeline.running.run import Options, Run
from translate.pipeline.voice import Voice
from translate.pipeline.works import Folder
from translate.prescan import Candidate
from translate.store import Choice, Outcome, State, Store
from translate.style import load as load_style

EXAMPLES = 2000
"""So many passages that are done are read for the work's usual lengths before a run goes on."""


def carry_out(
    order: Order,
    progress: Progress,
    *,
    model: Model | DirectModel | None = None,
    judge: Model | None = None,
    control: Control | None = None,
    folder: Folder | None = None,
) -> Result:
    """Import or resume, run, build. ``model`` and ``judge`` are ones that are open already; else the order's are opened.

    ``control`` can pause and stop it from another thread; a run that was stopped builds no book.
    With ``folder`` the work that lies there is gone on with, from its own store: ``order.source`` is not opened.
    Raises ``DragomanError`` where nothing could be begun; what stops a run that has begun is in the result, with all that was done.
    """
    control = control or Control()
    target, model = _begin(order, model, folder)
    second, judge = opening.escalation(order), judge or opening.assessor(order, model)
    if judge is not None and judge.name == model.name:
        progress.says(f"The judge is the model that translates ({model.name}), and may overlook its own faults: name another with --judge.")
    control.check()
    folder, store, source = _prepared(order, target, folder)
    with store:
        held = glossaries.of_order(order.glossaries, store)
        if not order.portion:  # whoever orders portions tells it once
            glossaries.tell(order.glossaries, held, store, progress)
        with _memory(order, store, (model, second), progress) as recall:
            asked, recalled, error = asyncio.run(_run(order, store, (model, second, judge), held, progress, control, recall))
        if isinstance(error, RunStopped) or order.among or order.portion:
            return Result(folder, None, _counts(store), 0, 0, (), asked, error, recalled)
        _remember(store, folder, progress)
        built = results.build(store, folder, bilingual=order.bilingual, validate=order.validate, source=source)
        share = results.mending(store.spent())
        return Result(folder, built.book, _counts(store), built.errors, built.warnings, built.remarks, asked, error, recalled, share)


def quoted(order: Order, *, model: Model | DirectModel | None = None, folder: Folder | None = None, earlier: set[bytes] | None = None) -> quote.Quote:
    """What the order would take; nothing is asked of a model. ``folder`` and what it raises are as for ``carry_out``.

    ``earlier`` marks the texts of portions before this one: what reads like one of them is a repeat of it. This portion's own are added.
    """
    target, model = _begin(order, model, folder)
    _, store, _ = _prepared(order, target, folder)
    with store:
        terms = glossaries.terms(glossaries.of_order(order.glossaries, store))
        with _memory(order, store, (model, None), Silent()) as recall:
            candidates = _candidates(order, store, Precedents(terms, recall, store.wiki.sister(), store.work.source_language), model)
            judge = _judge(order, store, terms, model)
            planned = _plan(order, store, standins.states(store, model, order.portion), judge)
            if earlier is not None and not order.refresh:
                planned = _without(planned, earlier)
            wanted = {segment.id for segment in planned.asked}
            found = recall.taken(pair for pair in surrounded(_segments(order, store)) if pair[0].id in wanted) if recall is not None else ()
            known_ = {one.segment.id for one in found}
        left = replace(planned, asked=tuple(segment for segment in planned.asked if segment.id not in known_))
        return replace(_quote(order, store, left, model, candidates), remembered=len(known_))


def _without(planned: plan.Plan, earlier: set[bytes]) -> plan.Plan:
    """The plan without the passages that read like one of ``earlier``, which its own are added to."""
    marks = {segment.id: _mark(segment) for segment in planned.asked}
    asked = tuple(segment for segment in planned.asked if marks[segment.id] not in earlier)
    repeats = {segment.id: segment.id for segment in planned.asked if marks[segment.id] in earlier}
    earlier.update(marks.values())
    return replace(planned, asked=asked, repeats={**planned.repeats, **repeats})


def _mark(segment: Segment) -> bytes:
    """What two passages have in common that one translation does for: sixteen bytes, so that those of a whole wiki fit into memory."""
    return hashlib.blake2b(f"{segment.kind}\0{dump_runs(segment.source)}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _candidates(order: Order, store: Store, known_: Precedents, model: Model | DirectModel) -> tuple[Candidate, ...]:
    """The first stage: the work is read once and the ledger proposed; gives back what the model is to be asked about."""
    if not order.prescan or isinstance(model, DirectModel):
        return ()
    return prescan.to_ask(store, prescan.propose(store, known_), model.profile)


def _quote(order: Order, store: Store, planned: plan.Plan, model: Model | DirectModel, candidates: Sequence[Candidate]) -> quote.Quote:
    if isinstance(model, DirectModel):
        nothing = quote.Range(0, 0)
        return quote.Quote(len(planned.asked), len(planned.repeats), 0, 0, nothing, nothing, nothing, nothing, "")
    made = quote.make(planned, profile=model.profile, price=model.price, count=model.count, jobs=order.jobs or model.jobs, language=store.work.source_language)
    if not candidates:
        return made
    jobs = order.jobs or model.jobs
    asked = prescan.cost(candidates, model, languages.find(store.work.source_language), languages.find(store.work.target_language), jobs)
    return quote.added(made, asked.requests, asked.prompt, asked.answer, price=model.price, jobs=jobs)


def _prepared(order: Order, target: Language, folder: Folder | None) -> tuple[Folder, Store, Source | None]:
    if folder is None:
        return works.prepare(order.source, target=target, source_language=order.from_, out=order.out, provenance=order.provenance, sister=order.sister)
    return folder, Store.open(folder.store), None


def _counts(store: Store) -> tuple[tuple[str, int], ...]:
    found = store.totals()
    counts = (("pending", found.pending), ("accepted", found.accepted), ("flagged", found.flagged), ("approved", found.approved))
    return tuple((status, number) for status, number in counts if number)


def _begin(order: Order, model: Model | DirectModel | None, folder: Folder | None) -> tuple[Language, Model | DirectModel]:
    target = languages.find(order.to)
    switches.read(order.without)
    if order.style not in (None, NO_SHEET):
        load_style(order.style, target=target.tag)
    if order.from_:
        languages.find(order.from_)
    begun = folder is not None or works.folder_for(order.source, target, order.out).store.exists()
    glossaries.check(order.glossaries, target=target.tag, begun=begun)
    model = model or opening.translator(order)
    opening.within(order, model)
    return target, model


def _judge(order: Order, store: Store, terms: Sequence[Term], model: Model | DirectModel) -> Judge:
    source, target = languages.find(store.work.source_language), languages.find(store.work.target_language)
    voice = Voice(terms, store.ledger(), source.code)
    without = switches.settled(order.without, store)
    structural = isinstance(model, DirectModel)
    return Judge(source=source, target=target, voice=voice, structural=structural, without=without, format=store.work.format, style=kept.style(order, store))


def _plan(order: Order, store: Store, states: Mapping[str, State], judge: Judge) -> plan.Plan:
    names = order.portion or tuple(document.name for document in store.documents())
    if not any(plan.chosen(name, order.only) for name in names):
        raise SettingError(f"No document of this book fits --only '{order.only}'. It has: {', '.join(names[:12])}{' …' if len(names) > 12 else ''}.")

    def keeps(segment: Segment) -> bool:
        draft = store.pair(segment.id).draft
        return draft is not None and judge.keeps(segment, draft)

    twins = store.portions.twins(order.portion) if order.portion else {}
    return plan.make(_segments(order, store), states, judge, keeps=keeps, only=order.only, among=order.among, refresh=order.refresh, twins=twins)


def _segments(order: Order, store: Store) -> Iterator[Segment]:
    """The passages that the order is about, but for its choice of documents."""
    return chain.from_iterable(map(store.segments, order.portion)) if order.portion else store.segments()


async def _run(
    order: Order,
    store: Store,
    models: tuple[Model | DirectModel, Model | None, Model | None],
    held: tuple[Held, ...],
    progress: Progress,
    control: Control,
    recall: Recall | None,
) -> tuple[int, int, DragomanError | None]:
    """Do what is left to do; gives back how many passages were to be asked for, how many of them the memory had, and what stopped it, if anything did."""
    model, second, third = models
    target, terms = languages.find(store.work.target_language), glossaries.terms(held)
    candidates = _candidates(order, store, Precedents(terms, recall, store.wiki.sister(), store.work.source_language), model)
    judge = _judge(order, store, terms, model)
    before = switches.earlier(store)
    states = standins.states(store, model, order.portion)
    planned = _plan(order, store, states, judge)
    control.quote = _quote(order, store, planned, model, candidates)
    number = store.start_run(kept.settings(order, store, model, held) | {switches.SETTING: " ".join(sorted(judge.without))})
    store.glossaries.keep(one.terms for one in held if one.state != "missing")
    standins.clear(store, states, order.portion)
    _rekey(store, planned)
    switches.rejudge(store, judge, before)
    switches.look_again(store, judge, planned.overruled)
    if not isinstance(model, DirectModel):  # what a stand-in gives is not judged by its length
        judge.learn((pair.segment, pair.draft) for pair in islice(store.pairs(), EXAMPLES) if pair.draft is not None and pair.status in ("accepted", "approved"))
    options = Options(jobs=order.jobs or model.jobs, tries=order.tries, proofs=not order.among, portion=order.portion)
    purse = Purse(cap=order.budget, spent=store.spent().most)
    run = Run(store, judge, planned, languages.find(store.work.source_language), target, options, purse, progress, recall, control, candidates)
    run.waiting = frozenset(segment for segment, state in states.items() if state.status == "pending")
    run.begun = {} if order.refresh else ladder.unfinished(store, planned.keys)
    outcome = "stopped"
    try:
        async with aclosing(model):
            control.attach()
            await run.work(model, escalation=second)
            await _judged(order, run, third)
        outcome = "finished" if run.error is None else type(run.error).__name__
    except (RunStopped, asyncio.CancelledError) as error:
        if not control.stopped:
            raise
        run.error = error if isinstance(error, RunStopped) else RunStopped(STOPPED)
    finally:
        control.detach()
        for other in (second, third):
            if other is not None:
                await other.aclose()
        store.end_run(number, outcome)
    return len(planned.asked) + len(planned.repeats), len(run.recalled), run.error


async def _judged(order: Order, run: Run, model: Model | None) -> None:
    """Have the work judged, where that was asked for and the run came to its end; what stopped it is the run's error."""
    if model is None or run.error is not None or assessor.NAME in run.judge.without:
        return
    bench = assessment.Bench(run.caller(model, Gate(order.jobs or model.jobs)), run.source, run.target)
    run.error = await assessment.of_work(run.store, run.judge, bench, assessment.Wish(order.judge_sample))


def _rekey(store: Store, planned: plan.Plan) -> None:
    """Note of the drafts that have every term as it is settled now that they were made to it."""
    choices = []
    for segment in planned.rekeyed:
        state = store.pair(segment).state
        if state.status in ("accepted", "flagged") and state.draft is not None:
            status: Literal["accepted", "flagged"] = "accepted" if state.status == "accepted" else "flagged"
            choices.append(Choice(segment, status, earlier=state.draft, dependency=planned.keys[segment], why="what was settled since is what it has"))
    if choices:
        store.commit(Outcome(choices=tuple(choices))).result()


@contextmanager
def _memory(order: Order, store: Store, models: tuple[Model | DirectModel, Model | None], progress: Progress) -> Iterator[Recall | None]:
    """The translation memory for this run; None where it is not wanted, or cannot be used, which is said and stops nothing."""
    model, second = models
    if order.memory == "off" or isinstance(model, DirectModel):
        yield None
        return
    names = frozenset(one.name for one in (model, second) if one is not None)
    wanted = Wanted(store.identity, order.series, languages.find(store.work.source_language), languages.find(store.work.target_language), names)
    try:
        opened = memories.opened()
    except StoreError as error:
        progress.says(f"The run goes on without the translation memory: {error}")
        yield None
        return
    with opened:
        yield Recall(opened, wanted, order.memory)


def _remember(store: Store, folder: Folder, progress: Progress) -> None:
    """Put what stands now into the translation memory; where that cannot be, it is said, and the next run does it."""
    try:
        memories.remember(store, folder)
    except StoreError as error:
        progress.says(f"Nothing was put into the translation memory: {error}")
