"""The terms that hold for a work go out as TBX, and come back as a glossary that asks for nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from tests import works
from tests.terminal import here
from translate import glossary
from translate.document import LedgerLine, Sort
from translate.errors import SettingError
from translate.models.profiles import Profile
from translate.models.scripted import Scripted
from translate.pipeline import ledger
from translate.pipeline.interchange import transfer
from translate.pipeline.order import Order, carry_out
from translate.pipeline.progress import Silent
from translate.store import Store

SCHEMA = Path(__file__).parent / "schemas" / "tbx-basic.rng"


@pytest.fixture
def order(tmp_path: Path) -> Order:
    """A book with a glossary."""
    book = works.epub(tmp_path / "book.epub", [["The house is old and quiet.", "A garden lies behind the river."]])
    (tmp_path / "terms.csv").write_text("source,target,allowed,note\nhouse,esuoh,Haus,always\n", encoding="utf-8")
    return Order(book, "de", model="hosted:scripted", out=tmp_path / "out", glossaries=(tmp_path / "terms.csv",), memory="off")


def test_glossary_and_ledger_go_out_valid_and_come_back_at_no_cost(order: Order, tmp_path: Path) -> None:
    folder = carry_out(order, Silent(), model=Scripted(works.answer, profile=Profile("scripted"))).folder
    with Store.open(folder.store) as store:
        ledger.put(store, [LedgerLine(Sort.CONCEPT, "river", "revir"), LedgerLine(Sort.CONCEPT, "garden", "nedrag")], who="Ada")
        ledger.put(store, [LedgerLine(Sort.CONCEPT, "quiet", "teiuq")], who="Ada", status="rejected")
        ledger.put(store, [LedgerLine(Sort.CONCEPT, "old", "dlo", scope="OEBPS/c0.xhtml"), LedgerLine(Sort.CONCEPT, "shore")], who="Ada")

    done = transfer.export(folder, form="tbx")

    assert etree.RelaxNG(etree.parse(str(SCHEMA))).validate(etree.parse(str(done.path)))
    found = glossary.read(done.path, source="en", target="de")
    assert {"house": "esuoh", "river": "revir", "garden": "nedrag"} == {term.source: term.target for term in found.terms}
    assert ("Haus",) == next(term.allowed for term in found.terms if term.source == "house")
    model = Scripted(works.answer, profile=Profile("scripted"))
    carry_out(replace(order, glossaries=(done.path,)), Silent(), model=model)
    assert not [text for request in model.requests for _, text in works.asked(request) if "house" in text]


def test_the_command_says_how_to_bring_it_back(order: Order) -> None:
    folder = carry_out(order, Silent(), model=Scripted(works.answer, profile=Profile("scripted"))).folder

    said = here("export", folder.path, "--format", "tbx")

    assert "1 terms are in" in said.out
    assert "--glossary" in said.out
    assert 1 == here("export", folder.path, "--format", "tbx", "--json").json["terms"]


def test_a_file_that_cannot_be_written_is_said(order: Order, tmp_path: Path) -> None:
    folder = carry_out(order, Silent(), model=Scripted(works.answer, profile=Profile("scripted"))).folder
    (tmp_path / "taken").write_text("x")

    with pytest.raises(SettingError, match="cannot be written"):
        transfer.export(folder, form="tbx", path=tmp_path / "taken" / "x.tbx")
