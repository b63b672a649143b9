"""Dictionary forms, by simplemma: loaded when the first word of a language is asked for."""

from __future__ import annotations

import threading
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from translate.languages.codes import code
from translate.languages.inflection import GAPS

if TYPE_CHECKING:
    from simplemma import Lemmatizer
    from simplemma.strategies import DictionaryLookupStrategy
    from simplemma.strategies.dictionaries import StreamDictionaryFactory

MOST_LOADED = 12
"""So many dictionaries are held at once, those that were asked last; simplemma's own eight are loaded again and again where a text may be in any of twelve languages, and all of them take 300 MB."""

_DICTIONARIES = {"no": "nb", "hr": "hbs", "sr": "hbs", "bs": "hbs", "sh": "hbs"}


@cache
def _dictionary(tag: str) -> str:
    """simplemma's name for the language, or "" where it has no dictionary."""
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    name = _DICTIONARIES.get(code(tag), code(tag))
    return name if name in SUPPORTED_LANGUAGES else ""


def has_lemmas(tag: str) -> bool:
    """Whether there is a dictionary of word forms for the language."""
    return bool(_dictionary(tag))


@lru_cache(maxsize=1 << 16)
def lemma(token: str, tag: str) -> str:
    """The dictionary form of ``token``, in small letters; the token itself where the language has no dictionary.

    simplemma's frugal dictionaries: 10 to 15 MB and 0.1 to 0.4 s for the first word of a language, 0.1 ms for each new word after it.
    """
    name = _dictionary(tag)
    if not name or not token:
        return token.casefold()
    if (missing := GAPS.get(name, {}).get(token.casefold())) is not None:
        return missing
    _ready(name)
    found = _lemmatizer().lemmatize(token, name).casefold()
    if name == "de" and found.endswith("et") and found == token and is_known(verb := f"{found[:-2]}en", tag):
        return verb  # the dictionary has "verwertet" as an adjective of its own
    return found


@lru_cache(maxsize=1 << 15)
def is_known(token: str, tag: str) -> bool:
    """Whether the dictionary of the language holds this word form, spelt with these capitals; False where it has none."""
    name = _dictionary(tag)
    if not name or not token:
        return False
    _ready(name)
    return _lookup().is_dictionary_member(token, name)


def _ready(name: str) -> None:
    """Load the dictionary, once, however many threads want it at the same time: each would load its own."""
    if name not in _READY:
        with _LOADING:
            if name not in _READY:
                _loaded().get_dictionary(name)
                _READY.add(name)


_LOADING = threading.Lock()
_READY: set[str] = set()


@cache
def _loaded() -> StreamDictionaryFactory:
    from simplemma.strategies.dictionaries import StreamDictionaryFactory

    return StreamDictionaryFactory(cache_max_size=MOST_LOADED)


@cache
def _lemmatizer() -> Lemmatizer:
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    return Lemmatizer(cache_max_size=0, lemmatization_strategy=DefaultStrategy(greedy=True, dictionary_factory=_loaded()))


@cache
def _lookup() -> DictionaryLookupStrategy:
    from simplemma.strategies import DictionaryLookupStrategy

    return DictionaryLookupStrategy(_loaded())
