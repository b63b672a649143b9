"""``dragoman ledger``."""

from __future__ import annotations

import getpass
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from translate.cli.shown import json_option, show, table

if TYPE_CHECKING:
    from translate.document import Decision, LineStatus
    from translate.pipeline.ledger import Entry
    from translate.pipeline.works import Folder
    from translate.store import Store

who_option = click.option("--who", default=None, metavar="NAME", help="Who decides (else the user's name on this machine).")
LONGEST = 48
"""Longer cells are cut in the list; --csv and --json have them whole."""


class Ledger(click.Group):
    """The group; ``dragoman ledger WORK`` without a command lists."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put "list" in front where no command is named."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group("ledger", cls=Ledger)
def command() -> None:
    """Show and change what is settled for a work: its terms, names, and how people speak to each other.

    "dragoman ledger WORK" lists it. What a person decides is final: a run keeps to it, and asks again for just the passages where the word occurs.
    """


@command.command("list")
@click.argument("work", required=False, default="")
@click.option("--csv", "as_csv", is_flag=True, help="Print a table to edit; 'dragoman ledger import' reads it.")
@click.option("--open", "only_open", is_flag=True, help="Only lines without a rendering.")
@json_option
def list_(work: str, as_csv: bool, only_open: bool, as_json: bool) -> int:
    """List the ledger of WORK: every line with its counts (the default command)."""
    from translate.pipeline import ledger, works

    rows = [row for row in ledger.of_folder(works.find(work)) if row.decision.line.open or not only_open]
    if as_csv:
        click.echo(ledger.as_table(rows), nl=False)
    else:
        show({"ledger": [ledger.record(row) for row in rows]}, lambda: _lines(rows), as_json=as_json)
    return 0


@command.command("set")
@click.argument("work")
@click.argument("source")
@click.argument("target", required=False)
@click.option("--allowed", multiple=True, metavar="FORM", help="Accepted beside the rendering; may be given again.")
@click.option("--forbidden", multiple=True, metavar="FORM", help="Not accepted; may be given again.")
@click.option("--sort", type=click.Choice(["person", "place", "work", "organisation", "name", "concept", "abbreviation", "address"]), help="What it is.")
@click.option("--gender", type=click.Choice(["feminine", "masculine", "neuter"]), help="Of the person, or of the word in the translation.")
@click.option("--number", type=click.Choice(["singular", "plural"]), help="Whether it is one or many, where that shows in the translation.")
@click.option("--keep", is_flag=True, default=None, help="Leave it as it is in the source.")
@click.option("--note", default=None, help="For whoever reads the ledger.")
@click.option("--effect", is_flag=True, help="Change nothing: say what it would re-do, and what that takes.")
@who_option
@json_option
def set_(work: str, source: str, target: str | None, effect: bool, who: str | None, as_json: bool, **options: object) -> int:
    """Settle that SOURCE is rendered as TARGET in WORK, or what is said of it."""
    from translate.document import Sort
    from translate.pipeline import ledger, works
    from translate.store import Store

    sort = options.pop("sort")
    values = {name: value if value != () else None for name, value in options.items()} | {"sort": Sort(str(sort)) if sort else None, "target": target}
    folder = works.find(work)
    if effect:
        return _effect(folder, source, values, as_json=as_json)
    with Store.open(folder.store) as store:
        taken = ledger.put(store, [ledger.changed(store, source, **values)], who=who or getpass.getuser())
        _remember(store, folder)
    return _said(taken, as_json=as_json)


@command.command("accept")
@click.argument("work")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@who_option
@json_option
def accept(work: str, sources: tuple[str, ...], who: str | None, as_json: bool) -> int:
    """Accept proposed lines: from then on they are held like a glossary's."""
    return _judged(work, sources, "accepted", who, as_json=as_json)


@command.command("reject")
@click.argument("work")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@who_option
@json_option
def reject(work: str, sources: tuple[str, ...], who: str | None, as_json: bool) -> int:
    """Reject proposed lines: they are not used, and not proposed again."""
    return _judged(work, sources, "rejected", who, as_json=as_json)


