"""The desk's server is killed while somebody types in a real browser and a run goes on: what she had typed a second before is there."""

from __future__ import annotations

import getpass
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests import works
from tests.browser import browsing
from tests.test_web_command import started
from translate.document import plain
from translate.languages import find
from translate.pipeline.desk.shelf import key_of
from translate.pipeline.works import prepare
from translate.store import Store

pytestmark = pytest.mark.browser
OLD = 1.0
"""Seconds after which what was typed must be there."""


def test_what_was_typed_a_second_before_the_kill_is_on_the_disk(tmp_path: Path, model_server: Callable[..., str]) -> None:
    address = model_server("--delay", "0.1", "--slots", "1")
    chapters = [[f"House {n} of row {m} had many printers at work." for n in range(40)] for m in range(3)]
    folder, store, _ = prepare(works.epub(tmp_path / "small.epub", chapters), target=find("de"), source_language=None, out=tmp_path / "output")
    name = [segment.id for segment in store.segments()][-1]
    store.close()
    typed: list[tuple[float, str]] = []
    with started("serve", folder=tmp_path) as (process, said), browsing() as context:
        page = context.new_page()
        page.goto(said["link"])
        begin(page.context.cookies(), said["address"], f"/works/{key_of(folder)}", page.locator("[name=form_word]").first.input_value(), address)
        page.goto(f"{said['address']}/works/{key_of(folder)}/review?queue=all&segment={name}")
        page.keyboard.press("e")
        expect(page.locator("#target")).to_be_focused()
        over = time.monotonic() + 4
        while time.monotonic() < over:
            word = f"w{len(typed)} "
            page.keyboard.type(word, delay=15)
            typed.append((time.monotonic(), word))
        process.kill()
        killed = time.monotonic()
        process.wait()
        expect(page.locator("#saved")).to_contain_text("not", timeout=10_000)

    with Store.open(folder.store) as kept:
        assert () == kept.verify()
        assert kept.runs()[-1].outcome == ""
        jotted = kept.reviewing.jotted(name, getpass.getuser())
        assert jotted is not None
        words = plain(jotted.target).split()
        assert len(typed) > 20
        assert [word.strip() for at, word in typed if at < killed - OLD] == words[: sum(at < killed - OLD for at, _ in typed)]
        assert words == [word.strip() for _, word in typed][: len(words)] or words[-1] in typed[len(words) - 1][1]


def begin(cookies: list[dict[str, str]], desk: str, base: str, word: str, model: str) -> None:
    """Start a run of the work, as its page does."""
    jar = {cookie["name"]: cookie["value"] for cookie in cookies}
    with httpx.Client(trust_env=False, base_url=desk, cookies=jar) as client:
        form = {"form_word": word, "model": "hosted", "model_name": "bench", "base_url": model}
        assert 303 == client.post(f"{base}/run", data=form, headers={"origin": desk}).status_code
