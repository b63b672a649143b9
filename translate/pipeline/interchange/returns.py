"""Brings a work back from another tool: what a person changed there becomes her wording here, and nothing else changes.

The file is read to its end before anything is kept: a file that cannot be read changes nothing. Each segment carries a key of both its texts as they went out:
where only the other side has changed, it is taken; where both have, it is shown; where the markers are not the source's, it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from translate.decoder import Encoding, encoding_of, written
from translate.document import Draft, Finding, Marker, Runs, Segment, excerpt, markers, normal, plain
from translate.errors import FINDINGS_LEFT, FINISHED, SettingError, SourceError
from translate.exchange import omegat, sheets, tables, tmx_stream, xliff_back
from translate.exchange.codes import nested
from translate.exchange.outgoing import Returned, mark_of
from translate.exchange.remarks import Remark
from translate.pipeline import memories
from translate.pipeline.interchange.transfer import PROPERTY, notes_of
from translate.pipeline.judge import Judge
from translate.pipeline.known import judge_of
from translate.pipeline.recall import rehung
from translate.pipeline.works import Folder
from translate.prompts import spelling
from translate.prompts.spelling import Spelling
from translate.store import Pair, Store
from translate.store.clock import now
from translate.store.reviewing import Comment

LARGEST = 512 * 1024 * 1024
SPARE = 1000
"""So many more units than the work has segments may a file hold."""
TABLES = (".csv", ".tsv")
FRESH = 5.0
"""Seconds by which OmegaT's memory may be younger than the files that it made of it."""
Prefer = Literal["", "ours", "theirs"]
_Units = dict[str, tuple[Returned, ...]]


