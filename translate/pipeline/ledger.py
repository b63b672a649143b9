"""The ledger of a work, for every face: what it holds, how well the translation keeps it, and a person's decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from translate import glossary
from translate.document import Decision, LedgerLine, LineStatus, Sort, Term
from translate.errors import SettingError
from translate.exchange import ledger as table
from translate.pipeline import known
from translate.pipeline.voice import Voice
from translate.pipeline.works import Folder
from translate.store import Pair, Store


@dataclass(frozen=True, slots=True)
class Entry:
    """A ledger line as it stands: the decision, in how many passages it occurs, the first of them, and in how many of the translated ones its rendering is kept.

    ``forms`` are the renderings that were found, each with its number of passages; "" counts those with none of them.
    """

    decision: Decision
    count: int = 0
    first: str = ""
    context: str = ""
    forms: tuple[tuple[str, int], ...] = ()

    @property
    def translated(self) -> int:
        """Passages with the line that have a translation, where a rendering is settled."""
        return sum(number for _, number in self.forms)

    @property
    def kept(self) -> int:
        """Those whose translation has an accepted rendering."""
        line = self.decision.line
        return sum(number for form, number in self.forms if form and form not in line.forbidden)

    @property
    def alike(self) -> tuple[int, int]:
        """Pairs of passages that have the same rendering, and all pairs: what LTCR is counted over (a rendering that is none of ours is like no other)."""
        total = self.translated
        return sum(number * (number - 1) // 2 for form, number in self.forms if form), total * (total - 1) // 2


@dataclass(frozen=True, slots=True)
class Success:
    """How a translation keeps what is settled: ``kept`` of ``wanted`` places of terms, and the consistency of lines that occur twice or more.

    ``ltcr`` is the share of pairs of places of one line that have the same rendering (the lexical translation consistency ratio of Lyu et al. 2021, over ledger and
    glossary lines only); None where there is no such pair.
    """

    wanted: int
    kept: int
    ltcr: float | None
    lines: int

    @property
    def share(self) -> float | None:
        """The share of places where an accepted rendering stands; None where there is no place."""
        return self.kept / self.wanted if self.wanted else None


@dataclass(slots=True)
class _Tally:
    """Counts of one line while the work is read."""

    count: int = 0
    first: str = ""
    context: str = ""
    forms: Counter[str] = field(default_factory=Counter)


def entries(store: Store) -> tuple[Entry, ...]:
    """The ledger's lines with their counts, the most frequent first; rejected ones are last."""
    voice = known.judge_of(store).voice
    tallies: dict[str, _Tally] = {decision.line.key: _Tally() for decision in voice.decisions}
    for pair in store.pairs():
        found = {term.source: term for term in voice.occurring(pair.segment.text, pair.segment.document)}
        for line in voice.lines(pair.segment.text):
            _count(tallies[line.key], pair, found.get(line.lemma) or found.get(line.lemma.casefold()), store.work.target_language)
    rows = (Entry(decision, *_told(tallies[decision.line.key])) for decision in voice.decisions)
    return tuple(sorted(rows, key=lambda row: (row.decision.status == "rejected", -row.count)))


def _told(tally: _Tally) -> tuple[int, str, str, tuple[tuple[str, int], ...]]:
    return tally.count, tally.first, tally.context, tuple(tally.forms.most_common())


def _count(tally: _Tally, pair: Pair, term: Term | None, language: str) -> None:
    tally.count += 1
    tally.first = tally.first or pair.segment.id
    tally.context = tally.context or " ".join(pair.segment.text.split())[:120]
    if term is not None and pair.draft is not None and pair.status != "pending":
        tally.forms[_form(term, pair.draft.text, language)] += 1


def _form(term: Term, text: str, language: str) -> str:
    """Which rendering of the term the text has: an accepted one, a forbidden one, or "" for none."""
    return glossary.accepted(term, text, language) or glossary.forbidden(term, text, language) or ""


