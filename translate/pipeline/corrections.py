"""What a person says about a segment: read, checked, and kept for good."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from translate.document import Draft, Finding, Runs, Segment
from translate.errors import SettingError, StoreError
from translate.pipeline import memories
from translate.pipeline.known import judge_of
from translate.pipeline.works import Folder
from translate.prompts import spelling
from translate.store import Store


@dataclass(frozen=True, slots=True)
class Taken:
    """A wording that was taken, as it is spelt, who gave it, when, and what the checks see in it (a person's word stands all the same)."""

    segment: str
    wording: str
    who: str
    at: str
    findings: tuple[Finding, ...]


def draft_for(folder: Folder, segment: str) -> str:
    """A sheet for an editor: the source and what is wrong as "#" lines, then the present translation."""
    with Store.open(folder.store, readonly=True) as store:
        pair = store.pair(segment)
        spelt = spelling.choose(run for run in pair.segment.source if isinstance(run, str))
        lines = [f"# {pair.segment.id} in {pair.segment.document}", f"# Source: {spelling.spell(pair.segment.source, spelt)}"]
        lines += [f"# {finding.message}" for finding in pair.findings]
        lines.append("# Write the translation below; lines with # are left out.")
        return "\n".join((*lines, spelling.spell(pair.draft.target, spelt) if pair.draft else "", ""))


def take(folder: Folder, segment: str, wording: str, *, who: str, note: str = "") -> Taken:
    """Keep ``wording`` for the segment, approved.

    Raises ``SettingError`` where it is empty or its markers are not those of the source, and ``StoreError`` where there is no such segment.
    """
    with Store.open(folder.store) as store:
        pair = store.pair(segment)
        runs = _runs(pair.segment, wording)
        judge = judge_of(store)
        findings = judge.findings(pair.segment, Draft(segment, runs, origin="person"), judge.terms(pair.segment))
        review = store.review(segment, runs, who=who, note=note, findings=findings)
        with suppress(StoreError):  # the wording is kept; the memory takes it in with the next run
            memories.remember_one(store, folder, segment)
    spelt = spelling.choose(run for run in pair.segment.source if isinstance(run, str))
    return Taken(segment, spelling.spell(runs, spelt), review.who, review.at, findings)


def _runs(segment: Segment, wording: str) -> Runs:
    if not wording.strip():
        raise SettingError(f"The wording for {segment.id} is empty: nothing was changed.")
    spelt = spelling.choose(run for run in segment.source if isinstance(run, str))
    runs, strays = spelling.read(wording, spelt, segment.source)
    wanted = sorted(spelt.marker(run) for run in segment.source if not isinstance(run, str))
    found = sorted(spelt.marker(run) for run in runs if not isinstance(run, str))
    if strays or wanted != found:
        raise SettingError(
            f"The formatting of {segment.id} must hold each of these once: {' '.join(wanted) or 'none'}. "
            f"Your wording holds: {' '.join((*found, *strays)) or 'none'}. Nothing was changed. The source: {spelling.spell(segment.source, spelt)}"
        )
    return runs
