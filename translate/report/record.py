"""report.json: the same as the page, for programs, in the words of ``findings --json``."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from translate.document import Finding, plain
from translate.report.values import Assessment, Chapter, Counts, Coverage, Dismissal, Report, ReportFinding


def as_json(report: Report) -> str:
    """The report as JSON text, findings first, in reading order.

    A finding's ``source`` and ``target`` are the whole texts of the passage, ``span`` is a place in ``target`` (code points), ``source_words`` and ``target_words`` are what it means.
    """
    record = {
        "findings": [finding_record(found) for found in report.findings],
        "segments": report.counts.total,
        "states": states(report.counts),
        "title": report.title,
        "work": report.work,
        "source_name": report.source_name,
        "from": report.source_language.tag,
        "to": report.target_language.tag,
        "making": asdict(report.making),
        "coverage": coverage_record(report.coverage),
        "spending": asdict(report.spending),
        "chapters": [chapter_record(chapter) for chapter in report.chapters],
        "checks": {check.name: check.says for check in report.checks},
        "remarks": report.remarks,
        "verdict": asdict(report.verdict) if report.verdict else None,
        "glossary": [asdict(line) for line in report.glossary],
        "dismissed": [dismissal_record(past) for past in report.dismissed],
        "audit": report.audit,
        "without": list(report.off),
        "judge": assessment_record(report.assessment) | {"recall": report.assessment.recall, "precision": report.assessment.precision} if report.assessment else None,
    }
    return json.dumps(record, ensure_ascii=False, indent=1, default=datetime.isoformat).encode(errors="replace").decode() + "\n"


def assessment_record(assessment: Assessment) -> dict[str, Any]:
    """What a judge read and said, in plain values; ``Assessment(**record)`` gives it back."""
    return asdict(assessment)


def finding_record(found: ReportFinding) -> dict[str, Any]:
    """One finding as the contract has it."""
    return {
        "segment": found.segment,
        "document": found.document,
        "kind": found.kind,
        **words_of(found.finding),
        "source": plain(found.source),
        "target": None if found.target is None else plain(found.target),
        "span": found.finding.span,
    }


def dismissal_record(past: Dismissal) -> dict[str, Any]:
    """A dismissed finding: who dismissed it, when and why, and whether that still holds."""
    return {"segment": past.segment, "who": past.who, "at": past.at, "reason": past.reason, "stale": past.stale, **words_of(past.finding)}


def words_of(finding: Finding) -> dict[str, str]:
    """What the finding itself says."""
    return {
        "check": finding.check,
        "severity": finding.severity,
        "message": finding.message,
        "source_words": finding.source,
        "target_words": finding.target,
    }


def states(counts: Counts) -> dict[str, int]:
    """The five states and their number."""
    return asdict(counts)


def chapter_record(chapter: Chapter) -> dict[str, Any]:
    """One document: its name, title and how its passages stand."""
    return {"document": chapter.name, "title": chapter.title, "segments": chapter.counts.total, "states": states(chapter.counts)}


def coverage_record(coverage: Coverage) -> dict[str, Any]:
    """The account, with what is missing from it."""
    return {**asdict(coverage), "missing": coverage.missing}
