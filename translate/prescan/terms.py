"""Terms by statistics: sequences of words that begin and end with words of weight, ranked by C-value.

C-value (Frantzi, Ananiadou, Mima 2000): log2 of the length times the frequency, less the average frequency of the longer candidates that it is nested in;
with one added to the length, so that single words have a value (Barron-Cedeno and others 2009). A table of common words and how nouns are used take the place of a tagger.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import log2

from translate.languages.grammar import CLIPPED, HEAD_FIRST, LEADS, PARTICIPLES
from translate.prescan.reading import Passage, Word
from translate.prescan.words import Lexicon

LONGEST = 4
"""A term has no more words than this."""

Key = tuple[str, ...]
"""The lemmas of a candidate."""

ENDING, BEGINNING, LOW = 3, 0.3, 0.5
"""Of the terms that a single word ends or begins (three or more that it ends) it begins such a share, or its score falls as low as this."""

DOING = 0.4
"""What the score of "reporting bugs" is multiplied by."""

LEAST_NOUN = 0.4
"""A head that is used less like a noun than this makes no term."""


@dataclass(slots=True)
class Found:
    """A sequence as it was found: its forms, how often it stands in running text, in headings and set apart, and the first passages."""

    forms: Counter[str] = field(default_factory=Counter)
    count: int = 0
    headings: int = 0
    apart: int = 0
    index: int = 0
    places: list[str] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)

    def note(self, form: str, passage: Passage) -> None:
        """Note the sequence in ``form``, as it stands in the passage."""
        self.forms[form] += 1
        if not passage.running:
            self.headings += 1
            return
        self.count += 1
        self.documents.add(passage.document)
        if len(self.places) < 3 and passage.segment not in self.places:
            self.places.append(passage.segment)


class Terms:
    """Collects sequences passage by passage; the lexicon must have read them all before ``ranked``.

    Most sequences of a work stand there once: of those as little is kept as can be.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._leads = LEADS.get(lexicon.code, frozenset())
        self.found: dict[Key, Found] = {}
        self._once: dict[Key, tuple[str, Passage]] = {}

    def read(self, passage: Passage) -> None:
        """Note the sequences of a passage."""
        for sentence in passage.sentences:
            for words in self._sequences(sentence.words):
                key, form = tuple(self._lexicon.lemma(word.text) for word in words), " ".join(word.text for word in words)
                if key in self.found or key in self._once:
                    self._found(key).note(form, passage)
                else:
                    self._once[key] = form, passage
        for text in passage.apart:
            self._note(text, "apart")
        if passage.index:
            self._note(passage.index, "index")

    def _note(self, text: str, where: str) -> None:
        words = text.replace("’", "'").split()
        if len(words) <= LONGEST:
            found = self._found(tuple(self._lexicon.lemma(word.strip(",.;:()")) for word in words))
            found.apart += where == "apart"
            found.index += where == "index"

    def _found(self, key: Key) -> Found:
        """What is known of the sequence, to be added to."""
        found = self.found.get(key)
        if found is None:
            found = self.found[key] = Found()
            if key in self._once:
                found.note(*self._once.pop(key))
        return found

    def _sequences(self, words: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
        weighty = [self._weighty(word) for word in words]
        for start in range(len(words)):
            if not weighty[start]:
                continue
            for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
                last = words[end - 1]
                if not last.is_word or (end - start > 1 and last.first):
                    break
                if weighty[end - 1]:
                    yield words[start:end]
                elif last.small not in self._lexicon.links:
                    break

    def _weighty(self, word: Word) -> bool:
        """Whether a term may begin or end with the word."""
        return word.is_word and len(word.text) > 1 and word.small not in self._lexicon.stop

    def ranked(self, *, least: int) -> list[tuple[float, Key, Found]]:
        """The candidates that occur ``least`` times (two at least: of others too little is kept), or are in the index, with their score, best first."""
        self._fold()
        kept = {key: found for key, found in self.found.items() if (found.count + found.headings >= least or found.index) and self._sound(key)}
        longer: dict[Key, list[int]] = defaultdict(list)
        grown: Counter[tuple[Key, bool]] = Counter()
        for key, found in kept.items():
            for size in range(1, len(key)):
                for start in range(len(key) - size + 1):
                    longer[key[start : start + size]].append(found.count + found.headings)
            if len(key) > 2:
                for side in (key[1:], key[:-1]):
                    grown[side, side == key[1:]] += found.count + found.headings
        roles = _roles(kept)
        rows = [(self._score(key, found, longer.get(key, [])) * roles.get(key, 1.0), key, found) for key, found in kept.items() if not _fragment(found, [*longer.get(key, []), grown[key, True], grown[key, False]])]
        return sorted((row for row in rows if row[0] > 0), key=lambda row: (-row[0], row[1]))

    def _fold(self) -> None:
        """Count a plural that no dictionary has with its singular: "tarballs"."""
        for key in [key for key in (*self.found, *self._once) if key[-1].endswith("s") and not key[-1].endswith("ss")]:
            singular = (*key[:-1], key[-1][:-1])
            if singular in self.found or singular in self._once:
                one, other = self._found(singular), self._found(key)
                del self.found[key]
                one.forms.update(other.forms)
                one.count, one.headings, one.apart, one.index = one.count + other.count, one.headings + other.headings, one.apart + other.apart, one.index + other.index
                one.places = list(dict.fromkeys((*one.places, *other.places)))[:3]
                one.documents |= other.documents

    def _sound(self, key: Key) -> bool:
        """Whether the words can be a term: used like a noun at the head, no verb at the beginning, no trifle alone."""
        lexicon = self._lexicon
        content = [word for word in key if word not in lexicon.links]
        if any(len(word) < 2 or word.endswith(CLIPPED) for word in content) or len(set(content)) < len(content) or key[0] in lexicon.stop or key[-1] in lexicon.stop:
            return False
        head = self._head(key)
        if len(key) == 1:
            return head not in lexicon.counts and not self._trifle(head) and not self._done(head) and not lexicon.is_form(head) and (lexicon.noun(head) >= LEAST_NOUN or lexicon.stands_alone(head))
        if key[0] in self._leads or (lexicon.is_form(key[-1]) and lexicon.code not in HEAD_FIRST):
            return False  # "given package", "bug filed"
        other = key[-1] if head == key[0] else key[0]
        return lexicon.noun(head) >= LEAST_NOUN / 2 and lexicon.noun(other) >= LEAST_NOUN / 2 and not (self._trifle(head) and self._trifle(other))

    def _head(self, key: Key) -> str:
        """The noun that the term is a kind of: the first word in Romance languages and before "of", else the last."""
        lexicon = self._lexicon
        link = next((place for place, word in enumerate(key) if word in lexicon.links), 0)
        return key[0] if lexicon.code in HEAD_FIRST else key[link - 1]

    def _done(self, lemma: str) -> bool:
        return lemma.endswith(PARTICIPLES.get(self._lexicon.code, ("\0",)))

    def _trifle(self, lemma: str) -> bool:
        return lemma in self._lexicon.trifles or self._lexicon.usual(lemma).casefold() in self._lexicon.trifles

    def _score(self, key: Key, found: Found, longer: list[int]) -> float:
        """C-value of the square root of the frequency, so that what occurs a thousand times does not hide the rest, weighed by what shows a term."""
        count = found.count + 0.5 * found.headings
        nested = sum(longer) / len(longer) if longer else 0.0
        size = sum(word not in self._lexicon.links for word in key)
        value = log2(size + 1) ** 1.3 * max(0.25 * count, count - nested - 1) ** 0.5
        lexicon = self._lexicon
        weight = 0.4 + lexicon.noun(self._head(key))
        if len(key) == 1:
            weight *= 0.4 + 0.6 * self._lexicon.alone(key[0])
        trifling = 0.55 if len(key) > 1 and (self._trifle(key[0]) or self._trifle(key[-1]) or self._done(key[0]) or lexicon.is_form(key[0])) else 1.0
        trifling *= DOING if self._doing(key, found) else 1.0
        jargon = (2.2 if len(key) == 1 else 1.5) if any(self._lexicon.unknown(word) for word in key if word not in self._lexicon.links) else 1.0
        marked = 1 + 0.25 * bool(found.headings) + 0.5 * bool(found.apart)
        return float(value) * weight * trifling * jargon * marked * (0.5 if self._heading(key, found) else 1.0) + 8 * bool(found.index)

    def _doing(self, key: Key, found: Found) -> bool:
        """Whether the words say what is done to several things, and name nothing: "reporting bugs", never "a reporting bug"."""
        return self._lexicon.code == "en" and len(key) > 1 and key[0].endswith("ing") and all(form.casefold().split()[-1] != key[-1] for form in found.forms)

    def _heading(self, key: Key, found: Found) -> bool:
        """Whether the words stand almost only as a heading, or a reference to one, begins: with a capital that the first word does not have else."""
        if len(key) < 2 or self._lexicon.nouns_in_capitals:
            return False
        capitals = sum(number for form, number in found.forms.items() if form[0].isupper())
        habits = self._lexicon.habits.get(key[0])
        return capitals * 5 >= 4 * sum(found.forms.values()) and habits is not None and habits.small > habits.capital


def _roles(keys: Iterable[Key]) -> dict[Key, float]:
    """What the score of a single word is multiplied by: less where it ends many terms and begins hardly any, as nouns do that need another to say anything ("system", "tool")."""
    begins = Counter(key[0] for key in keys if len(key) > 1)
    ends = Counter(key[-1] for key in keys if len(key) > 1)
    return {(word,): LOW + (1 - LOW) * min(1.0, begins[word] / (begins[word] + many + 1) / BEGINNING) for word, many in ends.items() if many >= ENDING}


def _fragment(found: Found, longer: list[int]) -> bool:
    """Whether the words stand nearly always inside one longer candidate ("bug tracking" of "bug tracking system"), or always behind, or before, another word that makes one with them: ``longer`` has the counts."""
    count = found.count + found.headings
    return any(longer) and not found.index and count - max(longer) < max(1, 0.15 * count)
