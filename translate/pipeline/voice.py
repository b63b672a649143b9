"""What is settled for a work's words, while a run goes on: glossary lines and the ledger, found in a text, each as it stands at that moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from translate import glossary, ledger
from translate.document import NAMES, Decision, LedgerLine, Sort, Term

Surface = tuple[str, bool]
"""A form of the source, and whether its capitals count."""

KEPT = 4096
"""What occurs in so many texts is kept: a run asks for each several times."""


class Voice:
    """Finds what is settled, and what is open, in texts of ``language`` (a tag); ``version`` grows with every line that is settled."""

    def __init__(self, terms: Iterable[Term], decisions: Iterable[Decision], language: str) -> None:
        self.version = 0
        self._decisions = {decision.line.key: decision for decision in decisions}
        self._decided: tuple[Decision, ...] | None = None  # gathered once, not for each of a wiki's hundred thousand passages
        everywhere = [one for one in self._decisions.values() if not one.line.scope]
        self._terms: dict[Surface, Term] = {_surface(term): term for term in ledger.stacked(terms, everywhere)}
        self._scoped: dict[tuple[str, Surface], Term] = {}
        for decision in ledger.lines(one for one in self._decisions.values() if one.line.scope):
            for term in ledger.terms(decision):
                self._scoped[decision.line.scope, _surface(term)] = term
        self._lines: dict[Surface, str] = {}
        for key, decision in self._decisions.items():
            if decision.status != "rejected" and decision.line.sort != Sort.ADDRESS and decision.line.lemma:
                self._lines[_lemma(decision.line)] = key
        # Apart, since the longest wins in each: an open "rate of surplus value" must not hide a settled "surplus value", nor "Mr Pell said" the name.
        settled = {surface: term for (_, surface), term in self._scoped.items()} | self._terms
        self._settled = glossary.Matcher(tuple(settled.values()), language)
        names = {surface for surface, key in self._lines.items() if self._decisions[key].line.sort in NAMES}
        self._named = glossary.Matcher(tuple(Term(form, form, case=case) for form, case in self._lines if (form, case) in names), language)
        self._others = glossary.Matcher(tuple(Term(form, form, case=case) for form, case in self._lines if (form, case) not in names), language)
        # What is settled later has its line from the beginning, so what occurs in a text never changes.
        self._surfaces = lru_cache(KEPT)(self._surfaces_of)
        self._agreed = lru_cache(KEPT)(self._agreed_of)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The ledger as it stands now, rejected lines too."""
        return tuple(self._decisions.values())

    def occurring(self, text: str, document: str = "") -> tuple[Term, ...]:
        """The settled terms that occur in ``text``; those of ``document`` alone take the place of the others."""
        surfaces = (*self._agreed(text), *self._surfaces(text))
        found = (self._scoped.get((document, surface)) or self._terms.get(surface) for surface in surfaces)
        return tuple(dict.fromkeys(term for term in found if term is not None))

    def open(self, text: str) -> tuple[LedgerLine, ...]:
        """The lines without a rendering that occur in ``text``."""
        lines = (self._line(surface) for surface in self._surfaces(text) if surface not in self._terms)
        return tuple(line for line in lines if line is not None and line.open)

    def lines(self, text: str) -> tuple[LedgerLine, ...]:
        """The ledger's lines that occur in ``text``, open or settled."""
        return tuple(dict.fromkeys(line for surface in self._surfaces(text) if (line := self._line(surface)) is not None))

    def people(self, texts: Sequence[str]) -> tuple[str, ...]:
        """What a model must know of the people who occur in the texts, and of how they speak to each other."""
        if not any(one.line.sort in (Sort.PERSON, Sort.ADDRESS) for one in self._decisions.values()):
            return ()
        surfaces = {surface for text in texts for surface in self._surfaces(text)}
        return ledger.people(self._decisions.values(), frozenset(line.lemma for surface in surfaces if (line := self._line(surface)) is not None))

    def facts(self, text: str) -> tuple[str, ...]:
        """What a draft of ``text`` depends on besides its terms: what a person has decided of the people who occur in it."""
        if self._decided is None:
            self._decided = tuple(one for one in self._decisions.values() if not one.soft and one.line.sort in (Sort.PERSON, Sort.ADDRESS))
        if not self._decided:
            return ()
        return ledger.people(self._decided, frozenset(line.lemma for line in self.lines(text)))

    def settle(self, decision: Decision) -> None:
        """Take a decision in: from now on it is found."""
        self._decisions[decision.line.key] = decision
        self._decided = None
        for term in ledger.terms(decision):
            known = self._terms.get(_surface(term))
            if known is None or known.soft:
                self._terms[_surface(term)] = term
        self.version += 1

    def decision(self, line: LedgerLine) -> Decision | None:
        """The decision that holds for the line's key."""
        return self._decisions.get(line.key)

    def _surfaces_of(self, text: str) -> tuple[Surface, ...]:
        return tuple(_surface(term) for matcher in (self._named, self._others) for term in matcher.occurring(text))

    def _agreed_of(self, text: str) -> tuple[Surface, ...]:
        return tuple(map(_surface, self._settled.occurring(text)))

    def _line(self, surface: Surface) -> LedgerLine | None:
        key = self._lines.get(surface)
        return self._decisions[key].line if key is not None else None


def _surface(term: Term) -> Surface:
    return (term.source, True) if term.case else (term.source.casefold(), False)


def _lemma(line: LedgerLine) -> Surface:
    case = line.sort in NAMES or line.sort == Sort.ABBREVIATION
    return (line.lemma if case else line.lemma.casefold()), case
