"""Corrections teach, on a whole work: one corrected passage, every other place shown, mended, and taken back as one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests import works
from translate.cli import group
from translate.document import LedgerLine, Sort, plain
from translate.errors import SettingError
from translate.models.scripted import Scripted
from translate.models.seam import Profile, Request
from translate.pipeline import corrections, ledger, order, rules, standing
from translate.pipeline.progress import Silent
from translate.pipeline.rules import Asking
from translate.pipeline.works import Folder
from translate.store import Store

SENTENCES = {
    "The night shift began at ten.": "Die Nachtarbeit begann um zehn.",
    "She loved the night shift.": "Sie liebte die Nachtarbeit.",
    "He feared the night shift.": "Er fürchtete die Nachtarbeit.",
    "A long night shift was over.": "Eine lange Nachtarbeit war vorbei.",
    "Nobody wanted a night shift on Sunday.": "Niemand wollte am Sonntag eine Nachtarbeit.",
    "The foreman praised the night shift.": "Der Vorarbeiter lobte die Nachtarbeit.",
    "The night shift ended at six.": "Die Nachtschicht endete um sechs.",
    "The night was cold.": "Die Nacht war kalt.",
    "Work by night is hard.": "Nachtarbeit ist schwer.",
    "Chapter number 0": "Kapitel Nummer 0",
    "A Small Book": "Ein kleines Buch",
    "Contents": "Inhalt",
}
FIRST = "The night shift began at ten."


def answer(request: Request) -> str:
    """The German of the table; in a mending turn with the rule's word in it."""
    mends = "Nachtschicht" in request.messages[-1][1]
    rows = works.asked(request)
    said = [(label, SENTENCES[text].replace("Nachtarbeit", "Nachtschicht") if mends else SENTENCES[text]) for label, text in rows]
    return "\n".join(f"{label}| {text}" for label, text in said)


def scripted() -> Scripted:
    return Scripted(answer, profile=Profile("scripted", chunk=200))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    paragraphs = [text for text in SENTENCES if not re.match("Chapter|A Small|Contents", text)]
    source = works.epub(tmp_path / "small.epub", [paragraphs])
    return order.carry_out(order.Order(source=source, to="de", out=tmp_path / "out", jobs=1), Silent(), model=scripted()).folder


def segment(folder: Folder, text: str) -> str:
    with Store.open(folder.store) as store:
        return next(one.id for one in store.segments() if one.text == text)


def targets(folder: Folder) -> dict[str, str]:
    with Store.open(folder.store) as store:
        return {pair.segment.text: pair.draft.text for pair in store.pairs() if pair.draft is not None}


def correct(folder: Folder, text: str = FIRST, wording: str = "Die Nachtschicht begann um zehn.") -> str:
    name = segment(folder, text)
    corrections.take(folder, name, wording, who="Ada")
    return name


def test_a_correction_suggests_a_rule_and_shows_every_other_place(folder: Folder) -> None:
    (proposal,) = rules.propose(folder, correct(folder))

    assert (proposal.lesson.source, proposal.lesson.old, proposal.lesson.new) == ("night shift", "Nachtarbeit", "Nachtschicht")
    assert [(place.segment.text, plain(place.after) if place.after else None, place.how) for place in proposal.places] == [
        ("She loved the night shift.", "Sie liebte die Nachtschicht.", "code"),
        ("He feared the night shift.", "Er fürchtete die Nachtschicht.", "code"),
        ("A long night shift was over.", None, "request"),
        ("Nobody wanted a night shift on Sunday.", None, "request"),
        ("The foreman praised the night shift.", "Der Vorarbeiter lobte die Nachtschicht.", "code"),
    ]


def test_the_first_places_can_be_looked_at_while_all_are_counted(folder: Folder) -> None:
    name = correct(folder)
    (every,), (first,) = rules.propose(folder, name), rules.propose(folder, name, most=2)

    assert (5, 5, 2, 5) == (len(every.places), every.total, len(first.places), first.total)
    assert every.places[:2] == first.places


