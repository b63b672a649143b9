"""The report: its numbers add up, hostile text stays text, and a browser shows it whole without asking for anything."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate import languages
from translate.document import Document, Finding, Kind, Marker, Runs, Severity, Skip, Slot, plain
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
    State,
    Verdict,
    account,
    as_json,
    render,
    state_of,
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


# --- what it says -----------------------------------------------------------------------------------------------------

SENTENCES = (
    (Counts(), "There was nothing to translate."),
    (Counts(accepted=1), "The only passage was accepted by every check."),
    (Counts(accepted=64), "All 64 passages were accepted by every check."),
    (Counts(accepted=58, warning=3, error=1, pending=2), "58 of 64 passages were accepted by every check; 4 need a human’s eye; 2 are still untranslated."),
    (
        Counts(accepted=1, approved=1, warning=1, pending=1),
        "1 of 4 passages was accepted by every check; 1 was approved by a person; 1 needs a human’s eye; 1 is still untranslated.",
    ),
    (Counts(pending=1200), "0 of 1,200 passages were accepted by every check; 1,200 are still untranslated."),
)

STATE_CASES: tuple[tuple[tuple[Severity, ...], bool, bool, State], ...] = (
    ((), True, False, "accepted"),
    (("info",), True, False, "accepted"),
    (("info", "warning"), True, False, "warning"),
    (("warning", "error"), True, False, "error"),
    ((), True, True, "approved"),
    (("warning",), True, True, "approved"),
    (("error",), True, True, "error"),
    (("error",), False, False, "pending"),
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


@pytest.mark.parametrize(("counts", "sentence"), SENTENCES)
def test_the_first_sentence_says_how_every_passage_stands(counts: Counts, sentence: str) -> None:
    assert sentence in Reader(render(states(counts))).text


@pytest.mark.parametrize(("found", "translated", "approved", "expected"), STATE_CASES)
def test_a_passage_is_accepted_only_where_nothing_speaks_against_it(found: tuple[Severity, ...], translated: bool, approved: bool, expected: State) -> None:
    findings = [Finding("some", severity, "Something.") for severity in found]

    assert state_of(findings, translated=translated, approved=approved) == expected


def test_the_page_says_what_a_demonstration_model_is_and_how_to_choose_a_better_one() -> None:
    report = sample()

    text = Reader(render(report)).text
    assert "This is a demonstration model. Gemma 3 270M is a very small base model" in text
    assert "dragoman models get NAME" in text
    assert "dragoman translate books/the-night-shift.epub --to de --model hosted:NAME --base-url URL" in text


def test_the_page_names_models_times_cost_verdict_and_glossary() -> None:
    report = replace(sample(), spending=Spending(10, 48210, 30122, 9120, 0.4321, "USD", False, 0.124, 3725.0, False))

    text = Reader(render(report)).text
    for said in ("gemma-3-270m Q4_K_M", "2026-11-22 01:14 UTC", "0.43 USD", "48,210", "12.4 %", "1 h 02 min", "EPUBCheck 4.2.6", "Mehrarbeit", "our own count"):
        assert said in text


@pytest.mark.parametrize(
    ("spending", "says"),
    [
        (Spending(local=True), "nothing: the model ran on this machine"),
        (Spending(local=True, cost=0.0), "nothing: the model ran on this machine"),
        (Spending(cost=None), "unknown: the model has no known price"),
        (Spending(cost=0.0, currency="EUR"), "0.00 EUR"),
        (Spending(cost=0.0123, currency="EUR"), "0.0123 EUR"),
        (Spending(cost=1234.5, currency="EUR", local=True), "1,234.50 EUR"),
    ],
)
def test_the_cost_is_an_amount_or_the_reason_why_there_is_none(spending: Spending, says: str) -> None:
    assert says in Reader(render(replace(sample(), spending=spending))).text


def test_a_stopped_run_is_not_called_finished() -> None:
    report = sample()

    stopped = replace(report, making=replace(report.making, finished=None))

    assert "not finished" in Reader(render(stopped)).text


# --- the account ------------------------------------------------------------------------------------------------------


def test_the_account_of_walked_documents_adds_up() -> None:
    heading = Slot("a.xhtml", "1", Kind.HEADING, ("The Gate",))
    words = Slot("a.xhtml", "2", Kind.PARAGRAPH, ("Type ", CODE, " now."))
    label = Slot("nav.xhtml", "1", Kind.LABEL, ("The Gate",), mirrors=("a.xhtml", "1"))
    skips = tuple(Skip("a.xhtml", str(at), "preformatted text", text) for at, text in enumerate(("x = 1", "x = 1", "y", "z", "w")))
    book = (
        Document("a.xhtml", "content", (heading, words), skips, visible=7 + 8 + 12 + 9),
        Document("nav.xhtml", "toc", (label,), visible=7),
    )

    coverage = account(book)

    expected = Coverage(43, 15, 12, 7, (SkipLine("preformatted text", 5, 9, ("x = 1", "y", "z")),))
    assert coverage == expected
    assert coverage.missing == 0


@pytest.mark.parametrize(
    ("difference", "says"),
    [(0, "The account adds up."), (5, "5 characters are in none of these lines"), (-3, "3 characters are counted twice")],
)
def test_the_page_says_whether_the_account_adds_up(difference: int, says: str) -> None:
    report = sample()

    other = replace(report, coverage=replace(report.coverage, visible=report.coverage.visible + difference))

    assert says in Reader(render(other)).text
    assert json.loads(as_json(other))["coverage"]["missing"] == difference


# --- report.json ------------------------------------------------------------------------------------------------------


def test_the_json_holds_every_finding_in_the_words_of_the_command_line() -> None:
    report = replace(sample(), findings=(finding(*SAMPLE_FINDINGS[0], segment="1.2", document="text/1.xhtml"),))

    record = json.loads(as_json(report))

    assert {name: record["findings"][0][name] for name in ("segment", "document", "check", "severity", "message", "source", "target", "span")} == {
        "segment": "1.2",
        "document": "text/1.xhtml",
        "check": "numbers",
        "severity": "error",
        "message": "1984 is in the source and not in the translation, which has 194 instead.",
        "source": plain(SAMPLE_FINDINGS[0][0]),
        "target": plain(SAMPLE_FINDINGS[0][1] or ()),
        "span": [25, 28],
    }
    assert record["segments"] == report.counts.total == sum(record["states"].values())
    assert record["from"] == "en"
    assert record["making"]["finished"] == "2026-11-22T01:14:20+00:00"


# --- hostile text -----------------------------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</title></head><body onload=alert(1)>",
    "--><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "&lt;b&gt; &amp; &#60;b&#62;",
    "{n} {total} {0}",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_book_never_becomes_markup(text: str) -> None:
    page, calm = Reader(render(with_texts(text))), Reader(render(with_texts("calm")))

    assert [tag for tag, _ in page.elements] == [tag for tag, _ in calm.elements]
    assert [sorted(attributes) for _, attributes in page.elements] == [sorted(attributes) for _, attributes in calm.elements]
    assert " ".join(text.split()) in page.text
    assert "alert" not in "".join(page.values("href"))


@given(st.text(alphabet=st.sampled_from("<>&\"'/=-!{}%#;`\\ \n\0aé\u202e\u2066\ud800"), min_size=1, max_size=40))
def test_no_text_whatever_adds_an_element_of_its_own(text: str) -> None:
    page, calm = Reader(render(with_texts(text))), Reader(render(with_texts("calm")))

    def own(reader: Reader) -> list[str]:
        return [tag for tag, attributes in reader.elements if attributes.get("class") not in ("control", "cut") and tag not in ("mark", "code", "p")]

    assert own(page) == own(calm)


@pytest.mark.parametrize("control", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_a_control_that_turns_the_direction_is_shown_and_not_obeyed(control: str) -> None:
    page = render(with_texts(f"invoice{control}fdp.exe"))

    assert control not in page
    assert "invoice\ufffdfdp.exe" in page
    assert any(attributes.get("class") == "control" for attributes in Reader(page).all("span"))


def test_the_policy_lets_only_our_own_style_and_script_run() -> None:
    import base64
    import hashlib

    page = render(sample())

    (policy,) = (meta["content"] for meta in Reader(page).all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    for kind in ("style", "script"):
        (text,) = re.findall(rf"<{kind}>(.*?)</{kind}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    page = Reader(render(sample()))

    addresses = [*page.values("href"), *page.values("src"), *page.values("xlink:href"), *page.values("srcset"), *page.values("action")]
    assert {address for address in addresses if not address.startswith("#")} == {"data:,"}
    assert not page.values("style")
    assert "url(" not in render(sample())
    assert "@import" not in render(sample())
