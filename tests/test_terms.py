"""The check for glossary terms against real inflection: what a translator says of each line of ``tests/cases/terms.tsv``."""

from __future__ import annotations

import pytest

from benchmarks import terms
from benchmarks.terms import WANTED, Case
from translate import glossary
from translate.checks import Facts, Pair
from translate.checks.terms import Terms
from translate.document import Draft, Kind, Segment, Term

CASES = terms.read()
LANGUAGES = ("de", "fr", "es", "ru", "pl", "fi", "tr")


def told(source: str, target: str, language: str, *known: Term) -> list[str]:
    """What the check says of one pair."""
    pair = Pair(Segment("s", "d", "1", Kind.PARAGRAPH, (source,)), Draft("s", (target,)))
    return [finding.message for finding in Terms()(pair, Facts("en", language, terms=known))]


def test_the_case_file_is_as_large_as_it_promises() -> None:
    assert dict.fromkeys(LANGUAGES, 60) == {tag: min(60, sum(case.language == tag for case in CASES)) for tag in LANGUAGES}
    assert all(sum(case.language == tag and not case.right for case in CASES) >= 25 for tag in LANGUAGES)


def test_no_case_is_there_twice() -> None:
    assert len({(case.language, case.term.line, case.target) for case in CASES}) == len(CASES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_inflected_terms_are_judged_as_a_translator_would(language: str) -> None:
    score = terms.score(language, [case for case in CASES if case.language == language])

    assert min(score.precision, score.recall) >= WANTED, "\n".join(terms.misjudged([case for case in CASES if case.language == language]))
    assert score.taken <= score.pairs * 0.006, "terms are seen where they are not"


def test_a_score_counts_what_is_missed_and_what_is_cried_for_nothing() -> None:
    house = Term("house", "Haus")
    cases = (
        Case("de", True, house, "The house is old.", "Das Haus ist alt.", ""),
        Case("de", True, house, "The house is old.", "Das Gebäude ist alt.", "a mistake in the file"),
        Case("de", False, house, "The house is old.", "Die Hütte ist alt.", ""),
        Case("de", False, house, "The house is old.", "Das Haus brennt.", "a mistake in the file"),
    )

    score = terms.score("de", cases)

    assert (score.findings, score.hits, score.wrong) == (2, 1, 2)
    assert (score.precision, score.recall) == (0.5, 0.5)
    assert len(list(terms.misjudged(cases))) == 2


STRANGERS = [
    ("de", "Ware", "Sie waren müde."),
    ("de", "Arbeit", "Die Arbeiterinnen kamen."),
    ("de", "Ratte", "die Krawatte"),
    ("de", "Emacs", "das Emaks"),
    ("es", "Estado", "La puerta está abierta."),
    ("fr", "valeur", "la survaleur"),
    ("ru", "день", "деньги"),
    ("pl", "dzień", "Dzieci śpią."),
    ("fi", "kirja", "Hän lähetti kirjeen."),
    ("tr", "kitap", "kitapçılar"),
    ("tr", "özgürlük", "özgürler"),
    ("nl", "huis", "de muis"),
    ("sv", "hus", "musik"),
]


@pytest.mark.parametrize(("language", "form", "text"), STRANGERS)
def test_what_shares_letters_is_not_taken_for_the_term(language: str, form: str, text: str) -> None:
    assert None is glossary.accepted(Term("x", form), text, language)


KIN = [
    ("de", "Arbeit", "der Arbeitsmarkt"),
    ("de", "Freiheit", "die Pressefreiheit"),
    ("de", "Herstellen", "Sie stellen Glas her."),
    ("nl", "huis", "de huizen"),
    ("nl", "arbeid", "de arbeidsmarkt"),
    ("sv", "bok", "böckerna"),
    ("sv", "arbete", "arbetsmarknaden"),
    ("it", "buono", "un buon anno"),
    ("pl", "iść", "szła do domu"),
    ("tr", "renk", "renklerimizden"),
    ("fi", "aika", "aikojen"),
    ("fi", "palkka", "palkkoja"),
    ("cs", "hrad", "na hradech"),
    ("vi", "giá trị", "các giá trị"),
    ("ja", "価値", "その価値は"),
    ("ar", "كتاب", "الكتاب جديد"),
    ("ko", "가치", "가치를"),
]


@pytest.mark.parametrize(("language", "form", "text"), KIN)
def test_forms_and_compounds_of_other_languages_count_too(language: str, form: str, text: str) -> None:
    assert form == glossary.accepted(Term("x", form), text, language)


def test_a_kept_name_takes_an_ending_but_no_other_letter() -> None:
    name = Term("Emacs", "Emacs", keep=True)

    assert glossary.accepted(name, "Pracuje w Emacsie.", "pl") == "Emacs"
    assert None is glossary.accepted(name, "Émacs est ouvert.", "fr")


def test_the_form_that_was_looked_for_is_told_and_each_term_once() -> None:
    value, house = Term("value", "Wert", allowed=("Tauschwert",)), Term("house", "Haus")

    said = told("The value of the house is the value of its bricks.", "Die Größe der Hütte ist die Größe ihrer Steine.", "de", value, house)

    assert len(said) == 2
    assert "“Wert”" in said[0]
    assert "“Tauschwert”" in said[0]
    assert "“value”" in said[0]
    assert "“Haus”" in said[1]
