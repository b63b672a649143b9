"""Walks an XML document (XHTML, NCX, OPF, SVG) and gives its slots, its skips and what is needed to write it back byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from translate.document import Runs, Skip, Slot
from translate.formats.rules import Dialect
from translate.formats.splice import Bilingual, Edit
from translate.formats.tree import Element

__all__ = ["Bilingual", "Dialect", "Edit", "Element", "Page", "walk"]


@dataclass(frozen=True, slots=True)
class Page:
    """One document, walked. Immutable.

    ``slots`` are in reading order; their addresses are unique, and the same for the same bytes.
    ``visible`` counts the visible characters (``document.visible``) of all text and all translatable attributes.
    ``ids`` maps an element's id to the address of the slot at, inside or else first after that element.
    ``references`` maps the address of a slot inside a link (a TOC label, an NCX navPoint) to its href, as spelt.
    ``soup`` says that the source was no well-formed XML and what is written is mended.
    """

    document: str
    data: bytes
    slots: tuple[Slot, ...]
    skips: tuple[Skip, ...]
    visible: int
    remarks: tuple[str, ...]
    soup: bool
    ids: Mapping[str, str]
    references: Mapping[str, str]
    root: Element

    def find(self, name: str) -> tuple[Element, ...]:
        """Every element of that name, local ("title") or as spelt ("dc:title"), in document order."""
        raise NotImplementedError

    def text(self, element: Element) -> str:
        """The text inside an element, entities resolved, as it stands (white space kept)."""
        raise NotImplementedError

    def splice(
        self, targets: Mapping[str, Runs], *, root: Mapping[str, str] | None = None, bilingual: Bilingual | None = None, edits: Iterable[Edit] = ()
    ) -> bytes:
        """The document with each slot's text replaced by its target, keyed by address.

        Slots not in ``targets``, or whose target equals their source, keep their own bytes: with nothing changed the result is ``data`` itself.
        ``root`` holds attributes set on the root element (lang, xml:lang, dir). ``bilingual`` puts the target after the source, paragraph by paragraph.
        """
        raise NotImplementedError


def walk(data: bytes, *, document: str, dialect: Dialect, language: str | None) -> Page:
    """Walk one document; ``language`` is the work's source language.

    Passages marked as a third language (``lang``, ``xml:lang``) become skips.
    XML that is not well-formed is read as tag soup, with a remark.
    Raises ``SourceError`` for what is hostile or no text at all: an entity bomb, nesting beyond ``parse.DEPTH``, more than ``parse.SIZE`` bytes.
    """
    raise NotImplementedError
