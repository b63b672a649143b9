"""The values that cross the store's border: what it is given and what it gives back.

Times are UTC in ISO 8601 with milliseconds, money is in the currency of the model's price, hashes carry a version tag ("v1:…").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from translate.document import Decision, Draft, Finding, Kind, Runs, Segment
from translate.models.seam import Reply
from translate.store.hashes import replay_key

Status = Literal["pending", "accepted", "flagged", "approved"]
Origin = Literal["model", "repeat", "memory", "code", "person"]


@dataclass(frozen=True, slots=True)
class Work:
    """What is being translated: a book, a page, a dump. Languages are BCP 47 tags, ``format`` is the format's name ("epub")."""

    title: str
    source_name: str
    format: str
    source_language: str
    target_language: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the source: its number (from 1), file name, "v1:" sha256, size in bytes, import time, and the ``walk`` that found its slots."""

    number: int
    name: str
    sha256: str
    size: int
    imported: str
    walk: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document of a version with its numbers; ``visible`` counts characters as ``document.visible`` does."""

    name: str
    kind: Literal["content", "toc", "metadata"]
    position: int
    visible: int
    remarks: tuple[str, ...]
    segments: int
    mirrors: int
    skips: int


@dataclass(frozen=True, slots=True)
class MirrorRow:
    """A slot that repeats the translation of ``segment``. ``source`` is its own text, which may lack the segment's markers."""

    document: str
    address: str
    kind: Kind
    segment: str
    source: Runs


