"""Audits a translation that anybody made: what is missing, what is added, and what the checks see in each passage. Nothing is changed, no model is asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from translate import __version__, assembler, assessor, checker, exchange, glossary, languages, proofreader, report
from translate.checks import ALL, Facts, looping, silence
from translate.checks import Pair as Texts
from translate.checks.reading import flat, quoted
from translate.checks.untranslated import third
from translate.document import Document, Draft, Finding, Segment, Skip, Term, heading, markers, plain, visible
from translate.errors import FINDINGS_LEFT, FINISHED, DragomanError, SettingError
from translate.formats import Source, open_source
from translate.languages import Language
from translate.models import open_model
from translate.models.seam import Model
from translate.pipeline import assessment, counterparts, dismissals, headings, switches
from translate.pipeline.counterparts import Chapter, Counterpart
from translate.pipeline.judge import Judge
from translate.pipeline.voice import Voice
from translate.proofreader.address import Address
from translate.proofreader.figures import Figures
from translate.proofreader.quotes import Quotes
from translate.store import Work

UNKNOWN = Language("und", "und", "an unknown language", "", "Zyyy", "ltr")
"""The source's language where the source is lost."""

ALONE = frozenset(
    [
        "apostrophes",
        "brackets",
        "capitals",
        "dashes",
        "doubled",
        "ellipses",
        "invisible",
        "inverted",
        "leakage",
        "markup",
        "mixed",
        "quotation",
        "repetition",
        "script",
        "spacing",
        "style",
    ]
)
"""Checks that see something where there is no source to compare with."""

_MARKER = re.compile(r" \(marker \d+\)")
"""What only a model needs to know."""

READ_ALONE = (Address, Quotes, Figures)
"""Readings of the whole work that need no source."""

OWN_NAMES = tuple(check.name for check in (*headings.OF_AN_AUDIT, headings.JUDGE))


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is to be audited: ``target`` beside ``source``, ``pairs`` (TSV, TMX, XLIFF), or ``target`` alone.

    ``out`` is a folder for ``report.html`` and ``report.json``, or None. ``dismissals`` is a file of dismissed findings; without it, the one in ``out`` counts. ``without`` names checks that are switched off.
    ``judge`` is a model that reads suspicious passages and ``judge_sample`` per cent of the others; what it answers is kept in ``out`` too.
    """

    source: Path | None = None
    target: Path | None = None
    pairs: Path | None = None
    from_: str | None = None
    to: str | None = None
    glossaries: tuple[Path, ...] = ()
    out: Path | None = None
    dismissals: Path | None = None
    without: tuple[str, ...] = ()
    judge: str | None = None
    judge_sample: float = assessment.SHARE
    base_url: str | None = None
    budget: float | None = None
    price: str | None = None
    local_only: bool = False


@dataclass(frozen=True, slots=True)
class Audited:
    """What came of an audit: the report's values, and how many passages were paired by what ("address", "length", "merged", "split", "missing", "extra"); ``error`` is what stopped the judge, if anything did."""

    page: report.Report
    paired: tuple[tuple[str, int], ...]
    error: DragomanError | None = None

    @property
    def exit_code(self) -> int:
        """As ``errors`` defines them."""
        if self.error is not None:
            return self.error.exit_code
        return FINDINGS_LEFT if report.severities(self.page.findings)["error"] else FINISHED


@dataclass(frozen=True, slots=True)
class _Material:
    """What is audited, opened: both languages, the passages, and what the report says of the files."""

    source_language: Language
    target_language: Language
    chapters: tuple[Chapter, ...]
    title: str
    names: tuple[str, str]
    coverage: report.Coverage
    remarks: tuple[str, ...] = ()
    alone: bool = False


