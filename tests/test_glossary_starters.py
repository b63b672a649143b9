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


GOOD = [
    ("en-de", "Wages and salaries rose.", "Die Löhne und Gehälter stiegen."),
    ("en-de", "They trade raw materials and commodities.", "Sie handeln mit Rohstoffen und Waren."),
    ("en-de", "London is the capital of England.", "London ist die Hauptstadt von England."),
    ("en-de", "The clock strikes nine.", "Die Uhr schlägt neun."),
    ("en-de", "Hegel's ethics begins with ethical life.", "Hegels Ethik beginnt mit der Sittlichkeit."),
    ("en-de", "Capital is valorised.", "Kapital wird verwertet."),
    ("en-de", "Galley slaves rowed.", "Galeerensträflinge ruderten."),
    ("en-fr", "Overtime is no surplus labour.", "Les heures supplémentaires ne sont pas du surtravail."),
    ("en-fr", "The relations of production change.", "Les relations de production changent."),
    ("en-es", "The workforce sells its labour power.", "La fuerza laboral vende su fuerza de trabajo."),
    ("en-es", "Overtime is no surplus labour.", "Las horas extraordinarias no son plustrabajo."),
    ("de-en", "Überstunden sind keine Mehrarbeit.", "Overtime is no surplus labour."),
    ("de-en", "Produktionsbedingungen und Produktionsverhältnisse.", "Conditions of production and relations of production."),
    ("de-en", "Die Aufhebung der Korngesetze.", "The repeal of the Corn Laws."),
    ("de-en", "Neue Arbeitskräfte kamen.", "New workers came."),
    ("en-de", "Shops are open on working days.", "Die Läden haben an Werktagen offen."),
    ("en-de", "The externalization of costs.", "Die Externalisierung der Kosten."),
    ("en-fr", "Within ten working days.", "Dans les dix jours ouvrables."),
    ("en-fr", "A theory of communicative action.", "Une théorie de l'action communicationnelle."),
    ("en-es", "Within ten working days.", "En diez días laborables."),
    ("de-en", "Die Preise der Lebensmittel stiegen.", "The prices of food rose."),
]

NEW = [
    ("en-de", "The Ideological State Apparatuses.", "Die ideologischen Staatsapparate."),
    ("en-de", "He was an organic intellectual.", "Er war ein organischer Intellektueller."),
    ("en-de", "Only a historical bloc wins a war of position.", "Nur ein historischer Block gewinnt einen Stellungskrieg."),
    ("en-de", "Exchange value is a form of appearance of value; money capital is another.", "Der Tauschwert ist eine Erscheinungsform des Werts; Geldkapital ist eine andere."),
    ("en-de", "Bourgeois thought ended feudalism.", "Bürgerliches Denken beendete den Feudalismus."),
    ("en-es", "The factory of the landowners.", "La fábrica de los terratenientes."),
    ("en-es", "Overdetermination and interpellation.", "La sobredeterminación y la interpelación."),
    ("en-es", "In the sphere of circulation stand the commodity owners.", "En la esfera de la circulación están los poseedores de mercancías."),
    ("en-fr", "The factory of the landowners.", "L’usine des propriétaires fonciers."),
    ("en-fr", "The accumulation of money capital.", "L'accumulation du capital-argent."),
    ("en-fr", "A war of manoeuvre against the ideological state apparatuses.", "Une guerre de mouvement contre les appareils idéologiques d'État."),
    ("de-en", "Der Fetischcharakter der Ware.", "The fetish character of the commodity."),
    ("de-en", "Der Arbeitslohn ist eine Erscheinungsform.", "Wages are a form of appearance."),
    ("de-en", "Stellungskrieg und Bewegungskrieg.", "War of position and war of manoeuvre."),
]


def faults(name: str, source: str, target: str) -> list[str]:
    """The forbidden forms that stand in a translation and that no other term of the passage wants."""
    terms = glossary.Matcher(glossary.load(FOLDER / f"{name}.csv"), name[:2]).occurring(source)
    wanted = {form.casefold() for term in terms for form in term.forms}
    return [bad for term in terms if (bad := glossary.forbidden(term, target, name[3:])) and bad.casefold() not in wanted]


@pytest.mark.parametrize(("name", "source", "target"), GOOD)
def test_no_starter_forbids_what_a_good_translation_of_a_neighbouring_word_has(name: str, source: str, target: str) -> None:
    assert [] == faults(name, source, target)


@pytest.mark.parametrize(("name", "source", "target"), [row for row in GOOD if "Galley" not in row[1]])
def test_a_good_translation_of_another_sense_is_accepted(name: str, source: str, target: str) -> None:
    terms = glossary.Matcher(glossary.load(FOLDER / f"{name}.csv"), name[:2]).occurring(source)

    assert terms == () or all(glossary.accepted(term, target, name[3:]) for term in terms)


@pytest.mark.parametrize("name", ["en-de", "en-fr", "en-es"])
@pytest.mark.parametrize("source", ["surplus-value", "labor-power", "valorisation", "centralisation of capital", "co-operation", "sublated", "alienated labor"])
def test_the_spellings_of_the_tradition_are_found(name: str, source: str) -> None:
    (found,) = glossary.Matcher(glossary.load(FOLDER / f"{name}.csv"), "en").occurring(f"Of {source} they wrote.")

    assert len(found.source.split()) == len(source.replace("-", " ").split()) or "-" in found.source


@pytest.mark.parametrize(("name", "source", "target"), NEW)
def test_what_the_tradition_has_settled_is_found_and_accepted(name: str, source: str, target: str) -> None:
    terms = glossary.Matcher(glossary.load(FOLDER / f"{name}.csv"), name[:2]).occurring(source)

    assert terms
    assert [] == [term.source for term in terms if not glossary.accepted(term, target, name[3:])]


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
