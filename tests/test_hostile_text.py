"""A text that was made to be slow costs no more than another of its length, and the patterns that keep to this read as before."""

import re
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate import checks, chunker, prescan
from translate.aligner import _ANCHOR
from translate.checks import Facts, Pair
from translate.checks.capitals import _SMALL
from translate.checks.reading import URL
from translate.document import Draft, Kind, Segment, plain
from translate.errors import GlossaryError
from translate.formats import open_source
from translate.formats.inspector import count
from translate.formats.render import OPENING
from translate.formats.splice import ATTRIBUTE
from translate.glossary import sheets
from translate.languages.sentences import _END, CLOSERS
from translate.models import pseudo
from translate.prescan.abbreviations import _BRACKETS

LENGTH = 30_000
SECONDS = 4.0
"""So much of a processor's time; where a pattern goes back at every letter, one of the checks takes more by itself."""
HOSTILE = ["a", "A", "1", "1,", "-", ".", "!", " ", "\n", "\t", "Aa ", "“a", "a@", "1-", "IV", "'a ", "(", "x. "]


def test_sentences_are_read_as_before():
    ends = r"([\w.\-]*)([.!?…]+)([" + re.escape(CLOSERS) + r"]*)(\s+)(?=([\"'“„«(\[¿¡\-–—]*\s?)(\S))"

    @given(st.text(st.sampled_from("aB1.-!…? \"'’)“("), max_size=24))
    def same(text):
        before = [(match.end(4), match[6]) for match in re.finditer(ends, text)]
        after = [(match.end(4), match[6]) for match in _END.finditer(text)]

        assert before == after

    same()


@pytest.mark.parametrize(
    ("now", "before", "signs"),
    [
        (URL, r"www\.[^\s]+|[\w.+%-]+@(?:[\w-]+\.)+[A-Za-z]{2,}", "ab.@-+ w"),
        (_SMALL, r"([^\W\d_]{4,})\.[\"”“»«’‘]* ([^\W\d_]+)(?=[\s,])", "ab. ,”1"),
        (_BRACKETS, r"([^()\[\]]*)[(\[]([^()\[\]]{2,60})[)\]]", "ab()[] "),
        (
            _ANCHOR,
            r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.\w+|\d[\d.,:/-]*\d|\d|[^\W\d_]+[\d_/.][\w/.-]*\w|\b[A-Z]{2,}\b",
            "aB1.@-/, ",
        ),
        (OPENING, r"[\"'“”„‟‘’‚‛«»‹›「『(\[¿¡—–-]*\Z", "a-“( "),
    ],
    ids=["addresses", "small letters", "brackets", "anchors", "opening marks"],
)
def test_a_pattern_finds_what_it_found_before(now, before, signs):
    @given(st.text(st.sampled_from(signs), max_size=20))
    def same(text):
        assert [match.group() for match in re.finditer(before, text) if match[0]] == [match.group() for match in now.finditer(text) if match[0]]

    same()


def test_attributes_are_read_as_before():
    before = rb"""\s+([^\s=/"'<>]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+))"""

    @given(st.text(st.sampled_from("ab= \"'/>"), max_size=20).map(str.encode))
    def same(tag):
        assert [match.groups() for match in re.finditer(before, tag)] == [match.groups() for match in ATTRIBUTE.finditer(tag)]

    same()


@pytest.mark.parametrize("sign", HOSTILE)
def test_an_endless_word_costs_the_checks_no_more_than_another_text(sign):
    text = (sign * LENGTH)[:LENGTH]
    pair = Pair(Segment("bcdfghjk", "d", "/1", Kind.PARAGRAPH, (text,)), Draft("bcdfghjk", (f"Hier. {text[:-1]}",)))
    facts = Facts("en", "de", format="markdown")

    start = time.process_time()
    slow = {}
    for check in checks.ALL:
        before = time.process_time()
        list(check(pair, facts))
        slow[check.name] = time.process_time() - before

    assert time.process_time() - start < SECONDS, sorted(slow.items(), key=lambda one: -one[1])[:3]


@pytest.mark.parametrize("sign", HOSTILE)
def test_an_endless_word_is_read_cut_and_counted_in_time(sign):
    text = (sign * LENGTH)[:LENGTH]
    segment = Segment("bcdfghjk", "d", "/1", Kind.PARAGRAPH, (text,))

    start = time.process_time()
    chunker.cut(segment, limit=500, size=lambda words: len(words) // 4, language="en")
    prescan.scan([segment], "en")
    pseudo.accent(text)
    for name in ("x.txt", "x.md", "x.wiki"):
        list(open_source(text.encode(), name=name, language="en").documents())

    assert time.process_time() - start < SECONDS


def test_list_items_inside_one_another_without_end_are_text():
    deep = "1. " * 20_000 + "End of it."

    (document,) = open_source(deep.encode(), name="x.md", language="en").documents()

    (text,) = [plain(slot.source) for slot in document.slots]
    assert text.startswith("1. 1. ")
    assert text.endswith("End of it.")


@pytest.mark.parametrize("text", ["1\n>1", "> 1\n> 2\n", "1\n> 2\n> 3"])
def test_numbers_in_quoted_lines_are_accounted_for_once(text):
    (document,) = open_source(text.encode(), name="x.md", language="en").documents()

    assert 0 == count(document).balance


def test_a_spreadsheet_that_claims_rows_without_end_is_refused_at_once(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["source", "target"])
    book.active.append(["a", "b"])
    book.save(tmp_path / "near.xlsx")
    with zipfile.ZipFile(tmp_path / "near.xlsx") as near, zipfile.ZipFile(tmp_path / "far.xlsx", "w") as far:
        for name in near.namelist():
            data = near.read(name)
            if name.endswith("sheet1.xml"):
                for old, new in ((b'r="2"', b'r="900000000"'), (b'"A2"', b'"A900000000"'), (b'"B2"', b'"B900000000"'), (b"A1:B2", b"A1:B900000000")):
                    data = data.replace(old, new)
            far.writestr(name, data)

    with pytest.raises(GlossaryError, match=r"far\.xlsx:200001: a glossary or ledger may have 200,000 lines"):
        list(sheets.rows(tmp_path / "far.xlsx"))
