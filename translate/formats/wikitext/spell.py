"""Writes a translation into its place: what is text stays text, what was markup comes back with the source's own characters.

Whatever a model types, nothing of it becomes markup: what would is spelt as an entity (``&#124;``), and what is written is read again before it is taken.
"""

from __future__ import annotations

import html
import re
import string
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from translate.document import Kind, Marker, Runs, normal
from translate.formats.wikitext import defaults, inline
from translate.formats.wikitext.inline import Mark
from translate.formats.wikitext.masks import sound
from translate.formats.wikitext.names import Names, capital, spaced
from translate.formats.wikitext.places import Place
from translate.formats.wikitext.scanner import scan

NOTHING = "<nowiki/>"
"""What keeps two things apart and shows nothing."""
_PROTOCOL = "|".join(re.escape(one) for one in sorted(defaults.PROTOCOLS, key=len, reverse=True))
_RISKY = re.compile(
    rf"""&(?=\#?\w+;) | <(?=[A-Za-z/!]) | \[(?=\[|//|{_PROTOCOL}|$) | ^\[ | \](?=\]|$) | ^\] | \{{(?=[{{|]|$) | ^\{{ | \}}(?=[}}-]|$) | ^\}} | -(?=\{{)
    | ~(?=~~) | '(?=') | (?<=')' | _(?=_|$) | ^_""".replace("\\#", "[#]"),
    re.VERBOSE | re.IGNORECASE,
)
_ADDRESS = re.compile(rf"(?<![A-Za-z0-9_])(?:{_PROTOCOL})(?=[^\]\[<>\"\s])", re.IGNORECASE)
_STRONG = re.compile(r"[\[\]{}<>|'~_=&]")
_ALL = re.compile(f"[{re.escape(string.punctuation)}]")
_TAIL = re.compile(r"[^\]\[<>\"\s]+")
WORD = re.compile(r"[A-Za-z0-9_]")
WORD_END = re.compile(r"[A-Za-z0-9_]$")
WORD_BEFORE = frozenset({"address", "number"})
"""What is only read as itself where no letter stands before it."""
LINKS = frozenset({"link", "external"})
LINKING = frozenset({"link", "a", "img", "category", "interlanguage", "template"})
"""Things kept whole that no link may hold: links of any sort, pictures, and templates, which may become a link."""
APOSTROPHES = frozenset({"open", "close", "quote"})
LINE_START = frozenset("*#:;=|!{}+- \t")


class Patch(NamedTuple):
    """Characters to be replaced: from ``start`` to before ``end``."""

    start: int
    end: int
    new: str


class Patches:
    """The changes of one page. Places are filled from the last to the first, so that what lies inside of one is in its place already."""

    def __init__(self, text: str, edits: Iterable[Patch] = ()) -> None:
        self.text = text
        self._pending = sorted(edits, key=lambda edit: (edit.start, edit.end))
        self._done: list[Patch] = []

    def links(self, place: Place) -> bool:
        """Whether a link of this place leads elsewhere now, so that it must be written again; in an attribute, where any change must fit between its quotation marks."""
        self._reach(place.start)
        if place.where.quote is not None:
            return any(place.start <= patch.start < place.end for patch in self._done)
        spans = {mark.target for mark in place.marks.values() if mark.sort == "link" and not mark.labelled}
        if not spans:
            return False
        for patch in reversed(self._done):
            if patch.start >= place.end:
                return False
            if (patch.start, patch.end) in spans:
                return True
        return False

    def take(self, start: int, end: int) -> list[Patch]:
        """The changes inside of a place, in order; they are its own from now on."""
        self._reach(start)
        taken: list[Patch] = []
        while self._done and self._done[-1].start < end:
            taken.append(self._done.pop())
        return taken

    def put(self, start: int, end: int, new: str) -> None:
        """A place has its words."""
        self._done.append(Patch(start, end, new))

    def whole(self) -> str:
        """The text with all changes."""
        self._reach(-1)
        return patched(self.text, 0, len(self.text), self._done[::-1])

    def _reach(self, start: int) -> None:
        while self._pending and self._pending[-1].start >= start:
            self._done.append(self._pending.pop())


