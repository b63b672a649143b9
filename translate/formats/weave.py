"""A slot's tokens → the runs a translator sees, and the recipe by which they are written back.

The text is laid flat, with one place for each character and each atom, and the pairs are spans over it.
There the words are made whole: a drop cap is taken off, a page anchor inside a word goes before it, a tag over part of a word is widened to the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from translate.document import Marker, Runs, normal
from translate.formats.rules import CAPITALS, NEVER_WIDENED
from translate.formats.tokens import Token
from translate.formats.tree import Element

BLANK = re.compile(r"[ \t\r\n\f]+")
LETTER = r"[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff]"
WORD = re.compile(f"(?:{LETTER}|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0966-\u0dff])")
"""A character that makes a word with its neighbours. Scripts that put no space between words, and Hangul with its particles, make none."""
CAPITAL_CLASS = re.compile(r"drop|initial|lettrine|versal|first-?letter|\bcap\b")
PLACE = "\ufffc"

Bytes = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a slot's runs become bytes again; every pair of numbers is a stretch of the document's bytes.

    ``start``…``end`` is the slot. ``pairs`` are the elements fused into each pair of markers, outermost first; ``atoms`` the bytes of each atom, ``names`` what it is.
    ``leads`` are written first (comments, anchors), ``wraps`` go round everything, ``capital`` round the first letter, with the quotation mark before it where ``quoted``.
    ``outside`` are the elements round the slot that wrap it whole, outermost first.
    ``double`` is the paragraph that holds nothing else, so that a copy of it can hold the translation beside it; ``joined`` says that the place takes no markup.
    """

    start: int
    end: int
    pairs: dict[int, tuple[Element, ...]]
    atoms: dict[int, tuple[Bytes, ...]]
    names: dict[int, Marker]
    leads: tuple[Bytes, ...] = ()
    wraps: tuple[Element, ...] = ()
    capital: tuple[Element, ...] = ()
    quoted: bool = False
    outside: tuple[Element, ...] = ()
    double: Element | None = None
    joined: bool = False


@dataclass(slots=True)
class Span:
    """A pair over the flat text; ``end`` is exclusive."""

    start: int
    end: int
    element: Element


@dataclass(slots=True)
class Flat:
    """The run laid flat: one character for each place, ``PLACE`` where an atom stands."""

    text: str = ""
    atoms: dict[int, Token] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    leads: list[Bytes] = field(default_factory=list)
    wraps: list[Element] = field(default_factory=list)
    capital: list[Element] = field(default_factory=list)
    quoted: bool = False

    def is_word(self, at: int) -> bool:
        """Whether the character at that place makes a word with its neighbours."""
        return 0 <= at < len(self.text) and WORD.match(self.text, at) is not None

    def is_inside_word(self, at: int) -> bool:
        """Whether the border before that place goes through a word."""
        return self.is_word(at - 1) and self.is_word(at)


def weave(row: tuple[Token, ...], outside: tuple[Element, ...], *, preserve: bool) -> tuple[Runs, Recipe]:
    """The runs of a slot's tokens, in normal form, and their recipe."""
    flat = lay(row, preserve)
    if flat.spans or flat.atoms:
        lead(flat)
        if not preserve:
            shrink(flat)
        take_capital(flat)
        widen(flat)
        wrap(flat)
    return number(flat, row[0].start, row[-1].end, outside, preserve)


def lay(row: Iterable[Token], preserve: bool) -> Flat:
    """The tokens laid flat; white space is collapsed, soft hyphens go."""
    flat = Flat()
    out: list[str] = []
    length = 0
    opened: list[Span] = []
    for token in row:
        if token.sort == "text":
            text = token.text if preserve else BLANK.sub(" ", token.text)
            text = text.replace("\u00ad", "")
            if text[:1] == " " and not preserve and (not out or out[-1][-1] == " "):
                text = text[1:]
            if text:
                out.append(text)
                length += len(text)
        elif token.sort == "atom":
            flat.atoms[length] = token
            out.append(PLACE)
            length += 1
        elif token.sort == "open" and token.element is not None:
            opened.append(Span(length, length, token.element))
            flat.spans.append(opened[-1])
        elif token.sort == "close":
            opened.pop().end = length
        elif token.sort == "aside":
            flat.leads.append((token.start, token.end))
    flat.text = "".join(out)
    return flat


