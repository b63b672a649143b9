"""Writes the pages that are made from the code: the command line's help and the checks' manual.

``python -m docs.make`` writes them; a test holds that they are what the code says.
"""

from __future__ import annotations

import textwrap
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import click

from translate import proofreader
from translate.checks import ALL, NEIGHBOURS, silence
from translate.checks.gravity import gravest
from translate.cli import COMMANDS, group

HERE = Path(__file__).parent
CASES = HERE.parent / "tests" / "cases" / "checks"


def pages() -> dict[str, str]:
    """File name → text of every page that is made."""
    return {"command-line.md": command_line(), "checks.md": checks()}


def command_line() -> str:
    """The help of every command, as it prints itself."""
    parts = ["# The command line\n\nMade from the code by `make docs`; what stands here is what `--help` prints.\n"]
    context = click.Context(group, info_name="dragoman", **group.context_settings)
    parts.append(_help("dragoman", group, context))
    for name in COMMANDS:
        command = group.get_command(context, name)
        if command is not None:
            parts.append(_section(name, command, context))
    return "\n".join(parts)


def _section(name: str, command: click.Command, parent: click.Context) -> str:
    context = click.Context(command, info_name=name, parent=parent)
    text = _help(f"dragoman {name}", command, context)
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            below = command.get_command(context, inner)
            if below is not None:
                text += "\n" + _help(f"dragoman {name} {inner}", below, click.Context(below, info_name=inner, parent=context))
    return text


def _help(title: str, command: click.Command, context: click.Context) -> str:
    context.terminal_width = context.max_content_width = 100
    return f"## {title}\n\n```\n{command.get_help(context)}\n```\n"


def checks() -> str:
    """The manual of the checks: what each sees, what it cannot see, an example."""
    parts = [
        "# The checks\n\nMade from the checks by `make docs`. Every passage goes through all of them, in this order.\n\nA check is switched off with `--without NAME` on `translate` and `check`; `translate` keeps that with the work until `--without none`.\n",
        _how_measured(),
    ]
    for check in ALL:
        first, _, rest = textwrap.dedent("    " + (type(check).__doc__ or "")).strip().partition("\n")
        parts.append(f"## {check.name}\n\n{first}\n")
        if rest.strip():
            parts.append(textwrap.dedent(rest).strip() + "\n")
        parts.append(f"Gravest: {gravest()[check.name]}." + (" Also holds where no words are translated.\n" if check.structural else "\n"))
        if check.name in silence.SILENCES:
            parts.append(f"Where it speaks for the whole passage, these are not told: {', '.join(sorted(silence.SILENCES[check.name]))}.\n")
        parts += [_measured(check.name), _example(check.name)]
    parts.append(
        "# The whole work\n\nWhen all passages are in, they are compared with one another. What deviates is asked for again, or mended by code, and flagged where that fails.\n"
    )
    for reading in proofreader.ALL:
        first, _, rest = textwrap.dedent("    " + (reading.__doc__ or "")).strip().partition("\n")
        parts += [f"## {reading.name}\n\n{first}\n", textwrap.dedent(rest).strip() + "\n", _measured(reading.name)]
    parts.append("# Checks of neighbours\n\nThey look at the passages of a document in a row.\n")
    for beside in NEIGHBOURS:
        parts.append(f"## {beside.name}\n\n{textwrap.dedent('    ' + (type(beside).__doc__ or '')).strip()}\n\nGravest: {gravest()[beside.name]}.\n")
        parts.append(_measured(beside.name))
    return "\n".join(part for part in parts if part)


@cache
def _figures() -> dict[str, Any]:
    """What ``benchmarks.detectors`` measured."""
    return tomllib.loads((HERE / "measured.toml").read_text(encoding="utf-8"))


def _how_measured() -> str:
    """What the figures below mean."""
    known = _figures()
    return (
        f"How often each is right was measured on {known['date']} by `{known['command']}`, on human translations into German and French: "
        "recall is the share of the planted faults of its kinds that the check named itself (others may name the rest; the [benchmarks](benchmarks.md) have every kind), "
        f"precision the share of its findings that would be right where {known['rate']:.0%} of the passages have such a fault. "
        "Its complaints about the good passages are counted without those that a person judged to be true; "
        "those of `markers` are differences of markup, which the translators of these books changed at will.\n"
    )


def _measured(name: str) -> str:
    """The recall and precision of a check."""
    row = _figures()["checks"].get(name)
    if row is None:
        return ""
    said = [f"{row[kind]} {kind if row[kind] != 1 else kind[:-1]}" for kind in ("errors", "warnings", "remarks") if row[kind]]
    wrong = f"of {row['passages']:,} good passages it complained in {row['errors'] + row['warnings'] + row['remarks']}" + (
        f" ({', '.join(said)})" if said else ""
    )
    if not row["planted"]:
        return f"Measured: no faults of its own were planted; {wrong}.\n"
    return f"Measured: recall {row['recall']:.2f} ({row['planted']:,} faults), precision {row['precision']:.2f}; {wrong}.\n"


def _example(name: str) -> str:
    path = CASES / f"{name}.toml"
    if not path.exists():
        return ""
    cases = tomllib.loads(path.read_text(encoding="utf-8")).get("fires", [])
    if not cases:
        return ""
    case = cases[0]
    said = "; ".join(case.get("says", []))
    return f"For instance ({case['why']}):\n\n> {case['source']}\n>\n> {case['target'] or '(empty)'}\n>\n> → {said}\n"


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        (HERE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
