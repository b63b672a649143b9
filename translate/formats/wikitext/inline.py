"""Wikitext inside a passage: what is text, what is kept whole, what opens and closes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from translate.document import Marker, Runs, normal
from translate.formats.wikitext import defaults
from translate.formats.wikitext.masks import ASIDE, FILL, LINK, PROTOCOL, masked, sound
from translate.formats.wikitext.names import CATEGORY, FILE, Names, spaced
from translate.formats.wikitext.quotes import WIDTH, Row, turns
from translate.formats.wikitext.scanner import Node

_URL = rf"[^\]\[<>\"\x00-\x20\x7f\s{ASIDE}{LINK}]"
EXTERNAL = re.compile(rf"\[((?:<tvar[\s|][^<>\n]*>)?(?:{PROTOCOL}|//){_URL}+(?:</tvar\s*>|</>)?)([ \t\u3000\xa0]*)", re.IGNORECASE)
BARE = re.compile(rf"(?:{PROTOCOL})(?:(?!''|{FILL}){_URL})+", re.IGNORECASE)
SHOWN_END = re.compile(r"&(?:lt|gt|nbsp|#x0*(?:3[CcEe]|[Aa]0)|#0*(?:60|62|160));")
"""Entities that end an address in the text."""
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(?=[\s/>]|(?<=<tvar)\|)([^<>]*)>")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SPACE = r"(?:[ \t\u00a0]|&nbsp;|&#0*160;)"
MAGIC = re.compile(rf"(?<![A-Za-z0-9_])(?:(?:RFC|PMID){_SPACE}+[0-9]+|ISBN{_SPACE}+(?:97[89][ \u00a0-]?)?(?:[0-9][ \u00a0-]?){{9}}[0-9Xx])\b")
"""Numbers that the wiki makes links of (MediaWiki's Parser::handleMagicLinks)."""
TOKEN = re.compile(rf"''+|\[+|\]\]+|\{{\{{+|\}}\}}+|-\{{|\}}-|[<&\]\n{FILL}{ASIDE}{LINK}]|__|~~~~?~?|(?<![A-Za-z0-9_])(?=(?:{PROTOCOL}){_URL}|(?-i:{MAGIC.pattern}))", re.IGNORECASE)


Sort = Literal["text", "atom", "open", "close"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker's markup in the source: its span, or that of its two ends.

    ``sort`` is "atom", "quote", "tag", "link" or "external". ``target`` is the span of a link's page, ``title`` what it reads, ``labelled`` whether the label is its own.
    """

    sort: str
    start: int
    end: int
    close: int = -1
    close_end: int = -1
    name: str = ""
    target: tuple[int, int] = (-1, -1)
    title: str = ""
    labelled: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a passage: its span, what it shows, and for markup its name and pair (0: none)."""

    sort: Sort
    start: int
    end: int
    text: str = ""
    name: str = ""
    pair: int = 0
    mark: Mark | None = None
    node: Node | None = None


@dataclass(slots=True)
class _Scope:
    """A stretch in which tags and apostrophes find their partners: a passage, or a link's label."""

    tags: dict[str, list[int]] = field(default_factory=dict)
    rows: list[tuple[int, Row]] = field(default_factory=list)
    since: int = 0


class Reader:
    """Reads one passage into tokens. ``nested`` gathers the nodes that were met, in order."""

    def __init__(self, text: str, names: Names) -> None:
        self.text, self.names = text, names
        self.tokens: list[Token] = []
        self.nested: list[Node] = []
        self.pairs = 0
        self.scopes: list[_Scope] = [_Scope()]
        self.since = 0
        self.several: dict[int, list[Token]] = {}
        self.without: set[tuple[str, int]] = set()

    def read(self, start: int, end: int, nodes: Sequence[Node]) -> list[Token]:
        """The tokens of a passage; ``nodes`` are those inside of it, in order, brackets that are no link resolved (``sound``)."""
        self.stretch(start, end, nodes)
        self.settle()
        return _nested_well(piece for index, token in enumerate(self.tokens) for piece in self.several.get(index, (token,)))

    def stretch(self, start: int, end: int, nodes: Sequence[Node]) -> None:
        """Read from ``start`` to ``end``."""
        text = masked(self.text, start, end, nodes)
        by_start = {node.start - start: node for node in nodes}
        at, closing = 0, (-1, 0)
        brackets = line = -2  # where the next closing bracket and line end stand, once they were looked for
        self.since = start
        while (found := TOKEN.search(text, at)) is not None:
            at = found.start()
            width = 0
            if at == closing[0]:
                self.close_external(start + at, closing[1])
                closing, width = (-1, 0), 1
            elif closing[0] < 0 and text[at : at + 1] == "[" and (link := EXTERNAL.match(text, at + len(found[0]) - 1)):
                brackets = text.find("]", at) if -1 != brackets < at else brackets
                line = text.find("\n", at) if -1 != line < at else line
                self.bracket(start + at, len(found[0]) - 1)
                at = link.start()
                width = 1
                if brackets >= link.end() and not -1 < line < brackets:
                    width = self.external(start, link, brackets)
                    closing = (-1, 0) if width > link.end() - at else (brackets, self.pairs)
            else:
                width = self.one(text, start, at, closing[0] if closing[0] > at else len(text), by_start)
            at += width or max(1, len(found[0]))
        self.flush(end)

    def flush(self, end: int) -> None:
        """What was passed over since the last token is text."""
        if end > self.since:
            self.tokens.append(Token("text", self.since, end, self.text[self.since : end]))
            self.since = end

    def put(self, token: Token) -> None:
        """One more token."""
        self.flush(token.start)
        self.tokens.append(token)
        self.since = token.end

    def atom(self, start: int, end: int, name: str, shows: str = "", node: Node | None = None) -> None:
        """Something that is kept whole."""
        self.put(Token("atom", start, end, shows, name, mark=Mark("atom", start, end, name=name), node=node))

    def one(self, text: str, base: int, at: int, limit: int, nodes: dict[int, Node]) -> int:
        """Read what stands at ``at``; gives its width, or 0 where it is text."""
        char = text[at]
        if char in (FILL, ASIDE, LINK):
            return self.node(nodes[at], text, base) if at in nodes else 0
        if char == "\n":
            self.settle()
            self.scopes[-1].since = base + at + 1
            self.put(Token("text", base + at, base + at + 1, " "))
            return 1
        if char == "'":
            return self.apostrophes(base + at, _run(text, at, limit))
        if char == "<":
            return self.tag(text, base, at, limit)
        if char == "&":
            return self.entity(text, base, at)
        if char == "_" and (found := self.names.switch.match(text, at + 2)):
            self.atom(base + at, base + found.end(), "switch")
            return found.end() - at
        if char in "[]{}-":
            row = TOKEN.match(text, at, limit)
            return self.bracket(base + at, row.end() - at) if row else 0
        if char == "~":
            width = _run(text, at, min(limit, at + 5))
            self.atom(base + at, base + at + width, "signature", self.text[base + at : base + at + width])
            return width
        return self.bare(text, base, at, limit)

    def bracket(self, start: int, count: int) -> int:
        """Brackets that nothing closes, or that close nothing: kept, since without them others might find a partner. A single one is text."""
        if count > 1:
            self.atom(start, start + count, "bracket", self.text[start : start + count])
        return count if count > 1 else 0

    def apostrophes(self, start: int, count: int) -> int:
        """A row of apostrophes; what they mean is told at the line's end."""
        if count > 1:
            self.flush(start)
            scope = self.scopes[-1]
            scope.rows.append((len(self.tokens), Row(start, count, self.text[max(scope.since, start - 2) : start])))
            scope.since = start + count
            self.put(Token("text", start, start + count, "'" * count))
        return count if count > 1 else 0

    def entity(self, text: str, base: int, at: int) -> int:
        """A named or numbered character: it is text."""
        found = ENTITY.match(text, at)
        char = html.unescape(found[0]) if found else ""
        if found is None or char == found[0] or (len(char) == 1 and (char < " " or char in "\x7f\ufffd")):
            return 0
        self.put(Token("text", base + at, base + found.end(), char, "entity"))
        return found.end() - at

    def bare(self, text: str, base: int, at: int, limit: int) -> int:
        """An address that stands in the text, or the number of a book."""
        if (number := MAGIC.match(text, at, limit)) is not None:
            self.atom(base + at, base + number.end(), "number", self.text[base + at : base + number.end()])
            return number.end() - at
        found = BARE.match(text, at, limit)
        if found is None:
            return 0
        url = SHOWN_END.split(found[0], maxsplit=1)[0]
        url = url.rstrip(",;.:!?\\" if "(" in url else ",;.:!?\\)")
        if url.endswith(("//", ":")) or url.lower() in defaults.PROTOCOLS:
            return 0
        self.atom(base + at, base + at + len(url), "a", url)
        return len(url)

    def external(self, base: int, link: re.Match[str], bracket: int) -> int:
        """``[address label]``; gives the width of its beginning, or of all of it where it has no label."""
        start = base + link.start()
        if bracket == link.end():
            self.atom(start, base + bracket + 1, "a", self.text[start : base + bracket + 1])
            return bracket + 1 - link.start()
        self.pairs += 1
        mark = Mark("external", start, base + link.end(), base + bracket, base + bracket + 1, "a", (start + 1, base + link.end(1)))
        self.put(Token("open", start, base + link.end(), "", "a", self.pairs, mark))
        self.scopes.append(_Scope(since=base + link.end()))
        return link.end() - link.start()

    def close_external(self, at: int, pair: int) -> None:
        """The end of an external link's label."""
        self.flush(at)
        self.settle()
        self.scopes.pop()
        self.put(Token("close", at, at + 1, "", "a", pair))

    def tag(self, text: str, base: int, at: int, limit: int) -> int:
        """A tag of HTML that the wiki lets pass; others are text."""
        found = TAG.match(text, at, limit)
        name = found[2].lower() if found else ""
        if found is None or (name not in defaults.INLINE_TAGS and name not in defaults.BLOCK_TAGS):
            return 0
        start, end = base + at, base + found.end()
        if name in defaults.ATOM_TAGS and not found[1] and not found[3].endswith("/") and (name, base + limit) not in self.without:
            closer = re.compile(rf"</{name}\s*>|</>" if name == "tvar" else rf"</{name}\s*>", re.IGNORECASE).search(text, found.end(), limit)
            if closer:
                self.atom(start, base + closer.end(), name, self.text[end : base + closer.start()])
                return closer.end() - at
            self.without.add((name, base + limit))
        self.flush(start)
        opened = self.scopes[-1].tags.setdefault(name, [])
        if name in defaults.EMPTY_TAGS or found[3].endswith("/"):
            self.atom(start, end, name)
        elif found[1] and opened:
            index = opened.pop()
            token = self.tokens[index]
            self.pairs += 1
            mark = Mark("tag", token.start, token.end, start, end, name)
            self.tokens[index] = replace(token, sort="open", pair=self.pairs, mark=mark)
            self.put(Token("close", start, end, "", name, self.pairs))
        else:
            if not found[1]:
                opened.append(len(self.tokens))
            self.atom(start, end, name)
        return found.end() - at

    def node(self, node: Node, text: str, base: int) -> int:
        """What the preprocessor found: an ordinary link with words of its own is a pair, all else is kept whole."""
        width = node.end - node.start
        if node.sort == "link":
            if self.is_worded(node):
                return self.link(node, text, base)
            self.nested.append(node)
            name, shows = self.called(node)
            self.atom(node.start, node.end, name, shows, node)
            return width
        if node.sort == "extension" and node.name == "nowiki" and (node.inner is None or node.inner[0] == node.inner[1]):
            self.put(Token("text", node.start, node.end, "", "nothing"))
            return width
        self.nested.append(node)
        raw = self.text[node.start : node.end]
        if node.sort == "extension":
            name = "note" if node.name == "ref" else node.name
            inner = self.text[slice(*node.inner)] if node.inner else ""
            self.atom(node.start, node.end, name, "" if node.name in defaults.WALKED else inner, node)
        else:
            shown = node.sort in ("template", "argument", "variant")
            self.atom(node.start, node.end, node.sort, raw if shown else "", node)
        return width

    def called(self, node: Node) -> tuple[str, str]:
        """The name of a link that is kept whole, and what it shows."""
        raw = self.text[node.parts[0].start : node.parts[0].end]
        prefix, number, _ = self.names.split(raw)
        if number == FILE:
            return "img", ""
        if number == CATEGORY:
            return "category", ""
        if number is None and self.names.is_language(prefix):
            return "interlanguage", ""
        return "link", spaced(raw)

    def is_worded(self, node: Node) -> bool:
        """Whether a link shows words that are to be translated: a label of its own, or the title of an article."""
        title = self.text[node.parts[0].start : node.parts[0].end]
        if node.parts[0].nodes or (len(node.parts) > 1 and not self.text[node.parts[1].start : node.parts[-1].end].strip()):
            return False
        if "<" in title:
            return len(node.parts) > 1
        prefix, number, _ = self.names.split(title)
        if number in (FILE, CATEGORY) or (number is None and self.names.is_language(prefix)):
            return False
        return len(node.parts) > 1 or (number == 0 and "#" not in title and title.lstrip()[:1] not in (":", "/"))

    def link(self, node: Node, text: str, base: int) -> int:
        """An ordinary link: its label, or its title, with the letters that follow it."""
        labelled = len(node.parts) > 1
        target = (node.parts[0].start, node.parts[0].end)
        label = node.parts[1].start if labelled else node.parts[0].start
        trail = self.names.trail.match(text, node.end - base)
        end = base + trail.end() if trail else node.end
        self.pairs += 1
        pair = self.pairs
        mark = Mark("link", node.start, label, node.end - 2, end, "a", target, self.text[slice(*target)], labelled)
        self.put(Token("open", node.start, label, "", "a", pair, mark, node))
        self.scopes.append(_Scope(since=label))
        if labelled:
            self.stretch(label, node.end - 2, sound(self.text, [inner for part in node.parts[1:] for inner in part.nodes], self.names))
        else:
            self.flush(node.end - 2)
        self.settle()
        self.scopes.pop()
        if trail:
            self.put(Token("text", node.end - 2, node.end, "", "nothing"))
            self.flush(end)
        self.put(Token("close", end if trail else node.end - 2, end, "", "a", pair))
        return end - node.start

    def settle(self) -> None:
        """A line or a scope ends: its apostrophes are told."""
        scope = self.scopes[-1]
        rows, scope.rows = scope.rows, []
        if not rows:
            return
        found = turns([row for _, row in rows])
        if found is None:
            for index, row in rows:
                self.tokens[index] = Token("atom", row.start, row.start + row.width, "", "quote", mark=Mark("atom", row.start, row.start + row.width, name="quote"))
            return
        waiting = {"i": 0, "b": 0}
        made: list[Token] = []
        for turn in found:
            end = turn.start + WIDTH[turn.letter]
            name = "em" if turn.letter == "i" else "strong"
            if turn.kind == "open":
                self.pairs += 1
                waiting[turn.letter] = self.pairs
                made.append(Token("open", turn.start, end, "", name, self.pairs, Mark("quote", turn.start, end, name=name)))
            else:
                made.append(Token("close", turn.start, end, "", name, waiting[turn.letter]))
        self._put([index for index, _ in rows], [row for _, row in rows], made)

    def _put(self, places: Sequence[int], rows: Sequence[Row], made: Sequence[Token]) -> None:
        """Put turns in the place of their rows."""
        at = 0
        for index, row in zip(places, rows, strict=True):
            pieces: list[Token] = []
            while at < len(made) and made[at].start < row.start + row.width:
                pieces.append(made[at])
                at += 1
            first = pieces[0].start if pieces else row.start + row.width
            if first > row.start:
                pieces.insert(0, Token("text", row.start, first, "'" * (first - row.start)))
            self.several[index] = pieces


def _run(text: str, at: int, limit: int) -> int:
    """How many of the same character stand here, before ``limit``."""
    stop = at
    while stop < limit and text[stop] == text[at]:
        stop += 1
    return stop - at


def _nested_well(tokens: Iterable[Token]) -> list[Token]:
    """The tokens; where two pairs cross, the ends of the one that closes first are kept as they are."""
    out = list(tokens)
    stack: list[int] = []
    crossing: set[int] = set()
    for token in out:
        if token.sort == "open":
            stack.append(token.pair)
        elif token.sort == "close":
            while stack and stack[-1] in crossing:
                stack.pop()
            if stack and stack[-1] == token.pair:
                stack.pop()
            else:
                crossing.add(token.pair)
    if not crossing:
        return out
    return [_alone(token) if token.pair in crossing else token for token in out]


def _alone(token: Token) -> Token:
    return Token("atom", token.start, token.end, "", token.name, mark=Mark("atom", token.start, token.end, name=token.name))


def read(text: str, names: Names, start: int, end: int, nodes: Sequence[Node]) -> tuple[list[Token], list[Node]]:
    """The tokens of a passage, and the nodes in it whose insides are to be looked at."""
    reader = Reader(text, names)
    return reader.read(start, end, nodes), reader.nested


def runs_of(tokens: Iterable[Token]) -> tuple[Runs, dict[tuple[str, int], Mark]]:
    """What a translator is shown, and the markup that each marker stands for, by kind and number."""
    runs: list[str | Marker] = []
    marks: dict[tuple[str, int], Mark] = {}
    numbers: dict[int, int] = {}
    for token in tokens:
        if token.sort == "text":
            runs.append(token.text)
        elif token.sort == "close":
            runs.append(Marker("close", numbers[token.pair], token.name))
        elif token.mark is not None:
            number = len(marks) + 1
            numbers[token.pair] = number
            marks[token.sort, number] = token.mark
            runs.append(Marker(token.sort, number, token.name, token.text))
    return normal(runs), marks
