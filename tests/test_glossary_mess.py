"""Glossaries as they lie about in publishers' folders: titles, merged cells, semicolons, two headings, several forms in one cell."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate import glossary
from translate.errors import GlossaryError
from translate.glossary import tidying

Cells = list[tuple[str, str, tuple[str, ...]]]

SHEETS: list[tuple[str, list[list[str | None]], Cells]] = [
    ("a merged title above the heading", [["Glossar 2024", None, None], ["English", "Deutsch", "Bemerkung"], ["state", "Staat", "fest"]], [("state", "Staat", ())]),
    ("a title and an empty line", [["My glossary"], [], ["Term", "Translation", "Comment"], ["state", "Staat", " x "]], [("state", "Staat", ())]),
    ("two headings", [["Source language", "Target language"], ["en", "de"], ["state", "Staat"]], [("state", "Staat", ())]),
    ("an empty first column", [[None, "English", "German"], [None, "state", "Staat"], ["1", "labour", "Arbeit"]], [("state", "Staat", ()), ("labour", "Arbeit", ())]),
    ("columns for other things", [["ID", "EN", "DE", "Status", "Date"], ["1", "state", "Staat", "ok", "2020"]], [("state", "Staat", ())]),
    ("names in German", [["Englisch", "Deutsch", "Anmerkung"], ["state", "Staat", ""]], [("state", "Staat", ())]),
    ("names in French", [["anglais", "allemand", "remarques"], ["state", "Staat", ""]], [("state", "Staat", ())]),
    ("a term that is a column's name", [["source", "target"], ["source", "Quelle"], ["English", "Englisch"]], [("source", "Quelle", ()), ("English", "Englisch", ())]),
    ("names of languages as terms", [["German", "Deutsch"], ["state", "Staat"]], [("German", "Deutsch", ()), ("state", "Staat", ())]),
]

TEXTS: list[tuple[str, bytes, Cells]] = [
    ("semicolons from a German Excel", b"Englisch;Deutsch;Anmerkung\r\nstate;Staat;fest\r\nlabour;Arbeit;\r\n", [("state", "Staat", ()), ("labour", "Arbeit", ())]),
    ("a title with a comma over semicolons", b"Glossary, 2024\nEnglish;German\nstate;Staat\n", [("state", "Staat", ())]),
    ("Excel's own first line", b"sep=;\r\nsource;target\r\nstate;Staat\r\n", [("state", "Staat", ())]),
    ("Excel's own first line, no heading", b"sep=;\r\nstate;Staat\r\n", [("state", "Staat", ())]),
    ("trailing blanks", b"source ,target \nstate  , Staat  \n labour,Arbeit\t\n,,\n   ,  \n", [("state", "Staat", ()), ("labour", "Arbeit", ())]),
    ("signs that nobody sees", "source,target\nthe\u00a0state\u00a0,Staat\n\u200blabour,Ar\u00adbeit\ufeff\n".encode(), [("the state", "Staat", ()), ("labour", "Arbeit", ())]),
    ("joiners that a language spells with", "source,target\nwe go,می\u200cرویم\n".encode(), [("we go", "می\u200cرویم", ())]),
    ("quotation marks", "source,target\n“labour”,„Arbeit“\n“a” and “b”,x\n".encode(), [("labour", "Arbeit", ()), ("“a” and “b”", "x", ())]),
    ("grammar behind the term", "en\tde\nlabour (n.)\tArbeit (f)\nbourgeois\tbürgerlich (adj.)\n(n)\tx\n".encode(), [("labour", "Arbeit", ()), ("bourgeois", "bürgerlich", ()), ("(n)", "x", ())]),
    (
        "several forms in a cell",
        "en\tde\nlabour\tArbeit; Werktätigkeit\nstate\tStaat/Zustand\nclass\tKlasse / Schicht\nstrike\tStreik|Ausstand\nwork\tArbeit, Tätigkeit\n".encode(),
        [("labour", "Arbeit", ("Werktätigkeit",)), ("state", "Staat", ("Zustand",)), ("class", "Klasse", ("Schicht",)), ("strike", "Streik", ("Ausstand",)), ("work", "Arbeit", ("Tätigkeit",))],
    ),
    (
        "signs that part nothing",
        b"en\tde\nworker\tArbeiter/in\nspeed\tkm/h\nand/or\tund/oder\nworkers\tArbeiter/innen\nhe who works\tder, welcher arbeitet\ntime; place\tZeit; Ort\nlord\tHerr, der alles hat\n",
        [
            ("worker", "Arbeiter/in", ()), ("speed", "km/h", ()), ("and/or", "und/oder", ()), ("workers", "Arbeiter/innen", ()), ("he who works", "der, welcher arbeitet", ()),
            ("time; place", "Zeit; Ort", ()), ("lord", "Herr, der alles hat", ()),
        ],
    ),
    ("allowed forms with semicolons", "source,target,allowed\nlabour,\"Arbeit; Mühe\",Last; Werk\n".encode(), [("labour", "Arbeit; Mühe", ("Last", "Werk"))]),
]  # fmt: skip


def found(path: Path) -> Cells:
    """What the file holds."""
    return [(term.source, term.target, term.allowed) for term in glossary.load(path, source="en", target="de")]


@pytest.mark.parametrize(("rows", "wanted"), [row[1:] for row in SHEETS], ids=[row[0] for row in SHEETS])
def test_a_spreadsheet_is_read_as_its_owner_sees_it(tmp_path: Path, rows: list[list[str | None]], wanted: Cells) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if rows[0][0] and rows[0].count(None) == 2:
        book.active.merge_cells("A1:C1")
    book.save(tmp_path / "mess.xlsx")

    assert wanted == found(tmp_path / "mess.xlsx")


@pytest.mark.parametrize(("data", "wanted"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS])
def test_a_table_in_plain_text_is_read_as_its_owner_sees_it(tmp_path: Path, data: bytes, wanted: Cells) -> None:
    (tmp_path / "mess.csv").write_bytes(data)

    assert wanted == found(tmp_path / "mess.csv")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"English;Deutsch\r\nstate;Staat\r\ngoods;G\xfcter\x81\r\n", "mess.csv:3: not UTF-8, and not Windows-1252 either. Save the table again with the encoding UTF-8 (in Excel: 'CSV UTF-8')."),
        (b"en,de,forbiden\nstate,Staat,x\n", "mess.csv:1: there is no column 'forbiden'. Is 'forbidden' meant?"),
        (b"German,Deutsch,Latin\nx,y,z\n", "mess.csv:1: the columns have no names."),
        (b"Title\nThe second\nthird,column,too\n", "mess.csv:3: the columns have no names."),
        (b"en,de\nstate,\n", "mess.csv:2: the target is missing."),
    ],
)
def test_what_cannot_be_guessed_is_said_with_its_line(tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "mess.csv").write_bytes(data)

    with pytest.raises(GlossaryError) as caught:
        found(tmp_path / "mess.csv")
    assert str(caught.value).startswith(says)


def test_grammar_behind_a_term_becomes_its_kind_and_gender(tmp_path: Path) -> None:
    (tmp_path / "mess.csv").write_text("en,de\nlabour (n.),Arbeit (f)\nto work (v),arbeiten\n", encoding="utf-8")

    assert [("noun", "f"), ("verb", "")] == [(term.pos, term.gender) for term in glossary.load(tmp_path / "mess.csv")]


def test_columns_that_are_left_out_and_terms_with_articles_are_told_by_the_examiner(tmp_path: Path) -> None:
    (tmp_path / "mess.csv").write_text("en,de,status\nthe state,der Staat,ok\nto work (v),arbeiten,\nThe Hague,Den Haag,\n", encoding="utf-8")

    told = [(flaw.line, flaw.kind) for flaw in glossary.examine_files([tmp_path / "mess.csv"]) if flaw.kind in ("unreadable", "article")]

    assert [("mess.csv", "unreadable"), *[("mess.csv:2", "article")] * 2, ("mess.csv:3", "article")] == told


@given(st.lists(st.text(alphabet="ab;| ,/Ä", min_size=1, max_size=6).map(str.strip).filter(lambda text: text and "|" not in text), max_size=3))
def test_forms_come_back_from_a_cell(forms: list[str]) -> None:
    assert tuple(forms) == tidying.alternatives(tidying.joined(forms))


@given(st.text(max_size=12), st.text(max_size=12))
def test_no_cell_loses_its_rendering(cell: str, source: str) -> None:
    signs = str.maketrans("", "", "|;/, ")

    assert cell.strip().translate(signs) == "".join(tidying.renderings(cell, source)).strip().translate(signs)
