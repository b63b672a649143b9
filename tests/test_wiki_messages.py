"""What a volunteer is told, where something is in the way: what it is, that nothing was lost, and what to do."""

from __future__ import annotations

import json

import pytest

from tests.wiki_home import run, settle
from translate.cli.shown import show_waits
from translate.errors import DragomanError, WikiError, WikiUnreachable
from translate.formats.wikitext import defaults
from translate.formats.wikitext.names import names
from translate.formats.wikitext.xhtml import Renderer
from translate.pipeline.wikis import conditions
from translate.sites import Namespace, Site
from translate.wiki.client import Client, Patience

GERMAN = Site(language="de", namespaces=(Namespace(2, "Benutzer", "User"),))
TITLES = [
    ("Benutzer:Me/Titel", ""),
    ("Benutzer:Me/" + "ä" * 126, ""),
    ("Benutzer:Me/" + "ä" * 127, "is too long for a title: 257 bytes"),
    ("x" * 255, ""),
    ("x" * 256, "is too long"),
    ("Benutzer:Me/[x]", "cannot be a title"),
    ("A|b", "cannot be a title"),
    ("Benutzer:", "cannot be a title"),
]


@pytest.mark.parametrize(("title", "says"), TITLES)
def test_a_title_that_no_page_can_have_is_told_with_the_reason(title, says):
    said = conditions.title(title, GERMAN)

    assert says in said
    assert bool(says) == bool(said)


def test_a_book_tells_of_templates_and_functions_but_of_no_magic_words():
    made = Renderer(names(defaults.ENGLISH), lambda title: "", lambda name: "").page("{{DEFAULTSORT:A, b}}{{DISPLAYTITLE:x}}{{PAGENAME}} {{quote|x}} {{#if:a|b}}")

    assert ("Quote", "#if:a") == made.left


@pytest.fixture
def home(tmp_path, monkeypatch, wikis):
    """A volunteer's home in which the German wiki is known."""
    return settle(tmp_path, monkeypatch, wikis, knows=("de",), passwords=("de",))


def published(*arguments):
    """The only page's answer, as JSON, and as people read it."""
    (page,) = json.loads(run("wiki", "publish", *arguments, "--wiki", "de", "--json")[1])["pages"]
    return page


@pytest.mark.mediawiki
def test_a_page_that_stands_in_two_places_is_told_of_and_each_can_be_pulled(wikis, home):
    wikis["en"].edit("Standing twice", "Some words.")
    run("translate", wikis["en"].address("Standing twice"), "--to", "de", "--model", "pseudo")
    published("standing-twice.de")
    there = published("standing-twice.de", "--as", "Benutzer:Translator/Standing second")
    wikis["de"].edit("Benutzer:Translator/Standing twice", "Einige Worte.")

    (kept,) = json.loads(run("wiki", "pull", "standing-twice.de", "--dry-run", "--json")[1])["pages"]
    (pulled,) = json.loads(run("wiki", "pull", "standing-twice.de", "--as", "Benutzer:Translator/Standing twice", "--json")[1])["pages"]

    assert "published as 'Benutzer:Translator/Standing twice' too" in there["published"]["remarks"][0]
    assert [] == kept["adopted"]
    assert ["Einige Worte."] == [one["wording"] for one in pulled["adopted"]]
    with pytest.raises(DragomanError, match="was not published as Nowhere"):
        run("wiki", "pull", "standing-twice.de", "--as", "Nowhere")


@pytest.mark.mediawiki
def test_a_notice_that_names_a_reviewer_asks_for_one(wikis, home):
    wikis["en"].edit("Noticed", "Some words.")
    run("translate", wikis["en"].address("Noticed"), "--to", "de", "--model", "pseudo")
    run("wiki", "set", "de", "notice", "Von {model}, durchgesehen von {reviewer}.")

    (told,) = published("noticed.de")["published"]["remarks"]

    assert "--reviewer NAME" in told
    assert wikis["de"].text("Benutzer:Translator/Noticed").startswith("Von pseudo, durchgesehen von —.")
    assert [] == published("noticed.de", "--reviewer", "Ann")["published"]["remarks"]


