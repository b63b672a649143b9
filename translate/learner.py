"""What a person's correction teaches: which word of the draft she changed into which, of which word of the source it is the rendering, and where else that would hold.

Nothing is asked and nothing is kept here. A change is what differs between the draft and her wording, word by word, without articles, endings and other grammar that merely followed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import islice, pairwise

from translate import difference, glossary, languages
from translate.document import Runs, Term, normal, plain
from translate.glossary.forms import bare as fold
from translate.languages.grammar import PLAIN

LONGEST = 4
"""A change of more words is a new sentence, not a new word."""

NAMESAKE = 75
"""Names of source and translation are the same name where so many percent of their letters agree (rapidfuzz's ratio)."""

NEAR = 0.1
"""Of phrases that go with the old rendering nearly as well as the best, the longest is taken: "night shift", not "night"."""

MOST_UNLIKE = 3
"""So many letters may a dictionary's form differ in at its end: "трудящийся" is no form of "трудиться" for those who read it."""

SURE = 0.6
"""A word of the source is taken for the changed one where passages with both are such a share of those with either (Dice's coefficient)."""

ENOUGH = 400
"""So many passages with the old rendering tell what word of the source it is for; of more, an even sample is looked at."""

ENDINGS = frozenset(["", "e", "n", "s", "en", "er", "es", "em", "ern", "x", "a", "o", "as", "os", "i"])
"""What a word may gain or lose by inflection, in languages whose endings are short."""

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ELIDED = re.compile(rf"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|un|all|dell|nell|dall|sull|quest|quell)['’](?=[^\W_])|{_WORD.pattern}", re.IGNORECASE)
ELIDING = frozenset(["fr", "it", "ca", "oc"])
"""Languages that write a short article with an apostrophe before its noun: two words."""
_OWNED = re.compile(r"(?:['’]s|(?<=s)['’])$")
_ENDED = re.compile(r"[.!?…:][\"'”’»“)\]]*\s|\n|^\W*$")


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
    A change of words that any text has (very, to go, because) is her style and teaches nothing.
    """
    theirs = tongues[1]
    found: dict[tuple[str, str], list[Change]] = {}
    for change in changes(old, new, theirs):
        found.setdefault((_root(change.old, theirs), _root(change.new, theirs)), []).append(change)
    made = []
    for same in found.values():
        term, same = _as_term(same, (old, new), terms, theirs)
        first = same[0]
        name = "" if term or not _may_be_name(first, theirs) else _namesake(first, source, tongues[0])
        word = term or name or _together(first, source, others, tongues)
        if word and " " in word and not (term or name):
            same = [_widened(change, (old, new), word, others, tongues) for change in same]
            first = same[0]
        if term or name or not (_is_plain(first.old, theirs) or _is_plain(word, tongues[0])):
            olds, news = (_listed(text, first, theirs, name=word[:1].isupper()) for text in (first.old, first.new))
            made.append(Lesson(word, olds, news, tuple(dict.fromkeys(same)), bool(name)))
    return tuple(made)


def changes(old: str, new: str, language: str) -> tuple[Change, ...]:
    """The words that differ between two translations, in their order; what is only moved, added, dropped or inflected is left out."""
    ours, theirs = (tuple(_pattern(language).finditer(text)) for text in (old, new))
    places = difference.blocks([word[0].casefold() for word in ours], [word[0].casefold() for word in theirs])
    found = (_trimmed(ours, theirs, place, language) for place in places)
    return tuple(change for change in found if change is not None)


def _pattern(language: str) -> re.Pattern[str]:
    """What a word is in the language."""
    return _ELIDED if languages.code(language) in ELIDING else _WORD


def _words(text: str, language: str) -> list[str]:
    return _pattern(language).findall(text)


Words = Sequence[re.Match[str]]


def _trimmed(ours: Words, theirs: Words, place: tuple[int, int, int, int], language: str) -> Change | None:
    """The change without articles and inflected words at its edges; None where nothing is left on a side (or never was), or too much."""
    a, b, c, d = place
    whole = (a, b, c, d)
    small = partial(_is_small, language=language)

    def grammar(one: str, two: str) -> bool:
        return (small(one) and small(two)) or _inflected(one, two, language)

    while a < b and c < d and grammar(ours[a][0], theirs[c][0]):
        a, c = a + 1, c + 1
    while a < b and c < d and grammar(ours[b - 1][0], theirs[d - 1][0]):
        b, d = b - 1, d - 1
    while a < b and small(ours[a][0]):
        a += 1
    while c < d and small(theirs[c][0]):
        c += 1
    olds, news = ([word[0] for word in words] for words in (ours[a:b], theirs[c:d]))
    if not (0 < len(olds) <= LONGEST and 0 < len(news) <= LONGEST):
        return None
    same = len(olds) == len(news) and all(map(partial(_inflected, language=language), olds, news))
    pieces = _piece(ours[a:b]), _piece(theirs[c:d])
    return Change(*pieces, _before(ours, a), (a, b, c, d) == whole) if all(pieces) and not same else None


def _is_small(word: str, *, language: str) -> bool:
    return word[-1] in "'’" or word.casefold() in languages.FUNCTION_WORDS.get(languages.code(language), ())


def _piece(words: Words) -> str:
    """The words as they stand in their text; "" where a mark stands between them: that is a new sentence, not a new word."""
    text = words[0].string[words[0].start() : words[-1].end()]
    bare = (one.string[one.end() : two.start()] for one, two in pairwise(words))
    return text if all(not between.strip() for between in bare) else ""


def _before(words: Words, place: int) -> str:
    """The word before, "" at the beginning of a sentence."""
    if not place:
        return ""
    between = words[place].string[words[place - 1].end() : words[place].start()]
    return "" if _ENDED.search(between) and not between.isspace() and between else words[place - 1][0]


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
    return " ".join(languages.lemma(word, language) for word in _words(text, language))


def _is_plain(text: str, language: str) -> bool:
    """Whether every word is one that any text has, whatever it is about."""
    plain_ = PLAIN.get(languages.code(language), frozenset())
    return bool(text) and all(_is_small(word, language=language) or {word.casefold(), languages.lemma(word, language)} & plain_ for word in _words(text, language))


def _listed(text: str, change: Change, language: str, *, name: bool) -> str:
    """``_dictionary``'s form; a capital that only the beginning of a sentence asked for is small, unless the word of the source is a ``name``, with a capital of its own."""
    begins = not change.before and not name and languages.code(language) not in languages.NOUNS_IN_CAPITALS
    if begins and text[0].isupper() and text.split()[0][1:].islower():
        text = text[0].lower() + text[1:]
    return _dictionary(text, language)


def _dictionary(text: str, language: str) -> str:
    """A word as a dictionary lists it, where the dictionary has it; several words as they stand."""
    lemma = languages.lemma(text, language)
    pairs = list(zip(fold(lemma), fold(text), strict=False))
    shared = next((at for at, (one, other) in enumerate(pairs) if one != other), len(pairs))
    if " " in text or lemma == text.casefold() or shared < min(len(lemma), len(text)) - MOST_UNLIKE:
        return text
    sharp = lemma.replace("ss", "ß")  # folding knows no ß
    form = sharp if "ß" in text and languages.is_known(sharp, language) else lemma
    form = form.capitalize() if text[0].isupper() else form
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


def _as_term(same: list[Change], texts: tuple[str, str], terms: Sequence[Term], language: str) -> tuple[str, list[Change]]:
    """The term that one of the two wordings renders, by itself or with the word beside it, and the changes so; "" and the changes as they are where there is none."""
    places = [_standing(text, piece, language) for text, piece in zip(texts, (same[0].old, same[0].new), strict=True)]
    wide = [_with_neighbour(places[0], places[1], step, language) for step in (-1, 1)] if places[0] and places[1] else []
    for change in (same[0], *wide):
        term = _of_term(change, terms, language) if change is not None else ""
        if change is not None and term:
            return term, same if change is same[0] else [replace(change, alone=change.alone and same[0].alone)]
    return "", same


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


def _widened(change: Change, texts: tuple[str, str], phrase: str, others: Sequence[Beside], tongues: tuple[str, str]) -> Change:
    """The change of one word with the word beside it, where the two together are the rendering of the ``phrase``: "grève totale" for "general strike", of which "totale" was changed."""
    ours, theirs = tongues
    old, new = (_standing(text, piece, theirs) for text, piece in zip(texts, (change.old, change.new), strict=True))
    if old is None or new is None or " " in change.old:
        return change
    with_phrase = [one for one in others if spots(one.source, phrase, ours)]
    for wide in (_with_neighbour(old, new, step, theirs) for step in (-1, 1)):
        if wide is not None and with_phrase and sum(bool(spots(one.target, wide.old, theirs)) for one in with_phrase) >= SURE * len(with_phrase):
            return Change(wide.old, wide.new, wide.before, change.alone and wide.alone)
    return change


Standing = tuple[Words, int, int]
"""The words of a text, and from where to where a piece of it goes."""


def _standing(text: str, piece: str, language: str) -> Standing | None:
    """Where a piece stands in a text, the first time."""
    words = tuple(_pattern(language).finditer(text))
    size = len(_words(piece, language))
    starts = (at for at in range(len(words) - size + 1) if text[words[at].start() : words[at + size - 1].end()] == piece)
    return next(((words, at, at + size) for at in starts), None)


def _with_neighbour(old: Standing, new: Standing, step: int, language: str) -> Change | None:
    """Both pieces with the next word of weight before (-1) or behind them (1), where that is the same word on both sides."""
    wide = []
    for words, start, end in (old, new):
        at = start - 1 if step < 0 else end
        while 0 <= at < len(words) and _is_small(words[at][0], language=language):
            at += step
        if not 0 <= at < len(words):
            return None
        wide.append((words[min(at, start) : max(at + 1, end)], words[at][0], min(at, start)))
    (olds, beside, place), (news, other, _) = wide
    pieces = _piece(olds), _piece(news)
    same = beside == other or _inflected(beside, other, language)
    return Change(*pieces, _before(old[0], place), beside == other) if all(pieces) and same else None


def _phrases(source: str, language: str) -> list[str]:
    """Runs of one to three words that neither begin nor end with a small word."""
    words = tuple(_pattern(language).finditer(source))
    runs = [words[at : at + size] for size in (1, 2, 3) for at in range(len(words) - size + 1)]
    found = (_piece(run) for run in runs if not any(_is_small(word[0], language=language) for word in (run[0], run[-1])))
    return list(dict.fromkeys(_OWNED.sub("", phrase) for phrase in found if phrase))


# --- other places --------------------------------------------------------------------------------------------------


def spots(text: str, phrase: str, language: str) -> tuple[tuple[int, int], ...]:
    """Where ``phrase`` stands in ``text``, in any inflection, as words of its own: (start, end) of each."""
    wanted, roots, eliding = _wanted(phrase, language)
    if not wanted:
        return ()
    found = []
    starts: set[int] | None = None
    for match in _beginning(wanted[0], eliding).finditer(text):
        if eliding and starts is None:
            starts = {match.start() for match in _ELIDED.finditer(text)}
        words = [match, *islice(_pattern(language).finditer(text, match.end()), len(wanted) - 1)]
        bare = [_OWNED.sub("", one[0]) if languages.code(language) == "en" else one[0] for one in words]
        if starts is not None and match.start() not in starts:
            continue
        if len(words) == len(wanted) and all(
            one.casefold() == word or languages.lemma(one, language) == root for one, word, root in zip(bare, wanted, roots, strict=True)
        ):
            found.append((match.start(), words[-1].end()))
    return tuple(found)


@lru_cache(maxsize=1 << 10)
def _wanted(phrase: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """The words of a phrase as they are looked for, their lemmas, and whether words are elided in the language."""
    wanted = tuple(_words(phrase.casefold(), language))
    return wanted, tuple(languages.lemma(word, language) for word in wanted), languages.code(language) in ELIDING


@lru_cache(maxsize=1 << 10)
def _beginning(word: str, eliding: bool) -> re.Pattern[str]:
    """Words that may be a form of ``word``: those that begin like it. A vowel may change with the ending (Haus, Häuser); of short words only the first letter counts."""
    first = "".join(r"\w" if letter in "aou" else re.escape(letter) for letter in (word[:3] if len(word) > 3 else word[:1]))
    joined = "-" if eliding else "-'’"
    return re.compile(rf"(?<![^\W_])(?<![^\W_][{joined}]){first}[^\W_]*(?:[-'’][^\W_]+)*", re.IGNORECASE)


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
    words = tuple(_pattern(language).finditer(text))
    before = {word.start(): _before(words, place) for place, word in enumerate(words)}
    for start, end in _outside(text, lesson, language):
        if (text[start:end], "" if lesson.name else before.get(start, "").casefold()) not in seen:
            return None
    made = normal(run if not isinstance(run, str) else _replaced(run, lesson, language) for run in target)
    changed = plain(made)
    return None if changed == text or stands(changed, lesson, language) else made


def _replaced(text: str, lesson: Lesson, language: str) -> str:
    forms = {change.old: change.new for change in lesson.changes if change.alone}
    for start, end in reversed(_outside(text, lesson, language)):
        text = text[:start] + forms.get(text[start:end], text[start:end]) + text[end:]
    return text
