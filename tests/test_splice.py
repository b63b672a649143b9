"""What is written back into a document."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from tests.walk_cases import NCX, OPF, balance, content, load, page_of, unspell
from translate.document import plain
from translate.formats.walk import Bilingual, Dialect, Edit, walk

CORPUS = Path(os.environ.get("DRAGOMAN_CORPUS") or Path(__file__).parents[2] / "shared" / "corpus")
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


def test_an_edit_changes_one_element_and_nothing_else() -> None:
    page = page_of(OPF, dialect=Dialect.OPF)
    language, spine, metadata, title = (page.find(name)[0] for name in ("dc:language", "spine", "metadata", "title"))
    edits = (
        Edit(language, "text", "de & at"),
        Edit(language, "attribute", "l", name="id"),
        Edit(spine, "attribute", "rtl", name="page-progression-direction"),
        Edit(spine, "append", "<itemref/>"),
        Edit(metadata, "append", "<dc:contributor>us</dc:contributor>"),
        Edit(metadata, "append", "<dc:source>them</dc:source>"),
        Edit(title, "attribute", name="id"),
        Edit(title, "after", "<!--t-->"),
        Edit(page.find("meta")[0], "remove"),
        Edit(page.find("manifest")[0], "before", "\n"),
    )

    written = page.splice({page.slots[0].address: ("Buch",)}, edits=edits).decode()

    wanted = (
        OPF.replace("<dc:language>en<", '<dc:language id="l">de &amp; at<')
        .replace("<spine/>", '<spine page-progression-direction="rtl"><itemref/></spine>')
        .replace("</metadata>", "<dc:contributor>us</dc:contributor><dc:source>them</dc:source></metadata>")
        .replace('<dc:title id="t">Book &amp; More</dc:title>', "<dc:title>Buch</dc:title><!--t-->")
        .replace('<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>', "")
        .replace("<manifest>", "\n<manifest>")
    )
    assert wanted == written


def test_the_text_of_an_element_is_told() -> None:
    page = page_of(OPF, dialect=Dialect.OPF)

    assert [page.text(element) for element in page.find("dc:title")] == ["Book & More"]
    assert page.find("nothing") == ()


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


@pytest.mark.parametrize("book", sorted(path.name for path in CORPUS.glob("*.epub")) or ["absent"])
def test_a_real_book_comes_back_byte_for_byte(book: str) -> None:
    if book == "absent":
        pytest.skip("no corpus: set DRAGOMAN_CORPUS, or put it beside the checkout")
    language = "de" if "-de" in book or "deu" in book else "fr" if "-fr" in book or "fra" in book else "en"
    for name, data in documents(CORPUS / book):
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
