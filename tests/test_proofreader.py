"""The proofreader: every case of every reading, and its part in a run."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import works
from tests.check_cases import RUNS, TAGS
from tests.proofreader_cases import CASES, facts, load_cases, named, passage, passages_of, runs_of
from translate import proofreader
from translate.checks import ALL as CHECKS
from translate.checks import Facts
from translate.document import Draft, Kind, Segment
from translate.errors import ModelRefused
from translate.models.scripted import Scripted
from translate.models.seam import Price, Profile, Request
from translate.pipeline import corrections, dismissals, order, standing
from translate.pipeline.progress import Silent
from translate.proofreader import ALL, Passage, Reading, votes
from translate.store import Store

FIRING = [pytest.param(reading, case, id=f"{reading.name}: {case['why']}") for reading in ALL for case in load_cases(reading.name)["fires"]]
PASSING = [pytest.param(reading, case, id=f"{reading.name}: {case['why']}") for reading in ALL for case in load_cases(reading.name)["passes"]]


@pytest.mark.parametrize(("reading", "case"), FIRING)
def test_what_deviates_from_the_rest_of_the_work_is_named(reading: type[Reading], case: dict[str, Any]) -> None:
    found = proofreader.proofread(passages_of(case), facts(case), readings=(reading,))

    assert case["says"] == [[int(one.segment[1:]), one.finding.message] for one in found]
    assert {(reading.name, "warning")} == {(one.finding.check, one.finding.severity) for one in found}
    assert case.get("like", [one.like for one in found]) == [one.like for one in found]


@pytest.mark.parametrize(("reading", "case"), [row for row in FIRING if "mended" in row.values[1]])
def test_code_makes_a_passage_like_the_rest_where_it_is_certain(reading: type[Reading], case: dict[str, Any]) -> None:
    passages, known = passages_of(case), facts(case)
    found = proofreader.proofread(passages, known, readings=(reading,))

    mended = [proofreader.mend(passages[int(one.segment[1:])], one, known) for one in found]

    assert [named(runs_of(text)) if text else None for text in case["mended"]] == mended


@pytest.mark.parametrize(("reading", "case"), PASSING)
def test_a_work_that_is_of_one_piece_is_left_in_peace(reading: type[Reading], case: dict[str, Any]) -> None:
    assert () == proofreader.proofread(passages_of(case), facts(case), readings=(reading,))


def test_every_reading_has_a_file_a_case_file_and_says_what_it_cannot_see() -> None:
    others = {"__init__", "seam", "votes"}
    files = {path.stem for path in Path(proofreader.__file__).parent.glob("*.py")} - others

    assert {reading.name for reading in ALL} == files == {path.stem for path in CASES.glob("*.toml")}
    assert all("Blind" in (reading.__doc__ or "") for reading in ALL)
    assert not {reading.name for reading in ALL} & {check.name for check in CHECKS}


VOTES = [
    ("a clear majority", ["a", "a", "b"], "a"),
    ("no majority", ["a", "b"], ""),
    ("too few", ["a"], ""),
    ("no votes", [], ""),
    ("less than twice as many", ["a", "a", "a", "b", "b"], ""),
]


@pytest.mark.parametrize(("forms", "expected"), [row[1:] for row in VOTES], ids=[row[0] for row in VOTES])
def test_a_form_is_settled_when_it_clearly_prevails(forms: list[str], expected: str) -> None:
    assert expected == votes.settled((form, False) for form in forms)


def test_what_a_person_approved_counts_three_times() -> None:
    assert "b" == votes.settled([("a", False), ("b", True)])
    assert "" == votes.settled([("a", False), ("a", False), ("b", True)])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(RUNS, RUNS, st.sampled_from(Kind), st.sampled_from(["accepted", "flagged", "approved"])), max_size=6), TAGS)
def test_no_reading_raises_and_each_says_the_same_again(rows: list[Any], tag: str) -> None:
    passages = [
        Passage(Segment(f"s{place}", "d", "a", kind, source), Draft(f"s{place}", target), status) for place, (source, target, kind, status) in enumerate(rows)
    ]

    once = proofreader.proofread(passages, Facts("en", tag))

    assert once == proofreader.proofread(iter(passages), Facts("en", tag))
    assert not {one.segment for one in once} & {one.segment.id for one in passages if one.approved}


def test_what_was_not_translated_says_nothing_about_the_translation() -> None:
    rows = [("The “a” of it", "Das „a“ davon")] * 3 + [('You say "b"', 'You say "b"'), ("Well", " ")]

    assert () == proofreader.proofread([passage(number, *row) for number, row in enumerate(rows)], Facts("en", "de"))


# --- human translations --------------------------------------------------------------------------------------------

BOOKS = [
    ("developers-reference.epub", "developers-reference-de.epub", "de"),
    ("developers-reference.epub", "developers-reference-fr.epub", "fr"),
    ("calibre-quickstart.eng.epub", "calibre-quickstart.deu.epub", "de"),
    ("calibre-quickstart.eng.epub", "calibre-quickstart.fra.epub", "fr"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("source", "target", "tag"), BOOKS)
def test_a_human_translation_deviates_from_itself_at_most_five_times(corpus: Path, source: str, target: str, tag: str) -> None:
    from translate.formats import open_source

    theirs = {(slot.document, slot.address): slot for document in open_source(corpus / target).documents() for slot in document.slots if slot.mirrors is None}
    passages = []
    for document in open_source(corpus / source).documents():
        for slot in document.slots:
            other = theirs.get((slot.document, slot.address))
            if other is not None and other.kind == slot.kind and slot.mirrors is None:
                segment = Segment(f"s{len(passages)}", slot.document, slot.address, slot.kind, slot.source, slot.trail)
                passages.append(Passage(segment, Draft(segment.id, other.source)))

    found = proofreader.proofread(passages, Facts("en", tag))

    assert len(passages) > 100
    assert len(found) <= 5


# --- in a run ------------------------------------------------------------------------------------------------------

SENTENCES = [f"You see lamp {number} of the old printing house, and then you wait for it." for number in range(10, 22)]
FORMAL = "Hier sehen Sie Lampe {0} der alten Druckerei, und danach warten Sie auf sie."
FAMILIAR = "Hier siehst du Lampe {0} der alten Druckerei, und danach wartest du auf sie."
PROFILE = Profile("scripted", chunk=120)


def german(text: str, drifts: bool) -> str:
    number = re.search(r"lamp (\d+)", text)
    if number is None:
        return works.rendered(text)
    return (FAMILIAR if drifts and number[1] == "15" else FORMAL).format(number[1])


def drifting(request: Request) -> str:
    """Says du of lamp 15, and mends it when it is told to."""
    return "\n".join(f"{label}| {german(text, len(request.messages) == 2)}" for label, text in works.asked(request))


def stubborn(request: Request) -> str:
    """Says du of lamp 15 whatever it is told."""
    return "\n".join(f"{label}| {german(text, True)}" for label, text in works.asked(request))


def run(folder: Path, model: Scripted, **changes: Any) -> order.Result:
    source = folder / "small.epub"
    if not source.exists():
        works.epub(source, [SENTENCES])
    return order.carry_out(order.Order(source=source, to="de", out=folder / "out", jobs=2, **changes), Silent(), model=model)


def texts(result: order.Result) -> list[str]:
    with Store.open(result.folder.store, readonly=True) as store:
        return [pair.draft.text for pair in store.pairs() if pair.draft]


def mending(model: Scripted) -> list[Request]:
    return [request for request in model.requests if len(request.messages) == 4]


def test_a_passage_that_drifts_is_asked_for_again_alone_with_the_settled_form(tmp_path: Path) -> None:
    model = Scripted(drifting, profile=PROFILE)

    result = run(tmp_path, model)

    (request,) = mending(model)
    assert [SENTENCES[5]] == [text for _, text in works.asked(request)]
    assert FAMILIAR.format(15) in request.messages[2][1]
    assert "addressed as “Sie”" in request.messages[3][1]
    assert FORMAL.format(15) in texts(result)
    assert FAMILIAR.format(15) not in texts(result)
    assert {"accepted"} == dict(result.statuses).keys()


def test_words_that_a_model_left_in_the_source_language_are_asked_for_again(tmp_path: Path) -> None:
    left = FORMAL.replace("Druckerei", "printing house")

    def answers(request: Request) -> str:
        lines = []
        for label, text in works.asked(request):
            number = re.search(r"lamp (\d+)", text)
            form = left if number and number[1] == "15" and len(request.messages) == 2 else FORMAL
            lines.append(f"{label}| " + (form.format(number[1]) if number else works.rendered(text)))
        return "\n".join(lines)

    model = Scripted(answers, profile=PROFILE)
    result = run(tmp_path, model)

    (request,) = mending(model)
    assert "“printing house” was left in English" in request.messages[3][1]
    assert FORMAL.format(15) in texts(result)
    assert {"accepted"} == dict(result.statuses).keys()


def test_a_model_that_answers_in_json_is_shown_its_wording_in_json(tmp_path: Path) -> None:
    def answers(request: Request) -> str:
        return json.dumps({str(label): german(text, len(request.messages) == 2) for label, text in works.asked(request)})

    model = Scripted(answers, profile=Profile("scripted", chunk=120, reply="json"))
    result = run(tmp_path, model)

    (request,) = mending(model)
    assert [FAMILIAR.format(15)] == list(json.loads(request.messages[2][1]).values())
    assert FORMAL.format(15) in texts(result)


def test_a_second_run_asks_nothing_and_changes_nothing(tmp_path: Path) -> None:
    first = run(tmp_path, Scripted(stubborn, profile=PROFILE))
    before = story(first)
    again = Scripted([], profile=PROFILE)

    second = run(tmp_path, again)

    assert [] == again.requests
    assert before == story(second)
    assert first.statuses == second.statuses


def story(result: order.Result) -> list[object]:
    """All that the store holds of every segment."""
    with Store.open(result.folder.store, readonly=True) as store:
        return [store.history(segment.id) for segment in store.segments()]


def test_a_drift_that_cannot_be_mended_is_flagged_with_its_finding(tmp_path: Path) -> None:
    model = Scripted(stubborn, profile=PROFILE)

    result = run(tmp_path, model)

    assert 1 == len(mending(model))
    assert 1 == dict(result.statuses)["flagged"]
    found = standing.findings(result.folder)["findings"]
    assert [("address", "warning")] == [(row["check"], row["severity"]) for row in found]
    assert FAMILIAR.format(15) in texts(result)


def test_a_run_that_was_stopped_is_not_proofread(tmp_path: Path) -> None:
    def refuses(request: Request) -> str | ModelRefused:
        return ModelRefused("the key was taken away") if any("lamp 21" in text for _, text in works.asked(request)) else stubborn(request)

    model = Scripted(refuses, profile=PROFILE)
    result = run(tmp_path, model)

    assert 5 == result.exit_code
    assert FAMILIAR.format(15) in texts(result)
    assert [] == mending(model)
    assert [] == standing.findings(result.folder)["findings"]


def test_a_model_that_takes_one_sentence_at_a_time_is_told_nothing(tmp_path: Path) -> None:
    def answers(request: Request) -> str:
        return german(request.prompt.rstrip().splitlines()[-2].partition(": ")[2], True)

    model = Scripted(answers, profile=Profile("scripted", form="examples", unit="sentence", reply="text"))
    result = run(tmp_path, model)

    assert ["address"] == [row["check"] for row in standing.findings(result.folder)["findings"]]
    assert len(model.requests) == len(texts(result))


def test_a_mend_that_brings_a_fault_as_grave_is_not_taken(tmp_path: Path) -> None:
    def spoils(request: Request) -> str:
        return drifting(request).replace("Lampe 15", "Lampe 51") if len(request.messages) == 4 else drifting(request)

    result = run(tmp_path, Scripted(spoils, profile=PROFILE))

    assert FAMILIAR.format(15) in texts(result)
    assert ["address"] == [row["check"] for row in standing.findings(result.folder)["findings"]]


def test_what_a_person_wrote_is_not_asked_for_again(tmp_path: Path) -> None:
    first = run(tmp_path, Scripted(drifting, profile=PROFILE))
    corrections.take(first.folder, segment_of(first, "lamp 15"), FAMILIAR.format(15), who="Ada")
    again = Scripted([], profile=PROFILE)

    result = run(tmp_path, again)

    assert [] == again.requests
    assert FAMILIAR.format(15) in texts(result)
    assert 1 == dict(result.statuses)["approved"]


def segment_of(result: order.Result, words: str) -> str:
    with Store.open(result.folder.store, readonly=True) as store:
        return next(segment.id for segment in store.segments() if words in segment.text)


def test_a_finding_that_was_dismissed_is_not_made_again(tmp_path: Path) -> None:
    first = run(tmp_path, Scripted(stubborn, profile=PROFILE))
    dismissals.dismiss(first.folder, segment_of(first, "lamp 15"), reason="a rhyme", who="Ada")
    before = story(first)
    again = Scripted([], profile=PROFILE)

    result = run(tmp_path, again)

    assert [] == again.requests
    assert before == story(result)
    assert [] == standing.findings(result.folder)["findings"]
    assert {"accepted"} == dict(result.statuses).keys()


def test_a_finding_goes_when_the_rest_of_the_work_has_changed(tmp_path: Path) -> None:
    first = run(tmp_path, Scripted(stubborn, profile=PROFILE))
    for number in (*range(10, 15), *range(16, 22)):
        corrections.take(first.folder, segment_of(first, f"lamp {number} "), FAMILIAR.format(number), who="Ada")

    result = run(tmp_path, Scripted([], profile=PROFILE))

    assert [] == standing.findings(result.folder)["findings"]
    assert "flagged" not in dict(result.statuses)


def test_a_repeated_passage_follows_the_person_who_corrected_one_of_them(tmp_path: Path) -> None:
    works.epub(tmp_path / "small.epub", [[*SENTENCES, SENTENCES[0]]])
    first = run(tmp_path, Scripted(drifting, profile=PROFILE))
    wording = "Vor sich sehen Sie Lampe 10 der alten Druckerei, und danach warten Sie auf sie."
    corrections.take(first.folder, segment_of(first, "lamp 10"), wording, who="Ada")
    again = Scripted([], profile=PROFILE)

    result = run(tmp_path, again)

    assert [] == again.requests
    assert 2 == texts(result).count(wording)
    assert {"approved": 1} == {key: number for key, number in result.statuses if key != "accepted"}


def test_quotation_marks_that_change_are_set_right_without_a_request(tmp_path: Path) -> None:
    sources = [f"He called lamp {number} “the old one” of the printing house." for number in range(10, 18)]
    works.epub(tmp_path / "small.epub", [sources])

    def answers(request: Request) -> str:
        lines = []
        for label, text in works.asked(request):
            number = re.search(r"lamp (\d+)", text)
            marks = "»«" if number and number[1] == "15" else "„“"
            lines.append(f"{label}| " + (f"Er nannte Lampe {number[1]} {marks[0]}die alte{marks[1]} der Druckerei." if number else works.rendered(text)))
        return "\n".join(lines)

    model = Scripted(answers, profile=PROFILE)
    result = run(tmp_path, model)

    assert [] == mending(model)
    assert "Er nannte Lampe 15 „die alte“ der Druckerei." in texts(result)
    assert {"accepted"} == dict(result.statuses).keys()


def test_a_budget_that_ends_before_the_mend_leaves_it_for_the_next_run(tmp_path: Path) -> None:
    price = Price(prompt=1.0, cached=1.0, answer=1.0)
    probe = run(tmp_path / "probe", Scripted(stubborn, profile=PROFILE, price=price), budget=1.0, memory="off") if (tmp_path / "probe").mkdir() is None else None
    assert probe is not None
    spent = standing.status(probe.folder)["cost"]
    assert isinstance(spent, float)
    cap = spent * 0.93

    first = run(tmp_path, Scripted(drifting, profile=PROFILE, price=price), budget=cap, memory="off")
    second = run(tmp_path, Scripted(drifting, profile=PROFILE, price=price), budget=10 * cap, memory="off")

    assert 4 == first.exit_code
    assert 0 == second.exit_code
    assert FORMAL.format(15) in texts(second)
    assert Counter(texts(second))[FORMAL.format(15)] == 1
