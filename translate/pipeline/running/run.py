"""One run over a work: plan, lanes side by side, each reply judged and on disk before the next request of its lane."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from translate import checker, translator
from translate.chunker import Chunk
from translate.document import Draft, Segment, plain
from translate.errors import BudgetReached, DragomanError, ModelError
from translate.languages import Language
from translate.models.seam import DirectModel, Model
from translate.pipeline.judge import Judge
from translate.pipeline.progress import Progress, Standing
from translate.pipeline.recall import Recall, surrounded
from translate.pipeline.running import firsts, prescan
from translate.pipeline.running.caller import Caller
from translate.pipeline.running.control import Control
from translate.pipeline.running.gate import Gate
from translate.pipeline.running.ladder import Begun, Case, Desk, Ladder
from translate.pipeline.running.lanes import Lane, Lanes
from translate.pipeline.running.plan import Plan
from translate.pipeline.running.proofs import Proofs
from translate.pipeline.running.purse import Purse
from translate.prescan import Candidate
from translate.store import Choice, Judged, Outcome, Store, Written

DIRECT_CHUNK = 4000
BATCH = 200
"""So many translations are taken from the memory in one transaction."""
LAST_WORDS = 10.0
"""Seconds that answers on their way get when one request has ended the run (a quota, say): they are paid for."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a run works: requests side by side, the most requests of one segment, and whether the whole work is read once more at the end; ``portion`` are the only documents of it, where not empty."""

    jobs: int
    tries: int = 3
    proofs: bool = True
    portion: tuple[str, ...] = ()


