"""What people do with a work before they decide: queues of passages, unfinished wordings, comments, chapters taken on, a random sample, search.

Lists are lists of segment ids, made by SQLite; no method but ``translated`` and ``targets_with`` reads all texts of a work.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

from translate.document import Runs, load_runs, plain
from translate.store.changes import segment_key
from translate.store.clock import now
from translate.store.coding import runs_text, safe
from translate.store.connections import telling
from translate.store.decided import Decided, decided
from translate.store.overview import pulse
from translate.store.rows import Stands

Side = Literal["source", "target", "either"]
PRESENT = "(SELECT max(number) FROM versions)"
BATCH = 250
"""Texts that are put into the index of words in one transaction: few, so that what somebody types meanwhile does not wait."""
TRIGRAM = 3
"""The fewest letters that the index finds; shorter words are looked for one text after another."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A segment to look at: without a wording, approved for an older source, or with findings (check and severity of each); ``size`` of its source, in stored characters."""

    segment: str
    pending: bool
    outdated: bool
    size: int
    findings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Jotting:
    """What a person has typed for a segment and not decided on; ``seen`` is the draft that she began from (None for none)."""

    segment: str
    who: str
    at: str
    target: Runs
    seen: int | None


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark of a person beside a segment; ``resolved`` is when ``resolver`` said that it is settled, empty while it is open."""

    id: int
    segment: str
    at: str
    who: str
    text: str
    resolved: str = ""
    resolver: str = ""


@dataclass(frozen=True, slots=True)
class Sampled:
    """A segment of the random sample of what nobody flagged: whether a person has decided on it, and whether she found it wrong (she changed the wording)."""

    segment: str
    decided: bool
    changed: bool


class Reviewing:
    """The part of a store that a review works with. All methods may be called from any thread; what is written is on disk on return."""

    def __init__(self, reading: Callable[[], sqlite3.Connection], submit: Callable[[Callable[[sqlite3.Connection], Any]], Future[Any]], path: Path) -> None:
        self._reading = reading
        self._submit = submit
        self._path = path
        self._indexed: tuple[int, ...] = ()
        """The pulse for which the index of words is known to be whole."""

    # --- queues

    def doubts(self) -> tuple[Doubt, ...]:
        """Every segment that somebody should look at, in reading order: flagged, still without a wording, or approved for an older source; with what was found."""
        with telling(self._path):
            connection = self._reading()
            found: dict[int, list[tuple[str, str]]] = {}
            for key, check, severity in connection.execute(f"SELECT s.id, f.check_name, f.severity {STANDING} AND {DOUBTFUL}"):
                found.setdefault(key, []).append((check, severity))
            rows = connection.execute(
                f"""SELECT s.id, s.name, s.status, s.outdated, length(p.source) FROM
                (SELECT id FROM segments WHERE version = {PRESENT} AND status IN ('flagged', 'pending') UNION SELECT id FROM segments WHERE version = {PRESENT} AND outdated) w
                CROSS JOIN segments s ON s.id = w.id JOIN places p ON p.id = s.place ORDER BY s.place"""
            )
            return tuple(Doubt(name, status == "pending", bool(late), size, tuple(found.get(key, ()))) for key, name, status, late, size in rows)

    def in_document(self, document: str) -> tuple[str, ...]:
        """The segments of a document, in reading order."""
        return self._from("documents d CROSS JOIN places p ON p.document = d.id CROSS JOIN segments s ON s.id = p.segment AND s.place = p.id WHERE d.name = ?", (document,))

    def everything(self) -> tuple[str, ...]:
        """All segments of the present version, in reading order."""
        return self._names("")

    def found_by(self, check: str) -> tuple[str, ...]:
        """The segments in which a check has a finding that stands (or was dismissed), in reading order."""
        return self._from(
            """findings f CROSS JOIN segments s ON s.id = f.segment
            WHERE f.check_name = ? AND f.retired IS NULL AND (f.draft IS NULL OR f.draft = s.draft)""",
            (check,),
        )

    def decided_by(self, who: str) -> tuple[str, ...]:
        """The segments whose wording is this person's, in reading order."""
        return self._from("reviews v CROSS JOIN segments s ON s.id = v.segment AND s.draft = v.draft WHERE v.who = ? AND s.status = 'approved'", (who,))

    def looked_after(self, who: str) -> tuple[str, ...]:
        """The segments of the documents that this person looks after, in reading order."""
        return self._from(
            f"""assignments a CROSS JOIN documents d ON d.name = a.document AND d.version = {PRESENT} CROSS JOIN places p ON p.document = d.id
            CROSS JOIN segments s ON s.id = p.segment AND s.place = p.id WHERE a.who = ?""",
            (safe(who),),
        )

    def documents_of(self, segments: Sequence[str]) -> dict[str, str]:
        """Segment id → its document, for those of ``segments`` that the present version has."""
        with telling(self._path):
            rows = self._reading().execute(
                f"""SELECT s.name, d.name FROM json_each(?) w CROSS JOIN segments s ON s.name = w.value JOIN places p ON p.id = s.place JOIN documents d ON d.id = p.document
                WHERE s.version = {PRESENT}""",
                (json.dumps(segments),),
            )
            return dict(rows.fetchall())

    def commented(self) -> tuple[str, ...]:
        """The segments that have a comment which nobody has resolved."""
        return self._from("comments c CROSS JOIN segments s ON s.id = c.segment WHERE c.resolved IS NULL", ())

    def checks(self) -> tuple[tuple[str, int], ...]:
        """The checks that have findings in segments as they stand, with how many segments, most first."""
        with telling(self._path):
            rows = self._reading().execute(
                f"SELECT f.check_name, count(DISTINCT s.id) AS n {STANDING} AND s.status = 'flagged' GROUP BY f.check_name ORDER BY n DESC, f.check_name"
            )
            return tuple((str(name), int(number)) for name, number in rows)

    def flagged(self) -> dict[str, int]:
        """Document → how many of its segments are flagged, for those that have any."""
        with telling(self._path):
            rows = self._reading().execute(
                f"""SELECT d.name, count(*) FROM segments s JOIN places p ON p.id = s.place JOIN documents d ON d.id = p.document
                WHERE s.version = {PRESENT} AND s.status = 'flagged' GROUP BY d.id"""
            )
            return {str(name): int(number) for name, number in rows}

    def people(self) -> tuple[tuple[str, int], ...]:
        """Who decided on wordings that stand, with how many, most first."""
        with telling(self._path):
            rows = self._reading().execute(
                f"""SELECT v.who, count(*) AS n FROM reviews v CROSS JOIN segments s ON s.id = v.segment AND s.draft = v.draft
                WHERE s.version = {PRESENT} AND s.status = 'approved' GROUP BY v.who ORDER BY n DESC, v.who"""
            )
            return tuple((str(who), int(number)) for who, number in rows)

    def around(self, segment: str, *, before: int, after: int) -> tuple[str, ...]:
        """The segment with its neighbours in the same document, in reading order."""
        with telling(self._path):
            connection = self._reading()
            here = connection.execute(
                f"SELECT p.document, p.position FROM segments s JOIN places p ON p.id = s.place WHERE s.name = ? AND s.version = {PRESENT}", (segment,)
            ).fetchone()
            if here is None:
                return ()
            rows = connection.execute(
                "SELECT s.name FROM places p JOIN segments s ON s.id = p.segment WHERE p.document = ? AND p.position BETWEEN ? AND ? ORDER BY p.position",
                (here[0], here[1] - before, here[1] + after),
            )
            return tuple(row[0] for row in rows)

    def statuses(self, segments: Sequence[str]) -> dict[str, tuple[str, int | None]]:
        """Segment id → its status and the draft that stands, for those of ``segments`` that the present version has."""
        with telling(self._path):
            rows = self._reading().execute(
                f"SELECT s.name, s.status, s.draft FROM json_each(?) w CROSS JOIN segments s ON s.name = w.value WHERE s.version = {PRESENT}", (json.dumps(segments),)
            )
            return {name: (status, draft) for name, status, draft in rows}

    # --- unfinished wordings

    def jot(self, segment: str, who: str, target: Runs, *, seen: int | None) -> Jotting:
        """Keep what a person has typed so far; one wording for each person and segment. ``seen`` is the draft that she began from."""

        def write(connection: sqlite3.Connection) -> Jotting:
            key, at = segment_key(connection, segment), now()
            connection.execute(
                "INSERT OR REPLACE INTO jottings (segment, who, at, target, based) VALUES (?, ?, ?, ?, ?)", (key, safe(who), at, runs_text(target), seen)
            )
            return Jotting(segment, who, at, target, seen)

        return self._submit(write).result()  # type: ignore[no-any-return]

    def jotted(self, segment: str, who: str) -> Jotting | None:
        """What the person has typed and not decided on, or None."""
        with telling(self._path):
            row = (
                self._reading()
                .execute(
                    "SELECT j.at, j.target, j.based FROM jottings j JOIN segments s ON s.id = j.segment WHERE s.name = ? AND j.who = ?", (segment, safe(who))
                )
                .fetchone()
            )
        return Jotting(segment, who, row[0], load_runs(row[1]), row[2]) if row else None

    def unjot(self, segment: str, who: str) -> None:
        """Forget what the person has typed: she has decided, or does not want it."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM jottings WHERE segment = ? AND who = ?", (segment_key(connection, segment), safe(who)))

        self._submit(write).result()

    def draft(self, number: int) -> tuple[str, Runs] | None:
        """The segment and the wording of a draft."""
        with telling(self._path):
            row = self._reading().execute("SELECT s.name, r.target FROM drafts r JOIN segments s ON s.id = r.segment WHERE r.id = ?", (number,)).fetchone()
        return (str(row[0]), load_runs(row[1])) if row else None

    def decided(self, *, who: str = "", skip: int = 0, most: int) -> tuple[Decided, ...]:
        """What people decided, or one of them, the latest first: ``most`` decisions after ``skip``."""
        with telling(self._path):
            return decided(self._reading(), who=safe(who), skip=skip, most=most)

    def decision(self, kind: str, number: int) -> Decided | None:
        """One decision, by its kind and number."""
        with telling(self._path):
            return next(iter(decided(self._reading(), who="", most=1, only=(kind or "none", number))), None)

    # --- comments and chapters

    def comment(self, segment: str, *, who: str, text: str) -> Comment:
        """Put a comment beside a segment."""

        def write(connection: sqlite3.Connection) -> Comment:
            key, at = segment_key(connection, segment), now()
            cursor = connection.execute("INSERT INTO comments (segment, at, who, text) VALUES (?, ?, ?, ?)", (key, at, safe(who), safe(text)))
            return Comment(cursor.lastrowid or 0, segment, at, who, text)

        return self._submit(write).result()  # type: ignore[no-any-return]

    def bring(self, comments: Sequence[Comment], *, who: str) -> tuple[Comment, ...]:
        """Keep comments that come from elsewhere (``id`` aside), all or none; gives back those that are new. ``who`` is whose they are where they do not say, now is when.

        What the segment has already in the same words, by the same person or where nobody is named, is not kept again.
        """

        def write(connection: sqlite3.Connection) -> tuple[Comment, ...]:
            return tuple(kept for one in comments if (kept := _bring(connection, one, who)) is not None)

        return self._submit(write).result()  # type: ignore[no-any-return]

    def new(self, comments: Sequence[Comment]) -> tuple[Comment, ...]:
        """Those of ``comments`` that ``bring`` would keep."""
        with telling(self._path):
            return tuple(one for one in comments if not _is_there(self._reading(), one))

    def resolve(self, comment: int, *, who: str) -> bool:
        """Say that a comment is settled; False where it is already, or there is none."""

        def write(connection: sqlite3.Connection) -> bool:
            done = connection.execute("UPDATE comments SET resolved = ?, resolver = ? WHERE id = ? AND resolved IS NULL", (now(), safe(who), comment))
            return bool(done.rowcount)

        return self._submit(write).result()  # type: ignore[no-any-return]

    def comments(self, segment: str) -> tuple[Comment, ...]:
        """The comments on a segment, oldest first."""
        with telling(self._path):
            rows = self._reading().execute(
                """SELECT c.id, c.at, c.who, c.text, coalesce(c.resolved, ''), coalesce(c.resolver, '') FROM comments c JOIN segments s ON s.id = c.segment
                WHERE s.name = ? ORDER BY c.id""",
                (segment,),
            )
            return tuple(Comment(number, segment, at, who, text, resolved, resolver) for number, at, who, text, resolved, resolver in rows)

    def assign(self, document: str, who: str) -> None:
        """Say who looks after a document; an empty name says nobody does."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM assignments WHERE document = ?", (document,))
            if who:
                connection.execute("INSERT INTO assignments (document, who, at) VALUES (?, ?, ?)", (document, safe(who), now()))

        self._submit(write).result()

    def assignments(self) -> dict[str, str]:
        """Document → who looks after it."""
        with telling(self._path):
            return dict(self._reading().execute("SELECT document, who FROM assignments").fetchall())

    # --- the sample

    def unsampled(self) -> tuple[str, ...]:
        """The segments that were accepted with nothing found and are not in the sample yet."""
        return self._names("AND s.status = 'accepted' AND s.draft IS NOT NULL AND s.id NOT IN (SELECT segment FROM samples)")

    def add_to_sample(self, segments: Iterable[str]) -> None:
        """Put segments into the sample, each with the draft that stands now."""
        names = json.dumps(list(segments))

        def write(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT OR IGNORE INTO samples (segment, draft, at) SELECT s.id, s.draft, ? FROM json_each(?) w CROSS JOIN segments s ON s.name = w.value WHERE s.draft IS NOT NULL",
                (now(), names),
            )

        self._submit(write).result()

    def sample(self) -> tuple[Sampled, ...]:
        """The sample in reading order: each segment, whether somebody has decided on it since, and whether she changed the wording."""
        with telling(self._path):
            rows = self._reading().execute(
                f"""SELECT s.name, s.status = 'approved', r.target <> n.target FROM samples m CROSS JOIN segments s ON s.id = m.segment
                JOIN drafts r ON r.id = m.draft LEFT JOIN drafts n ON n.id = s.draft WHERE s.version = {PRESENT} ORDER BY s.place"""
            )
            return tuple(Sampled(name, bool(decided), bool(decided and changed)) for name, decided, changed in rows)

    # --- search

    def index(self) -> int:
        """Bring the index of words up to what stands now; gives how many texts were put in. Much for the first time, little afterwards."""
        with telling(self._path):
            stands = pulse(self._reading())
            if stands == self._indexed:
                return 0
            after = self._reading().execute(f"SELECT min(s.id) - 1 FROM segments s LEFT JOIN texts_of t ON t.segment = s.id {UNINDEXED}").fetchone()[0]
        total = 0
        while after is not None:
            done, after = self._submit(partial(_index_some, after)).result()
            total += done
        self._indexed = stands
        return total

    def find(self, words: str, *, side: Side, most: int) -> tuple[str, ...]:
        """The segments in which ``words`` stand on one side (or on either), small and capital letters alike, in reading order. ``index`` first, to find what is new."""
        columns = {"source": ("source",), "target": ("target",), "either": ("source", "target")}.get(side, ())
        return tuple(row[0] for row in self._found("s.name", words, columns, most))

    def targets_with(self, words: str) -> tuple[tuple[str, str], ...]:
        """As ``find`` on the side of the translation, every segment with the text of its translation, and no more of it."""
        return tuple((name, text) for name, text in self._found("s.name, texts.target", words, ("target",), -1))

    def translated(self) -> tuple[Stands, ...]:
        """Every segment that has a translation, with both texts as they stand, in reading order. ``index`` first, to have what is new."""
        with telling(self._path):
            rows = self._reading().execute(
                f"""SELECT s.name, s.status, s.draft, texts.source, texts.target FROM segments s CROSS JOIN texts ON texts.rowid = s.id
                WHERE s.version = {PRESENT} AND s.status <> 'pending' AND s.draft IS NOT NULL ORDER BY s.place"""
            )
            return tuple(Stands(*row) for row in rows)

    def _found(self, wanted: str, words: str, columns: tuple[str, ...], most: int) -> list[tuple[str, ...]]:
        if not columns or not words:
            return []
        clause, values = _matching(words, columns)
        # CROSS keeps the words first: else a rare word is looked for once for every segment.
        with telling(self._path):
            rows = self._reading().execute(
                f"SELECT {wanted} FROM texts CROSS JOIN segments s ON s.id = texts.rowid WHERE {clause} AND s.version = {PRESENT} ORDER BY s.place LIMIT ?",
                (*values, most),
            )
            return rows.fetchall()

    def _names(self, clause: str) -> tuple[str, ...]:
        with telling(self._path):
            rows = self._reading().execute(f"SELECT s.name FROM segments s WHERE s.version = {PRESENT} {clause} ORDER BY s.place")
            return tuple(row[0] for row in rows)

    def _from(self, tables: str, values: Sequence[object]) -> tuple[str, ...]:
        """The segments that other tables name, each once, in reading order. Those tables come first, and CROSS keeps them there: the segments are never gone through."""
        with telling(self._path):
            rows = self._reading().execute(f"SELECT DISTINCT s.name, s.place FROM {tables} AND s.version = {PRESENT} ORDER BY s.place", tuple(values))
            return tuple(row[0] for row in rows)


