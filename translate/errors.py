"""Every error that Dragoman raises, and the exit code that each becomes.

::

    DragomanError                 1   what, where, what to do: one line
    ├── SourceError               1   a source that cannot be read (not a zip, DRM, hostile)
    ├── GlossaryError             1   a glossary line that cannot be read
    ├── SettingError              1   a wrong setting (an unknown language, an unwritable folder)
    ├── StoreError                1   a store that cannot be used (newer, read-only, disk full)
    │   ├── StoreBusy             1   another run is at work on it
    │   └── Overtaken             1   somebody decided on the segment meanwhile; nothing was overwritten
    ├── WikiError                 1   the wiki says no, or what was asked of it makes no sense; ``code`` is its own word for it
    │   ├── WikiRefused           1   the login, a right, a protected page, a block
    │   ├── EditConflict          1   somebody changed the page meanwhile, or it is there already; nothing was overwritten
    │   └── WikiUnreachable       6   no connection, a time-out, read-only, asked to wait too long: run again later
    ├── RunStopped              130   a person stopped the run; what is done is kept
    ├── BudgetReached             4   the next request would pass the cap
    └── ModelError                5   the model could not do it; what is done is kept
        ├── ModelUnreachable      5   no connection, time-out, broken stream, 5xx, not an API
        ├── ModelRefused          5   the key or the model name is refused
        ├── QuotaEnded            5   a quota (a day's, the account's) is used up
        ├── RateLimited           5   asked to wait; ``retry_after`` seconds where the server said so
        └── NotTaken              5   this one request; a smaller one, or another model, may do
            ├── RequestTooLong    5   more than the model's context holds
            └── ContentRefused    5   a filter of the server's found something in the text
"""

from __future__ import annotations

FINISHED = 0
FAILED = 1
USAGE = 2
FINDINGS_LEFT = 3
BUDGET = 4
MODEL = 5
WIKI = 6
STOPPED = 130


class DragomanError(Exception):
    """An error of ours, told in one line: what, where, and what to do."""

    exit_code = FAILED

    def __str__(self) -> str:
        """The message on one line, also where it quotes a library that takes several."""
        return " ".join(part.strip() for part in super().__str__().splitlines())


class SourceError(DragomanError):
    """A source that cannot be read."""


class GlossaryError(DragomanError):
    """A glossary line that cannot be read."""


class SettingError(DragomanError):
    """A setting that makes no sense here."""


class StoreError(DragomanError):
    """A store that cannot be used."""


class StoreBusy(StoreError):
    """Another run is at work on this store."""


class Overtaken(StoreError):
    """The segment is not what it was when the person began: somebody, or a run, has put another wording there; nothing was overwritten."""


class WikiError(DragomanError):
    """A wiki could not do what it was asked; ``code`` is the wiki's own word for why, or empty. ``sentences`` are those that the message is made of, one at least."""

    def __init__(self, message: str, code: str = "", sentences: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.sentences = sentences or (message,)


class WikiRefused(WikiError):
    """The wiki does not let us: login, rights, protection, a block."""


class EditConflict(WikiError):
    """The page is not what it was when it was read; nothing was overwritten."""


class WikiUnreachable(WikiError):
    """No connection, a time-out, a wiki that is read-only or asks to wait longer than we do; what is done is kept."""

    exit_code = WIKI


class RunStopped(DragomanError):
    """A person stopped the run; what is done is kept."""

    exit_code = STOPPED


class BudgetReached(DragomanError):
    """The next request could pass the cap."""

    exit_code = BUDGET


class ModelError(DragomanError):
    """The model could not do what it was asked; what is done is kept."""

    exit_code = MODEL


class ModelUnreachable(ModelError):
    """No connection, a time-out, a broken stream, a server error, or something that is no model server."""


class ModelRefused(ModelError):
    """The server refuses the key or does not know the model."""


class QuotaEnded(ModelError):
    """A quota is used up; waiting some seconds does not help."""


class RateLimited(ModelError):
    """The server asks to wait: ``retry_after`` seconds, where it says so."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NotTaken(ModelError):
    """The server takes no request with this text; others it answers. A run goes on without it."""


class ContentRefused(NotTaken):
    """A filter of the server's own found something in the text."""


class RequestFails(NotTaken):
    """The server has a fault of its own whenever it gets this request."""


class RequestTooLong(NotTaken):
    """The request is longer than the model's context."""
