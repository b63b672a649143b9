"""Terms found in a source text, and looked for in a translation.

A term is a soft constraint: it may be inflected and compounded as the grammar asks.
So it is found by its letters or by its lemmas: on human references that gave 0.2 to 0.4 % false alarms where whole words gave 16 to 42 % (WMT25 terminology data, German, Spanish, Russian).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from translate import languages
from translate.document import Term

SHORT = 4
"""A term with fewer characters is looked for as a whole word only."""

_TOKEN = re.compile(r"[^\W_]+")


# --- finding terms in a source -------------------------------------------------------------------------------------


class Matcher:
    """Finds the terms that occur in a text of ``language``; built once for a run.

    The longest term wins where several begin at one word: in "rate of surplus value" there is no "surplus value".
    Words count as a term's where their letters or their lemmas agree; in languages that write compounds as one word, also where a term begins or ends a longer word.
    A term in capitals of up to three letters ("US") must agree in its capitals.
    """

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        self._language = language
        self._compounds = languages.code(language) in languages.COMPOUNDING
        self._first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], Term]]] = {}
        self._parts: dict[str, list[tuple[str, Term]]] = {}
        self._loose: list[Term] = []
        for term in terms:
            self._add(term)
        for candidates in self._first.values():
            candidates.sort(key=lambda row: -len(row[0]))

    def _add(self, term: Term) -> None:
        words = tuple(_TOKEN.findall(_clean(term.source)))
        if not words or languages.code(self._language) in languages.UNSPACED:
            self._loose.append(term)
            return
        folded = tuple(word.casefold() for word in words)
        lemmas = folded if term.case or _acronym(term.source) else tuple(languages.lemma(word, self._language) for word in words)
        for key in {folded[0], lemmas[0]}:
            self._first.setdefault(key, []).append((folded, lemmas, term))
        if self._compounds and len(words) == 1 and len(folded[0]) >= SHORT and not term.case:
            for key in {folded[0][:SHORT], folded[0][-SHORT:]}:
                self._parts.setdefault(key, []).append((folded[0], term))

    def occurring(self, text: str) -> tuple[Term, ...]:
        """The terms that occur in ``text``, each once, in the order in which they first occur."""
        if not (self._first or self._loose):
            return ()
        text = _clean(text)
        found: dict[Term, None] = {}
        tokens = [(match.group(), match.start()) for match in _TOKEN.finditer(text)]
        folded = [token.casefold() for token, _ in tokens]
        lemmas = [languages.lemma(token, self._language) for token, _ in tokens]
        place = 0
        while place < len(tokens):
            term, width = self._at(place, tokens, folded, lemmas, text)
            if term is not None:
                found[term] = None
            elif self._compounds:
                found.update(dict.fromkeys(self._inside(folded[place])))
            place += width
        lowered = text.casefold()
        found.update(dict.fromkeys(term for term in self._loose if (term.source in text if term.case else term.source.casefold() in lowered)))
        return tuple(found)

    def _at(self, place: int, tokens: list[tuple[str, int]], folded: list[str], lemmas: list[str], text: str) -> tuple[Term | None, int]:
        """The longest term that begins at the word ``place``, and how many words it takes (1 where there is none)."""
        keys = {folded[place], lemmas[place]}
        candidates = sorted((row for key in keys for row in self._first.get(key, ())), key=lambda row: -len(row[0]))
        for letters, roots, term in candidates:
            width = len(letters)
            span = range(place, place + width)
            same = place + width <= len(tokens) and all(folded[i] == letters[i - place] or lemmas[i] == roots[i - place] for i in span)
            if same and _agrees(term, tokens[place : place + width], text):
                return term, width
        return None, 1

    def _inside(self, word: str) -> tuple[Term, ...]:
        """The longest term that begins, and the longest that ends, the compound ``word``."""
        begins = [row for row in self._parts.get(word[:SHORT], ()) if word.startswith(row[0])]
        ends = [row for row in self._parts.get(word[-SHORT:], ()) if word.endswith(row[0])]
        best = [max(rows, key=lambda row: len(row[0]))[1] for rows in (begins, ends) if rows]
        return tuple(dict.fromkeys(best))


def _agrees(term: Term, tokens: list[tuple[str, int]], text: str) -> bool:
    """Whether the words found are the term's, where capitals count or where signs belong to it ("C++")."""
    start = tokens[0][1]
    if re.search(r"[^\w\s'’.,()\-–/]", term.source):
        return text[start : start + len(term.source)].casefold() == term.source.casefold()
    if term.case or _acronym(term.source):
        written = text[start : start + len(term.source)]
        return written == term.source or [token for token, _ in tokens] == _TOKEN.findall(term.source)
    return True


