"""Tables in plain text: CSV, tab-separated, pasted from a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from translate.errors import GlossaryError
from translate.glossary.rows import MOST_LINES, Row, too_long

HEAD = 1 << 16
"""So many characters are looked at to find out what stands between columns."""

MOST_IN_A_LINE = 1 << 18
LOOKED_AT = 20


def rows(text: str, name: str, *, remarks: bool = True) -> Iterator[Row]:
    """The rows of a table that hold something, each with the number of its first line; lines that begin with ``#`` are remarks, where the table may have ``remarks``.

    Raises ``GlossaryError`` where quotation marks do not fit.
    """
    yield from _read(io.StringIO(text, newline="").readline, _delimiter(text[:HEAD]), name, remarks)


def rows_of_file(path: Path, encoding: str, *, remarks: bool = True) -> Iterator[Row]:
    """The same of a file, which is never held as a whole and whose ``encoding`` is certain (``decoder.encoding_of``)."""
    with path.open(encoding=encoding, newline="") as file:
        head = file.read(HEAD)
        file.seek(0)
        yield from _read(lambda: _line(file), _delimiter(head), path.name, remarks)


def _line(file: io.TextIOWrapper) -> str:
    return file.readline(MOST_IN_A_LINE)


def _read(readline: Callable[[], str], delimiter: str, name: str, remarks: bool) -> Iterator[Row]:
    reader = csv.reader(_lines(readline, name), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise GlossaryError(f"{name}:{line}: the line cannot be read ({error}). Check its quotation marks.") from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells) and not (remarks and cells[0].startswith("#")):
            yield line, cells
        line = reader.line_num + 1


def _lines(readline: Callable[[], str], name: str) -> Iterator[str]:
    """The lines, as many and as long as a glossary may have them."""
    for number, line in enumerate(iter(readline, ""), start=1):
        if len(line) >= MOST_IN_A_LINE:
            raise GlossaryError(f"{name}:{number}: the line has more than {MOST_IN_A_LINE:,} characters: that is no glossary.")
        if number > MOST_LINES:
            raise too_long(f"{name}:{number}")
        yield line


def _delimiter(text: str) -> str:
    """What stands between columns: of tab, semicolon and comma the one that most of the first lines hold; where two do, the one that the first line holds more often."""
    found = (re.sub(r'"[^"]*"', "", line) for line in text.splitlines() if not line.startswith("#"))
    lines = [line for line in found if line.strip()][:LOOKED_AT]
    first = next((line for line in lines if any(sign in line for sign in "\t;,")), "")
    return max("\t;,", key=lambda sign: (sum(sign in line for line in lines), first.count(sign))) if first else ","
