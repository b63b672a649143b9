"""Brackets and quotation marks that open and do not close."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from translate import languages
from translate.checks.quoting import Quotation, quotations
from translate.checks.reading import URL, flat, may_address, parts, quoted
from translate.checks.seam import Facts, Pair
from translate.checks.sentences import beads
from translate.document import Finding, Runs, Severity, markers

BRACKETS = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "（": "）", "「": "」", "『": "』", "【": "】", "《": "》"}
_CLOSERS = {close: open_ for open_, close in BRACKETS.items()}
_NUMERATION = re.compile(r"(?:(?<=\s)|^)(?:\d{1,3}|[ivxlc]{1,5}|[^\W\d_])\)")
_SMILEY = re.compile(r"(?<=\s)[:;]-?[()](?!\w)")

QUOTES = re.compile('[„“”«»‹›"]')
_SIGNS = re.compile(f"[{re.escape(''.join((*BRACKETS, *_CLOSERS)))}„“”«»‹›\"]")
_OTHERWISE = re.compile(r"(?:\A|\n|[.!?…:]\s)\s{0,99}+[—–-]\s|[「」『』]|(?<!\w)[‘‚'](?=\w).{0,4000}(?<=[\w.,:;!?…])[’‘'](?!\w)", re.DOTALL)
"""Speech after a dash, and single quotation marks: what was quoted may be so marked."""
_SPEECH = re.compile('[,!?][”"]\\s+[^\\W\\d_A-Z]|[,.][”"]')
_QUOTED = re.compile('[„“«‹"]([^„“”«»‹›"]+)[“”»›"]')
_PAIRED = ("«»", "‹›")
_CURLY = "„“”"

NEAR = 0.5
CLOSE = 0.25
"""How far from its place in the sentence (as a share of its length) a quotation may have moved: where both sides have as many, and where they have not."""


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
            # Emphasis or code may stand where the source has quotation marks.
            marked = _elements(pair.draft.target) > _elements(pair.segment.source)
            yield from (replace(finding, severity="info") if marked else finding for finding in self._gone(source, target, facts))

    def _gone(self, source: str, target: str, facts: Facts) -> Iterator[Finding]:
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
        elif signs >= 2 and left >= 2 and not _SPEECH.search(source) and (words := _unmarked(source, target, facts)):
            yield self._finding("info", f"The quotation marks around {quoted(words)} are not in the translation.", words)

    def _finding(self, severity: Severity, message: str, words: str) -> Finding:
        return Finding(self.name, severity, message, target=words)


def _elements(runs: Runs) -> int:
    return sum(marker.kind != "close" for marker in markers(runs))


def _plain(text: str) -> str:
    """Without addresses, smileys and the brackets of "a)"; a bracket that closes after an address stays."""
    if not _SIGNS.search(text):
        return text
    text = URL.sub(lambda match: " " + ")" * max(0, match.group().count(")") - match.group().count("(")), text) if may_address(text) else text
    text = _SMILEY.sub(" ", text)
    numerations = {match.end() - 1 for match in _NUMERATION.finditer(text)} if ")" in text else ()
    if not numerations:
        return text
    out, open_ = [], 0
    for place, char in enumerate(text):
        if char == ")" and not open_ and place in numerations:
            continue
        open_ = open_ + 1 if char == "(" else max(0, open_ - 1) if char == ")" else open_
        out.append(char)
    return "".join(out)


def unbalanced(text: str) -> frozenset[str]:
    """The signs in ``text`` that have no counterpart: an opening or closing bracket, "«" or "»", a curly or a straight quotation mark."""
    signs = Counter(_SIGNS.findall(text))
    if not signs:
        return frozenset()
    wrong = set()
    if signs["("] + signs["（"] == signs[")"] + signs["）"]:  # a wide bracket may close a narrow one
        signs = Counter({sign: times for sign, times in signs.items() if sign not in "()（）"})
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


def _unmarked(source: str, target: str, facts: Facts) -> str:
    """The first words in double marks in ``source`` for which nothing in the sentence that belongs to theirs is in marks, at about their place; else "".

    For texts whose translation quotes as much as the source, or more: other words.
    """
    here, there = _placed(source), _placed(target)
    # What both quote is there; what the source has without marks and the translation with them ("the file 'changes'") stands for nothing else.
    kept, bare = {_inside(target, quote) for quote in there}, _outside(source, here)
    here = [quote for quote in here if _inside(source, quote) not in kept]
    there = [quote for quote in there if _inside(target, quote) not in bare]
    for (begin, end), (start, stop) in _stretches(source, target, facts):
        quotes = [quote for quote in here if begin <= quote.start < end]
        answers = [(quote.start - start) / (stop - start) for quote in there if start <= quote.start < stop]
        spread = NEAR if len(quotes) == len(answers) else CLOSE
        lost = (quote for quote in quotes if quote.double and not any(abs(answer - (quote.start - begin) / (end - begin)) < spread for answer in answers))
        if (first := next(lost, None)) and not _OTHERWISE.search(target[start:stop]):
            return source[first.start + 1 : first.end]
    return ""


def _stretches(source: str, target: str, facts: Facts) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Where the sentences that belong together begin and end, in ``source`` and in ``target``."""
    ours, theirs = languages.sentences(source, facts.source), languages.sentences(target, facts.target)
    here, there = (tuple(accumulate(map(len, texts), initial=0)) for texts in (ours, theirs))
    for (first, last), (one, other) in beads(ours, theirs, 0.0):
        yield (here[first], here[last]), (there[one], there[other])


def _inside(text: str, quote: Quotation) -> str:
    """The words of a quotation, between spaces."""
    return f" {' '.join(parts(text[quote.start + 1 : quote.end]))} "


def _outside(text: str, quotes: list[Quotation]) -> str:
    """The words of the text without what is quoted in it, between spaces."""
    starts, ends = [0, *(quote.end for quote in quotes)], [*(quote.start for quote in quotes), len(text)]
    return f" {' '.join(parts(' '.join(text[start:end] for start, end in zip(starts, ends, strict=True))))} "


def _placed(text: str) -> list[Quotation]:
    """The quotations of ``text``, those in single marks too where they hold more than a letter or two."""
    return [quote for quote in quotations(text) if quote.double or quote.end - quote.start > 3]


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
