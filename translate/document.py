"""The values that every part shares: runs and markers, slots and segments, drafts, findings, terms.

Values are frozen and compared by content; identity (ids, versions, times) belongs to the store.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class Kind(StrEnum):
    """What a segment is in its document; checks and length ratios are told apart by it."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CELL = "cell"
    CAPTION = "caption"
    VERSE = "verse"
    NOTE = "note"
    TERM = "term"
    ALT = "alt"
    TITLE = "title"
    LABEL = "label"
    METADATA = "metadata"


@dataclass(frozen=True, slots=True)
class Marker:
    """One end of an inline element, or a whole element that is kept as it is.

    ``number`` counts from 1 in the order of the source and belongs to the segment: an ``open`` and its ``close`` share it, an ``atom`` has its own.
    ``name`` says what it is ("em", "a", "code", "note", "br", "img"), ``shows`` the visible text an atom stands for.
    Two markers are the same marker where kind and number agree.
    """

    kind: Literal["open", "close", "atom"]
    number: int
    name: str = field(default="", compare=False)
    shows: str = field(default="", compare=False)


Runs = tuple[str | Marker, ...]
"""Text with markers, in order. Normal form: no empty string, no two strings side by side."""


def normal(runs: Iterable[str | Marker]) -> Runs:
    """The same runs in normal form."""
    out: list[str | Marker] = []
    for run in runs:
        if isinstance(run, str) and out and isinstance(out[-1], str):
            out[-1] += run
        elif run != "":
            out.append(run)
    return tuple(out)


def plain(runs: Runs, *, atoms: bool = False) -> str:
    """The words without the markers; with ``atoms``, each atom's visible text stands in its place."""
    if not atoms:
        return "".join([run for run in runs if isinstance(run, str)])
    return "".join([run if isinstance(run, str) else run.shows for run in runs])


UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML file may hold (XML 1.0, 2.2), and halves of characters, which no file may."""


def heading(runs: Runs) -> str:
    """The words of a heading in one line, as a list names it: a line break is a space, marks of notes are left out."""
    return " ".join(plain(tuple(" " if isinstance(run, Marker) and run.name == "br" else run for run in runs)).split())


def markers(runs: Runs) -> tuple[Marker, ...]:
    """The markers alone, in order."""
    return tuple(run for run in runs if isinstance(run, Marker))


def dump_runs(runs: Runs) -> str:
    """Runs as one line of JSON: strings, and ``[kind, number, name, shows]`` for a marker."""
    rows = [run if isinstance(run, str) else [run.kind, run.number, run.name, run.shows] for run in runs]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def load_runs(text: str) -> Runs:
    """The inverse of ``dump_runs``."""
    return tuple(run if isinstance(run, str) else Marker(*run) for run in json.loads(text))


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in one version of a source that holds text.

    ``address`` is unique within its document. ``trail`` holds the headings above, outermost first.
    ``mirrors`` names the slot ``(document, address)`` whose translation this one repeats (a TOC label that equals its heading), or is None.
    """

    document: str
    address: str
    kind: Kind
    source: Runs
    trail: tuple[str, ...] = ()
    mirrors: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """Visible text that is left as it is, with the named reason.

    ``reason`` is a short phrase shown to people ("preformatted text", "another language: fr").
    """

    document: str
    address: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One content file, table of contents or metadata of a work, walked: everything visible in it is in a slot, an atom of a slot, or a skip.

    ``visible`` counts the visible characters (white space apart) of the document; ``remarks`` are sentences for the report ("tag soup: …").
    """

    name: str
    kind: Literal["content", "toc", "metadata"]
    slots: tuple[Slot, ...]
    skips: tuple[Skip, ...] = ()
    visible: int = 0
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A paragraph, heading or cell: the smallest text placed back on its own.

    ``id`` is permanent and opaque; where it stands in the source is its address, which belongs to one version of that source.
    """

    id: str
    document: str
    address: str
    kind: Kind
    source: Runs
    trail: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words of the source, markers apart."""
        return plain(self.source)


@dataclass(frozen=True, slots=True)
class Draft:
    """One proposed translation of one segment, with where it came from.

    ``origin`` is "model", "repeat" (the same source translated elsewhere in the work), "memory" (in another work), "code" (mended by a rule) or "person".
    ``finish`` is the server's finish reason ("stop", "length", …; "fault" where it never answered) and empty where no model was asked.
    ``strays`` are pieces of the reply that were no part of the segment's text (a marker nobody knows, a broken tag), kept for the checks.
    """

    segment: str
    target: Runs
    origin: Literal["model", "repeat", "memory", "code", "person"] = "model"
    model: str = ""
    prompt: str = ""
    request: int | None = None
    finish: str = ""
    strays: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words of the translation, markers apart."""
        return plain(self.target)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check saw in a draft: one sentence for a reviewer, the words it means on both sides.

    ``span`` is the place in ``plain(draft.target)``, or None where it has no place there.
    """

    check: str
    severity: Severity
    message: str
    source: str = ""
    target: str = ""
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One glossary line, with its approved target forms.

    ``target`` is the wanted rendering, ``allowed`` others that are accepted, ``forbidden`` ones that are not.
    ``keep`` terms stay as they are in the source. ``line`` says where the line stands ("en-de.csv:12"), ``over`` which lines of earlier glossaries it won over.
    ``soft`` terms were settled by use, not by a person: they are asked for, and what they forbid is a fault, but to do without them is none, unless they are names.
    """

    source: str
    target: str
    allowed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    pos: str = ""
    gender: str = ""
    keep: bool = False
    case: bool = False
    domain: str = ""
    note: str = ""
    example: str = ""
    line: str = ""
    over: tuple[str, ...] = ()
    soft: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """Every rendering that is accepted, the wanted one first."""
        return (self.source if self.keep else self.target, *self.allowed)


