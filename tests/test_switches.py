"""Checks that are switched off stay off in whatever is shown, built or run again; and a fault that explains others is told alone."""

import json

import pytest
from click.testing import CliRunner

from tests import works
from translate import checker
from translate.checks import ALL, NEIGHBOURS, Facts, Pair, silence
from translate.checks.gravity import gravest, limited
from translate.cli import group
from translate.document import SEVERITIES, Draft, Finding, Kind, Segment
from translate.models.scripted import Scripted
from translate.models.seam import Profile
from translate.pipeline import order, standing, switches
from translate.pipeline.progress import Silent
from translate.pipeline.works import Folder
from translate.store import Store

TEXTS = [[f"The printers worked {10 + number} hours a day in house number {number}." for number in range(4)]]


def wrong_number(request):
    """Always 77 for 12, whatever is said of it."""
    return works.answer(request).replace(" 12 ", " 77 ")


def run(tmp_path, *, without=(), answer=wrong_number, **changes):
    source = works.epub(tmp_path / "small.epub", TEXTS)
    model = Scripted(answer, profile=Profile("scripted", chunk=400))
    return order.carry_out(order.Order(source=source, to="de", out=tmp_path / "out", jobs=1, without=without, **changes), Silent(), model=model), model


def left(tmp_path):
    return [row["check"] for row in standing.findings(Folder(tmp_path / "out/small.de"))["findings"]]


def report(tmp_path):
    return json.loads((tmp_path / "out/small.de/report.json").read_text(encoding="utf-8"))


def cli(*arguments):
    return CliRunner().invoke(group, [*map(str, arguments)], standalone_mode=False)


# --- a work


def test_a_check_that_is_off_asks_for_no_mending_and_flags_nothing(tmp_path):
    result, model = run(tmp_path, without=("numbers",))

    assert (0, 0) == (result.errors, result.exit_code)
    assert [] == [request for request in model.requests if len(request.messages) > 2]
    assert [] == left(tmp_path)


def test_it_stays_off_when_the_work_is_run_built_or_looked_at_again(tmp_path):
    run(tmp_path, without=("numbers",))

    again, model = run(tmp_path)
    built = cli("assemble", tmp_path / "out/small.de", "--json")

    assert [] == list(model.requests)
    assert (0, 0) == (again.exit_code, built.return_value)
    assert [] == left(tmp_path)
    assert ["numbers"] == report(tmp_path)["without"] == standing.status(Folder(tmp_path / "out/small.de"))["without"]


def test_findings_go_when_a_check_is_switched_off_and_come_back_when_it_is_on_again(tmp_path):
    first, _ = run(tmp_path)
    seen = left(tmp_path)

    off, model = run(tmp_path, without=("numbers",))
    then = left(tmp_path), dict(off.statuses)
    on, more = run(tmp_path, without=("none",))

    assert (3, 0, 3) == (first.exit_code, off.exit_code, on.exit_code)
    assert {"numbers"} == set(seen)
    assert seen == left(tmp_path)
    assert ([], {"accepted": sum(dict(first.statuses).values())}) == then
    assert [] == [*model.requests, *more.requests]


def test_a_reading_of_the_whole_work_can_be_switched_off(tmp_path):
    assert {"address", "spelling", "shift", "twins", "numbers"} <= set(switches.NAMES)


def test_the_report_says_what_was_switched_off(tmp_path):
    run(tmp_path, without=("numbers", "capitals"))

    page = (tmp_path / "out/small.de/report.html").read_text(encoding="utf-8")

    assert "These checks were switched off" in page
    assert "<code>capitals</code>, <code>numbers</code>." in page


def test_an_unknown_name_is_refused_with_all_names_before_anything_is_made(tmp_path):
    source = works.epub(tmp_path / "small.epub", TEXTS)

    ran = cli("translate", source, "--to", "de", "--model", "echo", "--out", tmp_path / "out", "--without", "nombers")

    assert str(ran.exception).startswith("There is no check 'nombers' to switch off. The checks are: addition, ")
    assert not (tmp_path / "out").exists()


def test_a_run_that_was_killed_between_switching_and_judging_is_made_good(tmp_path):
    run(tmp_path)
    with Store.open(tmp_path / "out/small.de/work.db") as store:
        store.start_run({"without": "numbers"})

    run(tmp_path, without=("numbers",))

    assert [] == left(tmp_path)


# --- an audit


def test_an_audit_leaves_out_what_is_switched_off(tmp_path):
    (tmp_path / "a.txt").write_text("The river rose in 1984 and fell again.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Der Fluss stieg 1994 und fiel wieder.\n", encoding="utf-8")
    arguments = ["check", tmp_path / "a.txt", tmp_path / "b.txt", "--from", "en", "--to", "de", "--json"]

    with_it, without = (json.loads(cli(*arguments, *more).stdout) for more in ([], ["--without", "numbers"]))

    assert {"numbers"} == {row["check"] for row in with_it["findings"]}
    assert ([], ["numbers"]) == (without["findings"], without["without"])


