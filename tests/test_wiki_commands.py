"""The wiki commands as a user types them, against real MediaWikis."""

import json
from pathlib import Path

import pytest

from tests import wiki_faults
from tests.mediawiki import PASSWORDS
from tests.wiki_home import run, settle
from translate.errors import DragomanError
from translate.pipeline.wikis.showing import built_text
from translate.store import Store
from translate.store.wikis import load_sister, sister_text

pytestmark = pytest.mark.mediawiki


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch, wikis):
    """A home and a working folder of the test's own."""
    return settle(tmp_path, monkeypatch, wikis)


def test_a_wiki_is_added_by_any_of_its_pages_tried_and_forgotten(wikis, monkeypatch, home):
    code, said = run("wiki", "add", "de", "--api", wikis["de"].address("Leuchtturm"), "--user", "Translator@tests", "--json")

    added = json.loads(said)
    assert (0, wikis["de"].api, "de", "CC BY-SA 4.0") == (code, added["api"], added["language"], added["licence"])
    code, said = run("wiki", "test", "de")
    assert (1, True) == (code, "DRAGOMAN_WIKI_DE_PASSWORD" in said)
    monkeypatch.setenv("DRAGOMAN_WIKI_DE_PASSWORD", PASSWORDS["Translator"])
    code, said = run("wiki", "test", "de")
    assert (0, True) == (code, "logged in as Translator@tests (bot)" in said), said
    assert PASSWORDS["Translator"] not in "".join(path.read_text() for path in home.rglob("*.toml"))
    assert wikis["de"].api in run("wiki", "list")[1]
    run("wiki", "remove", "de")
    assert "None yet" in run("wiki", "list")[1]


def test_a_blocked_account_is_named_before_anything_is_written(wikis, monkeypatch):
    run("wiki", "add", "de", "--api", wikis["de"].api, "--user", "Blocked@tests")
    monkeypatch.setenv("DRAGOMAN_WIKI_DE_PASSWORD", PASSWORDS["Blocked"])

    code, said = run("wiki", "test", "de")

    assert (1, True) == (code, "blocked" in said or "gesperrt" in said), said


# --- translating


def translated(*arguments):
    """What ``dragoman translate --json`` says of each page."""
    code, said = run("translate", *arguments, "--to", "de", "--model", "pseudo", "--json")
    return code, json.loads(said)["pages"]


def test_a_page_is_translated_by_its_address_and_built_again_without_a_network(wikis, home):
    code, (page,) = translated(wikis["en"].address("Nightshift"), "--local-only")

    assert (0, "Night shift", "output/night-shift.de/night-shift.de.wiki") == (code, page["title"], page["book"])
    preview = (home / page["preview"]).read_text(encoding="utf-8")
    assert "Content-Security-Policy" in preview
    assert "<script" not in preview
    with Store.open(home / page["work"] / "work.db") as store:
        came = store.wiki.provenance(store.version().number)
        sister = store.wiki.sister()
        built = built_text(store)
    assert ("Night shift", wikis["en"].api, "CC BY-SA 4.0", 2) == (came.title, came.api, came.licence, came.seen.references)
    assert f"oldid={came.revision}" in came.url
    assert ("Leuchtturm", "Zitat") == (sister.titles["Lighthouse"], sister.templates["Quote"].target)
    assert built == (home / page["book"]).read_text(encoding="utf-8")
    assert load_sister(sister_text(sister)) == sister
    code, (again,) = translated(wikis["en"].address("Night shift"))
    assert (0, 0) == (code, again["asked"])


def test_a_category_a_list_and_a_title_lead_to_their_pages_each_once(wikis, home):
    run("wiki", "add", "en", "--api", wikis["en"].api)
    (home / "list.txt").write_text("# wanted\n[[Lighthouse]]\nOld_harbour\nLighthouse\nNot there\n")

    by_category = translated(wikis["en"].address("Category:Work"), "--recurse")
    by_list = translated("@list.txt", "--wiki", "en")
    by_title = translated("Water tower", "--wiki", "en")

    assert {"Lighthouse", "Night shift", "Old harbour", "Water tower"} <= {page["title"] for page in by_category[1]}
    assert (1, ["Lighthouse", "Old harbour", "Not there"]) == (by_list[0], [page["title"] for page in by_list[1]])
    assert "no page 'Not there'" in by_list[1][2]["error"]
    assert (0, ["Water tower"]) == (by_title[0], [page["title"] for page in by_title[1]])


def test_an_older_revision_is_translated_where_its_address_names_it(wikis):
    first = wikis["en"].edit("Two versions", "The first words.")["edit"]["newrevid"]
    wikis["en"].edit("Two versions", "The second words are here.")

    _, (page,) = translated(f"{wikis['en'].home}/index.php?title=Two_versions&oldid={first}")

    with Store.open(Path(page["work"]) / "work.db") as store:
        assert b"The first words." == store.source()


def test_a_page_of_the_same_name_on_another_wiki_does_not_take_the_works_place(wikis):
    wikis["en"].edit("Shared name", "The words of one wiki.")
    wikis["de"].edit("Shared name", "The words of another wiki.")
    translated(wikis["en"].address("Shared name"))

    code, said = run("translate", wikis["de"].address("Shared name"), "--to", "es", "--model", "pseudo", "--json")
    assert 0 == code, said
    code, said = run("translate", wikis["de"].address("Shared name"), "--from", "en", "--to", "de", "--model", "pseudo", "--json")

    assert "choose another folder with --out" in json.loads(said)["pages"][0]["error"]


def test_what_is_no_wiki_is_named_in_one_line(wikis, tmp_path):
    (tmp_path / "titles.txt").write_text("Lighthouse")
    with wiki_faults.before(wikis["en"].home) as hotel:
        hotel.only = ""
        hotel.faults += ["html"] * 9
        with pytest.raises(DragomanError, match="no page of a MediaWiki"):
            run("translate", f"{hotel.home}/wiki/Lighthouse", "--to", "de", "--model", "pseudo")
    with pytest.raises(DragomanError, match="is not this machine"):
        run("translate", "https://wiki.example.org/wiki/X", "--to", "de", "--model", "pseudo", "--local-only")
    with pytest.raises(DragomanError, match="--wiki NAME"):
        run("translate", f"@{tmp_path}/titles.txt", "--to", "de", "--model", "pseudo")


def test_a_quote_for_a_page_asks_no_model(wikis):
    _, said = run("translate", wikis["en"].address("Old harbour"), "--to", "de", "--model", "pseudo", "--quote", "--json")

    assert "Old harbour" == json.loads(said)["pages"][0]["title"]


def test_a_page_that_the_sister_wiki_has_already_is_named(wikis):
    Path("list.txt").write_text(f"{wikis['en'].address('Lighthouse')}\n{wikis['en'].address('Old harbour')}\n")

    _, (there, new) = translated("@list.txt")

    assert [line for line in there["parser"] if "already: Leuchtturm." in line]
    assert not [line for line in new["parser"] if "already" in line]


def test_a_link_to_a_section_of_the_page_by_its_own_title_follows_its_heading(wikis, home):
    wikis["en"].edit("Own title", "See [[Own title#Late|below]] and [[own title]].\n\n== Late ==\nThe end.")

    translated(wikis["en"].address("Own title"))

    text = (home / "output" / "own-title.de" / "own-title.de.wiki").read_text(encoding="utf-8")
    heading = next(line for line in text.splitlines() if line.startswith("==")).strip("= ")
    assert f"[[#{heading}|" in text
