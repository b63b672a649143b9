"""Terms as the cells of a table, in the order of the documented columns; and as a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from translate.document import Term
from translate.glossary.rows import COLUMNS
from translate.glossary.tidying import joined


def cells_of(term: Term) -> tuple[str, ...]:
    """What stands under each of ``COLUMNS``."""
    target = "" if term.keep and term.target == term.source else term.target
    flags = ("yes" if term.keep else "", "yes" if term.case else "")
    return (term.source, target, joined(term.allowed), joined(term.forbidden), term.pos, term.gender, *flags, term.domain, term.note, term.example)


def write(terms: Iterable[Term], path: Path) -> None:
    """The terms as a CSV file in UTF-8, with commas and a heading."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(cells_of(term) for term in terms)
