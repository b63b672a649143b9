"""Several glossaries as one."""

from __future__ import annotations

from collections.abc import Iterable

from translate.document import Term


def stack(*lists: Iterable[Term]) -> tuple[Term, ...]:
    """Several glossaries as one: a later line about the same source takes the place of an earlier one."""
    terms: dict[str, Term] = {}
    for term in (term for terms_of_one in lists for term in terms_of_one):
        terms[term.source if term.case else term.source.casefold()] = term
    return tuple(terms.values())
