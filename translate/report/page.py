"""report.html: one page that a person reads who does not program, with nothing loaded from elsewhere.

The template escapes all it is given. The policy in the page names the hashes of our own style and script, so that nothing else could run even if markup got through.
"""

from __future__ import annotations

import base64
import hashlib
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from translate.document import SEVERITIES, Severity
from translate.report import picture
from translate.report.passage import Piece, clean, pieces, place_of
from translate.report.values import STATES, Chapter, Counts, Report, ReportFinding, count, severities
from translate.report.words import load
from translate.spoken.said import called, check_says, reason, said
from translate.spoken.words import LANGUAGES, Words, duration, time

if TYPE_CHECKING:
    from jinja2 import Template

SHOWN = 1500
"""About how many findings a page holds; all of them are in report.json."""
EACH = (25, 300)
"""At least and at most so many of one kind."""
LINES = 150
"""So many glossary lines are shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as the page shows it. ``chapter`` is the number of its chapter, -1 for the whole work; ``message`` is told in the language of the page."""

    anchor: str
    found: ReportFinding
    message: str
    chapter: int
    source: tuple[Piece, ...]
    target: tuple[Piece, ...] | None
    command: str


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one check: what it says, how many of each severity, those that are shown by chapter, and how many more there are."""

    check: str
    says: str
    counts: Counter[Severity]
    chapters: tuple[tuple[int, tuple[Shown, ...]], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Link:
    """A doubtful bar of the picture: where it leads (empty: nowhere on this page) and what it says."""

    bar: picture.Bar
    anchor: str
    label: str


def render(report: Report, *, language: str = "en") -> str:
    """The page as HTML, complete, in the page language ``language``.

    Raises ``SettingError`` where the page does not speak it.
    """
    from markupsafe import Markup

    words = load(language)
    template, style, script = page()
    groups = group(report, language)
    anchors = {shown.found.segment: shown.anchor for shown in reversed([shown for part in groups for _, many in part.chapters for shown in many])}
    drawn = picture.draw(report.chapters)
    return template.render(
        report=report,
        t=words,
        style=Markup(style),
        script=Markup(script),
        policy=policy(style, script),
        lede=lede(report.counts, words),
        groups=groups,
        drawn=drawn,
        strips=[(strip, name_of(strip, words), tuple(link(bar, anchors, words) for bar in strip.bars)) for strip in drawn.strips],
        by_chapter=by_chapter(report),
        glossary=sorted(report.glossary, key=lambda line: (-line.broken, -line.used, line.source)),
        lines=LINES,
        STATES=STATES,
        SEVERITIES=SEVERITIES,
        heights=picture.HEIGHTS,
        clean=clean,
        title_of=title_of,
        counted=counted,
        states_of=states_of,
        pieces=pieces,
        time=time,
        duration=duration,
        quote=shlex.quote,
        tell=partial(said, language=language),
        why=partial(reason, language=language),
        called=partial(called, spoken=language),
    )


def everywhere(report: Report) -> Iterator[tuple[str, str]]:
    """The page in each language that our pages speak, with the end of its file's name: ".html" for the first of them, ".de.html" for another."""
    for language in LANGUAGES:
        yield ending(language), render(report, language=language)


def ending(language: str) -> str:
    """How the name of the report in a page language ends."""
    return ".html" if language == next(iter(LANGUAGES)) else f".{language}.html"


