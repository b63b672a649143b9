"""What the desk's review does, from the command line: one core, two faces."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import desk_works
from tests.terminal import here
from translate.pipeline.review.queues import Queue, segments
from translate.pipeline.works import Folder
from translate.store import Store


@pytest.fixture
def folder(tmp_path: Path, model_server) -> Folder:
    return desk_works.translated(tmp_path / "output", base_url=model_server("--delay", "0"))


def run(*arguments: object) -> dict:
    said = here(*arguments, "--json")
    assert 0 == said.code, said.err
    return said.json


def test_the_queue_is_the_desks(folder: Folder) -> None:
    told = run("queue", folder.path)

    with Store.open(folder.store) as store:
        assert list(segments(store, Queue())) == [one["segment"] for one in told["shown"]]
    assert told["passages"] == len(told["shown"]) > 2
    assert all(one["findings"] for one in told["shown"])
    assert "low" in run("queue", folder.path, "sample")["sample"]


def test_what_was_approved_is_taken_back(folder: Folder) -> None:
    first, second = [one["segment"] for one in run("queue", folder.path)["shown"]][:2]

    run("approve", folder.path, first, second, "--who", "Ann")
    assert {first, second} == {one["segment"] for one in run("queue", folder.path, "person:Ann")["shown"]}
    back = run("reopen", folder.path, first)

    assert [("flagged", first)] == [(one["status"], one["segment"]) for one in back["reopened"]]
    assert [second] == [one["segment"] for one in run("queue", folder.path, "person:Ann")["shown"]]
    with Store.open(folder.store) as store:
        assert () == store.verify()


def test_a_wish_is_answered_and_its_draft_can_be_approved(folder: Folder) -> None:
    segment = run("queue", folder.path)["shown"][0]["segment"]

    answered = run("ask", folder.path, segment, "less stiff")
    taken = run("approve", folder.path, segment, "--draft", answered["draft"])

    assert [answered["target"]] == [one["target"] for one in taken["approved"]]


def test_words_are_found_and_replaced_only_when_that_is_said(folder: Folder) -> None:
    assert 6 == run("search", folder.path, "house", "--in", "source")["passages"] - 1
    shown = run("search", folder.path, "dloen", "--replace", "alte")
    assert [] == shown["replaced"]
    assert 0 == run("search", folder.path, "alte", "--in", "target")["passages"]

    done = run("search", folder.path, "dloen", "--replace", "alte", "--yes")

    assert len(shown["places"]) == len(done["replaced"]) == run("search", folder.path, "alte", "--in", "target")["passages"]


def test_a_comment_is_put_listed_and_settled(folder: Folder) -> None:
    segment = run("queue", folder.path)["shown"][0]["segment"]

    (made,) = run("comment", folder.path, segment, "Is she a ship?", "--who", "Ann")["comments"]
    assert [segment] == [one["segment"] for one in run("queue", folder.path, "comments")["shown"]]
    (settled,) = run("comment", folder.path, segment, "--settle", made["id"], "--who", "Ben")["comments"]

    assert ("Ann", "Ben") == (settled["who"], settled["resolver"])
    assert [] == run("queue", folder.path, "comments")["shown"]


@pytest.mark.parametrize("arguments", [("queue", "nonsense"), ("queue", "check"), ("approve", "bbbbbbbb"), ("comment", "bbbbbbbb", "words"), ("reopen", "bbbbbbbb")])
def test_what_cannot_be_done_is_said(folder: Folder, arguments: tuple[str, ...]) -> None:
    said = here(arguments[0], folder.path, *arguments[1:])

    assert said.code
    assert 1 == len(said.err.strip().splitlines())
