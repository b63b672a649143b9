"""How a streamed answer is read: seldom enough to cost little, often enough to be there in time."""

from __future__ import annotations

import pytest

from translate.models.stream import FIRST_PAUSE, LEARNT_FROM, LONGEST_PAUSE, PAUSE_SHARE, Lengths, Pace


def test_the_length_of_an_answer_is_learnt_from_those_before() -> None:
    lengths = Lengths()
    before = lengths.likely(100)

    for size in (150, 160, 170, 180, 900):
        lengths.learn(100, size)

    assert (100, 170) == (before, lengths.likely(100))


def test_only_the_last_answers_count() -> None:
    lengths = Lengths()
    lengths.learn(0, 5)
    for size in [10] * 50 + [300] * LEARNT_FROM:
        lengths.learn(100, size)

    assert 300 == lengths.likely(100)


@pytest.mark.parametrize(
    ("now", "size", "expected"),
    [
        (2.0, 100, 0.25 * 9),  # a tenth has come in a second: a quarter of the rest, were that not too long
        (10.0, 900, 0.25),
        (10.0, 1000, 10 * PAUSE_SHARE),
        (10.0, 3000, 10 * PAUSE_SHARE),
        (10.0, 0, 10 * PAUSE_SHARE),
    ],
)
def test_a_pause_is_a_share_of_what_is_left_and_never_long(now: float, size: int, expected: float) -> None:
    pace = Pace(1000, began=0.0, first=(1.0, 0))

    assert min(LONGEST_PAUSE, expected) == pytest.approx(pace.pause(now, size))


def test_the_wait_for_the_first_word_says_nothing_of_the_speed() -> None:
    pace = Pace(1000, began=0.0)

    assert 30 * PAUSE_SHARE == pytest.approx(pace.pause(30.0, 0))
    assert max(FIRST_PAUSE, 30 * PAUSE_SHARE) == pytest.approx(pace.pause(30.0, 10))
    assert 30.9 * PAUSE_SHARE == pytest.approx(pace.pause(30.9, 910))
