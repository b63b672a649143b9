"""The desk with a work of 100,000 passages: how long a page, the next passage, a search and a keystroke take.

    python -m benchmarks.desk [--segments N] [--folder FOLDER] [--write docs/benchmarks.md]

Makes the work in its store, without a run: chapters of 500 passages, one in twenty flagged with a finding, one in fifty not translated, 300 ledger lines and a glossary of 2,000.
Then serves the desk on loopback and asks as a browser does; times are those of the client, from the request to the last byte. Exits with 0 where every number is reached, else with 1.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import httpx
import uvicorn

from benchmarks import pseudo
from benchmarks.memory import vocabulary
from benchmarks.tables import Row, markdown, plain, replace_section
from translate.document import Decision, Document, Draft, Finding, Kind, LedgerLine, Slot, Sort
from translate.pipeline import shelf
from translate.pipeline.works import Folder
from translate.store import Choice, Judged, Outcome, Store, Work
from translate.web import serve
from translate.web.app import create
from translate.web.settings import Settings

PAGE, NEXT, SEARCH, TYPING, SIZE = 0.2, 0.1, 0.3, 0.1, 300_000
"""Seconds that a page, the next doubtful passage, a search and what is typed may take; bytes of a page."""
CHAPTER = 500
TIMES = 15
FORM_WORD = re.compile(r'name="form_word" value="([0-9a-f]+)"')


def sentences(count: int) -> Iterator[str]:
    """Short paragraphs of made words, always the same: a number in each, and a name of the ledger in every tenth."""
    chance = random.Random(7)
    words = vocabulary(chance)[:20_000]
    for number in range(count):
        body = " ".join(words[int(20_000 * chance.random() ** 3)] for _ in range(chance.randrange(8, 40)))
        name = f" Madam Kelpie{number // 10 % 300} nodded." if number % 10 == 0 else ""
        yield f"The {body} in {number} towns.{name}"


def made(folder: Path, segments: int) -> Folder:
    """The work, in a folder of its own under ``folder``."""
    place = Folder(folder / "output" / "a-large-work.de")
    place.path.mkdir(parents=True, exist_ok=True)
    work = Work("A Large Work", "large.epub", "epub", "en", "de")
    texts = list(sentences(segments))
    glossary = folder / "glossary.csv"
    glossary.write_text("".join(f"{word},W{word}\n" for word in vocabulary(random.Random(9))[10_000:12_000]), encoding="utf-8")
    with Store.create(place.store, work) as store:
        store.add_version("large.epub", b"a stand-in", _documents(texts))
        run = store.start_run({"model": "pseudo", "model_name": "pseudo", "glossaries": str(glossary)})
        store.decide(Decision(LedgerLine(Sort.PERSON, f"Kelpie{number}", f"Kelpie{number}"), "accepted", "person", "bench") for number in range(300))
        names = [segment.id for segment in store.segments()]
        for start in range(0, len(names), 1000):
            store.commit(_outcome(names[start : start + 1000], texts[start : start + 1000], start)).result()
        store.end_run(run, "made")
    return place


def _documents(texts: list[str]) -> Iterator[Document]:
    for chapter, start in enumerate(range(0, len(texts), CHAPTER)):
        name = f"text/c{chapter}.xhtml"
        slots = [Slot(name, f"/4/{n}", Kind.HEADING if n == 0 else Kind.PARAGRAPH, (text,)) for n, text in enumerate(texts[start : start + CHAPTER])]
        yield Document(name, "content", tuple(slots))


def _outcome(names: list[str], texts: list[str], start: int) -> Outcome:
    drafts: list[Judged] = []
    choices: list[Choice] = []
    for place, (name, text) in enumerate(zip(names, texts, strict=True), start):
        if place % 50 == 1:
            continue
        wrong = place % 20 == 3
        target = pseudo.translate(text)
        findings = (Finding("numbers", "error", f"{place} is in the source and not in the translation.", source=str(place)),) if wrong else ()
        drafts.append(Judged(Draft(name, (target.replace(str(place), "7") if wrong else target,), model="pseudo"), findings))
        choices.append(Choice(name, "flagged" if wrong else "accepted", draft=len(drafts) - 1))
    return Outcome(drafts=tuple(drafts), choices=tuple(choices))


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, how long it may take, and how long it took each time; ``size`` is that of the largest answer, in bytes."""

    name: str
    most: float
    seconds: tuple[float, ...]
    size: int

    def row(self) -> Row:
        """The line of the table."""
        high = sorted(self.seconds)[int(len(self.seconds) * 0.95)]
        note = f"first {self.seconds[0] * 1000:,.0f} ms; answer {self.size / 1000:,.0f} kB"
        return Row(self.name, f"{median(self.seconds) * 1000:,.0f} ms; 95 %: {high * 1000:,.0f} ms", f"≤ {self.most * 1000:,.0f} ms", "", high <= self.most and self.size <= SIZE, note)


