"""Everything that is known about one segment, for ``explain``; what was spent; what was answered before."""

from __future__ import annotations

import json
import sqlite3

from translate.document import load_runs
from translate.models.seam import Reply, Usage
from translate.store.changes import segment_key
from translate.store.coding import FINDING_COLUMNS, finding_of, load_list, unpacked
from translate.store.reader import DRAFT_COLUMNS, draft_of
from translate.store.rows import Asked, Chosen, Dismissal, Drafted, Event, Placed, Purpose, Replayed, Review, Run, Spent, Turn

ORDER = (Placed, Asked, Drafted, Review, Dismissal, Chosen)  # of events in the same millisecond: cause before effect


def runs(connection: sqlite3.Connection) -> tuple[Run, ...]:
    """All runs, oldest first."""
    rows = connection.execute("SELECT id, started, ended, outcome, settings FROM runs ORDER BY id").fetchall()
    return tuple(Run(*(*facts, tuple(json.loads(settings).items()))) for *facts, settings in rows)


def assessment(connection: sqlite3.Connection) -> dict[str, object]:
    """What an assessing model made of the work last; empty where none did."""
    row = connection.execute("SELECT value FROM assessments ORDER BY id DESC LIMIT 1").fetchone()
    return dict(json.loads(row[0])) if row else {}


