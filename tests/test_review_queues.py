"""Queues, counts and search ask SQL for little; they say the same as going through every passage does."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from translate.document import Document, Draft, Finding, Kind, Slot
from translate.pipeline.review import queues, replacing
from translate.pipeline.review.queues import Kept, Queue
from translate.store import Choice, Judged, Outcome, Store, Work

CHECKS = ("numbers", "terms", "length")
WORDS = ("Haus", "häuser", "第一章", "東京", "ÄRA", "50 %", "a_b", "rückwärts")


def page(dice: random.Random, name: str, number: int) -> Document:
    slots = tuple(Slot(name, f"/4/{place}", Kind.PARAGRAPH, (f"{dice.choice(WORDS)} {dice.choice(WORDS)} {place} of {name}",)) for place in range(number))
    return Document(name, "content", slots)


def shuffled(folder: Path, seed: int) -> Store:
    """A work in which much was decided by chance, people and runs, over two versions of its source."""
    dice = random.Random(seed)
    store = Store.create(folder / "work.db", Work("A Book", "b.txt", "text", "en", "de"))
    documents = [page(dice, name, 12) for name in ("a", "b", "c")]
    store.add_version("b.txt", b"first", documents)
    names = [one.id for one in store.segments()]
    for act in range(80):
        if act == 50:
            later = [page(random.Random(seed + 1), "a", 12), documents[1], page(dice, "d", 5)]
            store.add_version("b.txt", b"second", later)
            names = [one.id for one in store.segments()]
        name, words = dice.choice(names), " ".join(dice.choices(WORDS, k=3))
        findings = tuple(Finding(check, dice.choice(("error", "warning", "info")), f"{check} {act}") for check in dice.sample(CHECKS, dice.randrange(3)))
        if dice.random() < 0.3:
            store.review(name, (words,), who=dice.choice(("Ada", "Bo")), note="", findings=findings)
        elif dice.random() < 0.2:
            store.reopen(name, who="Ada")
        elif dice.random() < 0.2:
            pair = store.pair(name)
            store.dismissing.dismiss(name, pair.findings[:1], who="Bo", reason="fine")
        else:
            grave = any(one.severity != "info" for one in findings)
            store.commit(Outcome(drafts=(Judged(Draft(name, (words,), model="m"), findings),), choices=(Choice(name, "flagged" if grave else "accepted", draft=0),))).result()
        if dice.random() < 0.1:
            store.reviewing.comment(name, who="Ada", text="Look.")
    store.reviewing.assign("b", "Ada")
    return store


@pytest.mark.parametrize("seed", range(8))
def test_queues_and_counts_say_the_same_as_going_through_every_passage(tmp_path: Path, seed: int) -> None:
    with shuffled(tmp_path, seed) as store:
        table, pairs = store.reviewing, tuple(store.pairs())
        ids = [one.segment.id for one in pairs]
        doubtful = {one.segment.id: one for one in pairs if one.status in ("flagged", "pending") or one.state.outdated}

        doubts = table.doubts()
        assert list(doubtful) == [one.segment for one in doubts]
        for one in doubts:
            pair = doubtful[one.segment]
            assert (pair.status == "pending", bool(pair.state.outdated)) == (one.pending, one.outdated)
            assert {(f.check, f.severity) for f in pair.findings if f.severity != "info" and f.check != "outdated"} <= set(one.findings)
        counts = Counter(one.status for one in pairs)
        totals = store.totals()
        assert (counts["pending"], counts["accepted"], counts["flagged"], counts["approved"]) == (totals.pending, totals.accepted, totals.flagged, totals.approved)
        assert sum(bool(one.state.outdated) for one in pairs) == totals.outdated
        assert ids == list(table.everything())
        for document in ("a", "b", "c", "d"):
            assert [one.segment.id for one in pairs if one.segment.document == document] == list(table.in_document(document))
        assert table.in_document("b") == table.looked_after("Ada")
        assert table.looked_after("Bo") == ()
        for who in ("Ada", "Bo"):
            assert [one for one in table.decided_by(who) if store.pair(one).status != "approved"] == []
        assert sum(number for _, number in table.people()) == counts["approved"]
        assert sorted((*table.decided_by("Ada"), *table.decided_by("Bo"))) == sorted(one.segment.id for one in pairs if one.status == "approved")
        assert {one for one in ids if table.comments(one)} == set(table.commented())
        for check in CHECKS:
            assert {one.segment.id for one in pairs if any(f.check == check for f in one.findings)} <= set(table.found_by(check))
        assert set(table.unsampled()) == {one.segment.id for one in pairs if one.status == "accepted" and one.draft is not None}
        assert {name: (store.pair(name).status, store.pair(name).state.draft) for name in ids} == table.statuses([*ids, "nobody"])
        assert {one.segment.id: one.segment.document for one in pairs} == table.documents_of([*ids, "nobody"])


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("words", [*WORDS, "第", "京", "ä", "Ä", "haus", "%", "_", "0 ", "rück"])
def test_a_search_finds_what_stands_in_the_texts_also_words_of_one_or_two_signs(tmp_path: Path, seed: int, words: str) -> None:
    with shuffled(tmp_path, seed) as store:
        store.reviewing.index()
        assert store.reviewing.index() == 0
        for side in ("source", "target", "either"):
            texts = {one.segment.id: {"source": one.segment.text, "target": one.draft.text if one.draft else ""} for one in store.pairs()}
            wanted = [name for name, both in texts.items() if any(words.casefold() in both[key].casefold() for key in both if side in (key, "either"))]
            assert wanted == list(store.reviewing.find(words, side=side, most=500))  # type: ignore[arg-type]


def test_the_index_knows_what_was_decided_after_it_was_whole(tmp_path: Path) -> None:
    with shuffled(tmp_path, 1) as store:
        store.reviewing.index()
        name = next(iter(store.segments())).id
        store.review(name, ("Etwas Neues",), who="Ada", note="", findings=())

        assert queues.segments(store, Queue("target", "Etwas Neues")) == (name,)
        store.reopen(name, who="Ada")
        assert queues.segments(store, Queue("target", "Etwas Neues")) == ()


def test_a_queue_in_reading_order_is_made_anew_with_a_new_version_only(tmp_path: Path) -> None:
    with shuffled(tmp_path, 1) as store:
        kept = Kept()
        before = kept.of(store, Queue("all"), "Ada")
        assert kept.of(store, Queue("all"), "Bo", fresh=True) is before
        store.add_version("b.txt", b"third", [page(random.Random(3), "z", 4)])

        assert len(kept.of(store, Queue("all"), "Ada")) == 4


def test_all_places_of_a_replacement_are_found_however_many_there_are(tmp_path: Path) -> None:
    slots = tuple(Slot("a", f"/4/{place}", Kind.PARAGRAPH, (f"House {place}",)) for place in range(700))
    with Store.create(tmp_path / "work.db", Work("A Book", "b.txt", "text", "en", "de")) as store:
        store.add_version("b.txt", b"first", [Document("a", "content", slots)])
        names = [one.id for one in store.segments()]
        drafts = tuple(Judged(Draft(name, ("Haus" if place > 600 else "Hausboot",), model="m"), ()) for place, name in enumerate(names))
        store.commit(Outcome(drafts=drafts, choices=tuple(Choice(name, "accepted", draft=place) for place, name in enumerate(names)))).result()

        assert len(replacing.places(store, "Haus", "Bau", whole=True)) == 99
        assert len(replacing.places(store, "Haus", "Bau", whole=True, most=10)) == 10
        assert [one.segment for one in replacing.places(store, "Haus", "Bau", among=names[-2:])] == names[-2:]
