"""Three texts of one page: what we had published, what we would publish now, what the page reads. Where people and we changed different lines, both hold; else it is shown.

A line of wikitext is a paragraph, a cell or an item, so merging by lines (Breezy's ``merge3``) keeps a person's paragraph whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff

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
        if kind == "conflict":
            clash = Clash(*("".join(part) for part in lines))
            clashes.append(clash)
            out += ["<<<<<<< translated\n", clash.ours, "=======\n", clash.theirs, ">>>>>>> on the wiki\n"]
        else:
            out += lines[0]
    return Merged(stored("".join(out)), tuple(clashes))


def difference(before: str, after: str, *, names: tuple[str, str]) -> str:
    """What changed, as a unified diff with one line around."""
    lines = unified_diff(stored(before).splitlines(), stored(after).splitlines(), *names, n=1, lineterm="")
    return "\n".join(lines)
