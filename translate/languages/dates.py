"""The names of the months and of the days of the week."""

from __future__ import annotations

import re
from functools import cache

from translate.languages.codes import code

_MONTHS: dict[str, str] = {
    "en": "january february march april may june july august september october november december",
    "de": "januar/jänner februar/feber märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "ru": "январь/января/январе февраль/февраля/феврале март/марта/марте апрель/апреля/апреле май/мая/мае июнь/июня/июне июль/июля/июле август/августа/августе сентябрь/сентября/сентябре октябрь/октября/октябре ноябрь/ноября/ноябре декабрь/декабря/декабре",
    "pl": "styczeń/stycznia/styczniu luty/lutego/lutym marzec/marca/marcu kwiecień/kwietnia/kwietniu maj/maja/maju czerwiec/czerwca/czerwcu lipiec/lipca/lipcu sierpień/sierpnia/sierpniu wrzesień/września/wrześniu październik/października/październiku listopad/listopada/listopadzie grudzień/grudnia/grudniu",
    "fi": "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "cs": "leden/ledna/lednu únor/února/únoru březen/března/březnu duben/dubna/dubnu květen/května/květnu červen/června/červnu červenec/července/červenci srpen/srpna/srpnu září říjen/října/říjnu listopad/listopadu prosinec/prosince/prosinci",
    "uk": "січень/січня/січні лютий/лютого/лютому березень/березня/березні квітень/квітня/квітні травень/травня/травні червень/червня/червні липень/липня/липні серпень/серпня/серпні вересень/вересня/вересні жовтень/жовтня/жовтні листопад/листопада/листопаді грудень/грудня/грудні",
    "hu": "január február március április május június július augusztus szeptember október november december",
}
_DAYS: dict[str, str] = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "de": "montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "ru": "понедельник вторник/вторника среда/среду/среды четверг/четверга пятница/пятницу/пятницы суббота/субботу/субботы воскресенье/воскресенья",
    "pl": "poniedziałek/poniedziałku/poniedziałki wtorek/wtorku/wtorki środa/środę/środy czwartek/czwartku/czwartki piątek/piątku/piątki sobota/sobotę/soboty niedziela/niedzielę/niedzieli/niedziele",
    "fi": "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai",
    "tr": "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
    "da": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "nb": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "cs": "pondělí úterý/úterního středa/středu/středy čtvrtek/čtvrtka pátek/pátku sobota/sobotu/soboty neděle/neděli",
    "uk": "понеділок/понеділка вівторок/вівторка середа/середу/середи четвер/четверга пятниця/ятниця/ятницю субота/суботу/суботи неділя/неділю/неділі",
    "hu": "hétfő kedd szerda csütörtök péntek szombat vasárnap",
}
_SHORTENED: dict[str, tuple[str, ...]] = {
    "en": ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    "de": ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"),
    "fr": ("janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"),
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
    "it": ("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"),
    "pt": ("jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"),
    "nl": ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
}
"""How the names of the months begin, where they are shortened."""

_WORD = re.compile(r"[^\W\d_]+(?:-feira)?")

_IN_CAPITALS = frozenset(["en", "de"])
"""Languages that write these names with a capital letter: "may" is no month."""

_ENDINGS: dict[str, tuple[str, ...]] = {
    "fi": ("", "n", "ta", "na", "ssa", "sta", "hun", "lle", "ksi", "ssakin", "sin", "isin", "ina", "nkin", "takin", "ta", "ita"),
    "tr": ("", "ı", "i", "u", "ü", "ın", "in", "un", "ün", "ta", "te", "da", "de", "tan", "ten", "dan", "den", "a", "e", "ya", "ye", "yı", "yi", "sı", "si", "nde", "nda", "ları", "leri"),
    "hu": ("", "ban", "ben", "i", "ra", "re", "ig", "tól", "től", "án", "én", "n", "on", "en", "ön", "jén", "ján", "nként", "onként", "enként"),
    "sv": ("", "s", "en", "ar", "arna", "ens", "kväll"),
    "da": ("", "s", "en", "e", "aften"),
    "nb": ("", "s", "en", "er", "kveld"),
    "cs": ("", "m"),
    "uk": ("", "м"),
}
"""What may follow a name; elsewhere the plural and the German cases."""

DAY = 20
"""From here on the numbers of ``calendar_words`` are days: 21 is Monday."""


@cache
def _names(tag: str) -> dict[str, int]:
    """The names with their numbers: months from 1, days from ``DAY`` + 1; with their endings."""
    out: dict[str, int] = {}
    for table, start in ((_MONTHS, 1), (_DAYS, DAY + 1)):
        for number, group in enumerate(table.get(tag, "").split(), start):
            for name in group.split("/"):
                out |= {name + end: number for end in _ENDINGS.get(tag, ("", "s", "es", "e", "en", "os", "n"))}
    return out


def has_calendar(tag: str) -> bool:
    """Whether we have the names of the months and days in the language."""
    return code(tag) in _MONTHS


def calendar_words(text: str, tag: str) -> tuple[tuple[str, int], ...]:
    """The names of months and days in ``text`` as they are written, each with its number (see ``DAY``)."""
    names, capitals = _names(code(tag)), code(tag) in _IN_CAPITALS
    if names.keys().isdisjoint(_WORD.findall(text.casefold())):
        return ()
    return tuple((word, names[word.casefold()]) for word in _WORD.findall(text) if word.casefold() in names and not (capitals and word.islower()))


def months(text: str, tag: str) -> frozenset[int]:
    """The numbers of the months that ``text`` may name: in full, or shortened ("Sept.") where we know how."""
    names, shortened = _names(code(tag)), _SHORTENED.get(code(tag), ())
    found = _WORD.findall(text.casefold())
    full = {names[word] for word in found if names.get(word, DAY) < DAY}
    return frozenset(full | {number for number, beginning in enumerate(shortened, 1) if any(word.startswith(beginning) for word in found)})
