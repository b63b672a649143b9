"""The page's own language: its words, its plurals, its numbers. Every word stands in ``templates/report.<tag>.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from translate.errors import SettingError


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
def load(tag: str) -> Words:
    """The words of the page language ``tag``.

    Raises ``SettingError`` where the page does not speak it.
    """
    path = files("translate").joinpath("templates", f"report.{tag}.toml")
    if not path.is_file():
        raise SettingError(f"The report has no words in '{tag}' yet: leave it at en, or add translate/templates/report.{tag}.toml.")
    return Words(tomllib.loads(path.read_text("utf-8")))
