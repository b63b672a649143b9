"""The table of a measurement: for the terminal, and for a section of a Markdown file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One measured number beside what it must reach and what the best peer has. ``reached`` is None where nothing is asked."""

    name: str
    ours: str
    wanted: str = ""
    peer: str = ""
    reached: bool | None = None
    note: str = ""


def plain(rows: Sequence[Row]) -> str:
    """The table in columns, notes on lines of their own."""
    widths = [max(len(cell) for cell in column) for column in zip(*((row.name, row.ours, row.wanted, row.peer) for row in rows), strict=True)]
    lines = []
    for row in rows:
        cells = (text.ljust(width) for text, width in zip((row.name, row.ours, row.wanted, row.peer), widths, strict=True))
        lines.append(f"{_sign(row)}  {'  '.join(cells)}".rstrip())
        if row.note.strip():
            lines.append(f"       {row.note.strip()}")
    return "\n".join(lines)


def markdown(rows: Sequence[Row]) -> str:
    """The table as Markdown."""
    lines = ["| | ours | must reach | best peer | reached | |", "|---|---|---|---|---|---|"]
    for row in rows:
        cells = (row.name, row.ours, row.wanted, row.peer, _sign(row).strip(), row.note.strip())
        lines.append("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |")
    return "\n".join(lines)


def dated(table: str) -> str:
    """The table under the day it was measured, and how busy the machine was with other things too (its load)."""
    return f"{date.today().isoformat()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}:\n\n{table}"


def _sign(row: Row) -> str:
    return {True: "yes", False: "NO ", None: "   "}[row.reached]


def replace_section(path: Path, name: str, text: str) -> None:
    """Put ``text`` between the file's lines ``<!-- name -->`` and ``<!-- /name -->``; they are added at its end where they are missing."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    if start not in before:
        before = f"{before.rstrip()}\n\n{start}\n{end}\n".lstrip()
    head, _, rest = before.partition(start)
    tail = rest.partition(end)[2]
    path.write_text(f"{head}{start}\n{text}\n{end}{tail}", encoding="utf-8")
