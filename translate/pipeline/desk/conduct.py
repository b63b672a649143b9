"""Runs that are carried out in this process, each in a thread of its own, for faces that show them while they go on.

One run at a time on a work; several works side by side. Whoever asks gets a value that says how a run stands; a run that has ended stays to be looked at until the next one of its work.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from translate.errors import DragomanError, RunStopped, SettingError
from translate.models.seam import DirectModel, Model
from translate.pipeline import order as orders
from translate.pipeline.desk.shelf import file_of
from translate.pipeline.order import Order, Result
from translate.pipeline.progress import Mending, Standing
from translate.pipeline.running.control import Control
from translate.pipeline.running.quote import Quote, Range
from translate.pipeline.works import Folder

State = Literal["preparing", "running", "paused", "stopping", "building", "finished", "stopped", "failed"]
OVER: frozenset[State] = frozenset({"finished", "stopped", "failed"})
LINES = 8
MENDINGS = 3
SURE = 12
"""So many passages must have come in before their pace says more than the quote."""
QUICKER, SLOWER = 0.8, 1.6
"""What is left may take this much less or more than the pace so far says; passages differ in length, and mending comes late."""

Carry = Callable[..., Result]


@dataclass(frozen=True, slots=True)
class View:
    """How a run stands at this moment. ``version`` grows with every change; ``left`` is the seconds that it may still take, None where nobody can say.

    ``first`` is how many passages were done when it began, ``message`` why it failed or stopped.
    """

    state: State
    version: int
    standing: Standing | None
    first: int
    seconds: float
    left: Range | None
    quote: Quote | None
    mending: tuple[Mending, ...]
    lines: tuple[str, ...]
    message: str
    model: str

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.state in OVER


@dataclass(slots=True)
class Job:
    """One run in its thread; it is the run's ``Progress``. ``view`` may be asked from any thread."""

    folder: Folder
    order: Order
    file: tuple[int, int] = (0, 0)
    control: Control = field(default_factory=Control)
    clock: Callable[[], float] = time.monotonic
    result: Result | None = None
    message: str = ""
    thread: threading.Thread | None = None
    _state: State = "preparing"
    _version: int = 0
    _standing: Standing | None = None
    _first: int = 0
    _began: float = 0.0
    _worked: float = 0.0
    _since: float | None = None
    _mending: deque[Mending] = field(default_factory=lambda: deque(maxlen=MENDINGS))
    _lines: deque[str] = field(default_factory=lambda: deque(maxlen=LINES))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    # --- told by the run

    def stands(self, standing: Standing) -> None:
        """Some passages came in."""
        with self._lock:
            if self._standing is None:
                self._first, self._since = standing.done, self.clock()
                self._state = "paused" if self.control.paused else "running"
            if self._standing is not None and standing.done > self._standing.done:
                self._mending = deque((one for one in self._mending if one.document != standing.document), maxlen=MENDINGS)
            self._standing = standing
            if standing.done >= standing.total and self._state == "running":
                self._state = "building"
            self._version += 1

    def says(self, line: str) -> None:
        """A line worth showing."""
        with self._lock:
            self._lines.append(line)
            self._version += 1

    def mends(self, mending: Mending) -> None:
        """A passage is asked for again."""
        with self._lock:
            self._mending = deque((one for one in self._mending if one.segment != mending.segment), maxlen=MENDINGS)
            self._mending.append(mending)
            self._version += 1

    # --- told by a person

    def pause(self) -> None:
        """Let no new request begin."""
        self.control.pause()
        with self._lock:
            if self._state == "running":
                self._halt()
                self._state = "paused"
                self._version += 1

    def resume(self) -> None:
        """Go on after a pause."""
        with self._lock:
            if self._state == "paused":
                self._since = self.clock()
                self._state = "running"
                self._version += 1
        self.control.resume()

    def stop(self) -> None:
        """Break off at once."""
        with self._lock:
            if self._state not in OVER:
                self._state = "stopping"
                self._version += 1
        self.control.stop()

    # --- asked by the faces

    def view(self) -> View:
        """How the run stands now."""
        with self._lock:
            seconds = self._worked + (self.clock() - self._since if self._since is not None else 0.0)
            return View(
                self._state, self._version, self._standing, self._first, seconds, self._left(seconds), self.control.quote,
                tuple(reversed(self._mending)), tuple(self._lines), self.message, self.order.model,
            )  # fmt: skip

    def _left(self, seconds: float) -> Range | None:
        standing = self._standing
        if standing is None or self._state in OVER:
            return None
        gained, missing = standing.done - self._first, standing.total - standing.done
        if gained >= SURE and seconds > 0:
            pace = seconds / gained * missing
            return Range(pace * QUICKER, pace * SLOWER)
        quote = self.control.quote
        if quote is None or not quote.segments:
            return None
        share = missing / max(1, standing.total - self._first)
        return Range(quote.seconds.low * share, quote.seconds.high * share)

    def _halt(self) -> None:
        """Stop counting the time. The caller holds the lock."""
        if self._since is not None:
            self._worked += self.clock() - self._since
            self._since = None

    def work(self, carry_out: Carry, model: Model | DirectModel | None) -> None:
        """Carry the order out, to its end, whatever that is."""
        ended: State = "failed"
        try:
            self.result = carry_out(self.order, self, control=self.control, folder=self.folder, model=model)
            ended, self.message = _ending(self.result)
        except RunStopped as error:
            ended, self.message = "stopped", str(error)
        except DragomanError as error:
            self.message = str(error)
        finally:
            with self._lock:
                self._halt()
                self._state = ended
                self._mending.clear()
                self._version += 1


def _ending(result: Result) -> tuple[State, str]:
    if result.error is None:
        return "finished", ""
    return "stopped" if isinstance(result.error, RunStopped) else "failed", str(result.error)


class Conductor:
    """The runs of this process, the newest of each work. All methods may be called from any thread."""

    def __init__(self, *, carry_out: Carry = orders.carry_out) -> None:
        self._carry_out = carry_out
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}

    def begin(self, folder: Folder, order: Order, *, model: Model | DirectModel | None = None) -> Job:
        """Carry out ``order`` on the work in ``folder``, in a thread. Raises ``SettingError`` where a run of it is under way here already."""
        with self._lock:
            there = self._jobs.get(folder.name)
            if there is not None and not there.view().over:
                raise SettingError(f"A run of {folder.name} is under way: pause or stop it first.")
            job = self._jobs[folder.name] = Job(folder, order, file=file_of(folder.store))
            job.thread = threading.Thread(target=job.work, args=(self._carry_out, model), name=f"run of {folder.name}", daemon=True)
            job.thread.start()
        return job

    def job(self, folder: Folder) -> Job | None:
        """The newest run of a work that was begun here, or None; also where the work was thrown away since, and another has its name."""
        job = self._jobs.get(folder.name)
        return None if job is None or (job.view().over and job.file != file_of(folder.store)) else job

    def views(self) -> dict[str, View]:
        """How the runs stand, by the name of the work's folder."""
        jobs = ((name, self.job(job.folder)) for name, job in list(self._jobs.items()))
        return {name: job.view() for name, job in jobs if job is not None}

    def close(self, *, seconds: float = 20.0) -> None:
        """Stop every run, and wait until each has put on disk what it had."""
        jobs = [job for job in self._jobs.values() if not job.view().over]
        for job in jobs:
            job.stop()
        for job in jobs:
            if job.thread is not None:
                job.thread.join(seconds)
