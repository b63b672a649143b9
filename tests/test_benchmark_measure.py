"""The benchmark's reader of finished books sees every loss, and takes an errorless translation for one."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from lxml import etree

from benchmarks import made, pseudo
from benchmarks.book import Passage, read
from benchmarks.faults import KINDS
from benchmarks.losses import Losses, Wrong, compare
from benchmarks.measure import by_kind, key_of, unnamed_of
from benchmarks.processes import Call, read_log, repeated
from benchmarks.tables import Row, markdown, plain, replace_section

PAGE = """<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>The mill</title></head><body><h1 id="h">The <em>old</em> mill</h1>
<div>Bare text of a “house” <p>A <strong>bold</strong> paragraph with <code>the_code the</code>, a <a href="x.html">link</a> and a note<a role="doc-noteref" href="#n">1</a>.</p> and more text</div>
<pre>the pre</pre><p id="n">The <span>w</span>orker stays.<img src="i.png" alt="A picture"/></p></body></html>"""
NCX = '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>The old mill</text></navLabel></navPoint></navMap></ncx>'
OPF = (
    '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>The mill</dc:title><dc:language>{language}</dc:language></metadata><manifest>'
    '<item href="p.xhtml" media-type="application/xhtml+xml"/><item href="n.ncx" media-type="application/x-dtbncx+xml"/><item href="i.png" media-type="image/png"/></manifest></package>'
)


def _book(path: Path, page: str, *, ncx: str = NCX, opf: str = OPF.format(language="en"), image: str = "png") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/container.xml", made.CONTAINER.replace("OEBPS/book.opf", "p.opf"))
        for name, text in (("p.opf", opf), ("p.xhtml", page), ("n.ncx", ncx), ("i.png", image)):
            archive.writestr(name, text)
    return path


def _translated(text: str) -> str:
    """The page as an errorless model leaves it, made in a way of its own: word by word in the parsed tree."""
    root = etree.fromstring(text)
    for element in root.iter():
        name = etree.QName(element).localname
        if name not in {"pre", "code"} and element.text:
            element.text = pseudo.translate(element.text)
        if element.tail:
            element.tail = pseudo.translate(element.tail)
        if element.get("alt"):
            element.set("alt", pseudo.translate(element.get("alt")))
    return str(etree.tostring(root, encoding="unicode"))


GERMAN = OPF.format(language="de").replace("The mill", pseudo.translate("The mill"))


def _losses(folder: Path, change: Callable[[str], str] = str, parts: Mapping[str, str] | None = None) -> Losses:
    source = _book(folder / "source.epub", PAGE)
    given = {"ncx": _translated(NCX), "opf": GERMAN, **(parts or {})}
    return compare(read(source), read(_book(folder / "out.epub", change(_translated(PAGE)), **given)), language="de")


def _count(losses: Losses) -> dict[str, int]:
    counts = {kind: lost for kind, lost, _ in losses.lost}
    counts |= {how: len(losses.of(how)) for how in ("missing", "english", "damaged")}
    counts |= {"labels": len(losses.labels), "remarks": len(losses.remarks)}
    return {name: count for name, count in counts.items() if count}


def test_an_errorless_translation_has_lost_nothing(tmp_path: Path) -> None:
    assert _count(_losses(tmp_path)) == {}


def test_quotation_marks_may_be_set_otherwise(tmp_path: Path) -> None:
    assert _count(_losses(tmp_path, lambda page: page.replace("„", "»").replace("“", "«"))) == {}


def test_a_word_cut_by_a_tag_may_be_translated_as_one(tmp_path: Path) -> None:
    whole = pseudo.translate("worker")
    cut = f"<span>{whole[0]}</span>{whole[1:]}"

    assert _count(_losses(tmp_path, lambda page: re.sub(r"<span>\w+</span>\w+", cut, page))) == {}


def test_what_a_link_says_goes_with_the_link_wherever_it_stands(tmp_path: Path) -> None:
    page = PAGE.replace("<img", '<img src="i.png" alt="A mill"/><img')
    first, second = (f'alt="{pseudo.translate(said)}"' for said in ("A mill", "A picture"))

    def compared(change: Callable[[str], str]) -> dict[str, int]:
        out = _book(tmp_path / "out.epub", change(_translated(page)), ncx=_translated(NCX), opf=GERMAN)
        return _count(compare(read(_book(tmp_path / "source.epub", page)), read(out), language="de"))

    assert compared(lambda made: made.replace(first, "X").replace(second, first).replace("X", second)) == {}
    assert compared(lambda made: made.replace(second, first)) == {"damaged": 1}


def test_words_that_went_over_a_formula_are_wrong_and_named_by_their_whole_passage(tmp_path: Path) -> None:
    formula = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>s</mi></math>'
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Here <em>is {formula}</em> the rate.</p></body></html>'
    source = read(_book(tmp_path / "a.epub", page))
    made = pseudo.translate("Here ") + "<em>" + pseudo.translate("is ") + formula + "</em>" + pseudo.translate(" the rate.")

    def wrong(text: str) -> tuple[Wrong, ...]:
        out = page.replace(f"Here <em>is {formula}</em> the rate.", text)
        return compare(source, read(_book(tmp_path / "b.epub", out, opf=GERMAN)), language="de").texts

    assert wrong(made) == ()
    (moved,) = wrong(made.replace(formula, "") + formula)
    assert unnamed_of([moved], [{"source": "Here is  the rate."}]) == []


def test_a_book_as_it_was_is_all_english(tmp_path: Path) -> None:
    source = read(_book(tmp_path / "a.epub", PAGE))

    assert _count(compare(source, source, language="de")) == {"english": 6, "labels": 3, "remarks": 1}


DAMAGE: list[tuple[str, Callable[[str], str], set[str]]] = [
    ("a link", lambda page: page.replace('href="x.html"', ""), {"links"}),
    ("emphasis", lambda page: re.sub(r"<em>(\w+)</em>", r"\1", page), {"em/strong", "remarks"}),
    ("emphasis round nothing", lambda page: re.sub(r"<strong>(\w+)</strong>", r"<strong/>\1", page), {"em/strong"}),
    ("an id", lambda page: page.replace(' id="h"', ""), {"ids"}),
    ("a note reference", lambda page: page.replace('href="#n"', 'href="#m"'), {"links", "note references"}),
    ("code", lambda page: page.replace("the_code the", "the_code die"), {"inline code", "damaged"}),
    ("preformatted text", lambda page: page.replace("the pre", "die pre"), {"pre"}),
    ("an image", lambda page: page.replace("i.png", "j.png"), {"images"}),
    ("a text", lambda page: re.sub(r"(</p>)[^<]+(</div>)", r"\1\2", page), {"missing"}),
    ("a number", lambda page: page.replace(">1</a>", ">2</a>"), {"damaged"}),
    ("a picture's text", lambda page: re.sub('alt="[^"]+"', 'alt="A picture"', page), {"english"}),
    ("a page title", lambda page: re.sub("<title>[^<]+", "<title>The mill", page), {"labels"}),
]


@pytest.mark.parametrize(("change", "expected"), [row[1:] for row in DAMAGE], ids=[row[0] for row in DAMAGE])
def test_every_loss_is_seen(tmp_path: Path, change: Callable[[str], str], expected: set[str]) -> None:
    assert set(_count(_losses(tmp_path, change))) == expected


PARTS = [
    ("the contents", {"ncx": NCX}, {"labels"}),
    ("a label", {"ncx": _translated(NCX.replace("<navPoint>", "<navPoint><navLabel><text>x</text></navLabel></navPoint><navPoint>"))}, {"labels", "remarks"}),
    ("the language", {"opf": GERMAN.replace(">de<", ">en<")}, {"remarks"}),
    ("the title", {"opf": OPF.format(language="de")}, {"labels"}),
    ("a picture's bytes", {"image": "jpg"}, {"remarks"}),
]


@pytest.mark.parametrize(("parts", "expected"), [row[1:] for row in PARTS], ids=[row[0] for row in PARTS])
def test_losses_outside_the_pages_are_seen(tmp_path: Path, parts: dict[str, str], expected: set[str]) -> None:
    assert set(_count(_losses(tmp_path, parts=parts))) == expected


def test_a_label_may_repeat_its_heading_with_code_kept(tmp_path: Path) -> None:
    page = PAGE.replace("<em>old</em> mill", "<code>the</code> mill")
    source = read(_book(tmp_path / "a.epub", page, ncx=NCX.replace("The old mill", "The the mill")))
    heading = f"{pseudo.translate('The')} the {pseudo.translate('mill')}"
    target = read(_book(tmp_path / "b.epub", _translated(page), ncx=NCX.replace("The old mill", heading), opf=GERMAN))

    assert _count(compare(source, target, language="de")) == {}


def test_text_between_blocks_is_a_passage_of_its_own(tmp_path: Path) -> None:
    (page,) = read(_book(tmp_path / "a.epub", PAGE)).pages

    texts = [passage.text for passage in page.passages() if passage.text]
    assert texts == ["The old mill", "Bare text of a “house”", "A bold paragraph with the_code the, a link and a note1.", "and more text", "The worker stays."]


def test_code_is_expected_as_it_is() -> None:
    passage = Passage("here", (("The ", False), ("the", True), (" mill", False)))

    assert passage.expected() == (f"{pseudo.translate('The')} the {pseudo.translate('mill')}",)


def test_a_made_book_can_be_read_and_repeats_no_sentence(tmp_path: Path) -> None:
    book = read(made.write(tmp_path / "made.epub", chapters=30))

    texts = [passage.text for page in book.pages for passage in page.passages() if passage.text]
    assert (len(book.pages), len(texts)) == (30, 180)
    assert len(set(texts)) == 180
    assert len(book.labels()[0]) == 31


# The server's log


def _calls(*rows: tuple[str, float | None]) -> tuple[Call, ...]:
    return tuple(Call(number, tuple(sources), 0.0, 0, answered, None if answered is None else 200) for number, (sources, answered) in enumerate(rows))


REPEATS = [
    ("nothing", [("ab", 1.0)], [("cd", 9.0)], (0, 0)),
    ("what was answered", [("ab", 1.0)], [("bc", 9.0), ("d", 9.0)], (1, 1)),
    ("what was in flight", [("ab", None), ("c", 4.95)], [("ab", 9.0), ("c", 9.0)], (0, 0)),
    ("what stands in the book twice", [("z", 1.0)], [("z", 9.0)], (0, 0)),
    ("that a third time", [("z", 1.0)], [("z", 9.0), ("z", 9.5)], (1, 1)),
]
USUAL = [("abcdz", 1.0), ("z", 2.0)]


@pytest.mark.parametrize(("before", "after", "expected"), [row[1:] for row in REPEATS], ids=[row[0] for row in REPEATS])
def test_repeated_calls_are_those_that_were_answered_before_the_kill(
    before: list[tuple[str, float | None]], after: list[tuple[str, float | None]], expected: tuple[int, int]
) -> None:
    assert repeated(_calls(*before), _calls(*after), usual=_calls(*USUAL), killed=5.0) == expected


def test_the_log_tells_of_calls_that_were_never_answered(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text(
        '{"event":"asked","n":1,"at":1.0,"sources":["a"],"prompt":9}\n{"event":"asked","n":2,"at":2.0,"sources":["b"],"prompt":9}\n'
        '{"event":"answered","n":2,"at":3.0,"status":200,"fault":{"kind":"echo","source":"b"},"prompt":9,"cached":0,"answer":4,"words":3}\n',
        encoding="utf-8",
    )

    first, second = read_log(log)
    assert (first.status, first.answered) == (None, None)
    assert (second.status, second.answer, second.fault["kind"]) == (200, 4, "echo")


def test_a_text_is_found_again_by_its_letters() -> None:
    assert key_of("The <1>old</1> mill<2/>, 1984!") == key_of("The old mill, https://example.org/mill [1] 1984!") == "theoldmill"


def test_a_wrong_text_is_named_by_a_finding_of_the_passage_in_which_it_stands_and_by_no_other() -> None:
    behind_a_drawing = Wrong("damaged", "a <p>", "…", "…", "…", words="for the wages advanced; the figure below draws it")
    title, other = (Wrong("damaged", "a <p>", "…", "…", "…", words=words) for words in ("The wages", "What nobody has named in any finding"))
    findings = [{"source": "Here <1/> stands for surplus value and <2/> for the wages advanced; the figure below draws it."}, {"segment": "of the whole work"}]

    assert [title, other] == unnamed_of([behind_a_drawing, title, other], findings)
    assert [other] == unnamed_of([title, other], [*findings, {"source": "The wages, 8"}])


# The table


def test_a_table_names_what_is_not_reached() -> None:
    rows = (Row("wall", "1.10", "≤ 1.15", "1.76", True), Row("cost", "1.4 | x", "≤ 1.20", "", False, "dear"))

    assert "NO   cost" in plain(rows)
    assert "| cost | 1.4 \\| x | ≤ 1.20 |  | NO | dear |" in markdown(rows)


def test_a_section_is_replaced_and_the_rest_stays(tmp_path: Path) -> None:
    path = tmp_path / "benchmarks.md"
    path.write_text("# Title\n\n<!-- a -->\nold\n<!-- /a -->\nafter\n", encoding="utf-8")
    replace_section(path, "a", "new")
    replace_section(path, "b", "added")

    assert path.read_text(encoding="utf-8") == "# Title\n\n<!-- a -->\nnew\n<!-- /a -->\nafter\n\n<!-- b -->\nadded\n<!-- /b -->\n"


def test_every_kind_of_fault_is_told_of_by_its_name() -> None:
    told = by_kind(Counter(echo=3), Counter(echo=2, **{"no fault": 1}), Counter())

    assert "echo 3/2/0" in told
    assert told.endswith("no fault 0/1/0")
    assert [kind for kind in KINDS if f"{kind} " not in told] == []
    assert 16 == len(KINDS)
