"""A work as its reader will see it, chapter by chapter, without a book on the disk: built in memory, read entry by entry.

What is given out is the book's own, hostile or not: whoever shows it must put it where no script runs.
"""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from dataclasses import dataclass

from translate.errors import SettingError
from translate.formats.container import Container
from translate.pipeline import results
from translate.store import Store

KEPT = 3
"""So many books are kept in memory."""
TYPES = {
    "xhtml": "application/xhtml+xml",
    "html": "text/html",
    "htm": "text/html",
    "css": "text/css",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xml": "application/xhtml+xml",
}
"""What a reader's eyes need of a book; nothing else is given out, no script above all."""


@dataclass(frozen=True, slots=True)
class Part:
    """One entry of a book, with its media type."""

    data: bytes
    type: str


class Book:
    """A built book, read by the names of its entries."""

    def __init__(self, data: bytes, format: str) -> None:
        self._data = data
        self._zip = Container(data) if format == "epub" else None
        self._type = {"html": "text/html"}.get(format, "text/plain")

    def part(self, name: str) -> Part:
        """The entry ``name``; of a book in one file, that file. Raises ``SettingError`` where there is none that is shown."""
        if self._zip is None:
            return Part(self._data, self._type)
        kind = TYPES.get(name.rsplit(".", 1)[-1].lower(), "")
        if not kind or name not in self._zip:
            raise SettingError("There is no such part of the book.")
        return Part(self._zip.read(name), kind)


class Previews:
    """Books built from stores as they stand, the latest kept. May be asked from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._books: OrderedDict[tuple[object, ...], Book] = OrderedDict()

    def book(self, key: str, store: Store, *, bilingual: bool = False, pulse: tuple[int, ...] = ()) -> Book:
        """The book of the store as it stood at ``pulse`` (now, where none is given), or a little later; built anew only where something was decided since.

        ``key`` names the work. A chapter and its pictures are asked for one after another: with one pulse they are of one book, whatever a run writes meanwhile.
        """
        wanted = (key, bilingual, *(pulse or store.pulse()))
        with self._lock:
            if wanted not in self._books:
                out = io.BytesIO()
                results.write(store, out, bilingual=bilingual)
                self._books[wanted] = Book(out.getvalue(), store.work.format)
                while len(self._books) > KEPT:
                    self._books.popitem(last=False)
            self._books.move_to_end(wanted)
            return self._books[wanted]
