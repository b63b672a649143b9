"""Letters of another script inside a word, and words of a third script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from translate import languages
from translate.checks.reading import amended, flat, language_name, quoted, without_addresses
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Runs

_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC, _GREEK = "аеорсухіјѕԁһԛԝвАВЕКМНОРСТУХІЈЅ", "οανΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
_LATIN_OF = dict(zip(_CYRILLIC, "aeopcyxijsdhqwbABEKMHOPCTYXIJS", strict=True)) | dict(zip(_GREEK, "oavABEZHIKMNOPTYX", strict=True))
_CYRILLIC_OF = dict(zip("aeopcyxijsABEKMHOPCTYXIJS", "аеорсухіјѕАВЕКМНОРСТУХІЈЅ", strict=True))
_LOOKALIKES = {"Latn": _LATIN_OF, "Cyrl": _CYRILLIC_OF}


class Mixed:
    """A word is written with letters of two scripts, or stands in a script that neither text has otherwise; a Latin "c" stands for a Russian one.

    Words that the source writes the same way are left out.
    Blind to words in Latin letters, which every language borrows, and to a single Greek letter.
    """

    name = "mixed"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding for mixed words and one for words of another script, where there are any."""
        mixed: list[str] = []
        strange: list[str] = []
        for match, scripts in _words(pair, facts):
            (mixed if len(scripts) > 1 else strange).append(match.group())
        if mixed:
            yield Finding(self.name, "warning", f"Letters of two scripts stand in one word: {quoted(', '.join(mixed))}.", target=mixed[0])
        if strange:
            message = f"{quoted(', '.join(strange))} is not in the script of {language_name(facts.target)}, nor in the source."
            yield Finding(self.name, "warning", message, target=strange[0])

    def fix(self, pair: Pair, facts: Facts) -> Runs | None:
        """With the letters of the language's own script, in words where all others only look like them."""
        own = _script(facts)
        alike = _LOOKALIKES.get(own, {})
        edits: dict[int, str] = {}
        for match, scripts in _words(pair, facts):
            wrong = [place for place in range(*match.span()) if not _in(match.string[place], own)]
            if own in scripts and wrong and all(match.string[place] in alike for place in wrong):
                edits.update({place: alike[match.string[place]] for place in wrong})
        return amended(pair.draft.target, edits) if edits else None


def _words(pair: Pair, facts: Facts) -> Iterator[tuple[re.Match[str], frozenset[str]]]:
    """The words that we complain of, with the scripts of their letters."""
    own, text = _script(facts), flat(pair.draft.target)
    if not own or languages.SCRIPT_PARTS.get(own) or text.isascii():
        return
    if own == "Latn" and not _others(own).search(text):
        return
    source = set(_WORD.findall(flat(pair.segment.source)))
    addresses = set(_WORD.findall(text)) - set(_WORD.findall(without_addresses(text)))
    for match in _WORD.finditer(text):
        word = match.group()
        if (own == "Latn" and word.isascii()) or word in source or word in addresses:
            continue
        scripts = frozenset(filter(None, map(_letter, word)))
        if own == "Cyrl" and len(word) == 1 and word in _CYRILLIC_OF and word.islower():
            yield match, frozenset({own, *scripts})
        elif (len(scripts) > 1 and not _greek_sign(word, scripts)) or (
            len(scripts) == 1 and not scripts & {own, "Latn", "Grek"} and not _shared(scripts, source)
        ):
            yield match, scripts


@cache
def _others(own: str) -> re.Pattern[str]:
    """A letter of any other script."""
    return re.compile("|".join(pattern.pattern for script, pattern in languages.SCRIPT_LETTERS.items() if script != own))


def _script(facts: Facts) -> str:
    return languages.find(facts.target).script if languages.exists(facts.target) else ""


def _letter(char: str) -> str:
    """The script of a letter, "" where we do not tell it apart."""
    if char.isascii():
        return "Latn"
    return next((script for script, pattern in languages.SCRIPT_LETTERS.items() if pattern.match(char)), "")


def _in(char: str, script: str) -> bool:
    return _letter(char) in (script, "")


def _greek_sign(word: str, scripts: frozenset[str]) -> bool:
    """A letter such as Δ or µ before a Latin one ("Δt"), and the letters of formulas."""
    return scripts == {"Latn", "Grek"} and sum(_letter(char) == "Grek" for char in word) == 1 and len(word) < 4


def _shared(scripts: frozenset[str], source: set[str]) -> bool:
    """Whether the source has words of the script too: a book on Russian may quote it."""
    return any(_letter(char) in scripts for word in source for char in word if not char.isascii())
