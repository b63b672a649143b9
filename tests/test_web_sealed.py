"""Attacks that a second look thought of: signs that no book may hold, streams that outlive a right, cookies planted by a neighbour, sentences that are slow to know."""

from __future__ import annotations

import json
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from string import Formatter
from xml.dom.minidom import parseString

import httpx
import pytest

from tests import desk, desk_works, works
from tests.desk import Browser, Served
from translate.document import UNFIT, plain
from translate.languages import find
from translate.pipeline import results
from translate.pipeline.desk.shelf import key_of
from translate.pipeline.works import Folder, prepare
from translate.spoken.said import LONGEST
from translate.spoken.said import forms as known
from translate.web.call import cookie_name
from translate.web.said import forms, said

BAD = "\x00\x01\x0b\x1f\udfff\ufffe\uffff\ud800"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Folder]]:
    wanted = desk.with_people(desk.settings(tmp_path_factory.mktemp("desk")), Bob="reviewer")
    folder = desk_works.translated(wanted.out)
    with desk.serving(wanted) as running:
        yield running, folder


def test_signs_that_no_book_may_hold_never_come_into_one(served: tuple[Served, Folder]) -> None:
    running, folder = served
    key, store, browser = key_of(folder), running.desk.shelf.store(key_of(folder)), running.session("Bob")
    segment = next(pair.segment.id for pair in store.pairs() if pair.draft and len(pair.segment.source) == 1 and "pride of the town" in pair.segment.text)
    base, seen = f"/works/{key}/passages/{segment}", store.pair(segment).state.draft

    answers = [browser.post(f"{base}/{what}", {"pieces": json.dumps([f"Stolz{BAD} der Stadt"]), "queue": "all", "seen": str(seen)}).status_code for what in ("jot", "approve")]
    browser.post(f"{base}/comment", {"comment": "Why\x00\x01\uffff?", "queue": "all"})

    draft = store.pair(segment).draft
    assert [200, 200] == answers
    assert draft is not None
    assert "Stolz der Stadt" == plain(draft.target)
    assert "Why" in [one.text[:3] for one in store.reviewing.comments(segment)]
    assert not any(UNFIT.search(one.text) for one in store.reviewing.comments(segment))
    with zipfile.ZipFile(results.build(store, folder).book or "") as book:
        for name in book.namelist():
            if name.endswith("html"):
                parseString(book.read(name))


def test_what_may_stand_in_a_book_is_not_taken_out() -> None:
    assert "a\tb\nc\r\u2028\u200b\u202eטקסט\U0001f600\x85" == UNFIT.sub("", "a\tb\nc\r\u2028\u200b\u202eטקסט\U0001f600\x85")


def test_a_stream_ends_with_the_right_to_hear_it(tmp_path: Path, model_server: Callable[..., str]) -> None:
    address = model_server("--delay", "30")
    wanted = desk.with_people(desk.settings(tmp_path), Ada="reader", Bea="reader", Cid="reader", Dan="reader")
    folder, store, _ = prepare(works.epub(tmp_path / "small.epub", [["It rained all day."]]), target=find("de"), source_language=None, out=wanted.out)
    store.close()
    base = f"/works/{key_of(folder)}"
    with desk.serving(wanted) as running:
        people = running.desk.people
        assert people is not None
        assert 303 == running.session("Olga").post(f"{base}/run", {"model": "hosted", "model_name": "bench", "base_url": address}).status_code
        listening = {name: Listener(running.session(name), f"{base}/events") for name in ("Ada", "Bea", "Cid", "Dan")}
        for one in listening.values():
            assert one.begun.wait(20)

        people.end_all("Ada")
        people.set_role("Bea", desk.Role.GUEST)
        people.disable("Cid")
        for name in ("Ada", "Bea", "Cid"):
            listening[name].join(10)

        assert {"Ada": False, "Bea": False, "Cid": False, "Dan": True} == {name: one.is_alive() for name, one in listening.items()}


class Listener(threading.Thread):
    """Somebody who has the page of a run open."""

    def __init__(self, browser: Browser, path: str) -> None:
        super().__init__(daemon=True)
        self._browser, self._path = browser, path
        self.begun = threading.Event()
        self.start()

    def run(self) -> None:
        """Listen until there is nothing more."""
        with suppress(httpx.TransportError), self._browser.client.stream("GET", self._path, timeout=60) as answer:
            for line in answer.iter_lines():
                if line.startswith("event: standing"):
                    self.begun.set()


@pytest.mark.parametrize(("https", "prefix"), [(True, "__Host-"), (False, "dragoman-")])
def test_on_https_no_neighbour_can_plant_a_session(tmp_path: Path, https: bool, prefix: str) -> None:
    with desk.serving(desk.settings(tmp_path, https=https)) as running:
        client = running.stranger()
        answer = client.get(running.desk.link().replace("https://", "http://"), follow_redirects=False)
        planted = answer.headers["set-cookie"]

        assert cookie_name(running.desk).startswith(prefix)
        assert planted.startswith(f"{cookie_name(running.desk)}=")
        assert "Path=/" in planted
        assert "domain" not in planted.lower()
        assert ("Secure" in planted) == https


def test_no_sentence_however_made_is_slow_to_know() -> None:
    """A hostile book can put anything into the words that a finding quotes."""
    rows = [row for _, row in (*forms(), *known(), *known("part"))]
    slow = []
    for row in rows:
        literals = [text for text, _, _, _ in Formatter().parse(row["form"]) if text]
        for made in ("".join(literals[:-1]) or literals[0], *literals):
            message = (literals[0] + made * (LONGEST // max(1, len(made)) + 1))[: LONGEST - 1] + "\x00"
            began = time.thread_time()
            said(message, "de")
            if (took := time.thread_time() - began) > 0.25:
                slow.append((row["form"], made, took))

    assert [] == slow
