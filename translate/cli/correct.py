"""``dragoman correct``."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from translate.cli.shown import json_option, show


@click.command("correct")
@click.argument("work")
@click.argument("segment")
@click.argument("wording", required=False)
@click.option("--file", "file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Take the wording from a file.")
@click.option("--who", default=None, metavar="NAME", help="Whose wording it is (else the user's name on this machine).")
@click.option("--note", default="", help="Why, for the history.")
@json_option
def command(work: str, segment: str, wording: str | None, file: Path | None, who: str | None, note: str, as_json: bool) -> int:
    """Take a person's WORDING for SEGMENT of WORK: approved, kept for good, never overwritten by a run.

    Without WORDING and --file, $EDITOR opens with the source and the present translation.
    Formatting is written as in the source: <1>…</1> and <2/>.
    """
    from translate.cli import rule
    from translate.pipeline import corrections, rules, works

    folder = works.find(work)
    text = wording if wording is not None else file.read_text(encoding="utf-8") if file else _edited(corrections.draft_for(folder, segment))
    if text is None:
        click.echo("Nothing was changed.", err=True)
        return 0
    taken = corrections.take(folder, segment, text.strip("\n"), who=who or getpass.getuser(), note=note)
    found = tuple(one for one in rules.propose(folder, segment, most=rules.ALL if as_json else 0) if one.total or one.lesson.source)
    value = {
        "segment": taken.segment,
        "target": taken.wording,
        "who": taken.who,
        "at": taken.at,
        "findings": [one.message for one in taken.findings],
        "proposals": [rule.record(one) for one in found],
    }
    show(
        value,
        lambda: [
            f"{taken.segment} is approved as: {taken.wording}",
            *(f"Note: {one.message}" for one in taken.findings),
            *map(rule.summary, found),
            *([f"To see them: dragoman rule propose {folder.called} {segment}"] if found else []),
            _next(folder.called),
        ],
        as_json=as_json,
    )
    return 0


def _next(name: str) -> str:
    return f"To put it into the book: dragoman assemble {name}"


def _edited(sheet: str) -> str | None:
    """What a person made of the sheet in her editor: the lines that do not start with "#", or None where she saved nothing."""
    edited = click.edit(sheet, extension=".txt")
    if edited is None:
        return None
    return "\n".join(line for line in edited.splitlines() if not line.startswith("#"))
