"""The whole story in Debian's chromium: a book comes in, a person corrects one word with the keyboard, the correction becomes a rule, the book goes out with it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks import pseudo
from tests import desk
from tests.browser import browsing, pictured
from translate import assembler
from translate.store import Pair, Store

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent
BOOK = ROOT / "books" / "the-night-shift.epub"
WORD, BETTER = "foreman", "Werkmeister"
expect.set_options(timeout=20_000)


def brought(page: Page, address: str) -> str:
    """Bring the book, see its quote, start its run, and reload in the middle; the work's key."""
    page.set_input_files("#source", BOOK)
    page.wait_for_url("**/new/*")
    page.select_option("#to", "de")
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/setup")
    page.get_by_label("A server with an OpenAI-compatible address").check()
    page.fill("#model_name", "bench")
    page.fill("#base_url", address)
    page.get_by_role("button", name="What will it take?").click()
    expect(page.locator("#quote")).to_contain_text("Passages")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url(re.compile(r"/works/[0-9a-f]+$"))
    expect(page.locator("#standing progress")).to_have_attribute("value", re.compile(r"^[1-9]\d*$"))
    page.reload()
    expect(page.locator("#standing")).to_contain_text("Finished", timeout=90_000)
    return page.url.rsplit("/", 1)[-1]


def corrected(page: Page, store: Store, old: str) -> Pair:
    """One word of one passage is typed anew, with the keyboard alone; the passage as it was."""
    keys = page.keyboard
    page.get_by_role("link", name="Review").press("Enter")
    page.wait_for_url("**/review")
    keys.press("/")
    keys.type(WORD)
    keys.press("Enter")
    page.wait_for_url("**/search?*")
    page.get_by_role("link", name="Go through them").press("Enter")
    page.wait_for_url("**/review?*")
    while True:
        pair = store.pair(page.locator("[data-passage]").get_attribute("data-passage") or "")
        if pair.draft and len(pair.draft.target) == 1 and old in pair.draft.text:
            break
        keys.press("s")
        expect(page.locator(f"[data-passage='{pair.segment.id}']")).to_have_count(0)
    keys.press("e")
    keys.press("Control+Home")
    for _ in range(pair.draft.text.index(old)):
        keys.press("ArrowRight")
    for _ in old:
        keys.press("Shift+ArrowRight")
    keys.type(BETTER)
    keys.press("Control+Enter")
    return pair


def test_from_upload_to_a_book_that_holds_the_correction_everywhere(model_server: Callable[..., str], tmp_path: Path) -> None:
    address = model_server("--delay", "0.2", "--per-token", "0.004", "--slots", "2")
    old, complaints = pseudo.word(WORD), []
    with desk.serving(desk.settings(tmp_path)) as served, browsing(complaints=complaints) as context:
        page = context.new_page()
        page.goto(served.desk.link())
        key = brought(page, address)
        store = served.desk.shelf.store(key)
        places = [pair.segment.id for pair in store.pairs() if pair.draft is not None and re.search(rf"\b{WORD}\b", pair.segment.text) and old in pair.draft.text]
        assert len(places) > 2

        pair = corrected(page, store, old)
        expect(page.locator(".lesson")).to_contain_text(f"You changed “{old}” to “{BETTER}” for “{WORD}”")
        pictured(page, "lesson")
        page.keyboard.press("r")
        page.wait_for_url(f"**/ledger/rules/{pair.segment.id}*")
        expect(page.locator(".hits del").first).to_contain_text(old)
        pictured(page, "rule")
        if page.get_by_role("checkbox").count():
            page.get_by_role("checkbox").press("Space")
        page.get_by_role("button", name="Make it the rule").press("Enter")
        page.wait_for_url("**/ledger/rules")
        expect(page.locator(".works li")).to_contain_text(f"“{WORD}” is “{BETTER}”")
        pictured(page, "rules-held")

        page.get_by_role("link", name="Finish", exact=True).press("Enter")
        page.wait_for_url("**/finish")
        page.get_by_role("button", name="Build").press("Enter")
        expect(page.get_by_role("link", name="Download the book")).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("link", name="Download the book").press("Enter")
        book = tmp_path / "book.epub"
        download.value.save_as(book)

    with zipfile.ZipFile(book) as read:
        text = "".join(read.read(name).decode() for name in read.namelist() if name.endswith("html"))
    verdict = assembler.validate(book)
    assert verdict is None or verdict.errors == 0
    assert text.count(BETTER) >= len(places)
    assert [] == complaints
