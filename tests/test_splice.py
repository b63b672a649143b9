"""What is written back into a document."""

from __future__ import annotations

import pytest
from tests.walk_cases import content, load, page_of, unspell

from translate.formats.walk import Bilingual

ALL = load("blocks", "edges", "words", "atoms", "attributes", "writing", "sides")
WRITTEN = [case for case in ALL if "writes" in case and not case["id"].startswith("sides")]
SIDES = [case for case in ALL if case["id"].startswith("sides")]


@pytest.mark.parametrize("case", ALL, ids=[case["id"] for case in ALL])
def test_an_echo_gives_the_bytes_back(case: dict) -> None:
    page = page_of(case["body"])

    assert page.splice({}) is page.data
    assert page.splice({slot.address: slot.source for slot in page.slots}) is page.data


@pytest.mark.parametrize("case", WRITTEN, ids=[case["id"] for case in WRITTEN])
def test_targets_are_written_as_their_case_says(case: dict) -> None:
    page = page_of(case["body"])
    targets = {slot.address: unspell(target) for slot, target in zip(page.slots, case["targets"], strict=True) if target}

    assert case["writes"] == content(page.splice(targets))


@pytest.mark.parametrize("case", SIDES, ids=[case["id"] for case in SIDES])
def test_bilingual_pages_hold_both_sides(case: dict) -> None:
    page = page_of(case["body"])
    targets = {slot.address: unspell(target) for slot, target in zip(page.slots, case["targets"], strict=True) if target}

    assert case["writes"] == content(page.splice(targets, bilingual=Bilingual("en", "de")))
