"""What the core says when something goes wrong, in the language of the page, and without the options of a terminal.

The core has one sentence for each, in English. The common ones are known here by their form; any other is shown as it is.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from string import Formatter

LONGEST = 2000
"""Longer ones are not looked at: none of ours is."""


@cache
def forms() -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    """Every sentence that is known: its form as a pattern whose groups are the holes, and what is said for it by language."""
    rows = tomllib.loads(files("translate.web").joinpath("said.toml").read_text("utf-8"))["said"]
    return tuple((re.compile(_pattern(row["form"]), re.DOTALL), row) for row in rows)


def said(message: str, language: str) -> str:
    """The sentence in the language of a tag; as it is where it is not known, or nobody has put it into that language."""
    if len(message) > LONGEST:
        return message
    for pattern, row in forms():
        match = pattern.fullmatch(message)
        if match is not None and language in row:
            return row[language].format_map(match.groupdict())
    return message


def _pattern(form: str) -> str:
    return "".join(re.escape(text) + (f"(?P<{hole}>.+?)" if hole else "") for text, hole, _, _ in Formatter().parse(form))
