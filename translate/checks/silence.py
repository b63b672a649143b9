"""Which check speaks for which: where a passage was left in the source language, that its quotation marks are English is no second fault.

The table is data: where the check on the left has an error-level finding about the passage, findings of the checks on the right are not told.
"""

from __future__ import annotations

from collections.abc import Sequence

from translate.document import Finding

_WORDS = frozenset(["addition", "dates", "grouping", "length", "names", "negation", "numerals", "sentences", "terms", "units"])
_STYLE = frozenset(["apostrophes", "capitals", "dashes", "ellipses", "inverted", "mixed", "quotation", "spacing"])

SILENCES: dict[str, frozenset[str]] = {
    "untranslated": _WORDS | _STYLE | {"brackets", "script"},
    "script": _WORDS | _STYLE,
    "leakage": _WORDS | _STYLE,
    "shift": _WORDS | {"brackets", "files", "numbers", "questions", "truncated", "urls"},
    "repetition": frozenset(["addition", "doubled", "length", "sentences", "truncated"]),
}

WHOLE = 0.5
"""A finding speaks for others where the words it names are this share of the translation, or more: a few words left in the source explain nothing else."""


def told(findings: Sequence[Finding], target: str) -> tuple[Finding, ...]:
    """The findings of one draft (``target`` is its text) without those that another explains, in their order."""
    hushed = {name for finding in findings if _speaks_for_all(finding, target) for name in SILENCES[finding.check]}
    return tuple(finding for finding in findings if finding.check not in hushed or _speaks_for_all(finding, target))


def _speaks_for_all(finding: Finding, target: str) -> bool:
    return finding.check in SILENCES and finding.severity == "error" and len(finding.target.strip()) >= WHOLE * len(target.strip())
