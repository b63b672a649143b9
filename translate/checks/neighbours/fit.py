"""How well a translation fits a source, without a dictionary: by what both have in common, by length, and by the signs at the end.

What counts is the difference between two places, so nothing here has to be right for a single pair.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from translate import languages
from translate.checks.ratios import Ratios
from translate.checks.seam import Facts, Pair
from translate.document import Runs, markers, plain, visible
from translate.languages.typography import latin

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_LIKE = str.maketrans("kzyjvqœæ", "cciifcoa")
STEM = 4
"""Words that begin with the same letters (accents and "k" for "c" apart) are taken for the same word: "Kapital" and "capital"."""

MISSING = 0.15
"""How much a word on either side that has no counterpart weighs against one that has."""

CAP = 5.0
LENGTH = 0.7
END = 1.0


@dataclass(frozen=True, slots=True)
class Side:
    """What is looked at in a text: its tokens (figures, names, beginnings of words, code), its length, its last sign."""

    tokens: frozenset[str]
    size: int
    end: str


@lru_cache(maxsize=4096)
def _stem(token: str) -> str:
    """A figure as it is, without its marks; of a word the first letters, spelt alike in all languages."""
    if token[0].isdigit():
        return re.sub(r"\D", "", token)
    # "Раскольников" begins as "Raskolnikov" does.
    flat = "".join(char for char in unicodedata.normalize("NFKD", token.casefold() if token.isascii() else latin(token)) if not unicodedata.combining(char))
    return flat.translate(_LIKE)[:STEM] if len(flat) >= STEM else ""


def side(text: str, shown: Sequence[str], tag: str) -> Side:
    """What counts in ``text``, which is in the language ``tag``; ``shown`` are the visible texts of its atoms. Numbers in words count as figures, months and days by their place."""
    tokens = {stem for token in _TOKEN.findall(text) if (stem := _stem(token))}
    tokens |= {str(number.value) for number in languages.spoken(text, tag) if number.sure and number.value > 2}
    tokens |= {f"\1{number}" for _, number in languages.calendar_words(text, tag)}
    tokens |= {"\0" + show for show in shown if show.strip()}
    return Side(frozenset(tokens), visible(text), _end(text))


def _end(text: str) -> str:
    """The class of the last sign: a question, an exclamation, a colon, another end, or none."""
    last = text.rstrip(languages.CLOSERS + " \u00a0\u202f\ufffc")[-1:]
    for signs, name in (("?？؟", "?"), ("!！", "!"), (":：", ":"), (languages.ENDERS, ".")):
        if last and last in signs:
            return name
    return ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Sources and translations of a stretch, ready to be compared: ``fit(i, j)`` says how well translation ``j`` fits source ``i``."""

    sources: tuple[Side, ...]
    targets: tuple[Side, ...]
    weights: dict[str, float]
    usual: tuple[tuple[float, float], ...]

    def fit(self, i: int, j: int) -> float:
        """A logarithm of odds, about: more is better; only differences between places mean something."""
        ours, theirs = self.sources[i], self.targets[j]
        common = ours.tokens & theirs.tokens
        shared = sum(self.weights[token] for token in common)
        # Of both sides: else a long translation would seem to fit a short source, which lacks little.
        lacking = sum(self.weights.get(token, 0.0) for token in ours.tokens ^ theirs.tokens)
        mean, deviation = self.usual[i]
        off = (math.log(max(theirs.size, 1) / max(ours.size, 1)) - mean) / deviation
        return shared - MISSING * lacking - LENGTH * min(off * off / 2, CAP) + END * (ours.end == theirs.end)


def sheet(pairs: Sequence[Pair], facts: Facts) -> Sheet:
    """The pairs of a stretch made ready. Tokens that are rare in it weigh more; tokens that only one side ever has weigh nothing."""
    sources = tuple(side(pair.segment.text, _shown(pair.segment.source), facts.source) for pair in pairs)
    targets = tuple(side(pair.draft.text, _shown(pair.draft.target), facts.target) for pair in pairs)
    ours, theirs = (Counter(token for one in sides for token in one.tokens) for sides in (sources, targets))
    count = len(pairs)
    weights = {token: math.log(1 + count / max(times, theirs[token])) / 1.5 for token, times in ours.items() if token in theirs}
    guess = languages.expansion(facts.source, facts.target)
    usual = tuple(_usual(facts.ratios, pair, guess) for pair in pairs)
    return Sheet(sources, targets, weights, usual)


def _shown(runs: Runs) -> tuple[str, ...]:
    return tuple(marker.shows for marker in markers(runs) if marker.kind == "atom")


def _usual(ratios: Ratios, pair: Pair, guess: float) -> tuple[float, float]:
    return ratios.expected(pair.segment.kind, visible(plain(pair.segment.source)), guess)