@command.command("import")
@click.argument("work")
@click.argument("file", type=click.Path(path_type=Path))
@who_option
@json_option
def import_(work: str, file: Path, who: str | None, as_json: bool) -> int:
    """Take the lines of FILE, a table as 'dragoman ledger WORK --csv' prints it, as decided."""
    from translate.pipeline import ledger, works
    from translate.store import Store

    folder = works.find(work)
    with Store.open(folder.store) as store:
        taken, remark = ledger.take_table(store, file, who=who or getpass.getuser())
        _remember(store, folder)
    return _said(taken, as_json=as_json, remark=remark)


def _effect(folder: Folder, source: str, values: dict[str, object], *, as_json: bool) -> int:
    from translate.pipeline import effects, ledger
    from translate.store import Store

    with Store.open(folder.store) as store:
        line = ledger.changed(store, source, **values)
    found = effects.of_line(folder, line)
    cost = found.quote.cost if found.quote else None
    value = {
        "asked": list(found.asked),
        "fitting": found.fitting,
        "approved": list(found.approved),
        "requests": found.quote.requests if found.quote else 0,
        "cost": [cost.low, cost.high] if cost else None,
    }
    said = f"The next run would ask for {len(found.asked):,} passages; {found.fitting:,} fit already; {len(found.approved):,} were approved and stay."
    paid = [f"It takes {found.quote.requests:,} requests" + (f" and {cost.low:.4f} to {cost.high:.4f} {found.quote.currency}." if cost else ".")] if found.quote else []
    show(value, lambda: [said, *paid], as_json=as_json)
    return 0


def _judged(work: str, sources: tuple[str, ...], status: LineStatus, who: str | None, *, as_json: bool) -> int:
    from translate.pipeline import ledger, works
    from translate.store import Store

    folder = works.find(work)
    with Store.open(folder.store) as store:
        taken = ledger.judge_lines(store, sources, status, who=who or getpass.getuser())
        _remember(store, folder)
    return _said(taken, as_json=as_json)


def _remember(store: Store, folder: Folder) -> None:
    from translate.errors import StoreError
    from translate.pipeline import memories

    with suppress(StoreError):  # the decision is kept; the memory takes it in with the next run
        memories.remember_ledger(store, folder)


def _said(taken: tuple[Decision, ...], *, as_json: bool, remark: str = "") -> int:
    value = {"changed": [{"source": one.line.lemma, "target": one.line.target, "status": one.status, "sort": str(one.line.sort)} for one in taken]}
    told = [remark] if remark else []
    show(value | ({"remarks": told} if told else {}), lambda: [*([_sentence(one) for one in taken] or ["The ledger says so already: nothing is new."]), *told], as_json=as_json)
    return 0


def _sentence(one: Decision) -> str:
    line = one.line
    about = line.lemma or f"{line.speaker or 'anybody'} to {line.addressee or 'anybody'}"
    return f"{about} = {line.target or line.address or line.gender or ('(kept)' if line.keep else '(open)')}: {one.status}"


def _lines(rows: list[Entry]) -> list[str]:
    if not rows:
        return ["The ledger is empty."]
    head = ("source", "target", "sort", "status", "from", "passages", "kept", "first", "")
    return [*table([head, *map(_cells, rows)]), f"{len(rows):,} lines. --csv prints a table to edit, 'dragoman ledger import' takes it back."]


def _cells(row: Entry) -> tuple[str, ...]:
    line, decision = row.decision.line, row.decision
    about = line.lemma or f"{line.speaker or 'anybody'} to {line.addressee or 'anybody'}"
    target = " / ".join(filter(None, (line.target or line.address, *line.allowed))) or ("(kept)" if line.keep else "-")
    more = ", ".join(filter(None, (line.gender, line.number, line.expansion)))
    kept = f"{row.kept} of {row.translated}" if row.translated else ""
    return (about[:LONGEST], target[:LONGEST], str(line.sort), decision.status, decision.origin, f"{row.count:,}", kept, row.first, more)
