"""How words are inflected, as data: what a word form may end in, which shapes a stem takes, what only another word ends in.

Dictionaries of word forms (``lemmas``) know most forms; this is for what they lack or lump together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from translate.languages.codes import code

_VOWELS = "aeıioöuüäåæøy"


@dataclass(frozen=True, slots=True)
class Inflection:
    """How one language inflects.

    ``endings`` is all that may follow one of the ``stems`` of a word; ``verbs`` the same for verbs, whose dictionary form ends in ``infinitive``.
    ``derived`` is what follows the stem in other words of the family, for dictionaries that give those the same lemma.
    ``sure`` says that stem and ending tell a form from another word by themselves, whatever a dictionary says.
    ``feminine`` endings make a word for a woman that counts as a form of the word. ``pronouns`` may be written at the end of a verb form.
    """

    endings: re.Pattern[str]
    stems: Callable[[str], tuple[str, ...]]
    infinitive: re.Pattern[str] | None = None
    verbs: re.Pattern[str] | None = None
    derived: re.Pattern[str] | None = None
    feminine: tuple[str, ...] = ()
    pronouns: re.Pattern[str] | None = None
    sure: bool = False


def _itself(word: str) -> tuple[str, ...]:
    return (word,)


_SLAVIC_VOWELS = "aeioąęóyаеёиоуыьэюя"


def _slavic_stems(word: str) -> tuple[str, ...]:
    """The word, and without the vowel at its end or the one that falls out: книга and книг, środek and środk."""
    if len(word) > 3 and word[-1] in _SLAVIC_VOWELS:
        return word, word[:-1]
    return (word, word[:-2] + word[-1]) if len(word) > 3 and word[-2] in "eеоё" and word[-1] not in _SLAVIC_VOWELS else (word,)


_GRADES = (
    ("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("nt", "nn"), ("mp", "mm"), ("lt", "ll"), ("rt", "rr"), ("ht", "hd"), ("k", ""), ("p", "v"), ("t", "d"),
)  # fmt: skip


def _finnish_stems(word: str) -> tuple[str, ...]:
    """The strong and the weak stem: katu and kadu, aika and aja; -nen has -se- and -s-."""
    if word.endswith("nen"):
        return (word, f"{word[:-3]}se", f"{word[:-3]}s", f"{word[:-3]}si")
    body, last = word[:-1], word[-1:]
    out = [word]
    if last in "aäoöuyei":
        found = next(((strong, weak) for strong, weak in _GRADES if body.endswith(strong)), None)
        if found:
            out.append(body[: -len(found[0])] + found[1] + last)
        if body.endswith("ik"):
            out.append(f"{body[:-2]}j{last}")
    return tuple(out)


_SOFT = {"p": "b", "ç": "c", "t": "d", "k": "ğ"}


def _turkish_stems(word: str) -> tuple[str, ...]:
    """The stem before a consonant and before a vowel: kitap and kitab, renk and reng, şehir and şehr, hak and hakk; of a verb without -mak."""
    stem = re.sub(r"m[ae]k$", "", word)
    out = [stem]
    if stem[-1:] in _SOFT:
        out.append(stem[:-1] + _SOFT[stem[-1]])
    if stem.endswith("nk"):
        out.append(f"{stem[:-1]}g")
    if re.search(rf"[{_VOWELS}][^{_VOWELS}][ıiuü][^{_VOWELS}]$", stem) and len(stem) <= 6:
        out.append(stem[:-2] + stem[-1])
    if len(stem) == 3 and stem[-1] not in _VOWELS:
        out.append(stem + stem[-1])
    return tuple(out)


_CASE = "(?:n?[dt][ae]n?|[yn]?[ıiuü]|[yn]?[ae]|n?[ıiuü]n|y?l[ae])"
_TURKISH_ENDINGS = (
    rf"(?:l[ae]r)?(?:[ıiuü]?m[ıiuü]z|[ıiuü]?n[ıiuü]z|[ıiuü]?[mn]|s?[ıiuü])?{_CASE}?(?:ki(?:l[ae]r)?{_CASE}?)?"
    r"(?:y?[dt][ıiuü][rmnk]?(?:l[ae]r)?|l[ae]r|y?m[ıiuü]ş|y?s[ae])?"
)
_TURKISH_VERBS = r"(?:[ıiuü]?[ln])?(?:m[aeıiuü])?(?:[ıiuü]?yor|[dt][ıiuü][kğ]?|m[ıiuü]ş|y?[ae]c[ae][kğ]|[ıiuüae]?r|z|m[ae]k?|y?[ae]n|y?[ıiuü]p|s[ae]|y?[ae]r[ae]k|y?[ıiuü]nc[ae])\w{0,7}"
_FINNISH_CASES = (
    "n|t|a|ä|ta|tä|na|nä|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi|tta|ttä|h[aeioöuyä]n|seen|[aeioöuyä]n|en|den|tten|"
    "i(?:en|n|a|ä|ta|tä|na|nä|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi|tta|ttä|hin)|j[aä]|jen"
)
_FINNISH_ENDINGS = rf"(?:{_FINNISH_CASES})?(?:ni|si|nsa|nsä|mme|nne|[aeioöuyä]n)?(?:kin|kaan|kään|ko|kö|han|hän|pa|pä)?"
_RUSSIAN_ENDINGS = "(?:а|у|ом|е|ы|и|ов|ам|ами|ах|ой|ою|ей|ям|ями|ях|я|ю|ем|ём|ью|ь|ый|ий|ого|его|ому|ему|ым|им|ая|яя|ую|юю|ое|ее|ые|ие|ых|их|ыми|ими)?"
_POLISH_ENDINGS = "(?:a|u|owi|em|iem|ie|e|y|i|ów|om|ami|ach|ę|ą|o|ej|ych|ich|ego|iego|emu|iemu|ym|im|ymi|imi|ia|iu|ią|ię)?"

_INFLECTIONS: dict[str, Inflection] = {
    "de": Inflection(re.compile("(?:e|en|er|ern|em|es|s|n|ens|se|sen|ses)?"), _itself, feminine=("in", "innen")),
    "fr": Inflection(re.compile("(?:s|x|e|es)?"), _itself),
    "es": Inflection(
        re.compile("(?:s|es)?"),
        _itself,
        infinitive=re.compile("[aeií]r$"),
        verbs=re.compile("(?:a|e|o|ad|ed|id|emos|amos|imos|en|an|ando|iendo|yendo|[aei]r|as|es)"),
        pronouns=re.compile("(?:me|te|se|nos|os)?(?:l[ao]s?|les?|me|te|se|nos|os)"),
    ),
    "ru": Inflection(re.compile(_RUSSIAN_ENDINGS), _slavic_stems),
    "pl": Inflection(re.compile(_POLISH_ENDINGS), _slavic_stems),
    "fi": Inflection(re.compile(_FINNISH_ENDINGS), _finnish_stems, sure=True),
    "tr": Inflection(
        re.compile(_TURKISH_ENDINGS),
        _turkish_stems,
        infinitive=re.compile("m[ae]k$"),
        verbs=re.compile(_TURKISH_VERBS),
        derived=re.compile("(?:[cç][ıiuü]|l[ıiuü](?!d)|s[ıiuü]z)"),
        sure=True,
    ),
}

JOINERS = ("", "s", "es", "n", "en", "er", "e", "ens", "-")
"""What may stand between the parts of a compound."""

NOT_PARTS: dict[str, frozenset[str]] = {
    "de": frozenset(
        [
            "ver",
            "ent",
            "zer",
            "emp",
            "miss",
            "bar",
            "sam",
            "los",
            "voll",
            "frei",
            "reich",
            "arm",
            "haft",
            "lich",
            "isch",
            "ist",
            "ismus",
            "heit",
            "keit",
            "schaft",
            "tum",
            "ung",
            "nis",
            "ling",
            "chen",
            "lein",
            "ler",
            "ner",
            "weise",
            "artig",
            "mässig",
            "innen",
            "erinnen",
            "rinnen",
            "er",
            "sch",
        ]
    ),
    "nl": frozenset(["ver", "ont", "her", "baar", "loos", "vol", "rijk", "heid", "schap", "dom", "ing", "ling", "aar", "ist", "isme", "lijk", "isch", "tje"]),
    "sv": frozenset(["för", "bar", "lös", "full", "rik", "het", "skap", "dom", "ning", "ling", "are", "ist", "ism", "lig", "isk"]),
}
"""Beginnings and endings of words that are no parts of compounds, though some look like words."""


def _inflected(words: str) -> frozenset[str]:
    return frozenset(word + ending for word in words.split() for ending in ("", "s", "en", "es", "n", "e"))


NO_COMPOUNDS: dict[str, frozenset[str]] = {
    "de": _inflected(
        "software hardware freeware shareware firmware malware spyware adware groupware middleware bloatware vaporware netware "
        "diebstahl heirat vorrat verrat hausrat unrat beirat zierrat plattform uniform reform konform transport rapport antwort abort"
    ),
    "nl": _inflected("software hardware freeware shareware firmware malware spyware groupware middleware platform uniform rapport transport"),
    "sv": _inflected("uniform plattform rapport transport"),
}
"""Words that only look like compounds: loans (no "Ware" in "Software"), and words whose parts nobody hears any more."""

GAPS: dict[str, dict[str, str]] = {
    "es": {"buen": "bueno", "gran": "grande", "mal": "malo", "primer": "primero", "tercer": "tercero", "algún": "alguno", "ningún": "ninguno", "san": "santo"},
    "it": {"buon": "buono", "gran": "grande", "bel": "bello", "bei": "bello", "begli": "bello", "san": "santo"},
    "pl": dict.fromkeys(("szedł", "szła", "szło", "szli", "szły", "szedłem", "szłam", "szliśmy"), "iść"),
}
"""Word forms that simplemma's dictionaries lack or have wrong, with their lemmas."""

