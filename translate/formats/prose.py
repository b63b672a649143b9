"""Text files, plain or Markdown: places that hold text, by offsets, and the rest left as it is."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import BinaryIO

from translate.document import Document, Kind, Runs, Skip, Slot, plain, visible
from translate.errors import SourceError
from translate.formats.edition import Edition, Targets
from translate.formats.files import load
from translate.formats.page import Page

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SAMPLE = 4000
"""So many characters are looked at to tell the language."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a text that holds words: ``start`` to ``end`` in characters, what it reads, and how a translation is written there.

    ``beside`` gives what a bilingual text has in its place.
    """

    kind: Kind
    start: int
    end: int
    runs: Runs
    spell: Callable[[Runs], str]
    beside: Callable[[str, str], str]
    trail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Markup:
    """A stretch of HTML in a text, walked as a document of its own."""

    start: int
    end: int
    page: Page
    trail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """A stretch that is left alone, with the reason."""

    start: int
    end: int
    reason: str


Part = Place | Markup | Left


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that was read: its parts in order, and the characters inside of places that only the markup needs."""

    parts: tuple[Part, ...]
    signs: str = ""


Reader = Callable[[str], Reading]


class Prose:
    """A text file opened for translating (see ``formats.Source``)."""

    title = ""

    def __init__(self, source: str | os.PathLike[str] | bytes, *, name: str, format: str, reader: Reader, language: str | None = None) -> None:
        """Open a file by path or bytes; ``language`` is its language where the user knows it.

        Raises ``SourceError`` where it cannot be read or is no text.
        """
        self.format = format
        self.name, self._data = load(source, name)
        self.sha256 = sha256(self._data).hexdigest()
        self._reader = reader
        self._mark, self._encoding, self._text = decode(self._data, self.name)
        self.language = language or spoken(self._text)
        guessed = () if language or not self.language else (f"{self.name} does not say which language it is in; it looks like '{self.language}'.",)
        self.remarks: tuple[str, ...] = guessed

    @cached_property
    def _reading(self) -> Reading:
        return self._reader(self._text)

    def documents(self) -> Iterator[Document]:
        """The one document."""
        slots: list[Slot] = []
        skips: list[Skip] = []
        for address, part, inner in self._addressed():
            if isinstance(part, Place):
                slots.append(Slot(self.name, address, part.kind, part.runs, part.trail))
            elif inner is not None:
                slots.append(Slot(self.name, address, inner.kind, inner.source, part.trail))
        skips = [Skip(self.name, f"@{number}", reason, text.strip()) for number, (reason, text) in enumerate(self._left(), 1) if visible(text)]
        yield Document(self.name, "content", tuple(slots), tuple(skips), self._visible())

    def _addressed(self) -> Iterator[tuple[str, Place | Markup, Slot | None]]:
        """Every place with its address, which is its number; those inside HTML have a place of their own there."""
        number = 0
        for part in self._reading.parts:
            if isinstance(part, Place):
                number += 1
                yield f"/{number}", part, None
            elif isinstance(part, Markup):
                for slot in part.page.slots:
                    number += 1
                    yield f"/{number}", part, slot

    def _left(self) -> Iterator[tuple[str, str]]:
        """What is left alone: stretches, what HTML leaves alone, and the signs of the markup together."""
        signs: list[str] = [self._reading.signs]
        at = 0
        for part in self._reading.parts:
            signs.append(self._text[at : part.start])
            at = part.end
            if isinstance(part, Left):
                yield part.reason, self._text[part.start : part.end]
            elif isinstance(part, Markup):
                yield from ((skip.reason, skip.text) for skip in part.page.skips)
        signs.append(self._text[at:])
        yield "markup", " ".join("".join(signs).split())

    def _visible(self) -> int:
        """All characters of the file, but of HTML in it those that it shows."""
        inside = [part for part in self._reading.parts if isinstance(part, Markup)]
        return visible(self._text) + sum(part.page.visible - visible(self._text[part.start : part.end]) for part in inside)

    def write(self, targets: Targets, *, edition: Edition, out: BinaryIO) -> tuple[str, ...]:
        """Write the file with these targets, in its own encoding where that has the letters, else in UTF-8."""
        wanted = targets(self.name)
        changed: dict[int, str] = {}
        inside: dict[int, dict[str, Runs]] = {}
        for address, part, inner in self._addressed():
            if address not in wanted:
                continue
            if isinstance(part, Markup) and inner is not None:
                inside.setdefault(part.start, {})[inner.address] = wanted[address]
            elif isinstance(part, Place) and wanted[address] != part.runs:
                spelt = part.spell(wanted[address])
                both = part.beside(self._text[part.start : part.end], spelt) if edition.bilingual else spelt
                changed[part.start] = re.sub(r"\r?\n", "\r\n" if "\r\n" in self._text else "\n", both)
        if not changed and not inside:
            out.write(self._data)
            return ()
        return self._encoded(self._spliced(changed, inside), out)

    def _spliced(self, changed: Mapping[int, str], inside: Mapping[int, Mapping[str, Runs]]) -> str:
        out: list[str] = []
        at = 0
        for part in self._reading.parts:
            new = changed.get(part.start) if isinstance(part, Place) else None
            if isinstance(part, Markup) and part.start in inside:
                new = part.page.splice(inside[part.start]).decode()
            if new is not None:
                out += [self._text[at : part.start], new]
                at = part.end
        return "".join([*out, self._text[at:]])

    def _encoded(self, text: str, out: BinaryIO) -> tuple[str, ...]:
        try:
            out.write(self._mark + text.encode(self._encoding))
        except UnicodeEncodeError:
            out.write(text.encode("utf-8", "replace"))
            return (f"{self.name} is written as UTF-8, since {self._encoding} lacks letters of the translation.",) if self._encoding != "utf-8" else ()
        return ()


def decode(data: bytes, name: str) -> tuple[bytes, str, str]:
    """The byte order mark, the encoding, and the text: by its mark, as UTF-8 where it is, else as Windows' Latin.

    Raises ``SourceError`` where it is no text.
    """
    mark, marked = next(((prefix, encoding) for prefix, encoding in MARKS if data.startswith(prefix)), (b"", ""))
    if not marked and b"\0" in data:
        raise SourceError(f"{name} is not text: nothing in it can be translated.")
    for encoding in (marked,) if marked else ("utf-8", "cp1252", "latin-1"):
        try:
            return mark, encoding, data[len(mark) :].decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SourceError(f"{name} is not in the encoding that its first bytes say ({marked}): save it again as UTF-8.")


def spoken(text: str) -> str | None:
    """The language that a text seems to be in, or None where there is too little of it."""
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample)) < 40:
        return None
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return str(LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True).classify(sample)[0])


def shown(runs: Runs) -> str:
    """A heading as it stands in a trail."""
    return " ".join(plain(runs, atoms=True).split())
