"""References before or after the full stop, as the language has it.

French and Polish put the reference before the mark, most others after it (cxserver, ``config/reference-punctuation.yaml``).
"""

from __future__ import annotations

from collections.abc import Mapping

from translate.document import Marker, Runs, normal
from translate.formats.wikitext.page import Page
from translate.formats.wikitext.spell import Patch

BEFORE = frozenset({"fr", "pl"})
"""Languages that write the reference before the mark."""
MARKS = ".,;:"


def moved(page: Page, targets: Mapping[str, Runs], *, source: str, target: str) -> tuple[Mapping[str, Runs], tuple[Patch, ...]]:
    """The targets with references and full stops in the order of their language, and the marks to be put behind references that stand outside of a slot.

    Nothing moves where both languages have the same order.
    """
    ours, theirs = source.partition("-")[0] in BEFORE, target.partition("-")[0] in BEFORE
    if ours == theirs:
        return targets, ()
    out = dict(targets)
    edits: list[Patch] = []
    for place in page.places:
        if place.address in targets:
            runs = _before(targets[place.address]) if theirs else _after(targets[place.address])
            if theirs and place.tail[1] > place.tail[0]:
                runs, mark = _without_mark(runs)
                edits += [Patch(place.tail[1], place.tail[1], mark)] if mark else []
            out[place.address] = runs
    return out, tuple(edits)


def _is_note(run: str | Marker) -> bool:
    return isinstance(run, Marker) and run.kind == "atom" and run.name == "note"


def _before(runs: Runs) -> Runs:
    """Every mark that stands right before references goes behind them."""
    row = list(runs)
    for at in range(len(row) - 1):
        text = row[at]
        if isinstance(text, str) and _ends_so(text) and _is_note(row[at + 1]):
            last = at + 1
            while last + 1 < len(row) and _is_note(row[last + 1]):
                last += 1
            row[at : last + 1] = [text[:-1], *row[at + 1 : last + 1], text[-1]]
    return normal(row)


def _after(runs: Runs) -> Runs:
    """Every mark that stands right behind references goes before them."""
    row = list(runs)
    at = 0
    while at < len(row):
        first = at
        while at < len(row) and _is_note(row[at]):
            at += 1
        text = row[at] if at < len(row) else ""
        if at > first and isinstance(text, str) and text[:1] and text[0] in MARKS and text[:2] != "..":
            row[first : at + 1] = [text[0], *row[first:at], text[1:]]
        at += 1
    return normal(row)


def _ends_so(text: str) -> bool:
    """Whether a text ends with one mark: an ellipsis stays where it is."""
    return text[-1:] in MARKS and text[-2:] != ".." and bool(text)


def _without_mark(runs: Runs) -> tuple[Runs, str]:
    last = runs[-1] if runs else ""
    if isinstance(last, str) and _ends_so(last):
        return normal((*runs[:-1], last[:-1])), last[-1]
    return runs, ""


