"""Tables that Excel saved on Windows: read where the encoding is certain, refused with a line where it is not."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sent import copied, sent, translated
from translate import exchange, glossary
from translate.decoder import encoding_of
from translate.document import plain
from translate.errors import GlossaryError, SourceError
from translate.pipeline import corrections, ledger
from translate.pipeline.interchange import returns
from translate.pipeline.works import Folder
from translate.store import Store

CERTAIN = [
    ("UTF-8", "utf-8", "Löhne;salários;façade", ()),
    ("UTF-8 with its mark", "utf-8-sig", "Löhne", ()),
    ("UTF-16 as Excel's Unicode text", "utf-16", "Löhne\tЛён", ()),
    ("Excel's CSV in Germany", "cp1252", "wages;Löhne\r\nsurplus value;„Mehrwert“ – größer…", ("en", "de")),
    ("Excel's CSV in France", "cp1252", "work;l’œuvre\r\nn° 3;le cœur créé", ("fr",)),
    ("Excel's CSV in Spain", "cp1252", "¿qué?;«año» ¡así!", ("es",)),
    ("Catalan's dot inside a word", "cp1252", "col·lecció", ()),
    ("an apostrophe as Germans write it", "cp1252", "geht´s;Übung", ()),
]


@pytest.mark.parametrize(("encoding", "text", "tags"), [row[1:] for row in CERTAIN], ids=[row[0] for row in CERTAIN])
def test_a_table_is_read_where_its_encoding_is_certain(tmp_path: Path, encoding: str, text: str, tags: tuple[str, ...]) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode(encoding))

    found = encoding_of(path, error=GlossaryError, tags=tags)

    assert text == path.read_bytes().decode(found.name)
    assert (encoding == "cp1252") == bool(found.remark)


UNCERTAIN = [
    ("a byte that Windows-1252 does not define", b"a,b\nx,L\xf6hne\ny,\x81\n", (), "t.csv:2: not UTF-8, and not Windows-1252 either"),
    ("UTF-8 pasted into it", "a,Löhne\n".encode("cp1252") + "b,Güter\n".encode(), (), "t.csv:1: not UTF-8 everywhere, and UTF-8 in other lines"),
    ("UTF-16 without its mark", "a,Löhne\n".encode("utf-16-le"), (), "t.csv:1: not UTF-8 (UTF-16 without its mark, or no text)"),
    ("half of UTF-16", "a,Löhne\n\n".encode("utf-16")[:-1], (), "t.csv:2: not UTF-16, which its first bytes say"),
    ("Russian", "a,b\nlabour,работа\n".encode("cp1251"), (), "t.csv:2: not UTF-8, and read as Windows-1252 it has 'ðàáîòà'"),
    ("Greek", "labour,εργασία\n".encode("cp1253"), (), "t.csv:1: not UTF-8, and read as Windows-1252 it has "),
    ("Polish by its signs", "value,wartość dodatkowa i książka\n".encode("cp1250"), (), "t.csv:1: not UTF-8, and read as Windows-1252 it has 'ksi¹¿ka'"),
    ("Turkish by its language", "value,değer\n".encode("cp1254"), ("en", "tr"), "t.csv:1: not UTF-8, and Windows-1252 has not the letters of 'tr'"),
]


@pytest.mark.parametrize(("data", "tags", "says"), [row[1:] for row in UNCERTAIN], ids=[row[0] for row in UNCERTAIN])
def test_a_table_is_refused_with_its_line_where_its_encoding_is_not_certain(tmp_path: Path, data: bytes, tags: tuple[str, ...], says: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(data)

    with pytest.raises(GlossaryError) as caught:
        encoding_of(path, error=GlossaryError, tags=tags)

    assert str(caught.value).startswith(says)
    assert "in Excel: 'CSV UTF-8'" in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.text(st.characters(codec="cp1252", categories=("L", "N", "P", "Z")), max_size=200), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_what_is_read_is_what_was_written_or_nothing_is(tmp_path_factory: pytest.TempPathFactory, text: str, encoding: str) -> None:
    path = tmp_path_factory.mktemp("any") / "t.csv"
    path.write_bytes(text.encode(encoding))

    with suppress(GlossaryError):
        found = encoding_of(path, error=GlossaryError)
        if encoding != "cp1252" or found.name == "cp1252":  # few bytes of Windows-1252 may be UTF-8 by accident
            assert text == path.read_bytes().decode(found.name)


def test_a_glossary_from_excel_is_read_and_its_report_says_how(tmp_path: Path) -> None:
    path = tmp_path / "en-de.csv"
    path.write_bytes("English;Deutsch\r\nwages;Löhne\r\n".encode("cp1252"))

    found = glossary.read(path)
    (flaw,) = (one for one in glossary.examine_files([path]) if one.kind == "unreadable")

    assert [("wages", "Löhne")] == [(term.source, term.target) for term in found.terms]
    assert (
        "en-de.csv is not UTF-8 and was read as Windows-1252: see whether line 2 has 'Löhne'. Where letters are wrong, save it again as 'CSV UTF-8'.",
    ) == found.remarks
    assert ("info", found.remarks[0]) == (flaw.severity, flaw.message)


def test_pairs_from_excel_are_checked_and_the_audit_says_how(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_bytes("The wages rose.\tDie Löhne stiegen.\n".encode("cp1252"))

    found = exchange.read(path, source="en", target="de")

    assert "Die Löhne stiegen." == plain(found.units[0].target or ())
    assert ["pairs.tsv is not UTF-8 and was read as Windows-1252"] == [remark.partition(":")[0] for remark in found.remarks]
    with pytest.raises(SourceError, match=r"pairs\.tsv:1: not UTF-8, and Windows-1252 has not the letters of 'pl'"):
        exchange.read(path, source="en", target="pl")


BOOK = [["Wages are the price of labour.", "An arrow stands here.", "The third one."]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small book and its translation, in which an arrow stands that Windows-1252 has not."""
    return translated(tmp_path_factory.mktemp("encodings"), BOOK)


