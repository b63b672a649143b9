"""Examines glossaries: what contradicts itself, what stands there twice, what cannot be found or told apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from translate import languages
from translate.document import Term
from translate.errors import GlossaryError
from translate.glossary import matching, relations, wording
from translate.glossary.flaws import Flaw, flaw
from translate.glossary.reading import read
from translate.glossary.stacking import stack
from translate.languages.grammar import ARTICLES

GENDERS = {
    "de": "mfn",
    "fr": "mf",
    "es": "mf",
    "it": "mf",
    "pt": "mf",
    "ca": "mf",
    "ru": "mfn",
    "pl": "mfn",
    "cs": "mfn",
    "uk": "mfn",
    "el": "mfn",
    "la": "mfn",
}
"""The genders that nouns have in languages where a line should say which."""

POS = ("noun", "verb", "adj", "adv", "name", "phrase")


def examine_files(paths: Sequence[Path], *, source: str = "", target: str = "") -> tuple[Flaw, ...]:
    """Every flaw of the files, each by itself and as they stack, in the order of files and lines.

    ``source`` and ``target`` are language tags; "" where the files tell theirs. A file that cannot be read is a flaw.
    """
    found: list[Flaw] = []
    lists: list[tuple[Term, ...]] = []
    for path in paths:
        try:
            one = read(path, source=source, target=target)
        except GlossaryError as error:
            found.append(_unreadable(path, error))
            continue
        found += [Flaw(path.name, "unreadable", "info", remark) for remark in one.remarks]
        found += wording.named(one, path.name, source, target)
        lists.append(one.terms)
        source, target = source or one.source, target or one.target
        found += [*_repeated(one.terms), *wording.tongues(one.terms, path.name, source, target)]
    terms = stack(*lists)
    found += [flaw for term in terms for flaw in _alone(term, source, target)]
    found += [*relations.between(terms, source=source, target=target), *_won(lists)]
    order = {path.name: number for number, path in enumerate(paths)}
    return tuple(sorted(dict.fromkeys(found), key=lambda one: _place(one, order)))


def examine(terms: Iterable[Term], *, source: str = "", target: str = "") -> tuple[Flaw, ...]:
    """The flaws of terms that are together one glossary."""
    terms = tuple(terms)
    own = [flaw for term in terms for flaw in _alone(term, source, target)]
    return (*_repeated(terms), *own, *relations.between(stack(terms), source=source, target=target))


def _unreadable(path: Path, error: GlossaryError) -> Flaw:
    place, colon, message = str(error).partition(": ")
    told = colon and place.startswith(path.name)
    return Flaw(place if told else path.name, "unreadable", "error", message if told else str(error))


def _place(one: Flaw, order: dict[str, int]) -> tuple[int, int]:
    name, _, number = one.line.rpartition(":")
    return order.get(name or one.line, len(order)), int(number) if number.isdecimal() else 0


def _repeated(terms: Iterable[Term]) -> Iterator[Flaw]:
    """Lines of one file about the same source."""
    groups: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        groups[term.source if term.case else term.source.casefold()].append(term)
    for first, *others in groups.values():
        for other in others:
            if first.forms[0] == other.forms[0]:
                yield flaw(other, "duplicate", "warning", f"'{other.source}' stands in {first.line} already. Put both lines together.")
            else:
                yield flaw(
                    other,
                    "contradiction",
                    "error",
                    f"'{other.source}' is '{other.forms[0]}' here and '{first.forms[0]}' in {first.line}: only one can hold. Put the other under 'allowed'.",
                )


def _won(lists: Sequence[Sequence[Term]]) -> Iterator[Flaw]:
    """Lines that took the place of lines in earlier files, where that changes anything."""
    earlier: dict[str, Term] = {}
    for terms in lists:
        for term in terms:
            past = earlier.get(term.source.casefold())
            if past is not None and past.forms != term.forms and past.line.rpartition(":")[0] != term.line.rpartition(":")[0]:
                yield flaw(term, "won", "info", f"'{term.source}' is '{term.forms[0]}' by this line, not '{past.forms[0]}' as in {past.line}.")
        earlier |= {term.source.casefold(): term for term in terms}


def _alone(term: Term, source: str, target: str) -> Iterator[Flaw]:
    """What a line says against itself."""
    if term.keep and term.target != term.source:
        yield flaw(
            term, "keep", "error", f"'{term.source}' is to stay as it is and has the rendering '{term.target}'. Delete the rendering or the 'yes' under 'keep'."
        )
    for form in term.forms:
        bad = next((one for one in term.forbidden if one.casefold() == form.casefold()), None) or matching.forbidden(term, form, target)
        if bad:
            yield flaw(term, "forbids-itself", "error", f"'{bad}' is forbidden for '{term.source}', and '{form}' is wanted. Delete one of the two.")
    for form, number in Counter(form.casefold() for form in (*term.forms, *term.forbidden)).items():
        if number > 1 and form not in {one.casefold() for one in term.forbidden}:
            yield flaw(term, "duplicate", "warning", f"'{form}' stands twice among the renderings of '{term.source}'.")
    yield from _articles(term, source, target)
    yield from _grammar(term, target)
    yield from wording.unknown(term, source, target)


def _articles(term: Term, source: str, target: str) -> Iterator[Flaw]:
    """A term with its article is found only behind that article, in the source as in the translation."""
    for text, tag in ((term.source, source), (term.forms[0], target)):
        first, _, rest = text.partition(" ")
        small = ARTICLES.get(languages.code(tag), frozenset()) if tag and rest and not term.case and term.pos != "name" else frozenset()
        if first in small or (first == "to" and languages.code(tag or "x") == "en" and term.pos == "verb"):
            yield flaw(term, "article", "warning", f"'{text}' is found only behind '{first}'. List it as a dictionary does: '{rest}'.")


def _grammar(term: Term, target: str) -> Iterator[Flaw]:
    genders = GENDERS.get(languages.code(target), "") if target else ""
    if term.pos and term.pos not in POS:
        yield flaw(term, "pos", "info", f"'{term.pos}' is no kind of word that we know: {', '.join(POS)}.")
    if term.gender and (set(term.gender) - set("mfn") or (genders and set(term.gender) - set(genders))):
        yield flaw(
            term, "gender", "warning", f"'{term.gender}' is no gender here: write one of {', '.join(genders or 'mfn')} (two letters where both are right)."
        )
    elif not term.gender and genders and term.pos == "noun":
        yield flaw(term, "gender", "info", f"The gender of '{term.forms[0]}' is not told.")
