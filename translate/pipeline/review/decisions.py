"""What a reviewer decides: a wording approved as it is or changed, taken back, put back; and what she types before she does."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from translate.document import UNFIT, Draft, Finding, Marker, Runs, Segment, markers, normal
from translate.errors import SettingError, StoreError
from translate.pipeline import known, memories
from translate.pipeline.works import Folder
from translate.prompts import spelling
from translate.store import Jotting, Review, Store

LONGEST = 200_000
"""Characters of a wording; no passage is longer."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A wording that stands from now on, and what the checks see in it (a person's word stands all the same)."""

    review: Review
    findings: tuple[Finding, ...]


def approve(store: Store, folder: Folder, segment: str, *, who: str, seen: int | None, target: Runs | None = None, note: str = "") -> Decided:
    """Approve the wording that stands, or ``target`` in its place. ``seen`` is the draft that she had before her.

    Raises ``SettingError`` where there is nothing to approve or the formatting is not that of the source, ``Overtaken`` where another wording stands by now: what she typed is kept then.
    """
    pair = store.pair(segment)
    wording = target if target is not None else (pair.draft.target if pair.draft is not None else None)
    if wording is None or not any(not isinstance(run, str) or run.strip() for run in wording):
        raise SettingError(f"There is no wording for {segment} to approve: write one first.")
    fits(pair.segment, wording)
    judge = known.present_judge(store)
    findings = judge.findings(pair.segment, Draft(segment, wording, origin="person"), judge.terms(pair.segment))
    try:
        review = store.review(segment, wording, who=who, note=note, findings=findings, seen=seen)
    except StoreError:
        if target is not None:
            store.reviewing.jot(segment, who, wording, seen=seen)
        raise
    store.reviewing.unjot(segment, who)
    with suppress(StoreError):  # the wording is kept; the memory takes it in with the next run
        memories.remember_one(store, folder, segment)
    return Decided(review, findings)


def look(store: Store, segment: str, target: Runs) -> tuple[Finding, ...]:
    """What the checks see in a wording that is not decided on."""
    pair, judge = store.pair(segment), known.present_judge(store)
    return judge.findings(pair.segment, Draft(segment, target, origin="person"), judge.terms(pair.segment))


def jot(store: Store, segment: str, target: Runs, *, who: str, seen: int | None) -> Jotting | None:
    """Keep what she has typed so far; forgotten where it is what stands."""
    pair = store.pair(segment)
    if pair.draft is not None and normal(target) == pair.draft.target and pair.state.draft == seen:
        store.reviewing.unjot(segment, who)
        return None
    return store.reviewing.jot(segment, who, normal(target), seen=seen)


def restore(store: Store, folder: Folder, segment: str, draft: int, *, who: str, seen: int | None) -> Decided:
    """Approve an earlier wording again. Raises ``SettingError`` where the draft is not of this segment."""
    there = store.reviewing.draft(draft)
    if there is None or there[0] != segment:
        raise SettingError(f"{draft} is no earlier wording of {segment}: dragoman explain lists them.")
    return approve(store, folder, segment, who=who, seen=seen, target=there[1], note="an earlier wording, put back")


def reopen(store: Store, segment: str, *, who: str, seen: int | None) -> None:
    """Take an approval back: what stood before stands again. Raises ``SettingError`` where nobody had approved it, ``Overtaken`` as ``approve`` does."""
    if not store.reopen(segment, who=who, seen=seen):
        raise SettingError(f"{segment} is not approved, so there is nothing to take back.")


def runs_of(segment: Segment, pieces: object) -> Runs:
    """A wording as a page sends it: a list of texts and of ``[kind, number]`` for a handle. Raises ``SettingError`` where it is none of that."""
    known_ones = {(marker.kind, marker.number): marker for marker in markers(segment.source)}
    out: list[str | Marker] = []
    for piece in pieces if isinstance(pieces, list) else [None]:
        if isinstance(piece, str):
            out.append(UNFIT.sub("", piece.replace("\r", "")))
        elif isinstance(piece, list) and len(piece) == 2 and isinstance(piece[0], str) and isinstance(piece[1], int) and tuple(piece) in known_ones:
            out.append(known_ones[tuple(piece)])
        else:
            raise SettingError(f"The wording of {segment.id} could not be read: load the page again. What you typed before is kept.")
    runs = normal(out)
    if sum(len(run) for run in runs if isinstance(run, str)) > LONGEST:
        raise SettingError(f"The wording of {segment.id} is longer than {LONGEST:,} characters: nothing was changed.")
    return runs


def fits(segment: Segment, target: Runs) -> None:
    """Raises ``SettingError`` where the handles are not those of the source, each once."""
    spelt = spelling.choose(run for run in segment.source if isinstance(run, str))
    wanted, found = (sorted(spelt.marker(marker) for marker in markers(runs)) for runs in (segment.source, target))
    if wanted != found:
        lacking = [one for one in wanted if one not in found]
        more = [one for one in found if found.count(one) > wanted.count(one)]
        raise SettingError(
            f"The formatting of {segment.id} must hold each of these once: {' '.join(wanted) or 'none'}. "
            + (f"Missing: {' '.join(lacking)}. " if lacking else "")
            + (f"Too many: {' '.join(dict.fromkeys(more))}. " if more else "")
            + "Nothing was changed."
        )
