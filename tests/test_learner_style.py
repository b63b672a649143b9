"""A correction of style teaches nothing; one of a term teaches it in the form that a dictionary has, in German, French, Spanish and Russian."""

from __future__ import annotations

import pytest

from translate import learner
from translate.document import Term
from translate.learner import Beside, Lesson

WORKS: dict[str, list[tuple[str, str]]] = {
    "de": [
        ("The foreman praised the work of the night shift.", "Der Meister lobte die Arbeit der Nachtschicht."),
        ("But the foreman was very tired.", "Aber der Meister war sehr müde."),
        ("The workers went home quickly.", "Die Arbeiter gingen schnell nach Hause."),
        ("But nobody saw the foreman’s house.", "Aber niemand sah das Haus des Meisters."),
        ("The workers made a large noise, but nobody came.", "Die Arbeiter machten großen Lärm, aber niemand kam."),
        ("The street was very long because it was old.", "Die Straße war sehr lang, weil sie alt war."),
        ("She went to the street.", "Sie ging zur Straße."),
        ("The large house was empty because the workers were poor.", "Das große Haus war leer, weil die Arbeiter arm waren."),
        ("The cause of the workers was very bad.", "Die Sache der Arbeiter stand sehr schlecht."),
    ],
    "fr": [
        ("The foreman praised the work.", "Le chef loua le travail."),
        ("The workers obeyed the foreman.", "Les ouvriers obéirent au chef."),
        ("The worker went to Petersburg.", "L'ouvrier alla à Pétersbourg."),
        ("The house of the worker was very small.", "La maison de l’ouvrier était très petite."),
        ("But the foreman was very tired.", "Mais le chef était très fatigué."),
    ],
    "es": [
        ("The foreman praised the work.", "El capataz alabó el trabajo."),
        ("The workers obeyed the foreman.", "Los obreros obedecieron al capataz."),
        ("But the foreman was very tired.", "Pero el capataz estaba muy cansado."),
        ("The strike began.", "La huelga empezó."),
        ("During the strike they ate.", "Durante la huelga comieron."),
        ("He said it to her.", "Se lo dijo."),
    ],
    "ru": [
        ("The foreman praised the work.", "Мастер похвалил работу."),
        ("The workers obeyed the foreman.", "Рабочие слушались мастера."),
        ("It ended. The strike began.", "Всё кончилось. Забастовка началась."),
        ("During the strike they ate.", "Во время забастовки они ели."),
        ("The worker was very poor.", "Рабочий был очень беден."),
        ("Harrow was very tired.", "Харроу очень устал."),
        ("Harrow's house", "дом Харроу"),
    ],
}

STYLE = [
    ("de", 1, "Doch der Meister war äußerst müde."),
    ("de", 1, "Jedoch war der Meister sehr müde."),
    ("de", 2, "Die Arbeiter fuhren schnell nach Hause."),
    ("de", 2, "Die Arbeiter gingen rasch nach Hause."),
    ("de", 4, "Die Arbeiter lärmten laut, doch niemand kam."),
    ("de", 7, "Das kleine Haus war leer, weil die Arbeiter arm waren."),
    ("de", 7, "Das große Haus war leer, da die Arbeiter arm waren."),
    ("fr", 4, "Pourtant le chef était fort fatigué."),
    ("fr", 2, "L'ouvrier vint à Pétersbourg."),
    ("es", 2, "Sin embargo, el capataz estaba bastante cansado."),
    ("es", 5, "Se lo contó."),
    ("ru", 0, "Но мастер похвалил работу."),
    ("ru", 4, "Рабочий был крайне беден."),
]

TERMS = [
    ("de", 3, "Aber niemand sah das Haus des Vorarbeiters.", ("foreman", "Meister", "Vorarbeiter")),
    ("de", 2, "Die Werktätigen gingen schnell nach Hause.", ("workers", "Arbeiter", "Werktätige")),
    ("de", 6, "Sie ging zur Gasse.", ("street", "Straße", "Gasse")),
    ("fr", 0, "Le contremaître loua le travail.", ("foreman", "chef", "contremaître")),
    ("fr", 2, "Le travailleur alla à Pétersbourg.", ("worker", "ouvrier", "travailleur")),
    ("es", 0, "El encargado alabó el trabajo.", ("foreman", "capataz", "encargado")),
    ("es", 3, "El paro empezó.", ("strike", "huelga", "paro")),
    ("ru", 0, "Бригадир похвалил работу.", ("foreman", "мастер", "бригадир")),
    ("ru", 2, "Всё кончилось. Стачка началась.", ("strike", "забастовка", "стачка")),
    ("ru", 4, "Трудящийся был очень беден.", ("worker", "рабочий", "трудящийся")),
    ("ru", 5, "Гарроу очень устал.", ("Harrow", "Харроу", "Гарроу")),
]


