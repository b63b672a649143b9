"""The checker: runs the checks on a draft, mends what code can mend for certain, and says whether a mend is taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from translate.checks import ALL, MENDERS, Check, Facts, Mender, Pair, silence
from translate.checks import leakage as leaks
from translate.checks import markers as marks
from translate.checks.gravity import limited
from translate.document import SEVERITIES, Draft, Finding, Marker, Runs, Severity, normal, plain

Badness = tuple[int, int, int]
"""How many errors, warnings and remarks; a smaller one is better."""


SPOKEN_FOR = 3
"""A passage left in the source must not look better than a translation with a wrong number and a warning."""


def check(pair: Pair, facts: Facts, *, checks: Iterable[Check] = ALL) -> tuple[Finding, ...]:
    """What the checks find in a draft, in the order of the checks, without what another finding explains; the same for the same pair and facts."""
    return silence.told([limited(finding) for one in checks for finding in one(pair, facts)], plain(pair.draft.target))


def rank(findings: Iterable[Finding]) -> Badness:
    """How bad the findings are together: errors before warnings before remarks. An error that may stand for others counts like ``SPOKEN_FOR`` of them more."""
    findings = tuple(findings)
    severities = [finding.severity for finding in findings]
    severities += ["error"] * (SPOKEN_FOR * sum(finding.severity == "error" and finding.check in silence.SILENCES for finding in findings))
    return severities.count("error"), severities.count("warning"), severities.count("info")


def verdict(findings: Iterable[Finding]) -> Literal["accepted", "flagged"]:
    """ "flagged" where there is an error or a warning, else "accepted": what is in the book is free of both, or named."""
    errors, warnings, _ = rank(findings)
    return "flagged" if errors or warnings else "accepted"


def better(new: Iterable[Finding], old: Iterable[Finding]) -> bool:
    """Whether a mend is taken: it removes a finding, and adds none as severe as the worst it removes.

    Findings are the same where check and message agree, so that a message which names other words is a new finding.
    """
    after, before = {_key(finding): finding for finding in new}, {_key(finding): finding for finding in old}
    removed = [SEVERITIES.index(before[key].severity) for key in before if key not in after]
    added = [SEVERITIES.index(after[key].severity) for key in after if key not in before]
    if not removed:
        return False
    return (
        not added or (min(added) > min(removed)) or (min(added) == min(removed) and rank(after.values()) < rank(before.values()) and _narrower(before, after))
    )


def _key(finding: Finding) -> tuple[str, str]:
    return finding.check, finding.message


def _narrower(before: dict[tuple[str, str], Finding], after: dict[tuple[str, str], Finding]) -> bool:
    """Whether only checks complain that complained before: three numbers were wrong, one still is, in other words."""
    return {check for check, _ in after} <= {check for check, _ in before}


def sentences_for_model(findings: Iterable[Finding]) -> tuple[str, ...]:
    """What a model is told when it is asked again: the errors and warnings, the gravest first, each once."""
    return tuple(dict.fromkeys(finding.message for finding in worst_first(findings) if finding.severity != "info"))


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, the gravest first, otherwise in their order."""
    order: dict[Severity, int] = {severity: place for place, severity in enumerate(SEVERITIES)}
    return tuple(sorted(findings, key=lambda finding: order[finding.severity]))


# --- mending by code -----------------------------------------------------------------------------------------------


def fix(pair: Pair, facts: Facts, *, menders: Sequence[Mender] = MENDERS) -> Draft:
    """The draft, mended where code is certain; the very same draft where there is nothing to mend.

    Mended are: words around the translation (thinking, a fence, a preamble, a remark after it, an id), markers spelt with spaces, doubled spaces, white space at the edges,
    and what the checks mend that they find (quotation marks, apostrophes, dashes, spaces before marks, signs of markup, hidden characters).
    A mended draft has the origin "code"; mending it once more changes nothing.
    """
    source, target = pair.segment.source, pair.draft.target
    if pair.draft.origin == "person":
        return pair.draft
    bare = _bare(target, source)
    mended = _settled(bare, pair, facts, menders)
    strays = tuple(stray for stray in pair.draft.strays if not _is_spelt(stray, target, mended))
    if mended == target and strays == pair.draft.strays:
        return pair.draft
    return replace(pair.draft, target=mended, strays=strays, origin="code")


def _is_spelt(stray: str, before: Runs, after: Runs) -> bool:
    """Whether a stray piece stood in the text and has become a marker."""
    return stray in plain(before) and stray not in plain(after)


def _bare(target: Runs, source: Runs) -> Runs:
    """Without what is around the translation."""
    return _tidy(marks.mend(_peeled(target, plain(source)), source), source)


ROUNDS = 4


def _settled(bare: Runs, pair: Pair, facts: Facts, menders: Sequence[Mender]) -> Runs:
    """With what the checks can mend by themselves, when that comes to rest; a text that would be mended differently each time is left as it is."""
    target = bare
    for _ in range(ROUNDS):
        mended = _bare(_styled(target, pair, facts, menders), pair.segment.source)
        if mended == target:
            return target
        target = mended
    return bare


def _styled(target: Runs, pair: Pair, facts: Facts, menders: Sequence[Mender]) -> Runs:
    """Mended by each check in turn; not where nothing would be left, nor in a text that is the source's own."""
    if plain(target) == pair.segment.text:
        return target
    for check in menders:
        mended = check.fix(Pair(pair.segment, replace(pair.draft, target=target)), facts)
        if mended is not None and any(map(str.isalnum, plain(mended))):
            target = mended
    return target


_FIRST = 0x100000
"""Private characters from here on stand for markers while a text is worked on as one string."""


def _peeled(target: Runs, source: str) -> Runs:
    """Without what the model said around the translation."""
    text = "".join(run if isinstance(run, str) else chr(_FIRST + place) for place, run in enumerate(target))
    if any(ord(char) >= _FIRST for run in target if isinstance(run, str) for char in run):
        return target
    peeled = leaks.peel(text, source)
    if peeled == text:
        return target
    return normal(piece if not _stands(piece) else target[ord(piece) - _FIRST] for piece in re.split(f"([{chr(_FIRST)}-{chr(0x10FFFF)}])", peeled))


def _stands(piece: str) -> bool:
    return len(piece) == 1 and ord(piece) >= _FIRST


def _tidy(target: Runs, source: Runs) -> Runs:
    """With single spaces where the source has single ones, and the source's own white space at the edges."""
    runs: list[str | Marker] = list(target)
    if not any("  " in run for run in source if isinstance(run, str)):
        runs = [re.sub(r" {2,}", " ", run) if isinstance(run, str) else run for run in runs]
    if runs and isinstance(runs[0], str) and plain(target).strip():
        runs[0] = _edge(source, 0) + runs[0].lstrip()
    elif _edge(source, 0) and plain(target).strip():
        runs.insert(0, _edge(source, 0))
    if runs and isinstance(runs[-1], str) and plain(target).strip():
        runs[-1] = runs[-1].rstrip() + _edge(source, -1)
    elif _edge(source, -1) and plain(target).strip():
        runs.append(_edge(source, -1))
    return normal(runs)


def _edge(source: Runs, place: Literal[0, -1]) -> str:
    """The white space with which the source begins (0) or ends (-1)."""
    run = source[place] if source else ""
    if not isinstance(run, str) or not run.strip():
        return ""
    return run[: len(run) - len(run.lstrip())] if place == 0 else run[len(run.rstrip()) :]