class Sort(StrEnum):
    """What a ledger line is about. ``NAME`` is a proper name of which it is not known what it names; ``ADDRESS`` is how one speaks to another."""

    PERSON = "person"
    PLACE = "place"
    WORK = "work"
    ORGANISATION = "organisation"
    NAME = "name"
    CONCEPT = "concept"
    ABBREVIATION = "abbreviation"
    ADDRESS = "address"


NAMES = frozenset([Sort.PERSON, Sort.PLACE, Sort.WORK, Sort.ORGANISATION, Sort.NAME])
"""The sorts that are proper names."""

LineOrigin = Literal["prescan", "first use", "glossary", "person"]
LINE_ORIGINS: tuple[LineOrigin, ...] = ("prescan", "first use", "glossary", "person")
"""Where a decision comes from; a later one in this order is not overruled by an earlier one."""

LineStatus = Literal["proposed", "accepted", "rejected"]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """What is settled, or to be settled, for one word or name of a work, or for how one person speaks to another.

    ``lemma`` is the form of the source, ``variants`` other forms of the source that mean the same; ``sense`` tells lines of one lemma apart; ``scope`` is a document's name, or "" for the whole work.
    ``target`` is the wanted rendering, "" where it is open; ``allowed`` are accepted beside it, ``forbidden`` are not; ``keep`` leaves the source's form.
    ``gender`` ("feminine", "masculine", "neuter") and ``number`` ("singular", "plural") are as the source shows them; ``expansion`` is what an abbreviation stands for.
    A line of the sort ``ADDRESS`` has ``speaker``, ``addressee`` (either may be "": anybody, the reader) and ``address``, the form ("du", "Sie", "familiar", "polite").
    """

    sort: Sort
    lemma: str
    target: str = ""
    allowed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    sense: str = ""
    scope: str = ""
    gender: str = ""
    number: str = ""
    speaker: str = ""
    addressee: str = ""
    address: str = ""
    expansion: str = ""
    keep: bool = False
    note: str = ""

    @property
    def key(self) -> str:
        """What the line is about: a new decision with the same key takes the place of an earlier one. Capitals count in names only."""
        if self.sort == Sort.ADDRESS:
            return "\x1f".join(("address", self.scope, self.speaker.casefold(), self.addressee.casefold()))
        lemma = self.lemma if self.sort in NAMES or self.sort == Sort.ABBREVIATION else self.lemma.casefold()
        return "\x1f".join(("term", self.scope, lemma, self.sense))

    @property
    def open(self) -> bool:
        """Whether nothing is settled for it yet."""
        return not (self.target or self.keep or self.address)


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the ledger: a line, whether it holds ("rejected" is no line at all), where it comes from, who, when, why, and which decision it supersedes.

    ``id`` is 0 and ``at`` empty before it is stored.
    """

    line: LedgerLine
    status: LineStatus = "proposed"
    origin: LineOrigin = "prescan"
    who: str = ""
    why: str = ""
    id: int = 0
    at: str = ""
    supersedes: int | None = None

    @property
    def soft(self) -> bool:
        """Whether no person has said so: then its absence from a translation alone is no fault."""
        return self.status != "accepted" or self.origin in ("prescan", "first use")


def excerpt(text: str, most: int, *, middle: bool = False) -> str:
    """``text`` on one line of at most ``most`` characters, with "…" for what is left out: at the end, behind a whole word, or in the ``middle``."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    if middle:
        return f"{line[: (most - 3) * 2 // 3].rstrip()} … {line[-((most - 3) // 3) :].lstrip()}"
    head = line[: most - 2]
    whole = head if line[most - 2] == " " else head.rsplit(" ", 1)[0]
    return f"{whole if 2 * len(whole) > most else head} …"


def visible(text: str) -> int:
    """How many characters of ``text`` count in the account: all but white space and soft hyphens."""
    return len("".join(text.split())) - text.count("\u00ad")


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity among the findings, or None where there are none."""
    present = {finding.severity for finding in findings}
    return next((severity for severity in SEVERITIES if severity in present), None)
