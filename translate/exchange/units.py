"""What is read from any file of pairs: units, and the file that holds them."""

from __future__ import annotations

from dataclasses import dataclass

from translate.document import Kind, Runs


@dataclass(frozen=True, slots=True)
class Unit:
    """One source text and its translation; None where there is none yet.

    ``id`` is the file's own name for it and unique within ``document``. Markers with the same number belong together.
    """

    document: str
    id: str
    source: Runs
    target: Runs | None
    kind: Kind = Kind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a file holds: units in its order, the languages as it names them (or None), and sentences for the report."""

    units: tuple[Unit, ...]
    source_language: str | None = None
    target_language: str | None = None
    remarks: tuple[str, ...] = ()
