"""The style checks: what code makes of what they find, and how little they say of human translations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import works
from tests.check_cases import facts_of, load_cases, pair_of, runs_of
from translate import checker
from translate.checks import ALL, MENDERS, Facts, Mender, Pair, quoting
from translate.checks.reading import amended, flat
from translate.document import Draft, Kind, Marker, Runs, Segment, markers, normal
from translate.languages import typography
from translate.models.scripted import Scripted
from translate.models.seam import Request
from translate.pipeline import order
from translate.pipeline.progress import Silent
from translate.store import Store

FIXED = [(check.name, case) for check in ALL for part in ("fires", "passes") for case in load_cases(check.name)[part] if "fixed" in case]


@pytest.mark.parametrize(("name", "case"), [pytest.param(*row, id=f"{row[0]}: {row[1]['why']}") for row in FIXED])
def test_code_mends_a_fault_of_style(name: str, case: dict[str, Any]) -> None:
    pair = pair_of(case)

    draft = checker.fix(pair, facts_of(case))

    assert runs_of(case["fixed"]) == draft.target
    assert ("model" if draft.target == pair.draft.target else "code") == draft.origin


@pytest.mark.parametrize(("name", "case"), [pytest.param(*row, id=f"{row[0]}: {row[1]['why']}") for row in FIXED])
def test_what_was_mended_is_found_no_more(name: str, case: dict[str, Any]) -> None:
    pair, facts = pair_of(case), facts_of(case)
    check = next(check for check in ALL if check.name == name)
    mended = Pair(pair.segment, checker.fix(pair, facts))

    assert mended.draft.origin == "model" or list(check(mended, facts)) == []


def test_a_check_without_a_mend_has_no_mended_case_and_the_other_way_round() -> None:
    assert {name for name, _ in FIXED} == {check.name for check in ALL if isinstance(check, Mender)}
    assert len(MENDERS) == len({name for name, _ in FIXED})


def test_what_is_still_the_source_s_own_text_is_not_set_right() -> None:
    pair = pair_of({"source": 'He said "yes".', "target": 'He said "yes".'})

    assert pair.draft is checker.fix(pair, Facts("en", "de"))


QUOTATIONS = [
    ("straight", 'Er sagte: "Das ist gut."', [('"Das ist gut."', 0)]),
    ("one in the other", "„Das ‚ist‘ gut“, sagte er.", [("„Das ‚ist‘ gut“", 0), ("‚ist‘", 1)]),
    ("inward", "»Ja«, sagte »er«.", [("»Ja«", 0), ("»er«", 0)]),
    ("French, with spaces", "« Bonjour »", [("« Bonjour »", 0)]),
    ("French, one in the other", "« a « b » c »", [("« a « b » c »", 0), ("« b »", 1)]),
    ("after an elision", "l'« ami »", [("« ami »", 0)]),
    ("Swedish", "”foo” och ”bar”", [("”foo”", 0), ("”bar”", 0)]),
    ("a genitive and a contraction", "dogs' 'foo' don't", [("'foo'", 0)]),
    ("decades", "The ‘90s and ‘foo’", [("‘foo’", 0)]),
    ("feet and inches", "5'10\" tall", []),
    ("around something kept", '"\ufffc" und', [('"\ufffc"', 0)]),
    ("an elision before something kept", "d'\ufffc, ou d'\ufffc", []),
    ("in brackets", '("foo")', [('"foo"', 0)]),
    ("two that touch", "«a»«b»", [("«a»", 0), ("«b»", 0)]),
    ("Japanese", "「あ『い』う」", [("「あ『い』う」", 0), ("『い』", 1)]),
    ("no partner", "„Er ging.", []),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in QUOTATIONS], ids=[row[0] for row in QUOTATIONS])
def test_what_is_quoted_is_found_whatever_the_marks(text: str, expected: list[tuple[str, int]]) -> None:
    assert expected == [(text[one.start : one.end + 1], one.depth) for one in quoting.quotations(text)]


TAGS = [("de-CH", "«"), ("de_CH", "«"), ("de-AT", "„"), ("es-419", "“"), ("es-ES", "«"), ("zh-Hant-TW", "「"), ("zh-CN", "“"), ("fr-ca", "«")]


@pytest.mark.parametrize(("tag", "mark"), TAGS)
def test_a_region_has_its_own_quotation_marks_where_they_differ(tag: str, mark: str) -> None:
    assert mark == typography.quotes(tag)[0].outer[0]


def test_what_code_sets_right_is_in_the_book_also_where_nothing_was_found(tmp_path: Path) -> None:
    source = works.epub(tmp_path / "small.epub", [["The printers of the old house say it's well."]])

    def answers(request: Request) -> str:
        return "\n".join(
            f"{label}| " + ("Die Drucker im alten Haus sagen, so geht's gut." if "printers" in text else works.rendered(text))
            for label, text in works.asked(request)
        )

    result = order.carry_out(order.Order(source=source, to="de", out=tmp_path / "out", jobs=1), Silent(), model=Scripted(answers))

    with Store.open(result.folder.store, readonly=True) as store:
        drafts = [pair.draft for pair in store.pairs() if pair.draft and "Drucker" in pair.draft.text]
    assert [("Die Drucker im alten Haus sagen, so geht’s gut.", "code")] == [(draft.text, draft.origin) for draft in drafts]


# --- what holds for every text -------------------------------------------------------------------------------------

SIGNS = st.text(alphabet="abА '\"“”„‘’‚«»‹›.…-–—:;!?*_#`&;<>/\u00a0\u202f\u00ad\u200b()9", max_size=25)  # no 1: "<1>" spells a marker, which is mended to one
RUNS = st.lists(st.one_of(SIGNS, st.builds(Marker, st.sampled_from(["open", "close", "atom"]), st.integers(1, 3))), max_size=5).map(normal)
LANGUAGES = st.sampled_from(["en", "en-GB", "de", "de-CH", "fr", "fr-CA", "fr-CH", "es", "ru", "it", "sv", "pl", "nl", "ja", "xx"])


def pair_(source: Runs, target: Runs) -> Pair:
    return Pair(Segment("s", "d", "a", Kind.PARAGRAPH, source), Draft("s", target))


@settings(max_examples=300, deadline=None)
@given(RUNS, RUNS, LANGUAGES)
def test_mending_style_twice_is_mending_it_once_and_moves_no_marker(source: Runs, target: Runs, tag: str) -> None:
    facts = Facts("en", tag)

    once = checker.fix(pair_(source, target), facts)

    assert once == checker.fix(Pair(pair_(source, target).segment, once), facts)
    assert markers(target) == markers(once.target)


@settings(max_examples=200, deadline=None)
@given(RUNS, st.dictionaries(st.integers(0, 60), st.sampled_from(["", "x", "«\u00a0"]), max_size=5))
def test_amending_changes_the_characters_named_and_no_marker(runs: Runs, edits: dict[int, str]) -> None:
    out = amended(runs, edits)

    expected = "".join(edits.get(place, char) if char != "\ufffc" else char for place, char in enumerate(flat(runs)))
    assert expected == flat(out)
    assert markers(runs) == markers(out)


@settings(max_examples=200, deadline=None)
@given(SIGNS)
def test_quotations_lie_apart_or_in_one_another(text: str) -> None:
    found = quoting.quotations(text)

    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(one.start < one.end for one in found)
    assert not any(one.start < other.start <= one.end < other.end for one in found for other in found)
