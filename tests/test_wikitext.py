"""Wikitext: an echo is the file itself, every character is accounted for, and a change of words changes nothing else."""

from __future__ import annotations

import re
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wikitext_pages import cases, changed, echoed, read, shown, slots
from tests.wikitext_strings import FRAGMENTS, HOSTILE, soups
from translate.document import Marker, normal, plain
from translate.formats import open_source
from translate.formats.inspector import count

soup = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join)


def unsound(text):
    """What does not hold of the page, though it should of any text whatever: the text is given back, every character accounted for, every address its own."""
    page = read(text)
    held = {
        "given back": text == page.splice({slot.address: slot.source for slot in page.slots}),
        "accounted for": count(page.as_document).balance == 0,
        "addresses": len(page.slots) == len({slot.address for slot in page.slots}),
    }
    return [(what, text) for what, holds in held.items() if not holds]


def test_500_strings_of_fragments_are_given_back_and_accounted_for():
    assert [] == [fault for text in soups(500) for fault in unsound(text)]


@pytest.mark.slow
def test_20_000_strings_of_fragments_are_given_back_and_accounted_for():
    assert [] == [fault for text in soups(20_000, seed=2, longest=20) for fault in unsound(text)]


@given(st.one_of(soup, st.text(max_size=60)))
@settings(max_examples=300, deadline=None)
def test_any_text_is_given_back_and_accounted_for(text):
    assert [] == unsound(text)


