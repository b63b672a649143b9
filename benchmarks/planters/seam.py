"""What a planter is given and gives, and the few ways of editing a text that they share."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from translate import languages
from translate.checks import Pair
from translate.document import Kind as SegmentKind
from translate.document import Marker, Runs, Term, normal, plain


@dataclass(frozen=True, slots=True)
class Bed:
    """Where a fault is planted: the two languages, chance, and sentences of the same translation to take from."""

    source: str
    target: str
    chance: random.Random
    stock: tuple[str, ...] = ()

    def words(self, key: str) -> Any:
        """What ``words.toml`` knows of the target language under ``key``; None where it knows nothing."""
        return tables().get(languages.code(self.target), {}).get(key)


@dataclass(frozen=True, slots=True)
class Planted:
    """A pair before and after the fault was planted, with the terms and the format that hold for both."""

    good: Pair
    bad: Pair
    terms: tuple[Term, ...] = ()
    format: str = ""


Plant = Callable[[Pair, Bed], Planted | None]
"""Plants one fault, or gives None where this pair cannot have it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault: what it is called, which share of it must be named, and which checks are there for it."""

    name: str
    family: str
    target: float
    checks: tuple[str, ...]
    plant: Plant


@cache
def tables() -> dict[str, Any]:
    """The words of the languages that faults are planted in."""
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def spoiled(pair: Pair, target: Runs | None, **settings: Any) -> Planted | None:
    """The pair with another translation; None where nothing changed."""
    if target is None or normal(target) == pair.draft.target:
        return None
    return Planted(pair, with_target(pair, target), **settings)


def with_target(pair: Pair, target: Runs, **changes: Any) -> Pair:
    """The pair with another translation."""
    return Pair(pair.segment, replace(pair.draft, target=normal(target), **changes))


def carried(pair: Pair, source: str, good: str, bad: str, **settings: Any) -> Planted:
    """The pair with a few more words on both sides, first right and then wrong: for what good translations seldom hold."""
    segment = replace(pair.segment, source=carry(pair.segment.source, source))
    base = Pair(segment, replace(pair.draft, target=carry(pair.draft.target, good)))
    return Planted(base, with_target(base, carry(pair.draft.target, bad)), **settings)


def carry(runs: Runs, words: str) -> Runs:
    """The runs with words before the mark that ends them."""
    last = runs[-1] if runs else ""
    end = re.search(r"[.!?:;]?\s*\Z", last) if isinstance(last, str) else None
    if not isinstance(last, str) or end is None:
        return normal((*runs, f" {words}"))
    return normal((*runs[:-1], f"{last[: end.start()]} {words}{last[end.start() :]}"))


def edited(runs: Runs, pattern: str, new: str | Callable[[re.Match[str]], str], chance: random.Random) -> Runs | None:
    """One occurrence of ``pattern``, chosen by chance, replaced; None where there is none, or where it is inside an address."""
    found = [(place, match) for place, run in enumerate(runs) if isinstance(run, str) for match in re.finditer(pattern, run) if not in_address(run, match)]
    if not found:
        return None
    place, match = chance.choice(found)
    run = runs[place]
    return (
        normal(
            (
                *runs[:place],
                match.string[: match.start()] + (match.expand(new) if isinstance(new, str) else new(match)) + match.string[match.end() :],
                *runs[place + 1 :],
            )
        )
        if run
        else None
    )


_ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*")


def in_address(text: str, match: re.Match[str]) -> bool:
    """Whether the place lies inside a web address."""
    return any(address.start() <= match.start() < address.end() for address in _ADDRESS.finditer(text))


def prose(pair: Pair, *, least: int = 6) -> bool:
    """Whether the pair is running text of at least so many words."""
    return pair.segment.kind in (SegmentKind.PARAGRAPH, SegmentKind.ITEM, SegmentKind.NOTE) and len(pair.draft.text.split()) >= least


def sentences(pair: Pair, bed: Bed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sentences of both sides, markers apart."""
    return tuple(languages.sentences(pair.segment.text, bed.source)), tuple(languages.sentences(pair.draft.text, bed.target))


def whole(pair: Pair, text: str) -> bool:
    """Whether ``text`` stands in the translation once, with no marker inside."""
    return pair.draft.text.count(text) == 1 and any(isinstance(run, str) and text in run for run in pair.draft.target)


def swapped(runs: Runs, old: str, new: str) -> Runs:
    """The runs with one piece of text for another."""
    return normal(run.replace(old, new, 1) if isinstance(run, str) else run for run in runs)


def atoms(runs: Runs) -> list[Marker]:
    """The markers that stand alone."""
    return [run for run in runs if isinstance(run, Marker) and run.kind == "atom"]


def opened(runs: Runs) -> Iterator[tuple[int, int]]:
    """The places of each opening marker and of its closing one."""
    for place, run in enumerate(runs):
        if isinstance(run, Marker) and run.kind == "open":
            end = next((at for at, other in enumerate(runs) if isinstance(other, Marker) and other.kind == "close" and other.number == run.number), None)
            if end is not None:
                yield place, end


def shown(runs: Runs) -> str:
    """The words of the runs."""
    return plain(runs)
