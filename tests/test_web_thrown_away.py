"""A work whose folder is thrown away under an open desk is gone; another one that takes its name is that other one, on every page."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

import pytest

from tests import desk, works
from tests.desk import Browser, Served
from translate.pipeline import order as orders
from translate.pipeline.desk.shelf import key_of
from translate.pipeline.progress import Silent
from translate.pipeline.works import Folder


def made(out: Path, text: str, title: str) -> Folder:
    book = works.epub(out.parent / "rain.epub", [[text]], title=title)
    return orders.carry_out(orders.Order(book, "de", model="pseudo", out=out), Silent()).folder


def ran(served: Served, browser: Browser, folder: Folder) -> None:
    """A run at the desk, to its end."""
    browser.post(f"/works/{key_of(folder)}/run", {"model": "pseudo", "refresh": "on"})
    while (job := served.desk.conductor.job(folder)) is None or not job.view().over:
        time.sleep(0.01)


def seen(browser: Browser, key: str) -> dict[str, str]:
    """The pages of a work that show its text or its state."""
    frame = re.search(r'<iframe[^>]*src="([^"]+)"', browser.get(f"/works/{key}/finish/preview?chapter=OEBPS/c0.xhtml").text)
    pages = {path: browser.get(f"/works/{key}{path}").text for path in ("", "/review?queue=all", "/search?words=n", "/history")}
    assert frame is not None
    return pages | {"peek": browser.get(frame[1]).text}


def test_another_work_of_the_same_name_is_itself_on_every_page(tmp_path: Path) -> None:
    wanted = desk.settings(tmp_path)
    folder = made(wanted.out, "It rained in the first book.", "The First")
    with desk.serving(wanted) as served:
        browser, key = served.owner(), key_of(folder)
        ran(served, browser, folder)
        before = seen(browser, key)
        shutil.rmtree(folder.path)
        gone = browser.get(f"/works/{key}/review")
        made(wanted.out, "Snow fell in the second book.", "The Second")
        after = seen(browser, key)
        state = served.desk.conductor.job(folder)

    assert 404 == gone.status_code
    assert any("first" in text.lower() for text in before.values())
    assert [] == [path for path, text in after.items() if "The First" in text or "rained" in text or "fíŕšţ" in text]
    assert "The Second" in after["/review?queue=all"]
    assert "Šñóów" in after["peek"]
    assert state is None


@pytest.mark.parametrize(("tag", "told"), [("en", "moved or thrown away"), ("de", "verschoben oder gelöscht")])
def test_a_work_that_is_gone_is_told_in_the_language_of_the_page(tmp_path: Path, tag: str, told: str) -> None:
    with desk.serving(desk.settings(tmp_path)) as served:
        browser = served.owner()
        browser.client.headers["accept-language"] = tag

        assert told in browser.get("/works/0123456789abcdef/review").text
