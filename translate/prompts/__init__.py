"""The texts that models are asked with: files, versioned by hash, and how segments are spelt in them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt text as its file holds it. ``version`` is the first 12 hex digits of its SHA-256."""

    name: str
    text: str
    version: str


@cache
def load(name: str) -> Prompt:
    """The prompt text ``name`` (a file ``name.txt`` of this folder)."""
    text = resources.files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return Prompt(name, text.strip(), sha256(text.encode()).hexdigest()[:12])


@cache
def examples() -> tuple[dict[str, str], ...]:
    """Example sentences, each in several languages by primary subtag; the same place in each holds the same sentence."""
    text = resources.files(__name__).joinpath("examples.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["sentence"])


@cache
def example_version() -> str:
    """The version of the examples, as ``Prompt.version`` is one's."""
    return sha256(resources.files(__name__).joinpath("examples.toml").read_bytes()).hexdigest()[:12]
