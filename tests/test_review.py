"""What a reviewer does with a work: queues in the order of worth, decisions that overwrite nobody, words kept before they are decided on, search and replace, wishes."""

import json
import re

import pytest

from tests import works
from translate.difference import Change, changes
from translate.document import Decision, LedgerLine, Marker, Sort, plain
from translate.errors import Overtaken, SettingError
from translate.models.scripted import Scripted
from translate.models.seam import Profile
from translate.pipeline import known, order
from translate.pipeline.progress import Silent
from translate.pipeline.review import decisions, queues, replacing, wishes
from translate.pipeline.review.passage import open_passage
from translate.pipeline.review.queues import Queue
from translate.store import Doubt, Store

CHAPTERS = [[f"The <em>old</em> press of house {number} ran all night, and nobody slept in street {number + 20}." for number in range(6)] for _ in range(2)]


def made(tmp_path, answer=works.answer, **changes_):
    """A finished work: its store, folder and order."""
    source = works.epub(tmp_path / "small.epub", CHAPTERS)
    wanted = order.Order(source=source, to="de", out=tmp_path / "out", jobs=1, **changes_)
    result = order.carry_out(wanted, Silent(), model=Scripted(answer, profile=Profile("scripted", chunk=120)))
    return result, wanted


@pytest.fixture
def work(tmp_path):
    result, wanted = made(tmp_path)
    with Store.open(result.folder.store) as store:
        yield store, result.folder, wanted


def wrong(request):
    """Answers in which half of the streets have another number."""
    return re.sub(r"\b2([135])\b", r"9\1", works.answer(request))


def first_paragraph(store):
    return next(segment for segment in store.segments() if len(segment.source) > 2)


# --- queues


@pytest.mark.parametrize("text", ["doubtful", "sample", "comments", "all", "chapter:a.xhtml", "check:numbers", "source:night", "target:a:b", "person:Ann"])
def test_a_queue_is_written_as_it_is_read(text):
    assert text == str(Queue.read(text))


@pytest.mark.parametrize("text", ["", "doubtful:x", "chapter", "check:", "nonsense", "nonsense:x"])
def test_a_queue_that_is_none_is_refused_with_the_queues_there_are(text):
    with pytest.raises(SettingError, match="doubtful"):
        Queue.read(text)


def doubt(**facts):
    return Doubt("bcdfghjk", **{"pending": False, "outdated": False, "size": 100, "findings": (("numbers", "warning"),)} | facts)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (doubt(findings=(("numbers", "error"),)), doubt()),
        (doubt(findings=(("numbers", "warning"), ("terms", "warning"))), doubt()),
        (doubt(size=2000), doubt(size=20)),
        (doubt(pending=True, findings=()), doubt(findings=(("numbers", "error"),))),
        (doubt(outdated=True, findings=()), doubt()),
    ],
)
def test_what_is_likelier_wrong_or_longer_is_worth_more(more, less):
    assert queues.worth(more) > queues.worth(less)


def test_the_doubtful_queue_shows_what_is_flagged_and_a_fifth_of_the_work_at_most(tmp_path):
    result, _ = made(tmp_path, wrong, tries=1)
    with Store.open(result.folder.store) as store:
        flagged = {name for name, state in store.states().items() if state.status == "flagged"}

        found = queues.segments(store, Queue("doubtful"))
        cut = queues.segments(store, Queue("doubtful"), share=0)

    assert flagged
    assert flagged == set(found)
    assert len(cut) <= queues.LEAST


def test_one_passage_after_another_until_the_queue_is_through(tmp_path):
    result, _ = made(tmp_path, wrong, tries=1)
    kept = queues.Kept()
    with Store.open(result.folder.store) as store:
        wanted = list(queues.segments(store, Queue("doubtful")))
        seen = []
        here = kept.first(store, Queue("doubtful"), "Ann")
        while here is not None:
            seen.append(here)
            pair = store.pair(here)
            decisions.approve(store, result.folder, here, who="Ann", seen=pair.state.draft)
            here = kept.after(store, Queue("doubtful"), "Ann", here)

    assert wanted == seen
    assert len(seen) > 1


