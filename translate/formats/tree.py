"""The light tree of an XML document: elements and texts that know which bytes they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from translate.document import Kind
from translate.formats.rules import XHTML, Rules


class Piece(NamedTuple):
    """A part of a text: "plain" characters (a CDATA section or a resolved reference too), an "aside" (comment, processing instruction), an unknown "entity"."""

    start: int
    end: int
    text: str
    sort: Literal["plain", "aside", "entity"]


@dataclass(slots=True, eq=False)
class Text:
    """What stands between two tags: ``start`` to ``end`` in the bytes; ``text`` is what a reader sees of it."""

    start: int
    end: int
    text: str
    pieces: tuple[Piece, ...]


Role = Literal["block", "pair", "atom", "skip", "hidden", "aid", "ruby"]
"""Ends a run; goes round words; stands whole in a run; is left alone; is seen by nobody; a reading aid (``rt``); markup that goes with the words it explains."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an element has from those around it.

    ``fixed`` is the reason why nothing in it is translated, ``kind`` what a run directly in it is, ``held`` whether its text is translated in a dialect that names such elements.
    """

    rules: Rules
    fixed: str = ""
    kind: Kind = Kind.PARAGRAPH
    held: bool = True
    note: bool = False
    verse: bool = False
    label: bool = False
    preserve: bool = False


EVERYWHERE = Context(XHTML)


@dataclass(slots=True, eq=False)
class Element:
    """One element. Only ``parse`` builds it, and only ``roles`` says what it is to us.

    ``start``…``inner`` is its start tag, ``close``…``end`` its end tag (both at the end for ``<br/>``, which ``empty`` says).
    ``name`` is local, ``qualified`` as spelt ("dc:title"). ``attributes`` are keyed as spelt; entities of a missing DTD are left out of their values.
    ``place`` counts the parent's child elements from 1; ``elements`` are how many it has itself.
    ``shown`` says whether a reader sees any character inside it, ``letters`` whether any letter.
    """

    name: str
    qualified: str
    attributes: dict[str, str]
    start: int
    inner: int
    close: int = 0
    end: int = 0
    parent: Element | None = None
    place: int = 0
    elements: int = 0
    children: list[Element | Text] = field(default_factory=list)
    context: Context = EVERYWHERE
    role: Role = "pair"
    shown: bool = False
    letters: bool = False

    @property
    def empty(self) -> bool:
        """Whether it is written as one tag (``<br/>``)."""
        return self.inner == self.end

    @property
    def text(self) -> str:
        """The text directly inside, that of its elements left out."""
        return "".join(child.text for child in self.children if isinstance(child, Text))

    @property
    def scope(self) -> dict[str, str]:
        """The namespaces declared here or around, by prefix ("" for the default one)."""
        outer = self.parent.scope if self.parent is not None else {}
        own = {key.partition(":")[2]: value for key, value in self.attributes.items() if key == "xmlns" or key.startswith("xmlns:")}
        return outer | own

    @property
    def space(self) -> str:
        """Its namespace; empty where it has none, or its prefix was never declared."""
        return self.scope.get(self.qualified.rpartition(":")[0], "")

    def get(self, name: str) -> str:
        """The value of the attribute written ``name``, stripped; empty where there is none."""
        return self.attributes.get(name, "").strip()

    @property
    def path(self) -> str:
        """Where it stands, by the steps of an EPUB CFI: ``/4/2`` is the first child of the root's second child."""
        steps: list[str] = []
        element: Element | None = self
        while element is not None and element.parent is not None:
            steps.append(str(2 * element.place))
            element = element.parent
        return "/" + "/".join(reversed(steps))


def within(top: Element) -> Iterator[Element]:
    """The element and all inside it, in document order. Without recursion: a book may nest deeper than Python does."""
    waiting = [top]
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(child for child in reversed(element.children) if isinstance(child, Element))
