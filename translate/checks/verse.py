"""Lines of verse."""

from __future__ import annotations

from collections.abc import Iterator

from translate.checks.reading import quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Kind, Marker, Runs


class Verse:
    """A poem has more or fewer lines than in the source, or a line without words.

    Blind to lines that changed places, and to verse that the source does not mark as such.
    """

    name = "verse"
    structural = True

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding."""
        if pair.segment.kind != Kind.VERSE:
            return
        ours, theirs = lines(pair.segment.source), lines(pair.draft.target)
        if len(ours) > 1 and len(ours) != len(theirs) and theirs:
            message = f"The poem has {len(theirs)} {'line' if len(theirs) == 1 else 'lines'} in the translation and {len(ours)} in the source: {quoted(pair.draft.text)}."
            yield Finding(self.name, "error", message, source=pair.segment.text, target=pair.draft.text)


def lines(runs: Runs) -> tuple[str, ...]:
    """The lines that hold words: a break is a ``br`` or a new line."""
    text = "".join(run if isinstance(run, str) else "\n" if _breaks(run) else "" for run in runs)
    return tuple(line for line in text.split("\n") if any(map(str.isalnum, line)))


def _breaks(marker: Marker) -> bool:
    return marker.kind == "atom" and marker.name == "br"
