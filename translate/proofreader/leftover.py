"""A word or two of the source inside a sentence of the translation."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from translate import languages
from translate.checks import Facts
from translate.checks.reading import ATOM, flat, language_name, quoted, without_addresses
from translate.document import Finding, Marker, Runs
from translate.proofreader.seam import Deviation, Passage

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_APART = re.compile(
    r"[\"“„«»‹›‘‚「『《][^\"“”„«»‹›「」『』《》]{1,200}[\"”“«»‹›’‘」』》]"  # quotations
    r"|(?<!\w)['`´][^'`´]{1,80}['`´]+(?!\w)"
    r"|[(\[（][^()\[\]（）]{1,200}[)\]）]"  # the original beside its translation
)
_BEFORE = re.compile(r"(?:^|[\s(—–])\Z")
_AFTER = re.compile(r"[.,;:!?…]*(?:\s|\Z)|[)—–]")
_EXPLAINED = re.compile(r"\s*[(\"„“«»]")
_NAMED = re.compile(r"[)\"“”»«]\s*\Z")
"""Brackets and quotations beside a word that was kept: its meaning, or what it stands for."""

MOST = 2
"""A longer run of the source's words is a passage, which the check "untranslated" looks for, or a title."""

OFTEN = 10
"""A word that stays more often than once in so many passages that have it in the source is kept on purpose."""

_PLAIN = frozenset(["sup", "sub", "small", "big"])
"""Elements that do not set their words apart."""


