"""What of an assessing model's answer counts: errors that name words of the text, seen twice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from translate.assessor.asking import Look, shown
from translate.document import Finding, Severity, plain

NAME = "judge"
"""The check's name in findings."""

SAYS = "Another model, as a judge, sees an error of meaning or language"

CATEGORIES = frozenset(["mistranslation", "omission", "addition", "negation", "number", "name", "terminology", "untranslated", "grammar", "style"])
SEVERITIES: dict[str, Severity] = {"critical": "error", "major": "warning", "minor": "info"}
"""What an error's severity is as a finding's; a word that is none of these counts as major."""

WHY = 240


@dataclass(frozen=True, slots=True)
class Seen:
    """One error as the model names it. ``span`` is a verbatim piece of the side it is on, at ``place`` in the text as the model saw it."""

    category: str
    severity: str
    side: Literal["source", "target"]
    span: str
    place: int
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one answer holds: errors that count, how many were thrown away for naming no words of the text, and whether it could be read at all."""

    errors: tuple[Seen, ...] = ()
    thrown: int = 0
    readable: bool = True


def read(answer: str, look: Look) -> Verdict:
    """The errors in an answer: a JSON object, whatever is said around it."""
    rows = _rows(answer)
    if rows is None:
        return Verdict(readable=False)
    seen = [_seen(row, look) for row in rows]
    return Verdict(tuple(dict.fromkeys(one for one in seen if one is not None)), seen.count(None))


def _rows(answer: str) -> list[Any] | None:
    """The list under "errors"; None where there is none."""
    start, end = answer.find("{"), answer.rfind("}")
    try:
        value = json.loads(answer[start : end + 1])
    except ValueError:
        return None
    rows = value.get("errors") if isinstance(value, dict) else None
    return rows if isinstance(rows, list) else None


def _seen(row: Any, look: Look) -> Seen | None:
    """One error; None where its words are not in the text."""
    if not isinstance(row, dict):
        return None
    category, severity, span, why = (row[key] if isinstance(row.get(key), str) else "" for key in ("category", "severity", "span", "why"))
    span, category = span.strip(), category.strip().lower()
    if not any(map(str.isalnum, span)):
        return None
    ours, theirs = shown(look.segment.source), shown(look.target)
    side: Literal["source", "target"] = "source" if category == "omission" and span in ours else "target"
    place = (ours if side == "source" else theirs).find(span)
    if place < 0:
        return None
    known = category if category in CATEGORIES else "other"
    return Seen(known, severity if severity in SEVERITIES else "major", side, span, place, " ".join(why.split())[:WHY])


def repeated(first: Sequence[Seen], second: Sequence[Seen]) -> tuple[Seen, ...]:
    """The errors of the first vote that the second sees too: on the same side, in words that overlap."""
    return tuple(one for one in first if any(one.side == other.side and _overlap(one, other) for other in second))


def _overlap(one: Seen, other: Seen) -> bool:
    return one.place < other.place + len(other.span) and other.place < one.place + len(one.span)


def finding_of(seen: Seen, look: Look, model: str) -> Finding:
    """The error as a finding, in words for a reviewer."""
    why = f": {seen.why}" if seen.why else "."
    message = f"A judge ({model}) sees an error of the kind {seen.category} ({seen.severity}) in “{seen.span}”{why}"
    bare = plain(look.target)
    place = bare.find(seen.span) if seen.side == "target" else -1
    return Finding(
        check=NAME,
        severity=SEVERITIES[seen.severity],
        message=message,
        source=seen.span if seen.side == "source" else "",
        target=seen.span if seen.side == "target" else "",
        span=(place, place + len(seen.span)) if place >= 0 else None,
    )
