"""The proofreader's part in a run: what deviates from the rest of the work is mended where it can be, and flagged where it cannot.

A deviation is tried once: what is left of it becomes a finding of its segment, and a segment that has the finding already is not asked for again.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from translate import checker, proofreader, translator
from translate.checks import Facts
from translate.document import Draft, Finding, Runs, markers
from translate.errors import DragomanError
from translate.pipeline.judge import Judge
from translate.pipeline.running.ladder import Case, Ladder, Tried
from translate.proofreader import Deviation, Passage
from translate.store import Choice, Judged, Outcome, Pair, Rejudged, Store

Deviations = Mapping[str, Sequence[Deviation]]
"""What the proofreader says, by segment."""

BATCH = 200


@dataclass(slots=True)
class Proofs:
    """One proofreading of a work: ``source`` and ``target`` are language tags, ``ladder`` is None where no model may be asked. ``portion`` are the only documents that are read, where not empty."""

    store: Store
    judge: Judge
    source: str
    target: str
    ladder: Ladder | None = None
    error: DragomanError | None = None
    portion: tuple[str, ...] = ()
    _facts: Facts = field(default_factory=lambda: Facts("", ""))

    @property
    def _readings(self) -> tuple[type[proofreader.Reading], ...]:
        """The readings that were not switched off."""
        return tuple(reading for reading in proofreader.ALL if reading.name not in self.judge.without)

    async def read(self) -> None:
        """Read the work, mend what deviates, keep what is found. What stopped it, if anything, is in ``error``; what was not tried then is left for the next run."""
        terms = dict.fromkeys(term for name in self.portion or (None,) for segment in self.store.segments(name) for term in self.judge.terms(segment))
        self._facts = Facts(self.source, self.target, terms=tuple(terms), style=self.judge.style)
        found = self._deviations({})
        cases = {pair.segment.id: self._case(pair, found[pair.segment.id]) for pair in self._news(found)}
        taken: dict[str, Tried] = {}
        if cases:
            await self._try(cases, found)
            taken = self._taken(cases)
            found = self._deviations(taken)
        await self._keep(cases, taken, found)

    # --- reading

    def _pairs(self) -> Iterator[Pair]:
        """The passages of the work, or of the ``portion`` of its documents."""
        return chain.from_iterable(map(self.store.pairs, self.portion or (None,)))

    def _passages(self, instead: Mapping[str, Tried]) -> Iterator[Passage]:
        for pair in self._pairs():
            draft = instead[pair.segment.id].draft if pair.segment.id in instead else pair.draft
            if draft is not None and pair.status != "pending":
                yield Passage(pair.segment, draft, pair.status)

    def _deviations(self, instead: Mapping[str, Tried]) -> dict[str, list[Deviation]]:
        """What the proofreader says of the work, with some drafts in the place of those that stand."""
        out: dict[str, list[Deviation]] = defaultdict(list)
        for deviation in proofreader.proofread(self._passages(instead), self._facts, readings=self._readings):
            out[deviation.segment].append(deviation)
        return out

    def _news(self, found: Deviations) -> Iterator[Pair]:
        """The passages, no person's, with a deviation that has not been tried before."""
        for pair in self._pairs():
            if pair.status in ("accepted", "flagged") and _keys(_of(found, pair.segment.id)) - _keys(_on_record(pair)):
                yield pair

    # --- mending

    def _case(self, pair: Pair, deviations: Sequence[Deviation]) -> Case:
        draft = pair.draft or Draft(pair.segment.id, ())
        findings = (*_own(pair), *(one.finding for one in deviations))
        return Case(pair.segment, self.judge.terms(pair.segment), [Tried(draft, findings, "stands")])

    async def _try(self, cases: Mapping[str, Case], found: Deviations) -> None:
        """Try each case: with the wording it should share, by code, by the model. A case that could not be tried is left without a second draft."""
        stopped = await asyncio.gather(*(self._one(case, found[segment]) for segment, case in cases.items()), return_exceptions=True)
        for error in stopped:
            if isinstance(error, DragomanError):
                self.error = self.error or error
            elif isinstance(error, BaseException):
                raise error

    async def _one(self, case: Case, deviations: Sequence[Deviation]) -> None:
        rest: list[Finding] = []
        for deviation in deviations:
            draft = self._by_code(case, deviation)
            if draft is not None:
                case.tried.append(Tried(draft, self.judge.findings(case.segment, draft, case.terms), "code"))
            elif deviation.settled or deviation.finding.check not in proofreader.MENDED:
                rest.append(deviation.finding)
        if rest and self.ladder is not None:
            await self.ladder.settle(case, rest, translator.context_of(case.segment.trail, ()))

    def _by_code(self, case: Case, deviation: Deviation) -> Draft | None:
        """The draft as code can mend it, worked on from the last one; None where it cannot."""
        last = case.tried[-1].draft
        if deviation.like:
            draft = self.store.pair(deviation.like).draft
            alike = draft is not None and _numbers(draft.target) == _numbers(case.segment.source)
            return replace(last, target=draft.target, origin="repeat", request=None) if draft is not None and alike else None
        runs = proofreader.mend(Passage(case.segment, last), deviation, self._facts)
        return None if runs is None or runs == last.target else replace(last, target=runs, origin="code")

    def _taken(self, cases: Mapping[str, Case]) -> dict[str, Tried]:
        """The drafts that remove a finding and add none as grave, as the proofreader sees them in the whole work."""
        tried = {segment: min(case.tried[1:], key=lambda one: checker.rank(one.findings)) for segment, case in cases.items() if len(case.tried) > 1}
        after = self._deviations(tried) if tried else {}
        return {segment: one for segment, one in tried.items() if checker.better((*one.findings, *_of(after, segment)), cases[segment].tried[0].findings)}

    # --- keeping

    async def _keep(self, cases: Mapping[str, Case], taken: Mapping[str, Tried], found: Deviations) -> None:
        """Put all drafts that were tried on disk, what stands, and the findings that are left."""
        drafts: list[Judged] = []
        choices: list[Choice] = []
        rejudged: list[Rejudged] = []
        for pair in self._pairs():
            segment = pair.segment.id
            if pair.status not in ("accepted", "flagged") or pair.state.draft is None or (self._unfinished(cases.get(segment), found.get(segment, ()))):
                continue
            findings = tuple(_of(found, segment))
            if segment in cases:
                drafts += [Judged(one.draft, (*one.findings, *(findings if one is taken.get(segment) else ()))) for one in cases[segment].tried[1:]]
            if segment in taken:
                kept = (*taken[segment].findings, *findings)
                place = len(drafts) - len(cases[segment].tried[1:]) + cases[segment].tried[1:].index(taken[segment])
                why = "the proofreader had it made like the rest of the work"
                choices.append(Choice(segment, checker.verdict(kept), draft=place, dependency=pair.state.dependency, why=why))
            elif _keys(_on_record(pair)) != _keys(findings):
                kept = (*_own(pair), *findings)
                rejudged.append(Rejudged(pair.state.draft, kept))
                why = "the proofreader compared it with the rest of the work"
                choices.append(Choice(segment, checker.verdict(kept), earlier=pair.state.draft, dependency=pair.state.dependency, why=why))
        if choices:
            await asyncio.wrap_future(self.store.commit(Outcome(drafts=tuple(drafts), choices=tuple(choices), rejudged=tuple(rejudged))))

    def _unfinished(self, case: Case | None, deviations: Sequence[Deviation]) -> bool:
        """Whether the run was stopped before the case could be tried: then it stays as it is."""
        return self.error is not None and case is not None and len(case.tried) == 1 and bool(deviations)


def _numbers(runs: Runs) -> list[tuple[str, int]]:
    """The markers, whatever they are called."""
    return sorted((marker.kind, marker.number) for marker in markers(runs))


def _on_record(pair: Pair) -> tuple[Finding, ...]:
    """What the proofreader said of the passage before, dismissed or not."""
    return tuple(finding for finding in (*pair.findings, *(one.finding for one in pair.dismissed)) if finding.check in proofreader.NAMES)


def _own(pair: Pair) -> tuple[Finding, ...]:
    """What the checks say of the passage by itself, dismissed or not."""
    return tuple(finding for finding in (*pair.findings, *(one.finding for one in pair.dismissed)) if finding.check not in proofreader.NAMES)


def _of(found: Deviations, segment: str) -> tuple[Finding, ...]:
    return tuple(one.finding for one in found.get(segment, ()))


def _keys(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    return {(finding.check, finding.message) for finding in findings}
