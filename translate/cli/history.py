"""``dragoman history``."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

import click

from translate.cli.shown import json_option, show

if TYPE_CHECKING:
    from translate.store import Decided


@click.command("history")
@click.argument("work", required=False, default="")
@click.option("--of", "person", default="", metavar="NAME", help="Only what this person decided.")
@click.option("--most", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="So many are listed.")
@click.option("--undo", is_flag=True, help="Take the latest one that stands back (with --of: of that person).")
@click.option("--who", default=None, metavar="NAME", help="Who takes it back (else the user's name on this machine).")
@json_option
def command(work: str, person: str, most: int, undo: bool, who: str | None, as_json: bool) -> int:
    """List what people decided in WORK, the latest first, with what each changed; and take the last decision back.

    After --undo the wording that stood before stands again, or the finding that was dismissed.
    """
    from translate.pipeline import works
    from translate.pipeline.review import history
    from translate.store import Store

    folder = works.find(work)
    with Store.open(folder.store) as store:
        back = next((one for one in store.reviewing.decided(who=person, most=500) if one.stands), None) if undo else None
        if back is not None:
            history.undo(store, folder, back, who=who or getpass.getuser())
        found = store.reviewing.decided(who=person, most=most)
    value = {"decisions": [_record(one) for one in found], "undone": _record(back) if back else None}
    said = [f"Taken back: {_line(back)}" if back else "There is nothing to take back."] if undo else [_line(one) for one in found] or ["Nobody has decided anything yet."]
    show(value, lambda: said, as_json=as_json)
    return 0


def _record(one: Decided) -> dict[str, object]:
    from translate.document import plain

    words = {"before": plain(one.before), "after": plain(one.after)} if one.kind == "approved" else {"finding": one.message}
    return {"kind": one.kind, "segment": one.segment, "who": one.who, "at": one.at, "stands": one.stands, "note": one.note} | words


def _line(one: Decided) -> str:
    from translate.document import plain

    what = plain(one.after) if one.kind == "approved" else one.message
    return f"{one.at[:16].replace('T', ' ')}  {one.who}  {one.segment}  {one.kind}{'' if one.stands else ', not any more'}: {what}"
