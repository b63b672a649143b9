"""The elements of a small XML file (OPF, NCX, container.xml), each with the bytes where it begins and ends, and edits at those bytes.

expat says at which byte each event stands, so a change touches only its own span and every other byte stays.
Entities are never fetched, and a file that declares entities of entities is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from translate.errors import SourceError

MOST_XML_BYTES = 20_000_000
MOST_DEPTH = 200
MOST_ENTITY = 256
"""The longest value an entity of such a file may have, in characters."""

XML_SPACE = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its place in the tree and in the bytes.

    ``tag`` is as written ("dc:title"), ``name`` without the prefix, ``space`` the namespace. ``text`` is the text directly inside, ``parent`` the index of the element around it (-1 for the root).
    ``start`` is the byte of ``<``, ``inner`` the byte after the start tag, ``close`` that of the end tag, ``end`` the one after it; all of an empty-element tag's lie behind it.
    """

    tag: str
    name: str
    space: str
    attributes: tuple[tuple[str, str], ...]
    text: str
    parent: int
    start: int
    inner: int
    close: int
    end: int

    def get(self, name: str) -> str:
        """The value of the attribute written ``name``, stripped; empty where there is none."""
        return next((value.strip() for key, value in self.attributes if key == name), "")


@dataclass(frozen=True, slots=True)
class Outline:
    """An XML file's bytes with its elements in document order."""

    data: bytes
    encoding: str
    elements: tuple[Element, ...]

    def named(self, *names: str) -> Iterator[Element]:
        """The elements whose local name is one of ``names``, in order."""
        return (element for element in self.elements if element.name in names)

    def inside(self, outer: Element) -> Iterator[Element]:
        """The elements within ``outer``, at any depth, in order."""
        return (element for element in self.elements if outer.start < element.start and element.end <= outer.end)

    def above(self, element: Element) -> Iterator[Element]:
        """The elements around ``element``, innermost first."""
        while element.parent >= 0:
            element = self.elements[element.parent]
            yield element

    @property
    def root(self) -> Element:
        """The outermost element."""
        return self.elements[0]


@dataclass(frozen=True, slots=True)
class Change:
    """New bytes for the span from ``start`` to ``end``."""

    start: int
    end: int
    new: bytes


def read(data: bytes, *, label: str) -> Outline:
    """The outline of ``data``; ``label`` is the name that errors give it.

    Raises ``SourceError`` where it is not well-formed, too large, too deep, or declares entities as bombs do.
    """
    if len(data) > MOST_XML_BYTES:
        raise SourceError(f"{label} is larger than {MOST_XML_BYTES:,} bytes, which no such file needs: it is not read.")
    reader = _Reader(data, label)
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise SourceError(f"{label} is damaged XML ({expat.ErrorString(error.code)}, line {error.lineno}): mend or replace the file.") from error
    except (LookupError, ValueError) as error:
        raise SourceError(f"{label} is in an encoding we cannot read ({error}): save it as UTF-8.") from error
    return Outline(data, _encoding(data), tuple(element for element in reader.elements if element is not None))


def apply(data: bytes, changes: Iterable[Change]) -> bytes:
    """``data`` with each change made. Spans must not overlap; what is put in at a byte comes before what changes there."""
    out: list[bytes] = []
    at = 0
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        out += [data[at : change.start], change.new]
        at = change.end
    return b"".join([*out, data[at:]])


def escaped(text: str) -> str:
    """``text`` as XML text or as a value in double quotes, without characters that XML forbids."""
    allowed = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
    return allowed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def set_text(outline: Outline, element: Element, text: str) -> Change:
    """The change that gives a leaf element a new text."""
    if element.inner == element.end:
        tag = _tag(outline, element)
        new = tag[: tag.rindex("/")].rstrip() + ">" + escaped(text) + f"</{element.tag}>"
        return Change(element.start, element.end, _encoded(outline, new))
    return Change(element.inner, element.close, _encoded(outline, escaped(text)))


def set_attributes(outline: Outline, element: Element, values: Mapping[str, str | None]) -> Change:
    """The change that gives ``element`` these attributes, as written; None takes one away."""
    tag = _tag(outline, element)
    for name, value in values.items():
        tag = _with_attribute(tag, name, value)
    return Change(element.start, element.inner, _encoded(outline, tag))


def append(outline: Outline, element: Element, markup: str) -> Change:
    """The change that puts ``markup`` at the end of ``element``, which must not be an empty-element tag."""
    return Change(element.close, element.close, _encoded(outline, markup))


def remove(element: Element) -> Change:
    """The change that takes ``element`` away."""
    return Change(element.start, element.end, b"")


