"""The page in Debian's chromium: whole, with and without its script, and silent towards the network."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.report_sample import Reader, sample, with_texts
from translate.report import Report, render

pytestmark = pytest.mark.browser

QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """What the browser made of a page: its elements afterwards, what it said on the console, what the page asked for."""

    dom: str
    console: tuple[str, ...]
    requests: tuple[str, ...]


def browse(html: str, folder: Path) -> Seen:
    """Open this page in a fresh chromium and wait until it has loaded."""
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("Debian's chromium is not installed: apt-get install chromium")
    page, log = folder / "page.html", folder / "net.json"
    page.write_text(html, "utf-8")
    command = [chromium, *QUIET, f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}", "--dump-dom", page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=True)
    console = tuple(line for line in done.stderr.splitlines() if "CONSOLE" in line)
    return Seen(done.stdout, console, tuple(asked_by_the_page(log.read_text("utf-8"))))


def asked_by_the_page(log: str) -> list[str]:
    """The addresses in a net log that a page asked for; what chromium itself asks for has no origin. A log that was cut off is closed first."""
    try:
        events = json.loads(log)["events"]
    except json.JSONDecodeError:
        events = json.loads(log.rstrip().rstrip(",") + "]}")["events"]
    asked = (event.get("params", {}) for event in events)
    return [found["url"] for found in asked if "url" in found and found.get("initiator", "not an origin") != "not an origin"]


def test_the_watch_sees_a_page_that_misbehaves(tmp_path: Path) -> None:
    seen = browse('<!DOCTYPE html><title>x</title><script>console.error("oh no")</script><img src="http://127.0.0.1:9/x.png">', tmp_path)

    assert seen.requests == ("http://127.0.0.1:9/x.png",)
    assert "oh no" in seen.console[0]


@pytest.mark.parametrize("report", [sample(), sample(each=400), with_texts("</script><script>console.error(1)</script><img src=//127.0.0.1:9/x>")])
def test_the_page_is_whole_in_a_browser_and_asks_for_nothing(report: Report, tmp_path: Path) -> None:
    seen = browse(render(report), tmp_path)

    page = Reader(seen.dom)
    assert (seen.console, seen.requests) == ((), ())
    assert len(page.all("article")) == len(report.findings)
    assert [picture for picture in page.all("svg") if picture.get("class") == "strip"]
    assert f"{len(report.findings)} of {len(report.findings)} findings shown" in page.text


def test_the_page_is_whole_without_its_script(tmp_path: Path) -> None:
    report = sample()

    seen = browse(re.sub("script-src [^;]*;[^;]*;[^;]*;", "script-src 'none';", render(report)), tmp_path)

    page = Reader(seen.dom)
    assert "violates the following Content Security Policy" in seen.console[0]
    assert len(page.all("article")) == len(report.findings)
    assert all("open" in group for group in page.all("details"))
    assert "hidden" in next(part for part in page.all("div") if part.get("id") == "filter")


def test_the_filter_hides_what_is_not_asked_for(tmp_path: Path) -> None:
    report = sample()
    warnings = [found for found in report.findings if found.finding.severity == "warning"]
    act = "<script>document.querySelector('#filter [value=warning]').click()</script></body>"
    html = re.sub("<meta http-equiv[^>]*>", "", render(report)).replace("</body>", act)

    page = Reader(browse(html, tmp_path).dom)

    hidden = [finding for finding in page.all("article") if "hidden" in finding]
    assert [finding["data-severity"] for finding in hidden] == ["warning"] * len(warnings)
    assert f"{len(report.findings) - len(warnings)} of {len(report.findings)} findings shown" in page.text
    assert len([group for group in page.all("details") if "hidden" in group]) == 1
