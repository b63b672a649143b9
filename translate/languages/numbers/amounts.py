"""Figures with a word that multiplies them ("5 million"), and parts of a whole ("a third"), language by language."""

from __future__ import annotations

import re
from functools import cache

from translate.languages.codes import code

_SCALES: dict[str, str] = {
    "en": "thousand=3 million=6 millions=6 billion=9 billions=9 trillion=12 trillions=12 bn=9",
    "de": "tausend=3 million=6 millionen=6 mio=6 milliarde=9 milliarden=9 mrd=9 billion=12 billionen=12 bio=12",
    "fr": "mille=3 million=6 millions=6 milliard=9 milliards=9 billion=12 billions=12",
    "es": "mil=3 millón=6 millones=6 mil_millones=9 billón=12 billones=12",
    "it": "mila=3 milione=6 milioni=6 miliardo=9 miliardi=9 bilione=12 bilioni=12 mila_miliardi=12",
    "pt": "mil=3 milhão=6 milhões=6 mil_milhões=9 bilhão=9 bilhões=9 bilião=12 biliões=12 trilhão=12 trilhões=12",
    "nl": "duizend=3 miljoen=6 miljard=9 biljoen=12",
    "pl": "tysiąc=3 tysiąca=3 tysiące=3 tysięcy=3 tys=3 milion=6 miliona=6 miliony=6 milionów=6 mln=6 miliard=9 miliarda=9 miliardy=9 miliardów=9 mld=9 bilion=12 biliona=12 biliony=12 bilionów=12",
    "ru": "тысяча=3 тысячи=3 тысяч=3 тыс=3 миллион=6 миллиона=6 миллионов=6 млн=6 миллиард=9 миллиарда=9 миллиардов=9 млрд=9 триллион=12 триллиона=12 триллионов=12 трлн=12",
    "uk": "тисяча=3 тисячі=3 тисяч=3 тис=3 мільйон=6 мільйона=6 мільйони=6 мільйонів=6 млн=6 мільярд=9 мільярда=9 мільярди=9 мільярдів=9 млрд=9 трильйон=12 трильйона=12 трильйони=12 трильйонів=12 трлн=12",
    "cs": "tisíc=3 tisíce=3 tis=3 milion=6 milionu=6 miliony=6 milionů=6 mil=6 miliarda=9 miliardy=9 miliard=9 mld=9 bilion=12 bilionu=12 biliony=12 bilionů=12",
    "hu": "ezer=3 millió=6 milliárd=9 billió=12",
    "fi": "tuhat=3 tuhatta=3 miljoona=6 miljoonaa=6 milj=6 miljardi=9 miljardia=9 mrd=9 biljoona=12 biljoonaa=12",
    "sv": "tusen=3 miljon=6 miljoner=6 mn=6 miljard=9 miljarder=9 md=9 biljon=12 biljoner=12",
    "da": "tusind=3 tusinde=3 million=6 millioner=6 mio=6 milliard=9 milliarder=9 mia=9 billion=12 billioner=12",
    "nb": "tusen=3 million=6 millioner=6 mill=6 milliard=9 milliarder=9 mrd=9 billion=12 billioner=12",
    "tr": "bin=3 milyon=6 milyar=9 trilyon=12",
}
"""Words that multiply the figure before them, each with its power of ten: a billion is not the same in every language."""

_PARTS: dict[str, str] = {
    "en": "half=2 halves=2 third=3 thirds=3 quarter=4 quarters=4 fifth=5 fifths=5 sixth=6 sixths=6 eighth=8 eighths=8 tenth=10 tenths=10",
    "de": "hälfte=2 halb=2 halbe=2 halben=2 halber=2 halbes=2 halbem=2 drittel=3 dritteln=3 viertel=4 vierteln=4 dreiviertel=4 viertelstunde=4 fünftel=5 sechstel=6 achtel=8 zehntel=10",
    "fr": "moitié=2 demi=2 demie=2 tiers=3 quart=4 quarts=4 cinquième=5 cinquièmes=5 sixième=6 huitième=8 huitièmes=8 dixième=10 dixièmes=10",
    "es": "mitad=2 medio=2 media=2 tercio=3 tercios=3 cuarto=4 cuartos=4 quinto=5 quintos=5 sexto=6 octavo=8 octavos=8 décimo=10 décimos=10",
    "it": "metà=2 mezzo=2 mezza=2 terzo=3 terzi=3 quarto=4 quarti=4 quinto=5 quinti=5 sesto=6 ottavo=8 ottavi=8 decimo=10 decimi=10",
    "pt": "metade=2 meio=2 meia=2 terço=3 terços=3 quarto=4 quartos=4 quinto=5 quintos=5 sexto=6 oitavo=8 oitavos=8 décimo=10 décimos=10",
    "nl": "helft=2 half=2 halve=2 derde=3 kwart=4 vijfde=5 achtste=8 tiende=10",
}
_COUNTED = {
    "en": "a|an|one|two|three|four|five|seven|nine|\\d+",
    "fr": "un|deux|trois|quatre|cinq|sept|neuf|\\d+",
    "es": "un|dos|tres|cuatro|cinco|siete|nueve|\\d+",
    "it": "un|due|tre|quattro|cinque|sette|nove|\\d+",
    "pt": "um|dois|três|quatro|cinco|sete|nove|\\d+",
    "nl": "een|één|twee|drie|vier|vijf|zeven|negen|\\d+",
}
"""What stands before a part where the word alone is an ordinal as well ("the third man")."""

