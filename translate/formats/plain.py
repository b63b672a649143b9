"""Plain text: paragraphs between blank lines, wrapped or line by line; headings and list items where they show.

There is no syntax to go by, so what looks like a heading, an item or verse is told by its lines.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from translate.document import Kind, Marker, Runs, normal
from translate.formats.prose import Left, Part, Place, Reading, shown
from translate.formats.rules import ADDRESS_REASON, NUMBER_REASON
from translate.formats.walk import WEB_ADDRESS

ITEM = re.compile(r"[ \t]*(?:[-*•–+]|\(?\d{1,3}[.)]|[a-z]\))[ \t]+(?=\S)")
UNDERLINE = re.compile(r"[ \t]*([=~^*#_.-])\1{2,}[ \t]*")
CHAPTER = re.compile(
    r"(?:(?:chapter|part|book|section|act|scene|canto|appendix|kapitel|teil|buch|abschnitt|akt|szene|chapitre|partie|livre|acte|scène"
    r"|capítulo|parte|libro|acto|escena|capitolo|atto|deel|hoofdstuk|rozdział|część|глава|часть|книга)\b.{0,70}|[IVXLC]{1,7}\.?(?: .{1,60})?)",
    re.IGNORECASE,
)
LONGEST_HEADING = 80
NARROWEST = 40
"""A paragraph that is wrapped at fewer characters is taken for verse."""
FULL = 0.85
"""A line is full where the next word would make it longer than this share of the usual width."""


class Line(NamedTuple):
    """One line: where it begins and ends, its line end left out."""

    start: int
    end: int
    text: str


def read(text: str) -> Reading:
    """The paragraphs, headings and items of a plain text."""
    groups = list(_groups(text))
    width = _width(groups)
    parts: list[Part] = []
    trail: tuple[str, ...] = ()
    end = "\r\n" if "\r\n" in text else "\n"
    for group in groups:
        for lines, kind in _pieces(group):
            part = _part(lines, kind, trail, width, end)
            if isinstance(part, Place) and part.kind is Kind.HEADING:
                trail = (shown(part.runs),)
            parts.append(part)
    return Reading(tuple(parts))


def _groups(text: str) -> Iterator[list[Line]]:
    """Lines between blank ones."""
    group: list[Line] = []
    at = 0
    for raw in text.splitlines(keepends=True):
        bare = raw.rstrip("\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029")
        if bare.strip():
            group.append(Line(at, at + len(bare), bare))
        elif group:
            yield group
            group = []
        at += len(raw)
    if group:
        yield group


def _width(groups: Sequence[Sequence[Line]]) -> int:
    """How long lines are where a paragraph goes on: what nine in ten do not pass."""
    lengths = sorted(len(line.text) for group in groups for line in group[:-1])
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def _pieces(group: list[Line]) -> Iterator[tuple[list[Line], Kind]]:
    """A group cut into what belongs together: a heading and its underline, items, a paragraph."""
    if UNDERLINE.fullmatch(group[-1].text) and len(group) == 2 and len(group[0].text) <= LONGEST_HEADING:
        yield group[:1], Kind.HEADING
        yield group[1:], Kind.PARAGRAPH
    elif ITEM.match(group[0].text):
        begins = [at for at, line in enumerate(group) if ITEM.match(line.text)]
        for start, stop in zip(begins, [*begins[1:], len(group)], strict=True):
            yield group[start:stop], Kind.ITEM
    elif len(group) == 1 and _is_heading(group[0].text.strip()):
        yield group, Kind.HEADING
    else:
        yield group, Kind.PARAGRAPH


def _is_heading(line: str) -> bool:
    capitals = line.isupper() and sum(map(str.isalpha, line)) > 2
    return len(line) <= LONGEST_HEADING and line[-1] not in ",;" and (capitals or (CHAPTER.fullmatch(line) is not None and not line.endswith((",", ";"))))


def _part(lines: list[Line], kind: Kind, trail: tuple[str, ...], width: int, end: str) -> Part:
    first = lines[0]
    found = ITEM.match(first.text) if kind is Kind.ITEM else None
    lead = found.end() if found else len(first.text) - len(first.text.lstrip())
    start, stop = first.start + lead, lines[-1].start + len(lines[-1].text.rstrip())
    texts = [first.text[lead:].rstrip(), *(line.text.strip() for line in lines[1:])]
    whole = " ".join(texts)
    if not any(map(str.isalpha, whole)):
        return Left(start, stop, NUMBER_REASON)
    if WEB_ADDRESS.fullmatch(whole):
        return Left(start, stop, ADDRESS_REASON)
    indent = lines[1].text[: len(lines[1].text) - len(lines[1].text.lstrip())] if len(lines) > 1 else " " * lead
    if len(lines) == 1 or _is_wrapped(lines, width):
        wrapped = partial(_wrapped, width=max(len(line.text) for line in lines) if len(lines) > 1 else 0, lead=lead, indent=indent, end=end)
        return Place(
            kind, start, stop, normal((whole,)), wrapped, partial(_beside, kind=kind, indent=first.text[:lead] if found is None else " " * lead, end=end), trail
        )
    breaks = {number: _between(one, two, end) for number, (one, two) in enumerate(pairwise(lines), 1)}
    runs = normal(piece for number, text in enumerate(texts) for piece in ((Marker("atom", number, "br"), text) if number else (text,)))
    return Place(
        Kind.VERSE if kind is Kind.PARAGRAPH else kind,
        start,
        stop,
        runs,
        partial(_lined, breaks=breaks),
        partial(_beside, kind=kind, indent=first.text[:lead], end=end),
        trail,
    )


def _between(one: Line, two: Line, end: str) -> str:
    """How a line break is written: the line end and the indentation of the next line."""
    return end + two.text[: len(two.text) - len(two.text.lstrip())]


def _is_wrapped(lines: Sequence[Line], width: int) -> bool:
    """Whether the lines end where they do for want of room."""
    if width < NARROWEST:
        return False
    return all(len(line.text.rstrip()) + 1 + len(following.text.split()[0]) > FULL * width for line, following in pairwise(lines))


def _wrapped(target: Runs, *, width: int, lead: int, indent: str, end: str) -> str:
    """The words on one line, or in lines as wide as the source's."""
    text = " ".join("".join(run for run in target if isinstance(run, str)).split())
    if not width:
        return text
    filled = textwrap.wrap(text, width, initial_indent=" " * lead, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return end.join(filled)[lead:] if filled else ""


def _lined(target: Runs, *, breaks: Mapping[int, str]) -> str:
    """The words line by line, each line break of the source once."""
    out: list[str] = []
    left = dict(breaks)
    for run in target:
        if isinstance(run, str):
            out.append(" ".join(run.split("\n")))
        elif run.kind == "atom" and run.number in left:
            out.append(left.pop(run.number))
    return "".join([*out, *left.values()])


def _beside(source: str, target: str, *, kind: Kind, indent: str, end: str) -> str:
    """Source and translation: a paragraph after the other, headings and items on one line."""
    return f"{source} / {target}" if kind in (Kind.ITEM, Kind.HEADING) else f"{source}{end}{end}{indent}{target}"
