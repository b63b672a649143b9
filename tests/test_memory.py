"""The translation memory: what is remembered, what is used again without a call, what is only shown; TMX in and out."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests import works
from tests.terminal import here
from translate import memory
from translate.document import Kind, Marker, normal, plain
from translate.errors import DragomanError, StoreError
from translate.exchange import tmx_stream
from translate.models.scripted import Scripted
from translate.models.seam import Profile
from translate.pipeline import corrections, memories
from translate.pipeline.order import Order, carry_out, quoted
from translate.pipeline.progress import Silent
from translate.store import Memory, Origin, Store, Surroundings, TranslationMemory, Trust, migrations, workspace

DATA = Path(__file__).parent / "data"
BOOK = [["The first of all paragraphs stands here in the house.", "She gave him 12 books, and he read every one of them.", "He does not know the way to the old station."]]
ORIGIN = Origin("v1:one", "one.de", "One", "en", "de")


def profile():
    return Profile(name="scripted", chunk=200)


def model(name="scripted"):
    made = Scripted(works.answer, profile=profile())
    made.name = name
    return made


def translated(folder, chapters, scripted=None, **options):
    book = works.epub(folder / "book.epub", chapters, title=options.pop("title", "A Small Book"))
    scripted = scripted or model()
    return carry_out(Order(book, "de", model="hosted:scripted", out=folder / "out", **options), Silent(), model=scripted), scripted


def texts(scripted):
    return [text for request in scripted.requests for _, text in works.asked(request)]


def remembered(*pairs, trust=Trust.APPROVED, origin=ORIGIN, around=(0, 0)):
    """A memory with these pairs."""
    kept = memories.opened()
    kept.remember(
        origin,
        [
            Memory(f"s{place}", (source,), (target,), "de", trust, model="other" if trust == Trust.MACHINE else "", around=Surroundings(*around), who="Ada", pieces=memory.pieces(source, "en"))
            for place, (source, target) in enumerate(pairs)
        ],
    )
    return kept


# --- near texts


@pytest.mark.parametrize(
    ("now", "then", "least", "most"),
    [
        ("The station is old.", "The station is old.", 1.0, 1.0),
        ("The old station stands near the river bank.", "The old station stands near the river banks.", 0.75, 0.99),
        ("He will not sell the old house by the river.", "He will sell the old house by the river.", 0.0, 0.74),
        ("He will sell the old house by the river.", "He will never sell the old house by the river.", 0.0, 0.74),
        ("It is impossible to open this door at night.", "It is possible to open this door at night.", 0.0, 0.74),
        ("It was founded in 1984 by four workers.", "It was founded in 1948 by four workers.", 0.75, 0.95),
        ("Something else altogether is said in this one.", "He will sell the old house by the river.", 0.0, 0.6),
    ],
)
def test_a_near_text_is_as_near_as_a_translator_means_it(now, then, least, most):
    found = memory.nearness((now,), (then,), "en").score

    assert least <= found <= most


def test_other_markers_are_another_text():
    em = (Marker("open", 1, "em"), "word", Marker("close", 1, "em"))

    found = memory.nearness(("a ", *em), ("a word",), "en")

    assert (True, 0.99) == (found.markers, found.score)


def test_in_a_language_whose_negations_nobody_told_us_no_other_word_is_an_example():
    assert memory.nearness(("他明天不会来这里看我们。",), ("他明天会来这里看我们。",), "zh").score < memory.EXAMPLE


@given(st.text(), st.text())
def test_nearness_is_one_only_for_the_same_text(one, other):
    score = memory.nearness((one,), (other,), "en").score

    assert (score == 1.0) == (one == other and score == 1.0)
    assert 0.0 <= score <= 1.0


@given(st.text())
def test_a_text_is_filed_under_a_bounded_number_of_pieces_always_the_same(text):
    assert memory.pieces(text, "en") == memory.pieces(text, "en-GB")
    assert len(memory.pieces(text, "en")) <= memory.PIECES


def test_a_changed_figure_files_a_text_under_the_same_pieces():
    assert memory.pieces("in 1984 there were 12", "en") == memory.pieces("in 2021 there were 7", "en")


# --- keeping


def test_what_was_remembered_is_found_by_its_text_and_by_near_ones():
    with remembered(("He sells the old house.", "Er verkauft das alte Haus.")) as kept:
        exact = kept.exact(("He sells the old house.",), language="en")
        near = kept.near(memory.pieces("He sells the very old house.", "en"))

    assert ["Er verkauft das alte Haus."] == [plain(one.memory.target) for one in exact]
    assert exact == near


def test_a_passage_of_a_work_has_one_translation_at_a_time():
    with remembered(("A text.", "Ein Text.")) as kept:
        again = kept.remember(ORIGIN, [Memory("s0", ("A text.",), ("Ein Text!",), "de", Trust.APPROVED, who="Ada")])
        same = kept.remember(ORIGIN, [Memory("s0", ("A text.",), ("Ein Text!",), "de", Trust.APPROVED, who="Ada")])
        found = kept.exact(("A text.",), language="en")

    assert (1, 0) == (again, same)
    assert ["Ein Text!"] == [plain(one.memory.target) for one in found]


def test_what_is_forgotten_leaves_nothing_in_the_file():
    with remembered(("A very secret sentence.", "Ein sehr geheimer Satz.")) as kept:
        kept.remember(Origin("v1:two", "two.de", "Two", "en", "de"), [Memory("x", ("Another text.",), ("Ein anderer.",), "de", Trust.MACHINE)])
        count = kept.forget(ORIGIN.identity)
        left, path = kept.size(), kept.path

    assert 1 == count
    assert (1, 1) == left
    assert b"secret" not in b"".join(file.read_bytes() for file in path.parent.iterdir())


def test_a_newer_workspace_and_a_strange_file_are_refused_in_one_line():
    with memories.opened() as kept:
        kept._connection.execute("INSERT INTO migrations (name, at) VALUES ('w9999_future', '')")
        path = kept.path
    with pytest.raises(StoreError, match="newer Dragoman"):
        memories.opened()
    path.write_bytes(b"this is no database at all, but long enough to be read as one" * 40)

    with pytest.raises(StoreError, match="cannot be used"):
        memories.opened()


# --- in a run


def test_the_same_book_in_another_folder_costs_no_call(tmp_path):
    translated(tmp_path / "one", BOOK)

    result, second = translated(tmp_path / "two", BOOK)

    assert [] == second.requests
    assert result.recalled == result.asked > 0
    with Store.open(result.folder.store, readonly=True) as store:
        assert {"memory"} == {pair.draft.origin for pair in store.pairs() if pair.draft.origin != "repeat"}


def test_a_quote_counts_what_the_memory_has_as_free(tmp_path):
    result, _ = translated(tmp_path / "one", BOOK)
    book = works.epub(tmp_path / "two" / "book.epub", BOOK)

    quote = quoted(Order(book, "de", model="hosted:scripted", out=tmp_path / "out"), model=model())

    assert (0, result.asked) == (quote.segments, quote.remembered + quote.repeats)


def test_two_works_at_once_lose_nothing_of_what_they_remember(tmp_path):
    code = (
        "import sys\nfrom translate.pipeline import memories\nfrom translate.store import Memory, Origin, Trust\n"
        "for turn in range(5):\n    with memories.opened() as kept:\n"
        "        kept.remember(Origin(sys.argv[1], sys.argv[1], 'x', 'en', 'de'), [Memory(f'{turn}-{n}', (f'text {n} {turn}',), ('t',), 'de', Trust.MACHINE, pieces=(n,)) for n in range(200)])\n"
    )
    home = Path(__file__).parent.parent
    started = [subprocess.Popen([sys.executable, "-c", code, name], cwd=home, stderr=subprocess.PIPE, text=True) for name in ("one", "two", "three")]

    said = [process.communicate(timeout=60)[1] for process in started]

    assert ["", "", ""] == said
    assert [1000, 1000, 1000] == [share.entries for share in memories.shares()]


def test_a_text_between_other_neighbours_is_asked_for_unless_the_setting_says_exact(tmp_path):
    translated(tmp_path / "one", BOOK)
    other = [["Quite another beginning of things.", BOOK[0][1], "And quite another end to them all."]]

    _, asked = translated(tmp_path / "two", other, title="Other", memory="context")
    _, exact = translated(tmp_path / "three", other, title="Other", memory="exact", refresh=True)

    assert BOOK[0][1] in texts(asked)
    assert BOOK[0][1] not in texts(exact)


def test_another_models_translations_are_not_taken(tmp_path):
    translated(tmp_path / "one", BOOK)

    result, second = translated(tmp_path / "two", BOOK, model("better"))

    assert 0 == result.recalled
    assert second.requests


def test_what_a_person_approved_is_taken_whatever_the_model(tmp_path):
    first, _ = translated(tmp_path / "one", BOOK)
    with Store.open(first.folder.store, readonly=True) as store:
        segment = next(pair.segment.id for pair in store.pairs() if pair.segment.text == BOOK[0][2])
    corrections.take(first.folder, segment, "Den Weg zum alten Bahnhof kennt er nicht.", who="Ada")

    second, asked = translated(tmp_path / "two", BOOK, model("better"))

    assert BOOK[0][2] not in texts(asked)
    with Store.open(second.folder.store, readonly=True) as store:
        drafts = {pair.segment.text: pair.draft for pair in store.pairs()}
    assert ("memory", "Den Weg zum alten Bahnhof kennt er nicht.") == (drafts[BOOK[0][2]].origin, drafts[BOOK[0][2]].text)


def test_a_remembered_translation_that_the_checks_flag_is_asked_for(tmp_path):
    first, _ = translated(tmp_path / "one", BOOK)
    with Store.open(first.folder.store, readonly=True) as store:
        segment = next(pair.segment.id for pair in store.pairs() if pair.segment.text == BOOK[0][1])
    corrections.take(first.folder, segment, "Sie gab ihm 13 Bücher, und er las sie alle.", who="Ada")

    _, asked = translated(tmp_path / "two", BOOK)

    assert [BOOK[0][1]] == texts(asked)


def test_a_near_text_is_an_example_in_the_prompt_and_costs_a_call_all_the_same(tmp_path):
    with remembered((BOOK[0][1].replace("every one", "each one"), "Sie gab ihm 12 Bücher, und er las jedes davon.")):
        pass

    _, asked = translated(tmp_path / "two", BOOK)

    prompts = [request.messages[-1][1] for request in asked.requests if BOOK[0][1] in request.messages[-1][1]]
    assert "Sie gab ihm 12 Bücher, und er las jedes davon." in prompts[0]
    assert prompts[0].index("Sie gab ihm") < prompts[0].index("Translate:")
    assert all("Sie gab" not in message for request in asked.requests for role, message in request.messages if role == "system")


def test_a_text_that_says_no_where_this_one_does_not_is_no_example_but_a_suggestion_that_says_so(tmp_path):
    with remembered((BOOK[0][2].replace("does not know", "does know"), "Er kennt den Weg zum alten Bahnhof.")):
        pass

    result, asked = translated(tmp_path / "two", BOOK)

    assert not any("Er kennt den Weg" in message for request in asked.requests for _, message in request.messages)
    with Store.open(result.folder.store, readonly=True) as store:
        segment = next(pair.segment.id for pair in store.pairs() if pair.segment.text == BOOK[0][2])
    (found,) = memories.suggestions(result.folder, segment)
    assert found.score < memory.EXAMPLE
    assert ("One says no where the other does not.", "Only here: not.") == found.differs


def test_without_memory_nothing_is_read_and_nothing_is_kept(tmp_path):
    result, _ = translated(tmp_path / "one", BOOK, memory="off")
    with Store.open(result.folder.store, readonly=True) as store:
        segment = next(store.segments()).id
    corrections.take(result.folder, segment, "Kapitel Nummer 0", who="Ada")

    assert not Path(os.environ["DRAGOMAN_WORKSPACE"]).exists()


def test_a_damaged_memory_is_named_and_stops_no_run(tmp_path):
    path = Path(os.environ["DRAGOMAN_WORKSPACE"])
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database" * 100)
    said = []

    class Progress(Silent):
        def says(self, line):
            said.append(line)

    book = works.epub(tmp_path / "book.epub", BOOK)
    result = carry_out(Order(book, "de", model="hosted:scripted", out=tmp_path / "out"), Progress(), model=model())

    assert 0 == result.exit_code
    assert 2 == len([line for line in said if "translation memory" in line])


def test_refresh_asks_again_and_does_not_get_the_works_own_words_back(tmp_path):
    with remembered(("Something else.", "Etwas anderes.")):
        pass
    translated(tmp_path / "one", BOOK)

    result, second = translated(tmp_path / "one", BOOK, Scripted(works.answer, profile=Profile("scripted", unit="segment")), refresh=True)

    assert 0 == result.recalled
    assert second.requests


def test_stand_ins_are_not_remembered(tmp_path):
    book = works.epub(tmp_path / "book.epub", BOOK)

    here("translate", book, "--to", "de", "--model", "pseudo", "--out", tmp_path / "out")

    assert not Path(os.environ["DRAGOMAN_WORKSPACE"]).exists()


def test_a_translation_that_no_longer_stands_is_forgotten(tmp_path):
    translated(tmp_path / "one", BOOK)

    def wrong(request):
        return works.answer(request).replace("12", "13")

    translated(tmp_path / "one", BOOK, Scripted(wrong, profile=Profile("scripted", unit="segment")), refresh=True)

    with memories.opened() as kept:
        assert () == kept.exact((BOOK[0][1],), language="en")
        assert () != kept.exact((BOOK[0][0],), language="en")


def test_works_of_the_same_series_come_first_among_equals(tmp_path):
    source = BOOK[0][0]
    for name, series, target in (("b.de", "ours", "Hier im Haus steht der erste Absatz."), ("a.de", "other", "Der allererste Absatz steht hier im Haus.")):
        with remembered((source, target), origin=Origin(name, name, name, "en", "de", series)):
            pass

    result, _ = translated(tmp_path / "two", [[source]], memory="exact", series="ours")

    with Store.open(result.folder.store, readonly=True) as store:
        assert "Hier im Haus steht der erste Absatz." in {pair.draft.text for pair in store.pairs()}


# --- TMX


def marked():
    return ("One ", Marker("open", 1, "em"), "two", Marker("close", 1, "em"), " three", Marker("atom", 2, "note"), " ")


def valid(path):
    """Whether a file is valid by the DTD of TMX 1.4."""
    with (DATA / "tmx14.dtd").open("rb") as file:
        dtd = etree.DTD(file)
    tree = etree.parse(str(path), etree.XMLParser(load_dtd=False, no_network=True))
    return dtd.validate(tree), str(dtd.error_log)


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1)


@given(TEXTS, TEXTS)
def test_a_text_comes_back_from_tmx_as_it_was(tmp_path_factory, source, target):
    path = tmp_path_factory.mktemp("tmx") / "out.tmx"
    tmx_stream.write(path, [tmx_stream.Pairing("1", (*marked(), source), (target, *marked()), "en", "de", "2026-11-22T01:02:03Z", "Ada", (("x-a", "b"),))], source_language="en")

    (back,) = tmx_stream.read(path)

    assert tmx_stream.Pairing("1", normal((*marked(), source)), normal((target, *marked())), "en", "de", "2026-11-22T01:02:03Z", "Ada", (("x-a", "b"),)) == back
    assert (True, "") == valid(path)


def test_a_memory_goes_out_as_valid_tmx_and_comes_back_whole(tmp_path):
    with remembered(("A text & more <here>.", "Ein Text & mehr <hier>."), ("Control \x01 sign", "Steuer\x02zeichen"), around=(5, -7)) as kept:
        kept.remember(ORIGIN, [Memory("m", marked(), marked(), "de", Trust.MACHINE, Kind.HEADING, "gpt", pieces=(1,))])
        before = list(kept.entries())
    file = tmp_path / "memory.tmx"

    written = here("memory", "export", file, "--json").json
    os.environ["DRAGOMAN_WORKSPACE"] += ".other"
    taken = here("memory", "import", file, "--trust", "approved", "--json").json
    again = here("memory", "import", file, "--trust", "approved", "--json").json

    assert (True, "") == valid(file)
    assert (3, 3, 0) == (written["translations"], taken["translations"], again["translations"])
    with memories.opened() as kept:
        after = list(kept.entries())
    assert not any("x-dragoman" in one.memory.more for one in after)
    facts = [(one.memory.target, one.memory.trust, one.memory.kind, one.memory.model, one.memory.around, one.memory.who) for one in before]
    assert [fact for fact in facts if "Steuer" not in plain(fact[0])] == [
        (one.memory.target, one.memory.trust, one.memory.kind, one.memory.model, one.memory.around, one.memory.who) for one in after if "Steuer" not in plain(one.memory.target)
    ]


THEIRS = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body>
<tu tuid="job-7" usagecount="3"><note>From the client.</note><prop type="x-client">ACME</prop>
<tuv xml:lang="en"><prop type="x-page">12</prop><seg>The lamp burns.</seg></tuv>
<tuv xml:lang="de" creationdate="20200101T000000Z" creationid="ANNA"><note>Checked.</note><prop type="x-quality">9</prop><seg>Die Lampe brennt.</seg></tuv></tu></body></tmx>"""


