"""Digit grouping, decimal marks and units, by language."""

from __future__ import annotations

import re
from functools import cache

from translate.languages.codes import code

_COMMA = "de fr es it pt nl ru uk bg pl cs sk sl hr sr bs hu ro el tr sv da nb nn no fi et lv lt is ca gl eu af id vi be mk sq ka hy az kk eo"
DECIMAL_COMMA = frozenset(_COMMA.split())
"""Languages that write one and a half as 1,5."""

_DECIMAL_POINT = frozenset({"de-ch", "de-li", "it-ch", "fr-ch", "es-mx", "es-gt", "es-hn", "es-ni", "es-pa", "es-pr", "es-do", "es-sv", "es-us"})


def decimal_mark(tag: str) -> str:
    """ "," or "." as the language (and country) of ``tag`` writes decimals."""
    if tag.replace("_", "-").casefold() in _DECIMAL_POINT:
        return "."
    return "," if code(tag) in DECIMAL_COMMA else "."


_SPACED = frozenset(["fr", "es", "ru", "uk", "bg", "pl", "cs", "sk", "hu", "sv", "nb", "nn", "no", "fi", "et", "lv", "lt", "be", "hy", "kk", "ka", "sq", "af", "eo"])
"""Languages that group thousands with a space."""

_FROM_FIVE = frozenset(["es", "pl", "bg", "lv", "et", "ka", "hy"])
"""Languages that leave four figures together; Portugal does too."""


def grouping_mark(tag: str, figures: int = 5) -> str:
    """What the language (and country) of ``tag`` groups the thousands of a number of so many ``figures`` with: "." or ",", a narrow space that does not break, in Switzerland an apostrophe; "" where it leaves four figures together.

    As in CLDR 47, but for Spanish and Austria, which have a space by the Academy's Ortografía and by ÖNORM A 1080.
    """
    country = tag.replace("_", "-").casefold()
    if figures == 4 and (country == "pt-pt" or (code(tag) in _FROM_FIVE and country not in _DECIMAL_POINT)):
        return ""
    if country in ("de-ch", "de-li", "it-ch"):
        return "’"
    if (code(tag) in _SPACED and country not in _DECIMAL_POINT) or country in ("de-at", "fr-ch", "pt-pt"):
        return "\u202f"
    return "." if decimal_mark(tag) == "," else ","


_UNITS: tuple[str, ...] = (
    "% percent per_cent prozent v_h pour_cent por_ciento per_cento por_cento procent процент процента процентов",
    "‰ permille promille pour_mille",
    "km kilometre kilometres kilometer kilometers kilometern kilomètre kilomètres kilómetro kilómetros chilometro chilometri quilômetro quilômetros км километр километра километров километрах kilometr kilometry kilometrów kilometra kilometriä kilometrin kilometrelik",
    "m metre metres meter meters metern mètre mètres metro metros metri м метр метра метров метрах metr metra metry metrów metriä metrin metrelik",
    "cm centimetre centimetres centimeter centimeters zentimeter zentimetern centimètre centimètres centímetro centímetros centimetri см сантиметр сантиметра сантиметров centymetr centymetra centymetry centymetrów senttimetriä senttimetrin santimetre",
    "mm millimetre millimetres millimeter millimeters millimetern millimètre millimètres milímetro milímetros millimetri мм миллиметр миллиметра миллиметров milimetr milimetra milimetry milimetrów millimetriä milimetre",
    "mile miles meile meilen mille_marin milles milla millas miglio miglia milha milhas mijl миля мили миль mila mailia mailin",
    "foot feet fuß pied pieds pie pies piede piedi pé pés voet фут фута футов stopa stopy stóp jalkaa",
    "inch inches zoll pouce pouces pulgada pulgadas pollice pollici polegada polegadas дюйм дюйма дюймов cali tuumaa inç",
    "yard yards elle ellen yarda yardas iarda iarde",
    "kg kilo kilos kilogram kilograms kilogramme kilogrammes kilogramm kilogramo kilogramos chilo chili chilogrammi quilo quilos кг килограмм килограмма килограммов kilogramy kilogramów kiloa kilogrammaa",
    "g gram grams gramm gramme grammes gramo gramos grammo grammi grama gramas г грамм грамма граммов gramy gramów grammaa",
    "ton tons tonne tonnes tonnen tonelada toneladas tonnellata tonnellate тонн тонна тонны тонну tona tonnia tonnin",
    "pound pounds pfund livre livres libra libras libbra libbre sterlina £ фунт фунта фунтов funt funta funty funtów puntaa sterlin",
    "litre litres liter liters litern litro litros litri л литр литра литров litr litra litry litrów litraa",
    "hour hours stunde stunden heure heures hora horas ora ore uur uren час часа часов часах godzina godzinę godziny godzin tuntia tunnin saat saatlik",
    "minute minutes minuten minuto minutos minuti minuut minuten минута минуты минут минуту minuta minutę minuty minuuttia minuutin dakika",
    "second seconds sekunde sekunden seconde secondes segundo segundos secondo secondi seconden секунд секунды секунда секунду sekunda sekundę sekundy sekuntia sekunnin saniye",
    "day days tag tage tagen jour jours día días giorno giorni dia dias dag dagen день дня дней днями dzień dnia dni päivää päivän gün günlük",
    "week weeks woche wochen semaine semaines semana semanas settimana settimane weken неделя недели недель неделю tydzień tygodnia tygodnie tygodni viikkoa viikon hafta haftalık",
    "month months monat monate monaten mois mes meses mese mesi mês maand maanden месяц месяца месяцев месяцах miesiąc miesiąca miesiące miesięcy kuukautta kuukauden ay aylık",
    "year years jahr jahre jahren an ans année années año años anno anni ano anos jaar jaren год года лет годов годах rok roku lata lat vuotta vuoden yıl yıllık",
    "$ dollar dollars dólar dólares dollari доллар доллара долларов dolar dolara dolary dolarów dollaria",
    "€ euro euros евро euroa avro",
    "¥ yen yens",
    "mark marks deutschmark deutschmarks deutsche_mark reichsmark goldmark marcos marchi marki marek марок марки markkaa",
    "franc francs franken franco francos franchi frank frankow franków франк франка франков frangia",
    "rouble roubles ruble rubles rubel rublos rublo rubli rubla рубль рубля рублей ruplaa",
    "thaler thalers taler talern táleros talleri талер талеров",
    "penny pence pfennig pfennigs fennig",
    "florin florins gulden guilder guilders florines fiorini",
    "peseta pesetas peseten pesetas песет",
    "shilling shillings schilling chelín chelines scellino scellini шиллинг шиллинга шиллингов szyling szylinga szylingi szylingów shillinkiä şilin",
    "kb kib ko kio kilobyte kilobytes кб",
    "mb mib mo mio_octet megabyte megabytes mégaoctet мб",
    "gb gib go gio gigabyte gigabytes gigaoctet гб",
    "tb tib to tio terabyte terabytes тб",
    "°c celsius °celsius",
    "°f fahrenheit",
    "hz hertz гц",
    "khz kilohertz кгц",
    "mhz megahertz мгц",
    "ghz gigahertz ггц",
    "kw kilowatt kilowatts квт",
    "w watt watts вт",
)  # fmt: skip
"""One unit a line: its signs and its names in the languages we know, ``_`` for a blank."""


