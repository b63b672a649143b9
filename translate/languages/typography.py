"""How a language sets its quotation marks, apostrophes, dashes and the spaces before its marks.

The norms meant are CLDR (delimiters), the Duden, the Imprimerie nationale's Lexique, the Guide de rédaction de la Chancellerie (Switzerland), the Office québécois de la langue française,
the Ortografía of the Real Academia Española, the Chicago Manual, and Wikipedia's summary table of quotation marks for the rest.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from translate.languages.codes import code

NO_BREAK = "\u00a0"
NARROW = "\u202f"
SPACES = f" {NO_BREAK}{NARROW}\u2009"
"""Spaces that may stand before or inside a mark: ordinary, no-break, narrow no-break, thin."""

Marks = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Quotes:
    """One way of setting quotation marks: the pair, the pair inside it, and the space between marks and words.

    Where ``pad`` is not empty, any no-break space is accepted; ``bare`` says that none at all is accepted too.
    """

    outer: Marks
    inner: Marks
    pad: str = ""
    bare: bool = False


_UP = Quotes(("“", "”"), ("‘", "’"))
_UP_SINGLE = Quotes(("‘", "’"), ("“", "”"))
_LOW = Quotes(("„", "“"), ("‚", "‘"))
_LOW_RIGHT = Quotes(("„", "”"), ("‚", "’"))
_POINTED = Quotes(("«", "»"), ("“", "”"))
_POINTED_LOW = Quotes(("«", "»"), ("„", "“"))
_POINTED_TWICE = Quotes(("«", "»"), ("‹", "›"))
_INWARD = Quotes(("»", "«"), ("›", "‹"))
_RIGHT = Quotes(("”", "”"), ("’", "’"))
_RIGHT_POINTED = Quotes(("»", "»"), ("’", "’"))
_FRENCH = Quotes(("«", "»"), ("“", "”"), pad=NO_BREAK)
_CORNER = Quotes(("「", "」"), ("『", "』"))

QUOTES: dict[str, tuple[Quotes, ...]] = {
    "en": (_UP, _UP_SINGLE),
    "en-GB": (_UP_SINGLE, _UP),
    "de": (_LOW, _INWARD),
    "de-CH": (_POINTED_TWICE, _LOW),
    "de-LI": (_POINTED_TWICE, _LOW),
    "fr": (_FRENCH,),
    "fr-CA": (_FRENCH,),
    "fr-CH": (Quotes(("«", "»"), ("‹", "›"), pad=NARROW, bare=True), Quotes(("«", "»"), ("“", "”"), pad=NARROW, bare=True)),
    "es": (_POINTED, _UP),
    "es-MX": (_UP, _POINTED),
    "es-419": (_UP, _POINTED),
    "it": (_POINTED, _UP),
    "it-CH": (_POINTED_TWICE, _POINTED),
    "pt": (_UP, _POINTED),
    "pt-PT": (_POINTED, _UP),
    "nl": (_UP, _UP_SINGLE, _LOW_RIGHT),
    "pl": (Quotes(("„", "”"), ("«", "»")), Quotes(("„", "”"), ("»", "«")), Quotes(("„", "”"), ("‚", "’")), _POINTED),
    "ru": (_POINTED_LOW,),
    "uk": (_POINTED_LOW, _POINTED, _LOW),
    "be": (_POINTED_LOW, _POINTED),
    "bg": (Quotes(("„", "“"), ("’", "’")), Quotes(("„", "“"), ("«", "»")), _LOW),
    "cs": (_LOW, _INWARD),
    "sk": (_LOW, _INWARD),
    "sl": (_LOW, _INWARD),
    "hr": (Quotes(("„", "”"), ("‘", "’")), _INWARD, _LOW),
    "sr": (Quotes(("„", "”"), ("’", "’")), _LOW, _INWARD),
    "hu": (Quotes(("„", "”"), ("»", "«")), Quotes(("„", "”"), ("’", "’"))),
    "ro": (Quotes(("„", "”"), ("«", "»")),),
    "sv": (_RIGHT, _RIGHT_POINTED),
    "fi": (_RIGHT, _RIGHT_POINTED),
    "da": (_INWARD, _LOW, _RIGHT),
    "nb": (Quotes(("«", "»"), ("‘", "’")), _LOW),
    "nn": (Quotes(("«", "»"), ("‘", "’")), _LOW),
    "no": (Quotes(("«", "»"), ("‘", "’")), _LOW),
    "is": (_LOW,),
    "et": (_LOW, _LOW_RIGHT, Quotes(("„", "“"), ("«", "»"))),
    "lt": (_LOW,),
    "lv": (_POINTED_LOW, _LOW_RIGHT, _UP),
    "el": (_POINTED, _UP),
    "tr": (_UP, _POINTED),
    "ca": (_POINTED, _UP),
    "gl": (_POINTED, _UP),
    "eu": (_POINTED, _UP),
    "id": (_UP,),
    "vi": (_UP, _POINTED),
    "zh": (_UP, _CORNER),
    "zh-Hant": (_CORNER, _UP),
    "ja": (_CORNER,),
    "ko": (_UP,),
    "hi": (_UP,),
}
"""The ways of a language, the usual one first; a language that is not here is not looked at (Hebrew sets straight marks, Arabic either)."""

CURLY_APOSTROPHE = frozenset(
    ["en", "de", "fr", "it", "ca", "nl", "es", "pt", "sv", "da", "nb", "nn", "no", "pl", "cs", "tr", "uk", "lb", "eu", "oc", "ga", "gd", "cy", "eo"]
)
"""Languages that set an apostrophe as ’."""

SPACED_DASH: dict[str, str] = {
    **dict.fromkeys(["de", "nl", "da", "sv", "nb", "nn", "no", "fi", "cs", "sk", "sl", "hr", "et", "is", "lb", "hu", "ro"], "–"),
    **dict.fromkeys(["fr", "ru", "uk", "be", "bg", "lt", "lv"], "—"),
    **dict.fromkeys(["pl", "it", "ca"], "–"),
}
"""The dash between words, with a space on either side; languages that are not here set it in several ways (English, Spanish, Portuguese), or none."""

ONE_DASH = frozenset(["de", "nl", "da", "sv", "nb", "nn", "no", "fi", "cs", "sk", "sl", "hr", "et", "is", "lb"])
"""Of those, the languages in which the other dash is not usual."""

MARKS_APART: dict[str, str] = {"fr": ":;!?", "fr-CA": ":", "fr-CH": ":;!?", "fr-BE": ":;!?", "br": ":;!?"}
"""Marks that have a no-break space before them; all others stand close."""

INVERTED: dict[str, dict[str, str]] = {"es": {"?": "¿", "!": "¡"}, "ast": {"?": "¿", "!": "¡"}}
"""Languages that open a question and a call with a mark of its own."""

CASED_SCRIPTS = frozenset(["Latn", "Grek", "Cyrl", "Armn"])
"""Scripts with capitals."""

DOUBLES: dict[str, frozenset[str]] = {
    tag: frozenset(words.split())
    for tag, words in {
        "en": "had that her you it is so very no ha bye knock tut hear there now long many far never blah yes well on in",
        "de": "die der das den dem sie ihr was so sehr ja nein nie ha na wie viel viele lange weit mehr immer da nun an zu in",
        "fr": "nous vous ha non oui si très en",
        "es": "ja no sí muy casi que",
        "it": "no sì via via piano molto così poco ha quasi man si",
        "pt": "não sim muito quase já",
        "nl": "die dat zijn ze je ja nee heel zo u er en in",
        "sv": "som det att ja nej för i på den",
        "da": "som det at ja nej der i den",
        "nb": "som det at ja nei der i den",
        "pl": "bardzo tak nie się",
        "ru": "да нет ну так очень еле чуть это что",
        "fi": "ja ei niin",
        "la": "quid se etiam iam",
    }.items()
}
"""Words that may rightly stand twice in a row."""

REDUPLICATING = frozenset(
    [
        "id",
        "ms",
        "jv",
        "su",
        "tl",
        "fil",
        "vi",
        "th",
        "lo",
        "km",
        "my",
        "zh",
        "ja",
        "ko",
        "hi",
        "ur",
        "bn",
        "ta",
        "te",
        "tr",
        "az",
        "ka",
        "hy",
        "sw",
        "mi",
        "haw",
    ]
)
"""Languages in which a word that stands twice is grammar."""


def quotes(tag: str) -> tuple[Quotes, ...]:
    """The ways in which the language of ``tag`` sets quotation marks, the usual one first; () where we do not know."""
    return _of(QUOTES, tag) or ()


def marks_apart(tag: str) -> str:
    """The marks that have a no-break space before them in the language of ``tag``."""
    return _of(MARKS_APART, tag) or ""


_Value = TypeVar("_Value")


def _of(table: dict[str, _Value], tag: str) -> _Value | None:
    """The row of the tag, of its first two parts, or of its language: whatever the table knows most exactly."""
    parts = tag.replace("_", "-").split("-")
    named = [part.title() if len(part) == 4 else part.upper() for part in parts[1:]]
    if code(tag) == "zh" and {"TW", "HK", "MO"} & set(named):
        named.append("Hant")
    names = ["-".join((code(tag), *named)), *(f"{code(tag)}-{name}" for name in named), code(tag)]
    return next((table[name] for name in names if name in table), None)


_LATIN = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщыэюяёіїєґљњћђџјѣαβγδεζηθικλμνξοπρστυφχψως",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "zh",
            "z",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "y",
            "e",
            "yu",
            "ya",
            "e",
            "i",
            "yi",
            "ye",
            "g",
            "lj",
            "nj",
            "c",
            "dj",
            "dz",
            "j",
            "e",
            "a",
            "v",
            "g",
            "d",
            "e",
            "z",
            "i",
            "th",
            "i",
            "k",
            "l",
            "m",
            "n",
            "x",
            "o",
            "p",
            "r",
            "s",
            "t",
            "y",
            "f",
            "ch",
            "ps",
            "o",
            "s",
        ],
        strict=True,
    )
)
_TABLE = str.maketrans(_LATIN | {"ь": "", "ъ": "", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})


@lru_cache(maxsize=1 << 14)
def latin(word: str) -> str:
    """The word in small Latin letters without accents, for comparing names across scripts: Cyrillic and Greek letters by the usual English transcription."""
    return "".join(char for char in unicodedata.normalize("NFKD", word.casefold().translate(_TABLE)) if not unicodedata.combining(char))


_SOUNDS = (
    *(("tsch", "c"), ("tch", "c"), ("sch", "s"), ("ch", "c"), ("kh", "c"), ("sh", "s"), ("zh", "s"), ("tz", "ts"), ("ks", "x")),
    *(("w", "v"), ("ij", "i"), ("j", "i"), ("y", "i"), ("ph", "f"), ("z", "s")),
)
"""Letters that languages write for the same sound when they transcribe a name: Chekhov, Tschechow, Tchekhov; Zhukov, Schukow."""


def sound(word: str) -> str:
    """The word in small Latin letters, those that transcriptions differ in made one, for comparing names across languages."""
    heard = latin(word)
    for letters, one in _SOUNDS:
        heard = heard.replace(letters, one)
    return heard
