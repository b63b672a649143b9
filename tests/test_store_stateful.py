"""Whatever runs, people and imports do to a store, in any order: a person's word stands, and every hash holds."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.test_store import new_store
from translate.document import Document, Draft, Finding, Kind, Slot
from translate.models.seam import Reply, Usage
from translate.store import Choice, Judged, Outcome, RequestRow, Settled, Store

TEXTS = st.sampled_from(["the bell", "the bell rang", "the bell rang twice", "nobody", "nobody came at all", "nobody came at all today", "yes", "yes", "no"])
CHAPTERS = st.dictionaries(st.sampled_from(["c1", "c2"]), st.lists(TEXTS, max_size=4), min_size=1, max_size=2)
WORDING = st.text("äbc ", min_size=1, max_size=5)


class StoreMachine(RuleBasedStateMachine):
    """``approved`` is what people decided, as we remember it: segment id → wording; ``read`` the source text each decided on."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="store-machine-"))
        self.store = new_store(self.folder / "work.db")
        self.approved: dict[str, str] = {}
        self.read: dict[str, str] = {}
        self.versions = 0

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    @initialize(chapters=CHAPTERS)
    def first(self, chapters: dict[str, list[str]]) -> None:
        self.bring(chapters)

    @rule(chapters=CHAPTERS)
    def bring(self, chapters: dict[str, list[str]]) -> None:
        self.versions += 1
        slots = {name: tuple(Slot(name, f"p{n}", Kind.PARAGRAPH, (text,)) for n, text in enumerate(texts)) for name, texts in chapters.items()}
        self.store.add_version("a", str(self.versions).encode(), [Document(name, "content", found) for name, found in slots.items()])

    def pick(self, data: st.DataObject) -> str | None:
        """A segment: of this version, or one that a person decided on (it may be gone)."""
        known = [*self.store.states(), *self.approved]
        return data.draw(st.sampled_from(known)) if known else None

    @rule(data=st.data(), wording=WORDING, status=st.sampled_from(["accepted", "flagged", "pending"]))
    def settle(self, data: st.DataObject, wording: str, status: str) -> None:
        segment = self.pick(data)
        if segment is None:
            return
        request = self.store.reserve(RequestRow("m", wording, segments=(segment,))).result()
        draft = Judged(Draft(segment, (wording,), request=request), (Finding("c", "warning", wording),))
        choice = Choice(segment, status, 0)  # type: ignore[arg-type]
        settled = Settled(request, Reply(wording, "stop", Usage(1, 1)))
        written = self.store.commit(Outcome((draft,), (choice,), settled)).result()
        assert (segment in self.approved) == (segment in written.refused)

    @rule(data=st.data(), wording=WORDING)
    def review(self, data: st.DataObject, wording: str) -> None:
        segment = self.pick(data)
        if segment is not None:
            review = self.store.review(segment, (wording,), who="Anna")
            self.approved[segment], self.read[segment] = wording, str(review.source[0])

    @rule()
    def close_and_open(self) -> None:
        self.store.close()
        self.store = Store.open(self.folder / "work.db")

    @precondition(lambda self: self.versions > 0)
    @invariant()
    def a_persons_word_is_in_the_book_or_listed(self) -> None:
        pairs = {pair.segment.id: pair for pair in self.store.pairs()}
        listed = {orphan.segment.id: orphan.review.target[0] for orphan in self.store.orphans()}
        shown = {name: pair.draft.text for name, pair in pairs.items() if pair.status == "approved" and pair.draft}
        assert self.approved == shown | listed
        assert not shown.keys() & listed.keys()
        for name in shown:
            changed = pairs[name].segment.text != self.read[name]
            assert pairs[name].state.outdated == changed == any(finding.check == "outdated" for finding in pairs[name].findings)

    @precondition(lambda self: self.versions > 0)
    @invariant()
    def targets_are_what_stands(self) -> None:
        for row in self.store.documents():
            stands = {pair.segment.address: pair.draft.target for pair in self.store.pairs(row.name) if pair.draft and pair.status != "pending"}
            assert self.store.targets(row.name) == stands

    @precondition(lambda self: self.versions > 0)
    @invariant()
    def every_hash_holds(self) -> None:
        assert self.store.verify() == ()


TestStore = StoreMachine.TestCase
TestStore.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
