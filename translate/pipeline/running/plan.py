"""What a run has to do: which segments are asked for, which repeat another, which are stale."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch

from translate.document import Segment, dump_runs
from translate.pipeline.judge import Judge, governed
from translate.store import State

Keeps = Callable[[Segment], bool]


def never(segment: Segment) -> bool:
    """No draft is known to keep its terms."""
    return False


@dataclass(frozen=True, slots=True)
class Plan:
    """``asked`` are to be translated, in reading order; ``repeats`` maps a segment to the earlier one whose source is the same.

    ``keys`` holds the dependency key of every segment; ``stale`` those whose accepted draft was made under another; ``overruled`` approved ones with terms that were approved under another, or before that was noted.
    ``rekeyed`` have a draft that needs nothing but its new key. ``total`` counts the segments of the documents that were chosen, whatever their state.
    """

    asked: tuple[Segment, ...]
    repeats: Mapping[str, str]
    keys: Mapping[str, str]
    stale: frozenset[str]
    overruled: frozenset[str]
    total: int
    rekeyed: tuple[str, ...] = ()


def make(
    segments: Iterable[Segment],
    states: Mapping[str, State],
    judge: Judge,
    *,
    keeps: Keeps = never,
    only: str = "",
    among: Collection[str] = (),
    refresh: bool = False,
    twins: Mapping[str, str] | None = None,
) -> Plan:
    """The plan for the segments of a work in reading order.

    ``only`` is a glob over document names; ``among`` names the only segments to ask for, where it is not empty; ``refresh`` asks again for everything that no person has approved.
    A segment is asked for where it is pending, or its dependency key changed; flagged ones are left until something changes.
    ``twins`` maps segments to settled ones of other documents that read alike, for a plan over a portion of a work.
    Where only terms have changed, ``keeps`` says of which segments the draft has them all as they are now: those need nothing but the new key.
    """
    asked: list[Segment] = []
    repeats = {} if refresh else dict(twins or {})
    keys: dict[str, str] = {}
    first: dict[tuple[str, str], str] = {}
    stale: set[str] = set()
    overruled: set[str] = set()
    total = 0
    rekeyed: list[str] = []
    for segment in segments:
        total += chosen(segment.document, only)
        key = keys[segment.id] = judge.key(segment)
        state = states[segment.id]
        same = (segment.kind, dump_runs(segment.source))
        if state.status == "approved":
            first.setdefault(same, segment.id)
            if judge.terms(segment) and state.dependency != key:
                overruled.add(segment.id)
            continue
        changed = state.status != "pending" and state.dependency != key
        if changed and not refresh and governed(key) == governed(state.dependency) and keeps(segment):
            rekeyed.append(segment.id)
            changed = False
        if changed:
            stale.add(segment.id)
        if not (state.status == "pending" or changed or refresh):
            first.setdefault(same, segment.id)
        elif chosen(segment.document, only) and (not among or segment.id in among) and segment.id not in repeats:
            leader = first.setdefault(same, segment.id)
            if leader == segment.id:
                asked.append(segment)
            else:
                repeats[segment.id] = leader
    return Plan(tuple(asked), repeats, keys, frozenset(stale), frozenset(overruled), total, tuple(rekeyed))


def chosen(document: str, only: str) -> bool:
    """Whether ``only`` (a glob, or "" for all) names the document, by its whole name or its last part."""
    return not only or fnmatch(document, only) or fnmatch(document.rsplit("/", 1)[-1], only)
