"""What people decided in a work, the latest first: approvals with what they changed, dismissals; whether each still stands."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from translate.document import Runs, load_runs

Kind = Literal["approved", "dismissed"]
BEFORE = """(SELECT max(d) FROM (SELECT max(c.draft) AS d FROM choices c WHERE c.segment = v.segment AND c.draft < v.draft
    UNION ALL SELECT max(w.draft) FROM reviews w WHERE w.segment = v.segment AND w.draft < v.draft))"""
"""The draft that stood before a person's."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision of a person: an approval (``before`` is what stood then, empty for nothing; ``after`` her wording) or a dismissal (of ``message``).

    ``number`` is that of the review or the dismissal, ``note`` what she said of it, ``stands`` whether it is what holds now.
    """

    kind: Kind
    number: int
    at: str
    who: str
    segment: str
    note: str
    before: Runs
    after: Runs
    message: str
    stands: bool


def decided(connection: sqlite3.Connection, *, who: str, skip: int = 0, most: int, only: tuple[str, int] = ("", 0)) -> tuple[Decided, ...]:
    """``most`` decisions after ``skip``, the latest first; of one person, where ``who`` is not empty; ``only`` is the kind and number of a single one. Segments that the present version lost are left out."""
    rows = connection.execute(
        f"""SELECT * FROM (SELECT 'approved', v.id, v.at AS at, v.who, s.name, v.note, b.target, r.target, '', s.status = 'approved' AND s.draft = v.draft
            FROM reviews v CROSS JOIN segments s ON s.id = v.segment AND s.version = (SELECT max(number) FROM versions)
            JOIN drafts r ON r.id = v.draft LEFT JOIN drafts b ON b.id = {BEFORE} WHERE :who IN ('', v.who) AND (:kind = '' OR :kind = 'approved' AND v.id = :number) ORDER BY v.id DESC LIMIT :enough)
        UNION ALL SELECT * FROM (SELECT 'dismissed', f.id, f.at AS at, f.who, s.name, f.reason, NULL, NULL, f.message, f.withdrawn IS NULL
            FROM dismissals f CROSS JOIN segments s ON s.id = f.segment AND s.version = (SELECT max(number) FROM versions)
            WHERE :who IN ('', f.who) AND (:kind = '' OR :kind = 'dismissed' AND f.id = :number) ORDER BY f.id DESC LIMIT :enough)
        ORDER BY at DESC, 2 DESC LIMIT :most OFFSET :skip""",
        {"who": who, "enough": skip + most, "most": most, "skip": skip, "kind": only[0], "number": only[1]},
    )
    return tuple(
        Decided(kind, number, at, by, segment, note, load_runs(before) if before else (), load_runs(after) if after else (), message, bool(stands))
        for kind, number, at, by, segment, note, before, after, message, stands in rows
    )