@given(st.one_of(soup.map(str.encode), st.binary(max_size=60).filter(lambda data: b"\0" not in data)))
@settings(max_examples=200, deadline=None)
def test_an_echo_is_the_file_byte_for_byte(data):
    assert data == echoed(data)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("share", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_no_text_takes_more_than_two_seconds_for_100_kb(name, share):
    text = HOSTILE[name][: len(HOSTILE[name]) // share]
    began = time.process_time()

    page = read(text)
    page.splice({slot.address: ("x",) for slot in page.slots})

    assert time.process_time() - began < 2 * max(0.5, len(text) / 100_000)


def test_only_the_span_of_the_changed_segment_differs():
    for text in soups(200, seed=3):
        for place in read(text).places:
            written = changed(text, lambda words: words + " more", place.address)
            assert written.startswith(text[: place.start])
            assert written.endswith(text[place.end :])


@pytest.mark.parametrize("suffix", [".wiki", ".wikitext", ".mediawiki"])
def test_a_page_of_a_wiki_is_known_by_its_suffix(suffix):
    assert "wikitext" == open_source(b"''Words''", name=f"page{suffix}", language="en").format


# --- writing: nothing that is typed becomes markup

FRAMES = (
    "{}", "Before.\n\n{}\n\nAfter.", "* {}\n* next", "# {}", "; {} : definition", "; term : {}", ": {}", "== {} ==\nText", "=={}==\nText", "=== {} ===",
    "{{|\n| {}\n| next\n|}}", "{{|\n|{}||next\n|}}", "{{|\n! {} !! next\n|}}", "{{|\n|+ {}\n|-\n| a\n|}}", '{{|\n| style="x" | {}\n|}}', "{{{{Quote|{}}}}}", "{{{{Quote|text={}|by=A}}}}",
    "Words.<ref>{}</ref> More.", '<ref name="a">{}</ref>', "[[File:A.jpg|thumb|{}]]", "[[File:A.jpg|thumb|alt={}|Caption]]", "<gallery>\nFile:A.jpg|{}\n</gallery>", "<poem>\n{}\nsecond\n</poem>",
    "<div>{}</div>", "<blockquote>\n{}\n</blockquote>", " {}", "{{{{DISPLAYTITLE:{}}}}}", "[[Category:A|{}]]", "<translate>\n<!--T:1-->\n{}\n</translate>", "'''{}'''", "----{}", "{{{{Infobox\n| caption = {}\n}}}}",
)  # fmt: skip
INSIDES = (
    "words", "some ''more'' words", "'''bold''' words", "a [[link]] here", "a [[page|label]]s", "[http://x.org label] words", "see http://x.org/a.", "words<ref name=\"n\" /> go on",
    "a {{template|x=y}} word", "l'''eau'' est", "<small>tiny</small> words", "x<sub>2</sub>y and <code>a|b</code>", "one &amp; two&nbsp;three", "a <!-- note --> word", "line one\nline two",
    "''[[A|b]]'' words <br/> more", "words <nowiki>[[x]]</nowiki>", "'''''both'' bold''' words",
)  # fmt: skip

TYPED = st.lists(st.sampled_from(FRAGMENTS), max_size=4).map("".join)
MARKERS = st.builds(Marker, st.sampled_from(["open", "close", "atom"]), st.integers(1, 4))


def frames():
    """Every sane passage in every sane place; a term's colon and lines of their own apart."""
    for frame in FRAMES:
        for inside in INSIDES:
            if "l'" in inside and "'''" in frame:
                continue  # nobody can say what is bold there
            if "\n" not in inside or frame in ("{}", "<div>{}</div>", "Words.<ref>{}</ref> More."):
                yield frame.format(inside)


PAGES = tuple(frames())


@given(st.sampled_from(PAGES), st.data())
@settings(max_examples=400, deadline=None)
def test_whatever_is_typed_is_text_and_the_structure_stays(text, data):
    page = read(text)
    place = data.draw(st.sampled_from(page.places))
    mixed = st.one_of(st.permutations(place.runs), st.just(place.runs), st.lists(st.one_of(TYPED, MARKERS, st.sampled_from(place.runs)), max_size=6))
    target = normal(data.draw(mixed))

    again = read(page.splice({place.address: target}))

    wanted = said(plain(target))
    if any(map(str.isalpha, wanted)):
        assert Counter(page.signs) == Counter(again.signs)
        assert wanted in [said(plain(slot.source)) for slot in again.slots]


def said(text):
    """The words that must be there again, however they are spaced."""
    return "".join(text.split())


# --- hard samples, and what is found in them

CASES = cases()


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_hard_sample_gives_these_passages_and_itself_again(text, expected):
    assert [] == unsound(text)

    assert expected == slots(read(text))


@pytest.mark.parametrize("text", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_a_hard_sample_in_other_words_has_the_same_structure_and_reads_back(text):
    def turned(words):
        return words.upper() + "’"

    page = read(text)
    again = read(changed(text, turned))

    assert Counter(page.signs) == Counter(again.signs)
    assert [said(turned_words(slot.source, turned)) for slot in page.slots] == [said(shown(slot.source)) for slot in again.slots]


def turned_words(runs, turned):
    return shown(normal(turned(run) if isinstance(run, str) else run for run in runs))


SPELT = [
    ("a [[keeper]]'s b", "der <1>Keeper</1>s b", "der [[keeper|Keepers]] b"),
    ("a [[keeper]] b", "der <1>Keeper</1> b", "der [[Keeper]] b"),
    ("the ''x''", "l'<1>x</1>", "l&#39;''x''"),
    ("''a'' ''b''", "<1>a</1><2>b</2>", "''a''<nowiki/>''b''"),
    ("{|\n| a\n|}", "x | y", "{|\n| x &#124; y\n|}"),
    ("{{Quote|a}}", "x = y", "{{Quote|x &#61; y}}"),
    ("{{Quote|text=a}}", "x = y", "{{Quote|text=x = y}}"),
    ("* a", "* b", "* &#42; b"),
    ("; a : b", "x: y", "; x&#58; y : b"),
    ("a", "see http://b.c", "see http&#58;//b.c"),
    ("a", "1 < 2 & 3 [x] {y} don't", "1 < 2 & 3 [x] {y} don't"),
    ("a", "", "a"),
    ("[[File:A.jpg|thumb|[http://x.org a] b]]", "b <1>a</1>", "[[File:A.jpg|thumb|b [http://x.org a]<nowiki/>]]"),
    ("a&nbsp;b", "x\u00a0y", "x&nbsp;y"),
]


@pytest.mark.parametrize(("text", "typed", "expected"), SPELT)
def test_what_is_typed_is_spelt_with_as_few_entities_as_it_needs(text, typed, expected):
    page = read(text)
    first = page.slots[0]
    target = normal(
        piece if not piece.startswith("<") or not piece.endswith(">") else Marker("close" if piece[1] == "/" else "open", int(piece.strip("</>")))
        for piece in re.split(r"(</?\d>)", typed)
        if piece
    )

    assert expected == page.splice({first.address: target} if typed else {})


def test_a_comment_that_never_ends_is_told():
    page = read("Words <!-- the rest")

    assert ((6, 19),) == page.unclosed
    assert "never ends" in page.remarks[0]


def test_parameters_that_nobody_described_are_kept_and_told():
    assert ["page: nobody says whether these parameters are to be translated, so they are kept: Box (colour, shape)."] == list(
        read("{{Box|colour=dark red|shape=like a house|caption=A box}} {{Cite book|title=The box}}").remarks
    )
