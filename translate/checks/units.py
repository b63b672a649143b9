"""Units that became others."""

from __future__ import annotations

from collections.abc import Iterator

from translate import languages
from translate.checks.reading import flat, quoted, without_addresses
from translate.checks.seam import Facts, Pair
from translate.document import Finding


class Units:
    """A figure has another unit than in the source: kilometres for metres, percent for per mille, days for weeks.

    Blind to a unit that is left out, to numbers in words, and to amounts that were converted (there the numbers differ).
    """

    name = "units"
    structural = True

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding per figure whose unit differs."""
        ours, theirs = (languages.measured(without_addresses(flat(runs))) for runs in (pair.segment.source, pair.draft.target))
        wanted, there = ({kind for _, _, kind in found} for found in (ours, theirs))
        first = {_digits(written): (other, name) for written, name, other in reversed(theirs)}
        for figure, unit, kind in ours:
            other, name = first.get(_digits(figure), (kind, ""))
            if kind not in there and name and other not in wanted:
                message = f"{quoted(f'{figure} {unit}')} has become {quoted(f'{figure} {name}')}."
                yield Finding(self.name, "error", message, source=f"{figure} {unit}", target=name)


def _digits(figure: str) -> str:
    return "".join(filter(str.isdigit, figure))