def test_an_audit_can_leave_out_what_has_no_counterpart(tmp_path):
    ran = cli("check", "--pairs", "x.tsv", "--without", "missing", "--help")

    assert frozenset({"missing"}) == switches.read(["missing"], more=["missing"])
    assert "Switch a check off" in ran.stdout


# --- mending's share


def test_the_share_of_mending_is_in_the_summary_the_status_and_the_report(tmp_path):
    result, _ = run(tmp_path)

    status = standing.status(Folder(tmp_path / "out/small.de"))["mending_share"]

    assert 0.1 < result.mending < 0.95
    assert round(result.mending, 4) == status
    assert round(report(tmp_path)["spending"]["mending"], 4) == status


# --- what explains what


def checks_of(source, target):
    pair = Pair(Segment("s", "d", "1", Kind.PARAGRAPH, (source,)), Draft("s", (target,)))
    return [finding.check for finding in checker.check(pair, Facts("en", "de"))]


SOURCE = "“I did not see the three of them,” she said, and the door of the old house was closed behind her."


@pytest.mark.parametrize("target", [SOURCE, "They had been walking along this river for many years when nobody else would go there with them."])
def test_a_passage_in_another_language_has_that_one_finding(target):
    assert ["untranslated"] == checks_of(SOURCE, target)


def test_a_few_words_left_in_the_source_explain_nothing_else():
    source = "In the year 1984 nobody had seen the three letters, and the doors of the house were closed for the winter by the old men."
    target = "Im Jahr 1994 hatte jemand die drei Briefe gesehen, und the doors of the house were closed durch die alten Männer für den ganzen langen Winter."

    assert {"untranslated", "numbers", "negation"} <= set(checks_of(source, target))


def test_the_table_names_checks_that_exist():
    names = {check.name for check in ALL}

    assert set(silence.SILENCES) <= names | {check.name for check in NEIGHBOURS}
    assert set().union(*silence.SILENCES.values()) <= names
    assert not [name for name, silenced in silence.SILENCES.items() if name in silenced]


def test_a_warning_silences_nothing():
    findings = [Finding("untranslated", "warning", "x", target="Berlin"), Finding("quotation", "info", "y")]

    assert tuple(findings) == silence.told(findings, "Berlin")


def test_a_passage_left_in_the_source_is_worse_than_a_translation_with_faults():
    untranslated = [Finding("untranslated", "error", "x")]
    faulty = [Finding("numbers", "error", "x"), Finding("urls", "error", "y"), Finding("quotation", "warning", "z")]

    assert checker.rank(faulty) < checker.rank(untranslated)


# --- what a person approved, and a term that changed since


def test_where_an_approved_wording_disagrees_with_a_changed_term_it_gets_a_finding_and_stays(tmp_path):
    run(tmp_path, answer=works.answer)
    with Store.open(tmp_path / "out/small.de/work.db") as store:
        pair = next(pair for pair in store.pairs() if " 11 " in pair.segment.text)
        store.review(pair.segment.id, pair.draft.target, who="me")
    (tmp_path / "terms.csv").write_text("source,target\nprinters,Drucker\n", encoding="utf-8")

    run(tmp_path, answer=lambda request: works.answer(request).replace("sretnirpen", "Drucker"), glossaries=(tmp_path / "terms.csv",))

    with Store.open(tmp_path / "out/small.de/work.db", readonly=True) as store:
        now = store.pair(pair.segment.id)
    assert ("approved", pair.draft.target, ["terms"]) == (now.status, now.draft.target, [finding.check for finding in now.findings])
    assert ["terms"] == left(tmp_path)


# --- how grave a check may be


def test_the_table_of_severities_names_every_check_and_nothing_else():
    assert {check.name for check in (*ALL, *NEIGHBOURS)} == set(gravest())
    assert set(gravest().values()) <= set(SEVERITIES)


@pytest.mark.parametrize("told", SEVERITIES)
def test_no_finding_is_graver_than_the_table_lets_its_check_be(told):
    for check, most in gravest().items():
        expected = max(told, most, key=SEVERITIES.index)

        assert expected == limited(Finding(check, told, "x")).severity


def test_the_checker_and_the_neighbours_hold_to_the_table():
    class Loud:
        name, structural = "capitals", False

        def __call__(self, pair, facts):
            yield Finding("capitals", "error", "x")

    pair = Pair(Segment("s", "d", "1", Kind.PARAGRAPH, ("a",)), Draft("s", ("b",)))

    assert [gravest()["capitals"]] == [finding.severity for finding in checker.check(pair, Facts("en", "de"), checks=[Loud()])]
    assert gravest()["capitals"] != "error"
