"""The kind of quotation marks."""

from __future__ import annotations

from collections.abc import Iterator

from translate.checks import Facts
from translate.checks.quotation import reset
from translate.checks.quoting import DOUBLE, quotations
from translate.checks.reading import amended, flat
from translate.document import Finding, Runs
from translate.proofreader.seam import Deviation, Passage
from translate.proofreader.votes import settled


class Quotes:
    """A passage has other quotation marks than the rest of the work.

    Blind to works that use two kinds about equally, and to marks without a partner.
    """

    name = "quotes"

    def __init__(self, facts: Facts) -> None:
        self._ways = facts.style.ways(facts.target)
        self._wanted = facts.style.quotation[:2]
        self._seen: list[tuple[str, str, str, bool]] = []

    def see(self, passage: Passage) -> None:
        """Note the outer marks of a passage."""
        text = flat(passage.draft.target) if self._ways else ""
        there = {one.marks: text[one.start : one.end + 1] for one in reversed(quotations(text)) if one.double and not one.depth}
        self._seen += [(passage.segment.id, "".join(marks), words, passage.approved) for marks, words in there.items()]

    def deviations(self) -> Iterator[Deviation]:
        """The passages with other marks; only the first one where what prevails is not of the language itself."""
        usual = self._wanted or settled((marks, approved) for _, marks, _, approved in self._seen)
        own = any("".join(way.outer) == usual for way in self._ways)
        for segment, marks, words, approved in self._seen:
            if usual and marks != usual and not approved:
                message = f"Elsewhere quotation marks are {usual[0]}…{usual[1]}, here they are {marks[0]}…{marks[1]}."
                yield Deviation(segment, Finding(self.name, "warning", message, target=words), usual if own else "")
                if not own:
                    return

    def mend(self, passage: Passage, deviation: Deviation) -> Runs | None:
        """With the marks that prevail, and their inner ones inside them; None where a mark has no partner."""
        text = flat(passage.draft.target)
        way = next((way for way in self._ways if "".join(way.outer) == deviation.settled), None)
        found = [one for one in quotations(text) if one.double or one.depth]
        if way is None or sum(char in DOUBLE for char in text) != 2 * sum(one.double for one in found):
            return None
        edits: dict[int, str] = {}
        for one in found:
            edits.update(reset(text, one, way.inner if one.depth % 2 else way.outer, way))
        return amended(passage.draft.target, edits)
