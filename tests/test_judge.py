"""A second model as judge: what it says counts where it names words of the text and says so twice, and how far to trust it is measured."""

import json
import re

import pytest
from click.testing import CliRunner

from tests import works
from translate import assessor
from translate.assessor import Look, planting
from translate.cli import group
from translate.document import Kind, Marker, Segment
from translate.errors import SettingError
from translate.languages import find
from translate.models.scripted import Scripted
from translate.models.seam import Price, Profile
from translate.pipeline import assessment, order, standing
from translate.pipeline.audit import Assignment, audit
from translate.pipeline.progress import Silent
from translate.pipeline.works import Folder
from translate.store import Store

CHAT = Profile("scripted", chunk=400, schema=True)
TEXTS = [[f"The printers worked {10 + number} hours a day in house number {number}, and nobody came." for number in range(6)]]


def look(source, target):
    return Look(Segment("s1", "d", "1", Kind.PARAGRAPH, (source,)), (target,))


def error(span, category="mistranslation", severity="major", why="It says something else."):
    return {"category": category, "severity": severity, "span": span, "why": why}


def said(*errors):
    return json.dumps({"errors": list(errors)})


def judged_texts(request):
    """Source and translation of a request to the judge."""
    last = request.messages[-1][1]
    return tuple(re.search(rf"^{name}: (.*)$", last, re.MULTILINE)[1] for name in ("Source", "Translation"))


def run(tmp_path, answer, *, translate=works.answer, texts=TEXTS, price=None, **changes):
    source = works.epub(tmp_path / "small.epub", texts)
    judge = Scripted(answer, profile=CHAT, price=price or Price(0, 0, 0))
    judge.name = "the-judge"
    wanted = order.Order(source=source, to="de", out=tmp_path / "out", jobs=1, judge="hosted:judge", **changes)
    result = order.carry_out(wanted, Silent(), model=Scripted(translate, profile=CHAT), judge=judge)
    return result, judge


def seen(tmp_path):
    rows = standing.findings(Folder(tmp_path / "out/small.de"))["findings"]
    return [row for row in rows if row["check"] == "judge"]


def summary(tmp_path):
    return json.loads((tmp_path / "out/small.de/report.json").read_text(encoding="utf-8"))["judge"]


# --- what counts

COUNTS = [
    ("words of the translation", error("drei Häuser"), [("target", "drei Häuser")]),
    ("an omission, in words of the source", error("two houses", "omission"), [("source", "two houses")]),
    ("words that are not there", error("vier Häuser"), []),
    ("words of the source, though no omission", error("two houses"), []),
    ("other capitals", error("Drei Häuser"), []),
    ("no words", error("  "), []),
    ("only signs", error("."), []),
    ("a category nobody knows", error("drei", "vibes"), [("target", "drei")]),
    ("a span that is no text", error(7), []),
    ("no object", "drei", []),
]


@pytest.mark.parametrize(("row", "expected"), [case[1:] for case in COUNTS], ids=[case[0] for case in COUNTS])
def test_an_error_counts_where_it_names_words_of_the_text(row, expected):
    verdict = assessor.read(said(row), look("He saw two houses.", "Er sah drei Häuser."))

    assert expected == [(one.side, one.span) for one in verdict.errors]
    assert (len(expected) == 0) == (verdict.thrown == 1)


@pytest.mark.parametrize("answer", ["", "I see no errors.", "[]", '{"errors": "none"}', '{"errors": [', "null"])
def test_an_answer_without_a_verdict_is_none(answer):
    assert not assessor.read(answer, look("a", "b")).readable


def test_a_verdict_is_read_whatever_is_said_around_it():
    verdict = assessor.read(f"<think>well</think>```json\n{said(error('drei'))}\n```", look("two", "drei"))

    assert ["drei"] == [one.span for one in verdict.errors]


def test_an_error_counts_only_if_the_second_vote_names_overlapping_words():
    one = look("He saw two houses and a dog.", "Er sah drei Häuser und einen Hund.")
    first = assessor.read(said(error("drei Häuser"), error("Hund")), one).errors
    second = assessor.read(said(error("drei"), error("Er")), one).errors

    assert ["drei Häuser"] == [kept.span for kept in assessor.repeated(first, second)]


