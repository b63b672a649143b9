"""Publishing where answers get lost: what was saved is never reported as failed, and what nobody knows is found out by the next try."""

from pathlib import Path

import pytest

from tests import wiki_faults
from tests.mediawiki import PASSWORDS
from tests.test_wiki_publishing import OWN, PAGE, copies, made
from tests.wiki_home import settle
from translate.errors import EditConflict, WikiUnreachable
from translate.pipeline.wikis import publishing, rounds
from translate.pipeline.wikis.publishing import Place, Wish
from translate.store import Store
from translate.wiki import edits, known, siteinfo
from translate.wiki.client import Client, Login, Patience
from translate.wiki.edits import Edit

pytestmark = pytest.mark.mediawiki


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch, wikis):
    """A home and a working folder of the test's own, in which the German wiki is known."""
    return settle(tmp_path, monkeypatch, wikis, knows=("de",), passwords=("de",))


@pytest.fixture
def proxy(wikis):
    with wiki_faults.before(wikis["de"].home) as running:
        yield running


@pytest.fixture
def client(proxy):
    with Client(proxy.api, login=Login("translator@tests", PASSWORDS["Translator"]), patience=Patience(tries=3, first=0.01), sleep=lambda _: None) as one:
        yield one


def silence(proxy):
    """From the next edit on, which the wiki gets and answers, every question is dropped."""

    def then(form):
        proxy.only = "query"
        proxy.faults.extend(["before"] * 99)

    return then


def test_an_edit_that_was_saved_before_the_wiki_asked_us_to_wait_is_a_saved_one(wikis, proxy, client):
    proxy.faults += ["after", *["429"] * 20]

    saved = edits.save(client, Edit("Verloren und gebremst", "Worte.", "Test"))

    assert (True, 1) == (saved.recovered, len(wikis["de"].revisions("Verloren und gebremst")))


def test_an_edit_that_was_saved_before_the_login_was_refused_is_a_saved_one(wikis, proxy, client):
    proxy.faults += ["after", *["badtoken"] * 20]

    saved = edits.save(client, Edit("Verloren und verwehrt", "Worte.", "Test"))

    assert (True, 1) == (saved.recovered, len(wikis["de"].revisions("Verloren und verwehrt")))


def test_the_same_words_that_somebody_else_saved_are_not_taken_for_ours(wikis, proxy, client):
    wikis["de"].edit("Dieselben Worte", "Worte.", user="Other")
    proxy.faults.append("before")

    with pytest.raises(EditConflict):
        edits.save(client, Edit("Dieselben Worte", "Worte.", "Test"))


def test_what_the_wiki_says_it_saved_is_saved_though_it_does_not_show_it(wikis, proxy, client):
    proxy.faults.append(silence(proxy))

    saved = edits.save(client, Edit("Nicht gezeigt", "Worte.", "Test"))

    assert (True, wikis["de"].revisions("Nicht gezeigt")[0]["revid"]) == (saved.unread, saved.revision)


def test_an_edit_of_which_nobody_knows_is_looked_for_by_the_next_try(wikis, proxy, client):
    folder = made(wikis, "Unheard", PAGE)
    place = Place(known.find("de"), siteinfo.read(client), client)
    quiet = silence(proxy)
    proxy.faults += ["after", lambda form: (quiet(form), proxy.__setattr__("only", ""))]

    with pytest.raises(WikiUnreachable, match="Nobody knows whether"):
        publishing.publish_with(folder, Wish("de"), place)
    proxy.faults.clear()
    again = publishing.publish_with(folder, Wish("de"), place)

    assert ("saved", 1) == (again.state, len(wikis["de"].revisions(f"{OWN}/Unheard")))
    with Store.open(folder.store) as store:
        assert ["saved"] == [one.state for one in store.wiki.publications()]


def test_each_work_of_a_round_is_told_of_once_though_the_wiki_falls_silent_in_between(wikis, proxy, client):
    names = tuple(copies(made(wikis, "Original once", PAGE), 3))

    round_ = rounds.publish(names, Wish("de"), out=Path("output"), client=client)
    first = next(round_)
    proxy.only = ""
    proxy.faults.extend(["before"] * 999)

    assert first.published is not None
    assert names[1:] == tuple(one.work for one in round_)
