"""The report says what is so, its numbers add up, and its words stand in one place."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.report_sample import SAMPLE_FINDINGS, Reader, finding, sample, states
from translate.document import SEVERITIES, Finding, Kind, Severity, Skip, plain
from translate.errors import SettingError
from translate.report import Chapter, Counts, Making, ModelUse, Passage, ReportFinding, SkipLine, Spending, State, as_json, render, skip_lines, state_of
from translate.report.values import STATES
from translate.report.words import load
from translate.spoken import words
from translate.spoken.words import duration

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
    assert "For demonstration only. Gemma 3 270M is a very small base model" in text
    assert "dragoman models get NAME" in text
    assert "dragoman translate books/the-night-shift.epub --to de --model hosted:NAME --base-url URL" in text


@pytest.mark.parametrize(("spec", "says"), [("pseudo", "“pseudo” puts accents on the words"), ("echo", "“echo” puts every text back as it was.")])
def test_what_no_model_wrote_is_not_called_a_translation(spec: str, says: str) -> None:
    report = replace(sample(), making=Making(models=(ModelUse(spec, spec, True),)))

    text = Reader(render(report)).text
    assert f"This is no translation: no model was asked. {says}" in text
    assert "Only the checks of structure looked at the passages." in text


def test_documents_without_a_heading_are_called_by_what_they_are() -> None:
    passages = (Passage("1", 9, "pending"),)
    nameless = (Chapter("content.opf", "", passages, "metadata"), Chapter("nav.xhtml", "", passages, "toc"), Chapter("a.xhtml", "", passages))

    text = Reader(render(replace(sample(), chapters=nameless))).text
    assert "Book data (content.opf)" in text
    assert "Table of contents (nav.xhtml)" in text
    assert "a.xhtml" in text


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


def test_skips_are_told_by_reason_with_a_few_different_examples() -> None:
    skips = (
        *(Skip("a.xhtml", str(at), "preformatted text", text) for at, text in enumerate(("x = 1", "x = 1", "y", "z", "w"))),
        Skip("b", "1", "music", "C E G B D F A"),
    )

    expected = (SkipLine("preformatted text", 5, 9, ("x = 1", "y", "z")), SkipLine("music", 1, 7, ("C E G B D F A",)))
    assert skip_lines(skips) == expected


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


# --- many findings ----------------------------------------------------------------------------------------------------


def test_a_page_of_5000_findings_still_opens_and_the_json_has_them_all() -> None:
    many = tuple(finding(*SAMPLE_FINDINGS[at % 4], segment=f"s{at}", document="text/1.xhtml") for at in range(5000))
    report = replace(sample(), findings=many, chapters=(Chapter("text/1.xhtml", "One", tuple(Passage(f"s{at}", 200, "error") for at in range(5000))),))

    html = render(report)

    page = Reader(html)
    assert len(html) < 3_000_000
    assert len(page.all("article")) == 4 * 300
    assert page.text.count("And 950 more of this kind in report.json.") == 4
    assert len(json.loads(as_json(report))["findings"]) == 5000


def test_only_chapters_with_something_to_look_at_are_listed() -> None:
    quiet, loud = Chapter("a", "Quiet", (Passage("1", 9, "accepted"),)), Chapter("b", "Loud", (Passage("2", 9, "pending"),))

    page = render(replace(sample(), chapters=(quiet, loud)))

    rows = re.findall(r'<th scope="row" lang="en" dir="auto">(\w+)</th>', page)
    assert "Loud" in rows
    assert "Quiet" not in rows


def test_the_gravest_findings_of_a_kind_are_shown_first() -> None:
    mixed = tuple(ReportFinding(f"s{at}", "", Finding("numbers", "error" if at == 999 else "info", f"Finding {at}.")) for at in range(1000))

    assert "Finding 999." in render(replace(sample(), findings=mixed))


# --- the page's own language ------------------------------------------------------------------------------------------


WAYS = ("address", "length", "merged", "split", "missing", "extra")
"""How an audit pairs passages."""


@pytest.mark.parametrize("way", WAYS)
def test_an_audit_says_how_its_passages_were_paired(way: str) -> None:
    page = render(replace(sample(), audit=True, pairing=((way, 7),)))

    assert re.search(r"<dt>How passages were paired</dt><dd>7 [^<{}]+</dd>", page)


def test_a_column_of_untranslated_passages_is_there_only_where_there_are_some() -> None:
    some = sample()
    none = replace(some, chapters=tuple(replace(chapter, passages=tuple(one for one in chapter.passages if one.state != "pending")) for chapter in some.chapters))

    assert [True, False] == ['scope="col" class="n">Untranslated' in render(report) for report in (some, none)]


def test_every_word_of_the_page_is_in_one_file_and_every_one_is_used() -> None:
    from translate.report import page

    table = load("en").table
    source = "".join(
        file.read_text("utf-8") for file in (*Path(page.__file__).parent.glob("*.py"), *Path(page.__file__).parents[1].glob("templates/report.html"), Path(words.__file__))
    )

    asked = set(re.findall(r"""["']([a-z_]+)["']""", source))
    families = {prefix for prefix in asked if prefix.endswith("_")} | set(re.findall(r'"([a-z_]+_)\{', source))
    states = {
        f"{family}{name}" for family in families for name in (*STATES, *SEVERITIES, *Kind, "segments", "atoms", "mirrors", "echo", "pseudo", "toc", "metadata", *WAYS)
    }
    plurals = {f"column_{severity}s" for severity in SEVERITIES}
    assert {key for key in table if key not in asked | states | plurals} == set()
    assert set(re.findall(r"""\bt\("([a-z_]+)\"[,)]""", source)) <= set(table)
    assert {f"kind_{kind}" for kind in Kind} | {f"state_{state}" for state in STATES} <= set(table)


def test_a_language_the_page_does_not_speak_is_refused_in_one_line() -> None:
    with pytest.raises(SettingError, match=r"^The report has no words in 'tlh' yet: leave it at en, or add .*report\.tlh\.toml\.$"):
        render(sample(), language="tlh")


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, "0 s"), (12.4, "12 s"), (59.6, "1 min 00 s"), (260, "4 min 20 s"), (3725, "1 h 02 min"), (360000, "100 h 00 min")]
)
def test_a_time_span_is_told_in_its_two_largest_units(seconds: float, expected: str) -> None:
    assert duration(seconds) == expected


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(0, 0, "0 %"), (0, 9, "0 %"), (9, 9, "100 %"), (1, 3, "33.3 %"), (1, 99999, "< 0.1 %"), (99998, 99999, "> 99.9 %")]
)
def test_a_share_is_never_rounded_to_nothing_or_to_all(part: int, whole: int, expected: str) -> None:
    assert load("en").share(part, whole) == expected