ATTACHED = frozenset(["ar", "he", "fa", "ur", "ps", "ckb", "sw", "zu", "xh", "rw", "id", "ms", "tl", "ko", "hi", "bn", "mr", "ta", "te", "ka", "am", "ti"])
"""Languages that write articles, prepositions or particles onto a word, so that a term may stand anywhere in one."""


@cache
def inflection(tag: str) -> Inflection | None:
    """How the language inflects; None where nothing is written down of it."""
    return _INFLECTIONS.get(code(tag))


def same_stem(one: str, other: str) -> bool:
    """Whether two terms differ in short endings of their words only ("policy" and "policies"): a rule of thumb for any language, where neither has to be looked up."""
    ours, theirs = one.casefold().split(), other.casefold().split()
    return len(ours) == len(theirs) and all(_ends_otherwise(*sorted(pair, key=len)) for pair in zip(ours, theirs, strict=True))


def _ends_otherwise(shorter: str, longer: str) -> bool:
    stem = shorter[: max(3, len(shorter) - 1)]
    return longer.startswith(stem) and len(longer) - len(stem) <= 3


def fold(text: str, tag: str) -> str:
    """``text`` in small letters as the language has them: Turkish ı and i, Russian without the dots of ё."""
    text = unicodedata.normalize("NFC", text)
    if code(tag) in ("tr", "az", "crh"):
        text = text.replace("İ", "i").replace("I", "ı")
    folded = text.casefold()
    return folded.replace("ё", "е") if code(tag) in ("ru", "be") else folded
