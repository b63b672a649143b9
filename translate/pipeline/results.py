"""From the store to what a user opens: the book and its report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from translate import __version__, assembler, glossary, languages, report
from translate.document import Finding, Kind, Runs, Segment, Skip, heading, markers, plain, visible
from translate.errors import SourceError
from translate.formats import Edition, Parted, Source, Structured, Targets, open_source
from translate.formats.dump import FORMAT as DUMP
from translate.formats.dump import Dump
from translate.formats.mirrors import follow
from translate.pipeline import dismissals, glossaries, headings, known, ledger, pieces
from translate.pipeline.judge import Judge
from translate.pipeline.voice import Voice
from translate.pipeline.works import Folder
from translate.store import Pair, Run, Spent, State, Store


@dataclass(frozen=True, slots=True)
class Built:
    """The built book and how many findings are left in it, by severity, without those in what a person approved; ``remarks`` are sentences for the user."""

    book: Path | None
    errors: int
    warnings: int
    remarks: tuple[str, ...]


def build(store: Store, folder: Folder, *, bilingual: bool = False, validate: bool = False, source: Source | None = None) -> Built:
    """Assemble the present version from the store, and write ``report.html`` and ``report.json`` beside it.

    With ``validate``, epubcheck's verdicts before and after are in the report, where it is installed.
    ``source`` is the present version where it is open already; should its file have changed meanwhile, the store's own bytes serve.
    Raises ``SettingError`` where the folder cannot be written.
    """
    source, assembly = _assembled(store, folder, edition(store, bilingual=bilingual), source)
    remarks = tuple(dict.fromkeys((*source.remarks, *(remark for document in store.documents() for remark in document.remarks), *assembly.remarks)))
    structure = tuple(unlike(store, source))
    page = report_of(store, folder, remarks, structure=structure, verdict=verdict(store, assembly.path) if validate else None)
    for suffix, text in (*report.everywhere(page), (".json", report.as_json(page))):
        assembler.write_text(folder.report(suffix), text)
    states = store.states()
    left = report.severities(finding for finding in page.findings if finding.segment not in states or not settled(states[finding.segment]))
    return Built(assembly.path, left["error"], left["warning"], remarks)


def _assembled(store: Store, folder: Folder, wanted: Edition, source: Source | None) -> tuple[Source, assembler.Assembly]:
    if source is not None:
        with suppress(SourceError):
            return source, assembler.assemble(source, targets_of(store), edition=wanted, path=folder.book(store.work))
    source = open_store_source(store)
    return source, assembler.assemble(source, targets_of(store), edition=wanted, path=folder.book(store.work))


def unread(store: Store) -> Iterator[report.ReportFinding]:
    """An error for each document of which nothing could be read: it stands in the book as it was, and no passage of it can say so."""
    for document in store.documents():
        if document.remarks and not (document.segments or document.mirrors or document.skips):
            yield report.ReportFinding("", document.name, Finding("unread", "error", " ".join(document.remarks)))


def unlike(store: Store, source: Source | None = None) -> Iterator[report.ReportFinding]:
    """An error for each thing that the built page has fewer or more of than its source, where the format can tell; of a work that nothing is written of yet, none."""
    if source is None and store.work.format not in ("wikitext", DUMP):
        return
    source = source or open_store_source(store)
    if isinstance(source, Structured):
        for document, finding in source.disagreements(targets_of(store), edition=edition(store, bilingual=False)):
            yield report.ReportFinding("", document, finding)


def settled(state: State) -> bool:
    """Whether a person has had the last word: what the checks see in it is shown, and is not left to be done."""
    return state.status == "approved" and not state.outdated


def write(store: Store, out: BinaryIO, *, bilingual: bool = False) -> None:
    """The same book into ``out``."""
    open_store_source(store).write(targets_of(store), edition=edition(store, bilingual=bilingual), out=out)


def part(store: Store, source: Parted, name: str, *, bilingual: bool = False) -> bytes:
    """One part of the same book, from what stands now; ``source`` is the present version, opened. Raises ``SourceError`` where there is no such part."""
    wanted = _wanted(store, name) if store.has(name) else {}
    return source.part(name, wanted, edition=_unsigned(store, bilingual=bilingual))


def _wanted(store: Store, document: str) -> Mapping[str, Runs]:
    """What is put in a document, its mirrors included."""
    wanted = dict(targets_of(store)(document))
    for address, (label, model, target) in store.followed(document).items():
        runs = follow(label, model, target) if said(target) and target != model else None
        if runs is not None:
            wanted.setdefault(address, runs)
    return wanted


def targets_of(store: Store) -> Targets:
    """What is put in by document. Where no words came back (which is a finding), the source stays: a reader who meets a hole cannot know what is missing."""

    def targets(document: str) -> Mapping[str, Runs]:
        return {address: runs for address, runs in store.targets(document).items() if said(runs)}

    return targets


def said(runs: Runs) -> bool:
    """Whether there is a word in it."""
    return any(isinstance(run, str) and run.strip() for run in runs)


def open_store_source(store: Store) -> Source:
    """The present version's source, opened from the store; of an export of a wiki, no more than a piece is ever in memory."""
    if store.work.format == DUMP:
        return Dump(lambda: pieces.opened(store.portions.source), name=store.version().name, language=store.work.source_language, sister=store.wiki.sister())
    return open_source(store.source(), name=store.version().name, language=store.work.source_language, sister=store.wiki.sister())


