"""A desk with accounts: who may what on every route, signing in, joining, being shut out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.routing import Route

from tests import desk, works
from tests.desk import PASSWORD, Browser, Served
from translate.pipeline import order as orders
from translate.pipeline.desk.shelf import key_of
from translate.pipeline.progress import Silent
from translate.web.call import NEEDED, cookie_name, own_path
from translate.web.doorman import FREE_BY_NAME
from translate.web.identity import Role

TITLE = "A Small Book"
NAMES = {None: "", Role.GUEST: "Gitta", Role.READER: "Rhea", Role.REVIEWER: "Vera", Role.OWNER: "Olga"}
ANYBODY = {"/enter/{token}", "/peek/{token}/{name:path}", "/sign-in", "/join/{token}", "/static/{name}"}
"""What needs no session: each has a token of its own, is the way in, or is a file of the desk."""
OWN = {"/preferences", "/leave", "/account/password", "/account/leave", "/works/{key}/review"}
"""What a reader may send: her own affairs, and going on to the next passage, which changes nothing."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("desk")
    wanted = desk.with_people(desk.settings(folder), Gitta="guest", Rhea="reader", Vera="reviewer")
    book = works.epub(folder / "small.epub", [["It rained all day.", "Nobody came."]])
    orders.carry_out(orders.Order(book, "de", model="pseudo", out=wanted.out), Silent())
    with desk.serving(wanted) as running:
        yield running


@pytest.fixture
def sessions(served: Served) -> dict[Role | None, Browser]:
    return {role: served.session(name) if name else Browser(served.stranger()) for role, name in NAMES.items()}


def key(served: Served) -> str:
    return key_of(served.desk.shelf.folders()[0])


def routes(served: Served) -> list[tuple[str, str]]:
    found = []
    for route in served.app.routes:
        assert isinstance(route, Route), f"{route}: only routes are walked"
        found += [(route.path, method) for method in sorted(route.methods or ()) if method != "HEAD"]
    return found


# --- roles


def test_every_route_states_its_role(served: Served) -> None:
    lacking = [(path, method) for path, method in routes(served) if (path, method) not in NEEDED and path != "/static/{name}"]

    assert [] == lacking


def test_nothing_is_open_to_anybody_or_changed_by_readers_but_what_is_listed(served: Served) -> None:
    stated = {one: NEEDED.get(one) for one in routes(served)}

    assert {path for (path, _), needs in stated.items() if needs is None} <= ANYBODY
    assert {path for (path, method), needs in stated.items() if method != "GET" and needs is not None and needs < Role.REVIEWER} <= OWN


def test_running_building_publishing_and_managing_is_the_owners(served: Served) -> None:
    words = re.compile(r"/(uploads|pages|new|setup|models|quote|run|again|glossary|pause|resume|stop|build|publish|people)\b")
    stated = {(path, method): NEEDED.get((path, method)) for path, method in routes(served) if words.search(path)}

    assert stated
    assert [] == [one for one, needs in stated.items() if needs is not Role.OWNER and one != ("/works/{key}/review", "POST")]


def test_each_role_may_what_its_routes_say_and_no_more(served: Served, sessions: dict[Role | None, Browser]) -> None:
    wrong = []
    for path, method in routes(served):
        needs = NEEDED.get((path, method))
        where = re.sub(r"\{(\w+)(:\w+)?\}", lambda found: key(served) if found[1] == "key" else "x", path)
        for role, browser in sessions.items():
            may = needs is None or (role is not None and role >= needs)
            if may:
                continue  # that the pages work is tested elsewhere; here they would pause runs and drop accounts
            sent = browser.get(where) if method == "GET" else browser.post(where)
            if sent.status_code not in (401, 403) or TITLE in sent.text:
                wrong.append((path, method, role, sent.status_code))

    assert [] == wrong


@pytest.mark.parametrize("role", [role for role in NAMES if role is not None])
def test_each_role_sees_what_it_may(served: Served, sessions: dict[Role | None, Browser], role: Role) -> None:
    pages = [path for path, method in routes(served) if method == "GET" and "{" not in path.replace("{key}", "") and "events" not in path and not path.startswith("/new")]
    refused = {path for path in pages if sessions[role].get(path.replace("{key}", key(served))).status_code in (401, 403)}

    assert {path for path in pages if (needs := NEEDED[path, "GET"]) is not None and needs > role} == refused


def test_a_guest_sees_only_the_work_that_she_has_a_role_in(served: Served) -> None:
    people = served.desk.people
    assert people is not None
    gitta = served.session("Gitta")
    assert TITLE not in gitta.get("/").text
    people.set_role("Gitta", Role.REVIEWER, work=key(served))

    assert TITLE in gitta.get("/").text
    assert gitta.get(f"/works/{key(served)}/review").status_code == 200
    assert gitta.get(f"/works/{key(served)}/setup").status_code == 403
    assert gitta.post(f"/works/{key(served)}/run").status_code == 403
    people.set_role("Gitta", None, work=key(served))
    assert gitta.get(f"/works/{key(served)}/review").status_code == 403


