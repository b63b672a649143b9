"""Plants faults and counts which of them the checks name."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from benchmarks.goods import Good
from benchmarks.planters import Bed, Kind, Planted, Row, Rows
from translate import checker, languages, proofreader
from translate.checks import Facts, Pair, look
from translate.document import Finding, worst
from translate.proofreader import Passage

WINDOW = 24
"""So many neighbours are looked at together."""

STRETCH = 120
"""So many passages are proofread as a whole work."""

TRIES = 40
"""How often a place is looked for, for each fault that is wanted in a row."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the faults of one kind in one language: how many were planted, and for how many the worst new finding was an error, a warning, a remark.

    ``by`` counts the faults that each check named.
    """

    planted: int
    errors: int
    warnings: int
    remarks: int
    by: tuple[tuple[str, int], ...]
    missed: tuple[tuple[str, str], ...] = ()

    def share(self, *severities: int) -> float:
        """The counts given, by the faults planted; 0 where there were none."""
        return sum(severities) / self.planted if self.planted else 0.0

    @property
    def named(self) -> float:
        """The share that has a finding of any severity."""
        return self.share(self.errors, self.warnings, self.remarks)

    @property
    def flagged(self) -> float:
        """The share that has an error or a warning."""
        return self.share(self.errors, self.warnings)


ROUNDS = 4
"""How often a passage may have a fault of one kind, each time by chance in another place."""

Judged = tuple[tuple[Finding, ...], tuple[str, str]]
"""The new findings of one fault, and both texts."""


def counted(judged: Iterable[Judged]) -> Tally:
    """The tally of some faults."""
    severities, by, missed, planted = Counter[str](), Counter[str](), [], 0
    for findings, texts in judged:
        planted += 1
        severities[worst(findings) or ""] += 1
        by.update({finding.check for finding in findings})
        if not findings:
            missed.append(texts)
    return Tally(planted, severities["error"], severities["warning"], severities["info"], tuple(by.most_common()), tuple(missed))


# --- faults of one passage -----------------------------------------------------------------------------------------


def plant(kind: Kind, goods: Sequence[Good], *, count: int, seed: int) -> Tally:
    """Plant up to ``count`` faults in passages of ``goods`` (all of one language) that the checks have nothing against, and judge each."""
    chance = random.Random(f"{seed} {kind.name} {goods[0].target}")
    places = [(good, pair) for good in goods for pair in good.pairs]
    chance.shuffle(places)
    places *= ROUNDS
    return counted(_first(_judged(kind, places, {good.name: bed(good, chance) for good in goods}), count))


def bed(good: Good, chance: random.Random) -> Bed:
    """Where faults are planted in a translation."""
    return Bed("en", good.target, chance, stock(good))


@lru_cache(maxsize=16)
def stock(good: Good) -> tuple[str, ...]:
    """The sentences of a translation that could stand in another place."""
    pieces = (piece.strip() for pair in good.pairs for piece in languages.sentences(pair.draft.text, good.target))
    return tuple(piece for piece in pieces if 40 < len(piece) < 250 and piece[-1] in ".!?" and piece[0].isupper())


def _judged(kind: Kind, places: Sequence[tuple[Good, Pair]], beds: dict[str, Bed]) -> Iterator[Judged]:
    seen = set()
    for good, pair in places:
        planted = kind.plant(pair, beds[good.name])
        if planted is None or planted.bad in seen:
            continue
        seen.add(planted.bad)
        if (new := fresh(planted, good)) is not None:
            yield new, (planted.bad.segment.text, planted.bad.draft.text)


def _first(judged: Iterator[Judged], count: int) -> Iterator[Judged]:
    for _, one in zip(range(count), judged, strict=False):
        yield one


def fresh(planted: Planted, good: Good) -> tuple[Finding, ...] | None:
    """What is found in the spoiled pair and not in the good one; None where the good one has an error or a warning already."""
    facts = replace(good.facts, terms=planted.terms, format=planted.format)
    before = findings(planted.good, facts)
    if worst(before) in ("error", "warning"):
        return None
    known = {(finding.check, finding.message) for finding in before}
    return tuple(finding for finding in findings(planted.bad, facts) if (finding.check, finding.message) not in known)


@lru_cache(maxsize=20_000)
def findings(pair: Pair, facts: Facts) -> tuple[Finding, ...]:
    """What is told of a pair: what all checks find, without what another finding explains."""
    return checker.check(pair, facts)


# --- faults in rows ------------------------------------------------------------------------------------------------


def plant_rows(kind: Rows, goods: Sequence[Good], *, count: int, seed: int) -> Tally:
    """Plant ``count`` faults in stretches of neighbours and judge each passage that is wrong, by its own checks and by those of neighbours."""
    chance = random.Random(f"{seed} {kind.name} {goods[0].target}")
    rows = [(good, row) for good in goods for row in good.documents() if len(row) >= 8]
    judged: list[Judged] = []
    for _ in range(count * TRIES):
        if len(judged) >= count:
            break
        good, row = chance.choice(rows)
        start = chance.randrange(max(1, len(row) - WINDOW + 1))
        if (made := kind.plant(row[start : start + WINDOW], bed(good, chance))) is not None:
            judged += _wrong_places(*made, good)
    return counted(judged)


def _wrong_places(before: Row, after: Row, wrong: frozenset[int], good: Good) -> Iterator[Judged]:
    known = {(placed.segment, placed.finding.message) for placed in look(before, good.facts)}
    beside: dict[str, list[Finding]] = {}
    for placed in look(after, good.facts):
        if (placed.segment, placed.finding.message) not in known:
            beside.setdefault(placed.segment, []).append(placed.finding)
    for place in sorted(wrong):
        new = fresh(Planted(before[place], after[place]), good)
        if new is not None:
            yield (*beside.get(after[place].segment.id, ()), *new), (after[place].segment.text, after[place].draft.text)


def plant_works(kind: Rows, goods: Sequence[Good], *, count: int, seed: int) -> Tally:
    """Plant one deviation at a time in a stretch of a work, and see whether the proofreader names the passage."""
    chance = random.Random(f"{seed} {kind.name} {goods[0].target}")
    judged: list[Judged] = []
    for _ in range(count * TRIES):
        if len(judged) >= count:
            break
        good = chance.choice(goods)
        start = chance.randrange(max(1, len(good.pairs) - STRETCH + 1))
        made = kind.plant(good.pairs[start : start + STRETCH], bed(good, chance))
        if made is not None:
            judged += _deviations(*made, good)
    return counted(judged)


def _deviations(before: Row, after: Row, wrong: frozenset[int], good: Good) -> Iterator[Judged]:
    known = {(one.segment, one.finding.message) for one in proofread(before, good)}
    new = [one for one in proofread(after, good) if (one.segment, one.finding.message) not in known]
    for place in sorted(wrong):
        pair = after[place]
        # Of two passages that differ either may be told of.
        yield (
            tuple(one.finding for one in new if pair.segment.id in (one.segment, one.like) or one.finding.check == "repeats"),
            (pair.segment.text, pair.draft.text),
        )


def proofread(row: Row, good: Good) -> tuple[proofreader.Deviation, ...]:
    """What the proofreader says of a row."""
    return proofreader.proofread((Passage(pair.segment, pair.draft) for pair in row), good.facts)
