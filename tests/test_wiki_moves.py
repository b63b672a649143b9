"""Pages that people move or merge, on either side: the work stays one, and goes where its pages are."""

import json

import pytest

from tests.test_wiki_publishing import PAGE, made
from tests.wiki_home import run, settle
from translate.errors import WikiError
from translate.pipeline.wikis import upkeep

pytestmark = pytest.mark.mediawiki


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch, wikis):
    """A home and a working folder of the test's own, in which the German wiki is known."""
    return settle(tmp_path, monkeypatch, wikis, knows=("de",), passwords=("de",))


def move(wiki, title, new, **how):
    said = wiki.act("Admin", action="move", **{"from": title, "to": new}, reason="test", **how)
    assert "move" in said, said


def status():
    return [(one["title"], one["state"], one["note"]) for one in json.loads(run("wiki", "status", "--json")[1])["pages"]]


@pytest.mark.parametrize("how", [{}, {"noredirect": "1"}], ids=["with a redirect", "without"])
def test_a_source_that_was_moved_is_followed_and_what_stands_is_kept(wikis, home, how):
    old, new = f"Old name {len(how)}", f"New name {len(how)}"
    folder = made(wikis, old, PAGE)
    before = (folder.path / f"{folder.name}.wiki").read_text(encoding="utf-8")
    move(wikis["en"], old, new, **how)
    assert [(old, "moved", new)] == status()
    wikis["en"].edit(new, PAGE.replace("third paragraph is", "last paragraph is now"))

    code, said = run("wiki", "update", old, "--json")

    told = json.loads(said)
    assert (0, new) == (code, told["moved"])
    assert 1 == sum(line.startswith("+") and not line.startswith("+++") for line in told["target"].splitlines())
    assert [folder.path.name] == [path.name for path in (home / "output").iterdir()]
    assert before.splitlines()[:3] == (folder.path / f"{folder.name}.wiki").read_text(encoding="utf-8").splitlines()[:3]
    assert [(new, "current", "")] == status()
    assert "is current" in run("wiki", "update", new)[1]


def test_a_page_made_anew_under_the_old_title_is_not_taken_for_the_source(wikis):
    made(wikis, "Mercury", PAGE)
    move(wikis["en"], "Mercury", "Mercury (planet)")
    wikis["en"].edit("Mercury", "Mercury has several meanings.")

    run("wiki", "update", "Mercury")

    assert [("Mercury (planet)", "current", "")] == status()


def test_a_source_that_leads_to_another_page_is_named_and_left_alone(wikis):
    folder = made(wikis, "Merged one", PAGE)
    wikis["en"].edit("Merged one", "#REDIRECT [[Night shift]]")
    before = (folder.path / "merged-one.de.wiki").read_bytes()

    assert [("Merged one", "merged", "Night shift")] == status()
    with pytest.raises(WikiError, match="leads to 'Night shift' now, which is another page"):
        run("wiki", "update", "Merged one")
    assert before == (folder.path / "merged-one.de.wiki").read_bytes()


def test_a_deleted_source_is_gone(wikis):
    made(wikis, "Deleted one", PAGE)
    wikis["en"].act("Admin", action="delete", title="Deleted one")

    assert [("Deleted one", "gone", "")] == status()


def test_a_draft_that_people_moved_to_its_readers_is_updated_there(wikis):
    folder = made(wikis, "Drafted", PAGE)
    run("wiki", "publish", folder.name, "--wiki", "de")
    draft = upkeep.last_place(folder, "de").title
    move(wikis["de"], draft, "Fertig geworden")
    wikis["de"].edit("Fertig geworden", wikis["de"].text("Fertig geworden").replace(wikis["de"].text("Fertig geworden").splitlines()[0], "Von Hand."))
    wikis["en"].edit("Drafted", PAGE.replace("third paragraph is", "last paragraph is now"))

    assert "Von Hand." in run("wiki", "pull", folder.name, "--dry-run")[1]
    code, said = run("wiki", "update", "Drafted", "--publish", "de", "--json")

    told = json.loads(said)
    assert (0, "Fertig geworden") == (code, (told["published"] or {}).get("title")), said
    now = wikis["de"].text("Fertig geworden")
    assert now.startswith("Von Hand.")
    assert told["published"]["revision"] == wikis["de"].revisions("Fertig geworden")[0]["revid"]
    assert "WEITERLEITUNG" in wikis["de"].text(draft)
    assert 1 == len(wikis["de"].revisions(draft))


def test_a_draft_that_people_moved_to_its_readers_is_published_over_as_final_only(wikis):
    folder = made(wikis, "Risen", PAGE)
    run("wiki", "publish", folder.name, "--wiki", "de")
    move(wikis["de"], upkeep.last_place(folder, "de").title, "Aufgestiegen", noredirect="1")

    code, said = run("wiki", "publish", folder.name, "--wiki", "de", "--json")
    assert (1, True) == (code, "People moved the draft to 'Aufgestiegen'" in json.loads(said)["pages"][0]["error"]), said
    code, said = run("wiki", "publish", folder.name, "--wiki", "de", "--final", "--json")

    (page,) = json.loads(said)["pages"]
    assert (0, "unchanged", "Aufgestiegen") == (code, page["published"]["state"], page["published"]["title"])


def test_a_moved_draft_is_known_by_its_new_title_though_another_was_made_since(wikis):
    folder = made(wikis, "Two drafts", PAGE)
    run("wiki", "publish", folder.name, "--wiki", "de")
    move(wikis["de"], upkeep.last_place(folder, "de").title, "Zwei Entwürfe")
    run("wiki", "publish", folder.name, "--wiki", "de", "--as", "Benutzer:Translator/Noch ein Entwurf")

    code, said = run("wiki", "publish", folder.name, "--wiki", "de", "--as", "Zwei Entwürfe", "--final", "--json")

    (page,) = json.loads(said)["pages"]
    assert (0, "unchanged") == (code, page["published"] and page["published"]["state"]), said


def test_a_draft_goes_where_the_last_one_is(wikis):
    folder = made(wikis, "Kept place", PAGE)
    run("wiki", "publish", folder.name, "--wiki", "de", "--as", "Benutzer:Translator/Anderswo")
    move(wikis["de"], "Benutzer:Translator/Anderswo", "Benutzer:Translator/Noch anderswo")

    code, said = run("wiki", "publish", folder.name, "--wiki", "de", "--json")

    (page,) = json.loads(said)["pages"]
    assert (0, "unchanged", "Benutzer:Translator/Noch anderswo") == (code, page["published"]["state"], page["published"]["title"])
