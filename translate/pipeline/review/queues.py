"""Queues: which passages a reviewer is shown, in which order; and what a random sample says of those that nobody flagged.

The doubtful ones come in the order of what a look is expected to be worth: how likely something is wrong (by the checks that spoke, each with a weight), and how much text that is.
At most a fifth of a work is a queue by default: more is not reviewed, it is leafed through (QE4PE, arXiv 2503.03044, found that few highlights help most).
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, log1p, sqrt

from translate.errors import SettingError
from translate.store import Doubt, Sampled, Store

KINDS = ("doubtful", "sample", "chapter", "check", "source", "target", "either", "person", "comments", "mine", "all")
PLAIN = ("doubtful", "sample", "comments", "mine", "all")
"""Queues that need no further word."""
MOST_SHARE = 0.2
"""The share of a work that the doubtful queue shows unless more is asked for."""
LEAST = 25
"""Short works: so many doubtful passages are shown whatever share of the work that is."""
LIKELY = {"error": 0.9, "warning": 0.4}
"""How likely something is wrong where a check speaks, by severity."""
PENDING, OUTDATED = 1.0, 0.95
SAMPLE_SHARE, SAMPLE_LEAST, SAMPLE_MOST = 0.05, 20, 200
"""The size of the random sample: a twentieth of what was accepted, within these bounds."""
Z95 = 1.959964
"""The quantile of the normal distribution for an interval of 95 %."""
FOUND = 500
"""So many passages a search gives at most."""


@dataclass(frozen=True, slots=True)
class Queue:
    """Which passages: one of ``KINDS``, and the word that it needs (a document, a check, a person, the words that are sought)."""

    kind: str = "doubtful"
    word: str = ""

    @classmethod
    def read(cls, text: str) -> Queue:
        """A queue as it is written in addresses and on the command line: ``doubtful``, ``check:numbers``. Raises ``SettingError`` for another one."""
        kind, _, word = text.partition(":")
        if kind not in KINDS or (kind in PLAIN) == bool(word):
            raise SettingError(
                f"'{text}' is no queue of passages: take one of {', '.join(PLAIN)}, or chapter:, check:, source:, target:, either: or person: with its word."
            )
        return cls(kind, word)

    def __str__(self) -> str:
        return f"{self.kind}:{self.word}" if self.word else self.kind


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the sample says of the passages that nobody flagged: how many are in it, were looked at and were changed; and the share that is bad, from ``low`` to ``high`` (95 %)."""

    drawn: int
    looked: int
    changed: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share of those looked at that were changed."""
        return self.changed / self.looked if self.looked else 0.0


def worth(doubt: Doubt) -> float:
    """What a look at the passage is expected to be worth: the likelihood that something is wrong, times the logarithm of its length."""
    if doubt.pending or doubt.outdated:
        likely = PENDING if doubt.pending else OUTDATED
    else:
        fine = 1.0
        for _, severity in dict.fromkeys(doubt.findings):
            fine *= 1 - LIKELY.get(severity, 0.05)
        likely = 1 - fine
    return likely * (1 + 0.15 * log1p(doubt.size))


def segments(store: Store, queue: Queue, *, share: float = MOST_SHARE, who: str = "") -> tuple[str, ...]:
    """The ids of the queue's passages, in its order; ``who`` asks (her own queue is that of the chapters she looks after)."""
    table = store.reviewing
    if queue.kind == "doubtful":
        doubts = table.doubts()
        most = max(LEAST, ceil(share * store.totals().all))
        return tuple(one.segment for one in sorted(doubts, key=worth, reverse=True)[:most])
    if queue.kind == "sample":
        return tuple(one.segment for one in drawn(store))
    if queue.kind in ("source", "target", "either"):
        table.index()
        return table.find(queue.word, side=queue.kind, most=FOUND)  # type: ignore[arg-type]
    if queue.kind == "chapter":
        return table.in_document(queue.word)
    if queue.kind == "check":
        return table.found_by(queue.word)
    if queue.kind == "mine":
        return table.looked_after(who)
    if queue.kind == "person":
        return table.decided_by(queue.word)
    return table.commented() if queue.kind == "comments" else table.everything()


