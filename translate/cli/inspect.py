"""``dragoman inspect``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.shown import json_option, show, table

if TYPE_CHECKING:
    from translate.document import Document
    from translate.formats import Source
    from translate.formats.inspector import Inspection


@click.command("inspect")
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--from", "from_", metavar="LANG", help="Language of the source, where the book says it wrongly.")
@click.option("--skips", is_flag=True, help="List every passage that is left as it is.")
@json_option
def command(source: Path, from_: str | None, skips: bool, as_json: bool) -> int:
    """Account for every visible character of SOURCE: what would be translated, what is kept, what is skipped and why."""
    from translate.formats import open_source
    from translate.formats.inspector import Inspection, count

    opened = open_source(source, language=from_)
    documents = tuple(opened.documents())
    found = Inspection(opened.name, tuple(count(document) for document in documents))
    show(_value(found, opened, documents), lambda: _lines(found, opened, documents, skips), as_json=as_json)
    return 1 if found.unbalanced else 0


def _lines(found: Inspection, source: Source, documents: tuple[Document, ...], skips: bool) -> list[str]:
    rows: list[tuple[Any, ...]] = [("document", "kind", "characters", "segments", "in segments", "kept inside", "mirrors", "skipped")]
    for one in (*found.counts, found.total):
        rows.append((one.document, one.kind, one.visible, one.slots, one.segments, one.atoms, one.mirrors, one.skipped))
    lines = table(rows)
    lines += [f"Skipped, {reason}: {count:,} characters" for reason, count in found.total.skips]
    lines += [f"Note: {remark}" for remark in _remarks(source, documents)]
    if skips:
        lines += [f"{skip.document} {skip.address} ({skip.reason}): {skip.text[:100]}" for document in documents for skip in document.skips]
    if found.unbalanced:
        return [*lines, "The account does not add up: this is a fault of ours, please report it with the book."]
    return [*lines, "Every visible character is accounted for."]


def _value(found: Inspection, source: Source, documents: tuple[Document, ...]) -> dict[str, object]:
    return {
        "adds_up": not found.unbalanced,
        "total": asdict(found.total),
        "documents": [asdict(count) for count in found.counts],
        "skips": [asdict(skip) for document in documents for skip in document.skips],
        "remarks": list(_remarks(source, documents)),
    }


def _remarks(source: Source, documents: tuple[Document, ...]) -> tuple[str, ...]:
    return (*source.remarks, *(remark for document in documents for remark in document.remarks))
