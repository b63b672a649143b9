"""Text that was left in the source language, or is in a third one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from translate import glossary, languages
from translate.checks import tongues
from translate.checks.reading import ATOM, flat, parts, quoted, without_addresses, words
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Marker, Runs, Severity

_QUOTED = re.compile(r"[\"“„«»‹›‘‚][^\"“”„«»‹›]{1,200}[\"”“«»‹›’‘]")

_BREAKS = (re.compile(r"[.,:;“”„«»\"()]+"), re.compile(r"[.:“”„«»\"()]+"))
"""What a title of an entry of a bibliography ends at; it may have commas."""

_IDENTIFIER = re.compile(r"\b[a-z\d]+(?:[-_][a-z\d]+){2,}\b")

COPIED = 0.8
"""Share of the translation's words that are the source's own, from which we ask whether they should have been translated."""

RUN = 3
"""So many words of the source in a row are a passage left as it was."""

LONG = 5
"""A run of so many words is no term any more."""

FEWEST = 4
"""Fewer words tell no language."""

DECISIVE = 4
"""So many frequent words of a third language, a third of the text, tell it without a dictionary: those hold foreign words too ("ne", "les", "pas" in the German one)."""

CLEARLY = 1.5
"""The dictionary of a third language must hold so many times as many of the words as that of the language which the text should be in."""

FAINT = 0.3
"""Where the dictionaries of the pair have a smaller share of the words each, a few frequent words tell the third language without its own dictionary."""

SET_APART = frozenset({"em", "i", "cite", "q", "dfn"})
"""Elements that titles and foreign words are set in."""

TITLE = 8
"""Up to so many words in quotation marks may be a title or a quotation that stays."""


class Untranslated:
    """The translation, or a passage of it, was left in the source language or is in a third one.

    Names, glossary terms to be kept, addresses, code, capitals (abbreviations), short quotations and words that both languages have may stay.
    Blind to one or two words left inside a sentence (`leftover` looks for those), to titles, and to short texts in a third language. An entry of a bibliography that was left as it is gets a remark only.
    """

    name = "untranslated"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding: the whole, a passage, or another language."""
        ours, theirs = languages.code(facts.source), languages.code(facts.target)
        source, target = (_bare(flat(runs), facts) for runs in (pair.segment.source, pair.draft.target))
        if ours == theirs or not words(target):
            return
        if bibliographic(source) and bibliographic(target):
            if words(source) == words(target):
                yield self._finding(f"This entry was left as it is in the source: {quoted(target)}.", target, "info")
            elif title := _title(source, target, facts):
                yield self._finding(f"A title in this entry was left in {_name(ours)}: {quoted(title)}.", title, "info")
            return
        if severity := echoed(source, target, facts):
            yield self._finding(f"The translation is still the source's own text: {quoted(target)}.", target, severity)
        elif passage := left(source, target, facts):
            yield self._finding(f"A passage was left in {_name(ours)}: {quoted(passage)}.", passage, _gravity(passage, facts))
        elif passage := _in_language(target, ours, theirs, facts):
            yield self._finding(f"This is {_name(ours)}, not {_name(theirs)}: {quoted(passage)}.", passage)
        elif (found := third(target, ours, theirs, source=source, between=_between(pair.draft.target, _set_apart(pair.segment.source)))) is not None:
            yield self._finding(f"This is {_name(found[0])}, not {_name(theirs)}: {quoted(found[1])}.", found[1])
        elif word := _opening(source, target, facts):
            yield self._finding(f"A sentence begins with a word in {_name(ours)}: {quoted(word)}.", word, "warning")
        elif title := _kept_title(pair, facts):
            yield self._finding(f"What looks like a title was left in {_name(ours)}: {quoted(title)}.", title, "info")

    def _finding(self, message: str, target: str, severity: Severity = "error") -> Finding:
        return Finding(self.name, severity, message, target=target.replace(ATOM, "").strip())


