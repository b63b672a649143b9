"""Tables out and back, as comma- or tab-separated values: a row a segment, markers written as ``<1>…</1>`` and ``<2/>``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from translate.document import Runs
from translate.errors import SourceError
from translate.exchange.outgoing import Errand, Outgoing, Returned
from translate.exchange.remarks import hers, marks
from translate.prompts import spelling

COLUMNS = ("id", "document", "kind", "state", "source", "target", "notes", "key")
JOINT = " · "
"""Between the notes of a segment."""
LONGEST = 1 << 20
"""Characters of the longest cell that is read."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def spelt(runs: Runs, source: Runs) -> str:
    """A text with its markers as people write them, in the spelling that the segment's source asks for."""
    return spelling.spell(runs, spelling.choose(run for run in source if isinstance(run, str)))


def write(path: Path, errand: Errand, *, comma: bool = True) -> int:
    """Write the segments to ``path``, one at a time; gives how many. Raises ``OSError`` where the file cannot be written."""
    count = 0
    with path.open("w", encoding="utf-8-sig" if comma else "utf-8", newline="") as file:
        table = csv.writer(file, dialect="excel" if comma else "excel-tab")
        table.writerow(COLUMNS)
        for segment in errand.segments:
            table.writerow(_row(segment))
            count += 1
    return count


def _row(segment: Outgoing) -> list[str]:
    notes = JOINT.join(note.text for note in segment.notes)
    cells = (segment.id, segment.document, segment.kind, segment.state, spelt(segment.source, segment.source), spelt(segment.target, segment.source), notes)
    return [*(_harmless(cell) for cell in cells), f"{segment.key}·{marks(_lines_of(notes))}"]


def _lines_of(notes: str) -> list[str]:
    return [line for part in notes.split("\n") for line in part.split(JOINT)]


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet takes for text: what looks like a formula gets the apostrophe that spreadsheets hide."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def read(path: Path, *, comma: bool = True) -> Iterator[Returned]:
    """The rows of a table with the columns "id" and "target", one at a time; columns may be moved, left out or added. What is added to the notes is a remark.

    Raises ``SourceError``, with the line, where it is not UTF-8 or has not these columns.
    """
    number = 0
    csv.field_size_limit(LONGEST)
    with path.open("rb") as file:
        lines = _lines(file, path.name)
        table = csv.reader(lines, dialect="excel" if comma else "excel-tab", strict=True)
        try:
            head = [name.strip().casefold() for name in next(table, [])]
            if not {"id", "target"} <= set(head):
                raise SourceError(f"{path.name}:1: there are no columns 'id' and 'target': give the table that went out, as it was saved.")
            for row in table:
                number = table.line_num
                cells = dict(zip(head, row, strict=False))
                if any(row):
                    yield _returned(cells, number)
        except csv.Error as error:
            raise SourceError(f"{path.name}:{table.line_num}: this is no table ({error}): save it again as CSV or TSV in UTF-8.") from error


def _returned(cells: dict[str, str], line: int) -> Returned:
    target, (key, marked, ours) = cells.get("target", ""), cells.get("key", "").strip().partition("·")
    said = hers(_lines_of(_shown(cells.get("notes", ""))), ours) if marked else ()
    return Returned(cells.get("id", "").strip(), _shown(target) if target.strip() else None, key, line=line, remarks=said)


def _shown(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def _lines(file: io.BufferedIOBase | io.BufferedReader, name: str) -> Iterator[str]:
    for number, line in enumerate(file, 1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise SourceError(f"{name}:{number}: not UTF-8 (byte {error.start + 1} of the line). Save the file again with the encoding UTF-8.") from error
