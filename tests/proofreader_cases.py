"""Cases of the proofreader: the spelling of their files."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from tests.check_cases import facts_of, runs_of
from translate.checks import Facts
from translate.document import Draft, Kind, Marker, Runs, Segment
from translate.proofreader import Passage

CASES = Path(__file__).parent / "cases" / "proofreader"


def load_cases(name: str) -> dict[str, list[dict[str, Any]]]:
    """The case file of a reading."""
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


def passages_of(case: dict[str, Any]) -> list[Passage]:
    """The passages of a case: ``[source, target]``, then its kind, then "approved" where a person wrote it; their ids are "s0", "s1" …"""
    return [passage(number, *row) for number, row in enumerate(case["passages"])]


def passage(number: int, source: str, target: str, kind: str = "paragraph", status: str = "accepted") -> Passage:
    """One passage; an atom is a note of its own number, and a pair of markers is italics."""
    segment = Segment(f"s{number}", "chapter.xhtml", f"/{number}", Kind(kind), named(runs_of(source)))
    return Passage(segment, Draft(segment.id, named(runs_of(target))), status)


def named(runs: Runs) -> Runs:
    """The runs with names on their markers."""
    return tuple(_named(run) if isinstance(run, Marker) else run for run in runs)


def _named(marker: Marker) -> Marker:
    return Marker(marker.kind, marker.number, "note", str(marker.number)) if marker.kind == "atom" else Marker(marker.kind, marker.number, "em")


def facts(case: dict[str, Any]) -> Facts:
    """The languages and the glossary of a case."""
    return facts_of(case)
