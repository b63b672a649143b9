"""What a mirror shows: the translation of the segment it repeats, in its own markup."""

from __future__ import annotations

import re

from translate.document import Marker, Runs, markers, normal, plain


def may_mirror(own: Runs, mirrored: Runs) -> bool:
    """Whether a slot can repeat the other's translation: it has no markers, or the very same ones."""
    return not markers(own) or _marks(own) == _marks(mirrored)


def show(own: Runs, mirrored: Runs, target: Runs) -> Runs:
    """The target as it stands in the mirror: whole where the markers are the same, else its words alone.

    A line break becomes a space, and the visible text of an atom is kept where the mirror's own source shows it.
    """
    if _marks(own) == _marks(mirrored):
        return target
    atoms = _squeezed(plain(_broken(mirrored), atoms=True)) == _squeezed(plain(own))
    return normal([_squeezed(plain(_broken(target), atoms=atoms))])


def _marks(runs: Runs) -> list[tuple[str, int]]:
    return sorted((marker.kind, marker.number) for marker in markers(runs))


def _broken(runs: Runs) -> Runs:
    """The runs with a space for each line break."""
    return tuple(" " if isinstance(run, Marker) and run.kind == "atom" and run.name == "br" else run for run in runs)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