def audit(assignment: Assignment, *, judge: Model | None = None) -> Audited:
    """Audit a translation; write the report where a folder is given for it. ``judge`` is a model that is open already; else the assignment's is opened.

    Raises ``SourceError`` for a file that cannot be read, ``SettingError`` for languages that nobody named, ``GlossaryError``.
    """
    without = switches.read(assignment.without, more=OWN_NAMES)
    material = _opened(assignment)
    terms = glossary.load_stack(assignment.glossaries, source="" if material.alone else material.source_language.tag, target=material.target_language.tag)
    found = [one for one in (_found_alone(material, without) if material.alone else _found(material, terms, without)) if one.finding.check not in without]
    judged = _judged(assignment, judge, material, terms, found)
    found = judged.found if judged else found
    file = assignment.dismissals or (assignment.out / dismissals.FILE if assignment.out else None)
    known = dismissals.load(file) if file is not None and (assignment.dismissals or file.exists()) else ()
    left, dismissed = dismissals.sorted_out(found, known)
    page = _page(assignment, material, left, dismissed, judged.done.summary if judged else None)
    if assignment.out is not None:
        for suffix, text in (*report.everywhere(page), (".json", report.as_json(page))):
            assembler.write_text(assignment.out / f"report{suffix}", text)
        dismissals.save(assignment.out / dismissals.FILE, known)
    return Audited(page, tuple(_paired(material).items()), judged.done.error if judged else None)


def _opened(assignment: Assignment) -> _Material:
    if assignment.pairs is not None:
        return _opened_pairs(assignment, assignment.pairs)
    if assignment.target is None:
        raise SettingError("There is nothing to check: give SOURCE and TARGET, --pairs FILE or --target-only FILE.")
    target = open_source(assignment.target, language=assignment.to)
    target_language = _language(assignment.to, target.language, target.name, "--to")
    theirs = tuple(target.documents())
    if assignment.source is None:
        chapters = tuple(_chapter_alone(document) for document in theirs if document.slots)
        return _Material(UNKNOWN, target_language, chapters, target.title, ("", target.name), report.Coverage(), _remarks(target, theirs), alone=True)
    source = open_source(assignment.source, language=assignment.from_)
    source_language = _language(assignment.from_, source.language, source.name, "--from")
    ours = tuple(source.documents())
    return _Material(
        source_language,
        target_language,
        counterparts.pair(ours, theirs, ratio=languages.expansion(source_language.tag, target_language.tag), tags=(source_language.tag, target_language.tag)),
        source.title or assignment.source.stem,
        (source.name, target.name),
        _coverage(ours),
        (*_remarks(source, ours), *_remarks(target, theirs)),
    )


def _opened_pairs(assignment: Assignment, path: Path) -> _Material:
    """The units of an exchange file, one document for each file that it speaks of."""
    file = exchange.read(path, source=assignment.from_, target=assignment.to)
    rows: dict[str, list[Counterpart]] = {}
    for unit in file.units:
        segment = Segment(f"{unit.document}:{unit.id}", unit.document, unit.id, unit.kind, unit.source)
        draft = Draft(segment.id, unit.target) if unit.target is not None and plain(unit.target, atoms=True).strip() else None
        rows.setdefault(unit.document, []).append(Counterpart(segment, draft, "pair" if draft else "missing"))
    seen = sum(visible(plain(unit.source, atoms=True)) for unit in file.units)
    words = sum(visible(plain(unit.source)) for unit in file.units)
    return _Material(
        _language(assignment.from_, file.source_language, path.name, "--from"),
        _language(assignment.to, file.target_language, path.name, "--to"),
        tuple(Chapter(name, "content", tuple(many)) for name, many in rows.items()),
        path.stem,
        (path.name, ""),
        report.Coverage(seen, words, seen - words),
        file.remarks,
    )


def _language(given: str | None, said: str | None, name: str, option: str) -> Language:
    if not given and not said:
        raise SettingError(f"{name} does not say which language it is in: give it with {option}, for instance {option} de.")
    return languages.find(given or said or "")


def _chapter_alone(document: Document) -> Chapter:
    rows = (Segment(f"{slot.document}:{slot.address}", slot.document, slot.address, slot.kind, slot.source, slot.trail) for slot in document.slots)
    return Chapter(document.name, document.kind, tuple(Counterpart(segment, Draft(segment.id, segment.source), "extra") for segment in rows))


def _remarks(source: Source, documents: Iterable[Document]) -> tuple[str, ...]:
    return (*source.remarks, *(remark for document in documents for remark in document.remarks))


