"""A second model reads what was translated: suspicious passages, a random sample, and copies with planted errors that tell how far it can be trusted.

Its requests go through the purse and the store like any other: the same passage is never paid for twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from translate import assessor, checker, languages, prompts, report
from translate.assessor import Look, Planted, Seen, Verdict
from translate.document import Finding, Runs, Segment, plain
from translate.errors import DragomanError, NotTaken, SettingError
from translate.languages import Language
from translate.models.seam import DirectModel, Model
from translate.pipeline.judge import Judge
from translate.pipeline.progress import Silent
from translate.pipeline.running.caller import Caller
from translate.pipeline.running.gate import Gate
from translate.pipeline.running.purse import Purse
from translate.store import Choice, Outcome, Rejudged, Store, Work

PURPOSE = "judge"
SHARE = 5.0
"""Per cent of the passages that nothing speaks against, that are read all the same."""

PLANTED = 12
FEWEST = 3
"""Passages with fewer words are not read."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How much is read: all that is suspicious, ``share`` per cent of the rest (which, depends on ``seed`` and the passage alone), ``planted`` copies with errors."""

    share: float = SHARE
    seed: int = 0
    planted: int = PLANTED


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may be read. ``suspicious`` where a check has an error or a warning about it."""

    look: Look
    suspicious: bool


@dataclass(frozen=True, slots=True)
class Assessed:
    """What came of it: the findings of each passage that was read (empty where the model sees nothing), the numbers, and what stopped it, if anything did."""

    findings: Mapping[str, tuple[Finding, ...]]
    summary: report.Assessment
    error: DragomanError | None = None


@dataclass(slots=True)
class Bench:
    """Where the judging is done: the model's caller and the languages. Counts what does not count; after the first error that stops it, nothing more is asked."""

    caller: Caller
    source: Language
    target: Language
    thrown: int = 0
    unrepeated: int = 0
    unreadable: int = 0
    stopped: DragomanError | None = None

    async def read(self, look: Look, segments: tuple[str, ...]) -> tuple[Seen, ...] | None:
        """The errors that the model sees in two votes; the second is asked for only where the first names some. None where no answer could be read."""
        first = await self._vote(look, segments, 1)
        if not first.readable or not first.errors:
            return () if first.readable else None
        second = await self._vote(look, segments, 2)
        kept = assessor.repeated(first.errors, second.errors)
        self.unrepeated += len(first.errors) - len(kept)
        return kept

    async def _vote(self, look: Look, segments: tuple[str, ...], vote: int) -> Verdict:
        request = assessor.compose(look, source=self.source, target=self.target, profile=self.caller.model.profile, vote=vote)
        if self.stopped is not None:
            raise self.stopped
        try:
            answered = await self.caller.ask(request, purpose=PURPOSE, prompt=prompts.load("assess").version, segments=segments)
        except NotTaken:
            self.unreadable += 1
            return Verdict(readable=False)
        except DragomanError as error:
            self.stopped = error
            raise
        verdict = assessor.read(answered.reply.text, look)
        self.thrown += verdict.thrown
        self.unreadable += not verdict.readable
        return verdict


def usable(model: Model | DirectModel, budget: float | None) -> Model:
    """The model, where it can judge. Raises ``SettingError`` where it takes no questions, or a budget cannot be held since its price is not known."""
    if isinstance(model, DirectModel) or model.profile.form == "examples":
        raise SettingError(f"{model.name} cannot judge a translation: name a chat model for --judge (hosted:NAME, embedded:PATH.gguf).")
    if budget is not None and model.price is None:
        raise SettingError(f"The price of {model.name} is not known, so a budget cannot be held: give it with --price PROMPT/CACHED/ANSWER (per million tokens).")
    return model


def candidates(rows: Sequence[tuple[Segment, Runs, bool]], judge: Judge) -> tuple[Candidate, ...]:
    """The passages of one document in order, as (segment, translation, suspicious), each with what stands around it; those too short to be judged are left out."""
    texts = [(plain(segment.source, atoms=True), plain(target, atoms=True)) for segment, target, _ in rows]
    around = [("", ""), *texts, ("", "")]
    return tuple(
        Candidate(Look(segment, target, judge.terms(segment), around[place], around[place + 2]), suspicious)
        for place, (segment, target, suspicious) in enumerate(rows)
        if len(texts[place][0].split()) >= FEWEST and texts[place][1].strip()
    )


def is_sampled(segment: str, wish: Wish) -> bool:
    """Whether a passage that nothing speaks against is read: by its id and the seed alone, so that a second run reads the same ones."""
    number = int.from_bytes(sha256(f"{wish.seed}:{segment}".encode()).digest()[:8])
    return number < wish.share / 100 * 2**64


