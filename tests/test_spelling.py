"""Markers and labels survive the way into a prompt and back, whatever the book says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.document import Marker, markers, normal
from translate.prompts import labels, spelling

LOOK_ALIKES = st.sampled_from(["<1>", "</1>", "<1/>", "< 2 >", "⟦1⟧", "⟦/3⟧", "{{4}}", "{{/4}}", "[0] x", "12| ", "<m1:1>", "⏎", "␤", "⤶", "↵", "\n", "<br1>", "<", ">", "|"])
TEXT = st.lists(st.one_of(LOOK_ALIKES, st.text(max_size=8)), max_size=6).map("".join)


@st.composite
def runs(draw, max_markers=4):
    pieces = [draw(TEXT)]
    for number in range(1, draw(st.integers(0, max_markers)) + 1):
        if draw(st.booleans()):
            pieces += [Marker("open", number, "em"), draw(TEXT), Marker("close", number, "em"), draw(TEXT)]
        else:
            pieces += [Marker("atom", number, "br"), draw(TEXT)]
    return normal(pieces)


@given(runs())
def test_reading_what_was_spelt_gives_the_runs_back(source):
    chosen = spelling.choose([run for run in source if isinstance(run, str)])

    assert spelling.read(spelling.spell(source, chosen), chosen, source) == (source, ())


@given(st.lists(runs(), min_size=1, max_size=6))
def test_no_passage_is_lost_or_mixed_on_the_way_through_labels(passages):
    chosen = spelling.choose([run for source in passages for run in source if isinstance(run, str)])
    rows = [(number + 7, spelling.spell(source, chosen)) for number, source in enumerate(passages)]

    written = labels.write([(label, text.replace("\r", " ").replace("\v", " ")) for label, text in rows])

    assert written.count("| ") >= len(rows)
    back = labels.read("\n".join(f"{label}| {' '.join(text.split())}" for label, text in rows), [label for label, _ in rows])
    assert [(label, " ".join(text.split())) for label, text in rows] == [(label, text) for label, text in back.texts]
    assert back.strays == ()


@pytest.mark.parametrize(
    ("reply", "texts", "strays", "doubled"),
    [
        ("7| eins\n8| zwei", ((7, "eins"), (8, "zwei")), (), ()),
        ("Here it is:\n7| eins\n8| zwei", ((7, "eins"), (8, "zwei")), ("Here it is:",), ()),
        ("7| eins\nund weiter\n8| zwei", ((7, "eins und weiter"), (8, "zwei")), (), ()),
        ("7| eins\n99| gehört zum Text\n8| zwei", ((7, "eins 99| gehört zum Text"), (8, "zwei")), (), ()),
        ("8| zwei\n7| eins", ((7, "eins"), (8, "zwei")), (), ()),
        ("7| eins\n7| noch einmal\n8| zwei", ((7, "eins"), (8, "zwei")), ("noch einmal",), (7,)),
        ("8| zwei", ((8, "zwei"),), (), ()),
        ("", (), (), ()),
        ("```\n7| eins\n8| zwei\n```", ((7, "eins"), (8, "zwei")), ("```", "```"), ()),
        ("7|eins\n8 | zwei", ((7, "eins"), (8, "zwei")), (), ()),
    ],
)
def test_a_reply_is_taken_apart_by_its_labels(reply, texts, strays, doubled):
    assert labels.Labelled(texts, strays, doubled) == labels.read(reply, [7, 8])


@pytest.mark.parametrize(
    ("text", "expected", "strays"),
    [
        ("a <1>b</1> c<2/>", ("a ", "o1", "b", "c1", " c", "a2"), ()),
        ("a < 1 >b</ 1> c<2 />", ("a ", "o1", "b", "c1", " c", "a2"), ()),
        ("a <1>b</1> c<2></2>", ("a ", "o1", "b", "c1", " c", "a2"), ()),
        ("a <9>b</9>", ("a b",), ("<9>", "</9>")),
    ],
)
def test_a_reply_s_markers_are_read_as_the_source_has_them(text, expected, strays):
    source = ("x ", Marker("open", 1, "em"), "y", Marker("close", 1, "em"), Marker("atom", 2, "note"))

    found, left = spelling.read(text, spelling.PLAIN, source)

    assert expected == tuple(run if isinstance(run, str) else f"{run.kind[0]}{run.number}" for run in found)
    assert strays == left
    assert all(marker.name for marker in markers(found))
