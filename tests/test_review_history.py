"""The history of what people decided: what each changed, whether it stands, and taking it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import desk, works
from tests.terminal import here
from translate.document import Finding, plain
from translate.errors import SettingError
from translate.pipeline import order as orders
from translate.pipeline.desk import shelf
from translate.pipeline.progress import Silent
from translate.pipeline.review import decisions, history
from translate.pipeline.works import Folder
from translate.store import Choice, Outcome, Rejudged, Store


@pytest.fixture
def work(tmp_path: Path) -> Folder:
    book = works.epub(tmp_path / "small.epub", [["It rained all day.", "Nobody came to the house."]])
    return orders.carry_out(orders.Order(book, "de", model="pseudo", out=tmp_path / "output"), Silent()).folder


def approved(store: Store, folder: Folder, segment: str, words: str, who: str) -> None:
    decisions.approve(store, folder, segment, who=who, seen=store.pair(segment).state.draft, target=(words,))


def rain(store: Store) -> str:
    return next(one.id for one in store.segments() if "rained" in one.text)


def test_an_approval_is_told_with_what_stood_before_and_taken_back_gives_that_back(work: Folder) -> None:
    with Store.open(work.store) as store:
        name = rain(store)
        stood = store.pair(name).draft
        assert stood is not None
        approved(store, work, name, "Es regnete.", "Ada")

        (one,) = store.reviewing.decided(most=10)
        assert ("approved", "Ada", name, plain(stood.target), "Es regnete.", True) == (one.kind, one.who, one.segment, plain(one.before), plain(one.after), one.stands)
        history.undo(store, work, one, who="Ada")

        pair = store.pair(name)
        assert pair.status != "approved"
        assert pair.draft is not None
        assert stood.target == pair.draft.target
        assert [False] == [one.stands for one in store.reviewing.decided(most=10)]
        assert history.latest(store, "Ada") is None


def test_a_second_approval_taken_back_gives_back_the_first_persons_words(work: Folder) -> None:
    with Store.open(work.store) as store:
        name = rain(store)
        approved(store, work, name, "Es regnete.", "Ada")
        approved(store, work, name, "Es hat geregnet.", "Bo")
        last = history.latest(store, "Bo")
        assert last is not None

        history.undo(store, work, last, who="Bo")

        pair = store.pair(name)
        assert ("approved", "Es regnete.") == (pair.status, pair.draft.text if pair.draft else "")


def test_what_does_not_stand_any_more_is_not_taken_back(work: Folder) -> None:
    with Store.open(work.store) as store:
        name = rain(store)
        approved(store, work, name, "Es regnete.", "Ada")
        (first,) = store.reviewing.decided(most=1)
        approved(store, work, name, "Es hat geregnet.", "Bo")

        with pytest.raises(SettingError):
            history.undo(store, work, history.find(store, "approved", first.number), who="Ada")
        assert store.pair(name).draft is not None
        with pytest.raises(SettingError):
            history.find(store, "approved", 999)
        with pytest.raises(SettingError):
            history.find(store, "", first.number)


def test_a_dismissal_taken_back_lets_its_finding_stand_again(work: Folder) -> None:
    with Store.open(work.store) as store:
        name = rain(store)
        draft = store.pair(name).state.draft
        assert draft is not None
        store.commit(Outcome(rejudged=(Rejudged(draft, (Finding("numbers", "error", "A number is wrong."),)),), choices=(Choice(name, "flagged", earlier=draft),))).result()
        store.dismissing.dismiss(name, store.pair(name).findings, who="Ada", reason="it is right")
        assert "accepted" == store.pair(name).status

        last = history.latest(store, "Ada")
        assert last is not None
        assert ("dismissed", "A number is wrong.", "it is right") == (last.kind, last.message, last.note)
        history.undo(store, work, last, who="Ada")

        assert "flagged" == store.pair(name).status
        with pytest.raises(SettingError):
            history.undo(store, work, last, who="Ada")


def test_the_latest_comes_first_page_by_page_and_by_person(work: Folder) -> None:
    with Store.open(work.store) as store:
        names = [one.id for one in store.segments()][:3]
        for name, who in zip(names, ("Ada", "Bo", "Ada"), strict=True):
            approved(store, work, name, f"Von {who}.", who)

        assert names[::-1] == [one.segment for one in store.reviewing.decided(most=9)]
        assert [names[1]] == [one.segment for one in store.reviewing.decided(skip=1, most=1)]
        assert [names[2], names[0]] == [one.segment for one in store.reviewing.decided(who="Ada", most=9)]


def test_the_command_lists_and_takes_back(work: Folder) -> None:
    with Store.open(work.store) as store:
        name = rain(store)
        approved(store, work, name, "Es regnete.", "Ada")

    said = here("history", work.path, "--json").json
    undone = here("history", work.path, "--undo", "--who", "Ada", "--json").json

    assert [("Es regnete.", True)] == [(one["after"], one["stands"]) for one in said["decisions"]]
    assert name == undone["undone"]["segment"]
    assert here("history", work.path, "--undo", "--json").json["undone"] is None


def test_the_desk_shows_the_history_and_takes_decisions_back(work: Folder, tmp_path: Path) -> None:
    with desk.serving(desk.settings(tmp_path)) as served:
        owner, base = served.owner(), f"/works/{shelf.key_of(work)}"
        store = served.desk.shelf.store(shelf.key_of(work))
        me, name = "you", rain(store)
        assert "Nobody has decided" in owner.get(f"{base}/history").text
        owner.post(f"{base}/passages/{name}/approve", {"pieces": '["Es regnete <sehr>."]', "seen": str(store.pair(name).state.draft), "queue": "all"})
        (one,) = store.reviewing.decided(most=1)
        me = one.who

        page = owner.get(f"{base}/history").text
        assert "<ins>" in page
        assert "&lt;sehr&gt;" in page
        assert 303 == owner.post(f"{base}/history", {"kind": one.kind, "number": str(one.number)}).status_code
        assert "does not stand any more" in owner.get(f"{base}/history?who={me}").text
        assert 422 == owner.post(f"{base}/history", {"kind": "approved", "number": "x"}).status_code
        assert 422 == owner.post(f"{base}/review/undo", {"queue": "all"}).status_code

        owner.post(f"{base}/passages/{name}/approve", {"pieces": '["Noch einmal."]', "seen": str(store.pair(name).state.draft), "queue": "all"})
        shown = owner.post(f"{base}/review/undo", {"queue": "all"})
        assert f'data-passage="{name}"' in shown.text
        assert store.pair(name).status != "approved"
