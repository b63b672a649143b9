"""What an attacker would try with requests alone: odd values everywhere, addresses that lead away, headers that are made up, passes that outlive a session, servers that never answer."""

from __future__ import annotations

import logging
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests import desk, desk_works
from tests.browser import browsing
from tests.desk import Browser, Served
from tests.shelf import THREE, pack
from translate.pipeline import order as orders
from translate.pipeline.desk.shelf import key_of
from translate.pipeline.progress import Silent
from translate.web.call import NEEDED, own_path
from translate.web.desk import OUTSIDE
from translate.web.identity import Peek

ODD = ("\x00", "²", "-1", "nan", "1e309", "http://[::1", '[["open","x"]]', "9" * 17, "'\"<>&", "../../etc/passwd", "%", "chapter:\x00", "A" * 3000, "\r\nX: y")
"""Values that break what takes them for something else."""
FIELDS = ["act", "address", "addressee", "again", "alike", "allowed", "ask", "bilingual", "budget", "case", "chapter", "check", "comment", "document", "draft", "edition", "form", "forbidden", "gender", "glossaries", "instead", "jobs", "keep", "kind", "model", "model_name", "name", "note", "number", "page", "password", "pieces", "place", "present", "price", "queue", "reason", "reviewer", "role", "rule", "seen", "segment", "sense", "side", "sort", "source", "speaker", "status", "style", "style_sheet", "target", "then", "title", "to", "who", "whole", "wiki", "wish", "words", "work"]
AWAY = {"/leave", "/account/leave", "/account/password", "/works/{key}/events", "/works/{key}/models", "/pages", "/works/{key}/setup/compare"}
"""These end the session, never end, or ask the network; each has tests of its own."""
GOOD = {
    "/works/{key}/quote": {"model": "pseudo"},
    "/works/{key}/passages/{segment}/approve": {"pieces": '["x"]', "queue": "all"},
    "/works/{key}/passages/{segment}/jot": {"pieces": '["x"]', "queue": "all"},
    "/works/{key}/ledger/effect": {"source": "press", "target": "Presse", "sort": "concept"},
    "/sign-in": {"name": "Bob", "password": "x"},
}
"""Forms that are fine but for the field that is odd."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    wanted = desk.with_people(desk.settings(tmp_path_factory.mktemp("desk")), Bob="reviewer")
    desk_works.translated(wanted.out)
    logging.disable(logging.CRITICAL)
    try:
        with desk.serving(wanted) as running:
            yield running
    finally:
        logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def olga(served: Served) -> Browser:
    return served.session("Olga")


def work(served: Served) -> str:
    return key_of(served.desk.shelf.folders()[0])


def filled(served: Served, path: str, odd: str | None = None) -> str:
    """The path of a route, with the work's key, and a passage or something odd for the rest."""
    segment = served.desk.shelf.store(work(served)).reviewing.everything()[2]
    return re.sub(r"\{\w+(:path)?\}", quote(odd, safe="") if odd is not None else segment, path.replace("{key}", work(served)))


def broken(served: Served, browser: Browser, path: str, method: str, odd: str) -> bool:
    if method == "POST":
        return browser.post(filled(served, path), dict.fromkeys(FIELDS, odd)).status_code >= 500
    query = "&".join(f"{name}={quote(odd[:40], safe='')}" for name in FIELDS)
    return any(browser.get(address).status_code >= 500 for address in {filled(served, path) + "?" + query, filled(served, path, odd)})


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:12].encode("unicode-escape").decode())
def test_no_value_however_odd_breaks_a_page(served: Served, olga: Browser, odd: str) -> None:
    routes = sorted(row for row in NEEDED if row[0] not in AWAY and not row[0].startswith("/people/"))

    assert [] == [row for row in routes if broken(served, olga, *row, odd)]


@pytest.mark.parametrize("path", GOOD)
def test_no_single_field_breaks_a_form(served: Served, olga: Browser, path: str) -> None:
    names = {*GOOD[path], "jobs", "budget", "price", "seen", "then"}

    assert [] == [(name, odd) for name in sorted(names) for odd in ODD if olga.post(filled(served, path), {**GOOD[path], name: odd}).status_code >= 500]


@pytest.mark.parametrize("said", ["inf", "nan", "-3", "²", "1001", "1.5"])
def test_a_number_of_requests_at_once_that_is_none_is_told(served: Served, olga: Browser, said: str) -> None:
    answer = olga.post(filled(served, "/works/{key}/quote"), {"model": "pseudo", "jobs": said})

    assert (422, True) == (answer.status_code, said in answer.text)


