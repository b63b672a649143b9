"""Figures that stand alone in a cell or a passage: no words to be translated, but digits to be grouped as the language of the edition groups them.

They are in no slot: no model sees them, and the account of a source does not change. What code changes, and what it leaves because nobody can tell what it is, is said in the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from translate import languages
from translate.formats.edition import Edition
from translate.formats.splice import Patch
from translate.formats.tree import Element, Text, within
from translate.languages.numbers.figures import localised

SHOWN = 5
CELLS = frozenset({"td", "th"})
TABLES = frozenset({"table"})
SPANS = frozenset({"colspan", "rowspan"})


class Figure(NamedTuple):
    """A text without letters and where it stands in the source; ``amount`` where the heading of its column or row says that it is one."""

    start: int
    end: int
    text: str
    amount: bool = False


class Told:
    """Figures of one edition: written anew where that is certain, counted, and told. ``source`` is the language that they are written in, None where nobody said."""

    def __init__(self, edition: Edition, source: str | None) -> None:
        self._edition, self._source = edition, source
        self._changed: list[tuple[str, str]] = []
        self._doubtful: list[str] = []

    def changes(self, figures: Iterable[Figure], body: str | bytes) -> Iterator[tuple[int, int, str]]:
        """Where something else is to stand, and what; nothing in a bilingual edition, where figures stand for both languages."""
        if self._source is None or self._edition.bilingual or not languages.exists(self._source):
            return
        for figure in figures:
            there = body[figure.start : figure.end]
            new = localised(figure.text, self._source, self._edition.language, thousands=self._edition.thousands, amount=figure.amount)
            if (there if isinstance(there, str) else there.decode()) != figure.text:
                continue
            if new.doubtful:
                self._doubtful.append(figure.text.strip())
            elif new.text != figure.text:
                self._changed.append((figure.text.strip(), new.text.strip()))
                yield figure.start, figure.end, new.text

    def patches(self, figures: Iterable[Figure], body: bytes) -> Iterator[Patch]:
        """The changes as patches of bytes."""
        for start, end, text in self.changes(figures, body):
            yield Patch(start, end, text.encode())

    def remarks(self, document: str = "") -> Iterator[str]:
        """What was changed, and what was left in doubt, one sentence each; ``document`` is named before it."""
        begin = f"{document}: " if document else ""
        name = languages.find(self._edition.language).name if languages.exists(self._edition.language) else self._edition.language
        if self._changed:
            shown = ", ".join(f"{old} → {new}" for old, new in dict.fromkeys(self._changed[:SHOWN]))
            yield f"{begin}Figures that stand alone are written as in {name}, in {_places(len(self._changed))}: {shown}{_more(self._changed)}"
        if self._doubtful:
            shown = ", ".join(dict.fromkeys(self._doubtful[:SHOWN]))
            yield f"{begin}Figures that stand alone are left as in the source, in {_places(len(self._doubtful))}, since they may be decimals, but also sections, versions or dates: {shown}{_more(self._doubtful)} Look at them."


def _places(number: int) -> str:
    return "1 place" if number == 1 else f"{number:,} places"


def _more(row: list[tuple[str, str]] | list[str]) -> str:
    return " …" if len(row) > SHOWN else "."


def heads(container: Element) -> bool:
    """Whether the heading of a cell's column, or the first cell of its row, says that amounts stand there; never where the rows are of different lengths, or a cell of the two spans others."""
    cell = _around(container, CELLS)
    row = cell.parent if cell is not None else None
    table = _around(row, TABLES) if row is not None else None
    first = next((element for element in within(table) if element.name == "tr"), None) if table is not None else None
    if cell is None or row is None or first is None:
        return False
    here, above = _cells(row), _cells(first)
    if len(here) != len(above) or any(SPANS & one.attributes.keys() for one in (*here, *above)):
        return False
    over = next(above[place] for place, one in enumerate(here) if one is cell)
    return any(one is not cell and languages.heads_amounts(_words(one)) for one in (over, here[0]))


def _cells(row: Element) -> list[Element]:
    return [child for child in row.children if isinstance(child, Element) and child.name in CELLS]


def _around(element: Element | None, names: frozenset[str]) -> Element | None:
    while element is not None and element.name not in names:
        element = element.parent
    return element


def _words(top: Element) -> str:
    """The text inside."""
    return " ".join(child.text for element in within(top) for child in element.children if isinstance(child, Text))
