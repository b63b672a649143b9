"""What the core says in English, told in another language: findings, reasons, remarks, what checks are called.

The core has one sentence for each. They are known here by their form; any other is shown as it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from translate import languages
from translate.languages import Language
from translate.spoken import words

LONGEST = 2000
"""Longer ones are not looked at: none of ours is."""
DEEP = 3
"""Parts may stand in parts, so deep."""
QUOTES = {"de": ("„", "“")}
"""The quotation marks of a language, where they are not those in which the core sets words."""
QUOTED = re.compile(r"“(.*)”( \(-?[\d.,]+\))?", re.DOTALL)
"""Words as the core sets them; a number in words has its value behind it."""


@dataclass(frozen=True, slots=True)
class Form:
    """A sentence with holes: what stands before the first, and each hole with what stands behind it."""

    first: str
    rest: tuple[tuple[str, str], ...]

    def fullmatch(self, message: str) -> dict[str, str] | None:
        """What stands in each hole, none of them empty and each as short as can be; None where the message is another.

        No letter is looked at again, so no text is slow, whoever made it.
        """
        at, found = len(self.first), dict[str, str]()
        if not message.startswith(self.first) or not message.endswith(self.rest[-1][1] if self.rest else self.first):
            return None
        for place, (hole, literal) in enumerate(self.rest, 1):
            end = message.find(literal, at + 1) if place < len(self.rest) else len(message) - len(literal)
            if end <= at:
                return None
            found[hole], at = message[at:end], end + len(literal)
        return found if at == len(message) else None


Forms = tuple[tuple[Form, dict[str, str]], ...]


TABLES = ("found.toml", "wikis.toml")
"""Where the sentences stand; the names and headings of checks stand in the first."""


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("translate.spoken").joinpath(name).read_text("utf-8"))


@cache
def forms(kind: str = "said") -> Forms:
    """Every sentence that is known ("said"), or every part of one ("part")."""
    return compiled(row for name in TABLES for row in _table(name)[kind])


def compiled(rows: Iterable[dict[str, str]]) -> Forms:
    """Rows of a table: the form of each, and what is said for it by language."""
    return tuple((_form(row["form"]), row) for row in rows)


def said(message: str, language: str, *, first: Forms = ()) -> str:
    """The sentence in the language of a tag; as it is where it is not known, or nobody has put it into that language. ``first`` are forms that go before those that are known here."""
    return _told(message, language, (*first, *forms("said")), DEEP)


def reason(text: str, language: str) -> str:
    """The reason why text is left as it is, in the language of a tag."""
    return _told(text, language, forms("part"), DEEP)


def check_name(name: str, language: str) -> str:
    """What a check is called in a list, in the language of a tag; its own name where nobody has put it into that language."""
    return str(_table(TABLES[0])["checks"].get(language, {}).get(name, name))


def check_says(name: str, says: str, language: str) -> str:
    """What a check sees, as the heading of its findings, in the language of a tag; ``says``, its own sentence, where nobody has put it into that language."""
    return str(_table(TABLES[0])["headings"].get(language, {}).get(name, says))


def _told(message: str, language: str, known: Forms, deep: int) -> str:
    if len(message) > LONGEST:
        return message
    for form, row in known:
        found = form.fullmatch(message) if language in row else None
        if found is not None:
            return row[language].format_map({name: _hole(name, value, language, deep) for name, value in found.items()})
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


def called(language: Language, spoken: str) -> str:
    """What a language is called in the language ``spoken``; in English as the core calls it."""
    return language.name if spoken == "en" else words.language_name(language.tag, spoken)


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


def _form(text: str) -> Form:
    first, rest = "", list[tuple[str, str]]()
    for literal, hole, _, _ in Formatter().parse(text):
        if rest:
            rest[-1] = (rest[-1][0], rest[-1][1] + literal)
        else:
            first += literal
        if hole:
            rest.append((hole, ""))
    return Form(first, tuple(rest))
