"""Characters that nobody sees, and those that stand for one that was lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate import languages
from translate.checks.reading import amended, flat, quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Runs

_LOST = re.compile(
    r"\ufffd+|(?:Ã[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]|â€[\u0080-\u00bf\u0153\u0152\u201c-\u2122]?|â[\u0080-\u009f]{1,2}|Â[\u00a0-\u00bf])+"
)
_HIDDEN = re.compile(r"[\u200b\u2060\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufff9-\ufffb]")
_HYPHEN = re.compile(r"(?<![^\W\d_])\u00ad+|\u00ad+(?![^\W\d_\u00ad])|(?<=\u00ad)\u00ad+")
_BREAKING = frozenset(["th", "lo", "km", "my"])
"""Languages that part words with a space nobody sees."""


class Invisible:
    """A soft hyphen that parts no word, a character that nobody sees, or letters garbled by a wrong encoding.

    What the source has too is left in peace. Blind to the marks of direction and to the joiners that some scripts need.
    """

    name = "invisible"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding of each kind."""
        text = flat(pair.draft.target)
        if text.isascii() and text.isprintable():
            return
        lost = _LOST.search(text)
        if lost and not _LOST.search(flat(pair.segment.source)):
            word = _around(text, lost.start())
            yield Finding(self.name, "error", f"Letters of {quoted(word)} were garbled by a wrong encoding.", target=word)
        for pattern, what in ((_HIDDEN, "A character that nobody sees stands in {0} (U+{1:04X})."), (_HYPHEN, "A soft hyphen in {0} parts no word.")):
            place = next(_places(pattern, pair, facts), None)
            if place is not None:
                word = _around(text, place)
                yield Finding(self.name, "warning", what.format(quoted(word), ord(text[place])), target=word)

    def fix(self, pair: Pair, facts: Facts) -> Runs | None:
        """Without what nobody sees."""
        edits = {place: "" for pattern in (_HIDDEN, _HYPHEN) for place in _places(pattern, pair, facts)}
        return amended(pair.draft.target, edits) if edits else None


def _places(pattern: re.Pattern[str], pair: Pair, facts: Facts) -> Iterator[int]:
    text = flat(pair.draft.target)
    if text.isascii() and text.isprintable():
        return
    if pattern.search(flat(pair.segment.source)) or _LOST.search(text) or (pattern is _HIDDEN and languages.code(facts.target) in _BREAKING):
        return
    for match in pattern.finditer(text):
        yield from range(*match.span())


def _around(text: str, place: int) -> str:
    start = max(text.rfind(" ", 0, place) + 1, place - 30)
    end = text.find(" ", place)
    return re.sub(r"[\u00ad\u200b\u2060\ufeff]", "", text[start : end if 0 <= end < place + 30 else place + 30])
