"""``models try``: what a model can take is measured, and its profile written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from translate import trial
from translate.errors import ModelRefused, SettingError
from translate.models import profiles
from translate.models.scripted import Answer, Scripted
from translate.models.seam import Profile, Request

GERMAN = (
    "Die alte Druckerei stand zwischen dem Fluss und der Eisenbahn.",
    "Niemand hatte den Frauen am Falztisch gesagt, wie hoch die neuen Sätze sein würden.",
    "Im Jahr 1871 hatten die Arbeiter der Stadt zweiundsiebzig Tage lang die Macht.",
    "Sie las die <1>letzte</1> Seite zweimal und legte sie hin.",
    "„Wir haben keine Zeit mehr“, sagte er und schloss die Tür ab.",
    "Der Streik dauerte elf Wochen und kostete die Besitzer 4.500 Pfund.",
    "Eine Fußnote<1/> in der zweiten Auflage berichtigt das Datum.",
    "Ihre Zeitung, die <1>Morgenglocke</1>, wurde nachts gedruckt.",
    "Was von allen hergestellt wird, soll allen gehören.",
    "Die Maschine war nie still, und niemand wusste mehr, wer sie zuerst in Gang gesetzt hatte.",
    "Siehe <1>das dritte Kapitel</1> zum <2>Arbeitstag</2> vor 1850.",
    "Es regnete, als die Letzten von ihnen nach Hause kamen.",
)
KNOWN = dict(zip(trial.SENTENCES, GERMAN, strict=True))
LINE = re.compile(r"^(\d+)\| (.*)$", re.MULTILINE)


def translated(text: str) -> str:
    return KNOWN.get(text.strip(), "Ja.")


def by_form(request: Request, *, lines: Callable[[str], str] = translated, chunks: bool = True, schema: bool = True) -> Answer:
    """A model that answers in the form it is asked in: ``chunks`` is whether it can hold ids, ``schema`` whether its server knows schemas."""
    if request.prompt:
        return lines(request.prompt.split("English: ")[-1].partition("\n")[0])
    asked = request.messages[-1][1]
    found = LINE.findall(asked)
    if not found:
        return lines(asked.splitlines()[-1])
    if request.schema and not schema:
        return ModelRefused("no schema here")
    if not chunks:
        return lines(found[0][1])
    if request.schema:
        return json.dumps({number: lines(text) for number, text in found})
    return "\n".join(f"{number}| {lines(text)}" for number, text in found)


def without_tags(text: str) -> str:
    return re.sub(r"</?\d/?>", "", translated(text))


CHAT = Profile("new-model", note="kept")

# what the model can, the form that must be taken: unit, reply, markers
MODELS = [
    (lambda request: by_form(request), "chunk", "lines", True),
    (lambda request: by_form(request, chunks=False), "segment", "text", True),
    (lambda request: by_form(request, lines=without_tags, chunks=False), "segment", "text", False),
    (lambda request: by_form(request, schema=False), "chunk", "lines", True),
]


@pytest.mark.parametrize(("script", "unit", "reply", "markers"), MODELS, ids=["everything", "no ids", "no markers", "no schema"])
def test_a_model_is_asked_in_the_cheapest_form_that_it_can_take(
    script: Callable[[Request], Answer], unit: str, reply: str, markers: bool, tmp_path: Path
) -> None:
    tried = trial.measure("scripted", model=Scripted(script, profile=CHAT), folder=tmp_path)

    assert (tried.profile.unit, tried.profile.reply, tried.profile.markers, tried.profile.note) == (unit, reply, markers, "kept")
    assert profiles.find("scripted", folder=tmp_path) == tried.profile
    assert tried.file.is_file()


def test_a_form_that_the_server_refuses_is_left_out_and_the_others_are_told(tmp_path: Path) -> None:
    tried = trial.measure("scripted", model=Scripted(lambda request: by_form(request, schema=False), profile=CHAT), folder=tmp_path)

    assert [(form.unit, form.reply) for form in tried.forms] == [("chunk", "lines"), ("segment", "text")]
    first = tried.forms[0]
    assert (first.ids, first.markers, first.terms, first.sound) == (1.0, 1.0, 1.0, 1.0)


def test_a_base_model_is_tried_by_examples_alone(tmp_path: Path) -> None:
    base = Profile("base", form="examples", unit="sentence", reply="text", stop=("\n",))

    tried = trial.measure("scripted", model=Scripted(lambda request: by_form(request), profile=base), folder=tmp_path)

    assert [(form.unit, form.reply) for form in tried.forms] == [("sentence", "text")]
    assert tried.profile.form == "examples"
    assert tried.forms[0].sound > 0.9


def test_terms_that_a_model_does_not_follow_are_counted(tmp_path: Path) -> None:
    def wrong(text: str) -> str:
        return translated(text).replace("Streik", "Ausstand")

    tried = trial.measure("scripted", model=Scripted(lambda request: by_form(request, lines=wrong), profile=CHAT), folder=tmp_path)

    assert tried.forms[0].terms == pytest.approx(2 / 3)


def test_the_outcome_is_told_to_people_and_to_programs(tmp_path: Path) -> None:
    tried = trial.measure("scripted", model=Scripted(lambda request: by_form(request), profile=CHAT), folder=tmp_path)

    value = json.loads(json.dumps(trial.as_value(tried)))
    assert value["profile"]["unit"] == "chunk"
    assert str(tried.file) == value["file"]
    assert "tokens of answer per second" in trial.as_lines(tried)[0]
    assert str(tried.file) in trial.as_lines(tried)[-1]


def test_what_needs_no_trial_says_so() -> None:
    with pytest.raises(SettingError, match="needs no trial"):
        trial.measure("echo")
    with pytest.raises(SettingError, match="sentences of the trial are English"):
        trial.measure("scripted", model=Scripted([]), source="fr")


def test_a_model_whose_key_is_refused_writes_no_profile(tmp_path: Path) -> None:
    with pytest.raises(ModelRefused, match="the key"):
        trial.measure("scripted", model=Scripted([ModelRefused("the key")]), folder=tmp_path)

    assert list(tmp_path.iterdir()) == []
