"""Walks an XML document (XHTML, NCX, OPF, SVG) and gives its slots, its skips and what is needed to write it back byte for byte."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

from translate.document import Kind, Runs, Skip, Slot, plain, visible
from translate.formats import roles
from translate.formats.figures import Figure, heads
from translate.formats.page import Page
from translate.formats.parse import Malformed, Tree, parse
from translate.formats.rules import (
    ADDRESS_REASON,
    AID_REASON,
    DOUBLED,
    FILE_REASON,
    FIXED_REASON,
    NOTE_REASON,
    NUMBER_REASON,
    XHTML,
    Dialect,
)
from translate.formats.soup import mend
from translate.formats.splice import Attribute, Bilingual, attribute
from translate.formats.tokens import Token, cut, tokens
from translate.formats.tree import Context, Element, Text
from translate.formats.weave import Recipe, weave

__all__ = ["Bilingual", "Dialect", "Element", "Page", "walk", "walk_tree"]

WEB_ADDRESS = re.compile(r"\s*(?:(?:https?|ftp|mailto):\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)\s*")
WITH_FIGURES = frozenset({Kind.CELL, Kind.PARAGRAPH, Kind.ITEM, Kind.CAPTION})
"""The kinds of passages whose bare figures are amounts, if they are anything: no numbers of headings, of notes, or of pages in a list of contents."""
FILE_NAME = re.compile(r"\s*[\w./\\%-]+\.(?:jpe?g|png|gif|svg|webp|tiff?|bmp|mp3|mp4|x?html?)\s*", re.IGNORECASE)


def walk(data: bytes, *, document: str, dialect: Dialect, language: str | None) -> Page:
    """Walk one document; ``language`` is the work's source language.

    Passages marked as a third language (``lang``, ``xml:lang``) become skips; without ``language``, third is what differs from the root's.
    XML that is not well-formed is read as tag soup, with a remark.
    Raises ``SourceError`` for what is hostile or no text at all: an entity bomb, nesting beyond ``parse.DEPTH``, more than ``parse.SIZE`` bytes.
    """
    remarks: tuple[str, ...] = ()
    try:
        tree = parse(data, document)
    except Malformed as error:
        tree, remark = mend(data, document, str(error))
        remarks = (remark,)
    return walk_tree(tree, data=data, document=document, dialect=dialect, language=language, remarks=remarks)


def walk_tree(tree: Tree, *, data: bytes, document: str, dialect: Dialect, language: str | None, remarks: tuple[str, ...] = ()) -> Page:
    """Walk a document that is a tree already; ``remarks`` say what had to be mended in it."""
    roles.settle(tree.elements, dialect, language)
    walker = Walker(document, tree, dialect)
    walker.walk()
    return Page(
        document=document,
        data=data,
        slots=tuple(walker.slots),
        skips=tuple(walker.skips),
        visible=walker.visible + count(tree.elements[0]),
        remarks=remarks,
        soup=bool(remarks),
        ids=ids(tree, walker.ranges),
        references=walker.references,
        tree=tree,
        recipes=walker.recipes,
        figures=tuple(walker.figures),
    )


def count(root: Element) -> int:
    """The visible characters of all text, by a way of its own: it knows of no slots."""
    return sum(visible(node.text) for node in roles.inner(root) if isinstance(node, Text))


class Range(NamedTuple):
    """The bytes of a whole run, edges included, and the address of its slot."""

    start: int
    end: int
    address: str


def ids(tree: Tree, ranges: list[Range]) -> dict[str, str]:
    """For every id the slot at, inside or first after its element."""
    starts = [each.start for each in ranges]
    out: dict[str, str] = {}
    for element in tree.elements:
        if not element.attributes:
            continue
        name = element.attributes.get("id") or element.attributes.get("xml:id") or (element.attributes.get("name") if element.name == "a" else None)
        if not name or name in out:
            continue
        index = bisect_right(starts, element.start)
        if index and element.start < ranges[index - 1].end:
            index -= 1
        if index < len(ranges):
            out[name] = ranges[index].address
    return out


Step = tuple[Literal["run", "skip", "enter"], Element, list[Element | Text]]


def steps(top: Element) -> Iterator[Step]:
    """The blocks inside ``top`` in reading order: each as it is entered, its runs of inline content, the blocks left alone."""
    stack: list[tuple[Element, Iterator[Element | Text], list[Element | Text]]] = [(top, iter(top.children), [])]
    while stack:
        container, nodes, run = stack[-1]
        for node in nodes:
            if isinstance(node, Text) or node.role not in ("block", "skip"):
                run.append(node)
                continue
            if run:
                yield "run", container, list(run)
                run.clear()
            yield ("skip" if node.role == "skip" else "enter"), node, []
            if node.role == "block":
                stack.append((node, iter(node.children), []))
                break
        else:
            if run:
                yield "run", container, run
            stack.pop()


class Walker:
    """Collects slots and skips in reading order."""

    def __init__(self, document: str, tree: Tree, dialect: Dialect) -> None:
        self.document = document
        self.tree = tree
        self.dialect = dialect
        self.slots: list[Slot] = []
        self.skips: list[Skip] = []
        self.recipes: dict[str, Recipe | Attribute] = {}
        self.references: dict[str, str] = {}
        self.ranges: list[Range] = []
        self.figures: list[Figure] = []
        self.visible = 0
        self.runs: dict[str, int] = {}
        self.trail: list[tuple[int, str]] = []

    def walk(self) -> None:
        """Walk the document from its root."""
        root = self.tree.elements[0]
        if root.role == "skip":
            self.skip(root.path, reason(root), roles.seen(root))
            return
        self.attributes(root)
        self.inside(root, nested=False)

    def inside(self, top: Element, *, nested: bool) -> None:
        """Walk what stands in ``top``; ``nested`` where a slot's bytes hold it."""
        for what, element, nodes in steps(top):
            if what == "enter":
                self.attributes(element)
            elif what == "skip":
                self.skip(element.path, reason(element), roles.seen(element))
            else:
                held = self.run(element, nodes, nested=nested)
                self.within(nodes, nested=nested or held)

    def within(self, nodes: Iterable[Element | Text], *, nested: bool) -> None:
        """The attributes of a run's elements, and what is walked on its own inside its atoms."""
        for node in nodes:
            if isinstance(node, Text) or node.role == "hidden":
                continue
            for element in (node, *(roles.inner(node, through=False) if node.children and not roles.is_walked(node) else ())):
                if isinstance(element, Element) and not element.context.fixed:
                    self.attributes(element)
                    if roles.is_walked(element):
                        self.inside(element, nested=nested)

    def run(self, container: Element, nodes: list[Element | Text], *, nested: bool) -> bool:
        """One run of inline content: a slot, a skip, or nothing; True for a slot."""
        row = list(tokens(nodes))
        if all(token.sort == "text" and token.text.isspace() for token in row):
            return False
        found = cut(row)
        for token in (*found.before, *found.after):
            self.edge(token)
        for token in found.tokens:
            if token.sort == "aid" and token.element is not None:
                self.skip(token.element.path, AID_REASON, token.text)
        shown = [token for token in found.tokens if token.sort in ("text", "atom") and token.text]
        if not shown:
            return False
        runs, recipe = weave(found.tokens, found.outside, preserve=container.context.preserve)
        why = why_not(runs, shown, container.context)
        if why:
            self.skip(self.address(container), why, plain(runs, atoms=True))
            if why == NUMBER_REASON and container.context.kind in WITH_FIGURES:
                self.figures += [Figure(token.start, token.end, token.text, heads(container)) for token in shown if token.sort == "text"]
            return False
        self.slot(container, runs, recipe, None if nested else (start(nodes[0]), nodes[-1].end))
        return True

    def edge(self, token: Token) -> None:
        """Account for a visible atom that is left outside its slot."""
        if token.sort == "atom" and token.text and token.element is not None:
            self.skip(token.element.path, NOTE_REASON if token.name == "note" else NUMBER_REASON, token.text)

    def slot(self, container: Element, runs: Runs, recipe: Recipe, bounds: tuple[int, int] | None) -> None:
        """Make a slot of what stands in ``container``."""
        address = self.address(container)
        kind = what(container.context, runs)
        self.slots.append(Slot(self.document, address, kind, runs, self.headings(container, kind, runs)))
        joined = self.dialect is not Dialect.XHTML or kind in (Kind.LABEL, Kind.TITLE) or container.context.rules is not XHTML
        self.recipes[address] = replace(recipe, joined=joined, double=None if joined else alone(container))
        reference = link(container, recipe)
        if reference:
            self.references[address] = reference
        if bounds and not (kind is Kind.TITLE and self.dialect is Dialect.XHTML):
            self.ranges.append(Range(*bounds, address))

    def headings(self, container: Element, kind: Kind, runs: Runs) -> tuple[str, ...]:
        """The headings above a slot; a heading takes its place among them."""
        level = roles.level(container) if kind is Kind.HEADING else 0
        if level:
            while self.trail and self.trail[-1][0] >= level:
                self.trail.pop()
        above = tuple(text for _, text in self.trail) if kind is not Kind.TITLE else ()
        if level:
            self.trail.append((level, " ".join(plain(runs, atoms=True).split())))
        return above

    def address(self, container: Element) -> str:
        """A new address for a run: its block's place, and its number there from the second on."""
        path = container.path
        number = self.runs[path] = self.runs.get(path, 0) + 1
        return path if number == 1 else f"{path}~{number}"

    def attributes(self, element: Element) -> None:
        """The attributes of an element that a reader sees or hears."""
        if not element.attributes:
            return
        for name in [name for name in element.attributes if name in element.context.rules.attributes]:
            place = attribute(self.tree.body, element, name)
            if place is not None:
                self.attribute(element, name, place)

    def attribute(self, element: Element, name: str, place: Attribute) -> None:
        """Make a slot of an attribute that people read or hear, or account for it."""
        raw = self.tree.entities.decode(self.tree.body[place.value : place.value_end].decode())
        text = " ".join(raw.replace("\u00ad", "").split())
        address = f"{element.path}@{name}"
        self.visible += visible(raw)
        if not any(map(str.isalpha, text)):
            self.skip(address, NUMBER_REASON, text)
        elif FILE_NAME.fullmatch(text) or WEB_ADDRESS.fullmatch(text):
            self.skip(address, FILE_REASON if FILE_NAME.fullmatch(text) else ADDRESS_REASON, text)
        else:
            kind = Kind.LABEL if self.dialect is Dialect.OPF else Kind.ALT
            self.slots.append(Slot(self.document, address, kind, (text,), tuple(text for _, text in self.trail)))
            self.recipes[address] = place
            if self.dialect is Dialect.OPF and "href" in element.attributes:
                self.references[address] = element.attributes["href"]

    def skip(self, address: str, reason: str, text: str) -> None:
        """Account for text that is left as it is."""
        if visible(text):
            self.skips.append(Skip(self.document, address, reason, text.strip()))


