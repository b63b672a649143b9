"""The words of the pages, as data: ``strings/<tag>/*.toml``, all files of a tag together. A key says the same in every language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from translate import languages
from translate.errors import SettingError
from translate.spoken.words import LANGUAGES, Words


@cache
def load(tag: str) -> Words:
    """The words in one of ``LANGUAGES``. Raises ``SettingError`` for another one, and where two files have the same key."""
    if tag not in LANGUAGES:
        raise SettingError(f"The desk does not speak '{tag}' yet: take {' or '.join(LANGUAGES)}.")
    table: dict[str, Any] = {}
    for file in sorted(files("translate.web").joinpath("strings", tag).iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            for key, value in tomllib.loads(file.read_text("utf-8")).items():
                if key in table:
                    raise SettingError(f"strings/{tag}/{file.name}: '{key}' stands in another file already.")
                table[key] = value
    return Words(table)


def choose(wanted: str, accepted: str) -> str:
    """The tag to speak: what was ``wanted`` by the switch, else the best of the browser's Accept-Language (RFC 9110, 12.5.4), else English."""
    if wanted in LANGUAGES:
        return wanted
    ranked: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepted.split(",")[:20]):
        name, _, weight = part.strip().partition(";")
        tag = name.split("-")[0].strip().lower()
        if tag in LANGUAGES and (quality := _quality(weight)) > 0:
            ranked.append((-quality, place, tag))
    return min(ranked)[2] if ranked else next(iter(LANGUAGES))


@cache
def direction(tag: str) -> str:
    """Which way the language ``tag`` is written: "ltr" or "rtl"; "auto" (as the text's first letter says) where nobody knows."""
    try:
        return languages.find(tag).direction
    except SettingError:
        return "auto"


def _quality(text: str) -> float:
    name, _, value = text.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
