"""Fifty people review one work at once while a run writes into it: nothing lost, nothing doubled, no error, and how long each answer takes.

    python -m benchmarks.reviewers [--people N] [--seconds N] [--pace SECONDS] [--write docs/benchmarks.md]

A desk with accounts is served by a process of its own, as are the model's server and each eighth of the people, who are real HTTP clients with a session each.
Each opens a passage, looks at the suggestions, types (three drafts are kept as she types), approves and is given the next; ``--pace`` is the mean time for a passage.
Half of them work through the doubtful ones, all in the same queue, half through chapters, five to a chapter. Every wording holds a word that is nobody else's,
so afterwards the store must hold each approval that was answered, once, and no other. Exits with 0 where every number is reached, with 1 where one is not.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx

from benchmarks import made
from benchmarks.processes import ROOT, serving
from benchmarks.tables import replace_section
from translate.languages import find
from translate.pipeline.desk.people import People, Role
from translate.pipeline.desk.shelf import key_of
from translate.pipeline.works import prepare
from translate.store import Review, Store

WANTED = 300.0
"""Milliseconds within which 95 of 100 answers must come."""
HERDS = 8
WARM = 10.0
"""Seconds at the beginning whose answers are not timed (their approvals count): dictionaries are loaded then."""
PATIENCE = 300.0
DRAFTS = 3
CHAPTERS = 30
FIVE = 5
CELLS = re.compile(r'data-(passage|pieces|copied|seen)="([^"]*)"')
WORD = re.compile(r'name="form_word" value="([0-9a-f]+)"')


@dataclass(slots=True)
class Seen:
    """What one herd of people has seen: milliseconds by kind of request, statuses, approvals that were answered (segment, word), how many were told that somebody was quicker."""

    times: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    approved: list[tuple[str, str]] = field(default_factory=list)
    unsure: list[tuple[str, str]] = field(default_factory=list)
    overtaken: int = 0


class Reviewer:
    """One person with a browser."""

    def __init__(self, number: int, client: httpx.AsyncClient, work: str, queue: str, pace: float, seen: Seen) -> None:
        self._number, self._client, self._work, self._queue, self._pace, self._seen = number, client, work, queue, pace, seen
        self._chance = random.Random(number)
        self._word = ""
        self._count = 0
        self._timed = time.monotonic() + WARM

    async def work(self, until: float) -> None:
        """Review until the clock says so."""
        await asyncio.sleep(self._chance.random() * self._pace)
        page = await self._ask("page", "GET", f"/works/{self._work}/review?queue={self._queue}")
        found = WORD.search(page)
        self._word = found[1] if found else ""
        while time.monotonic() < until:
            page = await self._passage(page, until)

    async def _passage(self, page: str, until: float) -> str:
        about = {name: html.unescape(value) for name, value in CELLS.findall(page)}
        segment = about.get("passage", "")
        if not segment:
            await asyncio.sleep(self._pace / 2)
            return await self._ask("open", "GET", f"/works/{self._work}/review?queue={self._queue}", htmx=True)
        to = f"/works/{self._work}/passages/{segment}"
        await self._ask("suggestions", "GET", f"{to}/suggestions", htmx=True)
        self._count += 1
        word = f"w{self._number}n{self._count}"
        pieces = json.loads(about.get("pieces") or "[]") or json.loads(about["copied"])
        sent = {"queue": self._queue, "segment": segment, "seen": about.get("seen", "")}
        for step in range(1, DRAFTS + 1):
            await self._think()
            sent["pieces"] = json.dumps([*pieces, f" {word}"[: len(word) + 1 if step == DRAFTS else step + 1]])
            await self._ask("typing", "POST", f"{to}/jot", sent, htmx=True)
        await self._think()
        self._seen.unsure.append((segment, word))
        answer = await self._ask("approve", "POST", f"{to}/approve", sent, htmx=True)
        after = dict(CELLS.findall(answer)).get("passage", "")
        if after == segment and "overtaken" in answer:
            self._seen.overtaken += 1
            self._seen.unsure.remove((segment, word))
            return await self._ask("next", "POST", f"/works/{self._work}/review", sent, htmx=True)
        self._seen.unsure.remove((segment, word))
        self._seen.approved.append((segment, word))
        return answer

    async def _think(self) -> None:
        await asyncio.sleep(self._pace / (DRAFTS + 1) * (0.5 + self._chance.random()))

    async def _ask(self, kind: str, method: str, path: str, fields: dict[str, str] | None = None, *, htmx: bool = False) -> str:
        headers = {"origin": str(self._client.base_url).rstrip("/")} | ({"hx-request": "true", "x-form-word": self._word} if htmx else {})
        began = time.monotonic()
        answer = await self._client.request(method, path, data=fields, headers=headers)
        if began >= self._timed:
            self._seen.times.setdefault(kind, []).append(1000 * (time.monotonic() - began))
        self._seen.statuses[answer.status_code] += 1
        if answer.status_code != 200:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        return answer.text


async def herd(told: dict[str, Any]) -> Seen:
    """Some of the people, in this process."""
    seen, until = Seen(), time.monotonic() + told["seconds"]
    clients = [
        httpx.AsyncClient(base_url=told["address"], cookies={told["cookie"]: token}, timeout=60, trust_env=False, limits=httpx.Limits(max_connections=2))
        for _, token, _ in told["people"]
    ]
    people = [Reviewer(number, client, told["work"], queue, told["pace"], seen) for (number, _, queue), client in zip(told["people"], clients, strict=True)]
    try:
        await asyncio.gather(*(one.work(until) for one in people))
    finally:
        for client in clients:
            await client.aclose()
    return seen


@contextmanager
def desk(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A desk with accounts in a process of its own, and its address."""
    command = [sys.executable, "-m", "translate", "serve", "--accounts", "--port", "0", "--no-open", "--json", "--out", str(folder / "output")]
    environment = {**os.environ, "DRAGOMAN_HOME": str(folder / "home"), "DRAGOMAN_WORKSPACE": str(folder / "workspace.db"), "OPENAI_API_KEY": "bench"}
    with (folder / "desk.txt").open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True)
        try:
            said = process.stdout.readline() if process.stdout else ""
            yield process, json.loads(said)["address"]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)
            if process.stdout is not None:
                process.stdout.close()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a trial gave. ``slow`` is the 95th percentile in milliseconds, ``kinds`` the same with the median for each kind of request."""

    people: int
    seconds: float
    requests: int
    slow: float
    kinds: dict[str, tuple[int, float, float]]
    faults: int
    approved: int
    overtaken: int
    lost: int
    doubled: int
    translated: int
    cpu: float

    @property
    def reached(self) -> bool:
        """Whether every number is what it must be."""
        return not (self.lost or self.doubled or self.faults) and self.slow <= WANTED and self.approved > 0 and self.translated > 0


def trial(folder: Path, *, people: int, seconds: float, pace: float, paragraphs: int = 60) -> Outcome:
    """Let so many people work for so many seconds on one work while a run goes on."""
    book = made.write(folder / "book.epub", chapters=CHAPTERS, paragraphs=paragraphs)
    work, store, _ = prepare(book, target=find("de"), source_language=None, out=folder / "output")
    store.close()
    accounts = People(folder / "workspace.db")
    accounts.add("Olga", Role.OWNER, password="correct horse battery")
    tokens = [(accounts.add(f"Reviewer {number}", Role.REVIEWER).name, number) for number in range(people)]
    sessions = [(number, accounts.begin(name), _queue(number, people)) for name, number in tokens]
    owner = accounts.begin("Olga")
    accounts.close()
    with serving(folder / "model.jsonl", "--delay", "0.5", "--per-token", "0.01", "--slots", "4") as model, desk(folder) as (process, address):
        cookie = f"dragoman-{address.rsplit(':', 1)[-1]}"
        _begin(address, cookie, owner, key_of(work), model.address)
        _writing(work.store)
        told = {"address": address, "cookie": cookie, "work": key_of(work), "seconds": seconds + WARM, "pace": pace}
        herds = [_send(told | {"people": sessions[number::HERDS]}) for number in range(min(HERDS, people))]
        answers = [_hear(one) for one in herds]
        cpu = _cpu(process.pid)
    return _told(work.store, answers, people=people, seconds=seconds, cpu=cpu, log=(folder / "desk.txt").read_text(encoding="utf-8"))


def _queue(number: int, people: int) -> str:
    return "doubtful" if number % 2 else f"chapter:OEBPS/c{1 + number // (2 * FIVE) % CHAPTERS}.xhtml"


def _begin(address: str, cookie: str, owner: str, key: str, model: str) -> None:
    """The owner starts the run."""
    with httpx.Client(base_url=address, cookies={cookie: owner}, timeout=60, trust_env=False) as client:
        found = WORD.search(client.get("/").text)
        fields = {"form_word": found[1] if found else "", "model": "hosted", "model_name": "bench", "base_url": model, "jobs": "4"}
        answer = client.post(f"/works/{key}/run", data=fields, headers={"origin": address})
        if answer.status_code != 303:
            raise RuntimeError(f"The run did not begin: {answer.status_code} {answer.text[:500]}")


def _writing(path: Path) -> None:
    """Wait until the run has read the work and writes."""
    until = time.monotonic() + PATIENCE
    with Store.open(path, readonly=True) as store:
        while not (store.totals().done or store.totals().flagged):
            if time.monotonic() > until:
                raise RuntimeError("The run wrote nothing.")
            time.sleep(0.5)


def _send(told: dict[str, Any]) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.reviewers", "--herd"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    if process.stdin is not None:
        process.stdin.write(json.dumps(told))
        process.stdin.close()
    return process


def _hear(process: subprocess.Popen[str]) -> dict[str, Any]:
    said = ""
    if process.stdout is not None:
        with process.stdout as answers:
            said = answers.read()
    if process.wait(120):
        raise RuntimeError("People had to give up: what they say stands above.")
    return dict(json.loads(said))


def _cpu(pid: int) -> float:
    """Seconds of CPU of a process so far."""
    cells = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[-1].split()
    return (int(cells[11]) + int(cells[12])) / os.sysconf("SC_CLK_TCK")


def _told(path: Path, answers: Sequence[dict[str, Any]], *, people: int, seconds: float, cpu: float, log: str) -> Outcome:
    times: dict[str, list[float]] = {}
    for answer in answers:
        for kind, found in answer["times"].items():
            times.setdefault(kind, []).extend(found)
    approved = Counter((segment, word) for answer in answers for segment, word in answer["approved"])
    unsure = {(segment, word) for answer in answers for segment, word in answer["unsure"]}
    kept, machine = _kept(path)
    every = [one for found in times.values() for one in found]
    faults = sum(number for answer in answers for status, number in answer["statuses"].items() if int(status) >= 400) + log.count("Traceback")
    kinds = {kind: (len(found), *_shares(found)) for kind, found in sorted(times.items())}
    lost = sum((approved - kept).values())
    doubled = sum(number for one, number in (kept - approved).items() if one not in unsure)
    overtaken = sum(answer["overtaken"] for answer in answers)
    return Outcome(people, seconds, len(every), _shares(every)[1], kinds, faults, sum(approved.values()), overtaken, lost, doubled, machine, cpu)


def _kept(path: Path) -> tuple[Counter[tuple[str, str]], int]:
    """Every approval that the store holds (segment, word), of which the last is what stands; and how many passages the run translated.

    A wording that stands and is not the last that a person approved counts as one that nobody approved.
    """
    kept: Counter[tuple[str, str]] = Counter()
    machine = 0
    with Store.open(path, readonly=True) as store:
        for pair in store.pairs():
            words = [" ".join(str(run) for run in one.target if isinstance(run, str)).split()[-1] for one in store.history(pair.segment.id) if isinstance(one, Review)]
            kept.update((pair.segment.id, word) for word in words)
            if words and (pair.draft is None or pair.draft.text.split()[-1] != words[-1]):
                kept[pair.segment.id, "does not stand"] += 1
            machine += not words and pair.draft is not None
    return kept, machine


def _shares(found: Sequence[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    if len(found) < 2:
        return (found[0], found[0]) if found else (0.0, 0.0)
    cuts = quantiles(found, n=20)
    return cuts[9], cuts[18]


def table(outcome: Outcome) -> str:
    """The outcome as Markdown."""
    load = os.getloadavg()[0]
    rows = [
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, load {load:.1f}, Python {sys.version.split()[0]}: {outcome.people} people for {outcome.seconds:.0f} s.",
        "",
        f"| {outcome.people} people at once, a run beside | measured | wanted |",
        "|---|---|---|",
        f"| approvals that were answered | {outcome.approved:,} |  |",
        f"| of them lost | {outcome.lost} | 0 |",
        f"| doubled, or standing though nobody approved them | {outcome.doubled} | 0 |",
        f"| second on a passage, and told so | {outcome.overtaken} |  |",
        f"| errors | {outcome.faults} | 0 |",
        f"| passages that the run translated meanwhile | {outcome.translated:,} |  |",
        f"| answers, {outcome.requests:,}: 95 of 100 within | {outcome.slow:.0f} ms | ≤ {WANTED:.0f} ms |",
    ]
    rows += [f"| {kind}, {number:,}: median, 95 of 100 within | {middle:.0f} ms, {slow:.0f} ms |  |" for kind, (number, middle, slow) in outcome.kinds.items()]
    rows.append(f"| CPU of the desk, the run included | {outcome.cpu:.1f} s |  |")
    return "\n".join(rows)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reviewers", description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pace", type=float, default=6)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--herd", action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.herd:
        seen = asyncio.run(herd(json.load(sys.stdin)))
        print(json.dumps({one.name: getattr(seen, one.name) for one in fields(seen)}))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        outcome = trial(Path(folder), people=wanted.people, seconds=wanted.seconds, pace=wanted.pace)
    text = table(outcome)
    print(text)
    if wanted.write:
        replace_section(wanted.write, "reviewers", text)
    return 0 if outcome.reached else 1


if __name__ == "__main__":
    sys.exit(main())
