"""Three dots where the source has an ellipsis."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.checks.reading import addressed, amended, flat, quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Runs

_DOTS = re.compile(r"(?<![.…])\.\.\.(?![.…])")
_APART = re.compile(r"(?<![.…])[ \u00a0]?\.(?:[ \u00a0]\.){2,3}(?![.…])")


class Ellipses:
    """Three single dots stand where the source has the sign of an ellipsis (…), or dots with spaces between them where the source has none such.

    Blind to a source that has three dots itself: then both are left as they are.
    """

    name = "ellipses"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding."""
        text, source = flat(pair.draft.target), flat(pair.segment.source)
        place = next(_places(pair), None)
        apart = next(_apart(text, source), None)
        if apart is not None:
            words = text[max(0, apart.start() - 20) : apart.end()]
            yield Finding(self.name, "info", f"The dots of an ellipsis stand apart in {quoted(words)}; the source has none such.", target=words)
        elif place is not None:
            words = text[max(0, place - 20) : place + 3]
            yield Finding(self.name, "info", f"Three dots stand for an ellipsis in {quoted(words)}; the source has “…”.", target=words)

    def fix(self, pair: Pair, facts: Facts) -> Runs | None:
        """With the sign of an ellipsis."""
        edits = {place + offset: "…" if offset == 0 else "" for place in _places(pair) for offset in range(3)}
        for match in _apart(flat(pair.draft.target), flat(pair.segment.source)):
            edits |= dict.fromkeys(range(*match.span()), "") | {match.start(): (" " if match.group()[0] in " \u00a0" else "") + "…"}
        return amended(pair.draft.target, edits) if edits else None


def _apart(text: str, source: str) -> Iterator[re.Match[str]]:
    """Dots with spaces between them, where the source has none such."""
    if ". ." in text.replace("\u00a0", " ") and ("…" in source or "..." in source) and not _APART.search(source):
        yield from _APART.finditer(text)


def _places(pair: Pair) -> Iterator[int]:
    source, text = flat(pair.segment.source), flat(pair.draft.target)
    if "..." in text and "…" in source and "..." not in source:
        kept = addressed(text)
        yield from (match.start() for match in _DOTS.finditer(text) if match.start() not in kept)