class Leftover:
    """One or two words of the source were left inside a sentence of the translation ("Der worker verkauft seine Arbeitskraft").

    Told of words in small letters that the source's dictionary has, and the target's in no form.
    Left out are quotations, brackets, italics, links and code, the terms of the glossary, and words that the work keeps more often than now and then.
    Blind to words with a capital letter (German nouns, in a translation from German), to words that both languages have, to most that came to both from Latin, and to languages that are near relatives or have no dictionary (where the source parts no words, as Chinese, what is left in its letters is told).
    """

    name = "leftover"

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._scripts = _scripts(facts)
        self._on = _comparable(facts, self._scripts)
        self._letters = _letters(facts, self._scripts)
        self._terms = frozenset(word.casefold() for term in facts.terms for form in (*term.forms, *((term.source,) if term.keep else ())) for word in _WORD.findall(form))
        self._frequent = languages.FUNCTION_WORDS.get(languages.code(facts.target), frozenset())
        self._there: Counter[str] = Counter()
        self._kept: Counter[str] = Counter()
        self._settled: set[str] = set()
        self._seen: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)

    def see(self, passage: Passage) -> None:
        """Note which words of the source stand in the translation."""
        if not self._on:
            return
        source, target = (without_addresses(flat(runs)) for runs in (passage.segment.source, passage.draft.target))
        ours = self._words(source) if self._letters is None else tuple(word for word in self._words(target) if word in source)
        small = {word for word in ours if not word[0].isupper()} - {word.casefold() for word in ours if word[1:] != word[1:].lower()}
        self._there.update(small)
        theirs = set(self._words(target))
        shared = {word for word in small & theirs if self._is_strange(word)}
        # "Calibre" stands for "calibre" where it is taken over as well.
        self._kept.update(shared | (small & {word.casefold() for word in theirs if word[0].isupper()}))
        if passage.approved:
            self._settled |= shared
        elif shared:
            self._seen[passage.segment.id] += [(text, stretch) for text, stretch in self._stretches(passage, shared, {word.casefold() for word in ours})]

    def deviations(self) -> Iterator[Deviation]:
        """The passages with words that were left, one finding each."""
        for segment, found in self._seen.items():
            left = [text for text, stretch in found if all(map(self._is_slip, stretch))]
            if left:
                message = f"{quoted(', '.join(dict.fromkeys(left)))} was left in {language_name(self._facts.source)}: translate it."
                yield Deviation(segment, Finding(self.name, "warning", message, source=left[0], target=left[0]))

    def _is_slip(self, word: str) -> bool:
        """Whether the word was left here and is translated elsewhere, or stands here only."""
        kept = self._kept[word]
        return word not in self._settled and (kept == 1 or kept * OFTEN <= self._there[word])

    @property
    def _pattern(self) -> re.Pattern[str]:
        """What a word is. Where no space parts words, those of the source are the ones in its letters."""
        return self._letters or (_LATIN if languages.code(self._facts.target) in languages.UNSPACED else _WORD)

    def _words(self, text: str) -> tuple[str, ...]:
        return tuple(self._pattern.findall(text))

    def _is_strange(self, word: str) -> bool:
        """Whether the word belongs to the source language alone, and the glossary does not want it."""
        if self._letters is not None:
            return word not in self._terms
        return word not in self._terms and "-" not in word and languages.belongs_to_one(word, self._facts.source, self._facts.target)

    def _stretches(self, passage: Passage, shared: set[str], ours: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each run of at most ``MOST`` words of the source that has strange ones in it and stands in running text: its text and those words."""
        own = _running(passage.segment.source)
        target = _running(passage.draft.target)
        plain = shared.intersection(self._words(own)) if self._letters is None else {word for word in shared if word in own}
        found = list(self._pattern.finditer(target)) if plain else []
        copied = [match.group().casefold() in ours and match.group().casefold() not in self._frequent for match in found]
        # Names, and what is as good as all of the text, are no words inside a sentence.
        letters = sum(len(match.group()) for match, true in zip(found, copied, strict=True) if true)
        for start, end in _runs(copied) if letters * 2 <= sum(map(str.isalpha, target)) else ():
            run = [match.group() for match in found[start:end]]
            text = target[found[start].start() : found[end - 1].end()]
            words = tuple(word for word in run if word in plain)
            if words and len(run) <= MOST and (text == " ".join(run) or len(run) == 1) and self._is_free(target, found[start].start(), found[end - 1].end()):
                yield text, words

    def _is_free(self, text: str, start: int, end: int) -> bool:
        """Whether what stands there is a part of the sentence: not of a path or an address, and not explained beside it."""
        if self._letters is not None or languages.code(self._facts.target) in languages.UNSPACED:
            return not (_EXPLAINED.match(text[end:]) or _NAMED.search(text[:start]))
        before, after = text[:start], text[end:]
        return bool(_BEFORE.search(before) and _AFTER.match(after)) and not (_EXPLAINED.match(after) or _NAMED.search(before))


def _runs(copied: list[bool]) -> Iterator[tuple[int, int]]:
    """The beginning and the end of each run of true values."""
    start = -1
    for place, true in enumerate([*copied, False]):
        if true and start < 0:
            start = place
        elif not true and start >= 0:
            yield start, place
            start = -1


def _scripts(facts: Facts) -> tuple[str, str]:
    """The scripts of the two languages; "" where nobody knows one."""
    ours, theirs = (languages.find(tag).script if languages.exists(tag) else "" for tag in (facts.source, facts.target))
    return ours, theirs


def _letters(facts: Facts, scripts: tuple[str, str]) -> re.Pattern[str] | None:
    """What is written in the letters of a source whose words no space parts; None for others."""
    if languages.code(facts.source) not in languages.UNSPACED or not all(scripts):
        return None
    letters = [pattern.pattern for pattern in languages.letters(scripts[0])]
    return re.compile(f"(?:{'|'.join(letters)})+") if letters else None


def _comparable(facts: Facts, scripts: tuple[str, str]) -> bool:
    """Whether a word can be told to be of the source: it has a dictionary, and the target has one or another script; and they are no near relatives."""
    if not all(scripts) or languages.related(facts.source, facts.target) or languages.code(facts.source) == languages.code(facts.target):
        return False
    if languages.code(facts.source) in languages.UNSPACED:
        return scripts[0] != scripts[1] and languages.code(facts.target) not in languages.UNSPACED
    return languages.has_lemmas(facts.source) and (languages.has_lemmas(facts.target) or scripts[0] != scripts[1])


def _running(runs: Runs) -> str:
    """The running text: ``ATOM`` where an atom or an element that sets words apart stands, and an empty bracket where a quotation or a bracket does."""
    out: list[str] = []
    inside = 0
    for run in runs:
        if isinstance(run, Marker):
            plain = run.name in _PLAIN
            inside += 0 if plain else {"open": 1, "close": -1}.get(run.kind, 0)
            out.append("" if plain and run.kind != "atom" else ATOM)
        elif inside <= 0:
            out.append(run)
    return _APART.sub("()", without_addresses("".join(out)))
