"""``dragoman models``, ``models get``, ``models try``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from translate.cli.shown import json_option, show

if TYPE_CHECKING:
    from translate.models.catalog import Way


@click.group("models", invoke_without_command=True)
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> int:
    """Show which models can be used now, what each lacks, and what to type for --model; 'get' fetches one, 'try' measures one."""
    if ctx.invoked_subcommand is not None:
        return 0
    import asyncio

    from translate.models import catalog

    ways = asyncio.run(catalog.reachable())
    show({"reachable": [asdict(way) for way in ways]}, lambda: _lines(ways), as_json=as_json)
    return 0


def _lines(ways: tuple[Way, ...]) -> list[str]:
    lines: list[str] = []
    for way in ways:
        lines.append(f"{'ready  ' if way.ready else 'missing'}  {way.name}: {way.options if way.ready else way.lacks}")
        if way.models:
            lines.append(f"         models: {', '.join(way.models)}")
        if way.note:
            lines.append(f"         {way.note}")
    return lines


@command.command("get")
@click.argument("name")
@json_option
def get(name: str, as_json: bool) -> int:
    """Fetch the model NAME from the curated list, with progress; a broken download goes on where it was."""
    from translate.models import catalog

    path = catalog.get(name)
    show(
        {"name": name, "file": str(path)},
        lambda: [f"{name} is here: {path}", f"Use it with: dragoman translate BOOK --to LANG --model {name}"],
        as_json=as_json,
    )
    return 0


@command.command("try")
@click.argument("spec")
@click.option("--base-url", metavar="URL", help="Address of an OpenAI-compatible server.")
@click.option("--from", "from_", default="en", show_default=True, metavar="LANG", help="Language of the sentences that are tried.")
@click.option("--to", default="de", show_default=True, metavar="LANG", help="Language to try.")
@json_option
def try_(spec: str, base_url: str | None, from_: str, to: str, as_json: bool) -> int:
    """Measure on a dozen sentences what the model SPEC can take (ids, markers, terms, JSON, length), and write its profile."""
    from translate import trial

    tried = trial.measure(spec, base_url=base_url, source=from_, target=to)
    show(trial.as_value(tried), lambda: trial.as_lines(tried), as_json=as_json)
    return 0
