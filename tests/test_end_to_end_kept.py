"""What a run has is on disk before it asks for more: whatever happens then, it is not paid for again."""

import asyncio
import shutil

from tests import works
from translate.errors import QuotaEnded
from translate.models.scripted import Scripted
from translate.models.seam import Profile
from translate.pipeline import order
from translate.pipeline.progress import Silent
from translate.store import Drafted, Store

TEXTS = [[f"The printers worked {10 + number} hours a day in house number {number}." for number in range(4)] for _ in range(1)]


def run(tmp_path, model, chapters=TEXTS, **changes):
    source = works.epub(tmp_path / "small.epub", chapters)
    return order.carry_out(order.Order(**{"source": source, "to": "de", "out": tmp_path / "out", "jobs": 1, **changes}), Silent(), model=model)


def test_what_is_accepted_is_on_disk_before_the_rest_of_its_chunk_is_asked_for_again(tmp_path):
    seen = []

    def spoils_one(request):
        if len(request.messages) > 2:
            with Store.open(tmp_path / "out/small.de/work.db", readonly=True) as store:
                seen.append({pair.segment.text: pair.status for pair in store.pairs() if "printers" in pair.segment.text})
            return works.answer(request)
        return works.answer(request).replace(" 12 ", " 77 ")

    result = run(tmp_path, Scripted(spoils_one, profile=Profile("scripted", chunk=400)))

    assert [{text: "pending" if " 12 " in text else "accepted" for text in TEXTS[0]}] == seen
    assert {"accepted"} == {status for status, _ in result.statuses}


def test_answers_on_their_way_when_a_quota_ends_are_kept(tmp_path):
    """Two chapters side by side: one is refused, the other's answer comes half a second later."""
    chapters = [[f"The printers of house {house} worked {10 + number} hours a day." for number in range(4)] for house in range(2)]

    class Late(Scripted):
        async def complete(self, request):
            if "house 1" not in request.messages[-1][1]:
                return await super().complete(request)
            await asyncio.sleep(0.5)
            return await super().complete(request)

    model = Late(lambda request: works.answer(request) if "house 1" in request.messages[-1][1] else QuotaEnded("used up"), profile=Profile("scripted", chunk=400))
    result = run(tmp_path, model, chapters, jobs=2)

    with Store.open(tmp_path / "out/small.de/work.db", readonly=True) as store:
        done = {pair.segment.text for pair in store.pairs() if pair.status == "accepted"}
    assert 5 == result.exit_code
    assert set(chapters[1]) & done
    assert not set(chapters[0]) & done


# --- killed while a passage is mended


def killed_while_mending(tmp_path, *, answers, after=1):
    """The work as a ``kill -9`` leaves it during the mending request number ``after``: a copy of its folder, taken while the model is being asked."""
    mending = []

    def spoils(request):
        if len(request.messages) > 2 or request.temperature:
            mending.append(request)
            if len(mending) == after:
                shutil.copytree(tmp_path / "out", tmp_path / "killed")
        return answers(request)

    run(tmp_path, Scripted(spoils, profile=Profile("scripted", chunk=400)))
    return tmp_path / "killed"


def about_the_mended(model):
    """What was asked about the passage that went wrong: all texts of each request."""
    asked = [[text for _, text in works.asked(request)] for request in model.requests]
    return [texts for texts in asked if TEXTS[0][2] in texts]


def wrong(request):
    return works.answer(request).replace(" 12 ", " 77 ")


def test_killed_while_a_passage_is_mended_its_first_answer_is_not_paid_again(tmp_path):
    killed = killed_while_mending(tmp_path, answers=wrong)
    model = Scripted(works.answer, profile=Profile("scripted", chunk=400))

    result = run(tmp_path, model, out=killed)

    assert {"accepted"} == {status for status, _ in result.statuses}
    assert [[TEXTS[0][2]]] == about_the_mended(model)
    assert [True] == [bool(request.temperature) for request in model.requests if works.asked(request) and works.asked(request)[0][1] == TEXTS[0][2]]


def test_a_passage_has_no_more_tries_for_having_been_killed(tmp_path):
    for after, left in ((1, 2), (2, 1)):
        killed = killed_while_mending(tmp_path / str(after), answers=wrong, after=after)
        model = Scripted(wrong, profile=Profile("scripted", chunk=400))

        result = run(tmp_path / str(after), model, out=killed)

        assert ([[TEXTS[0][2]]] * left, 3) == (about_the_mended(model), result.exit_code)


def test_what_was_tried_before_the_kill_is_in_the_story_once(tmp_path):
    killed = killed_while_mending(tmp_path, answers=wrong)
    run(tmp_path, Scripted(works.answer, profile=Profile("scripted", chunk=400)), out=killed)

    with Store.open(killed / "small.de/work.db", readonly=True) as store:
        segment = next(pair.segment.id for pair in store.pairs() if pair.segment.text == TEXTS[0][2])
        drafts = [event.draft.text for event in store.history(segment) if isinstance(event, Drafted)]
    assert [works.rendered(TEXTS[0][2]).replace("12", "77"), works.rendered(TEXTS[0][2])] == drafts


def test_what_stands_is_not_given_up_for_a_worse_answer_while_it_is_asked_for_anew(tmp_path):
    run(tmp_path, Scripted(works.answer, profile=Profile("scripted", chunk=400)))
    seen = []

    def spoils(request):
        if len(request.messages) > 2:
            with Store.open(tmp_path / "out/small.de/work.db", readonly=True) as store:
                seen.append({pair.status for pair in store.pairs()})
        return wrong(request) + " "

    other = Scripted(spoils, profile=Profile("scripted", chunk=400))
    other.name = "another"
    run(tmp_path, other, refresh=True)

    assert seen
    assert all(statuses == {"accepted"} for statuses in seen)


def test_a_changed_term_is_no_reason_to_mend_what_was_begun_under_another(tmp_path):
    killed = killed_while_mending(tmp_path, answers=wrong)
    (tmp_path / "terms.csv").write_text("source,target\nprinters,sretnirpen\n", encoding="utf-8")
    model = Scripted(works.answer, profile=Profile("scripted", chunk=400))

    run(tmp_path, model, out=killed, glossaries=(tmp_path / "terms.csv",))

    assert not any(request.temperature for request in model.requests[:1])
