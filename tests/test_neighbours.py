"""The checks that need the neighbours: every case, told by people who need no Python, and what holds for all texts."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.check_cases import RUNS, TAGS, runs_of
from translate.checks import NEIGHBOURS, Facts, Pair, look
from translate.document import Draft, Kind, Segment

CASES = Path(__file__).parent / "cases" / "neighbours"
FACTS = Facts("en", "de")


def cases(name: str, part: str) -> list[dict[str, Any]]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))[part]


def row(sources: Sequence[str], targets: Sequence[str]) -> list[Pair]:
    return [
        Pair(Segment(f"s{place}", "d", f"/{place}", Kind.PARAGRAPH, runs_of(source)), Draft(f"s{place}", runs_of(target)))
        for place, (source, target) in enumerate(zip(sources, targets, strict=True))
    ]


def labelled(part: str) -> list[Any]:
    return [pytest.param(check.name, case, id=f"{check.name}: {case['why']}") for check in NEIGHBOURS for case in cases(check.name, part)]


@pytest.mark.parametrize(("name", "case"), labelled("fires"))
def test_a_text_in_the_wrong_place_is_named(name: str, case: dict[str, Any]) -> None:
    found = [placed for placed in look(row(case["sources"], case["targets"]), FACTS) if placed.finding.check == name]

    assert [f"s{place}" for place in case["places"]] == [placed.segment for placed in found]
    assert case["says"] == found[0].finding.message
    assert {"error"} == {placed.finding.severity for placed in found}


@pytest.mark.parametrize(("name", "case"), labelled("passes"))
def test_texts_in_their_places_are_left_in_peace(name: str, case: dict[str, Any]) -> None:
    assert [] == [placed.finding.message for placed in look(row(case["sources"], case["targets"]), FACTS)]


def test_every_check_of_neighbours_has_a_case_file_and_says_what_it_cannot_see() -> None:
    assert {check.name for check in NEIGHBOURS} == {path.stem for path in CASES.glob("*.toml")}
    assert all("Blind" in (check.__doc__ or "") for check in NEIGHBOURS)


RUSSIAN = (
    ("The Night Shift", "Ночная смена"),
    ("You enter the hall through the northern gate, and you find the presses on your left.", "Вы входите в цех через северные ворота и видите прессы слева от вас."),
    ("Raskolnikov worked at the third press for eleven years.", "Раскольников работал у третьего пресса одиннадцать лет."),
    ("You should never touch the belt while it runs.", "Вы никогда не должны трогать ремень, пока он движется."),
    ("The wage was paid on Saturday, and the debts on Sunday.", "Заработную плату выдавали в субботу, а долги платили в воскресенье."),
    ("Raskolnikov knew all the men by name, and they trusted him.", "Роскольников знал всех рабочих по имени, и они ему доверяли."),
    ("If you are ill, you tell the foreman before six.", "Если ты болен, ты говоришь об этом мастеру до шести."),
    ("The wage was paid on Saturday, and the debts on Sunday.", "По субботам платили зарплату, по воскресеньям — долги."),
    ("In 1874 the owner bought 40 new machines from Leeds for £1,200.", "В 1874 году хозяин купил в Лидсе 40 новых машин за 1200 фунтов."),
    ("Nobody asked what would become of the old ones.", "В 1874 году хозяин купил в Лидсе 40 новых машин за 1200 фунтов."),
    ("Raskolnikov left the town in the same winter.", "Раскольников покинул город той же зимой."),
    ("You will find his letters in the archive of the union.", "Вы найдёте его письма в архиве союза."),
    ("Who reads them today?", "Кто читает их сегодня?"),
)
"""The tenth has the text of the ninth; the name in the one after it stands in other letters."""


def test_what_follows_a_doubled_text_is_not_taken_for_a_shift_where_names_stand_in_other_letters() -> None:
    found = look(row(*zip(*RUSSIAN, strict=True)), Facts("en", "ru"))

    assert [("s9", "twins")] == [(placed.segment, placed.finding.check) for placed in found]


def test_what_is_not_translated_yet_parts_the_row() -> None:
    """Whoever has no text cannot be the owner of another's."""
    case = cases("shift", "fires")[1]
    pairs = row(case["sources"], case["targets"])
    hole = replace(pairs[0], draft=Draft("s0", ()))

    assert () == look([hole, *pairs[1:]], FACTS)


