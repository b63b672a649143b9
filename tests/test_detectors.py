"""The checks name what is planted in good translations, and the page that says so is written without harm to its other sections."""

from __future__ import annotations

import math
import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import alarms, detectors, goods, planters
from benchmarks.detectors import Line, lines
from benchmarks.planters import Bed
from benchmarks.tables import replace_section
from translate.checks import ALL
from translate.document import markers

COUNT = 4
MISSED = {
    ("a word left in the source language", "fr"): 2,
    ("two words left in the source language", "de"): 1,
    ("two words left in the source language", "fr"): 1,
    ("both quotation marks are gone", "fr"): 1,
    ("another day of the week", "de"): 1,
    ("a negation is gone", "fr"): 1,
    ("a name became another", "fr"): 1,
}
"""How many of the few faults that are planted in our own sample nothing names; every other one is named."""

SCARCE = {
    "inverted": "Spanish only",
    "script": "the sample is in Latin letters",
    "voice": "its cases alone, so far",
    "style": "holds translations to a style sheet, and the sample has none",
    "length": "the other checks of completeness share its kinds",
}
"""Checks that no kind is there for alone."""


@pytest.fixture(scope="module")
def sample() -> tuple[Line, ...]:
    return tuple(lines(goods.own(), count=COUNT, seed=1))


def test_what_is_planted_in_our_own_sample_is_named(sample: tuple[Line, ...]) -> None:
    missed = {(line.kind.name, tag): len(tally.missed) for line in sample for tag, tally in line.tallies if tally.missed}

    assert {} == {key: count for key, count in missed.items() if count > MISSED.get(key, 0)}


def test_there_are_faults_of_many_kinds_and_room_for_each_in_the_sample(sample: tuple[Line, ...]) -> None:
    bare = [line.kind.name for line in sample if not any(tally.planted for _, tally in line.tallies)]

    assert len(sample) >= 80
    assert [] == bare
    assert len(sample) == len({line.kind.name for line in sample})


def test_every_check_has_a_kind_of_fault_and_every_kind_its_checks() -> None:
    kinds = (*planters.SINGLE, *planters.STRETCHES, *planters.WORKS)
    aimed = {check for kind in kinds for check in kind.checks}

    assert set() == aimed - set(detectors.names())
    assert set() == set(detectors.names()) - aimed - SCARCE.keys()


@pytest.mark.parametrize("kind", planters.SINGLE, ids=lambda kind: kind.name)
def test_a_planter_changes_the_translation_and_nothing_else(kind: planters.Kind) -> None:
    for good in goods.own():
        bed = Bed("en", good.target, random.Random(3), tuple(pair.draft.text for pair in good.pairs))
        for planted in _planted(kind, good, bed):
            assert planted.good.segment == planted.bad.segment
            assert planted.good.draft.target != planted.bad.draft.target or planted.good.draft.finish != planted.bad.draft.finish
            if kind.family not in ("structure", "completeness"):
                assert sorted(map(str, markers(planted.good.draft.target))) == sorted(map(str, markers(planted.bad.draft.target)))


def _planted(kind: planters.Kind, good: goods.Good, bed: Bed) -> Iterator[planters.Planted]:
    return (planted for pair in good.pairs[:20] if (planted := kind.plant(pair, bed)) is not None)


def test_the_same_seed_plants_the_same_faults_and_another_seed_others() -> None:
    (digits,) = (kind for kind in planters.SINGLE if kind.name == "a digit changed")
    german = goods.own()[0]

    first, again, other = (list(_planted(digits, german, Bed("en", "de", random.Random(seed)))) for seed in (1, 1, 2))

    assert first == again
    assert first != other


def test_the_checks_have_nothing_against_the_sample() -> None:
    said = [alarms.alarms(good) for good in goods.own()]

    assert [0.0, 0.0] == [one.share("error", markup=True) + one.share("warning", markup=True) for one in said]
    assert [(), ()] == [one.deviations for one in said]


def test_the_page_is_written_beside_what_other_measurements_wrote(tmp_path: Path, sample: tuple[Line, ...]) -> None:
    path = tmp_path / "page.md"
    path.write_text("# Page\n\n<!-- translate -->\nours\n<!-- /translate -->\n", encoding="utf-8")
    said = [alarms.alarms(good) for good in goods.own()]
    text = detectors.page(sample, said, {"numbers": 0.1}, seed=1, count=COUNT)

    replace_section(path, "detectors", text)
    replace_section(path, "detectors", text)

    page = path.read_text(encoding="utf-8")
    assert "<!-- translate -->\nours\n<!-- /translate -->" in page
    assert 1 == page.count("## The checks")
    assert [] == [line.kind.name for line in sample if f"| {line.kind.name.replace('|', chr(92) + '|')} |" not in page]


def test_the_figures_of_the_manual_are_read_back(sample: tuple[Line, ...]) -> None:
    said = [alarms.alarms(good) for good in goods.own()]

    table = tomllib.loads(detectors.as_toml(tuple(detectors.measured(sample, said)), sample))

    assert {check.name for check in ALL} <= table["checks"].keys()
    assert 1.0 == table["checks"]["leakage"]["recall"]
    assert {"de", "fr"} == table["faults"]["a digit changed"].keys()
    assert table["command"] == detectors.COMMAND


# --- the whole -----------------------------------------------------------------------------------------------------


def slack(share: float, planted: int) -> float:
    """How far a share may lie below the table's by chance alone, since fewer faults are planted here: three standard errors, or 0.08 where that is more."""
    return max(0.08, 3 * math.sqrt(share * (1 - share) / planted))


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_no_share_falls_below_the_table(corpus: Path) -> None:
    known = tomllib.loads(detectors.MEASURED.read_text(encoding="utf-8"))["faults"]
    fallen = {}
    for line in lines(goods.human(corpus), count=40, seed=detectors.TABLE_SEED):
        for tag, tally in line.tallies:
            if tally.planted and tally.named < (share := known[line.kind.name][tag]) - slack(share, tally.planted):
                fallen[line.kind.name, tag] = tally.named

    assert {} == fallen


@pytest.mark.slow
def test_every_passage_judged_to_be_wrong_is_still_named(corpus: Path) -> None:
    said = [alarms.alarms(good) for good in goods.human(corpus)]

    assert [] == [f"{one.name} {segment}" for one in said for segment in one.judged if segment not in dict(one.found)]
