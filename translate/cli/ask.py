"""``dragoman ask``."""

from __future__ import annotations

import click

from translate.cli.shown import json_option, show


@click.command("ask")
@click.argument("work")
@click.argument("segment")
@click.argument("wish", required=False, default="")
@json_option
def command(work: str, segment: str, wish: str, as_json: bool) -> int:
    """Ask the model of WORK again for SEGMENT, with a WISH ("less stiff", "she is a ship").

    What it answers stands for nothing until somebody approves it. The same wish about the same wording is paid once.
    """
    from translate.document import plain
    from translate.pipeline import order, works
    from translate.pipeline.review import wishes
    from translate.store import Store

    folder = works.find(work)
    with Store.open(folder.store) as store:
        found = wishes.ask(store, order.again(folder), segment, wish)
    value = {"segment": segment, "draft": found.draft, "target": plain(found.target), "findings": [one.message for one in found.findings], "cost": found.cost}
    take = f"To take it: dragoman approve {folder.name} {segment} --draft {found.draft}"
    show(value, lambda: [plain(found.target), *(f"! {one.message}" for one in found.findings), take], as_json=as_json)
    return 0
