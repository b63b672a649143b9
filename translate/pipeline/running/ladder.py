"""Brings the segments of one chunk to an accepted draft, or to the best one with a finding.

The rungs: ask for the chunk; mend by code what code can mend; ask again, as a further turn, for just what failed; ask for each that still fails alone,
at last in the pieces between its markers where it lost some; ask the escalation model; flag. The best draft seen is kept per segment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from translate import checker, chunker, translator
from translate.checks.markers import Markers
from translate.chunker import Chunk, Piece
from translate.document import Draft, Finding, Runs, Segment, Term, markers, plain
from translate.errors import ContentRefused, NotTaken, RequestFails
from translate.models.seam import Reply
from translate.pipeline.judge import Judge
from translate.pipeline.progress import Mending, Progress, Silent
from translate.pipeline.running.caller import Answered, Caller
from translate.store import Store
from translate.translator import Answer, Ask, Brief, Context

Keep = Callable[[Sequence["Case"]], Awaitable[None]]
SILENT = Silent()
SHOWN = 160
"""So many characters of a passage are told when it is mended."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A model with the brief it works to."""

    caller: Caller
    brief: Brief


@dataclass(frozen=True, slots=True)
class Tried:
    """One draft of a segment with what the checks saw in it, and the rung it came from. ``stored`` is its id where it is on disk."""

    draft: Draft
    findings: tuple[Finding, ...]
    rung: str
    stored: int | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """A segment that an earlier run began to mend and could not finish: its best draft, and how many requests it has had."""

    draft: Draft
    stored: int
    requests: int


@dataclass(slots=True)
class Case:
    """A segment on its way up: all that was tried, the best first found, how many requests it has had, and whether it is done and on disk.

    ``named`` holds what the model said of new names: the rendering that it used for each.
    """

    segment: Segment
    terms: tuple[Term, ...]
    tried: list[Tried]
    requests: int = 0
    kept: bool = False
    named: dict[str, str] = field(default_factory=dict)

    @property
    def best(self) -> Tried:
        """The best draft so far; of equals one that code has set right, else the earliest."""
        return min(self.tried, key=lambda one: (checker.rank(one.findings), one.draft.origin != "code"))

    @property
    def done(self) -> bool:
        """Nothing is left to mend."""
        return bool(self.tried) and checker.verdict(self.best.findings) == "accepted"


def unfinished(store: Store, keys: Mapping[str, str]) -> dict[str, Begun]:
    """What an earlier run began to mend and could not finish, as far as its drafts were made under the dependency ``keys`` of now."""
    counts = store.unfinished()
    return {
        pair.segment.id: Begun(pair.draft, pair.state.draft, counts[pair.segment.id])
        for pair in (store.pair(segment) for segment in counts)
        if pair.draft is not None and pair.state.draft is not None and pair.state.dependency == keys.get(pair.segment.id)
    }


NOTHING: Mapping[str, Begun] = MappingProxyType({})


