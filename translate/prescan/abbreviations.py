"""Abbreviations and what they stand for, by the algorithm of Schwartz and Hearst (2003): the letters of the short form are found, from the right, in the words beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BRACKETS = re.compile(r"(?<![^()\[\]])([^()\[\]]*+)[(\[]([^()\[\]]{2,60})[)\]]")


def pairs(sentence: str) -> Iterator[tuple[str, str]]:
    """The pairs ``(abbreviation, expansion)`` of a sentence: "expansion (ABBR)" and "ABBR (expansion)"."""
    for match in _BRACKETS.finditer(sentence):
        before, inside = match[1].rstrip(), re.split(r"[;,]", match[2])[0].strip()
        if _short(inside):
            words = before.split()[-min(len(inside) + 5, len(inside) * 2) :]
            long = expansion(inside, " ".join(words))
            if long:
                yield inside, long
        elif before and _short(before.split()[-1]):
            long = expansion(before.split()[-1], inside)
            if long and len(inside.split()) <= min(len(before.split()[-1]) + 5, len(before.split()[-1]) * 2):
                yield before.split()[-1], long


def _short(text: str) -> bool:
    """Whether the text can be an abbreviation: two to ten signs, one or two words, a capital letter, begun by a letter or digit."""
    bare = text.strip(".")
    return 2 <= len(bare) <= 10 and len(text.split()) <= 2 and text[0].isalnum() and sum(map(str.isupper, bare)) >= 2 and any(map(str.isalpha, bare))


def expansion(short: str, text: str) -> str:
    """The end of ``text`` that ``short`` stands for, "" where its letters are not there in order, the first of them at the beginning of a word.

    A plural "s" at the end of the short form needs no letter.
    """
    letters = [char.lower() for char in (short[:-1] if short.endswith("s") and short[:-1].isupper() else short) if char.isalnum()]
    place = len(text) - 1
    for number, letter in enumerate(reversed(letters)):
        first = number == len(letters) - 1
        while place >= 0 and not (text[place].lower() == letter and (not first or place == 0 or not text[place - 1].isalnum())):
            place -= 1
        if place < 0:
            return ""
        place -= 1
    long = text[place + 1 :].strip()
    return long if len(long) > len(short) and short not in long.split() and len(long.split()) <= len(letters) + 4 else ""
