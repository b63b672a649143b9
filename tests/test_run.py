"""A whole run with a scripted model: it goes on where it stopped, pays nothing twice, never passes the cap, and ships nothing silently."""

import re
import zipfile

import pytest

from tests import works
from translate.errors import BudgetReached, ContentRefused, ModelRefused, ModelUnreachable, RateLimited, RequestFails
from translate.models.scripted import Scripted
from translate.models.seam import Price, Profile
from translate.pipeline import corrections, order, standing
from translate.pipeline.progress import Silent
from translate.store import Store

ALL = 36 + 3 + 2
"""Paragraphs, headings, and the two titles (the book's and the contents')."""

CHAPTERS = [
    [f"The printers of house {chapter} worked {10 + number} hours a day, and <em>nobody</em> asked them number {number}." for number in range(12)]
    for chapter in range(3)
]


def ordered(tmp_path, **changes):
    source = tmp_path / "small.epub"
    if not source.exists():
        works.epub(source, CHAPTERS)
    return order.Order(source=source, to="de", out=tmp_path / "out", **{"jobs": 2, **changes})


def run(tmp_path, model, **changes):
    return order.carry_out(ordered(tmp_path, **changes), Silent(), model=model)


def small(**changes):
    return Profile("scripted", chunk=120, **changes)


def chapter(result, number):
    with zipfile.ZipFile(result.book) as book:
        return book.read(f"OEBPS/c{number}.xhtml").decode()


def test_every_passage_is_translated_accepted_and_in_the_book(tmp_path):
    result = run(tmp_path, Scripted(works.answer, profile=small()))

    assert {"accepted": ALL} == dict(result.statuses)
    assert 0 == result.exit_code
    for number, paragraphs in enumerate(CHAPTERS):
        for paragraph in paragraphs:
            assert f"<p>{works.rendered(re.sub(r'</?em>', '§', paragraph))}</p>".replace("§", "<em>", 1).replace("§", "</em>", 1) in chapter(result, number)


def test_a_second_run_asks_nothing(tmp_path):
    run(tmp_path, Scripted(works.answer, profile=small()))
    again = Scripted([], profile=small())

    result = run(tmp_path, again)

    assert [] == again.requests
    assert {"accepted": ALL} == dict(result.statuses)


def test_a_run_that_broke_off_goes_on_with_what_is_left(tmp_path):
    answered = []

    def breaks(request):
        if len(answered) == 4:
            return ModelRefused("the key was taken away")
        answered.extend([works.asked(request)])
        return works.answer(request)

    first = run(tmp_path, Scripted(breaks, profile=small()))
    model = Scripted(works.answer, profile=small())
    second = run(tmp_path, model)

    done = {text for rows in answered for _, text in rows}
    asked_again = [text for request in model.requests for _, text in works.asked(request) if text in done]
    assert 5 == first.exit_code
    assert [] == asked_again
    assert {"accepted": ALL} == dict(second.statuses)


def test_what_failed_is_asked_again_alone_with_its_findings_and_the_rest_is_left(tmp_path):
    spoilt = []

    def drops_a_number(request):
        rows = works.asked(request)
        lines = []
        for label, text in rows:
            bad = "14 hours" in text and "house 1" in text and len(request.messages) == 2 and not spoilt
            if bad:
                spoilt.append(label)
            lines.append(f"{label}| {works.rendered(text.replace('14', '77') if bad else text)}")
        return "\n".join(lines)

    model = Scripted(drops_a_number, profile=small())
    result = run(tmp_path, model)

    mending = [request for request in model.requests if len(request.messages) == 4]
    assert 1 == len(mending)
    assert [spoilt[0]] == [label for label, _ in works.asked(mending[0])]
    assert "14" in mending[0].messages[-1][1]
    assert 0 == result.exit_code


def test_what_cannot_be_mended_is_flagged_and_ships_as_the_best_draft(tmp_path):
    def always_loses(request):
        return "\n".join(f"{label}| {works.rendered(text.replace('15', '51'))}" for label, text in works.asked(request))

    model = Scripted(always_loses, profile=small())
    result = run(tmp_path, model, tries=3)

    assert 3 == dict(result.statuses)["flagged"]
    assert 3 == result.exit_code
    found = standing.findings(result.folder)["findings"]
    assert {"numbers"} == {row["check"] for row in found}
    assert "51" in chapter(result, 1)
    asked = [text for request in model.requests for _, text in works.asked(request) if "house 1" in text and " 15 hours" in text]
    assert 3 == len(asked)


def test_a_flagged_passage_is_not_asked_again_unbidden(tmp_path):
    run(tmp_path, Scripted(lambda request: works.answer(request).replace("15", "51"), profile=small()))
    again = Scripted([], profile=small())

    result = run(tmp_path, again)

    assert [] == again.requests
    assert 3 == result.exit_code


