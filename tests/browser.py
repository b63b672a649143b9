"""Debian's chromium for tests, by Playwright: nothing but the desk can be reached, and what a page complains of fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, sync_playwright

SCREENSHOTS = Path(os.environ.get("DRAGOMAN_SCREENSHOTS", "output/screenshots"))
THEMES = ("light", "dark")


@contextmanager
def browsing(*, complaints: list[str] | None = None, language: str = "en") -> Iterator[BrowserContext]:
    """A browser with an empty profile. What pages complain of on the console is put into ``complaints``."""
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("Debian's chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"])
        context = browser.new_context(viewport={"width": 1200, "height": 850}, locale=language, accept_downloads=True)
        context.set_default_timeout(20_000)

        def heard(message: ConsoleMessage) -> None:
            if complaints is not None and message.type in ("error", "warning"):
                complaints.append(f"{message.text} ({message.location.get('url', '')})")

        context.on("console", heard)
        try:
            yield context
        finally:
            context.close()
            browser.close()


def pictured(page: Page, name: str) -> None:
    """Pictures of the whole page in both themes, to be looked at."""
    for theme in THEMES:
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        picture(page, f"{name}-{theme}")
    page.emulate_media(color_scheme="light")


def picture(page: Page, name: str) -> None:
    """A picture of the whole page as it is."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True, caret="initial")
