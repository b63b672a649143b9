"""Findings that a person has judged to be none: which of them hold for the texts as they are now."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping

from translate.document import Draft, Finding, Segment
from translate.store.coding import FINDING_COLUMNS, finding_of, safe
from translate.store.hashes import dismissal_key
from translate.store.rows import Dismissal

Known = Mapping[str, Dismissal]
"""Key → the dismissal that has it."""


def known(connection: sqlite3.Connection, segments: Iterable[int] | None = None) -> dict[int, dict[str, Dismissal]]:
    """The dismissals that nobody took back, by the row of their segment; of these segments only, or of all."""
    where = "" if segments is None else "AND f.segment IN (SELECT value FROM json_each(:segments))"
    rows = connection.execute(
        f"""SELECT f.segment, f.key, f.id, s.name, f.who, f.at, f.reason, {FINDING_COLUMNS} FROM dismissals f JOIN segments s ON s.id = f.segment
        WHERE f.withdrawn IS NULL {where} ORDER BY f.id""",
        {"segments": json.dumps(list(segments or ()))},
    )
    out: dict[int, dict[str, Dismissal]] = defaultdict(dict)
    for segment, key, number, name, who, at, reason, *finding in rows:
        out[segment].setdefault(key, Dismissal(number, name, finding_of(finding), who, at, reason))
    return out


def sort_out(findings: Iterable[Finding], segment: Segment, draft: Draft | None, dismissed: Known) -> tuple[tuple[Finding, ...], tuple[Dismissal, ...]]:
    """The findings that stand, and the dismissals that hold for the others."""
    left: list[Finding] = []
    held: dict[int, Dismissal] = {}
    for finding in findings:
        one = dismissed.get(key_of(finding, segment, draft))
        if one is None:
            left.append(finding)
        else:
            held[one.id] = one
    return tuple(left), tuple(held.values())


def key_of(finding: Finding, segment: Segment, draft: Draft | None) -> str:
    """What a dismissal of this finding would be held by."""
    return dismissal_key(safe(segment.text), safe(draft.text if draft else ""), finding.check, safe(finding.message))
