"""Terms found in a source text, and looked for in a translation.

A term is a soft constraint: it may be inflected and compounded as the grammar asks.
So it is found by its letters or by its lemmas: on human references that gave 0.2 to 0.4 % false alarms where whole words gave 16 to 42 % (WMT25 terminology data, German, Spanish, Russian).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from translate import languages
from translate.document import Term
from translate.glossary import forms

SHORT = 4
"""A term with fewer characters is looked for as a whole word only."""

_TOKEN = re.compile(r"[^\W_]+")


# --- finding terms in a source -------------------------------------------------------------------------------------


class Matcher:
    """Finds the terms that occur in a text of ``language``; built once for a run.

    The longest term wins where several begin at one word: in "rate of surplus value" there is no "surplus value".
    Words count as a term's where their letters or their lemmas agree; in languages that write compounds as one word, also where a term begins or ends a longer word.
    Where every noun has a capital, a word in small letters is none: "waren" is no "Ware".
    A term in capitals of up to three letters ("US") must agree in its capitals; an acronym is also found with an ending that the language writes onto it ("NGOs").
    """

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        self._language = language
        self._compounds = languages.code(language) in languages.COMPOUNDING
        self._nouns = languages.code(language) in languages.NOUNS_IN_CAPITALS
        self._first: dict[str, list[_Row]] = {}
        self._parts: dict[str, list[tuple[str, Term]]] = {}
        self._loose: list[Term] = []
        self._begins: dict[str, bool] = {}
        for rank, term in enumerate(terms):
            self._add(term, rank)
        for candidates in self._first.values():
            candidates.sort(key=_order)

    def _add(self, term: Term, rank: int) -> None:
        words = tuple(_TOKEN.findall(_clean(term.source)))
        if not words or languages.code(self._language) in languages.UNSPACED:
            self._loose.append(term)
            return
        folded = tuple(word.casefold() for word in words)
        lemmas = folded if term.case or _acronym(term.source) else tuple(languages.lemma(word, self._language) for word in words)
        acronyms = tuple(languages.acronym(word, self._language) for word in words)
        for key in {folded[0], lemmas[0], acronyms[0]} - {""}:
            self._first.setdefault(key, []).append((folded, lemmas, acronyms, term, rank))
        if self._compounds and len(words) == 1 and len(folded[0]) >= SHORT and not term.case:
            for key in {folded[0][:SHORT], folded[0][-SHORT:]}:
                self._parts.setdefault(key, []).append((folded[0], term))

    def occurring(self, text: str) -> tuple[Term, ...]:
        """The terms that occur in ``text``, each once, in the order in which they first occur."""
        if not (self._first or self._loose):
            return ()
        found: dict[Term, None] = {}
        there, first, place = _read(text, self._language), self._first, 0
        while place < len(there.tokens):
            begins = there.folded[place] in first or there.lemmas[place] in first or there.acronyms[place] in first  # most words begin no term
            term, width = self._at(place, there) if begins else (None, 1)
            if term is not None:
                found[term] = None
            elif self._compounds:
                found.update(dict.fromkeys(self._inside(there.tokens[place][0])))
            place += width
        lowered = there.text.casefold()
        found.update(dict.fromkeys(term for term in self._loose if (term.source in there.text if term.case else term.source.casefold() in lowered)))
        return tuple(found)

    def possible(self, text: str) -> bool:
        """Whether a term may occur in ``text``: False only where none does. Many times faster than ``occurring``, to choose the few texts of many that are worth a look."""
        if self._loose:
            return True
        begins = self._begins
        for word in _TOKEN.findall(_clean_once(text)):
            known = begins.get(word)
            if known or (known is None and self._may_begin(word)):
                return True
        return False

    def _may_begin(self, word: str) -> bool:
        """Whether a term may begin with the word, or be a part of it; remembered."""
        keys = (word.casefold(), languages.lemma(word, self._language), languages.acronym(word, self._language))
        found = self._begins[word] = any(key in self._first for key in keys) or bool(self._compounds and self._inside(word))
        return found

    def _at(self, place: int, there: _Words) -> tuple[Term | None, int]:
        """The longest term that begins at the word ``place``, and how many words it takes (1 where there is none).

        Of several as long, one that was not only settled by use; of these, one whose letters stand there; of these, the first that was given.
        """
        keys = {there.folded[place], there.lemmas[place], there.acronyms[place]}
        rows = [self._first[key] for key in keys if key in self._first]
        candidates = rows[0] if len(rows) == 1 else sorted((row for some in rows for row in some), key=_order)
        found: Term | None = None
        taken = 1
        for letters, roots, acronyms, term, _ in candidates:
            width = len(letters)
            if found is not None and (width < taken or term.soft > found.soft):
                break
            if width > 1 and (place + 1 >= len(there.tokens) or not there.holds(place + 1, letters[1], roots[1], acronyms[1])):
                continue  # said first, since hundreds of a wiki's names begin with one word
            wanted = zip(letters, roots, acronyms, strict=True)
            same = place + width <= len(there.tokens) and all(there.holds(place + i, *word) for i, word in enumerate(wanted))
            small = self._nouns and width == 1 and term.source[:1].isupper() and there.tokens[place][0][:1].islower()
            if same and not small and _agrees(term, there.tokens[place : place + width], there.acronyms[place : place + width], acronyms, there.text):
                if there.folded[place : place + width] == letters:
                    return term, width
                found, taken = found or term, width
        return found, taken

    def _inside(self, token: str) -> tuple[Term, ...]:
        """The longest term that begins, and the longest that ends, the compound ``token``; what is left must be a word as well: no "Ware" in "Software"."""
        word, tag = token.casefold(), languages.code(self._language)
        stems = {word.removesuffix(ending) for ending in languages.JOINERS}
        begins = [row for row in self._parts.get(word[:SHORT], ()) if word.startswith(row[0])]
        ends = [row for stem in stems for row in self._parts.get(stem[-SHORT:], ()) if stem.endswith(row[0])]
        parts = ([row for row in rows if forms.is_part(token, row[1].source, tag)] for rows in (begins, ends))
        best = [max(rows, key=lambda row: len(row[0]))[1] for rows in parts if rows]
        return tuple(dict.fromkeys(best))


_Row = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], Term, int]
"""A term's words in small letters, as lemmas and as acronyms; the term; and a number that grows with every term."""


