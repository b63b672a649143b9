"""Bytes → the light tree, by expat's byte offsets.

Expat says where every tag begins and that the whole is well-formed; what lies between two tags is then read from the bytes themselves, so that no offset is ever guessed.
The tree's offsets count in ``Tree.body``, which is UTF-8 without a byte order mark; ``Tree.encode`` gives the document's own encoding back.
No external entity is ever fetched, and entities are not expanded in the tree beyond their characters.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from html.entities import html5
from xml.parsers import expat

from translate.errors import SourceError
from translate.formats.tree import Element, Piece, Text

SIZE = 64 * 1024 * 1024
DEPTH = 256
EXPANDED = 1024 * 1024
ATTRIBUTE = 1024 * 1024
"""Most bytes of a document, most elements inside one another, most characters that entities may grow to, most characters of an attribute (pictures inside it apart)."""

TAG = re.compile(rb"""<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
MARKUP = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|&[^;]*;", re.DOTALL)
REFERENCE = re.compile(r"&(#[xX]?[0-9a-fA-F]+|[^\s&;<]+);")
DECLARED = re.compile(rb"""^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
PREDEFINED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
    (b"<\x00h\x00", "utf-16-le"),
    (b"\x00<\x00h", "utf-16-be"),
)


class Malformed(Exception):
    """The bytes are no well-formed XML in the encoding they say; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Entities:
    """The document's own entities, and HTML's for those that nobody declared."""

    own: dict[str, str]

    def resolve(self, name: str) -> str | None:
        """The characters that ``&name;`` stands for, or None where nobody knows or it holds markup."""
        if name.startswith("#"):
            return chr(int(name[2:], 16) if name[1] in "xX" else int(name[1:]))
        if name in self.own:
            return None if "<" in self.own[name] else self.own[name]
        return PREDEFINED.get(name) or html5.get(name + ";")

    def decode(self, text: str) -> str:
        """``text`` with every reference that can be resolved replaced by its characters."""
        if "&" not in text:
            return text
        return REFERENCE.sub(lambda found: found[0] if (known := self.resolve(found[1])) is None else known, text)


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed document: ``elements`` in document order, the first is the root."""

    body: bytes
    mark: bytes
    encoding: str
    elements: tuple[Element, ...]
    entities: Entities

    def encode(self, body: bytes) -> bytes:
        """``body`` in the document's own encoding; characters that it lacks become character references."""
        if self.encoding == "utf-8":
            return self.mark + body
        return self.mark + body.decode().encode(self.encoding, "xmlcharrefreplace")


def decode(data: bytes) -> tuple[bytes, str, bytes]:
    """The byte order mark, the encoding and the document in UTF-8.

    Raises ``Malformed`` where the bytes are not what they say to be.
    """
    mark, encoding = next(
        ((prefix if prefix[0] in b"\xef\xff\xfe" or prefix[:2] == b"\0\0" else b"", name) for prefix, name in MARKS if data.startswith(prefix)), (b"", "")
    )
    if not encoding:
        encoding = declared(data)
    body = data[len(mark) :]
    if encoding == "utf-8":
        check(body)
        return mark, encoding, body
    try:
        text = body.decode(encoding)
        whole = text.encode(encoding) == body
    except (UnicodeError, LookupError) as error:
        raise Malformed(f"not in the encoding it says: {error}") from error
    if not whole:
        raise Malformed(f"not in the encoding it says, {encoding}")
    return mark, encoding, text.encode()


def declared(data: bytes) -> str:
    """The encoding that the XML declaration names, as Python calls it; UTF-8 where it names none or one that cannot be true."""
    found = DECLARED.match(data[:400])
    if found is None:
        return "utf-8"
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError as error:
        raise Malformed(f"no known encoding: {found[1].decode('ascii')}") from error
    return "utf-8" if name.startswith(("utf-16", "utf-32", "ascii")) else name


def check(body: bytes) -> None:
    """Raise ``Malformed`` where ``body`` is not UTF-8."""
    try:
        body.decode()
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise Malformed(f"line {line}: bytes that are not UTF-8") from error


def overlong(tag: re.Match[bytes], attributes: dict[str, str]) -> bool:
    """Whether an attribute is longer than any book needs; a picture that is written into its address may be."""
    return tag.end() - tag.start() > ATTRIBUTE and any(len(value) > ATTRIBUTE and not value.startswith("data:") for value in attributes.values())


class Builder:
    """Collects what expat reports into a tree."""

    def __init__(self, parser: expat.XMLParserType, body: bytes, document: str) -> None:
        self.parser = parser
        self.body = body
        self.document = document
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.done = 0
        self.entities = Entities({})
        self.grown = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins: its tag is read from the bytes, for the offsets of its attributes."""
        at = self.parser.CurrentByteIndex
        tag = TAG.match(self.body, at)
        if tag is None:
            raise Malformed(f"line {self.parser.CurrentLineNumber}: a tag that comes from an entity")
        if overlong(tag, attributes):
            raise SourceError(f"{self.document}: an attribute of more than {ATTRIBUTE:,} characters; no book needs that, so the file is refused.")
        element = Element(name.rpartition(":")[2], name, attributes, at, tag.end())
        if self.open:
            self.attach(element, self.open[-1])
        self.elements.append(element)
        self.open.append(element)
        self.done = element.inner
        if len(self.open) > DEPTH:
            raise Malformed(f"line {self.parser.CurrentLineNumber}: elements are nested more than {DEPTH} deep")

    def attach(self, element: Element, parent: Element) -> None:
        """Put the element under its parent, after the text before it."""
        self.gather(parent, element.start)
        parent.elements += 1
        element.place = parent.elements
        element.parent = parent
        parent.children.append(element)

    def end(self, name: str) -> None:
        """The innermost open element ends."""
        at = self.parser.CurrentByteIndex
        element = self.open.pop()
        if at == element.inner and self.body.endswith(b"/>", element.start, at):
            element.close = element.end = at
            return
        self.gather(element, at)
        element.close = at
        self.done = element.end = self.body.index(b">", at) + 1

    def gather(self, parent: Element, to: int) -> None:
        """Put what stands between the last tag and this one into the tree."""
        if self.done < to:
            parent.children.append(self.text(self.done, to))

    def text(self, start: int, end: int) -> Text:
        """The text between two offsets, decoded, with its pieces."""
        raw = self.body[start:end]
        if b"&" not in raw and b"<" not in raw:
            text = raw.decode()
            return Text(start, end, text, (Piece(start, end, text, "plain"),))
        pieces = tuple(self.pieces(start, end))
        return Text(start, end, "".join(piece.text for piece in pieces), pieces)

    def pieces(self, start: int, end: int) -> list[Piece]:
        """The text between two tags in pieces: plain, CDATA, references, comments and processing instructions."""
        out: list[Piece] = []
        at = start
        for found in MARKUP.finditer(self.body, start, end):
            if at < found.start():
                out.append(Piece(at, found.start(), self.body[at : found.start()].decode(), "plain"))
            out.append(self.piece(found))
            at = found.end()
        if at < end:
            out.append(Piece(at, end, self.body[at:end].decode(), "plain"))
        return out

    def piece(self, found: re.Match[bytes]) -> Piece:
        """One entity, character reference, comment or CDATA section as a piece of text."""
        raw = found[0].decode()
        if raw.startswith("&"):
            known = self.entities.resolve(raw[1:-1])
            self.count(known or "")
            return Piece(*found.span(), known or "", "plain" if known is not None else "entity")
        if raw.startswith("<![CDATA["):
            return Piece(*found.span(), raw[9:-3], "plain")
        return Piece(*found.span(), "", "aside")

    def count(self, text: str) -> None:
        """Count what entities grow to. Raises ``SourceError`` for a bomb."""
        self.grown += len(text)
        if self.grown > EXPANDED and self.entities.own:
            raise SourceError(f"{self.document}: its entities grow beyond {EXPANDED:,} characters (an entity bomb); the file is refused.")

    def declare(self, name: str, parameter: bool, value: str | None, base: str | None, system: str | None, public: str | None, notation: str | None) -> None:
        """Note an entity of the internal subset, with the entities inside it resolved; external ones stay unknown."""
        if parameter or value is None or name in self.entities.own:
            return
        for found in REFERENCE.finditer(value):
            self.count(self.entities.own.get(found[1], ""))
        self.entities.own[name] = self.entities.decode(value)


def parse(data: bytes, document: str) -> Tree:
    """The tree of a well-formed XML document.

    Raises ``Malformed`` where it is none, ``SourceError`` where it is hostile: too large, too deep, an entity bomb.
    """
    if len(data) > SIZE:
        raise SourceError(f"{document}: {len(data):,} bytes are more than the {SIZE:,} that one document may have; split it.")
    mark, encoding, body = decode(data)
    parser = expat.ParserCreate("utf-8")
    builder = Builder(parser, body, document)
    parser.UseForeignDTD(True)
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    if b"<!ENTITY" in body:
        parser.EntityDeclHandler = builder.declare
        parser.DefaultHandler = ignore
    run(parser, body, document)
    return Tree(body, mark, encoding, tuple(builder.elements), builder.entities)


def run(parser: expat.XMLParserType, body: bytes, document: str) -> None:
    """Parse to the end; expat's complaint becomes ours."""
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        said = expat.ErrorString(error.code)
        if "amplification" in said:
            raise SourceError(f"{document}: its entities grow without end (an entity bomb); the file is refused.") from error
        raise Malformed(f"line {error.lineno}, column {error.offset + 1}: {said}") from error


ignore: Callable[[str], None] = len  # type: ignore[assignment]
"""A default handler: that there is one keeps expat from expanding entities into events."""
