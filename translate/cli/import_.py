"""``dragoman import``."""

from __future__ import annotations

import getpass
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.shown import json_option, show

if TYPE_CHECKING:
    from translate.pipeline.interchange.returns import Brought


@click.command("import")
@click.argument("work")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--who", default=None, metavar="NAME", help="Whose wording it is, where the file does not say (else the user's name on this machine).")
@click.option("--prefer", type=click.Choice(["ours", "theirs"]), default=None, help="What counts where both sides have changed (else it is shown and nothing is changed).")
@click.option("--dry-run", "dry", is_flag=True, help="Show what would be taken; change nothing.")
@json_option
def command(work: str, file: Path, who: str | None, prefer: Any, dry: bool, as_json: bool) -> int:
    """Bring WORK back from FILE, which 'dragoman export' wrote and a person changed elsewhere.

    FILE may be an OmegaT project's folder, whose notes are taken too. Only changed segments are taken, as that person's wording, approved; notes and comments are taken too, each once. What clashes is shown with its line and left as it is.
    """
    from translate.pipeline import works
    from translate.pipeline.interchange import returns

    folder = works.find(work)
    done = returns.bring(folder, file, who=who or getpass.getuser(), prefer=prefer or "", dry=dry)
    value = {
        "taken": [asdict(one) | {"findings": [finding.message for finding in one.findings]} for one in done.taken],
        "clashes": [asdict(one) for one in done.clashes],
        "comments": [asdict(one) for one in done.comments],
        "unchanged": done.unchanged,
        "absent": done.absent,
        "remarks": list(done.remarks),
        "dry_run": dry,
    }
    show(value, lambda: _lines(done, file, folder.called, dry), as_json=as_json)
    return done.exit_code


def _lines(done: Brought, file: Path, name: str, dry: bool) -> list[str]:
    from translate.document import excerpt

    changed = [one for one in done.taken if not one.approved]
    lines = [f"{len(changed):,} changed wordings {'would be' if dry else 'are'} taken, {len(done.taken) - len(changed):,} approved as they are, {done.unchanged:,} unchanged.", *done.remarks]
    if done.absent:
        lines.append(f"{done.absent:,} segments of the work are not in {file.name}; they stay as they are.")
    if done.comments:
        lines.append(f"New comments: {len(done.comments):,}. 'dragoman queue {name} comments' lists the passages that have any.")
        lines += [f"Comment on {one.segment}{f' by {one.who}' if one.who else ''}: {excerpt(one.text, 120)}" for one in done.comments[:20]]
    for one in done.taken:
        lines += [f"Note on {one.segment}: {finding.message}" for finding in one.findings if finding.severity != "info"][:2]
    for clash in done.clashes:
        lines += [f"Not taken: {clash.segment}{f' ({file.name}:{clash.line})' if clash.line else ''}: {clash.why}", f"    here:  {clash.ours}", f"    there: {clash.theirs}"]
    if changed and not dry:
        lines.append(f"To put it into the book: dragoman assemble {name}")
    return lines
