"""Counts that are made without reading a text, and the strips that are drawn of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests import works
from translate import languages
from translate.pipeline import order as orders
from translate.pipeline.progress import Silent
from translate.pipeline.works import prepare
from translate.report.strips import HEIGHT, WIDTH, strip
from translate.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("overview")
    book = works.epub(folder / "small.epub", [[f"House {chapter} had {number + 10} printers." for number in range(100 * chapter)] for chapter in range(3)])
    orders.carry_out(orders.Order(book, "de", model="pseudo", out=folder, only="c2*"), Silent())
    _, opened, _ = prepare(book, target=languages.find("de"), source_language=None, out=folder)
    return opened


def test_the_totals_are_those_of_all_states(store: Store) -> None:
    totals, counted = store.totals(), Counter(state.status for state in store.states().values())

    assert (totals.pending, totals.accepted, totals.flagged, totals.approved) == (counted["pending"], counted["accepted"], counted["flagged"], counted["approved"])
    assert totals.all == sum(counted.values())
    assert totals.done == totals.all - counted["pending"] > 0


def test_every_document_has_its_counts_and_its_strip(store: Store) -> None:
    states = store.states()

    tallies = store.tallies()

    assert [tally.name for tally in tallies] == [document.name for document in store.documents() if document.segments]
    for tally in tallies:
        counted = Counter(states[segment.id].status for segment in store.segments(tally.name))
        assert (tally.totals.pending, tally.totals.accepted) == (counted["pending"], counted["accepted"])
        assert set(tally.strip) == set(counted)
        assert len(tally.strip) <= min(80, tally.totals.all)
    assert "Chapter number 1" in {tally.title for tally in tallies}


def test_lists_come_in_pages(store: Store) -> None:
    whole = store.tallies()

    assert whole == (*store.tallies(most=2), *store.tallies(skip=2))
    assert [(one.name, one.kind, one.title) for one in whole] == [(one.name, one.kind, one.title) for one in store.entries()]


def test_the_pulse_changes_with_every_decision_and_with_nothing_else(tmp_path: Path) -> None:
    book = works.epub(tmp_path / "small.epub", [["It rained."]])
    _, store, _ = prepare(book, target=languages.find("de"), source_language=None, out=tmp_path)
    with store:
        before = store.pulse()
        assert before == store.pulse()
        segment = next(segment for segment in store.segments() if segment.text == "It rained.")
        store.review(segment.id, ("Es regnete.",), who="Ada")
        assert before != store.pulse()


@pytest.mark.parametrize("number", [0, 1, 7, 79, 80])
def test_a_strip_fills_its_box_and_draws_every_bin(number: int) -> None:
    statuses = [("pending", "accepted", "flagged", "approved")[place % 4] for place in range(number)]

    drawn = strip(statuses)

    assert sum(path.count("M") for _, path in drawn) == number
    assert all(0 <= float(bar.split(" ")[0]) < WIDTH and float(bar.split(" ")[1].split("h")[0]) < HEIGHT for _, path in drawn for bar in path.split("M")[1:])


def test_where_there_are_many_bins_neighbours_that_are_alike_are_one_bar() -> None:
    assert strip(["pending"] * 80) == (("pending", "M0.0 19h1000.0v3h-1000.0z"),)
    assert len(strip(["pending"] * 79)[0][1].split("M")) == 80
