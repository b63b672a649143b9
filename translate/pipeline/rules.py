"""Corrections teach: from a person's wording to a rule of the ledger, to every place that it touches, and back again as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from translate import checker, glossary, learner, proofreader
from translate.document import Decision, Draft, Finding, LedgerLine, Runs, Segment, Sort, Term, plain
from translate.errors import SettingError
from translate.learner import Beside, Lesson
from translate.ledger import terms as terms_of
from translate.models.seam import Model
from translate.pipeline import known, ledger, mending
from translate.pipeline.judge import Judge
from translate.pipeline.order import Order
from translate.pipeline.progress import Progress
from translate.pipeline.works import Folder
from translate.store import Choice, Chosen, Drafted, Judged, Outcome, Pair, Rejudged, Stands, Store

How = Literal["code", "request", "approved"]
"""Mended by code; by a request, since grammar must follow; left alone, since a person approved it."""

ALL = 10_000_000
MARK = "rule from "
"""A decision of the ledger whose reason begins so is a rule that a correction made."""


@dataclass(frozen=True, slots=True)
class Place:
    """A passage that a rule touches: what stands there, what it becomes (None where a request must say), and how. ``asked`` is the draft that a request gave."""

    segment: Segment
    before: Runs
    after: Runs | None
    how: How
    asked: Draft | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule that a correction suggests: its number (from 1) among those of the segment, the line it would be in the ledger (None where the word of the source is not known), and the places it touches.

    There are ``total`` of them; ``places`` are the first, in reading order, as many as were asked for.
    """

    segment: str
    number: int
    lesson: Lesson
    line: LedgerLine | None
    places: tuple[Place, ...]
    total: int

    def by(self, how: How) -> tuple[Place, ...]:
        """The places of one kind."""
        return tuple(place for place in self.places if place.how == how)


@dataclass(frozen=True, slots=True)
class Asking:
    """With what requests are made: the work's order, who hears of it, and a model that is open already, if any."""

    order: Order
    progress: Progress
    model: Model | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """What an accepted rule did: its number, its line, the passages mended by code, those still to be asked for, and the approved ones that speak against it."""

    rule: int
    line: LedgerLine
    mended: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    approved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """An accepted rule: its number, the decision in the ledger, where it came from, and the passages that it changed or keeps waiting, each with why."""

    decision: Decision
    places: tuple[tuple[str, str], ...]

    @property
    def number(self) -> int:
        """The number of its decision."""
        return self.decision.id


# --- what a correction suggests ------------------------------------------------------------------------------------


def propose(folder: Folder, segment: str, *, source: str = "", most: int = ALL, asking: Asking | None = None) -> tuple[Proposal, ...]:
    """The rules that a person's wording for the segment suggests, with the places they touch: the first ``most``, all of them counted. Nothing is changed.

    ``source`` names the word of the source that the first is about, where that could not be told. With ``asking``, what only a request can mend is asked for and shown;
    to accept the same then costs nothing more. Raises ``StoreError`` for a segment that is not there, and what ``mending.mend`` raises.
    """
    with Store.open(folder.store) as store:
        old, new = _versions(store, segment)
        if not learner.changes(plain(old), plain(new), store.work.target_language):
            return ()  # nothing is learnt from it, so the work need not be read
        found = tuple(_proposals(_reading(store), segment, source, most))
        return tuple(_filled(store, one, asking) for one in found) if asking is not None else found


def suggestions(folder: Folder, *, most: int = 50, shown: int = ALL) -> tuple[Proposal, ...]:
    """What the corrections of a work suggest that touches other places and is no rule yet, of the last ``most`` passages that people approved; the one with most places first.

    Two corrections that suggest the same count once. Of each, the first ``shown`` places are given, and all are counted.
    """
    with Store.open(folder.store) as store:
        reading = _reading(store)
        approved = sorted((one for one in reading.stands if one.status == "approved"), key=lambda one: one.draft)[-most:]
        found: dict[tuple[str, str, str], Proposal] = {}
        for row in reversed(approved):
            for one in _proposals(reading, row.segment, "", shown):
                found.setdefault((one.lesson.source, one.lesson.old, one.lesson.new), one)
        held = {(one.line.lemma, one.line.target) for one in store.ledger() if one.status == "accepted"}
        new = [one for one in found.values() if one.total and (one.lesson.source, one.lesson.new) not in held]
        return tuple(sorted(new, key=lambda one: -one.total))


