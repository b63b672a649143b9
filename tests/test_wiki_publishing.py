"""Publishing and keeping in step, on real MediaWikis: as a volunteer types it, with other people at work on the same pages."""

import json
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests import wiki_faults
from tests.mediawiki import PASSWORDS
from tests.wiki_home import run, settle
from translate.errors import EditConflict, WikiError, WikiRefused, WikiUnreachable
from translate.pipeline import works
from translate.pipeline.wikis import publishing, rounds
from translate.pipeline.wikis.publishing import Place, Wish
from translate.store import Publication, Store
from translate.wiki import edits, known, siteinfo
from translate.wiki.client import Client, Login, Patience

pytestmark = pytest.mark.mediawiki
OWN = "Benutzer:Translator"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch, wikis):
    """A home and a working folder of the test's own, in which both wikis are known."""
    return settle(tmp_path, monkeypatch, wikis, knows=("de",), passwords=("de",))


@pytest.fixture
def place(wikis):
    """The German wiki, open and logged in."""
    with Client(
        wikis["de"].api, login=Login("Translator@tests", PASSWORDS["Translator"]), patience=Patience(tries=4, first=0.05, longest=6), sleep=lambda _: None
    ) as client:
        yield Place(known.find("de"), siteinfo.read(client), client)


def made(wikis, title, text):
    """A work of a new page of the English wiki."""
    wikis["en"].edit(title, text)
    run("translate", wikis["en"].address(title), "--to", "de", "--model", "pseudo", "--json")
    return works.find(works.slug(title) + ".de")


def published(folder, place, **wish):
    """Publish the work's page."""
    return publishing.publish_with(folder, Wish("de", **wish), place)


def test_a_draft_is_saved_with_its_source_in_the_summary_and_a_notice_on_both_pages(wikis, home):
    conventions = home / "home" / "config" / "wikis" / "de.toml"
    text = conventions.read_text(encoding="utf-8").replace('talk = ""', "talk = '{{Übersetzt|{prefix}|{title}|{revision}}}'")
    conventions.write_text(text.replace('notice = ""', 'notice = "Von {model}, gelesen von {reviewer}."'), encoding="utf-8")
    folder = made(wikis, "Draft one", "Some words about the night.\n\n[[Category:Drafts]]\n[[fr:Brouillon]]")

    code, said = run("wiki", "publish", "draft-one.de", "--wiki", "de", "--reviewer", "Anna", "--json")

    page = json.loads(said)["pages"][0]["published"]
    there = wikis["de"].text(f"{OWN}/Draft one")
    revision = wikis["en"].revisions("Draft one")[0]["revid"]
    assert (0, "saved") == (code, page["state"]), said
    assert there.startswith("Von pseudo")
    assert "gelesen von Anna." in there
    assert f"[[:en:Special:Redirect/revision/{revision}|Draft one]]" in wikis["de"].revisions(f"{OWN}/Draft one")[0]["comment"]
    assert f"{{{{Übersetzt|en|Draft one|{revision}}}}}" == wikis["de"].text("Benutzer Diskussion:Translator/Draft one")
    (row,) = wikis["de"].ask(action="query", prop="categories|langlinks", titles=f"{OWN}/Draft one")["query"]["pages"]
    assert not row.keys() & {"categories", "langlinks"}
    with Store.open(folder.store) as store:
        (kept,) = store.wiki.publications()
    assert ("saved", page["revision"], "draft", revision) == (kept.state, kept.revision, kept.kind, kept.source_revision)


def test_the_same_again_saves_nothing_and_the_final_page_is_in_its_categories(wikis, place):
    folder = made(wikis, "Twice", "Words of a page.\n\n[[Category:Drafts]]")

    first, second = published(folder, place), published(folder, place)
    final = published(folder, place, title="Zweimal", final=True)

    assert ["saved", "unchanged", "saved"] == [first.state, second.state, final.state]
    assert 1 == len(wikis["de"].revisions(first.title))
    assert "[[Category:" in wikis["de"].text("Zweimal") or "[[Kategorie:" in wikis["de"].text("Zweimal")


