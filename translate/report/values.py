"""The values a report is made of: frozen, filled by the pipeline, with every number that can be derived derived."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from translate.document import Finding, Kind, Runs, Severity, Skip, visible, worst
from translate.languages import Language

State = Literal["accepted", "approved", "warning", "error", "pending"]
STATES: tuple[State, ...] = ("accepted", "approved", "warning", "error", "pending")
EXAMPLES = 3
"""How many examples of a skip reason are kept."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment as the report sees it: its id, the visible characters of its source, and how it stands."""

    segment: str
    length: int
    state: State


def state_of(findings: Iterable[Finding], *, translated: bool = True, approved: bool = False) -> State:
    """How a segment stands: an error or a warning is flagged, whoever wrote the words; a note (info) is not.

    A person's approval hides a warning she has seen, not an error (her words are shipped for an outdated source, say).
    """
    if not translated:
        return "pending"
    gravest = worst(findings)
    if gravest == "error":
        return "error"
    if approved:
        return "approved"
    return "warning" if gravest == "warning" else "accepted"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many passages stand how. The five states are apart, so they add up to ``total``."""

    accepted: int = 0
    approved: int = 0
    warning: int = 0
    error: int = 0
    pending: int = 0

    @property
    def flagged(self) -> int:
        """Passages a person must look at: warnings and errors."""
        return self.warning + self.error

    @property
    def total(self) -> int:
        """All passages."""
        return self.accepted + self.approved + self.flagged + self.pending


def count(passages: Iterable[Passage]) -> Counts:
    """How these passages stand."""
    number = Counter(passage.state for passage in passages)
    return Counts(number["accepted"], number["approved"], number["warning"], number["error"], number["pending"])


@dataclass(frozen=True, slots=True)
class Chapter:
    """One document of the work in the picture: ``name`` is the document's, ``title`` its heading in the source's language.

    Without a title the name is shown, for tables of contents and metadata (``kind``) with a word that says what it is.
    """

    name: str
    title: str
    passages: tuple[Passage, ...]
    kind: Literal["content", "toc", "metadata"] = "content"

    @property
    def counts(self) -> Counts:
        """How the passages of this chapter stand."""
        return count(self.passages)


@dataclass(frozen=True, slots=True)
class Check:
    """What a check is called on the page: the first line of its docstring, shown as the heading of its findings."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class ReportFinding:
    """A finding with the whole texts of its passage.

    ``segment`` is empty where the finding belongs to no single passage. ``source`` and ``target`` are the passage's runs, ``target`` is None where there is no translation.
    ``finding.span`` is the place in ``plain(target)``.
    """

    segment: str
    document: str
    finding: Finding
    source: Runs = ()
    target: Runs | None = None
    kind: Kind = Kind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class SkipLine:
    """Visible text left alone for one reason: how many places, how many visible characters, and a few of them."""

    reason: str
    places: int
    characters: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where the visible characters of the source are; ``visible`` was counted on its own, so that the account can fail to add up."""

    visible: int = 0
    segments: int = 0
    atoms: int = 0
    mirrors: int = 0
    skips: tuple[SkipLine, ...] = ()

    @property
    def missing(self) -> int:
        """Visible characters in no line of the account: 0 where it adds up, negative where some are counted twice."""
        return self.visible - self.segments - self.atoms - self.mirrors - sum(skip.characters for skip in self.skips)


def skip_lines(skips: Iterable[Skip]) -> tuple[SkipLine, ...]:
    """Skips by reason, the largest first, each with its first different examples."""
    reasons: dict[str, list[str]] = {}
    for skip in skips:
        reasons.setdefault(skip.reason, []).append(skip.text)
    lines = (SkipLine(reason, len(texts), sum(visible(text) for text in texts), tuple(dict.fromkeys(texts))[:EXAMPLES]) for reason, texts in reasons.items())
    return tuple(sorted(lines, key=lambda line: -line.characters))


@dataclass(frozen=True, slots=True)
class ModelUse:
    """A model that wrote in this work. ``note`` is its profile's plain sentence; ``passages`` how many of the shipped drafts are its.

    ``demonstration`` makes the page say so plainly, and how to choose a better one.
    """

    name: str
    spec: str
    local: bool
    passages: int = 0
    note: str = ""
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class Making:
    """How the translation was made. ``finished`` is None for a run that was stopped; times know their zone. ``prompts`` names prompt versions ("translate 1f3c9a2b")."""

    models: tuple[ModelUse, ...] = ()
    prompts: tuple[str, ...] = ()
    started: datetime | None = None
    finished: datetime | None = None
    version: str = ""
    output: str = ""


@dataclass(frozen=True, slots=True)
class Spending:
    """What the whole work has cost so far, over all runs.

    ``cost`` is None where nobody knows the price; ``local`` says that nothing was asked of a paid server. ``mending`` is the share (0 to 1) of it that went into re-asking.
    ``seconds`` is wall time of the runs. ``counted`` is False where some token counts are ours and not the server's.
    """

    requests: int = 0
    prompt: int = 0
    cached: int = 0
    answer: int = 0
    cost: float | None = None
    currency: str = ""
    local: bool = False
    mending: float = 0.0
    seconds: float = 0.0
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a model as judge read, and how well it saw errors that were planted in copies.

    ``read`` passages, all ``suspicious`` ones among them; ``kept`` errors are findings; ``thrown`` named no words of the text, ``unrepeated`` were not seen a second time, ``unreadable`` answers held no verdict.
    Of ``planted`` errors ``found`` were seen; of all it ``said`` about the copies, so many were ``right``. ``same`` where the judge also translated.
    """

    model: str
    read: int = 0
    suspicious: int = 0
    kept: int = 0
    thrown: int = 0
    unrepeated: int = 0
    unreadable: int = 0
    planted: int = 0
    found: int = 0
    said: int = 0
    right: int = 0
    same: bool = False

    @property
    def recall(self) -> float:
        """The share of the planted errors that were found; 0 where none were planted."""
        return self.found / self.planted if self.planted else 0.0

    @property
    def precision(self) -> float:
        """The share of what was said about the copies that was the planted error; 0 where nothing was said."""
        return self.right / self.said if self.said else 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a validator said of the source and of the result: (errors, warnings) each, and the errors only the result has."""

    tool: str
    before: tuple[int, int]
    after: tuple[int, int]
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GlossaryLine:
    """A glossary line that occurs in the work: in how many passages, and in how many of these its rendering was not kept."""

    source: str
    target: str
    line: str
    used: int
    broken: int = 0


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A finding that a person has judged to be none, and why. ``stale`` where the text it was about is not there any more. ``at`` is when, in ISO 8601."""

    segment: str
    finding: Finding
    who: str = ""
    stale: bool = False
    reason: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the page says of one work. ``work`` is what the command line calls it ("output/the-night-shift.de").

    ``audit`` says that the translation was made elsewhere: no model ran, nothing was built, and ``making.output`` is the file that was looked at; ``pairing`` says how many passages were paired how ("address", "length", "merged", "split", "missing", "extra").
    ``assessment`` is None where no model was asked to judge.
    ``off`` names the checks that were switched off.
    ``verdict`` is None where no validator was at hand. ``remarks`` are sentences about the source (tag soup, an identifier that stays, missing files).
    """

    title: str
    work: str
    source_name: str
    source_language: Language
    target_language: Language
    making: Making = field(default_factory=Making)
    coverage: Coverage = field(default_factory=Coverage)
    spending: Spending = field(default_factory=Spending)
    chapters: tuple[Chapter, ...] = ()
    findings: tuple[ReportFinding, ...] = ()
    checks: tuple[Check, ...] = ()
    remarks: tuple[str, ...] = ()
    verdict: Verdict | None = None
    glossary: tuple[GlossaryLine, ...] = ()
    dismissed: tuple[Dismissal, ...] = ()
    audit: bool = False
    pairing: tuple[tuple[str, int], ...] = ()
    off: tuple[str, ...] = ()
    assessment: Assessment | None = None

    @property
    def counts(self) -> Counts:
        """How the passages of the whole work stand."""
        return count(passage for chapter in self.chapters for passage in chapter.passages)


def severities(findings: Iterable[ReportFinding]) -> Counter[Severity]:
    """How many findings of each severity."""
    return Counter(finding.finding.severity for finding in findings)
