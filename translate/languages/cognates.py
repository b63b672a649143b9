"""Words that two languages may share: relatives, what everybody borrowed, and endings that came from Latin to all."""

from __future__ import annotations

from functools import cache

from translate.languages.codes import code
from translate.languages.inflection import inflection
from translate.languages.lemmas import has_lemmas, is_known
from translate.languages.words import FUNCTION_WORDS, NOUNS_IN_CAPITALS

FAMILIES = tuple(
    frozenset(tags.split())
    for tags in (
        "es pt gl ca it fr oc ro la",
        "da nb nn no sv fo is",
        "ru uk be bg mk sr",
        "cs sk pl sl hr sr bs hbs",
        "de nl lb af fy nds gsw sv da nb no",
        "fi et",
        "tr az crh kk uz",
        "hi ur mr ne",
        "zh ja yue wuu",
    )
)
"""Languages so near to each other that a word of the one may well be a word of the other, whatever a dictionary says."""

_LOANS = (
    "alias alibi alter ante audio backup bash bazaar benchmark best blog blogger bona boom boss brainstorming browser budget bugs business byte cache "
    "caveat chaos chat chip club cluster cockpit code comeback computer consensus cookie cool copyright cosmos cracker crash cursor database deadline deal "
    "debug default design desktop diff directory display ditto download drink ecce editor email emeritus engineering enigma ergo errata euro extra facto "
    "feedback fide file files film firewall firmware flash format forum freeware front gang gate gene genesis goal google gratis hacker handicap hardware "
    "header help hobby home host hotel ibid ibidem idem idol infra input interface internet intra ipso jazz jeans joystick kernel ketchup keyboard knockout "
    "laissez laptop larva layout leader leasing libs lobby loco logging login logos look mail mailing main management manager mantra marketing master match "
    "medium menu merge mixer mouse multimedia mutt network news nexus nota offset online opera output overhead partner partnership party passim password "
    "patch pathos performance persona personal pipeline player plugin pool popcorn porter post poster posteriori practices priori privacy quasi query quiz "
    "quota radio ranking rebus record release report reporter restart robot root router samovar sandwich scanner script security server service shell shift "
    "shock shop show site slogan smart snob software spam sport spot spread sputnik staff standard star start status stick stock stop story stress string "
    "style summit super supra surfer system taboo task team teenager telex template terminal test testing thesis thread thriller ticket toast tool trainer "
    "training transfer trend trust tsar tundra turnover typo ultra undo unmerge update upload uploads user verso versus vice video visa vodka volley "
    "wallpaper webmaster weekend whisky wiki workshop yoga zebra "
)
"""Words of English, Latin and others that most languages took over as they are."""

_BORROWED = frozenset(_LOANS.split())

_LATIN = ("tion", "tions", "sion", "sions", "able", "ables", "ible", "ibles", "ative", "atives", "us", "um", "is")
_ENDINGS: dict[str, tuple[str, ...]] = {
    "fr": (*_LATIN, "al", "isme", "iste"),
    "es": ("al", "able", "ible", "or", "a", "o", "is", "us", "um"),
    "pt": ("al", "or", "a", "o", "is", "us", "um"),
    "it": ("ante", "a", "o", "i", "is", "us", "um"),
    "ro": ("al", "ent", "ant", "or", "ism", "ist", "a", "um", "us"),
    "ca": ("al", "ant", "ent", "or", "a", "able", "ible", "us", "um"),
    "de": ("us", "um", "is"),
    "pl": ("a", "o", "um", "us"),
    "fi": ("a", "i", "o"),
    "en": (*_LATIN, "al", "ism", "a", "ence", "ance"),
}
"""What words end in that other languages took from Latin and Greek as well: dictionaries lack many of them ("duplication" in French)."""

_TAKEN_FOR_OWN: dict[str, frozenset[str]] = {
    "de": frozenset(["about", "and", "are", "for", "from", "its", "of", "than", "that", "the", "you"]),
    "es": frozenset(["and", "his", "of", "the", "to"]),
    "it": frozenset(["and", "by", "of", "the"]),
    "pt": frozenset(["are", "the"]),
    "sv": frozenset(["of", "the"]),
    "pl": frozenset(["and", "for", "off"]),
    "tr": frozenset(["of", "the"]),
}
"""Frequent English words that the dictionary of the language holds, and that are none of its words."""

SHORTEST = 4
"""Shorter words, but for the frequent ones, tell no language."""


def related(one: str, other: str) -> bool:
    """Whether the two languages are so near to each other that they share many of their words."""
    return any(code(one) in family and code(other) in family for family in FAMILIES)


@cache
def belongs_to_one(word: str, source: str, target: str) -> bool:
    """Whether ``word``, in small letters, is a word of ``source`` and, as far as can be known, none of ``target`` in any form.

    Known by the frequent words and the dictionaries of both. Borrowed words, those that end as the words of both do, inflected forms of the target's own words and frequent words of two letters are left out. False where the source has no dictionary.
    """
    ours, theirs = FUNCTION_WORDS.get(code(source), frozenset()), FUNCTION_WORDS.get(code(target), frozenset())
    if len(word) < 2 or word in theirs:
        return False
    if word in _TAKEN_FOR_OWN.get(code(target), ()) and code(source) == "en":
        return True
    if _is_known(word, target):
        return False
    if word in ours:
        return len(word) > 2
    if len(word) < SHORTEST or word in _BORROWED or word.endswith(_ENDINGS.get(code(target), ())):
        return False
    return is_known(word, source) and not _is_inflected(word, target)


def _is_known(word: str, tag: str) -> bool:
    """Whether the dictionary has the word; as a name or noun only where nouns are written small."""
    return is_known(word, tag) or (code(tag) not in NOUNS_IN_CAPITALS and is_known(word.capitalize(), tag))


def _is_inflected(word: str, tag: str) -> bool:
    """Whether the word is one of the dictionary with an ending of the language: German "obsolete" is "obsolet"."""
    endings = inflection(tag)
    cuts = range(SHORTEST + 1, len(word)) if endings is not None and has_lemmas(tag) else ()
    return any(endings is not None and endings.endings.fullmatch(word[cut:]) is not None and is_known(word[:cut], tag) for cut in cuts)
