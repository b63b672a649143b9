"""XML of exchange files, read without trust; and their inline elements as markers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from translate.document import Marker, Runs, normal
from translate.errors import SourceError

if TYPE_CHECKING:
    from lxml.etree import _Element

XML = "{http://www.w3.org/XML/1998/namespace}"

How = Literal["pair", "atom", "open", "close", "through", "leave"]
"""An element round words; a thing by itself; the first and second half of a pair; nothing but its words; not even these."""

Rule = Callable[["_Element"], tuple[How, str]]
"""Says of an inline element what it is, and its name for matching: the same on both sides, and in both halves of a pair."""


def parse(data: bytes, name: str) -> _Element:
    """The root of an XML document; entities are not resolved and nothing is fetched.

    Raises ``SourceError`` where it is no well-formed XML, or defines entities.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(f"{name} is no well-formed XML ({error}): export it again.") from error
    refuse_entities(root, name)
    return root


def refuse_entities(root: _Element, name: str) -> None:
    """Raise ``SourceError`` where the document of this element defines entities; ``name`` is what the sentence calls it."""
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.entities()), None) is not None:
        raise SourceError(f"{name}: it defines entities of its own, which no exchange file needs: it is not read.")


def drop(element: _Element) -> None:
    """Free a unit that was read from a stream, and the white space before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def local(element: _Element) -> str:
    """The element's name without its namespace; "" for an entity reference or another node without a name."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: _Element, name: str) -> Iterator[_Element]:
    """The child elements of that local name."""
    return (child for child in element if local(child) == name)


def child(element: _Element, name: str) -> _Element | None:
    """The first child element of that local name, or None."""
    return next(children(element, name), None)


def language(element: _Element) -> str | None:
    """The language that an element names (``xml:lang``, or TMX's old ``lang``)."""
    tag = element.get(f"{XML}lang") or element.get("lang")
    return str(tag) if tag else None


_ILLEGIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legible(text: str) -> str:
    """The text as XML can hold it: signs that no XML file may have become U+FFFD."""
    return _ILLEGIBLE.sub("\ufffd", text)


@dataclass(slots=True)
class Numbers:
    """The numbers of one unit's markers, shared by its source and target: the same name is the same number; and what each is."""

    known: dict[str, int] = field(default_factory=dict)
    called: dict[int, str] = field(default_factory=dict)

    def of(self, name: str) -> int:
        """The number of that name."""
        return self.known.setdefault(name, len(self.known) + 1)

    def marker(self, kind: Literal["open", "close", "atom"], name: str, element: _Element) -> Marker:
        """The marker of that name; it is called what the file says it is (its type), else after its element."""
        number = self.of(name)
        said = element.get("type") or element.get("ctype") or element.get("subType") or ""
        if kind != "close" or number not in self.called:
            self.called[number] = said.removeprefix("x-").removeprefix("dragoman:") or local(element)
        return Marker(kind, number, self.called[number])


def runs(element: _Element | None, rule: Rule, numbers: Numbers, *, edges: bool = False) -> Runs:
    """The words of an element with its inline elements as markers; white space as it stands, that at the edges only with ``edges``."""
    if element is None:
        return ()
    found = normal(_inside(element, rule, numbers))
    return found if edges else _stripped(found)


def _inside(element: _Element, rule: Rule, numbers: Numbers) -> Iterator[str | Marker]:
    yield element.text or ""
    for inner in element:
        tag = local(inner)
        if tag:
            yield from _marked(inner, tag, rule, numbers)
        yield inner.tail or ""


def _marked(inner: _Element, tag: str, rule: Rule, numbers: Numbers) -> Iterator[str | Marker]:
    how, name = rule(inner)
    if how == "through":
        yield from _inside(inner, rule, numbers)
    elif how == "pair":
        yield numbers.marker("open", name, inner)
        yield from _inside(inner, rule, numbers)
        yield numbers.marker("close", name, inner)
    elif how != "leave":
        yield numbers.marker(how, name, inner)


def _stripped(text: Runs) -> Runs:
    """Without white space at the edges, which comes from the indentation of the file."""
    out = list(text)
    if out and isinstance(out[0], str):
        out[0] = out[0].lstrip()
    if out and isinstance(out[-1], str):
        out[-1] = out[-1].rstrip()
    return normal(out)
