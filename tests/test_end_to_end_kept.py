"""What a run has is on disk before it asks for more: whatever happens then, it is not paid for again."""

import asyncio

from tests import works
from translate.errors import QuotaEnded
from translate.models.scripted import Scripted
from translate.models.seam import Profile
from translate.pipeline import order
from translate.pipeline.progress import Silent
from translate.store import Store

TEXTS = [[f"The printers worked {10 + number} hours a day in house number {number}." for number in range(4)] for _ in range(1)]


def run(tmp_path, model, chapters=TEXTS, **changes):
    source = works.epub(tmp_path / "small.epub", chapters)
    return order.carry_out(order.Order(source=source, to="de", out=tmp_path / "out", **{"jobs": 1, **changes}), Silent(), model=model)


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
