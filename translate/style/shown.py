"""What the sentences of a style sheet show by an example, so that code can hold it: a date, an amount, ß, a gendered form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from translate import languages

_MONTH = r"(?P<month>[^\W\d_]{3,})"
_YEAR = r"(?P<year>[12]\d{3})"
WRITTEN = re.compile(rf"(?<![\w.,/-])(?P<day>\d{{1,2}})(?P<mark>\.|st|nd|rd|th|er|º)?(?P<one>[ \u00a0\u202f])(?P<of>de |of )?{_MONTH}(?P<two> (?:de |del |of )?|, ){_YEAR}(?!\w)")
"""A date with its month as a word, the day first."""
TURNED = re.compile(rf"(?<!\w){_MONTH} (?P<day>\d{{1,2}})(?P<mark>st|nd|rd|th)?,? {_YEAR}(?!\w)")
"""The month first."""
FIGURES = re.compile(r"(?<![\w./-])(?:\d{1,2}([./-])[ \u00a0]?\d{1,2}\1[ \u00a0]?[12]\d{3}|[12]\d{3}-\d\d-\d\d)(?![\w/-])")
"""In figures alone."""
SIGNS = ("km", "cm", "mm", "m", "kg", "g", "°C", "°F", "kB", "MB", "GB", "TB", "kHz", "MHz", "GHz", "Hz", "kW", "W")
AMOUNT = re.compile(rf"(?<![\w.,])(?P<figure>\d[\d.,]*)(?P<gap>[ \u00a0\u202f]?)(?P<sign>{'|'.join(SIGNS)})(?![\w²³/])")
"""A figure and the sign of its unit."""
GENDERED = re.compile(r"\b[^\W\d_]{2,}(?:(?P<sign>[*:_/·])-?(?:in(?:nen)?|[^\W\d_]{1,6})|(?<=[a-zäöüß])(?P<inner>I)n(?:nen)?)\b")
"""A form that names several genders."""
_FORBIDS = re.compile(r"\b(?:no (?:such )?forms|without (?:such )?forms|keine|sans|sin)\b", re.IGNORECASE)
_SWISS = re.compile(r"(?:ohne|without|no|kein|statt|instead of) ß|swiss|schweiz", re.IGNORECASE)
_OLD = re.compile(r"\b(?:alte|old|traditional|before 1996|vor 1996)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown: the ``date`` of the sheet with its shape, the gap between figure and unit (None: nothing is shown), the ways of spelling, the sign of gendered forms ("-" for none at all)."""

    date: str = ""
    shape: tuple[str, ...] = ()
    gap: str | None = None
    spelling: frozenset[str] = frozenset()
    gender: str = ""


@cache
def shown(language: str, dates: str, units: str, spelling: str, gender: str) -> Shown:
    """What these sentences of a sheet for a translation into ``language`` (a tag) show."""
    date = next((match for pattern in (WRITTEN, TURNED, FIGURES) if (match := pattern.search(dates))), None)
    amount = AMOUNT.search(units)
    form = GENDERED.search(gender)
    return Shown(
        date=date.group() if date else "",
        shape=shape(date) if date else (),
        gap=("\u00a0" if amount.group("gap") else "") if amount else None,
        spelling=_ways(language, spelling),
        gender=sign(form) if form else "-" if _FORBIDS.search(gender) else "",
    )


def shape(date: re.Match[str]) -> tuple[str, ...]:
    """How a date is written: which comes first, and what stands between."""
    if date.re is FIGURES:
        return ("figures", date.group(1) or "-", str(date.group()[4:5] == "-"))
    if date.re is TURNED:
        return ("month", (date.group("mark") and "th") or "")
    mark = date.group("mark") or ""
    return ("day", "" if mark in ("er", "º") else "th" if mark.isalpha() else mark, date.group("of") or "", date.group("two"))


def sign(form: re.Match[str]) -> str:
    """The sign of a gendered form: * : _ / · or I."""
    return form.group("sign") or form.group("inner")


def _ways(language: str, spelling: str) -> frozenset[str]:
    code = languages.code(language)
    if code == "de":
        if _SWISS.search(spelling) or (not spelling and language.casefold() in ("de-ch", "de-li")):
            return frozenset(["ss"])
        return frozenset(["old"]) if _OLD.search(spelling) else frozenset(["ß"]) if "ß" in spelling else frozenset()
    if code != "en":
        return frozenset()
    small = spelling.casefold()
    british = "british" in small or "oxford" in small or (not spelling and language.casefold() == "en-gb")
    american = "american" in small or (not spelling and language.casefold() == "en-us")
    ize = "-ize" in small or "oxford" in small or american
    return frozenset(["british" if british else "american", "-ize" if ize else "-ise"]) if british or american else frozenset(["-ize"] if "-ize" in small else ["-ise"] if "-ise" in small else [])
