"""Finds what MediaWiki's preprocessor finds in a text, as spans of it: comments, extension tags, templates, arguments, links, headings.

The rules are those of MediaWiki 1.39's ``Preprocessor_Hash`` for a page that is viewed: one pass, a stack of open brackets, and what is never closed is text.
Time grows with the length alone, whatever the text; depth costs no recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Sort = Literal["comment", "ignored", "extension", "template", "argument", "link", "variant"]
PAGE_TAGS = frozenset({"noinclude", "onlyinclude", "/noinclude", "/onlyinclude"})
"""Tags that mean nothing where the page itself is viewed; what stands between them is read."""
TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:_-]*(?=\s|/>|>)")
PAIRS = {"{": "}", "[": "]", "-{": "}-", "\n": "\n"}
MOST = {"{": 3, "[": 2}
EQUALS = re.compile("=*")


@dataclass(slots=True)
class Part:
    """What stands between two bars of a template or link: its span, the place of its first ``=`` (-1: none), and what lies inside."""

    start: int
    end: int = -1
    equals: int = -1
    nodes: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Node:
    """A thing of the preprocessor: its span, its parts (of brackets), or the inside of a tag.

    ``name`` is an extension's tag in small letters; ``inner`` is the span between the tags, or None where the tag closes itself. ``closed`` is False for a comment that never ends.
    """

    sort: Sort
    start: int
    end: int
    parts: list[Part] = field(default_factory=list)
    name: str = ""
    inner: tuple[int, int] | None = None
    closed: bool = True

    @property
    def comment(self) -> bool:
        """Whether it is a comment."""
        return self.sort == "comment"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: the whole line's span, its level from 1 to 6, and the span between the signs."""

    start: int
    end: int
    level: int
    inner: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found: the outermost nodes in order, and every heading by where its line starts."""

    nodes: list[Node]
    headings: Mapping[int, Heading]


@dataclass(slots=True)
class _Open:
    """Brackets, or a heading's line, that are open."""

    sign: str
    start: int
    count: int
    parts: list[Part]

    @property
    def inside(self) -> int:
        """Where the open bracket ends."""
        return self.start + (2 if self.sign == "-{" else self.count)


def scan(text: str, start: int = 0, end: int | None = None, *, tags: Iterable[str]) -> Scan:
    """What the preprocessor finds between ``start`` and ``end``; ``tags`` are the extensions' names in small letters."""
    scanner = _Scanner(text, start, len(text) if end is None else end, frozenset(tags))
    scanner.run()
    return Scan(scanner.nodes, scanner.headings)


