"""Proper names that were dropped or altered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from translate import languages
from translate.checks import tongues
from translate.checks.reading import flat, quoted, without_addresses, words
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Severity

_DERIVED = re.compile(r"(?:ung|heit|keit|schaft|tion|tät|ismus|ierer|nis)(?:en|s)?\Z")
_JOINT = re.compile(r"-|['’]s\b")
_PART = re.compile(r"[^\W\d_]+")

SHORTEST = 4
"""Shorter names are left out: too many short words look like them."""


class Names:
    """A proper name of the source is spelt otherwise in the translation, or is not there.

    A word with a capital letter counts as a name where no dictionary of the source language has it, or where the work's own list of names does; a misspelling is also seen in other words that have a capital letter inside a sentence.
    A word that only begins a sentence, and in German one that looks like a compound, is asked for only where a misspelling of it stands in the translation (in English the first word may be a name).
    Endings ("Harrows", "Harrow'sche") and accents make no difference; a name that the target language has a word of its own for ("Copenhagen") may be that.
    Blind to names that the glossary or the ledger settles, which the check ``terms`` holds, to names that are also words ("Bell"), to languages of another script or without a dictionary, to headings in capitals, and to two names that changed places: translators turn the order of names in one of eight sentences that have two.
    """

    name = "names"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding per name: a warning where it is spelt otherwise, a remark where it is gone."""
        if not _comparable(facts.source, facts.target):
            return
        source, target = without_addresses(flat(pair.segment.source)), without_addresses(flat(pair.draft.target))
        settled = {word for term in facts.terms for word in words(term.source)}  # the check "terms" holds those
        named = [name for name in dict.fromkeys(_bases(source)) if name not in settled and _is_name(name, facts)]
        doubtful = _only_first(source, facts.source)
        sure = [name for name in named if name.casefold() in facts.names or not (name in doubtful or _is_compound(name, facts.source))]
        wanted = [*named, *(name for name in _capitals(source, facts.source) if name not in named and name not in settled)]
        if not wanted or not tongues.plausible(target, facts.target, facts.source):
            return
        there, folded = dict.fromkeys(_PART.findall(target)), _folded(target)
        ours = {_folded(word) for word in _PART.findall(source)}
        for name in wanted:
            # The first letter or the last two are right in most misspellings, and comparing letter by letter is dear.
            altered = next((word for word in there if _resembles(name, word, ours, facts)), "")
            if altered:
                place = target.find(altered)
                span = (place, place + len(altered)) if pair.draft.text == target else None
                yield Finding(self.name, "warning", f"{quoted(name)} has become {quoted(altered)}.", source=name, target=altered, span=span)
            elif name in sure and not _stands(name, folded, facts) and (other := _exchanged(name, source, target, facts)):
                message = f"{quoted(f'{other[0]} {name}')} has become {quoted(' '.join(other))}."
                yield Finding(self.name, "warning", message, source=f"{other[0]} {name}", target=" ".join(other))
            elif name in sure and not _stands(name, folded, facts) and (stranger := _stranger(source, target, facts)):
                message = f"The name {quoted(name)} is not in the translation; {quoted(stranger)} stands there, which is not in the source."
                # Where every noun has a capital, a noun that no dictionary has looks like a name.
                doubt: Severity = "info" if languages.code(facts.target) in languages.NOUNS_IN_CAPITALS and name.casefold() not in facts.names else "warning"
                yield Finding(self.name, doubt, message, source=name, target=stranger)
            elif name in sure and not _stands(name, folded, facts):
                severity: Severity = "warning" if name.casefold() in facts.names else "info"
                yield Finding(self.name, severity, f"The name {quoted(name)} is not in the translation.", source=name)


def _comparable(source: str, target: str) -> bool:
    """Whether both languages are written in the same script and the source has a dictionary."""
    if not (languages.has_lemmas(source) and languages.has_lemmas(target) and languages.exists(source) and languages.exists(target)):
        return False
    return languages.find(source).script == languages.find(target).script


