"""The terminologist: reads a whole work once, before it is translated, and proposes the ledger: its terms, names, abbreviations, and who speaks how to whom.

It is pure and asks nobody. What a model makes of the candidates is in ``asking``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log2

from translate.document import LedgerLine, Segment, Sort
from translate.languages.grammar import HEAD_FIRST
from translate.prescan import abbreviations, names, speech
from translate.prescan.reading import Passage, passages
from translate.prescan.terms import Found, Key, Terms
from translate.prescan.words import Lexicon

_ELIDED = re.compile(r"^(?:[dl]|qu|all|dell|nell|un)['’](?=\w)", re.IGNORECASE)
LEAST = 2
"""A candidate occurs so many times, or is in the index or set apart as a title."""

MOST, PER_THOUSAND = 100, 12.0
"""So many candidates are proposed, and so many more for each thousand words."""

ADDRESSED = 40
"""No more lines of who speaks to whom than this."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that is proposed: how often it occurs, the ids of the first passages, words around it, and its score (a higher one is surer)."""

    line: LedgerLine
    count: int = 0
    places: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    score: float = 0.0


def scan(segments: Iterable[Segment], language: str, *, most: int | None = None, index: bool = True) -> tuple[Candidate, ...]:
    """What a work of ``language`` should settle, the surest first; ``most`` candidates, or as many as its length asks for.

    ``segments`` are those of its content, in reading order (no table of contents, which repeats headings). Without ``index`` entries of an index count for nothing.
    """
    read = [passage if index else replace(passage, index="") for passage in passages(segments, language) if index or not passage.index]
    lexicon = Lexicon(language)
    for passage in read:
        if passage.running:
            lexicon.read(passage)
    terms, found = Terms(lexicon), names.Names(lexicon)
    for passage in read:
        terms.read(passage)
        found.read(passage)
    length = sum(len(passage.text.split()) for passage in read)
    called = tuple(_names(found, lexicon))
    concepts = tuple(_not_halves(_terms(terms, lexicon), called))
    rows = _merged([*_whole(called, concepts), *concepts], dict(_expansions(read)), lexicon)
    chosen = sorted(rows, key=lambda row: (-row.score, row.line.lemma))[: most or int(MOST + PER_THOUSAND * length / 1000)]
    spoken = _addresses(read, chosen, language) if most is None else ()
    return (*_with_context(chosen, read), *spoken)


def _terms(terms: Terms, lexicon: Lexicon) -> Iterator[Candidate]:
    for score, key, found in terms.ranked(least=LEAST):
        usual = list(dict.fromkeys(_ELIDED.sub("", form) for form, _ in found.forms.most_common())) or [" ".join(key)]
        lemma = _lemma_form(key, usual, lexicon)
        variants = tuple(dict.fromkeys(form for form in usual if form.casefold() != lemma.casefold()))[:4]
        if (len(key) > 1 and key[0] in lexicon.titles) or len(set(lemma.casefold())) == 1:
            continue
        sort = Sort.NAME if all(word in lexicon.links or lexicon.always_capital(word) for word in key) else Sort.CONCEPT
        yield Candidate(LedgerLine(sort, lemma, variants=variants), found.count + found.headings, tuple(found.places), (), score * _spread(found))


def _spread(found: Found) -> float:
    """A term that stands in several documents is one of the work, not of a passage."""
    return 1 + 0.1 * log2(max(1, len(found.documents)))


def _lemma_form(key: Key, usual: Sequence[str], lexicon: Lexicon) -> str:
    """The form a glossary would have: the most frequent one in small letters, where it is there; in the singular, where that is there, or can be made of it."""
    singular = next((form for form in usual if tuple(word.casefold() for word in form.split()) == key), "")
    if key[0] in lexicon.counts:  # "eight hours" has no singular
        best = usual[0]
    elif lexicon.code in HEAD_FIRST and len(key) > 1:  # what follows the noun has a number of its own: "base de données"
        best = singular or next((form for form in usual if form.split()[0].casefold() == key[0]), usual[0])
    else:
        best = singular or _singular(_smallest(usual[0], usual), key)
    return best if lexicon.nouns_in_capitals else _smallest(best, usual)


def _smallest(best: str, forms: Iterable[str]) -> str:
    """Of the same words in other letters the form with the fewest capitals: headings have more of them."""
    return min((best, *(form for form in forms if form.casefold() == best.casefold())), key=lambda form: sum(map(str.isupper, form)))


