"""A new version of the source: what is found again keeps its id and its wording, what changed is marked, what is gone is kept."""

from __future__ import annotations

import itertools
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_store import new_store
from translate.document import Document, Draft, Kind, Marker, Runs, Slot
from translate.store import Choice, Chosen, Judged, Outcome, Store
from translate.store.likeness import Item, align, likeness, resemble

EM, END = Marker("open", 1, "em"), Marker("close", 1, "em")
LONG = "The night shift began when the lamps along the river were lit, and nobody who worked it would say afterwards that it had been quiet. "

Chapters = dict[str, list[str | Runs]]


def walked(chapters: Chapters) -> Iterator[Document]:
    """Each chapter as a document, each text as a paragraph; addresses count, so they shift with every insertion."""
    for name, texts in chapters.items():
        slots = (Slot(name, f"p{index}", Kind.PARAGRAPH, (text,) if isinstance(text, str) else text) for index, text in enumerate(texts))
        yield Document(name, "content", tuple(slots))


class Shelf:
    """A store that is given one version after the other."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def add(self, chapters: Chapters) -> None:
        self.store.add_version("night.epub", repr(chapters).encode(), walked(chapters))
        assert self.store.verify() == ()

    def approve(self, text: str, wording: str, who: str = "Anna") -> str:
        segment = next(segment.id for segment in self.store.segments() if segment.text == text)
        self.store.review(segment, (wording,), who=who)
        return segment

    def accept_all(self) -> None:
        for segment in list(self.store.segments()):
            judged = Judged(Draft(segment.id, (f"<{segment.text}>",)))
            self.store.commit(Outcome((judged,), (Choice(segment.id, "accepted", 0, dependency="v1:d"),))).result()

    def shown(self) -> dict[str, list[str | None]]:
        """The target of each place, chapter by chapter."""
        return {
            row.name: [pair.draft.text if pair.draft and pair.status != "pending" else None for pair in self.store.pairs(row.name)]
            for row in self.store.documents()
        }


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with new_store(tmp_path / "work.db") as store:
        yield Shelf(store)


# name, the first version, the second, the targets in the second where everything in the first was accepted
CHANGES: list[tuple[str, Chapters, Chapters, dict[str, list[str | None]]]] = [
    ("one more at the front", {"a": ["x one", "y two"]}, {"a": ["new", "x one", "y two"]}, {"a": [None, "<x one>", "<y two>"]}),
    ("two change places", {"a": ["x one", "y two", "z"]}, {"a": ["y two", "x one", "z"]}, {"a": ["<y two>", "<x one>", "<z>"]}),
    ("a chapter is renamed", {"a": ["x one", "y two"]}, {"b": ["x one", "y two"]}, {"b": ["<x one>", "<y two>"]}),
    ("a chapter is cut in two", {"a": ["x one", "y two"]}, {"a": ["x one"], "b": ["y two"]}, {"a": ["<x one>"], "b": ["<y two>"]}),
    (
        "a chapter in front shifts the names",
        {"c1": ["x one", "y two"], "c2": ["v three", "w four"]},
        {"c1": ["preface"], "c2": ["x one", "y two"], "c3": ["v three", "w four"]},
        {"c1": [None], "c2": ["<x one>", "<y two>"], "c3": ["<v three>", "<w four>"]},
    ),
    ("a text that changed waits again", {"a": ["x one", LONG]}, {"a": ["x one", LONG + "Not one."]}, {"a": ["<x one>", None]}),
    ("everything is another text", {"a": ["x one"]}, {"a": ["quite different"]}, {"a": [None]}),
]


@pytest.mark.parametrize(("name", "first", "second", "shown"), CHANGES, ids=[change[0] for change in CHANGES])
def test_what_is_found_again_keeps_its_translation(shelf: Shelf, name: str, first: Chapters, second: Chapters, shown: dict[str, list[str | None]]) -> None:
    shelf.add(first)
    shelf.accept_all()
    shelf.add(second)
    assert shown == shelf.shown()


def test_a_changed_text_is_found_in_a_chapter_whose_file_name_shifted(shelf: Shelf) -> None:
    shelf.add({"c1": ["the river", LONG, "the lamps"], "c2": ["the end"]})
    segment = shelf.approve(LONG, "Die Nachtschicht")
    shelf.add({"c1": ["preface"], "c2": ["the river", LONG + "Not one.", "the lamps"], "c3": ["the end"]})
    assert shelf.shown() == {"c1": [None], "c2": [None, "Die Nachtschicht", None], "c3": [None]}
    assert shelf.store.states()[segment].outdated


def test_five_equal_cells_keep_their_own_wordings_when_a_row_is_put_in(shelf: Shelf) -> None:
    rows: list[str | Runs] = ["first", "yes", "second", "yes", "third", "yes"]
    shelf.add({"a": rows})
    for index, segment in enumerate(list(shelf.store.segments())):
        shelf.store.review(segment.id, (f"{index}",), who="Anna")
    shelf.add({"a": [*rows[:2], "new", "yes", *rows[2:]]})
    assert shelf.shown() == {"a": ["0", "1", None, None, "2", "3", "4", "5"]}


def test_a_persons_wording_of_a_changed_text_is_kept_marked_and_shows_both(shelf: Shelf) -> None:
    shelf.add({"a": ["x", LONG]})
    segment = shelf.approve(LONG, "Die Nachtschicht")
    shelf.add({"a": ["x", LONG + "Not one."]})

    state = shelf.store.states()[segment]
    assert (state.status, state.outdated) == ("approved", True)
    assert shelf.store.targets("a") == {"p1": ("Die Nachtschicht",)}
    last = shelf.store.history(segment)[-1]
    assert isinstance(last, Chosen)
    assert (last.status, last.draft, last.why) == ("approved", state.draft, "the source changed in version 2")
    (found,) = shelf.store.findings()
    assert (found[1].check, found[1].severity, found[1].source, found[1].target) == ("outdated", "error", LONG + "Not one.", "Die Nachtschicht")
    assert "Anna" in found[1].message
    assert LONG in found[1].message

    shelf.store.review(segment, ("Die Nachtschicht, neu",), who="Ben")
    assert (shelf.store.states()[segment].outdated, list(shelf.store.findings())) == (False, [])


def test_a_run_does_not_overwrite_an_outdated_wording(shelf: Shelf) -> None:
    shelf.add({"a": [LONG]})
    segment = shelf.approve(LONG, "Die Nachtschicht")
    shelf.add({"a": [LONG + "Not one."]})
    shelf.accept_all()
    assert (shelf.shown(), shelf.store.states()[segment].outdated) == ({"a": ["Die Nachtschicht"]}, True)


def test_a_wording_is_up_to_date_again_when_its_text_comes_back(shelf: Shelf) -> None:
    shelf.add({"a": ["x", LONG]})
    segment = shelf.approve(LONG, "Die Nachtschicht")
    shelf.add({"a": ["x", LONG + "Not one."]})
    shelf.add({"a": ["x", LONG]})
    assert (shelf.store.states()[segment].outdated, list(shelf.store.findings())) == (False, [])


def test_changed_markup_marks_the_wording_and_another_tag_of_the_same_place_does_not(shelf: Shelf) -> None:
    shelf.add({"a": ["x", ("It ", EM, "rang", END, " twice.")]})
    segment = shelf.approve("It rang twice.", "Es läutete zweimal.")
    shelf.add({"a": ["x", ("It ", Marker("open", 1, "i"), "rang", Marker("close", 1, "i"), " twice.")]})
    assert not shelf.store.states()[segment].outdated
    shelf.add({"a": ["x", "It rang twice."]})
    assert shelf.store.states()[segment].outdated


def test_a_wording_whose_text_is_gone_is_listed_and_comes_back_with_it(shelf: Shelf) -> None:
    shelf.add({"a": ["x one", "Nobody came."]})
    segment = shelf.approve("Nobody came.", "Keiner kam.")
    shelf.add({"a": ["x one"]})
    shelf.add({"a": ["x one", "z"]})

    (orphan,) = shelf.store.orphans()
    assert (segment, "Nobody came.", "a", 1) == (orphan.segment.id, orphan.segment.text, orphan.segment.document, orphan.version)
    assert (orphan.review.who, orphan.review.target) == ("Anna", ("Keiner kam.",))
    assert segment not in shelf.store.states()

    shelf.add({"b": ["z", "Nobody came."]})
    assert shelf.store.orphans() == ()
    assert shelf.shown() == {"b": [None, "Keiner kam."]}


def test_every_version_keeps_its_bytes(shelf: Shelf) -> None:
    versions: list[Chapters] = [{"a": ["x"]}, {"a": ["y"]}, {"a": ["x"]}]
    for chapters in versions:
        shelf.add(chapters)
    assert [repr(chapters).encode() for chapters in versions] == [shelf.store.source(version.number) for version in shelf.store.versions()]


def test_history_tells_where_a_segment_stood_in_each_version(shelf: Shelf) -> None:
    shelf.add({"a": ["x", LONG]})
    shelf.accept_all()
    shelf.add({"a": ["new", "x", LONG + "More."]})
    segment = list(shelf.store.segments())[2].id
    history = shelf.store.history(segment)
    assert [(event.version, event.address) for event in history if hasattr(event, "version")] == [(1, "p1"), (2, "p2")]
    assert history[-1].why == "the source changed in version 2"  # type: ignore[union-attr]


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_whatever_changes_a_persons_wording_is_in_the_book_or_listed(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    words = st.sampled_from(["a bell", "the bell", "the bell rang", "nobody", "nobody came", "yes", "no", LONG, LONG + "More.", "Less. " + LONG])
    chapters = st.dictionaries(st.sampled_from(["c1", "c2", "c3"]), st.lists(words, max_size=5), max_size=3)
    with new_store(tmp_path_factory.mktemp("shelf") / "work.db") as store:
        shelf, approved = Shelf(store), {}
        for _ in range(3):
            shelf.add(data.draw(chapters))
            segments = list(store.segments())
            assert len(segments) == len({segment.id for segment in segments})
            if segments:
                segment = data.draw(st.sampled_from(segments))
                approved[segment.id] = f"wording {len(approved)}"
                store.review(segment.id, (approved[segment.id],), who="Anna")
        shown = {pair.segment.id: pair.draft.text for pair in store.pairs() if pair.status == "approved" and pair.draft}
        listed = {orphan.segment.id: orphan.review.target[0] for orphan in store.orphans()}
        assert approved == shown | listed
        assert not shown.keys() & listed.keys()


# --- the matching itself

keys = st.lists(st.sampled_from("abcdef"), max_size=30)


@given(keys, keys)
def test_alignment_pairs_equal_keys_each_once_and_as_many_as_there_are(old: list[str], new: list[str]) -> None:
    pairs = align(old, new)
    assert all(new[index] == old[other] for index, other in pairs.items())
    assert len(pairs) == len(set(pairs.values())) == sum((Counter(old) & Counter(new)).values())


@given(keys)
def test_what_did_not_change_stays_in_its_place(same: list[str]) -> None:
    assert {index: index for index in range(len(same))} == align(same, same)


@given(keys, keys)
def test_an_insertion_between_different_texts_moves_nothing_else(front: list[str], back: list[str]) -> None:
    old = ["^", *front, "|", *back, "$"]
    new = ["^", *front, "|", "NEW", *back, "$"]
    pairs = align(old, new)
    assert len(old) == len(pairs)
    assert {index: index for index in range(len(front) + 2)} == {index: pairs[index] for index in range(len(front) + 2)}


def test_in_a_table_of_nothing_but_yes_and_no_nearly_all_cells_keep_their_place_when_one_goes() -> None:
    kept = all_ = 0
    for old in itertools.product("yn", repeat=8):
        for gone in range(8):
            pairs = align(old, old[:gone] + old[gone + 1 :])
            kept += sum(pairs.get(index) == index + (index >= gone) for index in range(7))
            all_ += 7
    assert kept / all_ > 0.88  # without a look at the neighbours it is less


def test_equal_cells_stay_with_the_heading_they_stand_under() -> None:
    pairs = align("A" + 8 * "x" + "B" + 8 * "x" + "C", "A" + 5 * "x" + "B" + 8 * "x" + "C")
    assert [pairs[index] for index in range(6, 16)] == list(range(9, 19))


LIKENESS = [
    ("Chapter 1", "Chapter 2", True),
    ("The colour of the sea", "The color of the sea", True),
    ("Nobody came.", "The lamp went out.", False),
    (LONG * 3, LONG * 3 + "One more sentence here.", True),
    (LONG * 3, "Something else altogether was said about the matter. " * 8, False),
    ("夜勤は川沿いの灯がともると始まった。" * 20, "夜勤は川沿いの灯がともると始まった。" * 19 + "静かだった。", True),
    ("", "x", False),
]


@pytest.mark.parametrize(("one", "other", "alike"), LIKENESS)
def test_likeness_tells_a_changed_text_from_another_one(one: str, other: str, alike: bool) -> None:
    assert alike == (likeness(one, other) >= 0.75)


def test_long_texts_are_compared_quickly() -> None:
    source = random.Random(5)
    words = ["".join(source.choices("abcdefghijklmnop", k=source.randint(2, 9))) for _ in range(4000)]
    started = time.process_time()
    assert likeness(" ".join(words), " ".join(words[:1500] + words[1600:])) > 0.95
    assert time.process_time() - started < 2  # letter by letter it takes half a minute


def test_the_likest_text_is_taken_and_kinds_are_not_mixed() -> None:
    old = [Item("p", "The bell rang twice in the night"), Item("p", "The bell rang twice in the night, and then once"), Item("h", "The bell rang")]
    new = [Item("p", "The bell rang twice in the night, and then"), Item("p", "The bell rang!")]
    assert resemble(old, new) == {0: 1}


@pytest.mark.parametrize("count", [5, 400])
def test_among_equally_alike_texts_the_neighbours_decide(count: int) -> None:
    old = [Item("p", "Line 1 of many", before=index, after=index + 1) for index in range(count)]
    assert resemble(old, [Item("p", "Line 2 of many", before=count - 2)]) == {0: count - 2}
    assert resemble(old, [Item("p", "Line 2 of many", after=count - 2)]) == {0: count - 3}


def test_a_neighbour_of_another_kind_is_another_text() -> None:
    assert resemble([Item("h", "Line 1 of many", before=7)], [Item("p", "Line 2 of many", before=7)]) == {}


def test_a_thousand_changed_paragraphs_are_found_again() -> None:
    source = random.Random(3)
    vocabulary = ["".join(source.choices("abcdefghijklmnop", k=source.randint(2, 9))) for _ in range(3000)]
    texts = [" ".join(source.choices(vocabulary, k=40)) for _ in range(1000)]
    changed = [text.replace(" ", " or ", 4) for text in texts]
    source.shuffle(order := list(range(1000)))
    pairs = resemble([Item("p", text) for text in texts], [Item("p", changed[index]) for index in order])
    assert dict(enumerate(order)) == pairs