def taught(language: str, at: int, new: str, terms: tuple[Term, ...] = ()) -> tuple[Lesson, ...]:
    """What the correction of one passage of the work teaches."""
    source, old = WORKS[language][at]
    others = tuple(Beside(str(number), *pair) for number, pair in enumerate(WORKS[language]) if number != at)
    return learner.lessons(source, old, new, terms=terms, others=others, tongues=("en", language))


@pytest.mark.parametrize(("language", "at", "new"), STYLE)
def test_another_way_of_saying_it_teaches_nothing(language: str, at: int, new: str) -> None:
    assert () == taught(language, at, new)


@pytest.mark.parametrize(("language", "at", "new", "wanted"), TERMS)
def test_another_term_is_taught_as_a_dictionary_lists_it(language: str, at: int, new: str, wanted: tuple[str, str, str]) -> None:
    assert [wanted] == [(one.source, one.old, one.new) for one in taught(language, at, new)]


def test_a_plain_word_that_the_glossary_has_is_a_term() -> None:
    (lesson,) = taught("de", 7, "Das geräumige Haus war leer, weil die Arbeiter arm waren.", (Term("large", "groß"),))

    assert ("large", "groß", "geräumig") == (lesson.source, lesson.old, lesson.new)


def test_a_place_behind_an_elided_article_is_found() -> None:
    assert ((2, 9),) == learner.spots("L'ouvrier alla", "ouvrier", "fr")
    assert () == learner.spots("aujourd'hui", "hui", "fr")


def test_a_genitive_of_the_source_is_a_place_of_its_word() -> None:
    assert ((4, 13),) == learner.spots("the foreman’s house", "foreman", "en")


MANY: dict[str, list[tuple[str, str]]] = {
    "fr": [("The general strike began.", "La grève totale commença."), ("a general strike", "une grève totale"), ("The general strikes", "Les grèves totales"), ("The strike", "La grève")],
    "es": [("The means of production.", "Los medios productivos."), ("with the means of production", "con los medios productivos"), ("the means", "los medios")],
    "ru": [("The means of production.", "Средства изготовления."), ("with means of production", "со средствами изготовления"), ("by means", "средствами")],
    "de": [("The night shift began.", "Die Nachtarbeit begann."), ("the night shift", "die Nachtarbeit"), ("the night", "die Nacht")],
}


@pytest.mark.parametrize(
    ("language", "new", "wanted"),
    [
        ("fr", "La grève générale commença.", ("general strike", "grève totale", "grève générale")),
        ("es", "Los medios de producción.", ("means of production", "medios productivos", "medios de producción")),
        ("ru", "Средства производства.", ("means of production", "средства изготовления", "средства производства")),
        ("de", "Die Nachtschicht begann.", ("night shift", "Nachtarbeit", "Nachtschicht")),
    ],
)
def test_of_a_term_of_several_words_the_whole_is_taught_though_one_was_changed(language: str, new: str, wanted: tuple[str, str, str]) -> None:
    (source, old), *others = MANY[language]
    beside = tuple(Beside(str(number), *pair) for number, pair in enumerate(others))

    (lesson,) = learner.lessons(source, old, new, terms=(), others=beside, tongues=("en", language))

    assert wanted == (lesson.source, lesson.old, lesson.new)


def test_a_glossary_line_of_several_words_is_known_by_the_one_that_was_changed() -> None:
    (lesson,) = learner.lessons(
        "The general strike began.", "La grève totale commença.", "La grève générale commença.", terms=(Term("general strike", "grève générale"), Term("strike", "grève")), others=(), tongues=("en", "fr")
    )

    assert ("general strike", "grève totale", "grève générale") == (lesson.source, lesson.old, lesson.new)
    assert ("La grève générale finit.",) == learner.mended(("La grève totale finit.",), lesson, "fr")


def test_a_change_that_spans_a_comma_is_a_new_sentence() -> None:
    assert () == learner.changes("Er kam, blieb und ging.", "Er kehrte heim, wohnte und ging.", "de")
