"""How often the checks speak of human translations, where nothing was planted: false alarms, and the faults that people left in."""

from __future__ import annotations

import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.goods import Good
from benchmarks.tally import proofread
from translate import checker, languages, proofreader
from translate.checks import ALL, Facts, Pair, Ratios, look
from translate.document import Finding, Severity, worst

JUDGED = Path(__file__).parent.parent / "tests" / "cases" / "human.toml"
MARKUP = frozenset(["markers"])
"""The check that compares markup, which the translators of these books changed at will: what it says is true, and no fault of words."""


@dataclass(frozen=True, slots=True)
class Alarms:
    """What is found in one untouched translation: each passage that has findings, the deviations of the whole work, and which passages a person judged to be truly wrong (``works``: as parts of the whole), with the reason."""

    name: str
    passages: int
    found: tuple[tuple[str, tuple[Finding, ...]], ...]
    deviations: tuple[proofreader.Deviation, ...]
    judged: Mapping[str, str]
    works: Mapping[str, str]

    def share(self, severity: Severity, *, markup: bool, clean: bool = False) -> float:
        """The share of passages whose gravest finding is of that severity, with the checks of markup or without, and (``clean``) without the passages judged wrong."""
        hit = 0
        for segment, findings in self.found:
            if clean and segment in self.judged:
                continue
            hit += worst(finding for finding in findings if markup or finding.check not in MARKUP) == severity
        return hit / self.passages

    @property
    def left(self) -> tuple[proofreader.Deviation, ...]:
        """The deviations of the whole work without those judged to be truly wrong."""
        return tuple(one for one in self.deviations if one.segment not in self.works)

    def by_check(self) -> Counter[tuple[str, Severity]]:
        """How many passages each check speaks of, by severity, without those judged wrong."""
        count: Counter[tuple[str, Severity]] = Counter()
        for segment, findings in self.found:
            if segment not in self.judged:
                count.update({(finding.check, finding.severity) for finding in findings})
        count.update((one.finding.check, one.finding.severity) for one in self.left)
        return count


@cache
def _verdicts() -> dict[str, Any]:
    """Book → passage → why it is truly wrong, and the same for whole works under ``works``."""
    return tomllib.loads(JUDGED.read_text(encoding="utf-8"))


def alarms(good: Good) -> Alarms:
    """Everything found in a translation, read as a run would: lengths are learnt from the passages before."""
    ratios, found = Ratios(), {}
    for pair in good.pairs:
        findings = list(checker.check(pair, Facts("en", good.target, ratios=ratios)))
        if findings:
            found[pair.segment.id] = findings
        if checker.verdict(finding for finding in findings if finding.check not in MARKUP) == "accepted":
            ratios = ratios.learn(pair.segment.kind, pair.segment.text, pair.draft.text, languages.expansion("en", good.target))
    for document in good.documents():
        for placed in look(document, good.facts):
            found.setdefault(placed.segment, []).append(placed.finding)
    rows = tuple((segment, tuple(findings)) for segment, findings in found.items())
    return Alarms(good.name, len(good.pairs), rows, proofread(good.pairs, good), _verdicts().get(good.name, {}), _verdicts()["works"].get(good.name, {}))


def costs(pairs: Iterable[Pair], facts: Facts) -> dict[str, float]:
    """Milliseconds of processor time per passage of each check, and of ``neighbours`` and ``whole work`` together; what is loaded once is loaded before."""
    row = tuple(pairs)
    spent: Counter[str] = Counter()
    for warm in (True, False):
        for check in ALL:
            begin = time.process_time()
            for pair in row:
                tuple(check(pair, facts))
            spent[check.name] = time.process_time() - begin
        begin = time.process_time()
        look(row, facts)
        spent["neighbours"] = time.process_time() - begin
        begin = time.process_time()
        proofread(row, Good("", facts.target, row))
        spent["whole work"] = time.process_time() - begin
        if warm:
            spent.clear()
    return {name: 1000 * seconds / len(row) for name, seconds in spent.items()}
