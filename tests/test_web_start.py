"""From a file to a run and to the finished book, by the forms of the desk; and what people bring that cannot be."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from starlette.routing import Route

from tests import desk, works
from tests.desk import Browser, Served
from translate.errors import SettingError, SourceError
from translate.models import offers
from translate.models.catalog import Way
from translate.pipeline import known
from translate.pipeline import order as orders
from translate.pipeline.desk import intake, shelf
from translate.pipeline.progress import Silent
from translate.pipeline.works import Folder
from translate.store import Store
from translate.style import NO_STYLE
from translate.web.call import cookie_name
from translate.web.identity import Identity, Peek, Peeks, Role
from translate.web.pages import account

KEY = re.compile(r"/works/([0-9a-f]{16})")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with desk.serving(desk.settings(tmp_path_factory.mktemp("desk"), largest_upload=300_000, environment={"OPENAI_API_KEY": "sk-very-secret"})) as running:
        yield running


@pytest.fixture
def owner(served: Served) -> Browser:
    return served.owner()


def book(folder: Path, name: str = "small.epub", **wanted: str) -> bytes:
    return works.epub(folder / name, [["It rained all day.", "Nobody came."]], **wanted).read_bytes()


def brought(owner: Browser, name: str, data: bytes) -> httpx.Response:
    """The answer to a file."""
    return owner.post("/uploads", files={"source": (name, data)})


def made(owner: Browser, data: bytes, name: str = "small.epub", *, to: str = "de") -> str:
    """The key of a work that was made of a file."""
    place = brought(owner, name, data).headers["location"]
    answer = owner.post(place, {"to": to})
    found = KEY.search(answer.headers.get("location", ""))
    assert found, answer.text
    return found[1]


def wait(served: Served, key: str) -> str:
    """How the run of a work ended."""
    folder = served.desk.shelf.find(key)
    job = served.desk.conductor.job(folder)
    assert job is not None
    assert job.thread is not None
    job.thread.join(100)
    assert job.view().over
    return job.view().state


def test_a_book_is_brought_translated_built_and_taken_home(served: Served, owner: Browser, tmp_path: Path) -> None:
    place = brought(owner, "A Small Book.epub", book(tmp_path)).headers["location"]
    shown = owner.get(place).text
    assert "A Small Book" in shown
    assert "every visible character is accounted for" in shown

    key = made(owner, book(tmp_path), "A Small Book.epub")
    assert "pseudo" in owner.get(f"/works/{key}/models").text
    assert "Nothing is left" not in owner.post(f"/works/{key}/quote", {"model": "pseudo"}).text
    owner.post(f"/works/{key}/run", {"model": "pseudo"})
    assert wait(served, key) == "finished"

    assert owner.post(f"/works/{key}/build", {"edition": "bilingual"}).status_code == 303
    downloaded = owner.get(f"/works/{key}/book")
    assert downloaded.headers["content-disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(downloaded.content)) as read:
        assert "It rained all day." in read.read("OEBPS/c0.xhtml").decode()
    assert "sandbox" in owner.get(f"/works/{key}/report").headers["content-security-policy"]
    assert "Finished" in owner.get(f"/works/{key}").text


def test_a_preview_is_shut_in(served: Served, owner: Browser, tmp_path: Path) -> None:
    key = made(owner, book(tmp_path, title="Another Small Book"), "another.epub")
    page = owner.get(f"/works/{key}/finish/preview?chapter=OEBPS/c0.xhtml").text
    frame = re.search(r'<iframe[^>]*sandbox=""[^>]*src="([^"]+)"', page)
    assert frame

    with served.stranger() as nobody:
        part = nobody.get(frame[1])

    assert "It rained all day." in part.text
    assert "sandbox" in part.headers["content-security-policy"]
    assert "script" not in part.headers["content-security-policy"]
    assert "unsafe-inline" not in part.headers["content-security-policy"].split("style-src")[0]


@pytest.mark.parametrize("name", ["../../../etc/passwd", "OEBPS/../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "META-INF/container.js", "mimetype", "OEBPS/nothing.xhtml"])
def test_a_preview_gives_only_what_is_in_the_book_and_can_be_seen(served: Served, owner: Browser, tmp_path: Path, name: str) -> None:
    key = made(owner, book(tmp_path, title="A Third Small Book"), "third.epub")
    token = served.desk.peeks.issue(Peek(key, False, owner.client.cookies[cookie_name(served.desk)]))
    assert owner.get(f"/peek/{token}/OEBPS/c0.xhtml").status_code == 200

    assert owner.get(f"/peek/{token}/{name}").status_code == 404
    assert owner.get("/peek/guessed/OEBPS/c0.xhtml").status_code == 404


def test_a_pass_to_a_preview_ends_with_its_time() -> None:
    now = 0.0
    peeks = Peeks(lasts=10, clock=lambda: now)
    token = peeks.issue(Peek("a", False))

    assert peeks.find(token) == Peek("a", False)
    now = 11.0
    assert peeks.find(token) is None


def bomb() -> bytes:
    """A small zip that would be enormous."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/epub+zip")
        for number in range(40):
            packed.writestr(f"OEBPS/{number}.xhtml", b"\0" * 5_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("book.exe", b"MZ", "of no kind that can be read here"),
        ("book", b"text", "of no kind"),
        ("", b"", "No file was chosen"),
        ("book.epub", b"PK\x03\x04 and nothing more", ""),
        ("book.epub", b"", ""),
        ("bomb.epub", bomb(), ""),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(owner: Browser, name: str, data: bytes, said: str) -> None:
    answer = brought(owner, name, data)
    if answer.status_code == 303:
        answer = owner.get(answer.headers["location"])

    assert answer.status_code in (400, 422), answer.text
    assert said in answer.text
    assert "Traceback" not in answer.text


def test_a_file_that_is_too_large_is_refused(served: Served, owner: Browser) -> None:
    try:
        answer = brought(owner, "large.txt", b"x" * (served.desk.settings.largest_upload + 1))
    except httpx.TransportError:
        return  # the desk hung up while it was still being sent
    assert answer.status_code == 413


@pytest.mark.parametrize("name", ["../../../tmp/evil.epub", "..\\..\\evil.epub", "/etc/cron.d/evil.epub", "a\x00b.epub", "…" * 300 + ".epub", "con.EPUB", "{{7*7}}.epub"])
def test_the_name_of_a_file_is_never_a_path(tmp_path: Path, name: str) -> None:
    taken = intake.Intake(tmp_path / "out")

    key = taken.take(name, io.BytesIO(b"x"))

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 1
    assert files[0].parent == tmp_path / "out" / ".desk" / key
    assert re.fullmatch(r"[\w-]{1,60}\.epub", files[0].name)


@pytest.mark.parametrize("key", ["..", "../..", "", "0" * 23, "0" * 24 + "/..", "G" * 24])
def test_a_key_is_never_a_path(tmp_path: Path, key: str) -> None:
    taken = intake.Intake(tmp_path)

    with pytest.raises(SettingError):
        taken.look(key)
    with pytest.raises(SettingError):
        taken.drop(key)


def test_two_books_with_one_file_name_are_two_works(served: Served, owner: Browser, tmp_path: Path) -> None:
    first = made(owner, book(tmp_path, title="The First"), "same.epub")
    again = made(owner, book(tmp_path, title="The First"), "same.epub")
    second = made(owner, book(tmp_path, title="The Second"), "same.epub")

    assert first == again != second
    assert {"same.de", "same-2.de"} <= {folder.name for folder in served.desk.shelf.folders()}


def test_a_book_is_not_translated_into_its_own_language(owner: Browser, tmp_path: Path) -> None:
    place = brought(owner, "own.epub", book(tmp_path)).headers["location"]

    assert "is in English already" in owner.post(place, {"to": "en"}).text
    assert "Choose the language" in owner.post(place, {}).text
    assert "not a language we know" in owner.post(place, {"to": "de", "to_other": "../../etc"}).text
    assert owner.get(place).status_code == 200


@pytest.mark.parametrize("spec", ["embedded:/etc/passwd", "embedded:../../x.gguf", "xllamacpp:/etc/passwd", "hosted:", "", "/etc/passwd", "embedded:xllamacpp:/etc/passwd"])
def test_a_model_is_never_a_path(owner: Browser, tmp_path: Path, spec: str) -> None:
    key = made(owner, book(tmp_path, title="Models"), "models.epub")

    answer = owner.post(f"/works/{key}/run", {"model": spec})

    assert answer.status_code == 422
    assert "Choose a model" in answer.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"model": "hosted", "model_name": "big", "base_url": "https://models.example/v1", "local_only": "on"}, "is not this machine"),
        ({"model": "hosted", "model_name": "big", "base_url": "https://user:pass@models.example/v1"}, "password"),
        ({"model": "hosted", "model_name": "big", "base_url": "file:///etc/passwd"}, "no address"),
        ({"model": "pseudo", "budget": "much"}, "is no number"),
        ({"model": "pseudo", "budget": "-1"}, "is no budget"),
    ],
)
def test_an_order_that_makes_no_sense_is_told_before_it_begins(owner: Browser, tmp_path: Path, fields: dict[str, str], said: str) -> None:
    key = made(owner, book(tmp_path, title="Orders"), "orders.epub")

    answer = owner.post(f"/works/{key}/quote", fields)

    assert answer.status_code == 422
    assert said in answer.text


