"""A publisher's style sheet: a plain file that governs prompts, checks and what code sets right, and whose faults are named with their line."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import works
from translate import languages, style
from translate.cli import group
from translate.errors import SettingError
from translate.models.scripted import Scripted
from translate.models.seam import Profile
from translate.pipeline import known, order
from translate.pipeline.progress import Silent
from translate.store import Store

HOUSE = """# the house's own
address = "du"
quotation = "»«›‹"
thousands = "none"
spelling = "Swiss: ss for ß"
rules = ["Short sentences stay short."]

[[example]]
source = "It was late."
target = "Es war spät."
"""
CHAPTERS = [
    ["The boss said “work” to them.", "You work too long.", "They made 12,000 sheets.", "Rain fell on the town."],
    ["Here he said “rest” again.", "On 3 May 1890 they met."],
]


def ordered(tmp_path, sheet=None, **changes):
    source = tmp_path / "small.epub"
    if not source.exists():
        works.epub(source, CHAPTERS)
    path = None
    if sheet is not None:
        path = tmp_path / "house.toml"
        path.write_text(sheet, encoding="utf-8")
    return order.Order(source=source, to="de", out=tmp_path / "out", jobs=1, memory="off", style=path, **changes)


def answer(request):
    """Sets quotation marks and numbers as German is usually set."""
    return works.answer(request).replace("“", "„").replace("”", "“").replace("12,000", "12.000")


def run(tmp_path, model, sheet=None, **changes):
    return order.carry_out(ordered(tmp_path, sheet, **changes), Silent(), model=model)


def scripted():
    return Scripted(answer, profile=Profile("scripted", chunk=120))


def texts(result):
    with Store.open(result.folder.store, readonly=True) as store:
        return {pair.segment.text: pair.draft.text for pair in store.pairs() if pair.draft}


@pytest.mark.parametrize("tag", ["de", "de-CH", "fr", "es", "en", "it", "pt-BR", "zh", "ru"])
def test_every_preset_is_a_sheet_that_can_be_read(tag):
    sheet = style.parse(style.preset(tag), "preset.toml", target=tag)

    assert languages.code(tag) == languages.code(sheet.language)
    assert "@" not in style.preset(tag)


def test_every_language_with_a_preset_settles_something_of_its_own():
    assert ["de", "en", "es", "fr"] == list(style.known())
    assert "Sie" == style.parse(style.preset("de"), "de.toml", target="de").address


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        ('address = "du"\nquotes = "»«"\n', "house.toml:2: there is no 'quotes'. Known: language, address"),
        ('\naddress = "Ihr"\n', "house.toml:2: 'Ihr' is no form of address there: write du or Sie"),
        ('address = "du"\n\n# marks\nquotation = "»«"\n', "house.toml:4: 'quotation' is four signs"),
        ('address = "du"\nthousands = "_"\n', "house.toml:2: '_' groups no thousands"),
        ('percent = "yes"\n', "house.toml:1: 'percent' is space or none"),
        ('address = "du"\nquotation = „x“\n', "house.toml:2: a text stands between straight quotation marks"),
        ("address = true\n", "house.toml:1: 'address' must be a text"),
        ('rules = "one"\n', "house.toml:1: 'rules' must be a list"),
        ('language = "fr"\n', "house.toml:1: this sheet is for 'fr', and the translation is into 'de'"),
        ('address = "du"\n[[example]]\nsource = "x"\n', "house.toml:2: each [[example]] has a 'source' and a 'target'"),
    ],
)
def test_a_fault_in_a_sheet_is_named_with_its_line_before_anything_is_asked(tmp_path, sheet, says):
    model = Scripted([])

    with pytest.raises(SettingError, match=re.escape(says)):
        run(tmp_path, model, sheet)

    assert [] == model.requests


@settings(deadline=None)
@given(st.text())
def test_any_text_is_a_sheet_or_a_fault_of_one_line(text):
    told = ""
    try:
        style.parse(text, "house.toml", target="de")
    except SettingError as error:
        told = str(error)

    assert not told or re.match(r"house\.toml:\d+: ", told)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path):
    (tmp_path / "bad.toml").write_bytes(b'address = "\xff"')

    with pytest.raises(SettingError, match="cannot be opened"):
        style.load(tmp_path / "none.toml", target="de")
    with pytest.raises(SettingError, match="not UTF-8"):
        style.load(tmp_path / "bad.toml", target="de")


def test_the_sheet_stands_in_the_part_of_the_prompt_that_never_changes(tmp_path):
    model = scripted()

    run(tmp_path, model, HOUSE)

    (static,) = {request.messages[0][1] for request in model.requests}
    for line in ["Address the reader as: “du”", "»«, inside them ›‹", "Spelling: Swiss: ss for ß", "Short sentences stay short.", "It was late. → Es war spät."]:
        assert line in static


def test_marks_and_digits_are_set_as_the_sheet_says(tmp_path):
    found = texts(run(tmp_path, scripted(), HOUSE))

    assert "»" in found[CHAPTERS[0][0]]
    assert "„" not in "".join(found.values())
    assert "12000" in found[CHAPTERS[0][2]]


def test_a_sheet_for_what_is_translated_already_asks_only_for_the_passages_that_it_governs(tmp_path):
    run(tmp_path, scripted())
    model = scripted()

    found = texts(run(tmp_path, model, 'dates = "3. Mai 1890"\n' + HOUSE))

    asked = {text for request in model.requests for _, text in works.asked(request)}
    assert {"You work too long.", "On 3 May 1890 they met."} == asked
    assert "»" in found[CHAPTERS[1][0]]


def test_the_same_sheet_again_asks_nothing(tmp_path):
    run(tmp_path, scripted(), HOUSE)
    again = Scripted([])

    run(tmp_path, again, HOUSE)

    assert [] == again.requests


def test_a_work_keeps_its_sheet_also_when_the_file_is_gone(tmp_path):
    first = run(tmp_path, scripted(), HOUSE)
    (tmp_path / "house.toml").unlink()
    again = Scripted([])

    run(tmp_path, again)
    run(tmp_path, again)

    assert [] == again.requests
    with Store.open(first.folder.store) as store:
        assert "du" == known.style(store).address


def test_a_work_gives_its_sheet_up_where_it_is_told_to(tmp_path):
    run(tmp_path, scripted(), HOUSE)
    again = scripted()

    made = order.carry_out(replace(ordered(tmp_path), style=order.NO_SHEET), Silent(), model=again)

    assert again.requests
    assert not any("Short sentences stay short." in request.messages[0][1] for request in again.requests)
    with Store.open(made.folder.store) as store:
        assert style.NO_STYLE == known.style(store)


def test_a_sheet_is_printed_with_remarks_and_checked():
    shown = CliRunner().invoke(group, ["style", "fr"], standalone_mode=False, catch_exceptions=False).output

    assert 'address = "vous"' in shown
    assert "# Quotation marks" in shown
    assert '"«»' in shown


def test_a_sheet_can_be_looked_at(tmp_path):
    path = tmp_path / "house.toml"
    path.write_text(HOUSE, encoding="utf-8")

    shown = CliRunner().invoke(group, ["style", "de", "--check", str(path)], standalone_mode=False, catch_exceptions=False).output

    assert "Address the reader as: “du”" in shown


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# mine\naddress = Sie\n", 'house.toml:2: a text stands between straight quotation marks: address = "Sie".'),
        ("address = „Sie“\n", 'house.toml:1: a text stands between straight quotation marks: address = "Sie".'),
        ("address = ”Sie”\n", 'house.toml:1: a text stands between straight quotation marks: address = "Sie".'),
        ("address\n", "house.toml:1: this is no TOML ("),
    ],
)
def test_quotation_marks_that_a_person_left_out_or_a_word_processor_turned_are_told(text, says):
    with pytest.raises(SettingError) as caught:
        style.parse(text, "house.toml", target="de")

    assert str(caught.value).startswith(says)


def test_a_sheet_in_another_encoding_is_refused_with_its_line(tmp_path):
    (tmp_path / "house.toml").write_bytes('address = "Sie"\nfootnotes = "Fu\xdfnoten"\n'.encode("latin-1"))

    with pytest.raises(SettingError, match=r"house\.toml:2: not UTF-8"):
        style.load(tmp_path / "house.toml", target="de")
