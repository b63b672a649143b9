"""Reads an export page by page, with memory that does not grow with the file.

The schema is MediaWiki's export-0.10 and 0.11 (docs/export-0.11.xsd): ``mediawiki/siteinfo``, then ``page`` elements with one or more revisions.
An export comes from strangers, so a document type (and with it every entity of its own) is refused, and depth and sizes have limits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO
from xml.parsers import expat

from translate.errors import SourceError
from translate.formats.dump.archives import pieces
from translate.formats.wikitext import defaults
from translate.sites import Namespace, Site

DEEPEST = 24
"""Elements inside of each other; the schema needs 8."""
LONGEST = 32_000_000
"""Characters of one page; MediaWiki takes 2 million where nobody changed that."""
SILENCE = 64_000_000
"""Bytes without any event are one endless tag or comment."""
WIKITEXT = "wikitext"


@dataclass(frozen=True, slots=True)
class DumpPage:
    """A page of an export, as its latest revision has it.

    ``title`` is full, with the namespace; ``redirect`` is where it leads, "" for none. ``model`` is the content model. ``text`` is None where the export leaves it out.
    """

    title: str
    namespace: int = 0
    id: int = 0
    redirect: str = ""
    revision: int = 0
    timestamp: str = ""
    contributor: str = ""
    comment: str = ""
    model: str = WIKITEXT
    text: str | None = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What an export says of its wiki before its pages: ``base`` is the address of the main page, ``version`` the schema's."""

    language: str = ""
    name: str = ""
    base: str = ""
    generator: str = ""
    case: str = "first-letter"
    version: str = ""
    namespaces: tuple[Namespace, ...] = ()

    @property
    def site(self) -> Site:
        """The wiki, as far as its export tells; its magic words, extensions and interwiki prefixes are not in there."""
        article = re.sub(r"(?<=title=)[^&]*|(?<=/)[^/?]*$", "$1", self.base, count=1) if self.base else ""
        return Site(language=self.language or "en", name=self.name, article=article, namespaces=self.namespaces, generator=self.generator)


