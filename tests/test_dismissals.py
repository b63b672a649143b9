"""A finding that a person dismissed stands no more, until its source or its translation changes; then that is said."""

from __future__ import annotations

import json
import sqlite3

import pytest

from translate.document import Document, Draft, Finding, Kind, Slot
from translate.errors import SettingError, StoreError
from translate.pipeline import dismissals, results, standing, works
from translate.report import ReportFinding
from translate.store import Choice, Judged, Outcome, Store, Work

WRONG = Finding("numbers", "error", "1984 is in the source and not in the translation.", "1984", "", None)
ODD = Finding("quotation", "warning", "Straight quotation marks.", "", '"so"', (0, 4))
NOTE = Finding("script", "info", "A remark.")


@pytest.fixture
def folder(tmp_path):
    return works.Folder(tmp_path / "book.de")


@pytest.fixture
def store(folder):
    with Store.create(folder.store, Work("A Book", "a.epub", "epub", "en", "de")) as store:
        bring(store, "In 1984 it rained.", "In 1984 it rained again.", "Nobody came.")
        yield store


def bring(store, *texts):
    slots = tuple(Slot("one.xhtml", f"p{at}", Kind.PARAGRAPH, (text,)) for at, text in enumerate(texts))
    store.add_version("a.epub", "|".join(texts).encode(), [Document("one.xhtml", "content", slots)])


def draft(store, segment, text, *findings):
    """A draft as a run stores it: flagged where there is an error or a warning."""
    status = "flagged" if any(finding.severity != "info" for finding in findings) else "accepted"
    store.commit(Outcome((Judged(Draft(segment, (text,)), findings),), (Choice(segment, status, 0, dependency="d"),))).result()


def status(store, segment):
    return store.states()[segment].status


def found(store):
    return [finding.check for _, finding, _ in store.findings()]


def test_a_dismissed_finding_stands_no_more_and_its_segment_is_accepted(store):
    first = next(iter(store.states()))
    draft(store, first, "Es regnete.", WRONG, NOTE)

    given = store.dismissing.dismiss(first, [WRONG], who="Ida", reason="The year is in the heading.")

    assert [(first, WRONG, "Ida", "The year is in the heading.")] == [(one.segment, one.finding, one.who, one.reason) for one in given]
    assert ["script"] == found(store)
    assert "accepted" == status(store, first)
    assert given == store.pair(first).dismissed == store.dismissing.all()
    assert () == store.verify()


def test_what_is_left_keeps_the_segment_flagged(store):
    first = next(iter(store.states()))
    draft(store, first, '"so"', WRONG, ODD)

    store.dismissing.dismiss(first, [WRONG], who="Ida", reason="no")

    assert ["quotation"] == found(store)
    assert "flagged" == status(store, first)


def test_a_dismissal_is_on_disk_and_stays_when_the_store_is_opened_again(folder, store):
    first = next(iter(store.states()))
    draft(store, first, "Es regnete.", WRONG)
    store.dismissing.dismiss(first, [WRONG], who="Ida", reason="no")
    store.close()

    with Store.open(folder.store, readonly=True) as again:
        assert [] == found(again)
        assert [False] == [one.stale for one in again.dismissing.all()]


def test_it_holds_when_a_run_brings_the_same_words_again(store):
    first = next(iter(store.states()))
    draft(store, first, "Es regnete.", WRONG)
    store.dismissing.dismiss(first, [WRONG], who="Ida", reason="no")

    draft(store, first, "Es regnete.", WRONG)

    assert [] == found(store)
    assert "accepted" == status(store, first)


