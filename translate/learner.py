"""What a person's correction teaches: which word of the draft she changed into which, of which word of the source it is the rendering, and where else that would hold.

Nothing is asked and nothing is kept here. A change is what differs between the draft and her wording, word by word, without articles, endings and other grammar that merely followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice, pairwise

from translate import difference, glossary, languages
from translate.document import Runs, Term, normal, plain

LONGEST = 4
"""A change of more words is a new sentence, not a new word."""

NAMESAKE = 75
"""Names of source and translation are the same name where so many percent of their letters agree (rapidfuzz's ratio)."""

NEAR = 0.1
"""Of phrases that go with the old rendering nearly as well as the best, the longest is taken: "night shift", not "night"."""

SURE = 0.6
"""A word of the source is taken for the changed one where passages with both are such a share of those with either (Dice's coefficient)."""

ENOUGH = 400
"""So many passages with the old rendering tell what word of the source it is for; of more, an even sample is looked at."""

ENDINGS = frozenset(["", "e", "n", "s", "en", "er", "es", "em", "ern", "x", "a", "o", "as", "os", "i"])
"""What a word may gain or lose by inflection, in languages whose endings are short."""

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Change:
    """One change as it stands: ``old`` became ``new`` behind the word ``before`` ("" at the beginning).

    ``alone`` says that nothing beside it was changed, no article and no ending: then the new form fits where the old one stood.
    """

    old: str
    new: str
    before: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Lesson:
    """A rule that a correction suggests: ``source`` is to be rendered as ``new``, not as ``old`` (dictionary forms where they are known).

    ``source`` is "" where it cannot be told which word of the source it is about. ``name`` says that it is a name. ``changes`` are the forms that were seen to change.
    """

    source: str
    old: str
    new: str
    changes: tuple[Change, ...]
    name: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """Another passage of the work: its id, the words of its source and of its translation."""

    segment: str
    source: str
    target: str


def lessons(source: str, old: str, new: str, *, terms: Sequence[Term], others: Sequence[Beside], tongues: tuple[str, str]) -> tuple[Lesson, ...]:
    """What the change of ``old`` into ``new``, both translations of ``source``, teaches; ``tongues`` are the tags of both languages.

    ``terms`` are the terms that occur in the source, ``others`` the passages of the work as they were before: they tell what word of the source goes with the old one.
    """
    theirs = tongues[1]
    found: dict[tuple[str, str], list[Change]] = {}
    for change in changes(old, new, theirs):
        found.setdefault((_root(change.old, theirs), _root(change.new, theirs)), []).append(change)
    made = []
    for same in found.values():
        first = same[0]
        term = _of_term(first, terms, theirs)
        name = "" if term or not _may_be_name(first, theirs) else _namesake(first, source, tongues[0])
        word = term or name or _together(first, source, others, tongues)
        made.append(Lesson(word, _dictionary(first.old, theirs), _dictionary(first.new, theirs), tuple(dict.fromkeys(same)), bool(name)))
    return tuple(made)


def changes(old: str, new: str, language: str) -> tuple[Change, ...]:
    """The words that differ between two translations, in their order; what is only moved, added, dropped or inflected is left out."""
    ours, theirs = _WORD.findall(old), _WORD.findall(new)
    places = difference.blocks([word.casefold() for word in ours], [word.casefold() for word in theirs])
    found = (_trimmed(ours, theirs, place, language) for place in places)
    return tuple(change for change in found if change is not None)


def _trimmed(ours: Sequence[str], theirs: Sequence[str], place: tuple[int, int, int, int], language: str) -> Change | None:
    """The change without articles and inflected words at its edges; None where nothing is left on a side (or never was), or too much."""
    a, b, c, d = place
    whole = (a, b, c, d)
    small = languages.FUNCTION_WORDS.get(languages.code(language), frozenset())

    def grammar(one: str, two: str) -> bool:
        return (one.casefold() in small and two.casefold() in small) or _inflected(one, two, language)

    while a < b and c < d and grammar(ours[a], theirs[c]):
        a, c = a + 1, c + 1
    while a < b and c < d and grammar(ours[b - 1], theirs[d - 1]):
        b, d = b - 1, d - 1
    while a < b and ours[a].casefold() in small:
        a += 1
    while c < d and theirs[c].casefold() in small:
        c += 1
    if not (0 < b - a <= LONGEST and 0 < d - c <= LONGEST) or (b - a == d - c and all(map(partial(_inflected, language=language), ours[a:b], theirs[c:d]))):
        return None
    before = ours[a - 1] if a else ""
    return Change(" ".join(ours[a:b]), " ".join(theirs[c:d]), before, (a, b, c, d) == whole)


def _inflected(one: str, two: str, language: str) -> bool:
    """Whether two words are forms of one. Words that no dictionary has (names) must differ by an ending only, since their spelling may be what was corrected."""
    if languages.lemma(one, language) != languages.lemma(two, language):
        return False
    if all(languages.is_known(word, language) for word in (one, two)) or languages.code(language) in languages.SUFFIXING:
        return True
    ours, theirs = one.casefold(), two.casefold()
    stem = next((at for at, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    return {ours[stem:], theirs[stem:]} <= ENDINGS


def _root(text: str, language: str) -> str:
    return " ".join(languages.lemma(word, language) for word in _WORD.findall(text))


def _dictionary(text: str, language: str) -> str:
    """A word as a dictionary lists it, where the dictionary has it; several words as they stand."""
    lemma = languages.lemma(text, language)
    if " " in text or lemma == text.casefold():
        return text
    form = lemma.capitalize() if text[0].isupper() else lemma
    return form if languages.is_known(form, language) else text


def _may_be_name(change: Change, language: str) -> bool:
    """Whether both sides are written with capitals, word by word; where every noun is, also whether a dictionary lacks one of them."""
    words = (*change.old.split(), *change.new.split())
    nouns = languages.code(language) in languages.NOUNS_IN_CAPITALS and all(languages.is_known(word, language) for word in words)
    return all(word[0].isupper() for word in words) and not nouns


# --- the word of the source ----------------------------------------------------------------------------------------


def _of_term(change: Change, terms: Sequence[Term], language: str) -> str:
    """The term that one of the two wordings renders, the longest where there are several."""
    wanted = [
        term.source
        for term in terms
        for form in (*term.forms, *term.forbidden)
        if _root(form, language) in (_root(change.old, language), _root(change.new, language))
    ]
    return max(wanted, key=len, default="")


def _namesake(change: Change, source: str, language: str) -> str:
    """The name in the source that is the changed one by its letters; "" where there is none."""
    from rapidfuzz import fuzz

    words = [word for word in _WORD.findall(source) if word[0].isupper() and len(word) > 2 and not languages.is_known(word.casefold(), language)]
    names = [*words, *(f"{one} {two}" for one, two in pairwise(words) if f"{one} {two}" in source)]
    best = max(names, key=lambda word: max(fuzz.ratio(word, change.old), fuzz.ratio(word, change.new)), default="")
    near = bool(best) and max(fuzz.ratio(best, change.old), fuzz.ratio(best, change.new)) >= NAMESAKE
    return best if near else ""


def _together(change: Change, source: str, others: Sequence[Beside], tongues: tuple[str, str]) -> str:
    """The words of the source that stand where the old rendering stands, and nowhere else; "" where no words do so clearly."""
    ours, theirs = tongues
    with_old = [one for one in others if spots(one.target, change.old, theirs)]
    if len(with_old) >= 2 * ENOUGH:  # the shares of an even sample are those of the whole
        others = others[:: len(with_old) // ENOUGH]
        with_old = [one for one in others if spots(one.target, change.old, theirs)]
    counted: list[tuple[float, int, str]] = []
    for phrase in _phrases(source, ours) if with_old else ():
        both = sum(bool(spots(one.source, phrase, ours)) for one in with_old) + 1
        if 2 * both < SURE * (len(with_old) + 1 + both):
            continue  # even if it stood nowhere else
        with_phrase = sum(bool(spots(one.source, phrase, ours)) for one in others) + 1
        counted.append((2 * both / (len(with_old) + 1 + with_phrase), len(phrase.split()), phrase))
    if not counted:
        return ""
    best = max(score for score, _, _ in counted)
    first = [phrase for score, _, phrase in sorted(counted, key=lambda row: -row[1]) if score >= best - NEAR]
    clear = all(word in first[0].split() for phrase in first for word in phrase.split())
    return first[0] if best >= SURE and clear else ""


def _phrases(source: str, language: str) -> list[str]:
    """Runs of one to three words that neither begin nor end with a small word."""
    small = languages.FUNCTION_WORDS.get(languages.code(language), frozenset())
    words = _WORD.findall(source)
    runs = [words[at : at + size] for size in (1, 2, 3) for at in range(len(words) - size + 1)]
    return list(dict.fromkeys(" ".join(run) for run in runs if not {run[0].casefold(), run[-1].casefold()} & small))


# --- other places --------------------------------------------------------------------------------------------------


def spots(text: str, phrase: str, language: str) -> tuple[tuple[int, int], ...]:
    """Where ``phrase`` stands in ``text``, in any inflection, as words of its own: (start, end) of each."""
    wanted = _WORD.findall(phrase.casefold())
    if not wanted:
        return ()
    roots = [languages.lemma(word, language) for word in wanted]
    found = []
    for match in _beginning(wanted[0]).finditer(text):
        words = [match, *islice(_WORD.finditer(text, match.end()), len(wanted) - 1)]
        if len(words) == len(wanted) and all(
            one[0].casefold() == word or languages.lemma(one[0], language) == root for one, word, root in zip(words, wanted, roots, strict=True)
        ):
            found.append((match.start(), words[-1].end()))
    return tuple(found)


@lru_cache(maxsize=1 << 10)
def _beginning(word: str) -> re.Pattern[str]:
    """Words that may be a form of ``word``: those that begin like it. A vowel may change with the ending (Haus, Häuser); of short words only the first letter counts."""
    first = "".join(r"\w" if letter in "aou" else re.escape(letter) for letter in (word[:3] if len(word) > 3 else word[:1]))
    return re.compile(rf"(?<![^\W_])(?<![^\W_][-'’]){first}[^\W_]*(?:[-'’][^\W_]+)*", re.IGNORECASE)


def stands(target: str, lesson: Lesson, language: str) -> bool:
    """Whether the old rendering stands in a translation, in any inflection or as a part of a compound, and not as a part of the new one."""
    if _outside(target, lesson, language):
        return True
    return not spots(target, lesson.old, language) and glossary.holds(target, lesson.old, language) and not glossary.holds(target, lesson.new, language)


def _outside(target: str, lesson: Lesson, language: str) -> list[tuple[int, int]]:
    """The places of the old rendering that are no part of the new one."""
    if _root(lesson.old, language) == _root(lesson.new, language):  # two spellings of one word
        olds = {lesson.old.casefold(), *(change.old.casefold() for change in lesson.changes)}
        return [(a, b) for a, b in spots(target, lesson.old, language) if target[a:b].casefold() in olds]
    new = spots(target, lesson.new, language)
    return [(a, b) for a, b in spots(target, lesson.old, language) if not any(c <= a and b <= d for c, d in new)]


def mended(target: Runs, lesson: Lesson, language: str) -> Runs | None:
    """The translation with every old form replaced, where that is certain: each stands in a form, and behind a word, that was seen to change with nothing changing beside it.

    Of a name, the word before does not matter. None where one place is not so, since then grammar must follow.
    """
    seen = {(change.old, "" if lesson.name else change.before.casefold()): change.new for change in lesson.changes if change.alone}
    text = plain(target)
    before = {match.start(): word for match, word in _behind(text)}
    for start, end in _outside(text, lesson, language):
        if (text[start:end], "" if lesson.name else before.get(start, "").casefold()) not in seen:
            return None
    made = normal(run if not isinstance(run, str) else _replaced(run, lesson, language) for run in target)
    changed = plain(made)
    return None if changed == text or stands(changed, lesson, language) else made


def _behind(text: str) -> Iterable[tuple[re.Match[str], str]]:
    """Each word with the word before it."""
    last = ""
    for match in _WORD.finditer(text):
        yield match, last
        last = match[0]


def _replaced(text: str, lesson: Lesson, language: str) -> str:
    forms = {change.old: change.new for change in lesson.changes if change.alone}
    for start, end in reversed(_outside(text, lesson, language)):
        text = text[:start] + forms.get(text[start:end], text[start:end]) + text[end:]
    return text