class _Scanner:
    def __init__(self, text: str, start: int, end: int, tags: frozenset[str]) -> None:
        self.text, self.at, self.end, self.tags = text, start, end, tags
        self.nodes: list[Node] = []
        self.headings: dict[int, Heading] = {}
        self.stack: list[_Open] = []
        self.no_more: set[str] = set()
        self.closers: dict[str, re.Pattern[str]] = {}

    def run(self) -> None:
        """Read everything."""
        self.line_start()
        while (found := self.pattern().search(self.text, self.at, self.end)) is not None:
            self.at = found.start()
            self.step(found[0])
        self.at = self.end
        if self.stack and self.stack[-1].sign == "\n":
            self.close_heading()
        for piece in self.stack:
            self.nodes.extend(node for part in piece.parts for node in part.nodes)

    def pattern(self) -> re.Pattern[str]:
        """What is looked for next, by what is open."""
        if not self.stack:
            return _pattern("", False, False)
        top = self.stack[-1]
        pipes = top.sign != "\n"
        return _pattern(PAIRS[top.sign], pipes, top.sign == "{" and len(top.parts) > 1 and top.parts[-1].equals < 0)

    def step(self, sign: str) -> None:
        """Deal with what was found at ``at``."""
        if sign == "\n":
            if self.stack and self.stack[-1].sign == "\n":
                self.close_heading()
            self.at += 1
            self.line_start()
        elif sign == "<":
            self.angle()
        elif sign == "|" and self.text.endswith("<tvar", 0, self.at):
            self.at += 1  # what older pages of the Translate extension name so has no parts
        elif sign == "|":
            self.stack[-1].parts[-1].end = self.at
            self.at += 1
            self.stack[-1].parts.append(Part(self.at))
        elif sign == "=":
            self.stack[-1].parts[-1].equals = self.at
            self.at += 1
        elif sign in "[{" or sign == "-{":
            self.open(sign)
        else:
            self.close(sign)

    def into(self) -> list[Node]:
        """Where a new node belongs."""
        return self.stack[-1].parts[-1].nodes if self.stack else self.nodes

    def open(self, sign: str) -> None:
        """A row of opening brackets; a single one is text."""
        count = 1 if sign == "-{" else self.run_of(sign, self.end)
        if sign == "-{" or count > 1:
            inside = self.at + (2 if sign == "-{" else count)
            self.stack.append(_Open(sign, self.at, count, [Part(inside)]))
            self.at = inside
        else:
            self.at += 1

    def run_of(self, sign: str, limit: int) -> int:
        """How many of the same sign stand here."""
        stop = self.at
        while stop < limit and self.text[stop] == sign:
            stop += 1
        return stop - self.at

    def close(self, sign: str) -> None:
        """A row of closing brackets."""
        top = self.stack[-1]
        if sign == "}-":
            self.finish(top, "variant", 2)
            self.stack.pop()
            self.into().append(top.parts[0].nodes.pop())
            return
        most = MOST[top.sign]
        count = self.run_of(sign, min(self.end, self.at + min(top.count, most + 1)))
        matching = most if count > most else count
        if matching < 2:
            self.at += count
            return
        self.finish(top, "link" if top.sign == "[" else "template" if matching == 2 else "argument", matching)
        top.count -= matching
        if top.count < 2:
            node = top.parts[0].nodes.pop()
            self.stack.pop()
            self.into().append(node)

    def finish(self, top: _Open, sort: Sort, width: int) -> None:
        """Make a node of the innermost brackets; it becomes the first thing inside of those that remain."""
        top.parts[-1].end = self.at
        node = Node(sort, top.inside - width, self.at + width, top.parts)
        self.at += width
        part = Part(node.start)
        part.nodes.append(node)
        top.parts = [part]

    def line_start(self) -> None:
        """Whether a heading begins here. A single ``=`` in a template parts a name from its value."""
        found = EQUALS.match(self.text, self.at, self.end)
        count = found.end() - found.start() if found else 0
        top = self.stack[-1] if self.stack else None
        naming = top is not None and top.sign == "{" and len(top.parts) > 1 and top.parts[-1].equals < 0
        if count and not (count == 1 and naming):
            self.stack.append(_Open("\n", self.at, count, [Part(self.at + count)]))
            self.at += count

    def close_heading(self) -> None:
        """The line ends: it is a heading if it ends with ``=`` too, white space and comments apart."""
        piece = self.stack.pop()
        nodes = piece.parts[0].nodes
        stop, row = self.at, len(nodes)
        while True:
            while stop > piece.start and self.text[stop - 1] in " \t\r":
                stop -= 1
            if row and nodes[row - 1].comment and nodes[row - 1].end == stop:
                row -= 1
                stop = nodes[row].start
                continue
            break
        first = stop
        while first > piece.start and self.text[first - 1] == "=" and not (row and nodes[row - 1].end == first):
            first -= 1
        self.into().extend(nodes)
        whole = stop - piece.start if first == piece.start else 0
        count = (min(6, (whole - 1) // 2) if whole >= 3 else 0) if whole else min(6, piece.count, stop - first)
        if count:
            self.headings[piece.start] = Heading(piece.start, self.at, count, (piece.start + count, stop - count))

    def angle(self) -> None:
        """A comment, an extension's tag, or a sign."""
        if self.text.startswith("<!--", self.at):
            stop = self.text.find("-->", self.at + 4, self.end)
            node = Node("comment", self.at, self.end if stop < 0 else stop + 3, closed=stop >= 0)
            self.into().append(node)
            self.at = node.end
            return
        found = TAG.match(self.text, self.at, self.end)
        name = found[0][1:].lower() if found else ""
        known = name in self.tags or name in PAGE_TAGS or name == "includeonly"
        gt = self.text.find(">", found.end(), self.end) if found and known and ">" not in self.no_more else -1
        if found is None or not known or gt < 0:
            if known:
                self.no_more.add(">")
            self.at += 1
            return
        if name in PAGE_TAGS:
            self.put(Node("ignored", self.at, gt + 1, name=name))
        else:
            self.element(name, gt)

    def element(self, name: str, gt: int) -> None:
        """An extension's element, or one that is not read on the page itself. Without an end tag an extension's tag is text."""
        sort: Sort = "ignored" if name == "includeonly" else "extension"
        if self.text[gt - 1] == "/":
            self.put(Node(sort, self.at, gt + 1, name=name))
            return
        if name in self.no_more and sort == "extension":
            self.at += 1
            return
        if name not in self.closers:
            self.closers[name] = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE)
        found = self.closers[name].search(self.text, gt + 1, self.end)
        if found:
            self.put(Node(sort, self.at, found.end(), name=name, inner=(gt + 1, found.start())))
        elif sort == "ignored":
            self.put(Node(sort, self.at, self.end, name=name, inner=(gt + 1, self.end)))
        else:
            self.no_more.add(name)
            self.at += 1

    def put(self, node: Node) -> None:
        """A node that is whole."""
        self.into().append(node)
        self.at = node.end


_PATTERNS: dict[tuple[str, bool, bool], re.Pattern[str]] = {}


def _pattern(closing: str, pipes: bool, equals: bool) -> re.Pattern[str]:
    """What may follow, by what is open; at most a dozen are ever made."""
    key = (closing, pipes, equals)
    if key not in _PATTERNS:
        more = [re.escape(sign) for sign, wanted in ((closing, closing not in ("", "\n")), ("|", pipes), ("=", equals)) if wanted]
        _PATTERNS[key] = re.compile("|".join([*more, r"-\{(?!\{)", r"[\[{<\n]"]))
    return _PATTERNS[key]


def every(nodes: Iterable[Node]) -> list[Node]:
    """Every node at any depth, in the order of the text; for those who look for one sort of thing everywhere."""
    out: list[Node] = []
    stack = list(nodes)[::-1]
    while stack:
        node = stack.pop()
        out.append(node)
        stack.extend(inner for part in reversed(node.parts) for inner in reversed(part.nodes))
    return out