_DIGIT = re.compile(r"\d")


@cache
def _by_name() -> dict[str, int]:
    return {name.replace("_", " "): place for place, line in enumerate(_UNITS) for name in line.split()}


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_by_name(), key=len, reverse=True))
    return re.compile(rf"(?<!\d)(\d{{1,40}}+(?:[.,'’\u00a0\u202f ]\d{{1,40}}+){{0,12}}+)[\s\u00a0\u202f-]{{0,2}}({names})(?!\w)", re.IGNORECASE)


_CALENDAR = frozenset(["second", "minute", "day", "week", "month", "year"])
"""Units that a heading also names where dates stand below it."""


@cache
def _headings() -> re.Pattern[str]:
    names = [name.replace("_", " ") for line in _UNITS if _CALENDAR.isdisjoint(line.split()) for name in line.split()]
    long = "|".join(re.escape(name) for name in names if len(name) > 3 and name.isalpha())
    short = "|".join(re.escape(name) for name in names if len(name) <= 3)
    return re.compile(rf"[%‰£$€¥]|(?<!\w)(?:per cent|{long})(?!\w)|[(\[](?:{short})[)\]]", re.IGNORECASE)


def heads_amounts(text: str) -> bool:
    """Whether a table's heading says that amounts stand below it: a sign of money or percent, a unit in words, a short one in brackets ("Width (cm)"); not those of time, below which dates may stand."""
    return _headings().search(text) is not None


_MONEY = re.compile(r"([£$€¥])[ \u00a0\u202f]?(\d{1,40}+(?:[.,'’\u00a0\u202f]\d{1,40}+){0,12}+)")


def measured(text: str) -> tuple[tuple[str, str, int], ...]:
    """The figures in ``text`` that a unit follows, or a sign of money stands before: the figure, the unit as written, and the unit's number, alike in all languages."""
    if not _DIGIT.search(text):
        return ()
    found = [(match.start(), match.group(1), match.group(2)) for match in _pattern().finditer(text)]
    found += [(match.start(), match.group(2), match.group(1)) for match in _MONEY.finditer(text)]
    return tuple((figure, unit, _by_name()[unit.casefold()]) for _, figure, unit in sorted(found))


@cache
def unit_words() -> str:
    """The names of all units of four letters and more, as alternatives of a pattern."""
    names = (name.replace("_", " ") for line in _UNITS for name in line.split())
    return "|".join(sorted({re.escape(name) for name in names if len(name) > 3 and name[0].isalpha()}, key=len, reverse=True))
