"""What the pipeline knows of a format: a source that is opened, walked document by document, and written again.

One module per format. ``open_source`` looks at the content, not at the name.
"""

from __future__ import annotations

import os
from pathlib import Path

from translate.errors import SourceError
from translate.formats.edition import Edition, Parted, Source, Structured, Targets
from translate.sites import Sister

__all__ = ["HTML", "MARKDOWN", "TEXT", "WIKI", "Edition", "Parted", "Source", "Structured", "Targets", "open_source"]

MARKDOWN = frozenset({".md", ".markdown", ".mkd"})
TEXT = frozenset({".txt", ".text"})
WIKI = frozenset({".wiki", ".wikitext", ".mediawiki"})
HTML = frozenset({".html", ".htm", ".xhtml"})


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
    from translate.formats.dump import Dump, archives
    from translate.formats.epub import Epub
    from translate.formats.prose import Prose
    from translate.formats.wikitext import ENGLISH, Wikitext

    label = name or (Path(source).name if not isinstance(source, bytes) else "")
    suffix = Path(label).suffix.lower()
    head = _head(source)
    if not head.startswith(b"PK\x03\x04") and suffix != ".epub":
        if b"<mediawiki" in head or (not isinstance(source, bytes) and head.startswith(tuple(archives.MAGIC))):
            return Dump(source, name=label, language=language, sister=sister)
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