@pytest.mark.parametrize("said", ["inf", "nan", "1e400"])
def test_a_cap_on_the_money_is_a_number_that_can_be_passed(served: Served, olga: Browser, said: str) -> None:
    assert 422 == olga.post(filled(served, "/works/{key}/quote"), {"model": "pseudo", "budget": said}).status_code


@pytest.mark.parametrize("path", ["//evil.example/x", "//evil.example", "/\\evil.example", "///evil.example", "//evil.example/..;/"])
def test_an_address_of_ours_never_leads_to_another_site(served: Served, path: str) -> None:
    client = served.stranger()
    answer = client.send(client.build_request("GET", "/", headers={"sec-fetch-site": "cross-site"}, extensions={"target": path.encode()}))

    leads = re.findall(r'(?:url=|href="|name="then" value=")([^"]*)', answer.text)

    assert leads
    assert [] == [one for one in leads if not re.match(r"/(?![/\\])|#", one)]


@pytest.mark.parametrize("path", ["http://[::1", "//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", "/a\r\nx: y", "/enter/x", ""])
def test_what_is_gone_to_after_signing_in_is_a_page_of_ours(path: str) -> None:
    assert "/" == own_path(path)


def test_a_proxy_that_adds_a_line_of_its_own_is_believed_and_not_the_line_before(tmp_path: Path) -> None:
    wanted = desk.with_people(desk.settings(tmp_path, proxied=True))
    with desk.serving(wanted) as behind:
        client = behind.stranger()
        for n in range(3):
            made_up = [("origin", behind.address), ("x-forwarded-for", f"6.6.6.{n}"), ("x-forwarded-for", "9.9.9.9")]
            client.post("/sign-in", data={"name": f"N{n}", "password": "x"}, headers=made_up)

        assert [("address", "9.9.9.9")] == [row for row in behind.desk.doorman._tries if row[0] == "address"]


def test_a_pass_to_a_preview_ends_with_the_session_and_with_the_right_to_see_the_work(served: Served) -> None:
    people = served.desk.people
    assert people is not None
    people.add("Gone", desk.Role.REVIEWER)
    browser = served.session("Gone")
    page = browser.get(filled(served, "/works/{key}/finish/preview?chapter=OEBPS/c0.xhtml")).text
    frame = re.search(r'<iframe[^>]*src="([^"]+)"', page)
    assert frame is not None
    stranger = served.stranger()
    before = stranger.get(frame[1]).status_code
    people.set_role("Gone", desk.Role.GUEST)
    without_right = stranger.get(frame[1]).status_code
    people.set_role("Gone", desk.Role.READER)
    again = stranger.get(frame[1]).status_code
    browser.post("/leave")
    after = stranger.get(frame[1]).status_code

    assert (200, 404, 200, 404) == (before, without_right, again, after)


def test_a_preview_is_given_only_under_a_pass_of_a_session(served: Served, olga: Browser) -> None:
    with_none = served.desk.peeks.issue(Peek(work(served), False))

    assert 404 == olga.get(f"/peek/{with_none}/OEBPS/c0.xhtml").status_code


def test_a_wiki_that_nobody_answers_for_is_told_soon(served: Served, olga: Browser) -> None:
    with hanging_up() as (address, calls):
        answer = olga.post("/pages", {"address": f"{address}/wiki/A", "to": "de"})

    assert 422 == answer.status_code
    assert "127.0.0.1" in answer.text
    assert 1 <= len(calls) <= 4  # a run, for which nobody waits, would try for two minutes
    assert 422 == olga.post("/pages", {"address": "http://[::1/wiki/A", "to": "de"}).status_code