@pytest.fixture
def folder(home: Path, tmp_path: Path) -> Folder:
    folder = copied(home, tmp_path)
    with Store.open(folder.store) as store:
        arrow = next(one for one in store.segments() if one.text.startswith("An arrow"))
    corrections.take(folder, arrow.id, "Hier steht ein Pfeil → so.", who="Anna")
    return folder


def from_excel(folder: Folder, path: Path, **changed: str) -> Path:
    """The work's table as Excel saves it in Germany, with words changed in its targets."""
    text = sent(folder, "csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    out = io.StringIO()
    table_ = csv.DictWriter(out, list(rows[0]), delimiter=";", lineterminator="\r\n")
    table_.writeheader()
    for row in rows:
        for old, new in changed.items():
            row["target"] = row["target"].replace(old, new)
        table_.writerow(row)
    path.write_bytes(out.getvalue().encode("cp1252", "replace"))
    return path


def test_a_work_comes_back_from_excel_and_no_letter_is_lost(folder: Folder, tmp_path: Path) -> None:
    back = from_excel(folder, tmp_path / "back.csv", Segaw="Löhne")

    done = returns.bring(folder, back, who="Anna")

    assert [True] == [one.wording.startswith("Löhne") for one in done.taken]
    assert ((), ()) == (done.clashes, done.comments)
    assert ["back.csv is not UTF-8 and was read as Windows-1252"] == [remark.partition(":")[0] for remark in done.remarks]


def test_a_wording_that_lost_letters_in_excel_is_shown_and_not_taken(folder: Folder, tmp_path: Path) -> None:
    back = from_excel(folder, tmp_path / "back.csv", Pfeil="Zeichen")

    done = returns.bring(folder, back, who="Anna", prefer="theirs")

    assert () == done.taken
    assert [("Hier steht ein Zeichen ? so.", "Letters of it were lost: the table was saved as cp1252. Save it as 'CSV UTF-8'.")] == [
        (one.theirs, one.why) for one in done.clashes
    ]


def test_a_ledger_table_from_excel_is_taken(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "ledger.csv").write_bytes("source;target\r\nwages;Löhne\r\n".encode("cp1252"))

    with Store.open(folder.store) as store:
        taken, remark = ledger.take_table(store, tmp_path / "ledger.csv", who="Anna")

    assert ["Löhne"] == [one.line.target for one in taken]
    assert remark.startswith("ledger.csv is not UTF-8 and was read as Windows-1252: see whether line 2 has 'Löhne'")
