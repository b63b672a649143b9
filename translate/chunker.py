"""Cuts what is to be translated into what one request can hold.

Some paragraphs go together (a sentence alone has no connection, and in a long text a dropped sentence hides); what is longer than a request is cut at sentence ends and joined again.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from translate import languages
from translate.document import Kind, Marker, Runs, Segment, markers, normal

MOST_SEGMENTS = 24
SPACELESS_SCRIPTS = frozenset({"Hans", "Hant", "Hani", "Jpan", "Thai", "Laoo", "Khmr", "Mymr"})
FULL_STOPS = ".。।۔"
_BEFORE = re.compile(r"\A[\s,;:.!?…)\]]*")
"""White space and marks that belong to what stands before a marker: they stay where they are."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment, or one of the parts it had to be cut into: ``part`` counts from 0 and is None for a whole segment.

    ``place`` says in which run of the segment's source the part stands, where it was cut ``between`` its markers.
    """

    segment: Segment
    runs: Runs
    part: int | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """Segments that go to a model together, in the order of the work, all of one document."""

    segments: tuple[Segment, ...]


def take(queue: deque[Segment], *, budget: int, size: Callable[[Segment], int]) -> Chunk:
    """The next chunk off the left of ``queue`` (not empty), of at most ``budget`` tokens.

    A heading that is not the first stops it once it is half full; a segment is never cut here: one larger than the budget gets a chunk of its own.
    """
    first = queue.popleft()
    taken = [first]
    room = budget - size(first)
    while queue and len(taken) < MOST_SEGMENTS:
        following = queue[0]
        need = size(following)
        if need > room or following.document != first.document:
            break
        if following.kind == Kind.HEADING and room < budget / 2:
            break
        taken.append(queue.popleft())
        room -= need
    return Chunk(tuple(taken))


def cut(segment: Segment, *, limit: int, size: Callable[[str], int], language: str) -> tuple[Piece, ...]:
    """The segment whole, or where it has more than ``limit`` tokens, its sentences packed into pieces of at most that.

    A cut falls only where no marker pair is open; a single longer sentence stays one piece. ``join`` puts the pieces together again.
    """
    if size(_text(segment.source)) <= limit:
        return (Piece(segment, segment.source),)
    packed = _packed(segment.source, limit, size, language)
    if len(packed) == 1:
        return (Piece(segment, segment.source),)
    return tuple(Piece(segment, runs, part) for part, runs in enumerate(packed))


def between(segment: Segment, *, limit: int, size: Callable[[str], int], language: str) -> tuple[Piece, ...]:
    """The texts between the segment's markers, for a model that loses markers: each whole, or its sentences packed as ``cut`` does.

    A text without a letter is left out. ``join`` puts the translations where the texts stood; empty where there is no marker.
    """
    if not markers(segment.source):
        return ()
    texts = ((place, _edges(run)[1]) for place, run in enumerate(segment.source) if isinstance(run, str))
    found = ((place, runs) for place, text in texts if any(map(str.isalpha, text)) for runs in _packed((text,), limit, size, language))
    return tuple(Piece(segment, runs, part, place) for part, (place, runs) in enumerate(found))


def _packed(runs: Runs, limit: int, size: Callable[[str], int], language: str) -> list[Runs]:
    """The sentences of ``runs``, as many together as ``limit`` tokens hold."""
    packed: list[Runs] = []
    for sentence in sentence_runs(runs, language):
        if packed and size(_text(packed[-1])) + size(_text(sentence)) <= limit:
            packed[-1] = normal((*packed[-1], *sentence))
        else:
            packed.append(sentence)
    return packed


def _edges(text: str) -> tuple[str, str, str]:
    """A text between two markers as what leads over to it, its words, and the white space after them."""
    words = _BEFORE.sub("", text, count=1).rstrip()
    left = text[: text.index(words)] if words else text
    return left, words, text[len(left) + len(words) :]


def sentence_runs(runs: Runs, language: str) -> tuple[Runs, ...]:
    """The runs cut after each sentence at which no marker pair is open; joined, they are ``runs`` again."""
    ends = _sentence_ends(runs, language)
    out: list[list[str | Marker]] = [[]]
    place = depth = 0
    for run in runs:
        if isinstance(run, Marker):
            out[-1].append(run)
            depth += {"open": 1, "close": -1, "atom": 0}[run.kind]
            continue
        start = place
        for end in (end for end in ends if start < end <= start + len(run)):
            if depth == 0:
                out[-1].append(run[place - start : end - start])
                out.append([])
                place = end
        out[-1].append(run[place - start :])
        place = start + len(run)
    return tuple(piece for piece in (_rejoined(out)) if piece)


def _rejoined(lists: list[list[str | Marker]]) -> Iterator[Runs]:
    """Pieces without a word (an atom after the last full stop) stay with the piece before."""
    waiting: list[str | Marker] = []
    for runs in lists:
        if waiting and not _text(normal(runs)).strip():
            waiting += runs
            continue
        if waiting:
            yield normal(waiting)
        waiting = list(runs)
    yield normal(waiting)


def _sentence_ends(runs: Runs, language: str) -> list[int]:
    ends, place = [], 0
    for sentence in languages.sentences(_text(runs), language):
        place += len(sentence)
        ends.append(place)
    return ends


def join(source: tuple[Piece, ...], targets: tuple[Runs, ...], *, script: str) -> Runs:
    """The translations of a segment's pieces as one, with a space between them where ``script`` has spaces.

    Of a segment cut ``between`` its markers, every marker stands where it stood in the source.
    """
    glue = "" if script in SPACELESS_SCRIPTS else " "
    if source and source[0].place is not None:
        return _filled(source, targets, glue)
    if len(targets) == 1:
        return targets[0]
    out: list[str | Marker] = []
    for number, runs in enumerate(targets):
        out += [*([glue] if number else []), *_stripped(runs)]
    return normal(out)


def _filled(source: tuple[Piece, ...], targets: tuple[Runs, ...], glue: str) -> Runs:
    """The segment's own runs, with the translations in the place of its texts."""
    said: dict[int, list[str]] = {}
    for piece, runs in zip(source, targets, strict=True):
        if piece.place is not None:
            said.setdefault(piece.place, []).append(_unended(_text(runs).strip(), _text(piece.runs)))
    out = list(source[0].segment.source)
    for place, texts in said.items():
        left, _, right = (edge if glue else edge.strip() for edge in _edges(_text(out[place : place + 1])))
        out[place] = left + glue.join(texts) + right
    return normal(out)


def _unended(text: str, source: str) -> str:
    """Without the full stop that models put after half a sentence."""
    source = source.rstrip()
    words = source.rstrip(languages.ENDERS + languages.CLOSERS)
    ended = set(languages.ENDERS) & set(source[len(words) :])
    return text if ended or not text.endswith(tuple(FULL_STOPS)) else text[:-1]


def _stripped(runs: Runs) -> Runs:
    out = list(runs)
    if out and isinstance(out[0], str):
        out[0] = out[0].lstrip()
    if out and isinstance(out[-1], str):
        out[-1] = out[-1].rstrip()
    return normal(out)


def _text(runs: Iterable[str | Marker]) -> str:
    return "".join(run for run in runs if isinstance(run, str))
