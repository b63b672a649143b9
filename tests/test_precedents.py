"""What is known of a word before anybody is asked: the glossary, the ledgers and texts of earlier works, the links of a wiki's page."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from tests import works
from tests.test_voice import judging, long_order, passes
from translate.cli import group
from translate.document import LedgerLine, Sort, Term
from translate.models.scripted import Scripted
from translate.pipeline import memories, order
from translate.pipeline.progress import Silent
from translate.pipeline.running.precedents import Precedents
from translate.sites import Namespace, Sister, Site
from translate.store import Memory, Origin, Store, Trust


def dragoman(*arguments):
    return CliRunner().invoke(group, [str(one) for one in arguments], standalone_mode=False, catch_exceptions=False)


def remembered(source, target, *, trust=Trust.APPROVED, name="first", series="", model=""):
    with memories.opened() as kept:
        origin = Origin(f"v1:{name}", name, name, "en", "de", series)
        kept.remember(origin, [Memory(f"{source} {target}", (source,), (target,), "de", trust, model=model, who="Ada")])


def ledger_of(result):
    with Store.open(result.folder.store) as store:
        return {one.line.lemma: one for one in store.ledger()}


def test_what_a_person_settled_in_one_work_is_proposed_for_the_next_and_nobody_is_asked(tmp_path):
    first = order.carry_out(long_order(tmp_path / "1", memory="context"), Silent(), model=Scripted(judging))
    dragoman("ledger", "set", first.folder.path, "overseer", "Vorarbeiter", "--who", "Ada")
    model = Scripted(judging)
    model.name = "another"

    second = order.carry_out(long_order(tmp_path / "2", memory="suggest"), Silent(), model=model)

    line = ledger_of(second)["overseer"].line
    asked = passes(model)[0].messages[1][1]
    assert "Vorarbeiter" == line.target
    assert line.note.startswith("from the translation memory: approved by Ada in long.de")
    assert "| overseer (" not in asked
    assert "| Kharzin (" in asked, "what another model settled is no precedent"


def test_what_the_same_model_settled_is_not_asked_again_in_the_next_work(tmp_path):
    order.carry_out(long_order(tmp_path / "1", memory="context"), Silent(), model=Scripted(judging))
    model = Scripted(judging)

    second = order.carry_out(long_order(tmp_path / "2", memory="suggest"), Silent(), model=model)

    assert "Charsin" == ledger_of(second)["Kharzin"].line.target
    assert all("| Kharzin (" not in request.messages[1][1] for request in passes(model))


def test_the_quote_knows_what_will_not_be_asked(tmp_path):
    remembered("overseer", "Vorarbeiter")

    order.quoted(long_order(tmp_path, memory="context"), model=Scripted(judging))
    result = order.carry_out(long_order(tmp_path, memory="context"), Silent(), model=Scripted(judging))

    assert "Vorarbeiter" == ledger_of(result)["overseer"].line.target


def test_without_memory_no_earlier_work_is_asked(tmp_path):
    remembered("overseer", "Vorarbeiter")

    result = order.carry_out(long_order(tmp_path, memory="off"), Silent(), model=Scripted(judging))

    assert "Aufseher" == ledger_of(result)["overseer"].line.target


def test_a_line_that_a_person_rejects_is_no_precedent_any_more(tmp_path):
    first = order.carry_out(long_order(tmp_path / "1", memory="context"), Silent(), model=Scripted(judging))
    dragoman("ledger", "set", first.folder.path, "overseer", "Vorarbeiter")
    dragoman("ledger", "reject", first.folder.path, "overseer")

    second = order.carry_out(long_order(tmp_path / "2", memory="suggest"), Silent(), model=Scripted(judging))

    assert "Aufseher" == ledger_of(second)["overseer"].line.target


def test_the_most_trusted_rendering_comes_first_then_that_of_the_series(tmp_path):
    remembered("overseer", "Maschine", trust=Trust.MACHINE, name="a", model="scripted")
    remembered("overseer", "Aufseher", trust=Trust.EDITED, name="b")
    remembered("overseer", "Vormann", trust=Trust.APPROVED, name="c")
    remembered("overseer", "Werkmeister", trust=Trust.APPROVED, name="d", series="Night")

    with_series = order.carry_out(long_order(tmp_path, memory="context", series="Night"), Silent(), model=Scripted(judging))

    assert "Werkmeister" == ledger_of(with_series)["overseer"].line.target


SISTER = Sister(
    Site(namespaces=(Namespace(14, "Category", "Category"),)),
    Site(language="de"),
    {"Means of production": "Produktionsmittel", "Capital (economics)": "Kapital (Wirtschaft)", "Category:Labour": "Kategorie:Arbeit", "Strike": "Streik#Formen"},
)


@pytest.mark.parametrize(
    ("lemma", "rendering"),
    [("means of production", "Produktionsmittel"), ("capital", "Kapital"), ("Category:Labour", ""), ("strike", ""), ("wage", "")],
)
def test_a_page_of_the_sister_wiki_says_how_its_subject_is_called(lemma, rendering):
    (line,) = Precedents(sister=SISTER).applied([LedgerLine(Sort.CONCEPT, lemma)])

    assert rendering == line.target


def test_the_glossary_stands_above_the_links_of_a_wiki():
    known = Precedents((Term("capital", "das Kapital", line="words.csv:2"),), sister=SISTER)

    (line,) = known.applied([LedgerLine(Sort.CONCEPT, "capital")])

    assert ("das Kapital", "from words.csv:2") == (line.target, line.note)


def test_a_heading_that_only_a_model_wrote_is_no_precedent(tmp_path):
    remembered("Overseer", "AUFSICHT", trust=Trust.MACHINE, model="scripted")

    result = order.carry_out(long_order(tmp_path, memory="context"), Silent(), model=Scripted(judging))

    assert "Aufseher" == ledger_of(result)["overseer"].line.target


@pytest.mark.parametrize("rendering", ["Er war der Aufseher der alten Druckerei.", "…", "Wer ist der Aufseher?"])
def test_a_sentence_is_no_rendering(tmp_path, rendering):
    remembered("overseer", rendering)

    result = order.carry_out(long_order(tmp_path, memory="context"), Silent(), model=Scripted(judging))

    assert "Aufseher" == ledger_of(result)["overseer"].line.target


def test_extract_fills_in_what_people_settled_before_and_can_leave_it_out(tmp_path):
    remembered("Source package", "Quellpaket")
    book = works.epub(tmp_path / "small.epub", [["The source packages are kept.", "Each source package has a name."]])

    rows = [json.loads(dragoman("glossary", "extract", book, "--to", "de", "--json", *more).output)["candidates"] for more in ([], ["--no-memory"])]

    assert ["Quellpaket", ""] == [next(one["target"] for one in found if one["source"] == "source package") for found in rows]


def test_a_model_that_says_nothing_of_the_candidates_is_asked_once_all_the_same(tmp_path):
    def mute(request):
        return "No idea." if "prepare the glossary" in request.messages[0][1] else judging(request)

    model, again = Scripted(mute), Scripted(mute)

    order.carry_out(long_order(tmp_path), Silent(), model=model)
    order.carry_out(long_order(tmp_path), Silent(), model=again)

    assert passes(model)
    assert [] == again.requests


@pytest.mark.parametrize(
    ("sort", "lemma", "wanted"),
    [
        (Sort.CONCEPT, "wage", "Lohn"),
        (Sort.CONCEPT, "journeymen", "Geselle"),
        (Sort.CONCEPT, "means of productions", "Produktionsmittel"),
        (Sort.WORK, "Capital", ""),
        (Sort.WORK, "Das Kapital", "Das Kapital"),
        (Sort.PERSON, "Wage", ""),
    ],
)
def test_a_concept_is_known_by_any_form_of_the_glossarys_word_and_a_title_by_its_own_alone(sort, lemma, wanted):
    words = [("wages", "Lohn"), ("journeyman", "Geselle"), ("means of production", "Produktionsmittel"), ("capital", "Kapital"), ("Das Kapital", "Das Kapital")]
    known = Precedents(tuple(Term(source, target, line="words.csv:2") for source, target in words), language="en")

    (line,) = known.applied([LedgerLine(sort, lemma)])

    assert wanted == line.target
