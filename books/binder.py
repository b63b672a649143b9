"""Binds a folder of hand-written XHTML into an EPUB 3 with nav and NCX.

The nav document is written by hand and is the only table of contents: the NCX and the guide are read off it.
The same source gives the same bytes, so that a committed book can be compared with a rebuild.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ebooklib import epub
from lxml import etree
from lxml.builder import ElementMaker

NAV = "nav.xhtml"
NCX = "toc.ncx"
MEDIA_TYPES = {
    ".css": "text/css",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".xhtml": "application/xhtml+xml",
}
NAMES = {
    "epub": "http://www.idpf.org/2007/ops",
    "h": "http://www.w3.org/1999/xhtml",
    "m": "http://www.w3.org/1998/Math/MathML",
    "n": "http://www.daisy.org/z3986/2005/ncx/",
    "s": "http://www.w3.org/2000/svg",
}
EPUB_TYPE = f"{{{NAMES['epub']}}}type"
GUIDE_TYPES = {"bodymatter": "text", "titlepage": "title-page"}
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Book:
    """What a book says of itself, the folder of its source, and the pictures drawn for it."""

    source: Path
    identifier: str
    title: str
    author: str
    description: str
    subjects: tuple[str, ...]
    published: date
    modified: datetime
    pictures: tuple[tuple[str, bytes], ...] = ()
    cover: str = ""
    language: str = "en"
    publisher: str = "Dragoman sample books"
    rights: str = "CC0 1.0 Universal. No rights reserved."


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a nav list: its label, where it leads, its type if it is a landmark, and what stands below it."""

    label: str
    href: str
    type: str
    below: tuple["Entry", ...]


def bind(book: Book, target: Path) -> None:
    """Write the book to ``target``."""
    files = dict(_files(book))
    nav = etree.fromstring(files[NAV])
    written = io.BytesIO()
    epub.write_epub(written, _ebook(book, files, nav), {"mtime": book.modified, "raise_exceptions": True})
    target.write_bytes(_repacked(written, pages=_entries(nav, "page-list")))


def picture(rows: tuple[str, ...], *, colours: dict[str, tuple[int, int, int]], scale: int) -> bytes:
    """Draw rows of letters as a PNG, one square of ``scale`` pixels a letter."""
    letters = list(colours)
    lines = (b"\0" + bytes(letters.index(letter) for letter in row for _ in range(scale)) for row in rows)
    pixels = b"".join(line * scale for line in lines)
    size = (len(rows[0]) * scale).to_bytes(4, "big") + (len(rows) * scale).to_bytes(4, "big")
    return (
        b"\x89PNG\r\n\x1a\n"
        + _png_part(b"IHDR", size + bytes((8, 3, 0, 0, 0)))
        + _png_part(b"PLTE", bytes(value for colour in colours.values() for value in colour))
        + _png_part(b"IDAT", _stored(pixels))
        + _png_part(b"IEND", b"")
    )


def _stored(content: bytes) -> bytes:
    """Wrap ``content`` as zlib data without compressing it, since compressors differ from one release to the next."""
    blocks = [content[start : start + 0xFFFF] for start in range(0, len(content), 0xFFFF)]
    heads = (bytes((block is blocks[-1],)) + len(block).to_bytes(2, "little") + (len(block) ^ 0xFFFF).to_bytes(2, "little") for block in blocks)
    packed = b"".join(head + block for head, block in zip(heads, blocks, strict=True))
    return b"\x78\x01" + packed + zlib.adler32(content).to_bytes(4, "big")


def _png_part(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content)
    return len(content).to_bytes(4, "big") + name + content + checksum.to_bytes(4, "big")


