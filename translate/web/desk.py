"""What the pages share: the settings, the shelf of works, who is signed in. One for each server."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from translate.pipeline.compare import Comparison
from translate.pipeline.desk.conduct import Conductor
from translate.pipeline.desk.errands import Errands
from translate.pipeline.desk.intake import Intake
from translate.pipeline.desk.people import People
from translate.pipeline.desk.preview import Previews
from translate.pipeline.desk.shelf import Shelf
from translate.pipeline.review.presence import Presence
from translate.pipeline.review.queues import Kept
from translate.web.doorman import Doorman
from translate.web.identity import Peeks, Sessions, Tickets
from translate.web.settings import Settings

THREADS = 12
"""Threads that serve pages. They stay: a store keeps a connection for each thread that reads it."""
OUTSIDE = 8
"""Threads that serve pages which wait for a model or a wiki."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts that outlive a request."""

    settings: Settings
    shelf: Shelf
    sessions: Sessions
    tickets: Tickets
    pool: ThreadPoolExecutor
    outside: ThreadPoolExecutor
    conductor: Conductor
    intake: Intake
    previews: Previews
    peeks: Peeks
    people: People | None = None
    """Who has an account; None where the desk is one person's."""
    doorman: Doorman = field(default_factory=Doorman)
    presence: Presence = field(default_factory=Presence)
    """Who has which passage open; works by their keys."""
    queues: Kept = field(default_factory=Kept)
    """The queues of passages as people began with them."""
    errands: Errands = field(default_factory=Errands)
    """What takes longer than a page may."""
    comparisons: dict[str, Comparison] = field(default_factory=dict)
    """The latest comparison of models for each work, by its key."""

    def link(self, leads_to: str = "/") -> str:
        """An address that opens the desk once, at ``leads_to``; it is a secret until it was used. With accounts it opens nothing: people sign in."""
        if self.people is not None:
            return self.settings.address() + leads_to
        return f"{self.settings.address()}/enter/{self.tickets.issue(leads_to)}"

    def close(self) -> None:
        """End what works and close what is open."""
        for comparison in self.comparisons.values():
            comparison.stop()
        self.conductor.close()
        self.errands.close()
        self.pool.shutdown(wait=True, cancel_futures=True)
        self.outside.shutdown(wait=False, cancel_futures=True)  # what a model or a wiki has not answered yet is not waited for
        self.shelf.close()
        if self.people is not None:
            self.people.close()