def _bring(connection: sqlite3.Connection, one: Comment, who: str) -> Comment | None:
    if _is_there(connection, one):
        return None
    kept = replace(one, who=safe(one.who or who), at=one.at or now())
    row = (segment_key(connection, one.segment), kept.at, kept.who, safe(kept.text), kept.resolved or None, kept.resolver or None)
    cursor = connection.execute("INSERT INTO comments (segment, at, who, text, resolved, resolver) VALUES (?, ?, ?, ?, ?, ?)", row)
    return replace(kept, id=cursor.lastrowid or 0)


def _is_there(connection: sqlite3.Connection, one: Comment) -> bool:
    rows = connection.execute("SELECT who, text FROM comments WHERE segment = ?", (segment_key(connection, one.segment),))
    return any(text.split() == safe(one.text).split() and safe(one.who) in ("", name) for name, text in rows)


STANDING = f"""FROM findings f CROSS JOIN segments s ON s.id = f.segment
    WHERE f.retired IS NULL AND (f.draft IS NULL OR f.draft = s.draft) AND f.severity <> 'info' AND s.version = {PRESENT}"""
"""The findings of segments as they stand, the segments by their findings."""
DOUBTFUL = "(s.status IN ('flagged', 'pending') OR s.outdated)"
UNINDEXED = f"WHERE s.version = {PRESENT} AND (t.segment IS NULL OR t.place <> s.place OR t.draft IS NOT s.draft)"