@dataclass(frozen=True, slots=True)
class State:
    """Where a segment stands.

    ``draft`` is the draft that stands for it (best so far where flagged), None while pending. ``dependency`` is the key it was made under.
    ``outdated`` is True where a person's wording belongs to another source text than the present one.
    """

    status: Status
    draft: int | None = None
    dependency: str = ""
    origin: Origin | None = None
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft and what the checks saw in it."""

    draft: Draft
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What stands for a segment from now on.

    ``draft`` is the place (from 0) in ``Outcome.drafts`` of the draft chosen; ``earlier`` the id of a draft that was stored before; both None where there is none.
    ``findings`` are of the segment where no draft carries them (nothing came back). ``why`` is a sentence for ``explain``.
    """

    segment: str
    status: Literal["pending", "accepted", "flagged"]
    draft: int | None = None
    earlier: int | None = None
    dependency: str = ""
    findings: tuple[Finding, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """A reserved request that was answered: its reply, and what it cost."""

    request: int
    reply: Reply
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Rejudged:
    """What the checks see now in a draft that was stored before; replaces what they saw then."""

    draft: int
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one model reply (or one pass of the checks) led to, and what it settles in the ledger; stored as a whole or not at all."""

    drafts: tuple[Judged, ...] = ()
    choices: tuple[Choice, ...] = ()
    settled: Settled | None = None
    rejudged: tuple[Rejudged, ...] = ()
    ledger: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What became of an outcome: the drafts' ids in the order given, and the segments whose choice was not taken since a person has approved a wording. ``ledger`` are the decisions that were taken."""

    drafts: tuple[int, ...] = ()
    refused: tuple[str, ...] = ()
    ledger: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request before its attempt. ``request_json`` is all that is sent, ``segments`` the ids it is about.

    ``reserved_tokens`` is the prompt plus the most that may be answered, ``reserved_cost`` the most that this can cost.
    """

    model: str
    request_json: str
    purpose: str = "translate"
    prompt_hash: str = ""
    segments: tuple[str, ...] = ()
    reserved_tokens: int = 0
    reserved_cost: float = 0.0

    @property
    def replay_key(self) -> str:
        """The key of the exact request: model and all of its text."""
        return replay_key(self.model, self.request_json)


@dataclass(frozen=True, slots=True)
class Replayed:
    """A reply that was paid for before, and the request it came from."""

    request: int
    reply: Reply


@dataclass(frozen=True, slots=True)
class Purpose:
    """What one purpose (translate, mend, …) has cost: answered requests, their tokens and money."""

    name: str
    requests: int
    prompt: int
    cached: int
    answer: int
    cost: float


@dataclass(frozen=True, slots=True)
class Spent:
    """What was spent: tokens and cost of the answered requests, and reservations that still stand.

    ``open_*`` belong to requests under way, ``kept_*`` to attempts that broke off and may have been billed.
    """

    requests: int = 0
    prompt: int = 0
    cached: int = 0
    answer: int = 0
    cost: float = 0.0
    open_requests: int = 0
    open_tokens: int = 0
    open_cost: float = 0.0
    kept_requests: int = 0
    kept_tokens: int = 0
    kept_cost: float = 0.0
    by_purpose: tuple[Purpose, ...] = ()

    @property
    def tokens(self) -> int:
        """All tokens that must be counted against a cap of tokens."""
        return self.prompt + self.answer + self.open_tokens + self.kept_tokens

    @property
    def most(self) -> float:
        """The most that was spent: what is known plus what is reserved. A cap is held against this."""
        return self.cost + self.open_cost + self.kept_cost


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the work: when it began and ended, and how ("" while it is under way)."""

    id: int
    started: str
    ended: str
    outcome: str
    settings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What a person decided: the wording of ``draft`` for the source as it was (``source``), who, when, and why."""

    id: int
    segment: str
    draft: int
    target: Runs
    source: Runs
    who: str
    at: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A finding that a person has judged to be none: who, when, and why.

    It holds as long as source and translation are the words it was about and the check says the same of them; ``stale`` where that is over.
    """

    id: int
    segment: str
    finding: Finding
    who: str
    at: str
    reason: str
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A segment with what stands for it: the draft (None while pending), what was found in it, and its state.

    ``findings`` are those that stand; ``dismissed`` holds the dismissals of the others.
    """

    segment: Segment
    draft: Draft | None
    findings: tuple[Finding, ...]
    state: State
    dismissed: tuple[Dismissal, ...] = ()

    @property
    def status(self) -> Status:
        """The state's status."""
        return self.state.status


@dataclass(frozen=True, slots=True)
class Placed:
    """History: the source text of a segment in one version, and where it stood."""

    at: str
    version: int
    document: str
    address: str
    source: Runs


@dataclass(frozen=True, slots=True)
class Asked:
    """History: a request about the segment. ``state`` is "open", "settled" or "failed" (then ``error`` says why)."""

    at: str
    id: int
    purpose: str
    model: str
    prompt_hash: str
    state: str
    finish: str
    prompt: int
    cached: int
    answer: int
    cost: float
    error: str
    request_json: str
    reply: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """History: a draft with what the checks last saw in it."""

    at: str
    id: int
    draft: Draft
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """History: a change of the segment's state, by a run, an import or a person."""

    at: str
    status: Status
    draft: int | None
    dependency: str
    why: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A segment that was chosen for with reasons of one kind: the last such reason, the choice before the first of them (None where it had none), and the choice that holds now."""

    segment: str
    why: str
    before: Chosen | None
    now: Chosen


Event = Placed | Asked | Drafted | Chosen | Review | Dismissal


@dataclass(frozen=True, slots=True)
class Orphan:
    """A person's wording whose segment is not in the present version of the source: kept, listed, not shipped.

    ``segment`` is as it was last seen; ``version`` the number of the version that had it last.
    """

    segment: Segment
    version: int
    review: Review


@dataclass(frozen=True, slots=True)
class Totals:
    """How many segments are in which state; ``outdated`` are those whose source changed after a person approved them."""

    pending: int
    accepted: int
    flagged: int
    approved: int
    outdated: int

    @property
    def all(self) -> int:
        """All segments."""
        return self.pending + self.accepted + self.flagged + self.approved

    @property
    def done(self) -> int:
        """Those that have a wording."""
        return self.all - self.pending


@dataclass(frozen=True, slots=True)
class Stands:
    """A segment that has a translation, as the index of words has it: the number of its draft, and both texts without markers."""

    segment: str
    status: Status
    draft: int
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One document in a list of them; ``title`` is its first heading in the source's language, empty where it has none near its beginning."""

    name: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Tally:
    """One document with its counts.

    ``title`` is its first heading in the source's language, empty where it has none near its beginning.
    ``strip`` draws it: its segments in order, neighbours together where there are many, each as the gravest of them stands.
    """

    name: str
    kind: str
    title: str
    totals: Totals
    strip: tuple[Status, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """A page that was sent to a wiki: ``text`` is what the work built, over the revision ``base`` (None: a new page), from ``source_revision`` of the source.

    ``sent`` is the hash of what was sent, which differs where somebody's edit was merged in. ``kind`` is "draft" or "final".
    ``state`` is "begun" until the wiki's answer was read, then "saved" as ``revision``, or "failed" (``note`` says why).
    """

    id: int
    at: str
    wiki: str
    title: str
    kind: str
    text: str
    sent: str
    base: int | None
    source_revision: int
    state: str = "begun"
    revision: int | None = None
    note: str = ""