@dataclass(frozen=True, slots=True)
class _Reading:
    """A work as it stands: its judge, the texts of the passages that are translated, its languages."""

    store: Store
    judge: Judge
    stands: tuple[Stands, ...]
    tongues: tuple[str, str]


def _reading(store: Store) -> _Reading:
    store.reviewing.index()
    return _Reading(store, known.judge_of(store), store.reviewing.translated(), (store.work.source_language, store.work.target_language))


def _proposals(reading: _Reading, segment: str, source: str, most: int) -> Iterator[Proposal]:
    old, new = _versions(reading.store, segment)
    if not old or not new:
        return
    others = [Beside(one.segment, one.source, one.target) for one in reading.stands if one.segment != segment]
    here = reading.store.pair(segment).segment
    found = learner.lessons(here.text, plain(old), plain(new), terms=reading.judge.terms(here), others=others, tongues=reading.tongues)
    for number, lesson in enumerate(found, start=1):
        told = replace(lesson, source=source) if source and number == 1 else lesson
        settled = told.source in {term.source for term in reading.judge.occurring(told.source)}
        names = [one.segment for one in reading.stands if one.segment != segment and _touches(one, told, reading, settled=settled)]
        places = tuple(_place(reading, pair, told) for pair in reading.store.pairs(among=names[:most]))
        yield Proposal(segment, number, told, _line(reading.store, reading.judge, here, told), places, len(names))


def _versions(store: Store, segment: str) -> tuple[Runs, Runs]:
    """What stood for the segment before the person's first word, and her wording; empty where there is no such pair."""
    pair = store.pair(segment)
    if pair.status != "approved" or pair.draft is None:
        return (), ()
    drafts = {event.id: event.draft for event in store.history(segment) if isinstance(event, Drafted)}
    stood = [drafts[event.draft] for event in store.history(segment) if isinstance(event, Chosen) and event.draft in drafts]
    machine = [draft for draft in stood if draft.origin != "person"]
    return (machine[-1].target if machine else ()), pair.draft.target


def _line(store: Store, judge: Judge, segment: Segment, lesson: Lesson) -> LedgerLine | None:
    """The ledger's line that the lesson makes: the new rendering wanted, the old one forbidden, the rest as it was."""
    if not lesson.source:
        return None
    term = next((one for one in judge.terms(segment) if one.source.casefold() == lesson.source.casefold()), Term(lesson.source, ""))
    olds = {lesson.old.casefold(), *(change.old.casefold() for change in lesson.changes)}
    allowed = tuple(form for form in term.forms if form and form.casefold() not in {*olds, lesson.new.casefold()})
    forbidden = dict.fromkeys((*(form for form in term.forbidden if form.casefold() != lesson.new.casefold()), lesson.old))
    line = ledger.changed(store, lesson.source, target=lesson.new, keep=False)
    sort = Sort.NAME if lesson.name and line.sort == Sort.CONCEPT else line.sort
    return replace(line, sort=sort, allowed=allowed, forbidden=tuple(forbidden))


def _touches(one: Stands, lesson: Lesson, reading: _Reading, *, settled: bool) -> bool:
    """Whether the old rendering stands for the word of the source; of a lesson without one, nobody can tell for what it stands.

    What is ``settled`` may stand in a form that only the ledger knows.
    """
    ours, theirs = reading.tongues
    told = not lesson.source or bool(learner.spots(one.source, lesson.source, ours))
    if not (told or settled) or not learner.stands(one.target, lesson, theirs):
        return False
    return told or lesson.source in {term.source for term in reading.judge.terms(reading.store.pair(one.segment).segment)}


def _place(reading: _Reading, pair: Pair, lesson: Lesson) -> Place:
    """What a rule does to a passage."""
    target = pair.draft.target if pair.draft is not None else ()
    if pair.status == "approved":
        return Place(pair.segment, target, None, "approved")
    after = learner.mended(target, lesson, reading.tongues[1])
    if after is not None and not _sound(pair, after, reading.judge):
        after = None
    return Place(pair.segment, target, after, "code" if after is not None else "request")


