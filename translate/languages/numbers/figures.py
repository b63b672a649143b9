"""Figures that stand alone: written as another language groups its thousands and marks its decimals, where nothing else can be meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from translate.languages.numbers.measures import decimal_mark, grouping_mark

_SIGNS = r"[-\s\u00a0\u202f+−‐‑–—±%‰°′″£$€¥¢()\[\]/=<>≤≥≈~×*†‡;:]|,(?=\s)"
"""What may stand between and around numbers; a comma only where a blank follows."""

_SURE = re.compile(r"[%‰°£$€¥¢±]")
"""Signs beside which a number is an amount, and no section, version or date."""

_SPACES = "\u00a0\u202f\u2009"


@dataclass(frozen=True, slots=True)
class Figures:
    """A text of figures as the other language writes it; ``doubtful`` where it holds what may be a decimal number or something else, and is left as it was."""

    text: str
    doubtful: bool = False


def localised(text: str, source: str, target: str, *, thousands: str = "", amount: bool = False) -> Figures:
    """``text`` (figures and signs alone) as the language ``target`` writes it; unchanged where it holds anything else, or is no number.

    ``thousands`` is what groups digits instead of the language's own mark ("" for that, "none" for nothing).
    A number with groups of three (1,100 in English) is certain. One with a decimal mark alone (3.5) may be a section, a version or a date: it is changed where a sign of money, percent or degrees stands
    beside it, or the caller knows it for an ``amount``, else it is doubtful, and the whole text stays. Bare digits (1848, 1100) are never touched.
    """
    marks = _marks(source)
    if marks is None or not any(map(str.isdigit, text)) or _whole(source).fullmatch(text) is None:
        return Figures(text)
    found = list(_number(source).finditer(text))
    mark = decimal_mark(target)
    loose = [match for match in found if match["decimal"] and not match["grouped"]]
    if loose and not (amount or _SURE.search(text)):
        return Figures(text, doubtful=mark != marks[1] or any(match["grouped"] for match in found))
    return Figures(_number(source).sub(lambda match: _written(match, marks[1], target, thousands), text))


def _marks(tag: str) -> tuple[str, str] | None:
    """What may group thousands in the language beyond doubt, as a class of characters, and its decimal mark; None where a group may be anything (a simple space)."""
    group, decimal = grouping_mark(tag, 7), decimal_mark(tag)
    group = _SPACES if group in _SPACES else "'’" if group == "’" else group
    return (group, decimal) if group else None


@cache
def _number(tag: str) -> re.Pattern[str]:
    """A number of the language: its digits with groups of three or without, and its decimals."""
    marks = _marks(tag)
    group, decimal = (f"[{marks[0]}]", re.escape(marks[1])) if marks else ("(?!)", r"\.")
    return re.compile(rf"(?<![\d.,'’])(?:(?P<grouped>[1-9]\d{{0,2}}(?:{group}\d{{3}})+)|\d+)(?P<decimal>{decimal}\d+)?(?![\d.'’]|,\d)")


@cache
def _whole(tag: str) -> re.Pattern[str]:
    """A text of such numbers and signs, and nothing else."""
    number = _number(tag).pattern.replace("?P<grouped>", "?:").replace("?P<decimal>", "?:")
    return re.compile(rf"(?:{number}|{_SIGNS})+")


def _written(match: re.Match[str], mark: str, target: str, thousands: str) -> str:
    decimals = (match["decimal"] or "").replace(mark, decimal_mark(target), 1)
    if not match["grouped"]:
        return match.group().removesuffix(match["decimal"] or "") + decimals
    digits = "".join(filter(str.isdigit, match["grouped"]))
    wanted = {"none": "", " ": "\u202f"}.get(thousands, thousands) if thousands else grouping_mark(target, len(digits))
    head = len(digits) % 3 or 3
    return wanted.join([digits[:head], *(digits[at : at + 3] for at in range(head, len(digits), 3))]) + decimals