def patched(text: str, start: int, end: int, patches: list[Patch]) -> str:
    """A stretch of the text with those of the changes that lie in it."""
    out: list[str] = []
    at = start
    for index in range(bisect_left(patches, (start, -1, "")), len(patches)):
        patch = patches[index]
        if patch.start > end or (patch.start == end and end > start and patch.end > end):
            break
        if patch.start >= at and patch.end <= end and (patch.start < end or end == len(text)):
            out += [text[at : patch.start], patch.new]
            at = patch.end
    out.append(text[at:end])
    return "".join(out)


class Reading(NamedTuple):
    """How what is written will be read: by the names of its wiki, with the extension tags of both wikis."""

    names: Names
    tags: frozenset[str]


def spell(place: Place, target: Runs, patches: Patches, reading: Reading) -> None:
    """Put a translation in its place."""
    writer = _Writer(place, patches.text, patches.take(place.start, place.end), reading)
    patches.put(place.start, place.end, _quoted(writer.write(target), place.where.quote))


def _quoted(written: str, quote: str | None) -> str:
    """What is written, as the value of an attribute (``quote`` as in ``Where``): a wiki reads its entities before it reads it as wikitext."""
    if quote is None:
        return written
    value = html.escape(written, quote=False).replace(quote or '"', {"'": "&#39;"}.get(quote, "&quot;"))
    return value if quote else f'"{value}"'


class _Piece(NamedTuple):
    """A piece of what is written: its sort is "text", "raw", "address", "number" (of a book), or "open", "close" or "quote" for apostrophes."""

    sort: str
    text: str


