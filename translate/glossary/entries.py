"""The concept entries of a TBX file, read as a stream without trust: no entity is resolved, nothing is fetched, lines are counted.

TBX 2019 (ISO 30042) in both of its styles, data categories as attributes and as tags; the older martif form; TBX-Min. What they have in common is an entry that holds languages that hold terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from translate.errors import GlossaryError
from translate.glossary.rows import MOST_LINES, too_long

ENTRIES = frozenset({"conceptEntry", "termEntry", "entry"})
LANGUAGES = frozenset({"langSec", "langSet", "langGroup"})
TERMS = frozenset({"termSec", "tig", "ntig", "termGroup"})
ROOTS = frozenset({"tbx", "TBX", "martif"})

DEEPEST = 64
MOST_TEXT = 1 << 20
"""An entry with more characters is refused."""

CHUNK = 1 << 16

LONGEST_TAG = 14
_ENTRY = re.compile(rb"<(?:conceptEntry|termEntry|entry)(?=[\s>])")


@dataclass(slots=True)
class Node:
    """An element inside an entry: its name without prefix, attributes, line, and what it holds in order."""

    name: str
    attributes: dict[str, str]
    line: int
    parts: list[str | Node] = field(default_factory=list)

    @property
    def children(self) -> list[Node]:
        """The elements directly in it."""
        return [part for part in self.parts if isinstance(part, Node)]

    def all(self) -> Iterator[Node]:
        """The elements below, in document order; what stands inside a term's section or a language's too."""
        for child in self.children:
            yield child
            yield from child.all()

    def words(self) -> str:
        """The text with that of inline elements, white space made plain."""
        return " ".join(self._text().split())

    def _text(self) -> str:
        return "".join(part if isinstance(part, str) else part._text() for part in self.parts)

    @property
    def category(self) -> str:
        """The data category: the ``type`` where the style puts it there, else the name of the tag."""
        return self.attributes.get("type", self.name) if self.name in ("termNote", "descrip", "admin", "ref", "xref", "transac", "transacNote") else self.name

    @property
    def language(self) -> str:
        """The language that ``xml:lang`` names, or ""."""
        return self.attributes.get("xml:lang", self.attributes.get("lang", ""))


def entries(path: Path) -> Iterator[Node]:
    """First the root without its children, then each entry of the file (and TBX-Min's ``languages``, where it stands).

    Raises ``GlossaryError`` with the line where it is no well-formed XML, no TBX, defines entities, or is larger than a glossary may be.
    """
    _not_too_many(path)
    reader = _Reader(path.name)
    with path.open("rb") as file:
        for number, entry in enumerate(reader.read(iter(lambda: file.read(CHUNK), b""))):
            if number > MOST_LINES:
                raise too_long(f"{path.name}:{entry.line}")
            yield entry


def _not_too_many(path: Path) -> None:
    """Count the tags of entries, a hundred times as quick as reading them; raises as ``entries`` does where there are too many."""
    seen, line, rest = 0, 1, b""
    with path.open("rb") as file:
        for chunk in iter(lambda: file.read(CHUNK), b""):
            text = rest + chunk
            found = [match.end() for match in _ENTRY.finditer(text)]
            if seen + len(found) > MOST_LINES:
                over = line + text.count(b"\n", 0, found[MOST_LINES - seen])
                raise too_long(f"{path.name}:{over}")
            seen += len(found)
            rest = text[max(found[-1] if found else 0, len(text) - LONGEST_TAG) :]
            line += text.count(b"\n", 0, len(text) - len(rest))


class _Reader:
    """Expat's events as entries."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._open: list[Node] = []
        self._ready: list[Node] = []
        self._depth = 0
        self._length = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.EntityDeclHandler = self._entity

    def read(self, chunks: Iterator[bytes]) -> Iterator[Node]:
        """What the chunks hold, as ``entries`` promises."""
        try:
            for chunk in chunks:
                self._parser.Parse(chunk, False)
                yield from self._taken()
            self._parser.Parse(b"", True)
            yield from self._taken()
        except expat.ExpatError as error:
            reason = expat.errors.messages[error.code]
            raise GlossaryError(f"{self._name}:{error.lineno}: no well-formed XML ({reason}). Export the file again.") from error
        except (LookupError, ValueError) as error:
            raise self._error(f"cannot be read ({error}). Save the file with the encoding UTF-8") from error

    def _taken(self) -> list[Node]:
        taken, self._ready = self._ready, []
        return taken

    def _error(self, what: str) -> GlossaryError:
        return GlossaryError(f"{self._name}:{self._parser.CurrentLineNumber}: {what}.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        node = Node(local, attributes, self._parser.CurrentLineNumber)
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error(f"elements stand {DEEPEST} deep in each other: that is no glossary")
        if self._depth == 1:
            if local not in ROOTS:
                raise self._error(f"the file is XML and begins with <{local}>, so it is no TBX file. Give .tbx, .csv, .xlsx, .ods or wikitext")
            self._ready.append(node)
        elif self._open:
            self._open[-1].parts.append(node)
            self._open.append(node)
        elif local in ENTRIES:
            self._open, self._length = [node], 0
        elif local == "languages":
            self._ready.append(node)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._open:
            node = self._open.pop()
            if not self._open:
                self._ready.append(node)

    def _characters(self, text: str) -> None:
        if self._open:
            self._length += len(text)
            if self._length > MOST_TEXT:
                raise self._error(f"an entry has more than {MOST_TEXT:,} characters: that is no glossary")
            self._open[-1].parts.append(text)

    def _entity(self, *_: object) -> None:
        raise self._error("the file defines entities of its own, which no TBX file needs: it is not read")
