"""A hand on a run that is under way: pause, go on, stop at once. Any face holds one, from any thread.

A pause lets no new request begin; what is on its way is finished and kept. A stop breaks off what is on its way, which may still be billed; all that came in is kept.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from translate.errors import RunStopped
from translate.pipeline.running.quote import Quote

Act = Callable[[asyncio.Event, "asyncio.Task[object]"], object]

STOPPED = "Stopped. What is done is kept; the same order goes on where it was."


class Control:
    """Holds one run. ``quote`` is what it will take, once that is known; None where no model is asked."""

    def __init__(self) -> None:
        self.quote: Quote | None = None
        self._lock = threading.Lock()
        self._paused = False
        self._stopped = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[object] | None = None
        self._go_on: asyncio.Event | None = None

    @property
    def paused(self) -> bool:
        """Whether it is paused."""
        return self._paused

    @property
    def stopped(self) -> bool:
        """Whether it was told to stop."""
        return self._stopped

    def pause(self) -> None:
        """Let no new request begin."""
        with self._lock:
            self._paused = True
            self._call(lambda event, _: event.clear())

    def resume(self) -> None:
        """Go on after a pause."""
        with self._lock:
            self._paused = False
            self._call(lambda event, _: event.set())

    def stop(self) -> None:
        """Break off at once. A run that has not begun does not begin."""
        with self._lock:
            self._stopped = True
            self._call(lambda _, task: task.cancel())

    def attach(self) -> None:
        """For the run: it is the present task that is held from now on. Raises ``RunStopped`` where a stop came first."""
        with self._lock:
            self.check()
            self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
            self._go_on = asyncio.Event()
            if not self._paused:
                self._go_on.set()

    def detach(self) -> None:
        """For the run: nothing is left to stop."""
        with self._lock:
            self._loop = self._task = self._go_on = None

    def check(self) -> None:
        """Raises ``RunStopped`` where it was told to stop."""
        if self._stopped:
            raise RunStopped(STOPPED)

    async def passing(self) -> None:
        """For the run, before each request: waits while it is paused."""
        if self._go_on is not None:
            await self._go_on.wait()

    def _call(self, act: Act) -> None:
        """Do something in the run's own loop, where it has begun."""
        loop, event, task = self._loop, self._go_on, self._task
        if loop is not None and event is not None and task is not None:
            loop.call_soon_threadsafe(act, event, task)