def _order(row: _Row) -> tuple[int, bool, int]:
    """Longer terms first, then those that were not only settled by use, then those that were given first: the same in every run."""
    return -len(row[0]), row[3].soft, row[4]


@dataclass(frozen=True, slots=True)
class _Words:
    """A text as it is searched: its words with their places; those in small letters, as lemmas, and as acronyms ("" where they are none)."""

    text: str
    tokens: tuple[tuple[str, int], ...]
    folded: tuple[str, ...]
    lemmas: tuple[str, ...]
    acronyms: tuple[str, ...]

    def holds(self, place: int, letters: str, root: str, acronym: str) -> bool:
        """Whether the word at ``place`` is a term's word, of which these are the letters, the lemma and the acronym."""
        return self.folded[place] == letters or self.lemmas[place] == root or (acronym != "" and self.acronyms[place] == acronym)


@lru_cache(64)
def _read(text: str, language: str) -> _Words:
    """The text as it is searched. Several matchers read one text after the other."""
    text = _clean(text)
    return _of_tokens(text, tuple((match.group(), match.start()) for match in _TOKEN.finditer(text)), language)


def _of_tokens(text: str, tokens: tuple[tuple[str, int], ...], language: str) -> _Words:
    lemmas = tuple(languages.lemma(token, language) for token, _ in tokens)
    acronyms = tuple(languages.acronym(token, language) for token, _ in tokens)
    return _Words(text, tokens, tuple(token.casefold() for token, _ in tokens), lemmas, acronyms)


def _agrees(term: Term, tokens: Sequence[tuple[str, int]], there: Sequence[str], acronyms: Sequence[str], text: str) -> bool:
    """Whether the words found are the term's, where capitals count or where signs belong to it ("C++"); ``there`` and ``acronyms`` are the acronyms among the words of both."""
    start = tokens[0][1]
    if re.search(r"[^\w\s'’.,()\-–/]", term.source):
        return text[start : start + len(term.source)].casefold() == term.source.casefold()
    if term.case or _acronym(term.source):
        wanted = _TOKEN.findall(term.source)
        return text[start : start + len(term.source)] == term.source or all(
            token == word or (acronym != "" and found == acronym) for (token, _), word, found, acronym in zip(tokens, wanted, there, acronyms, strict=True)
        )
    return True


def _acronym(source: str) -> bool:
    return len(source) < SHORT and source.isupper()


# --- looking for terms in a translation ----------------------------------------------------------------------------


def accepted(term: Term, text: str, language: str) -> str | None:
    """The form of the term that ``text`` (a translation into ``language``) holds, or None.

    Any inflected form of an accepted rendering counts, in compounding languages also inside a longer word; capitals count only where the term says so.
    """
    text = _clean(text)
    kept = term.source if term.keep else None
    return next((form for form in term.forms if holds(text, form, language, case=term.case, keep=form == kept)), None)


def forbidden(term: Term, text: str, language: str) -> str | None:
    """The forbidden form of the term that ``text`` holds as words of its own, or None.

    A form that is part of an accepted rendering found there ("Mehrwert" in "Mehrwertrate") does not count.
    """
    text = _clean(text)
    for form in term.forbidden:
        around = [good for good in term.forms if _clean(form).casefold() in _clean(good).casefold()]
        bare = text
        for good in around:
            bare = re.sub(re.escape(_clean(good)), "\x00", bare, flags=re.IGNORECASE)
        if _whole(form, bare.casefold()) or (not around and _inflected(form, bare, language)):
            return form
    return None


