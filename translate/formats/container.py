"""A book's zip: read within limits, entries found by name or href, and written again entry by entry.

Nothing is ever unpacked to disk. Entries that do not change are copied packed, as they lie in the source.
"""

from __future__ import annotations

import hashlib
import io
import os
import posixpath
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from translate.errors import SourceError
from translate.formats.directory import CENTRAL, DEFLATED, DESCRIPTOR, END, LOCAL, STORED, UTF8, Entry, entries, shown

PIECE = 1 << 18
"""Bytes read at a time."""

MIMETYPE = "mimetype"
EPUB_TYPE = b"application/epub+zip"


class Container:
    """A zip opened for reading: ``entries`` in order, ``sha256`` of the whole file, ``damaged`` the names of entries whose content does not check.

    Holds no open file: each read opens the path anew and refuses a file that has changed since.
    """

    def __init__(self, source: str | os.PathLike[str] | bytes, *, name: str = "") -> None:
        """Open ``source``, a path or the bytes of a file, and check every entry once.

        Raises ``SourceError`` where it cannot be read, is no sound zip, or passes a limit (``formats.directory``).
        """
        self._data = source if isinstance(source, bytes) else None
        self._path = Path() if isinstance(source, bytes) else Path(source)
        self.name = name or ("book.epub" if self._data is not None else self._path.name)
        self._stamp: tuple[int, int] | None = None
        with self._open() as file:
            digest = hashlib.sha256()
            size = 0
            while piece := file.read(PIECE):
                digest.update(piece)
                size += len(piece)
            self.sha256 = digest.hexdigest()
            self.size = size
            self.entries = entries(file, size=size, label=self.name)
            self.damaged = tuple(entry.name for entry in self.entries if not _sound(file, entry, self.name))
        self._by_name = {entry.name: entry for entry in self.entries}
        self._by_form = {_form(entry.name): entry.name for entry in reversed(self.entries)}

    @contextmanager
    def _open(self) -> Iterator[BinaryIO]:
        if self._data is not None:
            yield io.BytesIO(self._data)
            return
        try:
            file = self._path.open("rb")
        except OSError as error:
            raise SourceError(f"{self.name} cannot be read: {error.strerror or error}.") from error
        with file:
            about = os.fstat(file.fileno())
            stamp = (about.st_size, about.st_mtime_ns)
            if self._stamp is not None and stamp != self._stamp:
                raise SourceError(f"{self.name} has changed while it was being read: run the command again.")
            self._stamp = stamp
            yield file

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def entry(self, name: str) -> Entry:
        """The entry of that exact name. Raises ``SourceError`` where there is none."""
        try:
            return self._by_name[name]
        except KeyError:
            raise SourceError(f"{self.name} has no entry '{shown(name)}': it is not a whole EPUB.") from None

    def find(self, href: str, *, base: str = "") -> str | None:
        """The name of the entry that ``href`` means when it stands in the entry ``base``, or None.

        Percent-encoding, Unicode form (NFC, NFD) and letter case may differ; query and fragment are dropped; a path that leads out of the book means nothing.
        """
        path = href.split("#", 1)[0].split("?", 1)[0].strip()
        if not path:
            return base if base in self._by_name else None
        for candidate in (unquote(path), path):
            joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), candidate)).lstrip("/")
            if joined in self._by_name:
                return joined
            if _form(joined) in self._by_form:
                return self._by_form[_form(joined)]
        return None

    def read(self, name: str) -> bytes:
        """The content of an entry. Raises ``SourceError`` where there is none or it is damaged."""
        entry = self.entry(name)
        if name in self.damaged:
            raise SourceError(f"{self.name} is damaged inside '{shown(name)}' (it does not unpack): fetch the file again.")
        with self._open() as file:
            return b"".join(_unpacked(file, entry))

    def packed(self, entry: Entry) -> Iterator[bytes]:
        """The packed bytes of an entry, piece by piece."""
        with self._open() as file:
            yield from _pieces(file, entry)

    def copy(self, out: BinaryIO) -> None:
        """Write the whole file, byte for byte."""
        with self._open() as file:
            while piece := file.read(PIECE):
                out.write(piece)


