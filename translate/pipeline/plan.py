"""What a run has to do: which segments are asked for, which repeat another, which are stale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch

from translate.document import Segment, dump_runs
from translate.pipeline.judge import Judge, dependency
from translate.store import State


@dataclass(frozen=True, slots=True)
class Plan:
    """``asked`` are to be translated, in reading order; ``repeats`` maps a segment to the earlier one whose source is the same.

    ``keys`` holds the dependency key of every segment; ``stale`` those whose accepted draft was made under another; ``overruled`` approved ones under another.
    ``total`` counts the segments of the documents that were chosen, whatever their state.
    """

    asked: tuple[Segment, ...]
    repeats: Mapping[str, str]
    keys: Mapping[str, str]
    stale: frozenset[str]
    overruled: frozenset[str]
    total: int


def make(segments: Iterable[Segment], states: Mapping[str, State], judge: Judge, *, style: tuple[str, ...] = (), only: str = "", refresh: bool = False) -> Plan:
    """The plan for the segments of a work in reading order.

    ``only`` is a glob over document names; ``refresh`` asks again for everything that no person has approved.
    A segment is asked for where it is pending, or its dependency key changed; flagged ones are left until something changes.
    """
    asked: list[Segment] = []
    repeats: dict[str, str] = {}
    keys: dict[str, str] = {}
    first: dict[tuple[str, str], str] = {}
    stale: set[str] = set()
    overruled: set[str] = set()
    total = 0
    for segment in segments:
        total += chosen(segment.document, only)
        key = keys[segment.id] = dependency(segment, judge.terms(segment), style)
        state = states[segment.id]
        same = (segment.kind, dump_runs(segment.source))
        if state.status == "approved":
            first.setdefault(same, segment.id)
            if state.dependency and state.dependency != key:
                overruled.add(segment.id)
            continue
        changed = state.status != "pending" and state.dependency != key
        if changed:
            stale.add(segment.id)
        if not (state.status == "pending" or changed or refresh):
            first.setdefault(same, segment.id)
        elif chosen(segment.document, only):
            leader = first.setdefault(same, segment.id)
            if leader == segment.id:
                asked.append(segment)
            else:
                repeats[segment.id] = leader
    return Plan(tuple(asked), repeats, keys, frozenset(stale), frozenset(overruled), total)


def chosen(document: str, only: str) -> bool:
    """Whether ``only`` (a glob, or "" for all) names the document, by its whole name or its last part."""
    return not only or fnmatch(document, only) or fnmatch(document.rsplit("/", 1)[-1], only)
