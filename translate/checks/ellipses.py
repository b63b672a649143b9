"""Three dots where the source has an ellipsis."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.checks.reading import addressed, amended, flat, quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Runs

_DOTS = re.compile(r"(?<![.…])\.\.\.(?![.…])")


class Ellipses:
    """Three single dots stand where the source has the sign of an ellipsis (…).

    Blind to a source that has three dots itself: then both are left as they are.
    """

    name = "ellipses"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding."""
        text, place = flat(pair.draft.target), next(_places(pair), None)
        if place is not None:
            words = text[max(0, place - 20) : place + 3]
            yield Finding(self.name, "info", f"Three dots stand for an ellipsis in {quoted(words)}; the source has “…”.", target=words)

    def fix(self, pair: Pair, facts: Facts) -> Runs | None:
        """With the sign of an ellipsis."""
        edits = {place + offset: "…" if offset == 0 else "" for place in _places(pair) for offset in range(3)}
        return amended(pair.draft.target, edits) if edits else None


def _places(pair: Pair) -> Iterator[int]:
    source, text = flat(pair.segment.source), flat(pair.draft.target)
    if "..." in text and "…" in source and "..." not in source:
        kept = addressed(text)
        yield from (match.start() for match in _DOTS.finditer(text) if match.start() not in kept)
