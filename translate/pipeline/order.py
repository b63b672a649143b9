"""What a user orders, and how it is carried out from the source to the built book: the one door for every face."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Literal, get_args

from translate import assessor, glossary, languages
from translate.checks import looping
from translate.document import Segment, Term
from translate.errors import FINDINGS_LEFT, FINISHED, DragomanError, RunStopped, SettingError, StoreError
from translate.formats import Source
from translate.languages import Language
from translate.models import open_model
from translate.models.hosted import shown
from translate.models.seam import DirectModel, Model
from translate.pipeline import assessment, known, ladder, memories, plan, prescan, quote, results, standins, switches, works
from translate.pipeline.control import STOPPED, Control
from translate.pipeline.gate import Gate
from translate.pipeline.judge import Judge
from translate.pipeline.precedents import Precedents
from translate.pipeline.progress import Progress, Silent
from translate.pipeline.purse import Purse
from translate.pipeline.recall import Mode, Recall, Wanted, surrounded
from translate.pipeline.run import Options, Run
from translate.pipeline.voice import Voice
from translate.pipeline.works import Folder
from translate.prescan import Candidate
from translate.sites import Provenance, Sister
from translate.store import Choice, Outcome, State, Store
from translate.style import NO_STYLE, Style
from translate.style import load as load_style

EXAMPLES = 2000
"""So many passages that are done are read for the work's usual lengths before a run goes on."""


NO_SHEET = Path("none")
"""In the place of a style sheet: none, also where the work has one."""


@dataclass(frozen=True, slots=True)
class Order:
    """All that ``translate`` can be told.

    ``budget`` is in the currency of the model's price; ``price`` is ``PROMPT/CACHED/ANSWER`` for a million tokens, where nobody knows it or it is wrong.
    ``judge`` is a model that reads suspicious passages and ``judge_sample`` per cent of the others.
    ``without`` names checks that are switched off (``switches``); where it is empty, what was kept with the work holds.
    ``memory`` says what is taken from the translation memory without a call; "off" also puts nothing into it. ``series`` is what the work belongs to, for the memory.
    ``among`` names the only segments to ask for; that is a sample: it builds no book, and nothing of it is remembered.
    ``portion`` names the only documents that are looked at, of a work that is too large to be planned as a whole; whoever orders portions builds the work.
    ``style`` is the file of a style sheet; without one the work's own holds, ``NO_SHEET`` takes that away.
    ``provenance`` and ``sister`` come with a page that was fetched from a wiki.
    """

    source: Path
    to: str
    from_: str | None = None
    model: str = "embedded"
    base_url: str | None = None
    escalate: str | None = None
    glossaries: tuple[Path, ...] = ()
    out: Path = works.DEFAULT_OUT
    jobs: int | None = None
    budget: float | None = None
    price: str | None = None
    bilingual: bool = False
    validate: bool = False
    only: str = ""
    among: frozenset[str] = frozenset()
    portion: tuple[str, ...] = ()
    local_only: bool = False
    refresh: bool = False
    tries: int = 3
    without: tuple[str, ...] = ()
    judge: str | None = None
    judge_sample: float = assessment.SHARE
    memory: Mode = "context"
    series: str = ""
    provenance: Provenance | None = None
    sister: Sister | None = None
    prescan: bool = True
    style: Path | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an order: the files, passages by status, error-level findings left; how many passages were to be ``asked`` for (repeated ones too), how many of these the translation memory had, and what stopped it, if anything did; ``mending`` is the share of the work's tokens that went into mending."""

    folder: Folder
    book: Path | None
    statuses: tuple[tuple[str, int], ...]
    errors: int
    warnings: int
    remarks: tuple[str, ...]
    asked: int = 0
    error: DragomanError | None = None
    recalled: int = 0
    mending: float = 0.0

    @property
    def exit_code(self) -> int:
        """As ``errors`` defines them."""
        if self.error is not None:
            return self.error.exit_code
        return FINDINGS_LEFT if self.errors else FINISHED


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
    target, terms, model = _begin(order, model)
    second, judge = _escalation(order), judge or _assessor(order, model)
    if judge is not None and judge.name == model.name:
        progress.says(f"The judge is the model that translates ({model.name}), and may overlook its own faults: name another with --judge.")
    control.check()
    folder, store, source = _prepared(order, target, folder)
    with store:
        with _memory(order, store, (model, second), progress) as recall:
            asked, recalled, error = asyncio.run(_run(order, store, (model, second, judge), terms, progress, control, recall))
        if isinstance(error, RunStopped) or order.among or order.portion:
            return Result(folder, None, _counts(store), 0, 0, (), asked, error, recalled)
        _remember(store, folder, progress)
        built = results.build(store, folder, bilingual=order.bilingual, validate=order.validate, source=source)
        share = results.mending(store.spent())
        return Result(folder, built.book, _counts(store), built.errors, built.warnings, built.remarks, asked, error, recalled, share)


def quoted(order: Order, *, model: Model | DirectModel | None = None, folder: Folder | None = None) -> quote.Quote:
    """What the order would take; nothing is asked of a model. ``folder`` and what it raises are as for ``carry_out``."""
    target, terms, model = _begin(order, model)
    _, store, _ = _prepared(order, target, folder)
    with store:
        with _memory(order, store, (model, None), Silent()) as recall:
            candidates = _candidates(order, store, Precedents(terms, recall, store.wiki.sister()), model)
            judge = _judge(order, store, terms, model)
            planned = _plan(order, store, standins.states(store, model, order.portion), judge)
            wanted = {segment.id for segment in planned.asked}
            found = recall.taken(pair for pair in surrounded(store.segments()) if pair[0].id in wanted) if recall is not None else ()
            known_ = {one.segment.id for one in found}
        left = replace(planned, asked=tuple(segment for segment in planned.asked if segment.id not in known_))
        return replace(_quote(order, store, left, model, candidates), remembered=len(known_))


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
            glossaries=tuple(Path(path) for path in filter(None, told.get("glossaries", "").split("\n")) if Path(path).is_file()),
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


