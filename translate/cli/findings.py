"""``dragoman findings``."""

from __future__ import annotations

import click

from translate.cli.shown import json_option, show, work_argument


@click.command("findings")
@work_argument
@click.option("--check", "check", default="", metavar="NAME", help="Only findings of this check.")
@click.option("--severity", type=click.Choice(["error", "warning", "info"]), help="Only findings of this severity.")
@click.option("--dismissed", is_flag=True, help="List what people dismissed instead, and which of it holds no more.")
@json_option
def command(work: str, check: str, severity: str | None, dismissed: bool, as_json: bool) -> int:
    """List what is flagged in WORK, with source and translation side by side."""
    from translate.pipeline import standing, works

    folder = works.find(work)
    if dismissed:
        given = standing.dismissed(folder, check=check)
        show(given, lambda: _dismissed(given, folder.called), as_json=as_json)
        return 0
    value = standing.findings(folder, check=check, severity=severity or "")
    show(value, lambda: _lines(value, folder.called), as_json=as_json)
    return 0


def _dismissed(value: dict[str, object], name: str) -> list[str]:
    rows = value["dismissed"]
    if not isinstance(rows, list) or not rows:
        return [f"Nothing was dismissed in {name}."]
    lines: list[str] = []
    for row in rows:
        lines.append(f"{row['segment']}  {row['check']}  by {row['who']} on {row['at'][:10]}{'  stale: it no longer matches the text' if row['stale'] else ''}")
        lines += [f"    {row['message']}", f"    {row['reason']}"]
    return [*lines, f"{len(rows)} dismissals. To take one back: dragoman dismiss {name} SEGMENT --check NAME --undo"]


def _approved(row: dict[str, object]) -> str:
    return "  approved by a person" if row["status"] == "approved" else ""


def _lines(value: dict[str, object], name: str) -> list[str]:
    rows = value["findings"]
    if not isinstance(rows, list) or not rows:
        return [f"Nothing is flagged in {name}."]
    lines: list[str] = []
    for row in rows:
        lines.append(f"{row['segment'] or '(document)'}  {row['severity']}  {row['check']}  ({row['document']}){_approved(row)}")
        lines.append(f"    {row['message']}")
        if row["segment"]:
            lines += [f"    source: {row['source']}", f"    target: {row['target'] or '(empty)'}"]
        if row.get("line"):
            lines.append(f"    glossary: {row['line']}")
    lines.append(f"{len(rows)} findings. To mend one: dragoman correct {name} SEGMENT 'wording'; its story: dragoman explain {name} SEGMENT")
    return lines
