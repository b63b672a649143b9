"""A text that is shown in part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.document import excerpt


@pytest.mark.parametrize(
    ("text", "most", "middle", "expected"),
    [
        ("short  and\nsweet", 20, False, "short and sweet"),
        ("the printers walked home", 16, False, "the printers …"),
        ("the printers walked home", 19, False, "the printers …"),
        ("Donaudampfschifffahrt", 12, False, "Donaudampf …"),
        ("the printers walked home through the rain", 24, True, "the printers w … he rain"),
    ],
)
def test_a_text_is_cut_behind_a_word_or_in_its_middle(text: str, most: int, middle: bool, expected: str) -> None:
    assert expected == excerpt(text, most, middle=middle)


@given(st.text(), st.integers(min_value=8, max_value=60), st.booleans())
def test_a_text_that_is_cut_is_never_longer_than_asked_for_and_stands_on_one_line(text: str, most: int, middle: bool) -> None:
    shown = excerpt(text, most, middle=middle)

    assert len(shown) <= most
    assert len(shown.splitlines()) <= 1
    assert "…" in shown or " ".join(text.split()) == shown
