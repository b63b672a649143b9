"""Spreadsheets: the first sheet of an .xlsx or .ods file as rows, and an .xlsx file of terms."""

from __future__ import annotations

import lzma
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from translate.document import Term
from translate.errors import GlossaryError
from translate.glossary.cells import cells_of
from translate.glossary.rows import COLUMNS, MOST_LINES, Row, too_long

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 256 * 1024 * 1024
"""A spreadsheet that unpacks to more is refused."""

DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError)
"""What ``zipfile`` raises of an archive that is damaged, and (``RuntimeError``) of one that is encrypted or packed in a way that it does not know."""

WIDEST = 64
"""Columns further to the right are not looked at."""

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def rows(path: Path, *, remarks: bool = True) -> Iterator[Row]:
    """The rows of the first sheet that hold something, with their numbers; those that begin with ``#`` are left out, where the sheet may have ``remarks``.

    Raises ``GlossaryError`` where the file is no spreadsheet, unpacks to more than ``MOST_BYTES``, or goes on after ``MOST_LINES`` rows.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            size = sum(info.file_size for info in archive.infolist())
            kind = "xlsx" if "xl/workbook.xml" in names else "ods" if "content.xml" in names else ""
    except (*DAMAGED, OSError, ValueError) as error:
        raise GlossaryError(f"{path.name}: no spreadsheet that can be read ({error}). Save it again, or as CSV.") from error
    if not kind:
        raise GlossaryError(f"{path.name}: an archive, but no spreadsheet. Give an .xlsx, .ods, .csv or .tbx file.")
    if size > MOST_BYTES:
        raise GlossaryError(f"{path.name}: the spreadsheet unpacks to {size:,} bytes; at most {MOST_BYTES:,} are read.")
    return _filled(_xlsx(path) if kind == "xlsx" else _ods(path), path.name, remarks)


def _filled(found: Iterable[list[str]], name: str, remarks: bool) -> Iterator[Row]:
    """The rows that hold something and are no remark, numbered from 1, without the empty cells at their ends.

    Raises ``GlossaryError`` at the first row after ``MOST_LINES``, empty or not: a sheet may claim a thousand million of them in a hundred bytes.
    """
    for number, cells in enumerate(found, start=1):
        if number > MOST_LINES:
            raise too_long(f"{name}:{number}")
        while cells and not cells[-1].strip():
            cells.pop()
        if cells and not (remarks and cells[0].startswith("#")):
            yield number, cells


def _xlsx(path: Path) -> Iterator[list[str]]:
    from xml.etree.ElementTree import ParseError

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            try:
                for row in book.worksheets[0].iter_rows(values_only=True, max_col=WIDEST):
                    yield [_text(value) for value in row]
            finally:
                book.close()
    except (*DAMAGED, InvalidFileException, KeyError, IndexError, ValueError, TypeError, SyntaxError, ParseError) as error:
        raise GlossaryError(f"{path.name}: the spreadsheet cannot be read ({error}). Save it again, or as CSV.") from error


def _text(value: object) -> str:
    """A cell as people see it: yes and no for a truth value, no ``.0`` behind a whole number."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _ods(path: Path) -> Iterator[list[str]]:
    from lxml import etree

    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as file:
            events = etree.iterparse(
                file, events=("end",), tag=(f"{_TABLE}table-row", f"{_TABLE}table"), resolve_entities=False, no_network=True, huge_tree=False
            )
            for _, element in events:
                if element.tag == f"{_TABLE}table":
                    return
                for _ in range(_repeated(element, "rows") if _written(element) else 1):
                    yield _cells(element)
                element.clear()
    except (*DAMAGED, etree.XMLSyntaxError, ValueError) as error:
        raise GlossaryError(f"{path.name}: the spreadsheet cannot be read ({error}). Save it again, or as CSV.") from error


def _repeated(element: _Element, what: str) -> int:
    """How many times a row or a cell stands there, 1,000 at most."""
    return min(int(element.get(f"{_TABLE}number-{what}-repeated", "1")), 1000)


def _written(row: _Element) -> bool:
    return any(cell.strip() for cell in _cells(row))


def _cells(row: _Element) -> list[str]:
    cells: list[str] = []
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        text = "\n".join("".join(str(part) for part in paragraph.itertext()) for paragraph in cell.iterchildren(f"{_TEXT}p"))
        cells += [text] * min(_repeated(cell, "columns"), WIDEST - len(cells))
    return cells


def write(terms: Iterable[Term], path: Path) -> None:
    """The terms as an .xlsx file, a heading that stays in sight above them; no cell is a formula."""
    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "glossary"
    sheet.append(COLUMNS)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, term in enumerate(terms, start=2):
        for column, text in enumerate(cells_of(term), start=1):
            if text:
                sheet.cell(number, column, text).data_type = "s"
    for letter, width in zip("ABCDEFGHIJK", (28, 28, 28, 28, 8, 8, 8, 8, 18, 50, 50), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    book.save(path)
