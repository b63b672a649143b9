"""Terms and their renderings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from translate import languages
from translate.checks import Facts
from translate.checks.reading import quoted, words
from translate.document import Finding, Kind, Marker, Runs, Term
from translate.proofreader.seam import Deviation, Passage
from translate.proofreader.votes import settled

LONGEST = 4
"""A term has no more words than this."""

SHORT_KINDS = frozenset([Kind.HEADING, Kind.TERM, Kind.CELL, Kind.LABEL, Kind.CAPTION])
SET_APART = frozenset(["em", "i", "b", "strong", "dfn", "cite"])
"""Elements that set a term apart."""


class Rendering:
    """A term is rendered otherwise than in the rest of the work.

    Terms are what stands alone (a heading, a table cell) or is set in italics or bold type; inflected forms, and forms that the glossary allows, make no difference.
    Blind to terms in running text, and to terms with equally many renderings.
    """

    name = "rendering"

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._frequent = languages.FUNCTION_WORDS.get(languages.code(facts.source), frozenset())
        self._seen: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)

    def see(self, passage: Passage) -> None:
        """Note the terms of a passage with their renderings."""
        segment, draft = passage.segment, passage.draft
        pairs = [(segment.text, draft.text)] if segment.kind in SHORT_KINDS else []
        sources, targets = _apart(segment.source), _apart(draft.target)
        pairs += [(text, targets[number]) for number, text in sources.items() if number in targets]
        for source, target in pairs:
            here, there = words(source), words(target)
            if 0 < len(here) <= LONGEST and there and not any(map(str.isdigit, source + target)) and not self._is_grammar(here):
                self._seen[" ".join(here).casefold()].append((passage.segment.id, " ".join(there), passage.approved))

    def deviations(self) -> Iterator[Deviation]:
        """The passages with a rare rendering."""
        allowed = {term.source.casefold(): term for term in self._facts.terms}
        for source, rows in self._seen.items():
            if len({target for _, target, _ in rows}) < 2:
                continue
            groups = self._groups([target for _, target, _ in rows], allowed.get(source))
            usual = settled(((groups[target], approved) for _, target, approved in rows), least=3, times=3)
            for segment, target, approved in rows:
                if usual and groups[target] != usual and not approved:
                    message = f"{quoted(source)} is rendered as {quoted(usual)} elsewhere, and as {quoted(target)} here: render it as {quoted(usual)}."
                    yield Deviation(segment, Finding(self.name, "warning", message, source=source, target=target), usual)

    def _is_grammar(self, here: tuple[str, ...]) -> bool:
        """Whether the words are an emphasised "must" or "never", which is no term."""
        return self._frequent.issuperset(map(str.casefold, here)) or (len(here) == 1 and languages.may_deny(here[0], self._facts.source))

    def _groups(self, found: list[str], term: Term | None) -> dict[str, str]:
        """Each rendering with the first one that it is a form of."""
        out: dict[str, str] = {}
        forms = [form.casefold() for form in term.forms] if term else []
        for target in found:
            if target not in out:
                same = (base for base in dict.fromkeys(out.values()) if self._one(base, target) or (target.casefold() in forms and base.casefold() in forms))
                out[target] = next(same, target)
        return out

    def _one(self, base: str, other: str) -> bool:
        """Whether the two are forms of the same words."""
        left, right = words(base), words(other)
        return len(left) == len(right) and all(_alike(*pair) or self._same_lemma(*pair) for pair in zip(left, right, strict=True))

    def _same_lemma(self, one: str, other: str) -> bool:
        return languages.lemma(one, self._facts.target) == languages.lemma(other, self._facts.target)


def _alike(one: str, other: str) -> bool:
    """Whether two words differ by an ending only."""
    stem = max(3, min(len(one), len(other)) - 3)
    return one[:stem].casefold() == other[:stem].casefold() and abs(len(one) - len(other)) < 4


def _apart(runs: Runs) -> dict[int, str]:
    """What stands between the markers of italics and bold type, by their numbers; markers inside are left out."""
    out: dict[int, str] = {}
    for place, run in enumerate(runs):
        if isinstance(run, Marker) and run.kind == "open" and run.name in SET_APART:
            inside: list[str] = []
            for other in runs[place + 1 :]:
                if isinstance(other, str):
                    inside.append(other)
                elif other.kind == "close" and other.number == run.number:
                    out[run.number] = "".join(inside).strip()
                    break
    return out
