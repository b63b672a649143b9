"""Three texts of one page: what we had published, what we would publish now, what the page reads. Where people and we changed different lines, both hold; else it is shown.

A line of wikitext is a paragraph, a cell or an item, so merging by lines (Breezy's ``merge3``) keeps a person's paragraph whole.
Neighbouring lines that were changed on one side each are no clash: items of a list and rows of a table follow each other without a line between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from itertools import groupby, takewhile

from translate.wiki.edits import stored


@dataclass(frozen=True, slots=True)
class Clash:
    """Lines that were changed on both sides."""

    before: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged text; where there are ``clashes`` it holds both sides between conflict marks and must not be published."""

    text: str
    clashes: tuple[Clash, ...] = ()


def merge(before: str, ours: str, theirs: str) -> Merged:
    """Join our change and theirs, both made to ``before``."""
    from merge3 import Merge3

    one, two, three = (f"{stored(text)}\n".splitlines(keepends=True) for text in (before, ours, theirs))
    out: list[str] = []
    clashes: list[Clash] = []
    for kind, *lines in Merge3(one, two, three).merge_groups():
        for piece in _told_apart(*lines) if kind == "conflict" else lines[:1]:
            if isinstance(piece, Clash):
                clashes.append(piece)
                out += ["<<<<<<< translated\n", piece.ours, "=======\n", piece.theirs, ">>>>>>> on the wiki\n"]
            else:
                out += piece
    return Merged(stored("".join(out)), tuple(clashes))


def _told_apart(before: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Sequence[str] | Clash]:
    """A stretch that both sides changed: line by line where neither has more or fewer lines, else whole, but for what reads alike on both sides at its ends."""
    if len(before) == len(ours) == len(theirs):
        yield from _by_lines(before, ours, theirs)
        return
    head = _alike(ours, theirs)
    tail = _alike(ours[head:][::-1], theirs[head:][::-1])
    yield ours[:head]
    yield Clash("".join(before), "".join(ours[head : len(ours) - tail]), "".join(theirs[head : len(theirs) - tail]))
    yield ours[len(ours) - tail :]


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _by_lines(before: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Sequence[str] | Clash]:
    """Line by line: the side that changed a line has it; lines in a row that both changed are one clash."""
    for clashing, rows in groupby(zip(before, ours, theirs, strict=True), key=lambda row: row[1] != row[2] and row[0] not in row[1:]):
        group = tuple(rows)
        if clashing:
            yield Clash(*("".join(side) for side in zip(*group, strict=True)))
        else:
            yield [theirs_ if ours_ == before_ else ours_ for before_, ours_, theirs_ in group]


def difference(before: str, after: str, *, names: tuple[str, str]) -> str:
    """What changed, as a unified diff with one line around."""
    lines = unified_diff(stored(before).splitlines(), stored(after).splitlines(), *names, n=1, lineterm="")
    return "\n".join(lines)
