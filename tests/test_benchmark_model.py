"""The benchmark model finds what a prompt asks for, translates it into its invented German, and its cache counts as a prefix cache does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import pseudo
from benchmarks.asks import of_chat, of_prompt
from benchmarks.cache import PrefixCache

PROSE = "The old press stood idle for 30 weeks. Nobody in the house had the courage to sell it, and see https://example.org/press for more."


# What is asked


FOUND = [
    ("every line with a number and a bar", ["Before:\n> 7 wells\n\nTranslate:\n12| One.\n13| Two | three.\n"], (("12", "One."), ("13", "Two | three."))),
    ("only the last message counts", ["1| Old.", "2| New."], (("2", "New."),)),
    ("a mending turn has its passages before", ["1| One.\n2| Two.", "These are not right:\n2! Numbers differ.\nGive them again."], (("2", "Two."),)),
    ("the latest of two that have it", ["1| Older.", "1| Newer.", "1! Wrong."], (("1", "Newer."),)),
    ("a plain request is its last line", ["Translate this:\n\nThe old mill.\n"], (("", "The old mill."),)),
]


@pytest.mark.parametrize(("users", "expected"), [row[1:] for row in FOUND], ids=[row[0] for row in FOUND])
def test_passages_are_found_by_the_form_of_the_prompt(users: list[str], expected: tuple[tuple[str, str], ...]) -> None:
    messages = [message for user in users for message in (("user", user), ("assistant", "1| Nichts."))][:-1]

    assert of_chat([("system", "9| No passage."), *messages], schema=False).passages == expected


def test_terms_are_those_that_the_prompt_lists() -> None:
    ask = of_chat([("user", "Terms:\n- surplus value = Mehrwert / Plus\n- craft = Handwerk\n\nTranslate:\n1| Crafts.")], schema=False)

    assert ask.terms == (("surplus value", "Mehrwert"), ("craft", "Handwerk"))


def test_a_completion_asks_for_the_line_before_the_open_one() -> None:
    prompt = "English: The mill.\nGerman: Die Mühle.\n\nEnglish: The old house: a ruin.\nGerman:"

    assert of_prompt(prompt).passages == (("", "The old house: a ruin."),)


# The language


def test_what_is_no_word_is_copied() -> None:
    kept = "<1>…</1> ⟦2/⟧ {{3}} 1984 3.5 https://example.org/the/book?a=the me@the.org debian/control the_file.txt x86 HTML U.S. …"

    assert pseudo.translate(kept) == kept


SET = [("“It” — so", "„Es“ – somit"), ("so 1,984", "somit 1.984"), ("1,984", "1,984"), ('He said ("so"): "it."', "Er sagte („somit“): „es.“"), ("e.g. it, i.e. so, etc.", "z.B. es, d.h. somit, usw.")]


@pytest.mark.parametrize(("source", "expected"), SET)
def test_quotation_marks_dashes_and_abbreviations_are_german(source: str, expected: str) -> None:
    assert pseudo.translate(source) == expected


def test_two_words_with_a_stroke_are_two_words() -> None:
    assert pseudo.translate("and/or Men/Women, debian/control") == "und/oder Männer/Frauen, debian/control"


def test_an_address_stays_one_with_tags_round_its_signs() -> None:
    hidden = "me<1>@</1>the<2>.</2>org"

    assert pseudo.translate(f"The {hidden}") == f"Die {hidden}"


def test_a_translation_is_the_same_every_time_and_no_word_is_english() -> None:
    first = pseudo.translate(PROSE)
    pseudo.translate.cache_clear()
    pseudo.word.cache_clear()

    words = {word.lower() for word in re.findall(r"[A-Za-z]+", PROSE.replace("https://example.org/press", ""))}
    assert pseudo.translate(PROSE) == first
    assert not words & {word.lower() for word in re.findall(r"[a-zäöüß]+", first.replace("https://example.org/press", ""), re.IGNORECASE)}


def test_a_language_identifier_takes_it_for_german() -> None:
    import py3langid

    assert py3langid.classify(pseudo.translate(PROSE.replace("https://example.org/press", "")))[0] == "de"


TERMED = [
    ("in any capitals", "Surplus value grows.", "Mehrwert "),
    ("in the plural", "All surplus values grow.", " Mehrwert "),
    ("with a marker inside", "A <1>surplus</1> value grows.", " <1>Mehrwert</1> "),
    ("with the markers round it", "A <1>surplus value</1> grows.", " <1>Mehrwert</1> "),
    ("the longer of two", "A surplus value day.", " Mehrwerttag."),
]


@pytest.mark.parametrize(("source", "expected"), [row[1:] for row in TERMED], ids=[row[0] for row in TERMED])
def test_terms_are_obeyed(source: str, expected: str) -> None:
    terms = (("surplus value", "Mehrwert"), ("surplus value day", "Mehrwerttag"), ("craft", "Handwerk"))

    assert expected in pseudo.translate(source, terms)


def test_a_term_inside_an_address_is_none() -> None:
    assert pseudo.translate("See https://craft.org/craft", (("craft", "Handwerk"),)).endswith(" https://craft.org/craft")


def test_a_term_inside_another_word_is_none() -> None:
    assert "Handwerk" not in pseudo.translate("An aircraft and a crafty man.", (("craft", "Handwerk"),))


@given(st.lists(st.sampled_from(["the", "Press", "9", "<1>", "</1>", "ab.cd", ",", "https://a.b/c", "don't", "“", "é"]), min_size=2))
def test_two_texts_side_by_side_are_their_translations_side_by_side(parts: list[str]) -> None:
    whole = pseudo.translate(" ".join(parts))

    assert whole == f"{pseudo.translate(parts[0])} {pseudo.translate(' '.join(parts[1:]))}"


# The cache


def test_the_cache_counts_leading_blocks_of_sixteen_tokens() -> None:
    cache = PrefixCache()

    assert cache.see(range(100)) == 0
    assert cache.see(range(100)) == 96
    assert cache.see([*range(40), 7, 7, 7, *range(43, 100)]) == 32
    assert cache.see([7, *range(1, 100)]) == 0
    assert cache.see([*range(16, 32), *range(16)]) == 0


def test_the_cache_forgets_what_is_older_than_its_last_requests() -> None:
    cache = PrefixCache(requests=2)
    cache.see(range(32))
    cache.see(range(100, 132))

    assert cache.see(range(32)) == 32
    cache.see(range(200, 232))
    cache.see(range(300, 332))
    assert cache.see(range(32)) == 0
