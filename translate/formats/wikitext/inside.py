"""What lies inside of the things that are kept whole: references, pictures, galleries, templates, poems, categories."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from itertools import pairwise

from translate.document import Kind
from translate.formats.wikitext import defaults
from translate.formats.wikitext.masks import masked, sound
from translate.formats.wikitext.names import CATEGORY, FILE, capital, key, spaced
from translate.formats.wikitext.places import Left, Region, Where
from translate.formats.wikitext.scanner import Node, Part
from translate.formats.wikitext.templates import Parameter, call, parameters, trimmed
from translate.formats.wikitext.walk import Walker, lines

DEEPEST = 20
"""Words that lie inside of more things than this are left alone."""
ATTRIBUTE = re.compile(r"""(?<!\w)(\w++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'/>]+))""")
MARKUP = frozenset("[]{}<>|'")
PARAMETER_REASON = "a template's parameter"


def enter(walker: Walker, node: Node, region: Region) -> bool:
    """Note what a node is, and have walked what lies in it; whether anything is."""
    if node.sort == "extension":
        return _extension(walker, node, region)
    if node.sort == "template":
        return _template(walker, node, region)
    if node.sort == "link":
        return _link(walker, node, region)
    if node.sort == "ignored":
        walker.sign("ignored", node.name)
        if node.inner:
            walker.left.append(Left(*node.inner, "shown only where the page is included"))
        return True
    if not node.comment:
        walker.sign("kept", walker.text[node.start : node.end])
    return False


def _deeper(where: Where, kind: Kind, *, bar: bool = False, equals: bool = False) -> Where:
    return Where(kind, bar=bar, equals=equals, depth=where.depth + 1)


def _extension(walker: Walker, node: Node, region: Region) -> bool:
    where = region.where
    inner = node.inner
    if node.name == "nowiki" and (inner is None or inner[0] == inner[1]):
        return True  # it keeps two things apart, and is put where that is needed
    if node.name == "ref":
        opening = walker.text[node.start : inner[0] if inner else node.end]
        given = {name.lower(): a or b or c for name, a, b, c in ATTRIBUTE.findall(opening)}
        walker.sign("reference", f"{given.get('name', '')}|{given.get('group', '')}")
    else:
        walker.sign("extension", node.name if node.name in defaults.WALKED else walker.text[node.start : node.end])
    if inner is None or node.name not in defaults.WALKED or where.depth >= DEEPEST:
        return node.name in ("ref", "references")
    if node.name == "gallery":
        _title(walker, node.start, inner[0], region)
        _gallery(walker, inner, region)
        return True
    nodes = walker.scan(*inner)
    mode, kind = ("verse", Kind.VERSE) if node.name == "poem" else ("block", Kind.NOTE if node.name == "ref" else Kind.PARAGRAPH)
    walker.add(*inner, nodes, _deeper(where, kind), mode=mode, trail=region.trail)
    return True


def _title(walker: Walker, start: int, end: int, region: Region) -> None:
    """The caption of a whole gallery, an attribute that is read as wikitext; one that holds spelt out markup, or more than words and links, is left alone."""
    given = [found for found in ATTRIBUTE.finditer(walker.text, start, end) if found[1].lower() == "caption"]
    if not given:
        return
    value = next(number for number in (2, 3, 4) if given[-1][number] is not None)
    span, raw = given[-1].span(value), given[-1][value]
    nodes = sound(walker.text, walker.scan(*span), walker.names)
    markup = {sign for sign in html.unescape(html.unescape(raw)) if sign in MARKUP}
    if not raw.strip() or not markup <= set(raw) or any(node.sort != "link" for node in nodes):
        walker.left.append(Left(*span, "an attribute"))
        for node in nodes:
            if node.sort == "link":
                walker.sign("link", capital(spaced(walker.text[node.parts[0].start : node.parts[0].end])))
        return
    walker.add(*span, nodes, replace(_deeper(region.where, Kind.CAPTION), quote=("", "", '"', "'", "")[value]), mode="inline", trail=region.trail)


def _gallery(walker: Walker, inner: tuple[int, int], region: Region) -> None:
    """Each line is a file with a caption."""
    nodes = walker.scan(*inner)
    text = masked(walker.text, *inner, nodes)
    where = _deeper(region.where, Kind.CAPTION, bar=True)
    for start, end in lines(text):
        bars = [start - 1, *(at for at in range(start, end) if text[at] == "|"), end]
        first = trimmed(walker.text, inner[0] + start, inner[0] + bars[1])
        if first[0] >= first[1]:
            continue
        walker.left.append(Left(*first, "a file name"))
        walker.sign("file", _file(walker, first))
        spans = [trimmed(walker.text, inner[0] + left + 1, inner[0] + right) for left, right in pairwise(bars[1:])]
        _options(walker, [(span, _within(nodes, span)) for span in spans], where, region)


def _file(walker: Walker, span: tuple[int, int]) -> str:
    """A file's name without its prefix."""
    title = walker.text[slice(*span)]
    _, number, rest = walker.names.split(title)
    return capital(spaced(rest if number == FILE else title))


def _options(walker: Walker, parts: list[tuple[tuple[int, int], list[Node]]], where: Where, region: Region) -> None:
    """What is said of a picture: options are kept, the words for those who do not see it are translated, and the last that is no option, the caption."""
    caption: tuple[tuple[int, int], list[Node]] | None = None
    for span, nodes in parts:
        text = walker.text[slice(*span)]
        found = walker.names.option(text)
        if found is None:
            caption = (span, nodes)
        elif found[0] == "img_alt":
            value = trimmed(walker.text, span[0] + len(found[1]), span[1] - len(found[2]))
            walker.add(*value, _within(nodes, value), replace(where, kind=Kind.ALT), mode="inline", trail=region.trail)
        else:
            walker.sign("option", f"{found[0]} {text[len(found[1]) : len(text) - len(found[2])]}".strip())
    if caption:
        walker.add(*caption[0], _within(caption[1], caption[0]), where, mode="inline", trail=region.trail)


def _within(nodes: list[Node], span: tuple[int, int]) -> list[Node]:
    return [node for node in nodes if span[0] <= node.start < span[1]]


def _link(walker: Walker, node: Node, region: Region) -> bool:
    title = trimmed(walker.text, node.parts[0].start, node.parts[0].end)
    raw = walker.text[slice(*title)]
    prefix, number, rest = walker.names.split(raw)
    where = _deeper(region.where, Kind.CAPTION, bar=True)
    if number == FILE and not node.parts[0].nodes:
        walker.sign("file", _file(walker, title))
        walker.left.append(Left(*title, "a file name"))
        if where.depth < DEEPEST:
            _options(walker, [(trimmed(walker.text, part.start, part.end), part.nodes) for part in node.parts[1:]], where, region)
        return True
    if number == CATEGORY:
        walker.sign("category", capital(spaced(rest)))
        walker.left.append(Left(*title, "a category"))
        for part in node.parts[1:2]:
            span = trimmed(walker.text, part.start, node.parts[-1].end)
            walker.add(*span, part.nodes, replace(where, kind=Kind.METADATA), mode="inline", trail=region.trail)
        return True
    language = number is None and walker.names.is_language(prefix)
    walker.sign("interlanguage" if language else "link", capital(spaced(raw)))
    if language:
        walker.left.append(Left(node.start, node.end, "a link to another language"))
    return language


def _template(walker: Walker, node: Node, region: Region) -> bool:
    found = call(walker.text, node, walker.names)
    where = region.where
    if found.sort in ("sortkey", "title"):
        walker.sign("magic", found.name)
        kind = Kind.METADATA if found.sort == "sortkey" else Kind.TITLE
        walker.add(*found.value, node.parts[0].nodes, _deeper(where, kind, bar=True), mode="inline", trail=region.trail)
        return True
    if found.sort == "variable":
        walker.sign("magic", found.name)
        return False
    if found.sort == "function":
        walker.sign("function", walker.text[node.start : node.end])
        return False
    walker.sign("template", key(found.name))
    if where.depth >= DEEPEST:
        return False
    return _parameters(walker, node, found.name, region)


def _parameters(walker: Walker, node: Node, name: str, region: Region) -> bool:
    """Have those parameters walked that hold words; note those that nobody described."""
    kept: list[Parameter] = []
    walked = False
    for one in parameters(walker.text, node):
        value = walker.text[slice(*one.value)]
        treatment = walker.treatments.of(name, one, value) if value else "keep"
        walker.sign("parameter", f"{key(name)}|{one.name}")
        if treatment == "translate":
            kind = Kind.PARAGRAPH if "\n" in value or len(value) > 80 else Kind.CELL
            where = _deeper(region.where, kind, bar=True, equals=one.positional)
            walker.add(*one.value, _inside(one.part, one.value), where, trail=region.trail)
            walked = True
        elif value:
            kept.append(one)
            if treatment == "unknown" and any(map(str.isalpha, value)):
                walker.kept.setdefault(name, []).append(one.name)
    for one in kept if walked else ():
        walker.left.append(Left(*one.value, PARAMETER_REASON))
    return walked


def _inside(part: Part, span: tuple[int, int]) -> list[Node]:
    return _within(part.nodes, span)
