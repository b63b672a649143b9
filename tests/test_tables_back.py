"""A table comes back from a spreadsheet, as .xlsx and .ods too."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest

from tests.sent import copied, sent, translated
from translate.errors import DragomanError
from translate.pipeline.interchange import returns
from translate.pipeline.works import Folder

BOOK = [["The house stands in the garden.", "She gave him <em>12 books</em> today.", "=SUM(A1) is what she wrote."]]
Rows = list[list[str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return translated(tmp_path_factory.mktemp("tables"), BOOK)


@pytest.fixture
def folder(home: Path, tmp_path: Path) -> Folder:
    return copied(home, tmp_path)


def table(folder: Folder) -> Rows:
    with sent(folder, "csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def as_xlsx(rows: Rows, path: Path) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    for cell in (cell for line in book.worksheets[0] for cell in line):
        cell.data_type = "s"
    book.save(path)


def as_ods(rows: Rows, path: Path) -> None:
    cells = "".join(
        "<table:table-row>" + "".join(f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in row) + "</table:table-row>"
        for row in rows
    )
    spaces = 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", f"<document {spaces}><table:table>{cells}</table:table></document>")


def as_csv(rows: Rows, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


FORMS: list[tuple[str, Callable[[Rows, Path], None]]] = [("back.xlsx", as_xlsx), ("back.ods", as_ods), ("back.csv", as_csv)]


@pytest.mark.parametrize(("name", "write"), FORMS, ids=[name for name, _ in FORMS])
def test_what_was_changed_in_a_spreadsheet_comes_back_and_nothing_else(folder: Folder, tmp_path: Path, name: str, write: Callable[[Rows, Path], None]) -> None:
    rows = table(folder)
    place = rows[0].index("target")
    same, changed = tmp_path / f"same.{name}", tmp_path / name
    write(rows, same)
    write([[*row[:place], row[place].replace("Ehten esuohen", "Das Haus"), *row[place + 1 :]] for row in rows], changed)

    first, second = returns.bring(folder, same, who="Ada", dry=True), returns.bring(folder, changed, who="Ada")

    assert ((), (), len(rows) - 1) == (first.taken, first.clashes, first.unchanged)
    assert ([True], (), ()) == ([one.wording.startswith("Das Haus") for one in second.taken], second.clashes, second.comments)


BAD = [
    ("no zip", "x.xlsx", lambda rows, path: path.write_bytes(b"no"), "no spreadsheet that can be read"),
    ("half of it", "x.xlsx", lambda rows, path: (as_xlsx(rows, path), path.write_bytes(path.read_bytes()[:900])), "no spreadsheet that can be read"),
    ("other columns", "x.xlsx", lambda rows, path: as_xlsx([["a", "b"]], path), "x.xlsx:1: there are no columns 'id' and 'target'"),
    ("an empty sheet", "x.xlsx", lambda rows, path: as_xlsx([], path), "x.xlsx: the first sheet is empty"),
    ("a full cell", "x.xlsx", lambda rows, path: as_xlsx([rows[0], [rows[1][0], "x" * 32_767]], path), "x.xlsx:2: a cell holds 32,767 characters"),
]


@pytest.mark.parametrize(("name", "write", "says"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_bad_spreadsheet_is_refused_with_its_row(folder: Folder, tmp_path: Path, name: str, write: Callable[[Rows, Path], object], says: str) -> None:
    write(table(folder), tmp_path / name)

    with pytest.raises(DragomanError, match=says.replace("(", r"\(")):
        returns.bring(folder, tmp_path / name, who="Ada")
