"""``dragoman check``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.shown import json_option, report_line, show

if TYPE_CHECKING:
    from translate.pipeline.audit import Audited
    from translate.report import ReportFinding

SHOWN = 300
"""Characters of a passage that the list shows."""

FEW = 3
"""A check with more notes than this is told once, with their number."""

HOW = {
    "address": "{} found at the same address",
    "length": "{} by their lengths",
    "merged": "{} merged with others",
    "split": "{} cut in several",
    "missing": "{} without a counterpart",
    "extra": "{} only in the translation",
}


@click.command("check")
@click.argument("source", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("target", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--pairs",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Check the pairs of a .tsv (two columns), .tmx, .xlf or .xliff file.",
)
@click.option("--target-only", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE", help="Check a translation whose source is lost.")
@click.option("--from", "from_", metavar="LANG", help="Language of the source, where the file says it wrongly or not at all.")
@click.option("--to", "to", metavar="LANG", help="Language of the translation, where the file says it wrongly or not at all.")
@click.option(
    "--glossary",
    "glossaries",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Glossary (CSV, TBX, XLSX, ODS or wikitext); may be given again, the later wins.",
)
@click.option("--without", multiple=True, metavar="CHECK", help="Switch a check off; may be given again.")
@click.option("--judge", metavar="SPEC", help="Have a model read suspicious passages and a sample of the rest, and name errors of meaning.")
@click.option("--judge-sample", type=click.FloatRange(0, 100), default=5.0, show_default=True, metavar="PERCENT", help="How many of the other passages the judge reads.")
@click.option("--base-url", metavar="URL", help="Address of the judge's server (else OPENAI_BASE_URL). The key comes from OPENAI_API_KEY.")
@click.option("--budget", type=click.FloatRange(min=0), metavar="AMOUNT", help="Most money to spend on judging; never passed.")
@click.option("--price", metavar="P/C/A", help="Price of the judge per million tokens: prompt/cached prompt/answer.")
@click.option("--local-only", is_flag=True, help="Nothing leaves this machine: refuse a judge that is elsewhere.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Write report.html and report.json into this folder.")
@click.option(
    "--dismissals",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="Findings that were dismissed (else dismissals.json in --out).",
)
@click.option("--notes", is_flag=True, help="List every note, also where a check has many alike.")
@json_option
def command(pairs: Path | None, target_only: Path | None, as_json: bool, notes: bool, source: Path | None, target: Path | None, **options: Any) -> int:
    """Audit a translation that anybody made: TARGET beside SOURCE, pairs, or a translation alone.

    SOURCE and TARGET are two EPUBs, or two HTML, Markdown, wiki or text files. Nothing is changed, and no model is asked but the one that --judge names; what it answers is kept in --out and not paid for twice.
    """
    from translate.pipeline.audit import Assignment, audit

    given = (source is not None, pairs is not None, target_only is not None)
    if sum(given) != 1 or (source is not None) != (target is not None):
        raise click.UsageError("Give SOURCE and TARGET, or --pairs FILE, or --target-only FILE.")
    audited = audit(Assignment(source=source, target=target or target_only, pairs=pairs, **options))
    show(_value(audited), lambda: _lines(audited, notes=notes), as_json=as_json)
    if audited.error is not None:
        click.echo(f"Error: {audited.error}", err=True)
    return audited.exit_code


def _value(audited: Audited) -> dict[str, object]:
    from translate import report

    page = audited.page
    return {
        "findings": [report.finding_record(found) for found in page.findings],
        "segments": page.counts.total,
        "paired": dict(audited.paired),
        "from": page.source_language.tag,
        "to": page.target_language.tag,
        "dismissed": [report.dismissal_record(past) for past in page.dismissed],
        "without": list(page.off),
        "judge": report.assessment_record(page.assessment) if page.assessment else None,
        "remarks": list(page.remarks),
        "report": f"{page.work}/report.html" if page.work else None,
        "exit_code": audited.exit_code,
    }


def _listed(findings: Sequence[ReportFinding], *, notes: bool) -> Iterator[str]:
    """Every error and warning, those of one passage together; of a check with many notes (a habit of the whole translation) the first, and how many there are."""
    many = {check: times for check, times in Counter(found.finding.check for found in findings if found.finding.severity == "info").items() if times > FEW and not notes}
    told: set[str] = set()
    for _, passage in groupby(findings, key=lambda found: found.segment):
        shown: list[ReportFinding] = []
        for found in passage:
            finding = found.finding
            alike = many.get(finding.check, 0) if finding.severity == "info" else 0
            if alike and finding.check in told:
                continue
            told |= {finding.check} if alike else set()
            shown.append(found)
            yield f"{found.segment}  {finding.severity}  {finding.check}" + (f"  (one of {alike:,}; --notes lists them all)" if alike else "")
            yield f"    {finding.message}"
        yield from _texts(shown)


def _texts(found: Sequence[ReportFinding]) -> Iterator[str]:
    """Both texts of a passage, once, cut to where its first finding is."""
    from translate.document import plain

    if not found:
        return
    for side, runs, words in (("source", found[0].source, found[0].finding.source), ("target", found[0].target, found[0].finding.target)):
        if runs:
            yield f"    {side}: {_cut(' '.join(plain(runs).split()), words)}"


def _cut(text: str, words: str) -> str:
    """At most ``SHOWN`` characters of ``text``: those around ``words`` where they stand in it, else its beginning and its end."""
    from translate.document import excerpt

    at = text.find(" ".join(words.split())) if words else -1
    if at < 0 or len(text) <= SHOWN:
        return excerpt(text, SHOWN, middle=True)
    begin = max(0, min(at + len(words) // 2 - SHOWN // 2, len(text) - SHOWN))
    end = min(len(text), begin + SHOWN)
    return f"{'… ' if begin else ''}{text[begin:end].strip()}{' …' if end < len(text) else ''}"


def _many(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _lines(audited: Audited, *, notes: bool) -> list[str]:
    from translate.pipeline.works import Folder
    from translate.report import severities

    page = audited.page
    lines = list(_listed(page.findings, notes=notes))
    left, stale = severities(page.findings), sum(past.stale for past in page.dismissed)
    given = not page.making.output  # a file of pairs
    how = ", ".join(HOW[name].format(f"{number:,}") for name, number in audited.paired if not (given and name == "address"))
    lines.append(_many(page.counts.total, "pair" if given else "passage") + (f": {how}." if how else "."))
    lines.append(f"{_many(left['error'], 'error')}, {_many(left['warning'], 'warning')}, {_many(left['info'], 'note')}.")
    if page.assessment:
        judged = page.assessment
        lines.append(f"{judged.model} read {judged.read:,} passages and named {judged.kept:,} errors; of {judged.planted} planted in copies it found {judged.found}.")
    if page.dismissed:
        lines.append(f"{len(page.dismissed) - stale:,} findings were dismissed" + (f"; {stale:,} dismissals hold no more." if stale else "."))
    lines += [f"Note: {remark}" for remark in page.remarks[:5]]
    return [*lines, *([report_line(Folder(Path(page.work)))] if page.work else [])]
