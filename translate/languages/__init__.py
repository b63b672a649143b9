"""What is true of a language: its names, script and direction; its words, sentences, numbers and lemmas.

Names, scripts and validity come from CLDR by way of langcodes, word forms from simplemma; the rest stands in the tables of this package, so that checks need no ``if language ==``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from translate.errors import SettingError
from translate.languages.acronyms import acronym
from translate.languages.codes import code
from translate.languages.cognates import belongs_to_one, related
from translate.languages.dates import DAY, calendar_words, has_calendar, months
from translate.languages.inflection import ATTACHED, JOINERS, NO_COMPOUNDS, NOT_PARTS, Inflection, fold, inflection, same_stem
from translate.languages.lemmas import has_lemmas, is_known, lemma
from translate.languages.length import EXPANSION, expansion
from translate.languages.negation import Denial, denial, denied, denies, may_deny
from translate.languages.numbers.amounts import halves, multipliers, parts_of, powers, scale_words, scaled, scales
from translate.languages.numbers.counting import Spoken, counts, spoken
from translate.languages.numbers.hints import BETWEEN_NUMBERS, NUMBER_WORDS, WARS
from translate.languages.numbers.measures import decimal_mark, grouping_mark, heads_amounts, measured, unit_words
from translate.languages.opposites import opposes, stands
from translate.languages.scripts import ONLY_SIMPLIFIED, ONLY_TRADITIONAL, SCRIPT_LETTERS, SCRIPT_PARTS, letters
from translate.languages.sentences import ABBREVIATIONS, CLOSERS, ENDERS, NO_SENTENCE_ENDS, is_abbreviation, requests, sentences
from translate.languages.typography import sound
from translate.languages.words import COMPOUNDING, FUNCTION_WORDS, NOUNS_IN_CAPITALS, OPENERS, SEPARABLE, SUFFIXING, UNINFLECTED, UNSPACED

__all__ = [
    "ABBREVIATIONS",
    "ATTACHED",
    "BETWEEN_NUMBERS",
    "CLOSERS",
    "COMPOUNDING",
    "DAY",
    "ENDERS",
    "EXPANSION",
    "FUNCTION_WORDS",
    "JOINERS",
    "NOT_PARTS",
    "NOUNS_IN_CAPITALS",
    "NO_COMPOUNDS",
    "NO_SENTENCE_ENDS",
    "NUMBER_WORDS",
    "ONLY_SIMPLIFIED",
    "ONLY_TRADITIONAL",
    "OPENERS",
    "RIGHT_TO_LEFT_SCRIPTS",
    "SCRIPT_LETTERS",
    "SCRIPT_PARTS",
    "SEPARABLE",
    "SUFFIXING",
    "UNINFLECTED",
    "UNSPACED",
    "WARS",
    "Denial",
    "Inflection",
    "Language",
    "Spoken",
    "acronym",
    "belongs_to_one",
    "calendar_words",
    "code",
    "counts",
    "decimal_mark",
    "denial",
    "denied",
    "denies",
    "exists",
    "expansion",
    "find",
    "fold",
    "grouping_mark",
    "halves",
    "has_calendar",
    "has_lemmas",
    "heads_amounts",
    "inflection",
    "is_abbreviation",
    "is_known",
    "lemma",
    "letters",
    "may_deny",
    "measured",
    "months",
    "multipliers",
    "names",
    "opposes",
    "parts_of",
    "powers",
    "related",
    "requests",
    "same_stem",
    "scale_words",
    "scaled",
    "scales",
    "sentences",
    "sound",
    "spoken",
    "stands",
    "unit_words",
]

RIGHT_TO_LEFT_SCRIPTS = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"})


@dataclass(frozen=True, slots=True)
class Language:
    """A language as its BCP 47 tag names it.

    ``tag`` is normalised ("de", "pt-BR", "zh-Hant"), ``code`` the primary subtag, ``name`` in English, ``own_name`` in itself, ``script`` ISO 15924.
    """

    tag: str
    code: str
    name: str
    own_name: str
    script: str
    direction: str


@cache
def find(tag: str) -> Language:
    """The language that ``tag`` names.

    Raises ``SettingError`` where the tag is malformed or names no language that CLDR knows.
    """
    import langcodes

    try:
        language = langcodes.get(tag.strip())
        known = language.is_valid() and language.language is not None
    except langcodes.tag_parser.LanguageTagError:
        known = False
    if not known:
        raise SettingError(f"'{tag}' is not a language we know: give a BCP 47 tag such as de, es, pt-BR or zh-Hant.")
    script = language.maximize().script or "Latn"
    return Language(
        tag=language.to_tag(),
        code=str(language.language),
        name=language.display_name("en"),
        own_name=language.autonym(),
        script=script,
        direction="rtl" if script in RIGHT_TO_LEFT_SCRIPTS else "ltr",
    )


def names(tag: str, tongues: Iterable[str]) -> tuple[str, ...]:
    """What the language is called in each of the languages ``tongues``."""
    import langcodes

    language = langcodes.get(tag)
    return tuple(language.display_name(tongue) for tongue in tongues)


def exists(tag: str) -> bool:
    """Whether ``find`` knows the language."""
    try:
        find(tag)
    except SettingError:
        return False
    return True
