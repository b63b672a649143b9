"""Figures that stand alone: written as the language of the edition groups them, where that is certain, and told."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import works
from translate.formats import Edition, inspector, open_source
from translate.languages.numbers.figures import localised

CASES = tomllib.loads((Path(__file__).parent / "cases" / "figures.toml").read_text(encoding="utf-8"))["case"]
TABLE = (
    "<html lang='en'><head><title>Presses</title></head><body><p>Sheets an hour.</p><table>"
    "<tr><th>Year</th><th>Width (cm)</th><th>Sheets</th><th>Model</th></tr>"
    "<tr><td>1814</td><td>3.5</td><td>1,100</td><td>1.2</td></tr>"
    "<tr><td>1847</td><td>4.25</td><td><b>8,000&#8211;9,000</b></td><td>1.3</td></tr></table>"
    "<h2>2,100</h2><p>1,848</p><p><a href='#x'>1,200</a> <code>1,300</code></p></body></html>"
)
GERMAN = Edition("de", "en")


def written(source, *, edition=GERMAN):
    """The source as an edition whose words are those of the source in capitals; and its remarks."""
    targets = {
        document.name: {slot.address: tuple(run.upper() if isinstance(run, str) else run for run in slot.source) for slot in document.slots}
        for document in source.documents()
    }
    out = io.BytesIO()
    remarks = source.write(lambda name: targets.get(name, {}), edition=edition, out=out)
    return out.getvalue(), remarks


@pytest.mark.parametrize("case", CASES, ids=[f"{case.get('langs', 'en-de')} {case['source']}" for case in CASES])
def test_figures_are_written_as_the_case_says(case):
    source, target = case.get("langs", "en-de").split("-", 1)

    made = localised(case["source"], source, target, thousands=case.get("thousands", ""), amount=case.get("amount", False))

    assert (case["target"], case.get("doubtful", False)) == (made.text, made.doubtful)


@given(st.text(alphabet="0123456789.,'’ \u202f–-%£()/:ab", max_size=30), st.sampled_from(["en", "de", "fr", "es", "pl", "de-CH", "ja"]), st.sampled_from(["de", "en", "fr", "de-CH"]))
def test_no_digit_is_ever_lost_or_moved(text, source, target):
    made = localised(text, source, target, amount=True)

    assert re.sub(r"\D", "", text) == re.sub(r"\D", "", made.text)
    assert source != target or made.text == text


def test_in_a_page_cells_and_passages_of_figures_follow_the_language_and_years_links_code_and_headings_stay(tmp_path):
    path = tmp_path / "presses.html"
    path.write_text(TABLE, encoding="utf-8")

    page, remarks = written(open_source(path))

    cells = re.findall(r"<td>(.*?)</td>", page.decode())
    assert ["1814", "3,5", "1.100", "1.2", "1847", "4,25", "<b>8.000&#8211;9.000</b>", "1.3"] == cells
    assert "<h2>2,100</h2><p>1.848</p><p><a href='#x'>1,200</a> <code>1,300</code></p>" in page.decode()
    assert (
        "Figures that stand alone are written as in German, in 6 places: 3.5 → 3,5, 1,100 → 1.100, 4.25 → 4,25, 8,000 → 8.000, 9,000 → 9.000 …",
        "Figures that stand alone are left as in the source, in 2 places, since they may be decimals, but also sections, versions or dates: 1.2, 1.3. Look at them.",
    ) == remarks


@pytest.mark.parametrize("edition", [Edition("de", "en", translated=False), Edition("de", "en", bilingual=True)], ids=["echo", "bilingual"])
def test_an_echo_and_a_bilingual_edition_keep_their_figures(edition, tmp_path):
    path = tmp_path / "presses.html"
    path.write_text(TABLE, encoding="utf-8")

    page, remarks = written(open_source(path), edition=edition)

    assert b"<td>1,100</td>" in page
    assert () == remarks


def test_an_echo_of_a_table_is_the_file_itself_and_the_account_is_exact(tmp_path):
    path = tmp_path / "presses.html"
    path.write_text(TABLE, encoding="utf-8")
    source = open_source(path)
    out = io.BytesIO()

    source.write(lambda name: {}, edition=Edition("de", "en", translated=False), out=out)

    assert TABLE.encode() == out.getvalue()
    assert [0] == [count.balance for count in inspector.inspect(source).counts]


@pytest.mark.parametrize("attribute", ["colspan='2'", "rowspan='2'"])
def test_the_heading_of_a_column_says_nothing_where_cells_span_others(attribute, tmp_path):
    path = tmp_path / "spans.html"
    path.write_text(f"<html lang='en'><body><table><tr><th {attribute}>Width (cm)</th><th>Model</th></tr><tr><td>3.5</td><td>1.2</td></tr></table></body></html>", encoding="utf-8")

    page, _ = written(open_source(path))

    assert b"<td>3.5</td><td>1.2</td>" in page


def test_in_a_book_they_are_told_once_for_all_chapters(tmp_path):
    path = works.epub(tmp_path / "book.epub", [["Words.", "<b>1,100</b>"], ["More words.", "2,200"]])

    made, remarks = written(open_source(path))

    with zipfile.ZipFile(io.BytesIO(made)) as book:
        assert [b"<p><b>1.100</b></p>" in book.read("OEBPS/c0.xhtml"), b"<p>2.200</p>" in book.read("OEBPS/c1.xhtml")] == [True, True]
    assert "Figures that stand alone are written as in German, in 2 places: 1,100 → 1.100, 2,200 → 2.200." in remarks


def test_in_a_wiki_the_cells_of_a_table_do_and_templates_do_not(tmp_path):
    path = tmp_path / "presses.wiki"
    path.write_text("Sheets an hour.\n\n{|\n! Year !! Sheets\n|-\n| 1814 || align=right | 1,100\n|-\n| 3.5 || {{formatnum:1,200}}\n|}\n\n1,300\n", encoding="utf-8")
    source = open_source(path, language="en")

    page, remarks = written(source)

    assert "| 1814 || align=right | 1.100\n|-\n| 3.5 || {{formatnum:1,200}}\n|}\n\n1,300\n" in page.decode()
    assert ["presses.wiki: Figures that stand alone are written", "presses.wiki: Figures that stand alone are left as in the source, in 1 place"] == [
        remark.split(" as in German")[0].split(", since")[0] for remark in remarks
    ]


def test_the_style_sheet_says_what_groups_them(tmp_path):
    path = tmp_path / "presses.html"
    path.write_text(TABLE, encoding="utf-8")

    page, _ = written(open_source(path), edition=Edition("de", "en", thousands=" "))

    assert "<td>1\u202f100</td>" in page.decode()
