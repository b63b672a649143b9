"""The desk with a work of 100,000 passages: how long every page, the next passage, a search and a keystroke take.

    python -m benchmarks.desk [--segments N] [--folder FOLDER] [--write docs/benchmarks.md]

Makes the work (benchmarks/large.py): chapters of 500 passages, one in twenty flagged with a finding, one in fifty not translated, 300 ledger lines and a glossary of 2,000; beside it forty small works, and fifty accounts.
Then serves the desk with accounts on loopback and asks as a browser does, for every page in benchmarks/pages.py; times are those of the client, from the request to the last byte.
CPU is that of the process, server and client together. Exits with 0 where every number is reached, else with 1.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import platform
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import BinaryIO

import httpx

from benchmarks import large, pages
from benchmarks.large import LEMMA, Large
from benchmarks.tables import Row, markdown, plain, replace_section
from tests import desk
from tests.desk import Browser
from translate.pipeline.desk import shelf
from translate.store import Store
from translate.web.desk import Desk
from translate.web.serve import SWITCH

PAGE, NEXT, SEARCH, TYPING, SIZE = 0.2, 0.1, 0.3, 0.1, 300_000
"""Seconds that a page, the next doubtful passage, a search and what is typed may take; bytes of a page."""
TIMES = 15
FEW = 5
SEARCHES = ("search", "replacing", "concordance")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, how long it may take, and how long it took each time; ``size`` is that of the largest answer, in bytes."""

    name: str
    most: float
    seconds: tuple[float, ...]
    cpu: tuple[float, ...]
    size: int

    def row(self) -> Row:
        """The line of the table."""
        high = sorted(self.seconds)[int(len(self.seconds) * 0.95)]
        note = f"first {self.seconds[0] * 1000:,.0f} ms; CPU {median(self.cpu) * 1000:,.0f} ms; answer {self.size / 1000:,.0f} kB"
        return Row(self.name, f"{median(self.seconds) * 1000:,.0f} ms; 95 %: {high * 1000:,.0f} ms", f"≤ {self.most * 1000:,.0f} ms", "", high <= self.most and self.size <= SIZE, note)


class Reviewer:
    """A browser that has opened the desk and one work."""

    def __init__(self, browser: Browser, base: str, desk: Desk) -> None:
        self.client = browser.client
        self.client.timeout = httpx.Timeout(120)
        self.client.follow_redirects = True
        self.base = base
        self.desk = desk
        self.headers = {"hx-request": "true", "origin": str(self.client.base_url).rstrip("/"), "x-form-word": browser.word}

    def bring(self, book: BinaryIO) -> str:
        """Bring a book as an upload does: its account is made before the page is shown. Gives its key."""
        key = self.desk.intake.take("a-large-work.epub", book)
        self.desk.intake.look(key)
        return key

    def at_rest(self) -> None:
        """Wait until nothing is looked for in the background."""
        while self.desk.errands.running():
            time.sleep(0.05)

    def get(self, path: str) -> httpx.Response:
        """A page of the work, whole."""
        return self.client.get(f"{self.base}{path}")

    def post(self, path: str, **fields: str) -> httpx.Response:
        """What htmx sends."""
        return self.client.post(f"{self.base}{path}", data=fields, headers=self.headers)

    def shown(self, text: str) -> tuple[str, dict[str, str]]:
        """The passage of a page, and what a decision on it sends."""
        segment = re.search(r'data-passage="(\w+)"', text)[1]  # type: ignore[index]
        pieces = html.unescape(re.search(r'data-pieces="([^"]*)"', text)[1])  # type: ignore[index]
        seen = re.search(r'data-seen="(\d*)"', text)[1]  # type: ignore[index]
        return segment, {"pieces": pieces, "seen": seen, "queue": "doubtful", "segment": segment}


def timed(name: str, most: float, act: Callable[[int], httpx.Response], *, times: int = TIMES, before: Callable[[int], object] = lambda _: None) -> Asked:
    """Ask so many times, one after another; what ``before`` does each time is not timed."""
    seconds, cpu, size = [], [], 0
    for number in range(times):
        before(number)
        began, computed = time.perf_counter(), time.process_time()
        answer = act(number)
        seconds.append(time.perf_counter() - began)
        cpu.append(time.process_time() - computed)
        if answer.status_code not in (200, 404):
            answer.raise_for_status()
        size = max(size, len(answer.content))
    return Asked(name, most, tuple(seconds), tuple(cpu), size)


