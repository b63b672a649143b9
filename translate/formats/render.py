"""Runs → bytes: the words escaped, every marker replaced by the source's own tags, whatever the runs look like.

A model may lose a marker, double it, cross it or invent one; the checks say so, and the draft may still be shipped.
So whatever comes in, what goes out is well-formed and holds every tag of the source once:
a stray or second marker is dropped; of two pairs that cross, the inner one ends with the outer one; a pair never closed ends where what holds it ends;
what is missing is put at the end, in the order of the source: pairs empty, atoms whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from translate.document import Marker, Runs
from translate.formats.tree import Element
from translate.formats.weave import Recipe

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
OPENING = re.compile(r"(?<![\"'“”„‟‘’‚‛«»‹›「『(\[¿¡—–-])[\"'“”„‟‘’‚‛«»‹›「『(\[¿¡—–-]*+\Z")

Piece = Callable[[int, int], bytes]
"""Gives the bytes of a stretch of the document, with the changes inside it made."""


def escaped(text: str) -> bytes:
    """Text as XML character data in UTF-8; characters that XML cannot hold are left out."""
    text = FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;").encode()


def quoted(text: str, quote: str) -> bytes:
    """Text as an attribute's value between two of ``quote``; with quotation marks of its own where there were none."""
    if not quote:
        return b'"' + quoted(text, '"') + b'"'
    value = escaped(text).decode().replace("\n", "&#10;").replace("\t", "&#9;")
    return value.replace(quote, "&quot;" if quote == '"' else "&#39;").encode()


def tags(elements: tuple[Element, ...], piece: Piece) -> tuple[bytes, bytes]:
    """The start tags of elements inside one another, outermost first, and their end tags."""
    opening = b"".join(piece(element.start, element.inner) for element in elements)
    return opening, b"".join(piece(element.close, element.end) for element in reversed(elements))


def render(target: Runs, recipe: Recipe, piece: Piece) -> bytes:
    """The bytes of a slot that holds ``target``, in normal form."""
    writer = Writer(recipe, piece)
    for run in target:
        if isinstance(run, str):
            writer.text(run)
        elif run.kind == "atom":
            writer.atom(run)
        elif run.kind == "open":
            writer.begin(run)
        else:
            writer.close(run)
    writer.finish()
    opening, closing = tags(recipe.wraps, piece)
    leads = b"".join(piece(*span) for span in recipe.leads)
    return leads + opening + b"".join(writer.out) + closing


class Writer:
    """Writes runs one by one, and keeps what was opened and what was used."""

    def __init__(self, recipe: Recipe, piece: Piece) -> None:
        self.recipe = recipe
        self.piece = piece
        self.out: list[bytes] = []
        self.open: list[int] = []
        self.used: set[int] = set()
        self.capital = recipe.capital

    def text(self, text: str) -> None:
        """Write text, escaped; the tags of a drop cap go round its first letter."""
        text = FORBIDDEN.sub("", text)
        first = next((at for at, char in enumerate(text) if char.isalpha()), None) if self.capital else None
        if first is None:
            self.out.append(escaped(text))
            return
        opening, closing = tags(self.capital, self.piece)
        self.capital = ()
        found = OPENING.search(text[:first]) if self.recipe.quoted else None
        begin = found.start() if found else first
        self.out += [escaped(text[:begin]), opening, escaped(text[begin : first + 1]), closing, escaped(text[first + 1 :])]

    def atom(self, marker: Marker) -> None:
        """Write an atom's own bytes, once."""
        if marker.number in self.recipe.atoms and marker.number not in self.used:
            self.used.add(marker.number)
            self.out += [self.piece(*span) for span in self.recipe.atoms[marker.number]]

    def begin(self, marker: Marker) -> None:
        """Open a pair with its own tags, once."""
        if marker.number in self.recipe.pairs and marker.number not in self.used:
            self.used.add(marker.number)
            self.open.append(marker.number)
            self.out.append(tags(self.recipe.pairs[marker.number], self.piece)[0])

    def close(self, marker: Marker) -> None:
        """End a pair, and before it those opened inside it."""
        while marker.number in self.open:
            self.out.append(tags(self.recipe.pairs[self.open.pop()], self.piece)[1])

    def finish(self) -> None:
        """End what is open, and put what is missing at the end."""
        if self.open:
            self.close(Marker("close", self.open[0]))
        for number, marker in sorted(self.recipe.names.items()):
            if number in self.used:
                continue
            if marker.kind == "open":
                self.begin(marker)
                self.close(marker)
            else:
                if marker.shows and marker.name != "note" and self.out:
                    self.out.append(b" ")
                self.atom(marker)
        if self.capital:
            self.out.insert(0, b"".join(tags(self.capital, self.piece)))
