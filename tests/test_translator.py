"""What a model is asked stays the same where a cache needs it, carries only what matters, and is read back per segment."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tests.test_chunker import segment
from tests.test_spelling import runs
from translate import languages, translator
from translate.chunker import Piece
from translate.document import Marker, Term
from translate.models.seam import Profile
from translate.prompts import spelling

BOLD = ("A ", Marker("open", 1, "em"), "bold", Marker("close", 1, "em"), " claim.", Marker("atom", 2, "note"))


def brief(**profile):
    return translator.Brief(languages.find("en"), languages.find("de"), Profile("test", **profile), lambda text: len(text) // 3 + 1)


def pieces(*texts):
    return tuple(Piece(one, one.source) for one in (segment(number, text) for number, text in enumerate(texts)))


def compose(*texts, context=None, terms=(), **profile):
    return translator.compose(pieces(*texts), brief=brief(**profile), context=context or translator.Context(), terms=terms)


def test_the_first_message_is_the_same_for_every_request_of_a_work():
    one = compose("First.", terms=(Term("value", "Wert"),), context=translator.Context(("One",), (("a", "b"),)))
    other = compose("Second.", BOLD, "Third <1>.")

    assert one.request.messages[0] == other.request.messages[0]
    assert one.request.messages[0][0] == "system"


def test_context_comes_before_terms_and_terms_before_the_chunk():
    ask = compose("The value.", terms=(Term("value", "Wert", allowed=("Werte",)),), context=translator.Context(("Book", "Part"), (("Before it.", "Davor."),)))

    user = ask.request.messages[1][1]
    places = [user.index(part) for part in ("Place: Book › Part", "> Before it.", "< Davor.", "- value = Wert / Werte", "Translate:", "| The value.")]
    assert sorted(places) == places


def test_terms_are_told_once_and_not_where_they_tell_nothing():
    said = (Term("policies", "Regel"), Term("policy", "Regel"), Term("PGP", "PGP", soft=True), Term("Paris", "Paris", soft=True), Term("FDP", "FDP"), Term("police", "Polizei"))

    ask = compose("Policies of the police, the FDP and PGP in Paris.", terms=said)

    assert "Terms:\n- policy = Regel\n- Paris = Paris\n- FDP = FDP\n- police = Polizei\nTranslate:" in ask.request.messages[1][1]
    assert "Terms:" not in compose("PGP.", terms=said[2:3]).request.messages[1][1]


def test_an_answer_is_read_back_by_label_with_its_markers():
    ask = compose("One.", BOLD)
    first, second = ask.labels

    answers = translator.read(ask, f"{second}| Eine <1>kühne</1> Behauptung.<2/>\n{first}| Eins.")

    assert [("Eins.",), ("Eine ", BOLD[1], "kühne", BOLD[3], " Behauptung.", BOLD[5])] == [answer.runs for answer in answers]


def test_a_missing_passage_is_absent_and_what_belongs_nowhere_is_kept():
    ask = compose("One.", "Two.")

    (answer,) = translator.read(ask, f"Sure, here it is:\n{ask.labels[1]}| Zwei.")

    assert ask.pieces[1] == answer.piece
    assert answer.strays == ("Sure, here it is:",)


def test_a_mending_turn_keeps_the_conversation_and_asks_for_just_what_failed():
    ask = compose("One.", "Two.", "Three.")

    further = translator.mend(ask, "the reply", {ask.labels[1]: ("A number is missing.",)}, brief=brief())

    assert further.request.messages[:2] == ask.request.messages
    assert further.request.messages[2] == ("assistant", "the reply")
    assert f"{ask.labels[1]}! A number is missing." in further.request.messages[3][1]
    assert further.pieces == (ask.pieces[1],)


def test_json_replies_are_held_by_a_schema_of_exactly_the_labels():
    ask = compose("One.", "Two.", reply="json", schema=True)
    schema = json.loads(ask.request.schema)

    answers = translator.read(ask, json.dumps({str(ask.labels[0]): "Eins.", str(ask.labels[1]): "Zwei."}))

    assert [str(label) for label in ask.labels] == schema["required"]
    assert [("Eins.",), ("Zwei.",)] == [answer.runs for answer in answers]


def test_a_base_model_is_asked_by_examples_and_stops_at_the_line_s_end():
    ask = compose("One sentence.", form="examples", unit="sentence", reply="text", terms=(Term("sentence", "Satz"),))

    assert ask.request.prompt.endswith("English: One sentence.\nGerman:")
    assert "English: sentence\nGerman: Satz\n" in ask.request.prompt
    assert ask.request.stop == ("\n",)
    assert "<1>" not in ask.request.prompt
    assert translator.read(ask, " Ein Satz.")[0].runs == ("Ein Satz.",)


@given(st.lists(runs(), min_size=1, max_size=5), st.sampled_from(["lines", "json"]))
def test_whatever_the_book_says_a_faithful_reply_is_read_back_whole(passages, kind):
    asked = tuple(Piece(one, one.source) for one in (segment(number, source) for number, source in enumerate(passages)))
    ask = translator.compose(asked, brief=brief(reply=kind), context=translator.Context(), terms=())
    spelt = [" ".join(spelling.spell(piece.runs, ask.spelling).split()) for piece in asked]
    if kind == "json":
        reply = json.dumps({str(label): text for label, text in zip(ask.labels, spelt, strict=True)})
    else:
        reply = "\n".join(f"{label}| {text}" for label, text in zip(ask.labels, spelt, strict=True))

    answers = translator.read(ask, reply)

    found = {answer.piece.segment.id: " ".join(spelling.spell(answer.runs, ask.spelling).split()) for answer in answers}
    assert {piece.segment.id: text for piece, text in zip(asked, spelt, strict=True) if text or kind == "lines"} == found