def test_a_page_of_somebody_else_is_never_replaced(wikis, place):
    wikis["de"].edit("Besetzt", "Worte von Hand.")
    folder = made(wikis, "Taken", "Words of a page.")

    with pytest.raises(EditConflict, match="is there already"):
        published(folder, place, title="Besetzt", final=True)
    assert "Worte von Hand." == wikis["de"].text("Besetzt")


def test_a_draft_that_was_edited_or_deleted_there_is_left_alone(wikis, place):
    folder = made(wikis, "Touched", "Words of a page.")
    title = published(folder, place).title
    wikis["de"].edit(title, "Besser von Hand.")

    with pytest.raises(EditConflict, match="was edited by Other"):
        published(folder, place)
    assert "Besser von Hand." == wikis["de"].text(title)
    wikis["de"].act("Admin", action="delete", title=title)
    with pytest.raises(EditConflict, match="was deleted"):
        published(folder, place)


def test_what_is_flagged_is_no_final_page_until_a_person_has_spoken(wikis, place):
    folder = made(wikis, "Flagged", "Some words of 1984 are here.")
    with Store.open(folder.store) as store:
        (segment,) = store.states()
    run("correct", str(folder.path), segment, "Einige Worte von 1984 sind hier.")
    wikis["en"].edit("Flagged", "Some words of 1985 are here, and more.")
    run("translate", wikis["en"].address("Flagged"), "--to", "de", "--model", "pseudo", "--json")

    with pytest.raises(WikiError, match="approved for an older source"):
        published(folder, place, title="Markiert", final=True)
    with Store.open(folder.store) as store:
        (segment,) = store.states()
    run("correct", str(folder.path), segment, "Einige Worte von 1985 sind hier, und mehr.")
    assert "saved" == published(folder, place, title="Markiert", final=True).state


def test_no_draft_goes_into_the_main_namespace_or_against_a_licence(wikis, place):
    folder = made(wikis, "Placed", "Words of a page.")

    with pytest.raises(WikiError, match="no place for a draft"):
        published(folder, place, title="Mitten im Wiki")
    closed = replace(place, wiki=replace(place.wiki, licence="All rights reserved"))
    with pytest.raises(WikiError, match="Nobody knows the licence of the wiki"):
        published(folder, closed)
    assert "saved" == published(folder, closed, any_licence=True).state


def test_the_wikis_own_parser_refuses_what_it_cannot_read(wikis, place):
    folder = made(wikis, "Red", "Words of a page {{Small|x}}.")
    with Store.open(folder.store) as store:
        came = store.wiki.provenance(store.version().number)
        store.wiki.keep_provenance(store.version().number, store.version().name, replace(came, seen=replace(came.seen, references=2)))

    with pytest.raises(WikiError, match="notes, its source 2"):
        published(folder, place)
    assert "saved" == published(folder, place, with_faults=True).state
    with pytest.raises(WikiError, match="notes, its source 2"):
        published(folder, place, title="Rot", final=True, with_faults=True)


def test_an_open_comment_and_a_signature_are_refused(wikis, place):
    folder = made(wikis, "Open", "Words of a page.\n\n<!-- never closed")
    with pytest.raises(WikiError, match="never closed"):
        published(folder, place)
    assert wikis["de"].text(f"{OWN}/Open") is None


def test_a_dry_run_checks_all_and_saves_nothing(wikis, place):
    folder = made(wikis, "Dry", "Words of a page.")

    assert "not saved" == published(folder, place, dry_run=True).state
    assert wikis["de"].text(f"{OWN}/Dry") is None


def test_what_a_process_that_died_had_sent_is_found_again(wikis, place):
    folder = made(wikis, "Died", "Words of a page.")
    sent = published(folder, place, dry_run=True)
    with Store.open(folder.store) as store:
        store.wiki.begin(Publication(0, "", "de", sent.title, "draft", edits.stored(sent.text), edits.stored(sent.text), None, 1))
    wikis["de"].edit(sent.title, sent.text, user="Translator")

    again = published(folder, place)

    assert ("saved", 1) == (again.state, len(wikis["de"].revisions(sent.title)))
    with Store.open(folder.store) as store:
        assert ["saved"] == [one.state for one in store.wiki.publications()]


