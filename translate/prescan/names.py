"""Proper names: words that keep their capital inside sentences, joined to sequences; what they name, and whether a person is a woman or a man."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from translate import languages
from translate.document import Sort
from translate.languages import grammar
from translate.prescan.reading import Passage, Sentence, Word
from translate.prescan.words import EMPTY, Lexicon

PARTICLES = frozenset(["de", "du", "des", "del", "della", "di", "da", "van", "von", "der", "den", "zu", "la", "le", "el", "al", "bin", "ibn", "of", "&"])
"""Those that join the parts of one name (so not "and")."""

LONGEST = 6


@dataclass(slots=True)
class Name:
    """A name as it was found: its forms, counts, places, and what was seen around it; ``several`` where it stands for more than one ("the Pells")."""

    text: str
    count: int = 0
    places: list[str] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    titles: Counter[str] = field(default_factory=Counter)
    said: int = 0
    place: int = 0
    article: int = 0
    he: int = 0
    she: int = 0
    apart: int = 0
    several: bool = False


class Names:
    """Collects names passage by passage; the lexicon must have read the work before."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        code = lexicon.code
        self._titles = grammar.TITLES.get(code, {})
        self._saying = grammar.SAYING.get(code, EMPTY)
        self._places = grammar.PLACES.get(code, EMPTY)
        self._articles = grammar.ARTICLES.get(code, EMPTY)
        self._gendered = grammar.GENDERED.get(code, (EMPTY, EMPTY))
        self.found: dict[str, Name] = {}

    def read(self, passage: Passage) -> None:
        """Note the names of a passage. Headings and other short texts, whose capitals say nothing, are left out."""
        for title in passage.titles:
            name = self._name(title)
            name.apart += 1
            self._place(name, passage)
        if not passage.running:
            return
        last: Name | None = None
        for sentence in passage.sentences:
            if not _shouted(sentence, self._titles):
                last = self._sentence(sentence, passage, last)

    def _sentence(self, sentence: Sentence, passage: Passage, last: Name | None) -> Name | None:
        """Note the names of one sentence. Pronouns count for the only name there is, else for the only one of the sentence before; gives that back."""
        there: dict[str, Name] = {}
        for start, end in self._spans(sentence.words):
            name = self._name(" ".join(word.text for word in sentence.words[start:end]).removesuffix("'s").removesuffix("'"))
            self._place(name, passage)
            self._around(name, sentence.words, start, end)
            there[name.text] = name
        meant = next(iter(there.values())) if len(there) == 1 else last if not there else None
        if meant is not None:
            words = [word.small for word in sentence.words]
            meant.he += any(word in self._gendered[0] for word in words)
            meant.she += any(word in self._gendered[1] for word in words)
        return meant

    def _name(self, text: str) -> Name:
        return self.found.setdefault(text, Name(text))

    def _place(self, name: Name, passage: Passage) -> None:
        name.count += 1
        name.documents.add(passage.document)
        if len(name.places) < 3 and passage.segment not in name.places:
            name.places.append(passage.segment)

    def _around(self, name: Name, words: tuple[Word, ...], start: int, end: int) -> None:
        before = [word.small for word in words[max(0, start - 2) : start]]
        after = [word.small for word in words[end : end + 2]]
        if before and before[-1] in self._titles:
            name.titles[before[-1]] += 1
        name.said += any(word in self._saying for word in (*before[-1:], *after[:1]))
        name.place += bool(before) and before[-1] in self._places
        name.article += bool(before) and before[-1] in self._articles

    def _spans(self, words: tuple[Word, ...]) -> Iterator[tuple[int, int]]:
        """The places of names in a sentence, the longest that there are."""
        start = 0
        while start < len(words):
            end = start
            while end < len(words) and end - start < LONGEST and not (end > start and words[end - 1].text.endswith("'s")):
                if self._raised(words[end]):
                    end += 1
                elif end == start:
                    break
                elif words[end].text in PARTICLES and end + 1 < len(words) and self._capital(words[end + 1]):
                    end += 2
                else:
                    break
            if end - start > 1 or (end > start and self._capital(words[start]) and not self._common(words[start].text)):
                yield start, end
            start = max(end, start + 1)

    def _common(self, text: str) -> bool:
        """Whether a single word with a capital is a word that the work also writes small."""
        if text.casefold() in self._lexicon.trifles:
            return True
        habits = self._lexicon.habits.get(self._lexicon.lemma(text))
        return habits is not None and habits.small > 0 and (text.endswith("ing") or habits.capital < 3 * habits.small) and languages.is_known(text.casefold(), self._lexicon.language)

    def _raised(self, word: Word) -> bool:
        """Whether the word has a capital that is not its sentence's: beside another such word that makes a name, whatever the words are ("New Members Corner")."""
        if self._lexicon.nouns_in_capitals or word.first:
            return self._capital(word)
        text = word.text
        return word.is_word and text[0].isupper() and len(text) > 1 and text.casefold() not in self._titles and text.casefold() not in self._lexicon.stop

    def _capital(self, word: Word) -> bool:
        """Whether the word is a part of a name: it has a capital, and is not just the first word of its sentence, nor a word that the work also writes small."""
        text = word.text
        if not word.is_word or not text[0].isupper() or len(text) < 2 or text.casefold() in self._lexicon.stop or text.casefold() in self._titles:
            return False
        habits = self._lexicon.habits.get(self._lexicon.lemma(text))
        small = habits.small if habits else 0
        capital = habits.capital if habits else 0
        if self._lexicon.nouns_in_capitals:
            called = habits is not None and habits.person > 0 and habits.noun == 0
            return small == 0 and (called or not _made_of_words(text, self._lexicon.language))
        if word.first:
            return small == 0 and capital > 0
        return capital > 0 and capital >= small

    def merged(self) -> tuple[Name, ...]:
        """The names, a plural in -s with its singular ("Application Managers" counts for "Application Manager"), but for families: "the Pells" beside "Mr Pell"."""
        for text, name in list(self.found.items()):
            one = self.found.get(text[:-1]) if text.endswith("s") else None
            if one is not None and name.article * 2 > name.count and self.sort(one, {}) == Sort.PERSON:
                name.several = True
            elif one is not None:
                one.count += name.count
                one.places = list(dict.fromkeys((*one.places, *name.places)))[:3]
                del self.found[text]
        return tuple(self.found.values())

    def sort(self, name: Name, parts: dict[str, set[str]]) -> Sort:
        """What the name names, as far as the work shows it; ``parts`` has the longer names that each word stands in."""
        if name.several:
            return Sort.PERSON
        bodies = grammar.BODIES.get(self._lexicon.code, EMPTY)
        words = name.text.split()
        if any(word.casefold() in bodies for word in words):
            return Sort.ORGANISATION
        if name.apart and name.apart * 2 >= name.count:
            return Sort.WORK
        by_pronoun = self._lexicon.code == "en"  # elsewhere "er", "il", "él" stand for things too
        if sum(name.titles.values()) >= 1 or name.said * 3 >= name.count or (by_pronoun and max(name.he, name.she) >= 2 and name.article * 4 < name.count and name.place * 3 < name.count):
            return Sort.PERSON
        if name.place * 2 > name.count and not name.article:
            return Sort.PLACE
        if name.text.isupper() and len(words) == 1:
            return Sort.ABBREVIATION
        if self._lexicon.nouns_in_capitals and name.article * 3 > name.count:
            return Sort.CONCEPT
        return Sort.NAME

    def gender(self, name: Name) -> str:
        """The gender that titles or, where they are clear, pronouns show; "" else, and of several."""
        if name.several:
            return ""
        by_title = {gender for title in name.titles if (gender := self._titles.get(title, ""))}
        if len(by_title) == 1:
            return by_title.pop()
        he, she = name.he, name.she
        if max(he, she) >= 2 and max(he, she) >= 3 * min(he, she) and self._gendered[1]:
            return "masculine" if he > she else "feminine"
        return ""


