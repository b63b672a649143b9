"""``dragoman glossary``: what glossary files hold, what is wrong with them, and from one kind of file into another."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.shown import json_option, show, table

if TYPE_CHECKING:
    from translate.document import Term
    from translate.glossary.flaws import Flaw
    from translate.pipeline.running.prescan import Extracted
    from translate.prescan import Candidate

FILE = click.Path(path_type=Path)
from_option = click.option("--from", "from_", default="", metavar="LANG", help="Language of the sources, where the file does not tell it.")
to_option = click.option("--to", "to", default="", metavar="LANG", help="Language of the renderings, where the file does not tell it.")


@click.group("glossary")
def command() -> None:
    """Check, convert, look into and extract glossaries: CSV, TBX, XLSX, ODS, or the wikitext of a page."""


@command.command("check")
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@from_option
@to_option
@json_option
def check(files: tuple[Path, ...], from_: str, to: str, as_json: bool) -> int:
    """Say what is wrong with glossary FILEs, each by itself and as they stack.

    Duplicates, near twins, chains, lines that contradict each other or themselves, words in no dictionary, wrong languages. Exit code 3 where there are errors.
    """
    from translate.errors import FINDINGS_LEFT
    from translate.glossary import examine_files

    flaws = examine_files(files, source=_tag(from_), target=_tag(to))
    errors = sum(one.severity == "error" for one in flaws)
    show({"flaws": [asdict(one) for one in flaws], "errors": errors}, lambda: _flaws(flaws), as_json=as_json)
    return FINDINGS_LEFT if errors else 0


@command.command("convert")
@click.argument("file", type=FILE)
@click.argument("out", type=FILE)
@click.option(
    "--into", type=FILE, metavar="TBX", help="Put the terms into this TBX file and write that as OUT: what was not changed stays, what we do not know too."
)
@from_option
@to_option
@json_option
def convert(file: Path, out: Path, into: Path | None, from_: str, to: str, as_json: bool) -> int:
    """Write what the glossary FILE holds as OUT: .csv, .tbx (TBX-Basic) or .xlsx."""
    from translate import glossary

    one = glossary.read(file, source=_tag(from_), target=_tag(to))
    source, target = _tag(from_) or one.source, _tag(to) or one.target
    if into is not None:
        changed, new = glossary.merge(one.terms, into, out, source=source, target=target)
        told = {"file": str(out), "changed": changed, "new": new}
        show(told, lambda: [f"{changed:,} entries of {into.name} were changed, {new:,} are new: {out}"], as_json=as_json)
        return 0
    glossary.write(one.terms, out, source=source, target=target)
    value = {"file": str(out), "terms": len(one.terms), "kind": one.kind, "from": source, "to": target, "remarks": list(one.remarks)}
    show(value, lambda: [f"{len(one.terms):,} terms were written to {out}.", *one.remarks], as_json=as_json)
    return 0


@command.command("extract")
@click.argument("source", type=FILE)
@to_option
@from_option
@click.option("--glossary", "glossaries", multiple=True, type=FILE, metavar="FILE", help="Renderings that are known; may be given again, the later wins.")
@click.option("--no-memory", is_flag=True, help="Leave out what people settled or approved in earlier works.")
@click.option("--model", "spec", default="", metavar="SPEC", help="Model that judges and translates the candidates, once (needs --to); none where it is left out.")
@click.option("--base-url", metavar="URL", help="Address of an OpenAI-compatible server.")
@click.option("--local-only", is_flag=True, help="Nothing leaves this machine: refuse a model that is elsewhere.")
@click.option("--out", type=FILE, metavar="FILE.csv", help="Write the table here.")
@json_option
def extract(source: Path, to: str, from_: str, glossaries: tuple[Path, ...], spec: str, out: Path | None, as_json: bool, **how: Any) -> int:
    """Read SOURCE, a book or a page, and propose its glossary: terms, names, works, abbreviations, and who speaks to whom.

    With --to, renderings come from the glossaries and from what people settled in earlier works; a model is asked about the rest only.
    The table can be edited in a spreadsheet and given to 'dragoman ledger import'.
    """
    from translate import assembler
    from translate.models import open_model
    from translate.pipeline.running import prescan

    if spec and not to:
        raise click.UsageError("A model needs to know the language to translate into: give --to.")
    found = prescan.extract(source, language=_tag(from_) or None, glossaries=glossaries, to=_tag(to) or None, memory=not how["no_memory"])
    if spec:
        found = prescan.translated(found, open_model(spec, base_url=how["base_url"], local_only=how["local_only"]), language=found.language, to=to)
    if out is not None:
        assembler.write_text(out, prescan.as_table(found.candidates))
    value = {"language": found.language, "requests": found.requests, "answered": found.answered, "rejected": found.rejected, "read": list(found.read), "candidates": [prescan.record(one) for one in found.candidates], "file": str(out) if out else ""}
    show(value, lambda: [*_asked(found), *_candidates(found.candidates, out)], as_json=as_json)
    return 0


def _asked(found: Extracted) -> list[str]:
    """What was read, where that is not all, and what came of asking a model, where one was asked."""
    read, there = found.read
    shared = [f"{read:,} of {there:,} pages were read, chosen evenly: counts are those of this share."] if read < there else []
    if not found.requests:
        return shared
    told = f"The model was asked about {found.asked:,} candidates in {found.requests} requests: {found.answered - found.rejected:,} have a rendering now, {found.rejected:,} are no terms and were left out."
    silent = found.asked - found.answered
    return [*shared, told, *([f"It said nothing that could be used of {silent:,}: they stay without a rendering."] if silent else [])]


def _candidates(candidates: tuple[Candidate, ...], out: Path | None) -> list[str]:
    if out is not None:
        return [f"{len(candidates):,} candidates were written to {out}."]
    rows = [("source", "target", "sort", "count", "")]
    rows += [(one.line.lemma or f"{one.line.speaker or 'anybody'} to {one.line.addressee or 'anybody'}", one.line.target or one.line.address or "-", str(one.line.sort), str(one.count or ""), one.line.expansion or one.line.gender) for one in candidates]
    return [*table(rows), f"{len(candidates):,} candidates. --out FILE.csv writes a table to edit."]


@command.command("show")
@click.argument("term")
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@from_option
@to_option
@json_option
def show_term(term: str, files: tuple[Path, ...], from_: str, to: str, as_json: bool) -> int:
    """Show the lines of the glossary FILEs that speak of TERM, in either language, and which of them wins."""
    from translate import glossary

    found = glossary.speaking_of(term, glossary.load_stack(files, source=_tag(from_), target=_tag(to)))
    value = [{**asdict(one), "place": glossary.place(one)} for one in found]
    show({"terms": value}, lambda: [line for one in found for line in _told(one)] or [f"No line speaks of '{term}'."], as_json=as_json)
    return 0


def _tag(name: str) -> str:
    """The tag as we write it; raises where it is no language."""
    from translate import languages

    return languages.find(name).tag if name else ""


def _flaws(flaws: tuple[Flaw, ...]) -> list[str]:
    lines = [f"{one.line}  {one.severity}  {one.kind}  {one.message}" for one in flaws]
    counts = [sum(one.severity == severity for one in flaws) for severity in ("error", "warning", "info")]
    return [*lines, f"{counts[0]} errors, {counts[1]} warnings, {counts[2]} notes."]


def _told(term: Term) -> list[str]:
    from translate.glossary import place

    rows = [
        ("allowed", ", ".join(term.allowed)),
        ("forbidden", ", ".join(term.forbidden)),
        ("kind", " ".join(filter(None, (term.pos, term.gender, "stays as it is" * term.keep, "capitals matter" * term.case)))),
        ("domain", term.domain),
        ("note", term.note),
        ("example", term.example),
    ]
    return [f"{term.source} = {term.forms[0]}  ({place(term)})", *(f"    {name}: {text}" for name, text in rows if text)]
