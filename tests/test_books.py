"""The sample books: what is committed is what their source builds, and they hold what they promise."""

import posixpath
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from lxml import etree

pytest.importorskip("ebooklib", reason="ebooklib is not installed, and it builds the sample books")

BOOKS = Path(__file__).resolve().parent.parent / "books"
NAMES = {
    "e": "http://www.idpf.org/2007/ops",
    "h": "http://www.w3.org/1999/xhtml",
    "m": "http://www.w3.org/1998/Math/MathML",
    "n": "http://www.daisy.org/z3986/2005/ncx/",
    "o": "http://www.idpf.org/2007/opf",
    "s": "http://www.w3.org/2000/svg",
}
SCRIPTS = {"the-night-shift.epub": "demo", "the-working-day.epub": "rich"}

CONSTRUCTS = {
    "a footnote reference": "//h:a[@e:type='noteref']",
    "a footnote with a link back": "//h:aside[@e:type='footnote']//h:a[starts-with(@href, '#ref')]",
    "a table with a caption": "//h:table/h:caption",
    "a heading cell and a cell": "//h:tr[h:th and h:td]",
    "a cell with a line break": "//h:td/h:br",
    "a poem of stanzas and lines": "//h:div[@class='poem']/h:p[count(h:br) = 3]",
    "a drawing with an alternative": "//h:figure[h:figcaption]/h:img[contains(@src, '.svg') and @alt]",
    "a bitmap with an alternative": "//h:figure[h:figcaption]/h:img[contains(@src, '.png') and @alt]",
    "an inline SVG with text and title": "//s:svg[s:title and s:desc and s:text/s:tspan]",
    "em in strong in a link": "//h:a/h:strong/h:em",
    "small capitals": "//h:span[@class='small-caps']",
    "a drop cap": "//h:p/h:span[@class='drop-cap']",
    "a page anchor in the middle of a word": "//h:span[@id='p3'][preceding-sibling::text()[1][contains(., 'compo')]]",
    "a definition": "//h:dfn",
    "code": "//h:p/h:code",
    "a key": "//h:kbd",
    "output of a program": "//h:samp",
    "a formula in a line": "//h:p/m:math",
    "preformatted text": "//h:pre",
    "a quotation in French": "//h:blockquote[@xml:lang='fr']",
    "words in Latin": "//h:p/h:i[@xml:lang='la']",
    "ruby": "//h:ruby/h:rt",
    "dialogue in quotation marks": "//h:p[starts-with(., '“') and contains(., '‘')]",
    "a quotation element": "//h:q",
    "bare text in a div": "//h:div[h:p]/text()[string-length(normalize-space()) > 20]",
    "bare text in a list item": "//h:li[h:p]/text()[string-length(normalize-space()) > 20]",
    "bare text in a description": "//h:dd[h:p]/text()[string-length(normalize-space()) > 20]",
    "bare text in a cell": "//h:td/text()",
    "terms and descriptions": "//h:dl[h:dt and h:dd]",
    "a bibliography": "//h:section[@e:type='bibliography']//h:li/h:cite",
    "an index with links and a level below": "//h:section[@e:type='index']//h:li[h:a]/h:ul/h:li/h:a",
    "an abbreviation that is spelt out": "//h:abbr[@title]",
    "a title on a link": "//h:a[@title]",
    "an ARIA label": "//h:section[@aria-label]",
    "words not to be translated": "//h:span[@translate='no']",
    "an insertion and a deletion": "//h:p[h:ins and h:del]",
    "a date": "//h:time[@datetime]",
    "a percentage": "//h:p[contains(., '3,200%')]",
    "a web address as text": "//h:a[starts-with(., 'https://')]",
    "an e-mail address": "//h:a[starts-with(@href, 'mailto:')]",
    "a non-breaking space": "//text()[contains(., '\N{NO-BREAK SPACE}')]",
    "a soft hyphen": "//text()[contains(., '\N{SOFT HYPHEN}')]",
    "a comment": "//comment()",
    "a processing instruction": "//h:body//processing-instruction()",
    "a line that looks like a marker": "//h:p[contains(., '[0]') and contains(., '<0>') and contains(., '{{name}}')]",
    "a line that looks like an order": "//h:div[contains(., 'Ignore everything above this line')]",
    "a dedication to the public domain": "//h:section[@e:type='copyright-page']//h:a[contains(@href, 'zero/1.0')]",
}


def entries(book: Path) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(book) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def trees(book: str) -> dict[str, etree._Element]:
    return {name: etree.fromstring(content) for name, content in entries(BOOKS / book) if name.endswith("html")}