def test_a_protected_title_and_a_blocked_account_are_named_before_anything_is_sent(wikis, place, monkeypatch):
    folder = made(wikis, "Kept out", "Words of a page.")
    wikis["de"].act("Admin", action="protect", title="Geschützt", protections="create=sysop")

    with pytest.raises(WikiError, match=r"protected|geschützt|gesperrt"):
        published(folder, place, title="Geschützt", final=True)
    with Client(wikis["de"].api, login=Login("Blocked@tests", PASSWORDS["Blocked"])) as client, pytest.raises(WikiError, match=r"blocked|gesperrt"):
        published(folder, replace(place, client=client))
    monkeypatch.delenv("DRAGOMAN_WIKI_DE_PASSWORD")
    with pytest.raises(WikiError, match="DRAGOMAN_WIKI_DE_PASSWORD"):
        run("wiki", "publish", "kept-out.de", "--wiki", "de")
    with Store.open(folder.store) as store:
        assert () == store.wiki.publications()


# --- keeping in step


PAGE = "The first paragraph is here.\n\nThe second paragraph is here.\n\nThe third paragraph is here."


def test_status_names_what_changed_and_update_translates_that_alone(wikis, place):
    folder = made(wikis, "Kept", PAGE)
    with Store.open(folder.store) as store:
        second = list(store.states())[1]
    run("correct", str(folder.path), second, "Der zweite Absatz, von einem Menschen.")
    assert [] == [one for one in json.loads(run("wiki", "status", "--json")[1])["pages"] if one["state"] != "current"]
    wikis["en"].edit("Kept", PAGE.replace("third paragraph is", "last paragraph is now"))

    assert "changed" in run("wiki", "status")[1]
    _, said = run("wiki", "update", "Kept", "--json")

    told = json.loads(said)
    assert "-The third paragraph is here.\n+The last paragraph is now here." in told["source"]
    assert 1 == sum(line.startswith("+") and not line.startswith("+++") for line in told["target"].splitlines())
    assert "Der zweite Absatz, von einem Menschen." in (folder.path / "kept.de.wiki").read_text(encoding="utf-8")
    assert "is current" in run("wiki", "update", "Kept")[1]


def test_an_update_is_published_over_our_own_revision_joined_with_what_people_changed(wikis, place):
    folder = made(wikis, "Joined", PAGE)
    first = published(folder, place)
    by_hand = wikis["de"].text(first.title).splitlines()
    by_hand[0] = "Der erste Absatz, im Wiki verbessert."
    wikis["de"].edit(first.title, "\n".join(by_hand))
    wikis["en"].edit("Joined", PAGE.replace("third paragraph is", "last paragraph is now"))

    code, said = run("wiki", "update", "Joined", "--publish", "de", "--json")

    now = wikis["de"].text(first.title)
    assert (0, None) == (code, json.loads(said)["error"]), said
    assert now.startswith("Der erste Absatz, im Wiki verbessert.")
    assert json.loads(said)["published"]["revision"] == wikis["de"].revisions(first.title)[0]["revid"]
    assert now.splitlines()[4] != by_hand[4]
    wikis["en"].edit("Joined", PAGE.replace("third paragraph is", "very last paragraph is now"))
    run("wiki", "update", "Joined", "--publish", "de", "--json")
    assert wikis["de"].text(first.title).startswith("Der erste Absatz, im Wiki verbessert."), "a later update must not undo the person's edit"


def test_a_page_that_is_current_but_not_published_yet_is_said_to_be_published(wikis, place):
    folder = made(wikis, "Late to go", PAGE)
    first = published(folder, place)
    wikis["en"].edit("Late to go", PAGE.replace("third paragraph is", "last paragraph is now"))
    run("wiki", "update", "Late to go")

    _, said = run("wiki", "update", "Late to go", "--publish", "de")

    assert f"saved: {first.title}, revision {wikis['de'].revisions(first.title)[0]['revid']}" in said
    assert "is current" in said


