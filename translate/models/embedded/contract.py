"""What an engine for GGUF models must be able to do, and the values that cross to it and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from translate.models.seam import Request

Stopped = Callable[[str], bool]
"""Is shown the answer so far, token by token, and says True to stop it: nobody waits for it any more, or it runs away."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine generated. ``prompt``, ``cached`` and ``answer`` are tokens; ``finish`` is "stop" or "length"."""

    text: str
    finish: str
    prompt: int
    answer: int
    cached: int = 0


class Engine(Protocol):
    """Runs one GGUF model in this process. ``run`` may be called from several threads at once, up to ``slots`` at a time.

    ``context`` is how many tokens one sequence holds, prompt and answer together.
    """

    name: str
    slots: int
    context: int

    def run(self, request: Request, stopped: Stopped) -> Answer:
        """Generate until a stop string, the model's end of text, ``request.most`` tokens, or ``stopped`` says so.

        Raises ``RequestTooLong`` where the prompt does not fit, ``ModelRefused`` for a grammar that cannot be read, ``ModelUnreachable`` where the engine fails.
        """

    def count(self, text: str) -> int:
        """How many tokens ``text`` has by the model's own tokenizer."""

    def threads(self, number: int) -> None:
        """Compute with ``number`` threads from now on; nothing may be running."""

    def close(self) -> None:
        """Free the model. Nothing may be running."""
