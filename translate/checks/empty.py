"""An empty translation."""

from __future__ import annotations

from collections.abc import Iterator

from translate.checks.reading import quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding


class Empty:
    """The translation holds no words, though the source does.

    Blind where the source itself is nothing but signs or code.
    """

    name = "empty"
    structural = True

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding where words were to be translated and none are there."""
        source, target = pair.segment.text, pair.draft.text
        if any(map(str.isalnum, source)) and not any(map(str.isalnum, target)):
            yield Finding(self.name, "error", f"The translation is empty; the source says {quoted(source)}.", source=source, target=target)
