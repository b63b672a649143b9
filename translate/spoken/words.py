"""The words of a page in one language: plurals, numbers, times, and what languages are called. The words themselves stand in TOML tables beside the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

LANGUAGES = {"en": "English", "de": "Deutsch"}
"""The languages that our pages speak, each by its own name; the first is spoken where nobody wants another."""
LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where an environment says which language its user reads, the weightiest first (POSIX.1-2024, 8.2)."""
COMMON = (
    "ar bg bn ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kn ko la lt lv mk ml mr ms nb nl nn pa pl pt pt-BR ro ru "
    "sk sl sq sr sv sw ta te th tr uk ur vi yi zh-Hans zh-Hant"
)
"""The languages to choose from, as tags; any other can be typed as its tag."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one page language. Call it with a key and what stands in the braces; ``n`` chooses between one and other."""

    table: dict[str, Any]

    def __call__(self, key: str, **values: object) -> str:
        said = self.table[key]
        if isinstance(said, dict):
            said = said["one" if values.get("n") == 1 else "other"]
        shown = {name: self.number(value) if isinstance(value, int) else value for name, value in values.items()}
        return str(said).format(**shown)

    def number(self, value: float, *, digits: int = 0) -> str:
        """A number with this language's separators."""
        marks = {",": str(self.table["thousands"]), ".": str(self.table["point"])}
        return "".join(marks.get(char, char) for char in f"{value:,.{digits}f}")

    def share(self, part: float, whole: float = 1) -> str:
        """A part of a whole in per cent: never 0 % for something, never 100 % for less than all."""
        percent = 100 * part / whole if whole else 0.0
        if 0 < percent < 0.1:
            return f"< {self.number(0.1, digits=1)} %"
        if 99.9 < percent < 100:
            return f"> {self.number(99.9, digits=1)} %"
        return f"{self.number(percent, digits=0 if percent in (0, 100) else 1)} %"

    def money(self, amount: float, currency: str) -> str:
        """An amount of money: two digits, more where it is less than ten cents."""
        return f"{self.number(amount, digits=2 if amount >= 0.1 or not amount else 4)} {currency}".strip()


def time(moment: datetime) -> str:
    """A time in UTC, the same in every language: "2026-11-22 01:10 UTC"."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def duration(seconds: float) -> str:
    """A time span in the two largest units: "1 h 04 min", "3 min 20 s", "12 s"."""
    whole = round(seconds)
    if whole >= 3600:
        return f"{whole // 3600} h {whole % 3600 // 60:02} min"
    return f"{whole // 60} min {whole % 60:02} s" if whole >= 60 else f"{whole} s"


@cache
def language_name(tag: str, spoken: str) -> str:
    """What the language ``tag`` is called in the language ``spoken``; the tag itself where nobody knows."""
    import langcodes

    try:
        return langcodes.get(tag).display_name(spoken)
    except langcodes.tag_parser.LanguageTagError:
        return tag


def wanted(environ: Mapping[str, str]) -> str:
    """The tag of the language that a user reads, as the environment says it ("de_DE.UTF-8"); English where that is none of ours."""
    said = next((environ[name] for name in LOCALES if environ.get(name)), "")
    tag = said.partition(".")[0].partition("@")[0].partition("_")[0].lower()
    return tag if tag in LANGUAGES else next(iter(LANGUAGES))
