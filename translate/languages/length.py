"""How long translations are."""

from __future__ import annotations

from translate.languages.codes import code

EXPANSION: dict[str, float] = {
    "en": 1.0, "de": 1.17, "fr": 1.19, "es": 1.15, "it": 1.15, "pt": 1.12, "ca": 1.13, "gl": 1.12, "ro": 1.13, "nl": 1.13, "af": 1.08,
    "sv": 1.05, "da": 1.06, "nb": 1.05, "no": 1.05, "nn": 1.05, "is": 1.06, "fi": 1.08, "et": 1.02, "hu": 1.08, "pl": 1.09, "cs": 1.0,
    "sk": 1.02, "sl": 1.02, "hr": 1.02, "sr": 1.02, "bg": 1.06, "ru": 1.07, "uk": 1.04, "el": 1.16, "tr": 1.04, "lt": 1.03, "lv": 1.04,
    "la": 0.98, "eo": 1.0, "id": 1.11, "ms": 1.1, "vi": 0.95, "ar": 0.84, "fa": 0.9, "he": 0.76, "hi": 0.95, "th": 0.9, "ko": 0.5,
    "ja": 0.47, "zh": 0.32,
}  # fmt: skip
"""Visible characters of a translation from English, per character of the English; about, from parallel texts at large."""


def expansion(source: str, target: str) -> float:
    """How many characters a translation has for one of its source, as a first guess before a work has taught us better."""
    return EXPANSION.get(code(target), 1.05) / EXPANSION.get(code(source), 1.05)
