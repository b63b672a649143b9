"""Tables out and back, as comma- or tab-separated values: a row a segment, markers written as ``<1>…</1>`` and ``<2/>``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from translate.document import Runs
from translate.errors import GlossaryError, SourceError
from translate.exchange.outgoing import Errand, Outgoing, Returned
from translate.exchange.remarks import hers, marks
from translate.glossary import sheets as spreadsheets
from translate.prompts import spelling

COLUMNS = ("id", "document", "kind", "state", "source", "target", "notes", "key")
JOINT = " · "
"""Between the notes of a segment."""
LONGEST = 1 << 20
"""Characters of the longest cell that is read."""
FULL = 32_767
"""Characters of the fullest cell of a spreadsheet."""
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


def read(path: Path, *, comma: bool = True, encoding: str = "utf-8-sig") -> Iterator[Returned]:
    """The rows of a table with the columns "id" and "target", one at a time; columns may be moved, left out or added. What is added to the notes is a remark.

    It may come as spreadsheets save it: with semicolons or tabs between columns whatever its name says, in any ``encoding`` that is certain (``decoder.encoding_of``).
    Raises ``SourceError``, with the line, where it has not these columns, or breaks off.
    """
    csv.field_size_limit(LONGEST)
    with path.open(encoding=encoding, newline="") as file:
        first = next(file, "")
        table = csv.reader(chain([first], file), delimiter=_delimiter(first, "," if comma else "\t"), strict=True)
        row: list[str] = []
        try:
            head = _head(next(table, []), path.name)
            for row in table:
                if any(row):
                    yield _returned(dict(zip(head, row, strict=False)), table.line_num)
        except csv.Error as error:
            raise SourceError(f"{path.name}:{table.line_num}: this is no table ({error}): save it again as CSV or TSV in UTF-8.") from error
        if 0 < len(row) < len(head) and not _is_ended(path):
            raise SourceError(f"{path.name}:{table.line_num}: the table breaks off in this row: save it again.")


def read_sheet(path: Path) -> Iterator[Returned]:
    """The same of the first sheet of an .xlsx or .ods file.

    Raises ``SourceError``, with the row, where it cannot be read, has not the columns, or a cell is as long as a spreadsheet can hold: what was longer is lost there.
    """
    try:
        head: list[str] = []
        for line, cells in spreadsheets.rows(path, remarks=False):
            if not head:
                head = _head(cells, path.name)
            elif any(len(cell) >= FULL for cell in cells):
                raise SourceError(f"{path.name}:{line}: a cell holds {FULL:,} characters, the most that a spreadsheet keeps; more may be lost. Take the work to this person as XLIFF or DOCX.")
            else:
                yield _returned(dict(zip(head, cells, strict=False)), line)
    except GlossaryError as error:
        raise SourceError(str(error)) from error
    if not head:
        raise SourceError(f"{path.name}: the first sheet is empty: give the table that went out, as it was saved.")


def _head(names: Sequence[str], file: str) -> list[str]:
    head = [name.strip().casefold() for name in names]
    if not {"id", "target"} <= set(head):
        raise SourceError(f"{file}:1: there are no columns 'id' and 'target': give the table that went out, as it was saved.")
    return head


def _delimiter(head: str, usual: str) -> str:
    """What stands between the names of the columns, none of which holds such a sign."""
    return max((usual, ",", ";", "\t"), key=head.count)


def _is_ended(path: Path) -> bool:
    """Whether the last line of a file has its end."""
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, io.SEEK_END) - 2))
        return any(sign in b"\r\n" for sign in file.read())


def _returned(cells: dict[str, str], line: int) -> Returned:
    target, (key, marked, ours) = cells.get("target", ""), cells.get("key", "").strip().partition("·")
    said = hers(_lines_of(_shown(cells.get("notes", ""))), ours) if marked else ()
    return Returned(cells.get("id", "").strip(), _shown(target) if target.strip() else None, key, line=line, remarks=said)


def _shown(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell
