"""One voice: what is settled is told where it matters, the first rendering that is committed wins, and a change re-does what it touches and no more."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from benchmarks import voice
from tests import works
from translate.document import Decision, Draft, Kind, LedgerLine, Segment, Sort, Term
from translate.errors import ModelRefused
from translate.languages import find
from translate.models.scripted import Scripted
from translate.models.seam import Profile
from translate.pipeline import known, ledger, order, standing
from translate.pipeline.judge import dependency
from translate.pipeline.progress import Silent
from translate.pipeline.running import firsts, quote
from translate.pipeline.running.ladder import Case, Tried
from translate.pipeline.voice import Voice
from translate.store import Store
from translate.translator import Ask, Brief, Context, compose, read, renderings

CHAPTERS = [
    ["The overseer met Kharzin at the gate.", "The presses worked that day.", "Then Kharzin went home, said the overseer."],
    ["Rain fell on the town.", "In the town Kharzin slept.", "The overseer stayed awake."],
]
PEOPLE = (
    Decision(LedgerLine(Sort.PERSON, "Kharzin", "Charsin", gender="masculine"), "accepted", "person", "Anna"),
    Decision(LedgerLine(Sort.ADDRESS, "", speaker="Kharzin", addressee="", address="Sie"), "accepted", "person", "Anna"),
)


def ordered(tmp_path, **changes):
    source = tmp_path / "small.epub"
    if not source.exists():
        works.epub(source, CHAPTERS)
    return order.Order(source=source, to="de", out=tmp_path / "out", **{"jobs": 1, "memory": "off", **changes})


def run(tmp_path, model, **changes):
    return order.carry_out(ordered(tmp_path, **changes), Silent(), model=model)


def obedient(request):
    """Renders words as they come, and the terms that it was given as it was told."""
    terms = dict(re.findall(r"^- (.+?) = ([^/\n]+?)(?: /|$)", "\n".join(text for _, text in request.messages), re.MULTILINE))
    rows = []
    for label, text in works.asked(request):
        parts = re.split("(" + "|".join(map(re.escape, terms)) + ")", text) if terms else [text]
        rows.append(f"{label}| " + "".join(terms.get(part) or works.rendered(part) for part in parts))
    return "\n".join(rows)


def scripted():
    return Scripted(obedient, profile=Profile("scripted", chunk=120))


def asked(model):
    return [text for request in model.requests for _, text in works.asked(request)]


def decide(result, *lines, status="accepted"):
    with Store.open(result.folder.store) as store:
        return ledger.put(store, lines, who="Anna", status=status)


# --- lanes side by side


def test_eight_lanes_that_render_each_name_by_chance_end_with_one_rendering_each_at_little_more_cost(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()

    whim = voice.translate(tmp_path / "one", voice.Whim(), chapters=8, paragraphs=12)
    steady = voice.translate(tmp_path / "two", voice.Whim(steady=True), chapters=8, paragraphs=12)

    assert {1} == {len(found) for found in whim.renderings.values() if found}
    assert whim.tokens <= 1.15 * steady.tokens
    assert (0, 1.0) == (whim.flagged, whim.success.ltcr)


def case(text, target, **named):
    segment = Segment("s1", "c1.xhtml", "/1", Kind.PARAGRAPH, (text,))
    return Case(segment, (), [Tried(Draft("s1", (target,), model="m"), (), "chunk")], named=named)


@pytest.mark.parametrize(
    ("target", "named", "settled"),
    [
        ("Sie sahen Charsin.", {"Kharzin": "Charsin"}, "Charsin"),
        ("Sie sahen Charsins Haus.", {"Kharzin": "Charsin"}, "Charsin"),
        ("Sie sahen Kharzin.", {}, "Kharzin"),
        ("Sie sahen Charzin.", {}, "Charzin"),
        ("Sie sahen den Alten.", {}, ""),
        ("Sie sahen den Alten.", {"Kharzin": "Charsin"}, ""),
        ("Sie sahen Kharsin und Charzin.", {}, ""),
    ],
)
def test_the_rendering_of_a_name_is_what_the_draft_has_and_else_open(target, named, settled):
    held = Voice((), (Decision(LedgerLine(Sort.NAME, "Kharzin")),), "en")

    decided = firsts.decided([case("They saw Kharzin.", target, **named)], held, "de")

    assert ([settled] if settled else []) == [one.line.target for one in decided]


@pytest.mark.parametrize(
    ("name", "target", "settled"),
    [
        ("Zhukov", "Dort sahen sie Schukow.", "Schukow"),
        ("Chekhov", "Dort sahen sie Tschechow.", "Tschechow"),
        ("Trotsky", "Là, ils virent Trotzki.", "Trotzki"),
        ("Kharkiv", "Dort sahen sie Charkiw und den Turm.", "Charkiw"),
        ("Zhukov", "Dort sahen sie den Zucker.", ""),
    ],
)
def test_a_name_is_known_in_the_spelling_of_another_language_though_the_model_does_not_say(name, target, settled):
    held = Voice((), (Decision(LedgerLine(Sort.NAME, name)),), "en")

    decided = firsts.decided([case(f"They saw {name} there.", target)], held, "de")

    assert ([settled] if settled else []) == [one.line.target for one in decided]


def test_the_rendering_of_a_lane_that_lost_is_noted_and_the_first_stays():
    held = Voice((), (Decision(LedgerLine(Sort.NAME, "Cologne")),), "en")

    firsts.decided([case("In Cologne.", "In Köln.", Cologne="Köln")], held, "de")
    firsts.decided([case("In Cologne.", "In Colonia.", Cologne="Colonia")], held, "de")

    (now,) = held.decisions
    assert ("Köln", ("Colonia",)) == (now.line.target, now.line.forbidden)


def test_what_a_person_settled_is_not_settled_again_by_use():
    held = Voice((), PEOPLE, "en")

    assert () == firsts.decided([case("Kharzin came.", "Karzin kam.", Kharzin="Karzin")], held, "de")


# --- what a model is told


def test_a_prompt_holds_the_lines_that_matter_for_its_passages_and_no_others(tmp_path):
    first = run(tmp_path, Scripted(lambda _: ModelRefused("not today"), profile=Profile("scripted")))
    decide(first, LedgerLine(Sort.CONCEPT, "overseer", "Aufseher", ("Vorarbeiter",)), LedgerLine(Sort.CONCEPT, "rain", "Regen"), *(one.line for one in PEOPLE))
    model = Scripted(obedient, profile=Profile("scripted", chunk=16))

    run(tmp_path, model)

    for request in model.requests:
        prompt = request.messages[1][1]
        passages = " ".join(text for _, text in works.asked(request))
        assert ("- overseer = Aufseher / Vorarbeiter" in prompt) == ("overseer" in passages)
        assert ("- rain = Regen" in prompt) == ("Rain" in passages)
        assert ("- Kharzin = Charsin" in prompt) == ("Kharzin" in passages)
        if "Kharzin" in passages:
            assert "* Kharzin: a man (he)" in prompt
            assert "* Kharzin to anybody: Sie" in prompt
    assert 1 == len({request.messages[0] for request in model.requests})


def brief():
    return Brief(find("en"), find("de"), Profile("scripted"), len)


def ask(*names):
    piece = Segment("s1", "c", "/1", Kind.PARAGRAPH, ("They saw Kharzin.",))
    from translate.chunker import Piece

    return compose([Piece(piece, piece.source)], brief=brief(), context=Context(names=names), terms=())


def test_a_model_is_asked_for_the_renderings_of_new_names_of_its_passages_only():
    told = ask("Kharzin", "Elsewhere").request.messages[-1][1]

    assert "New names: Kharzin." in told
    assert "Elsewhere" not in told


def test_a_line_about_a_name_is_no_part_of_a_passage():
    one: Ask = ask("Kharzin")

    reply = f"{one.labels[0]}| Sie sahen Charsin.\n@ Kharzin = Charsin\n@ Other = Andere"

    assert (("Kharzin", "Charsin"),) == renderings(one, reply)
    assert ("Sie sahen Charsin. @ Other = Andere",) == read(one, reply)[0].runs


def test_a_line_that_looks_so_is_text_where_no_name_was_asked_for():
    one = ask()

    assert ("Sie sahen. @ Kharzin = Charsin",) == read(one, f"{one.labels[0]}| Sie sahen.\n@ Kharzin = Charsin")[0].runs


# --- what a change costs


def test_two_identical_runs_ask_nothing_the_second_time(tmp_path):
    run(tmp_path, scripted())
    again = Scripted([])

    run(tmp_path, again)

    assert [] == again.requests


def test_a_changed_ledger_line_redoes_only_the_passages_it_occurs_in(tmp_path):
    result = run(tmp_path, scripted(), without=("names",))  # the model turns the letters of names about
    decide(result, LedgerLine(Sort.CONCEPT, "overseer", "Aufseher"))
    model = scripted()

    run(tmp_path, model, without=("names",))

    assert {text for chapter in CHAPTERS for text in chapter if "overseer" in text} == set(asked(model))
    assert 3 == len(asked(model))


def test_a_line_that_says_what_the_translation_has_costs_nothing(tmp_path):
    result = run(tmp_path, scripted())
    decide(result, LedgerLine(Sort.CONCEPT, "overseer", works.rendered("overseer")))
    model = Scripted([])

    run(tmp_path, model)
    with Store.open(result.folder.store) as store:
        judge = known.judge_of(store)
        keys = {segment.id: judge.key(segment) for segment in store.segments()}

        assert [] == model.requests
        assert keys == {segment: state.dependency for segment, state in store.states().items()}


def test_who_somebody_is_redoes_only_the_passages_where_she_is_named(tmp_path):
    result = run(tmp_path, scripted())
    decide(result, LedgerLine(Sort.PERSON, "Kharzin", gender="feminine"))
    model = scripted()

    run(tmp_path, model)

    assert {text for chapter in CHAPTERS for text in chapter if "Kharzin" in text} == set(asked(model))


def test_a_line_that_a_run_settled_by_itself_is_no_reason_to_ask_again():
    segment = Segment("s1", "c", "/1", Kind.PARAGRAPH, ("Kharzin came.",))

    assert dependency(segment, (), ()) == dependency(segment, (Term("Kharzin", "Charsin", soft=True),), ())
    assert dependency(segment, (), ()) != dependency(segment, (Term("Kharzin", "Charsin"),), ())


def test_the_state_of_a_work_tells_how_its_terms_are_kept(tmp_path):
    result = run(tmp_path, scripted())
    decide(result, LedgerLine(Sort.CONCEPT, "overseer", "Aufseher"))

    before = standing.status(result.folder)
    run(tmp_path, scripted())
    after = standing.status(result.folder)

    assert before["term_success"] < after["term_success"] == 1.0
    assert 1.0 == after["consistency_ltcr"]
    assert "stands in 3 of 3 places (100%)" in result.folder.report(".html").read_text(encoding="utf-8")


# --- the first stage of a run


LONG = [
    [
        f"On day {number} {('the overseer met Kharzin', 'an overseer saw that Kharzin slept', 'it was Kharzin whom the overseer')[number % 3]} at the gate of the old "
        "printing house, and all that the two of them had to talk about there was the weather."
        for number in range(130)
    ]
]


def judging(request):
    """Judges candidates where it is asked to, else translates."""
    if "prepare the glossary" not in request.messages[0][1]:
        return obedient(request)
    rows = re.findall(r"^(\d+)\| (.+?) \(", request.messages[1][1], re.MULTILINE)
    known = {"Kharzin": "person | Charsin", "overseer": "concept | Aufseher"}
    return "\n".join(f"{number}| {known.get(name, 'no')}" for number, name in rows)


def long_order(tmp_path, **changes):
    source = works.epub(tmp_path / "long.epub", LONG)
    return order.Order(source=source, to="de", out=tmp_path / "out", **{"jobs": 1, "memory": "off", **changes})


def passes(model):
    return passes_of(model.requests)


def passes_of(requests):
    return [request for request in requests if "prepare the glossary" in request.messages[0][1]]


def test_a_model_is_asked_once_about_the_candidates_before_the_first_passage_and_never_again(tmp_path):
    model, again = Scripted(judging), Scripted([])

    result = order.carry_out(long_order(tmp_path), Silent(), model=model)
    order.carry_out(long_order(tmp_path), Silent(), model=again)

    with Store.open(result.folder.store) as store:
        held = {one.line.lemma: one for one in store.ledger()}
        texts = " ".join(pair.draft.text for pair in store.pairs() if pair.draft)
    assert model.requests[: len(passes(model))] == passes(model) != []
    assert [] == again.requests
    assert ("Charsin", Sort.PERSON, "prescan") == (held["Kharzin"].line.target, held["Kharzin"].line.sort, held["Kharzin"].origin)
    assert "Aufseher" in texts
    assert "Charsin" in texts
    assert any(one.status == "rejected" for one in held.values())


def test_what_the_glossary_has_is_not_asked(tmp_path):
    words = tmp_path / "words.csv"
    words.write_text("source,target\noverseer,Vorarbeiter\n", encoding="utf-8")
    model = Scripted(judging)

    order.carry_out(long_order(tmp_path, glossaries=(words,)), Silent(), model=model)

    assert "overseer (" not in passes(model)[0].messages[1][1]


@pytest.mark.parametrize(("settled", "target"), [("house,Haus", "Druckhaus"), ("house,Gebäude", "")], ids=["in it", "another word"])
def test_a_proposal_that_renders_a_glossary_s_word_otherwise_is_none(settled, target, tmp_path):
    words = tmp_path / "words.csv"
    words.write_text(f"source,target\n{settled}\n", encoding="utf-8")
    model = Scripted(lambda request: re.sub(r"(?m)^(\d+)\|.*", r"\1| concept | Druckhaus", request.messages[1][1]) if passes_of([request]) else obedient(request))

    result = order.carry_out(long_order(tmp_path, glossaries=(words,)), Silent(), model=model)

    with Store.open(result.folder.store) as store:
        assert [target] == [one.line.target for one in store.ledger() if one.line.lemma in ("printing house", "old printing house")]


def test_without_the_prescan_nothing_is_proposed(tmp_path):
    model = Scripted(judging)

    result = order.carry_out(long_order(tmp_path, prescan=False), Silent(), model=model)

    assert [] == passes(model)
    with Store.open(result.folder.store) as store:
        assert () == store.ledger()


def test_the_quote_includes_the_prescan(tmp_path):
    with_it = order.quoted(long_order(tmp_path), model=Scripted(judging))
    without = order.quoted(long_order(tmp_path, prescan=False), model=Scripted(judging))

    assert with_it.requests == without.requests + 1
    assert with_it.prompt.low > without.prompt.low
    assert isinstance(with_it, quote.Quote)


def test_what_a_person_rejected_is_not_proposed_again(tmp_path):
    source = works.epub(tmp_path / "small.epub", CHAPTERS)
    result = run(tmp_path, scripted())
    decide(result, LedgerLine(Sort.PERSON, "Kharzin"), status="rejected")
    source.unlink()
    works.epub(source, [*CHAPTERS, ["Again they saw Kharzin there."]])

    run(tmp_path, scripted())

    with Store.open(result.folder.store) as store:
        assert {"rejected"} == {one.status for one in store.ledger() if one.line.lemma == "Kharzin"}
    assert replace(PEOPLE[0], status="rejected").line.key == LedgerLine(Sort.PERSON, "Kharzin").key
