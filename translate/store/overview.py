"""Counts of the present version for those who look on: never a text, never all segments one by one in Python."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict

from translate.document import heading, load_runs
from translate.store.rows import Entry, Status, Tally, Totals

BINS = 80
"""A strip has at most so many bins; each stands for neighbouring segments."""
GRAVITY: tuple[Status, ...] = ("flagged", "pending", "accepted", "approved")


def totals(connection: sqlite3.Connection) -> Totals:
    """How many segments are in which state."""
    present = "WHERE version = (SELECT max(number) FROM versions)"
    counts: dict[str, int] = dict(connection.execute(f"SELECT status, count(*) FROM segments {present} GROUP BY status").fetchall())
    outdated: int = connection.execute(f"SELECT count(*) FROM segments {present} AND outdated").fetchone()[0]
    return Totals(counts.get("pending", 0), counts.get("accepted", 0), counts.get("flagged", 0), counts.get("approved", 0), outdated)


def tallies(connection: sqlite3.Connection, *, skip: int, most: int) -> tuple[Tally, ...]:
    """The documents of the present version that have segments, in order, with the counts and the strip of each: ``most`` of them after ``skip``."""
    documents = connection.execute(
        """SELECT id, name, kind, (SELECT max(position) FROM places WHERE document = d.id) FROM documents d
        WHERE version = (SELECT max(number) FROM versions) AND EXISTS (SELECT 1 FROM places WHERE document = d.id) ORDER BY position LIMIT ? OFFSET ?""",
        (most, skip),
    ).fetchall()
    out = []
    for key, name, kind, last in documents:
        counts: dict[str, int] = defaultdict(int)
        strip: list[Counter[str]] = [Counter() for _ in range(min(BINS, last + 1))]
        for bin, status, number in connection.execute(
            """SELECT p.position * :bins / :all, s.status, count(*) FROM places p JOIN segments s ON s.id = p.segment
            WHERE p.document = :document GROUP BY 1, 2""",
            {"bins": len(strip), "all": last + 1, "document": key},
        ):
            strip[bin][status] += number
            counts[status] += number
        state = Totals(counts["pending"], counts["accepted"], counts["flagged"], counts["approved"], 0)
        out.append(Tally(name, kind, _title(connection, key), state, tuple(_state(bin) for bin in strip if bin)))
    return tuple(out)


def entries(connection: sqlite3.Connection, *, skip: int, most: int) -> tuple[Entry, ...]:
    """The documents of the present version that have segments, in order, without any count."""
    rows = connection.execute(
        """SELECT id, name, kind FROM documents d
        WHERE version = (SELECT max(number) FROM versions) AND EXISTS (SELECT 1 FROM places WHERE document = d.id) ORDER BY position LIMIT ? OFFSET ?""",
        (most, skip),
    ).fetchall()
    return tuple(Entry(name, kind, _title(connection, key)) for key, name, kind in rows)


def _state(bin: Counter[str]) -> Status:
    """How the passages of a bin stand, as a whole: one that is flagged is seen, and one that is missing."""
    return next(status for status in GRAVITY if bin[status])


def _title(connection: sqlite3.Connection, document: int) -> str:
    """The first heading of a document, in the source's language; empty where none stands near its beginning."""
    row = connection.execute(
        "SELECT source FROM places WHERE document = ? AND position < 40 AND kind = 'heading' ORDER BY position LIMIT 1", (document,)
    ).fetchone()
    return heading(load_runs(row[0])) if row else ""


def pulse(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Numbers that change whenever anything was decided about a segment: two equal pulses mean that nothing was."""
    row = connection.execute(
        """SELECT (SELECT max(number) FROM versions), (SELECT coalesce(max(id), 0) FROM choices), (SELECT coalesce(max(id), 0) FROM reviews),
        (SELECT count(*) FROM dismissals), (SELECT count(withdrawn) FROM dismissals), (SELECT count(*) FROM runs)"""
    ).fetchone()
    return tuple(number or 0 for number in row)
