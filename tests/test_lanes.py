"""Work is shared out whole: every segment once, in order within its lane, and nobody idles while there is something to take."""

from hypothesis import given
from hypothesis import strategies as st

from tests.test_chunker import segment, words
from translate.document import Kind
from translate.pipeline.running.lanes import Lanes

BOOK = st.lists(st.lists(st.tuples(st.integers(1, 120), st.booleans()), min_size=1, max_size=40), min_size=1, max_size=6)


def book(chapters):
    number = 0
    for name, rows in enumerate(chapters):
        for length, heading in rows:
            number += 1
            yield segment(number, "w " * length, Kind.HEADING if heading else Kind.PARAGRAPH, f"chapter{name}")


@given(BOOK, st.integers(1, 9), st.data())
def test_every_segment_is_given_out_once(chapters, workers, data):
    segments = list(book(chapters))
    lanes = Lanes(segments, budget=300, workers=workers, size=words)
    active = [lane for _ in range(workers) if (lane := lanes.claim())]
    given_out = []

    while active:
        lane = data.draw(st.sampled_from(active))
        chunk = lanes.next(lane)
        if chunk is None:
            active.remove(lane)
            if new := lanes.claim():
                active.append(new)
        else:
            given_out += chunk.segments

    assert sorted(one.id for one in segments) == sorted(one.id for one in given_out)
    assert lanes.left == 0


def test_a_single_long_chapter_keeps_all_workers_busy_to_the_end():
    workers = 8
    lanes = Lanes(book([[(100, number % 9 == 0) for number in range(240)]]), budget=600, workers=workers, size=words)
    clocks = [(0.0, lanes.claim()) for _ in range(workers)]
    finished = []

    while clocks:
        clocks.sort(key=lambda one: one[0])
        clock, lane = clocks.pop(0)
        chunk = lanes.next(lane) if lane else None
        if chunk is None:
            lane = lanes.claim()
            if lane is None:
                finished.append(clock)
                continue
            clocks.append((clock, lane))
        else:
            clocks.append((clock + sum(map(words, chunk.segments)) + 20, lane))

    ideal = 240 * 100 / workers
    assert max(finished) <= ideal * 1.12


def test_a_lane_is_cut_at_a_heading_near_its_middle():
    rows = [(50, False)] * 9 + [(5, True)] + [(50, False)] * 10
    lanes = Lanes(book([rows]), budget=100, workers=2, size=words)
    first = lanes.claim()

    second = lanes.claim()

    assert second.waiting[0].kind == Kind.HEADING
    assert [(first.waiting[-1].source, ())] == second.before
