"""One page by several models: judged as a run judges, and the work is not touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import works
from tests.terminal import here
from translate import languages
from translate.errors import ModelRefused, SettingError
from translate.models.scripted import Scripted
from translate.models.seam import Price, Profile, Request
from translate.pipeline.compare import Comparison, page_of, sample
from translate.pipeline.order import Order
from translate.pipeline.works import Folder, prepare
from translate.store import Store

TEXT = [f"The printers of house {number} worked {number + 10} hours a day, and nobody asked them whether they wanted to." for number in range(40)]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    place, store, _ = prepare(works.epub(tmp_path / "small.epub", [["Short."], TEXT]), target=languages.find("de"), source_language=None, out=tmp_path / "output")
    store.close()
    return place


def ordered(folder: Folder, **wanted: str) -> Order:
    return Order(folder.path, "de", out=folder.path.parent, **wanted)


def test_a_page_is_the_beginning_of_the_first_chapter_with_enough_text(folder: Folder) -> None:
    with Store.open(folder.store) as store:
        page = page_of(store)

    assert {segment.document for segment in page} == {"OEBPS/c1.xhtml"}
    assert 5 < len(page) <= 14
    assert page[1].text == TEXT[0]


def test_a_short_work_is_compared_on_what_there_is(tmp_path: Path) -> None:
    _, store, _ = prepare(works.epub(tmp_path / "tiny.epub", [["Short."]]), target=languages.find("de"), source_language=None, out=tmp_path)
    with store:
        assert "Short." in {segment.text for segment in page_of(store)}


def test_a_sample_has_wording_findings_time_and_price(folder: Folder) -> None:
    def careless(request: Request) -> str:
        return "\n".join(f"{label}| {works.rendered(text.replace('12', '21'))}" for label, text in works.asked(request))

    made = sample(folder, ordered(folder), model=Scripted(careless, profile=Profile("scripted", chunk=300), price=Price(1, 1, 2, "EUR")))

    assert made.error == ""
    assert made.count("error") >= 1
    assert {TEXT[2]} <= {one.source for one in made.passages if one.findings} <= {text for text in TEXT if "12" in text}
    assert all(one.target for one in made.passages)
    assert made.cost is not None
    assert made.whole is not None
    assert made.whole > made.cost > 0 < made.seconds


def test_a_sample_leaves_the_work_as_it_was(folder: Folder) -> None:
    with Store.open(folder.store) as store:
        before = (store.pulse(), store.states())

    sample(folder, ordered(folder), model=Scripted(works.answer))

    with Store.open(folder.store) as store:
        assert before == (store.pulse(), store.states())
    assert not folder.report(".html").exists()


def test_only_the_page_is_asked_for(folder: Folder) -> None:
    model = Scripted(works.answer)

    made = sample(folder, ordered(folder), model=model)

    asked = {text for request in model.requests for _, text in works.asked(request)}
    assert asked <= {one.source for one in made.passages}


def test_what_a_model_refuses_is_told_beside_the_others(folder: Folder) -> None:
    made = sample(folder, ordered(folder), model=Scripted(lambda request: ModelRefused("the key was refused")))

    assert (made.error, made.passages) == ("the key was refused", ())


def test_models_are_asked_one_after_the_other(folder: Folder) -> None:
    comparison = Comparison(folder, (ordered(folder, model="pseudo"), ordered(folder, model="echo"))).begin()
    assert comparison.thread is not None
    comparison.thread.join(30)

    assert [one.model for one in comparison.samples] == ["pseudo", "echo"]
    assert comparison.over


@pytest.mark.parametrize("number", [0, 4])
def test_no_model_and_too_many_are_refused(folder: Folder, number: int) -> None:
    with pytest.raises(SettingError, match="one to 3"):
        Comparison(folder, tuple(ordered(folder, model="pseudo") for _ in range(number))).begin()


def test_the_command_shows_them_side_by_side(folder: Folder) -> None:
    lines = here("compare", folder.path, "--model", "pseudo", "--model", "echo")
    value = here("compare", folder.path, "--model", "pseudo", "--model", "nothing", "--json")

    assert lines.code == value.code == 0
    assert "pseudo: 0 errors" in lines.out
    assert TEXT[0] in lines.out
    assert [bool(one["error"]) for one in value.json["samples"]] == [False, True]
