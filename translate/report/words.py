"""The words of the report: each stands in ``templates/report.<tag>.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from translate.errors import SettingError
from translate.spoken.words import Words


@cache
def load(tag: str) -> Words:
    """The words of the page language ``tag``.

    Raises ``SettingError`` where the page does not speak it.
    """
    path = files("translate").joinpath("templates", f"report.{tag}.toml")
    if not path.is_file():
        raise SettingError(f"The report has no words in '{tag}' yet: leave it at en, or add translate/templates/report.{tag}.toml.")
    return Words(tomllib.loads(path.read_text("utf-8")))