def prompts(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Which prompts were used, by purpose and version, in the order of first use."""
    rows = connection.execute("SELECT purpose, prompt_hash FROM requests GROUP BY purpose, prompt_hash ORDER BY min(id)")
    return tuple(f"{purpose} {version}".strip() for purpose, version in rows)


def history(connection: sqlite3.Connection, segment: str) -> tuple[Event, ...]:
    """All events of a segment, oldest first.

    Raises ``StoreError`` where the work has no such segment.
    """
    key = segment_key(connection, segment)
    events: list[Event] = [
        *_placed(connection, key),
        *_asked(connection, key),
        *_drafted(connection, key, segment),
        *reviews(connection, key, segment),
        *_dismissed(connection, key, segment),
        *_chosen(connection, key),
    ]
    return tuple(sorted(events, key=lambda event: (event.at, ORDER.index(type(event)))))


def _placed(connection: sqlite3.Connection, key: int) -> list[Placed]:
    rows = connection.execute(
        """SELECT v.imported, v.number, d.name, p.address, p.source FROM places p JOIN documents d ON d.id = p.document JOIN versions v ON v.number = d.version
        WHERE p.segment = ? ORDER BY v.number""",
        (key,),
    )
    return [Placed(at, version, document, address, load_runs(source)) for at, version, document, address, source in rows]


def _asked(connection: sqlite3.Connection, key: int) -> list[Asked]:
    rows = connection.execute(
        """SELECT r.at, r.id, r.purpose, r.model, r.prompt_hash, r.state, r.finish, r.prompt, r.cached, r.answer, r.cost, r.error, r.request, r.reply
        FROM requests r JOIN asked a ON a.request = r.id WHERE a.segment = ? ORDER BY r.id""",
        (key,),
    )
    return [Asked(*(*facts, unpacked(request), unpacked(reply))) for *facts, request, reply in rows]


def _drafted(connection: sqlite3.Connection, key: int, segment: str) -> list[Drafted]:
    out = []
    for row in connection.execute(f"SELECT r.at, r.id, {DRAFT_COLUMNS} FROM drafts r WHERE r.segment = ? ORDER BY r.id", (key,)).fetchall():
        draft = draft_of(segment, row[2:])
        found = connection.execute(f"SELECT {FINDING_COLUMNS} FROM findings f WHERE f.draft = ? AND f.retired IS NULL ORDER BY f.id", (row[1],))
        if draft is not None:
            out.append(Drafted(row[0], row[1], draft, tuple(finding_of(line) for line in found)))
    return out


def reviews(connection: sqlite3.Connection, key: int, segment: str) -> list[Review]:
    """All that people decided about a segment, oldest first."""
    rows = connection.execute(
        """SELECT v.id, v.draft, r.target, v.source, v.who, v.at, v.note FROM reviews v JOIN drafts r ON r.id = v.draft
        WHERE v.segment = ? ORDER BY v.id""",
        (key,),
    )
    return [Review(row[0], segment, row[1], load_runs(row[2]), load_runs(row[3]), *row[4:]) for row in rows]


def _dismissed(connection: sqlite3.Connection, key: int, segment: str) -> list[Dismissal]:
    """All findings that people dismissed, also where they took that back."""
    rows = connection.execute(f"SELECT f.id, f.who, f.at, f.reason, {FINDING_COLUMNS} FROM dismissals f WHERE f.segment = ? ORDER BY f.id", (key,))
    return [Dismissal(number, segment, finding_of(finding), who, at, reason) for number, who, at, reason, *finding in rows]


def _chosen(connection: sqlite3.Connection, key: int) -> list[Chosen]:
    rows = connection.execute("SELECT at, status, draft, dependency, why FROM choices WHERE segment = ? ORDER BY id", (key,))
    return [Chosen(*row) for row in rows]


def replay(connection: sqlite3.Connection, key: str) -> Replayed | None:
    """The first reply that the exact request was given, or None."""
    row = connection.execute(
        """SELECT id, reply, finish, server_model, seconds, remarks, prompt, answer, cached, counted FROM requests
        WHERE replay_key = ? AND state = 'settled' ORDER BY id LIMIT 1""",
        (key,),
    ).fetchone()
    if row is None:
        return None
    request, reply, finish, model, seconds, remarks, prompt, answer, cached, counted = row
    usage = Usage(prompt, answer, cached, bool(counted))
    return Replayed(request, Reply(unpacked(reply), finish, usage, model, seconds, load_list(remarks)))


def spent(connection: sqlite3.Connection, run: int | None) -> Spent:
    """What the work, or one run of it, has spent and reserved."""
    where = "" if run is None else "AND run = :run"
    values = {"run": run}
    rows = connection.execute(
        f"""SELECT purpose, count(*), sum(prompt), sum(cached), sum(answer), sum(cost) FROM requests
        WHERE state = 'settled' {where} GROUP BY purpose ORDER BY purpose""",
        values,
    )
    purposes = tuple(Purpose(*row) for row in rows)
    held = {
        state: numbers
        for state, *numbers in connection.execute(
            f"""SELECT state, count(*), sum(reserved_tokens), sum(reserved_cost) FROM requests
            WHERE (state = 'open' OR state = 'failed' AND (reserved_tokens > 0 OR reserved_cost > 0)) {where} GROUP BY state""",
            values,
        )
    }
    requests, prompt, cached, answer, cost = (
        sum(getattr(purpose, name) for purpose in purposes) for name in ("requests", "prompt", "cached", "answer", "cost")
    )
    under_way, kept = held.get("open", (0, 0, 0.0)), held.get("failed", (0, 0, 0.0))
    return Spent(requests, prompt, cached, answer, float(cost), *(*under_way, *kept, purposes))


def chosen(connection: sqlite3.Connection, why: str) -> tuple[Turn, ...]:
    """Segments with a choice whose reason begins with ``why``, in the order of the last such choices."""
    columns = ", ".join(f"{of}.{name}" for of in "bn" for name in ("at", "status", "draft", "dependency", "why"))
    query = f"""WITH marked AS (SELECT segment, min(id) AS first, max(id) AS last FROM choices WHERE substr(why, 1, ?) = ? GROUP BY segment)
        SELECT s.name, l.why, {columns} FROM marked m JOIN segments s ON s.id = m.segment JOIN choices l ON l.id = m.last
        LEFT JOIN choices b ON b.id = (SELECT max(id) FROM choices WHERE segment = m.segment AND id < m.first)
        JOIN choices n ON n.id = (SELECT max(id) FROM choices WHERE segment = m.segment) ORDER BY m.last"""
    rows = connection.execute(query, (len(why), why))
    return tuple(Turn(name, reason, Chosen(*told[:5]) if told[0] is not None else None, Chosen(*told[5:])) for name, reason, *told in rows)


def unfinished(connection: sqlite3.Connection) -> dict[str, int]:
    """Pending segments of the present version with a draft, and the number of requests behind the drafts they had since they were last anything else."""
    rows = connection.execute(
        """SELECT s.name, count(DISTINCT d.request) FROM segments s JOIN drafts d ON d.segment = s.id
        WHERE s.status = 'pending' AND s.draft IS NOT NULL AND s.version = (SELECT max(number) FROM versions)
        AND d.at > coalesce((SELECT max(c.at) FROM choices c WHERE c.segment = s.id AND c.status != 'pending'), '') GROUP BY s.id"""
    )
    return dict(rows.fetchall())
