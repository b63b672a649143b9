"""The desk in Debian's chromium: from a dropped file to a valid book. That no page has a barrier is in tests/test_web_barriers.py."""

from __future__ import annotations

import re
import socket
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import desk, works
from tests.browser import browsing, pictured
from tests.desk import Served
from translate import assembler
from translate.pipeline import order as orders
from translate.pipeline.desk import shelf
from translate.pipeline.progress import Silent

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent
BOOK = ROOT / "books" / "the-night-shift.epub"
expect.set_options(timeout=20_000)
HOSTILE = (
    "<script>parent.postMessage('ran', '*'); fetch('/leave', {method: 'POST'})</script>"
    '<img src="http://127.0.0.1:{port}/pixel.png" alt="a pixel" onerror="document.title=1"/><a href="javascript:alert(1)">a link</a>'
    '<iframe src="/"></iframe><form action="/leave" method="post"><button>Send it</button></form>'
    '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:{port}/gone"/><p style="background:url(http://127.0.0.1:{port}/style.png)">The last words were quite harmless.</p>'
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A desk with a finished work."""
    wanted = desk.settings(tmp_path_factory.mktemp("desk"))
    wanted.glossaries.mkdir()
    (wanted.glossaries / "en-de.csv").write_text("printer,Drucker\n", encoding="utf-8")
    orders.carry_out(orders.Order(BOOK, "de", model="pseudo", out=wanted.out), Silent())
    with desk.serving(wanted) as running:
        yield running


def key_of(served: Served) -> str:
    return next(shelf.key_of(folder) for folder in served.desk.shelf.folders() if folder.name == "the-night-shift.de")


def opened(page: Page, served: Served) -> Page:
    """The page at the desk's first page, by the link."""
    page.goto(served.desk.link())
    page.wait_for_url(f"{served.address}/")
    return page


def test_from_a_file_to_a_valid_book(served: Served, model_server: Callable[..., str], tmp_path: Path) -> None:
    address = model_server("--delay", "0.2", "--per-token", "0.004", "--slots", "2", "--faults", "0.1", "--seed", "3")
    complaints: list[str] = []
    with browsing(complaints=complaints) as context:
        page = opened(context.new_page(), served)
        page.set_input_files("#source", [{"name": "The Night.epub", "mimeType": "application/epub+zip", "buffer": BOOK.read_bytes()}])
        page.wait_for_url("**/new/*")
        pictured(page, "new")
        expect(page.locator("#from")).to_have_value("en")
        page.select_option("#to", "de")
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url("**/setup")

        page.get_by_role("button", name="Compare models first").click()
        page.get_by_label("pseudo").check()
        page.fill("#name_0", "bench")
        page.fill("#address_0", address)
        page.get_by_role("button", name="Compare").click()
        expect(page.locator("#samples section")).to_have_count(2, timeout=60_000)
        pictured(page, "compared")
        page.locator("#samples section").filter(has_text="bench").get_by_role("button", name="Take this one").click()
        page.wait_for_url("**/setup?*")

        expect(page.locator("#model_name")).to_have_value("bench")
        expect(page.locator("#base_url")).to_have_value(address)
        page.get_by_label("Nothing may leave this machine").check()
        page.get_by_label("en-de.csv").check()
        page.get_by_role("button", name="What will it take?").click()
        expect(page.locator("#quote")).to_contain_text("Passages")
        pictured(page, "quote")
        page.get_by_role("button", name="Start").click()
        page.wait_for_url(re.compile(r"/works/[0-9a-f]+$"))

        expect(page.locator("#standing progress")).to_have_attribute("value", re.compile(r"^[1-9]\d*$"))
        pictured(page, "watch")
        page.get_by_role("button", name="Pause").click()
        expect(page.locator("#standing")).to_contain_text("Paused")
        page.reload()
        expect(page.locator("#standing")).to_contain_text("Paused")
        page.get_by_role("button", name="Resume").click()
        expect(page.locator("#standing")).to_contain_text("Finished", timeout=90_000)

        page.get_by_role("link", name="Finish", exact=True).click()
        page.get_by_role("button", name="Build").click()
        page.wait_for_url("**/finish")
        pictured(page, "finished")
        with page.expect_download() as download:
            page.get_by_role("link", name="Download the book").click()
        book = tmp_path / "book.epub"
        download.value.save_as(book)

    with zipfile.ZipFile(book) as read:
        assert "<dc:language>de</dc:language>" in next(read.read(name).decode() for name in read.namelist() if name.endswith(".opf"))
    verdict = assembler.validate(book)
    assert verdict is None or verdict.errors == 0
    assert [] == complaints


def test_a_run_that_is_stopped_goes_on_after_a_restart_of_the_server(model_server: Callable[..., str], tmp_path: Path) -> None:
    address = model_server("--delay", "0.2", "--per-token", "0.004", "--slots", "1")
    wanted = desk.settings(tmp_path)
    with browsing() as context:
        page = context.new_page()
        with desk.serving(wanted) as first:
            opened(page, first)
            key = begun(page, works.epub(tmp_path / "small.epub", [[f"House {n} had {n + 20} printers at work." for n in range(40)] for _ in range(2)]), address)
            expect(page.locator("#standing progress")).to_have_attribute("value", re.compile(r"^[1-9]\d*$"))
        with desk.serving(wanted) as second:
            page.goto(second.desk.link(f"/works/{key}"))
            expect(page.locator("#standing")).to_contain_text("Stopped; it goes on where it was")
            page.get_by_role("button", name="Go on").click()
            expect(page.locator("#standing")).to_contain_text("Translating")
            page.get_by_role("button", name="Stop").click()
            expect(page.locator("#standing")).to_contain_text("Stopped")


def begun(page: Page, book: Path, address: str) -> str:
    """Bring a book and begin its run; gives the work's key."""
    page.set_input_files("#source", book)
    page.wait_for_url("**/new/*")
    page.select_option("#to", "de")
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/setup")
    page.get_by_label("A server with an OpenAI-compatible address").check()
    page.fill("#model_name", "bench")
    page.fill("#base_url", address)
    page.get_by_role("button", name="Start").click()
    page.wait_for_url(re.compile(r"/works/[0-9a-f]+$"))
    return page.url.rsplit("/", 1)[-1]


def test_a_hostile_book_runs_nothing_sends_nothing_and_loads_nothing(tmp_path: Path) -> None:
    wanted = desk.settings(tmp_path)
    elsewhere = socket.create_server(("127.0.0.1", 0))
    elsewhere.setblocking(False)
    book = works.epub(tmp_path / "evil.epub", [[HOSTILE.replace("{port}", str(elsewhere.getsockname()[1]))]], title="&lt;script&gt;document.title='ran'&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;")
    dialogs: list[str] = []
    with elsewhere, desk.serving(wanted) as served, browsing() as context:
        page = opened(context.new_page(), served)
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        page.set_input_files("#source", book)
        page.wait_for_url("**/new/*")
        page.select_option("#to", "de")
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url("**/setup")
        key = page.url.split("/")[-2]
        page.evaluate("window.addEventListener('message', () => { document.title = 'told' })")
        page.goto(f"{served.address}/works/{key}/finish/preview?chapter=OEBPS/c0.xhtml")
        frame = page.frame_locator("iframe.reader")
        expect(frame.locator("body")).to_contain_text("The last words were quite harmless.")
        page.wait_for_load_state("networkidle")  # nothing more is asked for

        assert "document.title" in page.title()
        assert "ran" != page.title()
        assert page.frames[1].url.startswith(f"{served.address}/peek/")
        page.goto(f"{served.address}/")
        expect(page.get_by_role("heading", name="Works")).to_be_visible()
        with pytest.raises(BlockingIOError):
            elsewhere.accept()
    assert [] == dialogs


def test_a_preview_shows_the_books_own_styles_and_pictures(served: Served) -> None:
    with browsing() as context:
        page = opened(context.new_page(), served)
        loaded: list[tuple[str, int]] = []
        page.on("response", lambda response: loaded.append((response.url.rsplit("/", 1)[-1], response.status)))
        page.goto(f"{served.address}/works/{key_of(served)}/finish/preview")
        page.wait_for_load_state("networkidle")

        assert 200 in {status for name, status in loaded if name.endswith(".css") and not name.startswith("desk")}
        assert {200} == {status for _, status in loaded}


def test_everything_can_be_reached_with_the_keyboard(served: Served) -> None:
    with browsing() as context:
        page = opened(context.new_page(), served)
        page.keyboard.press("Tab")

        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_the_switches_turn_language_and_theme(served: Served) -> None:
    with browsing() as context:
        page = opened(context.new_page(), served)
        page.select_option("select[name=language]", "de")
        expect(page.locator("html")).to_have_attribute("lang", "de")
        page.select_option("select[name=theme]", "dark")
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        expect(page.get_by_role("heading", name="Ein Buch bringen")).to_be_visible()