def _tag(outline: Outline, element: Element) -> str:
    return outline.data[element.start : element.inner].decode(outline.encoding)


def _encoded(outline: Outline, text: str) -> bytes:
    return text.encode(outline.encoding, "xmlcharrefreplace")


_ATTRIBUTE = re.compile(r"""(\s+)([^\s=/>"'<]+)\s*=\s*("[^"]*"|'[^']*')""")


def _with_attribute(tag: str, name: str, value: str | None) -> str:
    new = "" if value is None else f'{name}="{escaped(value)}"'
    for match in _ATTRIBUTE.finditer(tag):
        if match[2] == name:
            return tag[: match.start()] + (match[1] + new if new else "") + tag[match.end() :]
    if not new:
        return tag
    end = len(tag) - (2 if tag.endswith("/>") else 1)
    bare = tag[:end].rstrip()
    return f"{bare} {new}{tag[len(bare) :]}"


def _encoding(data: bytes) -> str:
    """The codec that cuts of ``data`` are read and written with (never one that writes a BOM of its own)."""
    for bom, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if data.startswith(bom):
            return name
    if data.startswith(b"<\0"):
        return "utf-16-le"
    if data.startswith(b"\0<"):
        return "utf-16-be"
    declared = re.match(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)""", data)
    return declared[1].decode("ascii").lower() if declared else "utf-8"


class _Reader:
    """Collects elements from expat's events."""

    def __init__(self, data: bytes, label: str) -> None:
        self.elements: list[Element | None] = []
        self._data = data
        self._label = label
        self._open: list[tuple[int, tuple[tuple[str, str], ...], int]] = []
        self._texts: list[list[str]] = []
        self._scopes: list[dict[str, str]] = [{"xml": XML_SPACE, "": ""}]
        self._weight = 0
        self._encoding = _encoding(data)
        self.parser = expat.ParserCreate()
        # With a foreign DTD an unknown entity (&nbsp; without its DTD) is skipped; nothing is ever fetched.
        self.parser.UseForeignDTD(True)
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity

    def _start(self, tag: str, flat: list[str]) -> None:
        attributes = tuple(zip(flat[::2], flat[1::2], strict=True))
        self._weigh(sum(len(value) for value in flat))
        if len(self._open) >= MOST_DEPTH:
            raise SourceError(f"{self._label} is nested deeper than {MOST_DEPTH} levels: it is not read.")
        declared = {key.partition(":")[2]: value for key, value in attributes if key == "xmlns" or key.startswith("xmlns:")}
        self._scopes.append({**self._scopes[-1], **declared} if declared else self._scopes[-1])
        self._open.append((len(self.elements), attributes, self.parser.CurrentByteIndex))
        self._texts.append([])
        self.elements.append(None)

    def _end(self, tag: str) -> None:
        at = self.parser.CurrentByteIndex
        index, attributes, start = self._open.pop()
        inner = self._tag_end(start)
        empty = self._data[start:inner].decode(self._encoding).endswith("/>")
        close, end = (inner, inner) if empty else (at, self._tag_end(at))
        prefix, _, name = tag.rpartition(":")
        space = self._scopes.pop().get(prefix, "")
        parent = self._open[-1][0] if self._open else -1
        self.elements[index] = Element(tag, name, space, attributes, "".join(self._texts.pop()), parent, start, inner, close, end)

    def _text(self, text: str) -> None:
        self._weigh(len(text))
        if self._texts:
            self._texts[-1].append(text)

    def _entity(self, name: str, parameter: bool, value: str | None, *_: object) -> None:
        if value is not None and (set(value) & set("&%<") or len(value) > MOST_ENTITY):
            raise SourceError(f"{self._label} declares entities as a bomb does ('{name[:40]}'): it is not read.")

    def _weigh(self, length: int) -> None:
        """Stop where entities unfold to more than the bytes could hold."""
        self._weight += length
        if self._weight > 10 * len(self._data) + 100_000:
            raise SourceError(f"{self._label} unfolds to far more than it holds (an entity bomb): it is not read.")

    def _tag_end(self, start: int) -> int:
        """The byte after the ``>`` of the tag at ``start``; quoted values may hold ``>``."""
        if not self._encoding.startswith("utf-16"):
            match = _TAG_BYTES.match(self._data, start)
            return match.end() if match else len(self._data)
        text = self._data[start : start + MOST_TAG].decode(self._encoding, "replace")
        found = _TAG.match(text)
        return start + len(text[: found.end()].encode(self._encoding)) if found else len(self._data)


MOST_TAG = 1 << 16
"""The longest tag looked for in UTF-16, in bytes."""
_TAG = re.compile(r"""[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_TAG_BYTES = re.compile(_TAG.pattern.encode("ascii"))