@dataclass(frozen=True, slots=True)
class Clash:
    """A segment that was not taken, and why; both wordings as people write them, and the line of the file (0 where it has none)."""

    segment: str
    why: str
    ours: str
    theirs: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """A wording that was taken: ``approved`` where the words are the same and a person stands for them now. ``findings`` are what the checks see in it."""

    segment: str
    wording: str
    approved: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of an import: what was taken, what was not, how many segments were as they are here, how many the file had not, and which ``comments`` are new; ``remarks`` are sentences on how the file was read."""

    taken: tuple[Taken, ...]
    clashes: tuple[Clash, ...]
    unchanged: int
    absent: int
    comments: tuple[Comment, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """As ``errors`` defines them: what was not taken is left to be done."""
        return FINDINGS_LEFT if self.clashes else FINISHED


@dataclass(frozen=True, slots=True)
class _Decision:
    segment: Segment
    runs: Runs
    approved: bool
    who: str


def bring(folder: Folder, path: Path, *, who: str, prefer: Prefer = "", dry: bool = False) -> Brought:
    """Take what was changed in ``path`` (.xlf, .xliff, .tmx, .csv, .tsv, .xlsx, .ods, .docx, .html, or an OmegaT project's folder) as the wording of ``who``, approved.

    ``prefer`` decides where both sides have changed; with ``dry`` nothing is kept.
    Raises ``SourceError`` where the file cannot be read (nothing is changed then), ``SettingError`` where it is of another work.
    """
    with Store.open(folder.store, readonly=dry) as store:
        tags = (store.work.source_language, store.work.target_language)
        there, spell, encoding, told = _read(path, len(store.states()), tags)
        found = _Sorted(judge_of(store), encoding.name)
        for pair in store.pairs():
            found.take(pair, there.pop(pair.segment.id, ()), spell, prefer, store.reviewing.comments)
        if found.absent and found.absent == len(store.states()):
            raise SettingError(f"{path.name} holds no segment of {folder.name}: name the work that it went out from.")
        clashes = (*found.clashes, *(Clash(name, "The work has no such segment.", "", "", many[0].line) for name, many in there.items()))
        taken = found.judged()
        if not dry:
            _keep(store, folder, taken, who, path.name)
        comments = store.reviewing.new(found.comments) if dry else store.reviewing.bring(found.comments, who=who)
    shown = tuple(Taken(one.segment.id, tables.spelt(one.runs, one.segment.source), one.approved, findings) for one, findings in taken)
    return Brought(shown, clashes, found.unchanged, found.absent, comments, tuple(filter(None, [encoding.remark, *told])))


class _Sorted:
    """What is in a file, sorted by what becomes of it."""

    def __init__(self, judge: Judge, encoding: str) -> None:
        self._judge = judge
        self._encoding = encoding
        self._decisions: list[_Decision] = []
        self.clashes: list[Clash] = []
        self.comments: list[Comment] = []
        self.unchanged = self.absent = 0

    def take(self, pair: Pair, back: tuple[Returned, ...], spell: Callable[[Runs], Spelling], prefer: Prefer, comments: Callable[[str], tuple[Comment, ...]]) -> None:
        """Take in what the file has of a segment: nothing, or one or more units."""
        if not back:
            self.absent += 1
            return
        said = dict.fromkeys(remark for one in back for remark in one.remarks)
        if said:  # a tool may have dropped whose our own notes are
            notes = [" ".join(note.text.split()) for note in notes_of(pair, self._judge, comments(pair.segment.id))]
            ours = {*notes, *(written(note, self._encoding) for note in notes)}
            self.comments += [_comment(pair.segment.id, one) for one in said if one.folded not in ours]
        back, lost = _restored(pair, back, self._encoding)
        decided = _decide(pair, back, spell(pair.segment.source), prefer)
        if lost:
            decided = _clash(pair, back[-1], lost, f"Letters of it were lost: the table was saved as {self._encoding}. Save it as 'CSV UTF-8'.")
        if isinstance(decided, Clash):
            self.clashes.append(decided)
        elif decided is None:
            self.unchanged += 1
        else:
            self._decisions.append(decided)

    def judged(self) -> list[tuple[_Decision, tuple[Finding, ...]]]:
        """The wordings that are taken, each with what the checks see in it."""
        judge = self._judge
        return [(one, judge.findings(one.segment, Draft(one.segment.id, one.runs, origin="person"), judge.terms(one.segment))) for one in self._decisions]


def _comment(segment: str, one: Remark) -> Comment:
    return Comment(0, segment, one.at, one.who, one.text, resolved=(one.at or now()) if one.settled else "", resolver=(one.who or "?") if one.settled else "")


def _keep(store: Store, folder: Folder, taken: list[tuple[_Decision, tuple[Finding, ...]]], who: str, name: str) -> None:
    people = dict.fromkeys(one.who or who for one, _ in taken)
    for person in people:
        wordings = [(one.segment.id, one.runs, findings) for one, findings in taken if (one.who or who) == person]
        store.review_all(wordings, who=person, note=f"imported from {name}")
    memories.remember(store, folder)


# --- reading


def _read(path: Path, segments: int, tags: tuple[str, str]) -> tuple[_Units, Callable[[Runs], Spelling], Encoding, tuple[str, ...]]:
    """All units by segment, how their markers are spelt where they are text, the encoding of a table, and what is to be said; of an OmegaT project, with its notes."""
    try:
        project = omegat.project_of(path)
        if project is None:
            return *_read_file(path, segments, tags), ()
        made = project.made if path.is_dir() or path == project.memory or path.name == omegat.MEMORY else (path,)
        if not made:
            raise SettingError(f"{project.targets} holds no XLIFF file: have OmegaT create the translated documents (Ctrl+D), and try again.")
        found = [_read_file(one, segments, tags) for one in made]
        out: _Units = {}
        for units, _, _ in found:
            out |= {name: (*out.get(name, ()), *many) for name, many in units.items()}
        return out, *found[0][1:], tuple(_noted(out, project, made))
    except OSError as error:
        raise SourceError(f"{path} cannot be opened ({error.strerror}): check the path.") from error


def _noted(units: _Units, project: omegat.Project, made: tuple[Path, ...]) -> Iterator[str]:
    """Put the notes of an OmegaT project to the units that they are about; yields what is to be said of that."""
    if not project.memory.is_file():
        return
    if project.memory.stat().st_mtime > max(one.stat().st_mtime for one in made) + FRESH:
        yield f"{project.memory.name} is newer than {made[0].name}: to take what was changed since, have OmegaT create the translated documents (Ctrl+D), and import again."
    notes = tuple(omegat.notes(project.memory))
    places = omegat.Places(unit for one in made for unit in omegat.units(project, one)) if notes else None
    lost = []
    for note in notes:
        name = places.of(note) if places is not None else ""
        if name in units:
            first, *rest = units[name]
            units[name] = (replace(first, remarks=(*first.remarks, note.remark)), *rest)
        else:
            lost.append(note.remark.text)
    if lost:
        yield f"Notes in {project.memory.name} that are about no passage of this work: {len(lost):,} ({' · '.join(excerpt(text, 80) for text in lost[:5])})."


def _read_file(path: Path, segments: int, tags: tuple[str, str]) -> tuple[_Units, Callable[[Runs], Spelling], Encoding]:
    """The same of one file; no more units than the work could have sent. Raises ``OSError`` too."""
    reader, spell = _reader(path)
    if path.stat().st_size > LARGEST:
        raise SourceError(f"{path.name} is larger than {LARGEST:,} bytes: nothing that went out from here is.")
    encoding = encoding_of(path, error=SourceError, tags=tags) if path.suffix.lower() in TABLES else Encoding("utf-8")
    out: _Units = {}
    for number, one in enumerate(reader(path, encoding.name), 1):
        if number > 2 * segments + SPARE:
            raise SourceError(f"{path.name}:{one.line}: it holds more units than this work has segments ({segments:,}): it is another work's, or damaged.")
        out[one.id] = (*out.get(one.id, ()), one)
    return out, spell, encoding


def _reader(path: Path) -> tuple[Callable[[Path, str], Iterator[Returned]], Callable[[Runs], Spelling]]:
    """What reads such a file, in an encoding that only tables need, and how markers are spelt in it."""
    suffix = path.suffix.lower()
    readers: dict[str, Callable[[Path, str], Iterator[Returned]]] = {
        ".xlf": lambda path, _: xliff_back.read(path),
        ".xliff": lambda path, _: xliff_back.read(path),
        ".tmx": lambda path, _: _from_tmx(path),
        ".csv": lambda path, encoding: tables.read(path, comma=True, encoding=encoding),
        ".tsv": lambda path, encoding: tables.read(path, comma=False, encoding=encoding),
        ".xlsx": lambda path, _: tables.read_sheet(path),
        ".ods": lambda path, _: tables.read_sheet(path),
        ".docx": lambda path, _: sheets.read_docx(path),
        ".html": lambda path, _: sheets.read_html(path),
        ".htm": lambda path, _: sheets.read_html(path),
    }
    if suffix not in readers:
        raise SettingError(f"{path.name} is none of .xlf, .xliff, .tmx, .csv, .tsv, .xlsx, .ods, .docx, .html, and no OmegaT project: give the file that went out, as it was saved.")
    chosen = suffix in (".docx", ".html", ".htm")
    return readers[suffix], sheets.chosen if chosen else lambda source: spelling.choose(run for run in source if isinstance(run, str))


def _from_tmx(path: Path) -> Iterator[Returned]:
    for one in tmx_stream.read(path):
        facts = dict(one.properties)
        said = tuple(Remark(aside.text.strip()) for aside in one.asides if aside.sort == "note" and aside.of != "source" and aside.text.strip())
        yield Returned(one.id, one.target, facts.get(f"{PROPERTY}key", ""), who=one.who, remarks=said)


# --- deciding


def _restored(pair: Pair, back: tuple[Returned, ...], encoding: str) -> tuple[tuple[Returned, ...], Runs]:
    """The units with our letters where a spreadsheet had none for them, and nothing else is changed; and the first wording in which such letters may be lost for good."""
    ours = tables.spelt(pair.draft.target, pair.segment.source) if pair.draft is not None and pair.status != "pending" else ""
    lossy = written(ours, encoding)
    if lossy == ours:
        return back, ()
    out = tuple(replace(one, target=ours) if one.target == lossy else one for one in back)
    lost = next((one.target for one in out if isinstance(one.target, str) and one.target != ours and "?" in one.target), "")
    return out, (lost,) if lost else ()


def _decide(pair: Pair, back: tuple[Returned, ...], spelt: Spelling, prefer: Prefer) -> _Decision | Clash | None:
    """What becomes of a segment: taken, shown, or left as it is."""
    segment = pair.segment
    ours = pair.draft.target if pair.draft is not None and pair.status != "pending" else ()
    texts = {_runs(one, segment, spelt)[0] for one in back}
    one = back[-1]
    theirs, strays = _runs(one, segment, spelt)
    if len({mark_of(text) for text in texts}) > 1:
        return _clash(pair, one, theirs, "The file has it more than once, with different words.")
    sent, source = one.key.rpartition("-")[2], one.key.partition("-")[0]
    same = mark_of(theirs) == mark_of(ours)
    if not ours and mark_of(theirs) == mark_of(segment.source):
        return None
    if same or not plain(theirs, atoms=True).strip() or mark_of(theirs) == sent:
        return _same(pair, one, ours) if same else None
    if source and source != mark_of(segment.source) and prefer != "theirs":
        return _clash(pair, one, theirs, "The source has changed since it went out.")
    changed = sent != mark_of(ours) if sent else pair.status == "approved"
    if changed and prefer != "theirs":
        return None if prefer == "ours" else _clash(pair, one, theirs, "Both sides have changed since it went out.")
    broken = _broken(theirs, segment.source, strays)
    if broken:
        return _clash(pair, one, theirs, broken)
    return _Decision(segment, edged(rehung(theirs, segment.source), segment.source), approved=False, who=one.who)


def _same(pair: Pair, one: Returned, ours: Runs) -> _Decision | Clash | None:
    """The words are the same: perhaps a person stands for them now, or does not any more."""
    if one.says == "approved" and pair.status in ("accepted", "flagged") and not _broken(ours, pair.segment.source, ()):
        return _Decision(pair.segment, ours, approved=True, who=one.who)
    if one.says == "work" and pair.status == "approved" and not pair.state.outdated:
        return _clash(pair, one, ours, "The other tool says that it needs work.")
    return None


def _clash(pair: Pair, one: Returned, theirs: Runs, why: str) -> Clash:
    source = pair.segment.source
    return Clash(pair.segment.id, why, tables.spelt(pair.draft.target if pair.draft else (), source), tables.spelt(theirs, source), one.line)


def _runs(one: Returned, segment: Segment, spelt: Spelling) -> tuple[Runs, tuple[str, ...]]:
    if isinstance(one.target, str):
        return spelling.read(one.target, spelt, segment.source)
    return one.target or (), ()


def _broken(target: Runs, source: Runs, strays: tuple[str, ...]) -> str:
    """What is wrong with the markers of a wording, as a sentence; "" where nothing is."""
    wanted, found = _signs(source), _signs(target)
    if wanted == found and not strays and (nested(target) or not nested(source)):
        return ""
    lost = " ".join(sign for sign in wanted if sign not in found) or "none"
    more = " ".join([*(sign for sign in found if sign not in wanted), *strays]) or "none"
    return f"Its formatting is not that of the source (missing: {lost}; too many: {more}{'' if nested(target) else '; not well nested'})."


def _signs(runs: Runs) -> list[str]:
    return sorted(spelling.PLAIN.marker(marker) for marker in markers(runs))


def edged(target: Runs, source: Runs) -> Runs:
    """The wording with the source's white space at its edges, which other tools do not keep."""
    out: list[str | Marker] = list(target)
    for place in (0, -1):
        edge = _edge(source, place)
        run = out[place] if out else ""
        bare = (run.lstrip() if place == 0 else run.rstrip()) if isinstance(run, str) else ""
        if isinstance(run, str) and out:
            out[place] = edge + bare if place == 0 else bare + edge
        elif edge:
            out.insert(0 if place == 0 else len(out), edge)
    return normal(out)


def _edge(source: Runs, place: int) -> str:
    run = source[place] if source else ""
    if not isinstance(run, str) or not run.strip():
        return ""
    return run[: len(run) - len(run.lstrip())] if place == 0 else run[len(run.rstrip()) :]