@contextmanager
def hanging_up() -> Iterator[tuple[str, list[float]]]:
    """A server that hangs up at once, with how often it was called."""
    calls: list[float] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answers() -> None:
            while True:
                try:
                    listening.accept()[0].close()
                except OSError:
                    return
                calls.append(time.monotonic())

        threading.Thread(target=answers, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", calls
        listening.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def silent() -> Iterator[str]:
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"


def test_models_that_do_not_answer_hold_nobody_else_up(tmp_path: Path, silent: str) -> None:
    folder = desk_works.translated(desk.settings(tmp_path).out, base_url=silent)
    with desk.serving(desk.settings(tmp_path)) as running:
        browser = running.owner()
        key, store = key_of(folder), running.desk.shelf.store(key_of(folder))
        waiting = [threading.Thread(target=wished, args=(browser, key, segment), daemon=True) for segment in store.reviewing.everything()[:14]]
        for thread in waiting:
            thread.start()
        until = time.monotonic() + 60
        while running.desk.outside._work_queue.qsize() < 14 - OUTSIDE and time.monotonic() < until:
            time.sleep(0.02)

        assert 200 == browser.client.get(f"/works/{key}/review", timeout=60).status_code
        assert running.desk.outside._work_queue.qsize() == 14 - OUTSIDE  # all of them still wait


def wished(browser: Browser, key: str, segment: str) -> None:
    try:
        browser.post(f"/works/{key}/passages/{segment}/wish", {"wish": "less stiff", "queue": "all"})
    except desk.httpx.HTTPError:
        return


CALLING = """<?xml version="1.0" encoding="utf-8"?><?xml-stylesheet href="URL/pi.css" type="text/css"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:xlink="http://www.w3.org/1999/xlink" lang="en"><head><title>T</title>
<base href="URL/"/><link rel="stylesheet" href="URL/a.css"/><link rel="prefetch" href="URL/b"/><link rel="preload" as="image" href="URL/c"/><link rel="preconnect" href="URL"/><link rel="prerender" href="URL/d"/>
<meta http-equiv="refresh" content="0;url=URL/e"/><meta http-equiv="Content-Security-Policy" content="default-src *"/>
<style>@import url("URL/f.css"); body { background: url(URL/g.png) } @font-face { font-family: x; src: url(URL/h.woff) } p { font-family: x }</style>
<script src="URL/i.js"></script><script>fetch("URL/j"); top.location = "URL/k"</script></head>
<body onload="fetch('URL/l')"><h1>The First Day</h1><p>Harmless words. <img src="URL/m.png" alt="a"/><img src="x" onerror="fetch('URL/n')" alt="b"/></p>
<iframe src="URL/o"></iframe><iframe srcdoc="&lt;script&gt;fetch('URL/p')&lt;/script&gt;"></iframe><object data="URL/q"></object><embed src="URL/r"/><video src="URL/s" poster="URL/t" autoplay="autoplay"></video>
<form action="URL/u"><button id="go">Send</button></form><table background="URL/v"><tr><td style="background: url(URL/w)">cell</td></tr></table>
<svg xmlns="http://www.w3.org/2000/svg" onload="fetch('URL/x')"><script>fetch("URL/y")</script><image xlink:href="URL/z"/><use xlink:href="URL/aa#a"/></svg></body></html>"""
SVG = """<svg xmlns="http://www.w3.org/2000/svg" onload="fetch('URL/s1')"><script>fetch("URL/s2")</script><text>t</text></svg>"""


@pytest.mark.browser
def test_a_book_that_calls_home_in_every_way_reaches_nobody(tmp_path: Path) -> None:
    book = tmp_path / "calling.epub"
    wanted = desk.settings(tmp_path)
    with hanging_up() as (elsewhere, calls):
        book.write_bytes(pack(THREE | {"OPS/text/one.xhtml": CALLING.replace("URL", elsewhere), "OPS/calling.svg": SVG.replace("URL", elsewhere)}))
        folder = orders.carry_out(orders.Order(book, "de", model="pseudo", out=wanted.out), Silent()).folder
        with desk.serving(wanted) as running, browsing() as context:
            looked_at(running, context.new_page(), f"{running.address}/works/{key_of(folder)}")

    assert [] == calls


def looked_at(running: Served, page: Page, base: str) -> None:
    """Every page that shows the book, the book's own pages by themselves, and its form sent."""
    page.goto(running.desk.link())
    page.wait_for_url(f"{running.address}/")
    for path in ("/review?queue=all", "/report", "/finish/preview?chapter=OPS/text/one.xhtml&bilingual=1", "/finish/preview?chapter=OPS/text/one.xhtml"):
        page.goto(base + path)
        page.wait_for_load_state("networkidle")
    frame, there = page.frame_locator("iframe.reader"), page.get_attribute("iframe.reader", "src") or ""
    expect(frame.locator("#go")).to_be_visible()
    frame.locator("#go").click()
    for part in (there, there.replace("text/one.xhtml", "calling.svg")):
        page.goto(running.address + part)
        page.wait_for_load_state("networkidle")
    assert page.url.startswith(f"{running.address}/peek/")