def test_no_page_shows_a_key(served: Served, owner: Browser, tmp_path: Path) -> None:
    key = made(owner, book(tmp_path, title="Keys"), "keys.epub")

    texts = [owner.get(path).text for path in ("/", f"/works/{key}/setup", f"/works/{key}/models", f"/works/{key}", f"/works/{key}/finish")]

    assert "OPENAI_API_KEY" in texts[2]
    assert not any("sk-very-secret" in text for text in texts)


def test_a_glossary_is_kept_with_its_work_and_used(served: Served, owner: Browser, tmp_path: Path) -> None:
    key = made(owner, book(tmp_path, title="Terms"), "terms.epub")

    bad = owner.post(f"/works/{key}/glossary", files={"glossary": ("../x.csv", b"source,target\n\"unclosed")})
    good = owner.post(f"/works/{key}/glossary", files={"glossary": ("../My Terms.csv", b"rain,Regen\n")})

    assert (bad.status_code, good.status_code) == (422, 303)
    folder = served.desk.shelf.find(key)
    assert [path.name for path in (folder.path / "glossaries").iterdir()] == ["my-terms.csv"]
    assert 'value="my-terms.csv" checked' in owner.get(good.headers["location"]).text
    assert 'value="my-terms.csv" checked' not in owner.get(f"/works/{key}/setup").text
    owner.post(f"/works/{key}/run", {"model": "pseudo", "glossaries": "my-terms.csv"})
    assert wait(served, key) == "finished"
    job = served.desk.conductor.job(folder)
    assert job is not None
    assert [path.name for path in job.order.glossaries] == ["my-terms.csv"]


