"""Glossaries in the files that people have: TBX of four kinds, spreadsheets, wiki pages; large ones and bad ones."""

from __future__ import annotations

import time
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from translate import glossary
from translate.document import Term
from translate.errors import GlossaryError
from translate.glossary import cells, rows, sheets, tbx, tidying
from translate.glossary.reading import languages_in

SCHEMA = Path(__file__).parent / "schemas" / "tbx-basic.rng"

DCA = """<?xml version="1.0"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader><text><body>
<conceptEntry id="c1"><descrip type="subjectField">economy</descrip><note>Marx's own word.</note>
 <langSec xml:lang="de"><termSec><term>Mehr<hi>wert</hi>rate</term><termNote type="partOfSpeech">noun</termNote><termNote type="grammaticalGender">feminine</termNote>
   <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote><descrip type="context">Die Mehrwertrate stieg.</descrip></termSec>
  <termSec><term>Rate des Mehrwerts</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
  <termSec><term>Überschussrate</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec></langSec>
 <langSec xml:lang="en"><termSec><term>rate of surplus value</term></termSec><termSec><term>rate of surplus-value</term></termSec></langSec>
</conceptEntry></body></text></tbx>"""

DCT = """<?xml version="1.0"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader><text><body>
<conceptEntry id="c1"><min:subjectField>economy</min:subjectField>
 <langSec xml:lang="en"><termSec><term>wages</term></termSec></langSec>
 <langSec xml:lang="de"><termSec><term>Gehalt</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
 <termSec><term>Lohn</term><min:partOfSpeech>noun</min:partOfSpeech><basic:grammaticalGender>masculine</basic:grammaticalGender></termSec></langSec>
</conceptEntry></body></text></tbx>"""