@dataclass(slots=True)
class Run:
    """A run under way over ``plan``, paid out of ``purse``, held by ``control``. ``error`` holds what stopped it, if anything did.

    ``recall`` is the translation memory; ``waiting`` are the segments that had nothing that stands when the run began, ``begun`` is what an earlier run had of segments that it could not finish; ``recalled`` are the segments that were taken from it, and are not asked for.
    ``candidates`` are what the prescan asks the model about.
    """

    store: Store
    judge: Judge
    plan: Plan
    source: Language
    target: Language
    options: Options
    purse: Purse
    progress: Progress
    recall: Recall | None = None
    control: Control = field(default_factory=Control)
    candidates: tuple[Candidate, ...] = ()
    error: DragomanError | None = None
    counts: Counter[str] = field(default_factory=Counter)
    recalled: set[str] = field(default_factory=set)
    waiting: frozenset[str] = frozenset()
    begun: Mapping[str, Begun] = field(default_factory=dict)

    async def work(self, model: Model | DirectModel, *, escalation: Model | None = None) -> None:
        """Translate what the plan asks for, then fill in what repeats it. What stopped it, if anything, is in ``error``."""
        self._tell("")
        if isinstance(model, DirectModel):
            await self._directly(model)
            await self._repeat()
        else:
            ladder = self._ladder(model, escalation)
            await self._prescan(model)
            await self._remembered()
            await self._by_requests(model, ladder)
            await self._repeat()
            await self._proofread(ladder)

    def _ladder(self, model: Model, escalation: Model | None) -> Ladder:
        gate = Gate(self.options.jobs)
        second = self._desk(escalation, gate) if escalation is not None else None
        return Ladder(self._desk(model, gate), self.judge, tries=self.options.tries, escalation=second, progress=self.progress)

    async def _prescan(self, model: Model) -> None:
        """Ask the model once about the candidates of the prescan; what it proposes is on disk before the first passage is asked for."""
        if not self.candidates:
            return
        try:
            decisions = await prescan.judge(self.candidates, self._desk(model, Gate(self.options.jobs)).caller, self.judge.voice, (self.source, self.target), self.options.jobs)
        except (ModelError, BudgetReached) as error:
            self.error = error
            return
        for decision in (await asyncio.wrap_future(self.store.commit(Outcome(ledger=decisions)))).ledger:
            self.judge.voice.settle(decision)

    async def _proofread(self, ladder: Ladder) -> None:
        """Compare the passages of the whole work; not where the run was stopped before its end, or is a sample."""
        if self.error is None and self.options.proofs:
            proofs = Proofs(self.store, self.judge, self.source.tag, self.target.tag, ladder, portion=self.options.portion)
            await proofs.read()
            self.error = proofs.error

    async def _by_requests(self, model: Model, ladder: Ladder) -> None:
        asked = [segment for segment in self.plan.asked if segment.id not in self.recalled]
        lanes = Lanes(asked, budget=model.profile.chunk, workers=self.options.jobs, size=lambda segment: model.count(plain(segment.source)) + 4)
        workers = [asyncio.create_task(self._worker(lanes, ladder)) for _ in range(self.options.jobs)]
        try:
            await asyncio.gather(*workers)
        except ModelError as error:
            self.error = error
            await asyncio.wait(workers, timeout=LAST_WORDS)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    def caller(self, model: Model, gate: Gate) -> Caller:
        """A caller of ``model`` that pays out of this run's purse."""
        return Caller(model, self.store, gate=gate, progress=self.progress, purse=self.purse, control=self.control)

    def _desk(self, model: Model, gate: Gate) -> Desk:
        caller = self.caller(model, gate)
        return Desk(caller, translator.Brief(self.source, self.target, model.profile, model.count, self.judge.style.lines()))

    async def _worker(self, lanes: Lanes, ladder: Ladder) -> None:
        while self.error is None:
            lane = lanes.claim()
            if lane is None:
                return
            while self.error is None and (chunk := lanes.next(lane)) is not None:
                await self._chunk(lane, chunk, ladder)

    async def _chunk(self, lane: Lane, chunk: Chunk, ladder: Ladder) -> None:
        cases = ladder.cases(chunk, self.begun)
        try:
            await ladder.climb(cases, self._context(lane, chunk), keep=self._keep_so_far)
        except BudgetReached as error:
            self.error = error
        except (ModelError, asyncio.CancelledError):
            await self._keep(cases, finished=False)
            raise
        await self._keep(cases, finished=self.error is None)
        lane.before = [(case.segment.source, case.best.draft.target) for case in cases if case.tried][-translator.CONTEXT_PAIRS :]
        self._tell(chunk.segments[0].document)

    def _context(self, lane: Lane, chunk: Chunk) -> translator.Context:
        texts = [segment.text for segment in chunk.segments]
        before = [plain(source) for source, _ in lane.before]
        voice = self.judge.voice
        context = replace(translator.context_of(chunk.segments[0].trail, lane.before), people=voice.people([*before, *texts]), names=firsts.wanted(voice, texts))
        return context if self.recall is None else replace(context, similar=self.recall.examples(chunk.segments))

    async def _remembered(self) -> None:
        """Take from the translation memory what needs no call; what the checks of this work would flag is asked for all the same."""
        if self.recall is None:
            return
        wanted = {segment.id for segment in self.plan.asked}
        found = self.recall.taken((segment, around) for segment, around in surrounded(self._segments()) if segment.id in wanted)
        while batch := tuple(islice(found, BATCH)):
            judged = [(one, Judged(one.draft, self.judge.findings(one.segment, one.draft, self.judge.terms(one.segment)))) for one in batch]
            good = [(one, each) for one, each in judged if checker.verdict(each.findings) == "accepted"]
            choices = [
                Choice(one.segment.id, "accepted", draft=place, dependency=self.plan.keys[one.segment.id], why=one.why) for place, (one, _) in enumerate(good)
            ]
            await self._commit(Outcome(drafts=tuple(each for _, each in good), choices=tuple(choices)))
            self.recalled.update(one.segment.id for one, _ in good)
            self.judge.learn((one.segment, one.draft) for one, _ in good)
            self._tell(batch[-1].segment.document)

    def _segments(self) -> Iterator[Segment]:
        """The segments of the run, in reading order."""
        return chain.from_iterable(map(self.store.segments, self.options.portion or (None,)))

    async def _keep_so_far(self, cases: Sequence[Case]) -> None:
        """Put on disk what there is of each case, so that a run that is killed while some are mended pays for nothing again.

        What stands for a passage that is asked for anew (a changed term, ``--refresh``) stands until there is something better.
        """
        await self._keep([case for case in cases if case.done or case.segment.id in self.waiting], finished=False)

    async def _keep(self, cases: Sequence[Case], *, finished: bool) -> None:
        """Put all drafts of the cases on disk, and what stands for each segment; one that could not be tried to the end stays pending."""
        cases = [case for case in cases if case.tried and not case.kept and (finished or case.done or any(one.stored is None for one in case.tried))]
        choices: list[Choice] = []
        new = [(case, place) for case in cases for place, one in enumerate(case.tried) if one.stored is None]
        places = {(case.segment.id, place): number for number, (case, place) in enumerate(new)}
        judged = tuple(Judged(case.tried[place].draft, case.tried[place].findings) for case, place in new)
        for case in cases:
            best = case.best
            status = checker.verdict(best.findings)
            choices.append(
                Choice(
                    segment=case.segment.id,
                    status=status if finished or status == "accepted" else "pending",
                    draft=places.get((case.segment.id, case.tried.index(best))),
                    earlier=best.stored,
                    dependency=self.plan.keys[case.segment.id],
                    why=f"{case.requests} request{'s' if case.requests > 1 else ''}, best: {best.rung}",
                )
            )
        settled = firsts.decided((case for case in cases if case.done), self.judge.voice, self.target.tag)
        written = await self._commit(Outcome(drafts=judged, choices=tuple(choices), ledger=settled))
        for (case, place), key in zip(new, written.drafts, strict=True):
            case.tried[place] = replace(case.tried[place], stored=key)
        for case in cases:
            case.kept = case.done
        self.judge.learn((case.segment, case.best.draft) for case in cases if case.done)

    async def _commit(self, outcome: Outcome) -> Written:
        if not outcome.choices:
            return Written()
        written = await asyncio.wrap_future(self.store.commit(outcome))
        self.counts.update(choice.status for choice in outcome.choices)
        return written

    async def _directly(self, model: DirectModel) -> None:
        """For models that need no prompt (echo, pseudo): the same path without requests."""
        lanes = Lanes(self.plan.asked, budget=DIRECT_CHUNK * (10 if self.options.portion else 1), workers=1, size=lambda segment: len(segment.text))
        while (lane := lanes.claim()) is not None:
            while (chunk := lanes.next(lane)) is not None:
                drafts = [Draft(segment.id, await model.translate(segment), model=model.name) for segment in chunk.segments]
                await self._settle_drafts(chunk.segments, drafts)
                self._tell(chunk.segments[0].document)
                await asyncio.sleep(0)
                await self.control.passing()

    async def _repeat(self) -> None:
        """Give each repeated segment the wording of the one it repeats."""
        if not self.plan.repeats:
            return
        leaders = (self.store.pair(leader) for leader in dict.fromkeys(self.plan.repeats.values()))
        found = {pair.segment.id: pair.draft for pair in leaders if pair.status != "pending"}
        for document in self.options.portion or [document.name for document in self.store.documents()]:
            followers = [one for one in self.store.segments(document) if found.get(self.plan.repeats.get(one.id, "")) is not None]
            drafts = []
            for segment in followers:
                draft = found[self.plan.repeats[segment.id]]
                drafts.append(Draft(segment.id, draft.target if draft else (), origin="repeat", model=draft.model if draft else ""))
            await self._settle_drafts(followers, drafts)
            self._tell(document)

    async def _settle_drafts(self, segments: Sequence[Segment], drafts: Sequence[Draft]) -> None:
        judged = [Judged(draft, self.judge.findings(segment, draft, self.judge.terms(segment))) for segment, draft in zip(segments, drafts, strict=True)]
        choices = [
            Choice(segment.id, checker.verdict(one.findings), draft=place, dependency=self.plan.keys[segment.id])
            for place, (segment, one) in enumerate(zip(segments, judged, strict=True))
        ]
        await self._commit(Outcome(drafts=tuple(judged), choices=tuple(choices)))

    def _tell(self, document: str) -> None:
        left = len(self.plan.asked) + len(self.plan.repeats)
        done = self.plan.total - left + self.counts["accepted"] + self.counts["flagged"]
        self.progress.stands(Standing(self.plan.total, done, self.counts["flagged"], document, tokens=self.purse.tokens, cost=self.purse.spent))
