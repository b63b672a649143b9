"""Passages that hold thousands of figures are checked in time, whatever stands before or behind these."""

from __future__ import annotations

import time

import pytest

from translate import checker
from translate.checks import Facts, Pair
from translate.document import Draft, Kind, Segment

MANY = 2500
SECONDS = 2.0
"""Of a processor; a table of the figures before each of them took half a minute."""

PASSAGES = {
    "minus signs": (lambda n: f"−{n}", lambda n: f"{n}"),
    "millions": (lambda n: f"{n} million", lambda n: f"{n}"),
    "millions on one side": (lambda n: f"{n}", lambda n: f"{n} Millionen"),
    "ranges": (lambda n: f"{n}–{n + 1},", lambda n: f"{n + 1}–{n},"),
    "letters behind them": (lambda n: f"{n}a", lambda n: f"{n}b"),
    "money": (lambda n: f"${n}", lambda n: f"{n} €"),
    "placeholders": (lambda n: f"<a{n}>", lambda n: f"{{a{n}}}"),
    "questions": (lambda n: f"Why {n}?", lambda n: f"Darum {n}."),
}


@pytest.mark.parametrize(("ours", "theirs"), PASSAGES.values(), ids=PASSAGES)
def test_a_passage_of_many_figures_is_checked_in_time(ours, theirs):
    texts = [" ".join(map(made, range(1, MANY))) for made in (ours, theirs)]
    pair = Pair(Segment("s", "d", "/2", Kind.PARAGRAPH, (texts[0],)), Draft("s", (texts[1],)))
    checker.check(Pair(Segment("s", "d", "/2", Kind.PARAGRAPH, ("One.",)), Draft("s", ("Eins.",))), Facts("en", "de"))

    began = time.process_time()
    checker.check(pair, Facts("en", "de"))

    assert time.process_time() - began < SECONDS
