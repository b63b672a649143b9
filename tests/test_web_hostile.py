"""What others wrote (a book, a glossary, a comment, an address) stays text on every page; what must stay secret stands on none, nor in what the server says."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from lxml import html as parser

from tests import desk, works
from tests.desk import Browser, Served
from tests.terminal import ROOT, environment
from translate.document import Decision, Document, Draft, Finding, Kind, LedgerLine, Marker, Skip, Slot, Sort
from translate.pipeline import order as orders
from translate.pipeline.desk.people import People, Role
from translate.pipeline.desk.shelf import key_of
from translate.pipeline.progress import Silent
from translate.pipeline.works import Folder
from translate.sites import Provenance
from translate.store import Choice, Judged, Outcome, Publication, Store, Work
from translate.web.call import NEEDED

MARK = "evil.example"
EVIL = f"""Rain"><script src="https://{MARK}/x.js"></script><img src="https://{MARK}/p" onerror="alert(1)"> ' onfocus=alert(1) {{{{ 7*7 }}}} <style>*{{display:none}}</style>"""
FRAMES = {"/works/{key}/report", "/works/{key}/book", "/peek/{token}/{name:path}"}
"""These are files or run as nobody, in a frame; they have tests of their own."""
SECRET = "sk-never-shown-5f1c9a"


def filled(path: str, key: str, segment: str) -> str:
    return path.replace("{key}", key).replace("{segment}", segment).replace("{token}", "x").replace("{name:path}", "x").replace("{name}", "desk.css")


def pages() -> list[str]:
    return sorted(path for path, method in NEEDED if method == "GET" and not path.endswith("/events") and path not in FRAMES)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("desk")
    wanted = desk.with_people(desk.settings(folder), Bob="reviewer")
    wanted.glossaries.mkdir()
    note = EVIL.replace('"', '""')
    (wanted.glossaries / "evil.csv").write_text(f'source,target,note\nrain,"Regen {note}","{note}"\n', encoding="utf-8")
    text = escape(EVIL)
    book = works.epub(folder / "evil.epub", [[text, "Harmless rain."], [text]], title=text)
    orders.carry_out(orders.Order(book, "de", model="pseudo", out=wanted.out, glossaries=(wanted.glossaries / "evil.csv",)), Silent())
    store_path = next(wanted.out.glob("*/work.db"))
    with Store.open(store_path) as store:
        for segment in store.reviewing.everything():
            store.reviewing.comment(segment, who="Bob", text=EVIL)
            store.reviewing.jot(segment, "Olga", (EVIL,), seen=None)
    everything(wanted.out / "everything.de")
    with desk.serving(wanted) as running:
        yield running


def everything(place: Path) -> None:
    """A work in which whatever anybody can bring is hostile: names of documents and of the file, what a model, a person, a ledger, a wiki, a check said."""
    place.mkdir(parents=True)
    link = Marker("open", 1, EVIL, EVIL)
    slots = tuple(Slot(EVIL, f"/4/{n}", kind, (f"{EVIL} {n} ", link, EVIL, Marker("close", 1, EVIL), Marker("atom", 2, "img", EVIL)), trail=(EVIL,)) for n, kind in enumerate((Kind.HEADING, Kind.PARAGRAPH, Kind.CELL, Kind.ALT)))
    with Store.create(place / "work.db", Work(EVIL, EVIL, "epub", "en", "de")) as store:
        version = store.add_version(EVIL, b"a stand-in", [Document(EVIL, "content", slots, (Skip(EVIL, "@1", EVIL, EVIL),), 99, (EVIL,))])
        run = store.start_run({"model": f"hosted:{EVIL}", "model_name": EVIL, "base_url": f"https://{MARK}/{EVIL}", "price": EVIL, "note": EVIL, "currency": EVIL})
        names = store.reviewing.everything()
        seen = Finding("numbers", "error", EVIL, source=EVIL, target=EVIL, span=(0, 9))
        drafts = tuple(Judged(Draft(name, (EVIL, link, EVIL, Marker("close", 1, EVIL)), model=EVIL, strays=(EVIL,)), (seen,)) for name in names)
        store.commit(Outcome(drafts=drafts, choices=tuple(Choice(name, "flagged", draft=n, why=EVIL) for n, name in enumerate(names)))).result()
        store.end_run(run, EVIL)
        for sort in Sort:
            line = LedgerLine(sort, f"{EVIL} {sort}", EVIL, allowed=(EVIL,), forbidden=(EVIL,), variants=("Rain",), sense=EVIL, speaker=EVIL, addressee=EVIL, address=EVIL, expansion=EVIL, note=EVIL)
            store.decide([Decision(line, "accepted", "person", EVIL, f"rule from {names[1]}: {EVIL}")])
        store.review(names[1], (EVIL, " changed"), who=EVIL, note=EVIL, findings=())
        for name in names:
            store.reviewing.comment(name, who=EVIL, text=EVIL)
        store.reviewing.assign(EVIL, EVIL)
        store.dismissing.dismiss(names[2], [seen], who=EVIL, reason=EVIL)
        store.wiki.keep_provenance(version.number, EVIL, Provenance(f"https://{MARK}/api.php", EVIL, 1, EVIL, url=f'https://{MARK}/"><script>'))
        number = store.wiki.begin(Publication(0, EVIL, EVIL, EVIL, EVIL, "x", "x", 1, 1))
        store.wiki.end(number, "failed", note=EVIL)


def hostile(page: str) -> list[str]:
    """What of a page would run, load or hide something."""
    found = []
    for element in parser.document_fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        source = element.get("src") or element.get("href") or element.get("action") or element.get("formaction") or ""
        if element.tag == "style" or (element.tag in ("script", "img", "link") and not source.startswith("/static/")):
            found.append(f"<{element.tag} {source}>")
        if source and not source.startswith(("/", "#", "?")):
            found.append(f"<{element.tag} {source}>")
        found += [f"{element.tag} {name}" for name in element.attrib if name.startswith("on") or name == "style"]
    return found


