"""Errors planted by code in copies of good translations, to see how well an assessing model sees them. The copies are shown to nobody else."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from translate import languages
from translate.assessor.asking import Look, shown
from translate.assessor.verdicts import Seen
from translate.document import Marker, Runs, normal

_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[^\W\d_] )[^\W\d_a-z][^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Planted:
    """A look with one error in it: of which ``kind``, the words ``now`` at ``place`` in the text as the model sees it ("" where words were taken out), and the words that stood there."""

    look: Look
    kind: str
    place: int
    now: str
    was: str

    def is_named_by(self, seen: Seen) -> bool:
        """Whether the model's error is the planted one: it overlaps the changed words, or speaks of those that are missing."""
        if seen.side == "target" and self.now:
            return seen.place < self.place + len(self.now) and self.place < seen.place + len(seen.span)
        if self.now:
            return False
        if self.kind == "negation":
            return seen.category in ("negation", "mistranslation", "omission")
        return seen.category == "omission" or (seen.side == "source")


Change = tuple[int, int, str]
"""Start and end in a text, and what stands there afterwards."""


def _without_negation(text: str, tag: str, names: Sequence[str], chance: random.Random) -> Change | None:
    found = languages.denied(text, tag)
    if found is None or languages.denial(text, tag).strong != 1:
        return None
    start, end = found
    end += text[end : end + 1] == " "
    return start, end, ""


def _other_number(text: str, tag: str, names: Sequence[str], chance: random.Random) -> Change | None:
    found = list(_NUMBER.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    digits = match.group()
    place = chance.randrange(len(digits))
    other = chance.choice([digit for digit in "123456789" if digit != digits[place]])
    return match.start(), match.end(), digits[:place] + other + digits[place + 1 :]


def _without_sentence(text: str, tag: str, names: Sequence[str], chance: random.Random) -> Change | None:
    parts = languages.sentences(text, tag)
    full = [place for place, part in enumerate(parts) if place and len(part.split()) >= 4]
    if not full:
        return None
    place = chance.choice(full)
    start = sum(map(len, parts[:place]))
    return start, start + len(parts[place]), ""


def _other_name(text: str, tag: str, names: Sequence[str], chance: random.Random) -> Change | None:
    found = [match for match in _NAME.finditer(text) if match.group() in names]
    others = sorted({name for name in names if name not in text})
    if not found or not others:
        return None
    match = chance.choice(found)
    return match.start(), match.end(), chance.choice(others)


KINDS: dict[str, Callable[[str, str, Sequence[str], random.Random], Change | None]] = {
    "negation": _without_negation,
    "number": _other_number,
    "sentence": _without_sentence,
    "name": _other_name,
}
"""What can be planted: a negation is dropped, a figure changed, a sentence dropped, a name swapped."""


def names_in(looks: Sequence[Look]) -> tuple[str, ...]:
    """Words with a capital inside a sentence that stand alike in source and translation: names, most likely."""
    found: dict[str, None] = {}
    for look in looks:
        ours = shown(look.segment.source)
        found.update((match.group(), None) for match in _NAME.finditer(shown(look.target)) if re.search(rf"(?<!\w){re.escape(match.group())}(?!\w)", ours))
    return tuple(found)


def plant(looks: Sequence[Look], *, tag: str, many: int, seed: int) -> tuple[Planted, ...]:
    """At most ``many`` planted errors, as evenly over the kinds as the texts allow, each in another look; the same for the same looks and seed. ``tag`` is the target language."""
    chance = random.Random(seed)
    names, order = names_in(looks), list(looks)
    chance.shuffle(order)
    out: list[Planted] = []
    kinds = list(KINDS)
    while order and kinds and len(out) < many:
        kind = kinds[len(out) % len(kinds)]
        done = next(((place, made) for place, look in enumerate(order) if (made := _planted(look, kind, tag, names, chance)) is not None), None)
        if done is None:
            kinds.remove(kind)
            continue
        out.append(done[1])
        del order[done[0]]
    return tuple(out)


def _planted(look: Look, kind: str, tag: str, names: Sequence[str], chance: random.Random) -> Planted | None:
    """The look with an error of this kind, in the first stretch of text that takes one."""
    before = 0
    for place, run in enumerate(look.target):
        if isinstance(run, str):
            change = KINDS[kind](run, tag, names, chance)
            if change is not None and any(map(str.isalnum, run[: change[0]] + run[change[1] :])):
                start, end, now = change
                runs = (*look.target[:place], run[:start] + now + run[end:], *look.target[place + 1 :])
                return Planted(replace(look, target=normal(runs)), kind, before + start, now, run[start:end])
        before += len(_shown(run))
    return None


def _shown(run: str | Marker) -> str:
    runs: Runs = (run,)
    return shown(runs)
