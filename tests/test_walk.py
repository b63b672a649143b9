"""What the walker sees in a document."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.walk_cases import NCX, OPF, balance, load, page_of, spell, unspell
from translate.errors import SourceError
from translate.formats.parse import ATTRIBUTE, DEPTH, SIZE
from translate.formats.walk import Dialect, walk

SEEN = load("blocks", "edges", "words", "atoms", "attributes", "writing")


@pytest.mark.parametrize("case", SEEN, ids=[case["id"] for case in SEEN])
def test_a_page_gives_the_slots_and_skips_that_its_case_names(case: dict) -> None:
    page = page_of(case["body"])

    assert case["slots"] == [f"{slot.kind} | {spell(slot.source)}" for slot in page.slots]
    if "skips" in case:
        assert case["skips"] == [f"{skip.reason} | {skip.text}" for skip in page.skips]


@pytest.mark.parametrize("case", SEEN, ids=[case["id"] for case in SEEN])
def test_every_visible_character_is_in_one_slot_atom_or_skip(case: dict) -> None:
    assert balance(page_of(case["body"])) == 0


def test_headings_make_the_trail() -> None:
    page = page_of("<h1>One</h1><h2>Two <code>ls</code></h2><p>text</p><h2>Three</h2><p>more</p><h1>Four</h1><p>end</p>")

    trails = {spell(slot.source): slot.trail for slot in page.slots}

    assert trails["Two ‹1 code ls/›"] == ("One",)
    assert trails["text"] == ("One", "Two ls")
    assert trails["more"] == ("One", "Three")
    assert trails["end"] == ("Four",)


def test_ids_lead_to_the_slot_at_inside_or_after_their_element() -> None:
    page = page_of(
        "<a id='before'/><section id='part'><h1>One<a id='edge'/></h1><p>Two <span id='middle'/>words</p></section><hr id='rule'/><p><a name='old'/>Three</p><a id='last'/>"
    )
    said = {slot.address: spell(slot.source)[:3] for slot in page.slots}

    assert {name: said[address] for name, address in page.ids.items()} == {"before": "One", "part": "One", "edge": "One", "middle": "Two", "rule": "Thr", "old": "Thr"}


def test_an_id_after_a_picture_with_text_leads_to_its_own_paragraph() -> None:
    page = page_of("<p>See <svg><text>North</text></svg> <span id='here'/>there</p><p>Next</p>")

    assert page.slots[0].address == page.ids["here"]


def test_links_around_labels_are_told() -> None:
    page = page_of("<nav><ol><li><a href='a.xhtml#x'>A <i>b</i></a></li><li><span>No link</span></li><li>1. <a href='b.xhtml'>B</a></li></ol></nav><p>See <a href='c'>C</a></p>")

    assert [page.references.get(slot.address) for slot in page.slots] == ["a.xhtml#x", None, "b.xhtml", None]


def test_a_contents_file_gives_labels_with_what_they_point_at() -> None:
    page = page_of(NCX, dialect=Dialect.NCX)

    assert [f"{slot.kind} | {spell(slot.source)}" for slot in page.slots] == ["title | Book", "label | One", "label | Two"]
    assert [f"{skip.reason} | {skip.text}" for skip in page.skips] == ["a name | Ann", "nothing to translate | 7"]
    assert [page.references.get(slot.address) for slot in page.slots] == [None, "a.xhtml", "a.xhtml#two"]
    assert balance(page) == 0


def test_a_package_gives_title_subject_and_description() -> None:
    page = page_of(OPF, dialect=Dialect.OPF)

    assert [f"{slot.kind} | {spell(slot.source)}" for slot in page.slots] == ["metadata | Book & More", "metadata | Work", "label | Cover"]
    assert {"metadata"} == {skip.reason for skip in page.skips}
    assert balance(page) == 0


def test_a_drawing_of_its_own_gives_its_texts() -> None:
    page = page_of("<svg xmlns='http://www.w3.org/2000/svg'><title>Map</title><g><text>North <tspan>pole</tspan></text><style>a{b:c}</style></g></svg>", dialect=Dialect.SVG)

    assert [spell(slot.source) for slot in page.slots] == ["Map", "North ‹1 tspan›pole‹/1›"]


def test_names_may_have_prefixes() -> None:
    page = page_of("<h:html xmlns:h='http://www.w3.org/1999/xhtml'><h:body><h:p>One <h:em>two</h:em></h:p><h:pre>x</h:pre></h:body></h:html>")

    assert [spell(slot.source) for slot in page.slots] == ["One ‹1 em›two‹/1›"]


@pytest.mark.parametrize(("declared", "language", "slots"), [("fr", "en", 1), ("fr", None, 0), ("en", None, 1), ("fr", "fr", 0)])
def test_the_root_is_no_witness_of_a_third_language(declared: str, language: str | None, slots: int) -> None:
    data = f"<html xml:lang='{declared}'><body xml:lang='{declared}'><p lang='en'>One</p></body></html>".encode()

    assert slots == len(walk(data, document="a", dialect=Dialect.XHTML, language=language).slots)


BOMB = "<!DOCTYPE p [" + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol" * 10}">' for n in range(12)) + "]>"
WIDE = f'<!DOCTYPE p [<!ENTITY a "{"x" * 100_000}"><!ENTITY b "{"&a;" * 1000}">]>'
HOSTILE = {
    "bomb in text": f"{BOMB}<p>&a11;</p>",
    "bomb in an attribute": f"{BOMB}<p title='&a11;'/>",
    "wide bomb": f"{WIDE}<p>&b;</p>",
    "one entity many times": f"{WIDE}<p>{'&a;' * 1000}</p>",
    "deep": "<a>" * 100_000 + "</a>" * 100_000,
    "deep and unclosed": "<div>" * 100_000,
    "binary": "<p>\x00\x01\x02",
    "nothing": "",
    "no markup": "just words",
}


@pytest.mark.parametrize("name", ["deep", "deep and unclosed"])
def test_nesting_without_end_is_named(name: str) -> None:
    with pytest.raises(SourceError, match="256 deep; no book needs that"):
        walk(HOSTILE[name].encode(), document="a", dialect=Dialect.XHTML, language="en")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_in_one_line_that_names_it(name: str) -> None:
    with pytest.raises(SourceError, match=r"\Aevil\.xhtml[^\n]*\Z"):
        walk(HOSTILE[name].encode(), document="evil.xhtml", dialect=Dialect.XHTML, language="en")


def test_a_document_beyond_the_limit_is_refused() -> None:
    with pytest.raises(SourceError, match="more than the 67,108,864"):
        walk(b" " * (SIZE + 1), document="a", dialect=Dialect.XHTML, language="en")


@pytest.mark.parametrize("value", ["x" * ATTRIBUTE, "data:image/png;base64," + "x" * 20 * ATTRIBUTE])
def test_a_huge_attribute_is_no_trouble(value: str) -> None:
    page = page_of(f"<p style='{value}'>One</p>")

    assert [spell(slot.source) for slot in page.slots] == ["One"]


def test_an_attribute_beyond_the_limit_is_refused_unless_it_is_a_file() -> None:
    with pytest.raises(SourceError, match="an attribute of more than 1,048,576 characters"):
        page_of(f"<p style='{'x' * (ATTRIBUTE + 1)}'>One</p>")


def test_nesting_up_to_the_limit_is_walked() -> None:
    deep = DEPTH - 3

    page = page_of("<div>" * (deep // 2) + "<i>" * (deep - deep // 2) + "x y<b>z</b>" + "</i>" * (deep - deep // 2) + "</div>" * (deep // 2))

    assert [spell(slot.source) for slot in page.slots] == ["x ‹1 b›yz‹/1›"]


def test_an_entity_that_holds_markup_is_kept_whole() -> None:
    data = b"<!DOCTYPE p [<!ENTITY m '<b>z</b>'>]><p>One &m; two</p>"

    page = walk(data, document="a", dialect=Dialect.XHTML, language="en")

    assert [spell(slot.source) for slot in page.slots] == ["One ‹1 entity/› two"]
    assert data == page.splice({page.slots[0].address: unspell("One  ‹1/› two")}).replace(b"  ", b" ")


def test_an_external_entity_is_never_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    data = f'<!DOCTYPE p [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}"><!ENTITY pub "Penguin">]><p>One &x; &pub; two</p>'

    page = walk(data.encode(), document="a", dialect=Dialect.XHTML, language="en")

    assert [spell(slot.source) for slot in page.slots] == ["One ‹1 entity/› Penguin two"]


ENCODED = {
    "utf-8": ("<p>café “one”</p>", "utf-8"),
    "utf-8 with its mark": ("<p>café “one”</p>", "utf-8-sig"),
    "utf-16": ("<p>café “one”</p>", "utf-16"),
    "utf-16 without its mark": ('<?xml version="1.0" encoding="utf-16"?><p>café “one”</p>', "utf-16-be"),
    "latin-1": ('<?xml version="1.0" encoding="ISO-8859-1"?><p>café &#8220;one&#8221;</p>', "latin-1"),
    "windows-1252": ("<?xml version='1.0' encoding='windows-1252'?><p>café “one”</p>", "cp1252"),
    "shift-jis": ("<?xml version='1.0' encoding='Shift_JIS'?><p>caf&#233; &#8220;one&#8221; 漢</p>", "shift-jis"),
}


@pytest.mark.parametrize("name", ENCODED)
def test_a_document_keeps_its_encoding(name: str) -> None:
    text, encoding = ENCODED[name]
    data = text.encode(encoding)

    page = walk(data, document="a", dialect=Dialect.XHTML, language="en")
    written = page.splice({page.slots[0].address: ("žé",)})

    assert spell(page.slots[0].source).startswith("café “one”")
    assert not page.soup
    assert page.splice({}) is data
    assert written[:2] == data[:2]
    assert walk(written, document="a", dialect=Dialect.XHTML, language="en").slots[0].source[0] == "žé"
    assert written.decode(encoding)


SOUP = {
    "a bare ampersand": ("<p>One & <b>two</b></p>", ["One & ‹1 b›two‹/1›"], "mended"),
    "bytes of another encoding": ("<p>caf\udce9</p>", ["café"], "mended"),
    "paragraphs never closed": ("<div><p>One<p>Two<br><img alt=cat src=x></div>", ["One", "Two", "cat"], "tag soup"),
    "crossed tags": ("<p>a <b>b <i>c</b> d</i></p>", ["a ‹1 b›b ‹2 i›c‹/2›‹/1› d"], "tag soup"),
    "two roots": ("<p>One</p><p>Two</p>", ["One", "Two"], "tag soup"),
    "a script with signs": ("<div><script>if (a < b && c) x</script><p>One</div>", ["One"], "tag soup"),
    "three hundred paragraphs never closed": ("<div>" + "<p>x" * 300 + "</div>", ["x"] * 300, "tag soup"),
    "signs that begin nothing": ("<p>a <b c <!-- d", ["a <b c <!-- d"], "tag soup"),
    "a declaration in the middle": ("<p>a<!DOCTYPE html>b<p>c", ["ab", "c"], "tag soup"),
    "a comment with hyphens": ("<p>a<!-- b -- c ---> d</p>", ["a d"], "tag soup"),
    "a sign in an attribute": ("<p title='a<b'>c</p>", ["a<b", "c"], "tag soup"),
    "an attribute without a value": ("<p hidden>c &nbsp;</p>", ["c"], "tag soup"),
    "table cells never closed": ("<table><tr><td>a<td>b<tr><td>c</table>", ["a", "b", "c"], "tag soup"),
}


ENDLESS = {name: f"<p>{text * 20_000}" for name, text in {"tags": "<a", "comments": "<!--", "data": "<![CDATA[", "quotes": "<a b='", "signs": "<"}.items()}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", ENDLESS)
def test_hostile_soup_costs_no_more_than_its_length(name: str) -> None:
    try:
        page = walk(ENDLESS[name].encode(), document="a", dialect=Dialect.XHTML, language="en")
    except SourceError:
        return
    assert balance(page) == 0


@pytest.mark.parametrize("name", SOUP)
def test_tag_soup_is_mended_and_said(name: str) -> None:
    text, slots, says = SOUP[name]
    data = text.encode("utf-8", "surrogateescape")

    page = walk(data, document="a.xhtml", dialect=Dialect.XHTML, language="en")

    assert slots == [spell(slot.source) for slot in page.slots]
    assert page.soup
    assert page.remarks[0].startswith("a.xhtml is not well-formed XML (line 1")
    assert says in page.remarks[0]
    assert page.splice({slot.address: slot.source for slot in page.slots}) is data
    again = walk(page.splice({page.slots[0].address: ("Neu",)}), document="a.xhtml", dialect=Dialect.XHTML, language="en")
    assert ["Neu", *slots[1:]] == [spell(slot.source) for slot in again.slots]
    assert not again.soup


def test_soup_keeps_the_spelling_of_names() -> None:
    page = walk(b"<ncx><navMap><navPoint playOrder='1'><navLabel><text>A & <b>B</text></navLabel></navPoint></navMap></ncx>", document="a", dialect=Dialect.NCX, language="en")

    assert b'<navPoint playOrder="1"><navLabel>' in page.splice({page.slots[0].address: ("Neu",)})


def calls(work: Callable[[], object]) -> int:
    """How many functions ``work`` calls: the same on a busy machine as on a quiet one."""
    counted = itertools.count()
    sys.setprofile(lambda frame, event, argument: next(counted) if event.endswith("call") else None)
    try:
        work()
    finally:
        sys.setprofile(None)
    return next(counted)


def test_a_paragraph_of_nothing_but_tags_is_walked_with_work_that_grows_with_its_length() -> None:
    short, long = (calls(lambda pairs=pairs: page_of("<p>" + "<b>x</b>" * pairs + "</p>")) for pairs in (400, 1600))

    assert 4 * 0.9 < long / short < 4 * 1.2
