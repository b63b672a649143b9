"""The primary subtag of a language tag."""

from __future__ import annotations

from functools import cache


@cache
def code(tag: str) -> str:
    """The primary subtag of ``tag`` ("pt" of "pt-BR"), without asking whether the language is known."""
    return tag.replace("_", "-").split("-")[0].lower()
