"""The report of a work: what was translated, by what, at what cost, and every place a person should look at.

The pipeline fills a ``Report``; ``render`` makes the page a publisher reads, ``as_json`` the same for programs. Nothing here knows a store.
"""

from translate.report.page import ending, everywhere, render
from translate.report.record import as_json, assessment_record, dismissal_record, finding_record
from translate.report.values import (
    Assessment,
    Chapter,
    Check,
    Counts,
    Coverage,
    Dismissal,
    GlossaryLine,
    Making,
    ModelUse,
    Passage,
    Report,
    ReportFinding,
    SkipLine,
    Spending,
    State,
    Verdict,
    severities,
    skip_lines,
    state_of,
)

__all__ = [
    "Assessment",
    "Chapter",
    "Check",
    "Counts",
    "Coverage",
    "Dismissal",
    "GlossaryLine",
    "Making",
    "ModelUse",
    "Passage",
    "Report",
    "ReportFinding",
    "SkipLine",
    "Spending",
    "State",
    "Verdict",
    "as_json",
    "assessment_record",
    "dismissal_record",
    "ending",
    "everywhere",
    "finding_record",
    "render",
    "severities",
    "skip_lines",
    "state_of",
]
