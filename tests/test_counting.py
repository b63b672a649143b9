"""Numbers in words, dates and units, language by language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate import languages

SPOKEN = [
    ("en", "twenty-two", [22]),
    ("en", "two hundred and five", [205]),
    ("en", "nineteen eighty-four", [1984]),
    ("en", "three million two hundred thousand", [3_200_000]),
    ("en", "five, ten or fifteen", [5, 10, 15]),
    ("en", "two and three", [2, 3]),
    ("en", "five ten fifteen", [5, 10, 15]),
    ("en", "forty fifty, sixty twelve, ten seven", [40, 50, 60, 12, 10, 7]),
    ("de", "fünfzehn zwanzig", [15, 20]),
    ("en", "a hundred million", [100_000_000]),
    ("en", "one hundred twenty thirty", [120, 30]),
    ("de", "zwei zweiundzwanzig", [2, 22]),
    ("de", "einhundert und fünfzig", [150]),
    ("de", "zweihundert Männer und fünfzig Frauen", [200, 50]),
    ("nl", "tweehonderd en vijf", [205]),
    ("en", "the twenty-first of the eighties", [21, 80]),
    ("en", "two dozen", [24]),
    ("de", "zweiundsiebzig", [72]),
    ("de", "neunzehnhundertvierzehn", [1914]),
    ("de", "dreihundertfünfzigtausend", [350_000]),
    ("de", "vierundzwanzigtausend", [24_000]),
    ("fr", "cent quatre-vingt-deux mille", [182_000]),
    ("de", "am siebzehnten Tag der achtziger Jahre", [17, 80]),
    ("de", "um halb sechs", [30, 5]),
    ("de", "tausendundeine Nacht", [1001]),
    ("de", "wunderbar, einig, achtsam, Vierung", []),
    ("fr", "soixante et onze", [71]),
    ("fr", "quatre-vingt-dix-sept", [97]),
    ("fr", "mille neuf cent quatorze", [1914]),
    ("fr", "deux cents", [200]),
    ("fr", "cent dix-sept", [117]),
    ("fr", "vingt pour cent", [20]),
    ("es", "treinta y dos", [32]),
    ("es", "veintidós mil quinientos", [22_500]),
    ("es", "mil novecientos catorce", [1914]),
    ("it", "millenovecentoquattordici", [1914]),
    ("it", "ventotto e trentuno", [28, 31]),
    ("pt", "trezentos e vinte e dois", [322]),
    ("nl", "tweeëntwintig", [22]),
    ("nl", "negentienhonderdveertien", [1914]),
    ("ru", "тысяча девятьсот четырнадцать", [1914]),
    ("xx", "seven", []),
]


@pytest.mark.parametrize(("tag", "text", "values"), SPOKEN, ids=[f"{tag}: {text}" for tag, text, _ in SPOKEN])
def test_a_number_in_words_is_read(tag: str, text: str, values: list[int]) -> None:
    assert values == [number.value for number in languages.spoken(text, tag)]


SURE = [
    ("fr", "neuf", False),
    ("fr", "dix-neuf", True),
    ("en", "dozens", False),
    ("en", "third party", False),
    ("en", "third floor", True),
    ("de", "in Acht", False),
    ("de", "acht", True),
]


@pytest.mark.parametrize(("tag", "text", "sure"), SURE)
def test_a_word_that_may_mean_something_else_is_no_sure_number(tag: str, text: str, sure: bool) -> None:
    assert [sure] == [number.sure for number in languages.spoken(text, tag)]


UNITS, TENS, EINER, ZEHNER = (
    words.split()
    for words in (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
        "twenty thirty forty fifty sixty seventy eighty ninety",
        "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
        "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    )
)


def english(number: int) -> str:
    if number >= 1000:
        return f"{english(number // 1000)} thousand" + (f" {english(number % 1000)}" if number % 1000 else "")
    if number >= 100:
        return f"{UNITS[number // 100]} hundred" + (f" and {english(number % 100)}" if number % 100 else "")
    return UNITS[number] if number < 20 else TENS[number // 10 - 2] + (f"-{UNITS[number % 10]}" if number % 10 else "")


def german(number: int) -> str:
    if number >= 1000:
        return f"{german(number // 1000)}tausend" + (german(number % 1000) if number % 1000 else "")
    if number >= 100:
        return f"{EINER[number // 100]}hundert" + (german(number % 100) if number % 100 else "")
    if number < 20:
        return EINER[number]
    return (f"{EINER[number % 10]}und" if number % 10 else "") + ZEHNER[number // 10 - 2]


@given(st.integers(3, 999_999), st.sampled_from([("en", english), ("de", german)]))
def test_what_is_spelt_out_is_read_back(number: int, language: tuple[str, object]) -> None:
    tag, spell = language
    text = spell(number)  # type: ignore[operator]

    assert [number] == [one.value for one in languages.spoken(f"({text})", tag)]


@given(st.text(max_size=80), st.sampled_from(["en", "de", "fr", "es", "it", "pt", "nl", "ru", "xx", ""]))
def test_any_text_can_be_read(text: str, tag: str) -> None:
    for number in languages.spoken(text, tag):
        assert number.written == text[number.start : number.start + len(number.written)]
    assert all(word in text for word, _ in languages.calendar_words(text, tag))
    assert all(figure in text for figure, _, _ in languages.measured(text))


DENIALS = [
    ("en", "He did not come.", 1),
    ("en", "Not only he came.", 0),
    ("en", "Nobody said anything, and nothing moved.", 2),
    ("de", "Niemand sagte etwas.", 1),
    ("de", "Weder er noch sie kam.", 1),
    ("fr", "Il ne vient pas.", 1),
    ("fr", "Il n'a qu'un manteau.", 0),
    ("es", "No hay nada.", 1),
    ("it", "Non c'è niente.", 1),
    ("ru", "Он не пришёл.", 1),
]


@pytest.mark.parametrize(("tag", "text", "times"), DENIALS, ids=[f"{tag}: {text}" for tag, text, _ in DENIALS])
def test_a_denial_is_counted_once(tag: str, text: str, times: int) -> None:
    assert times == languages.denial(text, tag).strong


MARKS = [("en", "."), ("de", ","), ("de-CH", "."), ("de_LI", "."), ("fr", ","), ("es-MX", "."), ("ja", "."), ("pt-BR", ",")]


@pytest.mark.parametrize(("tag", "mark"), MARKS)
def test_the_decimal_mark_is_the_country_s(tag: str, mark: str) -> None:
    assert mark == languages.decimal_mark(tag)


GROUPED = [
    *(("en", 4, ","), ("de", 4, "."), ("de-CH", 5, "’"), ("de_AT", 5, "\u202f"), ("fr", 4, "\u202f"), ("eo", 4, "\u202f")),
    *(("es", 4, ""), ("es", 5, "\u202f"), ("es-MX", 4, ","), ("pt-BR", 4, "."), ("pt-PT", 4, ""), ("pt-PT", 5, "\u202f")),
]


@pytest.mark.parametrize(("tag", "figures", "mark"), GROUPED)
def test_thousands_are_grouped_as_in_the_country(tag: str, figures: int, mark: str) -> None:
    assert mark == languages.grouping_mark(tag, figures)