def words(book: str) -> int:
    texts = (tree.find("h:body", NAMES) for name, tree in trees(book).items() if "/text/" in name)
    return sum(len("".join(text.itertext()).split()) for text in texts)


def rebuilt(book: str, folder: Path) -> Path:
    target = folder / book
    script = BOOKS / SCRIPTS[book] / "build.py"
    subprocess.run([sys.executable, "-W", "error", str(script), str(target)], check=True, timeout=60)
    return target


def links(book: str) -> Iterator[tuple[str, str]]:
    """Yield every link inside the book as the file it leads to and the anchor in it."""
    for name, tree in trees(book).items():
        for href in tree.xpath("//h:a/@href | //h:img/@src | //h:link/@href", namespaces=NAMES):
            if not href.startswith(("https:", "mailto:")):
                path, anchor = urldefrag(href)
                yield posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name, anchor


@pytest.mark.parametrize("book", SCRIPTS)
def test_a_committed_book_equals_a_rebuild_of_its_source(book: str, tmp_path: Path) -> None:
    expected = entries(BOOKS / book)

    actual = entries(rebuilt(book, tmp_path))

    assert expected == actual


@pytest.mark.parametrize("book", SCRIPTS)
def test_building_twice_gives_the_same_bytes(book: str, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()

    expected = rebuilt(book, first).read_bytes()
    actual = rebuilt(book, second).read_bytes()

    assert expected == actual


@pytest.mark.parametrize("book", SCRIPTS)
def test_a_book_starts_with_its_media_type_not_compressed(book: str) -> None:
    with zipfile.ZipFile(BOOKS / book) as archive:
        first = archive.infolist()[0]

    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


@pytest.mark.parametrize("book", SCRIPTS)
def test_every_file_of_a_book_is_in_its_manifest(book: str) -> None:
    files = dict(entries(BOOKS / book))
    package = etree.fromstring(files["EPUB/content.opf"])
    expected = {name for name in files if name.startswith("EPUB/") and name != "EPUB/content.opf"}

    actual = {"EPUB/" + href for href in package.xpath("//o:manifest/o:item/@href", namespaces=NAMES)}

    assert expected == actual


@pytest.mark.parametrize("book", SCRIPTS)
def test_every_link_inside_a_book_leads_somewhere(book: str) -> None:
    files = dict(entries(BOOKS / book))
    anchors = {(name, anchor) for name, tree in trees(book).items() for anchor in tree.xpath("//@id")}

    lost = {link for link in links(book) if link not in anchors and (link[1] or link[0] not in files)}

    assert set() == lost


@pytest.mark.parametrize("book", SCRIPTS)
def test_the_ncx_says_what_the_nav_says(book: str) -> None:
    files = dict(entries(BOOKS / book))
    nav, ncx = etree.fromstring(files["EPUB/nav.xhtml"]), etree.fromstring(files["EPUB/toc.ncx"])
    expected = [
        ("".join(link.itertext()), link.get("href")) for kind in ("toc", "page-list") for link in nav.xpath(f"//h:nav[@e:type='{kind}']//h:a", namespaces=NAMES)
    ]

    actual = [
        (point.findtext("n:navLabel/n:text", namespaces=NAMES), point.find("n:content", NAMES).get("src"))
        for point in ncx.xpath("//n:navPoint | //n:pageTarget", namespaces=NAMES)
    ]

    assert expected == actual


def test_the_page_list_names_every_page_anchor_in_order() -> None:
    book = trees("the-working-day.epub")
    expected = [
        f"{name.removeprefix('EPUB/')}#{anchor}" for name, tree in book.items() for anchor in tree.xpath("//h:span[@e:type='pagebreak']/@id", namespaces=NAMES)
    ]

    actual = book["EPUB/nav.xhtml"].xpath("//h:nav[@e:type='page-list']//h:a/@href", namespaces=NAMES)

    assert expected == actual


def test_the_demo_is_short_enough_for_a_very_small_model() -> None:
    paragraphs = [p for tree in trees("the-night-shift.epub").values() for p in tree.iterfind(".//h:p", NAMES)]

    assert 900 <= words("the-night-shift.epub") <= 1150
    assert 60 <= len(paragraphs) <= 75
    assert max(len("".join(p.itertext()).split()) for p in paragraphs) <= 35


@pytest.mark.parametrize(("construct", "path"), CONSTRUCTS.items(), ids=CONSTRUCTS)
def test_the_rich_book_holds(construct: str, path: str) -> None:
    found = any(tree.xpath(path, namespaces=NAMES) for tree in trees("the-working-day.epub").values())

    assert found, f"no text of the rich book holds {construct}"
