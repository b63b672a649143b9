"""The elements of a small XML file (OPF, NCX, container.xml) as a flat list, each with its bytes, and changes at those bytes.

A change touches only its own span; every other byte stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from translate.errors import SourceError
from translate.formats.parse import Malformed, Tree, parse
from translate.formats.tree import Text

MOST_XML_BYTES = 20_000_000
XML_SPACE = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its place in the tree and in the bytes.

    ``tag`` is as written ("dc:title"), ``name`` without the prefix, ``space`` the namespace. ``text`` is the text directly inside, ``parent`` the index of the element around it (-1 for the root).
    ``start`` is the byte of ``<``, ``inner`` the byte after the start tag, ``close`` that of the end tag, ``end`` the one after it; the last three are one for an empty-element tag.
    Bytes count in ``Outline.body``.
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
    """An XML file with its elements in document order; ``body`` is the file in UTF-8 without a byte order mark."""

    tree: Tree
    elements: tuple[Element, ...]

    @property
    def body(self) -> bytes:
        """The bytes that elements and changes count in."""
        return self.tree.body

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
    """New text for the bytes from ``start`` to ``end``."""

    start: int
    end: int
    new: str


def read(data: bytes, *, label: str) -> Outline:
    """The outline of ``data``; ``label`` is the name that errors give it.

    Raises ``SourceError`` where it is not well-formed, too large, too deep, or an entity bomb.
    """
    if len(data) > MOST_XML_BYTES:
        raise SourceError(f"{label} is larger than {MOST_XML_BYTES:,} bytes, which no such file needs: it is not read.")
    try:
        tree = parse(data, label)
    except Malformed as error:
        raise SourceError(f"{label} is damaged XML ({error}): mend or replace the file.") from error
    return Outline(tree, tuple(_flat(tree)))


def _flat(tree: Tree) -> Iterator[Element]:
    """The tree's elements with their namespaces, in order."""
    places = {id(element): index for index, element in enumerate(tree.elements)}
    scopes: list[dict[str, str]] = []
    for element in tree.elements:
        parent = places[id(element.parent)] if element.parent is not None else -1
        outer = scopes[parent] if parent >= 0 else {"xml": XML_SPACE}
        declared = {key.partition(":")[2]: value for key, value in element.attributes.items() if key == "xmlns" or key.startswith("xmlns:")}
        scopes.append({**outer, **declared} if declared else outer)
        yield Element(
            tag=element.qualified,
            name=element.name,
            space=scopes[-1].get(element.qualified.rpartition(":")[0], ""),
            attributes=tuple(element.attributes.items()),
            text="".join(child.text for child in element.children if isinstance(child, Text)),
            parent=parent,
            start=element.start,
            inner=element.inner,
            close=element.close,
            end=element.end,
        )


def apply(outline: Outline, changes: Iterable[Change]) -> bytes:
    """The file with each change made, in its own encoding. Spans must not overlap; what is put in at a byte comes before what changes there."""
    out: list[bytes] = []
    at = 0
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        out += [outline.body[at : change.start], change.new.encode()]
        at = change.end
    return outline.tree.encode(b"".join([*out, outline.body[at:]]))


def escaped(text: str) -> str:
    """``text`` as XML text or as a value in double quotes, without characters that XML forbids."""
    allowed = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
    return allowed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def set_text(outline: Outline, element: Element, text: str) -> Change:
    """The change that gives a leaf element a new text."""
    if element.inner == element.end:
        tag = _tag(outline, element)
        new = tag[: tag.rindex("/")].rstrip() + ">" + escaped(text) + f"</{element.tag}>"
        return Change(element.start, element.end, new)
    return Change(element.inner, element.close, escaped(text))


def set_attributes(outline: Outline, element: Element, values: Mapping[str, str | None]) -> Change:
    """The change that gives ``element`` these attributes, as written; None takes one away."""
    tag = _tag(outline, element)
    for name, value in values.items():
        tag = _with_attribute(tag, name, value)
    return Change(element.start, element.inner, tag)


def append(element: Element, markup: str) -> Change:
    """The change that puts ``markup`` at the end of ``element``, which must not be an empty-element tag."""
    return Change(element.close, element.close, markup)


def remove(element: Element) -> Change:
    """The change that takes ``element`` away."""
    return Change(element.start, element.end, "")


def _tag(outline: Outline, element: Element) -> str:
    return outline.body[element.start : element.inner].decode()


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
