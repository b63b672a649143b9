"""Opens an export however it is packed (plain, gz, bz2, xz, 7z), as a stream of its XML; what is broken is told as an error of ours."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from translate.errors import SourceError

PIECE = 1 << 18
"""Bytes read at a time."""
MAGIC = {b"BZh": "bz2", b"\x1f\x8b": "gz", b"\xfd7zXZ\x00": "xz", b"7z\xbc\xaf\x27\x1c": "7z"}


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The XML of the export at ``path``. A 7z archive is unpacked to a temporary file first, since its reader gives nothing before the end.

    Raises ``SourceError`` where it cannot be opened; reading from it raises what ``pieces`` maps.
    """
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise SourceError(f"{path.name} cannot be read ({error.strerror or error}): check the path.") from error
    packing = next((name for magic, name in MAGIC.items() if start.startswith(magic)), "")
    if packing == "7z":
        with _unpacked(path) as file:
            yield file
        return
    with _plain(path, packing) as file:
        yield file


def _plain(path: Path, packing: str) -> BinaryIO:
    if packing == "bz2":
        return cast(BinaryIO, bz2.open(path, "rb"))
    if packing == "gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    return cast(BinaryIO, lzma.open(path, "rb")) if packing == "xz" else path.open("rb")


def pieces(file: BinaryIO, label: str) -> Iterator[bytes]:
    """The bytes of an opened export, piece by piece. Raises ``SourceError`` where the archive is cut off or damaged."""
    while True:
        try:
            piece = file.read(PIECE)
        except EOFError as error:
            raise SourceError(f"{label}: the archive is cut off: fetch the file again.") from error
        except (OSError, lzma.LZMAError, zlib.error) as error:
            raise SourceError(f"{label}: the archive is damaged ({error}): fetch the file again.") from error
        if not piece:
            return
        yield piece


@contextmanager
def _unpacked(path: Path) -> Iterator[BinaryIO]:
    """The one XML file of a 7z archive, unpacked beside the other temporary files for as long as it is read."""
    import py7zr

    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        try:
            with py7zr.SevenZipFile(path) as archive:
                names = [one.filename for one in archive.list() if not one.is_directory and one.filename.endswith(".xml")]
                if len(names) != 1:
                    raise SourceError(f"{path.name} holds {len(names)} XML files: unpack it and give the one that is meant.")
                archive.extract(path=folder, targets=names)
        except (py7zr.exceptions.ArchiveError, lzma.LZMAError, zlib.error, EOFError, OSError, ValueError) as error:
            raise SourceError(f"{path.name}: the archive is damaged or cut off, or there is no room to unpack it ({error}).") from error
        with (Path(folder) / names[0]).open("rb") as file:
            yield file
