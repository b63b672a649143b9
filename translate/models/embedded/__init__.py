"""Models that run in this process, without a server and without a network."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from translate.models import profiles
from translate.models.embedded import engine as engines
from translate.models.embedded import files, fit, gguf
from translate.models.embedded.contract import Engine
from translate.models.prices import FREE
from translate.models.seam import Price, Profile, Reply, Request, Usage, Watch

LARGEST_CONTEXT = 4096
"""Tokens of one sequence: a chunk, its prompt and its answer fit, and the memory stays small."""

WATCH_EVERY = 200


class Embedded:
    """A ``Model`` in front of an ``Engine``: each request runs in a thread of its own, so the event loop stays free.

    A request that is cancelled stops generating at the next token. With a ``watch`` a runaway repetition is stopped (finish "loop").
    """

    def __init__(self, engine: Engine, *, spec: str, name: str, profile: Profile, jobs: int, watch: Watch | None = None) -> None:
        self.spec = spec
        self.name = name
        self.profile = profile
        self.price: Price | None = FREE
        self.local = True
        self.jobs = jobs
        self.engine = engine
        self._watch = watch
        self._pool = ThreadPoolExecutor(engine.slots, thread_name_prefix="dragoman-model")

    def __repr__(self) -> str:
        return f"Embedded({self.name!r}, engine={self.engine.name!r})"

    async def complete(self, request: Request) -> Reply:
        """Generate once. Raises what ``Engine.run`` raises."""
        began = time.monotonic()
        looking = _Looking(self._watch)
        try:
            answer = await asyncio.get_running_loop().run_in_executor(self._pool, self.engine.run, request, looking)
        except asyncio.CancelledError:
            looking.cancelled.set()
            raise
        finish = "loop" if looking.looped else answer.finish
        return Reply(answer.text, finish, Usage(answer.prompt, answer.answer, answer.cached), self.name, time.monotonic() - began)

    def count(self, text: str) -> int:
        """By the model's own tokenizer."""
        return self.engine.count(text)

    async def aclose(self) -> None:
        """Wait for what is running, and free the model."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        self.engine.close()


class _Looking:
    """Looks at an answer while it grows: stops it where its request was cancelled or it runs away."""

    def __init__(self, watch: Watch | None) -> None:
        self.cancelled = threading.Event()
        self.looped = False
        self._watch = watch
        self._seen = 0

    def __call__(self, text: str) -> bool:
        if self.cancelled.is_set():
            return True
        if self._watch is not None and len(text) - self._seen >= WATCH_EVERY:
            self._seen = len(text)
            self.looped = self._watch(text)
        return self.looped


def load(spec: str, *, path: Path | None = None, engine: str = "", jobs: int | None = None, watch: Watch | None = None) -> Embedded:
    """The model at ``path`` (default: the small one of the demonstration) on the engine asked for, loaded and measured.

    Raises ``SettingError`` where no engine is installed, or the file is no model or too large for the memory.
    """
    kind = engines.choose(engine)
    file = path or files.default()
    facts = gguf.read(file)
    profile = profile_of(file, facts)
    slots = jobs or _slots(file)
    loaded = engines.load(kind, file, context=profile.context, slots=slots, threads=1)
    cores, busy = fit.machine()
    found = fit.find(loaded, file, cores=cores, busy=busy)
    return Embedded(loaded, spec=spec, name=file.stem, profile=profile, jobs=jobs or found.slots, watch=watch)


def profile_of(file: Path, facts: gguf.Facts, *, folder: Path | None = None) -> Profile:
    """The profile of a GGUF file: the user's own or its family's; a file without a chat template is asked by examples.

    What an engine of ours can hold (grammar, schema) is true of every chat model here.
    """
    found = profiles.find(file.stem, folder=folder)
    if found.form == "chat" and not facts.chat:
        found = replace(profiles.family("base"), name=file.stem)
    elif found.form == "chat" and not profiles.path(file.stem, folder=folder).is_file():
        found = replace(found, grammar=True, schema=True)
    return replace(found, context=min(found.context, LARGEST_CONTEXT, facts.context or LARGEST_CONTEXT))


def _slots(file: Path) -> int:
    """How many sequences there may be at most: each needs memory in proportion to the model."""
    size = file.stat().st_size
    if size < 1 << 30:
        return 8
    return 4 if size < 4 << 30 else 2
