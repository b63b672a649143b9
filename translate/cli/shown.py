"""How results and progress are shown: JSON on request, else lines for people."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from translate.pipeline.progress import Mending, Standing
from translate.spoken.words import wanted

if TYPE_CHECKING:
    from translate.pipeline.works import Folder

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")
work_argument = click.argument("work", required=False, default="")


def show(value: object, lines: Callable[[], list[str]], *, as_json: bool) -> None:
    """Print ``value`` as JSON, or the lines for people."""
    if as_json:
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))
    else:
        for line in lines():
            click.echo(line)


def table(rows: list[tuple[Any, ...]]) -> list[str]:
    """Rows in columns, two spaces between."""
    if not rows:
        return []
    widths = [max(len(str(row[place])) for row in rows) for place in range(len(rows[0]))]
    return ["  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def several(number: int, one: str) -> str:
    """``number`` things by the name of one of them: "1 passage", "1,200 passages"."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def report_line(folder: Folder) -> str:
    """Where the report is, in the language that the user reads."""
    return f"Report: {folder.read_in(wanted(os.environ))}"


class _Waits(logging.Handler):
    """Shows on stderr that a wiki is waited for."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line."""
        click.echo(record.getMessage(), err=True)


_WAITS = _Waits()


def show_waits() -> None:
    """From now on, say on stderr where a wiki lets us wait, so that nobody takes that for a standstill."""
    log = logging.getLogger("translate.wiki")
    log.addHandler(_WAITS)
    log.setLevel(logging.INFO)


class Bar:
    """Progress on stderr: one line that is written over on a terminal, a line every few seconds elsewhere."""

    def __init__(self, *, every: float = 5.0) -> None:
        self._terminal = sys.stderr.isatty()
        self._every = 0.1 if self._terminal else every
        self._began = time.monotonic()
        self._last = float("-inf")
        self._first: int | None = None
        self._shown = False
        self._finished = False

    def stands(self, standing: Standing) -> None:
        """Show where the run stands, but not too often."""
        now = time.monotonic()
        if self._first is None:
            self._first = standing.done
        finished = standing.done >= standing.total
        if self._finished or (now - self._last < self._every and not finished):
            return
        self._finished = finished
        self._last = now
        self._write(self._line(standing, now - self._began))

    def says(self, line: str) -> None:
        """A line of its own."""
        click.echo(("\n" if self._terminal and self._shown else "") + line, err=True)
        self._shown = False

    def mends(self, mending: Mending) -> None:
        """Not shown: a line has no room for it."""

    def finish(self) -> None:
        """Leave the bar's line."""
        if self._terminal and self._shown:
            click.echo(err=True)
        self._shown = False

    def _write(self, line: str) -> None:
        if self._terminal:
            click.echo(f"\r\033[2K{line[:160]}", nl=False, err=True)
        else:
            click.echo(line, err=True)
        self._shown = True

    def _line(self, standing: Standing, seconds: float) -> str:
        share = standing.done / standing.total if standing.total else 1.0
        parts = [f"{share:4.0%}", f"{standing.done} of {standing.total} passages"]
        if standing.flagged:
            parts.append(f"{standing.flagged} flagged")
        if standing.tokens:
            parts.append(f"{standing.tokens:,} tokens")
        if standing.cost:
            parts.append(f"{standing.cost:.2f}")
        gained = standing.done - (self._first or 0)
        if gained > 3 and standing.done < standing.total:
            parts.append(f"about {_time(seconds / gained * (standing.total - standing.done))} left")
        if standing.document:
            parts.append(standing.document)
        return " · ".join(parts)


def _time(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
