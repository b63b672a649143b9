"""Requests: nothing is paid twice, what is reserved counts, and a segment's history tells it all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_store import book, ids, new_store, reply
from translate.document import Draft, Finding
from translate.errors import StoreError
from translate.store import Choice, Judged, Outcome, Replayed, RequestRow, Settled, Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "work.db", book()) as store:
        yield store


def test_the_exact_same_request_is_answered_from_the_store(store: Store) -> None:
    row = RequestRow("m", '{"messages": ["a"]}', segments=tuple(ids(store).values()), reserved_tokens=500)
    assert None is store.replay(row.replay_key)
    request = store.reserve(row).result()
    assert None is store.replay(row.replay_key)
    store.commit(Outcome(settled=Settled(request, reply(), 0.25))).result()

    replayed = store.replay(row.replay_key)
    assert replayed == Replayed(request, reply())
    assert None is store.replay(RequestRow("m2", '{"messages": ["a"]}').replay_key)
    assert None is store.replay(RequestRow("m", '{"messages": ["b"]}').replay_key)


def test_what_is_reserved_counts_until_it_is_settled_and_stays_where_an_attempt_broke_off(store: Store) -> None:
    rows = [
        RequestRow("m", str(number), purpose, reserved_tokens=1000, reserved_cost=1.0) for number, purpose in enumerate(("translate", "mend", "mend", "mend"))
    ]
    requests = [store.reserve(row).result() for row in rows]
    assert ((spent := store.spent()).open_requests, spent.tokens, spent.most, spent.requests) == (4, 4000, 4.0, 0)

    store.commit(Outcome(settled=Settled(requests[0], reply(), 0.25))).result()
    store.commit(Outcome(settled=Settled(requests[1], reply(), 0.5))).result()
    store.fail(requests[2], "broken stream").result()
    store.fail(requests[3], "refused before it began", keep=False).result()
    spent = store.spent()
    assert (spent.requests, spent.prompt, spent.cached, spent.answer, spent.cost) == (2, 200, 160, 40, 0.75)
    assert (spent.open_requests, spent.kept_requests, spent.kept_tokens, spent.kept_cost) == (0, 1, 1000, 1.0)
    assert (spent.tokens, spent.most) == (1240, 1.75)
    assert [(purpose.name, purpose.requests, purpose.cost) for purpose in spent.by_purpose] == [("mend", 1, 0.5), ("translate", 1, 0.25)]


def test_a_reply_and_its_drafts_are_stored_together_and_only_once(store: Store) -> None:
    segment = ids(store)["Nobody came."]
    request = store.reserve(RequestRow("m", "{}", segments=(segment,))).result()
    outcome = Outcome((Judged(Draft(segment, ("Keiner.",), request=request)),), (Choice(segment, "accepted", 0),), Settled(request, reply()))
    store.commit(outcome).result()
    with pytest.raises(StoreError, match="not settled twice"):
        store.commit(outcome).result()
    assert (store.spent().requests, sum(hasattr(event, "findings") for event in store.history(segment))) == (1, 1)
    with pytest.raises(StoreError, match="not open"):
        store.fail(request, "late").result()


def test_history_tells_in_order_what_happened(store: Store) -> None:
    segment = ids(store)["Nobody came."]
    request = store.reserve(RequestRow("m", '{"a": "ü"}', segments=(segment,), prompt_hash="v1:p")).result()
    draft = Judged(Draft(segment, ("Keiner.",), request=request), (Finding("length", "warning", "Short."),))
    store.commit(Outcome((draft,), (Choice(segment, "flagged", 0, why="too short"),), Settled(request, reply()))).result()
    store.review(segment, ("Keiner kam.",), who="Anna")

    history = store.history(segment)
    assert [type(event).__name__ for event in history] == ["Placed", "Asked", "Drafted", "Chosen", "Drafted", "Review"]
    assert (history[1].request_json, history[1].reply, history[1].state) == ('{"a": "ü"}', "Antwort", "settled")  # type: ignore[union-attr]
    assert ("too short", draft.findings) == (history[3].why, history[2].findings)  # type: ignore[union-attr]
