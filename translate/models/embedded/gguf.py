"""Reads the few facts of a GGUF file that we need before an engine loads it.

A key stands in the header as its length (8 bytes), its letters, the type of its value (4 bytes) and the value; so a key can be found without walking the header.
Format: ggml's docs/gguf.md.
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from pathlib import Path

from translate.errors import SettingError

MAGIC = b"GGUF"
UINT32, STRING = 4, 8
HEADER = 64 << 20
"""Bytes in which the keys must stand; the largest vocabularies need 20 MB."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a GGUF file says of itself. ``chat`` is whether it brings a chat template, ``context`` the tokens it was trained for (0: not said)."""

    name: str
    context: int
    chat: bool


def read(path: Path) -> Facts:
    """The facts of the model at ``path``. Raises ``SettingError`` where it is no GGUF file."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            if data[:4] != MAGIC:
                raise SettingError(f"{path} is no GGUF model: give a file whose name ends in .gguf from a model's download page.")
            architecture = _text(data, "general.architecture")
            return Facts(
                name=_text(data, "general.name") or path.stem,
                context=_number(data, f"{architecture}.context_length"),
                chat=_value(data, "tokenizer.chat_template", STRING) is not None,
            )
    except (OSError, ValueError) as error:
        raise SettingError(f"{path} cannot be read as a model ({error}): check the path, and fetch it again if it is empty.") from error


def _value(data: mmap.mmap, key: str, kind: int) -> int | None:
    """Where the value of ``key`` begins, if it is of the type ``kind``."""
    needle = struct.pack("<Q", len(key)) + key.encode()
    found = data.find(needle, 0, min(len(data), HEADER))
    if found < 0 or data[found + len(needle) : found + len(needle) + 4] != struct.pack("<I", kind):
        return None
    return found + len(needle) + 4


def _text(data: mmap.mmap, key: str) -> str:
    place = _value(data, key, STRING)
    if place is None:
        return ""
    (length,) = struct.unpack("<Q", data[place : place + 8].ljust(8, b"\0"))
    return data[place + 8 : place + 8 + min(length, 1000)].decode("utf-8", "replace")


def _number(data: mmap.mmap, key: str) -> int:
    place = _value(data, key, UINT32)
    return 0 if place is None else int(struct.unpack("<I", data[place : place + 4].ljust(4, b"\0"))[0])
