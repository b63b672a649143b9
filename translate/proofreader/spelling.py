"""Names and how they are spelt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from translate import languages
from translate.checks import Facts
from translate.checks.reading import flat, quoted, without_addresses
from translate.document import Finding
from translate.languages.typography import CASED_SCRIPTS, latin, sound
from translate.proofreader.seam import Deviation, Passage
from translate.proofreader.votes import settled

_NAME = re.compile(r"(?<=(?:[^\W\d_]|[,;:])[ \u00a0])[^\W\d_]{4,}(?![\w-])")
_WORD = re.compile(r"[^\W\d_]{3,}")
ALIKE = 0.75
"""How alike two spellings are of one name, by difflib's ratio."""

FEWEST = 3
"""A name must occur in so many passages."""

ENDING = 3
"""So many letters at the end may be an ending where the language has many."""


class Spelling:
    """A name is spelt otherwise than in the rest of the work (Raskolnikov and Raskolnikow).

    Endings make no difference. A name is a word that the source never writes small and that stands in three passages or more.
    Blind to names of less than four letters, and to names that are translated by another word.
    """

    name = "spelling"

    def __init__(self, facts: Facts) -> None:
        self._on = all(languages.exists(tag) and languages.find(tag).script in CASED_SCRIPTS for tag in (facts.source, facts.target))
        self._long = languages.code(facts.target) in languages.SUFFIXING
        self._settled = frozenset(term.source for term in facts.terms if term.soft and term.case)  # the reading "voice" holds those
        self._small: set[str] = set()
        self._seen: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)

    def see(self, passage: Passage) -> None:
        """Note how the names of the source are spelt here."""
        if not self._on:
            return
        source = without_addresses(flat(passage.segment.source))
        self._small.update(word for word in _WORD.findall(source) if word.islower())
        names = {word for word in _NAME.findall(source) if word.istitle() and word.lower() not in self._small}
        if not names:
            return
        there = {word for word in _WORD.findall(without_addresses(flat(passage.draft.target))) if word[0].isupper()}
        for name in names - self._settled:
            spelt = spelt_in(name, there)
            if spelt:
                self._seen[name].append((passage.segment.id, spelt, passage.approved))

    def deviations(self) -> Iterator[Deviation]:
        """The passages with a rare spelling."""
        for name, rows in self._seen.items():
            if name.lower() in self._small or len(rows) < FEWEST or len({spelt for _, spelt, _ in rows}) < 2:
                continue
            groups = self._groups(name, [spelt for _, spelt, _ in rows])
            usual = settled(((groups[spelt], approved) for _, spelt, approved in rows), times=3)
            for segment, spelt, approved in rows:
                if usual and groups[spelt] != usual and not approved:
                    message = f"The name {quoted(name)} is spelt {quoted(usual)} elsewhere, and {quoted(spelt)} here: spell it {quoted(usual)}."
                    yield Deviation(segment, Finding(self.name, "warning", message, source=name, target=spelt), usual)

    def _groups(self, name: str, found: list[str]) -> dict[str, str]:
        """Each spelling with the shortest one that it is a form of; the source's own spelling comes first."""
        out: dict[str, str] = {}
        for spelt in sorted(set(found), key=lambda word: (word != name, len(word), word)):
            out[spelt] = next((base for base in dict.fromkeys(out.values()) if self._one(base, spelt)), spelt)
        return out

    def _one(self, base: str, spelt: str) -> bool:
        """Whether the two differ by an ending only."""
        if self._long:
            stem = max(3, min(len(base), len(spelt)) - ENDING)
            return base[:stem] == spelt[:stem] and abs(len(base) - len(spelt)) <= ENDING and _beginnings(base, spelt)
        return (spelt.startswith(base) and spelt[len(base) :] in _ENDINGS) or (base[:-1] == spelt[:-1] and {base[-1], spelt[-1]} <= set("aeiou"))


_ENDINGS = frozenset(
    [
        "s",
        "es",
        "e",
        "en",
        "n",
        "er",
        "ern",
        "em",
        "r",
        "ne",
        "nen",
        "ner",
        "in",
        "innen",
        "ens",
        "a",
        "i",
        "o",
        "i",
        "as",
        "os",
        "isch",
        "ische",
        "ischen",
        "ischer",
        "isches",
        "sche",
        "schen",
        "scher",
        "sches",
        "is",
        "ien",
        "ian",
    ]
)


def _beginnings(one: str, other: str) -> bool:
    """Whether all but the endings agree: they part at the end, or one of them ends there."""
    common = next((place for place, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), min(len(one), len(other)))
    return len(one) - common <= ENDING and len(other) - common <= ENDING


def spelt_in(name: str, there: set[str]) -> str:
    """The word that is most like the name, "" where none is like it."""
    if name in there:
        return name
    if alike := [word for word in there if sound(word) == sound(name)]:
        return min(alike)
    plain = latin(name)
    best = max(((_ratio(plain, latin(word)), word) for word in there if latin(word)[:1] == plain[:1]), default=(0.0, ""))
    return best[1] if best[0] >= ALIKE else ""


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