class Ladder:
    """The rungs for one run. ``tries`` is the most requests of one segment (the escalation model's one apart)."""

    def __init__(self, first: Desk, judge: Judge, *, tries: int = 3, escalation: Desk | None = None, progress: Progress = SILENT) -> None:
        self._first = first
        self._judge = judge
        self._tries = tries
        self._escalation = escalation
        self._progress = progress

    def cases(self, chunk: Chunk, begun: Mapping[str, Begun] = NOTHING) -> tuple[Case, ...]:
        """A case for each segment of the chunk, in order: with nothing tried yet, or with what an earlier run had of it."""
        return tuple(self._case(segment, begun.get(segment.id)) for segment in chunk.segments)

    def _case(self, segment: Segment, begun: Begun | None) -> Case:
        terms = self._judge.terms(segment)
        if begun is None:
            return Case(segment, terms, [])
        earlier = Tried(begun.draft, self._judge.findings(segment, begun.draft, terms), "an earlier run", begun.stored)
        return Case(segment, terms, [earlier], begun.requests)

    async def climb(self, cases: tuple[Case, ...], context: Context, *, keep: Keep) -> None:
        """Try until each case is done or its tries are used up; each has at least one draft then.

        What an earlier run had of a segment is not asked for again: it is mended. ``keep`` puts what there is on disk; it is called before anything more is asked for the others.

        Raises ``ModelError`` and ``BudgetReached`` as the caller does; what was tried until then is in the cases.
        A segment that the server does not take (``NotTaken``) has an empty draft then, which the checks name; the others go on.
        """
        fresh = [case for case in cases if not case.tried]
        asked = await self._translate(fresh, context) if fresh else None
        await keep(cases)
        if asked is not None and self._first.brief.profile.unit == "chunk":
            await self._mend(fresh, *asked)
            await keep(cases)
        await asyncio.gather(*(self._alone(case, self._nearby(cases, case, context)) for case in cases if not case.done))

    async def _translate(self, cases: Sequence[Case], context: Context) -> tuple[Ask, Reply] | None:
        """The first rung. Gives the request back where one request held the whole chunk, so that it can be continued."""
        brief = self._first.brief
        pieces = [piece for case in cases for piece in self._pieces(case.segment, self._first)]
        groups = _groups(pieces, brief)
        if len(groups) > 1:
            await self._taken(cases, groups, context)
            return None
        ask = translator.compose(pieces, brief=brief, context=context, terms=_union(cases))
        for case in cases:
            case.requests += 1
        try:
            answered = await self._call(self._first, ask, "translate")
        except NotTaken:
            # What stands before may be what the server's filter found, and it makes a request longer.
            bare = replace(context, before=(), similar=())
            await asyncio.gather(*(self._taken((case,), [[Piece(case.segment, case.segment.source)]], bare) for case in cases))
            return None
        self._file(cases, ask, answered, "chunk", brief)
        return ask, answered.reply

    async def _taken(self, cases: Sequence[Case], groups: Sequence[Sequence[Piece]], context: Context) -> None:
        """``_apart``, where one that the server does not take leaves only its own segments empty."""
        try:
            await self._apart(cases, groups, context)
        except NotTaken as error:
            if len(cases) == 1:
                self._nothing(cases, error)
                return
            for case in cases:
                await self._taken((case,), [[piece] for group in groups for piece in group if piece.segment.id == case.segment.id], context)

    def _nothing(self, cases: Sequence[Case], error: NotTaken) -> None:
        """An empty draft for segments that the server did not take."""
        finish = "filter" if isinstance(error, ContentRefused) else "fault" if isinstance(error, RequestFails) else "length"
        for case in cases:
            self._add(case, Draft(case.segment.id, (), finish=finish), "chunk")

    async def _apart(
        self, cases: Sequence[Case], groups: Sequence[Sequence[Piece]], context: Context, *, rung: str = "chunk", temperature: float | None = None
    ) -> None:
        """Several requests for the pieces of ``cases``, side by side; each segment's pieces are joined."""
        brief = self._first.brief
        terms = _union(cases)
        asks = [
            translator.compose(group, brief=brief, context=context, terms=_occurring(terms, group, self._judge), temperature=temperature) for group in groups
        ]
        for case in cases:
            case.requests += 1
        purpose = "translate" if rung == "chunk" else "mend"
        answers = await asyncio.gather(*(self._call(self._first, ask, purpose) for ask in asks))
        found = {
            (answer.piece.segment.id, answer.piece.part): (answer, ask, answered)
            for ask, answered in zip(asks, answers, strict=True)
            for answer in translator.read(ask, answered.reply.text)
        }
        for case in cases:
            pieces = tuple(piece for group in groups for piece in group if piece.segment.id == case.segment.id)
            got = [found.get((piece.segment.id, piece.part)) for piece in pieces]
            self._add(case, _joined(case.segment, pieces, got, brief), rung)

    async def _mend(self, cases: Sequence[Case], ask: Ask, reply: Reply) -> None:
        """The second rung: a further turn that asks for just what failed, with its findings as sentences."""
        failing = [case for case in cases if not case.done and case.requests < self._tries and not self._parted(case)]
        if not failing or reply.finish == "length" or reply.finish == "loop":
            return
        labels = {piece.segment.id: label for piece, label in zip(ask.pieces, ask.labels, strict=True)}
        complaints = {labels[case.segment.id]: checker.sentences_for_model(case.best.findings) for case in failing}
        further = translator.mend(ask, reply.text, complaints, brief=self._first.brief)
        for case in failing:
            case.requests += 1
            self._tell(case, "again")
        try:
            answered = await self._call(self._first, further, "mend")
        except NotTaken:
            return
        self._file(failing, further, answered, "again", self._first.brief)

    async def _alone(self, case: Case, context: Context) -> None:
        """The last rungs: by itself, with its neighbours as context, then by the escalation model."""
        while not case.done and case.requests < self._tries:
            parts = self._between(case.segment) if self._parted(case) else ()
            pieces = parts or self._pieces(case.segment, self._first, smaller=case.requests > 1)
            groups = _groups(pieces, self._first.brief)
            self._tell(case, "parts" if parts else "alone")
            try:
                await self._apart((case,), groups, context, rung="parts" if parts else "alone", temperature=0.2 + 0.2 * case.requests)
            except NotTaken:
                break
        if not case.done and self._escalation is not None:
            brief = self._escalation.brief
            piece = Piece(case.segment, case.segment.source)
            ask = translator.compose((piece,), brief=brief, context=context, terms=case.terms)
            self._tell(case, "escalated")
            try:
                answered = await self._call(self._escalation, ask, "escalate")
            except NotTaken:
                return
            self._file((case,), ask, answered, "escalated", brief)

    async def settle(self, case: Case, findings: Sequence[Finding], context: Context) -> bool:
        """The proofreader's rung: ask for one segment as a further turn after its present draft (the last tried), told what the rest of the work has settled on.

        False where the model takes no further turn, or the segment is too long for it. Raises ``ModelError`` and ``BudgetReached`` as the caller does.
        """
        brief = self._first.brief
        if brief.profile.unit != "chunk" or brief.profile.form == "examples":
            return False
        ask = translator.compose((Piece(case.segment, case.segment.source),), brief=brief, context=context, terms=case.terms)
        present = translator.as_reply(ask, case.tried[-1].draft.target)
        further = translator.mend(ask, present, {ask.labels[0]: checker.sentences_for_model(findings)}, brief=brief)
        case.requests += 1
        self._tell(case, "proofread")
        try:
            answered = await self._call(self._first, further, "mend")
        except NotTaken:
            return False
        self._file((case,), further, answered, "proofread", brief)
        return True

    def _tell(self, case: Case, rung: str) -> None:
        findings = tuple(finding.message for finding in case.best.findings if finding.severity != "info") if case.tried else ()
        self._progress.mends(Mending(case.segment.id, case.segment.document, case.segment.text[:SHOWN], findings, rung))

    async def _call(self, desk: Desk, ask: Ask, purpose: str) -> Answered:
        segments = tuple(dict.fromkeys(piece.segment.id for piece in ask.pieces))
        return await desk.caller.ask(ask.request, purpose=purpose, prompt=ask.prompt, segments=segments)

    def _file(self, cases: Sequence[Case], ask: Ask, answered: Answered, rung: str, brief: Brief) -> None:
        """Judge what one request brought for ``cases``; where the reply broke off, only the last passage it reached may be cut."""
        found = {answer.piece.segment.id: answer for answer in translator.read(ask, answered.reply.text)}
        named = dict(translator.renderings(ask, answered.reply.text))
        last = max((place for place, piece in enumerate(ask.pieces) if piece.segment.id in found), default=-1)
        for case in cases:
            case.named.update(named)
            piece = Piece(case.segment, case.segment.source)
            answer = found.get(case.segment.id)
            draft = _joined(case.segment, (piece,), [(answer, ask, answered) if answer else None], brief, fallback=(ask, answered))
            whole = answer is not None and any(one.segment.id == case.segment.id for one in ask.pieces[:last])
            self._add(case, replace(draft, finish="stop") if whole else draft, rung)

    def _add(self, case: Case, draft: Draft, rung: str) -> None:
        case.tried.append(Tried(draft, self._judge.findings(case.segment, draft, case.terms), rung))
        fixed = self._judge.fixed(case.segment, draft, case.terms)
        if fixed is not None:
            case.tried.append(Tried(replace(fixed, origin="code"), self._judge.findings(case.segment, fixed, case.terms), "code"))

    def _pieces(self, segment: Segment, desk: Desk, *, smaller: bool = False) -> tuple[Piece, ...]:
        brief, unit = desk.brief, desk.brief.profile.unit
        limit = 1 if unit == "sentence" else brief.profile.chunk
        if smaller and unit != "sentence":
            limit = max(80, limit // 4)
        return chunker.cut(segment, limit=limit, size=brief.count, language=brief.source.code)

    def _parted(self, case: Case) -> bool:
        """Whether the next request is for the texts between the markers: the last one of a segment that lost some, the next one where the model keeps none."""
        lost = bool(case.tried) and any(finding.check == Markers.name for finding in case.best.findings) and bool(markers(case.segment.source))
        return lost and (case.requests + 1 >= self._tries or not self._first.brief.profile.markers)

    def _between(self, segment: Segment) -> tuple[Piece, ...]:
        brief = self._first.brief
        limit = 1 if brief.profile.unit == "sentence" else brief.profile.chunk
        return chunker.between(segment, limit=limit, size=brief.count, language=brief.source.code)

    def _nearby(self, cases: Sequence[Case], case: Case, context: Context) -> Context:
        """The context of one segment of a chunk: the segments before it in the chunk, with what they have become."""
        before: list[tuple[Runs, Runs]] = []
        for other in cases:
            if other is case:
                break
            before.append((other.segment.source, other.best.draft.target))
        own = translator.context_of(context.trail, before)
        return Context(own.trail, (*context.before, *own.before)[-translator.CONTEXT_PAIRS :], people=context.people)


def _groups(pieces: Sequence[Piece], brief: Brief) -> list[list[Piece]]:
    """Pieces packed into requests: one piece each where the model takes no more, else as many as a chunk may hold."""
    if brief.profile.unit != "chunk":
        return [[piece] for piece in pieces]
    groups: list[list[Piece]] = []
    room = 0
    for piece in pieces:
        need = brief.count(plain(piece.runs))
        if not groups or (piece.part is not None and need > room):
            groups.append([])
            room = brief.profile.chunk
        groups[-1].append(piece)
        room -= need
    return groups


def _joined(
    segment: Segment,
    pieces: tuple[Piece, ...],
    got: Sequence[tuple[Answer, Ask, Answered] | None],
    brief: Brief,
    fallback: tuple[Ask, Answered] | None = None,
) -> Draft:
    """A draft of the pieces' answers; empty where one of them is missing."""
    present = [one for one in got if one is not None]
    finishes = {one[2].reply.finish for one in present} | ({fallback[1].reply.finish} if fallback else set())
    finish = next((kind for kind in ("loop", "length", "filter") if kind in finishes), "stop" if finishes else "")
    ask, answered = (present[-1][1], present[-1][2]) if present else fallback or (None, None)
    complete = len(present) == len(pieces)
    target = chunker.join(pieces, tuple(one[0].runs for one in present), script=brief.target.script) if complete else ()
    return Draft(
        segment=segment.id,
        target=target,
        model=answered.reply.model if answered else "",
        prompt=ask.prompt if ask else "",
        request=answered.request if answered else None,
        finish=finish,
        strays=tuple(stray for one in present for stray in one[0].strays),
    )


def _union(cases: Iterable[Case]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(term for case in cases for term in case.terms))


def _occurring(terms: Sequence[Term], group: Sequence[Piece], judge: Judge) -> tuple[Term, ...]:
    """Of ``terms`` those that occur in the pieces of one request."""
    if len(terms) == 0:
        return ()
    wanted = judge.occurring(" ".join(plain(piece.runs) for piece in group))
    return tuple(term for term in terms if term in wanted)