def test_a_passage_that_was_skipped_comes_again_at_the_end(tmp_path):
    result, _ = made(tmp_path, wrong, tries=1)
    kept = queues.Kept()
    with Store.open(result.folder.store) as store:
        first = kept.first(store, Queue("doubtful"), "Ann")
        names = kept.of(store, Queue("doubtful"), "Ann")
        for name in names[1:]:
            decisions.approve(store, result.folder, name, who="Ann", seen=store.pair(name).state.draft)

        again = kept.after(store, Queue("doubtful"), "Ann", names[-1])

    assert first == again


def test_the_sample_is_drawn_by_lot_once_and_says_what_share_was_changed(work):
    store, folder, _ = work
    names = queues.segments(store, Queue("sample"))
    pair = store.pair(names[0])
    changed = tuple(run + "!" if isinstance(run, str) and place == 0 else run for place, run in enumerate(pair.draft.target))
    decisions.approve(store, folder, names[0], who="Ann", seen=pair.state.draft, target=changed)
    decisions.approve(store, folder, names[1], who="Ann", seen=store.pair(names[1]).state.draft)

    said = queues.estimate(store)

    assert names == queues.segments(store, Queue("sample"))
    assert (len(names), 2, 1, 0.5) == (said.drawn, said.looked, said.changed, said.share)
    assert 0 < said.low < 0.5 < said.high < 1


@pytest.mark.parametrize(
    ("bad", "looked", "low", "high"), [(0, 0, 0.0, 1.0), (0, 10, 0.0, 0.2775), (1, 10, 0.0179, 0.4042), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0)]
)
def test_wilsons_interval_is_that_of_the_tables(bad, looked, low, high):
    assert (low, high) == pytest.approx(queues.wilson(bad, looked), abs=5e-4)


def test_words_are_found_on_either_side_whatever_their_case(work):
    store, _folder, _ = work
    target = store.pair(first_paragraph(store).id).draft.text.split()[0]

    assert 12 == len(queues.segments(store, Queue("source", "OLD press")))  # the emphasis on "old" does not part the words
    assert 12 == len(queues.segments(store, Queue("source", "ran ALL night")))
    assert len(queues.segments(store, Queue("target", target))) >= 12
    assert queues.segments(store, Queue("source", 'a "quoted" nothing')) == ()


def test_a_new_wording_is_found_and_the_old_one_is_not(work):
    store, folder, _ = work
    segment = first_paragraph(store)
    queues.segments(store, Queue("target", "anything"))
    target = (Marker("open", 1), "Zebrafell", Marker("close", 1))
    decisions.approve(store, folder, segment.id, who="Ann", seen=store.pair(segment.id).state.draft, target=target)

    assert (segment.id,) == queues.segments(store, Queue("target", "zebrafell"))
    assert segment.id in queues.segments(store, Queue("target", "ze"))


# --- decisions


def test_two_people_on_one_passage_never_overwrite_each_other(work):
    store, folder, _ = work
    segment = first_paragraph(store).id
    ann, ben = open_passage(store, segment, "Ann"), open_passage(store, segment, "Ben")
    hers, his = (Marker("open", 1), "Hers", Marker("close", 1)), (Marker("open", 1), "His", Marker("close", 1))
    decisions.approve(store, folder, segment, who="Ann", seen=ann.seen, target=hers)

    with pytest.raises(Overtaken):
        decisions.approve(store, folder, segment, who="Ben", seen=ben.seen, target=his)
    now = open_passage(store, segment, "Ben")

    assert hers == now.pair.draft.target
    assert his == now.words
    assert now.overtaken
    assert not open_passage(store, segment, "Ann").overtaken