def _coverage(documents: Sequence[Document]) -> report.Coverage:
    own = [slot for document in documents for slot in document.slots if slot.mirrors is None]
    mirrors = sum(visible(plain(slot.source, atoms=True)) for document in documents for slot in document.slots if slot.mirrors is not None)
    atoms = sum(visible(marker.shows) for slot in own for marker in markers(slot.source))
    skips: list[Skip] = [skip for document in documents for skip in document.skips]
    return report.Coverage(
        sum(document.visible for document in documents), sum(visible(plain(slot.source)) for slot in own), atoms, mirrors, report.skip_lines(skips)
    )


def _found(material: _Material, terms: Sequence[Term], without: frozenset[str]) -> list[report.ReportFinding]:
    """What is missing, added, merged or split, what the checks see, and what deviates from the rest of the work, in reading order.

    The lengths that are usual here are learnt from all pairs first.
    """
    ours, theirs = material.source_language, material.target_language
    judge = Judge(source=ours, target=theirs, voice=Voice(terms, (), ours.code), without=without)
    judge.learn((one.segment, one.draft) for chapter in material.chapters for one in chapter.counterparts if one.draft is not None and one.how == "pair")
    compared = [(one.segment, one.draft) for chapter in material.chapters for one in chapter.counterparts if one.draft is not None and one.how != "extra"]
    deviations: dict[str, list[Finding]] = {}
    for deviation in proofreader.proofread((proofreader.Passage(*pair) for pair in compared), Facts(ours.tag, theirs.tag, terms=tuple(terms))):
        deviations.setdefault(deviation.segment, []).append(deviation.finding)
    for chapter in material.chapters:
        for placed in judge.beside([(one.segment, one.draft) for one in chapter.counterparts if one.draft is not None and one.how != "extra"]):
            deviations.setdefault(placed.segment, []).append(placed.finding)
    found: list[report.ReportFinding] = []
    for chapter in material.chapters:
        for one in chapter.counterparts:
            seen = [*_placed(one)]
            if one.draft is not None and one.how != "extra":
                seen += silence.told((*judge.findings(one.segment, one.draft, judge.terms(one.segment)), *deviations.get(one.segment.id, ())), one.draft.text)
            found += [_reported(one, finding) for finding in seen]
    return found


@dataclass(frozen=True, slots=True)
class _Judged:
    """All findings, a judge's among them in reading order, and what the judge did."""

    found: list[report.ReportFinding]
    done: assessment.Assessed


def _judged(assignment: Assignment, model: Model | None, material: _Material, terms: Sequence[Term], found: Sequence[report.ReportFinding]) -> _Judged | None:
    """What a model as judge sees besides what was found; None where none was asked for."""
    if (not assignment.judge and model is None) or assessor.NAME in assignment.without:
        return None
    if material.alone:
        raise SettingError("A judge compares a translation with its source: --judge needs both files, or --pairs.")
    opened = model or open_model(assignment.judge or "", base_url=assignment.base_url, price=assignment.price, local_only=assignment.local_only, watch=looping)
    ours, theirs = material.source_language, material.target_language
    judge = Judge(source=ours, target=theirs, voice=Voice(terms, (), ours.code))
    suspicious = {one.segment for one in found if one.finding.severity != "info"}
    everything: list[assessment.Candidate] = []
    for chapter in material.chapters:
        rows = [(one.segment, one.draft.target, one.segment.id in suspicious) for one in chapter.counterparts if one.draft is not None and one.how != "extra"]
        everything += assessment.candidates(rows, judge)
    work = Work(material.title, material.names[0] or material.title, "audit", ours.tag, theirs.tag)
    done = assessment.beside(assignment.out, work, assessment.usable(opened, assignment.budget), everything, assessment.Wish(assignment.judge_sample), cap=assignment.budget)
    by_segment = {one.segment.id: one for chapter in material.chapters for one in chapter.counterparts}
    more = [_reported(by_segment[segment], finding) for segment, findings in done.findings.items() for finding in findings]
    order = {segment: place for place, segment in enumerate(by_segment)}
    return _Judged(sorted((*found, *more), key=lambda one: order.get(one.segment, -1)), done)


