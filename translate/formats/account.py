"""The account of promise 2: every visible character is in exactly one of a slot, an atom of a slot, a skip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from translate.document import Skip, Slot, markers, plain, visible


class Walked(Protocol):
    """What can be accounted for: a ``Page``, a ``Document``."""

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Its slots, in reading order."""

    @property
    def skips(self) -> tuple[Skip, ...]:
        """What is left as it is."""

    @property
    def visible(self) -> int:
        """Its visible characters."""


@dataclass(frozen=True, slots=True)
class Account:
    """Visible characters by where they went. ``missing`` is 0 where the account is right, and below 0 where something is counted twice."""

    visible: int
    slots: int
    atoms: int
    skips: tuple[tuple[str, int], ...]

    @property
    def missing(self) -> int:
        """Characters that are in nothing."""
        return self.visible - self.slots - self.atoms - sum(count for _, count in self.skips)


def account(walked: Walked) -> Account:
    """The account of one walked document; ``skips`` are summed by reason, the largest first."""
    reasons: dict[str, int] = {}
    for skip in walked.skips:
        reasons[skip.reason] = reasons.get(skip.reason, 0) + visible(skip.text)
    return Account(
        visible=walked.visible,
        slots=sum(visible(plain(slot.source)) for slot in walked.slots),
        atoms=sum(visible(marker.shows) for slot in walked.slots for marker in markers(slot.source)),
        skips=tuple(sorted(reasons.items(), key=lambda row: (-row[1], row[0]))),
    )
