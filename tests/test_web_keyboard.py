"""The review in Debian's chromium with nothing but the keyboard: every act, a reload in the middle, and no barrier in any of its states."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import desk, desk_works
from tests.browser import THEMES, browsing, pictured
from tests.desk import Served
from translate.pipeline.desk import shelf
from translate.store import Store

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)


@contextmanager
def reviewing(tmp_path: Path, *, to: str = "de", base_url: str | None = None, width: int = 1200) -> Iterator[tuple[Page, Served, Store, str]]:
    """The review's page of a fresh work, its server, the work's store, and the address of the work."""
    wanted = desk.settings(tmp_path)
    folder = desk_works.translated(wanted.out, to=to, base_url=base_url)
    key = shelf.key_of(folder)
    complaints: list[str] = []
    with desk.serving(wanted) as served, browsing(complaints=complaints) as context:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 850})
        page.goto(served.desk.link(f"/works/{key}/review"))
        expect(page.locator("#target")).to_be_visible()
        yield page, served, served.desk.shelf.store(key), f"{served.address}/works/{key}"
    assert [] == complaints


def here(page: Page) -> str:
    """The passage that is shown."""
    return page.locator("[data-passage]").get_attribute("data-passage") or ""


def free_of_barriers(page: Page) -> None:
    """No violation in either theme."""
    for theme in THEMES:
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
        found = Axe().run(page).response["violations"]
        assert [] == [(one["id"], one["help"], [node["html"][:200] for node in one["nodes"]][:3]) for one in found]
    page.emulate_media(color_scheme="light")


def test_a_reviewer_needs_nothing_but_the_keyboard(tmp_path: Path, model_server: Callable[..., str]) -> None:
    with reviewing(tmp_path, base_url=model_server("--delay", "0")) as (page, _, store, work):
        keys = page.keyboard
        first, stood = here(page), page.locator("#target").inner_text()
        marked = "[...(CSS.highlights.get('doubt') || [])].map(String)"
        assert page.evaluate(marked)
        assert all(words in stood for words in page.evaluate(marked))
        pictured(page, "review-first")
        free_of_barriers(page)

        keys.press("e")
        expect(page.locator("#target")).to_be_focused()
        keys.press("Control+End")
        keys.type(" Quite so.")
        expect(page.locator("#saved")).to_have_text("Kept, not approved yet.")
        assert [] == page.evaluate(marked)
        pictured(page, "review-typed")
        free_of_barriers(page)
        page.reload()
        expect(page.locator("#target")).to_contain_text("Quite so.")

        keys.press("e")
        keys.press("Control+a")
        keys.press("Delete")
        expect(page.locator("#tray")).to_contain_text("Formatting that has no place yet")
        pictured(page, "review-handles")
        free_of_barriers(page)
        keys.press("Control+z")
        expect(page.locator("#target")).to_contain_text("Quite so.")
        keys.press("Control+Shift+z")
        expect(page.locator("#target")).to_have_text("")
        keys.press("Alt+1")
        keys.type("Other words")
        keys.press("Alt+2")
        keys.type(" stand here, in 20 and 1.")
        assert [["open", 1], "Other words", ["close", 1], " stand here, in 20 and 1."] == page.evaluate("read(document.getElementById('target'))")
        for _ in range(8):
            keys.press("Control+z")
            if page.locator("#target").inner_text() == f"{stood} Quite so.":
                break
        expect(page.locator("#target")).to_contain_text("Quite so.")

        keys.press("Control+Enter")
        expect(page.locator(".said")).to_have_text("Approved.")
        second = here(page)
        assert first != second
        assert "Quite so." in store.pair(first).draft.text
        assert "approved" == store.pair(first).status

        keys.press("s")
        expect(page.locator(f"[data-passage='{second}']")).to_have_count(0)
        keys.press("b")
        expect(page.locator(f"[data-passage='{second}']")).to_have_count(1)

        keys.press("d")
        expect(page.locator(".said")).to_contain_text("dismissed")
        expect(page.locator("#findings")).to_contain_text("The checks find nothing here.")
        assert {second} == {one.segment for one in store.dismissing.all()}
        pictured(page, "review-dismissed")

        keys.press("w")
        keys.type("less stiff")
        keys.press("Enter")
        expect(page.locator(".said")).to_contain_text("The model's answer stands in the field")
        assert store.reviewing.jotted(second, store_person(store)) is not None
        pictured(page, "review-wish")
        free_of_barriers(page)

        keys.press("k")
        keys.type("Is the press a ship?")
        keys.press("Tab")
        keys.press("Enter")
        expect(page.locator(".comment")).to_contain_text("Is the press a ship?")

        page.evaluate("getSelection().selectAllChildren(document.querySelector('#source .text').firstElementChild || document.querySelector('#source .text'))")
        keys.press("l")
        expect(page.locator(".concordance mark.hit").first).to_be_visible()
        pictured(page, "review-concordance")
        free_of_barriers(page)

        keys.press("a")
        expect(page.locator(".said")).to_have_text("Approved.")
        keys.press("?")
        expect(page.locator("#keys")).to_be_visible()
        pictured(page, "review-keys")
        free_of_barriers(page)
        keys.press("Escape")
        expect(page.locator("#keys")).not_to_be_visible()

        keys.press("/")
        keys.type("pride")
        keys.press("Enter")
        page.wait_for_url("**/search?*")
        expect(page.locator(".hits")).to_contain_text("pride of the town")
        assert work in page.url


def store_person(store: Store) -> str:
    """Who has decided on something here."""
    return store.reviewing.people()[0][0]
