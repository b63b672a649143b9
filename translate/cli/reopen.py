"""``dragoman reopen``."""

from __future__ import annotations

import getpass

import click

from translate.cli.shown import json_option, show


@click.command("reopen")
@click.argument("work")
@click.argument("segments", nargs=-1, required=True, metavar="SEGMENT...")
@click.option("--who", default=None, metavar="NAME", help="Who takes it back (else the user's name on this machine).")
@json_option
def command(work: str, segments: tuple[str, ...], who: str | None, as_json: bool) -> int:
    """Take the approval of each SEGMENT of WORK back: what stood before stands again, with its findings."""
    from translate.pipeline import works
    from translate.pipeline.review import decisions
    from translate.store import Store

    done = []
    with Store.open(works.find(work).store) as store:
        for segment in segments:
            decisions.reopen(store, segment, who=who or getpass.getuser(), seen=store.pair(segment).state.draft)
            pair = store.pair(segment)
            done.append({"segment": segment, "status": pair.status, "target": pair.draft.text if pair.draft else ""})
    show({"reopened": done}, lambda: [f"{one['segment']} is {one['status']} again: {one['target']}" for one in done], as_json=as_json)
    return 0
