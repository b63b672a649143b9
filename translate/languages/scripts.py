"""Scripts and their letters."""

from __future__ import annotations

import re

SCRIPT_LETTERS: dict[str, re.Pattern[str]] = {
    "Latn": re.compile(r"[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff\ufb00-\ufb06]"),
    "Grek": re.compile(r"[\u0370-\u0373\u0376-\u037d\u0386-\u03ff\u1f00-\u1fff]"),
    "Cyrl": re.compile(r"[\u0400-\u052f\u1c80-\u1c88\ua640-\ua69f]"),
    "Armn": re.compile(r"[\u0531-\u0587]"),
    "Hebr": re.compile(r"[\u05d0-\u05f2]"),
    "Arab": re.compile(r"[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\u08a0-\u08c9\ufb50-\ufdff\ufe70-\ufefc]"),
    "Deva": re.compile(r"[\u0904-\u0939\u0958-\u0961]"),
    "Beng": re.compile(r"[\u0985-\u09b9]"),
    "Taml": re.compile(r"[\u0b85-\u0bb9]"),
    "Telu": re.compile(r"[\u0c05-\u0c39]"),
    "Thai": re.compile(r"[\u0e01-\u0e2e]"),
    "Geor": re.compile(r"[\u10a0-\u10ff\u1c90-\u1cbf]"),
    "Hang": re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]"),
    "Kana": re.compile(r"[\u3041-\u3096\u30a1-\u30fa]"),
    "Hani": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[\U00020000-\U0002ffff]"),
}
"""The letters of a script, as far as we tell scripts apart."""

SCRIPT_PARTS: dict[str, tuple[str, ...]] = {
    "Jpan": ("Kana", "Hani"),
    "Kore": ("Hang", "Hani"),
    "Hans": ("Hani",),
    "Hant": ("Hani",),
}
"""Scripts that are written with the letters of others."""

ONLY_SIMPLIFIED = frozenset("这们国来时说个为会对过学发还没经长开关问题书车见话语华东马头让认识师边进远运动种样专业务机电视听")
ONLY_TRADITIONAL = frozenset("這們國來時說個為會對過學發還沒經長開關問題書車見話語華東馬頭讓認識師邊進遠運動種樣專業務機電視聽")
"""Frequent characters that only one of the two ways of writing Chinese has."""


def letters(script: str) -> tuple[re.Pattern[str], ...]:
    """Patterns for the letters that ``script`` (ISO 15924) is written with; empty where we do not tell it apart."""
    return tuple(SCRIPT_LETTERS[part] for part in SCRIPT_PARTS.get(script, (script,)) if part in SCRIPT_LETTERS)
