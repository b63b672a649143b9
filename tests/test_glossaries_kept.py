"""A work keeps its glossaries as it keeps its style sheet: later runs hold them, whatever became of the files."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import works
from translate.document import Term
from translate.errors import GlossaryError
from translate.models.profiles import Profile
from translate.models.scripted import Scripted
from translate.pipeline import glossaries, known, results, standing
from translate.pipeline.order import NO_GLOSSARY, Order, Result, again, carry_out, quoted
from translate.store import Store
from translate.store.glossaries import mark, packed, unpacked

BOOK = [["The house is old and quiet.", "A garden lies behind the river."]]


class Told:
    """A progress that remembers its lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def stands(self, standing: object) -> None:
        """Not looked at."""

    def says(self, line: str) -> None:
        """Remember."""
        self.lines.append(line)

    def mends(self, mending: object) -> None:
        """Not looked at."""


def scripted() -> Scripted:
    """The model that turns letters about."""
    return Scripted(works.answer, profile=Profile("scripted"))


@pytest.fixture
def order(tmp_path: Path) -> Order:
    """A book with a glossary of one line."""
    book = works.epub(tmp_path / "book.epub", BOOK)
    (tmp_path / "terms.csv").write_text("source,target\nhouse,esuoh\n", encoding="utf-8")
    return Order(book, "de", model="hosted:scripted", out=tmp_path / "out", glossaries=(tmp_path / "terms.csv",), memory="off")


def run(order: Order) -> tuple[Result, int, list[str]]:
    """The result, how many requests it took, and what was said."""
    model, told = scripted(), Told()
    result = carry_out(order, told, model=model)
    return result, len(model.requests), told.lines


def sources(result: Result) -> list[str]:
    """The terms that hold for the work."""
    with Store.open(result.folder.store, readonly=True) as store:
        return [term.source for term in known.terms(store)]


def test_a_later_run_holds_the_glossary_without_being_told_and_asks_for_nothing(order: Order) -> None:
    run(order)

    result, requests, lines = run(replace(order, glossaries=()))

    assert (["house"], 0) == (sources(result), requests)
    assert ["The work keeps its glossary: terms.csv (1 term). '--glossary none' takes it away."] == lines
    assert (["house"], 0) == (sources(run(replace(order, glossaries=()))[0]), requests)


@pytest.mark.parametrize("become", ["deleted", "moved", "renamed folder"])
def test_where_the_file_is_gone_its_lines_hold_and_that_is_said(order: Order, tmp_path: Path, become: str) -> None:
    first, _, _ = run(order)
    if become == "deleted":
        order.glossaries[0].unlink()
    else:
        shutil.move(order.glossaries[0], tmp_path / "elsewhere.csv")

    result, requests, lines = run(replace(order, glossaries=()))

    assert (["house"], 0) == (sources(result), requests)
    assert "is gone, its lines are kept with the work" in " ".join(lines)
    assert any("terms.csv (1 term; " in one for one in standing.status(first.folder)["glossaries"])  # type: ignore[attr-defined]
    with Store.open(result.folder.store) as store:
        assert any("Glossary: terms.csv (1 term; " in remark for remark in results.report_of(store, result.folder, ()).remarks)
    if become == "moved":
        result, requests, lines = run(replace(order, glossaries=(tmp_path / "elsewhere.csv",)))
        assert (["house"], 0, []) == (sources(result), requests, lines)


def test_it_is_taken_away_on_purpose_and_stays_away(order: Order) -> None:
    run(order)

    result, _, lines = run(replace(order, glossaries=NO_GLOSSARY))

    assert ([], []) == (sources(result), lines)
    assert ([], 0) == (lambda done: (sources(done[0]), done[1]))(run(replace(order, glossaries=())))
    assert [] == standing.status(result.folder)["glossaries"]


def test_a_changed_file_counts_as_it_is_now_and_does_only_what_it_touches(order: Order) -> None:
    run(order)
    order.glossaries[0].write_text("source,target\nhouse,esuoh\ngarden,Garten\n", encoding="utf-8")

    result, requests, lines = run(replace(order, glossaries=()))

    assert ["house", "garden"] == sources(result)
    assert "terms.csv has changed since the last run (1 term): only passages in which these occur are done again." in lines
    assert (1, requests > 0) == (result.asked, True)


