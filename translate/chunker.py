"""Cuts what is to be translated into what one request can hold.

Some paragraphs go together (a sentence alone has no connection, and in a long text a dropped sentence hides); what is longer than a request is cut at sentence ends and joined again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from translate import languages
from translate.document import Kind, Marker, Runs, Segment, normal

MOST_SEGMENTS = 24
SPACELESS_SCRIPTS = frozenset({"Hans", "Hant", "Hani", "Jpan", "Thai", "Laoo", "Khmr", "Mymr"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment, or one of the parts it had to be cut into: ``part`` counts from 0 and is None for a whole segment."""

    segment: Segment
    runs: Runs
    part: int | None = None


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


def split(segments: Iterable[Segment], *, budget: int, size: Callable[[Segment], int]) -> Iterator[Chunk]:
    """Yield every segment once, in order, in chunks as ``take`` makes them."""
    queue = deque(segments)
    while queue:
        yield take(queue, budget=budget, size=size)


def cut(segment: Segment, *, limit: int, size: Callable[[str], int], language: str) -> tuple[Piece, ...]:
    """The segment whole, or where it has more than ``limit`` tokens, its sentences packed into pieces of at most that.

    A cut falls only where no marker pair is open; a single longer sentence stays one piece. ``join`` puts the pieces together again.
    """
    if size(_text(segment.source)) <= limit:
        return (Piece(segment, segment.source),)
    packed: list[Runs] = []
    for sentence in sentence_runs(segment.source, language):
        if packed and size(_text(packed[-1])) + size(_text(sentence)) <= limit:
            packed[-1] = normal((*packed[-1], *sentence))
        else:
            packed.append(sentence)
    if len(packed) == 1:
        return (Piece(segment, segment.source),)
    return tuple(Piece(segment, runs, part) for part, runs in enumerate(packed))


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
    """The translations of a segment's pieces as one, with a space between them where ``script`` has spaces."""
    if len(targets) == 1:
        return targets[0]
    glue = "" if script in SPACELESS_SCRIPTS else " "
    out: list[str | Marker] = []
    for number, runs in enumerate(targets):
        out += [*([glue] if number else []), *_stripped(runs)]
    return normal(out)


def _stripped(runs: Runs) -> Runs:
    out = list(runs)
    if out and isinstance(out[0], str):
        out[0] = out[0].lstrip()
    if out and isinstance(out[-1], str):
        out[-1] = out[-1].rstrip()
    return normal(out)


def _text(runs: Runs) -> str:
    return "".join(run for run in runs if isinstance(run, str))