@cache
def page() -> tuple[Template, str, str]:
    """The template, the style and the script of the page."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("translate"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    style, script = (files("translate").joinpath("templates", name).read_text("utf-8") for name in ("report.css", "report.js"))
    return environment.get_template("report.html"), style, script


def policy(style: str, script: str) -> str:
    """The content security policy: nothing is loaded, and only this style and this script run."""
    hashes = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script))
    return "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; form-action 'none'".format(*hashes)


def lede(counts: Counts, words: Words) -> str:
    """The one sentence on top: it names every state that occurs, and the numbers in it add up."""
    if not counts.total:
        return words("lede_nothing")
    if counts.accepted == counts.total:
        return words("lede_all", n=counts.total)
    parts = [words("lede_accepted", n=counts.accepted, total=counts.total)]
    others = {"lede_approved": counts.approved, "lede_flagged": counts.flagged, "lede_pending": counts.pending}
    parts += [words(key, n=number) for key, number in others.items() if number]
    return "; ".join(parts) + "."


def group(report: Report, language: str) -> tuple[Group, ...]:
    """The findings by check, the gravest and largest groups first, each in reading order by chapter."""
    order = {passage.segment: at for at, passage in enumerate(passage for chapter in report.chapters for passage in chapter.passages)}
    chapters = chapter_numbers(report.chapters)
    kinds: dict[str, list[ReportFinding]] = {}
    for found in report.findings:
        kinds.setdefault(found.finding.check, []).append(found)
    says = {check.name: check_says(check.name, check.says, language).rstrip(".") for check in report.checks}
    ranked = sorted(kinds.items(), key=lambda kind: tuple(-severities(kind[1])[severity] for severity in SEVERITIES))
    most = min(EACH[1], max(EACH[0], SHOWN // max(1, len(ranked))))
    groups = []
    for number, (check, findings) in enumerate(ranked, 1):
        gravest = sorted(findings, key=lambda found: SEVERITIES.index(found.finding.severity))[:most]
        gravest.sort(key=lambda found: order.get(found.segment, len(order)))
        shown = [show(found, f"f{number}-{at}", chapter_of(found, chapters), report, language) for at, found in enumerate(gravest, 1)]
        parts = tuple((chapter, tuple(many)) for chapter, many in groupby(sorted(shown, key=lambda one: one.chapter), key=lambda one: one.chapter))
        groups.append(Group(check, says.get(check, check), severities(findings), parts, len(findings) - len(shown)))
    return tuple(groups)


def show(found: ReportFinding, anchor: str, chapter: int, report: Report, language: str) -> Shown:
    """One finding with its texts in pieces and the command that mends it, or in an audit dismisses it."""
    finding = found.finding
    span = finding.span or place_of(finding.target, found.target or ())
    target = None if found.target is None else pieces(found.target, span)
    words = ["dismiss", report.work, found.segment, "--check", finding.check, "--reason", "…"] if report.audit else ["correct", report.work, found.segment]
    command = shlex.join(["dragoman", *words]) if found.segment and report.work else ""
    return Shown(anchor, found, clean(said(finding.message, language)), chapter, pieces(found.source, place_of(finding.source, found.source)), target, clean(command))


def chapter_numbers(chapters: Iterable[Chapter]) -> dict[tuple[str, str], int]:
    """The number of the chapter by segment and, for findings without one, by document."""
    numbers: dict[tuple[str, str], int] = {}
    for number, chapter in enumerate(chapters):
        numbers.setdefault(("document", chapter.name), number)
        numbers.update({("segment", passage.segment): number for passage in chapter.passages})
    return numbers


def chapter_of(found: ReportFinding, numbers: dict[tuple[str, str], int]) -> int:
    """The number of a finding's chapter, or -1 for the whole work."""
    return numbers.get(("segment", found.segment), numbers.get(("document", found.document), -1))


def by_chapter(report: Report) -> list[tuple[int, Chapter, Counts, Counter[Severity]]]:
    """Each chapter with something to look at: its number, its passages by state and its findings by severity."""
    numbers = chapter_numbers(report.chapters)
    found: dict[int, list[ReportFinding]] = {}
    for finding in report.findings:
        found.setdefault(chapter_of(finding, numbers), []).append(finding)
    rows = ((number, chapter, chapter.counts, severities(found.get(number, ()))) for number, chapter in enumerate(report.chapters))
    return [row for row in rows if row[2].pending or row[3]]


def title_of(chapter: Chapter, words: Words) -> str:
    """What a chapter is called on the page."""
    if chapter.title.strip() or chapter.kind == "content":
        return clean(chapter.title.strip() or chapter.name)
    return words(f"document_{chapter.kind}", name=clean(chapter.name))


def name_of(strip: picture.Strip, words: Words) -> str:
    """What one row of the picture is called."""
    first, last = strip.chapters[0], strip.chapters[-1]
    return title_of(first, words) if first is last else words("chapters_merged", first=title_of(first, words), last=title_of(last, words))


def counted(counts: Counts, words: Words) -> str:
    """What there is to look at, in words: "2 errors, 1 warning"."""
    numbers = {"count_errors": counts.error, "count_warnings": counts.warning, "count_pending": counts.pending}
    return ", ".join(words(key, n=number) for key, number in numbers.items() if number) or words("count_fine")


def states_of(strip: picture.Strip) -> Counts:
    """How the passages of one row stand."""
    return count(passage for chapter in strip.chapters for passage in chapter.passages)


def link(bar: picture.Bar, anchors: dict[str, str], words: Words) -> Link:
    """Where a doubtful bar leads: to the first of its passages whose finding is on the page."""
    if sum(number for _, number in bar.passages) == 1:
        label = words(f"state_{bar.state}")
    else:
        label = ", ".join(f"{words.number(number)} {words(f'state_{state}')}" for state, number in bar.passages)
    return Link(bar, next((anchors[segment] for segment in bar.segments if segment in anchors), ""), label)
