"""What is wrong with a glossary: one sentence a line, and how bad it is."""

from __future__ import annotations

from dataclasses import dataclass

from translate.document import Severity, Term

KINDS = {
    "unreadable": "The file, or a line of it, cannot be read.",
    "languages": "The file is in other languages than it should be, or its columns are the wrong way round.",
    "contradiction": "One source has two renderings, of which only one can win.",
    "duplicate": "A line, or a rendering in it, stands there twice.",
    "forbids-itself": "A line forbids what it wants.",
    "keep": "A term is to stay as it is, and something else speaks against that.",
    "twins": "Two sources are found by the same words, or differ by a slip, and are rendered differently.",
    "unsatisfiable": "Two lines speak of the same words, and one forbids what the other wants.",
    "chain": "A rendering is the source of another line.",
    "overlap": "A longer term is rendered without the rendering of a shorter term in it, or with one that it forbids.",
    "shared": "What one line forbids another wants: in a passage with both it cannot be told apart.",
    "unknown": "A word is in no dictionary of its language: its inflected forms may not be found.",
    "gender": "The gender of a noun is missing, or none that the language has.",
    "article": "A term stands there with its article, and is found only behind it.",
    "pos": "The kind of word is none that we know.",
    "won": "A line of a later file takes the place of an earlier one.",
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong, or may be: where ("mine.csv:3"), one of ``KINDS``, how bad, one sentence with what to do."""

    line: str
    kind: str
    severity: Severity
    message: str


def flaw(term: Term, kind: str, severity: Severity, message: str) -> Flaw:
    """A flaw of one line."""
    return Flaw(term.line, kind, severity, message)
