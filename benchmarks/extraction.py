"""How much of a work's glossary the prescan finds by statistics alone: recall against lists that readers wrote, and how sensible its first candidates are.

The lists in ``tests/cases/extraction`` were written, and committed, before the extraction was tried on the books.
The sample book is read without its own index, which would give the answer away; the corpus book (``DRAGOMAN_CORPUS``) is left out where it is not there.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.tables import Row, dated, markdown, plain, replace_section
from translate import languages, prescan
from translate.document import Segment
from translate.formats import open_source
from translate.prescan import Candidate

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases" / "extraction"
OFTEN = 3

Forms = tuple[str, ...]
"""The forms of one entry of a list."""


@dataclass(frozen=True, slots=True)
class Book:
    """A book that was read: its segments, candidates, and the seconds it took."""

    segments: tuple[Segment, ...]
    candidates: tuple[Candidate, ...]
    seconds: float

    @property
    def words(self) -> int:
        """The words of its text."""
        return sum(len(segment.text.split()) for segment in self.segments)


def read(path: Path, *, index: bool) -> Book:
    """Read an English book; without ``index`` its own index counts for nothing."""
    source = open_source(path, language=None)
    segments = tuple(
        Segment(f"{document.name}#{slot.address}", document.name, slot.address, slot.kind, slot.source, slot.trail)
        for document in source.documents()
        if document.kind == "content"
        for slot in document.slots
    )
    began = time.perf_counter()
    return Book(segments, prescan.scan(segments, "en", index=index), time.perf_counter() - began)


def wanted(name: str) -> tuple[Forms, ...]:
    """The entries of a list, each with its forms."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return tuple(tuple(form.strip() for form in line.split("|")) for line in lines if line and not line.startswith("#"))


def places(book: Book, entries: Sequence[Forms]) -> list[int | None]:
    """For each entry the place of the first candidate that is one of its forms, or is a variant or the expansion of one; None where there is none."""
    there: dict[tuple[str, ...], int] = {}
    for place, one in enumerate(book.candidates):
        for form in (one.line.lemma, *one.line.variants, one.line.expansion):
            there.setdefault(_lemmas(form), place)
    return [min((there[_lemmas(form)] for form in entry if _lemmas(form) in there), default=None) for entry in entries]


def often(book: Book, entries: Sequence[Forms]) -> list[bool]:
    """Which entries occur ``OFTEN`` times or more in the book's text, its index apart."""
    text = " ".join(_lemmas(" ".join(segment.text for segment in book.segments if "index" not in segment.document)))
    forms = ({" ".join(_lemmas(form)) for form in entry} for entry in entries)
    return [sum(len(re.findall(rf"(?<!\S){re.escape(form)}(?!\S)", text)) for form in each) >= OFTEN for each in forms]


def _lemmas(form: str) -> tuple[str, ...]:
    return tuple(languages.lemma(word, "en") for word in re.findall(r"\w+(?:'\w+)?", form.replace("’", "'").replace("-", " ").casefold()))


def sample() -> Row:
    """The sample book against the fuller index that a reader made for it."""
    book, entries = read(ROOT / "books" / "the-working-day.epub", index=False), wanted("the-working-day.txt")
    counted = [place is not None for place, many in zip(places(book, entries), often(book, entries), strict=True) if many]
    share = sum(counted) / len(counted)
    note = f"{len(counted)} entries that occur {OFTEN} times or more; {len(book.candidates)} candidates of {book.words:,} words in {book.seconds:.1f} s; the book's own index was not read"
    return Row("The Working Day: recall of index entries", f"{share:.2f}", "0.80", "", share >= 0.80, note)


def corpus(folder: Path) -> list[Row]:
    """The corpus book against the list of 150, and its first hundred candidates."""
    book, entries = read(folder / "developers-reference.epub", index=True), wanted("developers-reference.txt")
    found = places(book, entries)
    share = sum(place is not None for place in found) / len(found)
    first = ", ".join(f"{sum(place is not None and place < most for place in found) / len(found):.2f} in the first {most}" for most in (100, 200, 300))
    kept_back = sum(place is not None for place in found[1::2]) / len(found[1::2])
    note = f"{len(entries)} entries; {len(book.candidates)} candidates of {book.words:,} words in {book.seconds:.1f} s; {first}; of every other entry, by which nothing was tuned, {kept_back:.2f}"
    good, listed = sensible(book, entries)
    return [
        Row("Developer's Reference: recall of terms and names", f"{share:.2f}", "0.75", "", share >= 0.75, note),
        Row("… of its first 100 candidates, on the list or judged sensible", f"{good} %", "60 %", "", good >= 60, f"{listed} are on the list"),
    ]


def sensible(book: Book, entries: Sequence[Forms]) -> tuple[int, int]:
    """How many of the first hundred candidates are on the list or judged sensible, and how many are on the list; what nobody has judged is not."""
    listed = {_lemmas(form) for entry in entries for form in entry}
    judged = {row[0]: row[1] for row in wanted("developers-reference.judged.txt")}
    on = [bool({_lemmas(form) for form in (one.line.lemma, *one.line.variants, one.line.expansion)} & listed) for one in book.candidates[:100]]
    good = [here or judged.get(one.line.lemma) == "yes" for here, one in zip(on, book.candidates, strict=False)]
    return sum(good), sum(on)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and say whether every number is reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", type=Path, help="put the table into this file, in the place of the one there")
    given = parser.parse_args(arguments)
    folder = os.environ.get("DRAGOMAN_CORPUS", "")
    rows = [sample(), *(corpus(Path(folder)) if folder else [])]
    print(plain(rows))
    if given.write:
        replace_section(given.write, "extraction", dated(markdown(rows)))
    return 0 if all(row.reached for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
