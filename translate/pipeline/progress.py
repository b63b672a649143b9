"""What a run says while it works; the faces decide how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a run stands: segments in all, done (accepted, approved or flagged) and flagged; tokens and money so far."""

    total: int
    done: int
    flagged: int
    document: str = ""
    mending: bool = False
    tokens: int = 0
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Mending:
    """A passage that is being mended: its source's beginning, what the checks said of it, and how it is asked for ("again", "alone", "parts", "escalated", "proofread")."""

    segment: str
    document: str
    source: str
    findings: tuple[str, ...]
    rung: str


class Progress(Protocol):
    """Is told what happens, in the order in which it happens. Must return at once."""

    def stands(self, standing: Standing) -> None:
        """Some segments came in."""

    def says(self, line: str) -> None:
        """Something worth a line happened (a wait, a slower pace, a damaged chapter)."""

    def mends(self, mending: Mending) -> None:
        """A passage that failed is asked for again."""


class Silent:
    """Says nothing."""

    def stands(self, standing: Standing) -> None:
        """Nothing."""

    def says(self, line: str) -> None:
        """Nothing."""

    def mends(self, mending: Mending) -> None:
        """Nothing."""