def _bare(text: str, facts: Facts) -> str:
    """The text without addresses, without names like "how-can-i-help" and without the terms that stay as they are."""
    for term in facts.terms:
        if term.keep:
            text = re.sub(re.escape(term.source), " ", text, flags=re.IGNORECASE)
    return _IDENTIFIER.sub(" ", without_addresses(text))


def _name(code: str) -> str:
    return languages.find(code).name if languages.exists(code) else code


def echoed(source: str, target: str, facts: Facts) -> Severity | None:
    """Whether nearly all of ``target`` is words of ``source`` that were to be translated, and how sure we are.

    A word alone may be a name that no dictionary has, or be kept on purpose, so it is a warning; so is a heading of words that both dictionaries hold.
    """
    there, own = words(target), {word.casefold() for word in words(source)}
    copies = [word for word in there if word.casefold() in own]
    if len(copies) < COPIED * len(there):
        return None
    names = _names(source)
    if len(copies) == len(there) and (_is_notice(target) or _is_at_home(target, facts)):
        return "info"
    to_do = sum(translatable(word, facts, names=names) for word in copies)
    # Names and words that both languages have make up a good part of many headings.
    if to_do * 3 >= len(there) and len(there) > 1:
        return "error"
    common = [word for word in copies if languages.is_known(word.casefold(), facts.source) and word.casefold() not in facts.names]
    if to_do or (len(copies) == len(there) > 1 and len(common) * 2 >= len(there) and any(map(str.islower, common))):
        return "warning"
    # Text that was left in place is always told, be it only as a remark.
    return "info" if len(copies) == len(there) and not all(word.casefold() in facts.names for word in copies) else None


def _is_notice(text: str) -> bool:
    """Whether the text is a notice of copyright, of a year and names."""
    return re.match(r"\W*(?:©|\(c\) ?\d|copyright\b)", text, re.IGNORECASE) is not None and len(words(text)) <= TITLE


def _is_at_home(text: str, facts: Facts) -> bool:
    """Whether a text was in the target language in the source already: a quotation, or a page that nobody had translated."""
    seen = tongues.count(text, languages.code(facts.target), languages.code(facts.source))
    return seen.ours >= 3 and seen.ours >= 0.15 * seen.words and seen.ours > 3 * seen.others


def left(source: str, target: str, facts: Facts) -> str:
    """The longest passage inside a sentence of ``target`` that is a run of ``RUN`` words or more of ``source``, most of them to be translated; else ""."""
    ours = [word.casefold() for word in words(source)]
    runs = set(zip(*(ours[place:] for place in range(RUN)), strict=False))
    all_ = [word.casefold() for word in words(target)]
    if runs.isdisjoint(zip(*(all_[place:] for place in range(RUN)), strict=False)):
        return ""
    best: list[str] = []
    for sentence in languages.sentences(target, facts.target):
        theirs = words(sentence)
        folded = [word.casefold() for word in theirs]
        places = [place for place in range(len(folded) - RUN + 1) if tuple(folded[place : place + RUN]) in runs]
        for stretch in _stretches(places) if places else ():
            passage = [theirs[place] for place in stretch]
            quotation = len(passage) <= TITLE and " ".join(passage) in _in_quotes(target)
            if len(passage) > len(best) and not quotation and _is_residue(passage, facts, _names(source), text=sentence):
                best = passage
    return " ".join(best)


def _title(source: str, target: str, facts: Facts) -> str:
    """The longest part of an entry of a bibliography, of ``FEWEST`` words or more, that stands there as in the source, with a frequent word of that language in it; else ""."""
    ours = f" {' '.join(words(source)).casefold()} "
    apart = tongues.apart(languages.code(facts.source), languages.code(facts.target))
    found = ((part.strip(), [word.casefold() for word in words(part)]) for breaks in _BREAKS for part in breaks.split(target))
    kept = [part for part, own in found if len(own) >= FEWEST and f" {' '.join(own)} " in ours and not apart.isdisjoint(own)]
    return max(kept, key=len, default="")


