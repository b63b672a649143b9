"""A prefix cache as servers have one: leading blocks of a prompt that an earlier prompt began with too."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence

BLOCK = 16
REQUESTS = 64


class PrefixCache:
    """Remembers the last 64 prompts in blocks of 16 tokens. A block counts only where everything before it is the same too."""

    def __init__(self, *, block: int = BLOCK, requests: int = REQUESTS) -> None:
        self._block = block
        self._requests: deque[tuple[int, ...]] = deque(maxlen=requests)
        self._held: Counter[int] = Counter()

    def see(self, tokens: Sequence[int]) -> int:
        """How many leading tokens of this prompt are held; then the prompt itself is remembered."""
        chain = self._chain(tokens)
        held = next((place for place, link in enumerate(chain) if not self._held[link]), len(chain))
        if len(self._requests) == self._requests.maxlen:
            self._held.subtract(self._requests.popleft())
            self._held += Counter()
        self._requests.append(chain)
        self._held.update(chain)
        return held * self._block

    def _chain(self, tokens: Sequence[int]) -> tuple[int, ...]:
        links: list[int] = []
        for start in range(0, len(tokens) - self._block + 1, self._block):
            links.append(hash((links[-1] if links else 0, *tokens[start : start + self._block])))
        return tuple(links)
