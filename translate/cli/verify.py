"""``dragoman verify``."""

from __future__ import annotations

import click

from translate.cli.shown import json_option, show, work_argument


@click.command("verify")
@work_argument
@json_option
def command(work: str, as_json: bool) -> int:
    """Derive every hash of WORK again, build its book again in memory, compare epubcheck's verdict before and after, and say what does not hold."""
    from translate.pipeline import verification, works

    folder = works.find(work)
    verified = verification.verify(folder)
    value = {"holds": verified.holds, "faults": list(verified.faults), "remarks": list(verified.remarks)}
    show(
        value,
        lambda: [*(f"Does not hold: {one}" for one in verified.faults), *verified.remarks, *(["Everything holds."] if verified.holds else [])],
        as_json=as_json,
    )
    return 0 if verified.holds else 1
