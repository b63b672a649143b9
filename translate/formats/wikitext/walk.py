"""Walks a page: every place that holds words, every stretch that is left alone with its reason, and the signs of the page's structure."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from translate.document import Kind
from translate.formats.rules import ADDRESS_REASON, NUMBER_REASON, PREFORMATTED
from translate.formats.wikitext import defaults, inline
from translate.formats.wikitext.inline import Token
from translate.formats.wikitext.masks import ASIDE, FILL, LINK, masked, sound
from translate.formats.wikitext.names import Names, capital, spaced
from translate.formats.wikitext.places import Left, Nodes, Place, Region, Where, cut
from translate.formats.wikitext.scanner import Heading, Node, scan
from translate.formats.wikitext.templates import Treatments, trimmed

_NODES = f"{FILL}{ASIDE}{LINK}"
BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(defaults.BLOCK_TAGS, key=len, reverse=True))})(?=[\s/>])[^<>]*>", re.IGNORECASE)
TABLE = re.compile(rf"[ \t{ASIDE}]*[:*#;]*[ \t]*\{{\|")
LIST = re.compile(r"[*#:;]+")
RULE = re.compile(r"-{4,}")
ALONE = re.compile(rf"(?m)^[ \t\r{_NODES}]*[{FILL}{LINK}][ \t\r{_NODES}]*$")
VERSE_EDGE = re.compile(r"[ \t:\u00a0]*")
BREAKS = re.compile(r"\n")
DRAWN = re.compile(r"\S {3,}\S")
"""What a line that stands as it is looks like where it is a drawing or code."""
BROKEN = 100
"""A passage with more brackets that have no partner is left alone: nobody can say what is what in it."""
FLOATING = frozenset({"img_thumbnail", "img_manualthumb", "img_framed", "img_left", "img_right", "img_center", "img_none"})
REASONS = {
    "template": "a template",
    "argument": "a template's argument",
    "variant": "language variants",
    "a": ADDRESS_REASON,
    "link": "a link that is kept",
    "signature": "a signature",
    "bracket": "a bracket without its partner",
    "comment": "a comment",
    "math": "mathematics",
}


class Walker:
    """Walks the regions of one page. ``enter`` is told of each node that is kept whole, and says whether what lies inside of it is walked on its own."""

    def __init__(self, text: str, names: Names, treatments: Treatments, enter: Callable[[Walker, Node, Region], bool]) -> None:
        self.text, self.names, self.treatments, self._enter = text, names, treatments, enter
        self.headings: dict[int, Heading] = {}
        self.places: list[Place] = []
        self.left: list[Left] = []
        self.figures: list[Token] = []
        self.signs: list[tuple[str, str]] = []
        self.roots: list[Node] = []
        self.titles: list[tuple[int, str]] = []
        self.regions: deque[Region] = deque()
        self.kept: dict[str, list[str]] = {}
        self.redirect: tuple[int, int] | None = None
        self.switches: list[tuple[int, int]] = []
        self.reader = inline.Reader(text, names)

    def scan(self, start: int, end: int) -> list[Node]:
        """What the preprocessor finds in a stretch; its headings are kept."""
        found = scan(self.text, start, end, tags=self.names.tags)
        self.headings.update(found.headings)
        self.roots += found.nodes
        return found.nodes

    def walk(self) -> None:
        """Walk the whole page."""
        nodes = self.scan(0, len(self.text))
        self.add(0, len(self.text), nodes, Where(), top=True)
        while self.regions:
            region = self.regions.popleft()
            if region.mode == "inline":
                self.passage(region, region.start, region.end, region.where)
            elif region.mode == "verse":
                self.verse(region)
            else:
                Lines(self, region).read()

    def verse(self, region: Region) -> None:
        """Lines of a poem, each a passage; their indentation stays."""
        text = masked(self.text, region.start, region.end, region.nodes.all)
        for start, end in lines(text):
            edge = VERSE_EDGE.match(text, start, end)
            self.passage(region, region.start + (edge.end() if edge else start), region.start + end, region.where)

    def add(self, start: int, end: int, nodes: Sequence[Node], where: Where, *, mode: str = "block", trail: tuple[str, ...] | None = None, top: bool = False) -> None:
        """A stretch is to be walked later."""
        end = max(end, nodes[-1].end) if nodes else end  # a comment that never ends may have ended with white space
        self.regions.append(Region(start, end, Nodes(sound(self.text, nodes, self.names)), where, mode, trail, top))

    def enter(self, node: Node, region: Region, *, slot: bool = False) -> bool:
        """Look inside a node that is kept whole; whether anything in it is walked. Outside of a slot, what is not is left alone for a reason."""
        region = replace(region, trail=self.trail) if region.trail is None else region
        walked = self._enter(self, node, region)
        if not walked and not slot and not node.comment:
            self.left.append(Left(node.start, node.end, REASONS.get(node.sort, defaults.OPAQUE.get(node.name, f"<{node.name}>"))))
        return walked

    def sign(self, sort: str, value: str = "") -> None:
        """Note a sign of the structure."""
        self.signs.append((sort, value))

    @property
    def trail(self) -> tuple[str, ...]:
        """The headings above."""
        return tuple(words for _, words in self.titles)

    def passage(self, region: Region, start: int, end: int, where: Where) -> None:
        """Words in a row, which tags of blocks and things that stand for themselves cut into pieces."""
        at = start
        for left, right in self.breaks(start, end, region):
            self.piece(region, at, left, where)
            at = right
        self.piece(region, at, end, where)

    def breaks(self, start: int, end: int, region: Region) -> Iterator[tuple[int, int]]:
        """The spans that belong to no passage, in order."""
        nodes = region.nodes.between(start, end)
        text = masked(self.text, start, end, nodes)
        spans = [(start + found.start(), start + found.end()) for found in BLOCK_TAG.finditer(text)]
        for left, right in spans:
            self.sign("tag", _tag(self.text[left:right]))
        for node in nodes:
            if self.stands_alone(node):
                self.enter(node, region)
                spans.append((node.start, node.end))
        if FILL in text or LINK in text:
            by_start = {node.start: node for node in nodes}
            for found in ALONE.finditer(text):
                inside = self.on_line(start + found.start(), start + found.end(), by_start)
                if inside and not any(node.sort == "link" and self.is_worded(node) for node in inside):
                    for node in inside:
                        if not self.stands_alone(node):
                            self.enter(node, region)
                    spans.append((start + found.start(), start + found.end()))
        return _merged(spans)

    def on_line(self, start: int, end: int, by_start: dict[int, Node]) -> list[Node]:
        """The nodes of a line that holds nothing else."""
        out: list[Node] = []
        while start < end:
            node = by_start.get(start)
            start = node.end if node else start + 1
            out += [node] if node else []
        return out

    def is_worded(self, node: Node) -> bool:
        """Whether a link shows words that are to be translated."""
        return self.reader.is_worded(node)

    def stands_alone(self, node: Node) -> bool:
        """Whether a node is no part of the sentence around it."""
        if node.sort == "extension":
            return node.name in defaults.BLOCK_EXTENSIONS
        if node.sort == "ignored":
            return True
        if node.sort != "link" or node.parts[0].nodes:
            return False
        prefix, number, _ = self.names.split(self.text[node.parts[0].start : node.parts[0].end])
        if number == 6:
            options = (self.names.option(self.text[part.start : part.end].strip()) for part in node.parts[1:])
            return any(option and option[0] in FLOATING for option in options)
        return number == 14 or (number is None and self.names.is_language(prefix))

    def piece(self, region: Region, start: int, end: int, where: Where) -> None:
        """One passage, if it holds words."""
        nodes = region.nodes.between(start, end)
        start, end = trimmed(self.text, start, end)
        end = max(end, nodes[-1].end) if nodes else end
        if start >= end:
            return
        tokens, nested = inline.read(self.text, self.names, start, end, nodes)
        if any(token.sort == "atom" and token.name == "quote" for token in tokens) and "\n" in (text := masked(self.text, start, end, nodes)):
            for left, right in lines(text):
                self.piece(region, start + left, start + right, where)
            return
        loose = [token for token in tokens if token.name == "bracket"]
        if loose:
            self.note(loose)
            if len(loose) > BROKEN:
                self.left.append(Left(start, end, "broken markup"))
                return
            self.leave(loose)
            for left, right in zip([start, *(token.end for token in loose)], [*(token.start for token in loose), end], strict=True):
                self.piece(region, left, right, where)
            return
        walked = {id(node) for node in nested if self.enter(node, region, slot=True)}
        tokens = [replace(token, text="") if token.node is not None and id(token.node) in walked else token for token in tokens]
        self.place(tokens, where, self.trail if region.trail is None else region.trail)

    def place(self, tokens: list[Token], where: Where, trail: tuple[str, ...]) -> None:
        """Keep a passage that holds words; say of the others why they are left alone."""
        self.note(tokens)
        found = cut(tokens, self.text)
        if not any(token.sort == "text" and any(map(str.isalpha, token.text)) for token in found.tokens):
            self.leave(tokens)
            if where.kind is Kind.CELL:
                self.figures += [token for token in found.tokens if token.sort == "text"]
            return
        self.leave((*found.before, *found.after))
        runs, marks = inline.runs_of(found.tokens)
        start, end = found.tokens[0].start, found.tokens[-1].end
        tail = end
        for token in found.after:
            if token.start != tail or token.name != "note":
                break
            tail = token.end
        self.places.append(Place("", where.kind, start, end, runs, marks, where, trail, (end, tail), found.tokens))

    def note(self, tokens: Iterable[Token]) -> None:
        """The signs of structure in a passage."""
        tags = {token.pair for token in tokens if token.mark and token.mark.sort == "tag"}
        for token in tokens:
            if token.sort == "atom" and token.name in ("a", "signature"):
                self.sign("address" if token.name == "a" else "signature", _address(token.text))
            elif token.mark and token.mark.sort == "link":
                self.sign("link", capital(spaced(token.mark.title)))
            elif token.mark and token.mark.sort == "external":
                self.sign("address", self.text[slice(*token.mark.target)])
            elif (token.sort == "atom" and token.name in defaults.HTML_TAGS and token.node is None) or token.pair in tags:
                self.sign("tag", _tag(self.text[token.start : token.end]))
            elif token.sort == "atom" and token.name == "switch":
                self.switches.append((token.start, token.end))
                self.sign("switch", self.names.switches[self.text[token.start : token.end].lower()])
            elif token.sort == "atom" and token.name == "bracket":
                self.sign("bracket", self.text[token.start : token.end])

    def leave(self, tokens: Iterable[Token]) -> None:
        """Tokens that are in no slot: what they show is left alone for a reason."""
        for token in tokens:
            if token.sort == "text" and token.text.strip():
                self.left.append(Left(token.start, token.end, NUMBER_REASON))
            elif token.sort == "atom" and token.text:
                self.left.append(Left(token.start, token.end, REASONS.get(token.name, defaults.OPAQUE.get(token.name, token.name))))


class Lines:
    """Reads a region line by line: headings, lists, tables, rules, paragraphs."""

    def __init__(self, walker: Walker, region: Region) -> None:
        self.walker, self.region = walker, region
        self.text = masked(walker.text, region.start, region.end, region.nodes.all)
        self.tables = 0
        self.open: tuple[int, int] | None = None

    def read(self) -> None:
        """Read all lines."""
        skipped = self.redirected()
        for start, end in lines(self.text):
            if start >= skipped:
                self.line(start, end)
        self.flush()

    def redirected(self) -> int:
        """A page that leads to another: its first line is no list."""
        found = self.walker.names.redirect.match(self.walker.text) if self.region.top else None
        if not found:
            return 0
        self.walker.redirect = found.span("word")
        self.walker.sign("redirect")
        end = self.text.find("\n", found.end())
        end = len(self.text) if end < 0 else end + 1
        self.inside(0, end)
        return end

    def flush(self) -> None:
        """The open paragraph ends."""
        if self.open is not None:
            start, end = self.open
            self.open = None
            self.words(start, end, self.where())

    def where(self, kind: Kind | None = None, *, colon: bool = False) -> Where:
        """Where a passage of this region stands."""
        base = self.region.where
        return replace(base, kind=kind or base.kind, bar=base.bar or self.tables > 0, colon=base.colon or colon)

    def words(self, start: int, end: int, where: Where) -> None:
        """A passage of this region, by places in its own text."""
        self.walker.passage(self.region, self.region.start + start, self.region.start + end, where)

    def line(self, start: int, end: int) -> None:
        """Read one line."""
        heading = self.walker.headings.get(self.region.start + start)
        if heading is not None and heading.end <= self.region.end:
            self.flush()
            self.heading(heading)
            return
        bare = self.text[start:end].strip()
        if not bare:
            self.flush()
            return
        if not bare.strip(ASIDE + " \t\r"):
            return  # a line of comments is none
        while self.text[start] == ASIDE:
            start += 1
        line = self.text[start:end]
        bare = line.strip()
        if found := TABLE.match(self.text, start, end):
            self.flush()
            self.walker.sign("list", found[0].strip(" \t{|" + ASIDE))
            self.walker.sign("table")
            self.tables += 1
            self.attributes(found.end(), end)
        elif self.tables and bare[0] in "|!":
            self.flush()
            self.row(start + line.index(bare[0]), end)
        else:
            self.prose(start, end, line)

    def heading(self, heading: Heading) -> None:
        """A heading; those after it stand under it."""
        walker = self.walker
        walker.sign("heading", str(heading.level))
        walker.titles = [one for one in walker.titles if one[0] < heading.level]
        before = len(walker.places)
        left, right = trimmed(walker.text, *heading.inner)
        walker.passage(self.region, left, right, self.where(Kind.HEADING))
        found = [place for place in walker.places[before:] if place.kind is Kind.HEADING]
        if found:
            walker.titles.append((heading.level, " ".join("".join(token.text for token in found[0].tokens).split())))

    def prose(self, start: int, end: int, line: str) -> None:
        """A line of a list, a rule, a line that stands as it is, or one of a paragraph."""
        if found := LIST.match(line):
            self.flush()
            self.walker.sign("list", found[0])
            self.item(start + found.end(), end, found[0])
        elif found := RULE.match(line):
            self.flush()
            self.walker.sign("rule")
            self.words(start + found.end(), end, self.where())
        elif line[0] == " " and not self.open_tag(line):
            self.flush()
            self.walker.sign("as it is")
            if DRAWN.search(line):
                self.walker.left.append(Left(self.region.start + start, self.region.start + end, PREFORMATTED))
            else:
                self.words(start, end, self.where())
        else:
            self.open = (self.open[0] if self.open else start, end)

    def open_tag(self, line: str) -> bool:
        """Whether a line that begins with a space is no preformatted text, since a block's tag stands in it."""
        return BLOCK_TAG.search(line) is not None

    def item(self, start: int, end: int, prefix: str) -> None:
        """A list's item; a term and its definition are two passages."""
        if prefix[-1] != ";":
            self.words(start, end, self.where(Kind.ITEM))
            return
        base = self.region.start
        tokens, _ = inline.read(self.walker.text, self.walker.names, base + start, base + end, self.region.nodes.between(base + start, base + end))
        depth = 0
        for token in tokens:
            depth += {"open": 1, "close": -1}.get(token.sort, 0)
            if token.sort == "text" and token.name != "entity" and not depth and ":" in token.text:
                colon = token.start - base + token.text.index(":")
                self.walker.sign("list", ":")
                self.words(start, colon, self.where(Kind.TERM, colon=True))
                self.words(colon + 1, end, self.where(Kind.ITEM))
                return
        self.words(start, end, self.where(Kind.TERM, colon=True))

    def row(self, start: int, end: int) -> None:
        """A line of a table."""
        sign = self.text[start : start + 2]
        if sign == "|}":
            self.tables -= 1
            self.walker.sign("table's end")
            self.words(start + 2, end, self.where())
        elif sign == "|-":
            self.walker.sign("row")
            self.attributes(start + 2, end)
        elif sign == "|+":
            self.walker.sign("caption")
            self.cell(start + 2, end, Kind.CAPTION)
        else:
            head = sign[0] == "!"
            at = start + 1
            for found in re.compile(r"\|\||!!" if head else r"\|\|").finditer(self.text, at, end):
                self.cell(at, found.start(), Kind.CELL, head)
                at = found.end()
            self.cell(at, end, Kind.CELL, head)

    def cell(self, start: int, end: int, kind: Kind, head: bool = False) -> None:
        """A cell or a caption: what stands before its first bar are attributes."""
        if kind is Kind.CELL:
            self.walker.sign("header" if head else "cell")
        bar = self.text.find("|", start, end)
        if bar >= 0 and LINK not in self.text[start:bar]:
            self.attributes(start, bar)
            start = bar + 1
        self.words(start, end, self.where(kind))

    def attributes(self, start: int, end: int) -> None:
        """Attributes of a table: nothing in them is read, templates apart."""
        if FILL in self.text[start:end]:
            self.inside(start, end)

    def inside(self, start: int, end: int) -> None:
        """Look at the nodes of a stretch in which no words are."""
        for node in self.region.nodes.between(self.region.start + start, self.region.start + end):
            self.walker.enter(node, self.region)


def lines(text: str) -> Iterator[tuple[int, int]]:
    """The spans of all lines without their ends."""
    at = 0
    for found in BREAKS.finditer(text):
        yield at, found.start()
        at = found.end()
    yield at, len(text)


def _merged(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans in order, those that overlap as one."""
    last: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if last and start < last[1]:
            last = (last[0], max(end, last[1]))
        else:
            if last:
                yield last
            last = (start, end)
    if last:
        yield last


def _tag(raw: str) -> str:
    """A tag's name, with a slash where it ends an element."""
    found = re.match(r"<(/?[A-Za-z][A-Za-z0-9]*)", raw)
    return found[1].lower() if found else ""


def _address(text: str) -> str:
    return text.strip("[]").split(" ")[0]
