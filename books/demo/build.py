"""Builds ``books/the-night-shift.epub``, the small book of the demonstration: ``python books/demo/build.py [TARGET]``."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

BOOKS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BOOKS))

import binder  # noqa: E402  (it stands beside the books, not in a package)

# One letter a square: night sky, moon, wall, lit window, ground.
NIGHT = (
    "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn",
    "nnnnnnnnnnnnnnnnnnnnnnnnnmmmnnnn",
    "nnnnnwwnnnnnnnnnnnnnnnnnmmmnnnnn",
    "nnnnnwwnnnnnnnnnnnnnnnnnmmnnnnnn",
    "nnnnnwwnnnnnnnnnnnnnnnnnmmmnnnnn",
    "nnnnnwwnnnnnnnnnnnnnnnnnnmmmnnnn",
    "nnnnnwwnnnnnnnnnnnnnnnnnnnnnnnnn",
    "nnnwwwwwwwwwwwwwwwwwwwwwwwwnnnnn",
    "nnnwwwwwwwwwwwwwwwwwwwwwwwwnnnnn",
    "nnnwwllllwwllllwwllllwwllwwnnnnn",
    "nnnwwllllwwllllwwllllwwllwwnnnnn",
    "nnnwwllllwwllllwwllllwwllwwnnnnn",
    "nnnwwwwwwwwwwwwwwwwwwwwwwwwnnnnn",
    "nnnwwllllwwllllwwllllwwllwwnnnnn",
    "nnnwwllllwwllllwwllllwwllwwnnnnn",
    "nnnwwllllwwllllwwllllwwllwwnnnnn",
    "nnnwwwwwwwwwwwwwwwwwwwwllwwnnnnn",
    "gggggggggggggggggggggggggggggggg",
    "gggggggggggggggggggggggggggggggg",
)
COLOURS = {"n": (24, 32, 64), "m": (244, 240, 208), "w": (112, 64, 56), "l": (255, 208, 96), "g": (48, 44, 40)}

BOOK = binder.Book(
    source=Path(__file__).resolve().parent / "source",
    identifier="urn:uuid:5d1f7a52-0c1e-4b53-9a0d-6f2f6f1d1905",
    title="The Night Shift",
    author="The Dragoman authors",
    description="One night in a printing house in 1905, told in short sentences.",
    subjects=("Printing", "Working day"),
    published=date(2025, 1, 6),
    modified=datetime(2025, 1, 6, 12, 0, tzinfo=UTC),
    pictures=(("images/house.png", binder.picture(NIGHT, colours=COLOURS, scale=10)),),
)

if __name__ == "__main__":
    binder.bind(BOOK, Path(sys.argv[1]) if len(sys.argv) > 1 else BOOKS / "the-night-shift.epub")
