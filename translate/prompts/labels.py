"""The numbers that carry segments through a prompt and back: ``12| text``, one line each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

LINE = re.compile(r"^[ \t]*[*`\"]{0,3}([0-9]{1,6})[ \t]?[|｜][ \t]?(.*)$")

FENCE = re.compile(r"^\s*(?:```|~~~)\s*[\w-]*\s*$")
"""The first or last line of a block of code, which some models put round all they say."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A reply taken apart: the text of each label that was asked for, and the pieces that belong to none.

    ``doubled`` are labels that came more than once; the first text counts.
    """

    texts: tuple[tuple[int, str], ...]
    strays: tuple[str, ...]
    doubled: tuple[int, ...]


def write(rows: Sequence[tuple[int, str]]) -> str:
    """One line a row: ``label| text``. The texts hold no line ends."""
    return "\n".join(f"{label}| {text}" for label, text in rows)


def read(reply: str, asked: Sequence[int]) -> Labelled:
    """The lines of ``reply`` by label.

    Only labels in ``asked`` count: a line that begins with another number and a bar belongs to the text before it, as does any line without a label.
    What comes before the first label belongs to nobody, nor does a fence.
    """
    wanted = set(asked)
    texts: dict[int, list[str]] = {}
    strays: list[str] = []
    doubled: list[int] = []
    into: list[str] = strays
    for line in reply.splitlines():
        match = LINE.match(line)
        label = int(match[1]) if match else None
        if match and label in wanted:
            if label in texts:
                doubled.append(label)
                into = strays
            else:
                into = texts.setdefault(label, [])
            into.append(match[2])
        elif FENCE.match(line):
            strays.append(line.strip())
        elif line.strip():
            into.append(line)
    return Labelled(
        tuple((label, _one_line(texts[label])) for label in asked if label in texts),
        tuple(strays),
        tuple(doubled),
    )


def _one_line(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines).strip()