_ONE_AND_A_HALF = re.compile(
    r"einhalb|anderthalb|\bhal(?:f|b|ve)|hälfte|\bdemie?s?\b|moitié|\bmedi[ao]\b|mitad|\bmezz[ao]\b|metà|\bmei[ao]\b|metade|\bhelft\b|половин|полтор|połow|półtor|½", re.IGNORECASE
)
"""Words for one half, be it after a whole number."""


SHORT = 4
"""Words of so few letters are abbreviations, or begin other words."""

_SIGNS = {"千": 10**3, "천": 10**3, "万": 10**4, "萬": 10**4, "만": 10**4, "百万": 10**6, "億": 10**8, "亿": 10**8, "억": 10**8}
_SIGNED = frozenset(["zh", "yue", "ja", "ko"])
"""Signs that multiply, and the languages that write them."""

_HUNDRED = re.compile(r"(?<!\w)(?:hundred|hundert|cents?|cien|cem|honderd)(?!\w)", re.IGNORECASE)


@cache
def _scale_words(tag: str) -> dict[str, int]:
    return {word.replace("_", " "): int(power) for word, _, power in (row.partition("=") for row in _SCALES.get(tag, "").split())}


@cache
def _scaled(tag: str) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _scale_words(tag)), key=len, reverse=True))
    return re.compile(rf"(?<![\d.,])(\d{{1,20}}(?:[.,]\d{{1,20}})?)[\s\u00a0\u202f-]{{1,2}}({words})(?!\w)", re.IGNORECASE)


def scales(tag: str) -> bool:
    """Whether we know the words of the language that multiply a figure."""
    return code(tag) in _SCALES


def scaled(text: str, tag: str) -> tuple[tuple[str, str, int], ...]:
    """The figures in ``text`` that such a word follows ("5 million"): the figure, the word as written, its power of ten."""
    known = _scale_words(code(tag))
    if not known or not any(map(str.isdigit, text)):
        return ()
    return tuple((match[1], match[2], known[match[2].casefold()]) for match in _scaled(code(tag)).finditer(text))


def powers(text: str, tag: str) -> frozenset[int]:
    """The powers of ten that words of ``text`` name, also as the beginning of a longer word ("Millionenstadt"); not the short ones ("milj" in "miljardi")."""
    known = _scale_words(code(tag))
    ends = {word: r"(?!\w)" if len(word) <= SHORT else "" for word in known}
    return frozenset(power for word, power in known.items() if re.search(rf"(?<!\w){re.escape(word)}{ends[word]}", text, re.IGNORECASE))


def multipliers(text: str, tag: str) -> frozenset[int]:
    """What words of ``text`` may multiply a number by: ten to ``powers``, a hundred in words, and the signs of Chinese, Japanese and Korean."""
    signs = {worth for sign, worth in _SIGNS.items() if sign in text} if code(tag) in _SIGNED else set()
    hundred = {100} if _HUNDRED.search(text) else set()
    return frozenset(signs | hundred | {10**power for power in powers(text, tag)})


def parts_of(text: str, tag: str) -> tuple[tuple[str, int], ...]:
    """The parts of a whole that words of ``text`` name ("a third", "Drittel"), each with how many make the whole; none where the language has no table."""
    pattern = _parts(code(tag))
    if pattern is None:
        return ()
    known = _part_words(code(tag))
    return tuple((match[0], known[match["part"].casefold()]) for match in pattern.finditer(text))


@cache
def _part_words(tag: str) -> dict[str, int]:
    return {word: int(size) for word, _, size in (row.partition("=") for row in _PARTS.get(tag, "").split())}


@cache
def _parts(tag: str) -> re.Pattern[str] | None:
    """Halves stand alone; where the others are ordinals too, a number stands before them."""
    words = _part_words(tag)
    if not words:
        return None
    halves, others = ("|".join(word for word, size in words.items() if (size == 2) == half) for half in (True, False))
    if tag not in _COUNTED:
        return re.compile(rf"(?<!\w)(?P<part>{halves}|{others})(?!\w)", re.IGNORECASE)
    return re.compile(rf"(?<!\w)(?:(?={halves})|(?:{_COUNTED[tag]})[\s-](?={others}))(?P<part>{halves}|{others})(?![\w-])", re.IGNORECASE)


def halves(text: str) -> bool:
    """Whether ``text`` names a half in words, in any of the languages we know: "dreieinhalb", "one and a half"."""
    return _ONE_AND_A_HALF.search(text) is not None


@cache
def scale_words() -> str:
    """The words of all languages that multiply a figure, as alternatives of a pattern."""
    words = {re.escape(word) for tag in _SCALES for word in _scale_words(tag) if len(word) > 3}
    return "|".join(sorted(words, key=len, reverse=True))
