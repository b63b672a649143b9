"""How near two texts are, as a translator means it; and the pieces by which near texts are found among a million.

A likeness in letters is not enough: an added "not" or another figure is a small change of letters and another statement. So what differs is named,
and a text that says no where the other does not is never near enough to be an example.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from translate import languages
from translate.document import Runs, markers, plain

PIECES = 12
"""A text is filed under so many of its pieces: with a third of its word pairs changed, about a third of them are left."""
TELLING = 8
"""Letters of two words in a row from which they are filed first: "of the" says nothing."""
EXAMPLE, SUGGESTION = 0.75, 0.6
"""How near a text must be to be shown to a model, and to a reviewer."""
OTHER_MARKERS, OTHER_NUMBERS, OTHER_ANSWER = 0.99, 0.95, 0.74
"""No text with other markers, other figures, or another yes or no is nearer than this."""

_WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\d_]+|\d+(?:[.,:]\d+)*")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a remembered source is to the present one: ``score`` from 0 to 1 (1 is the very same, markers included), and what differs, for people.

    ``added`` and ``dropped`` are the words that only the present text has, and only the remembered one.
    """

    score: float
    markers: bool = False
    numbers: bool = False
    answer: bool = False
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def pieces(text: str, language: str) -> tuple[int, ...]:
    """The numbers under which a text is filed: pairs of its words, the telling ones with the smallest hashes first; figures count as one word.

    Texts of other languages (their code counts) share none. At most ``PIECES``; none where there is no word.
    """
    words = ["0" if word[0].isdigit() else word for word in _WORD.findall(text.casefold())]
    if not words:
        return ()
    tongue = languages.code(language)
    plainly: set[int] = set()
    telling: set[int] = set()
    for one, other in pairwise(("", *words, "")):
        number = zlib.crc32(f"{tongue}\n{one} {other}".encode("utf-8", "surrogatepass"))
        (telling if len(one) + len(other) >= TELLING or not other.isascii() else plainly).add(number)
    return (*sorted(telling)[:PIECES], *sorted(plainly - telling)[: max(0, PIECES - len(telling))])


def nearness(now: Runs, then: Runs, language: str) -> Nearness:
    """How near ``then`` is to ``now``, both in ``language``."""
    from rapidfuzz.distance import Indel

    ours, theirs = plain(now), plain(then)
    likeness = Indel.normalized_similarity(ours.casefold(), theirs.casefold(), score_cutoff=SUGGESTION)
    if likeness == 0:
        return Nearness(0.0)
    found = Nearness(
        1.0,
        markers=_signs(now) != _signs(then),
        numbers=_figures(ours) != _figures(theirs),
        answer=_answers_otherwise(ours, theirs, language),
        added=tuple(_only(ours, theirs)),
        dropped=tuple(_only(theirs, ours)),
    )
    limits = [(found.answer, OTHER_ANSWER), (found.numbers, OTHER_NUMBERS), (found.markers or ours != theirs, OTHER_MARKERS)]
    score = min([likeness, *(limit for differs, limit in limits if differs)])
    return Nearness(score, found.markers, found.numbers, found.answer, found.added, found.dropped)


def _signs(runs: Runs) -> list[tuple[str, int, str]]:
    return sorted((marker.kind, marker.number, marker.name) for marker in markers(runs))


def _figures(text: str) -> Counter[str]:
    return Counter(_NUMBER.findall(text))


def _answers_otherwise(one: str, other: str, language: str) -> bool:
    """Whether one says no more often than the other. In a language whose negations nobody told us, any word that differs may be one."""
    if not languages.denies(language):
        return Counter(_words(one.casefold())) != Counter(_words(other.casefold()))
    ours, theirs = languages.denial(one, language), languages.denial(other, language)
    return (ours.strong, ours.soft) != (theirs.strong, theirs.soft)


def _only(one: str, other: str) -> Iterator[str]:
    """The words of ``one`` that ``other`` has not, in their order."""
    left = Counter(_words(other.casefold()))
    for word in _words(one):
        if left[word.casefold()]:
            left[word.casefold()] -= 1
        else:
            yield word


def _words(text: str) -> list[str]:
    return _WORD.findall(text)