def lead(flat: Flat) -> None:
    """Move an empty anchor inside a word before the word, and one at the very start out of the runs."""
    for at in sorted(flat.atoms):
        if is_anchor(flat.atoms[at]) and flat.is_word(at - 1) and flat.is_word(following(flat, at)):
            move(flat, at)
    while 0 in flat.atoms and is_anchor(flat.atoms[0]):
        token = flat.atoms.pop(0)
        flat.leads.append((token.start, token.end))
        drop_first(flat)
        while flat.text[:1] == " ":
            drop_first(flat)


def drop_first(flat: Flat) -> None:
    """Take the first place away; no atom stands there."""
    flat.text = flat.text[1:]
    flat.atoms = {at - 1: token for at, token in flat.atoms.items()}
    for span in flat.spans:
        span.start, span.end = max(0, span.start - 1), span.end - 1


def following(flat: Flat, at: int) -> int:
    """The place of the next thing that is no empty anchor."""
    while at in flat.atoms and is_anchor(flat.atoms[at]):
        at += 1
    return at


def is_anchor(token: Token) -> bool:
    """Whether an atom is only a place: an empty element that shows and does nothing by itself."""
    element = token.element
    return token.name in ("a", "span", "wbr") and not token.text and element is not None and not element.elements


def move(flat: Flat, at: int) -> None:
    """Take the anchor at ``at`` to before the word it stands in, out of every span that begins with that word."""
    to = at
    while flat.is_word(to - 1):
        to -= 1
    token = flat.atoms.pop(at)
    flat.text = flat.text[:to] + PLACE + flat.text[to:at] + flat.text[at + 1 :]
    flat.atoms = {other + 1 if to <= other < at else other: value for other, value in flat.atoms.items()}
    flat.atoms[to] = token
    for span in flat.spans:
        span.start += to <= span.start <= at
        span.end += to < span.end <= at


def shrink(flat: Flat) -> None:
    """Leave the spaces at a span's ends outside of it."""
    for span in flat.spans:
        while span.start < span.end - 1 and flat.text[span.start] == " ":
            span.start += 1
        while span.end - 1 > span.start and flat.text[span.end - 1] == " ":
            span.end -= 1


def take_capital(flat: Flat) -> None:
    """Take off the spans that make the first letter a drop cap."""
    first = next((at for at in range(min(len(flat.text), 4)) if flat.text[at].isalpha()), None)
    if first is None or any(at in flat.atoms or flat.text[at].isalnum() for at in range(first)):
        return
    found = [span for span in flat.spans if span.start <= first and span.end == first + 1]
    if not found or not any(is_capital(span.element, flat, first) for span in found):
        return
    flat.capital = [span.element for span in found]
    flat.quoted = found[0].start < first
    flat.spans = [span for span in flat.spans if span not in found]


def is_capital(element: Element, flat: Flat, first: int) -> bool:
    """Whether the element says that it is a drop cap, or is plainly one: the capital of a word, in a tag of its own."""
    if CAPITAL_CLASS.search(element.attributes.get("class", "").lower()):
        return True
    return element.name in CAPITALS and flat.text[first].isupper() and flat.is_word(first + 1)


LONGEST_WORD = 100
"""So many letters a tag is widened at most: what is longer is no word, and a text of nothing but tags would take for ever."""


def widen(flat: Flat) -> None:
    """Widen spans to whole words; where that would make two of them cross, both stay as they were."""
    before = [(span.start, span.end) for span in flat.spans]
    for span in flat.spans:
        if span.element.name in NEVER_WIDENED:
            continue
        start, end = span.start, span.end
        while flat.is_inside_word(start) and span.start - start < LONGEST_WORD:
            start -= 1
        while flat.is_inside_word(end) and end - span.end < LONGEST_WORD:
            end += 1
        if not flat.is_inside_word(start) and not flat.is_inside_word(end):
            span.start, span.end = start, end
    if before == [(span.start, span.end) for span in flat.spans]:
        return
    while crossed := crossings(flat.spans):
        for index in crossed:
            flat.spans[index].start, flat.spans[index].end = before[index]