def made_with(store: Store) -> str:
    """The names of the models whose drafts the work has, else of the last run's; "" where there is none."""
    return " and ".join(_used(store)) or known.settings(store).get("model_name", "")


def edition(store: Store, *, bilingual: bool) -> Edition:
    """How the book of this work is built. An echo changes nothing but the (equal) words. The date is that of the last run, so that the same store gives the same bytes."""
    name = made_with(store)
    return replace(_unsigned(store, bilingual=bilingual), contributor=f"Dragoman {__version__} with {name} (machine translation)" if name else f"Dragoman {__version__}")


def _unsigned(store: Store, *, bilingual: bool) -> Edition:
    """The same without who made it, for which all passages must be asked."""
    runs = store.runs()
    return Edition(
        language=store.work.target_language,
        source_language=store.work.source_language,
        translated=known.settings(store).get("model") != "echo",
        bilingual=bilingual,
        date=runs[-1].started[:19] + "Z" if runs else "",
        thousands=known.style(store).thousands,
    )


def _model(pair: Pair) -> str:
    """The model that made the wording that stands; "" where a person did, or there is none."""
    return pair.draft.model if pair.draft is not None and pair.draft.origin != "person" else ""


def _used(store: Store) -> tuple[str, ...]:
    """The models whose drafts stand in the book, the most used first; who was asked last need not be among them."""
    used = Counter(model for pair in store.pairs() if pair.status != "pending" and (model := _model(pair)))
    return tuple(name for name, _ in used.most_common())


def verdict(store: Store, book: Path) -> report.Verdict | None:
    """What epubcheck says of the source and of the built book; None where it is not installed, or it is no EPUB."""
    after = assembler.validate(book) if store.work.format == "epub" else None
    if after is None:
        return None
    with TemporaryDirectory() as folder:
        source = Path(folder) / "source.epub"
        source.write_bytes(store.source())
        before = assembler.validate(source)
    if before is None:
        return None
    new = tuple(f"{message.id}: {message.text} ({message.path})" for message in assembler.compare(before, after))
    return report.Verdict(f"epubcheck {after.version}", (before.errors, before.warnings), (after.errors, after.warnings), new)


def report_of(
    store: Store, folder: Folder, remarks: tuple[str, ...], *, structure: tuple[report.ReportFinding, ...] = (), verdict: report.Verdict | None = None
) -> report.Report:
    """The report's values, read from the store in one pass over its passages; ``structure`` is what ``unlike`` found."""
    judge = known.judge_of(store)
    chapters: list[report.Chapter] = []
    findings: list[report.ReportFinding] = []
    used: Counter[str] = Counter()
    terms = _Terms(judge)
    for document in store.documents():
        passages = []
        title = ""
        for pair in store.pairs(document.name):
            passages.append(_passage(pair))
            findings += [found(pair, finding) for finding in pair.findings]
            terms.see(pair)
            if pair.draft is not None:
                used[_model(pair)] += 1
            if not title and pair.segment.kind == Kind.HEADING:
                title = heading(pair.segment.source)
        if passages:
            chapters.append(report.Chapter(document.name, title, tuple(passages), document.kind))
    return report.Report(
        title=store.work.title,
        work=str(folder.path),
        source_name=store.work.source_name,
        source_language=languages.find(store.work.source_language),
        target_language=languages.find(store.work.target_language),
        making=_making(store, used, folder.book(store.work)),
        coverage=_coverage(store),
        spending=_spending(store),
        chapters=tuple(chapters),
        findings=(*unread(store), *structure, *findings),
        checks=(headings.JUDGE, *headings.OF_A_WORK, *headings.CHECKS),
        remarks=(*remarks, *_glossaries(store), *_kept(store, judge.voice)),
        verdict=verdict,
        glossary=terms.lines(),
        dismissed=dismissals.of_store(store),
        off=tuple(sorted(judge.without)),
        assessment=assessment_of(store),
    )


def _glossaries(store: Store) -> tuple[str, ...]:
    """A sentence on the glossaries that hold; none where there are none."""
    held = glossaries.of_work(store)
    return (f"Glossary: {', '.join(one.says for one in held)}.", *(remark for one in held for remark in one.remarks)) if held else ()