class Reading:
    """One pass over an export. ``head`` is whole once the first page was given or the end was reached; ``line`` is where the pass stands."""

    def __init__(self, file: BinaryIO, label: str) -> None:
        self._file, self._label = file, label
        self.head = Head()
        self._path: list[str] = []
        self._text: list[str] | None = None
        self._length = 0
        self._attributes: dict[str, str] = {}
        self._page: DumpPage | None = None
        self._revision: DumpPage | None = None
        self._done: list[DumpPage] = []
        self._quiet = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype

    @property
    def line(self) -> int:
        """The line that was read last, from 1."""
        return self._parser.CurrentLineNumber

    def pages(self) -> Iterator[DumpPage]:
        """Every page once, in order, each with its latest revision only.

        Raises ``SourceError``, with page and line, where the file breaks off, is no export, or passes a limit.
        """
        for piece in pieces(self._file, self._label):
            self._quiet += len(piece)
            if self._quiet > SILENCE:
                raise self._error("holds one endless tag or comment")
            self._feed(piece)
            yield from self._take()
        self._feed(b"")
        yield from self._take()

    def _feed(self, piece: bytes) -> None:
        try:
            self._parser.Parse(piece, not piece)
        except expat.ExpatError as error:
            broken = error.code in (expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS], expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN])
            if broken or not piece:
                raise self._error("breaks off: fetch the file again") from error
            raise self._error(f"is no well-formed XML ({expat.ErrorString(error.code)})") from error
        except (ValueError, LookupError) as error:  # an encoding that expat does not know
            raise self._error(f"cannot be read ({error})") from error

    def _take(self) -> Iterator[DumpPage]:
        done, self._done = self._done, []
        yield from done

    def _error(self, what: str) -> SourceError:
        page = f" at the page '{self._page.title[:80]}'" if self._page is not None and self._page.title else ""
        return SourceError(f"{self._label} {what} (line {self.line}{page}).")

    # --- events

    def _doctype(self, *_: object) -> None:
        raise self._error("has a document type, which no export has (it may hold entities that explode), and is not opened")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._quiet = 0
        self._path.append(name)
        if len(self._path) > DEEPEST:
            raise self._error("is nested too deeply for an export")
        if len(self._path) == 1:
            if name != "mediawiki":
                raise self._error(f"is no MediaWiki export (it begins with <{name[:40]}>)")
            self.head = Head(language=attributes.get("xml:lang", ""), version=attributes.get("version", ""))
        elif self._path[1:] == ["page"]:
            self._page = DumpPage("", text=None)
        elif self._path[1:] == ["page", "revision"]:
            self._revision = DumpPage("", text=None)
        elif self._path[1:] == ["page", "redirect"] and self._page is not None:
            self._page = replace(self._page, redirect=attributes.get("title", ""))
        self._attributes = attributes
        self._text, self._length = [], 0

    def _characters(self, text: str) -> None:
        self._quiet = 0
        if self._text is not None:
            self._text.append(text)
            self._length += len(text)
            if self._length > LONGEST:
                raise self._error(f"has a text of more than {LONGEST:,} characters")

    def _end(self, name: str) -> None:
        self._quiet = 0
        where, text = "/".join(self._path[1:]), "".join(self._text or ())
        if where.startswith("siteinfo/"):
            self._of_site(where, text)
        elif self._page is not None:
            self._of_page(where, text)
        self._path.pop()
        self._text = None

    def _of_site(self, where: str, text: str) -> None:
        value = text.strip()
        if where == "siteinfo/namespaces/namespace":
            number = _number(self._attributes.get("key", ""))
            canonical = next((one.canonical or one.name for one in defaults.NAMESPACES if one.number == number < defaults.CUSTOM), "")
            self.head = replace(self.head, namespaces=(*self.head.namespaces[:500], Namespace(number, value, canonical)))
        elif where == "siteinfo/sitename":
            self.head = replace(self.head, name=value)
        elif where == "siteinfo/base":
            self.head = replace(self.head, base=value)
        elif where == "siteinfo/generator":
            self.head = replace(self.head, generator=value)
        elif where == "siteinfo/case":
            self.head = replace(self.head, case=value)

    def _of_page(self, where: str, text: str) -> None:
        page = self._page or DumpPage("")
        if where == "page":
            self._done.append(page)
            self._page = None
        elif where == "page/title":
            self._page = replace(page, title=text.strip())
        elif where == "page/ns":
            self._page = replace(page, namespace=_number(text))
        elif where == "page/id":
            self._page = replace(page, id=_number(text))
        elif where == "page/revision" and self._revision is not None:
            self._page = _later(page, self._revision)
            self._revision = None
        elif self._revision is not None:
            self._of_revision(self._revision, where.removeprefix("page/revision/"), text)

    def _of_revision(self, revision: DumpPage, where: str, text: str) -> None:
        value = text.strip()
        if where == "id":
            self._revision = replace(revision, revision=_number(text))
        elif where == "text":
            absent = not text and ("deleted" in self._attributes or _number(self._attributes.get("bytes", "0")) > 0)
            self._revision = replace(revision, text=None if absent else text)
        elif where == "timestamp":
            self._revision = replace(revision, timestamp=value)
        elif where in ("contributor/username", "contributor/ip"):
            self._revision = replace(revision, contributor=value)
        elif where == "comment":
            self._revision = replace(revision, comment=value)
        elif where == "model":
            self._revision = replace(revision, model=value)


def _later(page: DumpPage, revision: DumpPage) -> DumpPage:
    """The page with this revision, if it is later than the one that it has."""
    if page.text is not None and (page.timestamp, page.revision) > (revision.timestamp, revision.revision):
        return page
    return replace(revision, title=page.title, namespace=page.namespace, id=page.id, redirect=page.redirect)


def _number(text: str) -> int:
    try:
        return int(text.strip()[:20] or 0)
    except ValueError:
        return 0
