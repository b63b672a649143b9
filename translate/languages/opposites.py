"""Words that say the opposite of each other, where code can tell that both sides mean the same number or the same point of the compass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from translate.languages.codes import code
from translate.languages.numbers.counting import spoken

_BEFORE_NUMBERS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("before|prior to|until", "after|since"),
        ("more than|over|above|at least|greater than", "less than|fewer than|under|below|at most|smaller than"),
    ),
    "de": (
        ("vor|bis", "nach|seit|ab"),
        ("mehr als|über|mindestens|wenigstens|größer als", "weniger als|unter|höchstens|maximal|kleiner als|bis zu"),
    ),
    "fr": (
        ("avant|jusqu['’]en|jusqu['’]à", "après|depuis|dès|à partir de"),
        ("plus de|au moins|supérieure?s? à|au-dessus de", "moins de|au plus|inférieure?s? à|au-dessous de"),
    ),
    "es": (
        ("antes de|hasta", "después de|desde|tras|a partir de"),
        ("más de|al menos|por lo menos|superiore?s? a|mayor(?:es)? que", "menos de|como máximo|a lo sumo|inferiore?s? a|menor(?:es)? que"),
    ),
}
"""For each language: before and after a number, more and less than a number."""

_YEAR = r"(?:(?:the|dem|das|l['’]|el|la) ?)?(?:(?:year|years|Jahre?|année|an|año) )?"

_COMPASS: dict[str, tuple[str, str]] = {
    "en": (r"north(?:ern|wards?)?", r"south(?:ern|wards?)?"),
    "de": (r"nord(?:en|ens|lich\w*|wärts)?", r"süd(?:en|ens|lich\w*|wärts)?"),
    "fr": (r"nord|septentriona\w+", r"sud|méridiona\w+"),
    "es": (r"norte|septentrional\w*", r"sur|meridional\w*"),
}


@dataclass(frozen=True, slots=True)
class Stand:
    """One word of a pair of opposites: ``side`` 0 or 1, the words as written, the pair's number, what it is about (a number; "" for the compass), and where it begins."""

    pair: int
    side: int
    words: str
    about: str
    start: int


def opposes(tag: str) -> bool:
    """Whether we know such words of the language."""
    return code(tag) in _BEFORE_NUMBERS


def stands(text: str, tag: str) -> Iterator[Stand]:
    """The words of ``text`` that have an opposite, each once for each thing that it is about."""
    tongue = code(tag)
    told = {number.start: str(number.value) for number in spoken(text, tongue)}
    for pair, patterns in enumerate(_patterns(tongue)):
        for side, pattern in enumerate(patterns):
            for match in pattern.finditer(text):
                about = re.sub(r"\D", "", figure[0]) if (figure := _FIGURE.match(text, match.end())) else told.get(match.end(), "")
                if about:
                    yield Stand(pair, side, f"{match[0]}{figure[0].rstrip('.,') if figure else ''}".strip(), about, match.start())
    for side, pattern in enumerate(_compass(tongue)):
        if found := pattern.search(text):
            yield Stand(-1, side, found[0], "", found.start())


_FIGURE = re.compile(r"\d[\d.,]*")


@cache
def _patterns(tag: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    rows = _BEFORE_NUMBERS.get(tag, ())
    return tuple((_leading(one), _leading(other)) for one, other in rows)


def _leading(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words}) {_YEAR}(?=[\w])", re.IGNORECASE)


@cache
def _compass(tag: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for words in _COMPASS.get(tag, ()))
