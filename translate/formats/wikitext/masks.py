"""A text with its nodes painted over, so that other things can be looked for in it; and which double brackets are links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from translate.formats.wikitext import defaults
from translate.formats.wikitext.names import FILE, Names
from translate.formats.wikitext.scanner import Node

FILL, ASIDE, LINK = "\ufdd0", "\ufdd1", "\ufdd2"
"""What stands for a node, for a comment and for a link, where a text is looked through for other things; they are no characters of any text."""
PROTOCOL = "|".join(re.escape(one) for one in sorted(defaults.PROTOCOLS, key=len, reverse=True))
TITLE = re.compile(rf"[^\[\]{{}}<>|\n{FILL}{ASIDE}{LINK}]+")
_ADDRESS = re.compile(PROTOCOL, re.IGNORECASE)
TVAR = re.compile(r"<tvar(?:\s[^<>]*|\|[^<>|\n]*)>|</tvar\s*>|</>", re.IGNORECASE)
"""The ends of what a page of the Translate extension keeps out of translation, which is gone before anything is read; the second spelling is that of older pages."""


def masked(text: str, start: int, end: int, nodes: Iterable[Node]) -> str:
    """``text`` from ``start`` to ``end`` with nodes painted over; the places stay the same, less ``start``."""
    out: list[str] = []
    at = start
    for node in nodes:
        if node.start >= at and node.end <= end:
            sign = ASIDE if node.comment else LINK if node.sort == "link" else FILL
            out += [_clean(text[at : node.start]), sign * (node.end - node.start)]
            at = node.end
    out.append(_clean(text[at:end]))
    return "".join(out)


def _clean(text: str) -> str:
    """Text in which nothing looks like a node."""
    return text.translate(_NO_FILL)


_NO_FILL = dict.fromkeys(map(ord, (FILL, ASIDE, LINK)), "\ufffd")


def sound(text: str, nodes: Sequence[Node], names: Names) -> list[Node]:
    """The nodes, with those brackets that are no link replaced by what lies inside of them."""
    if not any(node.sort == "link" for node in nodes):
        return list(nodes)
    out: list[Node] = []
    stack = list(nodes)[::-1]
    while stack:
        node = stack.pop()
        if node.sort == "link" and not is_link(text, node, names):
            stack.extend(inner for part in reversed(node.parts) for inner in reversed(part.nodes))
        else:
            out.append(node)
    return out


def is_link(text: str, node: Node, names: Names) -> bool:
    """Whether double square brackets are a link: a title that can be one, and no link in the label but of a picture."""
    if node.parts[0].nodes:
        return all(inner.sort in ("template", "comment", "argument") for inner in node.parts[0].nodes) and not _holds_links(node)
    title = TVAR.sub("", text[node.parts[0].start : node.parts[0].end])
    if not TITLE.fullmatch(title) or not title.strip() or _ADDRESS.match(title):
        return False
    return names.split(title)[1] == FILE or not _holds_links(node)


def _holds_links(node: Node) -> bool:
    return any(inner.sort == "link" for part in node.parts for inner in part.nodes)
