"""Dictionary forms of words."""

from __future__ import annotations

import pytest

from translate.languages import lemmas

TAGS = ("en", "de", "fr", "es", "it", "ru", "pl", "tr", "fi")


def test_a_dictionary_is_loaded_once_however_many_languages_are_asked_for() -> None:
    first = [lemmas._loaded().get_dictionary(tag) for tag in TAGS]

    assert all(one is lemmas._loaded().get_dictionary(tag) for one, tag in zip(first, TAGS, strict=True))


@pytest.mark.parametrize(("tag", "word", "expected"), [("de", "Häusern", "haus"), ("en", "houses", "house"), ("no", "husene", "hus"), ("xx", "Zyxt", "zyxt"), ("de", "", ""), ("de", "verwertet", "verwerten"), ("de", "entfremdet", "entfremden"), ("de", "konkret", "konkret")])
def test_a_word_has_its_dictionary_form_in_small_letters(tag: str, word: str, expected: str) -> None:
    assert expected == lemmas.lemma(word, tag)


def test_a_word_is_known_in_its_own_language() -> None:
    assert [True, False, False] == [lemmas.is_known("Häuser", "de"), lemmas.is_known("Häuser", "fi"), lemmas.is_known("Häuser", "xx")]
