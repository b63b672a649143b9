"""Text that was left in the source language, or is in a third one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate import glossary, languages
from translate.checks import tongues
from translate.checks.reading import ATOM, flat, quoted, without_addresses, words
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Severity

COPIED = 0.8
"""Share of the translation's words that are the source's own, from which we ask whether they should have been translated."""

RUN = 6
"""So many words of the source in a row are a passage left as it was."""

FEWEST = 6
"""Fewer words tell no language."""


class Untranslated:
    """The translation, or a passage of it, was left in the source language or is in a third one.

    Names, glossary terms to be kept, addresses, code, capitals (abbreviations) and words that both languages have may stay.
    Blind to single words left in the source language, to titles of up to five words, to entries of a bibliography, and to short texts in a third language.
    """

    name = "untranslated"
    severity: Severity = "error"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding: the whole, a passage, or another language."""
        ours, theirs = languages.code(facts.source), languages.code(facts.target)
        source, target = (_bare(flat(runs), facts) for runs in (pair.segment.source, pair.draft.target))
        if ours == theirs or not words(target) or (bibliographic(source) and bibliographic(target)):
            return
        if severity := echoed(source, target, facts):
            yield self._finding(f"The translation is still the source's own text: {quoted(target)}.", target, severity)
        elif passage := left(source, target, facts):
            yield self._finding(f"A passage was left in {_name(ours)}: {quoted(passage)}.", passage)
        elif passage := _in_language(target, ours, theirs, facts):
            yield self._finding(f"This is {_name(ours)}, not {_name(theirs)}: {quoted(passage)}.", passage)
        elif (found := third(target, ours, theirs)) is not None:
            yield self._finding(f"This is {_name(found[0])}, not {_name(theirs)}: {quoted(found[1])}.", found[1])

    def _finding(self, message: str, target: str, severity: Severity = "error") -> Finding:
        return Finding(self.name, severity, message, target=target.replace(ATOM, "").strip())


def _bare(text: str, facts: Facts) -> str:
    """The text without addresses and without the terms that stay as they are."""
    for term in facts.terms:
        if term.keep:
            text = re.sub(re.escape(term.source), " ", text, flags=re.IGNORECASE)
    return without_addresses(text)


def _name(code: str) -> str:
    return languages.find(code).name if languages.exists(code) else code


def echoed(source: str, target: str, facts: Facts) -> Severity | None:
    """Whether nearly all of ``target`` is words of ``source`` that were to be translated, and how sure we are.

    A word alone may be a name that no dictionary has, or be kept on purpose, so it is a warning; so is a heading of words that both dictionaries hold.
    """
    there, own = words(target), {word.casefold() for word in words(source)}
    copies = [word for word in there if word.casefold() in own]
    if len(copies) < COPIED * len(there):
        return None
    names = _names(source)
    to_do = sum(translatable(word, facts, names=names) for word in copies)
    # Names and words that both languages have make up a good part of many headings.
    if to_do * 3 >= len(there) and len(there) > 1:
        return "error"
    common = [word for word in copies if languages.is_known(word.casefold(), facts.source) and word.casefold() not in facts.names]
    if to_do or (len(copies) == len(there) > 1 and len(common) * 2 >= len(there) and any(map(str.islower, common))):
        return "warning"
    # Text that was left in place is always told, be it only as a remark.
    return "info" if len(copies) == len(there) and not all(word.casefold() in facts.names for word in copies) else None


def left(source: str, target: str, facts: Facts) -> str:
    """The longest passage of ``target`` that is a run of ``RUN`` words or more of ``source``, most of them to be translated; else ""."""
    ours, theirs = [word.casefold() for word in words(source)], words(target)
    runs = {tuple(ours[place : place + RUN]) for place in range(len(ours) - RUN + 1)}
    folded = [word.casefold() for word in theirs]
    covered = sorted({place + k for place in range(len(folded) - RUN + 1) if tuple(folded[place : place + RUN]) in runs for k in range(RUN)})
    if not covered:
        return ""
    stretch = [theirs[place] for place in covered]
    open_words = sum(translatable(word, facts, names=_names(source)) for word in stretch)
    if open_words * 2 < len(stretch) or sum(word[:1].isupper() for word in stretch) * 2 > len(stretch):
        return ""
    return " ".join(stretch)


