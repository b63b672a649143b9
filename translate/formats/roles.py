"""Says of every element what it is to us: a block, a pair of markers, an atom, a skip.

Two passes over the elements, none of them recursive: from the outside in for what is inherited (language, ``translate``, kind), from the inside out for what depends on the content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from translate import languages
from translate.document import Kind
from translate.errors import SettingError
from translate.formats.rules import (
    ADDRESS,
    FIXED_REASON,
    HEADINGS,
    LANGUAGE_REASON,
    LONGEST_ADDRESS,
    NOTE_TYPES,
    NOTEREF_TYPES,
    NUMBERS,
    READING_AIDS,
    RUBY,
    RULES,
    SVG,
    VERSE_TYPES,
    WITHOUT_LETTERS,
    XHTML,
    Dialect,
)
from translate.formats.tree import Context, Element, Role, Text

TYPES = ("class", "epub:type", "role")
SPEAKING = ("class", "epub:type", "role", "translate", "lang", "xml:lang", "xml:space")
"""The attributes that can change what an element's content is to us."""


def settle(elements: tuple[Element, ...], dialect: Dialect, language: str | None) -> None:
    """Set ``context``, ``role``, ``shown`` and ``letters`` of every element."""
    rules = RULES[dialect]
    root = Context(rules, held=rules.held is None)
    own = primary(language or tongue(elements[0]) or "")
    for element in elements:
        element.context = inherit(element, element.parent.context if element.parent else root, own)
    for element in reversed(elements):
        judge(element)


def inherit(element: Element, context: Context, own: str) -> Context:
    """The context inside ``element``: what stood around it, and what it says itself."""
    name = element.name
    kind = context.rules.kinds.get(name)
    if kind is not None and kind is not context.kind and not (kind is Kind.PARAGRAPH and name == "p"):
        context = replace(context, kind=kind)
    if context.rules.held is not None and name in context.rules.held:
        context = replace(context, held=True)
    if name in ("svg", "foreignObject", "nav", "aside"):
        context = inside(name, context)
    if not context.fixed and name in context.rules.skips:
        context = replace(context, fixed=context.rules.skips[name])
    if element.attributes and any(name in element.attributes for name in SPEAKING):
        context = spoken(element, context, own)
    return context


def inside(name: str, context: Context) -> Context:
    """The context inside elements that change it by their name alone."""
    if name == "svg":
        return replace(context, rules=SVG)
    if name == "foreignObject":
        return replace(context, rules=XHTML)
    return replace(context, label=True) if name == "nav" else context


def spoken(element: Element, context: Context, own: str) -> Context:
    """The context as the element's attributes change it."""
    kinds = words(element)
    if not context.note and kinds & NOTE_TYPES:
        context = replace(context, note=True)
    if not context.verse and (kinds & VERSE_TYPES or any(part in VERSE_TYPES for word in kinds for part in word.split("-") if part != "line")):
        context = replace(context, verse=True)
    space = element.attributes.get("xml:space")
    if space is not None:
        context = replace(context, preserve=space == "preserve")
    if context.fixed:
        return context
    if element.attributes.get("translate") == "no" or "notranslate" in kinds:
        return replace(context, fixed=FIXED_REASON)
    other = foreign(element, own)
    return replace(context, fixed=LANGUAGE_REASON + other) if other else context


def words(element: Element) -> frozenset[str]:
    """The words of its class, its epub:type and its role."""
    return frozenset(word for name in TYPES if name in element.attributes for word in element.attributes[name].lower().split())


def tongue(element: Element) -> str:
    """The language tag an element carries, or an empty string."""
    return (element.attributes.get("xml:lang") or element.attributes.get("lang") or "").strip()


def foreign(element: Element, own: str) -> str:
    """The tag of the third language an element is marked with, or an empty string.

    What the root and the body say is no witness: many books declare the wrong language there.
    """
    tag = tongue(element)
    if not tag or not own or element.parent is None or element.name in ("body", "metadata"):
        return ""
    said = primary(tag)
    return "" if said in (own, "", "und", "mul") else tag