def drawn(store: Store) -> tuple[Sampled, ...]:
    """The work's random sample; drawn when it is first wanted, and added to while the work grows. The same work draws the same passages."""
    table = store.reviewing
    there = table.sample()
    if len(there) >= SAMPLE_MOST or store.totals().pending:
        return there
    rest = table.unsampled()
    wanted = min(SAMPLE_MOST, max(SAMPLE_LEAST, ceil(SAMPLE_SHARE * (len(rest) + len(there))))) - len(there)
    if wanted > 0 and rest:
        dice = random.Random(store.identity)
        table.add_to_sample(dice.sample(rest, min(wanted, len(rest))))
        return table.sample()
    return there


def estimate(store: Store) -> Estimate:
    """What the sample says so far. The interval is Wilson's (1927): right for small samples and shares near nought."""
    sample = store.reviewing.sample()
    looked = [one for one in sample if one.decided]
    changed = sum(one.changed for one in looked)
    low, high = wilson(changed, len(looked))
    return Estimate(len(sample), len(looked), changed, low, high)


def wilson(bad: int, looked: int) -> tuple[float, float]:
    """The 95 % confidence interval of a share, by Wilson's score; (0, 1) where nothing was looked at."""
    if not looked:
        return 0.0, 1.0
    share, square = bad / looked, Z95**2
    middle = (share + square / (2 * looked)) / (1 + square / looked)
    reach = Z95 * sqrt(share * (1 - share) / looked + square / (4 * looked**2)) / (1 + square / looked)
    return max(0.0, middle - reach), min(1.0, middle + reach)


Free = Callable[[str], bool]
"""Whether a passage may be given to the one who asks: nobody else has it open."""


def anybody(segment: str) -> bool:
    """Every passage is free where one person works alone."""
    return True


class Kept:
    """Queues as they were when somebody began with them, so that the passages do not change places under her hands.

    One for a server. A queue is made anew when the one who works through it asks for that, or comes to its end.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, str, str], tuple[int, tuple[str, ...]]] = {}

    def of(self, store: Store, queue: Queue, who: str, *, fresh: bool = False) -> tuple[str, ...]:
        """The passages of the queue, in order, as ``who`` began with it."""
        same = queue.kind in ("all", "chapter")  # in reading order for everybody, as long as the version is the same: one copy is enough
        key, version = (store.identity, str(queue), "" if same else who), store.version().number
        with self._lock:
            kept = self._kept.get(key)
        there = kept[1] if kept is not None and kept[0] == version and (same or not fresh) else None
        if there is None:
            there = segments(store, queue, who=who)
            with self._lock:
                self._kept.pop(key, None)
                self._kept[key] = (version, there)
                while len(self._kept) > MOST_KEPT:
                    self._kept.pop(next(iter(self._kept)))
        return there

    def first(self, store: Store, queue: Queue, who: str, *, free: Free = anybody) -> str | None:
        """The first passage of the queue that is still open and ``free``; the queue is made anew."""
        return self._open_from(store, self.of(store, queue, who, fresh=True), queue, free)

    def after(self, store: Store, queue: Queue, who: str, segment: str, *, free: Free = anybody) -> str | None:
        """The next passage of the queue after ``segment`` that is still open and ``free``, or None where there is none."""
        names = self.of(store, queue, who)
        place = names.index(segment) + 1 if segment in names else 0
        return self._open_from(store, names[place:], queue, free) or self._open_from(store, [name for name in names[:place] if name != segment], queue, free)

    def _open_from(self, store: Store, names: Sequence[str], queue: Queue, free: Free) -> str | None:
        """The first of ``names`` that nobody has decided on; in the queues that show what was decided, the first at all."""
        for start in range(0, len(names), STEP):
            some = names[start : start + STEP]
            there = store.reviewing.statuses(some)
            for name in some:
                if _wanted(queue, there.get(name, ("", None))[0]) and free(name):
                    return name
        return None


def _wanted(queue: Queue, status: str) -> bool:
    """Whether a passage of this status is still to be looked at in the queue; "" is none of the present version."""
    keeps = queue.kind in ("person", "comments", "source", "target", "either", "chapter", "all", "check")
    return bool(status) and (keeps or status != "approved") and not (queue.kind == "doubtful" and status == "accepted")


STEP = 200
MOST_KEPT = 200
