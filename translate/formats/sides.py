"""Source and target side by side: a paragraph is followed by its translation; a cell, item or heading holds both.

The source keeps its ids, and the translation has none; each says its language, and its direction where the two differ.
"""

from __future__ import annotations

import re

from translate.document import Runs
from translate.formats.parse import TAG
from translate.formats.render import quoted, render, tags
from translate.formats.splice import ATTRIBUTE, Bilingual, Patches, set_attribute
from translate.formats.tree import Element
from translate.formats.weave import Recipe

CLASS = "dragoman-target"
BETWEEN = b" / "
NAMED = re.compile(rb"\s(?:xml:)?id\s*=|^<a\s[^>]*name\s*=")


def both(target: Runs, recipe: Recipe, patches: Patches, bilingual: Bilingual, root: Element) -> None:
    """Put ``target`` beside the source of its slot."""

    def nameless(start: int, end: int) -> bytes:
        return without_ids(patches.piece(start, end))

    written = render(target, recipe, nameless)
    source = patches.body[recipe.start : recipe.end]
    if recipe.joined:
        patches.put(recipe.start, recipe.end, source + BETWEEN + written, anyway=True)
        return
    says = languages(bilingual, root)
    if recipe.double is None:
        first = b"<span" + b"".join(f' {name}="{value}"'.encode() for name, value in says[0]) + b">" + source + b"</span><br/>"
        second = retagged(b"<span>", says[1]) + written + b"</span>"
        patches.put(recipe.start, recipe.end, first + second, anyway=True)
        return
    block = recipe.double
    opening, closing = tags(recipe.outside, nameless)
    copy = retagged(patches.piece(block.start, block.inner), says[1]) + opening + written + closing + patches.body[block.close : block.end]
    patches.put(recipe.start, recipe.end, source, anyway=True)
    patches.put(block.end, block.end, b"\n" + copy)
    for name, value in says[0]:
        patches.put(*set_attribute(patches.body, block, name, value))


Says = tuple[tuple[str, str], ...]


def languages(bilingual: Bilingual, root: Element) -> tuple[Says, Says]:
    """The attributes that say the language of the source and of the target; ``lang`` only where the document's root has it too."""
    names = ("xml:lang", "lang") if "lang" in root.attributes else ("xml:lang",)
    turned = bilingual.source_direction != bilingual.target_direction
    source = tuple((name, bilingual.source) for name in names) + ((("dir", bilingual.source_direction),) if turned else ())
    target = tuple((name, bilingual.target) for name in names) + ((("dir", bilingual.target_direction),) if turned else ())
    return source, target


def retagged(tag: bytes, says: Says) -> bytes:
    """A start tag without its id, with the class of a translation and the attributes given."""
    found = re.match(rb"<[^\s/>]+", tag)
    name = found[0] if found else b""
    taken = {b"id", b"xml:id", b"class", b"lang", b"xml:lang", b"dir"}
    kept = [each[0] for each in ATTRIBUTE.finditer(tag) if each[1] not in taken]
    classes = next((each[2] or each[3] or each[4] or b"" for each in ATTRIBUTE.finditer(tag) if each[1] == b"class"), b"")
    value = (classes + b" " + CLASS.encode()).strip().replace(b'"', b"&quot;")
    said = b"".join(f" {key}=".encode() + b'"' + quoted(text, '"') + b'"' for key, text in says)
    return name + b"".join(kept) + b' class="' + value + b'"' + said + b">"


def without_ids(markup: bytes) -> bytes:
    """Markup without the ids of its elements."""
    if NAMED.search(markup) is None:
        return markup
    return TAG.sub(lambda tag: ATTRIBUTE.sub(lambda found: b"" if is_id(found[1], tag[0]) else found[0], tag[0]), markup)


def is_id(name: bytes, tag: bytes) -> bool:
    """Whether the attribute names its element, so that it may stand only once."""
    return name in (b"id", b"xml:id") or (name == b"name" and tag[:2] == b"<a" and tag[2:3].isspace())
