"""What is written back into a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from tests.shelf import CORPUS
from tests.walk_cases import NCX, balance, content, load, page_of, unspell
from translate.document import plain
from translate.formats import outline, splice
from translate.formats.walk import Bilingual, Dialect, walk

DIALECTS = {"xhtml": Dialect.XHTML, "html": Dialect.XHTML, "ncx": Dialect.NCX, "opf": Dialect.OPF, "svg": Dialect.SVG}

ALL = load("blocks", "edges", "words", "atoms", "attributes", "writing", "sides")
WRITTEN = [case for case in ALL if "writes" in case and not case["id"].startswith("sides")]
SIDES = [case for case in ALL if case["id"].startswith("sides")]


@pytest.mark.parametrize("case", ALL, ids=[case["id"] for case in ALL])
def test_an_echo_gives_the_bytes_back(case: dict) -> None:
    page = page_of(case["body"])

    assert page.splice({}) is page.data
    assert page.splice({slot.address: slot.source for slot in page.slots}) is page.data


@pytest.mark.parametrize("case", WRITTEN, ids=[case["id"] for case in WRITTEN])
def test_targets_are_written_as_their_case_says(case: dict) -> None:
    page = page_of(case["body"])
    targets = {slot.address: unspell(target) for slot, target in zip(page.slots, case["targets"], strict=True) if target}

    assert case["writes"] == content(page.splice(targets))


@pytest.mark.parametrize("case", SIDES, ids=[case["id"] for case in SIDES])
def test_bilingual_pages_hold_both_sides(case: dict) -> None:
    page = page_of(case["body"])
    targets = {slot.address: unspell(target) for slot, target in zip(page.slots, case["targets"], strict=True) if target}

    assert case["writes"] == content(page.splice(targets, bilingual=Bilingual("en", "de")))


ELEMENT = [
    ("set_attribute", ("id", "l"), "<a>x</a>", '<a id="l">x</a>'),
    ("set_attribute", ("id", "l"), "<a />", '<a id="l" />'),
    ("set_attribute", ("id", "l & 'm'"), "<a b='1' id='k' c='2'>x</a>", "<a b='1' id='l &amp; &#39;m&#39;' c='2'>x</a>"),
    ("set_attribute", ("id", 'l"'), '<a id = "k"/>', '<a id = "l&quot;"/>'),
    ("set_text", ("y & z",), "<a><b/>x</a>", "<a>y &amp; z</a>"),
    ("set_text", ("y",), '<d:a id="k" />', '<d:a id="k">y</d:a>'),
]


@pytest.mark.parametrize(("name", "values", "before", "after"), ELEMENT)
def test_a_patch_changes_one_thing_of_an_element_and_nothing_else(name: str, values: tuple[str, ...], before: str, after: str) -> None:
    read = outline.read(f"<r> {before} </r>".encode(), label="a")

    patch = getattr(splice, name)(read.body, read.tree.elements[1], *values)

    assert f"<r> {after} </r>".encode() == read.patched([patch])


def test_an_empty_element_takes_a_text_and_attributes_at_once() -> None:
    read = outline.read(b"<r/>", label="a")
    body, root = read.body, read.root

    patches = [splice.set_text(body, root, "x"), splice.set_attribute(body, root, "b", "1"), splice.set_attribute(body, root, "a", "2")]

    assert b'<r b="1" a="2">x</r>' == read.patched(patches)


def test_edits_and_targets_go_into_one_page_side_by_side() -> None:
    page = page_of("<p title='Tip'>One <em>two</em></p><p>Three</p>")
    edits = [splice.set_attribute(page.tree.body, element, "dir", "rtl") for element in page.tree.elements if element.name in ("p", "em")]

    written = page.splice({slot.address: ("Neu",) for slot in page.slots}, edits=edits)

    assert "<p title='Neu' dir=\"rtl\">Neu<em dir=\"rtl\"></em></p><p dir=\"rtl\">Neu</p>" == content(written)


def test_the_root_says_its_new_language() -> None:
    data = b"<?xml version='1.0'?><html lang='en'><body><p>One</p></body></html>"
    page = walk(data, document="a", dialect=Dialect.XHTML, language="en")

    assert page.splice({}, root={"lang": "en"}) is data
    assert page.splice({}, root={"lang": "de", "dir": "ltr"}) == b"<?xml version='1.0'?><html lang='de' dir=\"ltr\"><body><p>One</p></body></html>"


def test_titles_and_contents_are_joined_in_a_bilingual_book() -> None:
    page = page_of(NCX, dialect=Dialect.NCX)

    written = page.splice({slot.address: (f"{plain(slot.source)}!",) for slot in page.slots}, bilingual=Bilingual("en", "de"))

    assert NCX.replace(">Book<", ">Book / Book!<").replace(">One<", ">One / One!<").replace("> Two <", "> Two / Two! <") == written.decode()


def test_directions_are_said_where_they_differ() -> None:
    page = page_of("<p>One</p>")

    written = content(page.splice({page.slots[0].address: ("واحد",)}, bilingual=Bilingual("en", "ar", "ltr", "rtl")))

    assert (
        written == '<p xml:lang="en" lang="en" dir="ltr">One</p>\n<p class="dragoman-target" xml:lang="ar" lang="ar" dir="rtl">واحد</p>'
    )


@pytest.mark.parametrize("book", [path.name for path in CORPUS])
def test_a_real_book_comes_back_byte_for_byte(book: str, corpus: Path) -> None:
    language = "de" if "-de" in book or "deu" in book else "fr" if "-fr" in book or "fra" in book else "en"
    for name, data in documents(corpus / book):
        page = walk(data, document=name, dialect=DIALECTS[name.rpartition(".")[2]], language=language)

        assert not page.remarks
        assert balance(page) == 0
        assert page.splice({}) is data
        assert page.splice({slot.address: slot.source for slot in page.slots}) is data
        written = page.splice({slot.address: ("Neu ", *slot.source, " neu") for slot in page.slots})
        ElementTree.fromstring(written.replace(b"&nbsp;", b"&#160;"))
        assert ids(data) == ids(written)
        for slot in page.slots[:: max(1, len(page.slots) // 20)]:
            start, end = page.span(slot.address)
            one = page.splice({slot.address: ("Neu",)})
            assert (data[:start], data[end:]) == (one[:start], one[len(one) - len(data) + end :])


def documents(book: Path) -> Iterator[tuple[str, bytes]]:
    """The XML documents of an EPUB."""
    with ZipFile(book) as container:
        for name in container.namelist():
            if name.rpartition(".")[2] in DIALECTS:
                yield name, container.read(name)


def ids(data: bytes) -> list[bytes]:
    return re.findall(rb'\sid="[^"]*"', data)
