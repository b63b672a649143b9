"""One passage with all that a reviewer may want to know of it: both texts, the neighbours, terms, findings, earlier drafts, comments, what she has typed."""

from __future__ import annotations

from dataclasses import dataclass

from translate import glossary
from translate.difference import Change, changes
from translate.document import Finding, Runs, Term, plain
from translate.glossary.matching import places
from translate.pipeline import known
from translate.pipeline.judge import Judge
from translate.store import Comment, Drafted, Jotting, Pair, Review, Store

BEFORE, AFTER = 2, 2
EARLIER = 8
"""So many earlier drafts are shown."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A term in the source: where it stands (spans of its words), what the glossary or the ledger wants, and whether the translation has it."""

    term: Term
    spans: tuple[tuple[int, int], ...]
    kept: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier wording: whose it was, when, the words, and what the present wording changed in it."""

    draft: int
    at: str
    by: str
    target: Runs
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two wordings of one passage: ``base`` is what she began from (empty where nothing stood), ``theirs`` what others made of it meanwhile, ``mine`` what she typed, each as changes of it."""

    base: Runs
    theirs: tuple[Change, ...]
    mine: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One segment as the review shows it. ``seen`` is the draft that stands (None for none): it goes along with every decision, so that nobody overwrites another.

    ``typed`` is what this person has typed and not decided on; ``around`` are the neighbours, this passage among them.
    """

    pair: Pair
    seen: int | None
    around: tuple[Pair, ...]
    terms: tuple[Wanted, ...]
    earlier: tuple[Earlier, ...]
    comments: tuple[Comment, ...]
    typed: Jotting | None
    approved_by: str
    people: tuple[str, ...]
    conflict: Conflict | None = None

    @property
    def words(self) -> Runs:
        """What stands in the field: what she has typed, else what stands."""
        if self.typed is not None:
            return self.typed.target
        return self.pair.draft.target if self.pair.draft else ()

    @property
    def overtaken(self) -> bool:
        """Whether another wording was put there since she began to type."""
        return self.typed is not None and self.typed.seen != self.seen


def open_passage(store: Store, segment: str, who: str, *, judge: Judge | None = None) -> Passage:
    """The passage for ``who``. Raises ``StoreError`` where the work has no such segment."""
    pair = store.pair(segment)
    judge = judge or known.present_judge(store)
    table = store.reviewing
    names = table.around(segment, before=BEFORE, after=AFTER)
    history = store.history(segment)
    reviews = [event for event in history if isinstance(event, Review)]
    approved = next((one.who for one in reversed(reviews) if one.draft == pair.state.draft), "")
    typed = table.jotted(segment, who)
    return Passage(
        pair=pair,
        seen=pair.state.draft,
        around=tuple(pair if name == segment else store.pair(name) for name in names),
        terms=tuple(_wanted(term, pair, store) for term in judge.terms(pair.segment)),
        earlier=_earlier([event for event in history if isinstance(event, Drafted)], pair, {one.draft: one.who for one in reviews}),
        comments=table.comments(segment),
        typed=typed,
        approved_by=approved if pair.status == "approved" else "",
        people=judge.voice.people((pair.segment.text,)),
        conflict=_conflict(store, pair, typed) if typed is not None and typed.seen != pair.state.draft else None,
    )


def _conflict(store: Store, pair: Pair, typed: Jotting) -> Conflict:
    began = store.reviewing.draft(typed.seen) if typed.seen is not None else None
    base = began[1] if began is not None and began[0] == pair.segment.id else ()
    theirs = pair.draft.target if pair.draft is not None else ()
    return Conflict(base, changes(plain(base), plain(theirs)), changes(plain(base), plain(typed.target)))


def _wanted(term: Term, pair: Pair, store: Store) -> Wanted:
    work = store.work
    kept = pair.draft is not None and glossary.accepted(term, plain(pair.draft.target, atoms=True), work.target_language) is not None
    return Wanted(term, places(term, pair.segment.text, work.source_language), kept)


def _earlier(drafts: list[Drafted], pair: Pair, reviewers: dict[int, str]) -> tuple[Earlier, ...]:
    """The wordings that do not stand, the latest first; the same words once."""
    now = pair.draft.target if pair.draft else ()
    told: dict[Runs, Earlier] = {}
    for one in reversed(drafts):
        if one.id != pair.state.draft and one.draft.target != now and one.draft.target and one.draft.target not in told:
            by = reviewers.get(one.id) or one.draft.model or one.draft.origin
            told[one.draft.target] = Earlier(one.id, one.at, by, one.draft.target, changes(plain(one.draft.target), plain(now)), one.findings)
    return tuple(told.values())[:EARLIER]
