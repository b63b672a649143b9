"""What the words of a work are like: how often each stands after an article, after a pronoun, with a small letter."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache

from translate import languages
from translate.languages import grammar
from translate.prescan.reading import BREAK, Passage, Word

HISSING = ("xes", "ches", "shes", "sses")
"""English plurals (and forms of verbs) that have an "e" of their own: "fixes" is no form of "fixe"."""

ALONE, SELDOM = 0.35, 0.04
"""Of a noun's places behind an article or preposition it is the last word in so many, and in so many of all its places: adjectives are so in fewer of the first, verbs in fewer of the second."""

FORM = 0.6
"""A form of a verb that is used more like a noun than this is one: "the cut"."""

EMPTY: frozenset[str] = frozenset()


@dataclass(slots=True)
class Habits:
    """Counts of one lemma: how often it stands in running text, after an article or adjective, after a word that verbs follow, before "of"; in small letters; with a capital inside a sentence; beside a title or a verb of saying.

    ``led`` counts the places behind an article or preposition, ``alone`` those of them where no further word of weight follows: "the orphan", not "the inactive maintainer".
    """

    total: int = 0
    noun: float = 0.0
    verb: float = 0.0
    led: int = 0
    alone: int = 0
    small: int = 0
    capital: int = 0
    person: int = 0
    forms: Counter[str] = field(default_factory=Counter)


class Lexicon:
    """The words of a work of ``language`` (a tag), by lemma. ``stop`` are words that no term begins or ends with, ``trifles`` and ``counts`` (number words) those that are none by themselves."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.code = languages.code(language)
        self.stop = grammar.stop_words(language) | (languages.FUNCTION_WORDS["en"] if self.code != "en" else EMPTY)  # passages that stayed in English
        self.trifles = grammar.TRIFLES.get(self.code, EMPTY)
        self.counts = frozenset(languages.NUMBER_WORDS.get(self.code, ()))
        self.links = grammar.LINKS.get(self.code, EMPTY)
        self.nouns_in_capitals = self.code in languages.NOUNS_IN_CAPITALS
        self.titles = frozenset(grammar.TITLES.get(self.code, {}))
        self._determiners = grammar.DETERMINERS.get(self.code, EMPTY)
        self._leading = self._determiners | self.links | grammar.PLACES.get(self.code, EMPTY)
        self._saying = grammar.SAYING.get(self.code, EMPTY)
        self._verbs = grammar.VERB_SIGNS.get(self.code, EMPTY)
        self.habits: dict[str, Habits] = defaultdict(Habits)

    def read(self, passage: Passage) -> None:
        """Count the words of a passage of running text."""
        for sentence in passage.sentences:
            words = sentence.words
            for place, word in enumerate(words):
                if word.is_word:
                    self._count(word, words[place - 1].small if place else BREAK, words[place + 1].small if place + 1 < len(words) else BREAK)

    def _count(self, word: Word, before: str, after: str) -> None:
        habits = self.habits[self.lemma(word.text)]
        habits.total += 1
        habits.forms[word.text] += 1
        if not word.first:
            habits.small += word.text[0].islower()
            habits.capital += word.text[0].isupper()
        habits.person += word.text[0].isupper() and (before in self.titles or before in self._saying or after in self._saying)
        if before in self._leading and not (self.nouns_in_capitals and word.text[0].islower()):
            habits.led += 1
            habits.alone += after in self.stop or not after[0].isalpha()
        if before in self._determiners:
            habits.noun += 1
        elif before in self._verbs:
            habits.verb += 1
        if after in self.links:
            habits.noun += 0.5
        elif after in self._determiners:
            habits.verb += 0.7

    def lemma(self, word: str) -> str:
        """The word as it is counted: its lemma in small letters."""
        return _lemma(word, self.language)

    def noun(self, lemma: str) -> float:
        """How much like a noun the word is used, from 0 to 1; a half where nothing shows it."""
        habits = self.habits.get(lemma)
        if habits is None:
            return 0.5
        if self.nouns_in_capitals:
            return (habits.capital + 0.5) / (habits.capital + habits.small + 1)
        return (habits.noun + 0.5) / (habits.noun + habits.verb + 1)

    def alone(self, lemma: str) -> float:
        """How much of a noun by itself the word is, from 0 (it stands before another, or is a verb) to 1."""
        habits = self.habits.get(lemma)
        return 1.0 if habits is None else min(1.0, (habits.alone + 0.5) / (habits.led + 1) / ALONE, (habits.alone + 0.5) / (habits.total + 1) / SELDOM)

    def stands_alone(self, lemma: str) -> bool:
        """Whether the word was seen as a noun by itself, more often than once: "the tag", whatever else it is."""
        habits = self.habits.get(lemma)
        return habits is not None and habits.alone >= 2

    def usual(self, lemma: str) -> str:
        """The form in which the word stands most often."""
        habits = self.habits.get(lemma)
        return habits.forms.most_common(1)[0][0] if habits and habits.forms else lemma

    def always_capital(self, lemma: str) -> bool:
        """Whether the word never stands with a small letter, and has its capital inside sentences: a name, where nouns have none."""
        habits = self.habits.get(lemma)
        return habits is not None and not self.nouns_in_capitals and habits.small == 0 and habits.capital > 0

    def is_form(self, lemma: str) -> bool:
        """Whether the word is a form of a verb or an adjective, and hardly used like a noun: "fought", "filed", "older"; a plural is none."""
        endings = grammar.INFLECTED.get(self.code)
        return endings is not None and not lemma.endswith(endings) and languages.lemma(lemma, self.language) != lemma and (self.noun(lemma) <= FORM or not self.stands_alone(lemma))

    def unknown(self, lemma: str) -> bool:
        """Whether no dictionary has the word: jargon, or a name."""
        return not (languages.is_known(lemma, self.language) or languages.is_known(self.usual(lemma), self.language))


@cache
def _lemma(word: str, language: str) -> str:
    """In English only plurals are taken back: "testing" is no form of "test" there, but a word of its own; so is "sponsoring"."""
    small = word.casefold().removesuffix("'s").removesuffix("'")
    if languages.code(language) == "en":
        if word.endswith("s") and word[-2:-1].isupper():
            return small[:-1]
        if not small.endswith("s") or small.endswith("ss") or word.isupper():
            return small
        return small[:-2] if small.endswith(HISSING) and languages.is_known(small[:-2], language) else languages.lemma(small, language)
    return languages.lemma(word, language) if word.islower() or word.istitle() else small
