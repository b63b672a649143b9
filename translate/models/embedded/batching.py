"""Decodes several sequences side by side with llama-cpp-python: one thread owns the context and takes a step for all of them at once.

A step reads the whole model from memory, whether for one token or for eight: that is what makes it worth it.
The newest prompt is kept as a sequence of its own, and the next prompt takes over as many leading tokens of it as are the same:
in a cache that all sequences share that copies nothing.
"""

from __future__ import annotations

import ctypes
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from translate.errors import ModelUnreachable
from translate.models.embedded.contract import Answer, Stopped

KEPT = 0
"""The sequence that holds the newest prompt."""

BATCH = 512
LEAST_SHARED = 8


@dataclass(slots=True)
class Run:
    """One generation: what is asked, and how far it is."""

    prompt: Sequence[int]
    most: int
    stops: tuple[bytes, ...]
    stopped: Stopped
    sampler: Any = None
    future: Future[Answer] = field(default_factory=Future)
    sequence: int = -1
    done: int = 0
    cached: int = 0
    answer: list[int] = field(default_factory=list)
    said: bytearray = field(default_factory=bytearray)
    finish: str = ""

    @property
    def text(self) -> str:
        """The answer so far; letters cut in two by its end are left out."""
        return self.said.decode("utf-8", "ignore")

    def waiting(self) -> list[int]:
        """The tokens that the model has not seen yet."""
        return list(self.prompt[self.done :]) if self.done < len(self.prompt) else self.answer[-1:]

    def take(self, piece: bytes) -> None:
        """Take the letters of a new token in, and see whether the answer ends with it."""
        self.said += piece
        start = max(0, len(self.said) - len(piece) - max(map(len, self.stops), default=0))
        places = [place for stop in self.stops if (place := self.said.find(stop, start)) >= 0]
        if places:
            del self.said[min(places) :]
            self.finish = "stop"
        elif len(self.answer) >= self.most:
            self.finish = "length"

    def result(self) -> Answer:
        """The answer as it stands."""
        return Answer(self.text, self.finish or "stop", len(self.prompt), len(self.answer), self.cached)


