"""The form of address."""

from __future__ import annotations

from collections.abc import Iterator

from translate.checks import Facts
from translate.checks.quoting import DOUBLE, quotations
from translate.checks.reading import flat, quoted
from translate.document import Finding
from translate.languages.address import forms
from translate.proofreader.seam import Deviation, Passage
from translate.proofreader.votes import settled


class Address:
    """The reader is addressed in another form than in the rest of the work (du and Sie, tu and vous, tú and usted, ты and вы).

    What is said in quotation marks, or after a dash that begins the line, is left out, since speakers have forms of their own.
    Blind to forms that only the verb shows, and to works that use both about equally.
    """

    name = "address"

    def __init__(self, facts: Facts) -> None:
        self._forms = forms(facts.target)
        self._wanted = facts.style.address
        self._seen: list[tuple[str, int, str, bool]] = []

    def see(self, passage: Passage) -> None:
        """Note the forms of a passage that is no speech."""
        text = _told(flat(passage.draft.target)) if self._forms else ""
        for number, form in enumerate(self._forms or ()):
            match = form.words.search(text)
            if match:
                self._seen.append((passage.segment.id, number, match.group(), passage.approved))

    def deviations(self) -> Iterator[Deviation]:
        """The passages that have the other form."""
        if not self._forms:
            return
        usual = self._wanted or settled((self._forms[number].name, approved) for _, number, _, approved in self._seen)
        for segment, number, word, approved in self._seen:
            if usual and self._forms[number].name != usual and not approved:
                message = f"Elsewhere the reader is addressed as “{usual}”, here it says {quoted(word)}: use “{usual}” and its forms throughout."
                yield Deviation(segment, Finding(self.name, "warning", message, target=word), usual)


def _told(text: str) -> str:
    """The text without speech; "" where it is speech, or speech begins or ends outside it."""
    if text.lstrip()[:1] in ("—", "–", "-"):
        return ""
    found = quotations(text)
    if sum(char in DOUBLE for char in text) != 2 * sum(one.double for one in found):
        return ""
    for one in reversed([one for one in found if not one.depth]):
        text = text[: one.start] + " " + text[one.end + 1 :]
    return text
