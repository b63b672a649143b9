"""Reads a zip's central directory without trusting it.

The standard library's reader cuts names at NUL, lets entries overlap, and builds every entry before anybody can count them.
A book comes from strangers, and we copy its entries raw; so the directory is read here, with limits, and every oddity is an error or kept.
The layout is PKWARE's APPNOTE 6.3, sections 4.3 and 4.5.3 (zip64).
"""

from __future__ import annotations

import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from translate.errors import SourceError

MOST_ENTRIES = 20_000
MOST_BYTES = 2_000_000_000
"""The largest zip, and the most bytes all of its entries may unpack to."""
MOST_ENTRY_BYTES = 200_000_000
RATIO = 200
RATIO_FROM = 50_000_000
"""An entry that unpacks to more than this may not be more than ``RATIO`` times its packed size."""

STORED, DEFLATED = 0, 8
ENCRYPTED, DESCRIPTOR, UTF8 = 0x1, 0x8, 0x800

END = struct.Struct("<4s4H2LH")
END64_LOCATOR = struct.Struct("<4sLQL")
END64 = struct.Struct("<4sQ2H2L4Q")
CENTRAL = struct.Struct("<4s6H3L5H2L")
LOCAL = struct.Struct("<4s5H3L2H")
FULL16, FULL32 = 0xFFFF, 0xFFFFFFFF
ZIP64_FIELD = 0x0001


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a zip, as its central directory tells it.

    ``name`` is the path with ``/``; ``raw_name`` its bytes. ``start`` and ``packed`` say where the packed bytes lie and how many they are, ``size`` how many they unpack to.
    ``time`` and ``date`` are in MS-DOS form. ``extra`` holds the extra fields but zip64's, which belongs to the file's layout.
    """

    name: str
    raw_name: bytes
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int
    size: int
    header: int
    start: int
    made_by: int = 20
    internal: int = 0
    external: int = 0
    extra: bytes = b""
    comment: bytes = b""

    @property
    def folder(self) -> bool:
        """Whether the entry is a folder."""
        return self.name.endswith("/")


def entries(file: BinaryIO, *, size: int, label: str) -> tuple[Entry, ...]:
    """Every entry of the zip in ``file``, in the order of its directory.

    ``size`` is the file's length, ``label`` the name that errors give it.
    Raises ``SourceError`` where the file is no zip, is cut off, passes a limit, or holds what no book needs: links, encrypted or overlapping entries, paths that lead out.
    """
    if size == 0:
        raise SourceError(f"{label} is empty: give a whole EPUB file.")
    if size > MOST_BYTES:
        raise SourceError(f"{label} is larger than {MOST_BYTES:,} bytes: no book needs that much, so it is not opened.")
    try:
        count, length, offset, shift = _end(file, size, label)
        found = tuple(_central(file, count, length, offset, shift, label))
        placed = tuple(_place(file, entry, size, label) for entry in found)
    except (struct.error, ValueError, OverflowError) as error:
        raise SourceError(f"{label} is a damaged zip ({error}): fetch the file again.") from error
    _check_all(placed, offset + shift, label)
    return placed


def _end(file: BinaryIO, size: int, label: str) -> tuple[int, int, int, int]:
    """Number of entries, length and offset of the directory, and how far everything is shifted by bytes before the zip."""
    tail_length = min(size, END.size + FULL16)
    file.seek(size - tail_length)
    tail = file.read(tail_length)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < END.size:
        file.seek(0)
        cut = file.read(4) == b"PK\x03\x04"
        raise SourceError(
            f"{label} is a zip that is cut off (its directory is missing): fetch the file again."
            if cut
            else f"{label} is not an EPUB (not even a zip): give a .epub file."
        )
    _, disk, first, here, count, length, offset, _ = END.unpack_from(tail, at)
    end = size - tail_length + at
    if (disk, first) != (0, 0) and disk != FULL16:
        raise SourceError(f"{label} is one part of a split zip: join the parts first.")
    if count == FULL16 or FULL32 in (length, offset):
        count, length, offset, end = _end64(file, end, label)
    elif here != count:
        raise SourceError(f"{label} is a damaged zip (its directory counts {here} and {count} entries): fetch the file again.")
    shift = end - length - offset
    if shift < 0:
        raise SourceError(f"{label} is a damaged zip (its directory lies outside of it): fetch the file again.")
    return count, length, offset, shift


def _end64(file: BinaryIO, end: int, label: str) -> tuple[int, int, int, int]:
    """The same from the zip64 records, which stand before the plain one."""
    file.seek(max(0, end - END64_LOCATOR.size))
    magic, _, at, _ = END64_LOCATOR.unpack(file.read(END64_LOCATOR.size))
    if magic != b"PK\x06\x07" or at > end:
        raise SourceError(f"{label} is a damaged zip (no zip64 directory): fetch the file again.")
    file.seek(at)
    magic, _, _, _, _, _, _, count, length, offset = END64.unpack(file.read(END64.size))
    if magic != b"PK\x06\x06":
        raise SourceError(f"{label} is a damaged zip (no zip64 directory): fetch the file again.")
    return count, length, offset, at


def _central(file: BinaryIO, count: int, length: int, offset: int, shift: int, label: str) -> Iterator[Entry]:
    if count > MOST_ENTRIES:
        raise SourceError(f"{label} has {count:,} entries; a book may have {MOST_ENTRIES:,}. It is not opened.")
    file.seek(offset + shift)
    for _ in range(count):
        head = file.read(CENTRAL.size)
        magic, made_by, _, flags, method, time, date, crc, packed, size, name_len, extra_len, comment_len, _, internal, external, header = CENTRAL.unpack(head)
        if magic != b"PK\x01\x02" or file.tell() > offset + shift + length:
            raise SourceError(f"{label} is a damaged zip (its directory is broken): fetch the file again.")
        raw_name, extra, comment = file.read(name_len), file.read(extra_len), file.read(comment_len)
        size, packed, header = _zip64(extra, size, packed, header)
        yield Entry(
            name=_decoded(raw_name, flags, label),
            raw_name=raw_name,
            flags=flags,
            method=method,
            time=time,
            date=date,
            crc=crc,
            packed=packed,
            size=size,
            header=header + shift,
            start=0,
            made_by=made_by,
            internal=internal,
            external=external,
            extra=without_zip64(extra),
            comment=comment,
        )


def _decoded(raw: bytes, flags: int, label: str) -> str:
    """The name as text: UTF-8 wherever the bytes are UTF-8, flagged or not, since many packers forget the flag; else code page 437."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if flags & UTF8:
            raise SourceError(f"{label} has an entry whose name is not the UTF-8 that it says: pack the book again.") from error
        return raw.decode("cp437")


