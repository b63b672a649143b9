"""A run of inline content as a flat row of tokens, cut at its edges to what a translator needs to see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from translate.formats import roles
from translate.formats.rules import CODE, NOTEREF_TYPES
from translate.formats.tree import Element, Text

MARK = re.compile(r"[*†‡§‖]+|\[.*\]|\(.*\)|\{.*\}")

Sort = Literal["text", "aside", "atom", "open", "close", "gone", "aid"]


class Token(NamedTuple):
    """One piece of a run and the bytes it comes from.

    "text" has characters; "aside" is a comment or processing instruction; "atom" stands whole and shows ``text``; "open" and "close" are the tags of a pair;
    "gone" is ruby markup and "aid" a reading aid, which both leave when the words change.
    """

    sort: Sort
    start: int
    end: int
    text: str = ""
    name: str = ""
    element: Element | None = None


class Cut(NamedTuple):
    """A run without its edges: the ``tokens`` of the slot, what stood before and after them, and the elements that wrap them all, outermost first."""

    tokens: tuple[Token, ...]
    before: tuple[Token, ...]
    after: tuple[Token, ...]
    outside: tuple[Element, ...]


def tokens(nodes: Iterable[Element | Text]) -> Iterator[Token]:
    """The run as tokens, in order."""
    stack: list[Element | Text | Token] = []
    stack.extend(reversed([*nodes]))
    while stack:
        node = stack.pop()
        if isinstance(node, Token):
            yield node
        elif isinstance(node, Text):
            yield from pieces(node)
        elif node.role == "pair":
            yield Token("open", node.start, node.inner, "", node.name, node)
            stack.append(Token("close", node.close, node.end, "", node.name, node))
            stack.extend(reversed(node.children))
        elif node.role == "ruby":
            yield Token("gone", node.start, node.inner)
            stack.append(Token("gone", node.close, node.end))
            stack.extend(reversed(node.children))
        elif node.role == "aid":
            yield Token("aid", node.start, node.end, roles.seen(node), node.name, node)
        else:
            yield from atom(node)


def pieces(text: Text) -> Iterator[Token]:
    """A text's pieces as tokens; an entity nobody knows is an atom that shows nothing."""
    for piece in text.pieces:
        if piece.sort == "plain":
            yield Token("text", piece.start, piece.end, piece.text)
        elif piece.sort == "aside":
            yield Token("aside", piece.start, piece.end)
        else:
            yield Token("atom", piece.start, piece.end, "", "entity")


def atom(element: Element) -> Iterator[Token]:
    """An atom, with a space before or after where white space at its edges would be lost on the reader of the runs."""
    if element.role == "hidden":
        yield Token("atom", element.start, element.end, "", element.name, element)
        return
    text = roles.seen(element)
    shows = " ".join(text.split())
    if text[:1].isspace():
        yield Token("text", element.start, element.start, " ")
    yield Token("atom", element.start, element.end, shows, title(element, shows), element)
    if shows and text[-1:].isspace():
        yield Token("text", element.end, element.end, " ")


def title(element: Element, shows: str) -> str:
    """What an atom is called: "note" for a reference to one, else the name of the element, or of the one it is for."""
    chain = [element, *(node for node in roles.inner(element) if isinstance(node, Element))] if element.elements else [element]
    names = {node.name for node in chain}
    if any(roles.words(node) & NOTEREF_TYPES for node in chain):
        return "note"
    if "a" in names and shows and not any(map(str.isalpha, shows)) and ("sup" in names or bracketed(shows) or is_called_note(chain)):
        return "note"
    if element.name in ("a", "span", "b", "i", "em", "strong", "font", "small") and element.elements:
        inside = [node.name for node in chain if node.role == "atom" and (node.shown or node.name == "img")]
        return next((name for name in inside if name in CODE or name in ("img", "math", "svg")), element.name)
    return element.name


def bracketed(shows: str) -> bool:
    """Whether a link's text looks like a note's mark: ``[1]``, ``(2)``, ``*``, ``†``."""
    return MARK.fullmatch(shows) is not None


def is_called_note(chain: list[Element]) -> bool:
    """Whether a class says that the link is a note's mark."""
    return any("note" in word or word in ("fn", "fnref") for node in chain for word in roles.words(node))


def is_outside(token: Token) -> bool:
    """Whether a token at the edge of a run stays out of the slot: blank, unseen, the mark of a note, or a section's number."""
    if token.sort == "text":
        return not token.text.strip("\u00ad \t\r\n") or token.text.isspace()
    if token.sort == "atom":
        if not token.text or token.name == "note" or (token.element is not None and roles.is_number(token.element)):
            return True
        return token.name == "a" and not any(map(str.isalnum, token.text))
    return token.sort == "aside"


def cut(row: list[Token]) -> Cut:
    """Leave out at both ends what is no part of the text: white space, unseen atoms, marks of notes, and tags that wrap the whole."""
    low, high = 0, len(row)
    outside: list[Element] = []
    while low < high:
        first, last = row[low], row[high - 1]
        if is_outside(first):
            low += 1
        elif is_outside(last):
            high -= 1
        elif first.sort == "open" and last.sort == "close" and first.element is last.element and first.element is not None:
            outside.append(first.element)
            low, high = low + 1, high - 1
        else:
            break
    inside = row[low:high]
    if inside:
        inside[0] = stripped(inside[0], left=True)
        inside[-1] = stripped(inside[-1], left=False)
    return Cut(tuple(inside), tuple(row[:low]), tuple(row[high:]), tuple(outside))


def stripped(token: Token, *, left: bool) -> Token:
    """A text token without the white space at one end; where its bytes are its characters, they are left out too."""
    if token.sort != "text":
        return token
    text = token.text.lstrip() if left else token.text.rstrip()
    gone = token.text[: len(token.text) - len(text)] if left else token.text[len(text) :]
    if not gone or token.end - token.start != len(token.text.encode()):
        return token._replace(text=text)
    width = len(gone.encode())
    return token._replace(text=text, start=token.start + width) if left else token._replace(text=text, end=token.end - width)
