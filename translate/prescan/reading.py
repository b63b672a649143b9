"""A work as the terminologist reads it: sentences of words, with what is set apart and what stands in headings and in the index."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from translate import languages
from translate.document import Kind, Marker, Runs, Segment

APART = frozenset(["em", "i", "b", "strong", "dfn", "cite"])
"""Elements that set a term or a title apart."""

TITLED = frozenset(["cite"])
"""Elements that hold the title of a work."""

BREAK = "\u2029"
"""Stands where words before and after belong to no common term: at an atom, a bracket, a mark."""

_ATOM = "\ufffc"
_ADDRESS = re.compile(r"https?://\S+|[\w.+-]+@[\w.-]+\w|(?<![\w@.-])(?P<first>[a-z\d-]+)(?:\.[a-z\d-]{2,})+(?![\w])")
"""Addresses and names of files: what stands in them is no word of the text, but for the ``first`` word of a host ("salsa" of "salsa.debian.org"), which may be its name."""
_WORD = re.compile(r"[^\W\d_](?:[\w]|[-‐‑'’](?=[^\W_]))*|\d+(?:[.,]\d+)*|\S")
_SMALL = frozenset([Kind.HEADING, Kind.TITLE, Kind.LABEL, Kind.CAPTION, Kind.CELL, Kind.TERM, Kind.ALT, Kind.METADATA])
_NUMBER = re.compile(r"^\s*(?:\d[\d.]*|[IVXLC]+)[.)]?\s+")
_INDEX = re.compile(r"\b(?:index|register|verzeichnis|indice|índice)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a sentence; ``first`` where a sentence begins with it, ``small`` is it in small letters, ``is_word`` says that it is no number or mark.

    ``BREAK`` stands for what parts words.
    """

    text: str
    first: bool = False
    small: str = ""
    is_word: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage; ``text`` is as it stands there."""

    segment: str
    document: str
    text: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage taken apart. ``apart`` holds what is set in italics or bold type, ``titles`` what is marked as the title of a work; ``index`` is an entry of an index."""

    segment: str
    document: str
    kind: Kind
    text: str
    sentences: tuple[Sentence, ...]
    apart: tuple[str, ...]
    titles: tuple[str, ...]
    index: str = ""

    @property
    def running(self) -> bool:
        """Whether it is running text, where a capital letter says something."""
        return self.kind not in _SMALL and not self.index


def passages(segments: Iterable[Segment], language: str) -> Iterator[Passage]:
    """The segments taken apart, in their order, without a printed table of contents: its lines repeat headings, whose capitals and words would count twice.

    The navigation and the metadata of a book are left to the caller.
    """
    read = tuple(segments)
    repeated = _repeated(read)
    for segment in read:
        if segment.id in repeated:
            continue
        text = "".join(run if isinstance(run, str) else _ATOM if run.kind == "atom" else "" for run in segment.source)
        if not any(map(str.isalpha, text)):
            continue
        sentences = tuple(
            Sentence(segment.id, segment.document, part.replace(_ATOM, ""), _words(part)) for part in languages.sentences(text, language) if part.strip()
        )
        yield Passage(
            *(segment.id, segment.document, segment.kind, text.replace(_ATOM, "")),
            *(sentences, _inside(segment.source, APART), _inside(segment.source, TITLED), _entry(segment, text)),
        )


_PART = Word(BREAK, small=BREAK)


@lru_cache(1 << 13)
def _word(token: str, first: bool) -> Word:
    """A word; the same one wherever it stands, since a long work holds each many times."""
    token = token.replace("’", "'")
    return Word(token, first, token.casefold(), token[0].isalpha())


def _repeated(segments: Iterable[Segment]) -> frozenset[str]:
    """The ids of lines that repeat a heading, number or not, in documents that consist mostly of such lines."""
    there: dict[str, list[Segment]] = defaultdict(list)
    headings: set[str] = set()
    for segment in segments:
        if segment.kind == Kind.HEADING:
            headings.add(_bare(segment.text))
        else:
            there[segment.document].append(segment)
    lists = {name: [one.id for one in rows if _bare(one.text) in headings] for name, rows in there.items()}
    return frozenset(chain.from_iterable(ids for name, ids in lists.items() if 2 * len(ids) > len(there[name])))


def _bare(text: str) -> str:
    """A heading without its number, in small letters."""
    return " ".join(_NUMBER.sub("", text).split()).casefold()


def _without(address: re.Match[str]) -> str:
    return f"{address['first'] or ''} {_ATOM} "


def _words(text: str) -> tuple[Word, ...]:
    found: list[Word] = []
    first = True
    for match in _WORD.finditer(_ADDRESS.sub(_without, text)):
        token = match.group()
        if token[0].isalnum() or token == "&":
            found.append(_word(token, first))
            first = False
        elif token in "\"“„«»‹›‘'(":
            found.append(_PART)
            first = first or token not in "'("
        else:
            found.append(_PART)
            first = first or token in ":;.!?…"
    return tuple(found)


def _inside(runs: Runs, names: frozenset[str]) -> tuple[str, ...]:
    """What stands between the markers of elements of these names."""
    out: list[str] = []
    for place, run in enumerate(runs):
        if isinstance(run, Marker) and run.kind == "open" and run.name in names:
            inside: list[str] = []
            for other in runs[place + 1 :]:
                if isinstance(other, str):
                    inside.append(other)
                elif other.kind == "close" and other.number == run.number:
                    break
            text = " ".join("".join(inside).split())
            if text:
                out.append(text)
    return tuple(out)


def _entry(segment: Segment, text: str) -> str:
    """The head of an index entry; "" where the passage is none."""
    about = " ".join((segment.document.rsplit("/", 1)[-1], *segment.trail))
    if segment.kind not in (Kind.ITEM, Kind.CELL, Kind.PARAGRAPH) or not _INDEX.search(about.replace("-", " ").replace("_", " ").replace(".", " ")):
        return ""
    head = re.split(rf"[,;:.\d{_ATOM}]|\s[–—-]\s", text, maxsplit=1)[0].strip()
    return head if 0 < len(head.split()) <= 5 else ""