def _acronym(source: str) -> bool:
    return len(source) < SHORT and source.isupper()


# --- looking for terms in a translation ----------------------------------------------------------------------------


def accepted(term: Term, text: str, language: str) -> str | None:
    """The form of the term that ``text`` (a translation into ``language``) holds, or None.

    Any inflected form of an accepted rendering counts, in compounding languages also inside a longer word; capitals count only where the term says so.
    """
    text = _clean(text)
    return next((form for form in term.forms if holds(text, form, language, case=term.case)), None)


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
        if _whole(form, bare.casefold()) or (not around and _in_lemmas(form, bare, language)):
            return form
    return None


def holds(text: str, form: str, language: str, *, case: bool = False) -> bool:
    """Whether ``text`` holds ``form`` in any inflection, as ``accepted`` promises."""
    form = _clean(form)
    if case:
        return form in text
    if len(form) < SHORT and languages.code(language) not in languages.UNSPACED:
        return _whole(form, text.casefold()) or _in_lemmas(form, text, language)
    if form.casefold() in text.casefold() or _in_lemmas(form, text, language):
        return True
    return _in_stems(form, text, language) or _apart(form, text, language)


def _clean(text: str) -> str:
    """Composed letters, no soft hyphens, plain spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).replace("\u00ad", ""))


def _whole(form: str, text: str) -> bool:
    """Whether ``form`` stands in ``text`` as a whole word; ``text`` is in small letters."""
    return re.search(rf"(?<!\w){re.escape(_clean(form).casefold())}(?!\w)", text) is not None


@lru_cache(maxsize=256)
def _lemmas(text: str, language: str) -> tuple[str, ...]:
    return tuple(languages.lemma(token, language) for token in _TOKEN.findall(text))


def _in_lemmas(form: str, text: str, language: str) -> bool:
    """Whether the lemmas of ``form`` follow each other in ``text``."""
    wanted, there = _lemmas(form, language), _lemmas(text, language)
    width = len(wanted)
    return width > 0 and any(there[i : i + width] == wanted for i in range(len(there) - width + 1))


_ENDING = re.compile(r"(?:innen|ern|ens|em|en|er|es|e|n|s)$")


@lru_cache(maxsize=1 << 14)
def _stem(word: str) -> str:
    """A word without accents and common endings: Produktivkräfte and Produktivkraft have one stem."""
    bare = "".join(char for char in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(char))
    short = _ENDING.sub("", bare)
    return short if len(short) >= SHORT else bare


def _in_stems(form: str, text: str, language: str) -> bool:
    """Whether the words of ``form`` follow each other in ``text`` by stem.

    A stem may stand at any place of a longer word where compounds are written as one, at its beginning where endings are many; elsewhere stems must agree.
    """
    tag = languages.code(language)
    wanted = [_stem(word) for word in _TOKEN.findall(form)]
    if not wanted or len(max(wanted, key=len)) < SHORT:
        return False
    there = [_stem(word) for word in _TOKEN.findall(text)]
    if tag in languages.COMPOUNDING:
        return _follow(wanted, there, lambda stem, word: stem in word if len(stem) >= SHORT else stem == word)
    if tag in languages.SUFFIXING:
        return _follow(wanted, there, _same_beginning)
    return _follow(wanted, there, str.__eq__)


def _follow(wanted: list[str], there: list[str], agrees: Callable[[str, str], bool]) -> bool:
    width = len(wanted)
    return any(all(agrees(wanted[k], there[i + k]) for k in range(width)) for i in range(len(there) - width + 1))


def _same_beginning(stem: str, word: str) -> bool:
    """Whether two words share all but the last two letters of ``stem``, at least four: kitap and kitabı."""
    size = max(SHORT, len(stem) - 2)
    return word[:size] == stem[:size] and len(word) <= len(stem) + 8 if len(stem) >= SHORT else stem == word


def _apart(form: str, text: str, language: str) -> bool:
    """Whether a separable verb stands in two parts: "stellt … her" for herstellen."""
    folded = form.casefold()
    parts = [part for part in languages.SEPARABLE.get(languages.code(language), ()) if folded.startswith(part) and len(folded) > len(part) + 3]
    if not parts or " " in form:
        return False
    tokens, roots = [token.casefold() for token in _TOKEN.findall(text)], _lemmas(text, language)
    for part in parts:
        verb = languages.lemma(folded[len(part) :], language)
        places = [i for i, root in enumerate(roots) if root == verb]
        if places and part in tokens[places[0] + 1 :]:
            return True
    return False
