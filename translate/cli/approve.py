"""``dragoman approve``."""

from __future__ import annotations

import getpass

import click

from translate.cli.shown import json_option, show


@click.command("approve")
@click.argument("work")
@click.argument("segments", nargs=-1, required=True, metavar="SEGMENT...")
@click.option("--draft", type=int, default=None, metavar="N", help="An earlier draft instead of the one that stands ('dragoman explain' lists them); for one SEGMENT.")
@click.option("--who", default=None, metavar="NAME", help="Who approves (else the user's name on this machine).")
@click.option("--note", default="", help="Why, for the history.")
@json_option
def command(work: str, segments: tuple[str, ...], draft: int | None, who: str | None, note: str, as_json: bool) -> int:
    """Approve what stands for each SEGMENT of WORK: a run never overwrites it.

    To approve other words, use "dragoman correct"; to take it back, "dragoman reopen".
    """
    from translate.pipeline import works
    from translate.pipeline.review import decisions
    from translate.store import Store

    if draft is not None and len(segments) > 1:
        raise click.UsageError("--draft is for one segment.")
    folder, name, done = works.find(work), who or getpass.getuser(), []
    with Store.open(folder.store) as store:
        for segment in segments:
            seen = store.pair(segment).state.draft
            if draft is not None:
                decided = decisions.restore(store, folder, segment, draft, who=name, seen=seen)
            else:
                decided = decisions.approve(store, folder, segment, who=name, seen=seen, note=note)
            done.append({"segment": segment, "target": store.pair(segment).draft.text, "findings": [one.message for one in decided.findings]})  # type: ignore[union-attr]
    show({"approved": done, "who": name}, lambda: [f"{one['segment']} is approved as: {one['target']}" for one in done], as_json=as_json)
    return 0
