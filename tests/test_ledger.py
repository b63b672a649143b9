"""A person settles what a work's words become: set, accept, reject, a table out and in, and what stands above what."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import given

from tests import works
from tests.test_ledger_store import lines as any_line
from translate import languages
from translate import ledger as lines
from translate.cli import group
from translate.document import Decision, LedgerLine, Sort, Term
from translate.errors import GlossaryError, SettingError
from translate.exchange import ledger as table
from translate.glossary import Matcher
from translate.pipeline import ledger, order
from translate.pipeline.progress import Silent
from translate.pipeline.voice import Voice
from translate.store import Store

PEOPLE = (
    Decision(LedgerLine(Sort.PERSON, "Pell", gender="masculine")),
    Decision(LedgerLine(Sort.PERSON, "Anna", "Anna", gender="feminine")),
    Decision(LedgerLine(Sort.ADDRESS, "", speaker="Pell", addressee="Anna", address="du")),
)


@pytest.fixture
def folder(tmp_path):
    source = works.epub(tmp_path / "small.epub", [["Mr Pell set the type.", "The overseer saw Mr Pell.", "The overseer went home."]])
    return order.carry_out(order.Order(source=source, to="de", model="pseudo", out=tmp_path / "out"), Silent()).folder


def dragoman(*arguments):
    return CliRunner().invoke(group, [str(one) for one in arguments], standalone_mode=False, catch_exceptions=False)


def test_a_person_sets_accepts_and_rejects_lines_and_the_list_shows_them(folder):
    dragoman("ledger", "set", folder.path, "overseer", "Aufseher", "--allowed", "Vorarbeiter", "--gender", "masculine", "--who", "Anna")
    dragoman("ledger", "set", folder.path, "Pell", "Pell", "--sort", "person")
    dragoman("ledger", "reject", folder.path, "Pell")

    rows = json.loads(dragoman("ledger", folder.path, "--json").output)["ledger"]
    shown = dragoman("ledger", folder.path).output

    assert [("overseer", "Aufseher", "accepted", 2, "Anna"), ("Pell", "Pell", "rejected", 0)] == [
        (rows[0]["source"], rows[0]["target"], rows[0]["status"], rows[0]["count"], rows[0]["who"]),
        (rows[1]["source"], rows[1]["target"], rows[1]["status"], rows[1]["count"]),
    ]
    assert "Aufseher / Vorarbeiter" in shown
    assert ("masculine", ["Vorarbeiter"]) == (rows[0]["gender"], rows[0]["allowed"])


def test_what_is_not_in_the_ledger_cannot_be_accepted_and_the_error_names_what_is_near(folder):
    dragoman("ledger", "set", folder.path, "overseer", "Aufseher")

    with pytest.raises(SettingError, match=r"no .seer. in the ledger\. Did you mean overseer"):
        dragoman("ledger", "accept", folder.path, "overseer", "seer")


def test_an_open_line_cannot_be_accepted(folder):
    with Store.open(folder.store) as store:
        store.decide([Decision(LedgerLine(Sort.NAME, "Pell"))])

        with pytest.raises(SettingError, match="'Pell' has no rendering yet"):
            ledger.judge_lines(store, ["Pell"], "accepted", who="Anna")


def test_a_table_goes_out_is_edited_and_comes_back(folder, tmp_path):
    dragoman("ledger", "set", folder.path, "overseer", "Aufseher")
    csv = dragoman("ledger", folder.path, "--csv").output
    edited = tmp_path / "edited.csv"
    edited.write_text(csv.replace("Aufseher", "Vorarbeiter"), encoding="utf-8")

    first = dragoman("ledger", "import", folder.path, edited, "--who", "Ben").output
    second = dragoman("ledger", "import", folder.path, edited, "--who", "Ben").output

    assert "overseer = Vorarbeiter: accepted" in first
    assert "nothing is new" in second


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("word,target\na,b\n", "t.csv:1: there is no column 'word'"),
        ("source,sort\nPell,human\n", "t.csv:2: 'human' is no sort of line"),
        ("source,gender\nPell,she\n", "t.csv:2: 'she' is not known under 'gender'"),
        ("source,keep\nPell,perhaps\n", "t.csv:2: 'perhaps' under 'keep'"),
        ("source,target\n,b\n", "t.csv:2: the source is missing"),
        ('source,target\n"a,b\n', "t.csv:2: the line cannot be read"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_line_and_changes_nothing(folder, tmp_path, text, says):
    bad = tmp_path / "t.csv"
    bad.write_text(text, encoding="utf-8")

    with Store.open(folder.store) as store:
        with pytest.raises(GlossaryError, match=says.replace("(", r"\(")):
            ledger.take_table(store, bad, who="Anna")
        assert () == store.ledger()


def test_a_table_that_is_not_utf8_or_not_there_is_refused(tmp_path):
    (tmp_path / "bad.csv").write_bytes(b"source\nStra\xdfe\x81\n")

    with pytest.raises(GlossaryError, match="not UTF-8"):
        table.load(tmp_path / "bad.csv")
    with pytest.raises(GlossaryError, match="cannot be opened"):
        table.load(tmp_path / "none.csv")


def _writable(line):
    cells = [line.lemma, line.target, *line.allowed, *line.forbidden, line.speaker, line.addressee, line.note]
    return all(cell == cell.strip() and "|" not in cell and not set(cell) & set("\r\n\0\x85\u2028\u2029\x0b\x0c\x1c\x1d\x1e") for cell in cells) and (line.lemma or line.sort == Sort.ADDRESS)


@given(any_line.filter(_writable))
def test_a_line_that_is_written_to_a_table_is_read_again(line):
    assert [table.Row(line, "accepted", 0, "", "")] == list(table.read(table.write([table.Row(line, "accepted", 3, "x", "y")]), "t.csv"))


def test_a_cell_that_a_spreadsheet_would_run_is_written_as_text():
    text = table.write([table.Row(LedgerLine(Sort.CONCEPT, "=SUM(A1)", "-1"))])

    assert "'=SUM(A1)" in text
    assert ["=SUM(A1)"] == [row.line.lemma for row in table.read(text, "t.csv")]


def test_a_person_stands_above_the_glossary_and_the_glossary_above_a_proposal():
    terms = (Term("value", "Wert"), Term("labour", "Arbeit"))
    decisions = (
        Decision(LedgerLine(Sort.CONCEPT, "value", "Geltung")),
        Decision(LedgerLine(Sort.CONCEPT, "labour", "Mühe"), "accepted", "person"),
        Decision(LedgerLine(Sort.CONCEPT, "press", "Presse")),
        Decision(LedgerLine(Sort.CONCEPT, "type", "Type"), "rejected", "person"),
    )

    found = {term.source: (term.target, term.soft) for term in lines.stacked(terms, decisions)}

    assert {"value": ("Wert", False), "labour": ("Mühe", False), "press": ("Presse", True)} == found


def test_the_people_on_stage_are_told_and_nobody_else():
    voice = Voice((), PEOPLE, "en")

    assert ("Pell: a man (he)", "Anna: a woman (she)", "Pell to Anna: du") == voice.people(["Pell came in.", "So did Anna."])
    assert ("Anna: a woman (she)",) == voice.people(["Anna came in."])
    assert () == voice.people(["Nobody came in."])


def test_an_open_name_is_found_until_it_is_settled():
    voice = Voice((), PEOPLE, "en")

    before = voice.open("Pell saw Anna.")
    voice.settle(Decision(LedgerLine(Sort.PERSON, "Pell", "Pelle", gender="masculine"), "proposed", "first use"))

    assert ["Pell"] == [line.lemma for line in before]
    assert () == voice.open("Pell saw Anna.")
    assert ["Pelle"] == [term.target for term in voice.occurring("Pell came.")]


def test_a_longer_open_line_hides_no_settled_term():
    voice = Voice((Term("surplus value", "Mehrwert"),), (Decision(LedgerLine(Sort.CONCEPT, "rate of surplus value")),), "en")

    assert ["Mehrwert"] == [term.target for term in voice.occurring("The rate of surplus value rose.")]


def test_a_part_of_a_name_has_the_part_of_its_rendering():
    line = LedgerLine(Sort.PERSON, "Fyodor Raskolnikov", "Fjodor Raskolnikow", variants=("Raskolnikov", "Rodya"))

    assert [("Fyodor Raskolnikov", "Fjodor Raskolnikow"), ("Raskolnikov", "Raskolnikow")] == [(term.source, term.target) for term in lines.terms(Decision(line))]


def test_a_plural_is_no_term_of_its_own_and_a_spelling_is():
    line = LedgerLine(Sort.CONCEPT, "file", "Datei", variants=("files", "Files", "data file", "fyle"))

    assert ["file", "data file", "fyle"] == [term.source for term in lines.terms(Decision(line))]


@pytest.mark.parametrize(
    ("sort", "lemma", "plural"), [(Sort.CONCEPT, "file", "files"), (Sort.CONCEPT, "idea", "Ideas"), (Sort.ABBREVIATION, "NMU", "NMUs")], ids=["small", "capital", "abbreviation"]
)
def test_a_passage_is_told_the_same_terms_before_and_after_a_run_was_stopped(sort, lemma, plural):
    judged = Decision(LedgerLine(sort, lemma, "Rendering", variants=(plural.lower() if plural.istitle() else plural,)))
    running = Voice((), (Decision(replace(judged.line, target="")),), "en")
    running.settle(judged)

    assert running.occurring(f"{plural}.") == Voice((), (judged,), "en").occurring(f"{plural}.")


def test_a_line_of_one_document_holds_there_alone():
    voice = Voice((), (Decision(LedgerLine(Sort.CONCEPT, "case", "Fall")), Decision(LedgerLine(Sort.CONCEPT, "case", "Kasten", scope="c2.xhtml"))), "en")

    assert ["Fall", "Kasten"] == [voice.occurring("The case.", document)[0].target for document in ("c1.xhtml", "c2.xhtml")]


def test_a_table_without_end_is_refused_with_its_line_and_read_no_further(folder, tmp_path):
    endless = tmp_path / "endless.csv"
    endless.write_text("source,target\n" + "a,b\n" * 200_000, encoding="utf-8")
    before = folder.store.read_bytes()

    with pytest.raises(GlossaryError, match=r"endless\.csv:200001: a glossary or ledger may have 200,000 lines"):
        dragoman("ledger", "import", folder.path, endless)

    assert before == folder.store.read_bytes()


@pytest.mark.parametrize("suffix", [".xlsx", ".txt"])
def test_a_table_is_taken_as_a_spreadsheet_saves_it(tmp_path, suffix):
    import openpyxl

    rows = [("source", "target", "sort"), ("#MeToo", "#MeToo", "name"), ("lantern", "Laterne", "concept")]
    if suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        book.save(tmp_path / "words.xlsx")
    else:
        (tmp_path / "words.txt").write_text("".join("\t".join(row) + "\r\n" for row in rows), encoding="utf-16")

    assert [("#MeToo", "#MeToo"), ("lantern", "Laterne")] == [(row.line.lemma, row.line.target) for row in table.load(tmp_path / f"words{suffix}")[0]]


def test_a_table_in_another_encoding_is_refused_with_its_line(tmp_path):
    latin = tmp_path / "latin.csv"
    latin.write_bytes(b"source,target\na,b\nfa\xe7ade\x81,Fassade\n")

    with pytest.raises(GlossaryError, match=r"latin\.csv:3: not UTF-8"):
        table.load(latin)


def test_a_hint_names_the_work_so_that_the_command_finds_it(folder, tmp_path, monkeypatch):
    from translate.pipeline.works import Folder, find

    monkeypatch.chdir(tmp_path)
    elsewhere, usual = tmp_path / "out" / folder.name, tmp_path / "output" / folder.name
    usual.parent.mkdir()

    assert folder.path == find(Folder(elsewhere).called).path
    folder.path.rename(usual)
    assert folder.name == Folder(usual).called
    assert usual.absolute() == find(Folder(usual).called).path.absolute()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("policy", "policies", True), ("Bug report", "bug reports", True), ("form", "formation", False), ("surplus", "surplus value", False), ("Ware", "Waren", True), ("key", "king", False)],
)
def test_a_plural_is_told_from_another_word_by_its_ending(one: str, other: str, same: bool) -> None:
    assert same == languages.same_stem(one, other) == languages.same_stem(other, one)


def test_what_a_person_settled_is_found_before_another_form_of_the_word_that_is_only_proposed():
    proposed = [Decision(LedgerLine(Sort.CONCEPT, lemma, target), "proposed", "prescan") for lemma, target in (("wage", "Kunst"), ("journeymen", "Wanderer"))]
    decided = Decision(LedgerLine(Sort.CONCEPT, "journeyman", "Geselle"), "accepted", "person")

    terms = lines.stacked([Term("wages", "Lohn")], [*proposed, decided])

    assert ["Geselle", "Lohn"] == [term.target for term in Matcher(terms, "en").occurring("The journeymen lost a day's wage.")]
