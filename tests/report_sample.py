"""A report as a run of the demonstration leaves it, hostile ones, and a reader of pages, for the tests of the report."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

from translate import languages
from translate.document import Finding, Marker, Runs, Severity, plain
from translate.report import (
    Chapter,
    Check,
    Counts,
    Coverage,
    Dismissal,
    GlossaryLine,
    Making,
    ModelUse,
    Passage,
    Report,
    ReportFinding,
    SkipLine,
    Spending,
    Verdict,
)

EM, END = Marker("open", 1, "em"), Marker("close", 1, "em")
NOTE, CODE = Marker("atom", 2, "a", "12"), Marker("atom", 3, "code", "lp -d casedemo")

SAMPLE_CHECKS = (
    Check("numbers", "A figure of the source is missing from the translation, or a new one is there"),
    Check("terms", "A glossary term is not rendered as the glossary says"),
    Check("left", "A passage is still in the source language"),
    Check("length", "The translation is much longer or shorter than usual in this work"),
)

# Source, target, check, severity, message, source words, target words.
SAMPLE_FINDINGS: tuple[tuple[Runs, Runs | None, str, Severity, str, str, str], ...] = (
    (
        ("The press was sold in 1984, and the men who had run it for eleven years were told on a ", EM, "Friday", END, "."),
        ("Die Presse wurde im Jahr 194 verkauft, und die Männer, die sie elf Jahre lang bedient hatten, erfuhren es an einem ", EM, "Freitag", END, "."),
        "numbers",
        "error",
        "1984 is in the source and not in the translation, which has 194 instead.",
        "1984",
        "194",
    ),
    (
        ("The foreman had a word for it", NOTE, ", surplus labour, and he used it only when the owners were out of the room."),
        ("Der Vorarbeiter hatte dafür ein Wort", NOTE, ", überflüssige Arbeit, und er benutzte es nur, wenn die Besitzer nicht im Raum waren."),
        "terms",
        "warning",
        "The glossary wants “Mehrarbeit” for “surplus labour”; the translation has another word.",
        "surplus labour",
        "überflüssige Arbeit",
    ),
    (
        ("Nobody had locked the gate.",),
        ("Nobody had locked the gate.",),
        "left",
        "error",
        "The passage stands in the translation as it is in the source.",
        "",
        "Nobody had locked the gate.",
    ),
    (
        ("Type ", CODE, " and wait for the lamp."),
        ("Geben Sie ", CODE, " ein und warten Sie, warten Sie, bis die Lampe angeht, und dann noch ein wenig länger, bis sie wieder ausgeht."),
        "length",
        "info",
        "The translation is 2.9 times as long as the source; in this work 1.2 times is usual.",
        "",
        "",
    ),
)
SAMPLE_TITLES = ("The Night Shift", "The Gate", "The Case", "The Sum", "The Machine", "The Bell", "The Morning")


def chapters(titles: tuple[str, ...], each: int, *, seed: int = 25) -> tuple[Chapter, ...]:
    """Chapters of about ``each`` passages of life-like lengths and states."""
    dice = random.Random(seed)
    made = []
    for number, title in enumerate(titles):
        states = dice.choices(("accepted", "approved", "warning", "error", "pending"), (88, 4, 4, 2, 2), k=max(2, round(each * dice.uniform(0.4, 1.5))))
        passages = (Passage(f"{number}.{at}", dice.choice((14, 60, 180, 260, 340, 520)), state) for at, state in enumerate(states))
        made.append(Chapter(f"text/{number}.xhtml", title, tuple(passages)))
    return tuple(made)


def findings_for(made: tuple[Chapter, ...]) -> tuple[ReportFinding, ...]:
    """A finding for every doubtful passage, out of the samples in turn."""
    found = []
    for chapter in made:
        for passage in chapter.passages:
            if passage.state in ("warning", "error"):
                fitting = [sample for sample in SAMPLE_FINDINGS if sample[3] == passage.state]
                found.append(finding(*fitting[len(found) % len(fitting)], segment=passage.segment, document=chapter.name))
    return tuple(found)


def finding(
    source: Runs, target: Runs | None, check: str, severity: Severity, message: str, source_words: str, target_words: str, *, segment: str, document: str
) -> ReportFinding:
    start = plain(target).find(target_words) if target and target_words else -1
    span = (start, start + len(target_words)) if start >= 0 else None
    return ReportFinding(segment, document, Finding(check, severity, message, source_words, target_words, span), source, target)


def sample(titles: tuple[str, ...] = SAMPLE_TITLES, each: int = 12, *, source: str = "en", target: str = "de") -> Report:
    """A report as a run of the demonstration leaves it."""
    made = chapters(titles, each)
    length = sum(passage.length for chapter in made for passage in chapter.passages)
    found = findings_for(made)
    quiet = next(passage.segment for passage in made[-1].passages if passage.state == "accepted")
    return Report(
        title="The Night Shift",
        work="output/the-night-shift.de",
        source_name="books/the-night-shift.epub",
        source_language=languages.find(source),
        target_language=languages.find(target),
        making=Making(
            models=(
                ModelUse(
                    "gemma-3-270m Q4_K_M",
                    "embedded",
                    True,
                    length // 300,
                    "Gemma 3 270M is a very small base model that follows examples; expect clumsy sentences and invented details.",
                    demonstration=True,
                ),
            ),
            prompts=("translate 1f3c9a2b", "mend 77d0e1c4"),
            started=datetime(2026, 11, 22, 1, 10, tzinfo=UTC),
            finished=datetime(2026, 11, 22, 1, 14, 20, tzinfo=UTC),
            version="0.1.0",
            output="output/the-night-shift.de/the-night-shift.de.epub",
        ),
        coverage=Coverage(
            length + 412 + 96 + 230,
            length,
            412,
            96,
            (SkipLine("preformatted text", 3, 180, ("lp -d casedemo sum.txt", "1 2 3 4 5")), SkipLine("another language: fr", 1, 50, ("Le temps perdu",))),
        ),
        spending=Spending(131, 48210, 30122, 9120, 0.0, "", True, 0.124, 260.0, True),
        chapters=made,
        findings=(*found, finding(*SAMPLE_FINDINGS[3], segment=quiet, document=made[-1].name)),
        checks=SAMPLE_CHECKS,
        remarks=(
            "text/4-the-machine.xhtml is tag soup and was read by the forgiving parser: its tags are written anew where a sentence changed.",
            "The identifier stays as it is, since a font in the book is keyed by it.",
        ),
        verdict=Verdict("EPUBCheck 4.2.6", (0, 2), (0, 2)),
        glossary=(GlossaryLine("surplus labour", "Mehrarbeit", "en-de.csv:12", 4, 1), GlossaryLine("compositor", "Setzer", "en-de.csv:31", 9)),
        dismissed=(Dismissal("2.3", Finding("numbers", "warning", "12 is in the source and not in the translation."), "Ida", stale=True),),
    )


class Reader(HTMLParser):
    """What a browser would make of the page: elements with their attributes, and the text by element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        """All text, white space folded."""
        return " ".join("".join(self.texts).split())

    def all(self, name: str) -> list[dict[str, str]]:
        """The attributes of every element of this name."""
        return [attributes for tag, attributes in self.elements if tag == name]

    def values(self, attribute: str) -> list[str]:
        """Every value of this attribute."""
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]


