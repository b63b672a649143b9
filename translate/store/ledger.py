"""The ledger's rows: decisions are added and never changed; what holds now is a view."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from typing import Any

from translate.document import LINE_ORIGINS, Decision, LedgerLine, Sort
from translate.store.clock import now
from translate.store.coding import safe

COLUMNS = "id, at, who, origin, status, why, supersedes, line"


def current(connection: sqlite3.Connection) -> tuple[Decision, ...]:
    """The decision that holds for each key, rejected ones too, in the order in which the keys first came up."""
    rows = connection.execute(f"SELECT {COLUMNS} FROM ledger_now ORDER BY first")
    return tuple(_decision(row) for row in rows)


def mark(connection: sqlite3.Connection) -> tuple[int, int]:
    """The number of the last decision of a person or a glossary, and of the last at all; 0 where there is none."""
    row = connection.execute("SELECT coalesce(max(id) FILTER (WHERE origin IN ('person', 'glossary')), 0), coalesce(max(id), 0) FROM ledger").fetchone()
    return int(row[0]), int(row[1])


def history(connection: sqlite3.Connection, key: str | None = None) -> tuple[Decision, ...]:
    """All decisions, oldest first; of one key only, where it is given."""
    rows = connection.execute(f"SELECT {COLUMNS} FROM ledger WHERE :key IS NULL OR key = :key ORDER BY id", {"key": key})
    return tuple(_decision(row) for row in rows)


def decide(wanted: Iterable[Decision], run: int | None) -> Callable[[sqlite3.Connection], tuple[Decision, ...]]:
    """Add decisions; gives back those that were taken, as they are stored.

    Left out is what changes nothing, what a weightier origin has decided otherwise ("person" over "glossary" over "first use" over "prescan"),
    and a "first use" of what is settled already: the first that is committed wins.
    """

    def write(connection: sqlite3.Connection) -> tuple[Decision, ...]:
        return tuple(taken for decision in wanted if (taken := add(connection, decision, run)) is not None)

    return write


def add(connection: sqlite3.Connection, decision: Decision, run: int | None) -> Decision | None:
    """Add one decision as ``decide`` does; None where it is left out."""
    key = safe(decision.line.key)
    row = connection.execute(f"SELECT {COLUMNS} FROM ledger WHERE key = ? ORDER BY id DESC LIMIT 1", (key,)).fetchone()
    before = _decision(row) if row else None
    if before is not None and not _overrules(decision, before):
        return None
    stored = replace(decision, at=now(), supersedes=before.id if before else None)
    cursor = connection.execute(
        "INSERT INTO ledger (at, run, key, sort, lemma, target, line, status, origin, who, why, supersedes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(stored.at, run, key, str(stored.line.sort), safe(stored.line.lemma), safe(stored.line.target), _line_text(stored.line)),
            *(stored.status, stored.origin, safe(stored.who), safe(stored.why), stored.supersedes),
        ),
    )
    return replace(stored, id=cursor.lastrowid or 0)


def _overrules(new: Decision, old: Decision) -> bool:
    if (new.line, new.status, new.origin) == (old.line, old.status, old.origin):
        return new.origin == "prescan" and new.who != old.who  # a model has looked and said nothing: it is not asked again
    weight, before = LINE_ORIGINS.index(new.origin), LINE_ORIGINS.index(old.origin)
    if new.origin == "first use" and old.origin == "prescan":
        return old.status != "rejected" and old.line.open
    if new.origin == old.origin == "first use":
        return new.line.target == old.line.target
    return weight >= before


def _line_text(line: LedgerLine) -> str:
    """A line as JSON, without what is empty."""
    return json.dumps({name: value for name, value in asdict(line).items() if value}, ensure_ascii=True, separators=(",", ":"))


def _decision(row: tuple[object, ...]) -> Decision:
    number, at, who, origin, status, why, supersedes, text = row
    values: dict[str, Any] = {"lemma": ""} | {name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(str(text)).items()}
    line = LedgerLine(**(values | {"sort": Sort(values["sort"])}))
    return Decision(line, status, origin, str(who), str(why), int(str(number)), str(at), int(str(supersedes)) if supersedes else None)  # type: ignore[arg-type]
