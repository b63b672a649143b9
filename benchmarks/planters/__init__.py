"""The planters: each spoils a good translation in one known way, so that we can count how often the checks name it.

``SINGLE`` are faults of one passage, ``STRETCHES`` faults of neighbours, ``WORKS`` deviations inside a whole work.
They share no code with the checks but the values of a document and where sentences end; what is asked of each kind stands beside it.
"""

from __future__ import annotations

from benchmarks.planters.accuracy import ACCURACY
from benchmarks.planters.completeness import COMPLETENESS
from benchmarks.planters.rows import STRETCHES, WORKS, Row, Rows
from benchmarks.planters.seam import Bed, Kind, Planted
from benchmarks.planters.structure import LEAKAGE, STRUCTURE
from benchmarks.planters.style import STYLE

SINGLE: tuple[Kind, ...] = (*STRUCTURE, *LEAKAGE, *COMPLETENESS, *ACCURACY, *STYLE)

__all__ = ["SINGLE", "STRETCHES", "WORKS", "Bed", "Kind", "Planted", "Row", "Rows"]
