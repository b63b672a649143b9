"""Writes a walked document back: the source's own bytes, with the text of the slots replaced and a few edits made.

Everything is a patch: a stretch of bytes and what comes in its place.
Patches may lie inside one another (an alt text in a picture in a paragraph): the inner ones are made first, and the outer one takes them along.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from translate.formats.render import escaped, quoted
from translate.formats.tree import Element

ATTRIBUTE = re.compile(rb"""\s+([^\s=/"'<>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to one element that is no translation, applied by ``Page.splice``.

    ``text`` sets the element's whole content to ``value`` (escaped); ``append`` puts ``value`` (raw XML) before its end tag, ``before`` and ``after`` outside it;
    ``attribute`` sets the attribute ``name`` to ``value``, or removes it where ``value`` is None; ``remove`` takes the element out.
    Of an element inside a slot that is translated in the same splice, only ``attribute`` is sure to be seen.
    """

    element: Element
    how: Literal["text", "append", "before", "after", "attribute", "remove"]
    value: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """Source and target side by side: the language tags and directions that are set on each side."""

    source: str
    target: str
    source_direction: str = "ltr"
    target_direction: str = "ltr"


class Patch(NamedTuple):
    """Bytes that come in the place of others; patches of the same place are made in ``order``."""

    start: int
    end: int
    order: int
    value: bytes


class Attribute(NamedTuple):
    """An attribute as it stands in a tag: the whole with the space before it, and the value between its quotes."""

    start: int
    end: int
    value: int
    value_end: int
    quote: str


class Patches:
    """The patches of one document, in order."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.all: list[Patch] = []

    def put(self, start: int, end: int, value: bytes, *, anyway: bool = False) -> None:
        """Note a patch; one that changes nothing is none, unless it is there to keep others from being made inside it."""
        if anyway or self.body[start:end] != value:
            insort(self.all, Patch(start, end, len(self.all), value))

    def piece(self, start: int, end: int) -> bytes:
        """The bytes of a stretch with the patches inside it made; what is inserted at its end belongs to what follows."""
        low = bisect_left(self.all, (start,))
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
        for patch in sorted(self.all, key=lambda patch: (patch.start, -patch.end if patch.end > patch.start else -1 << 62, patch.order)):
            if patch.start >= at:
                out += [self.body[at : patch.start], patch.value]
                at = patch.end
        return b"".join([*out, self.body[at:]])


def attribute(body: bytes, element: Element, name: str) -> Attribute | None:
    """Where an attribute stands in the element's start tag, or None."""
    for found in ATTRIBUTE.finditer(body, element.start, element.inner):
        if found[1].decode() == name:
            group = 2 if found[2] is not None else 3
            return Attribute(*found.span(), *found.span(group), '"' if group == 2 else "'")
    return None


def apply(edit: Edit, patches: Patches) -> None:
    """Turn an edit into patches."""
    element, body = edit.element, patches.body
    if edit.how == "attribute":
        set_attribute(element, edit.name, edit.value, patches)
    elif edit.how == "remove":
        patches.put(element.start, element.end, b"")
    elif edit.how in ("before", "after"):
        place = element.start if edit.how == "before" else element.end
        patches.put(place, place, (edit.value or "").encode())
    elif element.empty:
        value = escaped(edit.value or "") if edit.how == "text" else (edit.value or "").encode()
        slash = body.rindex(b"/", element.start, element.inner)
        patches.put(slash, element.inner, b">" + value + f"</{element.qualified}>".encode())
    elif edit.how == "text":
        patches.put(element.inner, element.close, escaped(edit.value or ""))
    else:
        patches.put(element.close, element.close, (edit.value or "").encode())


def set_attribute(element: Element, name: str, value: str | None, patches: Patches) -> None:
    """Set, add or remove one attribute."""
    there = attribute(patches.body, element, name)
    if there is None and value is not None:
        end = element.inner - (2 if patches.body.endswith(b"/>", element.start, element.inner) else 1)
        patches.put(end, end, f' {name}="'.encode() + quoted(value, '"') + b'"')
    elif there is not None and value is None:
        patches.put(there.start, there.end, b"")
    elif there is not None and value is not None:
        patches.put(there.value, there.value_end, quoted(value, there.quote))


def edited(body: bytes, edits: Iterable[Edit], root: Element, attributes: Mapping[str, str]) -> Patches:
    """The patches of the edits and of the attributes set on the root."""
    patches = Patches(body)
    for name, value in attributes.items():
        set_attribute(root, name, value, patches)
    for edit in edits:
        apply(edit, patches)
    return patches