def primary(tag: str) -> str:
    """The primary language of a tag as two letters where there are two ("eng" → "en"); empty where the tag names no language."""
    code = tag.replace("_", "-").split("-")[0].lower()
    if len(code) == 2 or code in ("", "und", "mul", "zxx"):
        return code
    try:
        return languages.find(code).code
    except SettingError:
        return ""


def judge(element: Element) -> None:
    """Set what depends on the content; the children are judged already."""
    name, rules = element.name, element.context.rules
    if name in rules.invisible:
        element.role = "hidden"
        return
    block = name in rules.blocks
    bare = False
    for child in element.children:
        if isinstance(child, Text):
            if not child.text.isspace():
                bare = bare or any(not char.isspace() and char != "\u00ad" for char in child.text)
                element.letters = element.letters or any(map(str.isalpha, child.text))
        elif child.role != "hidden":
            block = block or child.role in ("block", "skip")
            bare = bare or child.role == "pair" or (child.role == "ruby" and child.shown)
            element.shown = element.shown or child.shown
            element.letters = element.letters or child.letters
    element.shown = element.shown or bare
    element.role = role(element, block, bare)


def role(element: Element, block: bool, bare: bool) -> Role:
    """What the element is; ``block`` where it is one or holds one, ``bare`` where it holds text outside atoms."""
    name, rules = element.name, element.context.rules
    if element.context.fixed and not (element.parent and element.parent.context.fixed):
        return "skip" if block or name in rules.skips else "atom"
    if name in rules.atoms or (name == "svg" and element.parent is not None):
        return "atom"
    if block or element.parent is None:
        return "block"
    if name in READING_AIDS and element.parent.name in RUBY | READING_AIDS:
        return "aid"
    if name in RUBY:
        return "ruby"
    if not bare or (name in WITHOUT_LETTERS and not element.letters) or (words(element) & NOTEREF_TYPES and len(seen(element)) < 6):
        return "atom"
    return "atom" if is_number(element) or is_address(element) else "pair"


def is_number(element: Element) -> bool:
    """Whether it is the number of a section, a figure, a table, which readers of every language read the same."""
    return not element.letters and any("number" in word or word in NUMBERS for word in words(element))


def is_address(element: Element) -> bool:
    """Whether all that it shows is a web or e-mail address, in brackets perhaps; tags may cut it up."""
    if not element.letters or not any(child.text for child in element.children if isinstance(child, Text)):
        return False
    shown = "".join(node.text for node in inner(element) if isinstance(node, Text))
    return len(shown) < LONGEST_ADDRESS and ADDRESS.fullmatch(shown.strip()) is not None


def is_closed(element: Element) -> bool:
    """Whether an atom's whole inside is kept as it is, attributes too."""
    return bool(element.context.fixed)


def inner(element: Element, *, through: bool = True) -> Iterator[Element | Text]:
    """Every text and element inside that a reader can see, in order; without ``through``, nothing inside what is walked on its own."""
    stack = list(reversed(element.children))
    while stack:
        node = stack.pop()
        if isinstance(node, Element):
            if node.role == "hidden":
                continue
            yield node
            if not through and is_walked(node):
                continue
            stack.extend(reversed(node.children))
        else:
            yield node


def is_walked(element: Element) -> bool:
    """Whether the element's inside is walked on its own, though it is an atom where it stands."""
    parent = element.parent
    return not element.context.fixed and parent is not None and element.name in parent.context.rules.walked


def seen(element: Element) -> str:
    """The text inside that stands for the element where it is an atom; what is walked on its own is left out."""
    closed = is_closed(element)
    if not closed and is_walked(element):
        return ""
    return "".join(node.text for node in inner(element, through=closed) if isinstance(node, Text))


def level(element: Element) -> int:
    """1 to 6 for a heading or what stands in one, 0 elsewhere."""
    here: Element | None = element
    while here is not None:
        if here.name in HEADINGS:
            return HEADINGS[here.name]
        here = here.parent
    return 0