@cache
def _made_of_words(text: str, language: str) -> bool:
    """Whether a noun is one of the language, or is put together of such ("Fehlerbericht", "Debian-Archiv" is not)."""
    if "-" in text:
        return all(_made_of_words(part, language) for part in text.split("-") if len(part) > 1)
    if languages.is_known(text, language) or languages.is_known(text.casefold(), language):
        return True
    small = text.casefold()
    for place in range(4, len(small) - 3):
        head = small[place:]
        if languages.is_known(head.capitalize(), language) or languages.is_known(head, language):
            first = small[:place]
            if any(languages.is_known(form, language) for form in (first, first.capitalize(), first.removesuffix("s"), first.removesuffix("s").capitalize(), first + "en")):
                return True
    return False


def parts(names: dict[str, Name]) -> dict[str, set[str]]:
    """Each word of a name of several words → the names it stands in."""
    out: dict[str, set[str]] = defaultdict(set)
    for text in names:
        words = text.split()
        if len(words) > 1:
            for word in words:
                out[word].add(text)
    return out


def _shouted(sentence: Sentence, titles: Mapping[str, str]) -> bool:
    """Whether most words (titles of persons apart) have capitals, as in a title: then a capital says nothing."""
    words = [word for word in sentence.words if word.is_word and word.small not in titles][1:]
    return len(words) > 2 and sum(word.text[0].isupper() for word in words) * 2 > len(words)
