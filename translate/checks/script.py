"""A translation in the wrong script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate import languages
from translate.checks.reading import quoted, without_addresses, words
from translate.checks.seam import Facts, Pair
from translate.document import Finding

FEWEST = 4
"""So many letters must be there before we judge."""

_BRACKETED = re.compile(r"[(（\[][^()（）\[\]]{0,200}[)）\]]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")


class Script:
    """The translation is written in another script than its language.

    Blind to short texts and to single foreign words; tells Simplified from Traditional Chinese by frequent characters only.
    """

    name = "script"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding where less than half of the letters that are not the source's are of the script."""
        if not languages.exists(facts.target):
            return
        language = languages.find(facts.target)
        target = without_addresses(pair.draft.text)
        if foreign := self._foreign(pair.segment.text, target, language.script):
            message = f"The translation is not written in the script of {language.name}: {quoted(foreign)}."
            yield Finding(self.name, "error", message, target=foreign)
        if wrong := _other_chinese(target, language.script):
            name = "Simplified" if language.script == "Hant" else "Traditional"
            yield Finding(self.name, "error", f"The translation has characters of {name} Chinese: {quoted(wrong)}.", target=wrong)

    def _foreign(self, source: str, target: str, script: str) -> str:
        """The letters of another script, where they are most of what was not taken over from the source; else ""."""
        patterns = languages.letters(script)
        if not patterns:
            return ""
        known, kept = set(source.split()), {word.casefold() for word in words(source)}
        text = " ".join(word for word in target.split() if word not in known)
        # The original in brackets, and words taken over ("NMU と" for "NMUs and"), are no other script.
        text = _LATIN.sub(lambda match: " " if {match.group().casefold(), f"{match.group().casefold()}s"} & kept else match.group(), _BRACKETED.sub(" ", text))
        count = sum(map(str.isalpha, text))
        right = sum(len(pattern.findall(text)) for pattern in patterns)
        return target if count >= FEWEST and right * 2 < count else ""


def _other_chinese(text: str, script: str) -> str:
    """Characters that only the other way of writing Chinese has, where there are more of them than of this one's."""
    if script not in ("Hans", "Hant"):
        return ""
    simplified = [char for char in text if char in languages.ONLY_SIMPLIFIED]
    traditional = [char for char in text if char in languages.ONLY_TRADITIONAL]
    wrong, right = (simplified, traditional) if script == "Hant" else (traditional, simplified)
    return "".join(wrong) if len(wrong) > len(right) else ""