@pytest.mark.mediawiki
def test_a_conflict_says_the_command_for_just_that_page(wikis, home):
    wikis["en"].edit("Clashing", "Some words.")
    run("translate", wikis["en"].address("Clashing"), "--to", "de", "--model", "pseudo")
    published("clashing.de")
    wikis["de"].edit("Benutzer:Translator/Clashing", "Einige Worte.")

    error = published("clashing.de")["error"]
    assert "(dragoman wiki pull clashing.de --as Benutzer:Translator/Clashing)" in error
    assert "--merge" in error
    assert "would be saved" not in run("wiki", "publish", "clashing.de", "--wiki", "de", "--dry-run")[1]
    assert "would be saved: Benutzer:Translator/Other title" in run("wiki", "publish", "clashing.de", "--wiki", "de", "--dry-run", "--as", "Benutzer:Translator/Other title")[1]


@pytest.mark.mediawiki
def test_a_source_that_was_deleted_is_said_to_be_gone(wikis, home):
    wikis["en"].edit("Short lived", "Some words.")
    run("translate", wikis["en"].address("Short lived"), "--to", "de", "--model", "pseudo")
    wikis["en"].act("Admin", action="delete", title="Short lived", reason="test")

    with pytest.raises(WikiError, match=r"'Short lived' is gone from .* Its translation stays as it is"):
        run("wiki", "update", "Short lived")
    assert "dragoman wiki update" not in run("wiki", "status")[1]


@pytest.mark.mediawiki
def test_a_page_without_words_is_no_failure_and_is_not_published(wikis, home):
    wikis["en"].edit("Template:Wordless", "{{{1}}}")

    code, said = run("translate", wikis["en"].address("Template:Wordless"), "--to", "de", "--model", "pseudo")

    assert 0 == code
    assert "There are no words in it that could be translated." in said
    assert "--refresh" not in said
    assert "There are no words on this page" in published("template-wordless.de")["error"]


@pytest.mark.mediawiki
def test_a_protected_title_is_told_without_markup_and_with_the_next_step(wikis, home):
    wikis["en"].edit("Guarded", "Some words.")
    run("translate", wikis["en"].address("Guarded"), "--to", "de", "--model", "pseudo")
    wikis["de"].act("Admin", action="protect", title="Benutzer:Translator/Guarded", protections="create=sysop", reason="x")

    error = published("guarded.de")["error"]

    assert "[[" not in error
    assert error.endswith("Ask the wiki's administrators, or give another title with --as.")
    assert "is too long for a title" in published("guarded.de", "--as", "Benutzer:Translator/" + "ä" * 130)["error"]


@pytest.mark.mediawiki
def test_a_slip_in_keeping_a_wiki_is_noted_and_one_without_an_account_is_no_failure(wikis, home):
    said = run("wiki", "add", "again", "--api", wikis["de"].api, "--lang", "en")[1]
    code, tried = run("wiki", "test", "again")

    assert "the wiki says that it is in 'de'; it is kept as 'en'" in said
    assert "the same wiki is kept as 'de' already" in said
    assert (0, True) == (code, "it can be read" in tried)
    assert "Note" not in run("wiki", "add", "en", "--api", wikis["en"].api)[1]


def test_waiting_for_a_wiki_is_said_with_its_reason(capsys):
    waits = []
    show_waits()

    with Client("http://127.0.0.1:1/api.php", patience=Patience(tries=3, first=2.0), sleep=waits.append) as client, pytest.raises(WikiUnreachable):
        client.ask(action="query")

    said = capsys.readouterr().err.splitlines()
    assert 2 == len(waits)
    assert [wait >= 3 for wait in waits].count(True) == len(said) >= 1
    assert said[-1].startswith("127.0.0.1: it cannot be reached; trying again in ")
