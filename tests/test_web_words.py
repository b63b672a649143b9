"""The pages say the same in every language."""

from __future__ import annotations

import re
import string
from importlib.resources import files
from pathlib import Path

import pytest

from translate.errors import SettingError
from translate.spoken.words import LANGUAGES, language_name
from translate.web import words

TEMPLATES = Path(str(files("translate.web").joinpath("templates")))
PAGES = Path(str(files("translate.web").joinpath("pages")))
ENGLISH = words.load("en").table
OTHERS = [tag for tag in LANGUAGES if tag != "en"]
USED = re.compile(r"""\b(?:t|words)\(\s*"([a-z_0-9]+)"\s*[,)]""")


def holes(said: object) -> set[str]:
    """What is put into the words of a key, in any of their forms."""
    texts = said.values() if isinstance(said, dict) else [said]
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(str(text)) if name}


@pytest.mark.parametrize("tag", OTHERS)
def test_every_key_has_words_in_every_language(tag: str) -> None:
    assert ENGLISH.keys() == words.load(tag).table.keys()


@pytest.mark.parametrize("tag", OTHERS)
def test_the_same_is_put_into_the_words_of_every_language(tag: str) -> None:
    other = words.load(tag).table

    assert {} == {key: (holes(said), holes(other[key])) for key, said in ENGLISH.items() if holes(said) != holes(other[key])}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_is_counted_has_a_form_for_one_and_for_more(tag: str) -> None:
    table = words.load(tag).table

    assert [] == [key for key, said in table.items() if isinstance(said, dict) and set(said) != {"one", "other"}]
    assert [] == [key for key, said in table.items() if not isinstance(said, dict) and "{n}" in str(said)]


def test_every_word_that_a_page_uses_is_there() -> None:
    used = {key for path in (*TEMPLATES.rglob("*.html"), *PAGES.glob("*.py")) for key in USED.findall(path.read_text("utf-8"))}

    assert used
    assert set() == used - ENGLISH.keys()


@pytest.mark.parametrize(
    ("wanted", "accepted", "spoken"),
    [
        ("", "", "en"),
        ("", "de", "de"),
        ("", "de-AT,de;q=0.9,en;q=0.8", "de"),
        ("", "fr,en;q=0.5,de;q=0.7", "de"),
        ("", "de;q=0,en", "en"),
        ("", "fr, *;q=0.5", "en"),
        ("", "de;q=nonsense", "en"),
        ("en", "de", "en"),
        ("xx", "de", "de"),
        ("../de", "", "en"),
        ("", "," * 10_000, "en"),
    ],
)
def test_the_switch_wins_then_what_the_browser_likes_best(wanted: str, accepted: str, spoken: str) -> None:
    assert spoken == words.choose(wanted, accepted)


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(SettingError, match="en or de"):
        words.load("../../etc")


def test_languages_are_named_in_the_language_of_the_page() -> None:
    assert ("German", "Deutsch") == (language_name("de", "en"), language_name("de", "de"))
    assert "Brasilien" in language_name("pt-BR", "de")
