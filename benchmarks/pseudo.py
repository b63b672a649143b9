"""An invented German: each word for itself, the same every time, and never an English word.

Common words have a real German one (``words.toml``), so that a language identifier sees German; every other word gets one built from stems and endings by its hash.
Numbers (grouped as Germans do), addresses, file names, acronyms and inline markers are copied; double quotation marks and long dashes become the German ones.
The translation of two texts side by side is their translations side by side, wherever the cut is not inside a word: what a finished book must hold can be computed.
"""

from __future__ import annotations

import re
import tomllib
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

MARKER = r"</?\d+ ?/?>|<m\d+:/?\d+/?>|⟦/?\d+/?⟧|\{\{/?\d+/?\}\}"
AROUND = f"(?:{MARKER})*"
MAIL = rf"[\w.+-]+{AROUND}@{AROUND}[\w-]+(?:{AROUND}\.{AROUND}[\w-]+)*"
"""An address; tools that hide addresses from harvesters put tags round its signs, and it stays one nevertheless."""

URL = rf"(?:[a-zA-Z][a-zA-Z0-9+.-]*://|www\.|mailto:)[^\s<>⟦⟧{{}}\"'“”‘’]+|{MAIL}"
NAME = r"(?:[~/.]|--?)?\w[\w.+-]*(?:[/_=~@][\w.+-]*\w)+|\w+(?:\.\w{2,})+|\w*\d[\w.,:]*\w|\d"
WORD = r"[^\W\d_]+(?:['’][^\W\d_]+)*"
SHORT = r"\b(?:[A-Za-z]\.){2,}"
# A number by itself (in a cell) is nothing to be translated, and stays.
GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
DASH = r"\s*—\s*"
QUOTE = r"[“”\"]"
PIECE = re.compile(f"(?P<marker>{MARKER})|(?P<url>{URL})|(?P<short>{SHORT})|(?P<name>{NAME})|(?P<word>{WORD})|(?P<dash>{DASH})|(?P<quote>{QUOTE})")
SHORTENED = {"e.g.": "z.B.", "i.e.": "d.h."}

Terms = tuple[tuple[str, str], ...]
"""Source and target of each term that a prompt gives."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of ``words.toml``."""

    common: dict[str, str]
    stems: tuple[str, ...]
    endings: tuple[str, ...]
    names: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The pseudo language's words, read once."""
    data = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    rows = [line.partition(" ") for line in data["common"].strip().splitlines()]
    common = {english: german for english, _, german in rows}
    return Lexicon(common, tuple(data["stems"].split()), tuple(data["endings"].split()), frozenset(data["names"].split()))


@lru_cache(65536)
def word(english: str) -> str:
    """The word for one English word, in the same capitals. Names, acronyms (two to four capitals) and words with capitals inside stay; a name's genitive is one here too."""
    if _stays(english):
        return english
    name, mark, ending = english.replace("’", "'").partition("'")
    if mark and ending in ("s", "") and name in lexicon().names:
        return name if name.endswith("s") else f"{name}s"
    lower = english.lower().replace("’", "'")
    stem = lower.partition("'")[0]
    german = lexicon().common.get(lower) or lexicon().common.get(stem) or _invented(lower)
    if len(english) > 1 and english.isupper():
        return german.upper()
    return german[:1].upper() + german[1:] if english[:1].isupper() else german


def _stays(english: str) -> bool:
    if english.capitalize() in lexicon().names:
        return True
    if english.lower() in lexicon().common:
        return False
    if english.isupper():
        return 1 < len(english) <= 4
    return any(letter.isupper() for letter in english[1:])


def _invented(english: str) -> str:
    """A stem, for longer words with an ending or a second stem: which ones is told by the hash."""
    words = lexicon()
    value, first = divmod(zlib.crc32(english.encode()), len(words.stems))
    if len(english) <= 5:
        return words.stems[first]
    tails = words.endings if len(english) <= 11 else words.stems
    return words.stems[first] + tails[value % len(tails)]


def _piece(match: re.Match[str]) -> str:
    text = match.group()
    if match.lastgroup == "word":
        return word(text)
    if match.lastgroup == "short":
        return SHORTENED.get(text, text)
    if match.lastgroup == "dash":
        return " – "
    if match.lastgroup == "quote":
        opens = text == "“" or (text == '"' and not re.match(r"[\w.,;:!?)…]", match.string[match.start() - 1 : match.start()]))
        return "„" if opens else "“"
    if match.lastgroup == "name" and GROUPED.fullmatch(text) and any(map(str.isalpha, match.string)):
        return text.replace(",", ".")
    either = text.split("/")
    if match.lastgroup == "name" and len(either) == 2 and all(part in lexicon().common or (part.isalpha() and part.istitle()) for part in either):
        return "/".join(map(word, either))
    return text


@lru_cache(16384)
def translate(text: str, terms: Terms = ()) -> str:
    """``text`` in the pseudo language; every term that occurs in it (in any capitals, simple plurals too, markers inside or not) becomes its target."""
    out: list[str] = []
    last = 0
    for start, end, target in _occurrences(text, terms):
        out.append(PIECE.sub(_piece, text[last:start]))
        first = re.match(MARKER, text[start:end])
        kept = re.findall(MARKER, text[start:end])
        wanted = target[:1].upper() + target[1:] if text[start].isupper() else target
        out.append("".join([wanted, *kept]) if not first else "".join([*kept, wanted]))
        last = end
    out.append(PIECE.sub(_piece, text[last:]))
    return "".join(out)


def figures(text: str) -> str:
    """Figures alone as a German book has them: with full stops between groups of three."""
    return GROUPED.sub(lambda match: match.group().replace(",", "."), text)


def _occurrences(text: str, terms: Terms) -> list[tuple[int, int, str]]:
    """Where terms stand in ``text``, in order: longest first where two overlap, none inside an address or a name that is copied."""
    lower = re.sub(MARKER, "", text).lower()
    copied = [(match.start(), match.end(), "") for match in PIECE.finditer(text) if match.lastgroup in {"url", "name"}]
    taken = list(copied)
    for source, target in sorted(terms, key=lambda term: -len(term[0])):
        if _stem(source) not in lower:
            continue
        for match in _finder(source).finditer(text):
            if all(match.end() <= start or match.start() >= end for start, end, _ in taken):
                taken.append((match.start(), match.end(), target))
    return sorted(taken[len(copied) :])


def _stem(source: str) -> str:
    return source.lower().split()[0].removesuffix("y")


@cache
def _finder(source: str) -> re.Pattern[str]:
    """Finds ``source`` as whole words, its last one also in the plural, with markers between the words allowed."""
    *before, last = source.split()
    gap = rf"(?:{MARKER})*\s+(?:{MARKER})*"
    final = rf"{re.escape(last[:-1])}(?:y|ies)" if last.endswith("y") else rf"{re.escape(last)}(?:s|es)?"
    return re.compile(rf"(?<!\w){gap.join([*map(re.escape, before), final])}(?!\w)", re.IGNORECASE)
