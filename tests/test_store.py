"""The store of one work: what is put in comes out again, a person's word stays, and what does not hold is said."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.document import Document, Draft, Finding, Kind, Marker, Runs, Skip, Slot, normal
from translate.errors import StoreError
from translate.models.seam import Reply, Usage
from translate.store import Choice, Judged, Outcome, Rejudged, Store, Work, Written
from translate.store.coding import load_list, packed, runs_text, safe, unpacked
from translate.store.hashes import LENGTH, LETTERS, exact, masked, name_of

WORK = Work("The Night Shift", "night.epub", "epub", "en", "de")
EM, END = Marker("open", 1, "em"), Marker("close", 1, "em")
BR, NOTE, CODE = Marker("atom", 1, "br"), Marker("atom", 1, "a", "3"), Marker("atom", 1, "code", "ls")


def paragraphs(name: str, *texts: str | Runs) -> Document:
    """A document whose first text is a heading and whose others are paragraphs, at addresses a0, a1, …"""
    runs = [(text,) if isinstance(text, str) else text for text in texts]
    kinds = [Kind.HEADING] + [Kind.PARAGRAPH] * len(texts)
    slots = tuple(Slot(name, f"a{index}", kind, source, ("Part One",)) for index, (kind, source) in enumerate(zip(kinds, runs, strict=False)))
    return Document(name, "content", slots, visible=sum(map(len, map(str, texts))))


def book() -> tuple[Document, ...]:
    """A chapter, and a table of contents that comes before it."""
    label = Slot("nav", "n0", Kind.LABEL, ("The bell",), mirrors=("one", "a0"))
    own = Slot("nav", "n1", Kind.TITLE, ("Contents",))
    toc = Document("nav", "toc", (label, own), visible=15)
    chapter = paragraphs("one", "The bell", ("It ", EM, "rang", END, " twice."), "Nobody came.", "The lamp went out.")
    skips = (Skip("one", "s0", "preformatted text", "10 PRINT"),)
    return toc, Document("one", "content", chapter.slots, skips, 60, ("tag soup: read leniently",))


@cache
def _made(documents: tuple[Document, ...] | None) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "work.db"
        with Store.create(path, WORK) as store:
            if documents is not None:
                store.add_version("night.epub", b"first", documents)
        return path.read_bytes()


def new_store(path: Path, documents: tuple[Document, ...] | None = None) -> Store:
    """A store of ``WORK``, empty or with ``documents`` imported: a copy of one that was made once, since making one takes a tenth of a second."""
    path.write_bytes(_made(documents))
    return Store.open(path)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "work.db", book()) as store:
        yield store


def ids(store: Store) -> dict[str, str]:
    """Segment id by its words."""
    return {segment.text: segment.id for segment in store.segments()}


def accepted(segment: str, text: str, *, findings: tuple[Finding, ...] = (), status: str = "accepted") -> Outcome:
    """An outcome that settles one segment."""
    return Outcome((Judged(Draft(segment, (text,), model="m"), findings),), (Choice(segment, status, 0, dependency="v1:d"),))  # type: ignore[arg-type]


def reply(text: str = "Antwort", finish: str = "stop") -> Reply:
    return Reply(text, finish, Usage(100, 20, 80), "server-model", 1.5, ("remark",))


# --- what is put in comes out


def test_a_store_that_is_opened_again_has_everything(tmp_path: Path) -> None:
    with Store.create(tmp_path / "new" / "work.db", WORK) as store:
        store.add_version("night.epub", b"\x00first\xff", book())
        before = list(store.segments())
    with Store.open(tmp_path / "new" / "work.db") as store:
        assert (WORK, b"\x00first\xff", before) == (store.work, store.source(), list(store.segments()))


def test_segments_come_in_reading_order_with_markers_kinds_and_trail(store: Store) -> None:
    segments = list(store.segments())
    assert [segment.text for segment in segments] == ["Contents", "The bell", "It rang twice.", "Nobody came.", "The lamp went out."]
    assert segments[2].source == ("It ", EM, "rang", END, " twice.")
    assert segments[2].source[1].name == "em"  # type: ignore[union-attr]
    assert (segments[1].kind, segments[1].address, segments[1].trail) == (Kind.HEADING, "a0", ("Part One",))
    assert segments[1:] == list(store.segments("one"))


def test_one_segment_is_found_by_its_id(store: Store) -> None:
    store.commit(accepted(ids(store)["The bell"], "Die Glocke", findings=(Finding("a", "info", "x"),))).result()
    store.review(ids(store)["Nobody came."], ("Keiner kam.",), who="Anna")
    assert [store.pair(segment) for segment in store.states()] == list(store.pairs())
    with pytest.raises(StoreError, match="'bbbbbbbb' is not a segment of the present version"):
        store.pair("bbbbbbbb")


def test_a_document_of_more_segments_than_one_batch_comes_whole(tmp_path: Path) -> None:
    texts = [f"line {number}" for number in range(1234)]
    with new_store(tmp_path / "work.db") as store:
        store.add_version("long.txt", b"x", [paragraphs("one", *texts)])
        assert texts == [segment.text for segment in store.segments()]
        assert texts == [pair.segment.text for pair in store.pairs()]


def test_a_source_larger_than_one_piece_comes_back_whole(tmp_path: Path) -> None:
    data = bytes(range(256)) * 40_000
    with new_store(tmp_path / "work.db") as store:
        version = store.add_version("big.epub", data, [])
        assert (len(data), True) == (version.size, store.source() == data)


def test_documents_say_what_they_hold(store: Store) -> None:
    toc, chapter = store.documents()
    assert (toc.name, toc.kind, toc.position, toc.visible, toc.remarks, toc.segments, toc.mirrors, toc.skips) == ("nav", "toc", 0, 15, (), 1, 1, 0)
    assert (chapter.segments, chapter.mirrors, chapter.skips, chapter.remarks) == (4, 0, 1, ("tag soup: read leniently",))
    assert (Skip("one", "s0", "preformatted text", "10 PRINT"),) == store.skips("one")


def test_ids_are_short_opaque_and_never_twice() -> None:
    names = {name_of(counter, 77) for counter in range(50_000)}
    assert len(names) == 50_000
    assert all(len(name) == LENGTH and set(name) <= set(LETTERS) for name in names)


@given(st.lists(st.one_of(st.text(), st.builds(Marker, st.just("atom"), st.integers(1, 9), st.text(), st.text()))).map(normal))
def test_any_runs_and_texts_survive_their_columns(runs: Runs) -> None:
    from translate.document import load_runs

    assert runs == load_runs(runs_text(runs))
    for text in map(str, runs):
        assert text == unpacked(packed(text))
        assert text == safe(text)


def test_half_a_surrogate_pair_from_a_model_is_stored_as_it_is(store: Store) -> None:
    segment = ids(store)["Nobody came."]
    outcome = accepted(segment, "Kein\ud83d", findings=(Finding("odd", "warning", "odd \ud83d"),))
    store.commit(outcome).result()
    (pair,) = (pair for pair in store.pairs("one") if pair.segment.id == segment)
    assert (pair.draft and pair.draft.target, pair.findings[0].message) == (("Kein\ud83d",), "odd \ufffd")
    assert store.verify() == ()


# --- mirrors


def test_a_mirror_names_the_segment_that_it_repeats_and_is_left_to_the_format(store: Store) -> None:
    store.commit(accepted(ids(store)["The bell"], "Die Glocke")).result()
    assert store.targets("nav") == {}
    (mirror,) = store.mirrors("nav")
    assert ("n0", ids(store)["The bell"], ("The bell",)) == (mirror.address, mirror.segment, mirror.source)


LOST_MIRRORS = [  # slots of a table of contents whose mirror cannot be followed
    (Slot("nav", "n0", Kind.LABEL, ("Gone",), mirrors=("one", "a99")),),
    (Slot("nav", "n0", Kind.LABEL, ("Me",), mirrors=("nav", "n0")),),
    (Slot("nav", "n0", Kind.LABEL, ("A",), mirrors=("nav", "n1")), Slot("nav", "n1", Kind.LABEL, ("B",), mirrors=("nav", "n0"))),
    (Slot("nav", "n0", Kind.LABEL, ("The ", CODE), mirrors=("one", "a0")),),
]


@pytest.mark.parametrize("slots", LOST_MIRRORS)
def test_a_mirror_that_cannot_be_followed_is_a_segment_of_its_own(tmp_path: Path, slots: tuple[Slot, ...]) -> None:
    with new_store(tmp_path / "work.db") as store:
        store.add_version("a", b"a", [Document("nav", "toc", slots), paragraphs("one", "The bell")])
        assert [slot.source for slot in slots] == [segment.source for segment in store.segments("nav")]
        assert (store.mirrors("nav") == (), ()) == (True, store.verify())


def test_a_mirror_of_a_mirror_shows_what_that_one_shows(tmp_path: Path) -> None:
    chain = [Slot("nav", f"n{number}", Kind.LABEL, ("The bell",), mirrors=("nav", f"n{number + 1}")) for number in range(5)]
    last = Slot("nav", "n5", Kind.LABEL, ("The bell",), mirrors=("one", "a0"))
    with new_store(tmp_path / "work.db") as store:
        store.add_version("a", b"a", [Document("nav", "toc", (*chain, last)), paragraphs("one", "The bell")])
        (segment,) = store.segments()
        assert {segment.id} == {mirror.segment for mirror in store.mirrors("nav")}
        assert len(store.mirrors("nav")) == 6


# --- importing


def test_the_same_bytes_again_change_nothing_and_are_not_walked(store: Store) -> None:
    def walked() -> Iterator[Document]:
        raise AssertionError("walked")
        yield

    assert store.version() == store.add_version("other name", b"first", walked())
    assert len(store.versions()) == 1


def test_the_same_bytes_walked_in_another_way_are_a_new_version(store: Store) -> None:
    assert store.add_version("night.epub", b"first", book(), walk="epub/2").number == 2
    assert (store.source(), store.verify()) == (b"first", ())


def test_an_import_that_breaks_leaves_the_store_as_it_was(store: Store) -> None:
    def broken() -> Iterator[Document]:
        yield paragraphs("one", "Something else")
        raise ValueError("damaged chapter")

    before = list(store.segments())
    with pytest.raises(ValueError, match="damaged chapter"):
        store.add_version("night.epub", b"second", broken())
    assert (1, before, ()) == (store.version().number, list(store.segments()), store.verify())


DOUBLE = [
    [Document("one", "content", (Slot("one", "a0", Kind.CELL, ("x",)), Slot("one", "a0", Kind.CELL, ("y",))))],
    [paragraphs("one", "x"), paragraphs("one", "y")],
]


@pytest.mark.parametrize("documents", DOUBLE)
def test_an_address_or_document_that_is_there_twice_is_refused(store: Store, documents: list[Document]) -> None:
    with pytest.raises(StoreError, match="one: the source has this document, or an address in it, twice"):
        store.add_version("night.epub", b"second", documents)
    assert store.version().number == 1


# --- drafts, findings, states


def test_what_is_pending_has_no_target_and_what_is_flagged_has_its_best_draft(store: Store) -> None:
    bell, rang, came, lamp = (segment.id for segment in store.segments("one"))
    finding = Finding("numbers", "error", "A number is missing.", "1984", "194", (3, 6))
    store.commit(accepted(bell, "Die Glocke")).result()
    store.commit(accepted(rang, "Sie läutete.", findings=(finding,), status="flagged")).result()
    store.review(came, ("Keiner kam.",), who="Anna")

    assert store.targets("one") == {"a0": ("Die Glocke",), "a1": ("Sie läutete.",), "a2": ("Keiner kam.",)}
    states = store.states()
    assert [states[segment].status for segment in (bell, rang, came, lamp)] == ["accepted", "flagged", "approved", "pending"]
    assert (states[bell].dependency, states[bell].origin, states[came].origin, states[lamp].origin) == ("v1:d", "model", "person", None)
    assert [(rang, finding)] == [(segment.id, found) for segment, found, _ in store.findings()]
    assert list(store.findings(severity="warning")) == []
    assert [finding] == [found for _, found, _ in store.findings("one", check="numbers", severity="error")]


def test_every_draft_of_a_segment_is_kept_and_the_chosen_one_stands(store: Store) -> None:
    segment = ids(store)["Nobody came."]
    drafts = tuple(Judged(Draft(segment, (text,), model="m", finish="stop", strays=("<9>",))) for text in ("Niemand.", "Keiner kam.", "Nö."))
    written = store.commit(Outcome(drafts, (Choice(segment, "accepted", 1),))).result()

    assert written.drafts[1] == store.states()[segment].draft
    assert [event.draft.text for event in store.history(segment) if hasattr(event, "draft") and hasattr(event, "findings")] == [
        "Niemand.",
        "Keiner kam.",
        "Nö.",
    ]
    assert [drafts[1].draft] == [pair.draft for pair in store.pairs("one") if pair.segment.id == segment]


def test_findings_of_a_draft_that_was_mended_do_not_stand_any_more(store: Store) -> None:
    segment = ids(store)["Nobody came."]
    store.commit(accepted(segment, "Keiner", findings=(Finding("end", "error", "No full stop."),), status="flagged")).result()
    store.commit(accepted(segment, "Keiner kam.")).result()
    assert list(store.findings()) == []


def test_a_draft_that_waits_for_another_is_not_in_the_book(store: Store) -> None:
    store.commit(accepted(ids(store)["The bell"], "Die Glocke", status="pending")).result()
    assert (store.targets("one"), store.targets("nav")) == ({}, {})


def test_an_earlier_draft_can_be_chosen_again(store: Store) -> None:
    segment = ids(store)["Nobody came."]
    first = store.commit(accepted(segment, "Keiner kam.")).result().drafts[0]
    store.commit(accepted(segment, "Nö.")).result()
    store.commit(Outcome(choices=(Choice(segment, "flagged", earlier=first, why="the mend was worse"),))).result()
    assert first == store.states()[segment].draft


def test_a_draft_of_another_segment_is_refused_and_nothing_of_that_outcome_is_kept(store: Store) -> None:
    one, other = ids(store)["Nobody came."], ids(store)["The bell"]
    wrong = Outcome((Judged(Draft(one, ("x",))),), (Choice(other, "accepted", 0),))
    with pytest.raises(StoreError, match=f"is not of segment '{other}'"):
        store.commit(wrong).result()
    assert [event for event in store.history(one) if hasattr(event, "draft")] == []


def test_findings_judged_anew_replace_the_old_ones(store: Store) -> None:
    segment = ids(store)["Nobody came."]
    written = store.commit(accepted(segment, "Keiner.", findings=(Finding("a", "error", "old"),))).result()
    store.commit(Outcome(rejudged=(Rejudged(written.drafts[0], (Finding("b", "info", "new"),)),))).result()
    assert [finding.message for _, finding, _ in store.findings()] == ["new"]


def test_a_segment_that_came_back_without_any_draft_carries_its_finding_until_one_stands(store: Store) -> None:
    segment = ids(store)["Nobody came."]
    store.commit(Outcome(choices=(Choice(segment, "flagged", findings=(Finding("missing", "error", "Nothing came back."),)),))).result()
    assert ([finding.check for _, finding, _ in store.findings()], store.targets("one")) == (["missing"], {})

    store.commit(accepted(segment, "Keiner kam.")).result()
    assert list(store.findings()) == []


# --- a person's word


def test_a_run_never_overwrites_what_a_person_approved(store: Store) -> None:
    segment = ids(store)["Nobody came."]
    review = store.review(segment, ("Keiner kam.",), who="Anna", note="shorter")
    written = store.commit(accepted(segment, "Niemand ist gekommen.")).result()

    assert Written(written.drafts, (segment,)) == written
    assert (store.targets("one")["a2"], store.states()[segment].status) == (("Keiner kam.",), "approved")
    assert (review.who, review.note, review.at.endswith("Z")) == ("Anna", "shorter", True)
    assert store.verify() == ()


def test_a_person_may_change_her_mind_and_both_wordings_are_kept(store: Store) -> None:
    segment = ids(store)["Nobody came."]
    store.review(segment, ("Keiner kam.",), who="Anna")
    store.review(segment, ("Niemand kam.",), who="Ben", findings=(Finding("terms", "error", "Not the ledger's word."),))
    assert [(event.who, event.target) for event in store.history(segment) if hasattr(event, "who")] == [("Anna", ("Keiner kam.",)), ("Ben", ("Niemand kam.",))]
    assert (store.targets("one")["a2"], [finding.check for _, finding, _ in store.findings()]) == (("Niemand kam.",), ["terms"])


@pytest.mark.parametrize("name", ["", "  "])
def test_a_review_without_a_name_is_refused(store: Store, name: str) -> None:
    with pytest.raises(StoreError, match="say who decides"):
        store.review(ids(store)["Nobody came."], ("x",), who=name)


@pytest.mark.parametrize("segment", ["", "nonsense", "bbbbbbbb", "a' OR 1=1", "ж" * 8])
def test_a_segment_that_is_not_there_is_named(store: Store, segment: str) -> None:
    with pytest.raises(StoreError, match="is not a segment of this work"):
        store.review(segment, ("x",), who="Anna")
    with pytest.raises(StoreError, match="is not a segment of this work"):
        store.history(segment)


# --- columns and hashes


@given(st.lists(st.text()))
def test_lists_survive_their_column(items: list[str]) -> None:
    from translate.store.coding import list_text

    assert tuple(items) == load_list(list_text(items))


def test_hashes_tell_texts_apart_and_marker_names_do_not_count() -> None:
    renamed = ("It ", Marker("open", 1, "i"), "rang", Marker("close", 1, "i"))
    texts: list[Runs] = [("It ", EM, "rang", END), ("It rang",), ("It ", EM, "rang", END, "!"), (EM, "It ", END, "rang"), ("It ", NOTE, "rang", BR)]
    assert len({exact(runs) for runs in texts}) == 5
    assert exact(texts[0]) == exact(renamed)
    assert masked(texts[0]) == masked(texts[4]) != masked(texts[1])
