"""What a user orders, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from translate.errors import FINDINGS_LEFT, FINISHED, DragomanError
from translate.pipeline import assessment, works
from translate.pipeline.recall import Mode
from translate.pipeline.works import Folder
from translate.sites import Provenance, Sister

NO_SHEET = Path("none")
"""In the place of a style sheet: none, also where the work has one."""


@dataclass(frozen=True, slots=True)
class Order:
    """All that ``translate`` can be told.

    ``budget`` is in the currency of the model's price; ``price`` is ``PROMPT/CACHED/ANSWER`` for a million tokens, where nobody knows it or it is wrong.
    ``judge`` is a model that reads suspicious passages and ``judge_sample`` per cent of the others.
    ``without`` names checks that are switched off (``switches``); where it is empty, what was kept with the work holds.
    ``memory`` says what is taken from the translation memory without a call; "off" also puts nothing into it. ``series`` is what the work belongs to, for the memory.
    ``among`` names the only segments to ask for; that is a sample: it builds no book, and nothing of it is remembered.
    ``portion`` names the only documents that are looked at, of a work that is too large to be planned as a whole; whoever orders portions builds the work.
    ``glossaries`` are files; without any, those of the work's last run hold (``glossaries``), ``NO_GLOSSARY`` takes them away.
    ``style`` is the file of a style sheet; without one the work's own holds, ``NO_SHEET`` takes that away.
    ``provenance`` and ``sister`` come with a page that was fetched from a wiki.
    """

    source: Path
    to: str
    from_: str | None = None
    model: str = "embedded"
    base_url: str | None = None
    escalate: str | None = None
    glossaries: tuple[Path, ...] = ()
    out: Path = works.DEFAULT_OUT
    jobs: int | None = None
    budget: float | None = None
    price: str | None = None
    bilingual: bool = False
    validate: bool = False
    only: str = ""
    among: frozenset[str] = frozenset()
    portion: tuple[str, ...] = ()
    local_only: bool = False
    refresh: bool = False
    tries: int = 3
    without: tuple[str, ...] = ()
    judge: str | None = None
    judge_sample: float = assessment.SHARE
    memory: Mode = "context"
    series: str = ""
    provenance: Provenance | None = None
    sister: Sister | None = None
    prescan: bool = True
    style: Path | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an order: the files, passages by status, error-level findings left; how many passages were to be ``asked`` for (repeated ones too), how many of these the translation memory had, and what stopped it, if anything did; ``mending`` is the share of the work's tokens that went into mending."""

    folder: Folder
    book: Path | None
    statuses: tuple[tuple[str, int], ...]
    errors: int
    warnings: int
    remarks: tuple[str, ...]
    asked: int = 0
    error: DragomanError | None = None
    recalled: int = 0
    mending: float = 0.0

    @property
    def exit_code(self) -> int:
        """As ``errors`` defines them."""
        if self.error is not None:
            return self.error.exit_code
        return FINDINGS_LEFT if self.errors else FINISHED
