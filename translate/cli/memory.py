"""``dragoman memory list``, ``stats``, ``search``, ``suggest``, ``export``, ``import``, ``forget``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.shown import json_option, show, table

if TYPE_CHECKING:
    from translate.pipeline.memories import Suggestion
    from translate.store import Remembered, Share


@click.group("memory")
def command() -> None:
    """Look into the translation memory: what earlier works have left, to be used again.

    It is one file on this machine, in your data folder (or where DRAGOMAN_WORKSPACE says); 'dragoman translate --no-memory' leaves it alone.
    """


@command.command("list")
@json_option
def list_(as_json: bool) -> int:
    """List the works that are remembered, with how many of their translations."""
    from translate.pipeline import memories

    shares = memories.shares()
    show({"works": [_share(one) for one in shares]}, lambda: _listed(shares), as_json=as_json)
    return 0


def _share(one: Share) -> dict[str, object]:
    origin = one.origin
    return {
        "work": origin.name,
        "identity": origin.identity,
        "title": origin.title,
        "series": origin.series,
        "from": origin.source_language,
        "to": origin.target_language,
        "translations": one.entries,
        "by_people": one.people,
    }


def _listed(shares: tuple[Share, ...]) -> list[str]:
    if not shares:
        return ["Nothing is remembered yet: what dragoman translate accepts and what you approve goes here."]
    head: tuple[Any, ...] = ("WORK", "LANGUAGES", "TRANSLATIONS", "BY PEOPLE", "SERIES", "TITLE")
    return table(
        [
            head,
            *(
                (s.origin.name, f"{s.origin.source_language}-{s.origin.target_language}", s.entries, s.people, s.origin.series or "-", s.origin.title)
                for s in shares
            ),
        ]
    )


@command.command("stats")
@json_option
def stats(as_json: bool) -> int:
    """Say where the memory is and how large."""
    from translate.pipeline import memories

    size = memories.size()
    value = {"path": str(size.path), "bytes": size.bytes, "texts": size.texts, "translations": size.entries, "by_people": size.people}
    rows: list[tuple[Any, ...]] = [("File", size.path), ("Size", f"{size.bytes / 1e6:,.1f} MB"), ("Source texts", f"{size.texts:,}")]
    show(value, lambda: table([*rows, ("Translations", f"{size.entries:,}"), ("By people", f"{size.people:,}")]), as_json=as_json)
    return 0


@command.command("search")
@click.argument("text")
@json_option
def search(text: str, as_json: bool) -> int:
    """Show the entries that hold TEXT in their source or translation; at most fifty, the most trusted first."""
    from translate.pipeline import memories

    found = memories.search(text)
    show({"found": [_entry(one) for one in found]}, lambda: _found(found), as_json=as_json)
    return 0


def _entry(one: Remembered) -> dict[str, object]:
    from translate.document import plain
    from translate.pipeline.recall import told

    held = one.memory
    return {
        "source": plain(held.source, atoms=True),
        "target": plain(held.target, atoms=True),
        "work": one.origin.name,
        "segment": held.segment,
        "trust": held.trust.name.lower(),
        "told": told(one),
    }


def _found(found: tuple[Remembered, ...]) -> list[str]:
    if not found:
        return ["Nothing in the memory holds this."]
    return [line for one in found for entry in (_entry(one),) for line in (f"  {entry['source']}", f"= {entry['target']}", f"  ({entry['told']})", "")]


@command.command("suggest")
@click.argument("work")
@click.argument("segment")
@json_option
def suggest(work: str, segment: str, as_json: bool) -> int:
    """Show what the memory has for SEGMENT of WORK: the same text and near ones, with what differs."""
    from translate.pipeline import memories, works

    found = memories.suggestions(works.find(work), segment)
    show({"suggestions": [_suggestion(one) for one in found]}, lambda: _suggested(found), as_json=as_json)
    return 0


def _suggestion(one: Suggestion) -> dict[str, object]:
    from translate.prompts import spelling

    chosen = spelling.choose(run for run in (*one.source, *one.target) if isinstance(run, str))
    return {
        "score": round(one.score, 3),
        "source": spelling.spell(one.source, chosen),
        "target": spelling.spell(one.target, chosen),
        "trust": one.trust.name.lower(),
        "work": one.work,
        "same_place": one.same_place,
        "differs": list(one.differs),
        "told": one.told,
    }


def _suggested(found: tuple[Suggestion, ...]) -> list[str]:
    if not found:
        return ["The memory has nothing like it."]
    lines: list[str] = []
    for row in map(_suggestion, found):
        differs = row["differs"]
        lines += [f"{row['score']:.0%}  {row['source']}", f"   = {row['target']}", f"     ({row['told']})"]
        lines += [f"     {' '.join(differs)}"] if isinstance(differs, list) and differs else []
    return lines


@command.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--work", default="", metavar="WORK", help="Only what is remembered of one work.")
@json_option
def export(file: Path, work: str, as_json: bool) -> int:
    """Write the memory to FILE as TMX 1.4b, for any other translation tool."""
    from translate.pipeline import memories

    count = memories.export(file, work=work)
    show({"file": str(file), "translations": count}, lambda: [f"{count:,} translations are in {file}."], as_json=as_json)
    return 0


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--from", "source", metavar="LANG", help="Which of its languages is the source (else what the file says).")
@click.option("--to", "target", metavar="LANG", help="Take only translations into this language.")
@click.option(
    "--trust",
    type=click.Choice(["machine", "post-edited", "approved"]),
    default="post-edited",
    show_default=True,
    help="How far to trust what is in it, at most.",
)
@click.option("--series", default="", metavar="NAME", help="Series it belongs to.")
@click.option("--who", default="", metavar="NAME", help="Whose work it is, where the file does not say.")
@json_option
def import_(file: Path, as_json: bool, **options: Any) -> int:
    """Take the TMX FILE (1.1 to 1.4b) into the memory as a work of its own."""
    from translate.pipeline import memories

    count = memories.take_in(file, **options)
    show({"file": str(file), "translations": count}, lambda: [f"{count:,} translations of {file.name} are new or changed in the memory."], as_json=as_json)
    return 0


@command.command("forget")
@click.argument("work")
@json_option
def forget(work: str, as_json: bool) -> int:
    """Remove all that is remembered of WORK (its name or number in 'memory list'); the work itself stays."""
    from translate.pipeline import memories

    name, count = memories.forget(work)
    show({"work": name, "translations": count}, lambda: [f"{count:,} translations of {name} are forgotten."], as_json=as_json)
    return 0
