"""A small XML file (OPF, NCX, container.xml) as a flat list of its elements, to be read and patched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from translate.errors import SourceError
from translate.formats.parse import Malformed, Tree, parse
from translate.formats.splice import Patch, Patches
from translate.formats.tree import Element

MOST_XML_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Outline:
    """An XML file and its elements, in document order."""

    tree: Tree

    @property
    def body(self) -> bytes:
        """The file in UTF-8 without a byte order mark: the bytes that elements and patches count in."""
        return self.tree.body

    @property
    def root(self) -> Element:
        """The outermost element."""
        return self.tree.elements[0]

    def named(self, *names: str) -> Iterator[Element]:
        """The elements whose local name is one of ``names``, in order."""
        return (element for element in self.tree.elements if element.name in names)

    def inside(self, outer: Element) -> Iterator[Element]:
        """The elements within ``outer``, at any depth, in order."""
        return (element for element in self.tree.elements if outer.start < element.start and element.end <= outer.end)

    def patched(self, patches: Iterable[Patch]) -> bytes:
        """The file with each patch made, in its own encoding; every other byte stays. Spans must not overlap."""
        return self.tree.encode(Patches(self.body, patches).whole())


def read(data: bytes, *, label: str) -> Outline:
    """The outline of ``data``; ``label`` is the name that errors give it.

    Raises ``SourceError`` where it is not well-formed, too large, too deep, or an entity bomb.
    """
    if len(data) > MOST_XML_BYTES:
        raise SourceError(f"{label} is larger than {MOST_XML_BYTES:,} bytes, which no such file needs: it is not read.")
    try:
        return Outline(parse(data, label))
    except Malformed as error:
        raise SourceError(f"{label} is damaged XML ({error}): mend or replace the file.") from error