def test_an_empty_line_or_another_file_name_changes_nothing(order: Order, tmp_path: Path) -> None:
    run(order)
    order.glossaries[0].write_text("source,target\n\n\nhouse,esuoh\n", encoding="utf-8")

    _, requests, lines = run(replace(order, glossaries=()))

    assert (0, 1) == (requests, len(lines))


def test_a_file_that_cannot_be_read_any_more_stops_a_run_and_not_those_who_look(order: Order) -> None:
    first, _, _ = run(order)
    order.glossaries[0].write_bytes("source,target\nhouse,Gebäude\n".encode("cp1252") + b"\x81\x00")

    with pytest.raises(GlossaryError, match=r"terms\.csv:\d"):
        run(replace(order, glossaries=()))

    assert ["house"] == sources(first)


def test_a_file_that_was_never_there_is_an_error_before_anything_is_written(order: Order, tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="cannot be opened"):
        run(replace(order, glossaries=(tmp_path / "no.csv",)))
    assert not (tmp_path / "out").exists()

    run(order)
    with pytest.raises(GlossaryError, match="cannot be opened"):
        run(replace(order, glossaries=(tmp_path / "no.csv",)))


def test_the_quote_counts_with_the_kept_glossary(order: Order) -> None:
    run(order)
    order.glossaries[0].unlink()

    assert 0 == quoted(replace(order, glossaries=()), model=scripted()).segments


def test_a_glossary_that_came_by_a_browser_is_found_when_the_folder_of_works_has_moved(order: Order, tmp_path: Path) -> None:
    first, _, _ = run(order)
    beside = first.folder.path / "glossaries" / "mine.csv"
    beside.parent.mkdir()
    shutil.copy(order.glossaries[0], beside)
    run(replace(order, glossaries=(beside,)))
    (tmp_path / "out").rename(tmp_path / "there")
    moved = tmp_path / "there" / first.folder.name / "glossaries" / "mine.csv"

    result, requests, lines = run(replace(order, out=tmp_path / "there", glossaries=()))

    assert (["house"], 0) == (sources(result), requests)
    assert "gone" not in " ".join(lines)
    with Store.open(result.folder.store) as store:
        assert (moved.resolve(),) == glossaries.paths(store)


def test_what_a_run_is_to_do_again_names_files_that_are_gone_too(order: Order) -> None:
    first, _, _ = run(order)
    order.glossaries[0].unlink()

    told = again(first.folder)

    assert (order.glossaries[0].resolve(),) == told.glossaries
    model = scripted()
    assert ["house"] == sources(carry_out(told, Told(), model=model, folder=first.folder))
    assert [] == model.requests


def test_a_run_of_an_older_dragoman_that_kept_no_copy_is_told_of(order: Order) -> None:
    first, _, _ = run(order)
    order.glossaries[0].unlink()
    with sqlite3.connect(first.folder.store) as connection:
        connection.execute("DELETE FROM glossaries")
    connection.close()

    result, _, lines = run(replace(order, glossaries=()))

    assert [] == sources(result)
    assert "its terms do not hold" in " ".join(lines)


def test_a_damaged_copy_is_found_by_verify(order: Order) -> None:
    first, _, _ = run(order)
    with sqlite3.connect(first.folder.store) as connection:
        connection.execute("UPDATE glossaries SET terms = x'00'")
    connection.close()

    with Store.open(first.folder.store) as store:
        assert any("of a glossary is not what was kept" in line for line in store.verify())


words = st.text(max_size=8)


@given(st.lists(st.builds(Term, words, words, st.lists(words, max_size=2).map(tuple), keep=st.booleans(), note=words, line=words, over=st.lists(words, max_size=2).map(tuple)), max_size=4))
def test_a_copy_is_the_glossary(terms: list[Term]) -> None:
    assert tuple(terms) == unpacked(packed(terms))
    assert mark(terms) == mark(unpacked(packed(terms)))
