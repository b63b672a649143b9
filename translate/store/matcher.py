"""Carries segments over to a new version of the source: finds each again, and marks what its changed words make out of date."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from translate.document import load_runs, plain
from translate.store.clock import now
from translate.store.likeness import Item, align, resemble

Old = tuple[int, str, str, str, int | None, int | None]
"""A segment of an earlier version: its key, kind, masked hash, source as JSON, and the segments before and after it."""
New = tuple[int, str, str, str, int | None, int | None]
"""A place of the new version, likewise."""


def carry_over(connection: sqlite3.Connection, version: int) -> None:
    """Match the places of ``version`` with the segments that the store has, and bring those segments' states up to date."""
    documents = _documents(connection, version)
    for document, namesake in documents:
        if namesake is not None:
            _match_equal(connection, document, namesake, version)
    _match_unique(connection, version)
    for document, namesake in documents:
        for partner in dict.fromkeys((_partner(connection, document), namesake)):  # file names shift when a chapter is added: the words know better
            if partner is not None:
                _match_equal(connection, document, partner, version)
                _match_alike(connection, document, partner, version)
    _bring_up_to_date(connection, version)


def _documents(connection: sqlite3.Connection, version: int) -> list[tuple[int, int | None]]:
    """The documents of the version, each with the one of the version before that has its name."""
    return connection.execute(
        """SELECT new.id, old.id FROM documents new LEFT JOIN documents old ON old.version = new.version - 1 AND old.name = new.name
        WHERE new.version = ? ORDER BY new.position""",
        (version,),
    ).fetchall()


def _match_equal(connection: sqlite3.Connection, document: int, partner: int, version: int) -> None:
    """Match what is still free in two documents and has the same words."""
    olds, news = _free(connection, document, partner, version)
    pairs = align([row[1:3] for row in olds], [row[1:3] for row in news])
    _claim(connection, ((news[new], olds[old]) for new, old in pairs.items()))


def _match_alike(connection: sqlite3.Connection, document: int, partner: int, version: int) -> None:
    """Match what is still free in two documents and has much the same words."""
    olds, news = _free(connection, document, partner, version)
    pairs = resemble(_items(olds), _items(news)) if olds and news else {}
    _claim(connection, ((news[new], olds[old]) for new, old in pairs.items()))


def _free(connection: sqlite3.Connection, document: int, partner: int, version: int) -> tuple[list[Old], list[New]]:
    """The segments of the old document and the places of the new one that have no match yet, in reading order."""
    among = """(SELECT id, position, segment, kind, masked, source, lag(segment) OVER (ORDER BY position) AS before,
        lead(segment) OVER (ORDER BY position) AS after FROM places WHERE document = ?)"""
    olds: list[Old] = connection.execute(
        f"""SELECT o.segment, o.kind, o.masked, o.source, o.before, o.after FROM {among} o
        WHERE NOT EXISTS (SELECT 1 FROM places n JOIN documents d ON d.id = n.document WHERE n.segment = o.segment AND d.version = ?) ORDER BY o.position""",
        (partner, version),
    ).fetchall()
    news: list[New] = connection.execute(
        f"SELECT o.id, o.kind, o.masked, o.source, o.before, o.after FROM {among} o WHERE o.segment IS NULL ORDER BY o.position", (document,)
    ).fetchall()
    return olds, news


def _items(rows: Sequence[Old]) -> list[Item]:
    return [Item(kind, plain(load_runs(source)), before, after) for _, kind, _, source, before, after in rows]


def _claim(connection: sqlite3.Connection, pairs: Iterable[tuple[New, Old]]) -> None:
    connection.executemany("UPDATE places SET segment = ? WHERE id = ?", ((old[0], new[0]) for new, old in pairs))


def _match_unique(connection: sqlite3.Connection, version: int) -> None:
    """Match what moved to another document, or comes back after having been gone: the same words, there once among the free of either side."""
    olds = _alone(
        connection.execute(
            """SELECT s.id, p.kind, p.masked, '', NULL, NULL FROM segments s JOIN places p ON p.id = s.place
            WHERE NOT EXISTS (SELECT 1 FROM places n JOIN documents d ON d.id = n.document WHERE n.segment = s.id AND d.version = ?)""",
            (version,),
        )
    )
    news = _alone(
        connection.execute(
            "SELECT p.id, p.kind, p.masked, '', NULL, NULL FROM places p JOIN documents d ON d.id = p.document WHERE d.version = ? AND p.segment IS NULL",
            (version,),
        )
    )
    _claim(connection, [(news[key], olds[key]) for key in news if key in olds])


def _alone(rows: Iterable[Old]) -> dict[tuple[str, str], Old]:
    """The rows whose kind and words no other row has."""
    groups: dict[tuple[str, str], list[Old]] = defaultdict(list)
    for row in rows:
        groups[row[1:3]].append(row)
    return {key: group[0] for key, group in groups.items() if len(group) == 1}


def _partner(connection: sqlite3.Connection, document: int) -> int | None:
    """The old document that most of the matched segments of this one stood in: the same one under another name."""
    row = connection.execute(
        """SELECT old.document FROM places new JOIN segments s ON s.id = new.segment JOIN places old ON old.id = s.place
        WHERE new.document = ? GROUP BY old.document ORDER BY count(*) DESC, old.document LIMIT 1""",
        (document,),
    ).fetchone()
    return row[0] if row else None


def _bring_up_to_date(connection: sqlite3.Connection, version: int) -> None:
    """Where the words changed: a draft no longer stands, a person's wording is marked (and unmarked where its words are back)."""
    values = {"version": version, "at": now(), "why": f"the source changed in version {version}"}
    matched = "SELECT p.segment, p.id, p.exact FROM places p JOIN documents d ON d.id = p.document WHERE d.version = :version AND p.segment IS NOT NULL"
    connection.execute(
        f"""CREATE TEMP TABLE changed AS SELECT s.id AS segment, s.status, s.draft FROM ({matched}) new
        JOIN segments s ON s.id = new.segment JOIN places old ON old.id = s.place WHERE s.status != 'pending' AND old.exact != new.exact""",
        values,
    )
    connection.execute(
        """INSERT INTO choices (segment, at, status, draft, dependency, why)
        SELECT segment, :at, CASE status WHEN 'approved' THEN 'approved' ELSE 'pending' END, CASE status WHEN 'approved' THEN draft END, '', :why FROM changed""",
        values,
    )
    fresh = "SELECT segment FROM changed WHERE status != 'approved'"
    connection.execute(f"UPDATE findings SET retired = :at WHERE draft IS NULL AND retired IS NULL AND segment IN ({fresh})", values)
    connection.execute(f"UPDATE segments SET status = 'pending', draft = NULL, origin = NULL, dependency = '' WHERE id IN ({fresh})")
    connection.execute("DROP TABLE changed")
    connection.execute(
        f"""UPDATE segments SET place = new.id, version = :version, outdated = status = 'approved' AND new.exact !=
        (SELECT r.source_exact FROM reviews r WHERE r.segment = segments.id ORDER BY r.id DESC LIMIT 1) FROM ({matched}) new WHERE new.segment = segments.id""",
        values,
    )
