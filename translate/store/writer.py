"""The writer: one thread that puts what many lanes hand it into few transactions.

While one commit waits for the disk, the next outcomes queue up; they share the next commit. A future is done when its commit is on disk.
"""

from __future__ import annotations

import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from translate.errors import StoreError
from translate.store.connections import connect, told, transaction

T = TypeVar("T")
Operation = Callable[[sqlite3.Connection], T]
OWN_FAULT = (sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError, sqlite3.DataError)  # one operation's, not the disk's
MOST = 500  # operations in one transaction: so that another process gets its turn

_Item = tuple[Operation[Any], "Future[Any]"]


class Writer:
    """Takes operations from any thread and runs them one after another, many in one transaction.

    ``commits`` counts the transactions. An operation that raises is undone alone; its neighbours are kept.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.commits = 0
        self._queue: queue.SimpleQueue[_Item | None] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    def submit(self, operation: Operation[T]) -> Future[T]:
        """Queue one operation. Its future gives its value once that is durable, or raises ``StoreError``; it cannot be cancelled."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()  # a task that is cancelled (Ctrl-C) must not take a reply with it that was paid for
        with self._guard:
            if self._closed:
                raise StoreError(f"{self.path}: the store was closed. Open it again.")
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=f"writer of {self.path.name}", daemon=True)
                self._thread.start()
            self._queue.put((operation, future))
        return future

    def close(self) -> None:
        """Write what is queued, then end the thread."""
        with self._guard:
            self._closed = True
            thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put(None)
            thread.join()

    def _work(self) -> None:
        connection: sqlite3.Connection | None = None
        open_ = True
        while open_:
            items, open_ = self._drain()
            try:
                connection = connection or connect(self.path)
                self._write(connection, items)
            except sqlite3.Error as error:
                _refuse(items, told(self.path, error))
        if connection is not None:
            connection.close()

    def _drain(self) -> tuple[list[_Item], bool]:
        """All that waits (at least one item, at most ``MOST``), and whether more may come."""
        items: list[_Item] = []
        item = self._queue.get()
        while item is not None:
            items.append(item)
            if len(items) >= MOST or self._queue.empty():
                return items, True
            item = self._queue.get()
        return items, False

    def _write(self, connection: sqlite3.Connection, items: list[_Item]) -> None:
        """One transaction; the futures learn of it after the commit."""
        if not items:
            return
        news: list[Callable[[], None]] = []
        with transaction(connection):
            for operation, future in items:
                news.append(self._run(connection, operation, future))
        self.commits += 1
        for tell in news:
            tell()

    def _run(self, connection: sqlite3.Connection, operation: Operation[Any], future: Future[Any]) -> Callable[[], None]:
        """Run one operation within a savepoint; what is to be told to its future after the commit."""
        connection.execute("SAVEPOINT one")
        try:
            value = operation(connection)
        except BaseException as error:  # handed to the one who waits, as executors do: the thread must live on for the others
            if isinstance(error, sqlite3.Error) and not isinstance(error, OWN_FAULT):
                raise  # the disk or the file: the whole transaction is lost, and every waiter is told so
            connection.execute("ROLLBACK TO one")
            connection.execute("RELEASE one")
            ours = StoreError(f"{self.path}: this could not be stored ({error}).") if isinstance(error, OWN_FAULT) else error
            return partial(future.set_exception, ours)
        connection.execute("RELEASE one")
        return partial(future.set_result, value)


def _refuse(items: list[_Item], error: StoreError) -> None:
    """Tell every future that has not heard yet."""
    for _, future in items:
        if not future.done():
            future.set_exception(error)
