"""What every format is given and gives back: how a book is to be built, its targets, a source that is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Protocol, runtime_checkable

from translate.document import Document, Finding, Runs

Targets = Callable[[str], Mapping[str, Runs]]
"""The targets of one document, by address; an address that is absent keeps its source."""


@dataclass(frozen=True, slots=True)
class Edition:
    """How a book is to be built.

    ``language`` and ``source_language`` are BCP 47 tags; ``source_language`` is None where nobody said (the book's own word counts then).
    ``translated`` is False for an echo: nothing but the given targets changes, no metadata, no language.
    ``bilingual`` keeps the source beside the target. ``contributor`` is who translated ("Dragoman 0.1 with MODEL (machine translation)").
    ``thousands`` is what groups the digits of figures that stand alone, where a style sheet says so; empty for the language's own.
    ``note`` is a translation note in plain text, its first line the heading; it becomes the last page. ``date`` is when the book is built, as ``2026-01-31T12:00:00Z``; empty leaves the date of the source.
    """

    language: str
    source_language: str | None = None
    translated: bool = True
    bilingual: bool = False
    contributor: str = ""
    note: str = ""
    date: str = ""
    thousands: str = ""


class Source(Protocol):
    """A source opened for translating.

    ``format`` names its kind ("epub"), ``name`` is the file's, ``sha256`` that of the whole file. ``title`` and ``language`` are what the source says of itself, which may be wrong.
    ``remarks`` are sentences for the report on the source as a whole.
    """

    format: str
    name: str
    sha256: str
    title: str
    language: str | None
    remarks: tuple[str, ...]

    def documents(self) -> Iterator[Document]:
        """Every document once, one at a time: metadata, tables of contents, the content in reading order, then content outside of it.

        A damaged document has no slots and a remark that names it.
        """

    def write(self, targets: Targets, *, edition: Edition, out: BinaryIO) -> tuple[str, ...]:
        """Build the source with these targets into ``out``; return sentences for the report.

        A slot that mirrors another and is given no target of its own follows the other's.
        """


@runtime_checkable
class Parted(Protocol):
    """A source of which one part can be written without the others."""

    def part(self, name: str, wanted: Mapping[str, Runs], *, edition: Edition) -> bytes:
        """The part ``name`` as the built file has it, where ``wanted`` are all targets of its document, those that follow another's too.

        Raises ``SourceError`` where there is none.
        """


@runtime_checkable
class Structured(Protocol):
    """A source whose structure can be compared with that of what is written from it."""

    def disagreements(self, targets: Targets, *, edition: Edition) -> Iterator[tuple[str, Finding]]:
        """What is written has fewer or more of something than its source: the document's name, and an error that says what."""