class _Writer:
    def __init__(self, place: Place, text: str, patches: list[Patch], reading: Reading) -> None:
        self.place, self.text, self.patches = place, text, patches
        self.names, self.tags = reading
        self.nbsp = "\u00a0" in text[place.start : place.end]

    def write(self, target: Runs) -> str:
        """The first spelling that reads back as what was to be said."""
        runs = _joined(tuple(_sound(target, self.place.marks)), self.place.marks, self.names)
        wanted = self.shape(runs, self.place.marks, None)
        loose = any(mark.sort == "atom" and mark.name == "quote" for mark in self.place.marks.values())
        written = ""
        for level in range(3):
            written = self.guarded(self.pieces(runs, level))
            if loose or self.reads(written) == wanted:
                return written
        return written

    def piece(self, start: int, end: int) -> str:
        """The source's own characters, with the changes in them."""
        return patched(self.text, start, end, self.patches)

    def reads(self, written: str) -> list[object]:
        """What is read in what was written."""
        nodes = sound(written, scan(written, tags=self.tags).nodes, self.names)
        tokens, _ = inline.read(written, self.names, 0, len(written), nodes)
        runs, marks = inline.runs_of(tokens)
        return self.shape(runs, marks, written)

    def shape(self, runs: Runs, marks: Mapping[tuple[str, int], Mark], written: str | None) -> list[object]:
        """What two readings must have in common: words, markers in their order, what they stand for."""

        def raw(start: int, end: int) -> str:
            return self.piece(start, end) if written is None else written[start:end]

        out: list[object] = []
        gone: set[int] = set()
        text = ""
        for run in (*runs, Marker("atom", 0)):
            mark = None if isinstance(run, str) else marks.get((run.kind, run.number))
            if isinstance(run, str):
                text += run
                continue
            if mark is not None and mark.sort == "link" and not raw(*mark.target):
                gone.add(run.number)
            if run.number in gone or (mark is not None and mark.sort == "atom" and not raw(mark.start, mark.end)):
                continue
            if text.strip():
                out.append(" ".join(text.split()))
            text = ""
            if mark is not None:
                said = raw(*mark.target).strip() if mark.sort in ("link", "external") else raw(mark.start, mark.end)
                said = capital(spaced(said)) if mark.sort == "link" else said
                out.append((run.kind, mark.sort, said))
            elif run.kind == "close":
                out.append("close")
        return out

    def pieces(self, runs: Runs, level: int) -> list[_Piece]:
        """The runs, spelt."""
        stack: list[tuple[Mark | None, list[_Piece]]] = [(None, [])]
        for run in runs:
            if isinstance(run, str):
                linked = next((mark.sort for mark, _ in reversed(stack) if mark and mark.sort in ("link", "external")), "")
                stack[-1][1].append(_Piece("text", self.escaped(run, level, linked)))
            elif run.kind == "open":
                stack.append((self.place.marks["open", run.number], []))
            elif run.kind == "close":
                mark, inner = stack.pop()
                stack[-1][1].extend(self.pair(mark, inner) if mark else inner)
            else:
                mark = self.place.marks["atom", run.number]
                raw = self.piece(mark.start, mark.end)
                sort = mark.name if mark.name in ("quote", "number") else "address" if mark.name == "a" and raw[:1] != "[" else "raw"
                stack[-1][1].append(_Piece(sort, raw))
        return stack[0][1]

    def pair(self, mark: Mark, inner: list[_Piece]) -> list[_Piece]:
        """What stands between two ends, with them."""
        if mark.sort == "quote":
            sign = self.text[mark.start : mark.end]
            return [_Piece("open", sign), *inner, _Piece("close", sign)]
        if mark.sort == "tag":
            return [_Piece("raw", self.piece(mark.start, mark.end)), *inner, _Piece("raw", self.piece(mark.close, mark.close_end))]
        inner = inner or [_Piece("raw", NOTHING)]
        if mark.sort == "external":
            head = self.piece(mark.start, mark.end)
            return [_Piece("raw", head if head[-1].isspace() else f"{head} "), *inner, _Piece("raw", "]")]
        return self.link(mark, inner)

    def link(self, mark: Mark, inner: list[_Piece]) -> list[_Piece]:
        """A link: its title alone where that is what it shows."""
        title = self.piece(*mark.target)
        if not title:
            return inner  # only its words stay
        label = self.joined(inner)
        if all(piece.sort == "text" for piece in inner) and capital(spaced(title)) == capital(label) and ":" not in title:
            return [_Piece("raw", f"[[{label}]]")]
        return [_Piece("raw", f"[[{title}|"), *inner, _Piece("raw", "]]")]

    def escaped(self, text: str, level: int, linked: str) -> str:
        """Text in which nothing is markup."""
        text = re.sub(r"\s*\n\s*|[ \t]{2,}", " ", text)
        pattern = (_RISKY, _STRONG, _ALL)[level]
        text = pattern.sub(lambda found: entity(found[0]), text)
        where = self.place.where
        signs = ("|" if where.bar or linked else "") + ("=" if where.equals else "") + (":" if where.colon else "") + ("[]" if linked else "")
        if level < 2:
            text = _ADDRESS.sub(lambda found: found[0].replace(":", "&#58;", 1), text)
            text = inline.MAGIC.sub(lambda found: entity(found[0][0]) + found[0][1:], text)
            text = "".join(entity(char) if char in signs else char for char in text) if any(sign in text for sign in signs) else text
            text = text.replace("!!", "&#33;!") if where.bar else text
        return text if self.nbsp else text.replace("\u00a0", "&nbsp;")

    def joined(self, pieces: list[_Piece]) -> str:
        """The pieces in a row, kept apart where together they would mean something else."""
        out: list[str] = []
        last = _Piece("raw", "")
        for piece in pieces:
            text = piece.text
            if not text:
                continue
            if piece.sort in APOSTROPHES and last.sort == "text" and last.text.endswith("'"):
                out[-1] = out[-1][:-1] + "&#39;"
            elif last.sort in APOSTROPHES and piece.sort == "text" and text[0] == "'":
                text = "&#39;" + text[1:]
            elif piece.sort == "text" and text[0] == "-" and last.text.endswith("}"):  # the end of a variant
                text = entity("-") + text[1:]
            elif last.sort == "text" and last.text.endswith("-") and text[0] == "{":
                out[-1] = out[-1][:-1] + entity("-")
            elif self.melts(last, piece):
                out.append(NOTHING)
            out.append(text)
            last = piece
        return "".join(out)

    def melts(self, last: _Piece, piece: _Piece) -> bool:
        """Whether two pieces side by side would be one thing."""
        if last.sort in APOSTROPHES and piece.sort in APOSTROPHES:
            return "quote" in (last.sort, piece.sort) or (last.sort, piece.sort) == ("close", "open")
        if last.sort == "address":
            found = _TAIL.match(piece.text)
            return piece.text[0] not in "{<[" and found is not None and bool(found[0].strip(",;.:!?"))
        if (last.sort == "number" and WORD.match(piece.text)) or last.text[-1:] == piece.text[0] == "~":
            return True
        if piece.sort in WORD_BEFORE and WORD_END.search(last.text):
            return True
        return piece.sort in ("text", "address", "number") and last.text.endswith("]]") and self.names.trail.match(piece.text) is not None

    def guarded(self, pieces: list[_Piece]) -> str:
        """What is written, so that its first and last characters mean nothing where it stands."""
        rest = list(pieces)
        comments = ""
        while rest and (rest[0].text.startswith("<!--") or not rest[0].text.strip()):  # a comment is not there when the line is read
            comments += rest.pop(0).text.strip()
        while rest and not rest[-1].text.strip():
            rest.pop()
        return comments + self.worded(rest) or NOTHING

    def worded(self, said: list[_Piece]) -> str:
        """The same without the comments before it."""
        written = self.joined(said).strip(" \t\r\n")
        if not written:
            return written
        before = self.text[self.place.start - 1 : self.place.start]
        if said[0].sort == "text":
            if written[0] in LINE_START or (written[0] == "'" and before == "'"):
                written = entity(written[0]) + written[1:]
        elif (written[0] == "'" and before == "'") or (said[0].sort in WORD_BEFORE and WORD.match(before)):
            written = NOTHING + written
        if before in ("[", "{"):  # a bracket without its partner must not find one
            written = NOTHING + written
        return self.ended(said, written)

    def ended(self, said: list[_Piece], written: str) -> str:
        """The same, so that its end and what follows are not one thing."""
        start, end = self.place.start, self.place.end
        after = self.text[end : end + 8]
        last = written[-1]
        if said[-1].sort == "text":
            heading = last == "=" and (self.place.kind is Kind.HEADING or self.text[self.text.rfind("\n", 0, start) + 1 : start][:1] == "=")
            if heading or last == "-" or (last in "'[]{}_" and last == after[:1]):
                return written[:-1] + entity(last)
            open_ended = not said[-1].text.strip(",;.:!? ") and said[-2:-1] and said[-2].sort == "address"
        else:
            open_ended = said[-1].sort == "address"
        if (last in "']}" and last == after[:1]) or (written.endswith("]]") and self.names.trail.match(after)) or (open_ended and _TAIL.match(after)):
            written += NOTHING
        return written


