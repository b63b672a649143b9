"""``dragoman comment``."""

from __future__ import annotations

import getpass

import click

from translate.cli.shown import json_option, show


@click.command("comment")
@click.argument("work")
@click.argument("segment")
@click.argument("text", required=False, default="")
@click.option("--settle", type=int, default=None, metavar="N", help="Say that comment N is settled.")
@click.option("--who", default=None, metavar="NAME", help="Who says it (else the user's name on this machine).")
@json_option
def command(work: str, segment: str, text: str, settle: int | None, who: str | None, as_json: bool) -> int:
    """Put a comment beside SEGMENT of WORK, or list those that are there.

    "dragoman queue WORK comments" lists the passages with comments that nobody has settled.
    """
    from dataclasses import asdict

    from translate.pipeline import works
    from translate.store import Store

    with Store.open(works.find(work).store) as store:
        store.pair(segment)
        if settle is not None and (settle not in {one.id for one in store.reviewing.comments(segment)} or not store.reviewing.resolve(settle, who=who or getpass.getuser())):
            raise click.UsageError(f"{segment} has no open comment {settle}.")
        if text.strip():
            store.reviewing.comment(segment, who=who or getpass.getuser(), text=text.strip())
        there = store.reviewing.comments(segment)
    said = [f"{one.id}  {one.who}, {one.at[:16].replace('T', ' ')}: {one.text}{f' (settled by {one.resolver})' if one.resolved else ''}" for one in there]
    show({"comments": [asdict(one) for one in there]}, lambda: said or ["There is no comment."], as_json=as_json)
    return 0