MARTIF = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader/><text><body>
<termEntry id="1"><descrip type="subjectField">law</descrip><descripGrp><descrip type="definition">A pact.</descrip></descripGrp>
<langSet xml:lang="en"><tig><term>treaty</term></tig></langSet>
<langSet xml:lang="fr"><ntig><termGrp><term>traité</term><termNote type="partOfSpeech">noun</termNote><termNote type="normativeAuthorization">preferredTerm</termNote></termGrp></ntig>
<tig><term>accord</term><termNote type="usageStatus">forbiddenTerm</termNote></tig></langSet>
</termEntry></body></text></martif>"""

MIN = """<?xml version="1.0"?>
<TBX dialect="TBX-Min"><header><id>x</id><languages source="de" target="en"/></header><body>
<entry id="c5"><subjectField>biology</subjectField>
<langGroup xml:lang="en"><termGroup><term>cat</term><termStatus>preferred</termStatus></termGroup></langGroup>
<langGroup xml:lang="de"><termGroup><term>Katze</term></termGroup></langGroup></entry></body></TBX>"""

TBX = [
    (
        "attributes",
        DCA,
        [
            Term(
                source,
                "Mehrwertrate",
                ("Rate des Mehrwerts",),
                ("Überschussrate",),
                "noun",
                "f",
                domain="economy",
                note="Marx's own word.",
                example="Die Mehrwertrate stieg.",
                line="t.tbx:4",
            )
            for source in ("rate of surplus value", "rate of surplus-value")
        ],
    ),
    ("tags", DCT, [Term("wages", "Lohn", (), ("Gehalt",), "noun", "m", domain="economy", line="t.tbx:4")]),
    ("martif", MARTIF, [Term("treaty", "traité", (), ("accord",), "noun", domain="law", note="Definition: A pact.", line="t.tbx:4")]),
    ("TBX-Min", MIN, [Term("Katze", "cat", domain="biology", line="t.tbx:3")]),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in TBX], ids=[row[0] for row in TBX])
def test_tbx_is_read_in_each_of_its_forms(tmp_path: Path, text: str, expected: list[Term]) -> None:
    path = tmp_path / "t.tbx"
    path.write_text(text, encoding="utf-8")

    assert expected == list(glossary.load(path))


def test_of_many_languages_those_of_the_work_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "t.tbx"
    path.write_text(
        DCA.replace("</conceptEntry>", '<langSec xml:lang="fr-FR"><termSec><term>taux de plus-value</term></termSec></langSec></conceptEntry>'),
        encoding="utf-8",
    )

    assert [term.target for term in glossary.load(path, source="en", target="fr")] == ["taux de plus-value"] * 2
    with pytest.raises(GlossaryError, match="holds no terms in 'es'"):
        glossary.load(path, target="es")
    with pytest.raises(GlossaryError, match="Say which are meant, with --from and --to"):
        glossary.load(path)


def test_what_a_glossary_has_no_column_for_is_named(tmp_path: Path) -> None:
    path = tmp_path / "t.tbx"
    path.write_text(DCA.replace("<note>", '<xref type="xGraphic" target="http://x">y</xref><note>'), encoding="utf-8")

    assert glossary.read(path).remarks == ("Left out, since a glossary has no column for it: xGraphic (1), hi (1).",)


TEXTS = (
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="|;="), min_size=1, max_size=12)
    .map(tidying.tidy)
    .filter(lambda text: bool(text) and not text.startswith("#"))
)
TERMS = st.builds(
    Term,
    source=TEXTS,
    target=TEXTS,
    allowed=st.lists(TEXTS, max_size=2).map(tuple),
    forbidden=st.lists(TEXTS, max_size=2).map(tuple),
    pos=st.sampled_from(["", "noun", "verb", "adj", "adv", "name", "phrase"]),
    gender=st.sampled_from(["", "m", "f", "n", "mf"]),
    keep=st.booleans(),
    case=st.booleans(),
    domain=st.one_of(st.just(""), TEXTS),
    note=st.one_of(st.just(""), TEXTS),
    example=st.one_of(st.just(""), TEXTS),
)


@settings(max_examples=120, deadline=None)
@given(terms=st.lists(TERMS, min_size=1, max_size=4), kind=st.sampled_from(["tbx", "xlsx", "csv"]))
def test_a_glossary_written_in_any_form_is_read_back_the_same(tmp_path_factory: pytest.TempPathFactory, terms: list[Term], kind: str) -> None:
    path = tmp_path_factory.mktemp("written") / f"x.{kind}"
    first = [cells.cells_of(term) for term in glossary.parse(as_csv(terms, path), "x")]

    glossary.write(tuple(glossary.parse(as_csv(terms, path), "x")), path, source="en", target="de")

    assert first == [cells.cells_of(term) for term in glossary.load(path)]


def as_csv(terms: list[Term], path: Path) -> str:
    """The terms as a CSV file's text, so that both sides went through the same normal forms."""
    path = path.with_suffix(".in.csv")
    cells.write(terms, path)
    return path.read_text(encoding="utf-8")


def test_tbx_that_is_written_is_valid(tmp_path: Path) -> None:
    terms = glossary.load(Path(__file__).parents[1] / "glossaries" / "en-de.csv")
    tbx.write(terms, tmp_path / "x.tbx", source="en", target="de", title="x")

    schema = etree.RelaxNG(etree.parse(SCHEMA))
    assert schema.validate(etree.parse(tmp_path / "x.tbx")), schema.error_log


def test_no_cell_of_a_spreadsheet_is_a_formula(tmp_path: Path) -> None:
    sheets.write([Term("=1+1", "=cmd")], tmp_path / "x.xlsx")

    assert [cell.data_type for cell in openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0][2]][:2] == ["s", "s"]


