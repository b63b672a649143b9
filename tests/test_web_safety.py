"""The desk is open to who holds its link, and to nobody else."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests import desk, works
from tests.desk import Browser, Served
from translate.errors import SettingError
from translate.pipeline import order as orders
from translate.pipeline.progress import Silent
from translate.web.call import cookie_name
from translate.web.identity import Identity, KeptSessions, Role
from translate.web.settings import Settings

SECRET_TITLE = "A Small Book"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("desk")
    wanted = desk.settings(folder)
    book = works.epub(folder / "small.epub", [["It rained all day.", "Nobody came."]])
    orders.carry_out(orders.Order(book, "de", model="pseudo", out=wanted.out), Silent())
    with desk.serving(wanted) as running:
        yield running


@pytest.fixture
def owner(served: Served) -> Browser:
    return served.owner()


def get(served: Served, path: str = "/", **headers: str) -> httpx.Response:
    """As the owner's browser would ask, with other headers."""
    return served.owner().client.get(path, headers=headers)


def test_the_owner_sees_her_works(owner: Browser) -> None:
    assert SECRET_TITLE in owner.get("/").text


@pytest.mark.parametrize("path", ["/", "/works/0123456789abcdef", "/nothing", "/preferences"])
def test_who_has_no_session_sees_nothing(served: Served, path: str) -> None:
    with served.stranger() as client:
        response = client.get(path)

    assert response.status_code in (401, 404, 405)
    assert SECRET_TITLE not in response.text


def test_the_link_opens_the_desk_once(served: Served) -> None:
    link = served.desk.link()
    with served.stranger() as first, served.stranger() as second:
        opened = first.get(link)
        refused = second.get(link)

        assert (opened.status_code, refused.status_code) == (200, 401)
        assert first.get("/").status_code == 200
        assert second.get("/").status_code == 401
        assert not second.cookies


def test_a_guessed_token_opens_nothing(served: Served) -> None:
    with served.stranger() as client:
        assert client.get("/enter/" + "A" * 43).status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(served: Served) -> None:
    with served.stranger() as client:
        cookie = client.get(served.desk.link()).headers["set-cookie"].lower()

    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "domain" not in cookie


def test_behind_https_the_cookie_is_secure_and_the_browser_stays_there(tmp_path: Path) -> None:
    wanted = desk.settings(tmp_path, https=True)
    with desk.serving(wanted) as running, httpx.Client(trust_env=False) as client:
        link = running.desk.link().replace("https://", "http://")
        response = client.get(link)

    assert "secure" in response.headers["set-cookie"].lower()
    assert "strict-transport-security" in response.headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost", "127.0.0.1:1", "dragoman.localhost:80", "", "127.0.0.1:{port}.evil.example"])
def test_a_page_under_another_name_gets_nothing(served: Served, host: str) -> None:
    port = served.desk.settings.port

    response = get(served, host=host.format(port=port))

    assert response.status_code in (400, 421)
    assert SECRET_TITLE not in response.text


def test_the_desk_answers_to_localhost(served: Served) -> None:
    assert get(served, host=f"localhost:{served.desk.settings.port}").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
    ],
)
def test_a_form_of_another_page_changes_nothing(owner: Browser, headers: dict[str, str]) -> None:
    response = owner.client.post("/preferences", data={"form_word": owner.word, "theme": "dark"}, headers=headers)

    assert response.status_code == 403
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize("word", ["", "0" * 64])
def test_a_form_without_the_sessions_word_changes_nothing(owner: Browser, word: str) -> None:
    response = owner.post("/preferences", {"form_word": word, "theme": "dark"})

    assert response.status_code == 403
    assert "set-cookie" not in response.headers


def test_the_word_of_another_session_does_not_serve(served: Served, owner: Browser) -> None:
    other = served.owner()

    assert owner.post("/preferences", {"form_word": other.word, "theme": "dark"}).status_code == 403
    assert owner.post("/preferences", {"theme": "dark"}).status_code == 303


def test_leaving_ends_the_session(served: Served) -> None:
    owner = served.owner()
    kept = dict(owner.client.cookies)
    owner.post("/leave")
    with served.stranger() as client:
        client.cookies.update(kept)

        assert client.get("/").status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/works/..%2f..%2fetc%2fpasswd",
        "/works/../../../../etc/passwd",
        "/static/..%2fapp.py",
        "/static/..%2f..%2fsettings.py",
        "/static/%2fetc%2fpasswd",
        "/works/%00",
        "/works/small.de",
    ],
)
def test_no_path_of_a_request_reaches_the_file_system(served: Served, owner: Browser, path: str) -> None:
    response = owner.client.send(httpx.Request("GET", served.address + path, headers={"host": f"127.0.0.1:{served.desk.settings.port}"}, cookies=dict(owner.client.cookies)))

    assert response.status_code == 404
    assert "root:" not in response.text


def test_a_form_that_is_too_large_is_refused_before_it_is_read(owner: Browser, served: Served) -> None:
    body = b"x" * (served.desk.settings.largest_form + 1)
    headers = {"origin": served.address, "content-type": "application/x-www-form-urlencoded"}

    whole = owner.client.post("/preferences", content=body, headers=headers)
    pieces = owner.client.post("/preferences", content=iter([body]), headers=headers)

    assert (whole.status_code, pieces.status_code) == (413, 413)


def test_every_answer_forbids_what_pages_do_not_need(owner: Browser) -> None:
    for path in ("/", "/static/desk.css", "/nothing"):
        headers = owner.get(path).headers

        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
    assert owner.get("/").headers["cache-control"] == "no-store"


def test_no_page_has_a_script_or_a_style_of_its_own(owner: Browser) -> None:
    text = owner.get("/").text

    assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=", text)
    assert [] == [found for found in re.findall(r'(?:src|href)="([^"]+)"', text) if not found.startswith(("/", "#"))]


def test_another_address_needs_accounts(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="accounts"):
        desk.settings(tmp_path, host="0.0.0.0").check()
    desk.settings(tmp_path, host="0.0.0.0", accounts=True).check()


def test_a_desk_answers_only_to_its_names(tmp_path: Path) -> None:
    wanted = Settings(tmp_path, tmp_path, host="10.1.2.3", port=80, names=("Desk.example:443",), accounts=True)

    assert wanted.hosts() == {"10.1.2.3:80", "desk.example:443"}


def test_sessions_outlive_a_restart_and_are_kept_as_hashes(tmp_path: Path) -> None:
    path = tmp_path / "state" / "sessions.json"
    token = KeptSessions(path).begin(Identity("Ada", Role.REVIEWER))

    assert KeptSessions(path).find(token) == Identity("Ada", Role.REVIEWER)
    assert token not in path.read_text()
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


def test_a_session_ends_with_its_time(tmp_path: Path) -> None:
    now = 1000.0
    sessions = KeptSessions(tmp_path / "sessions.json", lasts=60, clock=lambda: now)
    token = sessions.begin(Identity("Ada", Role.READER))

    assert sessions.find(token) is not None
    now += 61
    assert sessions.find(token) is None


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '{"a": ["x"]}', '{"a": ["x", "y", "z"]}'])
def test_a_damaged_file_of_sessions_closes_the_desk_and_breaks_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "sessions.json").write_text(text)

    assert KeptSessions(tmp_path / "sessions.json").find("x") is None


def test_two_desks_on_one_machine_have_cookies_of_their_own(served: Served, tmp_path: Path) -> None:
    with desk.serving(desk.settings(tmp_path)) as other:
        assert cookie_name(served.desk) != cookie_name(other.desk)
