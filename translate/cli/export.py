"""``dragoman export``."""

from __future__ import annotations

from pathlib import Path

import click

from translate.cli.shown import json_option, show, work_argument

FORMATS = ("xliff", "tmx", "csv", "tsv", "docx", "html", "tbx")


@click.command("export")
@work_argument
@click.option("--format", "form", type=click.Choice(FORMATS), default="xliff", show_default=True, help="xliff and tmx for translation tools, csv and tsv for spreadsheets, docx and html for word processors; tbx for the terms that hold.")
@click.option("--version", type=click.Choice(["1.2", "2.1"]), default="1.2", show_default=True, help="Version of XLIFF: most tools read 1.2.")
@click.option("--only", type=click.Choice(["pending", "machine", "flagged", "approved"]), default=None, help="Only segments in this state.")
@click.option("--out", "path", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="File to write (else in the work's folder).")
@json_option
def command(work: str, form: str, version: str, only: str | None, path: Path | None, as_json: bool) -> int:
    """Take WORK to another tool or a word processor; 'dragoman import' brings it back."""
    from translate.pipeline import works
    from translate.pipeline.interchange import transfer

    done = transfer.export(works.find(work), form=form, version=version, path=path, only=only or "")
    value = {"file": str(done.path), "format": form, "terms" if form == "tbx" else "segments": done.segments}
    back = f"dragoman translate … --glossary {done.path}" if form == "tbx" else f"dragoman import {work or 'WORK'} {done.path}"
    show(value, lambda: [f"{done.segments:,} {'terms' if form == 'tbx' else 'segments'} are in {done.path}.", f"To bring it back: {back}"], as_json=as_json)
    return 0