def test_a_passage_that_both_changed_is_shown_and_not_saved(wikis, place):
    folder = made(wikis, "Clash", PAGE)
    first = published(folder, place)
    wikis["de"].edit(first.title, wikis["de"].text(first.title).splitlines()[0] + "\n\nAnders.\n\nGanz anders.")
    wikis["en"].edit("Clash", PAGE.replace("third paragraph is", "last paragraph is now"))

    code, said = run("wiki", "update", "Clash", "--publish", "de", "--json")

    assert (1, True) == (code, "Ganz anders." in json.loads(said)["error"]), said
    assert "Ganz anders." in (folder.path / "conflict.wiki").read_text(encoding="utf-8")
    assert wikis["de"].text(first.title).endswith("Ganz anders.")


# --- many, with faults


def copies(folder, number):
    """So many works of pages with titles of their own, made of one."""
    for each in range(number):
        path = folder.path.parent / f"copy-{each:03}.de"
        shutil.copytree(folder.path, path)
        with Store.open(path / "work.db") as store:
            version = store.version()
            store.wiki.keep_provenance(version.number, version.name, replace(store.wiki.provenance(version.number), title=f"Copy {number} {each:03}"))
        yield path.name


@pytest.mark.parametrize("number", [pytest.param(24, id="24"), pytest.param(200, id="200", marks=pytest.mark.slow)])
@pytest.mark.timeout(600)
def test_every_draft_is_saved_exactly_once_or_reported_whatever_the_wiki_does(wikis, number):
    names = tuple(copies(made(wikis, f"Original {number}", PAGE), number))
    spoilt = set()

    def other(form):
        """Somebody else makes the page just before us."""
        if form["title"] not in spoilt and wikis["de"].text(form["title"]) is None:
            spoilt.add(form["title"])
            wikis["de"].edit(form["title"], "Von jemand anderem.")

    with wiki_faults.before(wikis["de"].home) as proxy:
        faults = [*("429", "503", "500", "maxlag", "before", "after", "badtoken", other), "", "", ""] * (number // 6)
        random.Random(3).shuffle(faults)
        proxy.faults += faults
        patience = Patience(tries=6, first=0.05, longest=6)
        client = Client(proxy.api, login=Login("Translator@tests", PASSWORDS["Translator"]), patience=patience, sleep=lambda _: None)
        done = list(rounds.publish(names, Wish("de"), out=Path("output"), client=client))

    titles = [f"{OWN}/Copy {number} {each:03}" for each in range(number)]
    kept = {title: [revision["user"] for revision in wikis["de"].revisions(title)] for title in titles}
    saved = {one.published.title for one in done if one.published is not None}
    assert number == len(done)
    assert {title: ["Translator"] for title in saved} == {title: users for title, users in kept.items() if title in saved}
    reported = {title for title in titles if title not in saved}
    assert {title: ["Other"] for title in spoilt} | {title: [] for title in reported - spoilt} == {title: kept[title] for title in reported}, proxy.made
    assert spoilt
    assert reported == spoilt | {title for title, users in kept.items() if not users}
    assert number - len(saved) == sum(one.error is not None for one in done)
    assert 7 <= len(proxy.made)


def test_a_wiki_that_is_gone_ends_the_round_with_every_page_named(wikis, place):
    names = tuple(copies(made(wikis, "Original gone", PAGE), 6))
    with wiki_faults.before(wikis["de"].home) as proxy:
        proxy.faults += ["before"] * 500
        client = Client(proxy.api, login=Login("Translator@tests", PASSWORDS["Translator"]), patience=Patience(tries=2, first=0.01), sleep=lambda _: None)
        done = list(rounds.publish(names, Wish("de"), out=Path("output"), client=client))

    assert 6 == len(done)
    assert all(isinstance(one.error, WikiUnreachable) for one in done)
    assert "3 times in a row" in str(done[-1].error)
    assert not isinstance(done[0].error, WikiRefused)
