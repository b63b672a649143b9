"""``dragoman dismiss``."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from translate.cli.shown import json_option, show

if TYPE_CHECKING:
    from translate.report import Dismissal


@click.command("dismiss")
@click.argument("work")
@click.argument("segment")
@click.option("--check", "check", default="", metavar="NAME", help="The check whose findings are meant; may be left out where only one has any.")
@click.option("--reason", default="", help="Why it is none: kept with the dismissal. Needed but for --undo.")
@click.option("--all-alike", is_flag=True, help="Dismiss the same words wherever this check names them.")
@click.option("--undo", is_flag=True, help="Take dismissals of this segment back.")
@click.option("--who", default=None, metavar="NAME", help="Who decides (else the user's name on this machine).")
@json_option
def command(work: str, segment: str, check: str, reason: str, all_alike: bool, undo: bool, who: str | None, as_json: bool) -> int:
    """Say that a finding of SEGMENT in WORK is none.

    It stays dismissed until its source or its translation changes; then the dismissal is listed as stale.
    WORK may also be the folder of an audit (dragoman check --out).
    """
    from translate.pipeline import dismissals, works

    if not undo and not reason.strip():
        raise click.UsageError("Say why, with --reason: it is kept with the dismissal.")
    name, audit = who or getpass.getuser(), dismissals.is_audit(Path(work))
    if undo:
        done = dismissals.undo_in_audit(Path(work), segment, check=check) if audit else dismissals.undo(works.find(work), segment, check=check, who=name)
    elif audit:
        done = dismissals.dismiss_in_audit(Path(work), segment, check=check, reason=reason, who=name, all_alike=all_alike)
    else:
        done = dismissals.dismiss(works.find(work), segment, check=check, reason=reason, who=name, all_alike=all_alike)
    show({"undone" if undo else "dismissed": _records(done)}, lambda: _lines(done, undo=undo, audit=audit, work=work), as_json=as_json)
    return 0


def _records(done: tuple[Dismissal, ...]) -> list[dict[str, object]]:
    from translate.report import dismissal_record

    return [dismissal_record(one) for one in done]


def _lines(done: tuple[Dismissal, ...], *, undo: bool, audit: bool, work: str) -> list[str]:
    said = "stands again" if undo else "is dismissed"
    lines = [f"{one.segment}  {one.finding.check}  {said}: {one.finding.message}" for one in done] or ["That was dismissed before: nothing is new."]
    return [
        *lines,
        f"The next dragoman check --out {work} leaves it out."
        if audit and not undo
        else f"To bring the report up to date: dragoman {f'check … --out {work}' if audit else f'assemble {work}'}",
    ]
