"""Dashes: hyphens that stand for one, and dashes set as another language sets them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate import languages
from translate.checks.reading import addressed, amended, flat, language_name, nearby, quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Runs, Severity
from translate.languages.typography import ONE_DASH, SPACED_DASH

_HYPHEN = re.compile(r"(?<=[\w.,;:!?)\]”“«»’…\ufffc])([ \u00a0\u202f])(--?)([ \u00a0\u202f])(?=[\w(\[“„«»‚‘\ufffc])")
_DOUBLE = re.compile(r"(?<=\w)(--)(?=\w)")
_TIGHT = re.compile(r"(?<=[^\W\d_])(—)(?=[^\W\d_])")
_SPACED = re.compile(r"(?<=[\w.,;:!?)\]”“«»’…\ufffc])([ \u00a0\u202f])([–—])([ \u00a0\u202f])(?=[\w(\[“„«»‚‘\ufffc])")
_DASH = re.compile(r"[–—―]|--|(?<=\s)-(?=\s)")


class Dashes:
    """A hyphen stands for a dash that the source has, or a dash is set as in another language.

    The other of the two dashes (– and —) is a remark only.
    Blind to languages that set dashes in several ways (English, Spanish, Portuguese), and to dashes at the beginning of a line.
    """

    name = "dashes"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding of each kind."""
        text, dash = flat(pair.draft.target), _dash(facts)
        for pattern, severity, says in _KINDS:
            place = next(_places(pattern, pair, facts), None)
            if place is not None:
                words = nearby(text, place, place + 2 if text[place] == "-" else place + 1)
                message = says.format(quoted(words), language_name(facts.target), dash)
                yield Finding(self.name, severity, message, target=words)

    def fix(self, pair: Pair, facts: Facts) -> Runs | None:
        """With the language's own dash, a space on either side."""
        text, dash = flat(pair.draft.target), _dash(facts)
        edits: dict[int, str] = {}
        for pattern, _, _ in _KINDS:
            for place in _places(pattern, pair, facts):
                spaced = text[place - 1 : place].isspace()
                edits[place] = dash if spaced else f" {dash} "
                if text[place : place + 2] == "--":
                    edits[place + 1] = ""
        return amended(pair.draft.target, edits) if edits else None


_KINDS: tuple[tuple[re.Pattern[str], Severity, str], ...] = (
    (_HYPHEN, "warning", "In {0} a hyphen stands for a dash; in {1} it is “{2}”, with a space on either side."),
    (_DOUBLE, "warning", "In {0} two hyphens stand for a dash; in {1} it is “{2}”, with a space on either side."),
    (_TIGHT, "warning", "The dash in {0} has no spaces; in {1} it is “{2}”, with a space on either side."),
    (_SPACED, "info", "The dash in {0} is not the one that is usual in {1}: “{2}”."),
)


def _dash(facts: Facts) -> str:
    return SPACED_DASH.get(languages.code(facts.target), "")


def _places(pattern: re.Pattern[str], pair: Pair, facts: Facts) -> Iterator[int]:
    """Where the sign begins, in the flat target; nothing where the source has the same."""
    text, source, dash = flat(pair.draft.target), flat(pair.segment.source), _dash(facts)
    if not dash or not ("-" in text or "–" in text or "—" in text):
        return
    if pattern is _HYPHEN and not _DASH.search(source):
        return
    hyphens = {match.group(2) for match in pattern.finditer(source)} if pattern is _HYPHEN else set()
    if pattern is _DOUBLE and pattern.search(source):
        return
    kept = addressed(text)
    for match in pattern.finditer(text):
        group = 2 if (match.lastindex or 1) > 1 else 1
        usual = pattern is _SPACED and (match.group(2) == dash or languages.code(facts.target) not in ONE_DASH)
        if match.start(group) not in kept and not usual and (pattern is not _HYPHEN or match.group(2) not in hyphens):
            yield match.start(group)
