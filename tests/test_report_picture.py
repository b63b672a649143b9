"""The picture of the book: every passage is in it, nothing leaves it, and what is doubtful leads to its finding."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report_sample import Reader, sample
from translate.report import Chapter, Passage, State, render
from translate.report.picture import WIDTH, Picture, draw

# --- the picture ------------------------------------------------------------------------------------------------------

LENGTHS = st.one_of(st.integers(0, 60), st.integers(0, 5000))
BOOKS = st.lists(
    st.lists(st.builds(Passage, st.uuids().map(str), LENGTHS, st.sampled_from(("accepted", "approved", "warning", "error", "pending"))), max_size=30),
    max_size=12,
)


def boxes(paths: tuple[tuple[State, str], ...]) -> list[tuple[float, float, float, float]]:
    """Every rectangle of these paths: x, y, width, height."""
    numbers = re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+z", "".join(path for _, path in paths))
    return [(float(x), float(y), float(width), float(height)) for x, y, width, height in numbers]


@given(BOOKS)
def test_every_doubtful_passage_is_in_the_picture_and_no_bar_leaves_it(book: list[list[Passage]]) -> None:
    made = tuple(Chapter(f"{at}.xhtml", "", tuple(passages)) for at, passages in enumerate(book))

    picture = draw(made)

    assert doubtful(made) == reached(picture)
    assert [] == outside(picture)


def doubtful(made: tuple[Chapter, ...]) -> list[str]:
    """The passages that a person should look at, in order."""
    return [passage.segment for chapter in made for passage in chapter.passages if passage.state in ("warning", "error")]


def reached(picture: Picture) -> list[str]:
    """The passages that the bars lead to, in order."""
    return [segment for strip in picture.strips for bar in strip.bars for segment in bar.segments]


def outside(picture: Picture) -> list[tuple[float, float, float, float]]:
    """The bars that leave their strip."""
    every = [(box, strip.height) for strip in picture.strips for box in boxes(strip.paths)]
    return [box for box, most in every if not (0 <= box[0] < box[0] + box[2] <= WIDTH + 1 and 0 <= box[1] < box[1] + box[3] <= most)]


@pytest.mark.parametrize(("each", "number", "most"), [(20, 1, 30), (300, 10, 3000), (20_000, 1, 8001), (10, 2000, 8200), (1, 20_000, 8200)])
def test_the_picture_has_a_bar_for_each_passage_or_a_few_thousand(each: int, number: int, most: int) -> None:
    made = tuple(
        Chapter(
            f"{chapter}.xhtml",
            "",
            tuple(Passage(f"{chapter}.{at}", 100 + at % 7, "warning" if at % 50 == 0 or at == each - 1 else "accepted") for at in range(each)),
        )
        for chapter in range(number)
    )

    picture = draw(made)

    bars = sum(len(boxes(strip.paths)) for strip in picture.strips)
    assert (bars < each * number) == picture.binned
    assert bars <= most
    assert doubtful(made) == reached(picture)
    assert [] == outside(picture)
    assert sum(strip.height for strip in picture.strips) < 8000
    assert sum(len(strip.chapters) for strip in picture.strips) == number


def test_a_bar_is_as_wide_as_its_passage_is_long() -> None:
    picture = draw((Chapter("a", "", (Passage("1", 100, "accepted"), Passage("2", 300, "error"))),))

    (first, second) = sorted(boxes(picture.strips[0].paths))
    assert (first[0], second[0]) == (0, 250)
    assert round(second[2] + 1.2) == 750


def test_states_differ_by_shape_and_not_by_colour_alone() -> None:
    shapes = set()
    for state in ("accepted", "approved", "warning", "error", "pending"):
        (strip,) = draw((Chapter("a", "", (Passage("1", 100, state),)),)).strips
        shapes.add(tuple((y, height) for _, y, _, height in boxes(strip.paths)))

    assert len(shapes) == 5


def test_a_doubtful_place_leads_to_its_finding() -> None:
    report = sample()

    page = render(report)
    reader = Reader(page)

    ids = reader.values("id")
    targets = {address.removeprefix("#") for address in reader.values("href") if address.startswith("#")}
    assert len(ids) == len(set(ids))
    assert targets <= set(ids)
    assert len([target for target in targets if target.startswith("f") and target[1].isdigit()]) == report.counts.flagged