def test_the_cap_is_never_passed_and_the_run_goes_on_with_a_higher_one(tmp_path):
    price = Price(1000.0, 1000.0, 4000.0)
    first = run(tmp_path, Scripted(works.answer, profile=small(), price=price), budget=6.0)
    with Store.open(first.folder.store, readonly=True) as store:
        spent = store.spent()
    second = run(tmp_path, Scripted(works.answer, profile=small(), price=price), budget=1000.0)

    assert isinstance(first.error, BudgetReached)
    assert 4 == first.exit_code
    assert 0 < spent.most <= 6.0
    assert {"accepted": ALL} == dict(second.statuses)


def test_a_server_that_asks_to_wait_is_waited_for(tmp_path):
    calls = []

    def limited(request):
        calls.append(request)
        return RateLimited("slow down", 0.01) if len(calls) % 3 == 1 else works.answer(request)

    result = run(tmp_path, Scripted(limited, profile=small()))

    assert {"accepted": ALL} == dict(result.statuses)


def test_a_server_that_is_down_ends_the_run_with_all_that_was_done(tmp_path):
    calls = []

    def dies(request):
        calls.append(request)
        return works.answer(request) if len(calls) < 4 else ModelUnreachable("connection refused")

    result = run(tmp_path, Scripted(dies, profile=small()))

    assert 5 == result.exit_code
    assert 0 < dict(result.statuses)["accepted"] < ALL
    assert result.book.exists()


NOT_TAKEN = [(ContentRefused("takes no request with this text"), "a filter of its own"), (RequestFails("answers others"), "a fault of its own at each one with this passage")]


@pytest.mark.parametrize(("error", "words"), NOT_TAKEN, ids=["refused by a filter", "fails each time"])
def test_a_passage_that_the_server_does_not_take_is_flagged_and_the_others_are_translated(error, words, tmp_path):
    model = Scripted(lambda request: error if "house 2 " in str(request.messages) else works.answer(request), profile=small())
    result = run(tmp_path, model)

    with Store.open(result.folder.store) as store:
        wrong = {pair.segment.text for pair in store.pairs() if pair.status != "accepted"}
        told = {segment.text for segment, finding, _ in store.findings() if words in finding.message}
    assert 3 == result.exit_code
    assert 12 == len(wrong)
    assert all("house 2 " in text for text in wrong)
    assert wrong == told


def test_a_repeated_passage_is_asked_for_once(tmp_path):
    source = works.epub(tmp_path / "small.epub", [["Same words here.", "Other words there.", "Same words here."], ["Same words here."]])
    model = Scripted(works.answer)

    result = order.carry_out(order.Order(source=source, to="de", out=tmp_path / "out", jobs=1), Silent(), model=model)

    asked = [text for request in model.requests for _, text in works.asked(request)]
    assert 1 == asked.count("Same words here.")
    assert 2 == chapter(result, 0).count(works.rendered("Same words here."))
    assert works.rendered("Same words here.") in chapter(result, 1)


def test_a_changed_term_redoes_only_the_passages_it_occurs_in(tmp_path):
    words = tmp_path / "words.csv"
    words.write_text("source,target\nhouse 2,Haus 2\n", encoding="utf-8")

    def obeys(request):
        return re.sub(r"esuohen 2", "Haus 2", works.answer(request))

    run(tmp_path, Scripted(works.answer, profile=small()))
    model = Scripted(obeys, profile=small())
    result = run(tmp_path, model, glossaries=(words,))

    asked = [text for request in model.requests for _, text in works.asked(request)]
    assert 12 == len(asked)
    assert all("house 2" in text for text in asked)
    assert all("- house 2 = Haus 2" in request.messages[1][1] for request in model.requests)
    assert {"accepted": ALL} == dict(result.statuses)


def test_a_person_s_wording_is_kept_whatever_runs_later(tmp_path):
    first = run(tmp_path, Scripted(works.answer, profile=small()))
    with Store.open(first.folder.store, readonly=True) as store:
        segment = next(one for one in store.segments() if "house 1" in one.text and " 13 hours" in one.text)
    corrections.take(first.folder, segment.id, "Die Drucker von Haus 1 arbeiteten 13 Stunden am Tag, und <1>niemand</1> fragte Nummer 3.", who="Ada")

    result = run(tmp_path, Scripted(works.answer, profile=small()), refresh=True)

    assert "Die Drucker von Haus 1 arbeiteten 13 Stunden am Tag, und <em>niemand</em> fragte Nummer 3." in chapter(result, 1)
    assert {"approved": 1, "accepted": ALL - 1} == dict(result.statuses)