def _bases(text: str) -> Iterator[str]:
    """The words of ``text``, and what stands in them before a hyphen or an English genitive: "Harrow" of "Harrow-like" and "Harrow's"."""
    for word in words(text):
        yield word
        if (base := _JOINT.split(word, maxsplit=1)[0]) != word:
            yield base


def _is_name(word: str, facts: Facts) -> bool:
    """Whether ``word`` is a proper name of the source that a translation should have."""
    if word.casefold() in facts.names:
        return True
    if len(word) < SHORTEST or not word[0].isupper() or not word[1:].islower() or "-" in word or "'" in word or "’" in word:
        return False
    return not (languages.is_known(word.casefold(), facts.source) or languages.is_known(word, facts.source))


def _only_first(text: str, tag: str) -> frozenset[str]:
    """The words that stand at the beginning of a sentence only, where they have a capital anyway: other dictionaries than the English one lack too many words ("Parfois") to tell names by them."""
    if languages.code(tag) == "en":
        return frozenset()
    rows = [words(sentence) for sentence in languages.sentences(text, tag)]
    return frozenset(row[0] for row in rows if row) - {word for row in rows for word in row[1:]}


def _is_compound(word: str, tag: str) -> bool:
    """Whether a dictionary of a language that writes nouns with capitals has both parts of the word, or it ends as only a noun made of another word does ("Veröffentlichung")."""
    if languages.code(tag) not in languages.NOUNS_IN_CAPITALS:
        return False
    return bool(_DERIVED.search(word)) or any(_is_part(word[:cut], tag) and _ends(word[cut:], tag) for cut in range(3, len(word) - 3))


def _is_part(word: str, tag: str) -> bool:
    """Whether the beginning of a compound is a word, with or without what joins it to the next."""
    stems = [word, *(word[: -len(joiner)] for joiner in languages.JOINERS if joiner and word.endswith(joiner) and len(word) - len(joiner) >= 3), f"{word}e", f"{word}en"]
    return any(languages.is_known(form, tag) for stem in stems for form in (stem, stem.casefold(), stem.capitalize())) or any(_ends(word[cut:], tag) for cut in range(3, len(word) - 3))


def _ends(word: str, tag: str) -> bool:
    """Whether the end of a compound is a word."""
    return len(word) >= SHORTEST and any(languages.is_known(form, tag) for form in (word, word.capitalize()))


def _capitals(text: str, tag: str) -> list[str]:
    """Words in the middle of a sentence with a capital letter, where the language and the text do not write so of all nouns or words."""
    found = words(text)
    if languages.code(tag) in languages.NOUNS_IN_CAPITALS or sum(word[:1].isupper() for word in found) * 2 > len(found):
        return []
    starts = {first[0] for sentence in languages.sentences(text, tag) if (first := words(sentence))}
    return [word for word in dict.fromkeys(found) if len(word) >= SHORTEST and word.istitle() and word.isalpha() and word not in starts]


