"""The translation memory's part of the workspace: all of its SQL.

A source text stands once, however many works translate it. Near texts are found through pieces: each text is filed under a few of its pieces,
and shares some of them with any text that is alike (the bottom-k sketch of Cohen and Kaplan, 2007); a piece that a crowd of texts shares says nothing.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType

from translate.document import Kind, Runs, dump_runs, load_runs, markers, plain
from translate.languages import code
from translate.store import workspace
from translate.store.clock import now
from translate.store.coding import safe
from translate.store.connections import transaction
from translate.store.remembered import Memory, Origin, Remembered, Share, Surroundings, Trust, exact

Known = tuple[int, str, Trust, Surroundings]
"""What is remembered of a segment: the number of its source, its translation as JSON, its trust, its neighbours."""

LEDGER = "ledger:"
"""The ids of ledger lines begin so, among those of segments."""

CROWD = 300
"""So many texts are read of one piece at most."""
BATCH = 5000
COLUMNS = """e.segment, t.words, t.runs, e.words, e.runs, e.language, e.trust, e.kind, e.model, e.before, e.after, e.at, e.who, t.language, e.more,
    w.identity, w.name, w.title, w.source_language, w.target_language, w.series"""
JOINED = "memory_texts t JOIN memory_entries e ON e.text = t.id JOIN memory_works w ON w.id = e.work"


class TranslationMemory:
    """An open memory; one thread at a time may use it. Close it, or use it as a context manager."""

    def __init__(self, path: Path) -> None:
        """The memory in the workspace at ``path``, made where there is none. Raises ``StoreError`` where it cannot be used."""
        self.path = path
        self._connection = workspace.opened(path)

    def close(self) -> None:
        """Close the connection; closing twice does nothing."""
        self._connection.close()

    def __enter__(self) -> TranslationMemory:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # --- writing

    def remember(self, origin: Origin, memories: Iterable[Memory]) -> int:
        """Keep the memories of one work, and gives how many were new or changed; another translation of the same passage of that work is replaced.

        Each few thousand are one transaction. Raises ``StoreError`` where they cannot be written, and whatever ``memories`` raises: what was read before is kept.
        """
        count, many = 0, iter(memories)
        while batch := tuple(islice(many, BATCH)):
            with workspace.telling(self.path), transaction(self._connection):
                work = self._work(origin)
                count += sum([self._keep(work, code(memory.source_language or origin.source_language), memory) for memory in batch])
        return count

    def known(self, identity: str) -> dict[str, Known]:
        """What is remembered of each segment of a work; the newest, where its source has changed."""
        rows = self._rows(
            "SELECT e.segment, t.exact, e.words, e.runs, e.trust, e.before, e.after FROM memory_entries e JOIN memory_texts t ON t.id = e.text "
            "JOIN memory_works w ON w.id = e.work WHERE w.identity = ? ORDER BY e.id",
            (identity,),
        )
        return {row[0]: (row[1], dump_runs(_runs(row[2], row[3])), Trust(row[4]), Surroundings(*row[5:])) for row in rows}

    def withdraw(self, identity: str, segments: Sequence[str]) -> int:
        """Forget what a machine translated of these segments of a work, and lines of its ledger, whoever wrote them: they do not stand any more. Gives how many it were."""
        return self._remove(f"(trust = 1 OR segment LIKE '{LEDGER}%') AND segment IN (SELECT value FROM json_each(:segments))", identity, segments)

    def forget(self, identity: str) -> int:
        """Forget all that is remembered of a work; gives how many translations it were."""
        count = self._remove("true", identity)
        with workspace.telling(self.path):
            self._connection.execute("DELETE FROM memory_works WHERE identity = ?", (identity,))
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return count

    def _remove(self, which: str, identity: str, segments: Sequence[str] = ()) -> int:
        """Remove entries of a work, and the texts that nobody translates any more then."""
        values = {"identity": identity, "segments": json.dumps(list(segments))}
        where = f"work = (SELECT id FROM memory_works WHERE identity = :identity) AND {which}"
        with workspace.telling(self.path), transaction(self._connection):
            texts = {row[0] for row in self._connection.execute(f"SELECT text FROM memory_entries WHERE {where}", values)}
            done = self._connection.execute(f"DELETE FROM memory_entries WHERE {where}", values)
            for text in texts:
                if self._connection.execute("SELECT 1 FROM memory_entries WHERE text = ?", (text,)).fetchone() is None:
                    packed = self._connection.execute("DELETE FROM memory_texts WHERE id = ? RETURNING pieces", (text,)).fetchall()[0][0]
                    self._connection.executemany("DELETE FROM memory_pieces WHERE piece = ? AND text = ?", [(piece, text) for piece in array("I", packed)])
        return done.rowcount

    def _work(self, origin: Origin) -> int:
        self._connection.execute(
            """INSERT INTO memory_works (identity, name, title, series, source_language, target_language) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (identity) DO UPDATE SET name = excluded.name, title = excluded.title, series = excluded.series""",
            (origin.identity, safe(origin.name), safe(origin.title), safe(origin.series), origin.source_language, origin.target_language),
        )
        return int(self._connection.execute("SELECT id FROM memory_works WHERE identity = ?", (origin.identity,)).fetchone()[0])

    def _keep(self, work: int, language: str, memory: Memory) -> bool:
        text = self._text(language, memory)
        words, runs = _columns(memory.target)
        done = self._connection.execute(
            """INSERT INTO memory_entries (text, work, segment, language, words, runs, kind, trust, model, before, after, at, who, more)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (text, work, segment, language) DO UPDATE SET words = excluded.words, runs = excluded.runs,
            kind = excluded.kind, trust = excluded.trust, model = excluded.model, before = excluded.before, after = excluded.after, at = excluded.at, who = excluded.who, more = excluded.more
            WHERE words IS NOT excluded.words OR runs IS NOT excluded.runs OR trust IS NOT excluded.trust OR before IS NOT excluded.before OR after IS NOT excluded.after OR more IS NOT excluded.more""",
            (
                *(text, work, memory.segment, memory.language, words, runs, memory.kind, int(memory.trust), safe(memory.model)),
                *(memory.around.before, memory.around.after, memory.at or now(), safe(memory.who), safe(memory.more) or None),
            ),
        )
        return done.rowcount > 0

    def _text(self, language: str, memory: Memory) -> int:
        """The row of the memory's source text, filed under its pieces where it is new."""
        number = exact(memory.source)
        row = self._connection.execute("SELECT id FROM memory_texts WHERE exact = ? AND language = ?", (number, language)).fetchone()
        if row is not None:
            return int(row[0])
        key = self._connection.execute(
            "INSERT INTO memory_texts (language, exact, words, runs, pieces) VALUES (?, ?, ?, ?, ?)",
            (language, number, *_columns(memory.source), array("I", memory.pieces).tobytes()),
        ).lastrowid
        self._connection.executemany("INSERT OR IGNORE INTO memory_pieces (piece, text) VALUES (?, ?)", [(piece, key) for piece in memory.pieces])
        return key or 0

    # --- looking up

    def exact(self, source: Runs, *, language: str) -> tuple[Remembered, ...]:
        """All translations of the very same text, markers included, from a language (its tag); the most trusted first, then the newest."""
        rows = self._rows(
            f"SELECT {COLUMNS} FROM {JOINED} WHERE t.exact = ? AND t.language = ? ORDER BY e.trust DESC, e.at DESC, e.id DESC", (exact(source), code(language))
        )
        return tuple(map(_remembered, rows))

    def near(self, pieces: Sequence[int], *, most: int = 40) -> tuple[Remembered, ...]:
        """The translations of the ``most`` texts that share the most of ``pieces``; how near they are is left to the caller."""
        shared: Counter[int] = Counter()
        crowds: Counter[int] = Counter()
        for piece in pieces:
            rows = self._rows("SELECT text FROM memory_pieces WHERE piece = ? LIMIT ?", (piece, CROWD))
            (crowds if len(rows) == CROWD else shared).update(row[0] for row in rows)
        chosen = [text for text, _ in (shared or crowds).most_common(most)]
        if not chosen:
            return ()
        marks = ", ".join("?" * len(chosen))
        return tuple(map(_remembered, self._rows(f"SELECT {COLUMNS} FROM {JOINED} WHERE t.id IN ({marks}) ORDER BY e.trust DESC, e.at DESC", chosen)))

    def has_others(self, identity: str) -> bool:
        """Whether anything is remembered of another work than this one."""
        return bool(self._rows("SELECT 1 FROM memory_works w WHERE w.identity != ? AND EXISTS (SELECT 1 FROM memory_entries WHERE work = w.id) LIMIT 1", (identity,)))

    def search(self, words: str, *, most: int = 50) -> tuple[Remembered, ...]:
        """The entries with ``words`` in their source or translation, the most trusted first; small and capital letters of the Latin alphabet are the same."""
        like = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        query = f"SELECT {COLUMNS} FROM {JOINED} WHERE t.words LIKE ? ESCAPE '\\' OR e.words LIKE ? ESCAPE '\\' ORDER BY e.trust DESC, e.at DESC LIMIT ?"
        return tuple(map(_remembered, self._rows(query, (like, like, most))))

    def works(self) -> tuple[Share, ...]:
        """What is remembered of each work, in the order in which they came."""
        rows = self._rows(
            """SELECT w.identity, w.name, w.title, w.source_language, w.target_language, w.series, count(e.id), sum(e.trust > 1)
            FROM memory_works w LEFT JOIN memory_entries e ON e.work = w.id GROUP BY w.id ORDER BY w.id"""
        )
        return tuple(Share(Origin(*row[:6]), row[6], row[7] or 0) for row in rows)

    def entries(self, identity: str | None = None) -> Iterator[Remembered]:
        """Everything, or what is remembered of one work, in the order in which it came; memory stays flat."""
        after, which = 0, "" if identity is None else "AND w.identity = :identity"
        query = f"SELECT e.id, {COLUMNS} FROM {JOINED} WHERE e.id > :after {which} ORDER BY e.id LIMIT {BATCH}"
        while rows := self._rows(query, {"after": after, "identity": identity}):
            after = rows[-1][0]
            yield from (_remembered(row[1:]) for row in rows)

    def size(self) -> tuple[int, int]:
        """How many source texts and how many translations there are."""
        texts, entries = self._rows("SELECT (SELECT count(*) FROM memory_texts), (SELECT count(*) FROM memory_entries)")[0]
        return texts, entries

    def _rows(self, query: str, values: object = ()) -> list[tuple]:  # type: ignore[type-arg]
        with workspace.telling(self.path):
            return self._connection.execute(query, values).fetchall()  # type: ignore[arg-type]


def _columns(runs: Runs) -> tuple[str, str | None]:
    """The words, and the runs as JSON where the words do not say it all."""
    words = plain(runs)
    held = safe(words)
    return held, dump_runs(tuple(safe(run) if isinstance(run, str) else run for run in runs)) if markers(runs) else None


def _runs(words: str, runs: str | None) -> Runs:
    return load_runs(runs) if runs else ((words,) if words else ())


def _remembered(row: Sequence) -> Remembered:  # type: ignore[type-arg]
    segment, words, runs, target, target_runs, language, trust, kind, model, before, after, at, who, spoken, more, *origin = row
    around = Surroundings(before, after)
    memory = Memory(segment, _runs(words, runs), _runs(target, target_runs), language, Trust(trust), Kind(kind), model, around, at, who, source_language=spoken, more=more or "")
    return Remembered(memory, Origin(*origin))


def known_as(memory: Memory) -> Known:
    """A memory as ``TranslationMemory.known`` gives it once it is kept."""
    return exact(memory.source), dump_runs(_runs(*_columns(memory.target))), memory.trust, memory.around
