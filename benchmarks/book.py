"""An independent reader of EPUBs: zipfile and lxml, and nothing of Dragoman, so that it cannot share its mistakes.

It knows a book as files with elements in order, and as *passages*: runs of inline content between the borders of blocks.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from benchmarks import pseudo

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
INLINE_NAMES = (
    "a abbr b bdi bdo big br cite code data dfn del em font i img ins kbd mark q ruby rb rt rp rtc s samp small span strike strong sub sup time tt u var wbr"
)
INLINE = frozenset(INLINE_NAMES.split())
CODE = frozenset({"code", "kbd", "samp", "tt"})
FORMULA = "\ufffc"
"""Stands for a formula in the passage that it is in."""

SILENT = frozenset({"script", "style", "pre", "svg", "head"})
EMPHASIS = frozenset({"em", "strong"})
SPOKEN = ("alt", "title", "aria-label")
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of inline content. ``pieces`` are its texts between tags in order, each with True where it is code or otherwise not to be translated.

    ``place`` says where it stands, for people.
    """

    place: str
    pieces: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """All visible text, white space folded."""
        return fold("".join(text for text, _ in self.pieces))

    @property
    def words(self) -> str:
        """The text that is to be translated, white space folded."""
        return fold("".join("\x00" if code else text for text, code in self.pieces).replace("\x00", " "))

    def expected(self) -> tuple[str, ...]:
        """What the text is after an errorless pseudo-translation: tag by tag, or joined where a tag stands inside a word; figures alone as they are, or grouped as Germans do."""
        if not any(map(str.isalpha, self.text)):
            return tuple(dict.fromkeys((fold(self.text), fold(pseudo.figures(self.text)))))
        apart = "".join(text if code else pseudo.translate(text) for text, code in self.pieces)
        joined: list[tuple[str, bool]] = []
        for text, code in self.pieces:
            if joined and not code and not joined[-1][1]:
                joined[-1] = (joined[-1][0] + text, False)
            else:
                joined.append((text, code))
        whole = "".join(text if code else pseudo.translate(fold(text, edges=True)) for text, code in joined)
        return tuple(dict.fromkeys((fold(apart), fold(whole))))


@dataclass(frozen=True, slots=True)
class Page:
    """One XHTML file of a book, parsed."""

    name: str
    root: etree._Element

    def elements(self) -> Iterator[etree._Element]:
        """Every element, in order."""
        return (element for element in self.root.iter() if isinstance(element.tag, str))

    def passages(self) -> tuple[Passage, ...]:
        """The passages of the body, empty ones too, so that two versions of a page can be laid side by side."""
        body = next((element for element in self.elements() if local(element) == "body"), self.root)
        return tuple(_passages(body, self.name))

    def spoken(self) -> tuple[str, ...]:
        """The texts of attributes that are read out or shown."""
        return tuple(element.get(name, "") for element in self.elements() for name in SPOKEN if element.get(name))


