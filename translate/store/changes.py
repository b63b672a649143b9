"""The writes of a run and of people, each a function on the writer's connection within its transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping

from translate.document import Draft, Finding, Runs, load_runs
from translate.errors import Overtaken, StoreError
from translate.store import dismissals, ledger, reader
from translate.store.clock import now
from translate.store.coding import list_text, packed, runs_text, safe
from translate.store.hashes import digest
from translate.store.rows import Choice, Dismissal, Judged, Outcome, Rejudged, RequestRow, Review, Settled, Status, Written


def segment_key(connection: sqlite3.Connection, name: str) -> int:
    """The row of the segment with this id.

    Raises ``StoreError`` where the work has none.
    """
    row = connection.execute("SELECT id FROM segments WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise StoreError(f"'{name}' is not a segment of this work. Take an id from dragoman findings or the report.")
    return int(row[0])


def reserve(row: RequestRow, run: int | None) -> Callable[[sqlite3.Connection], int]:
    """Put a request on record before its attempt; gives its id."""

    def write(connection: sqlite3.Connection) -> int:
        cursor = connection.execute(
            """INSERT INTO requests (run, at, replay_key, purpose, model, prompt_hash, segments, request, reserved_tokens, reserved_cost)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                run,
                now(),
                row.replay_key,
                row.purpose,
                row.model,
                row.prompt_hash,
                list_text(row.segments),
                packed(row.request_json),
                row.reserved_tokens,
                row.reserved_cost,
            ),
        )
        request = cursor.lastrowid or 0
        asked = [(segment_key(connection, name), request) for name in dict.fromkeys(row.segments)]
        connection.executemany("INSERT INTO asked (segment, request) VALUES (?, ?)", asked)
        return request

    return write


def settle(connection: sqlite3.Connection, settled: Settled) -> None:
    """Put the reply and its cost in the place of the reservation."""
    reply, usage = settled.reply, settled.reply.usage
    done = connection.execute(
        """UPDATE requests SET state = 'settled', settled = ?, reply = ?, reply_hash = ?, finish = ?, server_model = ?, remarks = ?, seconds = ?,
        prompt = ?, cached = ?, answer = ?, counted = ?, cost = ?, error = '' WHERE id = ? AND state != 'settled'""",
        (
            *(now(), packed(reply.text), digest(reply.text), reply.finish, safe(reply.model), list_text(reply.remarks), reply.seconds),
            *(usage.prompt, usage.cached, usage.answer, int(usage.counted), settled.cost, settled.request),
        ),
    )
    if done.rowcount == 0:
        raise StoreError(f"request {settled.request} is not there, or was settled before: it is not settled twice.")


def fail(request: int, error: str, *, keep: bool) -> Callable[[sqlite3.Connection], None]:
    """An attempt that came to nothing; its reservation stays where it may have been billed."""

    def write(connection: sqlite3.Connection) -> None:
        freed = "" if keep else ", reserved_tokens = 0, reserved_cost = 0"
        done = connection.execute(
            f"UPDATE requests SET state = 'failed', settled = ?, error = ?{freed} WHERE id = ? AND state = 'open'", (now(), safe(error), request)
        )
        if done.rowcount == 0:
            raise StoreError(f"request {request} is not open: it cannot fail.")

    return write


def commit(outcome: Outcome, run: int | None) -> Callable[[sqlite3.Connection], Written]:
    """Store an outcome; a segment that a person has approved keeps its wording."""

    def write(connection: sqlite3.Connection) -> Written:
        if outcome.settled is not None:
            settle(connection, outcome.settled)
        drafts = tuple(add_draft(connection, judged, run) for judged in outcome.drafts)
        for rejudged in outcome.rejudged:
            _rejudge(connection, rejudged)
        refused = tuple(choice.segment for choice in outcome.choices if not _choose(connection, choice, drafts, run))
        return Written(drafts, refused, ledger.decide(outcome.ledger, run)(connection))

    return write


