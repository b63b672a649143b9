"""Glossaries: read from files, found in a source text, looked for in a translation."""

from __future__ import annotations

from translate.glossary.matching import SHORT, Matcher, accepted, forbidden, holds
from translate.glossary.reading import COLUMNS, load, parse
from translate.glossary.stacking import stack

__all__ = ["COLUMNS", "SHORT", "Matcher", "accepted", "forbidden", "holds", "load", "parse", "stack"]