def _prepared(order: Order, target: Language, folder: Folder | None) -> tuple[Folder, Store, Source | None]:
    if folder is None:
        return works.prepare(order.source, target=target, source_language=order.from_, out=order.out, provenance=order.provenance, sister=order.sister)
    return folder, Store.open(folder.store), None


def _counts(store: Store) -> tuple[tuple[str, int], ...]:
    found = store.totals()
    counts = (("pending", found.pending), ("accepted", found.accepted), ("flagged", found.flagged), ("approved", found.approved))
    return tuple((status, number) for status, number in counts if number)


def _begin(order: Order, model: Model | DirectModel | None) -> tuple[Language, tuple[Term, ...], Model | DirectModel]:
    target = languages.find(order.to)
    switches.read(order.without)
    if order.style not in (None, NO_SHEET):
        load_style(order.style, target=target.tag)
    if order.from_:
        languages.find(order.from_)
    terms = glossary.load_stack(order.glossaries, source=order.from_ or "", target=target.tag)
    model = model or open_model(order.model, base_url=order.base_url, price=order.price, local_only=order.local_only, jobs=order.jobs, watch=looping)
    if order.budget is not None and not order.budget >= 0:
        raise SettingError(f"{order.budget} is no budget: give an amount of money, such as --budget 2.50.")
    if order.budget is not None and not isinstance(model, DirectModel) and model.price is None:
        raise SettingError(
            f"The price of {model.name} is not known, so a budget cannot be held: give it with --price PROMPT/CACHED/ANSWER (per million tokens)."
        )
    return target, terms, model


def _judge(order: Order, store: Store, terms: Sequence[Term], model: Model | DirectModel) -> Judge:
    source, target = languages.find(store.work.source_language), languages.find(store.work.target_language)
    voice = Voice(terms, store.ledger(), source.code)
    without = switches.settled(order.without, store)
    structural = isinstance(model, DirectModel)
    return Judge(source=source, target=target, voice=voice, structural=structural, without=without, format=store.work.format, style=_style(order, store))


def _style(order: Order, store: Store) -> Style:
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


def _plan(order: Order, store: Store, states: Mapping[str, State], judge: Judge) -> plan.Plan:
    names = order.portion or tuple(document.name for document in store.documents())
    if not any(plan.chosen(name, order.only) for name in names):
        raise SettingError(f"No document of this book fits --only '{order.only}'. It has: {', '.join(names[:12])}{' …' if len(names) > 12 else ''}.")

    def keeps(segment: Segment) -> bool:
        draft = store.pair(segment.id).draft
        return draft is not None and judge.keeps(segment, draft)

    segments = chain.from_iterable(map(store.segments, order.portion)) if order.portion else store.segments()
    twins = store.portions.twins(order.portion) if order.portion else {}
    return plan.make(segments, states, judge, keeps=keeps, only=order.only, among=order.among, refresh=order.refresh, twins=twins)


async def _run(
    order: Order,
    store: Store,
    models: tuple[Model | DirectModel, Model | None, Model | None],
    terms: tuple[Term, ...],
    progress: Progress,
    control: Control,
    recall: Recall | None,
) -> tuple[int, int, DragomanError | None]:
    """Do what is left to do; gives back how many passages were to be asked for, how many of them the memory had, and what stopped it, if anything did."""
    model, second, third = models
    target = languages.find(store.work.target_language)
    candidates = _candidates(order, store, Precedents(terms, recall, store.wiki.sister()), model)
    judge = _judge(order, store, terms, model)
    before = switches.earlier(store)
    states = standins.states(store, model, order.portion)
    planned = _plan(order, store, states, judge)
    control.quote = _quote(order, store, planned, model, candidates)
    number = store.start_run(_settings(order, model, terms) | _sheet(order, store) | {switches.SETTING: " ".join(sorted(judge.without))})
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


def _assessor(order: Order, model: Model | DirectModel) -> Model | None:
    """The model that judges, opened; what it cannot be is said before anything is asked."""
    if not order.judge:
        return None
    if isinstance(model, DirectModel):
        raise SettingError(f"{model.name} gives no translation that could be judged: leave out --judge.")
    opened = open_model(order.judge, base_url=order.base_url, price=order.price, local_only=order.local_only, jobs=order.jobs, watch=looping)
    return assessment.usable(opened, order.budget)


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


def _escalation(order: Order) -> Model | None:
    if not order.escalate:
        return None
    second = open_model(order.escalate, base_url=order.base_url, price=order.price, local_only=order.local_only, jobs=order.jobs, watch=looping)
    if isinstance(second, DirectModel):
        raise SettingError(f"'{order.escalate}' cannot mend anything: name a model for --escalate-model.")
    return second


def _settings(order: Order, model: Model | DirectModel, terms: Sequence[Term]) -> dict[str, str]:
    """What is kept of the order with the run; no key is ever among it."""
    return {
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
        "glossaries": "\n".join(str(path.resolve()) for path in order.glossaries),
        "terms": str(len(terms)),
        "bilingual": str(order.bilingual),
        "escalate": order.escalate or "",
        "prescan": str(order.prescan),
        "only": order.only,
        "memory": order.memory,
        "series": order.series,
        "judge": order.judge or "",
    }
