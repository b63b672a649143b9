"""Glossaries read from files of any kind that people have them in; what kind it is, its content says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from translate.decoder import WIDE, encoding_of
from translate.document import Term
from translate.errors import GlossaryError
from translate.glossary import rows, sheets, table, tbx, wikipage

HEAD = 1 << 14
"""So many bytes are looked at to find out what a file is."""

PACKED, OLD = b"PK", (b"\xd0\xcf\x11\xe0", b"%PDF")
"""How files begin: a spreadsheet of today, and what nobody can read."""

MOST_BYTES = 256 * 1024 * 1024
WIKI = (".wiki", ".wikitext", ".mediawiki")
_NAMED = re.compile(r"(?:^|[^a-z])([a-z]{2,3}(?:-[A-Z][A-Za-z]+)?)[-_](?:to-)?([a-z]{2,3}(?:-[A-Z][A-Za-z]+)?)(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Glossary:
    """What a file holds.

    ``kind`` is "csv", "tbx", "spreadsheet" or "wikitext"; ``source`` and ``target`` are the languages that the file itself names (in its name or its heading), "" where it names none; ``remarks`` are sentences about what was left out, and about an encoding that was inferred.
    """

    terms: tuple[Term, ...]
    kind: str
    source: str = ""
    target: str = ""
    remarks: tuple[str, ...] = ()


def load(path: Path, *, source: str = "", target: str = "") -> tuple[Term, ...]:
    """The terms of a file, in its order; as ``read``."""
    return read(path, source=source, target=target).terms


def read(path: Path, *, source: str = "", target: str = "") -> Glossary:
    """What a CSV, TSV, TBX, XLSX, ODS or wikitext file holds; its content says which it is.

    ``source`` and ``target`` are language tags: they choose where a file holds several languages.
    Raises ``GlossaryError``, with file and line, where a line cannot be read, and where it is larger than a glossary may be.
    """
    try:
        head = _head(path)
        return _read(path, head, source, target)
    except OSError as error:
        raise GlossaryError(f"{path}: the glossary cannot be opened ({error.strerror or error}). Check the path and try again.") from error


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def _read(path: Path, head: bytes, source: str, target: str) -> Glossary:
    if head.startswith((PACKED, *OLD)):
        return _of_tables([_sheet(path, head, remarks=True)], path, "spreadsheet", source, target)
    if _is_xml(head):
        found = tbx.read(path, source=source, target=target)
        return Glossary(found.terms, "tbx", found.source, found.target, found.remarks)
    if path.suffix.lower() in WIKI or (not head.startswith(WIDE) and wikipage.looks_like_one(head.decode("utf-8-sig", "replace"))):
        text, remark = _text(path)
        return _of_tables(wikipage.tables(text, path.name), path, "wikitext", source, target, remark)
    encoding = encoding_of(path, error=GlossaryError, tags=(source, target, *languages_in(path.name)))
    return _of_tables([table.rows_of_file(path, encoding.name)], path, "csv", source, target, encoding.remark)


def rows_of(path: Path, tags: Sequence[str] = ()) -> tuple[Iterator[rows.Row], str]:
    """The rows of a table in a CSV, TSV, XLSX or ODS file that hold something, each with its line: what every table of a person's is read by; and a sentence on its encoding, if any.

    ``tags`` are the languages in it, where they are known. Raises ``GlossaryError``, with file and line, as ``read`` does.
    """
    try:
        head = _head(path)
        if head.startswith((PACKED, *OLD)):
            return _sheet(path, head, remarks=False), ""
        encoding = encoding_of(path, error=GlossaryError, tags=tags)
        return table.rows_of_file(path, encoding.name, remarks=False), encoding.remark
    except OSError as error:
        raise GlossaryError(f"{path}: the table cannot be opened ({error.strerror or error}). Check the path and try again.") from error


def _sheet(path: Path, head: bytes, *, remarks: bool) -> Iterator[rows.Row]:
    if head.startswith(OLD):
        raise GlossaryError(f"{path.name}: an old Excel file or a PDF cannot be read. Save it as .xlsx or CSV.")
    return sheets.rows(path, remarks=remarks)


def _is_xml(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:2]
    return start.startswith(b"<") or head.startswith((b"<\x00", b"\xff\xfe<\x00", b"\xfe\xff\x00<"))


def _text(path: Path) -> tuple[str, str]:
    """A page's text, and a sentence on its encoding, if any. Raises ``GlossaryError`` where that is not certain, or the page as large as none is."""
    if path.stat().st_size > MOST_BYTES // 16:
        raise GlossaryError(f"{path.name}: larger than {MOST_BYTES // 16:,} bytes, which no wiki page is. Give the page alone.")
    encoding = encoding_of(path, error=GlossaryError)
    return path.read_text(encoding=encoding.name), encoding.remark


def _of_tables(tables: Iterator[Iterator[rows.Row] | list[rows.Row]] | list[Iterator[rows.Row]], path: Path, kind: str, source: str, target: str, remark: str = "") -> Glossary:
    """The terms of all tables of a file one after the other; ``remark`` is a sentence on its encoding, if any."""
    found, told, left = list[Term](), ("", ""), dict[str, None]()
    for one in tables:
        terms, heading = rows.terms(iter(one), path.name, source=source, target=target)
        found += terms
        told = heading.languages if any(heading.languages) else told
        left |= dict.fromkeys(heading.left)
    if kind == "wikitext" and not found:
        raise GlossaryError(f"{path.name}: the page holds no table and no definition list with terms. Give a page with a table of two columns.")
    remarks = tuple(filter(None, (remark, f"Left out, since a glossary has no such column: {', '.join(left)}." if left else "")))
    return Glossary(tuple(found), kind, *(told if any(told) else languages_in(path.name)), remarks=remarks)


def languages_in(name: str) -> tuple[str, str]:
    """The languages that a file's name tells ("en-de.csv", "theory_en-de.tbx"), or ("", "")."""
    for match in _NAMED.finditer(name.partition(".")[0]):
        if rows.language(match[1]) and rows.language(match[2]) and match[1] != match[2]:
            return match[1], match[2]
    return "", ""


def parse(text: str, name: str) -> Iterator[Term]:
    """The terms in a text that was pasted or sent, called ``name`` in messages: a table or wikitext; raises as ``read`` does."""
    if wikipage.looks_like_one(text[:HEAD]):
        for one in wikipage.tables(text, name):
            yield from rows.terms(iter(one), name)[0]
    else:
        yield from rows.terms(table.rows(text, name), name)[0]
