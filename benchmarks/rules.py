"""What it takes to make a correction the rule, and to take it back, where it touches thousands of places of a large work: by processor time."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from benchmarks import large
from benchmarks.tables import Row, dated, markdown, plain, replace_section
from translate.pipeline import rules
from translate.store import Store

T = TypeVar("T")
SEGMENTS, NAMES = 100_000, 2
SHOWN = 200
PACE = 0.004
"""Seconds of the processor for each place, at most: each is checked twice, without the rule and under it."""


def timed(call: Callable[[], T]) -> tuple[T, float]:
    """What a call gives, and its seconds of the processor, those of the writer's thread too."""
    began = time.process_time()
    return call(), time.process_time() - began


def rows(segments: int = SEGMENTS) -> list[Row]:
    """The measurement, on a work of so many passages."""
    with tempfile.TemporaryDirectory() as folder:
        work = large.made(Path(folder), segments, names=NAMES)
        place = work.place
        with Store.open(place.store) as store:
            store.reviewing.index()
        (first, *_), shown = timed(lambda: rules.propose(place, work.segment, most=SHOWN))
        source = first.lesson.source or "Kelpie1"
        applied, accepted = timed(lambda: rules.accept(place, work.segment, source=source, who="bench"))
        back, undone = timed(lambda: rules.undo(place, applied.rule, who="bench"))
    touched = len(applied.mended) + len(applied.waiting)
    note = f"{touched:,} places of {segments:,} passages; {len(applied.mended):,} mended by code"
    return [
        Row(f"To show a rule with its first {SHOWN} places", f"{shown:.1f} s", note=note),
        Row(
            "To make it the rule",
            f"{accepted:.1f} s",
            f"{PACE * 1000:.0f} ms a place",
            "",
            accepted <= PACE * touched,
            f"{1000 * accepted / max(1, touched):.1f} ms a place",
        ),
        Row("To take it back", f"{undone:.1f} s", "", "", len(back) == len(applied.mended), f"{len(back):,} passages put back"),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and say whether every number is reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--segments", type=int, default=SEGMENTS, help="passages of the work")
    parser.add_argument("--write", type=Path, help="put the table into this file, in the place of the one there")
    given = parser.parse_args(arguments)
    found = rows(given.segments)
    print(plain(found))
    if given.write:
        replace_section(given.write, "rules", dated(markdown(found)))
    return 0 if all(row.reached in (True, None) for row in found) else 1


if __name__ == "__main__":
    sys.exit(main())
