"""One voice for a whole wiki's export: its pages are read first, one ledger holds for all of them, and a quote is given before anything is asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.test_voice import judging, passes
from tests.test_wiki_dump import export, page, revision
from tests.wiki_home import run
from translate.document import Decision, LedgerLine, Sort
from translate.errors import ModelError
from translate.models.scripted import Scripted
from translate.pipeline import works
from translate.pipeline.order import Order
from translate.pipeline.progress import Silent
from translate.pipeline.voice import Voice
from translate.pipeline.wikis import dumps
from translate.pipeline.wikis.choosing import Choice
from translate.pipeline.wikis.selecting import Import
from translate.pipeline.wikis.unloading import Wish
from translate.store import Store

SENTENCES = ("the overseer met Kharzin", "an overseer saw that Kharzin slept", "it was Kharzin whom the overseer")
PAGES = [
    "\n\n".join(
        f"On day {day} {SENTENCES[day % 3]} at the gate of the old printing house, and all that the two of them had to talk about there was the weather."
        for day in range(number * 20, number * 20 + 20)
    )
    for number in range(6)
]


@pytest.fixture
def dump(tmp_path, monkeypatch):
    """An export of six pages, taken in three portions."""
    monkeypatch.setattr(dumps, "MOST_PAGES", 2)
    path = tmp_path / "wiki.xml"
    path.write_text(export(*(page(f"Page {number}", revision(number + 1, text)) for number, text in enumerate(PAGES))), encoding="utf-8")
    return path


class Said(Silent):
    """Keeps what was told."""

    def __init__(self):
        self.lines = []

    def says(self, line):
        self.lines.append(line)


def taken(dump, model, *, progress=None, **order):
    wanted = Order(dump, "de", out=dump.parent / "out", memory="off", jobs=1, **order)
    return dumps.carry_out(Import(dump, Choice()), wanted, Wish(), progress or Silent(), model=model)


def test_the_pages_are_read_first_and_a_model_is_asked_once_about_the_terms_of_all(dump):
    model, again, told = Scripted(judging), Scripted(judging), Said()

    done = taken(dump, model, progress=told)
    taken(dump, again)

    with Store.open(done.folder.store) as store:
        held = {one.line.lemma: one.line.target for one in store.ledger()}
        texts = {pair.segment.document: pair.draft.text for pair in store.pairs() if pair.draft}
    assert ("Charsin", "Aufseher") == (held["Kharzin"], held["overseer"])
    assert model.requests[:1] == passes(model)
    assert 6 == len(texts) == sum("Aufseher" in text for text in texts.values())
    assert [] == again.requests
    assert [line for line in told.lines if "ledger" in line and str(done.folder.path) in line]


def test_an_import_without_the_prescan_proposes_nothing(dump):
    model = Scripted(judging)

    done = taken(dump, model, prescan=False)

    assert [] == passes(model)
    with Store.open(done.folder.store) as store:
        assert () == store.ledger()


def test_an_import_that_is_cut_off_while_terms_are_asked_for_asks_for_them_again(dump):
    cut = taken(dump, Scripted([ModelError("The server is gone.")]))
    model = Scripted(judging)

    done = taken(dump, model)

    assert isinstance(cut.error, ModelError)
    assert (1, None) == (len(passes(model)), done.error)


def test_a_quote_for_an_export_counts_all_portions_and_asks_nothing(dump):
    model = Scripted([])
    order = Order(dump, "de", out=dump.parent / "out", memory="off", jobs=1)

    quote = dumps.quoted(Import(dump, Choice()), order, Silent(), model=model)
    less = dumps.quoted(Import(dump, Choice()), Order(dump, "de", out=dump.parent / "out", memory="off", jobs=1, prescan=False), Silent(), model=model)

    with Store.open(works.find("wiki.de", out=dump.parent / "out").store) as store:
        assert store.totals().pending == quote.segments == 126
        assert "Kharzin" in {one.line.lemma for one in store.ledger()}  # to be settled before the run
    assert quote.requests == less.requests + 1
    assert quote.cost is not None
    assert [] == model.requests


def test_what_reads_alike_on_pages_of_different_portions_is_quoted_as_it_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(dumps, "MOST_PAGES", 2)
    dump = tmp_path / "alike.xml"
    texts = [f"The mill of day {number} stood still.\n\n== Notes ==\nThis page is one of many that are alike.\n" for number in range(6)]
    dump.write_text(export(*(page(f"Page {number}", revision(number + 1, text)) for number, text in enumerate(texts))), encoding="utf-8")
    model = Scripted(judging)

    quote = dumps.quoted(Import(dump, Choice()), Order(dump, "de", out=tmp_path / "out", memory="off", prescan=False), Silent(), model=model)
    again = dumps.quoted(Import(dump, Choice()), Order(dump, "de", out=tmp_path / "out", memory="off", prescan=False, refresh=True), Silent(), model=model)
    taken(dump, model, prescan=False)

    assert (6 + 6 + 2, 5 * 2, 24) == (quote.segments, quote.repeats, quote.segments + quote.repeats)
    assert 1 == sum("one of many that are alike" in str(request) for request in model.requests)
    assert again.segments == 6 + 6 + 3 * 2  # each portion does it again, and its own repeats of it


def test_what_is_done_is_not_in_the_quote(dump):
    taken(dump, Scripted(judging))

    assert 0 == dumps.quoted(Import(dump, Choice()), Order(dump, "de", out=dump.parent / "out", memory="off"), Silent(), model=Scripted([])).segments


def test_the_command_gives_the_quote_and_translates_nothing(dump, monkeypatch):
    monkeypatch.chdir(dump.parent)

    code, said = run("wiki", "import", str(dump), "--to", "de", "--model", "pseudo", "--quote", "--json")

    assert (0, 126) == (code, json.loads(said)["segments"])
    assert not list(Path("output/wiki.de").glob("pages/*"))
    with Store.open(Path("output/wiki.de/work.db")) as store:
        assert 126 == store.totals().pending


@pytest.mark.mediawiki
def test_a_quote_for_several_pages_has_a_sum_and_leaves_out_what_is_not_there(wikis, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("list.txt").write_text(f"{wikis['en'].address('Lighthouse')}\n{wikis['en'].address('No such page')}\n{wikis['en'].address('Old harbour')}\n")

    code, said = run("translate", "@list.txt", "--to", "de", "--model", "pseudo", "--quote", "--json")

    quote = json.loads(said)
    assert (0, 2) == (code, len(quote["pages"]))
    assert quote["all"]["segments"] == sum(one["segments"] for one in quote["pages"]) > 0


def test_what_a_person_decides_of_somebody_counts_from_then_on():
    voice = Voice((), [Decision(LedgerLine(Sort.PERSON, "Kharzin", "Charsin", gender="masculine"), "proposed", "prescan")], "en")
    before = voice.facts("Kharzin slept.")

    voice.settle(Decision(LedgerLine(Sort.PERSON, "Kharzin", "Charsin", gender="feminine"), "accepted", "person", "Ann"))

    assert () == before
    assert ("Kharzin: a woman (she)",) == voice.facts("Kharzin slept.")
    assert () == voice.facts("The overseer slept.")
