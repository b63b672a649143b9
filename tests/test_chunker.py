"""The chunker loses nothing, keeps the order, and cuts only where a sentence ends."""

from collections import deque

from hypothesis import given
from hypothesis import strategies as st

from tests.test_spelling import runs
from translate import chunker
from translate.document import Kind, Marker, Segment, normal, plain


def segment(number, text, kind=Kind.PARAGRAPH, document="a"):
    return Segment(f"s{number}", document, f"p{number}", kind, (text,) if isinstance(text, str) else text)


def words(item):
    return len(item.text.split())


SEGMENTS = st.lists(
    st.tuples(st.integers(1, 60), st.sampled_from([Kind.PARAGRAPH, Kind.HEADING, Kind.CELL]), st.sampled_from("ab")), max_size=40
).map(lambda rows: [segment(number, "w " * length, kind, document) for number, (length, kind, document) in enumerate(rows)])


@given(SEGMENTS, st.integers(5, 80))
def test_every_segment_comes_once_in_order_within_the_budget(segments, budget):
    chunks = list(chunker.split(segments, budget=budget, size=words))

    assert segments == [one for chunk in chunks for one in chunk.segments]
    assert all(len(chunk.segments) == 1 or sum(map(words, chunk.segments)) <= budget for chunk in chunks)
    assert all(len({one.document for one in chunk.segments}) == 1 for chunk in chunks)
    assert all(len(chunk.segments) <= chunker.MOST_SEGMENTS for chunk in chunks)


def test_a_heading_begins_a_new_chunk_once_the_last_is_half_full():
    queue = deque([segment(1, "w " * 30), segment(2, "Next", Kind.HEADING), segment(3, "w " * 5)])

    assert ["s1"] == [one.id for one in chunker.take(queue, budget=50, size=words).segments]


def test_a_long_segment_is_cut_at_sentence_ends_and_joined_again():
    long = segment(1, ("One two three. ", Marker("open", 1, "em"), "Four five. Six", Marker("close", 1, "em"), " seven. Eight nine.", Marker("atom", 2, "note")))

    pieces = chunker.cut(long, limit=4, size=lambda text: len(text.split()), language="en")

    assert ["One two three. ", "Four five. Six seven. ", "Eight nine."] == [plain(piece.runs) for piece in pieces]
    assert normal(run for piece in pieces for run in piece.runs) == long.source
    assert chunker.join(pieces, tuple(piece.runs for piece in pieces), script="Latn") == long.source
    assert plain(chunker.join(pieces, tuple(piece.runs for piece in pieces), script="Jpan")) == "One two three.Four five. Six seven.Eight nine."


@given(runs())
def test_sentences_of_any_runs_join_to_the_same_runs(source):
    pieces = chunker.sentence_runs(source, "en")

    assert normal(run for piece in pieces for run in piece) == source
    for piece in pieces:
        opened = [run.number for run in piece if isinstance(run, Marker) and run.kind == "open"]
        closed = [run.number for run in piece if isinstance(run, Marker) and run.kind == "close"]
        assert opened == closed