def _sound(pair: Pair, after: Runs, judge: Judge) -> bool:
    """Whether the mended wording has no finding, the terms of the moment apart, that the present one has not."""
    before = {(one.check, one.message) for one in pair.findings}
    draft = Draft(pair.segment.id, after, origin="code")
    return all((one.check, one.message) in before for one in judge.findings(pair.segment, draft, ()))


def _filled(store: Store, proposal: Proposal, asking: Asking) -> Proposal:
    """The proposal with what requests make of the places that code cannot mend."""
    wanted = {place.segment.id for place in proposal.by("request") if place.after is None}
    if proposal.line is None or not wanted:
        return proposal
    judge = known.judge_of(store, as_if=Decision(proposal.line, "accepted", "person"))
    pairs = [store.pair(segment) for segment in sorted(wanted)]
    drafts = mending.mend(store, pairs, judge, asking.order, asking.progress, model=asking.model)
    places = [replace(one, after=drafts[one.segment.id].target, asked=drafts[one.segment.id]) if one.segment.id in drafts else one for one in proposal.places]
    return replace(proposal, places=tuple(places))


def _draft(place: Place) -> Draft:
    """The draft that a mended place gets."""
    return place.asked or Draft(place.segment.id, place.after or (), origin="code")


# --- making it the rule, and taking it back ------------------------------------------------------------------------


def accept(folder: Folder, segment: str, *, number: int = 1, source: str = "", who: str, asking: Asking | None = None) -> Applied:
    """Make a proposal the rule: a line of the ledger, and what code can mend mended; with ``asking``, what requests can mend too. The rest waits for the next run.

    Raises ``SettingError`` where there is no such proposal, or the word of the source is not known, and what ``mending.mend`` raises; nothing is changed then.
    """
    with Store.open(folder.store) as store:
        reading = _reading(store)
        proposal = next((one for one in _proposals(reading, segment, source, ALL) if one.number == number), None)
        if proposal is None:
            raise SettingError(f"The correction of {segment} suggests no rule number {number}. 'dragoman rule propose' lists what it does suggest.")
        line = proposal.line
        if line is None:
            raise SettingError(f"Which word of the source is '{proposal.lesson.new}' for? Say it with --source: {plain(store.pair(segment).segment.source)}")
        if asking is not None:
            proposal = _filled(store, proposal, asking)
        why = f"{MARK}{segment}: '{proposal.lesson.old}' became '{proposal.lesson.new}'"
        decided = ledger.put(store, [line], who=who, why=why)
        if not decided:
            raise SettingError(f"The ledger says so already: '{line.lemma}' is '{line.target}'. 'dragoman translate' asks for what deviates.")
        return _apply(store, proposal, decided[0], reading.stands)


def _apply(store: Store, proposal: Proposal, decision: Decision, stands: Sequence[Stands]) -> Applied:
    judge = known.judge_of(store)
    made = {place.segment.id: place for place in proposal.places if place.after is not None}
    waiting = {place.segment.id for place in proposal.by("request")} - made.keys()
    drafts: list[Judged] = []
    choices: list[Choice] = []
    rejudged: list[Rejudged] = []
    for pair in _touched(store, judge, decision, stands):
        name, key = pair.segment.id, judge.key(pair.segment)
        if name in made:
            draft = _draft(made[name])
            findings = judge.findings(pair.segment, draft, judge.terms(pair.segment))
            choices.append(Choice(name, checker.verdict(findings), draft=len(drafts), dependency=key, why=f"rule {decision.id}: mended by {made[name].how}"))
            drafts.append(Judged(draft, findings))
            continue
        findings = _again(pair, judge)
        if pair.state.draft is not None:
            rejudged.append(Rejudged(pair.state.draft, findings))
        if pair.status in ("accepted", "flagged"):
            stale = name in waiting or any(one.check == "terms" for one in findings)
            why = f"rule {decision.id}: {'to be asked for again' if stale else 'fits already'}"
            choices.append(Choice(name, checker.verdict(findings), earlier=pair.state.draft, dependency=pair.state.dependency if stale else key, why=why))
    store.commit(Outcome(drafts=tuple(drafts), choices=tuple(choices), rejudged=tuple(rejudged))).result()
    left = tuple(one.segment for one in choices if one.why.endswith("asked for again"))
    return Applied(
        decision.id,
        decision.line,
        tuple(choice.segment for choice in choices if choice.draft is not None),
        left,
        tuple(place.segment.id for place in proposal.by("approved")),
    )


