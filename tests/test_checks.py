"""The checks: every case of every check, told by people who need no Python, and what holds for all checks alike."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.check_cases import CASES, PAIRS, RUNS, TAGS, TERMS, facts_of, load_cases, pair_of, runs_of
from translate import checks, languages
from translate.checks import ALL, STRUCTURAL, Check, Facts, Pair, Ratios, looping
from translate.checks.sentences import dropped
from translate.checks.verse import lines
from translate.document import Draft, Kind, Marker, Runs, Segment, Term, dump_runs

FIRING = [(check, case) for check in ALL for case in load_cases(check.name)["fires"]]
PASSING = [(check, case) for check in ALL for case in load_cases(check.name)["passes"]]


def labelled(rows: list[tuple[Check, dict[str, Any]]]) -> list[Any]:
    return [pytest.param(check, case, id=f"{check.name}: {case['why']}") for check, case in rows]


@pytest.mark.parametrize(("check", "case"), labelled(FIRING))
def test_a_fault_is_named_in_the_words_of_the_text(check: Check, case: dict[str, Any]) -> None:
    findings = tuple(check(pair_of(case), facts_of(case)))

    assert case["says"] == [finding.message for finding in findings]
    assert {case.get("severity", "error")} == {finding.severity for finding in findings}
    assert {check.name} == {finding.check for finding in findings}


@pytest.mark.parametrize(("check", "case"), labelled(PASSING))
def test_a_good_translation_is_left_in_peace(check: Check, case: dict[str, Any]) -> None:
    findings = [finding.message for finding in check(pair_of(case), facts_of(case)) if finding.severity != "info"]

    assert findings == []


def test_every_check_has_a_case_file_and_every_case_file_a_check() -> None:
    assert {check.name for check in ALL} == {path.stem for path in CASES.glob("*.toml")}
    assert all(load_cases(check.name)[part] for check in ALL for part in ("fires", "passes"))


def test_every_file_of_a_check_is_in_the_registry() -> None:
    folder = Path(checks.__file__).parent
    others = {"__init__", "seam", "ratios", "reading", "quoting", "silence", "gravity", "tongues"}

    assert {check.name for check in ALL} == {path.stem for path in folder.glob("*.py")} - others
    assert len({check.name for check in ALL}) == len(ALL)


@pytest.mark.parametrize("check", ALL, ids=lambda check: check.name)
def test_a_check_says_what_it_sees_and_what_it_cannot_see(check: Check) -> None:
    first, *rest = (check.__doc__ or "").strip().splitlines()

    assert first.endswith(".")
    assert "Blind" in " ".join(rest)


def test_every_message_is_a_sentence() -> None:
    messages = [message for _, case in FIRING for message in case["says"]]

    assert [message for message in messages if not message.endswith(".") or message != message.strip()] == []


# --- what holds for every text -------------------------------------------------------------------------------------


@settings(max_examples=120, deadline=None)
@given(PAIRS, TAGS, TAGS, TERMS)
def test_no_check_raises_and_each_says_the_same_again(pair: Pair, source: str, target: str, terms: tuple[Term, ...]) -> None:
    facts = Facts(source, target, terms=terms)

    once = [tuple(check(pair, facts)) for check in ALL]

    assert once == [tuple(check(pair, facts)) for check in ALL]
    assert all(finding.message.strip() for findings in once for finding in findings)


@settings(max_examples=120, deadline=None)
@given(RUNS)
def test_a_structural_check_finds_nothing_in_the_source_itself(runs: Runs) -> None:
    pair = Pair(Segment("s", "d", "a", Kind.PARAGRAPH, runs), Draft("s", runs))

    assert [finding for check in STRUCTURAL for finding in check(pair, Facts("en", "de"))] == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), TAGS)
def test_sentences_joined_are_the_text(text: str, tag: str) -> None:
    assert text == "".join(languages.sentences(text, tag))


SENTENCES = [
    ("Dr. Smith came. He sat.", "en", 2),
    ("See e.g. Figure 3. It is small.", "en", 2),
    ("J. R. Smith wrote it.", "en", 1),
    ("Am 3. Mai kam er. Er blieb z. B. Montag.", "de", 2),
    ("“Really?” he said. “Yes.” She left.", "en", 3),
    ("他来了。我走了。", "zh", 2),
    ("It ends. \ufffc begins.", "en", 2),
    ("Version 2.5 is out", "en", 1),
    ("what? no", "en", 1),
    ("1. The gate. It opens.", "en", 2),
]


@pytest.mark.parametrize(("text", "tag", "count"), SENTENCES)
def test_sentences_end_where_a_reader_ends_them(text: str, tag: str, count: int) -> None:
    assert count == len(languages.sentences(text, tag))


# --- repetition while streaming ------------------------------------------------------------------------------------

LOOPS = [
    ("a phrase", "Die Stunden sind lang. " + "und so weiter und " * 20, True),
    ("a word", "Die " + "der " * 60, True),
    ("a paragraph", ("Der Setzer setzt die Zeile, der Drucker färbt sie ein, und der Junge trägt die Bogen auf den Boden, wo sie trocknen. " * 4), True),
    ("lines of an answer", "12| Ja\n" * 40, True),
    ("a rule of dots", "Kapitel " + "." * 100, False),
    ("a refrain", "Tönt, ihr Glocken, tönt! " * 3, False),
    ("prose", "Der Setzer setzt die Zeile, der Drucker färbt sie ein, und der Junge trägt die Bogen auf den Boden.", False),
    ("nothing", "", False),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in LOOPS], ids=[row[0] for row in LOOPS])
def test_a_runaway_is_seen_while_it_streams(text: str, expected: bool) -> None:
    assert expected == looping(text)


# --- verse ---------------------------------------------------------------------------------------------------------


def test_a_line_break_makes_a_line_of_verse() -> None:
    """The spelling of the case files has no names for markers."""
    broken: Runs = ("Sound, ye bells,", Marker("atom", 1, "br"), "over the town.")
    moved: Runs = ("Tönt, ihr Glocken, über der Stadt.", Marker("atom", 1, "br"))
    pictured: Runs = ("Sound, ye bells,", Marker("atom", 1, "img"), "over the town.")

    assert 2 == len(lines(broken))
    assert 1 == len(lines(moved))
    assert 1 == len(lines(pictured))


# --- length --------------------------------------------------------------------------------------------------------

PARAGRAPH = "The compositor stood at his case and set the letter line by line, as he had done for forty years. " * 3


def test_a_work_teaches_how_long_its_translations_are() -> None:
    ratios = Ratios()
    before = ratios.expected(Kind.PARAGRAPH, 300, 1.17)
    for _ in range(60):
        ratios = ratios.learn(Kind.PARAGRAPH, PARAGRAPH, PARAGRAPH + PARAGRAPH[: len(PARAGRAPH) // 2], 1.17)

    mean, deviation = ratios.expected(Kind.PARAGRAPH, 300, 1.17)

    assert 0.38 < mean < 0.42
    assert deviation < before[1]
    assert before == ratios.expected(Kind.HEADING, 300, 1.17)


def test_one_odd_pair_teaches_little() -> None:
    ratios = Ratios()
    for _ in range(20):
        ratios = ratios.learn(Kind.PARAGRAPH, PARAGRAPH, PARAGRAPH, 1.0)
    before, _ = ratios.expected(Kind.PARAGRAPH, 300, 1.0)

    after, _ = ratios.learn(Kind.PARAGRAPH, PARAGRAPH, PARAGRAPH * 20, 1.0).expected(Kind.PARAGRAPH, 300, 1.0)

    assert abs(after - before) < 0.03


def test_short_texts_teach_nothing() -> None:
    assert Ratios() == Ratios().learn(Kind.PARAGRAPH, "Yes.", "Ja, aber gewiss doch, mein Herr.", 1.17)


def test_the_missing_sentence_is_named() -> None:
    source = ("A short one.", "This second sentence is a good deal longer than the first one.", "And here is a third of middling length.")

    assert dropped(source, (source[0], source[2]), 0.0) == (1,)
    assert dropped(source, (source[0], source[1] + source[2]), 0.0) == ()


# --- planted faults ------------------------------------------------------------------------------------------------

ORIGINALS = [
    (
        "The house of Harrow & Sons kept 40 presses in 1853. Each of them needed two men and a boy, and none of them stood still for longer than the dinner hour. The men were paid by the sheet (see https://example.org/wages).",
        "Das Haus Harrow & Söhne hielt 1853 40 Pressen. Jede von ihnen brauchte zwei Männer und einen Jungen, und keine von ihnen stand länger still als die Essensstunde. Die Männer wurden nach Bogen bezahlt (siehe https://example.org/wages).",
    ),
    (
        "When the bell rang at 6 o'clock, <1>nobody</1> moved from his place. The master had promised a shilling to every man who stayed until the last sheet was dry. In the morning he had forgotten it.<2/> His address is press@example.org.",
        "Als um 6 Uhr die Glocke läutete, rührte sich <1>niemand</1> von seinem Platz. Der Meister hatte jedem einen Schilling versprochen, der blieb, bis der letzte Bogen trocken war. Am Morgen hatte er es vergessen.<2/> Seine Adresse ist press@example.org.",
    ),
]
SPANISH = (
    "La luz entraba por la ventana y el viejo miraba las calles de la ciudad con una paciencia que nada podía perturbar, y así pasaban las horas de la tarde."
)
ACCENTS = str.maketrans("aeioucsnyztlgrdAEIOUCSNYZTLGRD", "áéíóúçšñýžţļğŕďÁÉÍÓÚÇŠÑÝŽŢĻĞŔĎ")


def pseudo(text: str) -> str:
    """An invented language: accents on every letter but those of markers, numbers' neighbours and addresses."""
    return "".join(
        piece if re.fullmatch(r"https?:\S+|\S+@\S+", piece) else re.sub(r"[a-z]{5,}", lambda match: match.group() + "e", piece).translate(ACCENTS)
        for piece in re.split(r"(https?:[^\s)]+|[\w.]+@[\w.]+\w)", text)
    )


