"""A passage of one sign repeated without end is checked, mended and read in a time that grows with its length, not with its square."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from translate import checker, checks
from translate.checks import Facts, Pair
from translate.checks.quoting import quotations
from translate.document import Draft, Kind, Segment
from translate.formats import open_source

LENGTH = 100_000
SECONDS = 2.0
"""For one check, of a processor's time."""

FEW = ['"', "«a» ", "5 % ", "one ", "/ein", "Note:", "''", "<!--"]
MANY = [
    "(",
    "“",
    "”",
    "«",
    "*",
    "a.",
    "1,",
    "1 ",
    "10 km ",
    "two hundred ",
    "not ",
    "May ",
    "http://a ",
    "a@b.",
    "IV ",
    "a'",
    "\u00ad",
    "漢",
    "</think>",
    "[](",
    "`",
    "||",
    "&amp;",
    "A ",
    "‘a’ ",
]
SIGNS = [*"\"'“”„«»‘’()[]<>{}*_#|-–—.,:;!?…/\\&%@=~`^ 19aAIVX", "www.", "ein", "one ", "nicht ", "\u00ad", "\ufffc", "é"]


def pair_of(fragment: str, length: int) -> Pair:
    text = (fragment * length)[:length]
    return Pair(Segment("b", "d", "/1", Kind.PARAGRAPH, (text,)), Draft("b", (f"Hier. {text[:-1]}",)))


def slow(fragment: str, length: int, seconds: float) -> dict[str, float]:
    """The checks and their mending that take longer than they may, with their seconds; dictionaries are loaded before."""
    facts = [Facts("en", "de", format="markdown"), Facts("en", "fr", format="wiki")]
    took = {}
    for size in (200, length):
        pair = pair_of(fragment, size)
        for fact in facts:
            for check in checks.ALL:
                before = time.process_time()
                list(check(pair, fact))
                if isinstance(check, checks.Mender):
                    check.fix(pair, fact)
                took[f"{check.name} {fact.target}"] = time.process_time() - before
    return {name: each for name, each in took.items() if each > seconds}


@pytest.mark.parametrize("fragment", FEW)
def test_no_check_takes_the_square_of_a_passage(fragment: str) -> None:
    assert {} == slow(fragment, LENGTH, SECONDS)


@pytest.mark.slow
@pytest.mark.parametrize("fragment", MANY)
def test_no_check_takes_the_square_of_any_such_passage(fragment: str) -> None:
    assert {} == slow(fragment, LENGTH, SECONDS)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=4).map("".join))
def test_no_check_takes_the_square_of_a_passage_of_any_signs(fragment: str) -> None:
    assert {} == slow(fragment, 16_000, SECONDS / 4)


def test_marks_that_open_and_then_marks_that_close_others_are_paired_in_time() -> None:
    before = time.process_time()

    assert () == quotations(" «a" * 10_000 + "a“ " * 10_000)

    assert time.process_time() - before < SECONDS


@pytest.mark.parametrize("fragment", ['"', "«a» ", "''", "„a “b” "])
def test_what_code_mends_is_mended_in_time(fragment: str) -> None:
    facts, before = Facts("en", "de"), time.process_time()

    checker.fix(pair_of(fragment, 30_000), facts)

    assert time.process_time() - before < SECONDS


@pytest.mark.parametrize(
    "text",
    ["<!--" * 4900, "*a" * 9500, "*a " * 3000 + "a* " * 3000, "~~a" * 6000, "<?" * 50_000, '<a b="' * 3000, "<a" + " " * 19_000],
    ids=lambda text: text[:6],
)
def test_markup_without_an_end_is_read_in_time(text: str) -> None:
    before = time.process_time()

    list(open_source(text.encode(), name="x.md", language="en").documents())

    assert time.process_time() - before < SECONDS