def test_an_approval_that_is_taken_back_gives_back_what_stood_with_its_findings(tmp_path):
    result, wanted = made(tmp_path, wrong, tries=1)
    with Store.open(result.folder.store) as store:
        segment = queues.segments(store, Queue("doubtful"))[0]
        before = store.pair(segment)
        decisions.approve(store, result.folder, segment, who="Ann", seen=before.state.draft, target=before.segment.source)
        decisions.reopen(store, segment, who="Ann", seen=store.pair(segment).state.draft)
        after = store.pair(segment)

        assert (before.status, before.draft, before.findings) == (after.status, after.draft, after.findings)
        with pytest.raises(SettingError, match="not approved"):
            decisions.reopen(store, segment, who="Ann", seen=after.state.draft)
    silent = Scripted([], profile=Profile("scripted", chunk=120))
    assert order.carry_out(wanted, Silent(), model=silent).asked == 0


def test_what_was_typed_is_there_after_the_store_was_closed(tmp_path):
    result, _ = made(tmp_path)
    with Store.open(result.folder.store) as store:
        segment = first_paragraph(store).id
        decisions.jot(store, segment, ("Half a sent",), who="Ann", seen=store.pair(segment).state.draft)

    with Store.open(result.folder.store) as store:
        hers, his = open_passage(store, segment, "Ann"), open_passage(store, segment, "Ben")

    assert ("Half a sent",) == hers.words
    assert hers.typed is not None
    assert his.typed is None
    assert his.words == his.pair.draft.target
    assert "accepted" == hers.pair.status


def test_typing_what_stands_is_no_unfinished_wording(work):
    store, _, _ = work
    segment = first_paragraph(store).id
    pair = store.pair(segment)
    decisions.jot(store, segment, ("x",), who="Ann", seen=pair.state.draft)

    assert decisions.jot(store, segment, pair.draft.target, who="Ann", seen=pair.state.draft) is None
    assert open_passage(store, segment, "Ann").typed is None


@pytest.mark.parametrize("pieces", ["text", {"a": 1}, [["open", 9]], [["open"]], [["open", "1"]], [3], [["open", 1, 2]], [None]])
def test_a_wording_that_is_none_is_refused(work, pieces):
    store, _, _ = work

    with pytest.raises(SettingError):
        decisions.runs_of(first_paragraph(store), json.loads(json.dumps(pieces)))


@pytest.mark.parametrize(
    "target", [("No formatting",), (Marker("open", 1), "a"), (Marker("open", 1), "a", Marker("close", 1), Marker("open", 1), "b", Marker("close", 1))]
)
def test_formatting_that_is_lost_or_doubled_is_not_approved(work, target):
    store, folder, _ = work
    segment = first_paragraph(store).id
    pair = store.pair(segment)

    with pytest.raises(SettingError, match="each of these once"):
        decisions.approve(store, folder, segment, who="Ann", seen=pair.state.draft, target=target)
    assert pair == store.pair(segment)


def test_an_earlier_wording_is_shown_with_its_difference_and_can_be_put_back(work):
    store, folder, _ = work
    segment = first_paragraph(store).id
    machine = store.pair(segment)
    decisions.approve(store, folder, segment, who="Ann", seen=machine.state.draft, target=(Marker("open", 1), "Other words", Marker("close", 1)))
    now = open_passage(store, segment, "Ann")

    (earlier,) = now.earlier
    decisions.restore(store, folder, segment, earlier.draft, who="Ann", seen=now.seen)

    assert machine.draft.target == earlier.target == store.pair(segment).draft.target
    assert plain(machine.draft.target) == "".join(one.text for one in earlier.changes if one.kind != "added")
    assert "Other words" == "".join(one.text for one in earlier.changes if one.kind != "dropped")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a b c", "a c", (Change("same", "a "), Change("dropped", "b "), Change("same", "c"))),
        ("", "new", (Change("added", "new"),)),
        ("a cat", "a dog", (Change("same", "a "), Change("dropped", "cat"), Change("added", "dog"))),
        ("one two", "six seven", (Change("dropped", "one"), Change("added", "six"), Change("same", " "), Change("dropped", "two"), Change("added", "seven"))),
        ("same", "same", (Change("same", "same"),)),
    ],
)
def test_a_difference_is_told_word_by_word(before, after, expected):
    assert expected == changes(before, after)