@pytest.mark.parametrize("address", ["@/etc/passwd", "file:///etc/passwd", "/etc/passwd", "", "javascript:alert(1)"])
def test_the_address_of_a_page_is_an_address(owner: Browser, address: str) -> None:
    answer = owner.post("/pages", {"address": address, "to": "de"})

    assert answer.status_code == 422
    assert "is no address of a page" in answer.text


def test_an_unknown_glossary_is_not_a_path(served: Served, owner: Browser, tmp_path: Path) -> None:
    key = made(owner, book(tmp_path, title="No terms"), "noterms.epub")

    owner.post(f"/works/{key}/run", {"model": "pseudo", "glossaries": "../../../../etc/passwd"})

    assert wait(served, key) == "finished"
    job = served.desk.conductor.job(served.desk.shelf.find(key))
    assert job is not None
    assert orders.NO_GLOSSARY == job.order.glossaries


def routes(served: Served) -> list[Route]:
    return [route for route in served.app.routes if isinstance(route, Route)]


OPEN = {"static", "enter", "peek"}
"""The pages that anybody may see."""

DOORS = {one.path for one in account.ROUTES}
"""What is there on a desk with accounts only."""


def test_nobody_without_a_session_gets_anything_from_any_route(served: Served) -> None:
    with served.stranger() as nobody:
        for route in routes(served):
            if route.name in OPEN:
                continue
            path = re.sub(r"\{[^}]*\}", "0" * 16, route.path)
            for method in route.methods or ():
                answer = nobody.request(method, path, headers={"origin": served.address})
                assert answer.status_code in (401, 404), (method, path)


def test_a_reader_can_change_nothing(served: Served, owner: Browser, tmp_path: Path) -> None:
    key = made(owner, book(tmp_path, title="Roles"), "roles.epub")
    client = served.stranger()
    client.cookies.set(cookie_name(served.desk), served.desk.sessions.begin(Identity("Rita", Role.READER)))
    reader = Browser(client)

    assert reader.get(f"/works/{key}").status_code == 200
    assert "Bring a book" not in reader.get("/").text
    for route in routes(served):
        if "POST" in (route.methods or ()) and route.name not in ("preferences", "leave", "step"):  # a step only goes on to the next passage
            answer = reader.post(route.path.replace("{key}", key))
            assert answer.status_code in ((404,) if route.path in DOORS else (401, 403)), route.path
    assert reader.get(f"/works/{key}/setup").status_code == 403