def told_of(path):
    """What a file says of its units besides their texts, and besides what is ours."""
    found = []
    for element in etree.parse(str(path)).iter("tu", "tuv"):
        found += [(element.tag, name, element.get(name)) for name in ("tuid", "usagecount", "creationdate", "creationid") if element.get(name)]
        found += [(element.tag, one.tag, one.get("type"), one.text) for one in element if one.tag in ("note", "prop") and not (one.get("type") or "").startswith("x-dragoman")]
    return sorted(found, key=repr)


def test_what_another_tool_says_of_a_unit_survives_the_memory(tmp_path):
    (tmp_path / "theirs.tmx").write_text(THEIRS, encoding="utf-8")

    here("memory", "import", tmp_path / "theirs.tmx", "--trust", "approved")
    here("memory", "export", tmp_path / "out.tmx")
    again = here("memory", "import", tmp_path / "theirs.tmx", "--trust", "approved", "--json").json

    assert told_of(tmp_path / "theirs.tmx") == told_of(tmp_path / "out.tmx")
    assert 9 == len(told_of(tmp_path / "out.tmx"))
    assert (True, "") == valid(tmp_path / "out.tmx")
    assert 0 == again["translations"]


def test_a_workspace_of_before_gets_room_for_what_other_tools_say(tmp_path):
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as old:
        old.execute(f"PRAGMA application_id = {workspace.APPLICATION}")
        migrations.apply(old, workspace.LEDGER[:2])
        old.commit()

    with TranslationMemory(path) as kept:
        kept.remember(ORIGIN, [Memory("m", ("A lamp.",), ("Eine Lampe.",), "de", Trust.EDITED, pieces=(1,), more="[]")])
        (one,) = kept.entries()

    assert "[]" == one.memory.more


