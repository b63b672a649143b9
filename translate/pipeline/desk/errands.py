"""Answers that take longer than a page may: each is looked for once, in a thread of its own, while the one who asked looks again now and then.

What was found is kept for the next who asks, as long as nothing has changed that it was found from.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

T = TypeVar("T")
AT_ONCE = 2
"""So many are looked for at once; they compute, and pages shall stay quick."""
KEPT = 32
PATIENCE = 0.05
"""Seconds that the one who asks waits for an answer that comes quickly."""


class Errands:
    """The errands of a server. All methods may be called from any thread; ``close`` in the end."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="errand")
        self._there: OrderedDict[Hashable, tuple[Hashable, Future[object]]] = OrderedDict()

    def ask(self, name: Hashable, stamp: Hashable, find: Callable[[], T], *, waited: bool = False, patience: float = PATIENCE) -> T | None:
        """What ``find`` gives, or None while it is looked for. Raises what ``find`` raises.

        ``name`` is what is asked, ``stamp`` what it is found from: with another stamp it is looked for anew.
        Who has ``waited`` for it takes it as it was found, so that an answer comes also where something changes all the time.
        """
        future = self._future(name, stamp, find, waited)
        wait((future,), timeout=patience)
        if not future.done():
            return None
        if future.exception() is not None:
            self._forget(name, future)  # an error is told once; who asks again has it looked for again
        return future.result()  # type: ignore[return-value]

    def told(self, name: Hashable) -> None:
        """Hear how an errand ended that nobody waits for: raises what it raised, once. Nothing happens where it goes on, or there is none."""
        with self._lock:
            there = self._there.get(name)
        if there is not None and there[1].done() and there[1].exception() is not None:
            self._forget(name, there[1])
            there[1].result()

    def running(self, name: Hashable | None = None) -> bool:
        """Whether this is being looked for; without a name, whether anything is."""
        with self._lock:
            there = list(self._there.values()) if name is None else [self._there[name]] if name in self._there else []
        return any(not future.done() for _, future in there)

    def close(self) -> None:
        """Take no more; what is being looked for comes to its end."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _future(self, name: Hashable, stamp: Hashable, find: Callable[[], object], waited: bool) -> Future[object]:
        with self._lock:
            there = self._there.pop(name, None)
            if there is None or not (there[0] == stamp or waited or not there[1].done()):
                there = (stamp, self._pool.submit(find))
            self._there[name] = there
            while len(self._there) > KEPT and next(iter(self._there.values()))[1].done():
                self._there.popitem(last=False)
            return there[1]

    def _forget(self, name: Hashable, future: Future[object]) -> None:
        with self._lock:
            if (there := self._there.get(name)) is not None and there[1] is future:
                del self._there[name]