@lru_cache(maxsize=256)
def _folded(text: str) -> str:
    """In small letters, without accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))


def _exchanged(name: str, source: str, target: str, facts: Facts) -> tuple[str, str] | None:
    """A first name that stands before ``name`` in the source and before another name, which no dictionary has, in the translation, and that other name."""
    before = re.search(rf"([^\W\d_]+) {re.escape(name)}(?!\w)", source)
    if before is None or not before[1].istitle() or len(before[1]) < 2:
        return None
    after = re.search(rf"(?<!\w){re.escape(before[1])} ([^\W\d_]+)", target)
    if after is None or not after[1].istitle() or len(after[1]) < SHORTEST or re.search(rf"(?<!\w){after[1]}", source):
        return None
    known = (languages.is_known(form, tag) for form in (after[1], after[1].casefold()) for tag in (facts.source, facts.target))
    return None if any(known) else (before[1], after[1])


def _stranger(source: str, target: str, facts: Facts) -> str:
    """The first word of the translation that looks like another name: with a capital inside a sentence, in neither dictionary, and no form of a word that the source has with a capital; else ""."""
    own: list[str] = [word for word in dict.fromkeys(_PART.findall(source)) if word[0].isupper()]
    there: list[str] = list(dict.fromkeys(_PART.findall(target)))
    ours = {_folded(word) for word in _PART.findall(source)}
    nouns = languages.code(facts.target) in languages.NOUNS_IN_CAPITALS
    starts = {first[0] for sentence in languages.sentences(target, facts.target) if (first := words(sentence))}
    for word in there:
        if len(word) < SHORTEST or not word[0].isupper() or not word[1:].islower() or _folded(word) in ours or (word in starts and not nouns):
            continue
        if not any(_adapted(name, word) for name in own) and not _is_word(word, facts, nouns=nouns):
            return word
    return ""


def _is_word(word: str, facts: Facts, *, nouns: bool) -> bool:
    """Whether a dictionary has the word; where nouns have capitals, also a word that it ends with ("Änderungsprotokoll")."""
    if any(languages.is_known(form, tag) for form in (word, word.casefold()) for tag in (facts.source, facts.target)):
        return True
    ends = (word[at:] for at in range(2, len(word) - SHORTEST + 1)) if nouns else ()
    return any(languages.is_known(form, facts.target) for end in ends for form in (end, end.capitalize()))


def _adapted(name: str, word: str) -> bool:
    """Whether ``word`` may be the form that another language gives the name: alike in sound, or in all but the ending ("Livy", "Livius")."""
    if _heard(name) == _heard(word):
        return True
    one, other = _folded(name), _folded(word)
    alike = sum(1 for _ in takewhile(lambda both: both[0] == both[1], zip(one, other, strict=False)))
    return alike >= SHORTEST - 1 and max(len(one), len(other)) - alike < SHORTEST


@lru_cache(maxsize=256)
def _heard(word: str) -> str:
    """The word as it sounds, c and k the same ("Socrates", "Sokrates")."""
    return languages.sound(word).replace("k", "c")


def _stands(name: str, text: str, facts: Facts) -> bool:
    """Whether the name is in the folded ``text``, with any ending and without the "s" of a genitive; where endings replace letters, by its stem."""
    tag, stem = facts.target, _folded(name)
    stem = stem.removesuffix("s") if languages.code(facts.source) in languages.NOUNS_IN_CAPITALS else stem
    if stem in text:
        return True
    return languages.code(tag) in languages.SUFFIXING and len(stem) > SHORTEST and stem[:-1] in text


def _resembles(name: str, word: str, ours: set[str], facts: Facts) -> bool:
    """Whether ``word`` of the translation is the name with a letter or two changed, and no word of either language."""
    if not word[:1].isupper() or word == name or _folded(word) in ours or _ending_apart(word, name, facts.target) or _folded(word).startswith(_folded(name)):
        return False
    most = 1 if len(name) < 6 else 2
    if abs(len(word) - len(name)) > most or (word[:1] != name[:1] and word[-2:] != name[-2:]):
        return False
    if distance(_folded(name), _folded(word)) > most or _folded(name).replace("k", "c") == _folded(word).replace("k", "c") or (languages.code(facts.target) in languages.SUFFIXING and _inflected(name, word)):
        return False
    return not (languages.is_known(word, facts.target) or languages.is_known(word.casefold(), facts.target))


def _inflected(name: str, word: str) -> bool:
    """Whether the words differ in their last two letters only, as where endings take the place of letters ("Spinozy")."""
    one, other = _folded(name), _folded(word)
    return len(one) >= SHORTEST and other.startswith(one[: max(SHORTEST - 1, len(one) - 2)])


def _ending_apart(word: str, name: str, tag: str) -> bool:
    """Whether the two differ in an ending that a name may take: in languages that do not inflect names, in a plural "s" alone."""
    if languages.code(tag) in languages.UNINFLECTED:
        return _folded(word).replace("-", "").rstrip("s") == _folded(name).replace("-", "").rstrip("s")
    return _bare(word) == _bare(name)


def _bare(word: str) -> str:
    """Without hyphens and the endings that names take."""
    return _folded(word).replace("-", "").rstrip("esn")


def distance(one: str, other: str) -> int:
    """How many letters must be put in, taken out, changed or swapped with their neighbour to make ``other`` of ``one``."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, their in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != their))
            if last and i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == their:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
