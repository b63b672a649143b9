"""The sections of a page: the names that links lead to them by, here and in the translation, and the links of a text that lead to those of other pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from translate.document import Kind, Runs, plain
from translate.formats.wikitext.masks import TITLE
from translate.formats.wikitext.names import Names, capital, spaced
from translate.formats.wikitext.page import Page

LEADS = (
    re.compile(r"\[\[([^\[\]{}|#<>\n]+)#([^\[\]{}|<>\n]+)(?=[|\]])"),
    re.compile(r"\|(?:[^|{}\[\]=#<>\n]+=)?([^\[\]{}|=#<>\n]+)#([^\[\]{}|<>\n]+)(?=\||\}\})"),
    re.compile(r"\{\{[ \t]*#(?:lsth|section-h)[ \t]*:([^\[\]{}|#<>\n]+)\|([^\[\]{}|<>\n]+)(?=[|}])"),
)
"""A link to a section of a page, what a template may be given as one, and a function that shows one by its heading."""


def headings(page: Page, targets: Mapping[str, Runs]) -> Mapping[str, str]:
    """Headings of the page and what they are called in the translation, as far as a link can say that."""
    places = [place for place in page.places if place.kind is Kind.HEADING]
    before = numbered(one_line(plain(place.runs, atoms=True)) for place in places)
    after = numbered(one_line(plain(targets.get(place.address, place.runs), atoms=True)) for place in places)
    return {ours: theirs for ours, theirs in zip(before, after, strict=True) if ours and TITLE.fullmatch(theirs)}


def numbered(headings: Iterable[str]) -> tuple[str, ...]:
    """The names that links lead to headings by: of two that are alike, small letters or not, the second has a 2 (``Parser::finalizeHeadings``)."""
    taken: dict[str, int] = {}
    out: list[str] = []
    for heading in headings:
        number = taken.get(_low(heading), 0) + 1
        while number > 1 and _low(f"{heading} {number}") in taken:
            number += 1
        taken[_low(heading)] = number
        out.append(f"{heading} {number}" if number > 1 and heading else heading)
        taken.setdefault(_low(out[-1]), 1)
    return tuple(out)


def leads(text: str, names: Names) -> Iterator[tuple[str, str]]:
    """The sections of other pages that a text leads to: the page's full title, as ``Sister.titles`` has it, and the section."""
    for pattern in LEADS:
        for title, section in pattern.findall(text):
            base = spaced(title).removeprefix(":")
            _, number, rest = names.split(base)
            yield (f"{names.prefix(number)}:{capital(spaced(rest))}" if number else capital(spaced(base))), one_line(section)


def one_line(text: str) -> str:
    """A heading or the name of a section, as they are compared."""
    return " ".join(text.replace("_", " ").split())


def _low(text: str) -> str:
    """With small letters, as PHP's ``strtolower`` has them: those of ASCII only."""
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")
