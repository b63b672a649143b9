"""The starter glossaries keep what their README promises, and raise no false alarms on human translations."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from translate import glossary
from translate.pipeline.audit import Assignment, audit

FOLDER = Path(__file__).parents[1] / "glossaries"
STARTERS = ["en-de", "en-fr", "en-es", "de-en"]


@pytest.mark.parametrize("name", STARTERS)
def test_a_starter_is_large_enough_and_has_no_flaw(name: str) -> None:
    path = FOLDER / f"{name}.csv"
    terms = glossary.load(path)

    assert len({term.target for term in terms}) >= 150
    assert [flaw for flaw in glossary.examine_files([path]) if flaw.severity != "info"] == []
    assert len({term.source.casefold() for term in terms}) == len(terms)


@pytest.mark.parametrize("name", STARTERS)
def test_each_line_of_a_starter_says_what_it_should(name: str) -> None:
    path = FOLDER / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    terms = glossary.load(path)

    assert text == unicodedata.normalize("NFC", text)
    assert [term.line for term in terms if not (term.pos and term.domain)] == []
    assert [term.line for term in terms if term.pos == "noun" and name != "de-en" and not term.gender and " und " not in term.target] == []
    assert [term.line for term in terms if term.note and not term.note.endswith(".")] == []


ENDINGS = [
    ("de", "f", ("ung", "heit", "keit", "schaft", "ion", "tät", "ie")),
    ("de", "m", ("ismus",)),
    ("de", "n", ("chen", "lein")),
    ("fr", "f", ("tion", "sion", "ité", "ie", "ance", "ence", "esse")),
    ("fr", "m", ("isme", "ment", "age")),
    ("es", "f", ("ción", "sión", "dad", "eza", "ía")),
    ("es", "m", ("ismo", "aje")),
]


def head(target: str, language: str) -> str:
    """The noun that gives a rendering its gender: the last of a German one before a genitive, the first of a Romance one."""
    words = target.replace("-", " ").split()
    if language == "de":
        nouns = [word for word in words if word[0].isupper() and word != "Kritische"]
        return nouns[0] if nouns else words[-1]
    return next((word for word in words if not word.startswith(("petit", "pequeñ", "grand", "gran", "fauss", "falsa", "second", "segund", "liber", "libre"))), words[0])


@pytest.mark.parametrize("name", ["en-de", "en-fr", "en-es"])
def test_genders_agree_with_the_endings_that_have_one(name: str) -> None:
    language = name[-2:]
    wrong = []
    for term in glossary.load(FOLDER / f"{name}.csv"):
        noun = head(term.target, language)
        for tag, gender, endings in ENDINGS:
            if tag == language and term.pos == "noun" and noun.endswith(endings) and gender not in term.gender:
                wrong.append((term.line, term.target, term.gender))

    assert wrong == []


BOOKS = [
    ("en", "de", "developers-reference.epub", "developers-reference-de.epub", 3),
    ("en", "fr", "developers-reference.epub", "developers-reference-fr.epub", 0),
    ("en", "de", "calibre-quickstart.eng.epub", "calibre-quickstart.deu.epub", 0),
    ("en", "fr", "calibre-quickstart.eng.epub", "calibre-quickstart.fra.epub", 0),
]


@pytest.mark.slow
@pytest.mark.parametrize(("source", "target", "original", "translation", "most"), BOOKS)
def test_people_who_never_saw_a_starter_raise_next_to_no_alarm(corpus: Path, source: str, target: str, original: str, translation: str, most: int) -> None:
    audited = audit(Assignment(source=corpus / original, target=corpus / translation, from_=source, to=target, glossaries=(FOLDER / f"{source}-{target}.csv",)))

    assert sum(found.finding.check == "terms" for found in audited.page.findings) <= most
