"""What a run takes from the translation memory: whole translations without a call, and near ones as examples.

A translation that a machine made counts only where the same model is asked now: another one was chosen for a reason.
Nothing is taken unseen: what the checks of this work flag is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Literal

from translate import memory
from translate.document import Draft, Kind, Runs, Segment, markers, plain
from translate.languages import Language
from translate.store import Remembered, Surroundings, TranslationMemory, Trust, neighbour

Mode = Literal["off", "suggest", "context", "exact"]
"""What is taken without a call: nothing, and nothing is remembered either; nothing; the same text between the same neighbours; the same text of the same kind."""

MOST_EXAMPLES = 3
"""So many near translations go into one request."""
EXAMPLE_LETTERS = 1200
"""Longer texts are no examples: they cost more than they help."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A translation taken from the memory, and a sentence that says where it is from."""

    segment: Segment
    draft: Draft
    why: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose memory is asked, for which work: its ``identity``, its series, both languages, and the names of the model that is asked now."""

    identity: str
    series: str
    source: Language
    target: Language
    models: frozenset[str]


class Recall:
    """The memory as one run sees it; without memories of other works in these languages it answers at once."""

    def __init__(self, opened: TranslationMemory, wanted: Wanted, mode: Mode = "context") -> None:
        self._memory = opened
        self._wanted = wanted
        self._mode = mode
        self._empty = not opened.has_others(wanted.identity)

    def taken(self, passages: Iterable[tuple[Segment, Surroundings]]) -> Iterator[Taken]:
        """The passages that need no call, each with the translation that is trusted most."""
        if self._empty or self._mode not in ("context", "exact"):
            return
        for segment, around in passages:
            found = [
                one for one in self._memory.exact(segment.source, language=self._wanted.source.tag) if self._usable(one) and self._fits(one, segment, around)
            ]
            if found:
                best = min(found, key=lambda one: (one.memory.around != around, *self._order(one)))
                model = "" if best.memory.trust > Trust.MACHINE else best.memory.model
                yield Taken(segment, Draft(segment.id, rehung(best.memory.target, segment.source), origin="memory", model=model), told(best))

    def examples(self, segments: Sequence[Segment]) -> tuple[tuple[str, str], ...]:
        """Near translations for the passages of one request, as words without their markers: the nearest first, each text once."""
        if self._empty:
            return ()
        found: dict[str, tuple[float, str]] = {}
        for segment in segments:
            for one, near in self._near(segment):
                text = plain(one.memory.source, atoms=True)
                if near.score >= memory.EXAMPLE and len(text) <= EXAMPLE_LETTERS and near.score > found.get(text, (0.0, ""))[0]:
                    found[text] = (near.score, plain(one.memory.target, atoms=True))
        ranked = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))
        return tuple((" ".join(source.split()), " ".join(target.split())) for source, (_, target) in ranked[:MOST_EXAMPLES])

    def rendering(self, form: str) -> tuple[str, str]:
        """How a word or name was rendered by itself (a settled line of another work's ledger, a heading, an entry of a file), and where that is from; two times "" where nobody knows.

        A heading that a model wrote and nobody looked at is no precedent: a chapter's "Printing" is not how the word reads in a sentence.
        """
        found = [] if self._empty else [one for one in self._memory.exact((form,), language=self._wanted.source.tag) if self._usable(one) and _is_settled(one)]
        best = min(found, key=lambda one: (*self._order(one)[:2], one.memory.kind != Kind.TERM), default=None)
        return ("", "") if best is None else (plain(best.memory.target).strip(), told(best))

    def _near(self, segment: Segment) -> Iterator[tuple[Remembered, memory.Nearness]]:
        """The best near translation of a passage, if there is one."""
        found = [one for one in self._memory.near(memory.pieces(segment.text, self._wanted.source.tag)) if self._usable(one)]
        ranked = [(memory.nearness(segment.source, one.memory.source, self._wanted.source.tag), one) for one in found]
        ranked.sort(key=lambda pair: (-pair[0].score, *self._order(pair[1])))
        yield from ((one, near) for near, one in ranked[:1])

    def _usable(self, one: Remembered) -> bool:
        """Whether it is of another work, in the same variety of the language, and by a person or the model that is asked now."""
        trusted = one.memory.trust > Trust.MACHINE or any(_same_model(name, one.memory.model) for name in self._wanted.models)
        return trusted and one.origin.identity != self._wanted.identity and same_variety(one.memory.language, self._wanted.target.tag)

    def _fits(self, one: Remembered, segment: Segment, around: Surroundings) -> bool:
        if one.memory.around == around:
            return True
        return self._mode == "exact" and one.memory.kind == segment.kind

    def _order(self, one: Remembered) -> tuple[int, bool, str]:
        """The most trusted first, then of the same series."""
        return -one.memory.trust, not (self._wanted.series and one.origin.series == self._wanted.series), ""


def _is_settled(one: Remembered) -> bool:
    return one.memory.kind == Kind.TERM or one.memory.trust > Trust.MACHINE


def same_variety(one: str, other: str) -> bool:
    """Whether one tag is the other, or says the same language more closely ("de", "de-CH")."""
    return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")


def told(one: Remembered) -> str:
    """A sentence that says where a translation is remembered from."""
    who = one.memory.who or one.memory.model or "nobody named"
    how = {Trust.MACHINE: "translated by", Trust.EDITED: "edited by", Trust.APPROVED: "approved by"}[one.memory.trust]
    return f"from the translation memory: {how} {who} in {one.origin.name} on {one.memory.at[:10]}"


def surrounded(segments: Iterable[Segment]) -> Iterator[tuple[Segment, Surroundings]]:
    """Each segment, in reading order, with its neighbours in its own document."""
    before = 0
    for segment, following in pairwise(chain(segments, (None,))):
        if segment is None:
            return
        same = following is not None and following.document == segment.document
        after = neighbour(following.source) if following is not None and same else 0
        yield segment, Surroundings(before, after)
        before = neighbour(segment.source) if same else 0


def _same_model(asked: str, said: str) -> bool:
    """Whether a server that was asked for one model calls it the other: by its name, or with the date or number of its version."""
    return asked == said or (said.startswith(asked) and re.fullmatch(r"[-@:][\d.:-]+", said[len(asked) :]) is not None)


def rehung(target: Runs, source: Runs) -> Runs:
    """``target`` with the markers of ``source`` in the place of those with the same kind and number."""
    own = {(marker.kind, marker.number): marker for marker in markers(source)}
    return tuple(run if isinstance(run, str) else own.get((run.kind, run.number), run) for run in target)
