"""Markdown inside a paragraph: emphasis, links, code and the rest as markers, and back.

Emphasis is found by the rules of CommonMark 0.31 (6.2), links by what can be told without the whole document but for its link labels.
"""

from __future__ import annotations

import html
import re
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, pairwise, takewhile

from translate.document import Marker, Runs, normal

CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+)>")
TAG = re.compile(r"""</?[A-Za-z][A-Za-z0-9-]*+(?:\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:"[^"]*"|'[^']*'|[^\s"'=<>`]++))?+)*+\s*+/?>|<!--.*?-->""", re.DOTALL)
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
BREAK = re.compile(r"(?:(?<! ) {2,}+|\\)\n")
NOTE = re.compile(r"\[\^[^\]\s]+\]")
DESTINATION = re.compile(
    r"""\(\s*(?:<[^<>\n]*>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*)(?:\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?\s*\)"""
)
REFERENCE = re.compile(r"\[([^\[\]]*)\]")
BARE = re.compile(r"(?:https?://|www\.)[^\s<>]*[^\s<>?!.,:*_~'\")\]]")
LONGEST = 20_000
"""A paragraph of more characters has no inline markup: nobody writes such, and to look for its pairs takes the square of its length."""
FARTHEST = 1000
"""A link's text has at most so many pieces."""
NAMES = {"*": "em", "_": "em", "**": "strong", "__": "strong", "~~": "del"}
SPECIAL = "\\`*_[]<&~!"
_PLAIN = re.compile(r"[^\\`*_\[\]<&~!\n hw]+|[ hw]")


@dataclass(slots=True)
class Node:
    """A piece of inline Markdown on its way: text, a marker, or a row of delimiters that may become markers.

    ``raw`` is how it is spelt; ``opens`` and ``closes`` are the pairs that a row of delimiters has become, in the order in which they are written.
    """

    sort: str
    raw: str
    text: str = ""
    name: str = ""
    pair: int = 0
    can_open: bool = False
    can_close: bool = False
    count: int = 0
    opens: list[tuple[int, str]] = field(default_factory=list)
    closes: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Inline:
    """A read paragraph: its runs, how each marker is spelt (by kind and number), and the characters that only Markdown needs."""

    runs: Runs
    spellings: Mapping[tuple[str, int], str]
    signs: str


def read(text: str, labels: frozenset[str] = frozenset(), *, prefix: str = "") -> Inline:
    """The inline content of a paragraph whose lines are joined by line feeds; ``prefix`` begins each further line, ``labels`` are those of the document's links."""
    if len(text) > LONGEST:
        return Inline(normal((text.replace("\n", " "),)), {}, "")
    nodes = _nodes(text, labels)
    _emphasise(nodes, 0, _counter(nodes))
    return _numbered(nodes, prefix)


def _counter(nodes: Sequence[Node]) -> Callable[[], int]:
    numbers = count(max((node.pair for node in nodes), default=0) + 1)
    return lambda: next(numbers)


def _nodes(text: str, labels: frozenset[str]) -> list[Node]:
    """The text cut into nodes; links are found, emphasis inside of them too."""
    nodes: list[Node] = []
    brackets: list[int] = []
    at = 0
    while at < len(text):
        char = text[at]
        found = _whole(text, at)
        if found is not None:
            nodes.append(found)
        elif char == "[" or text.startswith("![", at):
            nodes.append(Node("bracket", "[" if char == "[" else "!["))
            brackets.append(len(nodes) - 1)
        elif char == "]" and brackets and len(nodes) - brackets[-1] < FARTHEST:
            nodes.append(_link(text, at, nodes, brackets.pop(), labels))
        elif char in "*_~":
            nodes.append(_delimiters(text, at))
        else:
            plain = _PLAIN.match(text, at)
            nodes.append(Node("text", plain[0] if plain else char, plain[0] if plain else char))
        at += len(nodes[-1].raw)
    return nodes


def _whole(text: str, at: int) -> Node | None:
    """What is one thing by itself: an escape, a break, code, a tag, an address, an entity, a note."""
    char = text[at]
    if char in " \\" and (found := BREAK.match(text, at)):
        return Node("atom", found[0], name="br")
    if char == "\\" and at + 1 < len(text) and text[at + 1] in string.punctuation:
        return Node("text", text[at : at + 2], text[at + 1])
    if char == "\n":
        return Node("text", char, " ")
    if char == "`":
        found = CODE.match(text, at)
        run = re.compile("`+").match(text, at)
        return Node("atom", found[0], found[2].strip(), "code") if found else Node("text", run[0], run[0]) if run else None
    if char == "<":
        if found := AUTOLINK.match(text, at):
            return Node("atom", found[0], found[1], "a")
        found = None if text.startswith("<!--", at) and text.find("-->", at + 4) < 0 else TAG.match(text, at)
        return Node("atom", found[0], "", found[0].strip("</>! -").split()[0].rstrip("/").lower() if found[0][1] != "!" else "comment") if found else None
    if char == "&" and (found := ENTITY.match(text, at)) and html.unescape(found[0]) != found[0]:
        return Node("text", found[0], html.unescape(found[0]))
    if char == "[" and (found := NOTE.match(text, at)):
        return Node("atom", found[0], found[0], "note")
    if char in "hw" and (at == 0 or not text[at - 1].isalnum()) and (found := BARE.match(text, at)):
        return Node("text", found[0], found[0])
    return None


