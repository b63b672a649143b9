"""The table of pages: no page of the desk is left out where pages are measured and looked at for barriers."""

from __future__ import annotations

import html
import re
import threading
import time
from pathlib import Path

import pytest

from benchmarks.pages import ELSE, PAGES, PARTS, covered
from tests import desk, desk_works, works
from translate.document import LedgerLine, Sort
from translate.errors import SettingError
from translate.pipeline import ledger
from translate.pipeline import order as orders
from translate.pipeline.desk.errands import AT_ONCE, Errands
from translate.pipeline.desk.shelf import Shelf, key_of
from translate.pipeline.progress import Silent
from translate.web import app
from translate.web.call import NEEDED


def test_every_route_that_shows_something_is_in_the_table() -> None:
    assert app.PAGES
    routes = {path for path, method in NEEDED if method == "GET"}
    lacking = [path for path in routes if path not in ELSE and not covered(path, PAGES | PARTS)]

    assert [] == sorted(lacking)


def test_the_table_names_no_route_that_is_gone() -> None:
    routes = [path for path, method in NEEDED if method == "GET"]
    addresses = {name: address for name, address in (PAGES | PARTS).items() if name not in ("not-found", "join-over")}

    assert [] == [name for name, address in addresses.items() if not any(covered(route, {name: address}) for route in routes)]
    assert not set(ELSE) - {*routes, "/static/{name}"}


def test_a_page_is_not_covered_by_a_longer_or_a_shorter_address() -> None:
    assert covered("/works/{key}/ledger", {"one": "/works/{key}/ledger?words=e"})
    assert not covered("/works/{key}", {"one": "/works/{key}/ledger"})
    assert not covered("/works/{key}/ledger/line", {"one": "/works/{key}/ledger"})


# --- what takes longer than a page may


def test_what_takes_long_is_looked_for_once_and_given_to_who_waited() -> None:
    errands, go, found = Errands(), threading.Event(), []

    def find() -> int:
        go.wait(10)
        found.append(1)
        return len(found)

    try:
        assert errands.ask("a", 1, find, patience=0) is None
        assert errands.ask("a", 2, find, patience=0) is None
        assert errands.running("a")
        go.set()
        assert errands.ask("a", 3, find, waited=True, patience=10) == 1
        assert errands.ask("a", 1, find, patience=10) == 1
        assert errands.ask("a", 3, find, patience=10) == 2
        assert not errands.running("a")
    finally:
        go.set()
        errands.close()


def test_an_error_is_told_once_and_looked_for_again() -> None:
    errands, tries = Errands(), []

    def find() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise SettingError("not yet")
        return "found"

    try:
        with pytest.raises(SettingError):
            errands.ask("a", 1, find, patience=10)
        assert errands.ask("a", 1, find, patience=10) == "found"
    finally:
        errands.close()


def test_how_an_errand_ended_that_nobody_waited_for_is_heard_later() -> None:
    errands, go = Errands(), threading.Event()

    def find() -> str:
        go.wait(10)
        raise SettingError("the disk is full")

    try:
        assert errands.ask("a", 1, find, patience=0) is None
        errands.told("a")
        go.set()
        while errands.running("a"):
            go.wait(0.01)
        with pytest.raises(SettingError):
            errands.told("a")
        errands.told("a")
    finally:
        errands.close()


def test_no_more_answers_are_kept_than_needed() -> None:
    errands = Errands()
    try:
        assert [errands.ask(number, 1, lambda number=number: number, patience=10) for number in range(100)] == list(range(100))  # type: ignore[misc]
        assert len(errands._there) <= 32
    finally:
        errands.close()


def test_what_the_first_page_needs_is_made_ready_and_what_cannot_be_had_stops_nothing(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "output")
    shelf.warm()
    orders.carry_out(orders.Order(works.epub(tmp_path / "small.epub", [["It rained."]]), "de", model="pseudo", out=tmp_path / "output"), Silent())
    shelf.warm()
    assert len(shelf._open) == 1
    shelf.close()
    (tmp_path / "output" / "other.de").mkdir()
    (tmp_path / "output" / "other.de" / "work.db").write_bytes(b"no store at all")
    shelf.warm()
    assert not shelf._open


@pytest.mark.parametrize("path", ["/search?words=e&side=target&instead=x", "/ledger/rules/{segment}", "/ledger/rules/suggested", "/passages/{segment}/lesson"])
def test_a_page_that_waits_asks_at_one_address_however_long_it_waits(path: str, tmp_path: Path) -> None:
    wanted, go = desk.settings(tmp_path), threading.Event()
    folder = desk_works.translated(wanted.out)
    with desk.serving(wanted) as served:
        try:
            for number in range(AT_ONCE):
                served.desk.errands.ask(number, 1, lambda: go.wait(20), patience=0)
            owner, key = served.owner(), key_of(folder)
            segment = served.desk.shelf.store(key).reviewing.everything()[0]
            address = waiting(owner.get(f"/works/{key}{path}".format(segment=segment)).text)
            again = waiting(owner.get(address).text)
        finally:
            go.set()

    assert address.endswith("waited=1")
    assert address == again


def test_who_waited_takes_what_was_found_though_something_was_decided_since(tmp_path: Path) -> None:
    wanted, go = desk.settings(tmp_path), threading.Event()
    folder = desk_works.translated(wanted.out)
    with desk.serving(wanted) as served:
        try:
            owner, counts = served.owner(), f"/works/{key_of(folder)}/ledger/counts"
            owner.waited(counts)
            ledger.put(served.desk.shelf.store(key_of(folder)), [LedgerLine(Sort.CONCEPT, "press", "Presse")], who="Ann")
            for number in range(AT_ONCE):
                served.desk.errands.ask(number, 1, lambda: go.wait(20), patience=0)
            waited, anew = owner.get(f"{counts}?waited=1").text, owner.get(counts).text
        finally:
            go.set()

    assert 'class="waiting"' not in waited
    assert 'class="waiting"' in anew


def test_a_book_that_could_not_be_built_while_the_page_waited_is_told(tmp_path: Path) -> None:
    wanted, go = desk.settings(tmp_path), threading.Event()
    key = key_of(desk_works.translated(wanted.out))

    def fail() -> None:
        go.wait(20)
        raise SettingError("the disk is full")

    with desk.serving(wanted) as served:
        try:
            owner = served.owner()
            served.desk.errands.ask((key, "build"), 1, fail, patience=0)
            meanwhile = owner.get(f"/works/{key}/finish/built")
        finally:
            go.set()
        while served.desk.errands.running():
            time.sleep(0.01)
        told = owner.get(f"/works/{key}/finish/built")

    assert "hx-get" in meanwhile.text
    assert (422, True) == (told.status_code, "the disk is full" in told.text)


def waiting(page: str) -> str:
    """The address at which the page asks again."""
    return html.unescape(re.findall(r'class="waiting"[^>]* hx-get="([^"]+)"', page)[0])
