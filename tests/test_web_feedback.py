"""Whoever does something at the desk is told that it is on its way, that it cannot be, or that it cannot be taken back; in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests import desk, desk_works
from tests.browser import browsing
from tests.desk import Served
from translate.pipeline.desk.shelf import key_of
from translate.web.call import cookie_name

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    wanted = desk.with_people(desk.settings(tmp_path_factory.mktemp("desk"), largest_upload=400_000), Bob="reviewer")
    desk_works.translated(wanted.out)
    with desk.serving(wanted) as running:
        yield running


@pytest.fixture
def page(served: Served) -> Iterator[Page]:
    with browsing() as context:
        context.add_cookies([{"name": cookie_name(served.desk), "value": served.session("Olga").client.cookies[cookie_name(served.desk)], "url": served.address}])
        yield context.new_page()


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(page: Page, served: Served, tmp_path: Path) -> None:
    large = tmp_path / "large.epub"
    large.write_bytes(bytes(450_000))
    page.goto(served.address)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))

    page.set_input_files("#source", large)

    expect(page.locator("#message")).to_contain_text("larger than 0 MB")
    assert "POST" not in sent
    assert page.input_value("#source") == ""


def test_several_files_at_once_are_told_of(page: Page, served: Served) -> None:
    page.goto(served.address)
    page.evaluate(
        """() => { const files = new DataTransfer(); for (const name of ["a.epub", "b.epub"]) files.items.add(new File(["x"], name));
        document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true })); }"""
    )

    expect(page.locator("#message")).to_contain_text("One file at a time")


def test_a_file_dropped_beside_the_field_does_not_take_the_page_away(page: Page, served: Served) -> None:
    page.goto(served.address)
    kept = page.evaluate(
        """() => { const files = new DataTransfer(); files.items.add(new File(["x"], "a.epub"));
        return !document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true })); }"""
    )

    assert kept


def test_a_form_that_is_on_its_way_says_so_and_is_sent_once(page: Page, served: Served) -> None:
    page.goto(served.address)
    asked: list[str] = []

    def never(route: Route) -> None:
        asked.append(route.request.method)
        route.fulfill(status=204)

    page.route("**/pages", never)
    page.fill("#address", "https://wiki.example/wiki/A")
    page.select_option("#to", "de")
    page.click("form[action='/pages'] button")
    page.wait_for_function("document.querySelector('form[action=\"/pages\"]').getAttribute('aria-busy') === 'true'")
    page.evaluate("document.querySelector('form[action=\"/pages\"]').requestSubmit()")

    expect(page.locator("form[action='/pages'] [role=status]")).to_have_text("The wiki is being asked …")
    assert asked == ["POST"]


def test_an_account_is_removed_only_after_a_question(page: Page, served: Served) -> None:
    people = served.desk.people
    assert people is not None
    people.add("Zoe", desk.Role.READER)
    page.goto(f"{served.address}/people")
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("button", name="Remove: Zoe").click()
    expect(page.get_by_role("heading", name="Zoe")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Remove: Zoe").click()

    expect(page.get_by_role("heading", name="Zoe")).to_have_count(0)
    assert "Zoe" in asked[0]


def test_a_page_that_nobody_looks_at_gives_its_connection_back(page: Page, served: Served) -> None:
    page.add_init_script(
        """window.opened = 0; window.closed_ = 0; const Real = window.EventSource;
        window.EventSource = class extends Real { constructor(...given) { super(...given); window.opened += 1; } close() { window.closed_ += 1; super.close(); } };"""
    )
    page.route("**/events", lambda _: None)  # a stream that goes on
    page.goto(f"{served.address}/works/{key_of(served.desk.shelf.folders()[0])}")
    page.evaluate("""() => { const there = document.createElement("div"); there.dataset.events = location.pathname + "/events"; there.dataset.parts = "standing"; document.body.append(there); listen(there); }""")
    hide = """(hidden) => { Object.defineProperty(document, "hidden", { value: hidden, configurable: true }); document.dispatchEvent(new Event("visibilitychange")); }"""
    page.evaluate(hide, True)
    hidden = page.evaluate("[window.opened, window.closed_]")
    page.evaluate(hide, False)
    shown = page.evaluate("[window.opened, window.closed_]")

    assert ([1, 1], [2, 1]) == (hidden, shown)


@pytest.fixture
def review(page: Page, served: Served) -> Page:
    """The review with every passage, at one that has formatting."""
    key = key_of(served.desk.shelf.folders()[0])
    store = served.desk.shelf.store(key)
    linked = next(segment.id for segment in store.segments() if segment.text.startswith("The old press of house 4"))
    page.goto(f"{served.address}/works/{key}/review?queue=all&segment={linked}")
    expect(page.locator("#target .handle").first).to_be_visible()
    return page


def test_a_handle_is_taken_with_the_mouse_to_where_it_belongs(review: Page) -> None:
    before = review.locator("#target").inner_text()
    field = review.locator("#target").bounding_box()
    assert field is not None

    review.locator("#target .handle.close").first.drag_to(review.locator("#target"), target_position={"x": field["width"] - 12, "y": field["height"] - 16})

    after = review.locator("#target").inner_text()
    assert sorted(before) == sorted(after)
    assert before != after
    assert after.index("⟩") > before.index("⟩")
    expect(review.locator("#saved")).to_have_text("Kept, not approved yet.")
    expect(review.locator("#target .handle.twice")).to_have_count(0)


def test_a_decision_that_does_not_reach_the_desk_is_told_and_what_was_typed_is_sent_when_it_answers(review: Page) -> None:
    review.locator("#target").focus()
    review.context.set_offline(True)
    review.keyboard.type("Quite so. ")
    review.keyboard.press("Control+Enter")
    expect(review.locator("#message")).to_contain_text("nothing was decided")
    review.context.set_offline(False)

    expect(review.locator("#saved")).to_have_text("Kept, not approved yet.")
    expect(review.locator("#target")).to_contain_text("Quite so.")


def test_who_is_signed_out_while_typing_is_told_and_goes_on_after_signing_in_elsewhere(review: Page, served: Served) -> None:
    people = served.desk.people
    assert people is not None
    people.end_all("Olga")
    review.locator("#target").focus()
    review.keyboard.type("Not lost. ")
    expect(review.locator("#saved")).to_contain_text("not signed in any more")
    review.keyboard.press("Control+Enter")
    expect(review.locator("#message")).to_contain_text("Sign in again in another tab")
    review.context.add_cookies([{"name": cookie_name(served.desk), "value": people.begin("Olga"), "url": served.address}])

    expect(review.locator("#saved")).to_have_text("Kept, not approved yet.")
    review.keyboard.press("Control+Enter")
    expect(review.locator(".said")).to_have_text("Approved.")
