"""A work as its reader will see it, chapter by chapter, without a book on the disk: a chapter is written from what stands now, its pictures and styles are the source's own.

What is one file is built as a whole, in memory.

What is given out is the book's own, hostile or not: whoever shows it must put it where no script runs.
"""

from __future__ import annotations

import io
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from translate.errors import SettingError
from translate.formats import Parted, Source
from translate.formats.hypertext import parse_html
from translate.formats.parse import Malformed, parse
from translate.formats.soup import mend
from translate.formats.tree import Element
from translate.pipeline import results
from translate.store import Store

T = TypeVar("T")
NONE = "There is no such part of the book."
PAGES = frozenset({"application/xhtml+xml", "text/html", "image/svg+xml"})
FRAMES = frozenset({"iframe", "frame", "fencedframe", "portal"})
HIDING = re.compile(rb"<!ENTITY\s+(?:%|[^>]*(?:<|&#0*60;|&#[xX]0*3[cC];|&#0*38;#|&#[xX]26;#))")
"""An entity of the page's own that holds markup."""

KEPT = 3
"""So many opened sources, and so many built files, are kept in memory."""
TYPES = {
    "xhtml": "application/xhtml+xml",
    "html": "text/html",
    "htm": "text/html",
    "css": "text/css",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xml": "application/xhtml+xml",
}
"""What a reader's eyes need of a book; nothing else is given out, no script above all."""


@dataclass(frozen=True, slots=True)
class Part:
    """One entry of a book, with its media type."""

    data: bytes
    type: str

    @property
    def worded(self) -> bool:
        """Whether it may hold words of the translation, which change."""
        return self.type.startswith("text/") or "xml" in self.type


class Previews:
    """Chapters of works as their stores stand. May be asked from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sources: _Kept[_Opened] = _Kept()
        self._files: _Kept[Part] = _Kept()

    def part(self, store: Store, name: str, *, bilingual: bool = False) -> Part:
        """The entry ``name`` of the book with the newest wording; of a work in one file, that file, which is built anew only where something was decided since.

        Raises ``SettingError`` where there is no such part that is shown, ``SourceError`` where the source is damaged there.
        """
        with self._lock:
            source = self._sources.get((store.identity, store.version().number), lambda: _Opened(results.open_store_source(store)))
            if not isinstance(source.source, Parted):
                return self._files.get((store.identity, bilingual, *store.pulse()), lambda: _whole(store, source.source, bilingual))
        kind = TYPES.get(name.rsplit(".", 1)[-1].lower(), "")
        if not kind:
            raise SettingError(NONE)
        with source.lock:
            data = results.part(store, source.source, name, bilingual=bilingual)
        return Part(calm(data, name, kind), kind)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A source, and who reads in it just now: it keeps what it has walked."""

    source: Source
    lock: threading.Lock = field(default_factory=threading.Lock)


class _Kept(Generic[T]):
    """The latest values by what they were made from."""

    def __init__(self) -> None:
        self._values: OrderedDict[tuple[object, ...], T] = OrderedDict()

    def get(self, name: tuple[object, ...], make: Callable[[], T]) -> T:
        """The value, made where it is not there."""
        if name not in self._values:
            self._values[name] = make()
        self._values.move_to_end(name)
        while len(self._values) > KEPT:
            self._values.popitem(last=False)
        return self._values[name]


def _whole(store: Store, source: Source, bilingual: bool) -> Part:
    out = io.BytesIO()
    source.write(results.targets_of(store), edition=results.edition(store, bilingual=bilingual), out=out)
    kind = {"html": "text/html"}.get(store.work.format, "text/plain")
    return Part(calm(out.getvalue(), store.work.source_name, kind), kind)


def calm(data: bytes, name: str, kind: str) -> bytes:
    """A page without what makes a browser call somebody before any policy is asked: links that are none to style sheets ("preconnect"), and frames, which could show nothing anyway.

    Anything that is no page stays as it is. Raises ``SourceError`` for a page that is hostile, ``SettingError`` for one whose own entities could hide such a link.
    """
    if kind not in PAGES:
        return data
    if kind == "text/html":
        tree = parse_html(data, name)
    else:
        try:
            tree = parse(data, name)
        except Malformed as error:
            tree, _ = mend(data, name, str(error))
    if HIDING.search(tree.body):
        raise SettingError(NONE)
    cut, at = [], 0
    for element in tree.elements:
        if element.start >= at and _calls(element):
            cut.append(tree.body[at : element.start])
            at = element.end
    return tree.encode(b"".join((*cut, tree.body[at:]))) if cut else data


def _calls(element: Element) -> bool:
    name = element.name.lower()
    return name in FRAMES or (name == "link" and bool(set(element.get("rel").lower().split()) - {"stylesheet", "alternate"}))
