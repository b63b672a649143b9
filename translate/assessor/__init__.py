"""A second model that reads translations as a reviewer would: what it is asked, what of its answer counts, and how well it sees errors that were planted.

Error spans with category and severity follow MQM (Lommel et al. 2014) as WMT's annotators use it (Freitag et al. 2021, "Experts, Errors, and Context").
A verdict without words of the text is thrown away, and an error counts where the model sees it twice.
"""

from __future__ import annotations

from translate.assessor.asking import Look, compose
from translate.assessor.planting import KINDS, Planted, plant
from translate.assessor.verdicts import NAME, SAYS, Seen, Verdict, finding_of, read, repeated

__all__ = ["KINDS", "NAME", "SAYS", "Look", "Planted", "Seen", "Verdict", "compose", "finding_of", "plant", "read", "repeated"]
