"""Rows of a table become terms: what the columns are called, what a cell may hold, how long a glossary may be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from translate import languages
from translate.document import Term
from translate.errors import GlossaryError

COLUMNS = ("source", "target", "allowed", "forbidden", "pos", "gender", "keep", "case", "domain", "note", "example")
ALIASES = {
    "term": "source",
    "translation": "target",
    "rendering": "target",
    "variants": "allowed",
    "part of speech": "pos",
    "notes": "note",
    "comment": "note",
    "comments": "note",
    "subject": "domain",
    "do not translate": "keep",
}
"""Other names that people give to columns."""

YES = frozenset({"yes", "y", "true", "1", "x", "ja", "oui", "sí", "si"})
NO = frozenset({"", "no", "n", "false", "0", "nein", "non"})

MOST_LINES = 200_000
"""A glossary with more lines is refused: it is a term bank, of which a work needs a part."""

SPOKEN = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "sv",
    "da",
    "nb",
    "fi",
    "pl",
    "cs",
    "sk",
    "hu",
    "ro",
    "el",
    "tr",
    "ru",
    "uk",
    "zh",
    "ja",
    "ko",
    "ar",
    "he",
    "la",
)
"""Languages whose names are known as names of columns."""

Row = tuple[int, Sequence[str]]
"""The number of a row's first line, and its cells."""


class Heading:
    """What the columns hold: names of ``COLUMNS``, "" for one that is left out; the languages where the columns are named by them."""

    def __init__(self, names: Sequence[str], languages_: tuple[str, str] = ("", "")) -> None:
        self.names = tuple(names)
        self.languages = languages_


def heading(cells: Sequence[str], place: str, *, source: str = "", target: str = "") -> Heading | None:
    """What the first row names, or None where it names nothing and is a term already.

    Columns may be named by their languages (tags, or names in English or in themselves): then ``source`` and ``target`` choose among them, else the first two count.
    Raises ``GlossaryError`` where names are unknown, or the wanted languages are not there.
    """
    names = [ALIASES.get(cell.strip().casefold(), cell.strip().casefold()) for cell in cells]
    if "source" in names:
        _check(names, place)
        return Heading(names)
    spoken = [language(name) for name in names]
    if sum(map(bool, spoken)) < 2 or not all(tag or name in ("", *COLUMNS) for tag, name in zip(spoken, names, strict=True)):
        return None
    return _by_language(names, spoken, place, source, target)


def language(name: str) -> str:
    """The tag of the language that a column's name means ("en", "English", "Deutsch", "pt-BR"), or ""."""
    bare = name.strip().casefold()
    if bare in _names():
        return _names()[bare]
    return bare if bare.partition("-")[0] in SPOKEN and languages.exists(bare) else ""


@cache
def _names() -> dict[str, str]:
    known = [languages.find(tag) for tag in SPOKEN]
    return {name.casefold(): one.tag for one in known for name in (one.name, one.own_name)}


def _check(names: Sequence[str], place: str) -> None:
    unknown = [name for name in names if name not in COLUMNS and name]
    if unknown:
        raise GlossaryError(f"{place}: there is no column '{unknown[0]}'. Known columns: {', '.join(COLUMNS)}.")
    if "target" not in names or len(set(filter(None, names))) != len([*filter(None, names)]):
        raise GlossaryError(f"{place}: the first line must name 'source' and 'target', and each column once.")


def _by_language(names: Sequence[str], spoken: Sequence[str], place: str, source: str, target: str) -> Heading:
    there = [tag for tag in spoken if tag]
    to = _choose(there, target, place) if target else next(tag for tag in there[1:] if tag)
    left = [tag for tag in there if tag != to]
    from_ = _choose(left, source, place) if source else left[0]
    roles = {from_: "source", to: "target"}
    return Heading([roles.get(tag, "") if tag else name for tag, name in zip(spoken, names, strict=True)], (from_, to))


def _choose(there: Sequence[str], wanted: str, place: str) -> str:
    found = [tag for tag in there if tag == wanted] or [tag for tag in there if languages.code(tag) == languages.code(wanted)]
    if not found:
        raise GlossaryError(f"{place}: the columns are in {', '.join(there)}, none in {wanted}. Give a glossary of the right languages.")
    return found[0]


def bounded(rows: Iterator[Row], name: str) -> Iterator[Row]:
    """The same rows; raises ``GlossaryError`` at the first after ``MOST_LINES``."""
    for number, cells in rows:
        if number > MOST_LINES:
            raise too_long(f"{name}:{number}")
        yield number, cells


def too_long(place: str) -> GlossaryError:
    """The error of a glossary or ledger with more than ``MOST_LINES`` lines or entries."""
    return GlossaryError(f"{place}: a glossary or ledger may have {MOST_LINES:,} lines and goes on here. Give the part that the work needs.")


def terms(rows: Iterator[Row], name: str, *, source: str = "", target: str = "") -> tuple[tuple[Term, ...], Heading]:
    """The rows of a table as terms, and what its heading says; raises ``GlossaryError`` with ``name`` and line."""
    rows = bounded(rows, name)
    number, first = next(rows, (0, ()))
    if not first:
        return (), Heading(())
    head = heading(first, f"{name}:{number}", source=source, target=target)
    found = []
    if head is None:
        if len(first) > 2:
            raise GlossaryError(f"{name}:{number}: the columns have no names. Put 'source,target,…' on the first line.")
        head = Heading(("source", "target"))
        found.append(term(head.names, first, f"{name}:{number}"))
    found += [term(head.names, cells, f"{name}:{number}") for number, cells in rows]
    return tuple(found), head


def term(names: Sequence[str], cells: Sequence[str], place: str) -> Term:
    """One row as a term."""
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        raise GlossaryError(f"{place}: {len(cells)} columns where there are {len(names)}. Put a text that holds the separator between double quotation marks.")
    row = {key: unicodedata.normalize("NFC", cell.strip()) for key, cell in zip(names, cells, strict=False)}
    keep = _flag(row.get("keep", ""), "keep", place)
    source, target = row.get("source", ""), row.get("target", "")
    if not source or not (target or keep):
        missing = "source" if not source else "target"
        raise GlossaryError(f"{place}: the {missing} is missing. Fill in both, or delete the line.")
    return Term(
        source=source,
        target=target or source,
        allowed=_alternatives(row.get("allowed", "")),
        forbidden=_alternatives(row.get("forbidden", "")),
        pos=row.get("pos", ""),
        gender=row.get("gender", ""),
        keep=keep,
        case=_flag(row.get("case", ""), "case", place),
        domain=row.get("domain", ""),
        note=row.get("note", ""),
        example=row.get("example", ""),
        line=place,
    )


def _alternatives(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _flag(cell: str, column: str, place: str) -> bool:
    if cell.casefold() in YES:
        return True
    if cell.casefold() in NO:
        return False
    raise GlossaryError(f"{place}: '{cell}' under '{column}' is neither yes nor no. Write 'yes' or leave it empty.")
