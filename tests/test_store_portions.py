"""What a store is asked for a portion of its documents: right, and at a price that the other documents do not raise."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.test_store import new_store
from translate.document import Document, Draft, Kind, Marker, Slot
from translate.store import Choice, Judged, Outcome, Store


def filled(path: Path, pages: int, *, settled: int) -> Store:
    """A store of pages that share one heading and have a line of their own; the first ``settled`` pages are translated."""
    store = new_store(path)
    documents = [Document(f"Page {page}", "content", (Slot(f"Page {page}", "h", Kind.HEADING, ("References",)), Slot(f"Page {page}", "p", Kind.PARAGRAPH, (f"Line {page}.",)))) for page in range(pages)]
    store.add_version("dump.xml", str(pages).encode(), documents)
    for page in range(settled):
        for segment in store.segments(f"Page {page}"):
            store.commit(Outcome((Judged(Draft(segment.id, ("Wort",))),), (Choice(segment.id, "accepted", 0),))).result()
    return store


def steps(store: Store, asked: str) -> int:
    """How many steps of SQLite's machine a question about the last page takes, in tens."""
    connection: sqlite3.Connection = store.portions._reading()
    counted = [0]

    def count() -> None:
        counted[0] += 1

    last = [store.documents()[-1].name]
    connection.set_progress_handler(count, 10)
    store.portions.twins(last) if asked == "twins" else store.states(last)
    connection.set_progress_handler(None, 10)
    return counted[0]


def test_a_portion_finds_what_is_translated_elsewhere_word_for_word(tmp_path: Path) -> None:
    with filled(tmp_path / "work.db", 4, settled=2) as store:
        named = {document.name: list(store.segments(document.name)) for document in store.documents()}

        found = store.portions.twins(["Page 1", "Page 3"])

    assert {named["Page 3"][0].id: named["Page 0"][0].id} == found


def test_a_twin_with_other_tags_does_not_hide_one_that_has_the_same(tmp_path: Path) -> None:
    with new_store(tmp_path / "work.db") as store:
        sources = [("The ", Marker("open", 1, tag), "night", Marker("close", 1, tag)) for tag in ("b", "i", "i")]
        store.add_version("dump.xml", b"1", [Document(f"Page {page}", "content", (Slot(f"Page {page}", "p", Kind.PARAGRAPH, source),)) for page, source in enumerate(sources)])
        _, italic, pending = segments = list(store.segments())
        for segment in segments[:2]:
            store.commit(Outcome((Judged(Draft(segment.id, segment.source)),), (Choice(segment.id, "accepted", 0),))).result()

        assert {pending.id: italic.id} == store.portions.twins(["Page 2"])


def test_what_a_person_must_look_at_again_is_nobodys_twin(tmp_path: Path) -> None:
    with new_store(tmp_path / "work.db") as store:
        old, new = "The lamps burnt all night.", "The lamps burnt all night long."
        store.add_version("dump.xml", b"1", [Document("Page 0", "content", (Slot("Page 0", "p", Kind.PARAGRAPH, (old,)),))])
        store.review(next(store.segments()).id, ("Die Lampen brannten.",), who="Anna")
        store.add_version("dump.xml", b"2", [Document(f"Page {page}", "content", (Slot(f"Page {page}", "p", Kind.PARAGRAPH, (new,)),)) for page in range(2)])

        assert {} == store.portions.twins(["Page 1"])


@pytest.mark.parametrize("asked", ["twins", "states"])
def test_a_portion_costs_the_same_in_a_small_work_and_a_large_one(tmp_path: Path, asked: str) -> None:
    with filled(tmp_path / "small.db", 5, settled=4) as small, filled(tmp_path / "large.db", 80, settled=40) as large:
        few, many = steps(small, asked), steps(large, asked)

    assert few > 0
    assert many <= 2 * few
