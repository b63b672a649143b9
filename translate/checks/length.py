"""Length out of the work's own range."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from translate.checks.ratios import deviations
from translate.checks.reading import quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Marker, Runs, markers, plain, visible

GRAVE = 5.0
SUSPICIOUS = 3.8


class Length:
    """The translation is much shorter or longer than translations of such a text are in this work.

    Blind to a sentence that was dropped from a long paragraph (see the sentences) and to short texts, whose lengths vary.
    """

    name = "length"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding, an error or a warning by how far the length is off."""
        # Where words were made code, or code words, what is shown counts.
        differ = Counter(_atoms(pair.segment.source)) != Counter(_atoms(pair.draft.target))
        source, target = plain(pair.segment.source, atoms=differ), plain(pair.draft.target, atoms=differ)
        off = deviations(source, target, pair.segment.kind, facts.ratios, (facts.source, facts.target))
        if abs(off) < SUSPICIOUS or abs(visible(target) - visible(source)) < 5:
            return
        what = "short: something may be missing" if off < 0 else "long: something may have been added"
        message = f"With {visible(target)} characters for {visible(source)}, the translation is unusually {what}. The source says {quoted(source)}."
        yield Finding(self.name, "error" if abs(off) >= GRAVE else "warning", message, source=source, target=target)


def _atoms(runs: Runs) -> tuple[Marker, ...]:
    return tuple(marker for marker in markers(runs) if marker.kind == "atom")