class Reviewer:
    """A browser that has opened the desk and one work."""

    def __init__(self, client: httpx.Client, base: str) -> None:
        self.client = client
        self.base = base
        self.headers = {"hx-request": "true", "origin": str(client.base_url).rstrip("/"), "x-form-word": FORM_WORD.search(client.get("/").text)[1]}  # type: ignore[index]

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


def timed(name: str, most: float, act: Callable[[int], httpx.Response], times: int = TIMES) -> Asked:
    """Ask so many times, one after another."""
    seconds, size = [], 0
    for number in range(times):
        began = time.perf_counter()
        answer = act(number)
        seconds.append(time.perf_counter() - began)
        answer.raise_for_status()
        size = max(size, len(answer.content))
    return Asked(name, most, tuple(seconds), size)


def measured(reviewer: Reviewer) -> list[Asked]:
    """Everything that a reviewer does, in its order."""
    word = ["towns", "kelpie12", "in 4711", "der", "nodded", "th", "madam"]
    found = [
        timed("Opening the review at the first doubtful passage", PAGE, lambda n: reviewer.get("/review")),
        timed("Its pages by chapter, finding, or all", PAGE, lambda n: reviewer.get("/review?queue=" + ("chapter:text/c7.xhtml", "check:numbers", "all", "sample")[n % 4])),
        timed("Search", SEARCH, lambda n: reviewer.get(f"/search?words={word[n % len(word)]}")),
        timed("Where else a word stands", SEARCH, lambda n: reviewer.get(f"/concordance?words={word[n % len(word)]}&side=source")),
        timed("Other pages of the work", PAGE, lambda n: reviewer.get(("", "/finish", "/ledger", "/ledger/rules", "/search")[n % 5])),
        timed("The list of works", PAGE, lambda n: reviewer.client.get("/")),
    ]
    page = reviewer.get("/review").text

    def jot(number: int) -> httpx.Response:
        segment, fields = reviewer.shown(page)
        return reviewer.post(f"/passages/{segment}/jot", **(fields | {"pieces": json.dumps([f"What was typed, {number}."])}))

    def approve(number: int) -> httpx.Response:
        nonlocal page
        segment, fields = reviewer.shown(page)
        words = json.loads(fields["pieces"]) or ["What a person wrote."]
        answer = reviewer.post(f"/passages/{segment}/approve", **(fields | {"pieces": json.dumps([*words, "!"] if number % 2 else words)}))
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
    ]


@contextmanager
def serving(folder: Path) -> Iterator[httpx.Client]:
    """A desk over the folder, and a client that has opened it."""
    wanted = Settings(folder / "output", folder / "state", port=0, glossaries=folder / "glossaries")
    listening = serve.listen(wanted)
    wanted = replace(wanted, port=listening.getsockname()[1])
    app = create(wanted)
    server = uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="warning", timeout_graceful_shutdown=1))
    app.state.server = server
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        with httpx.Client(base_url=wanted.address(), timeout=120, trust_env=False, follow_redirects=True) as client:
            client.get(app.state.desk.link()).raise_for_status()
            yield client
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()


def main(arguments: list[str] | None = None) -> int:
    """Make, measure, tell."""
    parser = argparse.ArgumentParser(description="The desk with a large work.")
    parser.add_argument("--segments", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="where the work is made, or lies already")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table into this file")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        there = Folder(folder / "output" / "a-large-work.de")
        place = there if there.store.is_file() else made(folder, given.segments)
        with serving(folder) as client:
            reviewer = Reviewer(client, f"/works/{shelf.key_of(place)}")
            began = time.perf_counter()
            reviewer.get("/review").raise_for_status()
            first = time.perf_counter() - began
            with Store.open(place.store) as store:
                store.reviewing.index()
            indexed = time.perf_counter() - began
            rows = [one.row() for one in measured(reviewer)]
    rows += [Row("The first page after the server's start", f"{first * 1000:,.0f} ms"), Row("The index of words, made in the background", f"{indexed:,.1f} s")]
    print(plain(rows))
    if given.write:
        replace_section(given.write, "desk", markdown(rows))
    return 0 if all(row.reached is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