async def assess(everything: Sequence[Candidate], bench: Bench, wish: Wish, *, known: bool = True) -> Assessed:
    """Have the chosen passages read, and the planted copies; what was read until something stopped it is in the result.

    ``known`` says that the store has the segments, so that their requests can be told in their stories.
    """
    chosen = [one.look for one in everything if one.suspicious or is_sampled(one.look.segment.id, wish)]
    planted = assessor.plant([one.look for one in everything if not one.suspicious], tag=bench.target.tag, many=wish.planted, seed=wish.seed)
    ids = [(look.segment.id,) if known else () for look in chosen]
    answers = await asyncio.gather(*(bench.read(look, name) for look, name in zip(chosen, ids, strict=True)), return_exceptions=True)
    counted = bench.thrown, bench.unrepeated, bench.unreadable
    error = _first_error(answers)
    tested = [] if error else await asyncio.gather(*(bench.read(one.look, ()) for one in planted), return_exceptions=True)
    error = error or _first_error(tested)
    findings = {
        look.segment.id: tuple(assessor.finding_of(seen, look, bench.caller.model.name) for seen in answer)
        for look, answer in zip(chosen, answers, strict=True)
        if isinstance(answer, tuple)
    }
    summary = report.Assessment(
        model=bench.caller.model.name,
        read=len(findings),
        suspicious=sum(one.suspicious for one in everything),
        kept=sum(map(len, findings.values())),
        thrown=counted[0],
        unrepeated=counted[1],
        unreadable=counted[2],
    )
    return Assessed(findings, _agreement(summary, planted, tested), error)


def _first_error(answers: Iterable[object]) -> DragomanError | None:
    """The first error of ours among gathered answers; any other is raised."""
    first: DragomanError | None = None
    for answer in answers:
        if isinstance(answer, DragomanError):
            first = first or answer
        elif isinstance(answer, BaseException):
            raise answer
    return first


def _agreement(summary: report.Assessment, planted: Sequence[Planted], tested: Sequence[object]) -> report.Assessment:
    """The summary with what the model saw of the planted errors."""
    rows = [(one, [seen for seen in answer if isinstance(seen, Seen)]) for one, answer in zip(planted, tested, strict=False) if isinstance(answer, tuple)]
    right = [[seen for seen in errors if one.is_named_by(seen)] for one, errors in rows]
    return replace(summary, planted=len(rows), found=sum(map(bool, right)), said=sum(len(errors) for _, errors in rows), right=sum(map(len, right)))


# --- works ---------------------------------------------------------------------------------------------------------


async def of_work(store: Store, judge: Judge, bench: Bench, wish: Wish) -> DragomanError | None:
    """Judge a work and keep what is found as findings of its passages; gives what stopped it, if anything did.

    What a person approved is not judged. Findings of an earlier judging stay where a passage is not read again.
    """
    everything: list[Candidate] = []
    for document in store.documents():
        rows = [(pair.segment, pair.draft.target, _suspicious(pair.findings)) for pair in store.pairs(document.name) if pair.draft and pair.status in ("accepted", "flagged")]
        everything += candidates(rows, judge)
    done = await assess(everything, bench, wish)
    rejudged: list[Rejudged] = []
    choices: list[Choice] = []
    for pair in store.pairs():
        new = done.findings.get(pair.segment.id)
        if new is None or pair.state.draft is None or pair.status == "approved":
            continue
        had = (*pair.findings, *(one.finding for one in pair.dismissed))
        now = (*(finding for finding in had if finding.check != assessor.NAME), *new)
        if now != had:
            rejudged.append(Rejudged(pair.state.draft, now))
            why = f"{done.summary.model} judged it"
            choices.append(Choice(pair.segment.id, checker.verdict(now), earlier=pair.state.draft, dependency=pair.state.dependency, why=why))
    if choices:
        await asyncio.wrap_future(store.commit(Outcome(rejudged=tuple(rejudged), choices=tuple(choices))))
    used = {pair.draft.model for pair in store.pairs() if pair.draft is not None}
    store.keep_assessment(report.assessment_record(replace(done.summary, same=done.summary.model in used)))
    return done.error


def _suspicious(findings: Iterable[Finding]) -> bool:
    return any(finding.severity != "info" and finding.check != assessor.NAME for finding in findings)


# --- translations made elsewhere -----------------------------------------------------------------------------------

FILE = "judge.db"
"""The store beside an audit's report that keeps what a judge answered."""


def beside(out: Path | None, work: Work, model: Model, everything: Sequence[Candidate], wish: Wish, *, cap: float | None) -> Assessed:
    """Judge what belongs to no work of ours; the answers are kept in the folder ``out``, or nowhere. Closes the model.

    Raises ``StoreError`` where they cannot be kept.
    """
    with TemporaryDirectory() as temporary:
        path = (out or Path(temporary)) / FILE
        with Store.open(path) if path.exists() else Store.create(path, work) as store:
            return asyncio.run(_beside(store, model, everything, wish, cap))


async def _beside(store: Store, model: Model, everything: Sequence[Candidate], wish: Wish, cap: float | None) -> Assessed:
    number = store.start_run({"judge": model.spec, "model_name": model.name})
    outcome = "stopped"
    try:
        async with aclosing(model):
            caller = Caller(model, store, gate=Gate(model.jobs), progress=Silent(), purse=Purse(cap=cap, spent=store.spent().most))
            bench = Bench(caller, languages.find(store.work.source_language), languages.find(store.work.target_language))
            done = await assess(everything, bench, wish, known=False)
        outcome = "finished" if done.error is None else type(done.error).__name__
    finally:
        store.end_run(number, outcome)
    return done
