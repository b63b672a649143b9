"""``dragoman queue``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from translate.cli.shown import json_option, show

if TYPE_CHECKING:
    from translate.store import Pair


@click.command("queue")
@click.argument("work")
@click.argument("queue", required=False, default="doubtful")
@click.option("--most", type=int, default=50, show_default=True, metavar="N", help="So many passages.")
@json_option
def command(work: str, queue: str, most: int, as_json: bool) -> int:
    """List the passages of WORK that somebody should look at, in the order in which the desk shows them.

    QUEUE: doubtful (by what a look is expected to be worth), sample (a random one of what nobody flagged, with what it says so far), comments, all,
    or chapter:NAME, check:NAME, person:NAME, source:WORDS, target:WORDS, either:WORDS.
    """
    from dataclasses import asdict

    from translate.pipeline import works
    from translate.pipeline.review import queues
    from translate.store import Store

    wanted = queues.Queue.read(queue)
    with Store.open(works.find(work).store) as store:
        names = queues.segments(store, wanted)
        pairs = [store.pair(name) for name in names[:most]]
        said = queues.estimate(store) if wanted.kind == "sample" else None
    value: dict[str, object] = {"queue": str(wanted), "passages": len(names), "shown": [record(pair) for pair in pairs]}
    value |= {"sample": asdict(said)} if said else {}
    more = [f"{said.changed} of {said.looked} that were looked at were changed; of all such passages {said.low:.0%} to {said.high:.0%} (95 %)."] if said else []
    left = [f"… {len(names) - most:,} more"] if len(names) > most else []
    show(value, lambda: [*(line for pair in pairs for line in lines(pair)), *left, *more] or ["Nothing is in this queue."], as_json=as_json)
    return 0


def record(pair: Pair) -> dict[str, object]:
    """A passage in plain values, for JSON."""
    return {
        "segment": pair.segment.id,
        "document": pair.segment.document,
        "status": pair.status,
        "source": pair.segment.text,
        "target": pair.draft.text if pair.draft else "",
        "findings": [one.message for one in pair.findings],
    }


def lines(pair: Pair) -> list[str]:
    """A passage for people."""
    return [f"{pair.segment.id}  {pair.status}", f"  {pair.segment.text}", f"  {pair.draft.text if pair.draft else '-'}", *(f"  ! {one.message}" for one in pair.findings)]
