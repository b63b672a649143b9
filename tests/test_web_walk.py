"""What somebody who uses the desk for hours stumbled over: where findings stand, what is next, focus, telephones."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import desk, desk_works, works
from tests.browser import browsing, picture
from tests.desk import Served
from translate.document import Marker, heading
from translate.languages import find
from translate.models.scripted import Scripted
from translate.models.seam import Profile
from translate.pipeline import order as orders
from translate.pipeline.desk.shelf import key_of
from translate.pipeline.progress import Silent
from translate.pipeline.review import decisions
from translate.pipeline.works import Folder, prepare
from translate.web.call import cookie_name
from translate.web.pages.review import _telling

expect.set_options(timeout=20_000)
LONG = "A heading that is as long as only a learned book of the century before the last would have it, and then some more words"


def small(out: Path) -> Folder:
    """A book whose title and chapters have long names."""
    plain = works.epub(out.parent / "plain.epub", (("The press of house 21 ran.", "Nobody slept in 23."),), title=LONG)
    source = plain.with_name("long.epub")
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(source, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry).replace(b"Chapter number 0", LONG.encode()))
    return orders.carry_out(orders.Order(source, "de", model="scripted", out=out, tries=1), Silent(), model=Scripted(desk_works.faulty, profile=Profile("scripted"))).folder


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Folder]]:
    wanted = desk.with_people(desk.settings(tmp_path_factory.mktemp("walk")), Rhea="reviewer", Lea="reader", Gus="guest")
    folder = desk_works.translated(wanted.out)
    small(wanted.out)
    with desk.serving(wanted) as running:
        yield running, folder


@pytest.fixture
def page(served: tuple[Served, Folder]) -> Iterator[Page]:
    running, _ = served
    with browsing() as context:
        context.add_cookies([{"name": cookie_name(running.desk), "value": running.session("Olga").client.cookies[cookie_name(running.desk)], "url": running.address}])
        yield context.new_page()


def test_a_heading_of_two_lines_is_named_with_a_space_between_them() -> None:
    assert "The Day Hours and Hands" == heading(("The Day", Marker("atom", 1, "br"), "Hours ", Marker("open", 2, "em"), "and", Marker("close", 2, "em"), "\n Hands", Marker("atom", 3, "note", "1")))


@pytest.mark.parametrize(("name", "links"), [("Olga", ["review", "finish"]), ("Rhea", ["review"]), ("Lea", [])])
def test_what_is_doubtful_is_the_next_thing_for_who_may_decide_on_it(served: tuple[Served, Folder], name: str, links: list[str]) -> None:
    running, folder = served
    key = key_of(folder)
    page = running.session(name).get(f"/works/{key}").text
    controls = page.partition('id="controls">')[2].partition('id="mending"')[0]

    assert links == [link for link in ("review", "finish") if f'href="/works/{key}/{link}"' in controls]
    assert ("Look at" in controls) == bool(links)
    assert ("Look at" in running.session(name).get(f"/works/{key}/finish").text) == bool(links)


def test_a_chapter_of_the_progress_leads_to_its_passages(served: tuple[Served, Folder]) -> None:
    running, folder = served
    key = key_of(folder)

    owner = running.session("Lea")
    page = owner.get(f"/works/{key}").text

    assert f'class="title" href="/works/{key}/review?queue=chapter%3AOEBPS/c0.xhtml"' in page
    assert "Chapter number 0" in owner.get(f"/works/{key}/review?queue=chapter%3AOEBPS/c0.xhtml").text


@pytest.mark.browser
@pytest.mark.parametrize("size", [(1440, 900), (1200, 800)])
def test_findings_stand_right_below_the_passage_and_in_sight(page: Page, served: tuple[Served, Folder], size: tuple[int, int]) -> None:
    running, folder = served
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{running.address}/works/{key_of(folder)}/review")

    for _ in range(3):
        finding, here, bar = (page.locator(one).first.bounding_box() for one in (".finding", ".here", "#acts"))
        assert finding is not None
        assert here is not None
        assert bar is not None
        assert 0 <= finding["y"] - (here["y"] + here["height"]) < 30
        assert finding["y"] + 20 < bar["y"]
        passage = page.locator("[data-passage]").get_attribute("data-passage")
        page.keyboard.press("s")
        expect(page.locator(f"[data-passage='{passage}']")).to_have_count(0)


@pytest.mark.browser
def test_on_a_telephone_the_passage_comes_before_the_queues_(page: Page, served: tuple[Served, Folder]) -> None:
    running, folder = served
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{running.address}/works/{key_of(folder)}/review")
    picture(page, "telephone-review")

    assert not page.get_by_role("link", name="Random sample").is_visible()
    here = page.locator(".here").bounding_box()
    assert here is not None
    assert here["y"] < 844 / 2
    page.keyboard.press("/")
    assert "find" == page.evaluate("document.activeElement.id")
    assert page.get_by_role("link", name="Random sample").is_visible()


@pytest.mark.browser
def test_what_was_typed_can_be_thrown_away_without_loading_the_page_again(page: Page, served: tuple[Served, Folder]) -> None:
    running, folder = served
    page.goto(f"{running.address}/works/{key_of(folder)}/review")
    before = page.locator("#target").inner_text()
    assert not page.get_by_role("button", name="Throw away what I typed").is_visible()

    page.keyboard.press("e")
    page.keyboard.type("Hallo ")
    expect(page.get_by_role("button", name="Throw away what I typed")).to_be_visible()
    page.keyboard.press("Alt+z")

    expect(page.locator("#target")).to_have_text(before, use_inner_text=True)
    expect(page.get_by_role("button", name="Throw away what I typed")).to_be_hidden()


@pytest.mark.browser
def test_the_ledger_stacks_its_rows_on_a_telephone_and_stays_a_table(page: Page, served: tuple[Served, Folder]) -> None:
    running, folder = served
    owner = running.session("Olga")
    base = f"/works/{key_of(folder)}/ledger"
    assert owner.post(f"{base}/line", {"source": "printer", "target": "Drucker", "sort": "term"}).status_code == 303
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{running.address}{base}")
    expect(page.locator(".ledger .number").first).not_to_have_text("…")
    picture(page, "telephone-ledger")

    assert page.evaluate("[...document.querySelectorAll('.scrolls')].every((one) => one.scrollWidth <= one.clientWidth)")
    cells = page.locator(".ledger tbody tr").first.locator("th, td").all()
    boxes = [box for cell in cells if (box := cell.bounding_box()) is not None]
    assert max(box["x"] + box["width"] for box in boxes) <= 390
    assert len({round(box["y"] / 8) for box in boxes}) > 1
    assert page.get_by_role("table").get_by_role("row").nth(1).get_by_role("rowheader").count() == 1
    assert page.get_by_role("columnheader", name="Passages").count() == 1


@pytest.mark.browser
def test_no_page_of_a_work_with_long_names_is_wider_than_a_telephone(page: Page, served: tuple[Served, Folder]) -> None:
    running, folder = served
    folder = Folder(folder.path.with_name("long.de"))
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("", "/setup", "/setup/compare", "/review", "/chapters", "/history", "/search?words=press&instead=x", "/ledger", "/ledger/add", "/ledger/rules", "/finish", "/finish/preview"):
        page.goto(f"{running.address}/works/{key_of(folder)}{path}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path


def test_what_was_chosen_for_the_run_is_what_the_comparison_begins_with(served: tuple[Served, Folder]) -> None:
    running, folder = served
    owner, base = running.session("Olga"), f"/works/{key_of(folder)}/setup/compare"

    asked = owner.post(f"{base}/with", {"model": "hosted", "model_name": "big & good", "base_url": "http://127.0.0.1:9/v1", "price": "1/1/2"})
    page = owner.get(asked.headers["location"]).text
    plain = owner.post(f"{base}/with", {"model": "pseudo"})
    nothing = owner.post(f"{base}/with", {"model": "hosted", "model_name": ""})

    for value in ("big &amp; good", "http://127.0.0.1:9/v1", "1/1/2"):
        assert f'value="{value}"' in page
    assert re.search(r'value="pseudo" checked', owner.get(plain.headers["location"]).text)
    assert base == nothing.headers["location"]


def test_a_glossary_of_other_languages_is_not_offered(served: tuple[Served, Folder]) -> None:
    running, folder = served
    glossaries = running.desk.settings.glossaries
    glossaries.mkdir(exist_ok=True)
    for name in ("en-de.csv", "EN-ES.csv", "de-en.csv", "theory.csv", "my-own-de.csv", "fi-fi.csv"):
        (glossaries / name).write_text("source,target\npress,Presse\n", encoding="utf-8")

    page = running.session("Olga").get(f"/works/{key_of(folder)}/setup").text

    assert ["en-de.csv", "my-own-de.csv", "theory.csv"] == re.findall(r'name="glossaries" value="([^"]+)"', page)


def test_what_models_made_stands_side_by_side_with_its_source_once(served: tuple[Served, Folder]) -> None:
    running, _ = served
    text = ["The press of the house ran all night, and nobody in the street slept at all.", "The printer said so on each of the days that followed, and on Sundays too."]
    folder, store, _ = prepare(works.epub(running.desk.settings.out.parent / "fresh.epub", [text * 3]), target=find("de"), source_language=None, out=running.desk.settings.out)
    store.close()
    owner, base = running.session("Olga"), f"/works/{key_of(folder)}/setup/compare"
    assert 303 == owner.post(base, {"model": "pseudo", "name_0": "none", "address_0": "http://127.0.0.1:9/v1"}).status_code
    comparison = running.desk.comparisons[key_of(folder)]
    assert comparison.thread is not None
    comparison.thread.join(60)

    page = owner.get(base).text

    sources = re.findall(r'<p class="source"[^>]*>([^<]+)', page)
    assert len(sources) == len(comparison.samples[0].passages) > 1
    assert page.index('id="samples"') < page.index("<details") < page.index('name="name_0"')
    assert 'value="none"' in page
    assert re.search(r'value="pseudo" checked', page)


def test_who_may_see_no_work_is_told_so_and_not_that_there_is_none(served: tuple[Served, Folder]) -> None:
    page = served[0].session("Gus").get("/").text

    assert "No work is open to you yet" in page
    assert "Nothing is being translated" not in page


def test_what_a_finding_means_is_told_on_hovering_in_the_language_of_the_page(served: tuple[Served, Folder]) -> None:
    running, folder = served
    reader = running.session("Lea")
    reader.client.headers["accept-language"] = "de"
    page = reader.get(f"/works/{key_of(folder)}/review").text

    told = re.findall(r'<mark class="doubt" title="([^"]+)"', page)
    assert told
    assert [] == [one for one in told if "steht" not in one]


def test_a_finding_about_a_whole_long_passage_marks_nothing() -> None:
    assert [True, True, False, False, True] == [_telling(*where) for where in ((0, 60, 60), (10, 200, 900), (0, 200, 210), (0, 300, 300), (5, 6, 400))]


@pytest.mark.browser
def test_after_a_wrong_password_the_password_is_asked_for_again(served: tuple[Served, Folder]) -> None:
    with browsing() as context:
        page = context.new_page()
        page.goto(served[0].address)
        assert "name" == page.evaluate("document.activeElement.id")
        page.fill("#name", "Rhea")
        page.fill("#password", "not this one")
        page.keyboard.press("Enter")
        expect(page.locator(".message")).to_be_visible()

        assert "password" == page.evaluate("document.activeElement.id")
        assert "Rhea" == page.input_value("#name")


@pytest.mark.browser
def test_who_comes_second_sees_both_wordings_at_once(page: Page, served: tuple[Served, Folder]) -> None:
    running, folder = served
    key = key_of(folder)
    store = running.desk.shelf.store(key)
    pair = next(pair for pair in store.pairs() if pair.draft is not None and "pride of the town" in pair.segment.text)
    page.goto(f"{running.address}/works/{key}/review?queue=all&segment={pair.segment.id}")
    decisions.approve(store, folder, pair.segment.id, who="Rhea", seen=pair.state.draft, target=("Was Rhea schrieb.",))

    page.keyboard.press("e")
    page.keyboard.type("Und Olga: ")
    page.keyboard.press("Control+Enter")

    expect(page.locator(".overtaken")).to_be_in_viewport(ratio=1)
    expect(page.locator(".overtaken dd")).to_have_count(3)
    boxes = [box for one in page.locator(".overtaken dd").all() if (box := one.bounding_box()) is not None]
    assert len({round(box["y"]) for box in boxes}) == 1
