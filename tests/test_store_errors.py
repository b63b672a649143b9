"""What does not hold is said, and what cannot be is refused in one line."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_store import WORK, book, ids, new_store, reply
from translate.document import Draft
from translate.errors import StoreError
from translate.store import Choice, Judged, Outcome, RequestRow, Settled, Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "work.db", book()) as store:
        yield store


# --- what does not hold is said

TAMPERED = [
    ("UPDATE pieces SET data = x'00'", "bytes of version 1"),
    ("UPDATE places SET source = '[\"The bells\"]' WHERE address = 'a0'", "source text at a0 of one"),
    ("UPDATE places SET source = 'no JSON' WHERE address = 'a0'", "source text at a0 of one"),
    ("UPDATE requests SET reply = x'00'", "reply to request 1"),
    ("UPDATE requests SET request = x'00'", "Request 1 is not what was sent"),
    ("UPDATE reviews SET source = '[7]'", "Review 1 of segment"),
    ("UPDATE drafts SET target = '[\"Die Glocken\"]' WHERE origin = 'model'", "Draft 1 of segment"),
    ("UPDATE requests SET model = 'other'", "Request 1 is not what was sent"),
    ("UPDATE requests SET reply = request", "reply to request 1"),
    ("UPDATE reviews SET who = 'Mallory'", "Review 1 of segment"),
    ("UPDATE reviews SET at = '2020-01-01T00:00:00.000Z'", "Review 1 of segment"),
    ("UPDATE segments SET status = 'accepted' WHERE status = 'approved'", "as the person who reviewed it left it"),
    ("UPDATE segments SET draft = 1 WHERE status = 'approved'", "as the person who reviewed it left it"),
    ("UPDATE segments SET status = 'approved' WHERE status = 'accepted'", "as the person who reviewed it left it"),
    ("UPDATE segments SET draft = NULL WHERE status = 'accepted'", "its draft is not there"),
    ("DELETE FROM drafts WHERE origin = 'model'", "its draft is not there"),
    ("UPDATE drafts SET source_exact = 'v1:0' WHERE origin = 'model'", "accepted with a draft of another source text"),
    ("DELETE FROM segments WHERE id = 1", "points at a row of segments"),
]


def test_verify_knows_what_was_taken_back_and_names_what_says_otherwise(store: Store) -> None:
    came = ids(store)["Nobody came."]
    request = store.reserve(RequestRow("m", "{}", segments=(came,))).result()
    store.commit(Outcome((Judged(Draft(came, ("Niemand kam.",))),), (Choice(came, "accepted", 0),), Settled(request, reply()))).result()
    store.review(came, ("Keiner kam.",), who="Anna")
    store.reopen(came, who="Anna")
    taken_back = store.verify()
    with sqlite3.connect(store.path) as connection:
        connection.execute("UPDATE segments SET status = 'approved', draft = (SELECT draft FROM reviews)")
    connection.close()

    assert () == taken_back
    assert any("as the person who reviewed it left it" in sentence for sentence in store.verify())


@pytest.mark.parametrize(("tampering", "says"), TAMPERED)
def test_verify_names_what_was_tampered_with(store: Store, tampering: str, says: str) -> None:
    bell, came = ids(store)["The bell"], ids(store)["Nobody came."]
    request = store.reserve(RequestRow("m", "{}", segments=(bell,))).result()
    store.commit(Outcome((Judged(Draft(bell, ("Die Glocke",))),), (Choice(bell, "accepted", 0),), Settled(request, reply()))).result()
    store.review(came, ("Keiner kam.",), who="Anna")
    assert store.verify() == ()

    connection = sqlite3.connect(store.path)
    with connection:
        connection.execute(tampering)
    connection.close()
    assert any(says in sentence for sentence in store.verify()), store.verify()


# --- errors


def test_a_second_store_in_the_same_place_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="there is a store already"):
        Store.create(store.path, WORK)


BAD_FILES = [
    (b"", "not a store of ours"),
    (b"PK\x03\x04 an epub by mistake" * 100, "not a store of ours"),
    (None, "no such store"),
]


@pytest.mark.parametrize(("data", "says"), BAD_FILES)
@pytest.mark.parametrize("readonly", [False, True])
def test_what_is_no_store_is_refused_in_one_line(tmp_path: Path, data: bytes | None, says: str, readonly: bool) -> None:
    path = tmp_path / "work.db"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(StoreError, match=says) as caught:
        Store.open(path, readonly=readonly)
    assert (len(str(caught.value).splitlines()), str(path) in str(caught.value)) == (1, True)
    assert data is None or data == path.read_bytes()


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE work (id)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a store of ours"):
        Store.open(path)
    assert before == path.read_bytes()


def test_a_damaged_store_says_so(store: Store, tmp_path: Path) -> None:
    store.close()
    data = bytearray(store.path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    copy = tmp_path / "copy.db"
    copy.write_bytes(data)
    with pytest.raises(StoreError, match=r"damaged|could not do it"):
        Store.open(copy)


def test_a_store_opened_for_reading_writes_nothing(store: Store) -> None:
    segment = ids(store)["Nobody came."]
    with Store.open(store.path, readonly=True) as reading:
        assert list(store.segments()) == list(reading.segments())
        for write in (
            lambda: reading.review(segment, ("x",), who="Anna"),
            lambda: reading.add_version("a", b"second", []),
            lambda: reading.commit(Outcome()),
            lambda: reading.start_run({}),
        ):
            with pytest.raises(StoreError, match="reading only"):
                write()
    store.start_run({})  # the refused run has left no lock


def test_a_closed_store_says_so_and_closing_twice_is_fine(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="was closed"):
        store.version()
    with pytest.raises(StoreError, match="was closed"):
        store.commit(Outcome())


def test_a_store_without_a_source_says_so(tmp_path: Path) -> None:
    with Store.create(tmp_path / "work.db", WORK) as store, pytest.raises(StoreError, match="has not got a source"):
        list(store.segments())


def test_unknown_documents_and_versions_are_named(store: Store) -> None:
    with pytest.raises(StoreError, match="'two' is not a document"):
        store.targets("two")
    with pytest.raises(StoreError, match="version 7"):
        store.source(7)