def _files(book: Book) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the book in order of name, which for the texts is reading order."""
    found = {path.relative_to(book.source).as_posix(): path for path in book.source.rglob("*") if path.is_file()}
    contents = {name: path.read_bytes() for name, path in found.items()} | dict(book.pictures)
    yield from sorted(contents.items())


def _ebook(book: Book, files: dict[str, bytes], nav: etree._Element) -> epub.EpubBook:
    ebook = epub.EpubBook()
    _describe(ebook, book)
    for name, content in files.items():
        ebook.add_item(_item(name, content, cover=book.cover))
    ebook.add_item(epub.EpubNcx(file_name=NCX))
    title_page, *texts = (_id(name) for name in files if name.startswith("text/"))
    ebook.spine = [title_page, _id(NAV), *texts]
    ebook.toc = [_toc_line(entry) for entry in _entries(nav, "toc")]
    ebook.guide = [{"type": GUIDE_TYPES.get(entry.type, entry.type), "href": entry.href, "title": entry.label} for entry in _entries(nav, "landmarks")]
    return ebook


def _describe(ebook: epub.EpubBook, book: Book) -> None:
    # EbookLib signs with its own version, and the same source must give the same book next year.
    del ebook.metadata[epub.NAMESPACES["OPF"]]["generator"]
    ebook.set_identifier(book.identifier)
    ebook.set_title(book.title)
    ebook.set_language(book.language)
    ebook.add_author(book.author)
    for name, value in (
        ("publisher", book.publisher),
        ("date", book.published.isoformat()),
        ("description", book.description),
        *(("subject", subject) for subject in book.subjects),
        ("rights", book.rights),
    ):
        ebook.add_metadata("DC", name, value)


def _item(name: str, content: bytes, *, cover: str) -> epub.EpubItem:
    """Return the file as EbookLib's plain item, since its HTML item would write our markup anew."""
    item = epub.EpubItem(_id(name), name, MEDIA_TYPES[Path(name).suffix], content)
    item.properties = list(_properties(name, content, cover=cover))
    return item


def _properties(name: str, content: bytes, *, cover: str) -> Iterator[str]:
    if name == cover:
        yield "cover-image"
    if name == NAV:
        yield "nav"
    if name.endswith(".xhtml"):
        tree = etree.fromstring(content)
        if tree.find(".//m:math", NAMES) is not None:
            yield "mathml"
        if tree.find(".//s:svg", NAMES) is not None:
            yield "svg"


def _id(name: str) -> str:
    return name.replace("/", "-").replace(".", "-")


def _entries(nav: etree._Element, kind: str) -> tuple[Entry, ...]:
    for element in nav.iterfind(".//h:nav", NAMES):
        if element.get(EPUB_TYPE) == kind:
            return tuple(_list(element))
    return ()


def _list(parent: etree._Element) -> Iterator[Entry]:
    for line in parent.iterfind("h:ol/h:li", NAMES):
        link = line.find("h:a", NAMES)
        label = " ".join("".join(link.itertext()).split())
        yield Entry(label, link.get("href"), link.get(EPUB_TYPE, ""), tuple(_list(line)))


def _toc_line(entry: Entry) -> epub.Link | tuple[epub.Link, list]:
    link = epub.Link(entry.href, entry.label, "toc-" + "".join(c if c.isalnum() else "-" for c in entry.href))
    return (link, [_toc_line(below) for below in entry.below]) if entry.below else link


def _repacked(written: io.BytesIO, *, pages: tuple[Entry, ...]) -> bytes:
    """Return the book with one fixed date on every entry, and its NCX completed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(NCX):
                content = _completed(content, pages=pages)
            entry = zipfile.ZipInfo(name, ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            new.writestr(entry, content)
    return packed.getvalue()


def _completed(ncx: bytes, *, pages: tuple[Entry, ...]) -> bytes:
    """Return the NCX with its depth, and with the page list that EbookLib writes into the nav only."""
    root = etree.fromstring(ncx, etree.XMLParser(remove_blank_text=True))
    points = root.iterfind(".//n:navPoint", NAMES)
    depth = max(int(point.xpath("count(ancestor-or-self::n:navPoint)", namespaces=NAMES)) for point in points)
    numbers = [int(page.label) for page in pages if page.label.isdecimal()]
    facts = {"dtb:depth": depth, "dtb:totalPageCount": len(pages), "dtb:maxPageNumber": max(numbers, default=0)}
    for meta in root.iterfind(".//n:meta", NAMES):
        if meta.get("name") in facts:
            meta.set("content", str(facts[meta.get("name")]))
    if pages:
        root.append(_page_list(pages))
    return etree.tostring(root, pretty_print=True, encoding="utf-8", xml_declaration=True)


def _page_list(pages: tuple[Entry, ...]) -> etree._Element:
    """Return the page list of the NCX: the same pages as in the nav."""
    ncx = ElementMaker(namespace=NAMES["n"], nsmap={None: NAMES["n"]})
    return ncx.pageList(
        *(
            ncx.pageTarget(
                ncx.navLabel(ncx.text(page.label)),
                ncx.content(src=page.href),
                id=f"page-{page.label}",
                type="normal",
                value=page.label,
            )
            for page in pages
        )
    )