def _delimiters(text: str, at: int) -> Node:
    """A row of ``*``, ``_`` or ``~``, and whether it may open or close emphasis, by what stands on both sides."""
    char = text[at]
    end = at
    while end < len(text) and text[end] == char:
        end += 1
    before, after = text[at - 1] if at else " ", text[end] if end < len(text) else " "
    left = not after.isspace() and (not _is_sign(after) or before.isspace() or _is_sign(before))
    right = not before.isspace() and (not _is_sign(before) or after.isspace() or _is_sign(after))
    if char == "_":
        left, right = left and (not right or _is_sign(before)), right and (not left or _is_sign(after))
    return Node("delimiters", text[at:end], can_open=left, can_close=right, count=end - at)


def _is_sign(char: str) -> bool:
    return not char.isalnum() and not char.isspace()


def _link(text: str, at: int, nodes: list[Node], opener: int, labels: frozenset[str]) -> Node:
    """The node of a closing bracket: the end of a link or a picture where it is one."""
    inside = "".join(node.raw for node in nodes[opener + 1 :])
    found = DESTINATION.match(text, at + 1)
    tail = found[0] if found else ""
    shown = tail
    if not tail and (reference := REFERENCE.match(text, at + 1)) and (reference[1] or inside).strip().casefold() in labels:
        tail = reference[0]
        shown = tail if reference[1] else f"[{inside}]"
    elif not tail:
        if inside.strip().casefold() not in labels:
            return Node("text", "]", "]")
        # A label alone is its own words: translated, it must name its label.
        shown = f"[{inside}]"
    new = _counter(nodes)
    _emphasise(nodes, opener + 1, new)
    number = new()
    start = nodes[opener]
    start.sort, start.pair, start.name = "open", number, "a" if start.raw == "[" else "img"
    return Node("close", f"]{tail}", f"]{shown}", start.name, number)


def _emphasise(nodes: list[Node], start: int, new: Callable[[], int]) -> None:
    """Pair the delimiters from ``start`` on; what is left of them is text.

    As CommonMark has it, a row of a sort that found nothing to close is remembered, so that the next one does not look there again.
    """
    openers: list[int] = []
    searched: dict[tuple[str, bool, int, int], int] = {}
    for place in range(start, len(nodes)):
        closer = nodes[place]
        if closer.sort != "delimiters":
            continue
        while closer.can_close and closer.count:
            sort = (closer.raw[0], closer.can_open, len(closer.raw) % 3, closer.count if closer.raw[0] == "~" else 0)
            opener = next((nodes[at] for at in takewhile(searched.get(sort, -1).__lt__, reversed(openers)) if _opens(nodes[at], closer)), None)
            if opener is None:
                searched[sort] = place - 1
                break
            width = 2 if opener.count > 1 and closer.count > 1 else 1
            spelt, number = closer.raw[0] * width, new()
            opener.opens.insert(0, (number, spelt))
            closer.closes.append((number, spelt))
            opener.count -= width
            closer.count -= width
            while nodes[openers[-1]] is not opener:
                openers.pop()
            if not opener.count:
                openers.pop()
        if closer.can_open and closer.count:
            openers.append(place)
    for node in nodes[start:]:
        _settle(node)


def _opens(node: Node, closer: Node) -> bool:
    """Whether the delimiters before can be opened for those that close; strikethrough needs two."""
    if node.sort != "delimiters" or not node.can_open or not node.count or node.raw[0] != closer.raw[0]:
        return False
    if node.raw[0] == "~":
        return node.count == closer.count == 2
    both = (node.can_close or closer.can_open) and (len(node.raw) + len(closer.raw)) % 3 == 0
    return not (both and (len(node.raw) % 3 or len(closer.raw) % 3))


def _settle(node: Node) -> None:
    """Delimiters that can be paired no more."""
    if node.sort == "delimiters":
        node.sort = "settled"


