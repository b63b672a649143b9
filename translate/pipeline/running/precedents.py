"""Renderings that are known before anybody is asked: those of the glossary, of the translation memory with the ledgers of earlier works, and of a page's links to the sister wiki."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from translate import languages
from translate.document import LedgerLine, Sort, Term
from translate.pipeline.recall import Recall
from translate.sites import Sister, Site

MOST_WORDS = 3
"""A rendering has at most so many words for each word of the source, and four more."""

_DISAMBIGUATION = re.compile(r"\s*\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Precedents:
    """What is known: lines of the glossary, the translation memory, the titles of the sister wiki. The first that knows a line says how it is rendered.

    A concept is known by any of its forms in ``language``, the source's: "wages" of the glossary says how "wage" is rendered.
    The title of a work is no common word: "capital" does not say how "Capital" is rendered.
    """

    terms: tuple[Term, ...] = ()
    recall: Recall | None = None
    sister: Sister | None = None
    language: str = ""

    def applied(self, lines: Iterable[LedgerLine]) -> tuple[LedgerLine, ...]:
        """The lines, in their order, each with its rendering where one is known, and a note of where it is from."""
        exact = {term.source.casefold(): term for term in self.terms}
        forms = {self._roots(term.source): term for term in reversed(self.terms) if not term.case and not term.source.isupper()} if self.language else {}
        titles = _titles(self.sister) if self.sister is not None else {}
        return tuple(line if line.sort == Sort.ADDRESS else self._one(line, self._term(line, exact, forms), titles) for line in lines)

    def _term(self, line: LedgerLine, exact: dict[str, Term], forms: dict[tuple[str, ...], Term]) -> Term | None:
        """The glossary's line about the same word."""
        found = exact.get(line.lemma.casefold())
        if found is None and line.sort == Sort.CONCEPT and forms:
            found = forms.get(self._roots(line.lemma))
        return None if found is not None and line.sort == Sort.WORK and found.source != line.lemma else found

    def _roots(self, phrase: str) -> tuple[str, ...]:
        return tuple(languages.lemma(word, self.language) for word in re.findall(r"[^\W_]+", phrase))

    def _one(self, line: LedgerLine, term: Term | None, titles: dict[str, str]) -> LedgerLine:
        if term is not None:
            return replace(line, target=term.forms[0], allowed=term.allowed, forbidden=term.forbidden, keep=term.keep, note=f"from {term.line}")
        if self.recall is not None:
            for form in dict.fromkeys((line.lemma, line.lemma[:1].upper() + line.lemma[1:])):
                rendering, told = self.recall.rendering(form)
                if _sane(line.lemma, rendering):
                    return replace(line, target=rendering, note=told)
        title = titles.get(line.lemma.casefold(), "")
        return replace(line, target=title, note="from the links of the sister wiki") if _sane(line.lemma, title) else line


def _sane(lemma: str, rendering: str) -> bool:
    """Whether the words can be a rendering, and no sentence."""
    words = rendering.split()
    return any(map(str.isalnum, rendering)) and len(words) <= MOST_WORDS * len(lemma.split()) + 4 and not (rendering.endswith((".", "!", "?", ":")) and len(words) > 1)


def _titles(sister: Sister) -> dict[str, str]:
    """Titles of articles of the source wiki, in small letters and without what tells namesakes apart → those of the sister."""
    found: dict[str, str] = {}
    for ours, theirs in sister.titles.items():
        if not _in_namespace(ours, sister.source) and "#" not in theirs:
            found.setdefault(_DISAMBIGUATION.sub("", ours).casefold(), _DISAMBIGUATION.sub("", theirs))
    return found


def _in_namespace(title: str, site: Site) -> bool:
    """Whether the title is of a category, a file or another page that is no article."""
    prefix, colon, _ = title.partition(":")
    names: Sequence[str] = [name.casefold() for one in site.namespaces for name in (one.name, one.canonical, *one.aliases) if name]
    return bool(colon) and prefix.strip().casefold().replace("_", " ") in names
