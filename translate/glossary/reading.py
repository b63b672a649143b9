"""Glossaries read from CSV files, each line with its place."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from translate.document import Term
from translate.errors import GlossaryError

COLUMNS = ("source", "target", "allowed", "forbidden", "pos", "gender", "keep", "case", "domain", "note", "example")
YES = frozenset({"yes", "y", "true", "1", "x", "ja", "oui", "sí", "si"})
NO = frozenset({"", "no", "n", "false", "0", "nein", "non"})


def load(path: Path) -> tuple[Term, ...]:
    """The terms of a CSV file, in its order.

    UTF-8, with or without BOM; comma, semicolon or tab between columns, ``|`` between alternatives.
    The first line names the columns (see ``COLUMNS``; ``source`` and ``target`` must be there); a file of two columns may do without.
    Raises ``GlossaryError``, with file and line, where a line cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise GlossaryError(f"{path}: the glossary cannot be opened ({error.strerror}). Check the path and try again.") from error
    except UnicodeDecodeError as error:
        raise GlossaryError(f"{path}: not UTF-8 at byte {error.start}. Save the glossary again with the encoding UTF-8.") from error
    return tuple(parse(text, path.name))


def parse(text: str, name: str) -> Iterator[Term]:
    """The terms in the text of a glossary file called ``name``; raises as ``load`` does."""
    rows = _rows(text, name)
    number, first = next(rows, (0, []))
    if not first:
        return
    header = tuple(cell.strip().casefold() for cell in first)
    if "source" in header:
        _check_header(header, f"{name}:{number}")
    else:
        if len(first) > 2:
            raise GlossaryError(f"{name}:{number}: the columns have no names. Put 'source,target,…' on the first line.")
        header = ("source", "target")
        yield _term(header, first, f"{name}:{number}")
    for number, cells in rows:
        yield _term(header, cells, f"{name}:{number}")


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, each with the number of its first line; lines that begin with ``#`` are remarks."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise GlossaryError(f"{name}:{line}: the line cannot be read ({error}). Check its quotation marks.") from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
            yield line, cells
        line = reader.line_num + 1


def _delimiter(text: str) -> str:
    """What stands between columns: the most frequent of tab, semicolon and comma on the first line that holds any."""
    for line in text.splitlines():
        bare = re.sub(r'"[^"]*"', "", line)
        best = max("\t;,", key=bare.count)
        if not line.startswith("#") and bare.count(best):
            return best
    return ","


def _check_header(header: tuple[str, ...], place: str) -> None:
    unknown = [cell for cell in header if cell not in COLUMNS and cell]
    if unknown:
        raise GlossaryError(f"{place}: there is no column '{unknown[0]}'. Known columns: {', '.join(COLUMNS)}.")
    if "target" not in header or len(set(header)) != len(header):
        raise GlossaryError(f"{place}: the first line must name 'source' and 'target', and each column once.")


def _term(header: tuple[str, ...], cells: list[str], place: str) -> Term:
    """One row as a term."""
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        raise GlossaryError(f"{place}: {len(cells)} columns where there are {len(header)}. Put a text that holds the separator between double quotation marks.")
    row = {key: unicodedata.normalize("NFC", cell.strip()) for key, cell in zip(header, cells, strict=False)}
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