def _stretches(places: list[int]) -> Iterator[list[int]]:
    """The places of the words in the runs that begin at ``places``, overlapping runs together."""
    stretch: list[int] = []
    for place in places:
        if stretch and place > stretch[-1] + 1:
            yield stretch
            stretch = []
        stretch += range(max(place, stretch[-1] + 1 if stretch else place), place + RUN)
    yield stretch


def _is_residue(stretch: list[str], facts: Facts, names: frozenset[str], *, text: str) -> bool:
    """Whether a run of copied words in ``text`` should have been translated: enough of them belong to the source language alone, and it is no title."""
    if sum(word[:1].isupper() for word in stretch) * 2 > len(stretch):
        return False
    alone = [word for word in stretch if translatable(word, facts, names=names)]
    apart = tongues.apart(languages.code(facts.source), languages.code(facts.target))
    frequent = sum(word.casefold() in apart for word in alone)
    # Nobody takes over a run in small letters with a word like "the" in it, whatever dictionaries say of the other words.
    if all(map(str.islower, stretch)) and not apart.isdisjoint(stretch):
        return True
    # A term of three words may have been taken over; a run with words like "the" and "she" in it has not, nor has half a sentence.
    few = len(alone) * 2 >= len(stretch) and ((len(alone) >= 2 and frequent > 0) or len(alone) >= 4)
    # Words of a path or an identifier ("in /etc/blah") follow each other with more than a space between.
    if not few and alone and _jointed(stretch, facts) and " ".join(stretch) in " ".join(text.split()):
        return True
    return few or (len(stretch) >= LONG and frequent > 0 and sum(map(str.islower, stretch)) >= len(stretch) - 1)


def _jointed(stretch: list[str], facts: Facts) -> bool:
    """Whether a run in small letters holds a frequent word of the source language, be it one that the other has as well: "home directory on", "ship a file"."""
    return all(map(str.islower, stretch)) and not languages.FUNCTION_WORDS.get(languages.code(facts.source), frozenset()).isdisjoint(stretch)


def _gravity(passage: str, facts: Facts) -> Severity:
    """A passage with frequent words of the source language is an error; a run of content words may be a term that was taken over."""
    seen = tongues.count(passage, languages.code(facts.source), languages.code(facts.target))
    return "error" if seen.ours >= 2 or seen.words >= LONG or not tongues.known(facts.source) else "warning"


def _in_quotes(text: str) -> str:
    """What stands between quotation marks, as words."""
    return " | ".join(" ".join(words(match.group())) for match in _QUOTED.finditer(text))


def _opening(source: str, target: str, facts: Facts) -> str:
    """The first word of a sentence that is a frequent word of the source language and stands there as in the source ("Her Vater war"); else ""."""
    ours, theirs = languages.code(facts.source), languages.code(facts.target)
    openers, alone = languages.OPENERS.get(ours, frozenset()), _strange(ours, theirs)
    own = frozenset(words(source))
    if not tongues.known(theirs) or not any(word in own and word.casefold() in alone for word in words(target)):
        return ""
    first = {found[0] for sentence in languages.sentences(source, facts.source) if (found := words(sentence))}
    for sentence in languages.sentences(target, facts.target):
        found = words(sentence)
        # Where the second word was kept as well it may be a name ("The Times"); a longer run is a passage.
        if len(found) < 2 or found[0] not in first or found[0].casefold() not in alone or found[1] in own or _shouted(found[0]):
            continue
        if found[0].casefold() in openers or not languages.is_known(found[0].casefold(), facts.target):
            return found[0]
    return ""


@cache
def _strange(ours: str, theirs: str) -> frozenset[str]:
    """Frequent words and openers of the one language that are no frequent words of the other."""
    return (tongues.apart(ours, theirs) | languages.OPENERS.get(ours, frozenset())) - languages.FUNCTION_WORDS.get(theirs, frozenset())