class Batcher:
    """Owns a llama.cpp context and the thread that decodes in it. ``slots`` runs at a time; more wait their turn."""

    def __init__(self, library: Any, context: Any, vocabulary: Any, *, slots: int) -> None:
        self._library = library
        self._context = context
        self._vocabulary = vocabulary
        self._memory = library.llama_get_memory(context)
        self._words = library.llama_vocab_n_tokens(vocabulary)
        self._batch = library.llama_batch_init(BATCH, 0, 1)
        self._piece = ctypes.create_string_buffer(256)
        self._free = deque(range(1, slots + 1))
        self._kept: list[int] = []
        self._active: list[Run] = []
        self._queue: deque[Run] = deque()
        self._news = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._work, name="llama.cpp", daemon=True)
        self._thread.start()

    def submit(self, run: Run) -> Future[Answer]:
        """Queue ``run``; its future brings the answer, or ``ModelUnreachable`` where the engine fails."""
        with self._news:
            self._queue.append(run)
            self._news.notify()
        return run.future

    def close(self) -> None:
        """Stop the thread and wait for it; what is still running fails."""
        with self._news:
            self._closing = True
            self._news.notify()
        self._thread.join()
        self._fail("it was closed")
        self._library.llama_batch_free(self._batch)

    def _work(self) -> None:
        while True:
            with self._news:
                while not (self._queue or self._active or self._closing):
                    self._news.wait()
                if self._closing:
                    return
                while self._queue and self._free:
                    self._admit(self._queue.popleft())
            self._step()

    def _admit(self, run: Run) -> None:
        """Give the run a sequence, with the tokens that it shares with the newest prompt already in it."""
        run.sequence = self._free.popleft()
        shared = _shared(self._kept, run.prompt)
        if shared >= LEAST_SHARED:
            self._library.llama_memory_seq_cp(self._memory, KEPT, run.sequence, 0, shared)
            run.done = run.cached = shared
        self._active.append(run)

    def _step(self) -> None:
        """One decode for all that run: a token for each that answers, as much of the prompts as the batch holds."""
        for run in self._active:
            if run.stopped(run.text):
                run.finish = "stop"
        self._retire()
        asked: list[tuple[int, Run]] = []
        filled = 0
        for run in self._active:
            tokens = run.waiting()[: BATCH - filled]
            for offset, token in enumerate(tokens):
                self._put(filled + offset, token, run, run.done + offset)
            filled += len(tokens)
            run.done += len(tokens)
            if tokens and run.done >= len(run.prompt):
                self._batch.logits[filled - 1] = 1
                asked.append((filled - 1, run))
        if not filled:
            return
        self._batch.n_tokens = filled
        if self._library.llama_decode(self._context, self._batch) != 0:
            self._fail("its memory for the context is full or it cannot compute")
            return
        for place, run in asked:
            self._hear(place, run)
        self._retire()

    def _put(self, place: int, token: int, run: Run, position: int) -> None:
        batch = self._batch
        batch.token[place] = token
        batch.pos[place] = position
        batch.n_seq_id[place] = 1
        batch.seq_id[place][0] = run.sequence
        batch.logits[place] = 0

    def _hear(self, place: int, run: Run) -> None:
        """Choose the next token of a run from the logits at ``place`` of the batch."""
        if not run.answer:
            self._keep(run)
        token = self._choose(place, run)
        if self._library.llama_vocab_is_eog(self._vocabulary, token):
            run.finish = "stop"
            return
        run.answer.append(token)
        run.take(self._letters(token))

    def _choose(self, place: int, run: Run) -> int:
        """The likeliest token, or what the run's sampler (temperature, grammar) takes."""
        if run.sampler is not None:
            return int(self._library.llama_sampler_sample(run.sampler, self._context, place))
        import numpy

        logits = self._library.llama_get_logits_ith(self._context, place)
        return int(numpy.ctypeslib.as_array(logits, shape=(self._words,)).argmax())

    def _letters(self, token: int) -> bytes:
        length = self._library.llama_token_to_piece(self._vocabulary, token, self._piece, len(self._piece), 0, False)
        return self._piece.raw[: max(0, length)]

    def _keep(self, run: Run) -> None:
        """Let the prompt of ``run``, now computed, be the one whose beginning others take over."""
        self._library.llama_memory_seq_rm(self._memory, KEPT, -1, -1)
        self._library.llama_memory_seq_cp(self._memory, run.sequence, KEPT, 0, len(run.prompt))
        self._kept = list(run.prompt)

    def _retire(self) -> None:
        """Hand over the answers of the runs that ended, and free their sequences."""
        for run in [run for run in self._active if run.finish]:
            self._leave(run)
            run.future.set_result(run.result())

    def _leave(self, run: Run) -> None:
        self._active.remove(run)
        self._library.llama_memory_seq_rm(self._memory, run.sequence, -1, -1)
        self._free.append(run.sequence)
        if run.sampler is not None:
            self._library.llama_sampler_free(run.sampler)
            run.sampler = None

    def _fail(self, why: str) -> None:
        """Tell everyone who waits, and start from an empty context."""
        with self._news:
            lost = [*self._active, *self._queue]
            self._queue.clear()
        for run in list(self._active):
            self._leave(run)
        self._library.llama_memory_clear(self._memory, True)
        self._kept = []
        for run in lost:
            run.future.set_exception(ModelUnreachable(f"The engine llama-cpp-python failed ({why}): start the command again to go on, with fewer --jobs."))


def _shared(kept: Sequence[int], prompt: Sequence[int]) -> int:
    """How many leading tokens are the same; one of ``prompt`` is always left, to be computed."""
    most = min(len(kept), len(prompt) - 1)
    return next((place for place in range(most) if kept[place] != prompt[place]), max(0, most))
