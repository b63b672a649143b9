"""Builds ``books/the-working-day.epub``, the rich sample book: ``python books/rich/build.py [TARGET]``."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

BOOKS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BOOKS))

import binder  # noqa: E402  (it stands beside the books, not in a package)

# One letter a square: metal and the letter R, the wrong way round as on a piece of type.
LETTER = (
    "mmmmmmmmmmmmmm",
    "mmmmmmmmmmmmmm",
    "mmiiiiiiiimmmm",
    "mmmmiimmmiimmm",
    "mmmmiimmmmiimm",
    "mmmmiimmmmiimm",
    "mmmmiimmmiimmm",
    "mmmmiiiiiimmmm",
    "mmmmiimiimmmmm",
    "mmmmiimmiimmmm",
    "mmmmiimmmiimmm",
    "mmiiiiiimmiiim",
    "mmmmmmmmmmmmmm",
    "mmmmmmmmmmmmmm",
)
MIRRORED = tuple(row[::-1] for row in LETTER)
COLOURS = {"m": (176, 176, 168), "i": (32, 32, 36)}

BOOK = binder.Book(
    source=Path(__file__).resolve().parent / "source",
    identifier="urn:uuid:0b8b2f5e-6a52-4c0f-8e0b-3a9d71861886",
    title="The Working Day: Hours, Hands and the History of Printing",
    author="The Dragoman authors",
    description="An essay on how time became something to be bought and limited, told by way of the people who set the type.",
    subjects=("History of labour", "Printing", "Working day"),
    published=date(2025, 1, 6),
    modified=datetime(2025, 1, 6, 12, 0, tzinfo=UTC),
    pictures=(("images/letter.png", binder.picture(MIRRORED, colours=COLOURS, scale=10)),),
    cover="images/cover.svg",
)

if __name__ == "__main__":
    binder.bind(BOOK, Path(sys.argv[1]) if len(sys.argv) > 1 else BOOKS / "the-working-day.epub")
