"""Takes a work to another tool: as XLIFF, TMX, a table, or a sheet for a word processor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from translate import glossary, ledger
from translate.document import Term
from translate.errors import GlossaryError, SettingError
from translate.exchange import sheets, tables, tmx_stream, xliff_out
from translate.exchange.outgoing import Errand, Note, Outgoing, State, key_of
from translate.exchange.tmx_stream import Pairing
from translate.pipeline import known
from translate.pipeline.judge import Judge
from translate.pipeline.works import Folder
from translate.store import Pair, Store
from translate.store.reviewing import Comment

FORMATS = {"xliff": ".xlf", "tmx": ".tmx", "csv": ".csv", "tsv": ".tsv", "docx": ".docx", "html": ".html", "tbx": ".tbx"}
"""The formats, with the suffix of their files."""
PROPERTY = "x-dragoman:"


@dataclass(frozen=True, slots=True)
class Exported:
    """The file, and how many segments (in a TBX, terms) are in it."""

    path: Path
    segments: int


def export(folder: Folder, *, form: str, version: str = "1.2", path: Path | None = None, only: str = "") -> Exported:
    """Write the work's segments with their states, findings and terms; ``path`` is by default in the work's folder, ``only`` a state.

    ``version`` is that of XLIFF. A TMX holds what is translated, a TBX the terms that hold for the work. Raises ``SettingError`` where the file cannot be written.
    """
    with Store.open(folder.store, readonly=True) as store:
        work = store.work
        path = path or folder.path / f"{folder.name}.exchange{FORMATS[form]}"
        errand = Errand(work.title, work.source_language, work.target_language, (one for one in outgoing(store) if only in ("", one.state)))
        new = path.with_name(f"{path.name}.new{path.suffix if form == 'tbx' else ''}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            count = _terms_written(new, store) if form == "tbx" else _written(new, errand, form, version)
            new.replace(path)
        except (OSError, GlossaryError) as error:
            with suppress(OSError):
                new.unlink()
            why = getattr(error, "strerror", None) or error
            raise SettingError(f"{path} cannot be written ({why}): choose another file with --out.") from error
    return Exported(path, count)


def _written(path: Path, errand: Errand, form: str, version: str) -> int:
    if form == "xliff":
        return xliff_out.write(path, errand, version=version)
    if form == "tmx":
        return tmx_stream.write(path, _pairings(errand), source_language=errand.source_language)
    if form in ("csv", "tsv"):
        return tables.write(path, errand, comma=form == "csv")
    return sheets.write_docx(path, errand) if form == "docx" else sheets.write_html(path, errand)


def _terms_written(path: Path, store: Store) -> int:
    """Write the terms that hold for the whole work as TBX: its glossaries, and what its ledger settled or proposes."""
    work = store.work
    held = [replace(term, over=()) for term in ledger.stacked(known.terms(store), (one for one in store.ledger() if not one.line.scope)) if term.target or term.keep]
    glossary.write(held, path, source=work.source_language, target=work.target_language)
    return len(held)


def _pairings(errand: Errand) -> Iterator[Pairing]:
    for one in errand.segments:
        if one.target:
            facts = (("key", one.key), ("state", one.state), ("document", one.document))
            properties = tuple((f"{PROPERTY}{name}", text) for name, text in facts)
            yield Pairing(one.id, one.source, one.target, errand.source_language, errand.target_language, properties=properties)


def outgoing(store: Store) -> Iterator[Outgoing]:
    """Every segment of the work as it goes out, in reading order; memory stays flat."""
    judge, talked = known.judge_of(store), frozenset(store.reviewing.commented())
    for pair in store.pairs():
        target = pair.draft.target if pair.draft is not None and pair.status != "pending" else ()
        segment = pair.segment
        notes = tuple(notes_of(pair, judge, store.reviewing.comments(segment.id) if segment.id in talked else ()))
        yield Outgoing(segment.id, segment.document, segment.kind, state_of(pair), segment.source, target, key_of(segment.source, target), notes)


def state_of(pair: Pair) -> State:
    """What another tool is told of the state of a segment."""
    if pair.state.outdated:
        return "flagged"
    return "machine" if pair.status == "accepted" else pair.status


def notes_of(pair: Pair, judge: Judge, comments: Sequence[Comment]) -> Iterator[Note]:
    """What a translator is told beside a segment: where it stands, what was found, its terms, and what people said of it and nobody has settled."""
    if pair.segment.trail:
        yield Note("place", " › ".join(pair.segment.trail))
    for finding in pair.findings:
        if finding.severity != "info":
            yield Note("finding", finding.message, grave=finding.severity == "error")
    for term in judge.terms(pair.segment):
        yield Note("term", _told(term))
    for comment in comments:
        if not comment.resolved:
            yield Note("comment", f"{comment.who}: {comment.text}")


def _told(term: Term) -> str:
    forbidden = f" (not: {', '.join(term.forbidden)})" if term.forbidden else ""
    return f"{term.source} = {' / '.join(term.forms)}{forbidden}{f'. {term.note}' if term.note else ''}"