def test_to_propose_changes_nothing(folder: Folder) -> None:
    name = correct(folder)
    before = (targets(folder), standing.explain(folder, name))

    rules.propose(folder, name)

    assert before == (targets(folder), standing.explain(folder, name))


def test_an_accepted_rule_mends_by_code_what_is_certain_and_flags_the_rest(folder: Folder) -> None:
    name = correct(folder)
    corrections.take(folder, segment(folder, "He feared the night shift."), "Er fürchtete Nachtarbeit.", who="Ada")

    done = rules.accept(folder, name, who="Ada")

    now = targets(folder)
    assert (len(done.mended), len(done.waiting), len(done.approved)) == (2, 2, 1)
    assert now["She loved the night shift."] == "Sie liebte die Nachtschicht."
    assert now["He feared the night shift."] == "Er fürchtete Nachtarbeit."
    assert now["Work by night is hard."] == "Nachtarbeit ist schwer."
    found = standing.findings(folder, check="terms")["findings"]
    assert isinstance(found, list)
    assert {row["segment"] for row in found} == {*done.waiting, *done.approved}


def test_the_next_run_asks_for_the_waiting_places_and_for_nothing_else(folder: Folder) -> None:
    done = rules.accept(folder, correct(folder), who="Ada")
    model = scripted()

    order.carry_out(order.again(folder), Silent(), model=model, folder=folder)

    asked = [text for request in model.requests for _, text in works.asked(request)]
    assert set(asked) == {"A long night shift was over.", "Nobody wanted a night shift on Sunday."}
    assert len(done.waiting) == 2


def test_requests_mend_what_grammar_needs_and_are_shown_before_they_are_taken(folder: Folder) -> None:
    name = correct(folder)
    first, second = scripted(), scripted()

    (shown,) = rules.propose(folder, name, asking=Asking(order.again(folder), Silent(), first))
    unchanged = targets(folder)["A long night shift was over."]
    done = rules.accept(folder, name, who="Ada", asking=Asking(order.again(folder), Silent(), second))

    assert [plain(place.after or ()) for place in shown.by("request")] == ["Eine lange Nachtschicht war vorbei.", "Niemand wollte am Sonntag eine Nachtschicht."]
    assert unchanged == "Eine lange Nachtarbeit war vorbei."
    assert (len(first.requests), len(second.requests)) == (2, 0)
    assert (len(done.mended), done.waiting) == (5, ())
    assert targets(folder)["A long night shift was over."] == "Eine lange Nachtschicht war vorbei."


def test_after_a_rule_nothing_is_left_to_ask(folder: Folder) -> None:
    rules.accept(folder, correct(folder), who="Ada", asking=Asking(order.again(folder), Silent(), scripted()))
    model = scripted()

    order.carry_out(order.again(folder), Silent(), model=model, folder=folder)

    assert model.requests == []


def test_a_rule_is_taken_back_as_one(folder: Folder) -> None:
    name = correct(folder)
    before = targets(folder)
    done = rules.accept(folder, name, who="Ada", asking=Asking(order.again(folder), Silent(), scripted()))
    kept = correct(folder, "She loved the night shift.", "Sie mochte die Nachtschicht.")

    back = rules.undo(folder, done.rule, who="Ada")

    assert len(back) == len(done.mended) - 1
    assert kept not in back
    assert targets(folder) == before | {"She loved the night shift.": "Sie mochte die Nachtschicht."}
    assert rules.rules(folder) == ()
    model = scripted()
    order.carry_out(order.again(folder), Silent(), model=model, folder=folder)
    assert model.requests == []


def test_an_earlier_decision_holds_again_when_a_rule_is_taken_back(folder: Folder) -> None:
    first = rules.accept(folder, correct(folder), who="Ada")
    second = rules.accept(folder, correct(folder, "She loved the night shift.", "Sie liebte die Spätschicht."), who="Ada")

    rules.undo(folder, second.rule, who="Ada")

    with Store.open(folder.store) as store:
        (decision,) = [one for one in store.ledger() if one.line.lemma == "night shift"]
    assert (decision.line.target, decision.status) == ("Nachtschicht", "accepted")
    assert first.line == decision.line