def states(counts: Counts) -> Report:
    """A report whose passages stand so."""
    passages = [Passage(f"{state}{at}", 10, state) for state in ("accepted", "approved", "warning", "error", "pending") for at in range(getattr(counts, state))]
    return replace(sample(), chapters=(Chapter("one.xhtml", "One", tuple(passages)),))


def with_texts(text: str) -> Report:
    """A report in which every text that comes from outside is this one."""
    english = languages.find("en")
    hostile = Finding(text, "error", text, text, text, (0, len(text)))
    return Report(
        title=text,
        work=text,
        source_name=text,
        source_language=english,
        target_language=languages.find("de"),
        making=Making((ModelUse(text, text, False, 1, text, True),), (text,), output=text, version="0.1.0"),
        coverage=Coverage(3, 1, 1, 0, (SkipLine(text, 1, 1, (text,)),)),
        chapters=(Chapter(text, text, (Passage(text, 1, "error"),)), Chapter("two", text, ())),
        findings=(ReportFinding(text, text, hostile, (text, Marker("atom", 1, text, text)), (text,)),),
        checks=(Check(text, text),),
        remarks=(text,),
        verdict=Verdict(text, (0, 0), (1, 0), (text,)),
        glossary=(GlossaryLine(text, text, text, 1, 1),),
        dismissed=(Dismissal(text, hostile, text, True),),
    )
