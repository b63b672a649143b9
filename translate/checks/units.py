"""Units that became others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate import languages
from translate.checks.reading import flat, quoted, without_addresses
from translate.checks.seam import Facts, Pair
from translate.document import Finding

_FIGURE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w|[.,]?\d|[ \u00a0\u202f]?(?:[mMkKG]|bn|tn|mn|Mio|Mrd)\b)")


class Units:
    """A figure has another unit than in the source: kilometres for metres, percent for per mille, dollars for euros, billions for millions.

    Blind to a unit that is left out (but for thousand, million and the like), to numbers in words, and to amounts that were converted (there the numbers differ).
    """

    name = "units"
    structural = True

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding per figure whose unit differs."""
        source, target = (without_addresses(flat(runs)) for runs in (pair.segment.source, pair.draft.target))
        if not any(map(str.isdigit, source)):
            return
        ours, theirs = languages.measured(source), languages.measured(target)
        wanted, there = ({kind for _, _, kind in found} for found in (ours, theirs))
        first = {_digits(written): (other, name) for written, name, other in reversed(theirs)}
        for figure, unit, kind in ours:
            other, name = first.get(_digits(figure), (kind, ""))
            # Where the unit or the other one stands elsewhere, the figure must have one unit only on either side.
            alone = kind not in there and other not in wanted
            if name and (alone or (other != kind and _kinds(ours, figure) == {kind} and _kinds(theirs, figure) == {other})):
                message = f"{quoted(_said(figure, unit))} has become {quoted(_said(figure, name))}."
                yield Finding(self.name, "error", message, source=_said(figure, unit), target=name)
        if languages.scales(facts.source) and languages.scales(facts.target):
            yield from self._scales(source, target, facts)

    def _scales(self, source: str, target: str, facts: Facts) -> Iterator[Finding]:
        """Figures that are multiplied by another word, or by one on one side only."""
        ours, theirs = languages.scaled(source, facts.source), languages.scaled(target, facts.target)
        if not (ours or theirs):
            return
        here, there = languages.powers(source, facts.source), languages.powers(target, facts.target)
        alone_here, alone_there = _alone(source), _alone(target)
        first = {_digits(one): f"{one} {name}" for one, name, _ in reversed(theirs)}
        for figure, word, power in dict.fromkeys(ours):
            other = first.get(_digits(figure), "")
            if power not in there and other:
                yield Finding(self.name, "error", f"{quoted(f'{figure} {word}')} has become {quoted(other)}.", source=f"{figure} {word}", target=other)
            elif not there and not other and _digits(figure) in alone_there:
                yield Finding(self.name, "error", f"{quoted(word)} of {quoted(f'{figure} {word}')} is not in the translation.", source=f"{figure} {word}")
        for figure, word, _ in dict.fromkeys(theirs):
            if not here and _digits(figure) in alone_here:
                yield Finding(self.name, "error", f"{quoted(f'{figure} {word}')} is in the translation; the source has only {figure}.", target=f"{figure} {word}")


def _kinds(found: tuple[tuple[str, str, int], ...], figure: str) -> set[int]:
    """The units that a figure has."""
    return {kind for written, _, kind in found if _digits(written) == _digits(figure)}


def _said(figure: str, unit: str) -> str:
    return f"{unit}{figure}" if unit in "£$€¥" else f"{figure} {unit}"


def _alone(text: str) -> frozenset[str]:
    """The figures of ``text`` with nothing grown to them ("5bn", "5k")."""
    return frozenset(_digits(match.group()) for match in _FIGURE.finditer(text))


def _digits(figure: str) -> str:
    return "".join(filter(str.isdigit, figure))
