"""``dragoman search``."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

import click

from translate.cli.shown import json_option, show

if TYPE_CHECKING:
    from translate.pipeline.review.replacing import Place
    from translate.pipeline.works import Folder

SIDES = ("source", "target", "either")


@click.command("search")
@click.argument("work")
@click.argument("words")
@click.option("--in", "side", type=click.Choice(SIDES), default="either", show_default=True, help="In which text.")
@click.option("--replace", "instead", default=None, metavar="WORDS", help="Show every translation with these words in their place.")
@click.option("--case", is_flag=True, help="Tell capitals apart (with --replace).")
@click.option("--whole", is_flag=True, help="Whole words only (with --replace).")
@click.option("--yes", is_flag=True, help="Do replace: each place becomes a wording that you approved.")
@click.option("--who", default=None, metavar="NAME", help="Whose wordings they are (else the user's name on this machine).")
@click.option("--most", type=int, default=50, show_default=True, metavar="N", help="So many passages are listed.")
@json_option
def command(work: str, words: str, side: str, instead: str | None, case: bool, whole: bool, yes: bool, who: str | None, most: int, as_json: bool) -> int:
    """Find WORDS in the texts of WORK, small and capital letters alike, and replace them in translations.

    Nothing is replaced without --yes. What somebody changed meanwhile is left alone and listed.
    """
    from translate.cli import queue
    from translate.pipeline import works
    from translate.pipeline.review import queues, replacing
    from translate.store import Store

    folder = works.find(work)
    with Store.open(folder.store) as store:
        if instead is None:
            names = queues.segments(store, queues.Queue(side, words)) if words.strip() else ()
            pairs = [store.pair(name) for name in names[:most]]
            value = {"words": words, "passages": len(names), "shown": [queue.record(pair) for pair in pairs]}
            show(value, lambda: [*(line for pair in pairs for line in queue.lines(pair)), f"{len(names):,} passages"], as_json=as_json)
            return 0
        places = replacing.places(store, words, instead, case=case, whole=whole)
        done = replacing.replace(store, folder, places, who=who or getpass.getuser(), note=f"“{words}” → “{instead}”") if yes else None
    value = {"places": [_record(one) for one in places], "replaced": list(done.done) if done else [], "overtaken": list(done.overtaken) if done else []}
    said = [f"{len(done.done):,} passages were changed and are approved; {len(done.overtaken):,} were changed by somebody else meanwhile."] if done else []
    show(value, lambda: [*_lines(places[:most]), *(said or [_next(folder, len(places))])], as_json=as_json)
    return 0


def _record(place: Place) -> dict[str, object]:
    from translate.document import plain

    before = "".join(one.text for one in place.changes if one.kind != "added")
    return {"segment": place.segment, "before": before, "after": plain(place.target), "count": place.count}


def _lines(places: tuple[Place, ...]) -> list[str]:
    rows = [_record(place) for place in places]
    return [line for row in rows for line in (str(row["segment"]), f"  - {row['before']}", f"  + {row['after']}")]


def _next(folder: Folder, number: int) -> str:
    return f"{number:,} passages would be changed in {folder.name}: --yes does it." if number else "No translation has these words."
