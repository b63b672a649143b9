"""axe-core on every page of the desk and on the states that pages can be in, in both themes; a page that is not in the table fails tests/test_web_pages.py."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from benchmarks.pages import PAGES
from tests import desk, desk_works
from tests.browser import THEMES, browsing, picture, pictured
from tests.desk import PASSWORD, Served
from translate.pipeline.desk import shelf
from translate.pipeline.review import decisions
from translate.sites import Provenance
from translate.store import Store
from translate.web.call import cookie_name

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)
CAME = Provenance("https://wiki.example.org/w/api.php", "A Small Book", 7, "2026-01-01T00:00:00Z")


@dataclass(frozen=True, slots=True)
class Walk:
    """A desk with people, a finished work and a browser; ``names`` fill the addresses of pages."""

    served: Served
    context: BrowserContext
    names: dict[str, str]
    complaints: list[str] = field(default_factory=list)

    def page(self, address: str, *, who: str = "Olga") -> Page:
        """The page as this person sees it ("" is a stranger), when all its parts are there."""
        page = self.context.pages[0] if self.context.pages else self.context.new_page()
        page.goto("about:blank")  # the page before may still ask for something, and would do so without a session
        self.context.clear_cookies()
        if who:
            people = self.served.desk.people
            assert people is not None
            self.context.add_cookies([{"name": cookie_name(self.served.desk), "value": people.begin(who), "url": self.served.address}])
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(self.served.address + address.format(**self.names))
        page.wait_for_load_state("networkidle")
        return page


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = tmp_path_factory.mktemp("desk")
    wanted = desk.with_people(desk.settings(folder), Vera="reviewer", Rhea="reader", Gone="reviewer")
    wanted.glossaries.mkdir()
    (wanted.glossaries / "en-de.csv").write_text("printer,Drucker\n", encoding="utf-8")
    work = desk_works.translated(wanted.out)
    with Store.open(work.store) as store:
        store.wiki.keep_provenance(store.version().number, "small.epub", CAME)
        pair = next(pair for pair in store.pairs() if pair.segment.text.startswith("The old press of house 0") and pair.draft is not None)
        better = tuple(run.replace("sserpen", "Presse") if isinstance(run, str) else run for run in pair.draft.target) if pair.draft else ()
        decisions.approve(store, work, pair.segment.id, who="Vera", seen=pair.state.draft, target=better)
        store.reviewing.comment(pair.segment.id, who="Rhea", text="Is this right?")
        store.reviewing.assign("OEBPS/c0.xhtml", "Vera")
    complaints: list[str] = []
    with desk.serving(wanted) as served, browsing(complaints=complaints) as context:
        people = served.desk.people
        assert people is not None
        people.disable("Gone")
        book = folder / "another.epub"
        book.write_bytes((folder / "small.epub").read_bytes())
        key = shelf.key_of(work)
        names = {"key": key, "wiki": key, "segment": pair.segment.id, "lemma": "press", "invitation": people.invite("Vera")}
        with book.open("rb") as file:
            names["fresh"] = shelf.key_of(served.desk.intake.begin(served.desk.intake.take("fresh.epub", file), to="es"))
            file.seek(0)
            names["new"] = served.desk.intake.take("another.epub", file)
        served.session("Olga").post(f"/works/{key}/ledger/line", {"source": "press", "target": "Presse"})
        yield Walk(served, context, names, complaints)


def barriers(page: Page) -> list[object]:
    """What axe-core finds in either theme, and whether the page is wider than its window."""
    found: list[object] = []
    for theme in THEMES:
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
        found += [(theme, one["id"], one["help"], [node["html"][:200] for node in one["nodes"]][:3]) for one in Axe().run(page).response["violations"]]
    return found + ["wider than the window"] * too_wide(page)


def too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


STRANGERS = {"sign-in", "join", "join-over"}


def shown(walk: Walk, name: str) -> Page:
    return walk.page(PAGES[name], who="" if name in STRANGERS else "Olga")


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_barrier(name: str, walk: Walk) -> None:
    walk.complaints.clear()
    page = shown(walk, name)
    pictured(page, name)

    assert [] == barriers(page)
    assert [] == [said for said in walk.complaints if "status of 40" not in said]


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_a_telephone(name: str, walk: Walk) -> None:
    page = shown(walk, name)
    page.set_viewport_size({"width": 360, "height": 740})
    try:
        picture(page, f"{name}-narrow")
        assert not too_wide(page)
    finally:
        page.set_viewport_size({"width": 1200, "height": 850})


def pressed(page: Page, button: str, then: str, **filled: str) -> Page:
    """The page when a button was pressed and ``then`` (a selector) is there; ``filled`` are fields by their ids."""
    for name, value in filled.items():
        page.fill(f"#{name}", value)
    page.get_by_role("button", name=button).click()
    expect(page.locator(then)).to_be_visible(timeout=60_000)
    return page


def refused(walk: Walk) -> Page:
    return pressed(walk.page("/sign-in", who=""), "Sign in", ".message", name="Olga", password="wrong")


def invited(walk: Walk) -> Page:
    return pressed(walk.page("/people"), "Invite", "#link", **{"new-name": "Nora"})


def quoted(walk: Walk) -> Page:
    page = walk.page("/works/{fresh}/setup")
    page.get_by_label("pseudo").check()
    page.get_by_text("See and edit the sheet").click()
    page.get_by_text("More settings").click()
    return pressed(page, "What will it take?", "#quote section")


def compared(walk: Walk) -> Page:
    page = walk.page("/works/{key}/setup/compare")
    page.get_by_label("pseudo").check()
    return pressed(page, "Compare", "#samples section")


def keys_shown(walk: Walk) -> Page:
    page = walk.page("/works/{key}/review")
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()
    return page


def overtaken(walk: Walk) -> Page:
    store = walk.served.desk.shelf.store(walk.names["key"])
    name = walk.names["segment"]
    store.reviewing.jot(name, "Olga", ("Something else.",), seen=None)
    page = walk.page("/works/{key}/review?queue=all&segment={segment}")
    expect(page.locator(".overtaken")).to_be_visible()
    return page


def taught(walk: Walk) -> Page:
    store = walk.served.desk.shelf.store(walk.names["key"])
    pair = next(pair for pair in store.pairs() if pair.status != "approved" and pair.segment.text.startswith("The old press of house") and pair.draft)
    page = walk.page(f"/works/{{key}}/review?queue=all&segment={pair.segment.id}", who="Vera")
    words = json.dumps([run.replace("sserpen", "Presse") if isinstance(run, str) else [run.kind, run.number] for run in pair.draft.target]) if pair.draft else ""
    page.evaluate("pieces => put(JSON.parse(pieces))", words)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".said")).to_have_text("Approved.")
    expect(page.locator("#undoing button")).to_be_visible()
    return page


def through(walk: Walk) -> Page:
    page = walk.page("/works/{key}/review?queue=person:Nobody")
    expect(page.locator(".over")).to_be_visible()
    return page


def read_only(walk: Walk) -> Page:
    return walk.page("/works/{key}/review?queue=all", who="Rhea")


def effect(walk: Walk) -> Page:
    return pressed(walk.page("/works/{key}/ledger/line?source=press"), "What would it re-do?", "#effect .note", target="Presswerk")


def refused_form(walk: Walk) -> Page:
    page = walk.page("/works/{key}/setup")
    page.get_by_text("More settings").click()
    return pressed(page, "What will it take?", "#message .message", budget="a lot")


def not_allowed(walk: Walk) -> Page:
    return walk.page("/people", who="Rhea")


def built(walk: Walk) -> Page:
    return pressed(walk.page("/works/{key}/finish"), "Build", "a[download]")


def placed(walk: Walk) -> Page:
    page = walk.page("/works/{key}/search?words=e&side=either")
    page.locator(".hits a").first.focus()
    return page


def changed_password(walk: Walk) -> Page:
    page = walk.page("/account", who="Rhea")
    page.fill("input[name=present]", PASSWORD)
    page.fill("input[name=password]", "another long phrase")
    page.fill("input[name=again]", "another long phrase")
    page.get_by_role("button", name="Change the password").click()
    expect(page.locator("main")).to_contain_text("Your password is another one now")
    return page


STATES: tuple[Callable[[Walk], Page], ...] = (
    refused,
    invited,
    quoted,
    compared,
    keys_shown,
    overtaken,
    taught,
    through,
    read_only,
    effect,
    refused_form,
    not_allowed,
    built,
    placed,
    changed_password,
)


@pytest.mark.parametrize("state", STATES, ids=lambda one: one.__name__)
def test_no_state_of_a_page_has_a_barrier(state: Callable[[Walk], Page], walk: Walk) -> None:
    page = state(walk)
    pictured(page, f"state-{state.__name__}")

    assert [] == barriers(page)


def test_a_desk_without_accounts_has_no_barrier_at_its_door_and_on_its_empty_first_page(walk: Walk, tmp_path: Path) -> None:
    with desk.serving(desk.settings(tmp_path)) as served:
        page = walk.context.pages[0] if walk.context.pages else walk.context.new_page()
        for name, address in (("closed", f"{served.address}/"), ("used", f"{served.address}/enter/nothing"), ("empty", served.desk.link())):
            page.goto(address)
            page.wait_for_load_state("networkidle")
            pictured(page, f"state-{name}")
            assert [] == barriers(page)
