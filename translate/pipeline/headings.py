"""What each check, reading and judge sees, as the report heads its findings."""

from __future__ import annotations

from translate import assessor, proofreader, report
from translate.checks import ALL, NEIGHBOURS


def _told(name: str, check: type) -> report.Check:
    """A check with the first line of its docstring."""
    return report.Check(name, (check.__doc__ or name).strip().split("\n")[0])


OF_A_WORK = (
    report.Check("unread", "A document could not be read and stands in the book untranslated."),
    report.Check("structure", "The translated page has fewer or more of something than its source."),
    report.Check("outdated", "The source has changed since a person approved the wording."),
)
"""What is seen in a work of ours, and in no audit."""

OF_AN_AUDIT = (
    report.Check("missing", "A passage of the source has no counterpart in the translation."),
    report.Check("extra", "A passage of the translation has no counterpart in the source."),
    report.Check("merged", "Several passages of the source are one in the translation."),
    report.Check("split", "One passage of the source is several in the translation."),
    report.Check("language", "A passage is in another language than the translation."),
)
"""What is seen in an audit, and in no work of ours."""

JUDGE = report.Check(assessor.NAME, assessor.SAYS)

CHECKS = (
    *(_told(check.name, type(check)) for check in ALL),
    *(_told(check.name, type(check)) for check in NEIGHBOURS),
    *(_told(reading.name, reading) for reading in proofreader.ALL),
)
"""What looks at passages, at their neighbours, and at the whole work."""
