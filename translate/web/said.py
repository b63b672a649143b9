"""What the core says when something goes wrong, or when a check finds something, in the language of the page, and without the options of a terminal.

What goes wrong stands in ``said.toml`` beside this, what checks find below, in ``translate.spoken``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from translate.spoken import said as spoken
from translate.spoken.said import Forms


@cache
def forms() -> Forms:
    """Every sentence that only the desk tells in its own way."""
    return spoken.compiled(tomllib.loads(files("translate.web").joinpath("said.toml").read_text("utf-8"))["said"])


def said(message: str, language: str) -> str:
    """The sentence in the language of a tag; as it is where it is not known, or nobody has put it into that language."""
    return spoken.said(message, language, first=forms())
