"""The proofreader: reads a whole work once and says where it deviates from itself. One file for each reading, with one case file.

It is pure: what it needs is handed to it, passage by passage, and what it keeps of each is small.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from translate.checks import Facts
from translate.document import Runs
from translate.proofreader.address import Address
from translate.proofreader.figures import Figures
from translate.proofreader.labels import Labels
from translate.proofreader.leftover import Leftover
from translate.proofreader.notes import Notes
from translate.proofreader.quotes import Quotes
from translate.proofreader.rendering import Rendering
from translate.proofreader.repeats import Repeats
from translate.proofreader.seam import Deviation, Passage, Reading
from translate.proofreader.spelling import Spelling
from translate.proofreader.voice import Voice

ALL: tuple[type[Reading], ...] = (Leftover, Address, Voice, Spelling, Rendering, Repeats, Labels, Notes, Quotes, Figures)
"""The readings, in the order in which their findings are told."""

NAMES = frozenset(reading.name for reading in ALL)
"""Their names: the ``check`` of a finding about the whole work."""


MENDED = frozenset([Quotes.name, Voice.name, Figures.name])
"""The readings whose deviations code can mend by itself."""


def proofread(passages: Iterable[Passage], facts: Facts, *, readings: Sequence[type[Reading]] = ALL) -> tuple[Deviation, ...]:
    """What deviates in a work, reading by reading; ``passages`` come in reading order and are read once.

    ``facts.terms`` are the glossary of the whole work. The same passages give the same deviations, in the same words.
    A passage that has no translation, or only its source's words, is left out.
    """
    open_ = [reading(facts) for reading in readings]
    for passage in passages:
        if passage.draft.text.strip() and passage.draft.text != passage.segment.text:
            for one in open_:
                one.see(passage)
    return tuple(deviation for one in open_ for deviation in one.deviations())


def mend(passage: Passage, deviation: Deviation, facts: Facts) -> Runs | None:
    """The passage without the deviation, where code can mend it for certain; else None."""
    mender = next((kind for kind in (Quotes, Voice, Figures) if kind.name == deviation.finding.check), None)
    return mender(facts).mend(passage, deviation) if mender is not None else None


__all__ = ["ALL", "MENDED", "NAMES", "Deviation", "Passage", "Reading", "mend", "proofread"]
