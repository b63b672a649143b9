"""Brackets and quotation marks that open and do not close."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from translate.checks.reading import URL, flat, quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Severity

BRACKETS = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "（": "）", "「": "」", "『": "』", "【": "】", "《": "》"}
_CLOSERS = {close: open_ for open_, close in BRACKETS.items()}
_NUMERATION = re.compile(r"(?:(?<=\s)|^)(?:\d{1,3}|[ivxlc]{1,5}|[^\W\d_])\)")
_SMILEY = re.compile(r"(?<=\s)[:;]-?[()](?!\w)")

QUOTES = re.compile('[„“”«»‹›"]')
_OTHERWISE = re.compile(r"(?:\A|\n|[.!?…:]\s)\s{0,99}+[—–-]\s|[「」『』]|(?<!\w)[‘‚'](?=\w).{0,4000}(?<=\w)[’‘'](?!\w)", re.DOTALL)
"""Speech after a dash, and single quotation marks: what was quoted may be so marked."""
_SPEECH = re.compile('[,.!?…][”"]')
_QUOTED = re.compile('[„“«‹"]([^„“”«»‹›"]+)[“”»›"]')
_PAIRED = ("«»", "‹›")
_CURLY = "„“”"


class Brackets:
    """A bracket or a quotation mark opens and does not close, or a bracketed or quoted passage lost its signs.

    An error where the source is balanced and the translation is not, a warning where the marks of a quotation are gone altogether, a remark where those of a word or brackets are: a dash or a comma may do as well.
    Blind to single quotation marks, which are apostrophes too, and to marks of the wrong language, which another check looks at.
    """

    name = "brackets"
    structural = True

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding per kind of sign."""
        source, target = (_plain(flat(runs)) for runs in (pair.segment.source, pair.draft.target))
        if not target.strip():
            return
        here, there = unbalanced(source), unbalanced(target)
        for sign in sorted(there - here):
            if not _flipped(sign, here):
                yield self._finding("error", f"{_named(sign)} {_fault(sign)}: {quoted(_around(target, sign))}.", _around(target, sign))
        if not (here or there):
            yield from self._gone(source, target)

    def _gone(self, source: str, target: str) -> Iterator[Finding]:
        """Round brackets around several words, and quotation marks, that are there no more."""
        if source.count("(") >= 1 and not re.search(r"[(\[（–—]", target) and (passage := re.search(r"\([^()]{12,}\)", source)):
            yield self._finding("info", f"The brackets around {quoted(passage.group()[1:-1])} are not in the translation.", passage.group())
        signs, left = len(QUOTES.findall(source)), len(QUOTES.findall(target))
        # Speech that is broken by "he said" may be one quotation (French).
        if signs >= 2 and left <= signs - 2 and not (left and _SPEECH.search(source)) and not _OTHERWISE.search(target):
            words = _quoted_in(source, target)
            # A single word in quotation marks is often told in other words.
            yield self._finding(
                "warning" if len(words.split()) > 1 else "info", f"The quotation marks around {quoted(words)} are not in the translation.", words
            )

    def _finding(self, severity: Severity, message: str, words: str) -> Finding:
        return Finding(self.name, severity, message, target=words)


def _plain(text: str) -> str:
    """Without addresses, smileys and the brackets of "a)"; a bracket that closes after an address stays."""
    text = URL.sub(lambda match: " " + ")" * max(0, match.group().count(")") - match.group().count("(")), text)
    text = _SMILEY.sub(" ", text)
    numerations = {match.end() - 1 for match in _NUMERATION.finditer(text)}
    out, open_ = [], 0
    for place, char in enumerate(text):
        if char == ")" and not open_ and place in numerations:
            continue
        open_ = open_ + 1 if char == "(" else max(0, open_ - 1) if char == ")" else open_
        out.append(char)
    return "".join(out)


def unbalanced(text: str) -> frozenset[str]:
    """The signs in ``text`` that have no counterpart: an opening or closing bracket, "«" or "»", a curly or a straight quotation mark."""
    signs = Counter(char for char in text if char in BRACKETS or char in _CLOSERS or QUOTES.match(char))
    if not signs:
        return frozenset()
    wrong = set()
    for opener, closer in BRACKETS.items():
        if signs[opener] != signs[closer]:
            wrong.add(opener if signs[opener] > signs[closer] else closer)
    for pair in _PAIRED:
        if signs[pair[0]] != signs[pair[1]]:
            wrong.add(pair[0] if signs[pair[0]] > signs[pair[1]] else pair[1])
    # “ opens in English and closes in German, so curly marks are counted together.
    if sum(signs[char] for char in _CURLY) % 2:
        wrong.add("“")
    if signs['"'] % 2:
        wrong.add('"')
    return frozenset(wrong)


def _quoted_in(source: str, target: str) -> str:
    """A quotation of ``source``: one that ``target`` has as it is, but without marks, else the first."""
    found = [match.group(1) for match in _QUOTED.finditer(source)]
    bare = [words for words in found if words in target and not re.search(f'[„“«‹"]\\s?{re.escape(words)}', target)]
    return (bare or found or [source])[0]


def _flipped(sign: str, here: frozenset[str]) -> bool:
    """Whether the source has the same fault in other signs: a quotation that goes on in the next paragraph."""
    quotes = {"“", '"', "«", "»", "‹", "›"}
    return sign in quotes and bool(here & quotes)


def _named(sign: str) -> str:
    return f"A quotation mark {sign}" if QUOTES.match(sign) else f"A bracket {sign}"


def _fault(sign: str) -> str:
    if sign in _CLOSERS or sign == "»":
        return "was never opened"
    return "is not closed" if sign in BRACKETS or sign == "«" else "has no counterpart"


def _around(text: str, sign: str) -> str:
    """Some words around the last sign of the kind."""
    place = max(text.rfind(char) for char in (_CURLY if sign == "“" else sign))
    return text[max(0, place - 25) : place + 35].strip()