FAULTS = {
    "empty": lambda source, target: "",
    "truncated": lambda source, target: target[: len(target) * 3 // 5],
    "refusal": lambda source, target: "I'm sorry, but I can't help with that request.",
    "preamble": lambda source, target: "Here is the translation:\n\n" + target,
    "fence": lambda source, target: f"```\n{target}\n```",
    "think": lambda source, target: f"<think>The user wants a translation.</think>\n{target}",
    "echo of the source": lambda source, target: source,
    "dropped sentence": lambda source, target: re.sub(r"(?<=\. ).*?\. ", "", target, count=1),
    "loop": lambda source, target: target + " " + " ".join(target.split()[-3:]) * 12,
    "changed number": lambda source, target: re.sub(r"\d(?=\D)", lambda match: str((int(match.group()) + 1) % 10), target, count=1),
    "changed URL": lambda source, target: target.replace("example", "exanple"),
    "lost marker": lambda source, target: re.sub(r"</?1>|<2/>", "", target),
    "wrong language": lambda source, target: SPANISH,
}


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("invented", [False, True], ids=["German", "invented language"])
@pytest.mark.parametrize(("source", "target"), ORIGINALS, ids=["press", "bell"])
def test_a_planted_fault_is_an_error(source: str, target: str, invented: bool, kind: str) -> None:
    good = pseudo(source) if invented else target
    bad = FAULTS[kind](source, good)
    facts = Facts("en", "de")

    findings = [finding.severity for check in ALL for finding in check(pair_of({"source": source, "target": bad}), facts)]

    assert bad == good or "error" in findings


@pytest.mark.parametrize(("source", "target"), ORIGINALS, ids=["press", "bell"])
def test_without_a_fault_there_is_no_finding(source: str, target: str) -> None:
    pairs = [pair_of({"source": source, "target": text}) for text in (target, pseudo(source))]

    assert [finding.message for pair in pairs for check in ALL for finding in check(pair, Facts("en", "de"))] == []


def test_a_pair_can_be_told_in_one_line() -> None:
    """The spelling of the case files reads back as the runs we mean."""
    assert json.loads(dump_runs(runs_of("a <1>b</1><2/>"))) == ["a ", ["open", 1, "", ""], "b", ["close", 1, "", ""], ["atom", 2, "", ""]]
