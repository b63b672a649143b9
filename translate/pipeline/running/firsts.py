"""First use: the rendering that a name is first committed with is the work's; other renderings of it are known for what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from translate import glossary
from translate.document import NAMES, Decision, LedgerLine, Sort
from translate.languages.typography import latin, sound
from translate.pipeline.running.ladder import Case
from translate.pipeline.voice import Voice

LEAST_LETTERS = 3
"""A shorter name is not looked for by its spelling."""

ALIKE = 0.78
"""How alike a word of the translation must be to a name to be taken for its spelling, by difflib's ratio."""

MOST_NAMES = 12
"""No more new names than this are asked about in one request."""


def wanted(voice: Voice, texts: Iterable[str]) -> tuple[str, ...]:
    """The names in the texts that have no rendering yet, for the model to say which it used."""
    found = dict.fromkeys(line.lemma for text in texts for line in voice.open(text) if line.sort in NAMES)
    return tuple(found)[:MOST_NAMES]


def decided(cases: Iterable[Case], voice: Voice, language: str) -> tuple[Decision, ...]:
    """What the drafts of the cases settle, in their order; ``voice`` has taken it in when this returns.

    A name that was open gets the rendering that the model said it used, where that stands in the draft, else the one word that is spelt like it.
    A name that another lane has settled otherwise keeps that, and the rendering of the draft is noted as one that is not the work's.
    """
    out = []
    for case in cases:
        text = case.best.draft.text
        if text.strip() and text != case.segment.text:
            for decision in _of_case(case, text, voice, language):
                voice.settle(decision)
                out.append(decision)
    return tuple(out)


def _of_case(case: Case, text: str, voice: Voice, language: str) -> Iterator[Decision]:
    model = case.best.draft.model
    for line in voice.lines(case.segment.text):
        held = voice.decision(line)
        if line.sort not in NAMES or held is None or held.origin not in ("prescan", "first use"):
            continue
        rendering = _rendering(line, case, text, language)
        if line.open and rendering:
            settled = replace(line, target=rendering)
            yield Decision(settled, "proposed", "first use", model, f"first used in {case.segment.id}")
        elif rendering and held.origin == "first use" and _rival(line, rendering, text, language):
            forbidden = (*line.forbidden, rendering)
            yield Decision(replace(line, forbidden=forbidden), "proposed", "first use", model, f"otherwise rendered in {case.segment.id}")


def _rival(line: LedgerLine, rendering: str, text: str, language: str) -> bool:
    """Whether the draft has another rendering and not the settled one."""
    forms = (line.target, *line.allowed)
    known = rendering in line.forbidden or any(glossary.holds(form, rendering, language) or glossary.holds(rendering, form, language) for form in forms)
    return not known and not any(glossary.holds(text, form, language) for form in forms)


def _rendering(line: LedgerLine, case: Case, text: str, language: str) -> str:
    """How the draft renders the name, "" where that is not clear."""
    said = case.named.get(line.lemma, "")
    if said and said.casefold() in text.casefold():
        return said
    if said and glossary.holds(text, said, language):
        return said
    return _spelt(line.lemma, text) if line.sort != Sort.WORK else ""


def _spelt(name: str, text: str) -> str:
    """The name itself where it stands in the text, else the only word with a capital that is spelt much like it."""
    if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        return name
    plain = latin(name)
    if " " in name or len(name) < LEAST_LETTERS:
        return ""
    there = {word for word in re.findall(r"[^\W\d_]{3,}", text) if word[0].isupper()}
    alike = [word for word in there if sound(word) == sound(name)] or [word for word in there if _begins(word) == _begins(plain) and _ratio(plain, word) >= ALIKE]
    return alike[0] if len(alike) == 1 else ""


def _ratio(plain: str, word: str) -> float:
    return SequenceMatcher(None, plain, latin(word), autojunk=False).ratio()


def _begins(word: str) -> str:
    """What the first letter may sound like, so that Kharkov can be Charkow."""
    first = latin(word)[:1]
    return next((group for group in ("ckqxh", "zst", "yji", "vwf", "gj") if first in group), first)
