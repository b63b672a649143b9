"""One source, two translations."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from translate.checks import Facts
from translate.checks.reading import words
from translate.document import Finding, dump_runs
from translate.proofreader.seam import Deviation, Passage
from translate.proofreader.votes import settled

FEWEST_WORDS = 3


class Repeats:
    """The same source stands elsewhere in the work in another translation.

    Only whole passages of the same kind are compared, of three words or more.
    Blind to sentences inside longer passages.
    """

    name = "repeats"

    def __init__(self, facts: Facts) -> None:
        self._seen: dict[bytes, list[tuple[str, bytes, bool]]] = {}

    def see(self, passage: Passage) -> None:
        """Note which translation the source has here."""
        if len(words(passage.segment.text)) >= FEWEST_WORDS:
            key = _hash(f"{passage.segment.kind} {dump_runs(passage.segment.source)}")
            self._seen.setdefault(key, []).append((passage.segment.id, _hash(" ".join(dump_runs(passage.draft.target).split())), passage.approved))

    def deviations(self) -> Iterator[Deviation]:
        """The passages whose translation is not the settled one: a person's, else the most frequent, else the first."""
        for rows in self._seen.values():
            if len({wording for _, wording, _ in rows}) < 2:
                continue
            people = next((wording for _, wording, approved in rows if approved), None)
            usual = people or bytes.fromhex(settled(((wording.hex(), False) for _, wording, _ in rows), times=1.01)) or rows[0][1]
            like = next(segment for segment, wording, _ in rows if wording == usual)
            for segment, wording, approved in rows:
                if wording != usual and not approved:
                    message = f"The same source is translated otherwise elsewhere (passage {like}): make both alike."
                    yield Deviation(segment, Finding(self.name, "warning", message), like=like)


def _hash(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()
