"""The style sheets to begin with, as an editor of each country reads them."""

from __future__ import annotations

import pytest

from translate import style
from translate.checks import Facts, Pair
from translate.checks.grouping import Grouping
from translate.document import Draft, Kind, Segment, plain
from translate.languages.typography import quotes
from translate.style import Style
from translate.style.shown import shown


def sheet(tag: str) -> Style:
    """The sheet to begin with for a language."""
    return style.parse(style.preset(tag), "preset.toml", target=tag)


@pytest.mark.parametrize(
    ("tag", "thousands", "date", "spelling"),
    [
        ("de", ".", "1. Mai 1890", {"ß"}),
        ("de-AT", " ", "1. Mai 1890", {"ß"}),
        ("de-CH", "’", "1. Mai 1890", {"ss"}),
        ("en", ",", "1 May 1890", {"british", "-ise"}),
        ("en-GB", ",", "1 May 1890", {"british", "-ise"}),
        ("en-US", ",", "May 1, 1890", {"american", "-ize"}),
        ("es", " ", "1 de mayo de 1890", set[str]()),
        ("es-MX", ",", "1 de mayo de 1890", set[str]()),
        ("fr", " ", "1er mai 1890", set[str]()),
        ("it", ".", "1º maggio 1890", set[str]()),
        ("pl", " ", "1 maja 1890", set[str]()),
        ("pt-BR", ".", "1 de maio de 1890", set[str]()),
        ("ru", " ", "1 мая 1890", set[str]()),
    ],
)
def test_a_preset_is_right_for_its_country(tag: str, thousands: str, date: str, spelling: set[str]) -> None:
    found = sheet(tag)
    told = shown(tag, found.dates, found.units, found.spelling, found.gender)

    assert (thousands, date, spelling) == (found.thousands, told.date, set(told.spelling))


@pytest.mark.parametrize(
    ("tag", "number", "wanted"),
    [("es", "1,500", "1500"), ("es", "15,000", "15\u202f000"), ("pl", "1,500", "1500"), ("fr", "1,500", "1\u202f500"), ("de", "1,500", "1.500"), ("es-MX", "1,500", "1,500")],
)
def test_a_sheet_with_the_languages_own_mark_leaves_four_figures_together_where_the_language_does(tag: str, number: str, wanted: str) -> None:
    pair = Pair(Segment("s", "d", "1", Kind.PARAGRAPH, (f"She had {number} books.",)), Draft("s", (f"x {number} y.",)))
    facts = Facts("en", tag, style=sheet(tag))

    assert f"x {wanted} y." == plain(Grouping().fix(pair, facts) or pair.draft.target)


def test_a_sheet_with_another_mark_holds_it_in_four_figures_too() -> None:
    pair = Pair(Segment("s", "d", "1", Kind.PARAGRAPH, ("She had 1,500 books.",)), Draft("s", ("x 1,500 y.",)))

    assert "x 1.500 y." == plain(Grouping().fix(pair, Facts("en", "es", style=Style(thousands="."))) or ())


@pytest.mark.parametrize("tag", ["zh-TW", "zh-HK", "zh-Hant", "zh-Hant-TW"])
def test_traditional_chinese_has_its_own_quotation_marks_by_country_too(tag: str) -> None:
    assert ("「", "」") == quotes(tag)[0].outer


def test_simplified_chinese_keeps_its_quotation_marks() -> None:
    assert ("“", "”") == quotes("zh-CN")[0].outer