def success(store: Store, voice: Voice | None = None) -> Success:
    """How the work's translation keeps its terms, glossary and ledger together, in one pass; ``voice`` is what is settled, where it has been read already."""
    voice = voice or known.judge_of(store).voice
    forms: dict[Term, Counter[str]] = {}
    for pair in store.pairs():
        if pair.draft is not None and pair.status != "pending":
            for term in voice.occurring(pair.segment.text, pair.segment.document):
                forms.setdefault(term, Counter())[_form(term, pair.draft.text, store.work.target_language)] += 1
    wanted = sum(sum(counts.values()) for counts in forms.values())
    kept = sum(number for term, counts in forms.items() for form, number in counts.items() if form and form not in term.forbidden)
    alike = sum(number * (number - 1) // 2 for counts in forms.values() for form, number in counts.items() if form)
    pairs = sum(sum(counts.values()) * (sum(counts.values()) - 1) // 2 for counts in forms.values())
    return Success(wanted, kept, alike / pairs if pairs else None, len(forms))


# --- a person's decisions ------------------------------------------------------------------------------------------


def put(store: Store, lines: Iterable[LedgerLine], *, who: str, status: LineStatus = "accepted", why: str = "") -> tuple[Decision, ...]:
    """Take lines as a person decided them; gives back what is new. Raises ``SettingError`` where a line says nothing."""
    wanted = tuple(lines)
    for line in wanted:
        if not line.lemma and line.sort != Sort.ADDRESS:
            raise SettingError("A ledger line needs the word of the source that it is about: nothing was changed.")
    return store.decide(Decision(line, status, "person", who, why) for line in wanted)


def find(store: Store, lemma: str, *, sense: str | None = None) -> tuple[Decision, ...]:
    """The decisions that hold about ``lemma`` (capitals count only where that tells two apart). Raises ``SettingError`` where there is none."""
    there = [one for one in store.ledger() if one.line.lemma.casefold() == lemma.casefold() and sense in (None, one.line.sense)]
    exact = [one for one in there if one.line.lemma == lemma]
    if not there:
        near = [one.line.lemma for one in store.ledger() if lemma.casefold() in one.line.lemma.casefold()]
        hint = f" Did you mean {', '.join(near[:5])}?" if near else ""
        raise SettingError(f"There is no '{lemma}' in the ledger.{hint} 'dragoman ledger set' makes a line.")
    return tuple(exact or there)


def judge_lines(store: Store, lemmas: Sequence[str], status: LineStatus, *, who: str, why: str = "") -> tuple[Decision, ...]:
    """Accept or reject lines as they are; gives back what is new.

    Raises ``SettingError`` where one is not there, or is to be accepted and has no rendering; nothing is changed then.
    """
    found = [decision for lemma in lemmas for decision in find(store, lemma)]
    for decision in found:
        if status == "accepted" and decision.line.open and not decision.line.gender:
            raise SettingError(f"'{decision.line.lemma}' has no rendering yet: give it one with 'dragoman ledger set'. Nothing was changed.")
    return store.decide(replace(one, status=status, origin="person", who=who, why=why, id=0, at="", supersedes=None) for one in found)


def changed(store: Store, lemma: str, sense: str = "", /, **values: object) -> LedgerLine:
    """The line of ``lemma`` (in this ``sense``, where it has several) with these values in place of its own; a new one (a concept, where ``sort`` is not among them) where there is none."""
    given = {name: value for name, value in values.items() if value is not None}
    there = [one.line for one in store.ledger() if one.line.lemma.casefold() == lemma.casefold()]
    there.sort(key=lambda line: (line.lemma != lemma, line.sense != sense))
    base = (there or [LedgerLine(Sort.CONCEPT, lemma)])[0]
    return replace(base, **given)  # type: ignore[arg-type]


def take_table(store: Store, path: Path, *, who: str) -> tuple[tuple[Decision, ...], str]:
    """Take a person's table (``exchange.ledger``); gives back what is new, and a sentence on the table's encoding, if any. A row without a status is accepted where it has a rendering, else proposed.

    Raises ``GlossaryError``, with file and line, where a row cannot be read: nothing is changed then.
    """
    held = {decision.line.key: decision for decision in store.ledger()}
    decisions = []
    rows, remark = table.load(path, (store.work.source_language, store.work.target_language))
    for row in rows:
        status: LineStatus = row.status or ("proposed" if row.line.open and not row.line.gender else "accepted")
        before = held.get(row.line.key)
        if before is None or (before.line, before.status) != (row.line, status):
            decisions.append(Decision(row.line, status, "person", who, f"from {path.name}"))
    return store.decide(decisions), remark


def as_table(rows: Iterable[Entry]) -> str:
    """The ledger as CSV that ``take_table`` reads again."""
    return table.write(table.Row(row.decision.line, row.decision.status, row.count, row.first, row.context) for row in rows)


def record(entry: Entry) -> dict[str, object]:
    """An entry in plain values, for JSON."""
    line, decision = entry.decision.line, entry.decision
    told = {
        "sort": str(line.sort),
        "source": line.lemma,
        "target": line.target,
        "status": decision.status,
        "origin": decision.origin,
        "who": decision.who,
        "at": decision.at,
        "allowed": list(line.allowed),
        "forbidden": list(line.forbidden),
        "variants": list(line.variants),
        "keep": line.keep,
        "count": entry.count,
        "first": entry.first,
        "translated": entry.translated,
        "kept": entry.kept,
    }
    more = ("gender", "number", "speaker", "addressee", "address", "expansion", "sense", "scope", "note")
    return told | {name: getattr(line, name) for name in more if getattr(line, name)}


def of_folder(folder: Folder) -> tuple[Entry, ...]:
    """``entries`` of a work's folder."""
    with Store.open(folder.store) as store:
        return entries(store)