def _matching(words: str, columns: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The clause that finds ``words`` in these columns of the index, and its values. Words of one or two signs ("第一") are shorter than what the index knows: texts are gone through."""
    if len(words) >= TRIGRAM:
        return f"texts MATCH '{{{' '.join(columns)}}} : ' || ?", ('"' + words.replace('"', '""') + '"',)
    forms = dict.fromkeys((words, words.lower(), words.upper(), words.capitalize()))  # LIKE takes capital and small letters for the same in ASCII only
    values = tuple("%" + form.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%" for form in forms if form == words or not form.isascii())
    return "(" + " OR ".join(f"texts.{column} LIKE ? ESCAPE '\\'" for column in columns for _ in values) + ")", values * len(columns)


def _index_some(after: int, connection: sqlite3.Connection) -> tuple[int, int | None]:
    """Put the next texts that are not in the index as they stand into it; gives how many, and after which segment to go on (None: there is no more)."""
    rows = connection.execute(
        f"""SELECT s.id, s.place, s.draft, p.source, r.target FROM segments s JOIN places p ON p.id = s.place LEFT JOIN drafts r ON r.id = s.draft
        LEFT JOIN texts_of t ON t.segment = s.id {UNINDEXED} AND s.id > ? ORDER BY s.id LIMIT {BATCH}""",
        (after,),
    ).fetchall()
    for key, place, draft, source, target in rows:
        connection.execute("DELETE FROM texts WHERE rowid = ?", (key,))
        words = [safe(plain(load_runs(text))) if text else "" for text in (source, target)]
        connection.execute("INSERT INTO texts (rowid, source, target) VALUES (?, ?, ?)", (key, *words))
        connection.execute("INSERT OR REPLACE INTO texts_of (segment, place, draft) VALUES (?, ?, ?)", (key, place, draft))
    return len(rows), rows[-1][0] if len(rows) == BATCH else None