def start(node: Element | Text) -> int:
    """The offset at which it begins."""
    return node.start


def alone(container: Element) -> Element | None:
    """The paragraph that a run fills alone, or None where it stands beside blocks or in something that cannot be doubled."""
    if container.name not in DOUBLED or any(isinstance(child, Element) and child.role in ("block", "skip") for child in container.children):
        return None
    return container


def reason(element: Element) -> str:
    """Why a block is left alone: what it holds says more than that it is marked."""
    skips = element.context.rules.skips
    if element.context.fixed != FIXED_REASON:
        return element.context.fixed
    return next((skips[node.name] for node in roles.inner(element) if isinstance(node, Element) and node.name in skips), FIXED_REASON)


def why_not(runs: Runs, shown: list[Token], context: Context) -> str:
    """The reason why a run is left alone, or an empty string."""
    if not context.held:
        return context.rules.reason
    text = plain(runs)
    if any(map(str.isalpha, text)):
        return ADDRESS_REASON if WEB_ADDRESS.fullmatch(plain(runs, atoms=True)) else ""
    for token in shown:
        if token.sort == "atom" and token.element is not None:
            if token.name in context.rules.reasons:
                return context.rules.reasons[token.name]
            if token.element.context.fixed:
                return token.element.context.fixed
    return NUMBER_REASON


def what(context: Context, runs: Runs) -> Kind:
    """The kind of a run in that context."""
    if context.kind in (Kind.HEADING, Kind.TITLE, Kind.METADATA):
        return context.kind
    if context.note:
        return Kind.NOTE
    if context.label:
        return Kind.LABEL
    if context.verse and context.kind in (Kind.PARAGRAPH, Kind.ITEM):
        return Kind.VERSE
    return context.kind


def link(container: Element, recipe: Recipe) -> str:
    """The href of the link that a run stands in; in a table of contents, also of the first link in it."""
    inside = [element for number in sorted(recipe.pairs) for element in recipe.pairs[number]] if container.context.label else []
    for element in (*recipe.outside, *recipe.wraps, *inside):
        if element.name == "a" and (href := element.attributes.get("href") or element.attributes.get("xlink:href")):
            return href
    here: Element | None = container
    while here is not None:
        if here.name == "a" and "href" in here.attributes:
            return here.attributes["href"]
        if here.name in ("navPoint", "pageTarget", "navTarget"):
            contents = (child for child in here.children if isinstance(child, Element) and child.name == "content")
            return next((child.attributes.get("src", "") for child in contents), "")
        here = here.parent
    return ""
