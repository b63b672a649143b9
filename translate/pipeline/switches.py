"""Checks that a user has switched off for a work: kept with its runs, so that what is shown, built and done again agrees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from translate import assessor, checker, proofreader
from translate.checks import ALL, NEIGHBOURS
from translate.document import Finding
from translate.errors import SettingError
from translate.pipeline.judge import Judge
from translate.store import Choice, Outcome, Pair, Rejudged, Store

SETTING = "without"
NONE = "none"
"""The word that switches all checks on again."""

NAMES: tuple[str, ...] = (*(check.name for check in ALL), *(check.name for check in NEIGHBOURS), *sorted(proofreader.NAMES), assessor.NAME)
"""Every check that can be switched off."""

BATCH = 500


def read(wanted: Sequence[str], *, more: Iterable[str] = ()) -> frozenset[str]:
    """The names as a set; ``more`` are names that are known besides ``NAMES``. Raises ``SettingError``, with all names, where one is no check's."""
    known = sorted({*NAMES, *more})
    for name in wanted:
        if name not in known and name != NONE:
            raise SettingError(f"There is no check '{name}' to switch off. The checks are: {', '.join(known)}.")
    return frozenset(wanted) - {NONE}


def kept(store: Store) -> frozenset[str]:
    """What was switched off in the work's last run."""
    runs = store.runs()
    return frozenset(dict(runs[-1].settings).get(SETTING, "").split()) if runs else frozenset()


def earlier(store: Store) -> frozenset[frozenset[str]]:
    """What was switched off when the findings were made that stand now: in the last run that came to its end, and in what was broken off since."""
    sets: set[frozenset[str]] = set()
    for run in reversed(store.runs()):
        sets.add(frozenset(dict(run.settings).get(SETTING, "").split()))
        if run.outcome:
            break
    return frozenset(sets)


def settled(wanted: Sequence[str], store: Store) -> frozenset[str]:
    """What is switched off now: what was asked for, else what was kept. Raises ``SettingError`` as ``read`` does."""
    return read(wanted) if wanted else kept(store)


def rejudge(store: Store, judge: Judge, before: frozenset[frozenset[str]]) -> None:
    """Bring what stands in the work from ``earlier`` switches to ``judge``'s: findings of checks that are off now go, those of checks that are on again come back.

    Nothing is asked of a model, and what a person approved stays approved. What the whole work shows comes back when it is proofread.
    """
    if before <= {judge.without}:
        return
    again = frozenset().union(*before) - judge.without
    rejudged: list[Rejudged] = []
    choices: list[Choice] = []
    for pair in store.pairs():
        if pair.draft is None or pair.state.draft is None or pair.status == "pending":
            continue
        had = (*pair.findings, *(one.finding for one in pair.dismissed))
        now = _findings(pair, had, judge, again)
        if now != had:
            rejudged.append(Rejudged(pair.state.draft, now))
            if pair.status != "approved":
                why = "checks were switched on or off"
                choices.append(Choice(pair.segment.id, checker.verdict(now), earlier=pair.state.draft, dependency=pair.state.dependency, why=why))
    for start in range(0, len(rejudged), BATCH):
        ids = {one.draft for one in rejudged[start : start + BATCH]}
        store.commit(Outcome(rejudged=tuple(rejudged[start : start + BATCH]), choices=tuple(one for one in choices if one.earlier in ids))).result()


def look_again(store: Store, judge: Judge, segments: Iterable[str]) -> None:
    """Have the checks look at wordings that people approved before a term or a style line changed: where they disagree now, that is a finding, and the wording stays."""
    rejudged: list[Rejudged] = []
    for pair in (store.pair(segment) for segment in segments):
        if pair.draft is None or pair.state.draft is None:
            continue
        had = tuple(one for one in (*pair.findings, *(one.finding for one in pair.dismissed)) if one.check != "outdated")
        others = (finding for finding in had if finding.check in proofreader.NAMES or finding.check == assessor.NAME)
        now = (*judge.findings(pair.segment, pair.draft, judge.terms(pair.segment)), *others)
        if now != had:
            rejudged.append(Rejudged(pair.state.draft, now))
    if rejudged:
        store.commit(Outcome(rejudged=tuple(rejudged))).result()


def _findings(pair: Pair, had: Sequence[Finding], judge: Judge, again: frozenset[str]) -> tuple[Finding, ...]:
    """What is told of a pair from now on; ``again`` are checks that were off and are on."""
    left = tuple(finding for finding in had if finding.check not in judge.without and finding.check != "outdated")
    if not again or pair.draft is None:
        return left
    seen = {(finding.check, finding.message) for finding in left}
    more = judge.findings(pair.segment, pair.draft, judge.terms(pair.segment))
    return (*left, *(finding for finding in more if finding.check in again and (finding.check, finding.message) not in seen))
