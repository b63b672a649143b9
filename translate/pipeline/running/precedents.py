"""Renderings that are known before anybody is asked: those of the glossary, of the translation memory with the ledgers of earlier works, and of a page's links to the sister wiki."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from translate.document import LedgerLine, Sort, Term
from translate.pipeline.recall import Recall
from translate.sites import Sister, Site

MOST_WORDS = 3
"""A rendering has at most so many words for each word of the source, and four more."""

_DISAMBIGUATION = re.compile(r"\s*\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Precedents:
    """What is known: lines of the glossary, the translation memory, the titles of the sister wiki. The first that knows a line says how it is rendered."""

    terms: tuple[Term, ...] = ()
    recall: Recall | None = None
    sister: Sister | None = None

    def applied(self, lines: Iterable[LedgerLine]) -> tuple[LedgerLine, ...]:
        """The lines, in their order, each with its rendering where one is known, and a note of where it is from."""
        known = {term.source.casefold(): term for term in self.terms}
        titles = _titles(self.sister) if self.sister is not None else {}
        return tuple(line if line.sort == Sort.ADDRESS else self._one(line, known.get(line.lemma.casefold()), titles) for line in lines)

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