def _kept(store: Store, voice: Voice) -> tuple[str, ...]:
    """A sentence on how the translation keeps its terms and names; none where none occurs."""
    return kept(ledger.success(store, voice))


def kept(success: ledger.Success) -> tuple[str, ...]:
    """What ``success`` says, in a sentence; none where no term occurs."""
    if not success.wanted:
        return ()
    alike = "" if success.ltcr is None else f"; of two places of one term, {success.ltcr:.0%} have the same rendering (LTCR)"
    return (f"The settled rendering of terms and names stands in {success.kept:,} of {success.wanted:,} places ({success.kept / success.wanted:.0%}){alike}.",)


class _Terms:
    """Counts in how many passages each glossary line occurs, and in how many its rendering was not kept."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._used: Counter[tuple[str, str, str]] = Counter()
        self._broken: Counter[tuple[str, str, str]] = Counter()

    def see(self, pair: Pair) -> None:
        """Count one passage."""
        broken = {finding.source.casefold() for finding in pair.findings if finding.check == "terms"}
        for term in self._judge.terms(pair.segment):
            key = (term.source, term.forms[0], glossary.place(term))
            self._used[key] += 1
            if any(term.source.casefold() in words or words in term.source.casefold() for words in broken if words):
                self._broken[key] += 1

    def lines(self) -> tuple[report.GlossaryLine, ...]:
        """The lines that occur, the most used first."""
        return tuple(report.GlossaryLine(*key, used=number, broken=self._broken[key]) for key, number in self._used.most_common())


def _passage(pair: Pair) -> report.Passage:
    state = report.state_of(pair.findings, translated=pair.draft is not None and pair.status != "pending", approved=pair.status == "approved")
    return report.Passage(pair.segment.id, visible(pair.segment.text), state)


def found(pair: Pair, finding: Finding) -> report.ReportFinding:
    """A finding with the whole texts of its passage."""
    target: Runs | None = pair.draft.target if pair.draft is not None else None
    return report.ReportFinding(pair.segment.id, pair.segment.document, finding, pair.segment.source, target, pair.segment.kind)


def _coverage(store: Store) -> report.Coverage:
    seen = words = atoms = mirrors = 0
    skips: list[Skip] = []
    for document in store.documents():
        seen += document.visible
        skips += store.skips(document.name)
        mirrors += sum(visible(plain(mirror.source, atoms=True)) for mirror in store.mirrors(document.name))
        for segment in store.segments(document.name):
            words += visible(segment.text)
            atoms += _shown(segment)
    return report.Coverage(seen, words, atoms, mirrors, report.skip_lines(skips))


def _shown(segment: Segment) -> int:
    return sum(visible(marker.shows) for marker in markers(segment.source))


def _making(store: Store, used: Mapping[str, int], output: Path) -> report.Making:
    runs = store.runs()
    by_name: dict[str, Mapping[str, str]] = {dict(run.settings).get("model_name", ""): dict(run.settings) for run in runs}
    models = tuple(
        report.ModelUse(
            name=name,
            spec=by_name.get(name, {}).get("model", ""),
            local=by_name.get(name, {}).get("local") == "True",
            passages=number,
            note=by_name.get(name, {}).get("note", ""),
            demonstration="demonstration" in by_name.get(name, {}).get("note", ""),
        )
        for name, number in sorted(used.items(), key=lambda item: -item[1])
        if name
    )
    last = runs[-1] if runs else None
    return report.Making(
        models=models,
        prompts=store.prompts(),
        started=_time(runs[0].started) if runs else None,
        finished=_time(last.ended) if last and last.outcome == "finished" else None,
        version=__version__,
        output=output.name,
    )


def assessment_of(store: Store) -> report.Assessment | None:
    """What a judge made of the work, the last time one was asked."""
    kept: dict[str, Any] = dict(store.assessment())
    return report.Assessment(**kept) if kept else None


MENDING = frozenset(["mend", "escalate"])
"""The purposes of requests that mend."""


def mending(spent: Spent) -> float:
    """The share (0 to 1) of a work's tokens that was spent on mending."""
    tokens = spent.prompt + spent.answer
    return sum(purpose.prompt + purpose.answer for purpose in spent.by_purpose if purpose.name in MENDING) / tokens if tokens else 0.0


def _spending(store: Store) -> report.Spending:
    spent = store.spent()
    settings = known.settings(store)
    local = settings.get("local") == "True"
    return report.Spending(
        requests=spent.requests,
        prompt=spent.prompt,
        cached=spent.cached,
        answer=spent.answer,
        cost=spent.cost if local or settings.get("currency") else None,
        currency=settings.get("currency", ""),
        local=local,
        mending=mending(spent),
        seconds=sum(_seconds(run) for run in store.runs()),
    )


def _seconds(run: Run) -> float:
    began, ended = _time(run.started), _time(run.ended)
    return (ended - began).total_seconds() if began and ended else 0.0


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