def crossings(spans: list[Span]) -> set[int]:
    """The indexes of spans that cross another."""
    order = sorted(range(len(spans)), key=lambda index: (spans[index].start, -spans[index].end))
    out: set[int] = set()
    open_: list[int] = []
    for index in order:
        span = spans[index]
        while open_ and spans[open_[-1]].end <= span.start:
            open_.pop()
        if open_ and spans[open_[-1]].end < span.end:
            out |= {index, open_[-1]}
        else:
            open_.append(index)
    return out


def wrap(flat: Flat) -> None:
    """Spans that came to cover everything go round everything, unseen."""
    end = len(flat.text)
    flat.wraps = [span.element for span in flat.spans if span.start == 0 and span.end == end]
    flat.spans = [span for span in flat.spans if span.start or span.end != end]


def number(flat: Flat, start: int, end: int, outside: tuple[Element, ...], preserve: bool) -> tuple[Runs, Recipe]:
    """Write the flat text out as runs, number the markers, fuse what has the same extent."""
    runs = Numbered(flat)
    runs.write()
    recipe = Recipe(start, end, runs.pairs, runs.atoms, runs.names, tuple(flat.leads), tuple(flat.wraps), tuple(flat.capital), flat.quoted, outside)
    return (normal(runs.out) if preserve else without_space_at_breaks(normal(runs.out))), recipe


class Numbered:
    """Numbers markers while it writes them."""

    def __init__(self, flat: Flat) -> None:
        self.flat = flat
        self.out: list[str | Marker] = []
        self.pairs: dict[int, tuple[Element, ...]] = {}
        self.atoms: dict[int, tuple[Bytes, ...]] = {}
        self.names: dict[int, Marker] = {}
        self.count = 0
        self.opens: dict[int, list[tuple[int, list[Element]]]] = {}
        self.open: list[tuple[int, int]] = []

    def write(self) -> None:
        """Fill ``out`` from the flat text."""
        self.group()
        ends = {span.end for span in self.flat.spans}
        places = sorted({0, *self.opens, *ends, *self.flat.atoms, *(at + 1 for at in self.flat.atoms), len(self.flat.text)})
        fused = False
        for at, to in zip(places, [*places[1:], len(self.flat.text)], strict=True):
            fused = fused and at not in ends and at not in self.opens
            while self.open and self.open[-1][1] == at:
                self.close()
            for end, elements in self.opens.get(at, []):
                self.begin(end, elements)
            token = self.flat.atoms.get(at)
            if token is None:
                self.out.append(self.flat.text[at:to])
            else:
                self.atom(token, fused)
            fused = token is not None

    def group(self) -> None:
        """Gather the spans by where they begin, outermost first; those of one extent together."""
        for span in sorted(self.flat.spans, key=lambda span: (span.start, -span.end)):
            here = self.opens.setdefault(span.start, [])
            if here and here[-1][0] == span.end:
                here[-1][1].append(span.element)
            else:
                here.append((span.end, [span.element]))

    def begin(self, end: int, elements: list[Element]) -> None:
        """Open a pair of markers for elements of the same extent, up to ``end``."""
        self.count += 1
        name = next((element.name for element in elements if element.name != "span"), "span")
        self.pairs[self.count] = tuple(elements)
        self.names[self.count] = Marker("open", self.count, name)
        self.open.append((self.count, end))
        self.out.append(self.names[self.count])

    def close(self) -> None:
        """Close the innermost pair."""
        count, _ = self.open.pop()
        self.out.append(Marker("close", count, self.names[count].name))

    def atom(self, token: Token, fused: bool) -> None:
        """Write an atom, or add it to the one just written."""
        if fused:
            last = self.names[self.count]
            marker = Marker("atom", self.count, last.name if last.shows or not token.text else token.name, last.shows + token.text)
            self.atoms[self.count] += ((token.start, token.end),)
            self.out[-1] = marker
        else:
            self.count += 1
            marker = Marker("atom", self.count, token.name, token.text)
            self.atoms[self.count] = ((token.start, token.end),)
            self.out.append(marker)
        self.names[self.count] = marker


def without_space_at_breaks(runs: Runs) -> Runs:
    """The runs without the spaces round line breaks."""
    out = list(runs)
    for index, run in enumerate(out):
        if isinstance(run, str) or run.name != "br":
            continue
        before, after = index - 1, index + 1
        if before >= 0 and isinstance(text := out[before], str):
            out[before] = text.rstrip(" ")
        if after < len(out) and isinstance(text := out[after], str):
            out[after] = text.lstrip(" ")
    return normal(out)