def _singular(form: str, key: Key) -> str:
    """The form with its last word in the singular, where that is its beginning."""
    words = form.split()
    last, lemma = words[-1], key[-1]
    if len(words) == len(key) and last.casefold().startswith(lemma[:-1]) and 2 < len(lemma) <= len(last) and lemma != last.casefold():
        words[-1] = last[: len(lemma) - 1] + lemma[-1]
    return " ".join(words)


def _names(found: names.Names, lexicon: Lexicon) -> Iterator[Candidate]:
    parts = names.parts(found.found)
    for name in found.merged():
        if (name.count < LEAST and not name.apart) or len(set(name.text)) == 1:  # letters alike: to be filled in by somebody
            continue
        sort = found.sort(name, parts)
        gender = found.gender(name) if sort == Sort.PERSON else ""
        shorter = tuple(word for word in name.text.split() if word in found.found) if sort == Sort.PERSON and " " in name.text else ()
        score = name.count**0.5 * log2(min(3, len(name.text.split())) + 1) ** 1.3 * (2 if sort == Sort.WORK else 3) * (1 + 0.1 * log2(max(1, len(name.documents)))) + 2 * bool(name.apart)
        yield Candidate(LedgerLine(sort, name.text, variants=shorter, gender=gender, number="plural" if name.several else ""), name.count, tuple(name.places), (), score)


def _whole(names_: Iterable[Candidate], concepts: Iterable[Candidate]) -> Iterator[Candidate]:
    """The names without those that are only the beginning of a term: no "Central Office" where there are but "Central Office rules"."""
    longer: dict[str, int] = {}
    for one in concepts:
        words = one.line.lemma.casefold().split()
        for size in range(2, len(words)):
            longer[" ".join(words[:size])] = max(one.count, longer.get(" ".join(words[:size]), 0))
    return (one for one in names_ if one.line.sort != Sort.NAME or longer.get(one.line.lemma.casefold(), 0) < one.count)


def _not_halves(concepts: Iterable[Candidate], names_: Iterable[Candidate]) -> Iterator[Candidate]:
    """The terms without those that are one half of a name: no "Barnes" where there is but "Barnes & Noble"."""
    halves = {half.casefold(): one.count for one in names_ for half in one.line.lemma.split(" & ") if " & " in one.line.lemma}
    return (one for one in concepts if one.count > halves.get(one.line.lemma.casefold(), 0))


def _expansions(read: Iterable[Passage]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for passage in read:
        for sentence in passage.sentences:
            for short, long in abbreviations.pairs(sentence.text):
                if short not in seen:
                    seen.add(short)
                    yield short, long


def _merged(rows: Iterable[Candidate], expansions: dict[str, str], lexicon: Lexicon) -> Iterator[Candidate]:
    """Each lemma once, a name before a term of the same letters; abbreviations with their expansions. The title of a work is none of its words, a family none of its members."""
    best: dict[tuple[str, ...], Candidate] = {}
    for row in rows:
        key = (*(lexicon.lemma(word) for word in row.line.lemma.split()), *(["\0"] if row.line.sort == Sort.WORK else []), row.line.number)
        held = best.get(key)
        if held is None:
            best[key] = row
        elif row.score > held.score:
            best[key] = replace(held, count=max(row.count, held.count), score=row.score)
    for row in best.values():
        short = row.line.lemma
        long = expansions.pop(short, "") or expansions.pop(f"{short}s", "")
        yield replace(row, line=replace(row.line, sort=Sort.ABBREVIATION, expansion=long, gender=""), score=row.score + 4) if long else row
    for short, long in expansions.items():
        yield Candidate(LedgerLine(Sort.ABBREVIATION, short, expansion=long), 1, (), (), 3.0)


def _addresses(read: Sequence[Passage], chosen: Sequence[Candidate], language: str) -> tuple[Candidate, ...]:
    people = [row.line.lemma for row in chosen if row.line.sort == Sort.PERSON]
    spoken = speech.speeches(read, people, language)[:ADDRESSED]
    return tuple(Candidate(LedgerLine(Sort.ADDRESS, "", speaker=speaker, addressee=addressee, address=form)) for speaker, addressee, form in spoken)


def _with_context(chosen: Sequence[Candidate], read: Sequence[Passage]) -> Iterator[Candidate]:
    texts = {passage.segment: passage for passage in read}
    for row in chosen:
        yield replace(row, context=tuple(dict.fromkeys(_around(texts[place], row.line) for place in row.places[:2] if place in texts)))


def _around(passage: Passage, line: LedgerLine) -> str:
    """The sentence of the passage that holds the line."""
    forms = [form.casefold() for form in (line.lemma, *line.variants)]
    best = next((one.text for one in passage.sentences if any(form in one.text.casefold() for form in forms)), passage.text)
    return " ".join(best.split())[:160]