def _form(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _pieces(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    file.seek(entry.start)
    left = entry.packed
    while left and (piece := file.read(min(PIECE, left))):
        left -= len(piece)
        yield piece


def _unpacked(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """The content of an entry, piece by piece, however much it is. Raises ``zlib.error`` where it does not unpack."""
    if entry.method == STORED:
        yield from _pieces(file, entry)
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in _pieces(file, entry):
        while piece and not inflater.eof:
            yield inflater.decompress(piece, PIECE)
            piece = inflater.unconsumed_tail
    yield inflater.flush()


def _sound(file: BinaryIO, entry: Entry, label: str) -> bool:
    """Whether the content has the size and checksum of the header. Raises ``SourceError`` where there is more than the header says."""
    size = crc = 0
    try:
        for piece in _unpacked(file, entry):
            size += len(piece)
            crc = zlib.crc32(piece, crc)
            if size > entry.size:
                raise SourceError(f"{label} lies about the size of '{shown(entry.name)}': it looks like a zip bomb and is not opened.")
    except zlib.error:
        return False
    return size == entry.size and crc == entry.crc


class Packer:
    """Writes a zip front to back: entries copied packed, replaced or added, then the directory.

    The same calls give the same bytes. ``out`` need not be seekable.
    """

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._at = 0
        self._done: list[Entry] = []

    def copy(self, container: Container, entry: Entry) -> None:
        """Write an entry as it lies in the source: its packed bytes, time, attributes and extra fields."""
        self._begin(entry)
        for piece in container.packed(entry):
            self._write(piece)

    def replace(self, entry: Entry, data: bytes) -> None:
        """Write ``data`` under the name, method, time and attributes of ``entry``."""
        packed = _deflated(data) if entry.method == DEFLATED else data
        self._begin(replace(entry, crc=zlib.crc32(data), packed=len(packed), size=len(data)))
        self._write(packed)

    def add(self, name: str, data: bytes, *, like: Entry, method: int = STORED) -> None:
        """Write a new entry, dated and attributed ``like`` another; without extra fields, as EPUB wants its first entry."""
        raw = name.encode()
        flags = 0 if raw.isascii() else UTF8
        self.replace(replace(like, name=name, raw_name=raw, flags=flags, method=method, extra=b"", comment=b""), data)

    def close(self) -> None:
        """Write the directory; the zip is whole after this."""
        start = self._at
        for entry in self._done:
            self._write(_central_header(entry))
        self._write(END.pack(b"PK\x05\x06", 0, 0, len(self._done), len(self._done), self._at - start, start, 0))

    def _begin(self, entry: Entry) -> None:
        # Sizes are known here, so no data descriptor follows the content.
        entry = replace(entry, flags=entry.flags & ~DESCRIPTOR, header=self._at)
        self._done.append(entry)
        head = LOCAL.pack(b"PK\x03\x04", 20, entry.flags, entry.method, entry.time, entry.date, entry.crc, entry.packed, entry.size, len(entry.raw_name), 0)
        self._write(head + entry.raw_name)

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._at += len(data)


def _deflated(data: bytes) -> bytes:
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflater.compress(data) + deflater.flush()


def _central_header(entry: Entry) -> bytes:
    head: bytes = CENTRAL.pack(
        b"PK\x01\x02",
        entry.made_by,
        20,
        entry.flags,
        entry.method,
        entry.time,
        entry.date,
        entry.crc,
        entry.packed,
        entry.size,
        len(entry.raw_name),
        len(entry.extra),
        len(entry.comment),
        0,
        entry.internal,
        entry.external,
        entry.header,
    )
    return head + entry.raw_name + entry.extra + entry.comment