def test_a_finding_says_kind_gravity_words_and_reason_and_has_its_place():
    one = Look(Segment("s1", "d", "1", Kind.PARAGRAPH, ("two",)), ("Er sah ", Marker("open", 1), "drei", Marker("close", 1), " Häuser."))
    (found,) = assessor.read(said(error("drei Häuser", "number", "critical", "It was two.")), one).errors

    finding = assessor.finding_of(found, one, "m")

    assert ("judge", "error", (7, 18)) == (finding.check, finding.severity, finding.span)
    assert finding.message == "A judge (m) sees an error of the kind number (critical) in “drei Häuser”: It was two."


def test_the_two_votes_are_different_requests():
    first, second = (assessor.compose(look("two", "drei"), source=find("en"), target=find("de"), profile=CHAT, vote=vote) for vote in (1, 2))

    assert first.messages != second.messages
    assert '"errors"' in first.schema


# --- planting

PLANT = [
    ("negation", "Sie kamen nicht nach Hause.", "Sie kamen nach Hause."),
    ("sentence", "Sie kamen nach Hause. Dann gingen sie alle zu Bett.", "Sie kamen nach Hause. "),
]


@pytest.mark.parametrize(("kind", "before", "after"), PLANT)
def test_errors_are_planted_as_their_kind_says(kind, before, after):
    (planted,) = assessor.plant([look("x", before)], tag="de", many=1, seed=1)

    assert (kind, (after,)) == (planted.kind, planted.look.target)


def test_numbers_change_and_names_are_swapped():
    looks = [look("In 1984 it was Anna who came.", "Im Jahr 1984 war es Anna, die kam."), look("It was Karl who came.", "Es war hier Karl, der kam.")]

    planted = {one.kind: one for one in assessor.plant(looks, tag="de", many=4, seed=3)}

    assert {"number", "name"} == set(planted)
    assert planted["number"].now != planted["number"].was
    assert {"Anna", "Karl"} == {planted["name"].now, planted["name"].was}
    assert all(one.look.target[0][one.place : one.place + len(one.now)] == one.now for one in planted.values())


def test_the_same_looks_and_seed_give_the_same_plants():
    looks = [look("No.", f"Sie kamen nicht im Jahr 19{number}4, und es war kalt.") for number in range(9)]

    assert assessor.plant(looks, tag="de", many=6, seed=5) == assessor.plant(looks, tag="de", many=6, seed=5)
    assert assessor.plant(looks, tag="de", many=6, seed=5) != assessor.plant(looks, tag="de", many=6, seed=6)


def test_a_planted_error_is_named_where_the_words_meet_it():
    looks = [look("In 1984 it was.", "Im Jahr 1984 war es.")]
    (planted,) = assessor.plant(looks, tag="de", many=1, seed=1)
    hit, miss = (assessor.read(said(error(words)), planted.look).errors[0] for words in (planted.now, "war es"))

    assert planted.is_named_by(hit)
    assert not planted.is_named_by(miss)


def test_every_kind_can_be_planted():
    assert set(planting.KINDS) == {"negation", "number", "sentence", "name"}


# --- a work


def nothing(request):
    return said()


def names_every(word):
    """A judge that sees an error in each passage with the word."""
    return lambda request: said(error(word)) if word in judged_texts(request)[1] else said()


def test_what_the_judge_sees_twice_is_a_finding_of_its_passage(tmp_path):
    result, judge = run(tmp_path, names_every("13"), judge_sample=100)

    (found,) = seen(tmp_path)
    assert "13" in found["source"]
    assert found["severity"] == "warning"
    assert (0, 1) == (result.exit_code, dict(result.statuses)["flagged"])
    assert "the-judge" in found["message"]
    assert all("Translate:" not in request.messages[-1][1] for request in judge.requests)


def test_what_it_sees_only_once_is_left_out_and_counted(tmp_path):
    asked = []

    def fickle(request):
        asked.append(judged_texts(request))
        return names_every("13")(request) if asked.count(asked[-1]) == 1 else said()

    run(tmp_path, fickle, judge_sample=100)

    assert [] == seen(tmp_path)
    assert summary(tmp_path)["unrepeated"] == 1