def sheet(path: Path, *lines: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    for line in lines:
        book.worksheets[0].append(line)
    book.save(path)
    return path


def test_a_spreadsheet_of_two_columns_is_a_glossary(tmp_path: Path) -> None:
    found = glossary.read(sheet(tmp_path / "x.xlsx", ("English", "Deutsch", None), (None, None), ("wages", "Lohn"), ("the year", 1848.0)))

    assert [(term.source, term.target, term.line) for term in found.terms] == [("wages", "Lohn", "x.xlsx:3"), ("the year", "1848", "x.xlsx:4")]
    assert (found.kind, found.source, found.target) == ("spreadsheet", "en", "de")


def test_a_bad_line_of_a_spreadsheet_is_named(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match=r"x\.xlsx:3: the target is missing"):
        glossary.load(sheet(tmp_path / "x.xlsx", ("source", "target"), ("wages", "Lohn"), ("capital", None)))


ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table><table:table-row><table:table-cell><text:p>source</text:p></table:table-cell><table:table-cell><text:p>target</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>wages</text:p></table:table-cell><table:table-cell><text:p>Lo<text:span>hn</text:span></text:p></table:table-cell><table:table-cell table:number-columns-repeated="16000"/></table:table-row>
<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16000"/></table:table-row></table:table>
<table:table><table:table-row><table:table-cell><text:p>another sheet</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def test_an_open_document_sheet_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "x.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", ODS)

    assert [(term.source, term.target) for term in glossary.load(path)] == [("wages", "Lohn")]


WIKI = [
    (
        "a table named by languages",
        "Text.\n{| class=\"wikitable\"\n|+ Terms\n! English !! Deutsch\n|-\n| [[surplus value]] || style=\"color:red\" | '''Mehrwert'''<ref>MEW 23</ref>\n|-\n| wages\n| {{lang|de|Lohn}}\n|}\n",
        [("surplus value", "Mehrwert", ()), ("wages", "Lohn", ())],
    ),
    ("a table with our columns", "{|\n! Term !! Translation !! Notes\n|-\n| wages || Lohn || {{tl|x}} a note\n|}", [("wages", "Lohn", ())]),
    ("a table without a heading", "{|\n|-\n| wages || Lohn\n|}", [("wages", "Lohn", ())]),
    (
        "a definition list",
        "; [[Wages|wages]] : Lohn\n; surplus value\n: Mehrwert\n: Surpluswert\n\nText : more\n",
        [("wages", "Lohn", ()), ("surplus value", "Mehrwert", ("Surpluswert",))],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in WIKI], ids=[row[0] for row in WIKI])
