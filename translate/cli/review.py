"""``dragoman review``."""

from __future__ import annotations

import click

from translate.cli.serve import browser_option, open_desk, port_option
from translate.cli.shown import json_option, work_argument


@click.command("review")
@work_argument
@port_option
@browser_option
@json_option
def command(work: str, port: int, closed: bool, as_json: bool) -> int:
    """Open WORK at the desk, in the browser. Ctrl-C ends it; what was done is kept."""
    from translate.pipeline import works
    from translate.pipeline.desk import shelf

    folder = works.find(work)
    open_desk(folder.path.resolve().parent, port=port, leads_to=f"/works/{shelf.key_of(folder)}", browser=not closed, as_json=as_json)
    return 0
