"""Which slots can repeat another's translation."""

from __future__ import annotations

from translate.document import Runs, markers


def may_mirror(own: Runs, mirrored: Runs) -> bool:
    """Whether a slot can repeat the other's translation: it has no markers, or the very same ones."""
    return not markers(own) or _marks(own) == _marks(mirrored)


def _marks(runs: Runs) -> list[tuple[str, int]]:
    return sorted((marker.kind, marker.number) for marker in markers(runs))