def test_a_second_run_asks_the_judge_nothing_and_finds_the_same(tmp_path):
    run(tmp_path, names_every("13"), judge_sample=100)
    before = seen(tmp_path)

    _, judge = run(tmp_path, names_every("13"), judge_sample=100)

    assert [] == judge.requests
    assert before == seen(tmp_path) != []


def test_findings_and_numbers_stay_when_the_book_is_built_again(tmp_path):
    run(tmp_path, names_every("13"), judge_sample=100)
    before = summary(tmp_path)

    built = CliRunner().invoke(group, ["assemble", str(tmp_path / "out/small.de")], standalone_mode=False)

    assert built.exception is None
    assert before == summary(tmp_path)
    assert before["model"] == "the-judge"


def test_suspicious_passages_are_read_whatever_the_sample(tmp_path):
    wrong = lambda request: works.answer(request).replace(" 12 ", " 77 ")  # noqa: E731
    _, judge = run(tmp_path, nothing, translate=wrong, judge_sample=0)

    real = {texts for texts in map(judged_texts, judge.requests) if " 12 " in texts[0]}
    assert 1 == summary(tmp_path)["suspicious"] == summary(tmp_path)["read"]
    assert len(real) >= 1


def test_the_sample_is_of_the_size_asked_for_and_the_same_each_time():
    wish = assessment.Wish(share=5.0, seed=1)
    names = [f"segment-{number}" for number in range(4000)]

    chosen = [name for name in names if assessment.is_sampled(name, wish)]

    assert 150 <= len(chosen) <= 250
    assert chosen == [name for name in names if assessment.is_sampled(name, wish)]
    assert chosen != [name for name in names if assessment.is_sampled(name, assessment.Wish(share=5.0, seed=2))]


def perfect(request):
    """A judge that knows the right translation."""
    source, target = judged_texts(request)
    wanted, there = works.rendered(source).split(), target.split()
    return said(*(error(word) for word in there if word not in wanted))


def test_its_agreement_with_planted_errors_is_in_the_report(tmp_path):
    run(tmp_path, perfect, judge_sample=0)

    told = summary(tmp_path)
    page = (tmp_path / "out/small.de/report.html").read_text(encoding="utf-8")
    assert told["planted"] == told["found"] == told["right"] == told["said"] > 3
    assert (1.0, 1.0) == (told["recall"], told["precision"])
    assert f"of {told['planted']} errors planted in copies it found {told['planted']}" in page


def test_a_blind_judge_and_one_that_cries_wolf_are_shown_up(tmp_path):
    run(tmp_path / "blind", nothing, judge_sample=0)
    run(tmp_path / "wolf", lambda request: said(error(judged_texts(request)[1].split()[0])), judge_sample=0)

    blind, wolf = summary(tmp_path / "blind"), summary(tmp_path / "wolf")
    assert (0, 0) == (blind["recall"], blind["said"])
    assert wolf["precision"] < 0.2
    assert wolf["said"] > 3


def test_planted_errors_are_in_no_book_and_no_finding(tmp_path):
    run(tmp_path, perfect, judge_sample=100)

    with Store.open(tmp_path / "out/small.de/work.db", readonly=True) as store:
        assert [works.rendered(pair.segment.text) for pair in store.pairs()] == [pair.draft.text for pair in store.pairs()]
    assert [] == seen(tmp_path)


def test_a_judge_that_also_translated_is_named_as_such(tmp_path):
    source = works.epub(tmp_path / "small.epub", TEXTS)
    judge = Scripted(nothing, profile=CHAT)
    order.carry_out(order.Order(source=source, to="de", out=tmp_path / "out", jobs=1, judge="x"), Silent(), model=Scripted(works.answer, profile=CHAT), judge=judge)

    page = (tmp_path / "out/small.de/report.html").read_text(encoding="utf-8")
    assert summary(tmp_path)["same"]
    assert "It is the model that translated, and may overlook its own faults." in page