def test_the_owner_of_one_work_does_not_manage_people(served: Served) -> None:
    people = served.desk.people
    assert people is not None
    people.set_role("Rhea", Role.OWNER, work=key(served))
    rhea = served.session("Rhea")

    assert rhea.get(f"/works/{key(served)}/setup").status_code == 200
    assert rhea.get("/people").status_code == 403
    assert rhea.post("/people/role", {"name": "Rhea", "role": "owner"}).status_code == 403
    people.set_role("Rhea", None, work=key(served))


# --- the door


def sign_in(served: Served, name: str, password: str, client: httpx.Client | None = None, **fields: str) -> httpx.Response:
    client = client or served.stranger()
    return client.post("/sign-in", data={"name": name, "password": password, **fields}, headers={"origin": served.address})


def test_people_sign_in_where_they_wanted_to_go(served: Served) -> None:
    client = served.stranger()
    asked = client.get(f"/works/{key(served)}/finish?page=1")
    assert asked.status_code == 401
    assert 'name="then" value="/works/' in asked.text

    answer = sign_in(served, "vera", PASSWORD, client, then=f"/works/{key(served)}/finish?page=1")

    assert (303, f"/works/{key(served)}/finish?page=1") == (answer.status_code, answer.headers["location"])
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TITLE in client.get(answer.headers["location"]).text


def test_a_wrong_name_and_a_wrong_password_are_told_alike(served: Served) -> None:
    served.desk.doorman.__init__()  # type: ignore[misc]
    wrong, nobody = sign_in(served, "Vera", "wrong"), sign_in(served, "Vero", "wrong")

    assert wrong.status_code == nobody.status_code == 401
    assert wrong.text.replace("Vera", "") == nobody.text.replace("Vero", "")
    assert "set-cookie" not in wrong.headers


def test_guessing_is_slowed_down_even_with_the_right_password(served: Served) -> None:
    served.desk.doorman.__init__()  # type: ignore[misc]
    codes = [sign_in(served, "Vera", f"wrong {n}").status_code for n in range(FREE_BY_NAME + 2)]
    right = sign_in(served, "VERA", PASSWORD)

    assert [401] * (FREE_BY_NAME + 1) + [429] == codes
    assert right.status_code == 429
    assert int(right.headers["retry-after"]) >= 1
    served.desk.doorman.__init__()  # type: ignore[misc]


