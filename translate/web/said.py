"""What the core says when something goes wrong, or when a check finds something, in the language of the page, and without the options of a terminal.

The core has one sentence for each, in English. They are known here by their form; any other is shown as it is.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from string import Formatter

from translate import languages
from translate.web import words

LONGEST = 2000
"""Longer ones are not looked at: none of ours is."""
DEEP = 3
"""Parts may stand in parts, so deep."""
QUOTES = {"de": ("„", "“")}
"""The quotation marks of a language, where they are not those in which the core sets words."""
QUOTED = re.compile(r"“(.*)”( \(-?[\d.,]+\))?", re.DOTALL)
"""Words as the core sets them; a number in words has its value behind it."""

Forms = tuple[tuple[re.Pattern[str], dict[str, str]], ...]


@cache
def forms(kind: str = "said") -> Forms:
    """Every sentence that is known ("said"), or every part of one ("part"): its form as a pattern whose groups are the holes, and what is said for it by language."""
    tables = [tomllib.loads(files("translate.web").joinpath(name).read_text("utf-8")) for name in ("said.toml", "found.toml", "wikis.toml")]
    return tuple((re.compile(_pattern(row["form"]), re.DOTALL), row) for table in tables for row in table.get(kind, ()))


def said(message: str, language: str) -> str:
    """The sentence in the language of a tag; as it is where it is not known, or nobody has put it into that language."""
    return _told(message, language, forms("said"), DEEP)


def reason(text: str, language: str) -> str:
    """The reason why text is left as it is, in the language of a tag."""
    return _told(text, language, forms("part"), DEEP)


@cache
def check_name(name: str, language: str) -> str:
    """What a check is called in a list, in the language of a tag; its own name where nobody has put it into that language."""
    called: dict[str, str] = tomllib.loads(files("translate.web").joinpath("found.toml").read_text("utf-8"))["checks"].get(language, {})
    return called.get(name, name)


def _told(message: str, language: str, known: Forms, deep: int) -> str:
    if len(message) > LONGEST:
        return message
    for pattern, row in known:
        match = pattern.fullmatch(message)
        if match is not None and language in row:
            return row[language].format_map({name: _hole(name, value, language, deep) for name, value in match.groupdict().items()})
    return message


def _hole(name: str, value: str, language: str, deep: int) -> str:
    if name.startswith("what") and deep:
        return _told(value, language, forms("part"), deep - 1)
    return language_said(value, language) if name.startswith("language") else _quoted(value, language)


def _quoted(value: str, language: str) -> str:
    """What the core has set in quotation marks, in those of the language; it may be a list."""
    quoted = QUOTED.fullmatch(value)
    if quoted is None or language not in QUOTES:
        return value
    first, last = QUOTES[language]
    return first + quoted[1].replace("”, “", f"{last}, {first}") + last + (quoted[2] or "")


@cache
def language_said(name: str, spoken: str) -> str:
    """What the language that the core calls ``name``, or that has this tag, is called in the language ``spoken``."""
    tag = _tags().get(name) or (name if languages.exists(name) else "")
    return words.language_name(tag, spoken) if tag else name


@cache
def _tags() -> dict[str, str]:
    """Tags by what the core calls their language."""
    import langcodes

    return {languages.find(tag).name: tag for tag in (*words.COMMON.split(), "de-CH", "de-AT", "fr-CA", "fr-CH", "en-GB", "en-US", "es-MX", "pt-PT") if langcodes.tag_is_valid(tag)}


def _pattern(form: str) -> str:
    return "".join(re.escape(text) + (f"(?P<{hole}>.+?)" if hole else "") for text, hole, _, _ in Formatter().parse(form))
