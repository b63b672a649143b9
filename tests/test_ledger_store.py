"""The ledger of a work: decisions are kept for ever, a person's is final, and the first rendering that is committed wins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.document import LINE_ORIGINS, Decision, LedgerLine, Sort
from translate.store import Outcome, Store, Work

PELL = LedgerLine(Sort.PERSON, "Pell", gender="masculine")
VALUE = LedgerLine(Sort.CONCEPT, "surplus value", "Mehrwert")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "work.db", Work("A Book", "book.epub", "epub", "en", "de")) as opened:
        yield opened


def targets(store: Store) -> dict[str, str]:
    return {one.line.lemma: one.line.target for one in store.ledger()}


def test_what_holds_is_the_last_decision_and_the_earlier_ones_are_kept(store: Store) -> None:
    store.decide([Decision(VALUE)])
    store.decide([Decision(replace(VALUE, target="Surplus"), "accepted", "person", "Anna")])

    (now,) = store.ledger()
    first, second = store.ledger_history(VALUE.key)
    assert ("Surplus", "accepted", "Anna", first.id) == (now.line.target, now.status, now.who, now.supersedes)
    assert ["Mehrwert", "Surplus"] == [first.line.target, second.line.target]
    assert first.at < second.at


def test_what_a_person_decided_is_overruled_by_a_person_only(store: Store) -> None:
    store.decide([Decision(VALUE, "accepted", "person", "Anna")])

    refused = store.decide([Decision(replace(VALUE, target=other), "accepted", other) for other in ("prescan", "first use", "glossary")])
    taken = store.decide([Decision(replace(VALUE, target="Surplus"), "accepted", "person", "Ben")])

    assert () == refused
    assert ["Surplus"] == [one.line.target for one in taken]


def test_the_first_rendering_that_is_committed_wins(store: Store) -> None:
    store.decide([Decision(PELL)])
    first = store.commit(Outcome(ledger=(Decision(replace(PELL, target="Pell"), "proposed", "first use"),))).result()
    second = store.commit(Outcome(ledger=(Decision(replace(PELL, target="Pelle"), "proposed", "first use"),))).result()

    assert {"Pell": "Pell"} == targets(store)
    assert [1, 0] == [len(first.ledger), len(second.ledger)]


def test_a_rejected_line_is_not_settled_by_use(store: Store) -> None:
    store.decide([Decision(PELL)])
    store.decide([Decision(PELL, "rejected", "person", "Anna")])

    assert () == store.decide([Decision(replace(PELL, target="Pell"), "proposed", "first use")])


def test_names_are_told_apart_by_their_capitals_and_terms_are_not(store: Store) -> None:
    lines = [LedgerLine(Sort.WORK, "Capital"), LedgerLine(Sort.CONCEPT, "capital"), LedgerLine(Sort.CONCEPT, "Surplus Value"), VALUE]

    store.decide([Decision(line) for line in lines])

    assert ["Capital", "capital", "surplus value"] == [one.line.lemma for one in store.ledger()]


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
lines = st.builds(
    LedgerLine,
    sort=st.sampled_from(Sort),
    lemma=words,
    target=words,
    allowed=st.lists(words.filter(bool), max_size=3).map(tuple),
    forbidden=st.lists(words.filter(bool), max_size=2).map(tuple),
    gender=st.sampled_from(["", "feminine"]),
    speaker=words,
    addressee=words,
    keep=st.booleans(),
    note=words,
)
decisions = st.builds(Decision, lines, st.sampled_from(["proposed", "accepted", "rejected"]), st.sampled_from(LINE_ORIGINS), words)


@settings(max_examples=30, deadline=None)
@given(st.lists(decisions, max_size=8))
def test_every_decision_comes_back_as_it_was_and_each_key_holds_once(tmp_path_factory: pytest.TempPathFactory, many: list[Decision]) -> None:
    with Store.create(tmp_path_factory.mktemp("ledger") / "work.db", Work("A Book", "book.epub", "epub", "en", "de")) as store:
        taken = store.decide(many)

        assert set(taken) <= {replace(one, id=row.id, at=row.at, supersedes=row.supersedes) for one in many for row in taken}
        assert taken == store.ledger_history()
        assert len({one.line.key for one in many}) == len(store.ledger())
