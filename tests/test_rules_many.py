"""Rules with thousands of places: only passages in which the word may stand are looked at closely, none of those is left out, and it is taken back as one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import large, rules
from translate.document import Term
from translate.glossary import Matcher
from translate.pipeline import rules as pipeline
from translate.store import Store

WORDS = [
    "Haus",
    "Häuser",
    "Hauses",
    "haus",
    "Baumhaus",
    "Häuschen",
    "NGO",
    "NGOs",
    "NGO's",
    "surplus",
    "value",
    "values",
    "Surplus-value",
    "was",
    "be",
    "C++",
    "Ware",
    "Waren",
    "Software",
]
SOURCES = ["Haus", "surplus value", "NGO", "be", "C++", "Ware", "価値", "value of the surplus"]


@settings(deadline=None)  # the first word of a language loads its dictionary
@given(
    st.lists(st.sampled_from([*WORDS, "\u00ad", "…", "価値は"]), max_size=8),
    st.lists(st.sampled_from(SOURCES), min_size=1, max_size=3),
    st.sampled_from(["en", "de", "ja"]),
    st.booleans(),
)
def test_no_text_with_a_term_is_passed_over(words: list[str], sources: list[str], language: str, case: bool) -> None:
    matcher, text = Matcher([Term(one, "x", case=case) for one in sources], language), " ".join(words)

    assert matcher.possible(text) or not matcher.occurring(text)


def test_a_text_without_any_word_of_a_term_is_passed_over() -> None:
    matcher = Matcher([Term("surplus value", "Mehrwert")], "en")

    assert [True, False] == [matcher.possible(text) for text in ("Surpluses grow.", "The value of the thing.")]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> large.Large:
    """A work of a thousand passages; in every twentieth stands a name of which a person changed the rendering once."""
    made = large.made(tmp_path_factory.mktemp("many"), 1000, names=2)
    with Store.open(made.place.store) as store:
        store.reviewing.index()
    return made


def test_a_rule_mends_every_place_and_is_taken_back_as_one(work: large.Large) -> None:
    def targets() -> dict[str, str]:
        with Store.open(work.place.store) as store:
            return {pair.segment.id: pair.draft.text for pair in store.pairs() if pair.draft is not None}

    before = targets()
    (proposal, *_) = pipeline.propose(work.place, work.segment)
    applied = pipeline.accept(work.place, work.segment, source=proposal.lesson.source or "Kelpie1", who="Ada")
    between = targets()
    back = pipeline.undo(work.place, applied.rule, who="Ada")

    changed = {name for name, text in between.items() if text != before[name]}
    assert 40 < len(changed) == len(applied.mended) == proposal.total
    assert {name: text for name, text in between.items() if name not in changed} == {name: text for name, text in before.items() if name not in changed}
    assert (set(back), before) == (changed, targets())


def test_passages_by_their_names_come_as_when_all_are_read(work: large.Large) -> None:
    with Store.open(work.place.store) as store:
        every = list(store.pairs())[100:800]
        found = list(store.pairs(among=[*(pair.segment.id for pair in every), "no-such-one"]))

    assert every == found


def test_the_measurement_of_rules_measures() -> None:
    shown, _, undone = rules.rows(200)

    assert "9 places of 200 passages; 9 mended by code" == shown.note
    assert undone.reached
