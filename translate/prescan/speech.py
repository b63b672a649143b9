"""Who speaks to whom, and in which form of address, as dialogue shows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from translate.languages import grammar
from translate.languages.address import forms
from translate.languages.codes import code
from translate.prescan.reading import Passage
from translate.prescan.words import EMPTY

_QUOTED = re.compile(r"[“„«»\"]([^“”„«»\"]{2,})[”“»«\"]")
FAMILIAR = {"en": frozenset(["dear", "darling", "love", "dad", "mum", "mom", "mother", "brother", "sister", "boy", "girl", "son"])}
POLITE = {"en": frozenset(["sir", "madam", "madame", "mr", "mrs", "miss", "ms", "lord", "lady", "doctor", "professor"])}

Speaking = tuple[str, str, str]
"""Speaker, addressee, form of address ("familiar", "polite", or a form of the source's own language)."""


def speeches(passages: Iterable[Passage], people: Iterable[str], language: str) -> tuple[Speaking, ...]:
    """Who speaks to whom, in the order of first speech; the form is the one that prevails, and pairs without a form are left out.

    The addressee is a person called by name in the speech, or "" for anybody. Languages with two words for "you" show the form by them; in others titles do
    ("Yes, sir"), and words of endearment.
    """
    known = sorted(set(people), key=len, reverse=True)
    saying = grammar.SAYING.get(code(language), EMPTY)
    found: dict[tuple[str, str], Counter[str]] = {}
    for passage in passages:
        said = _QUOTED.findall(passage.text)
        if not said:
            continue
        told = _QUOTED.sub(" ", passage.text)
        speaker = next((name for name in known if _beside(told, name, saying)), "")
        for speech in said:
            addressee = next((name for name in known if name != speaker and re.search(rf"(?:^|, )(?:\w+ )?{re.escape(name)}(?:[,.!?;:]|$)", speech)), "")
            form = _form(speech, language, addressee)
            if form and (speaker or addressee):
                found.setdefault((speaker, addressee), Counter())[form] += 1
    return tuple((speaker, addressee, counts.most_common(1)[0][0]) for (speaker, addressee), counts in found.items())


def _beside(told: str, name: str, saying: frozenset[str]) -> bool:
    """Whether a verb of saying stands beside the name."""
    return any(set(re.findall(r"\w+", told[max(0, match.start() - 24) : match.end() + 24].casefold())) & saying for match in re.finditer(re.escape(name), told))


def _form(speech: str, language: str, addressee: str) -> str:
    both = forms(language)
    if both is not None:
        there = [form.name for form in both if form.words.search(f"x {speech}")]
        return there[0] if len(there) == 1 else ""
    words = set(re.findall(r"\w+", speech.casefold()))
    tag = code(language)
    if words & POLITE.get(tag, EMPTY):
        return "polite"
    if words & FAMILIAR.get(tag, EMPTY):
        return "familiar"
    titled = re.search(rf"\b(\w+)\.? {re.escape(addressee)}", speech) if addressee else None
    if addressee and titled is None:
        return "familiar" if " " not in addressee else ""
    return ""