def entity(char: str) -> str:
    """A character as a reader of HTML takes it for the same."""
    return {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(char) or f"&#{ord(char)};"


def _sound(target: Runs, marks: Mapping[tuple[str, int], Mark]) -> Iterator[str | Marker]:
    """The runs, well nested, with each marker of the source once; emphasis on nothing and inside of the same emphasis is left out."""
    nest = _Nest(marks)
    for run in target:
        nest.take(run)
    return iter(_tightened(_without_empty(normal(nest.whole()), marks), marks))


class _Nest:
    """Puts runs in a row that nests well. A link that would stand in another, as it did not in the source, is put behind that one where it is kept whole; else its words stay and its ends come last."""

    def __init__(self, marks: Mapping[tuple[str, int], Mark]) -> None:
        self.marks = marks
        self.open: list[int] = []
        self.used: set[int] = set()
        self.late: list[Marker] = []
        self.out: list[str | Marker] = []

    def take(self, run: str | Marker) -> None:
        """One more run."""
        if isinstance(run, str):
            self.out.append(run)
        elif run.kind == "close":
            while run.number in self.open:
                self.close()
        elif (run.kind, run.number) in self.marks and run.number not in self.used:
            self.mark(run, self.marks[run.kind, run.number])

    def mark(self, run: Marker, mark: Mark) -> None:
        """A marker that was not there before."""
        around = [self.marks["open", number] for number in self.open]
        if mark.sort == "quote" and any(one.name == mark.name for one in around):
            self.used.add(run.number)
            return
        nested = any(one.sort in LINKS and not one.start <= mark.start < one.close_end for one in around)
        if nested and mark.sort in LINKS:
            return
        self.used.add(run.number)
        if nested and mark.name in LINKING:
            self.late.append(run)
            return
        self.open += [run.number] if run.kind == "open" else []
        self.out.append(run)

    def close(self) -> None:
        """The innermost pair ends; behind the outermost link comes what may not be in it."""
        self.out.append(Marker("close", self.open.pop()))
        if self.late and not any(self.marks["open", number].sort in LINKS for number in self.open):
            self.out += self.late
            self.late = []

    def whole(self) -> list[str | Marker]:
        """All runs, with every end that was missing."""
        while self.open:
            self.close()
        for kind, number in sorted((key for key in self.marks if key[1] not in self.used), key=lambda key: key[1]):
            self.out += [Marker("open", number), Marker("close", number)] if kind == "open" else [Marker("atom", number)]
        return self.out


def _joined(runs: Runs, marks: Mapping[tuple[str, int], Mark], names: Names) -> Runs:
    """Letters right behind a link belong to it, as the wiki has it: they go into the label."""
    out: list[str | Marker] = []
    for run in runs:
        last = out[-1] if out else ""
        found = names.trail.match(run) if isinstance(run, str) else None
        if found and isinstance(run, str) and isinstance(last, Marker) and last.kind == "close" and marks["open", last.number].sort == "link":
            out[-1:] = [found[0], last, run[found.end() :]]
        else:
            out.append(run)
    return normal(out)


def _without_empty(runs: Runs, marks: Mapping[tuple[str, int], Mark]) -> Runs:
    """Without emphasis on nothing or on white space."""
    empty: set[int] = set()
    opened: list[tuple[int, bool]] = []
    for run in runs:
        if isinstance(run, Marker) and run.kind == "open":
            opened.append((run.number, False))
        elif isinstance(run, Marker) and run.kind == "close":
            number, filled = opened.pop()
            quote = marks["open", number].sort == "quote"
            if quote and not filled:
                empty.add(number)
            if opened and (filled or not quote):
                opened[-1] = (opened[-1][0], True)
        elif opened and (isinstance(run, Marker) or run.strip()):
            opened[-1] = (opened[-1][0], True)
    return normal(run for run in runs if isinstance(run, str) or run.number not in empty or run.kind == "atom")


def _tightened(runs: Runs, marks: Mapping[tuple[str, int], Mark]) -> Runs:
    """White space at the inner edges of a pair goes outside."""
    row = list(runs)
    changed = True
    while changed:
        changed = False
        for at in range(len(row) - 1):
            one, other = row[at], row[at + 1]
            if isinstance(one, Marker) and one.kind == "open" and isinstance(other, str) and other[:1].isspace() and other.strip():
                row[at : at + 2] = [other[: len(other) - len(other.lstrip())], one, other.lstrip()]
                changed = True
            elif isinstance(one, str) and isinstance(other, Marker) and other.kind == "close" and one[-1:].isspace() and one.strip():
                row[at : at + 2] = [one.rstrip(), other, one[len(one.rstrip()) :]]
                changed = True
        row = list(normal(row))
    return tuple(row)
