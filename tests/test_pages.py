"""What the pages written by hand say in figures, columns and reasons is what the code says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.report_sample import sample
from translate import glossary
from translate.formats import directory, outline, parse, rules
from translate.models import SHORTCUTS
from translate.models.embedded import engine
from translate.report import as_json

DOCS = Path(__file__).parent.parent / "docs"
LIMITS = (
    directory.MOST_BYTES, directory.MOST_ENTRY_BYTES, directory.MOST_ENTRIES, directory.RATIO, directory.RATIO_FROM, parse.SIZE, outline.MOST_XML_BYTES,
    parse.DEPTH, parse.EXPANDED, parse.ATTRIBUTE,
)  # fmt: skip
REASONS = (
    rules.PREFORMATTED, rules.NOTE_REASON, rules.NUMBER_REASON, rules.ADDRESS_REASON, rules.FILE_REASON, rules.AID_REASON, rules.FIXED_REASON,
    rules.LANGUAGE_REASON, rules.NCX.reason, rules.OPF.reason, *rules.XHTML.skips.values(), *rules.XHTML.reasons.values(), *rules.SVG.reasons.values(),
)  # fmt: skip


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def first_cells(page: str) -> list[str]:
    """The first cell of every row of every table."""
    return [line.split("|")[1].strip() for line in page.splitlines() if line.startswith("|")]


def test_the_limits_on_the_page_are_those_of_the_code() -> None:
    table = read("privacy-and-safety.md").split("so that an honest book")[1]
    shown = [int(figure.replace(",", "")) for line in table.splitlines() if line.startswith("|") for figure in re.findall(r"[\d,]*\d", line)]

    assert sorted(shown) == sorted(LIMITS)


def test_every_reason_to_leave_text_alone_is_explained() -> None:
    explained = " · ".join(first_cells(read("formats-epub.md")))

    assert [reason for reason in REASONS if reason.strip() not in explained] == []


def test_every_column_of_a_glossary_is_explained() -> None:
    cells = [cell.strip("`") for cell in first_cells(read("glossary.md"))]

    assert [column for column in glossary.COLUMNS if column not in cells] == []


def test_every_way_to_name_a_model_is_explained() -> None:
    page = read("models.md")

    assert [name for name in SHORTCUTS if f"`{name}:NAME`" not in page] == []
    assert [kind.name for kind in engine.KINDS if f"`embedded:{kind.name}`" not in page] == []


def test_every_field_of_report_json_is_explained() -> None:
    record = json.loads(as_json(sample()))
    explained = read("report.md").split("## report.json")[1]

    fields = {
        *record["findings"][0],
        "segments",
        "states",
        "coverage",
        "spending",
        "making",
        "chapters",
        "checks",
        "remarks",
        "verdict",
        "glossary",
        "dismissed",
    }
    assert sorted(field for field in fields if f"`{field}`" not in explained) == []
    assert fields - set(record["findings"][0]) <= set(record)


@pytest.mark.parametrize("name", ["index.md", "report.md", "formats-epub.md", "glossary.md", "models.md", "privacy-and-safety.md"])
def test_a_page_links_only_to_headings_that_exist(name: str) -> None:
    broken = []
    for target, heading in re.findall(r"\]\(([\w./-]*\.md)?#([\w-]+)\)", read(name)):
        page = read(target) if target else read(name)
        slugs = {re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-") for line in page.splitlines() if line.startswith("#")}
        broken += [heading] if heading not in slugs else []

    assert broken == []
