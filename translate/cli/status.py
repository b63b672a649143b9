"""``dragoman status``."""

from __future__ import annotations

import click

from translate.cli.shown import json_option, show, table, work_argument


@click.command("status")
@work_argument
@json_option
def command(work: str, as_json: bool) -> int:
    """Say where WORK stands (a folder, a work.db or a name under output/; the last one where none is named)."""
    from translate.pipeline import standing, works

    folder = works.find(work)
    value = standing.status(folder)
    show(value, lambda: _lines(value), as_json=as_json)
    return 0


def _lines(value: dict[str, object]) -> list[str]:
    shown = ((name, ", ".join(map(str, one)) if isinstance(one, list) else one) for name, one in value.items())
    return table([(name.replace("_", " "), one) for name, one in shown if one not in ("", None, {})])