def _touched(store: Store, judge: Judge, decision: Decision, stands: Sequence[Stands]) -> Iterator[Pair]:
    """The translated passages in which the word of the decision occurs; of the others only the words are looked through."""
    word = decision.line.lemma.casefold()
    wanted = glossary.Matcher((term for term in terms_of(decision) if term.source.casefold() == word), store.work.source_language)
    for pair in store.pairs(among=[one.segment for one in stands if wanted.possible(one.source)]):
        if pair.draft is not None and pair.status != "pending" and any(term.source.casefold() == word for term in judge.terms(pair.segment)):
            yield pair


def _again(pair: Pair, judge: Judge) -> tuple[Finding, ...]:
    """What the checks say of a passage now; what the proofreader said stands."""
    draft = pair.draft or Draft(pair.segment.id, ())
    said = tuple(one for one in pair.findings if one.check in proofreader.NAMES)
    return (*judge.findings(pair.segment, draft, judge.terms(pair.segment)), *said)


def rules(folder: Folder) -> tuple[Rule, ...]:
    """The rules that corrections made and that hold, oldest first, each with the passages it touched."""
    with Store.open(folder.store) as store:
        held = [one for one in store.ledger() if one.why.startswith(MARK) and one.status == "accepted"]
        return tuple(Rule(one, tuple((turn.segment, turn.why) for turn in store.chosen(f"rule {one.id}: "))) for one in sorted(held, key=lambda one: one.id))


def find(folder: Folder, rule: int) -> Rule:
    """The rule with that number. Raises ``SettingError`` where none holds."""
    found = next((one for one in rules(folder) if one.number == rule), None)
    if found is None:
        raise SettingError(f"There is no rule {rule} that holds. 'dragoman rule list' names those that do.")
    return found


def undo(folder: Folder, rule: int, *, who: str) -> tuple[str, ...]:
    """Take a rule back as one: the ledger says what it said before, and every passage it mended has the wording it had. The passages that were put back.

    What a person approved since stays, and so does what a run has asked for again since. Raises ``SettingError`` where no such rule holds.
    """
    with Store.open(folder.store) as store:
        decision = next((one for one in store.ledger() if one.id == rule and one.why.startswith(MARK)), None)
        if decision is None:
            raise SettingError(f"There is no rule {rule} that holds. 'dragoman rule list' names those that do.")
        earlier = next((one for one in store.ledger_history(decision.line.key) if one.id == decision.supersedes), None)
        back = replace(earlier, origin="person", who=who) if earlier is not None else replace(decision, status="rejected", who=who)
        taken = store.decide([replace(back, why=f"rule {rule} taken back", id=0, at="", supersedes=None)])
        if not taken:
            raise SettingError(f"The ledger could not be set back for '{decision.line.lemma}'. Use 'dragoman ledger set'.")
        return _put_back(store, decision)


def _put_back(store: Store, decision: Decision) -> tuple[str, ...]:
    choices: list[Choice] = []
    changed: list[str] = []
    mark = f"rule {decision.id}: "
    for turn in store.chosen(mark):
        before = turn.before
        if before is None or not turn.now.why.startswith(mark) or before.status == "approved":
            continue
        if before.draft != turn.now.draft:
            changed.append(turn.segment)
        choices.append(Choice(turn.segment, before.status, earlier=before.draft, dependency=before.dependency, why=f"rule {decision.id} taken back"))
    judge = known.judge_of(store)
    refused = store.commit(Outcome(choices=tuple(choices))).result().refused
    store.reviewing.index()
    again = [one.segment for one in store.reviewing.translated() if learner.spots(one.source, decision.line.lemma, store.work.source_language)]
    rejudged = (Rejudged(pair.state.draft, _again(pair, judge)) for pair in store.pairs(among=again) if pair.state.draft is not None)
    store.commit(Outcome(rejudged=tuple(rejudged))).result()
    return tuple(segment for segment in changed if segment not in refused)
