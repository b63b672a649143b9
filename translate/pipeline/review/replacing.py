"""Words that are replaced in many translations at once: every place is shown before, and each is a person's decision afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translate.difference import Change, changes
from translate.document import Runs, normal, plain
from translate.errors import Overtaken, SettingError
from translate.pipeline.review import decisions
from translate.pipeline.works import Folder
from translate.store import Store

ALL = 10_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """One passage in which words would be replaced: the wording as it would be, what changes, how often, and the draft that stood when it was looked at."""

    segment: str
    seen: int | None
    target: Runs
    changes: tuple[Change, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Replaced:
    """What became of it: the passages that were changed, and those that somebody else had changed meanwhile."""

    done: tuple[str, ...]
    overtaken: tuple[str, ...]


def places(
    store: Store, words: str, instead: str, *, case: bool = True, whole: bool = False, most: int = ALL, among: Sequence[str] | None = None
) -> tuple[Place, ...]:
    """Every passage whose translation holds ``words``, with ``instead`` in their place; words across the edge of some formatting are left alone.

    Where there are more than ``most``, the first of them are given; with ``among``, only these passages are looked at.
    ``case`` tells capitals apart, ``whole`` takes whole words only. Raises ``SettingError`` where nothing is sought.
    """
    if not words.strip():
        raise SettingError("Say which words are to be replaced.")
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)" if whole else re.escape(words), 0 if case else re.IGNORECASE)
    out: list[Place] = []
    for segment in _standing(store, words, pattern) if among is None else among:
        if len(out) >= most:
            break
        pair = store.pair(segment)
        if pair.draft is None:
            continue
        target, count = _replaced(pair.draft.target, pattern, instead)
        if count and target != pair.draft.target:
            out.append(Place(segment, pair.state.draft, target, changes(pair.draft.text, plain(target)), count))
    return tuple(out)


def _standing(store: Store, words: str, pattern: re.Pattern[str]) -> Iterator[str]:
    """Every passage in whose translation the words stand as they are sought."""
    store.reviewing.index()
    return (segment for segment, text in store.reviewing.targets_with(words) if pattern.search(text))


def replace(store: Store, folder: Folder, wanted: tuple[Place, ...], *, who: str, note: str = "") -> Replaced:
    """Make the changes that were shown, each a wording of this person's. A passage that was changed meanwhile is left as it is and listed."""
    done, overtaken = [], []
    for place in wanted:
        try:
            decisions.approve(store, folder, place.segment, who=who, seen=place.seen, target=place.target, note=note)
            done.append(place.segment)
        except Overtaken:
            store.reviewing.unjot(place.segment, who)
            overtaken.append(place.segment)
    return Replaced(tuple(done), tuple(overtaken))


def _replaced(target: Runs, pattern: re.Pattern[str], instead: str) -> tuple[Runs, int]:
    count = 0
    out = []
    for run in target:
        if isinstance(run, str):
            run, here = pattern.subn(lambda _: instead, run)
            count += here
        out.append(run)
    return normal(out), count
