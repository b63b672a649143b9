"""Glossaries: read from files of several kinds, stacked, found in a source text, looked for in a translation."""

from __future__ import annotations

from translate.glossary.examiner import examine, examine_files
from translate.glossary.flaws import KINDS, Flaw
from translate.glossary.matching import SHORT, Matcher, accepted, forbidden, holds
from translate.glossary.merging import merge
from translate.glossary.reading import Glossary, load, parse, read, rows_of
from translate.glossary.rows import COLUMNS
from translate.glossary.stacking import load_stack, place, speaking_of, stack
from translate.glossary.writing import write

__all__ = [
    "COLUMNS",
    "KINDS",
    "SHORT",
    "Flaw",
    "Glossary",
    "Matcher",
    "accepted",
    "examine",
    "examine_files",
    "forbidden",
    "holds",
    "load",
    "load_stack",
    "merge",
    "parse",
    "place",
    "read",
    "rows_of",
    "speaking_of",
    "stack",
    "write",
]
