"""What a correction teaches: pairs of wordings and the change that is seen; the word of the source; where code may follow and where grammar must."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate import learner
from translate.document import Marker, Term, plain
from translate.learner import Beside, Change, Lesson

CHANGES = [
    ("one word", "de", "Die Schicht begann.", "Die Arbeitsschicht begann.", [("Schicht", "Arbeitsschicht", "Die", True)]),
    ("an article that follows", "de", "Er sah die Entfremdung der Arbeit.", "Er sah das Fremdwerden der Arbeit.", [("Entfremdung", "Fremdwerden", "die", False)]),
    ("an ending that follows", "de", "Ein neuer Meister kam.", "Eine neue Leitung kam.", [("Meister", "Leitung", "neuer", False)]),
    ("two words for one", "en", "The estrangement grew.", "The alienated labour grew.", [("estrangement", "alienated labour", "The", True)]),
    ("two changes", "de", "Der Meister ging heim.", "Der Vorarbeiter ging fort.", [("Meister", "Vorarbeiter", "Der", True), ("heim", "fort", "ging", True)]),
    ("a name", "de", "Er reiste nach Petersburg.", "Er reiste nach Petrograd.", [("Petersburg", "Petrograd", "nach", True)]),
    ("inflected only", "de", "mit dem Lohn", "mit den Löhnen", []),
    ("an article only", "de", "der Lohn steigt", "ein Lohn steigt", []),
    ("added", "de", "Er ging.", "Er ging nach Hause.", []),
    ("moved", "de", "Heute ging er.", "Er ging heute.", []),
    ("nothing", "de", "Er ging.", "Er ging.", []),
    ("another sentence", "de", "Eins zwei drei vier fünf sechs.", "Alfa Bravo Charlie Delta Echo Foxtrot.", []),
    ("French", "fr", "la survaleur relative", "la plus-value relative", [("survaleur", "plus-value", "la", True)]),
]


@pytest.mark.parametrize(("language", "old", "new", "expected"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_a_change_is_the_words_that_were_changed(language: str, old: str, new: str, expected: list[tuple[str, str, str, bool]]) -> None:
    assert [Change(*row) for row in expected] == list(learner.changes(old, new, language))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["de", "en", "zh", "xx"]))
def test_any_two_texts_can_be_compared(old: str, new: str, language: str) -> None:
    for change in learner.changes(old, new, language):
        assert "" not in (change.old, change.new)
        assert change.old != change.new
    assert learner.changes(old, old, language) == ()


def one(source: str, old: str, new: str, terms: tuple[Term, ...] = (), others: tuple[Beside, ...] = ()) -> Lesson:
    (lesson,) = learner.lessons(source, old, new, terms=terms, others=others, tongues=("en", "de"))
    return lesson


def test_a_term_tells_the_word_of_the_source() -> None:
    lesson = one("The night shift began.", "Die Nachtarbeit begann.", "Die Nachtschicht begann.", (Term("night shift", "Nachtarbeit"), Term("shift", "Schicht")))

    assert (lesson.source, lesson.old, lesson.new, lesson.name) == ("night shift", "Nachtarbeit", "Nachtschicht", False)


def test_of_thousands_of_passages_with_the_old_word_a_sample_tells_what_it_is_for() -> None:
    others = tuple(Beside(str(n), f"The {'foreman' if n % 3 else 'night'} saw the {'shift' if n % 10 else 'man'} {n}.", f"Er sah die {'Arbeit' if n % 10 else 'Leute'} {n}.") for n in range(3 * learner.ENOUGH))

    lesson = one("The shift was over.", "Die Arbeit war vorbei.", "Die Schicht war vorbei.", (), others)

    assert "shift" == lesson.source


def test_a_name_is_known_by_its_letters() -> None:
    lesson = one("He went to Saint Petersburg.", "Er ging nach Sankt Petersburgh.", "Er ging nach Sankt Petersburg.")

    assert (lesson.source, lesson.new, lesson.name) == ("Petersburg", "Petersburg", True)


OTHERS = tuple(
    Beside(str(number), source, target)
    for number, (source, target) in enumerate(
        [
            ("The night shift was long.", "Die Nachtarbeit war lang."),
            ("She hated the night shift.", "Sie hasste die Nachtarbeit."),
            ("The night was long.", "Die Nacht war lang."),
            ("He left the house.", "Er verließ das Haus."),
        ]
    )
)


def test_other_passages_tell_it_where_no_term_does() -> None:
    assert one("The night shift began.", "Die Nachtarbeit begann.", "Die Nachtschicht begann.", others=OTHERS).source == "night shift"


def test_where_nothing_tells_it_nothing_is_said() -> None:
    assert one("The night shift began.", "Die Nachtarbeit begann.", "Die Nachtschicht begann.").source == ""


LESSON = Lesson("night shift", "Nachtarbeit", "Nachtschicht", (Change("Nachtarbeit", "Nachtschicht", "Die", True),))
NAME = Lesson("Petersburg", "Petersburgh", "Petersburg", (Change("Petersburgh", "Petersburg", "nach", True),), name=True)
FOLLOWS = Lesson("foreman", "Meister", "Leitung", (Change("Meister", "Leitung", "der", False),))

MENDED = [
    ("the same form behind the same word", LESSON, ("Die Nachtarbeit war lang.",), ("Die Nachtschicht war lang.",)),
    ("the article in small letters", LESSON, ("Sie hasste die Nachtarbeit.",), ("Sie hasste die Nachtschicht.",)),
    ("behind another word", LESSON, ("mit langer Nachtarbeit",), None),
    ("another form", LESSON, ("Die Nachtarbeiten",), None),
    ("twice, once otherwise", LESSON, ("Die Nachtarbeit, diese Nachtarbeit",), None),
    ("in a compound", LESSON, ("Die Nachtarbeitszulage",), None),
    ("a name, behind any word", NAME, ("in Petersburgh", Marker("atom", 1), " und um Petersburgh"), ("in Petersburg", Marker("atom", 1), " und um Petersburg")),
    ("grammar followed there", FOLLOWS, ("der Meister",), None),
    ("cut by a marker", LESSON, ("Die ", Marker("open", 1), "Nacht", Marker("close", 1), "arbeit"), None),
    ("in an element of its own", LESSON, ("Die ", Marker("open", 1), "Nachtarbeit", Marker("close", 1)), ("Die ", Marker("open", 1), "Nachtschicht", Marker("close", 1))),
]


@pytest.mark.parametrize(("lesson", "target", "expected"), [row[1:] for row in MENDED], ids=[row[0] for row in MENDED])
def test_code_mends_only_what_is_certain(lesson: Lesson, target: tuple[str | Marker, ...], expected: tuple[str | Marker, ...] | None) -> None:
    assert expected == learner.mended(target, lesson, "de")


STANDS = [
    ("die Nachtarbeit", LESSON, True),
    ("der Nachtarbeiten", LESSON, True),
    ("die Nachtarbeitszulage", LESSON, True),
    ("die Nachtschicht", LESSON, False),
    ("die Arbeit in der Nacht", LESSON, False),
    ("das Sankt Petersburg", Lesson("x", "Petersburg", "Sankt Petersburg", ()), False),
    ("nach Petersburg", Lesson("x", "Petersburg", "Sankt Petersburg", ()), True),
]


@pytest.mark.parametrize(("target", "lesson", "expected"), STANDS)
def test_an_old_rendering_is_seen_in_any_form_but_not_in_the_new_one(target: str, lesson: Lesson, expected: bool) -> None:
    assert expected is learner.stands(target, lesson, "de")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["Die", "die", "Nachtarbeit", "Nachtschicht", "Haus", ",", "Nachtarbeiten"]), max_size=8))
def test_what_code_mends_holds_no_old_form_and_is_otherwise_the_same(words: list[str]) -> None:
    text = " ".join(words)

    after = learner.mended((text,) if text else (), LESSON, "de")

    if after is not None:
        assert not learner.stands(plain(after), LESSON, "de")
        assert plain(after).replace("Nachtschicht", "Nachtarbeit") == text.replace("Nachtschicht", "Nachtarbeit")
