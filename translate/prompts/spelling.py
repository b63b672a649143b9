"""How markers are spelt in a prompt and read back from a reply.

A spelling is chosen per request, so that nothing in the text looks like one of its markers; then ``read(spell(runs)) == runs`` for any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count

from translate.document import Marker, Runs, markers, normal

LINE_BREAKS = ("⏎", "␤", "⤶", "↵")


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write markers: ``{left}1{right}``, ``{left}/1{right}``, ``{left}1/{right}``, and ``line_break`` for a line's end."""

    left: str
    right: str
    line_break: str = LINE_BREAKS[0]

    def marker(self, marker: Marker) -> str:
        """One marker, spelt."""
        before = "/" if marker.kind == "close" else ""
        after = "/" if marker.kind == "atom" else ""
        return f"{self.left}{before}{marker.number}{after}{self.right}"

    @property
    def pattern(self) -> re.Pattern[str]:
        """Whatever looks like a marker of this spelling, spaces inside forgiven."""
        return _pattern(self.left, self.right)


_PATTERNS: dict[tuple[str, str], re.Pattern[str]] = {}


def _pattern(left: str, right: str) -> re.Pattern[str]:
    key = (left, right)
    if key not in _PATTERNS:
        _PATTERNS[key] = re.compile(rf"{re.escape(left)}\s*(/?)\s*([0-9]{{1,6}})\s*(/?)\s*{re.escape(right)}")
    return _PATTERNS[key]


PLAIN = Spelling("<", ">")
_KNOWN = (("<", ">"), ("⟦", "⟧"), ("{{", "}}"))


def choose(texts: Iterable[str]) -> Spelling:
    """The first spelling of which no look-alike occurs in any of ``texts``."""
    whole = "\n".join(text.replace("\n", " ") for text in texts)
    line_break = next(chain((mark for mark in LINE_BREAKS if mark not in whole), _made_up_breaks(whole)))
    for left, right in chain(_KNOWN, _made_up()):
        if not _pattern(left, right).search(whole):
            return Spelling(left, right, line_break)
    raise AssertionError("an endless supply of spellings ended")  # pragma: no cover


def _made_up() -> Iterator[tuple[str, str]]:
    return ((f"<m{number}:", ">") for number in count(1))


def _made_up_breaks(whole: str) -> Iterator[str]:
    return (mark for mark in (f"<br{number}>" for number in count(1)) if mark not in whole)


def spell(runs: Runs, spelling: Spelling) -> str:
    """Runs as one line of text."""
    return "".join(run.replace("\n", spelling.line_break) if isinstance(run, str) else spelling.marker(run) for run in runs)


def read(text: str, spelling: Spelling, source: Runs) -> tuple[Runs, tuple[str, ...]]:
    """The runs that ``text`` spells, and what looked like a marker but is none of ``source``'s.

    A marker of the right number in another spelling of its kind (``<1>`` or ``<1></1>`` for the atom ``<1/>``) is taken for what the source has.
    """
    known = {marker.number: marker for marker in markers(source)}
    kinds: dict[tuple[str, int], Marker] = {(marker.kind, marker.number): marker for marker in markers(source)}
    runs: list[str | Marker] = []
    strays: list[str] = []
    cut = 0
    for match in spelling.pattern.finditer(text):
        runs.append(_unbroken(text[cut : match.start()], spelling))
        cut = match.end()
        number = int(match[2])
        kind = "close" if match[1] else "atom" if match[3] else "open"
        if (kind, number) in kinds:
            runs.append(kinds[kind, number])
        elif number in known and known[number].kind == "atom":
            if kind == "open":
                runs.append(known[number])
        else:
            strays.append(match[0])
    runs.append(_unbroken(text[cut:], spelling))
    return normal(runs), tuple(strays)


def _unbroken(text: str, spelling: Spelling) -> str:
    return text.replace(spelling.line_break, "\n")
