"""How numbers and dates are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.checks import Facts
from translate.checks.reading import quoted, without_addresses
from translate.document import Finding, Runs
from translate.languages.typography import NARROW, NO_BREAK
from translate.proofreader.seam import Deviation, Passage
from translate.proofreader.votes import settled
from translate.style import SEPARATORS

_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:([.,'’ \u00a0\u202f])\d{3})(?:\1\d{3})*(?![\d]|[.,]\d)")
_BARE = re.compile(r"(?<![\d.,/-])\d{5,}(?![\d]|[.,/-]\d)")
_PERCENT = re.compile(r"(?<![\d.,])\d[\d.,]*([ \u00a0\u202f]?)%")
_ISO = re.compile(r"(?<![\d-])[12]\d{3}-\d\d-\d\d(?![\d-])")
_SHORT = re.compile(r"(?<![\d./])\d{1,2}([./])[ \u00a0]?\d{1,2}\1[ \u00a0]?[12]\d{3}(?![\d./])")
_THOUSANDS = "thousands are grouped with"
_PERCENT_SIGN = "before the sign of percent stands"
_NAMES = {" ": "a space", "\u00a0": "a space", "\u202f": "a space", "": "nothing"}
_MARKS = {"“.”": ".", "“,”": ",", "“'”": "'", "“’”": "’", "a space": NARROW, "nothing": ""}


class Figures:
    """A number, a percentage or a date is written in another way than in the rest of the work (10.000 and 10 000, 5 % and 5%).

    Thousands are compared only where the source groups the same number.
    Blind to dates whose month is a word.
    """

    name = "figures"

    def __init__(self, facts: Facts) -> None:
        style = facts.style
        wanted = {_THOUSANDS: SEPARATORS.get(style.thousands, ""), _PERCENT_SIGN: {"space": "a space", "none": "nothing"}.get(style.percent, "")}
        self._wanted = {what: f"“{style.thousands}”" if style.thousands in (".", ",", "'", "’") and what == _THOUSANDS else way for what, way in wanted.items() if way}
        self._seen: dict[str, list[tuple[str, str, str, bool]]] = {}

    def see(self, passage: Passage) -> None:
        """Note the ways of a passage."""
        target = passage.draft.text
        if any(map(str.isdigit, target)):
            source, target = without_addresses(passage.segment.text), without_addresses(target)
            for what, way, words in (*_thousands(source, target, least=4 if _THOUSANDS in self._wanted else 5), *_percents(target), *_dates(target, source)):
                self._seen.setdefault(what, []).append((passage.segment.id, way, words, passage.approved))

    def deviations(self) -> Iterator[Deviation]:
        """The passages that write them otherwise, each once for each kind."""
        for what, rows in self._seen.items():
            usual = self._wanted.get(what) or settled(((way, approved) for _, way, _, approved in rows), least=3, times=3)
            said: set[str] = set()
            for segment, way, words, approved in rows:
                if usual and way != usual and not approved and segment not in said:
                    said.add(segment)
                    message = f"Elsewhere {what} {usual}; here it is {quoted(words)}: write all alike."
                    yield Deviation(segment, Finding(self.name, "warning", message, target=words), usual)

    def mend(self, passage: Passage, deviation: Deviation) -> Runs | None:
        """With the marks that are settled; None of dates, and where the words are not there as they were found."""
        words, mark = deviation.finding.target, _MARKS.get(deviation.settled)
        if mark is None:
            return None
        if words.endswith("%"):
            new = f"{words[:-1].rstrip()}{mark and NO_BREAK}%"
        else:
            digits = re.sub(r"\D", "", words)
            new = f"{int(digits):,}".replace(",", mark)
            if re.sub(r"\D", "", new) != digits:
                return None
        at = re.compile(rf"(?<![\d.,]){re.escape(words)}(?!\d)")
        there = sum(len(at.findall(run)) for run in passage.draft.target if isinstance(run, str))
        return tuple(at.sub(new, run) if isinstance(run, str) else run for run in passage.draft.target) if there else None


def _thousands(source: str, target: str, *, least: int) -> Iterator[tuple[str, str, str]]:
    wanted = {re.sub(r"\D", "", match.group()) for match in _GROUPED.finditer(source)}
    for match in (*_GROUPED.finditer(target), *_BARE.finditer(target)) if wanted else ():
        mark = (match.group(1) or "") if match.re is _GROUPED else ""
        digits = re.sub(r"\D", "", match.group())
        if digits in wanted and len(digits) >= least:
            yield _THOUSANDS, _NAMES.get(mark, f"“{mark}”"), match.group()


def _percents(target: str) -> Iterator[tuple[str, str, str]]:
    for match in _PERCENT.finditer(target):
        yield _PERCENT_SIGN, "a space" if match.group(1) else "nothing", match.group()


def _dates(target: str, source: str) -> Iterator[tuple[str, str, str]]:
    """Dates in figures that the source does not have in the same figures."""
    for pattern in (_ISO, _SHORT):
        for match in pattern.finditer(target):
            if match.group() not in source:
                way = "year-month-day" if pattern is _ISO else f"figures with “{match.group(1)}” between them"
                yield "dates are written as", way, match.group()
