"""The terminologist reads a work once and proposes its ledger."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import extraction
from tests import works
from translate import languages, prescan
from translate.cli import group
from translate.document import Document, Kind, LedgerLine, Marker, Segment, Sort
from translate.errors import SettingError
from translate.exchange import ledger as table
from translate.models.pseudo import Pseudo
from translate.models.scripted import Scripted
from translate.models.seam import Profile
from translate.pipeline.running import prescan as stage
from translate.prescan import Candidate, abbreviations, asking

ENGLISH, GERMAN = languages.find("en"), languages.find("de")


def segments(*texts, kind=Kind.PARAGRAPH, document="c1.xhtml"):
    return [Segment(f"s{number}", document, f"/{number}", kind, text if isinstance(text, tuple) else (text,)) for number, text in enumerate(texts)]


def lines(*texts, language="en"):
    return {one.line.lemma: one.line for one in prescan.scan(segments(*texts), language)}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Bug Tracking System (BTS) is used.", [("BTS", "Bug Tracking System")]),
        ("Non-Maintainer Uploads (NMUs) happen.", [("NMUs", "Non-Maintainer Uploads")]),
        ("The ILO (International Labour Organization) met.", [("ILO", "International Labour Organization")]),
        ("It met in Paris (France) at noon (see above).", []),
        ("He said it (IBM) was late.", []),
        ("The digital rights management (DRM, see below) fails.", [("DRM", "digital rights management")]),
        ("The Vereinte Nationen (VN) und andere.", [("VN", "Vereinte Nationen")]),
    ],
)
def test_abbreviations_are_found_with_what_they_stand_for(sentence, expected):
    assert expected == list(abbreviations.pairs(sentence))


def test_a_person_is_known_by_title_and_gender_by_title_or_pronouns():
    found = lines(
        "In the hall Mr Pell set the type.", "The boy saw Mr Pell.", "At noon Anna came in. She sat down.", "Later Anna laughed, and she left.", "Then Anna said nothing."
    )

    assert (Sort.PERSON, "masculine") == (found["Pell"].sort, found["Pell"].gender)
    assert (Sort.PERSON, "feminine") == (found["Anna"].sort, found["Anna"].gender)


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ["In the hall Mr Pell set the type.", "Mr Pell laughed.", "Then the Pells came home.", "Nobody saw the Pells again."]),
        ("de", ["Dort setzte Herr Pelling die Lettern.", "Da lachte Herr Pelling.", "Dann kamen die Pellings heim.", "Niemand sah die Pellings wieder."]),
    ],
)
def test_a_family_is_known_for_several_people_beside_the_one(language, texts):
    found = {name: (line.number, line.gender) for name, line in lines(*texts, language=language).items() if line.sort == Sort.PERSON}

    assert [("", "masculine"), ("plural", "")] == list(found.values())


def test_a_plural_that_names_no_family_counts_for_its_singular():
    found = lines("They asked the Quarry Warden there.", "We saw the Quarry Warden.", "Now the Quarry Wardens met.", "All the Quarry Wardens left.")

    assert "Quarry Warden" in found
    assert "Quarry Wardens" not in found


def test_a_gender_that_the_text_does_not_show_clearly_is_left_open():
    found = lines("Here Robin came. He sat.", "There Robin spoke. She sat.", "Then Robin said nothing.", "So Robin said.")

    assert "" == found["Robin"].gender


@pytest.mark.parametrize(
    ("texts", "name", "sort"),
    [
        (["They met in Lyon.", "Work in Lyon was hard."], "Lyon", Sort.PLACE),
        (["We asked the Printers Union.", "The old Printers Union met."], "Printers Union", Sort.ORGANISATION),
        (["They left the Kharzin there.", "All of Kharzin burnt."], "Kharzin", Sort.NAME),
    ],
)
def test_what_a_name_names_is_seen_from_its_words_and_from_what_stands_before_it(texts, name, sort):
    assert sort == lines(*texts)[name].sort


def test_a_title_that_is_marked_as_one_is_a_work_though_it_occurs_once():
    title = ("See ", Marker("open", 1, "cite"), "Capital", Marker("close", 1, "cite"), ", chapter ten.")

    assert Sort.WORK == lines(title, "Some other text stands here.")["Capital"].sort


def test_the_first_word_of_a_sentence_is_no_name_for_its_capital():
    assert "Printers" not in lines("Printers worked.", "Printers sang.", "The printers slept.", "Some printers died.")


def test_a_term_is_proposed_in_the_form_of_a_dictionary_with_its_other_forms():
    found = lines("The source packages are kept.", "Each source package has a name.", "These source packages stay.")

    assert "source packages" in found["source package"].variants


def test_a_printed_table_of_contents_counts_for_nothing():
    titles = ["Marking Old Packages", "2.1. Handling Lost Parcels"]
    headings = [Segment(f"h{at}", "c1.xhtml", f"/h{at}", Kind.HEADING, (title,)) for at, title in enumerate(titles)]
    listed = [Segment(f"l{at}", "contents.xhtml", f"/l{at}", Kind.ITEM, (line,)) for at, line in enumerate(["1. Marking Old Packages", "Handling Lost Parcels"] * 3)]
    text = [*segments("The clerk sees it.", "A clerk helps.", document="c2.xhtml"), *headings]

    assert prescan.scan(text, "en") == prescan.scan([*listed, *text], "en")


def test_a_line_of_running_text_that_is_a_heading_elsewhere_still_counts():
    heading = Segment("h", "c1.xhtml", "/h", Kind.HEADING, ("The night shift",))

    assert 2 == next(one for one in prescan.scan([heading, *segments("The night shift", "They feared the night shift.", "Then came the morning.")], "en") if one.line.lemma == "night shift").count - 1


def test_a_word_that_stands_before_others_only_comes_after_nouns():
    """An adjective behind an article looks like a noun until the next word is read."""
    texts = [f"They saw the gaudy {thing} of the porter, and the porter saw it." for thing in ("hat", "lamp", "door", "ladder")]

    found = [one.line.lemma for one in prescan.scan(segments(*texts), "en")]

    assert found.index("porter") < (found.index("gaudy") if "gaudy" in found else len(found))


def test_a_word_that_is_mostly_a_verb_is_proposed_where_it_was_seen_as_a_noun():
    verbs = [f"They tag {thing} now." for thing in ("it", "them", "all of it", "some of them", "her", "him")]

    assert "tag" in lines("The tag is red.", "She cut the tag.", *verbs)


@pytest.mark.parametrize(
    ("language", "texts", "lemma"),
    [
        ("en", ["Debian Machines", "They like the Debian machines."], "Debian machine"),
        ("en", ["The fixes came late.", "She liked the fixes."], "fix"),
        ("de", ["Die Debian-Richtlinien gelten.", "Wir lesen die Debian-Richtlinien."], "Debian-Richtlinie"),
        ("fr", ["La base de données est vide.", "Une base de données manque."], "base de données"),
    ],
)
def test_the_form_that_is_proposed_is_one_that_a_reader_would_write(language, texts, lemma):
    first = segments(texts[0], kind=Kind.HEADING if texts[0][-1] != "." else Kind.PARAGRAPH, document="c0.xhtml")

    assert lemma in {one.line.lemma for one in prescan.scan([*first, *segments(*texts[1:])], language)}


def test_a_number_is_no_term_by_itself():
    found = lines("The sixteen of them left.", "All sixteen came back.", "An eight hour day is enough.", "They won the eight hour day.")

    assert "sixteen" not in found
    assert "eight hour day" in found


def test_words_that_make_a_term_only_with_one_before_them_are_not_proposed():
    texts = [f"They use the {kind} tracking system for it." for kind in ("bug", "parcel")] * 2

    found = lines(*texts)

    assert {"bug tracking system", "parcel tracking system"} <= set(found)
    assert "tracking system" not in found


def test_a_name_that_is_only_the_beginning_of_a_term_is_not_proposed_beside_it():
    found = lines("They read the Lower Saxon stitch catalogue.", "She sold the Lower Saxon stitch catalogue.", "He burnt the Lower Saxon stitch catalogue.")

    assert "Lower Saxon stitch catalogue" in found
    assert "Lower Saxon" not in found


def test_a_noun_that_needs_others_to_say_anything_comes_after_one_that_makes_terms():
    """Both stand in as many terms; "lantern" begins them, "tool" ends them."""
    texts = [
        *(f"They sold the {kind} tool and the lantern {part}." for kind, part in (("brass", "oil"), ("copper", "wick"), ("timber", "glass"), ("paper", "hook")) for _ in range(2)),
        *["She saw the tool. Then she saw the tool. She saw the lantern."] * 6,
    ]

    found = {one.line.lemma: one.score for one in prescan.scan(segments(*texts), "en")}

    assert found["tool"] < found["lantern"]


def test_a_part_of_a_longer_term_is_not_proposed_beside_it():
    found = lines(*["They use the bug tracking system for it."] * 2, *["The bug tracking system is old."] * 2)

    assert "bug tracking system" in found
    assert "bug tracking" not in found


def test_an_entry_of_the_index_is_proposed_though_it_is_rare():
    index = segments("alienation, 4, 8", "sublation, 9", kind=Kind.ITEM, document="12-index.xhtml")
    text = segments("The tradition calls this alienation.", "And there is sublation.")

    with_index = {one.line.lemma for one in prescan.scan([*text, *index], "en")}
    without = {one.line.lemma for one in prescan.scan([*text, *index], "en", index=False)}

    assert {"alienation", "sublation"} <= with_index
    assert not {"alienation", "sublation"} & without


@pytest.mark.parametrize(
    ("language", "texts", "term"),
    [
        ("de", ["Das Quellpaket wird gebaut.", "Jedes Quellpaket hat einen Namen.", "Ein Quellpaket fehlt."], "Quellpaket"),
        ("fr", ["Le paquet source est construit.", "Chaque paquet source a un nom.", "Un paquet source manque."], "paquet source"),
        ("es", ["La fuerza de trabajo se vende.", "Una fuerza de trabajo barata.", "Esta fuerza de trabajo falta."], "fuerza de trabajo"),
    ],
)
def test_other_languages_have_terms_too(language, texts, term):
    assert term in lines(*texts, language=language)


def test_who_speaks_to_whom_is_seen_with_the_form_of_address():
    texts = [
        "“You are late, Anna,” said Jakob.",
        "“Good evening, Mr Pell,” said Jakob.",
        "At the gate Jakob saw Anna.",
        "The boss asked Mr Pell.",
        "Then Anna said that Jakob was late.",
    ]

    spoken = {(one.line.speaker, one.line.addressee): one.line.address for one in prescan.scan(segments(*texts), "en") if one.line.sort == Sort.ADDRESS}

    assert "familiar" == spoken["Jakob", "Anna"]
    assert "polite" == spoken["Jakob", "Pell"]


def test_in_a_language_with_two_words_for_you_they_show_the_form():
    texts = ["„Du bist spät, Anna“, sagte Jakob.", "Dann kam Anna, und Jakob sagte nichts.", "Frau Anna sah Herrn Jakob."]

    spoken = {(one.line.speaker, one.line.addressee): one.line.address for one in prescan.scan(segments(*texts), "de") if one.line.sort == Sort.ADDRESS}

    assert {("Jakob", "Anna"): "du"} == spoken


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=6), st.sampled_from(["en", "de", "fr", "es", "zh", "ru", "fi"]))
def test_any_text_is_read_and_gives_the_same_each_time(texts, language):
    first = prescan.scan(segments(*texts), language)

    assert first == prescan.scan(segments(*texts), language)
    assert all(one.line.lemma.strip() or one.line.sort == Sort.ADDRESS for one in first)


def test_the_sample_book_gives_most_of_the_index_that_a_reader_made_of_it():
    assert extraction.sample().reached


def test_the_corpus_book_gives_most_of_the_list_that_was_written_before(corpus):
    assert [True, True] == [row.reached for row in extraction.corpus(corpus)]


# --- what a model makes of it


def candidates(*names, sort=Sort.NAME):
    return tuple(Candidate(LedgerLine(sort, name), 3, ("s0",), (f"They saw {name} there.",)) for name in names)


def question(*names, sort=Sort.NAME):
    (one,) = asking.questions(candidates(*names, sort=sort), ENGLISH, GERMAN, Profile("scripted"))
    return one


def test_a_model_is_asked_about_candidates_with_their_sentences_in_batches():
    many = list(asking.questions(candidates(*(f"Name{number}" for number in range(90))), ENGLISH, GERMAN, Profile("scripted")))

    assert [40, 40, 10] == [len(one.candidates) for one in many]
    assert "1| Name0 (name): They saw Name0 there." in many[0].request.messages[1][1]


@pytest.mark.parametrize(("lanes", "sizes"), [(1, [40, 40, 10]), (3, [30, 30, 30]), (16, [12] * 7 + [6])])
def test_requests_that_go_side_by_side_share_the_candidates(lanes, sizes):
    many = asking.questions(candidates(*(f"Name{number}" for number in range(90))), ENGLISH, GERMAN, Profile("scripted"), lanes=lanes)

    assert sizes == [len(one.candidates) for one in many]


def test_the_last_line_of_a_reply_that_was_cut_off_is_not_believed():
    verdicts = asking.read(question("Cologne", "Vienna"), "1| place | Köln\n2| place | Wie\n", cut=True)

    assert ["Köln"] == [one.line.target for one in verdicts]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("1| place | Köln\n2| no", [("Köln", True), ("", False)]),
        ("2|no.\n1|place|Köln", [("Köln", True), ("", False)]),
        ("Here is the list:\n1| place | Köln\n1| place | Bonn", [("Köln", True)]),
        ("1| city | Köln", []),
        ("3| place | Köln\nno", []),
        ("1| place |", []),
        ("1| place | " + "so sehr lang " * 12, []),
        ("1| address | du", []),
    ],
)
def test_only_what_is_clearly_said_of_a_candidate_is_taken(reply, expected):
    assert expected == [(one.line.target, one.wanted) for one in asking.read(question("Cologne", "Thing"), reply)]


@given(st.text())
def test_any_reply_is_read(reply):
    verdicts = asking.read(question("Cologne", "Thing"), reply)

    assert {one.line.lemma for one in verdicts} <= {"Cologne", "Thing"}
    assert all(one.line.target for one in verdicts if one.wanted)


def test_a_model_that_only_continues_examples_is_not_asked():
    assert not asking.can_answer(Profile("base", form="examples", unit="sentence", reply="text"))
    assert asking.can_answer(Profile("chat"))


def test_extract_writes_a_table_that_the_ledger_reads(tmp_path):
    book = works.epub(tmp_path / "small.epub", [["The source packages are kept.", "Each source package has a name."]])
    out = tmp_path / "terms.csv"

    result = CliRunner().invoke(group, ["glossary", "extract", str(book), "--out", str(out)], standalone_mode=False, catch_exceptions=False)

    assert "candidates were written" in result.output
    assert "source package" in [row.line.lemma for row in table.load(out)[0]]


def test_extract_shows_json(tmp_path):
    book = works.epub(tmp_path / "small.epub", [["The source packages are kept.", "Each source package has a name."]])
    words = tmp_path / "words.csv"
    words.write_text("source,target\nsource package,Quellpaket\n", encoding="utf-8")

    result = CliRunner().invoke(group, ["glossary", "extract", str(book), "--to", "de", "--glossary", str(words), "--json"], standalone_mode=False, catch_exceptions=False)

    (row,) = [one for one in json.loads(result.output)["candidates"] if one["source"] == "source package"]
    assert ("Quellpaket", 2, "from words.csv:2") == (row["target"], row["count"], row["note"])


def test_what_the_model_calls_no_term_is_left_out_and_what_it_renders_is_filled_in():
    found = stage.Extracted(candidates("Cologne", "Thing"), "en")

    made = stage.translated(found, Scripted(["1| place | Köln\n2| no"]), language="en", to="de")

    assert [("Cologne", "Köln", Sort.PLACE)] == [(one.line.lemma, one.line.target, one.line.sort) for one in made.candidates]
    assert 1 == made.requests


def test_a_model_that_cannot_judge_is_refused():
    with pytest.raises(SettingError, match="cannot judge words"):
        stage.translated(stage.Extracted(candidates("Cologne"), "en"), Pseudo(), language="en", to="de")


@given(st.integers(0, 400), st.integers(1, 60))
def test_of_very_many_documents_an_even_share_is_read(number, most):
    names = [f"Page {place}" for place in range(number)]

    counted, kept = stage.sampled((Document(name, "content", ()) for name in names), most)

    assert number == counted
    assert len(kept) <= most
    assert len(kept) == number or number > most
    places = [names.index(one.name) for one in kept]
    assert sorted(places) == places


def test_a_share_is_the_same_whatever_came_before():
    documents = [Document(f"Page {place}", "content", ()) for place in range(3000)]

    _, kept = stage.sampled(documents, 200)

    assert {one.name for one in kept} == {one.name for one in stage.sampled(reversed(documents), 200)[1]}
    assert 50 <= len(kept)


FRAGMENTS = [
    ("a form of a verb", ["They had fought for the hours.", "Nobody fought against the hours.", "The hours were long."], {"hour"}, {"fought"}),
    ("a form of a verb that is a noun here", ["The cut was deep.", "A cut healed.", "She cut the bread."], {"cut"}, set()),
    ("what was done to a thing", ["Every bug filed against it counts.", "A bug filed here stays.", "The bug is old.", "A bug came."], {"bug"}, {"bug filed"}),
    ("a comparative", ["A river is shorter in winter.", "The shorter river came.", "A river passed.", "It was shorter."], {"river"}, {"shorter"}),
    (
        "a word that only points",
        ["The following package is old.", "A following package came.", "The package is new.", "A package stood there."],
        {"package"},
        {"following package"},
    ),
    ("an irregular plural", ["The pressmen came.", "Two of the pressmen left.", "The pressmen read."], {"pressmen"}, set()),
]


@pytest.mark.parametrize(("texts", "there", "away"), [row[1:] for row in FRAGMENTS], ids=[row[0] for row in FRAGMENTS])
def test_fragments_of_sentences_are_no_terms(texts, there, away):
    found = set(lines(*texts))

    assert (there, set()) == (there & found, away & found)


def test_what_is_done_to_several_things_comes_after_a_term_that_begins_alike():
    texts = [
        "The printing house closed.",
        "A printing house opened.",
        "Reporting bugs is easy.",
        "We like reporting bugs.",
        "The bug stayed.",
        "A house burnt.",
    ]
    ranks = {one.line.lemma: one.score for one in prescan.scan(segments(*texts), "en")}

    assert ranks["printing house"] > 2 * max(score for lemma, score in ranks.items() if lemma.casefold().startswith("reporting bug"))
