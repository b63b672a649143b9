"""Rows of a table become terms: what the columns are called, what a cell may hold, how long a glossary may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, islice

from translate import languages
from translate.document import Term
from translate.errors import GlossaryError
from translate.glossary import tidying

COLUMNS = ("source", "target", "allowed", "forbidden", "pos", "gender", "keep", "case", "domain", "note", "example")
_CALLED = {
    "source": "term, source term, source language, source text, ausgangssprache, ausgangsbegriff, quellsprache, quellbegriff, begriff, terme, terme source, langue source, término, término origen, idioma de origen",
    "target": "translation, rendering, target term, target language, target text, zielsprache, zielbegriff, übersetzung, terme cible, langue cible, traduction, traducción, término meta, idioma de destino",
    "allowed": "variants, synonyms, alternatives, also, varianten, synonyme, synonymes, sinónimos",
    "forbidden": "do not use, avoid, forbidden terms, verboten, interdit, prohibido",
    "pos": "part of speech, word class, wortart, catégorie, categoría",
    "gender": "genus, genre, género",
    "domain": "subject, field, subject field, fachgebiet, sachgebiet, domaine, dominio",
    "note": "notes, comment, comments, remark, remarks, anmerkung, anmerkungen, bemerkung, bemerkungen, kommentar, hinweis, remarque, remarques, commentaire, nota, notas, comentario, observaciones",
    "keep": "do not translate, dnt",
    "case": "case sensitive",
    "example": "examples, context, beispiel, kontext, exemple, contexte, ejemplo, contexto",
}
ALIASES = {other: name for name, others in _CALLED.items() for other in others.split(", ")}
"""Other names that people give to columns."""

YES = frozenset({"yes", "y", "true", "1", "x", "ja", "oui", "sí", "si"})
NO = frozenset({"", "no", "n", "false", "0", "nein", "non"})

TITLES = 4
"""So many lines may stand before the heading: a title, a date, a second heading."""

NAMED_IN = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru")
"""Languages in which the names of languages are known."""

NEAR = 75
"""So much alike (of 100) is a column's name to one of ours where it is a slip, not another column."""

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
    """What the columns hold: names of ``COLUMNS``, "" for one that is left out; the languages where the columns are named by them; the names of those that are ``left`` out."""

    def __init__(self, names: Sequence[str], languages_: tuple[str, str] = ("", ""), left: Sequence[str] = ()) -> None:
        self.names = tuple(names)
        self.languages = languages_
        self.left = tuple(left)


def heading(cells: Sequence[str], place: str, *, source: str = "", target: str = "") -> Heading | None:
    """What the first row names, or None where it names nothing and is a term already.

    Columns may be named by their languages (tags, or names of languages): then ``source`` and ``target`` choose among them, else the first two count; other columns are left out.
    Raises ``GlossaryError`` where names are unknown, or the wanted languages are not there.
    """
    names = [ALIASES.get(cell, cell) for cell in (tidying.tidy(cell).casefold() for cell in cells)]
    if "source" in names:
        _check(names, place)
        return Heading(names)
    spoken = [language(name) for name in names]
    if len(set(filter(None, spoken))) < 2 or len(set(filter(None, spoken))) < sum(map(bool, spoken)):
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
    return {name.casefold(): one.tag for one in known for name in (*languages.names(one.tag, NAMED_IN), one.name, one.own_name)}


def _check(names: Sequence[str], place: str) -> None:
    unknown = [name for name in names if name not in COLUMNS and name]
    if unknown:
        raise GlossaryError(f"{place}: there is no column '{unknown[0]}'. Known columns: {', '.join(COLUMNS)}.")
    if "target" not in names or len(set(filter(None, names))) != len([*filter(None, names)]):
        raise GlossaryError(f"{place}: the first line must name 'source' and 'target', and each column once.")


