"""What a model costs: nothing on this machine, a dated figure where we have read one, what the user says, else unknown."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from translate.errors import SettingError
from translate.models import places
from translate.models.seam import Price

FREE = Price(0.0, 0.0, 0.0)
HOW = "give PROMPT/CACHED/ANSWER in money for a million tokens, such as 0.28/0.028/0.42, or 0.28/0.028/0.42 EUR"


def find(name: str, address: str, *, local: bool = False, file: Path | None = None) -> Price | None:
    """The price of the model ``name`` at ``address``; None where nobody knows it.

    The user's ``prices.toml`` (``file``, default: in the user's config folder) goes before ours. A price belongs to one host: the same model costs something else elsewhere.
    Raises ``SettingError`` where the user's file cannot be read.
    """
    if local:
        return FREE
    host = urlsplit(address).hostname or ""
    own = file or places.config_folder() / "prices.toml"
    rows = (*(_rows(own) if own.is_file() else ()), *_ours())
    found = next((row for row in rows if row["model"] == name and row.get("host", host) == host), None)
    return None if found is None else _price(found)


def read(said: str) -> Price:
    """The price that the user gave as ``PROMPT/CACHED/ANSWER`` (or ``PROMPT/ANSWER``: then nothing is cheaper from the cache), with an optional currency.

    Raises ``SettingError`` for anything else.
    """
    figures, _, currency = said.strip().partition(" ")
    try:
        numbers = [float(part) for part in figures.split("/")]
    except ValueError:
        numbers = []
    if len(numbers) not in (2, 3) or not all(0 <= number < float("inf") for number in numbers):
        raise SettingError(f"'{said}' is no price: {HOW}.")
    return Price(numbers[0], numbers[1] if len(numbers) == 3 else numbers[0], numbers[-1], currency.strip() or "USD")


@cache
def _ours() -> tuple[Mapping[str, Any], ...]:
    text = resources.files("translate.models").joinpath("data/prices.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["price"])


def _rows(file: Path) -> tuple[Mapping[str, Any], ...]:
    try:
        rows = tuple(tomllib.loads(file.read_text(encoding="utf-8")).get("price", ()))
        for row in rows:
            _price(row)
    except (OSError, ValueError, TypeError, LookupError) as error:
        raise SettingError(f"{file}: these prices cannot be read ({error}): each needs [[price]] with model, prompt, cached and answer.") from error
    return rows


def _price(row: Mapping[str, Any]) -> Price:
    return Price(
        float(row["prompt"]), float(row["cached"]), float(row["answer"]), str(row.get("currency", "USD")), str(row.get("date", "")), str(row.get("source", ""))
    )
