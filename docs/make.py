"""Writes the pages that are made from the code: the command line's help and the checks' manual.

``python -m docs.make`` writes them; a test holds that they are what the code says.
"""

from __future__ import annotations

import re
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


INTRO = """# The checks

Every passage of a run or an audit goes through all checks below, in this order.
The page is made from the checks themselves and from their test cases by `make docs`.

A finding is one of three:

- an **error** breaks the book or changes what it says; where one is left, the command ends with exit code 3;
- a **warning** is worth a look; the passage counts as flagged;
- a **remark** is told, and changes nothing.

In a run, errors and warnings are mended by code or asked for again first; what is told in the end could not be mended.
A finding that is none is dismissed with a reason: `dragoman dismiss` ([how](audit.md#a-finding-that-is-none)).
A check is switched off with `--without NAME` on `translate` and `check`; `translate` keeps that with the work until `--without none`.
"""

GLANCE = """## At a glance

“Good passages” are those of four human translations with nothing wrong in them that a person could see: how many of {passages:,} the check spoke of, errors and warnings apart from remarks.

| check | what it sees | gravest | finds | good passages |
|---|---|---|---|---|"""

WHOLE = """# The whole work

When all passages are in, they are compared with one another.
What deviates is asked for again, or mended by code, and flagged where that fails. All of them tell warnings.
"""


def checks() -> str:
    """The manual of the checks: what each sees, what it cannot see, an example."""
    parts = [INTRO, _how_measured(), _glance()]
    for check in ALL:
        parts += _entry(check.name, type(check).__doc__ or "", gravest()[check.name], structural=check.structural)
        if check.name in silence.SILENCES:
            parts.append(f"Where it speaks for the whole passage, these are not told: {', '.join(sorted(silence.SILENCES[check.name]))}.\n")
        parts += [_measured(check.name), _example(check.name)]
    parts.append(WHOLE)
    for reading in proofreader.ALL:
        parts += [*_entry(reading.name, reading.__doc__ or "", ""), _measured(reading.name), _deviation(reading.name)]
    parts.append("# Checks of neighbours\n\nThey look at the passages of a document in a row.\n")
    for beside in NEIGHBOURS:
        parts += [*_entry(beside.name, type(beside).__doc__ or "", gravest()[beside.name]), _measured(beside.name), _neighbours(beside.name)]
    return "\n".join(part for part in parts if part)


def _entry(name: str, doc: str, worst: str, *, structural: bool = False) -> list[str]:
    """What a check sees, what it cannot see, and how grave that is at most."""
    first, _, rest = textwrap.dedent("    " + doc).strip().partition("\n")
    parts = [f"## {name}\n\n{first}\n"]
    if rest.strip():
        parts.append(textwrap.dedent(rest).strip() + "\n")
    if worst:
        parts.append(f"At most {'an' if worst == 'error' else 'a'} {'remark' if worst == 'info' else worst}." + (" Runs with `echo` and `pseudo`, too.\n" if structural else "\n"))
    return parts


def _glance() -> str:
    """All checks in one table."""
    rows = [(check.name, type(check).__doc__ or "", gravest()[check.name]) for check in (*ALL, *NEIGHBOURS)]
    rows += [(reading.name, reading.__doc__ or "", "warning") for reading in proofreader.ALL]
    known = _figures()["checks"]
    lines = [GLANCE.format(passages=next(iter(known.values()))["passages"])]
    for name, doc, worst in rows:
        says, row = doc.strip().split("\n")[0].rstrip("."), known.get(name, {})
        finds = f"{row['recall']:.0%}" if row.get("planted") else "–"
        alarms = f"{row['errors'] + row['warnings']} + {row['remarks']}" if row else "–"
        lines.append(f"| [{name}](#{name}) | {_plain(says)} | {'remark' if worst == 'info' else worst} | {finds} | {alarms} |")
    return "\n".join([*lines, ""])


@cache
def _figures() -> dict[str, Any]:
    """What ``benchmarks.detectors`` measured."""
    return tomllib.loads((HERE / "measured.toml").read_text(encoding="utf-8"))


def _how_measured() -> str:
    """What the figures below mean."""
    known = _figures()
    return (
        f"How often each is right was measured on {known['date']} by `{known['command']}`, with faults that were planted one at a time in human translations into German and French.\n"
        "*Recall* is the share of the faults of its kinds that the check named itself (others may name the rest; the [benchmarks](benchmarks.md) have every kind of fault).\n"
        f"*Precision* is the share of its findings, remarks too, that would be right in a book where {known['rate']:.0%} of the passages have such a fault.\n"
        "Passages that a person judged to be truly wrong are left out of its complaints.\n"
        "What `markers` says of the good passages is true and no fault of words: these translators changed links and emphasis at will.\n"
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
    case = _first(CASES / f"{name}.toml")
    return _told(case["why"], [(case["source"], case["target"] or "(empty)")], "; ".join(case["says"])) if case else ""


def _deviation(name: str) -> str:
    """An example of a reading of the whole work: a few passages, and what is said of one."""
    case = _first(CASES.parent / "proofreader" / f"{name}.toml")
    if not case or not case.get("says"):
        return ""
    place, said = case["says"][0]
    return _told(case["why"], [(row[0], row[1]) for row in case["passages"][:MOST_SHOWN]], f"of passage {place + 1}: {said}")


def _neighbours(name: str) -> str:
    case = _first(CASES.parent / "neighbours" / f"{name}.toml")
    return _told(case["why"], list(zip(case["sources"], case["targets"], strict=True))[:MOST_SHOWN], case["says"]) if case else ""


MOST_SHOWN = 6


def _first(path: Path) -> dict[str, Any]:
    """The first case of a file that fires; empty where there is none."""
    cases = tomllib.loads(path.read_text(encoding="utf-8")).get("fires", []) if path.exists() else []
    return dict(cases[0]) if cases else {}


def _told(why: str, pairs: list[tuple[str, str]], said: str) -> str:
    """An example as a quotation, each text on lines of its own."""
    texts = [_quotation(text) for pair in pairs for text in pair]
    return f"For instance ({why}):\n\n" + "\n>\n".join([*texts, f"> → {_plain(said)}"]) + "\n"


def _quotation(text: str) -> str:
    return "\n".join(f"> {_plain(line)}\\" if line else ">" for line in text.split("\n")).removesuffix("\\")


def _plain(text: str) -> str:
    """The text with the signs of Markdown written out."""
    return re.sub(r"([\\`*_<>|#])", r"\\\1", re.sub("``(.+?)``", r"“\1”", text))


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        (HERE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
