"""Alignment keeps both orders, covers every passage once, and sees what was left out, added, merged or cut in two."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate import aligner
from translate.document import Kind, Marker, Slot, normal

TEXT = "the printers of this house worked at night and nobody asked them why so many lamps were lit along the river when winter came"
WORDS = TEXT.split()


def slots(texts, *, place=lambda at: f"/4/{2 * at + 2}"):
    return tuple(Slot("a.xhtml", place(at), Kind.PARAGRAPH, normal((text,))) for at, text in enumerate(texts))


def book(number, seed=1):
    """Paragraphs of many lengths, a year or a name in some of them."""
    chance = random.Random(seed)
    out = []
    for at in range(number):
        words = [chance.choice(WORDS) for _ in range(chance.choice([4, 9, 18, 30, 55, 80]))]
        if at % 5 == 2:
            words.insert(2, str(1700 + at))
        if at % 7 == 3:
            words.insert(3, f"Karl{at}off")
        out.append(" ".join(words))
    return out


def translated(texts, seed=2):
    """The same in an invented language that is a little longer, each paragraph by another factor."""
    chance = random.Random(seed)
    out = []
    for text in texts:
        words = [word if any(map(str.isdigit, word)) else word[::-1] + "en" * (chance.random() < 0.4) for word in text.split()]
        out.append(" ".join(words))
    return out


def ones(links):
    return [(link.source[0], link.target[0]) for link in links if len(link.source) == len(link.target) == 1]


paragraphs = st.lists(st.text(alphabet="abc 1.,É漢\n", max_size=60), max_size=14)


@given(paragraphs, paragraphs, st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_passage_of_both_sides_is_in_one_link_and_both_orders_are_kept(source, target, same):
    links = aligner.align(slots(source), slots(target, place=(lambda at: f"/4/{2 * at + 2}") if same else (lambda at: f"/8/{at}")))

    assert list(range(len(source))) == [place for link in links for place in link.source]
    assert list(range(len(target))) == [place for link in links for place in link.target]
    assert all(link.source or link.target for link in links)


def test_the_same_structure_is_paired_by_address():
    texts = book(40)

    links = aligner.align(slots(texts), slots(translated(texts)))

    assert [(at, at) for at in range(40)] == ones(links)
    assert {"address"} == {link.by for link in links}


def test_another_structure_is_paired_by_length():
    texts = book(40)

    links = aligner.align(slots(texts), slots(translated(texts), place=lambda at: f"/6/{at}"))

    assert [(at, at) for at in range(40)] == ones(links)
    assert {"length"} == {link.by for link in links}


@pytest.mark.parametrize("gone", range(0, 60, 4))
def test_a_paragraph_that_was_left_out_is_found(gone):
    texts = book(60)
    theirs = translated(texts)
    del theirs[gone]

    links = aligner.align(slots(texts), slots(theirs))

    assert [(gone,)] == [link.source for link in links if not link.target]
    assert [(at, at - (at > gone)) for at in range(60) if at != gone] == ones(links)


@pytest.mark.parametrize("more", range(1, 60, 6))
def test_a_paragraph_that_was_added_is_found(more):
    texts = book(60)
    theirs = translated(texts)
    theirs.insert(more, "amel gnulmmas hcon nie ztas red thcin ni red elleuq thets " * 30)

    links = aligner.align(slots(texts), slots(theirs))

    assert [(more,)] == [link.target for link in links if not link.source]


@pytest.mark.parametrize("at", [0, 7, 23, 41, 58])
def test_two_long_paragraphs_that_became_one_are_linked_with_it(at):
    texts = book(60)
    texts[at], texts[at + 1] = " ".join(WORDS * 2), " ".join(WORDS[::-1] * 2)
    theirs = translated(texts)
    theirs[at : at + 2] = [f"{theirs[at]} {theirs[at + 1]}"]

    links = aligner.align(slots(texts), slots(theirs))

    assert [((at, at + 1), (at,))] == [(link.source, link.target) for link in links if len(link.source) != 1]


@pytest.mark.parametrize("at", [0, 23, 58])
def test_a_long_paragraph_that_became_two_is_linked_with_both(at):
    texts = book(60)
    texts[at] = " ".join(WORDS * 4)
    theirs = translated(texts)
    words = theirs[at].split()
    theirs[at : at + 1] = [" ".join(words[:48]), " ".join(words[48:])]

    links = aligner.align(slots(texts), slots(theirs))

    assert [((at,), (at, at + 1))] == [(link.source, link.target) for link in links if len(link.target) != 1]


def test_one_left_out_and_one_added_are_found_though_the_addresses_are_the_same():
    texts = book(60)
    theirs = translated(texts)
    del theirs[12]
    theirs.insert(44, "a etteus hcilnie ztasuz nov red redna dnah ni red " * 5)

    links = aligner.align(slots(texts), slots(theirs))

    assert [(12,)] == [link.source for link in links if not link.target]
    assert [(44,)] == [link.target for link in links if not link.source]


def test_numbers_hold_what_lengths_leave_open():
    source = [f"In {year} the house was sold." for year in range(1801, 1821)]
    target = [f"Im Jahre {year} wurde das Haus verkauft." for year in range(1801, 1821) if year not in (1804, 1811)]

    links = aligner.align(slots(source), slots(target))

    assert [(3,), (10,)] == [link.source for link in links if not link.target]


def test_headings_are_not_merged_into_paragraphs():
    source = [Slot("a", "/2", Kind.HEADING, ("Rain",)), *slots(["It rained for nine days and nobody came to the house by the river."])]
    target = slots(["Es regnete neun Tage lang, und niemand kam zum Haus am Fluss hinab."])

    links = aligner.align(source, target)

    assert [((0,), ()), ((1,), (0,))] == [(link.source, link.target) for link in links]


@pytest.mark.parametrize("heading", [0, 1])
def test_a_heading_is_no_counterpart_of_a_paragraph_of_its_length(heading):
    source = [Slot("a", f"/{at}", Kind.HEADING if at == heading else Kind.PARAGRAPH, ("Short words.",)) for at in range(2)]

    links = aligner.align(source, slots(["Kurze Worte."]))

    assert [(1 - heading,)] == [link.source for link in links if link.target]


def test_pictures_and_code_are_taken_as_witnesses():
    code = [Marker("atom", 1, "code", shows=f"run_{at}()") for at in range(8)]
    source = [Slot("a", f"/{at}", Kind.PARAGRAPH, ("Call ", one, " first.")) for at, one in enumerate(code)]
    target = [Slot("b", f"/b/{at}", Kind.PARAGRAPH, ("Zuerst ", one, " rufen.")) for at, one in enumerate(code) if at != 3]

    links = aligner.align(source, target)

    assert [(3,)] == [link.source for link in links if not link.target]


def test_a_known_ratio_counts_where_much_is_missing():
    texts = book(30)
    theirs = translated(texts)[:12]

    links = aligner.align(slots(texts), slots(theirs), ratio=1.2)

    assert [(at, at) for at in range(12)] == ones(links)


def test_a_side_without_passages_leaves_the_other_without_counterparts():
    assert [((0,), ()), ((1,), ())] == [(link.source, link.target) for link in aligner.align(slots(["a", "b"]), ())]
    assert [((), (0,))] == [(link.source, link.target) for link in aligner.align((), slots(["a"]))]


def test_a_long_work_is_aligned_in_time_that_grows_with_its_length():
    texts = book(3000)
    theirs = translated(texts)
    gone = set(range(5, 3000, 91))

    links = aligner.align(slots(texts), slots([text for at, text in enumerate(theirs) if at not in gone]))

    missed = {link.source[0] for link in links if not link.target}
    assert len(gone & missed) >= 0.8 * len(gone)
    assert len(ones(links)) >= 0.97 * (3000 - len(gone))
