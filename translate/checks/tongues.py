"""Which language a text is in: by its frequent words, and where that looks suspicious by a language identifier.

The identifier (py3langid) costs 0.7 s and 100 MB when it is first asked, so nobody asks it about a text whose frequent words are those of the language it should be in.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from translate import languages

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

MOST = 3
"""So many languages that tie are looked at."""

STRANGE = 0.5
"""A text with a smaller share of words from the dictionary of a language is hardly in it."""

SPOKEN, RATHER = 0.75, 1.4
"""A text with so large a share of words from the dictionary of a language, and so many times as many as from that of another, is in it."""


_WORD = re.compile(r"(?<![\d_])[^\W\d_]++(?![\d_])")


@lru_cache(64)
def unmixed(text: str) -> tuple[str, ...]:
    """The words of ``text`` in small letters, cut at hyphens and apostrophes; what is grown together with figures ("l10n") is a word of no language."""
    return tuple(_WORD.findall(text.casefold()))


@dataclass(frozen=True, slots=True)
class Count:
    """How many words of a text are frequent words of one language and not of the other."""

    words: int
    ours: int
    others: int


@cache
def apart(one: str, other: str) -> frozenset[str]:
    """Frequent words of ``one`` that are none of ``other``."""
    return languages.FUNCTION_WORDS.get(one, frozenset()) - languages.FUNCTION_WORDS.get(other, frozenset())


def known(tag: str) -> bool:
    """Whether we have the frequent words of the language."""
    return languages.code(tag) in languages.FUNCTION_WORDS


def count(text: str, wanted: str, other: str) -> Count:
    """Frequent words in ``text`` of ``wanted`` (ours) and of ``other``, those of both left out."""
    tokens = unmixed(text)
    ours, others = apart(wanted, other), apart(other, wanted)
    return Count(len(tokens), sum(token in ours for token in tokens), sum(token in others for token in tokens))


def plausible(text: str, tag: str, source: str) -> bool:
    """Whether ``text`` may be in the language ``tag``, so that its words may be weighed against those of ``source``.

    It is short, or has a frequent word of it or many words of its dictionary, or we do not know its frequent words; and it has not more frequent words of the source's language.
    """
    tokens, frequent = unmixed(text), languages.FUNCTION_WORDS.get(languages.code(tag))
    if not frequent:
        return True
    # Languages with many endings have whole sentences without one of their few frequent words.
    if len(tokens) >= 8 and not any(token in frequent for token in tokens) and share_known(text, tag) < STRANGE:
        return False
    seen = count(text, languages.code(source), languages.code(tag))
    return seen.ours < 2 or seen.ours <= seen.others


@cache
def _speakers() -> dict[str, tuple[str, ...]]:
    """For each frequent word, the languages that have it."""
    out: dict[str, tuple[str, ...]] = {}
    for tag, frequent in languages.FUNCTION_WORDS.items():
        for word in frequent:
            out[word] = (*out.get(word, ()), tag)
    return out


def strange(text: str, theirs: str) -> list[str]:
    """The frequent words of any language in ``text`` that ``theirs`` does not have."""
    speakers = _speakers()
    return [token for token in unmixed(text) if token in speakers and theirs not in speakers[token]]


def strangers(text: str, ours: str, theirs: str) -> list[tuple[str, Count]]:
    """The languages, neither of the two, with the most frequent words in ``text`` that ``theirs`` does not have: one, or up to three that tie, the likeliest first."""
    votes = Counter(tag for token in strange(text, theirs) for tag in _speakers()[token])
    most = max((times for tag, times in votes.items() if tag not in (ours, theirs)), default=0)
    tied = sorted(tag for tag, times in votes.items() if times == most and tag not in (ours, theirs))
    # A short text has but one such word, which a dozen languages share: the identifier is asked where the text is not in the language it should be in.
    if len(tied) > MOST and share_known(text, theirs) < STRANGE:
        tied = _likeliest(text, tuple(tied))
    return [(tag, count(text, tag, theirs)) for tag in tied[:MOST]]


def _likeliest(text: str, tags: tuple[str, ...]) -> list[str]:
    """The languages, the likeliest one of ``text`` first; those that the identifier does not know come last."""
    identifier = _identifier(frozenset())
    order = [tag for tag, _ in identifier.rank(text)] if identifier else []
    return sorted(tags, key=lambda tag: (order.index(tag) if tag in order else len(order), tag))


def stretches(text: str, tag: str, theirs: str) -> Iterator[str]:
    """The parts of ``text`` between two frequent words of ``theirs``, each from its first frequent word of ``tag`` to its last."""
    wanted, own = apart(tag, theirs), apart(theirs, tag)
    found: list[re.Match[str]] = []
    for match in [*_WORD.finditer(text), None]:
        word = match.group().casefold() if match is not None else ""
        if match is not None and word in wanted:
            found.append(match)
        elif (match is None or word in own) and found:
            yield text[found[0].start() : found[-1].end()]
            found = []


def share_known(text: str, tag: str) -> float:
    """The share of the words of ``text`` that the dictionary of the language holds (0.0 where it has none)."""
    tokens = unmixed(text)
    return sum(languages.is_known(token, tag) or languages.is_known(token.capitalize(), tag) for token in tokens) / max(len(tokens), 1)


@cache
def _identifier(tags: frozenset[str]) -> LanguageIdentifier | None:
    """An identifier that knows these languages only (all of its own where none is given), or None where it does not know them all."""
    whole = _whole_identifier()
    if not tags <= set(whole.labels):
        return None
    # The copy has the tables of the whole one: loaded again they would take 80 MB each time.
    some = copy.copy(whole)
    some.set_languages(sorted(tags) or None)
    return some


@cache
def _whole_identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def likelihood(text: str, tag: str, others: frozenset[str]) -> float | None:
    """How likely ``text`` is in ``tag`` rather than in ``others`` (0 to 1): 1.0 where the dictionaries of all of them leave no doubt, else by the identifier; None where it does not know them."""
    if all(map(languages.has_lemmas, (tag, *others))) and (here := share_known(text, tag)) >= SPOKEN and here >= RATHER * max(share_known(text, other) for other in others):
        return 1.0
    identifier = _identifier(others | {tag})
    return None if identifier is None else dict(identifier.rank(text)).get(tag, 0.0)
