"""HTML as it is found → the light tree over its own bytes, so that it is spliced like XML and nothing else of it changes.

Browsers read HTML by the rules of the HTML standard (13.2); this follows them as far as text is concerned: which tags are void, which end by themselves, where scripts end.
What ends nothing and begins nothing is kept where it stands.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from translate.errors import SourceError
from translate.formats.parse import DEPTH, MARKS, SIZE, Entities, Tree
from translate.formats.tree import Element, Piece, Text

TAG = re.compile(rb"""<(/?)([A-Za-z][^\s/<>"']*+)((?:[^"'<>]|"[^"]{0,20000}"|'[^']{0,20000}')*+)>""")
LOOSE_TAG = re.compile(rb"<(/?)([A-Za-z][^\s/<>\"']*+)([^<>]*)>")
OTHER = re.compile(rb"<[!?/][^>]*>")
ATTRIBUTE = re.compile(rb"""([^\s"'<>/=][^\s<>/=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+)))?""")
REFERENCE = re.compile(rb"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
CHARSET = re.compile(rb"""<meta[^>]*?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
ROOT = re.compile(rb"(?:\s|<!--.*?-->|<[!?](?!--)[^>]*>)*(?=<html[\s>/])", re.IGNORECASE | re.DOTALL)

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
RAW = frozenset(["script", "style", "title", "textarea", "xmp", "noembed", "noframes"])
"""Elements whose content holds no tags."""
ONCE = frozenset(["html", "head", "body"])
SPELT = {"foreignobject": "foreignObject"}
"""Names that our rules know in the spelling of XML."""

_TABLE = frozenset(["table", "td", "th", "caption", "html", "body", "object", "button", "svg", "template"])
_BLOCKS = ["address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "dd", "dt", "fieldset", "figcaption", "figure"]
_MORE = [
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
]
_LISTS = _TABLE | {"ul", "ol", "menu", "dir", "dl"}
_ROWS = frozenset(["table", "html", "body", "template"])
ENDS: dict[str, tuple[tuple[frozenset[str], frozenset[str]], ...]] = {
    **dict.fromkeys((*_BLOCKS, *_MORE), ((frozenset({"p"}), _TABLE),)),
    "li": ((frozenset({"li"}), _LISTS), (frozenset({"p"}), _TABLE)),
    "dt": ((frozenset({"dt", "dd"}), _LISTS), (frozenset({"p"}), _TABLE)),
    "dd": ((frozenset({"dt", "dd"}), _LISTS), (frozenset({"p"}), _TABLE)),
    "td": ((frozenset({"td", "th"}), _ROWS | {"tr"}),),
    "th": ((frozenset({"td", "th"}), _ROWS | {"tr"}),),
    "tr": ((frozenset({"tr", "caption", "colgroup"}), _ROWS),),
    **dict.fromkeys(("tbody", "thead", "tfoot"), ((frozenset({"tbody", "thead", "tfoot", "tr", "caption", "colgroup"}), _ROWS),)),
    "option": ((frozenset({"option"}), frozenset({"select", "datalist", "html", "body"})),),
    "optgroup": ((frozenset({"option", "optgroup"}), frozenset({"select", "html", "body"})),),
    "rt": ((frozenset({"rt", "rp"}), frozenset({"ruby", "html", "body"})),),
    "rp": ((frozenset({"rt", "rp"}), frozenset({"ruby", "html", "body"})),),
    "body": ((frozenset({"head"}), frozenset({"html"})),),
}
"""What the start of an element ends that is open, by the sets of names that are looked for and those at which the search stops."""


class Mark(NamedTuple):
    """A tag, or what stands between angle brackets and is none (``name`` is empty then)."""

    start: int
    end: int
    name: str = ""
    closing: bool = False
    attributes: bytes = b""


def parse_html(data: bytes, document: str) -> Tree:
    """The tree of an HTML document; any bytes give one.

    Where the document has no ``html`` tag, the root has no tag either, and its ``qualified`` name is empty.
    Raises ``SourceError`` where it is no text, too large or nested too deep.
    """
    if len(data) > SIZE:
        raise SourceError(f"{document}: {len(data):,} bytes are more than the {SIZE:,} that one document may have; split it.")
    mark, encoding, body = decode(data, document)
    builder = Builder(body, document)
    builder.build()
    return Tree(body, mark, encoding, tuple(builder.elements), Entities({}))


def decode(data: bytes, document: str) -> tuple[bytes, str, bytes]:
    """The byte order mark, the encoding, and the document in UTF-8: by its mark, as UTF-8 where it is, as it says itself, as Windows' Latin."""
    mark, marked = next(((prefix, name) for prefix, name in MARKS if prefix[0] in b"\xef\xff\xfe" and data.startswith(prefix)), (b"", ""))
    if not marked and b"\0" in data[:65536]:
        raise SourceError(f"{document} is not text: nothing in it can be translated.")
    said = CHARSET.search(data[:4096])
    for encoding in filter(None, (marked or "utf-8", said[1].decode() if said else "", "cp1252", "latin-1")):
        try:
            text = data[len(mark) :].decode(encoding)
            if text.encode(encoding) == data[len(mark) :]:
                return mark, encoding, text.encode()
        except (UnicodeError, LookupError):
            continue
    raise SourceError(f"{document} is not in the encoding that its first bytes say ({marked}): save it again as UTF-8.")


def marks(body: bytes, start: int) -> Iterator[Mark]:
    """Everything in angle brackets, in order; what has no end is text."""
    at = start
    hopeless: set[bytes] = set()
    while (at := body.find(b"<", at)) >= 0:
        mark = _mark(body, at, hopeless)
        if mark is None:
            at += 1
            continue
        yield mark
        at = mark.end
        if mark.name in RAW and not mark.closing:
            at = _raw_end(body, at, mark.name, hopeless)


def _mark(body: bytes, at: int, hopeless: set[bytes]) -> Mark | None:
    if body.startswith(b"<!--", at):
        end = -1 if b"-->" in hopeless else body.find(b"-->", at + 2)
        if end < 0:
            hopeless.add(b"-->")
        return Mark(at, end + 3) if end >= 0 else None
    found = TAG.match(body, at) or LOOSE_TAG.match(body, at)
    if found is not None:
        name = found[2].decode("utf-8", "replace").lower()
        return Mark(at, found.end(), SPELT.get(name, name), bool(found[1]), found[3])
    if b">" in hopeless or body.find(b">", at) < 0:
        hopeless.add(b">")
        return None
    other = OTHER.match(body, at)
    return Mark(at, other.end()) if other is not None else None


def _raw_end(body: bytes, at: int, name: str, hopeless: set[bytes]) -> int:
    """Where the end tag of an element begins that holds no tags; where there is none, it is an element like others."""
    closer = b"</" + name.encode()
    if closer in hopeless:
        return at
    found = re.compile(re.escape(closer) + rb"(?=[\s/>])", re.IGNORECASE).search(body, at)
    if found is None:
        hopeless.add(closer)
        return at
    return found.start()


class Builder:
    """Collects marks into a tree. ``kept`` are marks since the last tag that count as nothing."""

    def __init__(self, body: bytes, document: str) -> None:
        self.body = body
        self.document = document
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.kept: list[Mark] = []
        self.done = 0

    def build(self) -> None:
        """Read the whole document."""
        real = ROOT.match(self.body)
        start = real.end() if real else 0
        if real is None:
            root = Element("html", "", {}, 0, 0)
            self.elements.append(root)
            self.open.append(root)
        self.done = start
        for mark in marks(self.body, start):
            if not mark.name or (mark.closing and mark.name in ("html", "body")):
                self.kept.append(mark)
            elif mark.closing:
                self.end(mark)
            elif mark.name in ONCE and any(element.name == mark.name and element.qualified for element in self.open):
                self.kept.append(mark)
            else:
                self.begin(mark)
        self.close(0, len(self.body))

    def begin(self, mark: Mark) -> None:
        """An element begins; first what it ends by its name."""
        for names, stops in ENDS.get(mark.name, ()):
            at = self.find(names, stops)
            if at is not None:
                self.close(at, mark.start)
        spelt = self.body[mark.start + 1 : mark.end].split(b">")[0].split(b"/")[0].split()[0].decode("utf-8", "replace")
        element = Element(mark.name, spelt, attributes(mark.attributes), mark.start, mark.end)
        if self.open:
            parent = self.open[-1]
            self.gather(parent, mark.start)
            parent.elements += 1
            element.place, element.parent = parent.elements, parent
            parent.children.append(element)
        self.elements.append(element)
        self.done = mark.end
        if mark.name in VOID or mark.attributes.endswith(b"/"):
            element.close = element.end = mark.end
            return
        self.open.append(element)
        if len(self.open) > DEPTH:
            raise SourceError(f"{self.document}: elements are nested more than {DEPTH} deep; no book needs that, so the file is refused.")

    def end(self, mark: Mark) -> None:
        """An end tag: it ends the innermost element of its name, and what is open in it; where there is none, it counts as nothing."""
        stops = frozenset({"html", "body"}) if mark.name in ("table", "tr", "td", "th", "tbody", "thead", "tfoot", "caption") else _TABLE
        at = self.find(frozenset({mark.name}), stops - {mark.name})
        if at is None:
            self.kept.append(mark)
            return
        self.close(at + 1, mark.start)
        element = self.open.pop()
        self.gather(element, mark.start)
        element.close, element.end = mark.start, mark.end
        self.done = mark.end

    def find(self, names: frozenset[str], stops: frozenset[str]) -> int | None:
        """The place among the open elements of the innermost of these names, unless one of ``stops`` comes first."""
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].name in names:
                return at
            if self.open[at].name in stops:
                return None
        return None

    def close(self, to: int, where: int) -> None:
        """End the open elements from the innermost to that at ``to``; they have no end tag."""
        while len(self.open) > to:
            element = self.open.pop()
            self.gather(element, where)
            element.close = element.end = where
            self.done = where

    def gather(self, parent: Element, to: int) -> None:
        """Put what stands between the last tag and this one into the tree."""
        if self.done < to:
            pieces = tuple(self.pieces(to))
            parent.children.append(Text(self.done, to, "".join(piece.text for piece in pieces), pieces))
        self.kept.clear()
        self.done = max(self.done, to)

    def pieces(self, to: int) -> Iterator[Piece]:
        """The text up to ``to``; marks that count as nothing are kept in their places."""
        at = self.done
        for mark in self.kept:
            yield from self.plain(at, mark.start)
            yield Piece(mark.start, mark.end, "", "aside")
            at = mark.end
        yield from self.plain(at, to)

    def plain(self, start: int, end: int) -> Iterator[Piece]:
        """Text with its character references resolved."""
        at = start
        for found in REFERENCE.finditer(self.body, start, end):
            raw = found[0].decode()
            if (known := html.unescape(raw)) != raw:
                if at < found.start():
                    yield Piece(at, found.start(), self.body[at : found.start()].decode(), "plain")
                yield Piece(*found.span(), known, "plain")
                at = found.end()
        if at < end:
            yield Piece(at, end, self.body[at:end].decode(), "plain")


def attributes(raw: bytes) -> dict[str, str]:
    """The attributes in a tag, names in small letters; of two with the same name the first counts."""
    found: dict[str, str] = {}
    for one in ATTRIBUTE.finditer(raw.removesuffix(b"/")):
        value = next((group for group in one.groups()[1:] if group is not None), b"")
        found.setdefault(one[1].decode("utf-8", "replace").lower(), html.unescape(value.decode("utf-8", "replace")))
    return found
