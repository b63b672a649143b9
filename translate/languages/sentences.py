"""Where sentences end."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from translate.languages.codes import code

NO_SENTENCE_ENDS = frozenset(["th", "lo", "km", "my", "bo"])
"""Languages whose sentences end without a mark."""

DOTTED_ORDINALS = frozenset(["de", "lb", "da", "nb", "no", "nn", "is", "fi", "et", "hu", "pl", "cs", "sk", "sl", "hr", "sr", "bs", "lv", "lt", "tr"])
"""Languages that write the third as "3."."""

CLOSERS = "\"'”’»«›‹“„)]}）」』】*_"
ENDERS = ".!?…:;。！？：；؟۔।॥։።‽․"

ABBREVIATIONS: dict[str, frozenset[str]] = {
    tag: frozenset(words.split())
    for tag, words in {
        "": "dr prof st no nr vol vs etc cf ca op cit ed eds fig figs hrsg ibid sic approx dept univ inc ltd corp co",
        "en": "mr mrs ms jr sr e.g i.e eg ie p pp jan feb mar apr jun jul aug sep sept oct nov dec rev hon gen col capt lt sgt resp al ch sec esp trans viz",
        "de": "bzw z.b d.h u.a usw o.ä vgl s bd bde jh jhd jhs abs art hr fr frl str evtl ggf inkl sog bspw allg urspr geb gest zit zzgl mio mrd tel ff jan feb apr aug sept okt nov dez abb kap anm f v.a u.u i.d.r s.o s.u m.e",
        "fr": "m mm mme mlle mgr p.ex ex c.-à-d chap art p pp env av apr janv févr juil sept oct nov déc ex éd trad cf",
        "es": "sr sra srta dn d p.ej ej pág págs cap art ud uds ee.uu a.c d.c núm aprox",
        "it": "sig sigg sig.ra dott pag pagg cap ecc es p.es art",
        "pt": "sr sra exmo pág págs cap ex p.ex aprox etc",
        "nl": "bijv bv d.w.z enz m.b.t o.a dhr mevr blz nl resp",
        "pl": "np tzn tj m.in prof dr ul nr str itd itp r w",
        "ru": "т.е т.д т.п др гг г в вв стр см им ул проф акад напр тыс млн млрд",
        "sv": "t.ex bl.a dvs osv m.m s.k kl",
        "da": "f.eks bl.a dvs osv m.m s.k kl",
        "nb": "f.eks bl.a dvs osv m.m s.k kl",
    }.items()
}
"""Words that a full stop may follow inside a sentence, without it; the empty tag holds those of every language."""

_WIDE_END = re.compile(r"[。！？।॥؟۔][" + re.escape(CLOSERS) + r"]*\s*")
_WORD = r"(?<![\w.\-])(\.*+[\w\-]++(?:\.++[\w\-]++)*+|(?<![!?…]))"
_END = re.compile(_WORD + r"([.!?…]++)([" + re.escape(CLOSERS) + r"]*+)(\s++)(?=([\"'“„«»‹›‘(\[¿¡\-–—]*\s?)(\S))")
"""Begins at the beginning of a word and never goes back into one, so that a text of one endless word costs no more than another."""


def is_abbreviation(word: str, tag: str) -> bool:
    """Whether ``word``, without its last full stop, is a known abbreviation of the language or of all ("p.m", "etc"), letters with full stops between them, or a figure with a letter ("6d.")."""
    known = ABBREVIATIONS[""] | ABBREVIATIONS.get(code(tag), frozenset())
    return word.casefold() in known or re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]|\d+[a-z]{1,2}", word) is not None


@lru_cache(64)
def sentences(text: str, *tags: str) -> tuple[str, ...]:
    """The sentences of ``text``, as far as their end marks tell; joined with nothing between them they are ``text`` again.

    A full stop ends no sentence after an abbreviation of the languages ``tags``, an initial or (where one of them writes ordinals so) a number, nor before a small letter.
    ``\\ufffc`` stands for an atom and may begin a sentence.
    """
    known, ordinals = _rules(tags)
    cuts = set() if text.isascii() else {match.end() for match in _WIDE_END.finditer(text)}
    cuts |= {match.end(4) for match in _END.finditer(text) if _ends(match, known, ordinals)}
    places = [0, *sorted(cut for cut in cuts if 0 < cut < len(text)), len(text)]
    return tuple(text[start:end] for start, end in pairwise(places) if start < end)


@cache
def _rules(tags: tuple[str, ...]) -> tuple[frozenset[str], bool]:
    """The abbreviations of the languages, and whether one of them writes ordinals with a full stop."""
    known = ABBREVIATIONS[""].union(*(ABBREVIATIONS.get(code(tag), frozenset()) for tag in tags))
    return known, any(code(tag) in DOTTED_ORDINALS for tag in tags)


def _ends(match: re.Match[str], known: frozenset[str], ordinals: bool) -> bool:
    """Whether the mark found by ``_END`` ends a sentence."""
    word, mark, _, _, _, after = match.groups()
    if not (after.isupper() or after.istitle() or after.isdigit() or after == "\ufffc" or (after.isalpha() and not after.islower())):
        return False
    if mark != ".":
        return True
    last = word.rsplit(".", 1)[-1].rsplit("-", 1)[-1]
    return not (
        word.lower() in known
        or last.lower() in known
        or (len(last) == 1 and last.isalpha())
        or (last.isdigit() and len(last) < 3 and (ordinals or match.start() == 0))
    )


_REQUESTS: dict[str, str] = {
    "en": r"\b(?:would|could|can|will|won['’]t|shall|may|might|don['’]t) (?:you|we|i|it be)\b|\bwhy (?:not|don['’]t)\b|\b(?:is|are|was|were|do|did|does|have|has|would)n['’]t (?:it|he|she|they|you|we|i|that|this)\b|\bright\?|[,;] \w+ (?:i|you|he|she|it|we|they)\?",
    "de": r"\b(?:würden|könnten|können|wollen|dürfen?|kannst|willst|könntest|würdest) (?:sie|wir|du|ich)\b|nicht wahr\?|, oder\?",
    "fr": r"\b(?:voulez|voudriez|pouvez|pourriez)-vous\b|\b(?:peux|veux)-tu\b|\bpuis-je\b|n['’]est-ce pas|\bhein\b",
    "es": r"\b(?:quieres?|podrías?|puedes?|podemos)\b|, (?:verdad|no)\?",
}


def requests(sentence: str, tag: str) -> bool:
    """Whether a question may be a request, an offer or rhetorical, so that a translation may do without its mark; True in languages of which we do not know it."""
    pattern = _REQUESTS.get(code(tag))
    return pattern is None or re.search(pattern, sentence, re.IGNORECASE) is not None
