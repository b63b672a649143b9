"""Several glossaries as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from translate.document import Term
from translate.glossary.reading import load


def stack(*lists: Iterable[Term]) -> tuple[Term, ...]:
    """Several glossaries as one: a later line about the same source takes the place of an earlier one, and names it under ``over``."""
    terms: dict[str, Term] = {}
    for term in (term for terms_of_one in lists for term in terms_of_one):
        key = term.source if term.case else term.source.casefold()
        past = terms.get(key)
        terms[key] = term if past is None else replace(term, over=tuple(line for line in (past.line, *past.over) if line))
    return tuple(terms.values())


def load_stack(paths: Sequence[Path], *, source: str = "", target: str = "") -> tuple[Term, ...]:
    """The files' terms as one glossary; raises ``GlossaryError`` as ``load`` does."""
    return stack(*(load(path, source=source, target=target) for path in paths))


def place(term: Term) -> str:
    """Where the term's line stands, and which lines it won over ("mine.csv:3, in place of en-de.csv:2")."""
    return term.line + (f", in place of {', '.join(term.over)}" if term.over else "")


def speaking_of(word: str, terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms with ``word`` in their source or one of their renderings, those of exactly that source first."""
    wanted = word.casefold()
    found = [term for term in terms if any(wanted in text.casefold() for text in (term.source, *term.forms, *term.forbidden))]
    return tuple(sorted(found, key=lambda term: (term.source.casefold() != wanted, wanted not in term.source.casefold())))