PAIRS = st.lists(st.tuples(RUNS, RUNS), max_size=7).map(
    lambda texts: [Pair(Segment(f"s{place}", "d", "a", Kind.PARAGRAPH, source), Draft(f"s{place}", target)) for place, (source, target) in enumerate(texts)]
)


@settings(max_examples=120, deadline=None)
@given(PAIRS, TAGS, TAGS)
def test_nothing_raises_and_the_same_is_said_again(pairs: list[Pair], source: str, target: str) -> None:
    facts = Facts(source, target)

    once = look(pairs, facts)

    assert once == look(pairs, facts)
    assert {placed.segment for placed in once} <= {pair.segment.id for pair in pairs}
    assert len(once) == len({(placed.segment, placed.finding.check) for placed in once})


@settings(max_examples=60, deadline=None)
@given(st.lists(RUNS, min_size=2, max_size=6, unique=True))
def test_the_source_itself_is_never_shifted(texts: list[Any]) -> None:
    pairs = [Pair(Segment(f"s{place}", "d", "a", Kind.PARAGRAPH, runs), Draft(f"s{place}", runs)) for place, runs in enumerate(texts)]

    assert [] == [placed for placed in look(pairs, FACTS) if placed.finding.check == "shift"]


# --- human translations --------------------------------------------------------------------------------------------


def documents(corpus: Path, name: str, target: str) -> list[list[Pair]]:
    """The pairs of two books of the same structure, document by document."""
    from translate.formats import open_source

    ours = [slot for document in open_source(corpus / f"{name}.epub", language="en").documents() for slot in document.slots]
    theirs = {(slot.document, slot.address): slot for document in open_source(corpus / f"{name}-{target}.epub").documents() for slot in document.slots}
    pairs = [
        Pair(Segment(f"{slot.document}#{slot.address}", *key, slot.kind, slot.source), Draft(f"{slot.document}#{slot.address}", theirs[key].source))
        for slot in ours
        if slot.mirrors is None and (key := (slot.document, slot.address)) in theirs
    ]
    return [list(group) for _, group in groupby(pairs, key=lambda pair: pair.segment.document)]


def planted(pairs: list[Pair], kind: str, first: int, size: int) -> tuple[list[Pair], set[str]]:
    """The pairs with a fault, and the ids of those that are wrong."""
    part = pairs[first : first + size]
    drafts = [pair.draft for pair in part]
    drafts = {"shift": [drafts[-1], *drafts[:-1]], "swap": [drafts[1], drafts[0]], "twins": [drafts[0], drafts[0]]}[kind]
    new = [Pair(pair.segment, replace(draft, segment=pair.segment.id)) for pair, draft in zip(part, drafts, strict=True)]
    wrong = {pair.segment.id for pair, old in zip(new, part, strict=True) if pair.draft.target != old.draft.target}
    return [*pairs[:first], *new, *pairs[first + size :]], wrong


@pytest.mark.slow
@pytest.mark.parametrize("target", ["de", "fr"])
def test_planted_shifts_and_twins_are_found_and_nothing_else(corpus: Path, target: str) -> None:
    books = documents(corpus, "developers-reference", target)
    facts, chance = Facts("en", target), random.Random(1)
    long = [pairs for pairs in books if len(pairs) >= 8]
    found = {"shift": 0.0, "swap": 0.0, "twins": 0.0}
    for kind in found:
        for _ in range(200):
            pairs = chance.choice(long)
            size = 2 if kind != "shift" else chance.randint(3, 4)
            bad, wrong = planted(pairs, kind, chance.randrange(len(pairs) - size), size)
            named = {placed.segment for placed in look(bad, facts)}
            found[kind] += (len(wrong & named) / len(wrong) if wrong else 1.0) / 200

    assert () == tuple(placed for pairs in books for placed in look(pairs, facts))
    assert all(share >= 0.9 for share in found.values()), found


def test_a_single_strong_place_is_no_run() -> None:
    """One translation that fits its neighbour better may be chance: it takes two places, and clearly."""
    pairs = row(["The men went.", "Harrow, Quill, Leeds, 1853, 1854, 1855 and 1856.", "They came."], ["Harrow, Quill, Leeds, 1853.", "Harrow.", "Sie kamen."])

    assert [] == [placed for placed in look(pairs, FACTS) if placed.finding.check == "shift"]
