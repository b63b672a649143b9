"""The translation memory with a million entries: how long a look-up takes, and how much memory.

    python -m benchmarks.memory [--entries N] [--folder FOLDER] [--write docs/benchmarks.md]

Makes the entries (sentences of 4 to 40 words, drawn from a vocabulary of 60,000 as Zipf's law has it, with a tenth of repeated phrases and a figure in every fifth),
then looks up 2,000 of them exactly, and 500 with one to four words changed, dropped or added, in a process of its own that did not make them.
Exits with 0 where every number is reached, with 1 where one is not. A memory that is there already (``--folder``) is used again.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from statistics import median, quantiles

from benchmarks.tables import dated, replace_section
from translate import memory
from translate.document import plain
from translate.store import Memory, Origin, TranslationMemory, Trust

EXACT, NEAR, MEGABYTES = 1.0, 50.0, 500.0
LOOKED_UP, CHANGED = 2000, 500
ORIGIN = Origin("benchmark", "benchmark", "Made sentences", "en", "de")
LETTERS = "etaoinshrdlucmfwypvbgk"


def vocabulary(chance: random.Random) -> list[str]:
    """60,000 words, the common ones short."""
    words: dict[str, None] = {}
    while len(words) < 60_000:
        length = 2 + min(10, int(len(words) ** 0.22) + chance.randrange(3))
        words["".join(chance.choices(LETTERS, weights=range(len(LETTERS), 0, -1), k=length))] = None
    return list(words)


def sentences(count: int, seed: int) -> Iterator[str]:
    """Sentences, always the same for the same seed."""
    chance = random.Random(seed)
    words = vocabulary(chance)
    weights = list(accumulate(1 / (place + 2.7) for place in range(len(words))))
    phrases = [" ".join(chance.choices(words, cum_weights=weights, k=4)) for _ in range(2000)]
    for number in range(count):
        length = chance.randrange(4, 41)
        drawn = chance.choices(words, cum_weights=weights, k=length)
        if number % 10 == 0:
            drawn[length // 2 : length // 2] = chance.choice(phrases).split()
        if number % 5 == 0:
            drawn[chance.randrange(len(drawn))] = str(chance.randrange(2000))
        yield " ".join(drawn).capitalize() + "."


def fill(path: Path, count: int) -> float:
    """Make the memory; gives the seconds that took."""
    began = time.monotonic()
    with TranslationMemory(path) as kept:
        kept.remember(
            ORIGIN,
            (
                Memory(str(number), (text,), (f"{text[::-1]}",), "de", Trust.EDITED, at="2026-01-01T00:00:00Z", who="nobody", pieces=memory.pieces(text, "en"))
                for number, text in enumerate(sentences(count, 1))
            ),
        )
    return time.monotonic() - began


def changed(text: str, chance: random.Random) -> str:
    """The sentence with one word in ten, at least one and at most four, changed, dropped or added."""
    words = text.split()
    for _ in range(max(1, min(4, len(words) // 10))):
        place = chance.randrange(len(words))
        what = chance.randrange(3)
        words[place : place + (what != 2)] = [] if what == 1 and len(words) > 3 else [chance.choice(("wholly", "otherwise", "replaced", "anew"))]
    return " ".join(words)


def look_up(path: Path, count: int) -> dict[str, float]:
    """Look up exactly and nearly; milliseconds, the share that was found, and megabytes of this process."""
    chance = random.Random(7)
    wanted = set(chance.sample(range(count), LOOKED_UP))
    texts = [text for number, text in enumerate(sentences(count, 1)) if number in wanted]
    chance.shuffle(texts)
    exact, near, found = [], [], 0
    with TranslationMemory(path) as kept:
        for text in texts:
            began = time.perf_counter()
            hit = kept.exact((text,), language="en")
            exact.append((time.perf_counter() - began) * 1000)
            if not hit:
                raise SystemExit(f"not found: {text}")
        for text in texts[:CHANGED]:
            asked = changed(text, chance)
            began = time.perf_counter()
            candidates = kept.near(memory.pieces(asked, "en"))
            ranked = sorted(candidates, key=lambda one: -memory.nearness((asked,), one.memory.source, "en").score)
            near.append((time.perf_counter() - began) * 1000)
            found += bool(ranked) and plain(ranked[0].memory.source) == text
    return {
        "exact": median(exact),
        "exact99": quantiles(exact, n=100)[98],
        "near": median(near),
        "near99": quantiles(near, n=100)[98],
        "found": found / CHANGED,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def report(got: dict[str, float], count: int, size: float, seconds: float) -> tuple[list[str], bool]:
    """The table's lines, and whether every number is reached."""
    rows = [
        ("exact look-up, median", f"{got['exact']:.2f} ms", f"≤ {EXACT:.0f} ms", got["exact"] <= EXACT),
        ("exact look-up, 99 of 100 within", f"{got['exact99']:.2f} ms", "", True),
        ("near match (found, compared, ranked), median", f"{got['near']:.1f} ms", f"≤ {NEAR:.0f} ms", got["near"] <= NEAR),
        ("near match, 99 of 100 within", f"{got['near99']:.1f} ms", "", True),
        ("changed sentences whose original came first", f"{got['found']:.1%}", "", True),
        ("peak memory of the looking process", f"{got['megabytes']:.0f} MB", f"≤ {MEGABYTES:.0f} MB", got["megabytes"] <= MEGABYTES),
        ("file", f"{size:,.0f} MB", "", True),
        *([("making it", f"{seconds:.0f} s, {count / seconds:,.0f} entries a second", "", True)] if seconds else []),
    ]
    lines = [f"| {count:,} entries | measured | wanted |", "|---|---|---|"]
    return [*lines, *(f"| {name} | {value}{'' if good else ' ✗'} | {want} |" for name, value, want, good in rows)], all(row[3] for row in rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make, look up in a process of its own, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--write", type=Path, help="put the table into this file, in the place of the one there")
    parser.add_argument("--look-up", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.look_up:
        print(json.dumps(look_up(given.look_up, given.entries)))
        return 0
    with tempfile.TemporaryDirectory() as own:
        path = (given.folder or Path(own)) / "workspace.db"
        seconds = 0.0 if path.exists() else fill(path, given.entries)
        command = [sys.executable, "-m", "benchmarks.memory", "--look-up", str(path), "--entries", str(given.entries)]
        got = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=dict(os.environ)).stdout)
        lines, good = report(got, given.entries, path.stat().st_size / 1e6, seconds)
    print("\n".join(lines))
    if given.write:
        replace_section(given.write, "memory", dated("\n".join(lines)))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
