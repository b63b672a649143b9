"""What two lines of a glossary do to each other."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence

from translate import languages
from translate.document import Term
from translate.glossary.flaws import Flaw, flaw
from translate.glossary.matching import holds

SHORTEST_SLIP = 6
"""Sources with fewer letters are not compared letter by letter."""

MOST_COMPARED = 5_000
"""In a larger glossary, slips are not looked for."""

_WORD = re.compile(r"[^\W_]+")
_SPELLINGS = ((re.compile(r"our(?=s?\b|[ie])"), "or"), (re.compile(r"is(?=e|ing|ation)"), "iz"), (re.compile(r"[ao]e"), "e"))


def between(terms: Sequence[Term], *, source: str = "", target: str = "") -> Iterator[Flaw]:
    """The flaws that two lines have together; ``terms`` are stacked, so no two are about the same source."""
    yield from _twins(terms, source, target)
    yield from _slips(terms, source)
    yield from _chains(terms)
    yield from _overlaps(terms, source, target)
    yield from _shared(terms)


def _roots(text: str, language: str) -> tuple[str, ...]:
    if languages.code(language or "en") in languages.NOUNS_IN_CAPITALS:  # "Waren" are goods, "waren" is "were"
        return tuple(languages.lemma(word, language) for word in _WORD.findall(text))
    words = _WORD.findall(text.casefold())
    return tuple(languages.lemma(word, language) for word in words) if language else tuple(words)


def _spelt(text: str, language: str) -> str:
    """A source as it is spelt here and there: without accents, hyphens and endings; British and American alike."""
    words = list(_roots(text, language))
    for pattern, one in _SPELLINGS if languages.code(language or "en") == "en" else ():
        words = [pattern.sub(one, word) for word in words]
    bare = "".join(char for char in unicodedata.normalize("NFD", "".join(words)) if not unicodedata.combining(char))
    return bare.replace("ß", "ss")


def _twins(terms: Sequence[Term], source: str, target: str) -> Iterator[Flaw]:
    groups: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        groups[term.source if term.case else _spelt(term.source, source)].append(term)
    for group in groups.values():
        for place, term in enumerate(group[1:], start=1):
            yield from (found for other in group[:place] if (found := _twin(term, other, target)))


def _twin(term: Term, other: Term, target: str) -> Flaw | None:
    both = f"'{term.source}' and '{other.source}' ({other.line}) are found by the same words"
    for one, two in ((term, other), (other, term)):
        if one.forms[0].casefold() in {form.casefold() for form in two.forbidden}:
            return flaw(term, "unsatisfiable", "error", f"{both}, and '{one.forms[0]}' is wanted for one and forbidden for the other. Make one line of them.")
    if any(_alike(one.forms[0], form, target) for one, two in ((term, other), (other, term)) for form in two.forms):
        return None
    return flaw(term, "twins", "warning", f"{both}, but rendered as '{term.forms[0]}' and '{other.forms[0]}'. Make one line of them, or set 'case'.")


def _alike(one: str, two: str, target: str) -> bool:
    """Whether two renderings are forms of one word, not one a part of the other."""
    short, long = sorted((one, two), key=len)
    return short.casefold() == long.casefold() or (len(short) > 0.75 * len(long) and holds(long, short, target))


def _slips(terms: Sequence[Term], source: str) -> Iterator[Flaw]:
    """Sources that differ by one letter in a word that no dictionary has, and are rendered differently."""
    if not source or not languages.has_lemmas(source) or len(terms) > MOST_COMPARED:
        return
    near: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        letters = "".join(_WORD.findall(term.source.casefold()))
        if len(letters) >= SHORTEST_SLIP:
            for key in {letters, *(letters[:at] + letters[at + 1 :] for at in range(len(letters)))}:
                near[key].append(term)
    told: set[frozenset[str]] = set()
    for group in near.values():
        for place, term in enumerate(group):
            for other in group[:place]:
                pair = frozenset((term.source, other.source))
                if pair not in told and _slip(term, other, source):
                    told.add(pair)
                    yield flaw(
                        term,
                        "twins",
                        "warning",
                        f"'{term.source}' is nearly '{other.source}' ({other.line}) and rendered differently: '{term.forms[0]}', '{other.forms[0]}'. Is one a slip?",
                    )


def _slip(term: Term, other: Term, source: str) -> bool:
    if term.forms[0] == other.forms[0] or _spelt(term.source, source) == _spelt(other.source, source):
        return False
    ours, theirs = _WORD.findall(term.source), _WORD.findall(other.source)
    return not all(languages.is_known(word, source) or languages.is_known(word.casefold(), source) for word in {*ours} ^ {*theirs})


def _chains(terms: Sequence[Term]) -> Iterator[Flaw]:
    sources = {term.source.casefold(): term for term in terms}
    for term in terms:
        further = sources.get(term.forms[0].casefold())
        if further is not None and further is not term and further.forms[0].casefold() != term.forms[0].casefold():
            yield flaw(
                term,
                "chain",
                "warning",
                f"'{term.source}' becomes '{term.forms[0]}', which {further.line} turns into '{further.forms[0]}'. Is one of the two lines the wrong way round?",
            )


def _overlaps(terms: Sequence[Term], source: str, target: str) -> Iterator[Flaw]:
    """Longer terms beside the shorter ones in them."""
    known = {_roots(term.source, source): term for term in terms}
    for term in terms:
        roots = _roots(term.source, source)
        inner = {roots[a:b] for a in range(len(roots)) for b in range(a + 1, len(roots) + 1) if b - a < len(roots)} if len(roots) < 12 else set()
        for short in (known[key] for key in inner if key in known and known[key] is not term):
            found = _overlap(term, short, target)
            if found is not None:
                yield found


def _overlap(term: Term, short: Term, target: str) -> Flaw | None:
    """What is wrong with the rendering of ``term``, which has ``short`` in it. The longer term wins where both are found, so none is worse than a warning."""
    rendering = term.forms[0]
    if short.keep and not term.keep and short.source not in rendering:
        return flaw(term, "keep", "warning", f"'{short.source}' is to stay as it is ({short.line}), and '{rendering}' does not hold it.")
    if any(holds(rendering, form, target) for form in short.forms):
        return None
    bad = next((form for form in short.forbidden if holds(rendering, form, target)), "")
    if bad:
        return flaw(term, "overlap", "warning", f"'{rendering}' holds '{bad}', which {short.line} forbids for '{short.source}'.")
    return flaw(
        term, "overlap", "info", f"'{short.source}' is '{short.forms[0]}' by itself ({short.line}), but '{term.source}' is '{rendering}'. Is that so meant?"
    )


def _shared(terms: Sequence[Term]) -> Iterator[Flaw]:
    wanted: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        wanted[term.forms[0].casefold()].append(term)
    for term in terms:
        for form in term.forbidden:
            for other in wanted.get(form.casefold(), ()):
                if other is not term:
                    yield flaw(
                        term,
                        "shared",
                        "info",
                        f"'{form}' is forbidden for '{term.source}' and wanted for '{other.source}' ({other.line}): a passage with both is let through.",
                    )
