"""The ledger's table and what corrections teach, as pages: counted, decided, edited with its price before, taken back."""

from __future__ import annotations

import re
import threading

import pytest

from tests import desk, desk_works
from tests.terminal import here
from translate.document import Decision, LedgerLine, Sort
from translate.pipeline import effects, ledger
from translate.pipeline.desk import shelf
from translate.pipeline.desk.errands import AT_ONCE
from translate.pipeline.review import decisions
from translate.store import Store

PLACES = sum(bool(re.search(r"\bpress\b", text)) for chapter in desk_works.CHAPTERS for text in chapter)
"""Passages of the book with the word."""


@pytest.fixture
def served(tmp_path, model_server):
    wanted = desk.settings(tmp_path)
    folder = desk_works.translated(wanted.out, base_url=model_server("--delay", "0"))
    with Store.open(folder.store) as store:
        store.decide([Decision(LedgerLine(Sort.CONCEPT, "press", "Presse"), "proposed", "prescan"), Decision(LedgerLine(Sort.CONCEPT, "<b>ink</b>", "Tinte"), "accepted", "person", "Ann")])
    with desk.serving(wanted) as running:
        yield running, folder, f"/works/{shelf.key_of(folder)}/ledger"


def test_the_table_shows_each_line_with_its_places(served):
    running, folder, base = served
    owner = running.owner()

    table, counts = owner.get(base).text, owner.waited(f"{base}/counts")

    assert "&lt;b&gt;ink" in table
    assert "<b>ink" not in table
    row = next(row for row in counts.split("<tr") if ">press</a>" in row)
    with Store.open(folder.store) as store:
        count = next(one.count for one in ledger.entries(store) if one.decision.line.lemma == "press")
    assert count >= 1
    assert [str(count)] == re.findall(r'class="number"[^>]*>(\d+)<', row)
    assert "press" not in owner.waited(f"{base}/counts?words=ink")
    assert "press" not in owner.get(f"{base}?status=rejected").text


def test_a_line_is_accepted_and_rejected_by_a_person(served):
    running, folder, base = served
    owner = running.owner()

    for status in ("accepted", "rejected"):
        assert 303 == owner.post(base, {"source": "press", "status": status}).status_code
        with Store.open(folder.store) as store:
            (now,) = ledger.find(store, "press")
        assert (status, "person") == (now.status, now.origin)


def test_what_an_edit_would_re_do_is_told_before_it_is_made_and_nothing_is_changed(served):
    running, folder, base = served
    owner = running.owner()
    before = effects.of_line(folder, LedgerLine(Sort.CONCEPT, "press", "Presse"))

    told = 'class="waiting"'
    while 'class="waiting"' in told:
        told = owner.post(f"{base}/effect", {"source": "press", "target": "Presse", "waited": "1"}).text
    said = here("ledger", "set", folder.path, "press", "Presse", "--effect", "--json").json

    assert len(before.asked) == len(said["asked"]) == PLACES
    assert f"would ask for {PLACES} passages" in told
    assert before.quote is not None
    with Store.open(folder.store) as store:
        assert "proposed" == ledger.find(store, "press")[0].status


def test_what_an_edit_leaves_alone_is_not_counted(served):
    _, folder, _ = served
    with Store.open(folder.store) as store:
        pair = next(pair for pair in store.pairs() if "press" in pair.segment.text)
        decisions.approve(store, folder, pair.segment.id, who="Ann", seen=pair.state.draft)

    found = effects.of_line(folder, LedgerLine(Sort.CONCEPT, "press", "sserpen"))

    assert PLACES - 1 == found.fitting + len(found.asked)
    assert len(found.asked) < found.fitting
    assert (pair.segment.id,) == found.approved


def test_an_edited_line_is_settled_and_what_says_nothing_is_refused(served):
    running, folder, base = served
    owner = running.owner()

    owner.post(f"{base}/line", {"source": "press", "target": "Druckpresse", "allowed": "Presse; Pressen", "forbidden": "sserpen"})
    refused = owner.post(f"{base}/line", {"source": "press", "target": ""})

    with Store.open(folder.store) as store:
        (now,) = ledger.find(store, "press")
    assert ("accepted", "Druckpresse", ("Presse", "Pressen"), ("sserpen",)) == (now.status, now.line.target, now.line.allowed, now.line.forbidden)
    assert 422 == refused.status_code
    assert "Druckpresse" in owner.get(f"{base}/line?source=press").text