def translatable(word: str, facts: Facts, *, names: frozenset[str]) -> bool:
    """Whether ``word`` belongs to the source language alone and is no name, no term to be kept and no abbreviation."""
    folded = word.casefold()
    if "-" in word:
        return any(translatable(part, facts, names=names) for part in word.split("-"))
    if len(word) < 2 or folded in names or folded in facts.names or (word.isupper() and len(word) < 6) or (not word[1:].islower() and not word.isupper()):
        return False
    if folded in languages.FUNCTION_WORDS.get(languages.code(facts.target), frozenset()):
        return False
    if folded in languages.FUNCTION_WORDS.get(languages.code(facts.source), frozenset()):
        return True
    if any(glossary.holds(form, word, facts.target) for term in facts.terms for form in term.forms):
        return False
    if languages.has_lemmas(facts.source) and not languages.is_known(folded, facts.source):
        return False
    return not any(languages.is_known(form, facts.target) for form in (word, folded, word.capitalize()))


def _names(text: str) -> frozenset[str]:
    """Words that stand in the middle of a sentence with a capital letter, where the text as a whole does not write so."""
    found = words(text)
    capitals = [word for word in found if word[:1].isupper()]
    if len(capitals) * 2 > len(found):
        return frozenset()
    starts = {sentence_words[0] for sentence in languages.sentences(text) if (sentence_words := words(sentence))}
    return frozenset(word.casefold() for word in capitals if word not in starts)


def bibliographic(text: str) -> bool:
    """Whether the text looks like an entry of a bibliography: a year, commas, most words with a capital letter."""
    found = words(text)
    capitals = sum(word[:1].isupper() for word in found)
    year = any(len(token.strip(".,;:()[]")) == 4 and token.strip(".,;:()[]").isdigit() for token in text.split())
    return year and text.count(",") >= 1 and len(found) >= 4 and capitals * 2 >= len(found)


def _in_language(target: str, ours: str, theirs: str, facts: Facts) -> str:
    """The first sentence (or the whole) of ``target`` that is in the language ``ours``; else ""."""
    if not (tongues.known(ours) and tongues.known(theirs)):
        likely = tongues.likelihood(target, ours, frozenset({theirs})) if len(words(target)) >= 2 * FEWEST else None
        return target if likely is not None and likely > 0.95 else ""
    for text in (target, *languages.sentences(target, facts.target)):
        seen = tongues.count(text, ours, theirs)
        if seen.words < FEWEST or seen.ours < 3 or seen.ours < 0.15 * seen.words or seen.ours <= 3 * seen.others:
            continue
        if (tongues.likelihood(text, ours, frozenset({theirs})) or 1.0) > 0.5:
            return text
    return ""


def third(target: str, ours: str, theirs: str) -> tuple[str, str] | None:
    """The language of ``target`` (or of a sentence of it) and the text, where it is neither of the two; else None."""
    if not tongues.known(theirs):
        return None
    for text in (target, *languages.sentences(target, theirs)):
        for tag, seen in tongues.strangers(text, ours, theirs):
            few = seen.words < 2 * FEWEST
            if seen.words < 2 or seen.ours < (1 if few else 2) or seen.ours < 0.08 * seen.words or seen.ours <= seen.others:
                continue
            if _speaks(text, tag, ours, theirs, few=few):
                return tag, text
    return None


def _speaks(text: str, tag: str, ours: str, theirs: str, *, few: bool) -> bool:
    """Whether the dictionaries (or, where there is none, the identifier) agree that ``text`` is in the language ``tag``."""
    here = tongues.share_known(text, theirs)
    if here > 0.6:
        return False
    if not languages.has_lemmas(tag):
        return not few and (tongues.likelihood(text, tag, frozenset({ours, theirs})) or 0.0) > 0.9
    there = tongues.share_known(text, tag)
    return there >= (0.8 if few else 0.5) and there > 1.5 * here
