"""Inline markers that were lost, added, doubled or crossed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from translate.checks.reading import quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Marker, Runs, markers, normal, plain

NAMES = {
    "a": "link",
    "em": "emphasis",
    "i": "emphasis",
    "b": "bold type",
    "strong": "bold type",
    "code": "code",
    "note": "note reference",
    "br": "line break",
    "img": "picture",
    "math": "formula",
    "sup": "superscript",
    "sub": "subscript",
}


class Markers:
    """A link, an emphasis, a note reference or another inline element was lost, added, doubled or crossed.

    Blind to an element that stands around the wrong words, as long as it is there once and well nested.
    """

    name = "markers"
    structural = True

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding per element, then one per stray piece of markup; crossings only where nothing else is wrong."""
        source, target = pair.segment.source, pair.draft.target
        wrong = [
            *self._counted(source, target),
            *(self._finding(f"{quoted(stray)} stands in the reply and is no part of the text.", target=stray) for stray in pair.draft.strays),
        ]
        yield from wrong
        if not wrong and (crossing := crossed(target)) and not crossed(source):
            yield self._finding(f"{_called(crossing, source)} is not closed where it was opened, or overlaps with another.")
        if not wrong:
            yield from self._hollow(source, target)

    def _counted(self, source: Runs, target: Runs) -> Iterator[Finding]:
        """One finding per number that is not there as often as in the source."""
        wanted, there = Counter(markers(source)), Counter(markers(target))
        known = {marker.number: marker for marker in reversed(markers(source))}
        shown = {marker.number: marker for marker in reversed(markers(target))}
        for number in sorted({marker.number for marker in wanted | there if wanted[marker] != there[marker]}):
            if number not in known:
                yield self._finding(f"{_called(shown[number], target)} is in the translation and not in the source.")
                continue
            lost = [marker for marker in wanted if marker.number == number and there[marker] < wanted[marker]]
            whole = len(lost) == sum(marker.number == number for marker in wanted)
            name, words = _called(known[number], source), inside(source, number)
            if not lost:
                yield self._finding(f"{name} is in the translation more often than in the source.", source=words)
            elif whole:
                yield self._finding(f"{name} is missing in the translation.", source=words)
            else:
                yield self._finding(f"{name} has no {'end' if lost[0].kind == 'close' else 'beginning'} in the translation.", source=words)

    def _hollow(self, source: Runs, target: Runs) -> Iterator[Finding]:
        """An element around nothing, whose source holds words."""
        for marker in markers(target):
            if marker.kind == "open" and inside(source, marker.number).strip() and not inside(target, marker.number, atoms=True).strip():
                yield self._finding(f"{_called(marker, source)} holds no words in the translation.", source=inside(source, marker.number))

    def _finding(self, message: str, *, source: str = "", target: str = "") -> Finding:
        return Finding(self.name, "error", message, source=source, target=target)


def _called(marker: Marker, runs: Runs) -> str:
    """What people call the element, with its words and its number."""
    name = NAMES.get(marker.name, f"element “{marker.name}”" if marker.name else "element")
    words = marker.shows if marker.kind == "atom" else inside(runs, marker.number)
    around = f" {quoted(words)}" if words.strip() else ""
    return f"The {name}{around} (marker {marker.number})"


def inside(runs: Runs, number: int, *, atoms: bool = False) -> str:
    """The text between the first opening and the first closing marker of that number; "" where one is missing.

    With ``atoms``, an atom that shows nothing counts as a character.
    """
    places = [place for place, run in enumerate(runs) if isinstance(run, Marker) and run.number == number and run.kind != "atom"]
    if len(places) < 2:
        return ""
    piece = runs[places[0] : places[1]]
    if atoms:
        return "".join(run if isinstance(run, str) else "\ufffc" if run.kind == "atom" else "" for run in piece)
    return plain(piece)


def crossed(runs: Runs) -> Marker | None:
    """The first marker that is not nested as it should be, or None."""
    stack: list[Marker] = []
    for marker in markers(runs):
        if marker.kind == "open":
            stack.append(marker)
        elif marker.kind == "close":
            if not stack or stack[-1].number != marker.number:
                return marker
            stack.pop()
    return stack[-1] if stack else None


_SPELT = re.compile(r"[<⟨⟦]\s*(/?)\s*(\d{1,4})\s*(/?)\s*[>⟩⟧]")


def mend(runs: Runs, source: Runs) -> Runs:
    """``runs`` with missing markers put where the text spells them with spaces or in another bracket ("< 1 >")."""
    missing = Counter(markers(source)) - Counter(markers(runs))
    originals: dict[tuple[str, int], Marker] = {(marker.kind, marker.number): marker for marker in missing}
    out: list[str | Marker] = []
    for run in runs:
        if not isinstance(run, str):
            out.append(run)
            continue
        end = 0
        for match in _SPELT.finditer(run):
            kind = "close" if match.group(1) else "atom" if match.group(3) or ("atom", int(match.group(2))) in originals else "open"
            marker = originals.get((kind, int(match.group(2))))
            if marker is not None and missing[marker] > 0:
                missing[marker] -= 1
                out += [run[end : match.start()], marker]
                end = match.end()
        out.append(run[end:])
    return normal(out)