def holds(text: str, form: str, language: str, *, case: bool = False, keep: bool = False) -> bool:
    """Whether ``text`` holds ``form`` in any inflection, as ``accepted`` promises; with ``keep`` only letter for letter, with an ending where the language adds one to names."""
    form, words, signs = _wanted(form)
    tag = languages.code(language)
    if case or not words:
        return form in text
    if tag in languages.UNSPACED or tag in languages.ATTACHED or signs:
        return form.casefold() in text.casefold() or (not signs and _follow(words, _words(text), tag))
    if keep:
        endings = r"\w{0,12}" if tag in languages.COMPOUNDING or tag in languages.SUFFIXING else r"s?"
        return re.search(rf"(?<!\w){re.escape(form)}{endings}(?!\w)", text, re.IGNORECASE) is not None
    return _follow(words, _words(text), tag) or _apart(form, text, language)


@lru_cache(2048)
def _wanted(form: str) -> tuple[str, tuple[str, ...], bool]:
    """A rendering as it is looked for: cleaned, its words, and whether signs belong to it."""
    form = _clean(form)
    return form, tuple(_TOKEN.findall(form)), _has_signs(form)


@lru_cache(64)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(text))


def _has_signs(form: str) -> bool:
    """Whether signs belong to the words ("C++", ".NET")."""
    return re.search(r"[^\w\s'’.,()\-–/]", form) is not None


def _follow(wanted: Sequence[str], there: Sequence[str], tag: str) -> bool:
    """Whether forms of the words ``wanted`` follow each other; in compounding languages each may be part of a longer word."""
    width = len(wanted)
    alone = width == 1
    parts = tag in languages.COMPOUNDING
    if alone:
        return wanted[0] in there or any(_agree(word, wanted[0], tag, True, parts) for word in there)  # mostly letter for letter
    return any(all(_agree(there[i + k], wanted[k], tag, alone, parts) for k in range(width)) for i in range(len(there) - width + 1))


@lru_cache(1 << 16)
def _agree(word: str, wanted: str, tag: str, alone: bool, parts: bool) -> bool:
    if alone and forms.stands_small(word, wanted, tag):
        return False
    return forms.is_form(word, wanted, tag) or (parts and forms.is_part(word, wanted, tag))


@lru_cache(256)
def _clean(text: str) -> str:
    """Composed letters, no soft hyphens, plain spaces."""
    return _clean_once(text)


def _clean_once(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).replace("\u00ad", ""))


def _whole(form: str, text: str) -> bool:
    """Whether ``form`` stands in ``text`` as a whole word; ``text`` is in small letters."""
    return re.search(rf"(?<!\w){re.escape(_clean(form).casefold())}(?!\w)", text) is not None


def _inflected(form: str, text: str, language: str) -> bool:
    """Whether inflected forms of the words of ``form`` follow each other in ``text``, none of them inside a longer word."""
    wanted, there, tag = _TOKEN.findall(form), _TOKEN.findall(text), languages.code(language)
    width = len(wanted)
    return width > 0 and any(all(forms.is_form(there[i + k], wanted[k], tag) for k in range(width)) for i in range(len(there) - width + 1))


def _apart(form: str, text: str, language: str) -> bool:
    """Whether a separable verb stands in two parts: "stellt … her" for herstellen."""
    folded = form.casefold()
    parts = [part for part in languages.SEPARABLE.get(languages.code(language), ()) if folded.startswith(part) and len(folded) > len(part) + 3]
    if not parts or " " in form:
        return False
    tokens = [token.casefold() for token in _TOKEN.findall(text)]
    roots = [languages.lemma(token, language) for token in tokens]
    for part in parts:
        verb = languages.lemma(folded[len(part) :], language)
        places = [i for i, root in enumerate(roots) if root == verb]
        if places and part in tokens[places[0] + 1 :]:
            return True
    return False


def places(term: Term, text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Where the words of a term stand in a source ``text`` of ``language``, by their letters or their lemmas: spans of characters. For showing; ``Matcher`` decides what occurs."""
    words = _TOKEN.findall(term.source)
    if not words or languages.code(language) in languages.UNSPACED:
        return tuple((match.start(), match.end()) for match in re.finditer(re.escape(term.source), text))
    letters = [word.casefold() for word in words]
    roots = letters if term.case or _acronym(term.source) else [languages.lemma(word, language) for word in words]
    wanted = list(zip(letters, roots, [languages.acronym(word, language) for word in words], strict=True))
    tokens = list(_TOKEN.finditer(text))
    there = _of_tokens(text, tuple((match.group(), match.start()) for match in tokens), language)
    starts = (start for start in range(len(tokens) - len(wanted) + 1) if all(there.holds(start + i, *word) for i, word in enumerate(wanted)))
    return tuple((tokens[start].start(), tokens[start + len(wanted) - 1].end()) for start in starts)
