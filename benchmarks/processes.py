"""Runs the server and Dragoman as processes of their own, and says what each took: time, CPU, memory, and what the server heard."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
POLL = 0.05
GRACE = 0.15
"""Seconds from the server's last byte to the draft on the client's disk: an answer that came later before a kill was still in flight for the client.

The end of an answer is read up to 1.2 % of its time late (``translate/models/stream.py``): 0.11 s for the longest of these, and then it is written.
"""

LIMIT = 1800.0
SUCCESS = frozenset({0, 3})


@dataclass(frozen=True, slots=True)
class Taken:
    """What one process took. ``cpu`` are seconds of user and system time, ``peak`` the most resident memory in MB, ``ended`` the wall clock when it was over or killed."""

    code: int
    wall: float
    cpu: float
    peak: float
    ended: float
    said: str


@dataclass(frozen=True, slots=True)
class Call:
    """One request as the server saw it: the passages asked, when, its tokens, and what was done wrong. ``status`` 0: the client went away; None: never answered."""

    number: int
    sources: tuple[str, ...]
    asked: float
    prompt_asked: int
    answered: float | None = None
    status: int | None = None
    prompt: int = 0
    cached: int = 0
    answer: int = 0
    words: int = 0
    fault: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bench:
    """A running server: its address and its log."""

    address: str
    log: Path

    def calls(self) -> tuple[Call, ...]:
        """Every request so far, in order."""
        return read_log(self.log)


def read_log(path: Path) -> tuple[Call, ...]:
    """The requests that a server's log tells of, in the order they came."""
    asked: dict[int, dict[str, Any]] = {}
    answered: dict[int, dict[str, Any]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        (asked if row["event"] == "asked" else answered)[row["n"]] = row
    return tuple(_call(row, answered.get(number)) for number, row in sorted(asked.items()))


def _call(asked: dict[str, Any], answered: dict[str, Any] | None) -> Call:
    call = Call(asked["n"], tuple(asked["sources"]), asked["at"], asked["prompt"])
    if answered is None:
        return call
    numbers = {name: answered.get(name, 0) for name in ("status", "prompt", "cached", "answer", "words")}
    return Call(call.number, call.sources, call.asked, call.prompt_asked, answered["at"], fault=answered["fault"] or {}, **numbers)


@contextmanager
def serving(log: Path, *options: str) -> Iterator[Bench]:
    """A benchmark server with these options, ended on leaving."""
    command = [sys.executable, "-m", "benchmarks.server", "--log", str(log), *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Bench(process.stdout.readline().strip() if process.stdout else "", log)
        finally:
            process.terminate()


def run(command: Sequence[str], folder: Path, *, stop: Callable[[], bool] | None = None) -> Taken:
    """Run a command to its end, or kill it (SIGKILL) as soon as ``stop`` says so or half an hour has passed."""
    said = folder / "said.txt"
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "OPENAI_API_KEY": "bench", "XDG_DATA_HOME": str(folder / "data"), "NO_PROXY": "127.0.0.1", "PYTHONWARNINGS": "ignore"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once, not at each start
    with said.open("w", encoding="utf-8") as out:
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, env=environment)
        killed = 0.0
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if not killed and (time.monotonic() - began > LIMIT or (stop is not None and stop())):
                killed = time.time()
                os.kill(process.pid, signal.SIGKILL)
            time.sleep(POLL)
    wall, ended = time.monotonic() - began, killed or time.time()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Taken(process.returncode, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, ended, said.read_text(encoding="utf-8"))


def translate(book: Path, bench: Bench, out: Path, *options: str, jobs: int = 16, stop: Callable[[], bool] | None = None) -> Taken:
    """``dragoman translate`` of ``book`` into German on the server, into the folder ``out``."""
    given = ["--to", "de", "--model", "hosted:bench", "--base-url", bench.address, "--jobs", str(jobs), "--out", str(out)]
    return run([sys.executable, "-m", "translate", "translate", str(book), *given, *options], out, stop=stop)


def repeated(before: Sequence[Call], after: Sequence[Call], *, usual: Sequence[Call], killed: float) -> tuple[int, int]:
    """Calls and passages of ``after`` that ask again for what was answered before the kill (at the latest ``GRACE`` seconds before it).

    A text that stands in the book several times may be asked for as often as in ``usual``, an undisturbed run.
    """
    had = Counter(source for call in before if _good(call) and call.answered is not None and call.answered < killed - GRACE for source in call.sources)
    wont = Counter(source for call in usual for source in call.sources)
    asked = Counter(had)
    calls = passages = 0
    for call in after:
        again = [source for source in call.sources if had[source] and asked[source] >= wont[source]]
        asked.update(call.sources)
        calls += bool(again)
        passages += len(again)
    return calls, passages


def _good(call: Call) -> bool:
    return call.status == 200 and not call.fault