def test_a_page_of_a_wiki_is_a_glossary(tmp_path: Path, text: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    path = tmp_path / "page.txt"
    path.write_text(text, encoding="utf-8")

    assert expected == [(term.source, term.target, term.allowed) for term in glossary.load(path)]


COLUMNS = [
    ("en,de,fr\nwages,Lohn,salaire\n", "en", "fr", [("wages", "salaire")]),
    ("en,de,fr\nwages,Lohn,salaire\n", "de", "fr", [("Lohn", "salaire")]),
    ("en;de\nwages;Lohn\n", "", "", [("wages", "Lohn")]),
    ("Deutsch\tEnglish\tnote\nLohn\twages\tx\n", "en", "de", [("wages", "Lohn")]),
    ("art,is\nwages,Lohn\n", "", "", [("art", "is"), ("wages", "Lohn")]),
]


@pytest.mark.parametrize(("text", "source", "target", "expected"), COLUMNS)
def test_columns_may_be_named_by_their_languages(tmp_path: Path, text: str, source: str, target: str, expected: list[tuple[str, str]]) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")

    assert expected == [(term.source, term.target) for term in glossary.load(path, source=source, target=target)]


def test_a_sheet_saved_as_unicode_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes("source\ttarget\r\nwages\tLöhne\r\n".encode("utf-16"))

    assert [(term.source, term.target) for term in glossary.load(path)] == [("wages", "Löhne")]


def test_the_languages_of_a_file_are_told_by_its_name() -> None:
    assert [languages_in(name) for name in ("en-de.csv", "theory_en-de.tbx", "de_en.xlsx", "my-terms.csv", "terms.csv")] == [
        ("en", "de"),
        ("en", "de"),
        ("de", "en"),
        ("", ""),
        ("", ""),
    ]


# --- bad files -----------------------------------------------------------------------------------------------------

BOMB = '<?xml version="1.0"?>\n<!DOCTYPE martif [\n<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n<martif><text><body>&b;</body></text></martif>'

BAD = [
    ("an entity bomb", "x.tbx", BOMB.encode(), "x.tbx:3: the file defines entities of its own"),
    ("an outside entity", "x.tbx", BOMB.replace('a "ha"', 'a SYSTEM "file:///etc/passwd"').encode(), "x.tbx:3: the file defines entities of its own"),
    ("broken XML", "x.tbx", DCA.replace("</langSec>\n</concept", "</concept").encode(), "x.tbx:9: no well-formed XML (mismatched tag)"),
    ("half of a file", "x.tbx", DCA[:400].encode(), "x.tbx:5: no well-formed XML"),
    ("a wrong encoding of XML", "x.tbx", DCA.encode("latin-1"), "x.tbx:8: no well-formed XML (not well-formed (invalid token))"),
    ("an unknown encoding of XML", "x.tbx", DCA.replace('"1.0"', '"1.0" encoding="x-none"').encode(), "x.tbx:1: "),
    ("XML of another kind", "x.tbx", b"<?xml version='1.0'?>\n<html><body/></html>", "x.tbx:2: the file is XML and begins with <html>"),
    ("deep XML", "x.tbx", b"<tbx>" + b"<a>" * 5000, "x.tbx:1: elements stand 64 deep"),
    ("an archive of something", "x.xlsx", b"PK\x03\x04nothing", "x.xlsx: no spreadsheet that can be read"),
    ("an old Excel file", "x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "x.xls: an old Excel file"),
    ("a wrong encoding", "x.csv", b"source,target\nwages,Lohn\nx,L\xf6hne\x81\n", "x.csv:3: not UTF-8"),
    ("a wrong encoding far down", "x.csv", b"a,b\n" * 50_000 + b"x,L\xf6hne\x81\n", "x.csv:50001: not UTF-8"),
    ("ten million lines", "x.csv", b"a,b\n" * 400_000, "x.csv:200001: a glossary or ledger may have 200,000 lines"),
    ("empty lines without end", "x.csv", b"\n" * 400_000, "x.csv:200001: a glossary or ledger may have 200,000 lines"),
    ("a line without end", "x.csv", b"a" * 2_000_000, "x.csv:1: the line has more than 262,144 characters"),
    ("a quotation mark without end", "x.csv", b'a,b\n"' + b"c,d\n" * 100_000, "x.csv:2: the line cannot be read"),
    ("a page that explains its terms", "x.wiki", b"; wages : " + b"the price of labour power, " * 9, "x.wiki:1: 'the price of labour power"),
    ("a page without terms", "x.wiki", b"== Nothing ==\n", "x.wiki: the page holds no table"),
    ("a million entries", "x.tbx", b"<tbx>\n" + b"<conceptEntry id='x'/>\n" * 400_000, "x.tbx:200002: a glossary or ledger may have 200,000 lines"),
    ("no such language", "x.csv", b"en,fr\na,b\n", "x.csv:1: the columns are in en, fr, none in de"),
]


@pytest.mark.parametrize(("name", "data", "message"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_bad_file_gets_a_clear_line_quickly(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    began = time.process_time()

    with pytest.raises(GlossaryError) as caught:
        glossary.load(path, target="de" if "fr" in message else "")

    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
    assert time.process_time() - began < 5


def test_a_file_that_is_far_too_large_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"source,target\n" + b"\n" * 10_000_000)
    tracemalloc.start()

    with pytest.raises(GlossaryError, match="200001"):
        glossary.load(path)

    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()


def test_a_spreadsheet_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_BYTES", 1000)

    with pytest.raises(GlossaryError, match="unpacks to"):
        glossary.load(sheet(tmp_path / "x.xlsx", ("source", "target"), ("wages", "Lohn")))


# --- several files -------------------------------------------------------------------------------------------------


def test_the_line_that_won_names_those_it_won_over(tmp_path: Path) -> None:
    for name, text in (("a.csv", "wages,Lohn\n"), ("b.csv", "Wages,Gehalt\n"), ("c.csv", "wages,Entgelt\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")

    (term,) = glossary.load_stack([tmp_path / name for name in ("a.csv", "b.csv", "c.csv")])

    assert glossary.place(term) == "c.csv:1, in place of b.csv:1, a.csv:1"
    assert glossary.place(Term("x", "y", line="a.csv:1")) == "a.csv:1"


def test_the_limit_is_where_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MOST_LINES", 3)

    assert len(glossary.load(sheet(tmp_path / "x.xlsx", ("source", "target"), ("a", "b"), ("c", "d")))) == 2
    with pytest.raises(GlossaryError, match=r"y\.xlsx:4"):
        glossary.load(sheet(tmp_path / "y.xlsx", ("source", "target"), ("a", "b"), ("c", "d"), ("e", "f")))


# --- back into the file it came from -------------------------------------------------------------------------------

RICH = DCA.replace("<note>", '<xref type="xGraphic" target="http://x">y</xref><transacGrp own="1"><transac type="transactionType">origination</transac></transacGrp><!-- kept --><note>')


@pytest.mark.parametrize("text", [RICH, DCT, MARTIF, MIN], ids=["attributes", "tags", "martif", "TBX-Min"])
def test_terms_put_back_unchanged_change_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.tbx").write_text(text, encoding="utf-8")

    counts = glossary.merge(glossary.load(tmp_path / "t.tbx"), tmp_path / "t.tbx", tmp_path / "u.tbx")

    assert counts == (0, 0)
    assert etree.tostring(etree.parse(tmp_path / "t.tbx"), method="c14n") == etree.tostring(etree.parse(tmp_path / "u.tbx"), method="c14n")


@pytest.mark.parametrize("text", [RICH, DCT, MARTIF, MIN], ids=["attributes", "tags", "martif", "TBX-Min"])
def test_changed_and_new_terms_are_put_back_and_the_rest_survives(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.tbx").write_text(text, encoding="utf-8")
    first = glossary.load(tmp_path / "t.tbx")[0]
    changed = replace(first, target="Alfa", allowed=("Bravo",), forbidden=(first.target,))

    counts = glossary.merge([changed, Term("new one", "Neues", (), ("Altes",))], tmp_path / "t.tbx", tmp_path / "u.tbx")
    again = {term.source: (term.target, term.allowed, term.forbidden) for term in glossary.load(tmp_path / "u.tbx")}

    assert counts == (1, 1)
    assert again[first.source] == ("Alfa", ("Bravo",), (first.target,))
    assert again["new one"] == ("Neues", (), ("Altes",))
    written = (tmp_path / "u.tbx").read_text(encoding="utf-8")
    assert all(kept in written for kept in ("<!-- kept -->", 'own="1"', "xGraphic") if kept in text)


@pytest.mark.parametrize("name", ["xlsx", "ods"])
def test_a_spreadsheet_with_a_wrong_byte_anywhere_is_read_or_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"x.{name}"
    if name == "xlsx":
        sheets.write([Term("wages", "Lohn"), Term("overseer", "Aufseher")], path)
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("content.xml", "<a>" + "".join(f"<b>{number * number}</b>" for number in range(200)) + "</a>")
    whole = path.read_bytes()
    refused = 0
    for place in range(0, len(whole), 29):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            list(sheets.rows(path))
        except GlossaryError:
            refused += 1
    assert refused > len(whole) // 29 // 2
