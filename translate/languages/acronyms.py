"""Acronyms with an ending of their own in small letters: the NGOs, des LKWs, МИДа."""

from __future__ import annotations

from functools import lru_cache

from translate.languages.codes import code

_S = ("s",)
_RUSSIAN = ("а", "у", "ом", "е", "ы", "и", "ов", "ам", "ами", "ах")

_ENDINGS: dict[str, tuple[str, ...]] = dict.fromkeys(("en", "de", "nl", "af", "sv", "da", "nb", "nn", "no", "es", "ca", "gl", "fr", "pt", "it"), _S) | {
    "ru": _RUSSIAN,
    "uk": ("а", "у", "ом", "і", "и", "ів", "ам", "ами", "ах", "ові"),
}
"""What each language writes onto an acronym, for the plural or a case; others set an apostrophe, a colon or a hyphen before it, or nothing at all."""

_NONE = frozenset(["HTTPs", "FTPs", "POPs", "IMAPs"])
"""Acronyms of which the last small letter is a part."""


@lru_cache(maxsize=1 << 14)
def acronym(word: str, tag: str) -> str:
    """The acronym that ``word`` is, or is a form of, with its capitals ("NGO" for "NGOs"); "" where it is none.

    An acronym has two capitals or more and ends in one, or in a figure; what follows must be an ending that the language ``tag`` writes onto acronyms.
    """
    size = len(word)
    while size and word[size - 1].islower():
        size -= 1
    bare, ending = word[:size], word[size:]
    if sum(map(str.isupper, bare)) < 2 or word in _NONE or (ending and ending not in _ENDINGS.get(code(tag), ())):
        return ""
    return bare
