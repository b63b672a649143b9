"""Which variable of the environment holds the key for an address: a provider's own, and only for that provider; ``OPENAI_API_KEY`` for any other."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

ANY = "OPENAI_API_KEY"
KEYS = {
    ANY: "",
    "DEEPSEEK_API_KEY": "https://api.deepseek.com",
    "OPENROUTER_API_KEY": "https://openrouter.ai/api/v1",
    "MISTRAL_API_KEY": "https://api.mistral.ai/v1",
    "GROQ_API_KEY": "https://api.groq.com/openai/v1",
    "GEMINI_API_KEY": "https://generativelanguage.googleapis.com/v1beta/openai",
    "TOGETHER_API_KEY": "https://api.together.xyz/v1",
}
"""Variables that hold a key, and the address it is for."""


def variable(address: str, environment: Mapping[str, str] | None = None) -> str:
    """The name of the variable whose key goes to ``address``: the provider's own where it is set and the address is that very host by https, else ``OPENAI_API_KEY``."""
    held, asked = os.environ if environment is None else environment, urlsplit(address)
    for name, known in KEYS.items():
        own = urlsplit(known)
        if known and held.get(name) and (asked.scheme, asked.hostname, asked.port) == (own.scheme, own.hostname, own.port):
            return name
    return ANY


def key(address: str) -> str:
    """The key for ``address``; empty where none is set."""
    return os.environ.get(variable(address), "")