def test_comments_stay_beside_the_passage_until_somebody_settles_them(work):
    store, _, _ = work
    segment = first_paragraph(store).id
    made_ = store.reviewing.comment(segment, who="Ann", text="Is she a ship?")

    assert (segment,) == queues.segments(store, Queue("comments"))
    assert store.reviewing.resolve(made_.id, who="Ben")
    assert not store.reviewing.resolve(made_.id, who="Ben")
    assert () == queues.segments(store, Queue("comments"))
    assert [("Is she a ship?", "Ben")] == [(one.text, one.resolver) for one in open_passage(store, segment, "Ann").comments]


# --- words replaced, wishes


def test_words_are_replaced_in_every_place_that_was_shown_and_formatting_stays(work):
    store, folder, _ = work
    segment = first_paragraph(store)
    word = next(word for word in store.pair(segment.id).draft.text.split() if len(word) > 4 and word.isalpha())
    shown = replacing.places(store, word, "ZZZ", whole=True)
    done = replacing.replace(store, folder, shown, who="Ann")

    assert len(shown) >= 12
    assert {place.segment for place in shown} == set(done.done)
    pair = store.pair(segment.id)
    assert "approved" == pair.status
    assert "ZZZ" in pair.draft.text
    assert word not in pair.draft.text.split()
    assert [run for run in segment.source if isinstance(run, Marker)] == [run for run in pair.draft.target if isinstance(run, Marker)]


def test_a_place_that_somebody_changed_meanwhile_is_left_alone_and_told(work):
    store, folder, _ = work
    shown = replacing.places(store, "2", "9")
    other = shown[0].segment
    pair = store.pair(other)
    decisions.approve(store, folder, other, who="Ben", seen=pair.state.draft)

    done = replacing.replace(store, folder, shown, who="Ann")

    assert (other,) == done.overtaken
    assert other not in done.done
    assert pair.draft.target == store.pair(other).draft.target


def test_a_wish_brings_a_proposal_that_stands_for_nothing_until_it_is_taken(work):
    store, _, wanted = work
    segment = first_paragraph(store).id
    before = store.pair(segment)
    asked = []

    def answer(request):
        asked.append(request)
        return "1| Die <1>alte</1> Presse von Haus 0 lief die ganze Nacht, und niemand schlief in der Straße 20."

    found = wishes.ask(store, wanted, segment, "less stiff", model=Scripted(answer, profile=Profile("scripted", chunk=120)))

    assert "less stiff" in asked[0].messages[-1][1]
    assert "Die alte Presse" in plain(found.target)
    assert before == store.pair(segment)
    assert found.target in {one.target for one in open_passage(store, segment, "Ann").earlier}


def test_the_same_wish_is_paid_once(work):
    store, _, wanted = work
    segment = first_paragraph(store).id
    count = []

    def answer(request):
        count.append(1)
        return "1| Die <1>alte</1> Presse."

    for _ in range(2):
        wishes.ask(store, wanted, segment, "shorter", model=Scripted(answer, profile=Profile("scripted", chunk=120)))

    assert 1 == len(count)


def test_the_terms_of_a_passage_are_shown_where_they_stand(tmp_path):
    glossary = tmp_path / "g.csv"
    glossary.write_text("source,target\npress,Druckpresse\n", encoding="utf-8")
    result, _ = made(tmp_path, glossaries=(glossary,), tries=1)
    with Store.open(result.folder.store) as store:
        segment = first_paragraph(store)

        (wanted,) = open_passage(store, segment.id, "Ann").terms

    assert ["press"] == [segment.text[start:stop] for start, stop in wanted.spans]
    assert not wanted.kept


# --- the judge that pages share


def line(lemma, origin):
    return Decision(LedgerLine(Sort.CONCEPT, lemma, "X"), "accepted", origin, who="Ann")


def test_pages_share_a_judge_until_a_person_decides_on_a_term(work):
    store, _, _ = work
    first = known.present_judge(store)
    store.decide([line("house", "first use")])
    while_a_run_settles = known.present_judge(store)
    store.decide([line("street", "person")])

    assert first is while_a_run_settles
    assert first is not known.present_judge(store)
    assert known.present_judge(store) is known.present_judge(store)
