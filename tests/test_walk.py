"""What the walker sees in a document."""

from __future__ import annotations

import pytest
from tests.walk_cases import load, page_of, spell

from translate.formats.account import account

SEEN = load("blocks", "edges", "words", "atoms", "attributes", "writing")


@pytest.mark.parametrize("case", SEEN, ids=[case["id"] for case in SEEN])
def test_a_page_gives_the_slots_and_skips_that_its_case_names(case: dict) -> None:
    page = page_of(case["body"])

    assert case["slots"] == [f"{slot.kind} | {spell(slot.source)}" for slot in page.slots]
    if "skips" in case:
        assert case["skips"] == [f"{skip.reason} | {skip.text}" for skip in page.skips]


@pytest.mark.parametrize("case", SEEN, ids=[case["id"] for case in SEEN])
def test_every_visible_character_is_in_one_slot_atom_or_skip(case: dict) -> None:
    assert account(page_of(case["body"])).missing == 0
