"""Shares the work out: sequential inside a lane, lanes side by side.

A lane is a document, and is cut at a section heading (or, where there is none, between paragraphs) whenever a worker has nothing to do,
so that chapters of different length do not leave workers idle: each cut takes the latter half of the longest lane that is left.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from translate import chunker
from translate.chunker import Chunk
from translate.document import Kind, Runs, Segment

SMALLEST_SHARE = 80


@dataclass(slots=True)
class Lane:
    """Segments to be translated one chunk after another.

    ``before`` holds the last passages before the next chunk, as ``(source, target)``; a target that another lane still owes is empty.
    """

    waiting: deque[Segment]
    left: int
    before: list[tuple[Runs, Runs]] = field(default_factory=list)


class Lanes:
    """The lanes of a run, and which chunk a worker takes next.

    ``size`` gives a segment's tokens, ``budget`` the most tokens of a chunk, ``workers`` how many work side by side.
    """

    def __init__(self, segments: Iterable[Segment], *, budget: int, workers: int, size: Callable[[Segment], int]) -> None:
        self._sizes: dict[str, int] = {}
        self._size = size
        self._budget = budget
        self._workers = workers
        by_document: dict[str, deque[Segment]] = {}
        for segment in segments:
            by_document.setdefault(segment.document, deque()).append(segment)
        self._free = [Lane(queue, sum(map(self.size, queue))) for queue in by_document.values()]
        self._taken: list[Lane] = []
        self.left = sum(lane.left for lane in self._free)

    def size(self, segment: Segment) -> int:
        """The segment's tokens, counted once."""
        if segment.id not in self._sizes:
            self._sizes[segment.id] = max(1, self._size(segment))
        return self._sizes[segment.id]

    def claim(self) -> Lane | None:
        """The longest lane nobody works on, else the latter half of the longest one that is worked on, else None."""
        lane = max(self._free, key=lambda one: one.left, default=None)
        if lane is not None:
            self._free.remove(lane)
        else:
            lane = self._halve(max(self._taken, key=lambda one: one.left, default=None))
        if lane is not None:
            self._taken.append(lane)
        return lane

    def next(self, lane: Lane) -> Chunk | None:
        """The next chunk of ``lane``, or None when it is done (and then it is nobody's).

        Towards the end chunks become smaller, so that all workers end at about the same time.
        """
        if not lane.waiting:
            self._taken.remove(lane)
            return None
        share = self.left // self._workers
        chunk = chunker.take(lane.waiting, budget=min(self._budget, max(SMALLEST_SHARE, share)), size=self.size)
        used = sum(map(self.size, chunk.segments))
        lane.left -= used
        self.left -= used
        return chunk

    def _halve(self, lane: Lane | None) -> Lane | None:
        if lane is None or len(lane.waiting) < 2 or lane.left < SMALLEST_SHARE:
            return None
        place = self._cut(lane)
        kept = deque(lane.waiting.popleft() for _ in range(place))
        given, lane.waiting = lane.waiting, kept
        size = sum(map(self.size, given))
        lane.left -= size
        return Lane(given, size, [(kept[-1].source, ())])

    def _cut(self, lane: Lane) -> int:
        """Where to cut: at the heading nearest to the middle if one lies in the middle half, else in the middle."""
        sums, total = [], 0
        for segment in lane.waiting:
            sums.append(total)
            total += self.size(segment)
        places = range(1, len(sums))
        headings = [place for place, segment in enumerate(lane.waiting) if place and segment.kind == Kind.HEADING and total / 4 <= sums[place] <= total * 3 / 4]
        return min(headings or places, key=lambda place: abs(sums[place] - total / 2))
