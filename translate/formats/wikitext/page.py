"""A walked page of wikitext: what was found in it, and how it is written back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from translate.document import Document, Runs, Skip, Slot, normal, visible
from translate.formats.figures import Figure
from translate.formats.wikitext import defaults
from translate.formats.wikitext.inside import enter
from translate.formats.wikitext.names import Names, names
from translate.formats.wikitext.places import Left, Place, more
from translate.formats.wikitext.scanner import Node, every
from translate.formats.wikitext.spell import Patch, Patches, Reading, spell
from translate.formats.wikitext.templates import Treatments
from translate.formats.wikitext.walk import Walker
from translate.sites import Sister, Site

UNIT = re.compile(r"<!--T:([^\s>-]+)-->")
TRANSLATE = re.compile(r"<translate(?:\s[^<>]*)?>(.*?)(?:</translate>|\Z)", re.DOTALL)
BLANK = re.compile(r"\n[ \t\r]*\n")
KEPT_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Page:
    """One page, walked. Immutable.

    ``slots`` are in reading order; their addresses are unique and the same for the same text. ``visible`` counts the visible characters of the whole text, its markup too.
    ``signs`` are what its structure is made of, as (sort, value) pairs. ``redirect`` and ``switches`` are the spans of those magic words. ``unclosed`` are comments that never end, by their spans.
    ``figures`` are the cells of tables that hold digits alone.
    """

    document: str
    text: str
    slots: tuple[Slot, ...]
    skips: tuple[Skip, ...]
    visible: int
    remarks: tuple[str, ...]
    signs: tuple[tuple[str, str], ...]
    unclosed: tuple[tuple[int, int], ...]
    places: tuple[Place, ...] = field(repr=False)
    nodes: tuple[Node, ...] = field(repr=False)
    redirect: tuple[int, int] | None
    switches: tuple[tuple[int, int], ...]
    names: Names = field(repr=False)
    figures: tuple[Figure, ...] = ()

    def splice(self, targets: Mapping[str, Runs], *, edits: Iterable[Patch] = (), there: Names | None = None) -> str:
        """The page with each slot's text replaced by its target, keyed by address.

        Slots that are not in ``targets``, or whose target equals their source, keep their own characters: with nothing changed the result is ``text`` itself.
        ``edits`` are other changes, such as ``localise`` gives; none may cut into another. Any runs give a page of the same structure.
        ``there`` are the names of the wiki that the page is written for, where that is not its own: what is written is read again as that wiki reads it.
        """
        reader = Reading(there or self.names, self.names.tags | (there or self.names).tags)
        patches = Patches(self.text, edits)
        for place in reversed(self.places):
            target = normal(targets.get(place.address, place.runs))
            if target != place.runs or patches.links(place):
                spell(place, target, patches, reader)
        return patches.whole()

    @property
    def as_document(self) -> Document:
        """The page as every format gives it."""
        return Document(self.document, "content", self.slots, self.skips, self.visible, self.remarks)


def walk(text: str, site: Site = defaults.ENGLISH, *, sister: Sister | None = None, document: str = "page") -> Page:
    """Walk one page. What templates' parameters are comes from ``sister``, where it is known. Raises nothing, whatever the text."""
    known = names(site)
    treatments = Treatments(sister.templates if sister else {}, sister.treatment if sister else {})
    walker = Walker(text, known, treatments, enter)
    walker.walk()
    places = tuple(_addressed(text, sorted(walker.places, key=lambda place: place.start)))
    comments = [node for node in every(walker.roots) if node.comment]
    skips = tuple(_skips(document, text, places, walker.left, comments))
    return Page(
        document=document,
        text=text,
        slots=tuple(Slot(document, place.address, place.kind, place.runs, place.trail) for place in places),
        skips=skips,
        visible=visible(text),
        remarks=tuple(_remarks(document, walker.kept, comments)),
        signs=(*walker.signs, *(("comment", text[node.start : node.end]) for node in comments)),
        unclosed=tuple((node.start, node.end) for node in comments if not node.closed),
        places=places,
        nodes=tuple(walker.roots),
        redirect=walker.redirect,
        switches=tuple(walker.switches),
        names=known,
        figures=tuple(Figure(token.start, token.end, token.text) for token in walker.figures),
    )


def _addressed(text: str, places: Iterable[Place]) -> Iterator[Place]:
    """Each place with its address: its number, or that of its unit where the page is marked for translation."""
    units = list(_units(text)) if "<translate" in text else []
    used: dict[str, int] = {}
    at = 0
    for number, place in enumerate(places, 1):
        while at < len(units) and units[at][1] <= place.start:
            at += 1
        address = f"/{number}"
        if at < len(units) and units[at][0] <= place.start:
            unit = f"T:{units[at][2]}"
            used[unit] = used.get(unit, 0) + 1
            address = unit if used[unit] == 1 else f"{unit}/{used[unit]}"
        yield replace(place, address=address)


def _units(text: str) -> Iterator[tuple[int, int, str]]:
    """The spans of the units of a page that is marked for translation, with their ids."""
    for found in TRANSLATE.finditer(text):
        at = found.start(1)
        for end, after in [*((gap.start(), gap.end()) for gap in BLANK.finditer(text, *found.span(1))), (found.end(1), found.end(1))]:
            if mark := UNIT.search(text, at, end):
                yield at, end, mark[1]
            at = after


def _skips(document: str, text: str, places: Iterable[Place], left: Iterable[Left], comments: Iterable[Node]) -> Iterator[Skip]:
    """What is left alone, and the markup: all that belongs to no slot and has no other reason."""
    claims: list[tuple[int, int, str, str]] = []
    for place in places:
        claims += [(token.start, token.end, token.text, "") for token in place.tokens if token.text]
    claims += [(one.start, one.end, text[one.start : one.end], one.reason) for one in left]
    claims += [(node.start, node.end, text[node.start : node.end], "a comment") for node in comments]
    signs: list[str] = []
    at = number = 0
    for start, end, shown, reason in sorted(claims, key=lambda claim: (claim[0], -claim[1])):
        if start < at:
            continue
        signs += [text[at:start], more(text[start:end], shown)]
        at = max(at, end)
        if reason and visible(shown):
            number += 1
            yield Skip(document, f"@{number}", reason, shown.strip())
    signs.append(text[at:])
    markup = " ".join("".join(signs).split())
    if visible(markup):
        yield Skip(document, f"@{number + 1}", "markup", markup)


def _remarks(document: str, kept: Mapping[str, list[str]], comments: Iterable[Node]) -> Iterator[str]:
    if any(not node.closed for node in comments):
        yield f"{document}: a comment begins and never ends, so that the rest of the page is not shown; it is kept as it is, and cannot be published so."
    if kept:
        shown = [f"{name} ({', '.join(dict.fromkeys(parameters))})" for name, parameters in sorted(kept.items())]
        more_ = f" (+ {len(shown) - KEPT_SHOWN})" if len(shown) > KEPT_SHOWN else ""
        yield f"{document}: nobody says whether these parameters are to be translated, so they are kept: {'; '.join(shown[:KEPT_SHOWN])}{more_}."
