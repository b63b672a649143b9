"""Builds the finished file: fills the slots, writes it in one piece or not at all, and compares the validator's verdicts.

A half-written book never bears the book's name: it is written beside it, flushed to the disk, and renamed.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from translate.errors import SettingError
from translate.formats import Edition, Source, Targets

VALIDATOR_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Assembly:
    """A finished file: where it lies, its SHA-256, and sentences for the report."""

    path: Path
    sha256: str
    remarks: tuple[str, ...]


def assemble(source: Source, targets: Targets, *, edition: Edition, path: str | os.PathLike[str]) -> Assembly:
    """Build ``source`` with ``targets`` as the file ``path``, which is replaced in one step or left as it was.

    Missing folders are made. Raises ``SettingError`` where the place does not take the file (no right, no room), ``SourceError`` where the source cannot be read any more.
    """
    path = Path(path)
    with in_one_step(path) as out:
        remarks = source.write(targets, edition=edition, out=out)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Assembly(path, digest, remarks)


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write a text file (UTF-8) as a whole or not at all. Raises ``SettingError`` where the place does not take it."""
    with in_one_step(Path(path)) as out:
        out.write(text.encode("utf-8", "surrogatepass"))


@contextmanager
def in_one_step(path: Path) -> Iterator[BinaryIO]:
    """A file to write that becomes ``path`` when all went well, and nothing when not."""
    draft = path.with_name(f".{path.name[:80]}.{secrets.token_hex(6)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        raise SettingError(_unwritable(path, error)) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    """Make the rename itself last through a power cut, where the system lets a folder be flushed."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _unwritable(path: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"{path} cannot be written, the disk is full: make room or give another folder, then run the command again."
    return f"{path} cannot be written ({error.strerror or error}): give a folder that you may write to."


@dataclass(frozen=True, slots=True)
class Message:
    """One kind of complaint of epubcheck, with the number of ``places`` it has in the book."""

    id: str
    severity: str
    text: str
    places: int
    path: str = ""

    @property
    def error(self) -> bool:
        """Whether it makes the book invalid."""
        return self.severity in ("ERROR", "FATAL")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What epubcheck says of a book."""

    version: str
    messages: tuple[Message, ...]

    @property
    def errors(self) -> int:
        """How many errors there are, fatal ones too."""
        return sum(message.places for message in self.messages if message.error)

    @property
    def warnings(self) -> int:
        """How many warnings there are."""
        return sum(message.places for message in self.messages if message.severity == "WARNING")


def compare(before: Verdict, after: Verdict) -> tuple[Message, ...]:
    """The errors that are new: one message for each id of which there are more than before, ``places`` saying how many more.

    Lines and wording differ between two languages of a book, so ids are counted, not places matched.
    """
    old: Counter[str] = Counter()
    new: Counter[str] = Counter()
    for verdict, tally in ((before, old), (after, new)):
        for message in verdict.messages:
            tally[message.id] += message.places if message.error else 0
    more = new - old
    first = {message.id: message for message in reversed(after.messages) if message.error}
    return tuple(Message(id, first[id].severity, first[id].text, places, first[id].path) for id, places in sorted(more.items()))


SHORT_RUN = ("-XX:+IgnoreUnrecognizedVMOptions", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""What tells Java that a program ends soon: epubcheck takes half the time."""


def validator() -> tuple[str, ...] | None:
    """The command that runs epubcheck, or None where it (or the Java that it needs) is not installed."""
    found = shutil.which("epubcheck")
    if found is None:
        return None
    # Debian installs the jar itself under that name, which only starts where the kernel is told about jars.
    real = os.path.realpath(found)
    with open(real, "rb") as file:
        jar = file.read(2) == b"PK"
    if not jar:
        return (found,)
    java = shutil.which("java")
    return (java, *SHORT_RUN, "-jar", real) if java else None


def validate(path: str | os.PathLike[str], *, command: tuple[str, ...] | None = None) -> Verdict | None:
    """epubcheck's verdict on a book, or None where there is none: not installed, or it did not finish.

    ``command`` is what runs it, ``validator()`` by default. It takes some four seconds for a small book.
    """
    command = command or validator()
    if command is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        try:
            subprocess.run([*command, os.fspath(path), "--json", os.fspath(report)], capture_output=True, timeout=VALIDATOR_SECONDS, check=False)
            return _verdict(json.loads(report.read_text(encoding="utf-8")))
        except (OSError, subprocess.TimeoutExpired, ValueError, KeyError, TypeError):
            return None


def _verdict(said: dict[str, object]) -> Verdict:
    """epubcheck's JSON as a value. Raises ``KeyError`` or ``TypeError`` where it has another form."""
    checker, messages = said["checker"], said["messages"]
    if not isinstance(checker, dict) or not isinstance(messages, list):
        raise TypeError("no report of epubcheck")
    return Verdict(str(checker["checkerVersion"]), tuple(_message(message) for message in messages))


def _message(said: dict[str, object]) -> Message:
    locations = said["locations"]
    if not isinstance(locations, list):
        raise TypeError("no message of epubcheck")
    places = max(1, len(locations) + int(str(said.get("additionalLocations") or 0)))
    path = str(locations[0].get("path", "")) if locations else ""
    return Message(str(said["ID"]), str(said["severity"]), str(said["message"]), places, path)
