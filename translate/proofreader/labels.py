"""Headings and the labels of the table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.checks import Facts
from translate.checks.reading import quoted
from translate.document import Finding, Kind, markers
from translate.proofreader.seam import Deviation, Passage

_NUMBER = re.compile(r"^\s*(?:(?:\d+|[A-Z]|[IVXLC]+)(?:\.\d+)*[.):]?\s+)+(?=\S)")


class Labels:
    """A label of the table of contents, or a title, does not read as the heading that it stands for.

    Numbers before them and capitals make no difference.
    Blind to labels whose source is not the heading's.
    """

    name = "labels"

    def __init__(self, facts: Facts) -> None:
        self._headings: dict[str, dict[str, tuple[str, str]]] = {}
        self._labels: list[tuple[str, str, str, bool]] = []

    def see(self, passage: Passage) -> None:
        """Note a heading or a label."""
        kind, source, target = passage.segment.kind, _bare(passage.segment.text), _bare(passage.draft.text)
        if kind == Kind.HEADING and source and target:
            self._headings.setdefault(source, {}).setdefault(target, (passage.segment.id, " ".join(passage.draft.text.split())))
        elif kind in (Kind.LABEL, Kind.TITLE) and source and target and not passage.approved:
            alike = not markers(passage.segment.source)
            self._labels.append((passage.segment.id, source, target, alike))

    def deviations(self) -> Iterator[Deviation]:
        """The labels that read otherwise than every heading of the same source."""
        for segment, source, target, alike in self._labels:
            headings = self._headings.get(source, {})
            if headings and target not in headings:
                like, shown = next(iter(headings.values()))
                message = f"The heading that this label stands for reads {quoted(shown)}: make both alike."
                yield Deviation(segment, Finding(self.name, "warning", message), shown, like=like if alike else "")


def _bare(text: str) -> str:
    """Without numbers before it, capitals, spaces and marks."""
    bare = _NUMBER.sub("", text, count=1) or text
    return "".join(char for char in bare.casefold() if char.isalnum())
