"""A file that is never in memory as a whole, made of the pieces that a store gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast


class Pieces:
    """Reads pieces one after the other as one file; all that it can is ``read`` with a size."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes; none at the end."""
        if not self._rest:
            self._rest = next(self._pieces, b"")
        found, self._rest = self._rest[:size], self._rest[size:]
        return found


@contextmanager
def opened(pieces: Callable[[], Iterator[bytes]]) -> Iterator[BinaryIO]:
    """The pieces as a file to read."""
    yield cast(BinaryIO, Pieces(pieces()))