def add_draft(connection: sqlite3.Connection, judged: Judged, run: int | None) -> int:
    """Store a draft with its findings; gives its id."""
    draft, at = judged.draft, now()
    segment = segment_key(connection, draft.segment)
    target, source = runs_text(draft.target), _source_of(connection, segment)[1]
    cursor = connection.execute(
        """INSERT INTO drafts (segment, run, at, target, origin, model, prompt, request, finish, strays, source_exact, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            *(segment, run, at, target, draft.origin, safe(draft.model), draft.prompt, draft.request, draft.finish),
            *(list_text(draft.strays), source, draft_hash(draft, target, source)),
        ),
    )
    key = cursor.lastrowid or 0
    _add_findings(connection, segment, key, judged.findings, at)
    return key


def draft_hash(draft: Draft, target: str, source: str) -> str:
    """The hash of a draft: its segment, the source it was made for, its text as stored, and where it came from."""
    return digest(draft.segment, source, target, draft.origin, safe(draft.model), draft.prompt)


def _source_of(connection: sqlite3.Connection, segment: int) -> tuple[str, str]:
    """The segment's source as JSON, and its hash: now, or as it was last seen."""
    row = connection.execute("SELECT p.source, p.exact FROM places p JOIN segments s ON s.place = p.id WHERE s.id = ?", (segment,)).fetchone()
    return str(row[0]), str(row[1])


def _add_findings(connection: sqlite3.Connection, segment: int, draft: int | None, findings: Iterable[Finding], at: str) -> None:
    rows = [(segment, draft, at, f.check, f.severity, safe(f.message), safe(f.source), safe(f.target), *(f.span or (None, None))) for f in findings]
    connection.executemany(
        "INSERT INTO findings (segment, draft, at, check_name, severity, message, source, target, start, stop) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
    )


def _rejudge(connection: sqlite3.Connection, rejudged: Rejudged) -> None:
    segment = _segment_of_draft(connection, rejudged.draft)
    at = now()
    connection.execute("UPDATE findings SET retired = ? WHERE draft = ? AND retired IS NULL", (at, rejudged.draft))
    _add_findings(connection, segment, rejudged.draft, rejudged.findings, at)


def _segment_of_draft(connection: sqlite3.Connection, draft: int) -> int:
    row = connection.execute("SELECT segment FROM drafts WHERE id = ?", (draft,)).fetchone()
    if row is None:
        raise StoreError(f"draft {draft} is not in this store.")
    return int(row[0])


def _choose(connection: sqlite3.Connection, choice: Choice, drafts: tuple[int, ...], run: int | None) -> bool:
    """Make the choice the segment's state, unless a person has approved a wording. The check and the change are one transaction."""
    segment = segment_key(connection, choice.segment)
    draft = drafts[choice.draft] if choice.draft is not None else choice.earlier
    if draft is not None and _segment_of_draft(connection, draft) != segment:
        raise StoreError(f"draft {draft} is not of segment '{choice.segment}'.")
    done = connection.execute(
        """UPDATE segments SET status = ?, draft = ?, dependency = ?, outdated = 0, origin = (SELECT origin FROM drafts WHERE drafts.id = ?)
        WHERE id = ? AND status != 'approved'""",
        (choice.status, draft, choice.dependency, draft, segment),
    )
    if done.rowcount == 0:
        return False
    at = now()
    connection.execute("UPDATE findings SET retired = ? WHERE segment = ? AND draft IS NULL AND retired IS NULL", (at, segment))
    _add_findings(connection, segment, None, choice.findings, at)
    connection.execute(
        "INSERT INTO choices (segment, run, at, status, draft, dependency, why) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (segment, run, at, choice.status, draft, choice.dependency, safe(choice.why)),
    )
    if choice.status == "flagged":
        _settle(connection, segment, choice.segment, "what was found was dismissed before")
    return True


def dismiss(segment: str, wanted: Iterable[Finding], *, who: str, reason: str) -> Callable[[sqlite3.Connection], tuple[Dismissal, ...]]:
    """A person's word that these findings of a segment are none; what does not stand there now, or was dismissed before, is left out."""

    def write(connection: sqlite3.Connection) -> tuple[Dismissal, ...]:
        row, pair, at = segment_key(connection, segment), reader.pair(connection, segment), now()
        out: dict[str, Dismissal] = {}
        for finding in wanted:
            key = dismissals.key_of(finding, pair.segment, pair.draft)
            if finding in pair.findings and key not in out:
                texts = (safe(pair.segment.text), safe(pair.draft.text if pair.draft else ""), key)
                words = (finding.check, finding.severity, safe(finding.message), safe(finding.source), safe(finding.target), *(finding.span or (None, None)))
                cursor = connection.execute(
                    """INSERT INTO dismissals (segment, at, who, reason, check_name, severity, message, source, target, start, stop, source_text, target_text, key)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    (row, at, safe(who), safe(reason), *words, *texts),
                )
                out[key] = Dismissal(cursor.lastrowid or 0, segment, finding, who, at, reason)
        if out:
            _settle(connection, row, segment, f"{who} dismissed what was found: {reason}")
        return tuple(out.values())

    return write


def withdraw(dismissal: int, *, who: str) -> Callable[[sqlite3.Connection], bool]:
    """Take a dismissal back: its finding stands again. False where it was taken back before or never given."""

    def write(connection: sqlite3.Connection) -> bool:
        row = connection.execute("SELECT d.segment, s.name FROM dismissals d JOIN segments s ON s.id = d.segment WHERE d.id = ?", (dismissal,)).fetchone()
        done = connection.execute("UPDATE dismissals SET withdrawn = ? WHERE id = ? AND withdrawn IS NULL", (now(), dismissal))
        if done.rowcount:
            _settle(connection, row[0], row[1], f"{who} took a dismissal back")
        return bool(done.rowcount)

    return write


def _settle(connection: sqlite3.Connection, segment: int, name: str, why: str) -> None:
    """Let the segment's status follow from the findings that stand: a flagged one without any is accepted, an accepted one with some is flagged."""
    present = connection.execute("SELECT 1 FROM segments WHERE id = ? AND version = (SELECT max(number) FROM versions)", (segment,)).fetchone()
    pair = reader.pair(connection, name) if present else None
    if pair is None or pair.status not in ("accepted", "flagged"):
        return
    grave = [finding for finding in pair.findings if finding.severity != "info"]
    status: Status = "flagged" if grave else "accepted"
    if status == pair.status or (status == "accepted" and (pair.draft is None or not pair.dismissed)):
        return
    connection.execute("UPDATE segments SET status = ? WHERE id = ?", (status, segment))
    connection.execute(
        "INSERT INTO choices (segment, run, at, status, draft, dependency, why) VALUES (?, NULL, ?, ?, ?, ?, ?)",
        (segment, now(), status, pair.state.draft, pair.state.dependency, safe(why)),
    )


ANY = -1
"""Whatever draft stands: the person does not say which one she has seen."""


def review(
    segment: str, target: Runs, *, who: str, note: str, findings: tuple[Finding, ...], seen: int | None = ANY
) -> Callable[[sqlite3.Connection], Review]:
    """A person's wording: approved from now on, for the source as it is now. ``seen`` is the draft that stood when she began; raises ``Overtaken`` where it stands no more."""

    def write(connection: sqlite3.Connection) -> Review:
        key = segment_key(connection, segment)
        if seen != ANY:
            _still_stands(connection, key, segment, seen)
        source, source_exact = _source_of(connection, key)
        draft = add_draft(connection, Judged(Draft(segment, target, origin="person", model=who), findings), None)
        at, writer, remark = now(), safe(who), safe(note)
        hashed = review_hash(connection, draft, writer, at, remark)
        cursor = connection.execute(
            "INSERT INTO reviews (segment, draft, at, who, note, source, source_exact, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (key, draft, at, writer, remark, source, source_exact, hashed),
        )
        connection.execute("UPDATE segments SET status = 'approved', draft = ?, origin = 'person', dependency = '', outdated = 0 WHERE id = ?", (draft, key))
        connection.execute("UPDATE findings SET retired = ? WHERE segment = ? AND draft IS NULL AND retired IS NULL", (at, key))
        return Review(cursor.lastrowid or 0, segment, draft, target, load_runs(source), who, at, note)

    return write


def reopen(segment: str, *, who: str, seen: int | None = ANY) -> Callable[[sqlite3.Connection], bool]:
    """Take a person's approval back: what stood before stands again, with its findings. False where nobody approved the segment. Raises ``Overtaken`` as ``review`` does."""

    def write(connection: sqlite3.Connection) -> bool:
        key = segment_key(connection, segment)
        if seen != ANY:
            _still_stands(connection, key, segment, seen)
        row = connection.execute("SELECT status, draft FROM segments WHERE id = ?", (key,)).fetchone()
        if row[0] != "approved":
            return False
        earlier = connection.execute("SELECT max(id) FROM drafts WHERE segment = ? AND id < ? AND origin <> 'person'", (key, row[1])).fetchone()[0]
        status: Status = "pending" if earlier is None else "accepted"
        made = connection.execute("SELECT dependency FROM choices WHERE segment = ? AND draft IS ? ORDER BY id DESC LIMIT 1", (key, earlier)).fetchone()
        dependency = made[0] if made else ""
        connection.execute(
            """UPDATE segments SET status = ?, draft = ?, dependency = ?, outdated = 0,
            origin = (SELECT origin FROM drafts WHERE drafts.id = ?) WHERE id = ?""",
            (status, earlier, dependency, earlier, key),
        )
        connection.execute(
            "INSERT INTO choices (segment, run, at, status, draft, dependency, why) VALUES (?, NULL, ?, ?, ?, ?, ?)",
            (key, now(), status, earlier, dependency, safe(f"{who} took the approval back")),
        )
        _settle(connection, key, segment, "its findings stand again")
        return True

    return write


def _still_stands(connection: sqlite3.Connection, key: int, segment: str, seen: int | None) -> None:
    """Compare and swap: the draft that a person has seen must be the one that stands."""
    there = connection.execute("SELECT draft FROM segments WHERE id = ?", (key,)).fetchone()[0]
    if there != seen:
        raise Overtaken(f"{segment} was changed while you worked on it; your wording is kept beside it. Compare the two and decide.")


def review_hash(connection: sqlite3.Connection, draft: int, who: str, at: str, note: str) -> str:
    """The hash of a review: the hash of its wording, who, when, and the note."""
    row = connection.execute("SELECT hash FROM drafts WHERE id = ?", (draft,)).fetchone()
    return digest("review", row[0] if row else "", who, at, note)


def keep_assessment(value: Mapping[str, object], run: int | None) -> Callable[[sqlite3.Connection], None]:
    """Keep what an assessing model made of the work."""
    text = json.dumps(dict(value), ensure_ascii=True, sort_keys=True)

    def write(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO assessments (run, at, value) VALUES (?, ?, ?)", (run, now(), text))

    return write


def break_off(connection: sqlite3.Connection) -> None:
    """Close what a run that died left open; its reservations stay, since the attempts may have been billed."""
    at = now()
    connection.execute("UPDATE requests SET state = 'failed', settled = ?, error = 'the run broke off' WHERE state = 'open'", (at,))
    connection.execute("UPDATE runs SET ended = ?, outcome = 'broke off' WHERE ended = ''", (at,))