def every(reviewer: Reviewer, wanted: Large, *, times: int = FEW) -> list[Asked]:
    """Every page of the desk, and every part that a page asks for."""
    names = {"key": shelf.key_of(wanted.place), "wiki": shelf.key_of(wanted.place), "segment": wanted.segment, "lemma": LEMMA, "invitation": wanted.invitation}
    with (wanted.place.path.parent.parent / f"{wanted.place.path.stem}.epub").open("rb") as book:
        names["new"] = reviewer.bring(book)
    found = []
    for name, address in (pages.PAGES | pages.PARTS).items():
        path = address.format(**names)
        most = SEARCH if name in SEARCHES else PAGE
        kind = "Part" if name in pages.PARTS else "Page"
        found.append(timed(f"{kind} {name}", most, lambda n, path=path: reviewer.client.get(path), times=times, before=lambda n: reviewer.at_rest()))  # type: ignore[misc]
    return found


def measured(reviewer: Reviewer) -> list[Asked]:
    """Everything that a reviewer does, in its order."""
    word = ["towns", "kelpie12", "in 4711", "der", "nodded", "th", "madam"]
    found = [
        timed("Opening the review at the first doubtful passage", PAGE, lambda n: reviewer.get("/review")),
        timed("Its pages by chapter, finding, or all", PAGE, lambda n: reviewer.get("/review?queue=" + ("chapter:OEBPS/c7.xhtml", "check:numbers", "all", "sample", "mine", "comments", "person:bench")[n % 7])),
        timed("Search", SEARCH, lambda n: reviewer.get(f"/search?words={word[n % len(word)]}")),
        timed("Where else a word stands", SEARCH, lambda n: reviewer.get(f"/concordance?words={word[n % len(word)]}&side=source")),
    ]
    page = reviewer.get("/review").text

    def jot(number: int) -> httpx.Response:
        segment, fields = reviewer.shown(page)
        return reviewer.post(f"/passages/{segment}/jot", **(fields | {"pieces": json.dumps([f"What was typed, {number}."])}))

    def approve(number: int) -> httpx.Response:
        nonlocal page
        segment, fields = reviewer.shown(page)
        words = json.loads(fields["pieces"]) or ["What a person wrote."]
        sent = fields | {"pieces": json.dumps([*words, "!"] if number % 2 else words)}
        answer = reviewer.post(f"/passages/{segment}/approve", **sent)
        page = answer.text
        return answer

    def skip(_: int) -> httpx.Response:
        nonlocal page
        segment, _ = reviewer.shown(page)
        answer = reviewer.post("/review", queue="doubtful", segment=segment)
        page = answer.text
        return answer

    return [
        *found,
        timed("What is typed is kept and judged", TYPING, jot),
        timed("Approving, and the next doubtful passage", NEXT, approve),
        timed("Skipping to the next doubtful passage", NEXT, skip),
        timed("Opening the review again after an approval", PAGE, lambda n: reviewer.get("/review"), before=approve),
    ]


@contextmanager
def serving(wanted: Large) -> Iterator[Reviewer]:
    """A desk with accounts over the folder, and its owner's browser, with the work open; threads take turns as in ``dragoman serve``."""
    sys.setswitchinterval(SWITCH)
    with desk.serving(replace(desk.settings(wanted.workspace.parent), accounts=True)) as served:
        yield Reviewer(served.session("Olga"), f"/works/{shelf.key_of(wanted.place)}", served.desk)


def trial(folder: Path, segments: int, *, times: int = FEW) -> tuple[list[Asked], list[Row]]:
    """Make, serve, measure: what was asked, and further lines of the table."""
    wanted = large.made(folder, segments)
    with serving(wanted) as reviewer:
        began = time.perf_counter()
        reviewer.get("/review").raise_for_status()
        first = time.perf_counter() - began
        with Store.open(wanted.place.store) as store:
            store.reviewing.index()
        indexed = time.perf_counter() - began
        asked = [*measured(reviewer), *every(reviewer, wanted, times=times)]
    return asked, [Row("The first page after the server's start", f"{first * 1000:,.0f} ms"), Row("The index of words, made in the background", f"{indexed:,.1f} s")]


def main(arguments: list[str] | None = None) -> int:
    """Make, measure, tell."""
    parser = argparse.ArgumentParser(description="The desk with a large work.")
    parser.add_argument("--segments", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="where the work is made, or lies already")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table into this file")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        asked, more = trial(given.folder or Path(scratch), given.segments)
    rows = [*(one.row() for one in asked), *more]
    print(plain(rows))
    if given.write:
        when = f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}: {given.segments:,} passages."
        replace_section(given.write, "desk", f"{when}\n\n{markdown(rows)}")
    return 0 if all(row.reached is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
