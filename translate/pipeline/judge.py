"""What the checks need to know of a work, kept in one place for a run: its terms, its usual lengths, its languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from translate import checker, languages
from translate.checks import ALL, MENDERS, NEIGHBOURS, STRUCTURAL, Check, Facts, Pair, Placed, Ratios, look
from translate.checks.terms import Terms
from translate.document import Draft, Finding, Segment, Term, dump_runs
from translate.languages import Language
from translate.pipeline.voice import Voice
from translate.style import NO_STYLE, Style


class Judge:
    """Judges drafts of one work, ``without`` the checks that were switched off. Learns the work's own lengths from what is accepted."""

    def __init__(
        self,
        *,
        source: Language,
        target: Language,
        voice: Voice,
        structural: bool = False,
        without: frozenset[str] = frozenset(),
        format: str = "",
        style: Style = NO_STYLE,
    ) -> None:
        self._source = source
        self._format = "wiki" if format.startswith("wiki") else ""
        self._target = target
        self.voice = voice
        self.style = style
        self.without = without
        self._checks: tuple[Check, ...] = tuple(check for check in (STRUCTURAL if structural else ALL) if check.name not in without)
        self._menders = tuple(check for check in MENDERS if check.name not in without)
        self._neighbours = tuple(check for check in NEIGHBOURS if check.name not in without)
        self._ratios = Ratios()
        self._guess = languages.expansion(source.tag, target.tag)
        self._terms: dict[str, tuple[int, tuple[Term, ...]]] = {}

    def terms(self, segment: Segment) -> tuple[Term, ...]:
        """The terms that occur in the segment, as they are settled now; found again only after another was settled."""
        version, terms = self._terms.get(segment.id, (-1, ()))
        if version != self.voice.version:
            terms = self.voice.occurring(segment.text, segment.document)
            self._terms[segment.id] = (self.voice.version, terms)
        return terms

    def key(self, segment: Segment) -> str:
        """The dependency key of the segment, as things are settled now."""
        return dependency(segment, self.terms(segment), (*self.voice.facts(segment.text), *self.style.governing(segment.text, self._source.tag)))

    def stale(self, segment: Segment, draft: Draft | None, key: str) -> bool:
        """Whether a draft that was made under ``key`` would be asked for again."""
        now = self.key(segment)
        return bool(key) and key != now and (governed(key) != governed(now) or draft is None or not self.keeps(segment, draft))

    def keeps(self, segment: Segment, draft: Draft) -> bool:
        """Whether the draft has every term of the segment as it is settled now."""
        return not any(Terms()(Pair(segment, draft), self._facts([term for term in self.terms(segment) if not term.soft])))

    def occurring(self, text: str) -> tuple[Term, ...]:
        """The terms that occur in ``text``."""
        return self.voice.occurring(text)

    def findings(self, segment: Segment, draft: Draft, terms: Sequence[Term]) -> tuple[Finding, ...]:
        """What the checks see in the draft."""
        return checker.check(Pair(segment, draft), self._facts(terms), checks=self._checks)

    def beside(self, pairs: Sequence[tuple[Segment, Draft]]) -> tuple[Placed, ...]:
        """What can be seen only beside the neighbours, in pairs that follow each other in one document."""
        return look([Pair(segment, draft) for segment, draft in pairs], self._facts(()), checks=self._neighbours)

    def fixed(self, segment: Segment, draft: Draft, terms: Sequence[Term]) -> Draft | None:
        """The draft as code could mend it for certain, or None where there is nothing of that kind."""
        fixed = checker.fix(Pair(segment, draft), self._facts(terms), menders=self._menders)
        return None if fixed == draft else fixed

    def learn(self, pairs: Iterable[tuple[Segment, Draft]]) -> None:
        """Take accepted drafts as examples of this work's lengths."""
        for segment, draft in pairs:
            self._ratios = self._ratios.learn(segment.kind, segment.text, draft.text, self._guess)

    def _facts(self, terms: Sequence[Term]) -> Facts:
        return Facts(source=self._source.tag, target=self._target.tag, terms=tuple(terms), ratios=self._ratios, format=self._format, style=self.style)


def dependency(segment: Segment, terms: Sequence[Term], style: Sequence[str]) -> str:
    """What an accepted draft depends on, as a hash: its source, and the terms that occur in it (not where their lines stand).

    Where it has any, ``+`` and a hash of what else governs it: what is settled of the people in it, and the lines of the style sheet.
    Soft terms, which a run itself has settled, are no part of it: they may come and go without a bill.
    """
    firm = [term for term in terms if not term.soft]
    lines = sorted("\x1f".join((term.source, term.target, "|".join(term.allowed), "|".join(term.forbidden), str(term.keep), str(term.case))) for term in firm)
    key = "d1:" + _hash((dump_runs(segment.source), *lines, ""))
    return f"{key}+{_hash(style)[:16]}" if style else key


def governed(key: str) -> str:
    """The part of a dependency key that is not about source and terms."""
    return key.partition("+")[2]


def _hash(parts: Sequence[str]) -> str:
    return sha256("\x1e".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
