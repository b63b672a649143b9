"""Whether the words of a glossary are words of the languages that it should be in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from translate import languages
from translate.document import Term
from translate.glossary.flaws import Flaw, flaw
from translate.glossary.reading import Glossary

ENOUGH = 8
"""With fewer lines, nothing is said of a glossary's languages."""

LOOKED_AT = 300
LIKELY = ("en", "de", "fr", "es", "it", "pt", "nl")
"""Languages that a column may be in by mistake; their dictionaries are asked only where something is wrong."""

INVARIABLE = {"fr": ("s", "x", "z")}
"""Endings of words that have one form; the dictionaries list only words that have several."""

LINKS = ("", "s", "es", "n", "en", "er")
PART = 4
"""A part of a compound has at least so many letters."""

_WORD = re.compile(r"[^\W\d_]+")


def named(one: Glossary, name: str, source: str, target: str) -> Iterator[Flaw]:
    """Languages that the file names and that are not those that were told."""
    if not (one.source and one.target and source and target):
        return
    said, told = (languages.code(one.source), languages.code(one.target)), (languages.code(source), languages.code(target))
    if said != told:
        yield Flaw(
            name,
            "languages",
            "error",
            f"the file says {said[0]} to {said[1]}, and {told[0]} to {told[1]} is wanted. Give the glossary for that, or turn its columns round.",
        )


def tongues(terms: Sequence[Term], name: str, source: str, target: str) -> Iterator[Flaw]:
    """Columns that are in other languages than told, as far as dictionaries know."""
    some = [term for term in terms if not term.keep and term.pos != "name"][:LOOKED_AT]
    if len(some) < ENOUGH or not (source and target) or not (languages.has_lemmas(source) and languages.has_lemmas(target)):
        return
    ours, theirs = [term.source for term in some], [term.target for term in some]
    straight = (_share(ours, source), _share(theirs, target))
    crossed = (_share(ours, target), _share(theirs, source))
    if min(crossed) > 0.6 and sum(crossed) > sum(straight) + 0.4:
        yield Flaw(name, "languages", "error", f"the columns look the wrong way round: the sources are {_name(target)}, the renderings {_name(source)}.")
        return
    for texts, share, tag, what in ((ours, straight[0], source, "sources"), (theirs, straight[1], target, "renderings")):
        if share < 0.4:
            best, sure = max(((other, _share(texts, other)) for other in LIKELY if other != languages.code(tag)), key=lambda row: row[1])
            if sure > share + 0.3:
                yield Flaw(name, "languages", "error", f"the {what} should be {_name(tag)} and look like {_name(best)}.")


def _name(tag: str) -> str:
    return languages.find(tag).name


def _share(texts: Sequence[str], tag: str) -> float:
    """Which share of the texts has only words that the dictionary of the language knows."""
    return sum(all(known(word, tag) for word in _WORD.findall(text)) for text in texts) / len(texts)


def unknown(term: Term, source: str, target: str) -> Iterator[Flaw]:
    """Words that no dictionary of their language has; names and words that stay are left alone."""
    if term.keep or term.pos == "name" or term.case:
        return
    for text, tag in ((term.source, source), *((form, target) for form in term.forms)):
        if tag and languages.has_lemmas(tag):
            alone = INVARIABLE.get(languages.code(tag), ())
            words = [word for word in _WORD.findall(text) if len(word) >= PART and not known(word, tag) and not word.endswith(alone)]
            if words:
                yield flaw(term, "unknown", "info", f"'{words[0]}' is in no dictionary of {_name(tag)}: check its spelling; inflected forms may not be found.")


def known(word: str, tag: str) -> bool:
    """Whether a dictionary has the word, with small or capital first letter, or all parts of the compound that it is."""
    if any(languages.is_known(one, tag) for one in (word, word.casefold(), word.capitalize())):
        return True
    return languages.code(tag) in languages.COMPOUNDING and _compound(word.casefold(), tag)


def _compound(word: str, tag: str) -> bool:
    """Whether the word is two or three known words with a link between them."""
    for at in range(PART, len(word) - PART + 1):
        head, rest = word[:at], word[at:]
        linked = any(head.endswith(link) and len(head) - len(link) >= PART - 1 and _plain(head.removesuffix(link) if link else head, tag) for link in LINKS)
        if linked and (_plain(rest, tag) or (len(rest) > 2 * PART and _compound(rest, tag))):
            return True
    return False


def _plain(word: str, tag: str) -> bool:
    return any(languages.is_known(one, tag) for one in (word, word.capitalize()))
