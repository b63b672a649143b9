"""A walked document: what was found in it, and how it is written back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from translate.document import Runs, Skip, Slot, normal, plain
from translate.formats.figures import Figure
from translate.formats.parse import Tree
from translate.formats.render import quoted, render
from translate.formats.sides import both
from translate.formats.splice import Attribute, Bilingual, Patch, Patches, set_attribute
from translate.formats.tree import Element
from translate.formats.weave import Recipe


@dataclass(frozen=True, slots=True)
class Page:
    """One document, walked. Immutable.

    ``slots`` are in reading order; their addresses are unique, and the same for the same bytes.
    ``visible`` counts the visible characters (``document.visible``) of all text and all translatable attributes.
    ``ids`` maps an element's id to the address of the slot at, inside or else first after that element.
    ``references`` maps the address of a slot inside a link (a TOC label, an NCX navPoint) to its href, as spelt.
    ``soup`` says that the source was no well-formed XML, so that what is changed is written from a mended copy.
    ``figures`` are texts of digits alone, in no slot, which an edition writes as its language groups them.
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
    tree: Tree = field(repr=False)
    recipes: Mapping[str, Recipe | Attribute] = field(repr=False)
    figures: tuple[Figure, ...] = ()

    @property
    def root(self) -> Element:
        """The root element."""
        return self.tree.elements[0]

    def span(self, address: str) -> tuple[int, int]:
        """Where a slot's bytes stand in ``tree.body`` (the document in UTF-8 without its byte order mark)."""
        recipe = self.recipes[address]
        return (recipe.value, recipe.value_end) if isinstance(recipe, Attribute) else (recipe.start, recipe.end)

    def splice(
        self, targets: Mapping[str, Runs], *, root: Mapping[str, str] | None = None, bilingual: Bilingual | None = None, edits: Iterable[Patch] = ()
    ) -> bytes:
        """The document with each slot's text replaced by its target, keyed by address.

        Slots not in ``targets``, or whose target equals their source, keep their own bytes: with nothing changed the result is ``data`` itself.
        ``root`` holds attributes set on the root element (lang, xml:lang, dir). ``bilingual`` puts the target after the source, paragraph by paragraph.
        ``edits`` are other changes to ``tree.body``, such as ``splice.set_attribute`` gives.
        Any runs give a well-formed document with every tag of the source once (``render``), bilingual copies and ruby apart.
        """
        body = self.tree.body
        attributes = (set_attribute(body, self.root, name, value) for name, value in (root or {}).items())
        patches = Patches(body, (*attributes, *edits))
        changed = {slot.address: normal(targets[slot.address]) for slot in self.slots if targets.get(slot.address, slot.source) != slot.source}
        for address in sorted(changed, key=lambda address: -self.span(address)[0]):
            self.fill(address, changed[address], patches, bilingual)
        if not patches.all:
            return self.data
        return self.tree.encode(patches.whole())

    def fill(self, address: str, target: Runs, patches: Patches, bilingual: Bilingual | None) -> None:
        """Put one target in its place; what lies inside its slot is in its place already."""
        recipe = self.recipes[address]
        if isinstance(recipe, Attribute):
            patches.put(recipe.value, recipe.value_end, quoted(plain(target), recipe.quote))
        elif bilingual is None:
            patches.put(recipe.start, recipe.end, render(target, recipe, patches.piece))
        else:
            both(target, recipe, patches, bilingual, self.root)
