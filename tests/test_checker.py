"""The checker: what code mends, which mend is taken, what a model is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.check_cases import PAIRS, pair_of, runs_of
from translate import checker
from translate.checks import Facts, Pair
from translate.document import Draft, Finding, Severity

FACTS = Facts("en", "de")
SOURCE = "The <1>wage</1> is paid on Saturday.<2/>"
GOOD = "Der <1>Lohn</1> wird am Samstag gezahlt.<2/>"


def mended(source: str, target: str, **more: object) -> Draft:
    return checker.fix(pair_of({"source": source, "target": target, **more}), FACTS)


MENDS = [
    ("a preamble on its own line", SOURCE, "Here is the translation:\n\n" + GOOD, GOOD),
    ("an eager preamble", SOURCE, "Sure! Here's the German translation: " + GOOD, GOOD),
    ("a label", SOURCE, "German: " + GOOD, GOOD),
    ("a fence", SOURCE, f"```\n{GOOD}\n```", GOOD),
    ("a fence with a name", SOURCE, f"```text\n{GOOD}\n```", GOOD),
    ("thinking", SOURCE, f"<think>The user wants <1>German</1>.</think>\n\n{GOOD}", GOOD),
    ("thinking whose beginning is lost", SOURCE, f"The user wants German.</think>{GOOD}", GOOD),
    ("thinking, then a preamble, then a fence", SOURCE, f"<think>Hm.</think>Here is the translation:\n```\n{GOOD}\n```", GOOD),
    ("a remark after it", SOURCE, GOOD + "\n\nNote: I kept the tense.", GOOD),
    ("the id", SOURCE, "12| " + GOOD, GOOD),
    ("doubled spaces", SOURCE, GOOD.replace(" ", "  "), GOOD),
    ("white space at the edges", SOURCE, f"  {GOOD}\n", GOOD),
    ("the source's own edges", " the day ", "der Tag", " der Tag "),
    ("markers spelt with spaces", SOURCE, GOOD.replace("<1>", "< 1 >").replace("</1>", "< /1>").replace("<2/>", "<2 />"), GOOD),
    ("markers in other brackets", SOURCE, GOOD.replace("<1>", "⟦1⟧").replace("</1>", "⟦/1⟧"), GOOD),
    ("nothing to mend", SOURCE, GOOD, GOOD),
    ("a source with doubled spaces", "a  table", "eine  Tabelle", "eine  Tabelle"),
    ("a source with a preamble of its own", "Translation: see below.", "Übersetzung: siehe unten.", "Übersetzung: siehe unten."),
    ("a refusal is no translation", SOURCE, "I’m sorry, but I can’t help with that.", "I’m sorry, but I can’t help with that."),
    ("nothing but a preamble", SOURCE, "Here is the translation:", "Here is the translation:"),
    ("a number in angle brackets that the source does not have", "the day", "der Tag < 1 >", "der Tag < 1 >"),
]


@pytest.mark.parametrize(("source", "target", "expected"), [row[1:] for row in MENDS], ids=[row[0] for row in MENDS])
def test_code_mends_what_is_certain(source: str, target: str, expected: str) -> None:
    draft = mended(source, target)

    assert runs_of(expected) == draft.target
    assert ("model" if target == expected else "code") == draft.origin


def test_what_a_person_wrote_is_not_touched() -> None:
    pair = pair_of({"source": SOURCE, "target": "Here is the translation:  Der Lohn."})
    pair = Pair(pair.segment, Draft("s1", pair.draft.target, origin="person"))

    assert pair.draft is checker.fix(pair, FACTS)


@settings(max_examples=200, deadline=None)
@given(PAIRS)
def test_mending_twice_is_mending_once(pair: Pair) -> None:
    once = checker.fix(pair, FACTS)

    assert once == checker.fix(Pair(pair.segment, once), FACTS)


@settings(max_examples=200, deadline=None)
@given(PAIRS)
def test_mending_never_empties_a_draft(pair: Pair) -> None:
    before, after = pair.draft.text, checker.fix(pair, FACTS).text

    assert any(map(str.isalnum, after)) == any(map(str.isalnum, before))


ERROR, OTHER, WARNING = (
    Finding("numbers", "error", "12 is in the source and not in the translation."),
    Finding("urls", "error", "The address is gone."),
    Finding("length", "warning", "It is short."),
)
INFO = Finding("untranslated", "info", "It is the source's own text.")

TAKEN = [
    ("one finding less", (ERROR, WARNING), (ERROR,), True),
    ("all gone", (ERROR,), (), True),
    ("the same", (ERROR,), (ERROR,), False),
    ("an error for a warning", (WARNING,), (ERROR,), False),
    ("an error for another error", (ERROR,), (OTHER,), False),
    ("a warning for an error", (ERROR,), (WARNING,), True),
    ("a warning for two errors", (ERROR, OTHER), (WARNING,), True),
    ("nothing removed, a warning added", (ERROR,), (ERROR, WARNING), False),
    ("a warning gone, an error new", (ERROR, WARNING), (ERROR, OTHER), False),
    ("one error of two gone, a new one of another check", (ERROR, WARNING), (OTHER,), False),
    ("fewer of the same check, in other words", (ERROR, Finding("numbers", "error", "13 is new.")), (Finding("numbers", "error", "14 is new."),), True),
    ("clean before and after", (), (), False),
]


@pytest.mark.parametrize(("old", "new", "expected"), [row[1:] for row in TAKEN], ids=[row[0] for row in TAKEN])
def test_a_mend_is_taken_if_it_removes_a_finding_and_adds_none_as_severe(old: tuple[Finding, ...], new: tuple[Finding, ...], expected: bool) -> None:
    assert expected == checker.better(new, old)


SEVERITIES: st.SearchStrategy[Severity] = st.sampled_from(["error", "warning", "info"])
FINDINGS = st.lists(st.builds(Finding, st.sampled_from(["a", "b"]), SEVERITIES, st.sampled_from(["x", "y", "z"])), max_size=4).map(tuple)


@given(FINDINGS, FINDINGS)
def test_of_two_drafts_at_most_one_is_better(one: tuple[Finding, ...], other: tuple[Finding, ...]) -> None:
    assert not (checker.better(one, other) and checker.better(other, one))


def test_errors_count_before_warnings() -> None:
    assert checker.rank((WARNING, WARNING, WARNING)) < checker.rank((ERROR,)) < checker.rank((ERROR, WARNING)) < checker.rank((ERROR, OTHER))
    assert checker.rank(()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("findings", "expected"), [((), "accepted"), ((INFO,), "accepted"), ((WARNING,), "flagged"), ((ERROR,), "flagged"), ((INFO, ERROR), "flagged")]
)
def test_what_has_an_error_or_a_warning_is_flagged(findings: tuple[Finding, ...], expected: str) -> None:
    assert expected == checker.verdict(findings)


def test_a_model_is_told_each_fault_once_and_the_gravest_first() -> None:
    assert checker.sentences_for_model((INFO, WARNING, ERROR, ERROR)) == (ERROR.message, WARNING.message)


def test_the_gravest_finding_comes_first() -> None:
    assert checker.worst_first((INFO, WARNING, OTHER, ERROR)) == (OTHER, ERROR, WARNING, INFO)


def test_all_checks_are_run_in_their_order() -> None:
    pair = pair_of({"source": "See https://a.example/b in 1853.", "target": "```Siehe dort."})

    assert [finding.check for finding in checker.check(pair, FACTS)] == ["leakage", "numbers", "urls"]


def test_only_the_checks_asked_for_are_run() -> None:
    pair = pair_of({"source": "In 1853.", "target": ""})

    assert checker.check(pair, FACTS, checks=()) == ()
