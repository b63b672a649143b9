"""Whether a word of a translation is a form of a term's word: inflected, or part of a compound.

A dictionary of word forms decides where it knows the word; rules of inflection where it does not, or is known to lump words together.
What is a word of its own ("Arbeiter") is no form of another ("Arbeit"), however much they share.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from translate import languages
from translate.languages import fold, inflection

LEAST = 3
"""The shortest part of a compound."""

STEM = 4
"""The shortest stem by which words are compared that no dictionary knows."""

_ENDING = re.compile(r"(?:innen|ern|ens|em|en|er|es|e|n|s)$")


@lru_cache(maxsize=1 << 15)
def is_form(word: str, wanted: str, tag: str, *, strict: bool = False) -> bool:
    """Whether ``word`` is ``wanted`` or an inflected form of it, in the language ``tag``; ``strict`` leaves out words that only look like a form and that no dictionary knows."""
    there, sought = fold(word, tag), fold(wanted, tag)
    if there == sought or (languages.acronym(word, tag) != "" and languages.acronym(word, tag) == languages.acronym(wanted, tag)):
        return True
    if _is_derived(there, sought, tag):
        return False
    if _shares_lemma(word, wanted, tag) or _has_feminine(there, sought, tag) or _with_pronouns(there, sought, tag):
        return True
    rules, known = inflection(tag), _knows(word, tag)
    if known and _lemma(word, tag) == there and not (rules is not None and rules.sure):
        return False
    return _is_regular(there, sought, tag) or (not known and not strict and _alike(there, sought, tag))


@lru_cache(maxsize=1 << 14)
def is_part(word: str, wanted: str, tag: str) -> bool:
    """Whether ``word`` is a compound that begins or ends with a form of ``wanted``; what is left must be a word as well."""
    there, sought = fold(word, tag), fold(wanted, tag)
    if len(there) < len(sought) + LEAST - 1 or bare(sought)[:LEAST] not in bare(there) or there in languages.NO_COMPOUNDS.get(languages.code(tag), ()):
        return False
    known = _knows(word, tag)
    return any(_splits(word[:place], word[place:], wanted, tag, known) for place in range(2, len(word) - 1))


def bare(text: str) -> str:
    """``text`` in small letters without accents."""
    return "".join(char for char in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(char))


def stands_small(word: str, wanted: str, tag: str) -> bool:
    """Whether ``word`` is in small letters though the noun ``wanted`` has a capital, where the language gives one to every noun: "waren" is no "Ware"."""
    if languages.code(tag) not in languages.NOUNS_IN_CAPITALS or not wanted[:1].isupper() or word[:1].isupper():
        return False
    small = wanted.casefold()
    return not (languages.is_known(small, tag) and languages.lemma(small, tag) == small)


# --- inflected -----------------------------------------------------------------------------------------------------


def _lemma(word: str, tag: str) -> str:
    """The lemma of a word as it is spelt where capitals tell nouns from verbs, else of its small letters."""
    nouns = languages.code(tag) in languages.NOUNS_IN_CAPITALS and not (word.isupper() and len(word) > 1)
    return fold(languages.lemma(word if nouns else fold(word, tag), tag), tag)


def _knows(word: str, tag: str) -> bool:
    return languages.is_known(word, tag) or languages.is_known(fold(word, tag), tag)


def _shares_lemma(word: str, wanted: str, tag: str) -> bool:
    """Whether the dictionary gives both one lemma, and rightly."""
    there, sought = fold(word, tag), fold(wanted, tag)
    root = _lemma(word, tag)
    if root == sought:
        return True
    base = _lemma(wanted, tag)
    return root == base and (there.startswith(sought[:-1]) or not _is_of_its_own(sought, base, tag))


def _is_of_its_own(sought: str, base: str, tag: str) -> bool:
    """Whether a term is another word than the lemma that the dictionary gives it: a participle used as a noun ("Estado", estar), a derived word ("özgürlük", özgür)."""
    rules = inflection(tag)
    if rules is None:
        return False
    if rules.derived is not None and sought.startswith(base) and rules.derived.match(sought[len(base) :]):
        return True
    return rules.infinitive is not None and rules.infinitive.search(base) is not None and rules.infinitive.search(sought) is None


def _has_feminine(there: str, sought: str, tag: str) -> bool:
    rules = inflection(tag)
    return rules is not None and any(bare(there) == bare(sought) + ending for ending in rules.feminine)


def _with_pronouns(there: str, sought: str, tag: str) -> bool:
    """Whether ``there`` is a form of the verb ``sought`` with pronouns at its end: cómpramelos."""
    rules = inflection(tag)
    if rules is None or rules.pronouns is None or rules.verbs is None or rules.infinitive is None or not rules.infinitive.search(sought):
        return False
    for place in range(2, len(there)):
        if rules.pronouns.fullmatch(there[place:]):
            verb = unicodedata.normalize("NFC", unicodedata.normalize("NFD", there[:place]).replace("\u0301", ""))
            stem = sought[:-2]
            if languages.lemma(verb, tag) == sought or (verb.startswith(stem) and rules.verbs.fullmatch(verb[len(stem) :])):
                return True
    return False


def _is_derived(there: str, sought: str, tag: str) -> bool:
    """Whether ``there`` is another word of the family, by what follows the stem: kitapçı, not kitap."""
    rules = inflection(tag)
    if rules is None or rules.derived is None or (rules.infinitive and rules.infinitive.search(sought)):
        return False
    stems = [stem for stem in rules.stems(sought) if there.startswith(stem)]
    return bool(stems) and rules.derived.match(there[len(max(stems, key=len)) :]) is not None


def _is_regular(there: str, sought: str, tag: str) -> bool:
    """Whether ``there`` is a stem of ``sought`` with an ending of the language."""
    rules = inflection(tag)
    if rules is None:
        return False
    verb = rules.infinitive is not None and rules.infinitive.search(sought) is not None
    endings = rules.verbs if verb and rules.verbs else rules.endings
    stems = rules.stems(sought)
    return any(len(stem) > 1 and there.startswith(stem) and endings.fullmatch(there[len(stem) :]) for stem in stems)


def _alike(there: str, sought: str, tag: str) -> bool:
    """Whether a word that no dictionary knows looks like a form of ``sought``."""
    if not languages.has_lemmas(tag) and sought in there:
        return True
    stem, other = _stem(sought), _stem(there)
    if len(stem) < STEM or languages.code(tag) not in languages.SUFFIXING:
        return stem == other and len(stem) >= STEM
    size = max(STEM, len(stem) - 2)
    return other[:size] == stem[:size] and len(other) <= len(stem) + 8


def _stem(word: str) -> str:
    """A word without accents and common endings: Produktivkräfte and Produktivkraft have one stem."""
    plain = bare(word)
    short = _ENDING.sub("", plain)
    return short if len(short) >= STEM else plain


# --- compounded ----------------------------------------------------------------------------------------------------


def _splits(left: str, right: str, wanted: str, tag: str, known: bool) -> bool:
    """Whether one of two halves of a word is a form of ``wanted`` and the other a word; ``known`` says that the dictionary has the whole."""
    if languages.code(tag) in languages.NOUNS_IN_CAPITALS and wanted[:1].isupper():
        right = right[:1].upper() + right[1:]
    if is_form(right, wanted, tag, strict=True):
        return _is_word(left, tag, known)
    stems = (left.removesuffix(joiner) for joiner in languages.JOINERS if left.endswith(joiner))
    return any(len(stem) > 1 and is_form(stem, wanted, tag, strict=True) for stem in stems) and _is_word(right, tag, known)


def _is_word(part: str, tag: str, known: bool) -> bool:
    """Whether a part of a compound is a word, perhaps with a joining letter; where the dictionary lacks the whole, anything that might be a word is."""
    small = fold(part, tag)
    if len(small) < LEAST or {small, languages.lemma(small, tag)} & languages.NOT_PARTS.get(languages.code(tag), frozenset()):
        return False
    stems = {small.removesuffix(joiner) for joiner in languages.JOINERS if small.endswith(joiner)}
    if any(len(stem) >= LEAST and _knows_noun(stem, tag) for stem in stems):
        return True
    return not known and len(small) > STEM


def _knows_noun(stem: str, tag: str) -> bool:
    return languages.is_known(stem, tag) or languages.is_known(stem[:1].upper() + stem[1:], tag)
