"""The ledger as the rest of the program uses it: its lines as terms, and the sentences that tell a model of the people on stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from translate import languages
from translate.document import NAMES, Decision, LedgerLine, Sort, Term

PRONOUNS = {"feminine": "a woman (she)", "masculine": "a man (he)", "neuter": "it"}


def lines(decisions: Iterable[Decision]) -> Iterator[Decision]:
    """The decisions that hold as lines: those that are not rejected."""
    return (decision for decision in decisions if decision.status != "rejected")


def terms(decision: Decision) -> Iterator[Term]:
    """The terms that a decision makes: the line itself, and its variants as far as their renderings follow from it; nothing while it is open.

    A variant has the line's rendering; one that is a part of a name ("Pell" of "Mr Pell") has the part of it, where both have as many words.
    A plural or the like is no term of its own: it is found by its lemma, and "files = Datei" would ask for a singular.
    """
    line = decision.line
    if line.open or line.sort == Sort.ADDRESS:
        return
    term = Term(
        source=line.lemma,
        target=line.target or line.lemma,
        allowed=line.allowed,
        forbidden=line.forbidden,
        gender=line.gender,
        keep=line.keep,
        case=line.sort in NAMES or line.sort == Sort.ABBREVIATION,
        note=line.note,
        line=f"ledger ({decision.origin})",
        soft=decision.soft,
    )
    yield term
    for variant in line.variants:
        rendering = _of_variant(variant, line)
        if rendering:
            yield replace(term, source=variant, target=rendering, allowed=(line.target, *line.allowed) if rendering != line.target else line.allowed)


def _of_variant(variant: str, line: LedgerLine) -> str:
    """The rendering of a variant, "" where it does not follow from the line's."""
    if line.sort not in NAMES:
        return "" if languages.same_stem(variant, line.lemma) else line.target or variant
    whole, part, target = line.lemma.split(), variant.split(), line.target.split() or line.lemma.split()
    if len(part) < len(whole) == len(target) and all(word in whole for word in part):
        return " ".join(target[whole.index(word)] for word in part)
    return ""


def stacked(glossary: Iterable[Term], decisions: Iterable[Decision]) -> tuple[Term, ...]:
    """The terms of a work: what the ledger proposes, over that the glossaries, over that what a person has decided for this work.

    What counts more stands before what counts less: of two forms of one word ("wages" of a glossary, "wage" that is proposed) the first is found in a text.
    """
    found: dict[tuple[str, bool], Term] = {}
    soft: list[Term] = []
    firm: list[Term] = []
    gone: set[str] = set()
    for decision in decisions:
        if decision.status == "rejected":
            gone.add(decision.line.lemma.casefold())
        else:
            (soft if decision.soft else firm).extend(terms(decision))
    glossary = tuple(glossary)
    for term in (*(one for one in soft if one.source.casefold() not in gone), *glossary, *firm):
        for case in (True, False):
            found.pop((term.source if case else term.source.casefold(), case), None)
        found[(term.source if term.case else term.source.casefold(), term.case)] = term
    order = {id(term): place for place, term in enumerate((*firm, *glossary, *soft))}
    return tuple(sorted(found.values(), key=lambda term: order[id(term)]))


def people(decisions: Iterable[Decision], present: frozenset[str]) -> tuple[str, ...]:
    """What a model must know of the people on stage: a line each for who is a man, a woman or several, and for how they address each other.

    ``present`` are the lemmas that occur in the passages or just before them. A form of address whose speaker or addressee is anybody is always told.
    """
    told: list[str] = []
    for decision in lines(decisions):
        line = decision.line
        if line.sort == Sort.PERSON and line.lemma in present and (line.gender or line.number == "plural"):
            told.append(f"{line.lemma}: {PRONOUNS.get(line.gender, '')}{'several people' if line.number == 'plural' else ''}")
        elif line.sort == Sort.ADDRESS and line.address and {line.speaker, line.addressee} - {""} <= present:
            told.append(f"{line.speaker or 'anybody'} to {line.addressee or 'anybody'}: {line.address}")
    return tuple(told)
