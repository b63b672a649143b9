"""``dragoman explain``."""

from __future__ import annotations

import click

from translate.cli.shown import json_option, show


@click.command("explain")
@click.argument("work")
@click.argument("segment")
@json_option
def command(work: str, segment: str, as_json: bool) -> int:
    """Tell the story of SEGMENT in WORK: every request, draft, finding and decision, and whether it is stale."""
    from translate.pipeline import standing, works

    value = standing.explain(works.find(work), segment)
    show(value, lambda: _lines(value), as_json=as_json)
    return 0


def _lines(value: dict[str, object]) -> list[str]:
    lines = [f"{name.replace('_', ' ')}: {value[name]}" for name in ("segment", "document", "address", "kind", "status", "source", "target") if value.get(name)]
    events = value["events"]
    if isinstance(events, list):
        for event in events:
            lines.append(f"{event['at']}  {event['what']}")
            lines += [f"    {detail}" for detail in event["details"]]
    return lines
