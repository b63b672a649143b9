"""The store of one work: a SQLite file with its source, segments, drafts, requests and reviews.

All methods may be called from any thread. Reading uses a connection of the calling thread; runs and people write through one writer thread, whose
futures are done when the commit is on disk. From asyncio: ``await asyncio.wrap_future(store.commit(outcome))``.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType

from translate.document import Decision, Document, Finding, Runs, Segment, Severity, Skip
from translate.errors import StoreError
from translate.store import auditor, changes, creator, historian, importer, ledger, migrations, overview, reader
from translate.store.clock import now
from translate.store.connections import Connections, telling, transaction
from translate.store.dismissing import Dismissing
from translate.store.glossaries import Glossaries
from translate.store.hashes import digest, known_form
from translate.store.lock import RunLock
from translate.store.portions import Portions
from translate.store.reviewing import Reviewing
from translate.store.rows import (
    DocumentRow,
    Entry,
    Event,
    MirrorRow,
    Orphan,
    Outcome,
    Pair,
    Replayed,
    RequestRow,
    Review,
    Run,
    Spent,
    State,
    Tally,
    Totals,
    Turn,
    Version,
    Work,
    Written,
)
from translate.store.wikis import WikiRows
from translate.store.writer import Operation, T, Writer


class Store:
    """One open store. Close it (or use it as a context manager): that writes what is queued."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        """For ``create`` and ``open``: the file is there and has the present schema."""
        self.path = path
        self.readonly = readonly
        self._connections = Connections(path, readonly=readonly)
        self._writer = Writer(path)
        self.portions = Portions(path, self._connections.mine)
        self.reviewing = Reviewing(self._reading, self._submit, path)
        """What people do before they decide: queues, unfinished wordings, comments, search."""
        self._lock = RunLock(path)
        self._run: int | None = None
        self.work = self._read_work()

    @classmethod
    def create(cls, path: Path, work: Work) -> Store:
        """A new, empty store at ``path``, its folder included.

        Raises ``StoreError`` where there is a file already or none can be written. A creation that is cut short leaves no store.
        """
        creator.make_folder(path.parent)
        with RunLock(path).during():
            if path.exists():
                raise StoreError(f"{path}: there is a store already. Open it, or name another folder.")
            with telling(path):
                creator.create(path, work)
        return cls(path)

    @classmethod
    def open(cls, path: Path, *, readonly: bool = False) -> Store:
        """The store at ``path``; an older one is brought forward first, after a backup beside it (``work.db.backup-<version>``).

        Raises ``StoreError`` where it is not there, is no store, is damaged, cannot be read, or was written by a newer Dragoman.
        """
        if not path.is_file():
            raise StoreError(f"{path}: there is no such store. dragoman translate makes one.")
        with telling(path):
            migrations.bring_forward(path, readonly=readonly)
            return cls(path, readonly=readonly)

    def close(self) -> None:
        """Write what is queued, give the run lock back, close every connection. Closing twice does nothing."""
        self._writer.close()
        self._lock.free()
        self._connections.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def identity(self) -> str:
        """What tells this work from others of the same name, wherever its folder is moved; a copy has the same."""
        with telling(self.path):
            return digest(*map(str, self._reading().execute("SELECT created, salt FROM work").fetchone()))[:19]

    # --- import

    def add_version(self, name: str, data: bytes | Path, documents: Iterable[Document], *, walk: str = "") -> Version:
        """Make ``data`` (the bytes, or the path of a file that is read piece by piece), walked into ``documents``, the present version, in one transaction; ``documents`` is read once, one at a time.

        The same bytes with the same ``walk`` (a tag of the way slots are found) as the present version change nothing, and ``documents`` is not read.
        Segments that are found again keep their ids and what was decided; drafts of changed words stand no more; a person's wording is marked outdated.
        Raises ``StoreBusy`` while another process runs on this store; whatever ``documents`` raises undoes it all.
        """
        connection = self._writing()
        with telling(self.path):
            if importer.is_current(connection, data, walk):
                return self.version()
        with self._lock.during(), telling(self.path), transaction(connection):
            return importer.add(connection, name, data, documents, walk)

    def version(self, number: int | None = None) -> Version:
        """The present version, or the one with this number.

        Raises ``StoreError`` where there is none.
        """
        with telling(self.path):
            found = reader.version(self._reading(), number)
        if found is None:
            wanted = "a source" if number is None else f"version {number} of its source"
            raise StoreError(f"{self.path}: it has not got {wanted}. Run dragoman translate on the source.")
        return found

    def versions(self) -> tuple[Version, ...]:
        """All versions, oldest first."""
        with telling(self.path):
            newest = reader.version(self._reading())
        return tuple(self.version(number) for number in range(1, (newest.number if newest else 0) + 1))

    def source(self, version: int | None = None) -> bytes:
        """The bytes of the present version's source, or of the version with this number."""
        wanted = self.version(version)
        with telling(self.path):
            return reader.source(self._reading(), wanted)

    def documents(self) -> tuple[DocumentRow, ...]:
        """The documents of the present version, in order."""
        number = self.version().number
        with telling(self.path):
            return tuple(reader.documents(self._reading(), number))

    def segments(self, document: str | None = None) -> Iterator[Segment]:
        """The segments of the present version, or of one document of it, in reading order; memory stays flat."""
        keys = self._documents(document)
        with telling(self.path):
            yield from reader.segments(self._reading, keys)

    def mirrors(self, document: str) -> tuple[MirrorRow, ...]:
        """The slots of a document that repeat a segment's translation."""
        keys = self._documents(document)
        with telling(self.path):
            return tuple(row for key in keys for row in reader.mirrors(self._reading(), key))

    def skips(self, document: str) -> tuple[Skip, ...]:
        """The visible text of a document that is left as it is."""
        (key,) = self._documents(document)
        with telling(self.path):
            return tuple(Skip(document, *row) for row in reader.skips(self._reading(), key))

    # --- the state of segments

    def states(self, documents: Iterable[str] | None = None) -> dict[str, State]:
        """Segment id → state, for every segment of the present version, or of the documents that are named, in reading order."""
        with telling(self.path):
            return reader.states(self._reading(), documents)

    def totals(self) -> Totals:
        """How many segments of the present version are in which state, counted by SQLite."""
        with telling(self.path):
            return overview.totals(self._reading())

    def tallies(self, *, skip: int = 0, most: int = 200) -> tuple[Tally, ...]:
        """The documents that have segments, in order, with the counts of each: ``most`` of them after ``skip``."""
        with telling(self.path):
            return overview.tallies(self._reading(), skip=skip, most=most)

    def entries(self, *, skip: int = 0, most: int = 200) -> tuple[Entry, ...]:
        """The same documents without their counts, which is quicker."""
        with telling(self.path):
            return overview.entries(self._reading(), skip=skip, most=most)

    def pulse(self) -> tuple[int, ...]:
        """Numbers that change whenever anything is decided about a segment; quick to ask."""
        with telling(self.path):
            return overview.pulse(self._reading())

    def targets(self, document: str) -> dict[str, Runs]:
        """Address → what is put there: a person's wording, else the accepted draft, else the best flagged one.

        A place that has nothing yet is left out; so are mirrors, which the format makes from what they repeat.
        """
        (key,) = self._documents(document)
        with telling(self.path):
            return reader.targets(self._reading(), key)

    def has(self, document: str) -> bool:
        """Whether the present version has a document of this name."""
        with telling(self.path):
            return reader.has_document(self._reading(), document)

    def followed(self, document: str) -> dict[str, tuple[Runs, Runs, Runs]]:
        """Address → a mirror's own words, those of what it repeats, and what is put in the place of that."""
        (key,) = self._documents(document)
        with telling(self.path):
            return reader.followed(self._reading(), key)

    def pairs(self, document: str | None = None, *, among: Sequence[str] | None = None) -> Iterator[Pair]:
        """The segments of the present version, of one document, or ``among`` some (in reading order), with draft, findings and state, in reading order; memory stays flat."""
        keys = self._documents(document) if among is None else []
        with telling(self.path):
            yield from reader.pairs(self._reading, keys) if among is None else reader.pairs_among(self._reading, among)

    def pair(self, segment: str) -> Pair:
        """One segment of the present version with what stands for it.

        Raises ``StoreError`` where the present version has no such segment.
        """
        known_form(segment)
        with telling(self.path):
            return reader.pair(self._reading(), segment)

    def orphans(self) -> tuple[Orphan, ...]:
        """People's wordings whose segment the present version no longer has."""
        number = self.version().number
        with telling(self.path):
            return tuple(reader.orphans(self._reading(), number))

    # --- runs

    def start_run(self, settings: Mapping[str, str]) -> int:
        """Begin a run; gives its number. What an earlier run left open when it died is closed, its reservations kept.

        Raises ``StoreBusy`` where another process runs on this store. The lock ends with the process, however that ends.
        """
        self._lock.take(now())
        text = json.dumps(dict(settings), ensure_ascii=True, sort_keys=True)

        def write(connection: sqlite3.Connection) -> int:
            changes.break_off(connection)
            cursor = connection.execute("INSERT INTO runs (started, ended, outcome, settings, pid) VALUES (?, '', '', ?, ?)", (now(), text, os.getpid()))
            return cursor.lastrowid or 0

        try:
            self._run = self._submit(write).result()
        except StoreError:
            self._lock.free()
            raise
        return self._run

    def end_run(self, run: int, outcome: str) -> None:
        """Note how the run ended, after all that was queued before; and let others run."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE runs SET ended = ?, outcome = ? WHERE id = ?", (now(), outcome, run))

        try:
            self._submit(write).result()
        finally:
            self._run = None
            self._lock.free()

    def keep_assessment(self, value: Mapping[str, object]) -> None:
        """Keep what an assessing model made of the work in this run; on disk on return."""
        self._submit(changes.keep_assessment(value, self._run)).result()

    def assessment(self) -> Mapping[str, object]:
        """What was kept last by ``keep_assessment``; empty where nothing was."""
        with telling(self.path):
            return historian.assessment(self._reading())

    def runs(self) -> tuple[Run, ...]:
        """All runs, oldest first."""
        with telling(self.path):
            return historian.runs(self._reading())

    # --- the writer

    def reserve(self, request: RequestRow) -> Future[int]:
        """Put a request on record with what it may cost, before its attempt; the future gives its id once that is on disk."""
        return self._submit(changes.reserve(request, self._run))

    def commit(self, outcome: Outcome) -> Future[Written]:
        """Store what a reply led to, whole or not at all; done when it is on disk. A wording that a person approved is never overwritten."""
        return self._submit(changes.commit(outcome, self._run))

    def fail(self, request: int, error: str, *, keep: bool = True) -> Future[None]:
        """Note that an attempt came to nothing; with ``keep`` its reservation stands, since it may have been billed."""
        return self._submit(changes.fail(request, error, keep=keep))

    def replay(self, key: str) -> Replayed | None:
        """The reply to the exact same request (``RequestRow.replay_key``), where it was answered before."""
        with telling(self.path):
            return historian.replay(self._reading(), key)

    def unfinished(self) -> dict[str, int]:
        """The segments of the present version that are pending and have a draft, with how many requests have brought drafts since anything stood for them."""
        with telling(self.path):
            return historian.unfinished(self._reading())

    def spent(self, run: int | None = None) -> Spent:
        """What the work, or one run, has spent and reserved."""
        with telling(self.path):
            return historian.spent(self._reading(), run)

    def prompts(self) -> tuple[str, ...]:
        """Which prompts were used ("translate 1f3c9a2b…"), by purpose and version, in the order of first use."""
        with telling(self.path):
            return historian.prompts(self._reading())

    # --- people

    def review(self, segment: str, target: Runs, *, who: str, note: str = "", findings: Iterable[Finding] = (), seen: int | None = changes.ANY) -> Review:
        """Take a person's wording for a segment: approved, kept for good; ``findings`` are what the checks see in it. On disk on return.

        ``seen`` is the draft that stood when she began (None for none), where that matters. Raises ``Overtaken`` where another stands by now,
        ``StoreError`` where the work has no such segment or ``who`` is empty.
        """
        if not who.strip():
            raise StoreError("a review needs a name: say who decides.")
        known_form(segment)
        return self._submit(changes.review(segment, target, who=who, note=note, findings=tuple(findings), seen=seen)).result()

    def review_all(self, wordings: Iterable[tuple[str, Runs, tuple[Finding, ...]]], *, who: str, note: str = "") -> tuple[Review, ...]:
        """``review`` for many segments at once, in few transactions; raises as that does, and what came before is kept."""
        if not who.strip():
            raise StoreError("a review needs a name: say who decides.")
        rows = list(wordings)
        for segment, _, _ in rows:
            known_form(segment)
        waiting = [self._submit(changes.review(segment, target, who=who, note=note, findings=findings)) for segment, target, findings in rows]
        return tuple(one.result() for one in waiting)

    def reopen(self, segment: str, *, who: str, seen: int | None = changes.ANY) -> bool:
        """Take a person's approval back: the wording that stood before stands again. False where nobody had approved it. Raises as ``review`` does."""
        known_form(segment)
        return self._submit(changes.reopen(segment, who=who, seen=seen)).result()

    @property
    def dismissing(self) -> Dismissing:
        """Findings that people judge to be none."""
        return Dismissing(self._reading, self._submit, self.path)

    @property
    def wiki(self) -> WikiRows:
        """Where the work's pages came from and went to, where it is one of a wiki's."""
        return WikiRows(self.path, self._reading, self._submit)

    @property
    def glossaries(self) -> Glossaries:
        """Copies of the glossaries that the work was translated by."""
        return Glossaries(self._reading, self._submit, self.path)

    # --- the ledger

    def ledger(self) -> tuple[Decision, ...]:
        """What holds now of the ledger, one decision for each key, rejected ones too, in the order in which they first came up."""
        with telling(self.path):
            return ledger.current(self._reading())

    def ledger_mark(self) -> tuple[int, int]:
        """Two numbers that grow with the ledger: with what people and glossaries decide, and with anything; quick to ask."""
        with telling(self.path):
            return ledger.mark(self._reading())

    def ledger_history(self, key: str | None = None) -> tuple[Decision, ...]:
        """All decisions of the ledger, oldest first, or those about one ``LedgerLine.key``."""
        with telling(self.path):
            return ledger.history(self._reading(), key)

    def decide(self, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
        """Add decisions to the ledger; gives back those that were taken. A person's is overruled by a person's only. On disk on return."""
        return self._submit(ledger.decide(tuple(decisions), self._run)).result()

    def chosen(self, why: str) -> tuple[Turn, ...]:
        """The segments that were ever chosen for with a reason that begins with ``why``, each with what was chosen before and what holds now."""
        with telling(self.path):
            return historian.chosen(self._reading(), why)

    def history(self, segment: str) -> tuple[Event, ...]:
        """All that happened to a segment, oldest first: places, requests, drafts, reviews, dismissals, choices."""
        known_form(segment)
        with telling(self.path):
            return historian.history(self._reading(), segment)

    def findings(self, document: str | None = None, *, severity: Severity | None = None, check: str | None = None) -> Iterator[tuple[Segment, Finding, State]]:
        """The findings that hold now, in reading order."""
        for pair in self.pairs(document):
            for finding in pair.findings:
                if severity in (None, finding.severity) and check in (None, finding.check):
                    yield pair.segment, finding, pair.state

    def verify(self) -> tuple[str, ...]:
        """Re-derive every hash; a sentence for each thing that does not hold."""
        with telling(self.path):
            return tuple(auditor.verify(self._reading()))

    # --- within

    def _read_work(self) -> Work:
        try:
            with telling(self.path):
                row = self._reading().execute(f"SELECT {creator.WORK_COLUMNS} FROM work").fetchone()
            if row is None:
                raise StoreError(f"{self.path}: the store is damaged: it does not say what work it is of. Go back to a backup.")
        except StoreError:
            self._connections.close()
            raise
        return Work(*row)

    def _reading(self) -> sqlite3.Connection:
        return self._connections.mine()

    def _writing(self) -> sqlite3.Connection:
        if self.readonly:
            raise StoreError(f"{self.path}: it was opened for reading only.")
        return self._connections.mine()

    def _submit(self, operation: Operation[T]) -> Future[T]:
        if self.readonly:
            raise StoreError(f"{self.path}: it was opened for reading only.")
        return self._writer.submit(operation)

    def _documents(self, name: str | None) -> list[int]:
        number = self.version().number
        with telling(self.path):
            return reader.document_keys(self._reading(), number, name)
