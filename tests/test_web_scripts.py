"""The desk with works written from right to left, or without spaces between words: directions, differences, search, the width of a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import desk, desk_works, works
from tests.browser import browsing, picture
from tests.desk import Served
from translate.difference import changes
from translate.document import plain
from translate.languages import find
from translate.pipeline.desk import shelf
from translate.pipeline.review import decisions
from translate.pipeline.works import Folder, prepare
from translate.store import Store
from translate.web import words
from translate.web.shown import apart

SOUGHT = {"ar": "المطبعة", "he": "בית", "ja": "印刷"}
WAYS = {"ar": "rtl", "he": "rtl", "ja": "ltr"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("彼は東京へ行った。", "彼は京都へ行った。", [("same", "彼は"), ("dropped", "東"), ("same", "京"), ("added", "都"), ("same", "へ行った。")]),
        ("我们走了", "我们来了", [("same", "我们"), ("dropped", "走"), ("added", "来"), ("same", "了")]),
        ("في 24 بيت", "في 25 بيت", [("same", "في "), ("dropped", "24"), ("added", "25"), ("same", " بيت")]),
        ("كَتَبَ رسالة", "كَتَبَ كتاباً", [("same", "كَتَبَ "), ("dropped", "رسالة"), ("added", "كتاباً")]),
        ("می‌روم خانه", "می‌روم بازار", [("same", "می‌روم "), ("dropped", "خانه"), ("added", "بازار")]),
        ("שָׁלוֹם עולם", "שָׁלוֹם לך", [("same", "שָׁלוֹם "), ("dropped", "עולם"), ("added", "לך")]),
        ("กินข้าว", "กินน้ำ", [("same", "กิน"), ("dropped", "ข้าว"), ("added", "น้ำ")]),
        ("Das alte Haus", "Das neue Haus", [("same", "Das "), ("dropped", "alte"), ("added", "neue"), ("same", " Haus")]),
    ],
)
def test_a_difference_is_told_in_the_pieces_that_a_script_has(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    found = changes(before, after)

    assert expected == [(one.kind, one.text) for one in found]
    assert before == "".join(one.text for one in found if one.kind != "added")
    assert after == "".join(one.text for one in found if one.kind != "dropped")


@pytest.mark.parametrize(("tag", "way"), [("ar", "rtl"), ("he", "rtl"), ("fa", "rtl"), ("ur", "rtl"), ("ja", "ltr"), ("de", "ltr"), ("az-Arab", "rtl"), ("no such tag", "auto")])
def test_every_language_has_its_direction(tag: str, way: str) -> None:
    assert way == words.direction(tag)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It ends after “الشارع 24”.", "It ends after “<bdi>الشارع 24</bdi>”."),
        ("„<b>x</b>“ and «y»", "„<bdi>&lt;b&gt;x&lt;/b&gt;</bdi>“ and «<bdi>y</bdi>»"),
        ("It's <3, isn't it?", "It&#39;s &lt;3, isn&#39;t it?"),
        ("", ""),
    ],
)
def test_words_that_a_sentence_quotes_are_set_apart_and_stay_text(sentence: str, expected: str) -> None:
    assert expected == str(apart(sentence))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, dict[str, Folder]]]:
    wanted = desk.settings(tmp_path_factory.mktemp("desk"))
    made = {to: desk_works.translated(wanted.out, to=to, name=f"small-{to}") for to in SOUGHT}
    with desk.serving(wanted) as running:
        yield running, made


def passage(folder: Folder) -> str:
    """A passage with formatting, a note number and a figure."""
    with Store.open(folder.store) as store:
        return next(one.id for one in store.segments() if one.text.startswith("The old press stood"))


@pytest.mark.parametrize("to", SOUGHT)
def test_every_text_says_its_language_and_its_direction(to: str, served: tuple[Served, dict[str, Folder]]) -> None:
    running, made = served
    owner, base = running.owner(), f"/works/{shelf.key_of(made[to])}"
    for path in ("/review?queue=all&segment=" + passage(made[to]), f"/search?words={SOUGHT[to]}", f"/concordance?words={SOUGHT[to]}&side=target", "/ledger/add"):
        text = owner.get(f"{base}{path}").text
        assert f'lang="{to}" dir="{WAYS[to]}"' in text, path
        assert 'lang="en" dir="ltr"' in text, path
        assert f'lang="{to}">' not in text.replace("<html", ""), path


@pytest.mark.parametrize("to", SOUGHT)
def test_words_of_two_signs_are_found_at_the_desk(to: str, served: tuple[Served, dict[str, Folder]]) -> None:
    running, made = served
    owner, base = running.owner(), f"/works/{shelf.key_of(made[to])}"
    for sought in (SOUGHT[to], SOUGHT[to][:2], SOUGHT[to][:1]):
        assert "22 passages" in owner.get(f"{base}/search?words={sought}&side=target").text
    assert "0 passages" in owner.get(f"{base}/search?words={SOUGHT[to]}&side=source").text


def test_a_source_from_right_to_left_stands_as_it_is_written(tmp_path: Path) -> None:
    wanted = desk.settings(tmp_path)
    book = works.epub(tmp_path / "kitab.epub", [["وقف الرجل <em>العجوز</em> أمام بيت رقم 24."]], title="كتاب صغير")
    folder, store, _ = prepare(book, target=find("en"), source_language="ar", out=wanted.out)
    with store:
        name = next(one.id for one in store.segments() if "24" in one.text)
        segment = store.pair(name).segment
        target = tuple("The old " if place == 0 else run for place, run in enumerate(segment.source))
        decisions.approve(store, folder, name, who="Ada", seen=None, target=target)
        assert "العجوز" in plain(store.pair(name).draft.target)  # type: ignore[union-attr]
    with desk.serving(wanted) as running:
        text = running.owner().get(f"/works/{shelf.key_of(folder)}/review?queue=all&segment={name}").text

    assert '<h1><span lang="ar" dir="rtl">كتاب صغير</span>' in text
    assert 'lang="ar" dir="rtl" id="source"' in text
    assert 'lang="en" dir="ltr"' in text


# --- in a browser


@pytest.fixture(scope="module")
def page(served: tuple[Served, dict[str, Folder]]) -> Iterator[Page]:
    with browsing() as context:
        opened = context.new_page()
        opened.goto(served[0].desk.link())
        opened.wait_for_load_state("networkidle")
        yield opened


@pytest.mark.browser
@pytest.mark.parametrize("to", SOUGHT)
def test_the_editor_keeps_words_handles_and_figures_in_order(to: str, page: Page, served: tuple[Served, dict[str, Folder]]) -> None:
    running, made = served
    page.goto(f"{running.address}/works/{shelf.key_of(made[to])}/review?queue=all&segment={passage(made[to])}")
    picture(page, f"script-{to}")

    assert WAYS[to] == page.evaluate("getComputedStyle(document.getElementById('target')).direction")
    assert page.evaluate("JSON.stringify(read(document.getElementById('target')))") == page.evaluate("JSON.stringify(JSON.parse(document.getElementById('target').dataset.pieces))")
    left, right = page.evaluate("[...document.querySelectorAll('#target .handle')].slice(0, 2).map((one) => one.getBoundingClientRect().x)")
    top, bottom = page.evaluate("[...document.querySelectorAll('#target .handle')].slice(0, 2).map((one) => Math.round(one.getBoundingClientRect().y))")
    assert top != bottom or (left > right) == (WAYS[to] == "rtl")
    page.evaluate("put(['24', ['open', 1], 'A', ['close', 1], ' 25'])")
    assert ["24", ["open", 1], "A", ["close", 1], " 25"] == page.evaluate("read(document.getElementById('target'))")
    page.keyboard.press("Control+z")


@pytest.mark.browser
@pytest.mark.parametrize("to", SOUGHT)
def test_emphasis_and_lines_are_those_of_the_script_and_nothing_is_wider_than_a_telephone(to: str, page: Page, served: tuple[Served, dict[str, Folder]]) -> None:
    running, made = served
    page.set_viewport_size({"width": 360, "height": 740})
    try:
        for name, path in (("review", f"/review?queue=all&segment={passage(made[to])}"), ("search", f"/search?words={SOUGHT[to]}"), ("preview", "/finish/preview")):
            page.goto(f"{running.address}/works/{shelf.key_of(made[to])}{path}")
            page.wait_for_load_state("networkidle")
            picture(page, f"script-{to}-{name}-narrow")
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
            if name == "review":
                slanted = page.evaluate("getComputedStyle(document.querySelector('#target .look-em')).fontStyle")
                assert ("normal" if to == "ja" else "italic") == slanted
    finally:
        page.set_viewport_size({"width": 1200, "height": 850})


@pytest.mark.browser
def test_what_was_dropped_stands_before_what_was_added_also_from_right_to_left(page: Page, served: tuple[Served, dict[str, Folder]]) -> None:
    running, made = served
    name = passage(made["ar"])
    store = running.desk.shelf.store(shelf.key_of(made["ar"]))
    pair = store.pair(name)
    assert pair.draft is not None
    target = tuple(run.replace("24", "25") if isinstance(run, str) else run for run in pair.draft.target)
    decisions.approve(store, made["ar"], name, who="Ada", seen=pair.state.draft, target=target)
    page.goto(f"{running.address}/works/{shelf.key_of(made['ar'])}/history")
    picture(page, "script-ar-difference")

    dropped, added = (page.locator(f".past {kind}").first.bounding_box() for kind in ("del", "ins"))
    assert dropped is not None
    assert added is not None
    assert dropped["x"] > added["x"]
