"""What the pipeline knows of a format: a source that is opened, walked document by document, and written again.

One module per format. ``open_source`` looks at the content, not at the name.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, runtime_checkable

from translate.document import Document, Finding, Runs
from translate.errors import SourceError
from translate.sites import Sister

MARKDOWN = frozenset({".md", ".markdown", ".mkd"})
TEXT = frozenset({".txt", ".text"})
WIKI = frozenset({".wiki", ".wikitext", ".mediawiki"})
HTML = frozenset({".html", ".htm", ".xhtml"})

Targets = Callable[[str], Mapping[str, Runs]]
"""The targets of one document, by address; an address that is absent keeps its source."""


@dataclass(frozen=True, slots=True)
class Edition:
    """How a book is to be built.

    ``language`` and ``source_language`` are BCP 47 tags; ``source_language`` is None where nobody said (the book's own word counts then).
    ``translated`` is False for an echo: nothing but the given targets changes, no metadata, no language.
    ``bilingual`` keeps the source beside the target. ``contributor`` is who translated ("Dragoman 0.1 with MODEL (machine translation)").
    ``note`` is a translation note in plain text, its first line the heading; it becomes the last page. ``date`` is when the book is built, as ``2026-01-31T12:00:00Z``; empty leaves the date of the source.
    """

    language: str
    source_language: str | None = None
    translated: bool = True
    bilingual: bool = False
    contributor: str = ""
    note: str = ""
    date: str = ""


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
class Structured(Protocol):
    """A source whose structure can be compared with that of what is written from it."""

    def disagreements(self, targets: Targets, *, edition: Edition) -> Iterator[tuple[str, Finding]]:
        """What is written has fewer or more of something than its source: the document's name, and an error that says what."""


def open_source(source: str | os.PathLike[str] | bytes, *, name: str = "", language: str | None = None, sister: Sister | None = None) -> Source:
    """Open a file, by path or by its bytes, in the format that its content shows.

    ``name`` is the file name where bytes are given; ``language`` is the source language where the user knows better than the file.
    ``sister`` is the wiki that a page of wikitext goes to, seen from its own.
    Raises ``SourceError`` where it cannot be read or is in no format we know.
    """
    if not isinstance(source, bytes):
        if os.path.isdir(source):
            raise SourceError(f"{Path(source).name} is a folder: give a .epub, .html, .md, .txt or .wiki file.")
        if not os.path.exists(source):
            raise SourceError(f"There is no file {os.fspath(source)}: check the path.")
    return _opened(source, name, language, sister)


def _opened(source: str | os.PathLike[str] | bytes, name: str, language: str | None, sister: Sister | None) -> Source:
    """By the first bytes, where these tell (a zip, an HTML document); else by the suffix, since Markdown looks like any text."""
    from translate.formats import html, markdown, plain
    from translate.formats.epub import Epub
    from translate.formats.prose import Prose
    from translate.formats.wikitext import ENGLISH, Wikitext

    label = name or (Path(source).name if not isinstance(source, bytes) else "")
    suffix = Path(label).suffix.lower()
    head = _head(source)
    if not head.startswith(b"PK\x03\x04") and suffix != ".epub":
        if suffix in MARKDOWN:
            return Prose(source, name=label, format="markdown", reader=markdown.read, language=language)
        if suffix in TEXT:
            return Prose(source, name=label, format="text", reader=plain.read, language=language)
        if suffix in WIKI:
            return Wikitext(source, name=label, language=language, site=sister.source if sister else ENGLISH, sister=sister)
        if suffix in HTML or html.looks_like(head):
            return html.Html(source, name=label, language=language)
    return Epub(source, name=name, language=language)


def _head(source: str | os.PathLike[str] | bytes) -> bytes:
    """The first bytes of a source; none where it cannot be opened, which its format will say better."""
    if isinstance(source, bytes):
        return source[:1024]
    try:
        with open(source, "rb") as file:
            return file.read(1024)
    except OSError:
        return b""
