"""Months and days of the week."""

from __future__ import annotations

from collections.abc import Iterator

from translate import languages
from translate.checks.reading import flat, quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding


class Dates:
    """A month or a day of the week became another one.

    Blind to a month that is only dropped, to one written as a number, and to languages whose names for them we do not have.
    """

    name = "dates"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding per name of the source that is missing while another of its kind stands in the translation instead."""
        if not (languages.has_calendar(facts.source) and languages.has_calendar(facts.target)):
            return
        ours, theirs = languages.calendar_words(flat(pair.segment.source), facts.source), languages.calendar_words(flat(pair.draft.target), facts.target)
        wanted, there = {number for _, number in ours}, {number for _, number in theirs}
        lost = [(word, number) for word, number in ours if number not in there]
        new = [(word, number) for word, number in theirs if number not in wanted]
        for days in (False, True):
            gone, come = ([word for word, number in found if (number > languages.DAY) == days] for found in (lost, new))
            for before, after in zip(gone, come, strict=False):
                yield Finding(self.name, "error", f"{quoted(before)} has become {quoted(after)}.", source=before, target=after)
