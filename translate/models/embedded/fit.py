"""Chooses threads and sequences side by side by a short measurement on the model itself.

Counting cores is no way: on a busy machine of two cores two threads spin while they wait for each other and give a sixth of what one gives.
"""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from translate.models import places
from translate.models.embedded.contract import Engine
from translate.models.seam import Request

SECONDS = 2.0
TOKENS = 10
GAIN = 1.1
"""More threads or sequences must bring at least this factor."""

PROBE = "The house is old and"
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Fit:
    """How to run a model on this machine, and the tokens per second that were measured so."""

    threads: int
    slots: int
    speed: float = 0.0


def find(engine: Engine, path: Path, *, cores: int, busy: bool, file: Path | None = None) -> Fit:
    """The fit measured before for this machine, model and load (quiet or busy), else measured now and kept.

    The engine is left with the threads of the fit. ``file`` holds what was measured (default: in the user's cache folder); it is only a cache.
    """
    file = file or places.cache_folder() / "fits.json"
    key = f"{platform.node()} {cores} {'busy' if busy else 'quiet'} {engine.name} {engine.slots} {path.name} {path.stat().st_size}"
    known = _load(file)
    if key in known:
        fit = known[key]
        engine.threads(fit.threads)
        return fit
    fit = measure(engine, cores=cores, busy=busy)
    places.write(file, json.dumps({name: asdict(each) for name, each in (known | {key: fit}).items()}, indent=1))
    return fit


def measure(engine: Engine, *, cores: int, busy: bool = False, seconds: float = SECONDS, clock: Clock = time.monotonic) -> Fit:
    """Try threads, then sequences, for about ``seconds``; what there was no time for is not taken."""
    candidates = _candidates(cores, busy)
    engine.threads(candidates[0])
    _speed(engine, 1, most=1, end=clock() + seconds, clock=clock)
    share = seconds / (len(candidates) + 1)
    best = Fit(candidates[0], 1, _speed(engine, 1, most=TOKENS, end=clock() + share, clock=clock))
    for threads in candidates[1:]:
        engine.threads(threads)
        speed = _speed(engine, 1, most=TOKENS, end=clock() + share, clock=clock)
        if speed > best.speed * GAIN:
            best = Fit(threads, 1, speed)
    end = clock() + share
    engine.threads(best.threads)
    for slots in (2, 4, 8):
        if slots > engine.slots or clock() >= end:
            break
        speed = _speed(engine, slots, most=TOKENS, end=end, clock=clock)
        if speed > best.speed * GAIN:
            best = Fit(best.threads, slots, speed)
    return best


def machine() -> tuple[int, bool]:
    """The cores that this process may use, and whether others are using half of them or more."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return cores, load > cores / 2


def _candidates(cores: int, busy: bool) -> tuple[int, ...]:
    """Numbers of threads to try, the likeliest first.

    All cores of a busy machine are not even tried: the trial alone would take a minute.
    """
    if cores <= 2:
        return (1,) if busy or cores < 2 else (1, 2)
    return (max(2, cores // 2), 1) if busy else (max(2, cores // 2), cores)


def _speed(engine: Engine, side_by_side: int, *, most: int, end: float, clock: Clock) -> float:
    """Tokens per second of ``side_by_side`` answers at once."""
    began = clock()

    def one(number: int) -> int:
        said: set[str] = set()

        def late(text: str) -> bool:
            said.add(text)
            return clock() >= end

        answer = engine.run(Request(prompt=f"{PROBE} {number}", most=most), late)
        # a stopped answer may come without its figures
        return answer.answer or len(said - {""})

    with ThreadPoolExecutor(side_by_side) as pool:
        tokens = sum(pool.map(one, range(side_by_side)))
    return tokens / max(1e-3, clock() - began)


def _load(file: Path) -> dict[str, Fit]:
    """What was measured before; a file that cannot be read is as good as none."""
    try:
        return {name: Fit(**row) for name, row in json.loads(file.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
