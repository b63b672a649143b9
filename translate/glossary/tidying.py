"""Cells of a glossary as people leave them: stray spaces, quotation marks, several renderings in one cell, a word about the grammar behind the term."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad]")
"""Not the joiners (U+200C, U+200D): they are part of the spelling of Persian, Hindi and others."""
QUOTES = ("“”", "„“", "”“", "«»", "»«", "‹›", "‘’", "‚‘", '""')
LEAST = 4
"""Letters that each part of "Staat/Zustand" must have: shorter ones are endings or units ("Arbeiter/in", "km/h")."""

_NOTED = re.compile(r"\s*[(\[](n|noun|subst|v|vb|verb|adj|adv|m|f|nt|mf|pl|sg)\.?[)\]]$", re.IGNORECASE)
_POS = {"n": "noun", "noun": "noun", "subst": "noun", "v": "verb", "vb": "verb", "verb": "verb", "adj": "adj", "adv": "adv"}
_GENDERS = {"m": "m", "f": "f", "n": "n", "nt": "n", "mf": "mf"}


def tidy(cell: str) -> str:
    """A cell with composed letters, without signs that nobody sees, and with plain spaces at its edges and in it."""
    return " ".join(UNSEEN.sub("", unicodedata.normalize("NFC", cell)).split())


def bare(text: str) -> str:
    """A term without the quotation marks round the whole of it."""
    inside = text[1:-1]
    return inside.strip() if len(text) > 2 and text[0] + text[-1] in QUOTES and not any(sign in inside for sign in text[0] + text[-1]) else text


def noted(text: str) -> tuple[str, str]:
    """A term, and what stands behind it in brackets about its grammar ("labour (n.)" → "labour", "n"); "" where nothing does."""
    found = _NOTED.search(text)
    return (text[: found.start()], found[1].casefold()) if found and found.start() else (text, "")


def pos_of(note: str) -> str:
    """The kind of word that a note behind a source term names, or ""."""
    return _POS.get(note, "")


def gender_of(note: str) -> str:
    """The gender that a note behind a rendering names, or ""."""
    return _GENDERS.get(note, "")


def alternatives(cell: str) -> tuple[str, ...]:
    """The forms in a cell for several: parted by ``|``, or where there is none by semicolons."""
    return tuple(part.strip() for part in cell.split("|" if "|" in cell else ";") if part.strip())


def joined(forms: Sequence[str]) -> str:
    """The forms as one cell, which ``alternatives`` takes apart again."""
    text = "|".join(forms)
    return f"{text}|" if ";" in text and "|" not in text else text


def renderings(cell: str, source: str) -> tuple[str, ...]:
    """The renderings in a cell for one: several where people part them by ``|``, a semicolon or a stroke, or single words by commas; the first is wanted.

    A sign that the source has too is part of the term; so is a comma in a phrase, and a stroke before an ending or in a unit.
    """
    for sign in ("|", ";", " / "):
        if sign in cell and sign.strip() not in source:
            return tuple(part.strip() for part in cell.split(sign) if part.strip()) or (cell,)
    for sign in ("/", ","):
        parts = [part.strip() for part in cell.split(sign)]
        alike = len({part[:1].isupper() for part in parts}) == 1 and all(len(part) >= LEAST and part.replace("-", "").isalpha() for part in parts)
        if len(parts) > 1 and alike and sign not in source and " " not in source:
            return tuple(parts)
    return (cell,)
