"""What a check is, and what it is given: a pair of texts and the facts that govern it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from translate.checks.ratios import NOTHING_LEARNT, Ratios
from translate.document import Draft, Finding, Runs, Segment, Term
from translate.style import NO_STYLE, Style


@dataclass(frozen=True, slots=True)
class Pair:
    """A segment of the source and a draft of its translation."""

    segment: Segment
    draft: Draft


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known besides the two texts.

    ``source`` and ``target`` are language tags, ``terms`` the glossary terms that occur in this segment, ``ratios`` what this work has taught about lengths.
    ``names`` are words that stay as they are (proper names of the work), in any capitals.
    ``style`` is the work's style sheet.
    ``format`` is the target's ("wiki", "markdown"), where signs may break it; empty where text is only text.
    """

    source: str
    target: str
    terms: tuple[Term, ...] = ()
    ratios: Ratios = NOTHING_LEARNT
    names: frozenset[str] = frozenset()
    format: str = ""
    style: Style = NO_STYLE


class Check(Protocol):
    """Looks at one pair and yields what it finds, always the same for the same pair and facts; raises nothing, whatever the text.

    ``name`` is the finding's ``check`` and the name of the file; how grave it can be at most stands in ``severities.toml``.
    ``structural`` checks also make sense where the words were not translated (``echo``, ``pseudo``).
    The first line of the docstring is shown to reviewers, the rest says what the check cannot see.
    """

    name: str
    structural: bool

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield the findings, the gravest first where there are several."""


@runtime_checkable
class Mender(Protocol):
    """A check that can also mend what it finds, where code is certain. A mend must come to rest: what was mended is good."""

    name: str

    def fix(self, pair: Pair, facts: Facts) -> Runs | None:
        """The target as it should be, or None where there is nothing to mend."""
