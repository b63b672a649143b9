"""A sentence is known again by its form, exactly as a pattern would know it, and in a time that no text can stretch."""

from __future__ import annotations

import re
from string import Formatter

from hypothesis import example, given
from hypothesis import strategies as st

from translate.spoken.said import compiled

LETTERS = st.text("ab.", max_size=3)


def pattern(form: str) -> re.Pattern[str]:
    """The form as a regular expression: every hole as short as can be, and not empty."""
    return re.compile("".join(re.escape(text) + (f"(?P<{hole}>.+?)" if hole else "") for text, hole, _, _ in Formatter().parse(form)), re.DOTALL)


@given(st.lists(LETTERS, min_size=1, max_size=4), st.text("abc.", max_size=12))
@example(["a", "b", "b"], "axbxbxb")
@example(["a", "", ""], "abc")
@example(["aa"], "aa")
@example(["ab", "b"], "abb")
def test_a_form_knows_what_a_pattern_would_know(literals: list[str], message: str) -> None:
    form = "".join(text if place == 0 else f"{{h{place}}}{text}" for place, text in enumerate(literals))
    ((known, _),) = compiled([{"form": form or "x"}])
    match = pattern(form or "x").fullmatch(message)

    assert known.fullmatch(message) == (match.groupdict() if match else None)


def test_a_brace_of_a_form_is_a_brace() -> None:
    ((known, _),) = compiled([{"form": "{{subst: of {name} is {{}}"}])

    assert {"name": "A"} == known.fullmatch("{subst: of A is {}")