@dataclass(frozen=True, slots=True)
class Book:
    """An EPUB: its package file, pages in the order of the manifest, the navigation page and the NCX, if they are there."""

    path: Path
    package: etree._Element
    pages: tuple[Page, ...]
    nav: Page | None
    ncx: etree._Element | None
    files: tuple[tuple[str, int], ...]

    def text(self, *, without_pre: bool) -> str:
        """All visible text of the pages (navigation apart), page by page, white space folded."""
        leave = frozenset({"script", "style", "pre"} if without_pre else {"script", "style"})
        return "\n".join(fold(_text(page.root, leave)) for page in self.pages)

    def metadata(self, name: str) -> tuple[str, ...]:
        """The values of the Dublin Core element ``name``."""
        return tuple((element.text or "").strip() for element in self.package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}"))

    def labels(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The labels of the navigation page and those of the NCX, in order."""
        nav = tuple(passage.text for passage in self.nav.passages() if passage.text) if self.nav else ()
        ncx = tuple(fold("".join(text.itertext())) for text in self.ncx.iter("{*}text")) if self.ncx is not None else ()
        return nav, ncx

    def count(self, names: frozenset[str]) -> int:
        """How many elements of these names the pages have."""
        return sum(local(element) in names for page in self.pages for element in page.elements())


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return str(etree.QName(element).localname)


def fold(text: str, *, edges: bool = False) -> str:
    """White space folded to single blanks, those of XML only; with ``edges``, a blank at an end stays."""
    folded = re.sub(r"[ \t\r\n]+", " ", text)
    return folded if edges else folded.strip()


def read(path: Path) -> Book:
    """The book at ``path``, by its container and package file."""
    with zipfile.ZipFile(path) as archive:
        container = etree.fromstring(archive.read("META-INF/container.xml"), PARSER)
        opf = next(container.iter("{*}rootfile")).get("full-path", "")
        package = etree.fromstring(archive.read(opf), PARSER)
        items = list(package.iter("{http://www.idpf.org/2007/opf}item"))
        names = {item: posixpath.normpath(posixpath.join(posixpath.dirname(opf), unquote(item.get("href", "")))) for item in items}
        pages = {
            item: Page(names[item], etree.fromstring(archive.read(names[item]), PARSER)) for item in items if item.get("media-type") == "application/xhtml+xml"
        }
        ncx = next((etree.fromstring(archive.read(names[item]), PARSER) for item in items if item.get("media-type") == "application/x-dtbncx+xml"), None)
        files = tuple((info.filename, info.CRC) for info in archive.infolist())
    navigation = {item for item in pages if "nav" in item.get("properties", "").split()}
    content = tuple(page for item, page in pages.items() if item not in navigation)
    return Book(path, package, content, next((pages[item] for item in navigation), None), ncx, files)


def _text(element: etree._Element, leave: frozenset[str]) -> str:
    if not isinstance(element.tag, str) or local(element) in leave:
        return ""
    return (element.text or "") + "".join(_text(child, leave) + (child.tail or "") for child in element)


def _passages(block: etree._Element, page: str) -> Iterator[Passage]:
    """The passages of one block: its inline runs, and those of the blocks inside it."""
    place = f"{page} <{local(block)}{' id=' + block.get('id', '') if block.get('id') else ''}>"
    pieces: list[tuple[str, bool]] = [(block.text or "", _kept(block))]
    for child in block:
        if _is_inline(child):
            pieces += _pieces(child, _kept(block))
        else:
            yield Passage(place, tuple(pieces))
            pieces = []
            if isinstance(child.tag, str) and local(child) not in SILENT:
                yield from _passages(child, page)
        pieces.append((child.tail or "", _kept(block)))
    yield Passage(place, tuple(pieces))


def _is_inline(element: etree._Element) -> bool:
    if not isinstance(element.tag, str):
        return True
    name = local(element)
    return name == "math" or (name in INLINE and all(map(_is_inline, element)))


def _pieces(element: etree._Element, kept: bool) -> Iterator[tuple[str, bool]]:
    if not isinstance(element.tag, str):
        return
    if local(element) == "math":
        yield FORMULA, True
        return
    kept = kept or _kept(element)
    yield element.text or "", kept
    for child in element:
        yield from _pieces(child, kept)
        yield child.tail or "", kept


def _kept(element: etree._Element) -> bool:
    """Whether this element's own text is not to be translated: code, or marked so."""
    return local(element) in CODE or element.get("translate") == "no" or "notranslate" in element.get("class", "").split()


def inventory(book: Book) -> dict[str, Counter[str]]:
    """What must not be lost, by kind: links by address, emphasis by element, ids, note references, code and preformatted text by their text."""
    found: dict[str, Counter[str]] = {kind: Counter() for kind in ("links", "em/strong", "ids", "note references", "inline code", "pre", "images")}
    for page in (*book.pages, *((book.nav,) if book.nav else ())):
        for element in page.elements():
            for kind, key in _belongings(element):
                found[kind][f"{page.name} {key}"] += 1
    return found


def _belongings(element: etree._Element) -> Iterator[tuple[str, str]]:
    name = local(element)
    if element.get("id"):
        yield "ids", element.get("id", "")
    if name == "a" and element.get("href") is not None:
        yield "links", element.get("href", "")
        if element.get("role") == "doc-noteref" or "noteref" in element.get(EPUB_TYPE, "").split():
            yield "note references", element.get("href", "")
    if name in EMPHASIS:
        yield "em/strong", name + (" with text" if "".join(element.itertext()).strip() else "")
    if name == "img":
        yield "images", element.get("src", "")
    inside_pre = any(local(above) == "pre" for above in element.iterancestors())
    if name == "code" and not inside_pre:
        yield "inline code", "".join(element.itertext())
    if name == "pre":
        yield "pre", "".join(element.itertext())
