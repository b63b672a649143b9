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
    queue = deque(segments)
    chunks = []
    while queue:
        chunks.append(chunker.take(queue, budget=budget, size=words))

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


LINKED = segment(
    1, (Marker("open", 1, "a"), "One two", Marker("close", 1, "a"), ", three four. Five.", Marker("atom", 2, "note"), " ", Marker("open", 3, "em"), "1984", Marker("close", 3, "em"))
)


def between(one, limit=100):
    return chunker.between(one, limit=limit, size=lambda text: len(text.split()), language="en")


def test_a_segment_is_cut_between_its_markers_and_filled_again():
    pieces = between(LINKED, limit=2)

    assert ["One two", "three four. ", "Five."] == [plain(piece.runs) for piece in pieces]
    assert chunker.join(pieces, tuple(piece.runs for piece in pieces), script="Latn") == LINKED.source
    assert "EINS, DREI FÜNF. 1984" == plain(chunker.join(pieces, (("EINS.",), ("DREI ",), (" FÜNF.",)), script="Latn"))
    assert "一,三。五。 1984" == plain(chunker.join(pieces, (("一。",), ("三。",), ("五。",)), script="Hans"))


def test_what_has_no_marker_or_no_word_is_not_cut_between_markers():
    assert () == between(segment(1, "One two."))
    assert () == between(segment(1, (Marker("open", 1), "1984", Marker("close", 1), "?")))


@given(runs())
def test_any_runs_cut_between_their_markers_are_filled_to_the_same_runs(source):
    pieces = between(segment(1, source), limit=3)

    assert not pieces or chunker.join(pieces, tuple(piece.runs for piece in pieces), script="Latn") == _single_spaced(source, pieces)


def _single_spaced(source, pieces):
    """The runs as they come back: of a text that was cut at a sentence's end, the white space there as one space."""
    out = list(source)
    for place in {piece.place for piece in pieces}:
        parts = [plain(piece.runs).strip() for piece in pieces if piece.place == place]
        words = "".join(plain(piece.runs) for piece in pieces if piece.place == place)
        out[place] = out[place].replace(words, " ".join(parts))
    return normal(out)