def _by_language(names: Sequence[str], spoken: Sequence[str], place: str, source: str, target: str) -> Heading:
    there = [tag for tag in spoken if tag]
    to = _choose(there, target, place) if target else next(tag for tag in there[1:] if tag)
    others = [tag for tag in there if tag != to]
    from_ = _choose(others, source, place) if source else others[0]
    roles = {from_: "source", to: "target"}
    left = [name for tag, name in zip(spoken, names, strict=True) if not tag and name not in ("", *COLUMNS)]
    for name in left:
        _refuse_slip(name, place)
    return Heading([roles.get(tag, "") if tag else name * (name in COLUMNS) for tag, name in zip(spoken, names, strict=True)], (from_, to), left)


def _refuse_slip(name: str, place: str) -> None:
    from rapidfuzz.fuzz import ratio

    near = next((known for known in (*COLUMNS, *ALIASES) if ratio(name, known) >= NEAR), "")
    if near:
        raise GlossaryError(f"{place}: there is no column '{name}'. Is '{near}' meant? Known columns: {', '.join(COLUMNS)}.")


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
    """The rows of a table as terms, and what its heading says; raises ``GlossaryError`` with ``name`` and line.

    Titles before the heading are left out, and a second heading that names the languages.
    """
    rows = bounded(rows, name)
    front = list(islice(rows, TITLES + 1))
    titles = next((place for place, (_, cells) in enumerate(front) if _held(cells) > 1), 0)
    if not front:
        return (), Heading(())
    number, first = front[titles]
    head = heading(first, f"{name}:{number}", source=source, target=target)
    if head is None:
        head, body = _unnamed(front, name), [row for row in front if not row[1][0].startswith("sep=")]
    else:
        body = front[titles + 1 :]
        if body and all(language(cell) for cell in body[0][1] if cell.strip()):
            second = heading(body[0][1], f"{name}:{body[0][0]}", source=source, target=target)
            head, body = Heading(head.names, second.languages if second else head.languages, head.left), body[1:]
    return tuple(term(head.names, cells, f"{name}:{number}") for number, cells in chain(body, rows)), head


def _held(cells: Sequence[str]) -> int:
    """How many cells hold something."""
    return sum(bool(cell.strip()) for cell in cells)


def _unnamed(front: Sequence[Row], name: str) -> Heading:
    """The heading of a table that has none: two columns."""
    number, first = next((row for row in front if _held(row[1]) > 2), front[0])
    if len(first) > 2:
        raise GlossaryError(f"{name}:{number}: the columns have no names. Put 'source,target,…' on the first line.")
    return Heading(("source", "target"))


def term(names: Sequence[str], cells: Sequence[str], place: str) -> Term:
    """One row as a term."""
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        raise GlossaryError(f"{place}: {len(cells)} columns where there are {len(names)}. Put a text that holds the separator between double quotation marks.")
    row = {key: tidying.tidy(cell) for key, cell in zip(names, cells, strict=False)}
    keep = _flag(row.get("keep", ""), "keep", place)
    source, kind = tidying.noted(tidying.bare(row.get("source", "")))
    target = tidying.bare(row.get("target", ""))
    if not source or not (target or keep):
        missing = "source" if not source else "target"
        raise GlossaryError(f"{place}: the {missing} is missing. Fill in both, or delete the line.")
    wanted = (target,) if keep or "allowed" in row else tidying.renderings(target, source)
    forms = [tidying.noted(form) for form in wanted]
    return Term(
        source=source,
        target=forms[0][0] or source,
        allowed=(*(form for form, _ in forms[1:]), *tidying.alternatives(row.get("allowed", ""))),
        forbidden=tidying.alternatives(row.get("forbidden", "")),
        pos=row.get("pos", "") or tidying.pos_of(kind),
        gender=row.get("gender", "") or tidying.gender_of(forms[0][1]),
        keep=keep,
        case=_flag(row.get("case", ""), "case", place),
        domain=row.get("domain", ""),
        note=row.get("note", ""),
        example=row.get("example", ""),
        line=place,
    )


def _flag(cell: str, column: str, place: str) -> bool:
    if cell.casefold() in YES:
        return True
    if cell.casefold() in NO:
        return False
    raise GlossaryError(f"{place}: '{cell}' under '{column}' is neither yes nor no. Write 'yes' or leave it empty.")