REFUSED = [
    (lambda folder, name: rules.accept(folder, name, number=2, who="Ada"), "suggests no rule number 2"),
    (lambda folder, name: rules.undo(folder, 77, who="Ada"), "There is no rule 77"),
    (lambda folder, name: rules.find(folder, 77), "There is no rule 77"),
]


@pytest.mark.parametrize(("does", "message"), REFUSED)
def test_what_cannot_be_is_told_in_one_line(folder: Folder, does, message: str) -> None:  # type: ignore[no-untyped-def]
    name = correct(folder)

    with pytest.raises(SettingError, match=message):
        does(folder, name)


def test_where_the_word_of_the_source_is_not_known_it_is_asked_for(folder: Folder) -> None:
    name = correct(folder, "The night was cold.", "Die Nacht war eisig.")

    with pytest.raises(SettingError, match="Say it with --source: The night was cold"):
        rules.accept(folder, name, who="Ada")
    assert rules.accept(folder, name, source="cold", who="Ada").line.lemma == "cold"


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(group, [str(one) for one in arguments], standalone_mode=False)
    assert result.exception is None, result.exception
    return int(result.return_value or 0), result.output


def test_the_commands_show_accept_list_and_take_back(folder: Folder) -> None:
    name, work = segment(folder, FIRST), folder.path

    corrected = run("correct", work, name, "Die Nachtschicht begann um zehn.", "--who", "Ada")[1]
    shown = run("rule", "propose", work, name)[1]
    accepted = json.loads(run("rule", "accept", work, name, "--who", "Ada", "--json")[1])
    listed, told = run("rule", "list", work)[1], run("rule", "show", work, accepted["rule"])[1]
    undone = run("rule", "undo", work, accepted["rule"])[1]

    assert "You changed 'Nachtarbeit' to 'Nachtschicht' for 'night shift': 5 more places." in corrected
    assert "     - Sie liebte die Nachtarbeit.\n     + Sie liebte die Nachtschicht.\n" in shown
    assert (accepted["target"], accepted["forbidden"], len(accepted["mended"])) == ("Nachtschicht", ["Nachtarbeit"], 3)
    assert f"{accepted['rule']}  night shift = Nachtschicht" in listed
    assert "mended by code" in told
    assert "passages are as they were" in undone


def test_what_all_corrections_suggest_is_told_once_until_it_is_the_rule(folder: Folder) -> None:
    correct(folder)
    last = correct(folder, "She loved the night shift.", "Sie liebte die Nachtschicht.")
    correct(folder, "The night was cold.", "Die Nacht war eisig.")

    before = [(one.segment, one.lesson.new, len(one.places)) for one in rules.suggestions(folder)]
    rules.accept(folder, last, who="Ada")

    assert before == [(last, "Nachtschicht", 4)]
    assert rules.suggestions(folder) == ()


def test_a_rule_keeps_what_a_glossary_allows_beside_it(folder: Folder) -> None:
    with Store.open(folder.store) as store:
        ledger.put(store, [LedgerLine(Sort.CONCEPT, "night shift", "Nachtarbeit", ("Nachtdienst",), ("Nachtwache",))], who="Ada")

    line = rules.accept(folder, correct(folder), who="Ada").line

    assert (line.target, line.allowed, line.forbidden) == ("Nachtschicht", ("Nachtdienst",), ("Nachtwache", "Nachtarbeit"))


def test_a_worse_answer_to_a_request_is_refused_and_the_passage_waits(folder: Folder) -> None:
    name = correct(folder)
    worse = Scripted(lambda request: "\n".join(f"{label}| Nachtschicht 1999." for label, _ in works.asked(request)), profile=Profile("scripted", chunk=200))
    before = targets(folder)

    (shown,) = rules.propose(folder, name, asking=Asking(order.again(folder), Silent(), worse))
    done = rules.accept(folder, name, who="Ada", asking=Asking(order.again(folder), Silent(), worse))

    asked = ("A long night shift was over.", "Nobody wanted a night shift on Sunday.")
    assert worse.requests
    assert [place.after for place in shown.by("request")] == [None, None]
    assert [targets(folder)[text] for text in asked] == [before[text] for text in asked]
    assert len(done.waiting) == 2
