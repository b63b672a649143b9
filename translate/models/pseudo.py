"""Accents every letter and lengthens the text, so that a publisher sees her layout survive before a word is paid for.

Markers, numbers, addresses and placeholders stay as they are; the same text always becomes the same text.
The lengthening of about 30 % is what the localisation trade allows for English into German or Finnish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.document import Runs, Segment, normal
from translate.models.echo import FREE
from translate.models.seam import Price, Profile

ACCENTS = str.maketrans("aceginorstuyzACEGINORSTUYZ", "áçéğîñóŕšţúýžÁÇÉĞÎÑÓŔŠŢÚÝŽ")
KEPT = re.compile(r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+|(?<!\S)\S*\d\S*|[{%<&]\S*")
"""URLs, e-mail addresses, whatever holds a digit, and words that begin like a placeholder or a tag."""

VOWELS = "áéîóúýÁÉÎÓÚÝ"
PER_LETTERS = 4
"""One vowel more for every four letters: 20-35 % longer."""


class Pseudo:
    """A ``DirectModel`` that writes áççéñţš."""

    spec = name = "pseudo"
    profile = Profile(
        "pseudo", unit="segment", reply="text", note="A pseudo-translation: every letter is accented and the text is about 30 % longer, to test a layout."
    )
    price: Price | None = FREE
    local = True
    jobs = 64

    async def translate(self, segment: Segment) -> Runs:
        """The source with accents, about 30 % longer; its markers stay where they are."""
        return normal(run if not isinstance(run, str) else accent(run) for run in segment.source)

    async def aclose(self) -> None:
        """Nothing to free."""


def accent(text: str) -> str:
    """``text`` with accented letters and about 30 % more of them; what ``KEPT`` matches stays."""
    return "".join(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    owed = 0.0
    end = 0
    for found in KEPT.finditer(text):
        for word in re.findall(r"\s+|\S+", text[end : found.start()]):
            owed, longer = _word(word, owed)
            yield longer
        yield found.group()
        end = found.end()
    for word in re.findall(r"\s+|\S+", text[end:]):
        owed, longer = _word(word, owed)
        yield longer


def _word(word: str, owed: float) -> tuple[float, str]:
    """The word accented and lengthened by the letters that are owed; gives back what is still owed."""
    accented = word.translate(ACCENTS)
    owed += sum(1 for char in word if char.isalpha()) / PER_LETTERS
    whole = int(owed)
    if not whole:
        return owed, accented
    place = next((index for index, char in enumerate(accented) if char in VOWELS), None)
    if place is None:
        place = next((index for index, char in enumerate(accented) if char.isalpha()), None)
    if place is None:
        return owed, accented
    return owed - whole, accented[: place + 1] + accented[place].lower() * whole + accented[place + 1 :]
