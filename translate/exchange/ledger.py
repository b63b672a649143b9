"""The ledger as a table that a person edits in a spreadsheet, and back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from translate import glossary
from translate.document import LedgerLine, LineStatus, Sort
from translate.errors import GlossaryError
from translate.glossary import table
from translate.glossary.rows import NO, YES

COLUMNS = (
    *("sort", "source", "target", "status", "allowed", "forbidden", "variants", "gender", "number", "keep"),
    *("speaker", "addressee", "address", "expansion", "sense", "scope", "note"),
)
SHOWN = ("count", "first", "context")
"""Columns that are written for the reader, and not read."""

STATUSES: tuple[LineStatus, ...] = get_args(LineStatus)
RUN = tuple("=+-@'")
"""A cell that begins so is run, or shortened, by some spreadsheets: it is written with an apostrophe before it."""

GENDERS = ("", "feminine", "masculine", "neuter")
NUMBERS = ("", "singular", "plural")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: the ledger's line, its status ("" where the table does not say), and what is shown of it: how often, where first, and words around it."""

    line: LedgerLine
    status: LineStatus | Literal[""] = ""
    count: int = 0
    first: str = ""
    context: str = ""


def write(rows: Iterable[Row]) -> str:
    """The table as CSV with a heading; alternatives are parted by ``|``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*COLUMNS, *SHOWN))
    for row in rows:
        line = row.line
        forms = ("|".join(line.allowed), "|".join(line.forbidden), "|".join(line.variants))
        told = (line.speaker, line.addressee, line.address, line.expansion, line.sense, line.scope, line.note)
        cells = (str(line.sort), line.lemma, line.target, row.status, *forms, line.gender, line.number, "yes" if line.keep else "", *told)
        writer.writerow((*map(_as_text, cells), row.count, row.first, _as_text(row.context)))
    return out.getvalue()


def _as_text(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula: a text of the source is never an instruction."""
    return f"'{cell}" if cell.startswith(RUN) else cell


def _as_written(cell: str) -> str:
    """The inverse of ``_as_text``."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(RUN) else cell


def load(path: Path, tags: Sequence[str] = ()) -> tuple[tuple[Row, ...], str]:
    """The rows of a CSV, TSV, XLSX or ODS file, and a sentence on its encoding, if any; ``tags`` are the languages in it. Raises ``GlossaryError``, with file and line, where one cannot be read or there are more than a ledger may have."""
    found, remark = glossary.rows_of(path, tags)
    try:
        return tuple(_rows(found, path.name)), remark
    except OSError as error:
        raise GlossaryError(f"{path}: the table cannot be read ({error.strerror or error}). Try again.") from error


def read(text: str, name: str) -> Iterator[Row]:
    """The rows of a table in text, called ``name``; raises as ``load`` does. Columns may stand in any order, and all but ``source`` may be missing."""
    return _rows(table.rows(text, name, remarks=False), name)


def _rows(found: Iterable[tuple[int, Sequence[str]]], name: str) -> Iterator[Row]:
    header: tuple[str, ...] = ()
    for line, cells in found:
        if header:
            yield _row({key: _as_written(cell.strip()) for key, cell in zip(header, cells, strict=False)}, f"{name}:{line}")
        else:
            header = _header(cells, f"{name}:{line}")


def _header(cells: Sequence[str], place: str) -> tuple[str, ...]:
    header = tuple(cell.strip().casefold() for cell in cells)
    unknown = [cell for cell in header if cell and cell not in (*COLUMNS, *SHOWN)]
    if unknown or "source" not in header:
        wrong = f"there is no column '{unknown[0]}'" if unknown else "the first line must name the column 'source'"
        raise GlossaryError(f"{place}: {wrong}. Known columns: {', '.join(COLUMNS)}.")
    return header


def _row(cells: dict[str, str], place: str) -> Row:
    sort = cells.get("sort") or str(Sort.CONCEPT)
    if sort not in tuple(Sort):
        raise GlossaryError(f"{place}: '{sort}' is no sort of line. Write one of {', '.join(Sort)}.")
    if not cells.get("source") and sort != Sort.ADDRESS:
        raise GlossaryError(f"{place}: the source is missing. Fill it in, or delete the line.")
    line = LedgerLine(
        sort=Sort(sort),
        lemma=cells.get("source", ""),
        target=cells.get("target", ""),
        allowed=_forms(cells.get("allowed", "")),
        forbidden=_forms(cells.get("forbidden", "")),
        variants=_forms(cells.get("variants", "")),
        gender=_one_of(cells.get("gender", ""), GENDERS, "gender", place),
        number=_one_of(cells.get("number", ""), NUMBERS, "number", place),
        keep=_flag(cells.get("keep", ""), place),
        **{name: cells.get(name, "") for name in ("speaker", "addressee", "address", "expansion", "sense", "scope", "note")},
    )
    return Row(line, cast("LineStatus | Literal['']", _one_of(cells.get("status", ""), ("", *STATUSES), "status", place)))


def _forms(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _one_of(cell: str, known: tuple[str, ...], column: str, place: str) -> str:
    if cell not in known:
        raise GlossaryError(f"{place}: '{cell}' is not known under '{column}'. Write one of {', '.join(filter(None, known))}, or leave it empty.")
    return cell


def _flag(cell: str, place: str) -> bool:
    if cell.casefold() not in YES | NO:
        raise GlossaryError(f"{place}: '{cell}' under 'keep' is neither yes nor no. Write 'yes' or leave it empty.")
    return cell.casefold() in YES
