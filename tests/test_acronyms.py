"""Acronyms with an ending in small letters are occurrences of their terms, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate import glossary, languages
from translate.document import Term
from translate.glossary.matching import places


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("en", "NGO", "Many NGOs were there."),
        ("en", "NGO", "the NGOs' statements"),
        ("en", "NGO", "the NGO’s statement"),
        ("en", "NGO", "more NGO's than before"),
        ("en", "NGOs", "an NGO of the region"),
        ("en", "NMU", "Source NMUs are uploaded."),
        ("en", "PhD", "Two PhDs answered."),
        ("en", "MP3", "a shelf of MP3s"),
        ("en", "mRNA", "All mRNAs degrade."),
        ("en", "source NMU", "Source NMUs are uploaded."),
        ("en", "NMU upload", "The NMUs uploaded"),
        ("en", "UNESCO", "the UNESCOs of this world"),
        ("de", "LKW", "Die Fahrer des LKWs schliefen."),
        ("de", "GmbH", "Drei GmbHs gingen unter."),
        ("de", "NGO", "die NGOs vor Ort"),
        ("fr", "ONG", "les ONGs locales"),
        ("fr", "ONG", "les ONG locales"),
        ("es", "ONG", "varias ONGs"),
        ("pt", "ONG", "as ONGs"),
        ("nl", "NGO", "de NGO's"),
        ("sv", "NGO", "flera NGO:er"),
        ("ru", "ВУЗ", "во многих ВУЗах"),
        ("ru", "МИД", "заявление МИДа"),
        ("uk", "ВНЗ", "багатьох ВНЗів"),
        ("pl", "NIK", "raport NIK-u"),
        ("tr", "NATO", "NATO'nun kararı"),
    ],
)  # fmt: skip
def test_an_acronym_is_found_with_its_ending(language: str, term: str, text: str) -> None:
    wanted = Term(term, "x")

    assert (wanted,) == glossary.Matcher([wanted], language).occurring(text)
    assert places(wanted, text, language)


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("en", "it", "The ITs of both firms"),
        ("en", "who", "two WHOs"),
        ("en", "US", "They told us so."),
        ("en", "HTTP", "over HTTPs only"),
        ("en", "NGO", "ngos"),
        ("en", "NGO", "an NGOa and NGOes"),
        ("en", "CIO", "the CEOs"),
        ("en", "NGOs", "CEOs"),
        ("de", "LKW", "LKWen"),
        ("fr", "ONG", "ONGes"),
        ("ru", "МИД", "МИДия"),
        ("tr", "NGO", "NGOs"),
        ("en", "I", "Is that so?"),
        ("en", "A", "As we said"),
    ],
)  # fmt: skip
def test_what_only_looks_like_an_acronym_with_an_ending_is_not_found(language: str, term: str, text: str) -> None:
    assert () == glossary.Matcher([Term(term, "x")], language).occurring(text)


def test_an_acronym_whose_capitals_count_is_found_in_the_plural_too() -> None:
    term = Term("CEO", "CEO", keep=True, case=True)

    assert (term,) == glossary.Matcher([term], "en").occurring("Both CEOs left.")
    assert () == glossary.Matcher([term], "en").occurring("Both ceos left.")


def test_where_it_stands_is_told_with_its_ending() -> None:
    assert ((5, 9), (14, 17)) == places(Term("NMU", "NMU"), "Both NMUs and NMU.", "en")


def test_the_longest_term_wins_over_its_acronym() -> None:
    terms = Term("NGO", "NRO"), Term("NGO worker", "NRO-Kraft")

    assert (terms[1],) == glossary.Matcher(terms, "en").occurring("NGOs workers")


@pytest.mark.parametrize(
    ("language", "form", "text"),
    [("en", "NGO", "many NGOs came"), ("fr", "ONG", "les ONGs"), ("ru", "МИД", "заявление МИДа"), ("pt", "ONG", "as ONGs"), ("sv", "EU", "EUs regler"), ("de", "NRO", "viele NROs")],
)  # fmt: skip
def test_a_rendering_that_is_an_acronym_is_accepted_with_its_ending(language: str, form: str, text: str) -> None:
    assert glossary.holds(text, form, language)
    assert not glossary.holds(text.casefold(), "Q" + form, language)


@given(st.text(alphabet="ABCÄПab12sаув", max_size=6), st.sampled_from(["en", "de", "ru", "tr", "zh"]))
def test_an_acronym_begins_its_word_and_is_its_own(word: str, language: str) -> None:
    found = languages.acronym(word, language)

    assert word.startswith(found)
    assert languages.acronym(found, language) == found
