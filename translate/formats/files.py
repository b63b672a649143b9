"""Reads the bytes of a source that is one file."""

from __future__ import annotations

import os
from pathlib import Path

from translate.errors import SourceError
from translate.formats.parse import SIZE


def load(source: str | os.PathLike[str] | bytes, name: str) -> tuple[str, bytes]:
    """The file's name and its bytes, at most ``parse.SIZE`` of them.

    Raises ``SourceError`` where it cannot be read or is larger.
    """
    if isinstance(source, bytes):
        label, data = name or "the text", source
    else:
        label = name or Path(source).name
        try:
            size = os.path.getsize(source)
            data = Path(source).read_bytes() if size <= SIZE else b""
        except OSError as error:
            raise SourceError(f"{label} cannot be opened ({error.strerror}): check the path.") from error
        if size > SIZE:
            raise SourceError(f"{label}: {size:,} bytes are more than the {SIZE:,} that one document may have; split it.")
    if len(data) > SIZE:
        raise SourceError(f"{label}: {len(data):,} bytes are more than the {SIZE:,} that one document may have; split it.")
    return label, data
