"""Binds new books: chapters of HTML become an EPUB 3, written by EbookLib. A book that came in as an EPUB is never written this way (see ``formats.epub``)."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote
from uuid import NAMESPACE_URL, uuid5

if TYPE_CHECKING:
    from ebooklib import epub
    from lxml.html import HtmlElement

STYLE = """body { margin: 0 5%; line-height: 1.5; } h1, h2, h3 { line-height: 1.2; } table { border-collapse: collapse; margin: 1em 0; }
td, th { border: 1px solid #888; padding: .2em .5em; text-align: left; } figure { margin: 1em 0; } img { max-width: 100%; }
a.noteref { font-size: .75em; vertical-align: super; line-height: 0; } section.notes { border-top: 1px solid #888; margin-top: 2em; font-size: .9em; }
p.picture { font-style: italic; }
p.part { font-variant: small-caps; letter-spacing: .05em; border-bottom: 1px solid #888; }
"""
TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "svg": "image/svg+xml", "webp": "image/webp"}
"""The pictures that an EPUB may hold."""
TAGS = frozenset(
    ["a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var"]
)
PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}" dir="{direction}">
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>{body}</body></html>
"""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its heading, its HTML (cleaned here, so it may be anybody's) and its notes. ``part`` is the heading of the part that begins with it, "" for none."""

    title: str
    body: str
    notes: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """A book to be bound: ``pictures`` by the name that chapters call them, ``words`` what "Notes", "Licence and sources" and "back" are called, ``modified`` as ``2026-01-31T12:00:00Z``."""

    title: str
    language: str
    author: str
    chapters: tuple[Chapter, ...]
    licence: str
    rights: str = ""
    subtitle: str = ""
    direction: str = "ltr"
    pictures: Mapping[str, bytes] | None = None
    modified: str = ""
    words: tuple[str, str] = ("Notes", "Licence and sources")


def bind(book: Bound, out: BinaryIO) -> None:
    """Write the book: chapters in order with their notes behind them, each note with a way back, then the licence page. The same book gives the same entries."""
    from ebooklib import epub

    ebook = epub.EpubBook()
    _describe(ebook, book)
    ebook.add_item(epub.EpubItem("style", "style.css", "text/css", STYLE.encode()))
    for name, data in (book.pictures or {}).items():
        ebook.add_item(epub.EpubItem(_id(name), name, TYPES[name.rsplit(".", 1)[-1].lower()], data))
    spine: list[str] = []
    lines: list[tuple[str, epub.Link]] = []
    texts = [(chapter_name(place), chapter.title, chapter.part, chapter_body(chapter, book)) for place, chapter in enumerate(book.chapters)]
    texts.append(("licence.xhtml", book.words[1], "", f"<h1>{escape(book.words[1])}</h1>{cleaned(book.licence)}"))
    for name, title, part, body in texts:
        page = PAGE.format(language=escape(book.language), direction=book.direction, title=escape(title), body=body)
        ebook.add_item(epub.EpubItem(_id(name), name, "application/xhtml+xml", page.encode()))
        spine.append(_id(name))
        lines.append((part, epub.Link(name, title, _id(f"toc-{name}"))))
    ebook.toc = _contents(lines)
    ebook.add_item(epub.EpubNcx())
    ebook.add_item(epub.EpubNav())
    ebook.spine = ["nav", *spine]
    options = {"raise_exceptions": True} | ({"mtime": _time(book.modified)} if book.modified else {})
    epub.write_epub(out, ebook, options)


def chapter_name(place: int) -> str:
    """The file of the chapter at this place, counted from 0."""
    return f"chapter{place + 1:04}.xhtml"


def chapter_body(chapter: Chapter, book: Bound) -> str:
    """The XHTML of a chapter: heading, text, notes."""
    files = {*(book.pictures or {}), *(chapter_name(place) for place in range(len(book.chapters)))}
    part = f'<p class="part">{escape(chapter.part)}</p>' if chapter.part else ""
    notes = "".join(
        f'<li id="note{number}" role="doc-endnote">{cleaned(f"<p>{note} <a href={chr(34)}#ref{number}{chr(34)}>↩</a></p>", files=files)}</li>' for number, note in enumerate(chapter.notes, 1)
    )
    shown = f'<section epub:type="endnotes" role="doc-endnotes" class="notes"><h2>{escape(book.words[0])}</h2><ol>{notes}</ol></section>' if notes else ""
    return f"{part}<h1>{escape(chapter.title)}</h1>{cleaned(chapter.body, files=files)}{shown}"


def cleaned(html: str, *, files: Container[str] = ()) -> str:
    """HTML of anybody as XHTML that an EPUB may hold: no scripts, no styles, nothing loaded from elsewhere; every id once. Links and pictures lead to ``files`` of the book, and links to the page itself or the web; others go."""
    import nh3
    from lxml import etree
    from lxml import html as parser

    allowed = {"*": {"id", "lang", "dir", "title"}, "a": {"href", "class"}, "img": {"src", "alt"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "p": {"class"}, "ol": {"start"}}
    safe = nh3.clean(html, tags=set(TAGS), attributes=allowed, link_rel=None, url_schemes={"http", "https", "mailto"}, strip_comments=True)
    if not safe.strip():
        return ""
    root = parser.fragment_fromstring(safe, create_parent="div")
    _sound(root, files)
    text = etree.tostring(root, encoding="unicode", method="xml")
    return re.sub(r"<a class=\"noteref\"", '<a class="noteref" epub:type="noteref" role="doc-noteref"', text[text.index(">") + 1 : text.rindex("<")] if text.endswith("</div>") else "")


def _sound(root: HtmlElement, files: Container[str]) -> None:
    """What validators want beyond well-formedness."""
    seen: set[str] = set()
    for one in list(root.iter()):
        name = one.get("id")
        if name is not None and (name in seen or not re.sub(r"[.-]", "_", name).isidentifier() or name[0] in ".-"):
            del one.attrib["id"]
        elif name is not None:
            seen.add(name)
        if one.tag == "a" and one.get("class") is not None:
            _in_order(one)
        if one.tag == "img" and one.get("src", "") not in files:
            one.drop_tag()
        if one.tag in ("ul", "ol", "dl", "table", "tr", "tbody") and not len(one):
            one.drop_tree()
    for one in list(root.iter("dl")):
        _described(one)
    for one in root.iter("a"):
        href = one.get("href", "")
        ours = re.fullmatch(r"#(?:note|ref)\d+(?:-\d+)?", href) is not None or (href.startswith("#") and unquote(href[1:]) in seen)
        if one.get("href") is not None and not ours and href not in files and not re.match(r"https?://[^\s/?#]|mailto:", href):
            del one.attrib["href"]


def _described(one: HtmlElement) -> None:
    """A list of terms has terms and explanations; one without terms is text that was set in (``:`` in wikitext)."""
    from lxml.html import builder

    kinds = [child.tag for child in one]
    if "dt" not in kinds:
        one.tag = "blockquote"
        for child in one:
            child.tag = "div" if child.tag == "dd" else child.tag
        return
    if kinds[0] == "dd":
        one.insert(0, builder.DT())
    if kinds[-1] == "dt":
        one.append(builder.DD())


def _in_order(one: HtmlElement) -> None:
    """The class first, so that a sign of a note is told by how it begins; other classes than ours go."""
    kept = dict(one.attrib)
    one.attrib.clear()
    if kept.pop("class", "") == "noteref":
        one.set("class", "noteref")
    for name, value in kept.items():
        one.set(name, value)


def _describe(ebook: epub.EpubBook, book: Bound) -> None:
    from ebooklib import epub

    del ebook.metadata[epub.NAMESPACES["OPF"]]["generator"]  # EbookLib signs with its own version
    names = "\n".join((book.title, book.language, *(chapter.title for chapter in book.chapters)))
    ebook.set_identifier(f"urn:uuid:{uuid5(NAMESPACE_URL, names)}")
    ebook.set_title(f"{book.title}: {book.subtitle}" if book.subtitle else book.title)
    ebook.set_language(book.language)
    ebook.add_author(book.author)
    if book.rights:
        ebook.add_metadata("DC", "rights", book.rights)
    if book.direction == "rtl":
        ebook.set_direction("rtl")


def _contents(lines: list[tuple[str, epub.Link]]) -> list[object]:
    """The table of contents: chapters, below their part where there are parts."""
    from ebooklib import epub

    out: list[object] = []
    below: list[epub.Link] | None = None
    for part, link in lines:
        if part:
            below = []
            out.append((epub.Section(part, href=link.href), below))
        if below is None or link.href == "licence.xhtml":
            out.append(link)
        else:
            below.append(link)
    return out


def _id(name: str) -> str:
    return "i-" + re.sub(r"[^A-Za-z0-9]", "-", name)


def _time(text: str) -> object:
    from datetime import datetime

    return datetime.fromisoformat(text)
