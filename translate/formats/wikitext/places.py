"""The values of a walked wikitext: places that hold words, stretches left alone, signs of its structure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from translate.document import Kind, Runs, visible
from translate.formats.wikitext.inline import Mark, Token
from translate.formats.wikitext.scanner import Node


@dataclass(frozen=True, slots=True)
class Where:
    """Where a passage stands, which says what would end it.

    ``bar``: in a table, a template or a link, where ``|`` begins something else. ``equals``: in an unnamed parameter, where ``=`` would name it. ``colon``: in a definition's term.
    ``quote`` are the quotation marks around it where it is the value of a tag's attribute ("" where it has none), else None. ``depth`` is how many things it is inside of.
    """

    kind: Kind = Kind.PARAGRAPH
    bar: bool = False
    equals: bool = False
    colon: bool = False
    quote: str | None = None
    depth: int = 0


class Nodes:
    """Nodes in the order of the text, found by their places."""

    __slots__ = ("_starts", "all")

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.all = nodes
        self._starts = [node.start for node in nodes]

    def between(self, start: int, end: int) -> list[Node]:
        """Those that lie within a span."""
        found = self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [node for node in found if node.end <= end]


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch whose lines are to be read, with the nodes in it; ``mode`` is "block" (lines mean something), "inline" or "verse".
    ``trail`` are the headings above; None for the page itself, where they change on the way.
    """

    start: int
    end: int
    nodes: Nodes
    where: Where
    mode: str = "block"
    trail: tuple[str, ...] | None = None
    top: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A place that holds words: ``start`` to ``end`` is what a translation replaces; ``tail`` is the span of references right behind it (empty where there are none)."""

    address: str
    kind: Kind
    start: int
    end: int
    runs: Runs
    marks: Mapping[tuple[str, int], Mark]
    where: Where
    trail: tuple[str, ...]
    tail: tuple[int, int]
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """A stretch that is left alone, with the reason."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage without its edges: what stood before and after it, and the tags and apostrophes that wrap the whole."""

    tokens: tuple[Token, ...]
    before: tuple[Token, ...]
    after: tuple[Token, ...]


EDGES = frozenset({"note", "comment", "category", "interlanguage", "switch", "br", "img", "ignored", "nothing", "section", "wbr", "span", "templatestyles", "quote"})


def cut(row: list[Token], text: str) -> Cut:
    """Leave out at both ends what is no part of the words: white space, references, comments, and what wraps the whole."""
    low, high = 0, len(row)
    while low < high:
        first, last = row[low], row[high - 1]
        if _is_outside(first, text):
            low += 1
        elif _is_outside(last, text):
            high -= 1
        elif first.sort == "open" and last.sort == "close" and first.pair == last.pair and first.mark and first.mark.sort in ("quote", "tag"):
            low, high = low + 1, high - 1
        else:
            break
    inside = row[low:high]
    if inside:
        inside[0] = _stripped(inside[0], left=True)
        inside[-1] = _stripped(inside[-1], left=False)
    return Cut(tuple(inside), tuple(row[:low]), tuple(row[high:]))


def _is_outside(token: Token, text: str) -> bool:
    if token.sort == "text":
        return not visible(token.text) or token.text.isspace()
    if token.sort == "atom":
        return (token.name in EDGES and not token.text) or (token.name == "template" and "\n" in text[token.start : token.end])
    return False


def _stripped(token: Token, *, left: bool) -> Token:
    if token.sort != "text" or len(token.text) != token.end - token.start:
        return token
    text = token.text.lstrip() if left else token.text.rstrip()
    gone = len(token.text) - len(text)
    return Token("text", token.start + (gone if left else 0), token.end - (0 if left else gone), text, token.name)


def more(raw: str, shown: str) -> str:
    """As many visible characters of the spelling as it has more than what is shown."""
    written = "".join(raw.replace("\u00ad", "").split())
    return written[: max(0, len(written) - visible(shown))]