def test_a_judge_that_also_translates_is_warned_of_before_it_costs_anything(tmp_path):
    lines = []

    class Told(Silent):
        def says(self, line):
            lines.append(line)

    source, told = works.epub(tmp_path / "small.epub", TEXTS), Told()
    wanted = order.Order(source=source, to="de", out=tmp_path / "out", jobs=1, judge="x")
    order.carry_out(wanted, told, model=Scripted(works.answer, profile=CHAT), judge=Scripted(nothing, profile=CHAT))

    assert [line for line in lines if line.startswith("The judge is the model that translates (scripted)")]


def test_the_judge_stays_within_the_budget(tmp_path):
    price = Price(10.0, 10.0, 10.0)
    result, judge = run(tmp_path, nothing, price=price, budget=0.02, judge_sample=100)

    with Store.open(tmp_path / "out/small.de/work.db", readonly=True) as store:
        spent = store.spent()
    assert 4 == result.exit_code
    assert spent.most <= 0.02
    assert len(judge.requests) < 7
    assert {"accepted"} == {status for status, _ in result.statuses}


def test_the_judge_s_tokens_are_not_mending(tmp_path):
    result, _ = run(tmp_path, perfect, judge_sample=100)

    assert result.mending == 0


def test_what_a_person_approved_is_not_judged(tmp_path):
    run(tmp_path, nothing, judge_sample=0)
    with Store.open(tmp_path / "out/small.de/work.db") as store:
        pair = next(pair for pair in store.pairs() if " 13 " in pair.segment.text)
        store.review(pair.segment.id, pair.draft.target, who="me")

    run(tmp_path, names_every("13"), judge_sample=100)

    assert [] == seen(tmp_path)


def test_a_model_that_takes_no_questions_cannot_judge():
    base = Scripted(nothing, profile=Profile("base", form="examples"))

    with pytest.raises(SettingError, match="cannot judge a translation: name a chat model"):
        assessment.usable(base, None)


def test_a_stand_in_is_not_judged(tmp_path):
    source = works.epub(tmp_path / "small.epub", TEXTS)

    ran = CliRunner().invoke(group, ["translate", str(source), "--to", "de", "--model", "pseudo", "--judge", "hosted:x", "--out", str(tmp_path)], standalone_mode=False)

    assert "gives no translation that could be judged" in str(ran.exception)


# --- an audit


def pairs(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(f"{text}\t{works.rendered(text).replace('13', '12')}\n" for text in TEXTS[0]), encoding="utf-8")
    return path


def checked(tmp_path, judge, out="out"):
    return audit(Assignment(pairs=pairs(tmp_path), from_="en", to="de", out=tmp_path / out, judge="x", judge_sample=100), judge=judge)


def test_an_audit_can_have_a_judge_and_pays_it_once(tmp_path):
    judge, again = Scripted(perfect, profile=CHAT), Scripted(perfect, profile=CHAT)

    first = checked(tmp_path, judge)
    second = checked(tmp_path, again)

    found = [one.finding for one in first.page.findings if one.finding.check == "judge"]
    assert ["12"] == [finding.target for finding in found]
    assert first.page.findings == second.page.findings
    assert first.page.assessment == second.page.assessment
    assert (True, []) == (len(judge.requests) > 6, again.requests)


def test_a_translation_without_its_source_cannot_be_judged(tmp_path):
    (tmp_path / "b.txt").write_text("Sie kamen nicht nach Hause.\n", encoding="utf-8")

    with pytest.raises(SettingError, match="--judge needs both files"):
        audit(Assignment(target=tmp_path / "b.txt", to="de", judge="x"), judge=Scripted(nothing, profile=CHAT))


# --- end to end


def test_a_judge_on_a_server_reads_an_audit(tmp_path, model_server):
    base = model_server("--delay", "0", "--per-token", "0")
    arguments = ["check", "--pairs", str(pairs(tmp_path)), "--from", "en", "--to", "de", "--out", str(tmp_path / "out"), "--judge", "hosted:bench", "--base-url", base, "--judge-sample", "100", "--json"]

    ran = CliRunner().invoke(group, arguments, standalone_mode=False, env={"OPENAI_API_KEY": "x"})

    assert ran.exception is None, ran.exception
    told = json.loads(ran.stdout)
    assert told["judge"]["read"] == 6
    assert [row for row in told["findings"] if row["check"] == "judge"]
    assert (tmp_path / "out/judge.db").exists()