BAD = [
    ("not-xml.tmx", b"<tmx><body>", "not-xml.tmx:1: this is no well-formed XML"),
    ("latin.tmx", '<?xml version="1.0" encoding="utf-8"?>\n<tmx version="1.4"><body><tu><tuv xml:lang="en"><seg>caf\xe9</seg></tuv></tu></body></tmx>'.encode("latin-1"), "latin.tmx:2: "),
    ("other.tmx", b"<html/>", "no TMX file"),
    ("bomb.tmx", b'<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n<tmx version="1.4"><header/><body/></tmx>', "defines entities"),
    ("empty.tmx", b'<tmx version="1.4"><header srclang="en"/><body/></tmx>', "no pair of texts"),
]


@pytest.mark.parametrize(("name", "data", "says"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_file_is_refused_with_its_place_and_leaves_the_memory_as_it_was(tmp_path, name, data, says):
    with remembered(("A text.", "Ein Text.")) as kept:
        before = kept.size()
    (tmp_path / name).write_bytes(data)

    with pytest.raises(DragomanError, match=says):
        memories.take_in(tmp_path / name)

    assert before == (memories.size().texts, memories.size().entries)


# --- the command line


def test_the_memory_is_listed_searched_and_forgotten_by_command(tmp_path):
    result, _ = translated(tmp_path / "one", BOOK, series="Small books")

    listed = here("memory", "list", "--json").json["works"]
    found = here("memory", "search", "old STATION", "--json").json["found"]
    lines = here("memory", "list").out
    stats = here("memory", "stats", "--json").json
    forgotten = here("memory", "forget", "book.de", "--json").json

    assert [("book.de", "Small books", "en", "de")] == [(row["work"], row["series"], row["from"], row["to"]) for row in listed]
    assert [BOOK[0][2]] == [row["source"] for row in found]
    assert "Small books" in lines
    assert stats["translations"] == listed[0]["translations"] == forgotten["translations"] > 3
    assert [] == here("memory", "list", "--json").json["works"]
    assert "no work 'nothing'" in here("memory", "forget", "nothing").err
    assert result.folder.store.exists()


def test_a_suggestion_is_shown_with_what_differs(tmp_path):
    with remembered((BOOK[0][1].replace("12", "15"), "Sie gab ihm 15 Bücher, und er las sie alle.")):
        pass
    result, _ = translated(tmp_path / "one", BOOK)
    with Store.open(result.folder.store, readonly=True) as store:
        segment = next(pair.segment.id for pair in store.pairs() if pair.segment.text == BOOK[0][1])

    shown = here("memory", "suggest", result.folder.path, segment)
    (value,) = json.loads(here("memory", "suggest", result.folder.path, segment, "--json").out)["suggestions"]

    assert "The figures differ." in shown.out
    assert (0.95, "approved", "one.de") == (value["score"], value["trust"], value["work"])