def _placed(one: Counterpart) -> Iterable[Finding]:
    """What the pairing itself says of a passage."""
    text, words = one.segment.text, quoted(plain(one.segment.source, atoms=True))
    if one.how == "missing":
        yield Finding("missing", "error", f"This passage of the source has no counterpart in the translation: {words}.", source=text)
    elif one.how == "extra":
        yield Finding("extra", "warning", f"This passage of the translation has no counterpart in the source: {words}.", target=text)
    elif one.how == "merged":
        yield Finding("merged", "info", "Several passages of the source are one in the translation; they were checked together.")
    elif one.how == "split":
        yield Finding("split", "info", "One passage of the source is several in the translation; they were checked together.")


def _found_alone(material: _Material, without: frozenset[str]) -> list[report.ReportFinding]:
    """What can be seen in the translation alone."""
    tag = material.target_language.tag
    checks = tuple(check for check in ALL if check.name in ALONE - without)
    facts = Facts(source="und", target=tag)
    rows = [(one, replace(one.segment, source=()), Draft(one.segment.id, one.segment.source)) for chapter in material.chapters for one in chapter.counterparts]
    deviations: dict[str, list[Finding]] = {}
    for deviation in proofreader.proofread((proofreader.Passage(segment, draft) for _, segment, draft in rows), facts, readings=READ_ALONE):
        deviations.setdefault(deviation.segment, []).append(deviation.finding)
    found: list[report.ReportFinding] = []
    for one, segment, draft in rows:
        seen = (*checker.check(Texts(segment, draft), facts, checks=checks), *_foreign(draft, material.target_language), *deviations.get(segment.id, ()))
        found += [_reported(one, finding) for finding in seen]
    return found


def _foreign(draft: Draft, language: Language) -> Iterable[Finding]:
    """A passage that is in another language."""
    stranger = third(flat(draft.target), language.code, language.code)
    if stranger is not None:
        message = f"This is {languages.find(stranger[0]).name}, not {language.name}: {quoted(stranger[1])}."
        yield Finding("language", "error", message, target=stranger[1].strip())


def _reported(one: Counterpart, finding: Finding) -> report.ReportFinding:
    segment, finding = one.segment, replace(finding, message=_MARKER.sub("", finding.message))
    if one.how == "extra":
        return report.ReportFinding(segment.id, segment.document, finding, (), segment.source, segment.kind)
    return report.ReportFinding(segment.id, segment.document, finding, segment.source, one.draft.target if one.draft else None, segment.kind)


def _paired(material: _Material) -> Counter[str]:
    """How many passages were paired how; nothing where there is nothing to pair."""
    if material.alone:
        return Counter()
    counts: Counter[str] = Counter()
    for chapter in material.chapters:
        counts.update(one.by if one.how == "pair" else one.how for one in chapter.counterparts)
    return counts


def _page(assignment: Assignment, material: _Material, found: Sequence[report.ReportFinding], dismissed: tuple[report.Dismissal, ...], summary: report.Assessment | None) -> report.Report:
    seen: dict[str, list[Finding]] = {}
    for one in found:
        seen.setdefault(one.segment, []).append(one.finding)
    chapters = tuple(
        report.Chapter(chapter.name, _heading(chapter), tuple(_passage(one, seen) for one in chapter.counterparts), chapter.kind)
        for chapter in material.chapters
    )
    return report.Report(
        title=material.title or material.names[1],
        work=str(assignment.out) if assignment.out else "",
        source_name=material.names[0],
        source_language=material.source_language,
        target_language=material.target_language,
        making=report.Making(version=__version__, output=material.names[1]),
        coverage=material.coverage,
        chapters=chapters,
        findings=tuple(found),
        checks=(*headings.OF_AN_AUDIT, headings.JUDGE, *headings.CHECKS),
        remarks=tuple(dict.fromkeys(material.remarks)),
        dismissed=dismissed,
        audit=True,
        pairing=tuple(_paired(material).items()) if material.names[1] else (),
        assessment=summary,
        off=tuple(sorted(switches.read(assignment.without, more=OWN_NAMES))),
    )


def _heading(chapter: Chapter) -> str:
    return next((heading(one.segment.source) for one in chapter.counterparts if one.segment.kind == "heading" and one.segment.text.strip()), "")


def _passage(one: Counterpart, seen: dict[str, list[Finding]]) -> report.Passage:
    findings = seen.get(one.segment.id, [])
    return report.Passage(one.segment.id, visible(one.segment.text), report.state_of(findings))