def _fields(extra: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Id, content and whole bytes of each extra field; a broken rest is dropped."""
    at = 0
    while at + 4 <= len(extra):
        field, length = struct.unpack_from("<2H", extra, at)
        if at + 4 + length > len(extra):
            return
        yield field, extra[at + 4 : at + 4 + length], extra[at : at + 4 + length]
        at += 4 + length


def without_zip64(extra: bytes) -> bytes:
    """The extra fields but zip64's."""
    return b"".join(whole for field, _, whole in _fields(extra) if field != ZIP64_FIELD)


def _zip64(extra: bytes, *values: int) -> tuple[int, ...]:
    """``values`` (size, packed, header), each that is all ones taken from the zip64 field in turn."""
    content = next((content for field, content, _ in _fields(extra) if field == ZIP64_FIELD), b"")
    wide = iter(struct.unpack(f"<{len(content) // 8}Q", content[: len(content) // 8 * 8]))
    return tuple(next(wide, value) if value == FULL32 else value for value in values)


def _place(file: BinaryIO, entry: Entry, size: int, label: str) -> Entry:
    """The entry with ``start`` from its local header, which must be there and bear the same name."""
    file.seek(entry.header)
    magic, *_, name_len, extra_len = LOCAL.unpack(file.read(LOCAL.size))
    if magic != b"PK\x03\x04" or file.read(name_len) != entry.raw_name:
        raise SourceError(f"{label} is a damaged zip (the header of '{shown(entry.name)}' does not fit the directory): fetch the file again.")
    start = entry.header + LOCAL.size + name_len + extra_len
    if start + entry.packed > size:
        raise SourceError(f"{label} is cut off inside '{shown(entry.name)}': fetch the file again.")
    return replace(entry, start=start)


def shown(name: str) -> str:
    """A name from a stranger, fit for one line of an error."""
    printable = "".join(char if char.isprintable() else "�" for char in name)
    return printable if len(printable) <= 120 else printable[:117] + "…"


def _check_all(found: tuple[Entry, ...], directory: int, label: str) -> None:
    for entry in found:
        _check(entry, label)
    if sum(entry.size for entry in found) > MOST_BYTES:
        raise SourceError(f"{label} unpacks to more than {MOST_BYTES:,} bytes: it looks like a zip bomb and is not opened.")
    seen: set[str] = set()
    for entry in found:
        if entry.name in seen:
            raise SourceError(f"{label} holds '{shown(entry.name)}' twice: pack the book again with one of them.")
        seen.add(entry.name)
    laid = sorted(found, key=lambda entry: entry.header)
    ends = [*(entry.header for entry in laid[1:]), directory]
    for entry, end in zip(laid, ends, strict=False):
        if entry.start + entry.packed > end:
            raise SourceError(f"{label} has entries that overlap ('{shown(entry.name)}'): it looks like a zip bomb and is not opened.")


def _check(entry: Entry, label: str) -> None:
    name = shown(entry.name)
    parts = entry.name.split("/")
    if not entry.name or "\0" in entry.name or "\\" in entry.name:
        raise SourceError(f"{label} has an entry with a forbidden name ('{name}': NUL or backslash): it is not opened.")
    if entry.name.startswith("/") or ".." in parts or (len(parts[0]) == 2 and parts[0][1] == ":"):
        raise SourceError(f"{label} has an entry whose path leads out of the book ('{name}'): it is not opened.")
    mode = entry.external >> 16
    if entry.made_by >> 8 == 3 and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise SourceError(f"{label} has an entry that is a link or a device ('{name}'): it is not opened.")
    if entry.flags & ENCRYPTED:
        raise SourceError(f"{label} is encrypted ('{name}' needs a password): give the book unlocked.")
    if entry.method not in (STORED, DEFLATED):
        raise SourceError(f"{label} packs '{name}' in a way EPUB does not allow (method {entry.method}): pack the book again.")
    if entry.size > MOST_ENTRY_BYTES:
        raise SourceError(f"{label} has an entry of {entry.size:,} bytes ('{name}'); {MOST_ENTRY_BYTES:,} are allowed. It is not opened.")
    if entry.size > RATIO_FROM and entry.size > RATIO * entry.packed:
        raise SourceError(f"{label} has an entry packed {entry.size // max(1, entry.packed)} times ('{name}'): it looks like a zip bomb and is not opened.")
    if entry.method == STORED and entry.size != entry.packed:
        raise SourceError(f"{label} lies about the size of '{name}': it is not opened.")