def test_a_correction_becomes_a_rule_and_is_taken_back_as_one(served):
    running, folder, base = served
    owner, key = running.owner(), base.split("/")[2]
    store = running.desk.shelf.store(key)
    pair = next(pair for pair in store.pairs() if pair.segment.text.startswith("The old press of house 0"))
    better = tuple(run.replace("sserpen", "Presse") if isinstance(run, str) else run for run in pair.draft.target)
    decisions.approve(store, folder, pair.segment.id, who="Ann", seen=pair.state.draft, target=better)

    line = owner.waited(f"/works/{key}/passages/{pair.segment.id}/lesson")
    shown = owner.waited(f"{base}/rules/{pair.segment.id}")
    owner.post(f"{base}/rules/{pair.segment.id}", {"number": "1"})
    mended = sum("Presse" in one.draft.text for one in store.pairs() if one.draft)
    held = owner.get(f"{base}/rules").text
    owner.post(f"{base}/rules/undo", {"rule": re.search(r'name="rule" value="(\d+)"', held)[1]})

    assert "You changed “sserpen” to “Presse” for “press”" in line
    assert shown.count("<del>sserpen</del>") == mended - 1 > 5
    assert 1 == sum("Presse" in one.draft.text for one in store.pairs() if one.draft)


def test_a_new_line_and_a_form_of_address_are_settled_at_the_desk(served):
    running, folder, base = served
    owner = running.owner()

    assert "A new line" in owner.get(f"{base}/add").text
    owner.post(f"{base}/line", {"source": "Madam Kelpie", "target": "Frau Kelpie", "sort": "person", "gender": "feminine", "note": "the owner"})
    owner.post(f"{base}/address", {"speaker": "Pell", "addressee": "Anna", "address": "du"})
    refused = [owner.post(f"{base}/line", {"target": "x"}).status_code, owner.post(f"{base}/address", {"speaker": "Pell"}).status_code]

    with Store.open(folder.store) as store:
        (name,) = ledger.find(store, "Madam Kelpie")
        address = next(one.line for one in store.ledger() if one.line.sort == Sort.ADDRESS)
    assert (Sort.PERSON, "feminine", "Frau Kelpie", "accepted", "person") == (name.line.sort, name.line.gender, name.line.target, name.status, name.origin)
    assert ("Pell", "Anna", "du") == (address.speaker, address.addressee, address.address)
    assert [422, 422] == refused


def test_an_edit_of_one_sense_leaves_the_other_and_what_a_form_does_not_say(served):
    running, folder, base = served
    lines = [LedgerLine(Sort.CONCEPT, "bank", "Ufer", sense="river"), LedgerLine(Sort.CONCEPT, "bank", "Bank", sense="money", gender="feminine")]
    with Store.open(folder.store) as store:
        ledger.put(store, lines, who="Ann")

    running.owner().post(f"{base}/line", {"source": "bank", "sense": "money", "target": "Geldhaus"})

    with Store.open(folder.store) as store:
        assert {("river", "Ufer", ""), ("money", "Geldhaus", "feminine")} == {(one.line.sense, one.line.target, one.line.gender) for one in ledger.find(store, "bank")}


def test_a_line_is_open_to_be_edited_before_its_places_are_counted(served):
    running, _, base = served
    owner, slow = running.owner(), threading.Event()
    for number in range(AT_ONCE):
        running.desk.errands.ask(f"slow {number}", 0, lambda: slow.wait(60), patience=0)

    before = owner.get(f"{base}/line?source=press").text
    slow.set()
    owner.waited(f"{base}/counts")
    after = owner.get(f"{base}/line?source=press").text

    assert 'name="target"' in before
    assert [False, True] == [re.search(r"· \d+ passages?<", text) is not None for text in (before, after)]