def test_the_story_of_a_segment_is_told(tmp_path):
    result = run(tmp_path, Scripted(works.answer, profile=small()))
    with Store.open(result.folder.store, readonly=True) as store:
        segment = next(iter(store.segments()))

    story = standing.explain(result.folder, segment.id)

    assert "accepted by every check" == story["status"]
    assert ["found in version 1", "request", "draft", "now accepted"] == [
        next(start for start in ("found in version 1", "request", "draft", "now accepted") if event["what"].startswith(start)) for event in story["events"]
    ]


@pytest.mark.parametrize("reply", ["json", "lines"])
def test_both_forms_of_reply_lead_to_the_same_book(tmp_path, reply):
    import json

    def answer(request):
        return json.dumps({str(label): works.rendered(text) for label, text in works.asked(request)}) if reply == "json" else works.answer(request)

    result = run(tmp_path, Scripted(answer, profile=small(reply=reply)))

    assert {"accepted": ALL} == dict(result.statuses)


def test_a_long_passage_is_cut_asked_in_parts_and_joined(tmp_path):
    long = " ".join(f"This is sentence number {number} of the long passage." for number in range(60))
    source = works.epub(tmp_path / "small.epub", [[long, "A short one."]])
    model = Scripted(works.answer, profile=small())

    result = order.carry_out(order.Order(source=source, to="de", out=tmp_path / "out", jobs=2), Silent(), model=model)

    assert works.rendered(long) in chapter(result, 0)
    assert max(len(request.messages[1][1]) for request in model.requests) < len(long)


MARKED = (
    'The <a href="c0.xhtml#n">printers of the house</a> worked all day,<a href="c0.xhtml#n" epub:type="noteref"><sup>1</sup></a> '
    "and <em>nobody</em> asked them <b>how many</b> hours it was. They went home."
)


def loses_markers(request):
    """A model that drops whatever looks like a marker."""
    return "\n".join(f"{label}| {works.rendered(re.sub('<[^>]*>', '', text))}" for label, text in works.asked(request))


@pytest.mark.parametrize(("changes", "requests"), [({}, 3), ({"markers": False}, 2), ({"unit": "segment"}, 3), ({"unit": "sentence", "markers": False}, 2)])
def test_links_and_notes_survive_a_model_that_always_drops_markers(tmp_path, changes, requests):
    source = works.epub(tmp_path / "small.epub", [[MARKED, '<a id="n"/>A plain one.']])
    model = Scripted(loses_markers, profile=small(**changes))

    result = order.carry_out(order.Order(source=source, to="de", out=tmp_path / "out", jobs=1), Silent(), model=model)

    assert {"accepted": 5} == dict(result.statuses)
    whole = re.sub("(?<=[>;])[^<>]+|^[^<]+", lambda text: works.rendered(text[0]), MARKED)
    assert f"<p>{whole}</p>" in chapter(result, 0)
    with Store.open(result.folder.store, readonly=True) as store:
        segment = next(one for one in store.segments() if "printers" in one.text)
        assert f"{requests} requests, best: parts" in [event.why for event in store.history(segment.id) if hasattr(event, "why")][-1]


def test_a_model_that_takes_a_sentence_at_a_time_gets_no_more_between_markers(tmp_path):
    source = works.epub(tmp_path / "small.epub", [[MARKED]])
    model = Scripted(loses_markers, profile=small(unit="sentence", markers=False))

    order.carry_out(order.Order(source=source, to="de", out=tmp_path / "out", jobs=1), Silent(), model=model)

    asked = [text for request in model.requests for _, text in works.asked(request)]
    assert {"nobody", "how many", "hours it was.", "They went home."} <= {text.strip() for text in asked}
    assert "hours it was. They went home." not in asked


def test_a_chapter_that_cannot_be_read_is_an_error_and_does_not_stop_the_book(tmp_path):
    order_ = ordered(tmp_path)
    with zipfile.ZipFile(order_.source, "a") as book:
        deep = "<html xmlns='http://www.w3.org/1999/xhtml'><body>" + "<div>" * 5000 + "lost" + "</div>" * 5000 + "</body></html>"
        entries = {name: book.read(name) for name in book.namelist()}
    entries["OEBPS/c1.xhtml"] = deep.encode()
    with zipfile.ZipFile(order_.source, "w") as book:
        for name, data in entries.items():
            book.writestr(name, data)

    result = order.carry_out(order_, Silent(), model=Scripted(works.answer, profile=small()))

    assert (3, 1) == (result.exit_code, result.errors)
    (found,) = standing.findings(result.folder)["findings"]
    assert ("unread", "error", "OEBPS/c1.xhtml") == (found["check"], found["severity"], found["document"])
    assert works.rendered("The printers of house 2") in chapter(result, 2)