@pytest.mark.parametrize("work", ["evil.de", "everything.de"])
@pytest.mark.parametrize("path", pages())
@pytest.mark.parametrize("said", ["", "?queue=all", f"?words={'%22%3E%3Cscript%3Ealert(1)%3C/script%3E'}&side=source", "?queue=chapter:EVIL", "?source=EVIL%20concept&sense=EVIL&who=EVIL&words=EVIL&instead=x&side=target&chapter=EVIL&page=1&waited=1"])
def test_what_others_wrote_is_text_on_every_page(served: Served, path: str, said: str, work: str) -> None:
    key = key_of(Folder(served.desk.settings.out / work))
    segment = served.desk.shelf.store(key).reviewing.everything()[1]
    page = owner(served).get(filled(path, key, segment) + said.replace("EVIL", quote(EVIL, safe="")))

    assert page.status_code in (200, 303, 401, 404, 422)
    assert "<script>alert" not in page.text
    if page.text.strip():
        assert [] == hostile(page.text)


def owner(served: Served) -> Browser:
    if not OWNERS:
        OWNERS.append(served.session("Olga"))
    return OWNERS[0]


OWNERS: list[Browser] = []


def test_the_hostile_words_are_really_shown(served: Served) -> None:
    key = key_of(Folder(served.desk.settings.out / "evil.de"))
    review = owner(served).get(f"/works/{key}/review?queue=all").text

    assert escape('<script src="https://evil.example/x.js">', quote=False)[:10] in review
    assert MARK in owner(served).get("/").text
    assert 'class="comment' in review


@pytest.mark.parametrize("path", ["", "/review?queue=all", "/history", "/chapters", "/ledger", "/ledger/rules", "/ledger/counts", "/search?words=Rain&side=source", "/finish", "/finish/preview", "/publish", "/setup"])
def test_everything_that_anybody_can_bring_is_really_shown(served: Served, path: str) -> None:
    page = owner(served).get(f"/works/{key_of(Folder(served.desk.settings.out / 'everything.de'))}{path}")

    assert page.status_code == 200
    assert 'class="waiting"' in page.text or page.text.count(MARK) > 3


def test_an_upload_that_is_too_large_is_refused(tmp_path: Path) -> None:
    with desk.serving(desk.settings(tmp_path, largest_upload=100_000)) as small:
        answer = small.owner().post("/uploads", files={"source": ("book.epub", bytes(200_000))})

        assert answer.status_code == 413
        assert not list(small.desk.settings.out.rglob("*.epub"))


def test_a_key_stands_in_no_page_no_file_and_nothing_that_the_server_says(tmp_path: Path, model_server: Callable[..., str]) -> None:
    address = model_server()
    people = People(tmp_path / "workspace.db")
    people.add("Olga", Role.OWNER, password=desk.PASSWORD)
    token = people.begin("Olga")
    people.close()
    secrets = {"OPENAI_API_KEY": SECRET, "DEEPSEEK_API_KEY": SECRET, "DRAGOMAN_WIKI_PASSWORD": SECRET}
    command = [sys.executable, "-m", "translate", "serve", "--accounts", "--port", "0", "--no-open", "--json"]
    spoken = environment(tmp_path, PYTHONPATH=str(ROOT), DRAGOMAN_WORKSPACE=str(tmp_path / "workspace.db"), **secrets)
    orders.carry_out(orders.Order(works.epub(tmp_path / "small.epub", [["It rained all day."]]), "de", model="pseudo", out=tmp_path / "output"), Silent())
    with subprocess.Popen(command, cwd=tmp_path, env=spoken, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        at = re.search(r'"address": "([^"]+)"', process.stdout.readline())
        assert at is not None
        with httpx.Client(base_url=at[1], cookies={f"dragoman-{at[1].rsplit(':', 1)[1]}": token}, trust_env=False, timeout=30) as client:
            seen = shown(Browser(client), tmp_path, address)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)

    assert len(seen) > 20
    assert [] == [path for path, text in seen.items() if SECRET in text]
    for secret in (SECRET, token, desk.PASSWORD):
        assert secret not in out + err
        assert [] == [path for path in tmp_path.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


def over(browser: Browser, key: str) -> None:
    """Wait until the run of a work has ended, whatever came of it: its page listens to nothing more."""
    for _ in range(1000):
        if "data-events" not in browser.get(f"/works/{key}").text:
            return
        time.sleep(0.1)
    raise AssertionError("the run never ended")


def shown(browser: Browser, folder: Path, model: str) -> dict[str, str]:
    """Every page, before and after a run that fails and one that works."""
    store = next((folder / "output").glob("*/work.db"))
    key = key_of(Folder(store.parent))
    seen: dict[str, str] = {}
    for base in ("http://127.0.0.1:9/v1", model):
        fields = {"model": "hosted", "model_name": "bench", "base_url": base, "refresh": "on"}
        seen[f"quote {base}"] = browser.post(f"/works/{key}/quote", fields).text
        seen[f"run {base}"] = browser.post(f"/works/{key}/run", fields).text
        over(browser, key)
        with Store.open(store, readonly=True) as opened:
            segment = opened.reviewing.everything()[0]
        seen[f"wish {base}"] = browser.post(f"/works/{key}/passages/{segment}/wish", {"wish": "less stiff"}).text
        for path in pages():
            seen[path + base] = browser.get(filled(path, key, segment)).text
    browser.post(f"/works/{key}/stop")
    return seen