def _shouted(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def translatable(word: str, facts: Facts, *, names: frozenset[str]) -> bool:
    """Whether ``word`` belongs to the source language alone and is no name, no term to be kept and no abbreviation."""
    folded = word.casefold()
    if "-" in word:
        return any(translatable(part, facts, names=names) for part in word.split("-"))
    if len(word) < 2 or folded in names or folded in facts.names or (word.isupper() and len(word) < 6) or (not word[1:].islower() and not word.isupper()):
        return False
    if folded in languages.FUNCTION_WORDS.get(languages.code(facts.target), frozenset()):
        return False
    if folded in languages.FUNCTION_WORDS.get(languages.code(facts.source), frozenset()):
        return True
    if any(glossary.holds(form, word, facts.target) for term in facts.terms for form in term.forms):
        return False
    if languages.has_lemmas(facts.source) and not languages.is_known(folded, facts.source):
        return False
    return not any(languages.is_known(form, facts.target) for form in (word, folded, word.capitalize()))


def _names(text: str) -> frozenset[str]:
    """Words that stand in the middle of a sentence with a capital letter, where the text as a whole does not write so."""
    found = words(text)
    capitals = [word for word in found if word[:1].isupper()]
    if len(capitals) * 2 > len(found):
        return frozenset()
    starts = {sentence_words[0] for sentence in languages.sentences(text) if (sentence_words := words(sentence))}
    return frozenset(word.casefold() for word in capitals if word not in starts)


def bibliographic(text: str) -> bool:
    """Whether the text looks like an entry of a bibliography: a year, commas, most words with a capital letter."""
    found = words(text)
    capitals = sum(word[:1].isupper() for word in found)
    year = any(len(token.strip(".,;:()[]")) == 4 and token.strip(".,;:()[]").isdigit() for token in text.split())
    return year and text.count(",") >= 1 and len(found) >= 4 and capitals * 2 >= len(found)


def _in_language(target: str, ours: str, theirs: str, facts: Facts) -> str:
    """The first sentence (or the whole) of ``target`` that is in the language ``ours``; else ""."""
    if not (tongues.known(ours) and tongues.known(theirs)):
        likely = tongues.likelihood(target, ours, frozenset({theirs})) if len(words(target)) >= 2 * FEWEST else None
        return target if likely is not None and likely > 0.95 else ""
    if tongues.count(target, ours, theirs).ours < 2:
        return ""
    for text in (target, *languages.sentences(target, facts.target)):
        seen = tongues.count(text, ours, theirs)
        if seen.words < FEWEST or seen.ours < 2 or seen.ours < 0.15 * seen.words or seen.ours <= 3 * seen.others:
            continue
        if seen.words < 2 * FEWEST or seen.ours < 3:
            if _speaks_rather(text, ours, theirs):
                return text
        elif (tongues.likelihood(text, ours, frozenset({theirs})) or 1.0) > 0.5:
            return text
    return ""


def _speaks_rather(text: str, ours: str, theirs: str) -> bool:
    """Whether the dictionaries of the two languages say that a short text is in the language ``ours``."""
    if not (languages.has_lemmas(ours) and languages.has_lemmas(theirs)):
        return False
    here = tongues.share_known(text, ours)
    return here >= 0.75 and here >= 1.4 * tongues.share_known(text, theirs)


def _set_apart(runs: Runs) -> frozenset[int]:
    """The numbers of the markers that set titles and foreign words apart."""
    return frozenset(run.number for run in runs if isinstance(run, Marker) and run.name in SET_APART)


def _between(runs: Runs, titles: frozenset[int]) -> tuple[str, ...]:
    """The texts between markers, which may have been asked for by themselves; not what stands in one of ``titles``."""
    out, inside = [], 0
    for run in runs if len(runs) > 1 else ():
        if isinstance(run, str):
            out += [run] if not inside and len(parts(run)) > 1 else []
        elif run.number in titles:
            inside += {"open": 1, "close": -1}.get(run.kind, 0)
    return tuple(out)


def _titles(runs: Runs, titles: frozenset[int]) -> tuple[str, ...]:
    """The texts of ``RUN`` words and more that stand in one of ``titles`` as a whole."""
    return tuple(
        text for marker, text in pairwise(runs) if isinstance(marker, Marker) and marker.kind == "open" and marker.number in titles and isinstance(text, str) and len(words(text)) >= RUN
    )


def _kept_title(pair: Pair, facts: Facts) -> str:
    """The first title that stands as in the source, with a frequent word of that language in it; else ""."""
    titles = _set_apart(pair.segment.source)
    own = _titles(pair.segment.source, titles) if titles else ()
    apart = tongues.apart(languages.code(facts.source), languages.code(facts.target))
    kept = (text for text in _titles(pair.draft.target, titles) if text in own)
    return next((text for text in kept if not apart.isdisjoint(word.casefold() for word in words(text))), "")


def third(target: str, ours: str, theirs: str, *, source: str = "", between: tuple[str, ...] = ()) -> tuple[str, str] | None:
    """The language of ``target`` (or of a sentence of it, or of a text ``between`` its elements) and the text, where it is neither of the two; else None. What ``source`` says in that language too stays as it is."""
    if not tongues.known(theirs) or not tongues.strange(target, theirs):
        return None
    kept = " ".join(parts(source))
    for text in (target, *languages.sentences(target, theirs), *between):
        if " ".join(parts(text)) in kept:
            continue
        for tag, seen in tongues.strangers(text, ours, theirs):
            few = seen.words < 3 * FEWEST
            if sum(len(token) > 1 for token in parts(text)) < 3 or seen.ours < (1 if few else 2) or seen.ours < 0.08 * seen.words or seen.ours <= seen.others:
                continue
            if _is_decisive(seen) or _speaks(text, tag, ours, theirs, seen):
                return tag, text
    return _clause(target, ours, theirs, kept)


def _clause(target: str, ours: str, theirs: str, kept: str) -> tuple[str, str] | None:
    """The third language of a part of a sentence, and that part: a stretch without any frequent word of ``theirs`` that the frequent words of the other alone tell."""
    for tag, seen in tongues.strangers(target, ours, theirs):
        if seen.ours < DECISIVE:
            continue
        for text in tongues.stretches(target, tag, theirs):
            if _is_decisive(tongues.count(text, tag, theirs)) and " ".join(parts(text)) not in kept:
                return tag, text
    return None


def _is_decisive(seen: tongues.Count) -> bool:
    """Whether the frequent words alone tell the third language: ``DECISIVE`` of them, or as good as all words of a heading, and none of the other."""
    return seen.others == 0 and (seen.ours >= max(DECISIVE, seen.words // 3) or (seen.ours >= DECISIVE - 1 and 4 * seen.ours >= 3 * seen.words))


def _speaks(text: str, tag: str, ours: str, theirs: str, seen: tongues.Count) -> bool:
    """Whether the dictionaries (or, where there is none, the identifier) agree that ``text`` is in the language ``tag``."""
    here, few = tongues.share_known(text, theirs), seen.words < 3 * FEWEST
    # The dictionaries of the pair are at hand; another one costs up to a second and 50 MB when it is first asked.
    if here < FAINT and seen.others == 0 and seen.ours >= DECISIVE - 1 and tongues.share_known(text, ours) < FAINT:
        return True
    if here >= 1 / CLEARLY or (few and tongues.share_known(text, ours) > 0.6):
        return False
    if not languages.has_lemmas(tag):
        return not few and (tongues.likelihood(text, tag, frozenset({ours, theirs})) or 0.0) > 0.9
    there = tongues.share_known(text, tag)
    return there >= (0.8 if few else 0.5) and there > CLEARLY * here
