"""``dragoman quotations``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from translate.cli.shown import json_option, show, work_argument

if TYPE_CHECKING:
    from translate.pipeline.quotations import Quotation


@click.command("quotations")
@work_argument
@click.option("--words", default=8, show_default=True, type=click.IntRange(1), metavar="N", help="Leave out quotations of fewer words.")
@json_option
def command(work: str, words: int, as_json: bool) -> int:
    """List what WORK quotes from other works, with the references, so that published translations can be put in their place (dragoman correct)."""
    from translate.pipeline import quotations, works

    found = quotations.of(works.find(work), least=words)
    show({"quotations": [asdict(one) for one in found]}, lambda: _lines(found), as_json=as_json)
    return 0


def _lines(found: tuple[Quotation, ...]) -> list[str]:
    if not found:
        return ["No quotations of this length were found."]
    lines: list[str] = []
    for one in found:
        lines += [f"{one.segment}  {one.document}{'  (set off)' if one.set_off else ''}", f"  {one.words}", f"  from: {one.reference or 'no reference found'}"]
        lines += [f"  now:  {one.present}"] if one.present else []
    return [*lines, f"{len(found):,} quotations, {sum(1 for one in found if not one.reference):,} of them without a reference."]
