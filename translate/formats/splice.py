"""Writes a walked document back: the source's own bytes, with the text of the slots replaced and a few attributes and elements changed.

Everything is a patch: a stretch of bytes and what comes in its place.
Patches may lie inside one another (an alt text in a picture in a paragraph): the inner ones are made first, and the outer one takes them along.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from translate.formats.render import escaped, quoted
from translate.formats.tree import Element

ATTRIBUTE = re.compile(rb"""(?<!\s)\s++([^\s=/"'<>]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+))""")
"""An attribute in a tag; its value stands in group 2, 3 or, without quotes as HTML allows, 4."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """Source and target side by side: the language tags and directions that are set on each side."""

    source: str
    target: str
    source_direction: str = "ltr"
    target_direction: str = "ltr"


class Patch(NamedTuple):
    """Bytes that come in the place of others, of which there may be none. Of those put in at one place, the first noted is the first."""

    start: int
    end: int
    value: bytes


def _start(patch: Patch) -> int:
    return patch.start


def _span(patch: Patch) -> tuple[int, int]:
    return patch.start, patch.end


class Attribute(NamedTuple):
    """An attribute as it stands in a tag: the whole with the space before it, and the value between its quotes."""

    start: int
    end: int
    value: int
    value_end: int
    quote: str


class Patches:
    """The patches of one document, in order."""

    def __init__(self, body: bytes, patches: Iterable[Patch] = ()) -> None:
        self.body = body
        self.all: list[Patch] = []
        for patch in patches:
            self.put(*patch)

    def put(self, start: int, end: int, value: bytes, *, anyway: bool = False) -> None:
        """Note a patch; one that changes nothing is none, unless it is there to keep others from being made inside it."""
        if anyway or self.body[start:end] != value:
            insort(self.all, Patch(start, end, value), key=_span)

    def piece(self, start: int, end: int) -> bytes:
        """The bytes of a stretch with the patches inside it made; what is inserted at its end belongs to what follows."""
        low = bisect_left(self.all, start, key=_start)
        out: list[bytes] = []
        at = start
        for patch in self.all[low:]:
            if patch.start >= end:
                break
            if patch.start < at or patch.end > end:
                continue
            out += [self.body[at : patch.start], patch.value]
            at = patch.end
        return b"".join([*out, self.body[at:end]])

    def whole(self) -> bytes:
        """The document with every patch made; one inside another that is made is left out, as the outer one holds it."""
        out: list[bytes] = []
        at = 0
        for patch in sorted(self.all, key=lambda patch: (patch.start, -patch.end if patch.end > patch.start else -1 << 62)):
            if patch.start >= at:
                out += [self.body[at : patch.start], patch.value]
                at = patch.end
        return b"".join([*out, self.body[at:]])


def attribute(body: bytes, element: Element, name: str) -> Attribute | None:
    """Where an attribute stands in the element's start tag, or None."""
    for found in ATTRIBUTE.finditer(body, element.start, element.inner):
        # HTML spells names as it likes; in XML the caller knows that the element has this very name.
        if found[1].decode("utf-8", "replace").lower() == name.lower():
            group = next(group for group in (2, 3, 4) if found[group] is not None)
            return Attribute(*found.span(), *found.span(group), {2: '"', 3: "'", 4: ""}[group])
    return None


def set_attribute(body: bytes, element: Element, name: str, value: str) -> Patch:
    """The patch that gives an attribute a new value, in the quotes it has, or puts a new one at the end of the start tag."""
    there = attribute(body, element, name)
    if there is not None:
        return Patch(there.value, there.value_end, quoted(value, there.quote))
    end = _tag_end(body, element)
    return Patch(end, end, f' {name}="'.encode() + quoted(value, '"') + b'"')


def set_text(body: bytes, element: Element, text: str) -> Patch:
    """The patch that gives an element a new text in place of all it holds."""
    if element.empty:
        return Patch(_tag_end(body, element), element.inner, b">" + escaped(text) + f"</{element.qualified}>".encode())
    return Patch(element.inner, element.close, escaped(text))


def _tag_end(body: bytes, element: Element) -> int:
    """The byte after the last attribute of a start tag."""
    end = element.inner - (2 if body.endswith(b"/>", element.start, element.inner) else 1)
    return element.start + len(body[element.start : end].rstrip())
