"""How a language says "you": to one it knows well, and to one it does not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from translate.languages.codes import code


@dataclass(frozen=True, slots=True)
class Address:
    """One form of address: what it is called ("Sie"), and what its words look like."""

    name: str
    words: re.Pattern[str]


def _any(words: str) -> re.Pattern[str]:
    """Whole words, in any capitals."""
    return re.compile(rf"(?<![\w'’-])(?:{'|'.join(words.split())})(?![\w-])", re.IGNORECASE)


def _capital(words: str) -> re.Pattern[str]:
    """Words with a capital that do not begin a sentence."""
    return re.compile(rf"(?<=(?:[^\W\d_]|[,;])[ \u00a0])(?:{'|'.join(words.split())})(?![\w-])")


FORMS: dict[str, tuple[Address, Address]] = {
    "de": (Address("du", _any("du dich dir dein(?:e[mnrs]?)?")), Address("Sie", _capital("Sie Ihnen Ihr(?:e[mnrs]?)?"))),
    "fr": (Address("tu", _any("tu toi te tes t['’](?=\\w)")), Address("vous", _any("vous votre vos"))),
    "es": (Address("tú", _any("tú ti contigo tus? te")), Address("usted", _any("ustedes usted"))),
    "it": (Address("tu", _any("tu ti te tuo tua tuoi tue")), Address("Lei", _capital("Lei Suo Sua Suoi Sue"))),
    "pt": (Address("tu", _any("tu ti contigo teus? tuas?")), Address("você", _any("você vocês"))),
    "nl": (Address("je", _any("jij je jou jouw")), Address("u", _any("u uw"))),
    "pl": (
        Address("ty", _any("ty ciebie cię tobie tobą tw(?:ój|oja|oje|ojego|ojej|ojemu|oim|oich|oją)")),
        Address("Pan/Pani", _capital("Pana? Panu Panem Pani Panią Państwo Państwa Państwu")),
    ),
    "cs": (
        Address("ty", _any("ty tě tebe tobě tebou tvůj tvá tvé tvého tvému tvým tvou")),
        Address("vy", _any("vy vás vám vámi váš vaše vašeho vašemu vaším vaši vašich")),
    ),
    "ru": (
        Address("ты", _any("ты тебя тебе тобой тобою тво(?:й|я|ё|е|и|его|ей|ему|им|их|ю|ими|ём|ем)")),
        Address("вы", _any("вы вас вам вами ваш(?:а|е|и|его|ей|ему|им|их|у|ими|ем)?")),
    ),
    "uk": (
        Address("ти", _any("ти тебе тобі тобою тв(?:ій|оя|оє|ої|ого|оєї|оєму|оїм|оїх|ою)")),
        Address("ви", _any("ви вас вам вами ваш(?:а|е|і|ого|ої|ому|им|их|у)?")),
    ),
    "fi": (
        Address("sinä", _any("sinä sinua sinun sinut sinulle sinulla sinulta sinussa sinusta sinuun")),
        Address("te", _any("te teitä teidän teidät teille teillä teiltä teissä teistä teihin")),
    ),
    "tr": (Address("sen", _any("sen seni sana senin sende senden")), Address("siz", _any("siz sizi size sizin sizde sizden"))),
    "hu": (Address("te", _any("téged neked veled rólad tőled")), Address("Ön", _capital("Ön Önt Önnek Önnel Önök Önöket"))),
}
"""For each language the familiar form and the other one, by the words that can be nothing else."""


def forms(tag: str) -> tuple[Address, Address] | None:
    """The two forms of the language of ``tag``; None where it has one only, or we do not know its words."""
    return FORMS.get(code(tag))