def _numbered(nodes: Sequence[Node], prefix: str) -> Inline:
    """Runs, spellings and signs of the nodes."""
    runs: list[str | Marker] = []
    spellings: dict[tuple[str, int], str] = {}
    signs: list[str] = []
    known: dict[int, tuple[int, str]] = {}

    def begin(pair: int, name: str, spelt: str) -> None:
        known[pair] = (len(known) + 1, name)
        runs.append(Marker("open", known[pair][0], name))
        spellings["open", known[pair][0]] = spelt

    def end(pair: int, spelt: str) -> None:
        number, name = known[pair]
        runs.append(Marker("close", number, name))
        spellings["close", number] = spelt

    for node in nodes:
        if node.sort == "text" or node.sort == "bracket":
            runs.append(node.text or node.raw)
            signs.append(_more(node.raw, node.text or node.raw))
        elif node.sort == "atom":
            number = len(known) + 1
            known[-number] = (number, node.name)
            runs.append(Marker("atom", number, node.name, node.text))
            spellings["atom", number] = node.raw + prefix if node.name == "br" else node.raw
            signs.append(_more(node.raw, node.text))
        elif node.sort == "open":
            begin(node.pair, node.name, node.raw)
            signs.append(node.raw)
        elif node.sort == "close":
            end(node.pair, node.text)
            signs.append(node.raw)
        else:
            for pair, spelt in node.closes:
                end(pair, spelt)
            runs.append(node.raw[0] * node.count)
            for pair, spelt in node.opens:
                begin(pair, NAMES[spelt], spelt)
            signs.append(node.raw[node.count :])
    return Inline(normal(runs), spellings, "".join(signs))


def _more(raw: str, text: str) -> str:
    """What of the spelling is not shown: as many visible characters as it has more than the text."""
    shown = "".join(text.split())
    written = "".join(raw.split())
    return written[: len(written) - len(shown)] if len(written) > len(shown) else ""


# --- writing -------------------------------------------------------------------------------------------------------


def write(target: Runs, spellings: Mapping[tuple[str, int], str], labels: frozenset[str] = frozenset()) -> str:
    """The runs as Markdown, with every marker of the source once but for emphasis on nothing; what would be taken for markup is escaped."""
    sound = tuple(_sound(target, spellings))
    ways = (
        lambda text: text,
        lambda text: re.sub(f"([{re.escape(SPECIAL)}])", r"\\\1", text),
    )
    wanted = _shape(sound, spellings)
    written = ""
    for stars in (False, True):
        for way in ways:
            spelt = {key: value.replace("_", "*") if stars and set(value) == {"_"} else value for key, value in spellings.items()}
            written = "".join(way(run) if isinstance(run, str) else spelt[run.kind, run.number] for run in sound)
            back = read(written, labels)
            if _shape(back.runs, back.spellings) == wanted:
                return written
    return written


def _shape(runs: Runs, spellings: Mapping[tuple[str, int], str]) -> list[str | tuple[str, str]]:
    """What two readings must have in common: the words, the markers in their order, what they are."""
    out: list[str | tuple[str, str]] = []
    for run in runs:
        if isinstance(run, Marker):
            spelt = spellings[run.kind, run.number]
            out.append((run.kind, spelt.replace("_", "*") if run.kind != "atom" else spelt.split("\n")[0]))
        else:
            out.append(run)
    return out


def _sound(target: Runs, spellings: Mapping[tuple[str, int], str]) -> Iterator[str | Marker]:
    """The runs, well nested, with each marker of the source once, and no white space at the inner edges of emphasis."""
    open_: list[int] = []
    used: set[int] = set()
    out: list[str | Marker] = []
    for run in target:
        if isinstance(run, str):
            out.append(re.sub(r"\s*\n\s*", " ", run))
        elif run.kind == "close":
            while run.number in open_:
                out.append(Marker("close", open_.pop()))
        elif (run.kind, run.number) in spellings and run.number not in used:
            used.add(run.number)
            open_ += [run.number] if run.kind == "open" else []
            out.append(run)
    out += [Marker("close", number) for number in reversed(open_)]
    for kind, number in sorted((key for key in spellings if key[0] != "close" and key[1] not in used), key=lambda key: key[1]):
        out += [Marker("open", number), Marker("close", number)] if kind == "open" else [Marker("atom", number)]
    return iter(_without_empty(_tightened(list(normal(out))), spellings))


def _without_empty(runs: Runs, spellings: Mapping[tuple[str, int], str]) -> Runs:
    """Without emphasis on nothing, which Markdown cannot write; an empty link stays."""
    empty = {
        one.number
        for one, other in pairwise(runs)
        if isinstance(one, Marker) and isinstance(other, Marker) and (one.kind, other.kind, one.number) == ("open", "close", other.number)
    }
    return normal(run for run in runs if isinstance(run, str) or run.number not in empty or spellings["open", run.number] not in NAMES)


def _tightened(runs: list[str | Marker]) -> Runs:
    """White space at the inner edges of a pair goes outside: ``* so *`` is no emphasis."""
    for at in range(len(runs) - 1):
        one, other = runs[at], runs[at + 1]
        if isinstance(one, Marker) and one.kind == "open" and isinstance(other, str) and other[:1].isspace():
            runs[at : at + 2] = [other[: len(other) - len(other.lstrip())], one, other.lstrip()] if other.strip() else [one, other]
        elif isinstance(one, str) and isinstance(other, Marker) and other.kind == "close" and one[-1:].isspace() and one.strip():
            runs[at : at + 2] = [one.rstrip(), other, one[len(one.rstrip()) :]]
    return normal(runs)
