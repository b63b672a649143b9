"""``dragoman style``."""

from __future__ import annotations

from pathlib import Path

import click

from translate.cli.shown import json_option, show


@click.command("style")
@click.argument("language", metavar="LANG")
@click.option("--check", "file", type=click.Path(path_type=Path), metavar="FILE", help="Read a style sheet for LANG instead, and say what it settles.")
@json_option
def command(language: str, file: Path | None, as_json: bool) -> int:
    """Print a style sheet for translations into LANG, with remarks, to be edited: dragoman style de > house.toml.

    Give it to a run with --style house.toml: it governs the prompts, the checks, and what code sets right.
    """
    from translate import languages, style

    tag = languages.find(language).tag
    if file is None:
        text = style.preset(tag)
        show({"language": tag, "sheet": text, "presets": list(style.known())}, lambda: [text.rstrip("\n")], as_json=as_json)
        return 0
    lines = style.load(file, target=tag).lines()
    show({"language": tag, "settles": list(lines)}, lambda: list(lines) or ["The sheet settles nothing: the language's own norms hold."], as_json=as_json)
    return 0
