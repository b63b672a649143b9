"""A translation that breaks off."""

from __future__ import annotations

from collections.abc import Iterator

from translate import languages
from translate.checks.reading import ATOM, flat, quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Severity

FEW = 8
"""A text of so many words may be no sentence."""

SHORT = 20
"""In a text of so many words, a list's entry for instance, a length that is as usual tells that all of it is there."""

WHOLE = 0.9
"""So much of the usual length, or more, is all of a text."""


class Truncated:
    """The translation breaks off: the model reached its limit, or the text ends in mid-sentence.

    Blind to a text that was cut exactly after a sentence (see the length and the sentences), and to headings, which end without a mark.
    """

    name = "truncated"
    structural = True

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding."""
        target = flat(pair.draft.target).rstrip()
        end = quoted(target[-40:].lstrip())
        if pair.draft.finish == "filter" and not target:
            message = "The server takes no request with this passage: a filter of its own found something in it. Give it to another model, or translate it yourself."
            yield Finding(self.name, "error", message)
        elif pair.draft.finish == "fault":
            message = "The server answers other requests, and has a fault of its own at each one with this passage. Give it to another model, or translate it yourself."
            yield Finding(self.name, "error", message)
        elif pair.draft.finish in ("length", "filter"):
            why = "reached the most it may answer" if pair.draft.finish == "length" else "was stopped by the server's filter"
            yield Finding(self.name, "error", f"The model {why}, so the translation may break off after {end}.", target=target[-40:])
        elif languages.code(facts.target) not in languages.NO_SENTENCE_ENDS and broken_off(source := flat(pair.segment.source), target) and not _shortened(source, facts.source):
            severity = _gravity(source, target, facts)
            yield Finding(self.name, severity, f"The source ends a sentence, but the translation breaks off after {end}.", target=target[-40:])


def _gravity(source: str, target: str, facts: Facts) -> Severity:
    """An error, but where it may be no more than the mark that is missing: after a colon or a semicolon, which lists and examples have in one language and not in the other, and where all the words seem to be there."""
    last = source.rstrip()[-1]
    whole = len(target) >= languages.expansion(facts.source, facts.target) * len(source) * WHOLE and target[-1] != ATOM
    if last in ";；" and whole:
        return "info"
    return "warning" if last in ":;,：；" or (whole and len(source.split()) <= SHORT) else "error"


def _shortened(text: str, tag: str) -> bool:
    """Whether the full stop that ``text`` ends with belongs to an abbreviation ("3 p.m."), in a text that is no longer than a few words."""
    last = text.split()[-1:]
    return bool(last) and len(text.split()) <= FEW and last[0].endswith(".") and languages.is_abbreviation(last[0][:-1], tag)


def broken_off(source: str, target: str) -> bool:
    """Whether ``source`` ends with the mark of a sentence and ``target`` with a letter, a comma or a dash."""
    begun, done = source.rstrip().rstrip(languages.CLOSERS + " \u00a0\u202f"), target.rstrip().rstrip(languages.CLOSERS + " \u00a0\u202f")
    if not begun or not done or begun[-1] not in languages.ENDERS:
        return False
    if done[-1] == ATOM and begun[:-1].rstrip().endswith(ATOM):
        # A sentence that ends with an element is often left without its mark.
        return False
    return done.rstrip(ATOM + " \u00a0\u202f")[-1:] not in (*languages.ENDERS, "")
