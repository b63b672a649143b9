"""What stands between two braces: a template with parameters, a word of the wiki, or a function; and which parameters hold words to translate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from translate.formats.wikitext import defaults
from translate.formats.wikitext.names import TEMPLATE, Names, capital, key, spaced
from translate.formats.wikitext.scanner import Node, Part
from translate.sites import Template

Treatment = Literal["translate", "keep", "link", "drop", "unknown"]
_NAME = re.compile(r"[^\[\]{}<>|\n#]+")
_FIXED = re.compile(
    r"(?:yes|no|true|false|left|right|center|centre|none|auto|on|off|y|n|\S+\.(?:jpe?g|png|svg|gif|tiff?|webp|ogg|oga|ogv|webm|pdf|djvu)|(?:https?:)?//[^\s<]+|[\W\d_]*)",
    re.IGNORECASE,
)
_TITLED = {"defaultsort": "sortkey", "displaytitle": "title"}


@dataclass(frozen=True, slots=True)
class Call:
    """What is called: its ``sort`` ("template", "function", "variable", "sortkey", "title"), its name, the name's span, and the value's after a colon."""

    sort: str
    name: str
    span: tuple[int, int]
    value: tuple[int, int] = (-1, -1)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter as it is given: its name (a number where it has none), the spans of name and value without white space, and its part."""

    name: str
    positional: bool
    span: tuple[int, int]
    value: tuple[int, int]
    part: Part


def call(text: str, node: Node, names: Names) -> Call:
    """What a pair of double braces calls."""
    part = node.parts[0]
    start, end = trimmed(text, part.start, part.end)
    for inner in part.nodes:
        if inner.comment and inner.start == start:
            start, _ = trimmed(text, inner.end, end)
        elif inner.comment and inner.end == end:
            _, end = trimmed(text, start, inner.start)
    raw = text[start:end]
    before, colon, _ = raw.partition(":")
    word = names.variable(before.strip())
    if colon and word in _TITLED:
        after = trimmed(text, start + len(before) + 1, end if len(node.parts) == 1 else part.end)
        return Call(_TITLED[word], word, (start, start + len(before)), after)
    if word and not colon and len(node.parts) == 1:
        return Call("variable", word, (start, end))
    if (colon and names.function(before.strip())) or raw.startswith("#") or not _NAME.fullmatch(raw):
        return Call("function", raw, (start, end))
    prefix, number, rest = names.split(raw)
    if number == TEMPLATE:
        return Call("template", capital(spaced(rest)), (start + len(prefix) + 1, end))
    return Call("template", spaced(raw) if raw.startswith(":") or number else capital(spaced(raw)), (start, end))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def parameters(text: str, node: Node) -> Iterator[Parameter]:
    """The parameters of a template, in order. An unnamed one has its number for a name."""
    number = 0
    for part in node.parts[1:]:
        value = trimmed(text, part.equals + 1 if part.equals >= 0 else part.start, part.end)
        if part.equals >= 0:
            span = trimmed(text, part.start, part.equals)
            yield Parameter(text[slice(*span)], False, span, value, part)
        else:
            number += 1
            yield Parameter(str(number), True, (part.start, part.start), value, part)


@dataclass(frozen=True, slots=True)
class Treatments:
    """Which parameters of which templates are translated.

    The wiki's own ``treatment`` (template → parameter → what to do, "*" for any) counts first, being a person's word; then the types of TemplateData; then what most wikis use.
    """

    templates: Mapping[str, Template]
    treatment: Mapping[str, Mapping[str, str]]

    def of(self, template: str, parameter: Parameter, value: str) -> Treatment:
        """What is done with one parameter; "unknown" is kept, and is worth a remark."""
        name = key(template)
        said = self.said(name, parameter.name)
        if said in ("translate", "keep", "link", "drop"):
            return said  # type: ignore[return-value]
        if _FIXED.fullmatch(value):
            return "keep"
        kind = self._type(name, parameter.name)
        names = (name, self._counterpart(name))
        if any(one.startswith(defaults.KEPT_TEMPLATES) for one in names):
            return "keep"
        if kind:
            return "translate" if kind in defaults.PROSE_TYPES else "link" if kind == "wiki-page-name" else "keep"
        if parameter.positional and any(one in defaults.LINKED_TEMPLATES for one in names):
            return "link"
        if key(parameter.name) in _PROSE or any(parameter.name in defaults.PROSE_TEMPLATES.get(one, ()) for one in names):
            return "translate"
        return "unknown"

    def said(self, template: str, parameter: str) -> str:
        """What the wiki's own map says of a parameter, or "". ``template`` is a key."""
        for name in (template, "*"):
            for said, wishes in self.treatment.items():
                if key(said) == name:
                    found = {key(one): wish for one, wish in wishes.items()}
                    if (wish := found.get(key(parameter)) or found.get("*")) is not None:
                        return wish
        return ""

    def _counterpart(self, template: str) -> str:
        """What the template is called in the other wiki, so that a page and its translation are read alike."""
        return next((key(known.target.rpartition(":")[2]) for known in self.templates.values() if key(known.name) == template), "")

    def _type(self, template: str, parameter: str) -> str:
        for known in self.templates.values():
            if key(known.name) == template:
                for one in known.parameters:
                    if key(parameter) in {key(one.name), *map(key, one.aliases)}:
                        return one.type
        return ""


_PROSE = frozenset(map(key, defaults.PROSE_PARAMETERS))
