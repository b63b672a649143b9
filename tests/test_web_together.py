"""Several people at one work: chapters, who is where, the next passage for one only, two wordings of one passage."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from tests import desk, works
from tests.desk import Browser, Served
from translate.languages import find
from translate.pipeline.desk.shelf import key_of
from translate.pipeline.review.presence import LEASE, MOST, Presence
from translate.pipeline.works import prepare

CHAPTERS = [["It rained all day.", "Nobody came.", "The lamp went out."], ["She waited.", "He slept."]]
CELLS = re.compile(r'data-(passage|pieces|copied|seen)="([^"]*)"')


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    wanted = desk.with_people(desk.settings(tmp_path), Ann="reviewer", Bob="reviewer", Rhea="reader")
    _, store, _ = prepare(works.epub(tmp_path / "small.epub", CHAPTERS), target=find("de"), source_language=None, out=wanted.out)
    store.close()
    with desk.serving(wanted) as running:
        yield running


def key(served: Served) -> str:
    return key_of(served.desk.shelf.folders()[0])


def opened(served: Served, who: Browser, *, queue: str = "all", segment: str = "") -> dict[str, str]:
    page = who.get(f"/works/{key(served)}/review?queue={queue}" + (f"&segment={segment}" if segment else ""))
    assert page.status_code == 200
    return cells(page)


def cells(page: httpx.Response) -> dict[str, str]:
    return {name: unescape(value) for name, value in CELLS.findall(page.text)}


def sent(served: Served, who: Browser, act: str, at: dict[str, str], words: str, *, seen: str | None = None) -> httpx.Response:
    fields = {"queue": "all", "segment": at["passage"], "seen": at["seen"] if seen is None else seen, "pieces": json.dumps([words])}
    return who.post(f"/works/{key(served)}/passages/{at['passage']}/{act}", fields)


def test_two_people_are_not_given_the_same_passage(served: Served) -> None:
    ann, bob = served.session("Ann"), served.session("Bob")
    first, second = opened(served, ann), opened(served, bob)
    third = cells(sent(served, ann, "approve", first, "Es regnete."))

    assert len({first["passage"], second["passage"], third["passage"]}) == 3


def test_many_who_ask_at_once_are_given_passages_of_their_own(served: Served) -> None:
    people = served.desk.people
    assert people is not None
    from translate.pipeline.desk.people import Role

    browsers = []
    for n in range(6):
        people.add(f"Person {n}", Role.REVIEWER)
        browsers.append(served.session(f"Person {n}"))
    given: list[str] = []
    gate = threading.Barrier(len(browsers))

    def ask(one: Browser) -> None:
        gate.wait()
        given.append(opened(served, one)["passage"])

    threads = [threading.Thread(target=ask, args=(one,)) for one in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(given)) == len(browsers) == len(given)


def test_a_reader_takes_nothing_away_from_reviewers(served: Served) -> None:
    rhea, ann = served.session("Rhea"), served.session("Ann")
    read = rhea.get(f"/works/{key(served)}/review?queue=all")
    segment = re.search(r'data-passage="([^"]+)"', read.text)
    assert segment is not None

    assert opened(served, ann)["passage"] == segment[1]


def test_who_opens_the_same_passage_is_seen_beside_it_and_in_the_chapters(served: Served) -> None:
    ann, bob = served.session("Ann"), served.session("Bob")
    at = opened(served, ann)
    page = bob.get(f"/works/{key(served)}/review?queue=all&segment={at['passage']}")

    assert "Ann has this passage open too." in page.text
    assert "Bob has this passage open too." in ann.get(f"/works/{key(served)}/passages/{at['passage']}/beside").text
    assert "Here now: Ann, Bob" in bob.get(f"/works/{key(served)}/chapters").text


def test_a_chapter_is_taken_on_and_makes_a_queue_of_ones_own(served: Served) -> None:
    ann, bob, olga = (served.session(name) for name in ("Ann", "Bob", "Olga"))
    path = f"/works/{key(served)}/chapters"
    document = "OEBPS/c1.xhtml"
    assert ann.post(path, {"document": document, "who": "Ann"}).status_code == 303
    assert bob.post(path, {"document": document, "who": "Bob"}).status_code == 422
    assert bob.post(path, {"document": "OEBPS/c0.xhtml", "who": "Ann"}).status_code == 422

    mine = opened(served, ann, queue="mine")["passage"]
    store = served.desk.shelf.store(key(served))
    assert mine in store.reviewing.in_document(document)
    assert "passage" not in opened(served, bob, queue="mine")
    assert olga.post(path, {"document": document, "who": "Nobody"}).status_code == 422
    assert olga.post(path, {"document": "nothing", "who": "Bob"}).status_code == 422
    assert olga.post(path, {"document": document, "who": "Rhea"}).status_code == 422
    assert olga.post(path, {"document": document, "who": "Bob"}).status_code == 303
    assert {document: "Bob"} == store.reviewing.assignments()
    assert bob.post(path, {"document": document, "who": ""}).status_code == 303
    assert {} == store.reviewing.assignments()


def test_two_wordings_of_one_passage_are_shown_beside_what_both_began_from(served: Served) -> None:
    ann, bob = served.session("Ann"), served.session("Bob")
    store = served.desk.shelf.store(key(served))
    segment = store.reviewing.in_document("OEBPS/c0.xhtml")[1]
    sent(served, ann, "approve", opened(served, ann, segment=segment), "Es regnete den ganzen Tag.")
    hers, his = opened(served, ann, segment=segment), opened(served, bob, segment=segment)
    sent(served, ann, "approve", hers, "Es regnete die ganze Nacht.")
    shown = sent(served, bob, "approve", his, "Es goss den ganzen Tag.").text

    three = shown[shown.index('class="three"') : shown.index("</dl>", shown.index('class="three"'))]
    assert "Es regnete den ganzen Tag." in re.sub(r"<[^>]+>", "", three)
    assert {"regnete"} == set(re.findall("<del>(.*?)</del>", three.split("Yours")[1]))
    assert {"goss"} == set(re.findall("<ins>(.*?)</ins>", three.split("Yours")[1]))
    assert "<ins>Nacht</ins>" in three.split("Yours")[0]
    assert "Ann" in three
    assert store.pair(segment).draft.text == "Es regnete die ganze Nacht."  # type: ignore[union-attr]
    again = {name: unescape(value) for name, value in CELLS.findall(shown)}
    sent(served, bob, "approve", again, "Es goss die ganze Nacht.")
    assert store.pair(segment).draft.text == "Es goss die ganze Nacht."  # type: ignore[union-attr]


def test_who_was_shut_out_decides_nothing_any_more(served: Served) -> None:
    ann, people = served.session("Ann"), served.desk.people
    assert people is not None
    at = opened(served, ann)
    people.disable("Ann")

    assert sent(served, ann, "approve", at, "Es regnete.").status_code == 401
    assert served.desk.shelf.store(key(served)).pair(at["passage"]).status == "pending"


def test_a_lease_ends_with_its_time_with_the_next_passage_and_on_leaving() -> None:
    now = 0.0
    here = Presence(clock=lambda: now)
    here.open("w", "s1", "Ann")
    assert not here.claim("w", "s1", "Bob")
    assert here.claim("w", "s1", "Ann")
    assert here.claim("other", "s1", "Bob")
    now += LEASE - 1
    here.renew("w", "s1", "Ann")
    now += LEASE - 1
    assert here.on("w", "s1") == ("Ann",)
    assert here.on("w", "s1", but="Ann") == ()
    now += 2

    assert here.on("w", "s1") == ()
    assert here.claim("w", "s1", "Bob")
    assert here.claim("w", "s2", "Bob")
    assert here.here("w") == (("s2", "Bob"),)
    here.leave("w", "Bob")
    assert here.here("w") == ()


def test_one_person_cannot_fill_the_memory_with_leases() -> None:
    here = Presence()
    for n in range(1000):
        here.renew("w", f"s{n}", "Mallory")

    assert len(here.here("w")) == MOST