@pytest.mark.parametrize("then", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/enter/x", "", "/a\nb", "http:/x", "\\\\evil"])
def test_signing_in_leads_to_no_other_site(then: str) -> None:
    assert own_path(then) == "/"


def test_a_session_that_was_planted_is_not_taken_over(served: Served) -> None:
    client = served.stranger()
    name = cookie_name(served.desk)
    planted = served.session("Rhea").client.cookies[name]
    client.cookies.set(name, planted, domain="127.0.0.1")
    sign_in(served, "Vera", PASSWORD, client)
    people = served.desk.people
    assert people is not None

    fresh = [cookie.value for cookie in client.cookies.jar if cookie.name == name and cookie.value != planted]
    assert len(fresh) == 1
    assert people.of_session(planted) is None
    client.cookies.clear()
    client.cookies.set(name, "made-up-by-somebody")
    assert client.get("/").status_code == 401


def test_another_sites_form_signs_nobody_in(served: Served) -> None:
    client = served.stranger()

    for headers in ({"origin": "https://evil.example"}, {}, {"sec-fetch-site": "cross-site"}):
        assert client.post("/sign-in", data={"name": "Vera", "password": PASSWORD}, headers=headers).status_code == 403


def test_the_link_of_a_desk_without_accounts_opens_nothing_here(served: Served) -> None:
    token = served.desk.tickets.issue("/")

    assert served.stranger().get(f"/enter/{token}").status_code == 401
    assert "/enter/" not in served.desk.link()


def test_a_link_in_another_sites_page_finds_the_session(served: Served) -> None:
    client = served.stranger()
    away = client.get("/account", headers={"sec-fetch-site": "cross-site"})
    home = client.get("/account", headers={"sec-fetch-site": "same-origin"})

    assert (200, 401) == (away.status_code, home.status_code)
    assert 'content="0;url=/account"' in away.text


# --- people


def test_an_owner_invites_somebody_who_joins_decides_and_is_shut_out(served: Served) -> None:
    owner = served.session("Olga")
    page = owner.post("/people/add", {"name": "Nora", "role": "reviewer"})
    link = re.search(r'value="(http[^"]+/join/[^"]+)"', page.text)
    assert link is not None
    client = served.stranger()
    assert "Nora" in client.get(link[1]).text
    assert client.post(link[1], data={"password": "short", "again": "short"}, headers={"origin": served.address}).status_code == 422
    joined = client.post(link[1], data={"password": PASSWORD, "again": PASSWORD}, headers={"origin": served.address})

    assert joined.status_code == 303
    nora = Browser(client)
    assert TITLE in nora.get("/").text
    assert served.stranger().get(link[1]).status_code == 404
    assert owner.post("/people/disable", {"name": "Nora"}).status_code == 303
    assert nora.get("/").status_code == 401
    assert sign_in(served, "Nora", PASSWORD).status_code == 401
    owner.post("/people/remove", {"name": "Nora"})
    assert "Nora" not in owner.get("/people").text


def test_the_last_owner_cannot_shut_herself_out(served: Served) -> None:
    owner = served.session("Olga")

    for act in ("disable", "remove"):
        assert owner.post(f"/people/{act}", {"name": "Olga"}).status_code == 422
    assert owner.get("/people").status_code == 200


def test_changing_ones_password_ends_the_other_sessions(served: Served) -> None:
    people = served.desk.people
    assert people is not None
    people.add("Paula", Role.READER, password=PASSWORD)
    here, there = served.session("Paula"), served.session("Paula")
    new = "another lantern of mine"
    assert here.post("/account/password", {"present": "wrong", "password": new, "again": new}).status_code == 422
    assert here.post("/account/password", {"present": PASSWORD, "password": new, "again": "other"}).status_code == 422
    there_still = there.get("/").status_code

    changed = here.post("/account/password", {"present": PASSWORD, "password": new, "again": new})

    assert (200, 200) == (there_still, changed.status_code)
    assert (200, 401) == (here.get("/").status_code, there.get("/").status_code)
    assert sign_in(served, "Paula", new).status_code == 303


def test_leaving_everywhere_ends_all_sessions(served: Served) -> None:
    here, there = served.session("Rhea"), served.session("Rhea")
    here.post("/account/leave")

    assert (401, 401) == (here.get("/").status_code, there.get("/").status_code)


def test_a_desk_without_accounts_has_no_door(tmp_path: Path) -> None:
    with desk.serving(desk.settings(tmp_path)) as alone:
        owner = alone.owner()

        assert {owner.get(path).status_code for path in ("/sign-in", "/people", "/account", "/join/x")} == {404}
        assert "/people" not in owner.get("/").text


def test_behind_a_proxy_its_word_counts_for_the_address_and_only_there(served: Served, tmp_path: Path) -> None:
    served.desk.doorman.__init__()  # type: ignore[misc]
    client = served.stranger()
    for n in range(FREE_BY_NAME + 2):
        last = client.post("/sign-in", data={"name": "Vera", "password": "x"}, headers={"origin": served.address, "x-forwarded-for": f"9.9.9.{n}"})
    assert last.status_code == 429
    assert [row for row in served.desk.doorman._tries if row[0] == "address"] == [("address", "127.0.0.1")]
    wanted = desk.with_people(desk.settings(tmp_path, proxied=True, names=("desk.example",), https=True))
    with desk.serving(wanted) as behind:
        headers = {"host": "desk.example", "origin": "https://desk.example", "x-forwarded-for": "6.6.6.6, 9.9.9.9"}
        with httpx.Client(base_url=f"http://127.0.0.1:{behind.desk.settings.port}", trust_env=False) as browser:
            assert browser.post("/sign-in", data={"name": "Olga", "password": "x"}, headers=headers).status_code == 401

        assert [row for row in behind.desk.doorman._tries if row[0] == "address"] == [("address", "9.9.9.9")]
    served.desk.doorman.__init__()  # type: ignore[misc]


def test_the_door_has_no_word_of_the_works(served: Served) -> None:
    for path in ("/", "/people", f"/works/{key(served)}", "/sign-in", "/nothing"):
        assert TITLE not in served.stranger().get(path).text


def test_a_work_offers_only_the_pages_that_one_may_open(served: Served) -> None:
    base = f"/works/{key(served)}"
    tabs = {name: set(re.findall(rf'<a href="{base}(/\w+)?"', served.session(name).get(base).text.partition('class="steps"')[2].partition("</nav>")[0])) for name in ("Olga", "Vera")}

    assert "/setup" in tabs["Olga"]
    assert {"", "/review", "/ledger", "/search", "/finish"} == tabs["Vera"]


def test_an_error_leads_back_to_the_form_and_to_no_other_site(served: Served) -> None:
    olga = served.session("Olga")
    for referer, wanted in ((f"{served.address}/people", "/people"), ("https://evil.example//evil.example/x", ""), ("", "")):
        answer = olga.client.post("/people/role", data={"form_word": olga.word, "name": "Nobody", "role": "reader"}, headers={"origin": served.address, "referer": referer})

        assert ([wanted] if wanted else []) == re.findall(r'<a href="([^"]*)" data-back>', answer.text)


def test_a_glossary_that_cannot_be_read_is_told_with_its_own_name(served: Served) -> None:
    answer = served.session("Olga").post(f"/works/{key(served)}/glossary", files={"glossary": ("mine.csv", b"source,target\nrain,\n")})

    assert "mine.csv:2" in answer.text
    assert "new-" not in answer.text