CHANGES = {
    "the translation": lambda store, first: draft(store, first, "Da regnete es.", WRONG),
    "what the check says": lambda store, first: draft(store, first, "Es regnete.", Finding("numbers", "error", "84 is not there.", "84")),
    "the check": lambda store, first: draft(store, first, "Es regnete.", Finding("dates", "error", WRONG.message, "1984")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_it_holds_no_more_when_something_changes(store, change):
    first = next(iter(store.states()))
    draft(store, first, "Es regnete.", WRONG)
    store.dismissing.dismiss(first, [WRONG], who="Ida", reason="no")

    change(store, first)

    assert 1 == len(found(store))
    assert "flagged" == status(store, first)
    assert [True] == [one.stale for one in store.dismissing.all()]


def test_it_is_stale_when_the_source_changes_or_goes(store):
    first, second, _ = store.states()
    for segment in (first, second):
        draft(store, segment, "Es regnete.", WRONG)
        store.dismissing.dismiss(segment, [WRONG], who="Ida", reason="no")

    bring(store, "In 1984 it rained, they say.", "Nobody came.")

    assert [True, True] == [one.stale for one in store.dismissing.all()]


def test_it_holds_no_more_for_another_source_though_the_translation_and_the_finding_are_the_same(store):
    first = next(iter(store.states()))
    draft(store, first, "Es regnete.", WRONG)
    store.dismissing.dismiss(first, [WRONG], who="Ida", reason="no")

    bring(store, "In 1984 it rained hard.", "In 1984 it rained again.", "Nobody came.")
    draft(store, next(iter(store.states())), "Es regnete.", WRONG)

    assert ["numbers"] == found(store)


def test_a_dismissal_is_taken_back(store):
    first = next(iter(store.states()))
    draft(store, first, "Es regnete.", WRONG)
    (one,) = store.dismissing.dismiss(first, [WRONG], who="Ida", reason="no")

    assert store.dismissing.withdraw(one.id, who="Ida")
    assert not store.dismissing.withdraw(one.id, who="Ida")

    assert ["numbers"] == found(store)
    assert "flagged" == status(store, first)
    assert () == store.dismissing.all()


def test_what_does_not_stand_there_is_not_dismissed(store):
    first = next(iter(store.states()))
    draft(store, first, "Es regnete.", WRONG)

    assert () == store.dismissing.dismiss(first, [ODD], who="Ida", reason="no")
    assert 1 == len(store.dismissing.dismiss(first, [WRONG, WRONG], who="Ida", reason="no"))
    assert () == store.dismissing.dismiss(first, [WRONG], who="Ida", reason="again")
    assert 1 == len(store.dismissing.all())


@pytest.mark.parametrize(("who", "reason"), [("", "no"), ("Ida", " ")])
def test_a_dismissal_needs_a_name_and_a_reason(store, who, reason):
    with pytest.raises(StoreError, match="needs a name and a reason"):
        store.dismissing.dismiss(next(iter(store.states())), [WRONG], who=who, reason=reason)


def test_an_approved_wording_stays_approved(store):
    first = next(iter(store.states()))
    store.review(first, ("Es regnete.",), who="Ida", findings=(WRONG,))

    store.dismissing.dismiss(first, [WRONG], who="Ida", reason="no")

    assert [] == found(store)
    assert "approved" == status(store, first)


def test_the_history_tells_who_dismissed_what_and_why(store, folder):
    first = next(iter(store.states()))
    draft(store, first, "Es regnete.", WRONG)
    store.dismissing.dismiss(first, [WRONG], who="Ida", reason="The year is in the heading.")

    told = standing.explain(folder, first)

    assert [f"{WRONG.message} (Ida: The year is in the heading.)"] == told["dismissed"]
    events = {event["what"]: event["details"] for event in told["events"]}
    assert [WRONG.message, "The year is in the heading."] == events["Ida dismissed a finding of the check numbers"]


def test_a_dismissal_that_was_tampered_with_is_named(store, folder):
    first = next(iter(store.states()))
    draft(store, first, "Es regnete.", WRONG)
    store.dismissing.dismiss(first, [WRONG], who="Ida", reason="no")
    store.close()
    connection = sqlite3.connect(folder.store)
    connection.execute("UPDATE dismissals SET message = 'anything'")
    connection.commit()
    connection.close()

    with Store.open(folder.store, readonly=True) as again:
        assert 1 == len(again.verify())
        assert "Dismissal 1" in again.verify()[0]


# --- the command's side


def test_all_alike_means_the_same_check_and_the_same_words(store, folder):
    first, second, third = store.states()
    draft(store, first, "Es regnete.", WRONG)
    draft(store, second, "Es regnete wieder.", WRONG)
    draft(store, third, "Keiner kam.", Finding("numbers", "error", "Another sentence.", "1985"))
    store.close()

    done = dismissals.dismiss(folder, first, check="numbers", reason="no", who="Ida", all_alike=True)

    assert [first, second] == [one.segment for one in done]
    assert [third] == [row["segment"] for row in standing.findings(folder)["findings"]]
    state = standing.status(folder)
    assert (2, 0, 1, 1) == (state["dismissed"], state["stale_dismissals"], state["errors"], state["flagged"])


def test_one_is_dismissed_and_those_like_it_are_left(store, folder):
    first, second, _ = store.states()
    draft(store, first, "Es regnete.", WRONG)
    draft(store, second, "Es regnete wieder.", WRONG)
    store.close()

    dismissals.dismiss(folder, first, reason="no", who="Ida")

    assert [second] == [row["segment"] for row in standing.findings(folder)["findings"]]
    assert [first] == [row["segment"] for row in standing.dismissed(folder)["dismissed"]]
    assert [first] == [one.segment for one in dismissals.undo(folder, first, who="Ida")]
    assert [] == standing.dismissed(folder)["dismissed"]


def test_the_report_lists_what_was_dismissed_and_counts_its_passage_as_accepted(store, folder):
    first = next(iter(store.states()))
    draft(store, first, "Es regnete.", WRONG)
    store.dismissing.dismiss(first, [WRONG], who="Ida", reason="The year is in the heading.")

    page = results.report_of(store, folder, ())

    assert () == page.findings
    assert [("Ida", "The year is in the heading.", False)] == [(one.who, one.reason, one.stale) for one in page.dismissed]
    assert (1, 0) == (page.counts.accepted, page.counts.error)


REFUSED = [
    ("script", "has no finding of the check script that stands; it has: numbers, quotation"),
    ("", "has findings of several checks: say which with --check"),
]


@pytest.mark.parametrize(("check", "says"), REFUSED)
def test_a_finding_must_be_clear(store, folder, check, says):
    first = next(iter(store.states()))
    draft(store, first, '"so"', WRONG, ODD)

    with pytest.raises(SettingError, match=says):
        dismissals.dismiss(folder, first, check=check, reason="no", who="Ida")


def test_there_must_be_something_to_take_back(store, folder):
    with pytest.raises(SettingError, match="Nothing was dismissed"):
        dismissals.undo(folder, next(iter(store.states())), who="Ida")


# --- audits


def audited(target="Es regnete.", finding=WRONG):
    return ReportFinding("a:1", "a", finding, ("In 1984 it rained.",), (target,))


def audit_folder(tmp_path, *rows):
    (tmp_path / "report.json").write_text(json.dumps({"findings": rows}), encoding="utf-8")
    return tmp_path


ROW = {
    "segment": "a:1",
    "check": "numbers",
    "severity": "error",
    "message": WRONG.message,
    "source": "In 1984 it rained.",
    "target": "Es regnete.",
    "source_words": "1984",
    "target_words": "",
}


def test_a_finding_of_an_audit_is_dismissed_in_a_file_beside_its_report(tmp_path):
    folder = audit_folder(tmp_path, ROW, {**ROW, "segment": "a:2", "target": "Es goss."}, {**ROW, "segment": "a:3", "check": "dates"})

    dismissals.dismiss_in_audit(folder, "a:1", check="numbers", reason="no", who="Ida")
    left, gone = dismissals.sorted_out([audited()], dismissals.load(folder / "dismissals.json"))

    assert dismissals.is_audit(folder)
    assert [] == left
    assert [("a:1", False, "Ida", "no")] == [(one.segment, one.stale, one.who, one.reason) for one in gone]


def test_all_alike_in_an_audit(tmp_path):
    folder = audit_folder(tmp_path, ROW, {**ROW, "segment": "a:2", "target": "Es goss."}, {**ROW, "segment": "a:3", "check": "dates"})

    done = dismissals.dismiss_in_audit(folder, "a:1", reason="no", who="Ida", all_alike=True)

    assert ["a:1", "a:2"] == [one.segment for one in done]
    assert () == dismissals.dismiss_in_audit(folder, "a:1", reason="no", who="Ida", all_alike=True)


def test_a_dismissal_in_an_audit_is_stale_when_the_text_changes(tmp_path):
    folder = audit_folder(tmp_path, ROW)
    dismissals.dismiss_in_audit(folder, "a:1", reason="no", who="Ida")

    left, gone = dismissals.sorted_out([audited("Es regnete doch.")], dismissals.load(folder / "dismissals.json"))

    assert 1 == len(left)
    assert [True] == [one.stale for one in gone]


def test_a_dismissal_in_an_audit_is_taken_back(tmp_path):
    folder = audit_folder(tmp_path, ROW)
    dismissals.dismiss_in_audit(folder, "a:1", reason="no", who="Ida")

    assert ["a:1"] == [one.segment for one in dismissals.undo_in_audit(folder, "a:1")]

    assert () == dismissals.load(folder / "dismissals.json")
    with pytest.raises(SettingError, match="Nothing was dismissed"):
        dismissals.undo_in_audit(folder, "a:1")


@pytest.mark.parametrize("text", ["", "[]", '{"dismissals": [{"who": 1}]}', '{"dismissals": [3]}', "\xff"])
def test_a_damaged_file_of_dismissals_is_named(tmp_path, text):
    path = tmp_path / "dismissals.json"
    path.write_text(text, encoding="latin-1")

    with pytest.raises(SettingError, match=r"dismissals\.json is no file of dismissals"):
        dismissals.load(path)


@pytest.mark.parametrize("text", ["", "[]", '{"findings": [{"segment": 1}]}'])
def test_a_damaged_report_of_an_audit_is_named(tmp_path, text):
    (tmp_path / "report.json").write_text(text, encoding="utf-8")

    with pytest.raises(SettingError, match=r"report\.json is no report"):
        dismissals.dismiss_in_audit(tmp_path, "a:1", reason="no", who="Ida")