def test_a_work_that_broke_off_says_so_and_can_go_on(served: Served, owner: Browser, tmp_path: Path) -> None:
    key = made(owner, book(tmp_path, title="Broken"), "broken.epub")
    store = served.desk.shelf.store(key)
    store.start_run({"model": "pseudo"})
    store._lock.free()  # as the system does it when a process is killed

    assert "Broken off; it goes on where it was" in owner.get(f"/works/{key}").text
    owner.post(f"/works/{key}/again")
    assert wait(served, key) == "finished"


def test_works_have_keys_of_their_own(tmp_path: Path) -> None:
    assert len({shelf.key_of(Folder(tmp_path / name)) for name in ("a.de", "b.de", "a.es")}) == 3


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (Way("Ollama", True, "--model ollama:a", models=("a", "b")), [("ollama:a", "", True, True), ("ollama:b", "", True, True)]),
        (Way("OPENAI_API_KEY", True, "--model hosted:NAME"), [("hosted:NAME", "https://api.openai.com/v1", False, False)]),
        (
            Way("DEEPSEEK_API_KEY", True, "--model hosted:NAME --base-url https://api.deepseek.com"),
            [("hosted:NAME", "https://api.deepseek.com", False, False)],
        ),
        (Way("echo", True, "--model echo"), [("echo", "", True, True)]),
    ],
)
def test_a_way_to_a_model_is_offered_as_what_can_be_ordered(way: Way, expected: list[tuple[str, str, bool, bool]]) -> None:
    assert expected == [(one.spec, one.base_url, one.local, one.named) for one in offers.offers([way])]


def test_a_glossary_of_no_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="of no kind"):
        intake.safe_name("terms.exe", intake.GLOSSARIES)


def test_a_style_sheet_is_shown_kept_with_its_work_and_used(served: Served, owner: Browser, tmp_path: Path) -> None:
    key = made(owner, book(tmp_path, title="Styled"), "styled.epub")
    folder = served.desk.shelf.find(key)
    assert "quotation" in owner.get(f"/works/{key}/setup").text  # the language's own, to begin with
    sheet = 'address = "Sie"\r\npercent = "space"'

    bad = owner.post(f"/works/{key}/run", {"model": "pseudo", "style": "on", "style_sheet": 'address = "Ihr"'})
    owner.post(f"/works/{key}/run", {"model": "pseudo", "style": "on", "style_sheet": sheet})
    job = served.desk.conductor.job(folder)
    assert job is not None
    wait(served, key)

    assert bad.status_code == 422
    assert "style.toml:1" in bad.text
    assert job.order.style == folder.path / "style.toml"
    assert (folder.path / "style.toml").read_bytes() == b'address = "Sie"\npercent = "space"\n'
    assert "percent = &#34;space&#34;" in owner.get(f"/works/{key}/setup").text
    owner.post(f"/works/{key}/run", {"model": "pseudo", "style_sheet": sheet})
    wait(served, key)
    again = served.desk.conductor.job(folder)
    assert again is not None
    assert again.order.style == orders.NO_SHEET
    with Store.open(folder.store) as store:
        assert known.style(store) == NO_STYLE
    assert 'name="style">' in owner.get(f"/works/{key}/setup").text  # not chosen


def test_a_sheet_that_a_command_used_is_held_at_the_desk_though_its_file_is_gone(served: Served, owner: Browser, tmp_path: Path) -> None:
    key = made(owner, book(tmp_path, title="Styled"), "styled.epub")
    folder = served.desk.shelf.find(key)
    (tmp_path / "house.toml").write_text('address = "du"', encoding="utf-8")
    orders.carry_out(replace(orders.again(folder), model="pseudo", style=tmp_path / "house.toml"), Silent(), folder=folder)
    (tmp_path / "house.toml").unlink()

    text = owner.get(f"/works/{key}/setup").text

    assert 'name="style" checked>' in text
    assert "address = &#34;du&#34;" in text


def test_a_provider_whose_key_is_set_is_taken_by_its_name_and_no_other_address_is(served: Served, owner: Browser, tmp_path: Path) -> None:
    key = made(owner, book(tmp_path, title="Styled"), "styled.epub")
    shown = owner.get(f"/works/{key}/models").text

    assert 'value="at:https://api.openai.com/v1"' in shown
    assert "sk-very-secret" not in shown
    told = owner.post(f"/works/{key}/quote", {"model": "at:https://api.openai.com/v1", "named:https://api.openai.com/v1": "some-model", "price": "1/1/1"})
    assert "Passages" in told.text
    assert owner.post(f"/works/{key}/quote", {"model": "at:https://evil.example/v1", "named:https://evil.example/v1": "x"}).status_code == 422
    assert owner.post(f"/works/{key}/quote", {"model": "at:https://api.openai.com/v1"}).status_code == 422
