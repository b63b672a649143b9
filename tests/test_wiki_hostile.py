"""Hostile pages and unfriendly wikis: no text hangs us, and what a wiki says no to is named in one line."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wiki_home import run, settle
from translate.errors import DragomanError
from translate.pipeline.wikis.drafts import shown_only
from translate.sites import Namespace, Site
from translate.wiki.edits import rewritten, shielded, unshielded

SITE = Site(namespaces=(Namespace(14, "Kategorie", "Category"),), languages=frozenset({"de"}))
HOSTILE = ("<!--", "<nowiki>", "<pre ", "<pre x>", "<math>", "[[a:", "[[ ", "[[a ", "{{ ", "| \n", "~~")


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long_to_be_looked_through_before_it_is_saved(piece):
    text = piece * (100_000 // len(piece))
    start = time.process_time()

    shown_only(text, SITE)
    rewritten(text)

    assert 2.0 > time.process_time() - start


@pytest.mark.parametrize("start", ["[[", "[[a", "{{", "|"])
def test_no_row_of_spaces_takes_long(start):
    begun = time.process_time()

    shown_only(start + " " * 100_000, SITE)
    rewritten(start + " " * 100_000)

    assert 2.0 > time.process_time() - begun


@given(st.lists(st.sampled_from([*HOSTILE, "-->", "</nowiki>", "</pre>", "</math>", "x", "~~~~", "\n", "İ"])).map("".join))
def test_the_pieces_of_a_text_are_the_text(text):
    assert text == "".join(piece for piece, _ in unshielded(text))
    assert all(0 <= start < end <= len(text) for start, end in shielded(text))


def test_only_what_the_wiki_looks_into_counts():
    assert () == rewritten("<nowiki>~~~~</nowiki> <!-- ~~~ {{subst:x}} --> <PRE a='b'>[[a|]]</pre >")
    assert 2 == len(rewritten("~~~~ <!-- x"))
    text = "[[Kategorie:A]] [[ category : B|c]] [[de:x]] [[:Kategorie:A]] [[Talk:a]] <nowiki>[[Kategorie:A]]</nowiki> [[_Kategorie:B]]"
    assert "[[:Kategorie:A]] [[:category : B|c]] [[:de:x]] [[:Kategorie:A]] [[Talk:a]] <nowiki>[[Kategorie:A]]</nowiki> [[:_Kategorie:B]]" == shown_only(text, SITE)


# --- with real wikis


@pytest.fixture
def home(tmp_path, monkeypatch, wikis):
    """A home and a working folder of the test's own, in which the German wiki is known."""
    return settle(tmp_path, monkeypatch, wikis, knows=("de",), passwords=("de", "en"))


def translated(*arguments):
    """What came of the only page."""
    code, said = run("translate", *arguments, "--to", "de", "--model", "pseudo", "--json")
    (page,) = json.loads(said)["pages"]
    return code, page


TITLES = ("What is it?", 'Tom & "Jerry" + 50% ’x’', "Bread 🍞", "خبز", "A+B=C; D", "It's (not) / this", "C, D! ~ E")


@pytest.mark.mediawiki
@pytest.mark.parametrize("title", TITLES)
def test_a_title_with_signs_is_fetched_published_and_kept_in_step(wikis, home, title):
    wikis["en"].edit(title, "Some words.")
    code, page = translated(wikis["en"].address(title))
    assert (0, title) == (code, page["title"]), page
    (folder,) = (home / "output").iterdir()

    code, said = run("wiki", "publish", folder.name, "--wiki", "de", "--json")

    assert 0 == code, said
    assert wikis["de"].text(f"Benutzer:Translator/{title}")
    (kept,) = json.loads(run("wiki", "status", "--all", "--json")[1])["pages"]
    assert (title, "current") == (kept["title"], kept["state"])


@pytest.mark.mediawiki
@pytest.mark.parametrize("php", ["abusefilter-disallowed", "captcha"])
def test_a_filter_or_a_captcha_is_named_and_nothing_is_tried_again(wikis, home, php):
    """As the AbuseFilter and ConfirmEdit extensions answer (https://www.mediawiki.org/wiki/API:Edit#Possible_errors, …/CAPTCHAs)."""
    wikis["en"].edit(f"Filtered {php}", "Some words.")
    translated(wikis["en"].address(f"Filtered {php}"))
    hook = {
        "abusefilter-disallowed": "$status->fatal( ApiMessage::create( [ 'abusefilter-disallowed' ], 'abusefilter-disallowed' ) ); return false;",
        "captcha": "$status->statusData = [ 'captcha' => [ 'type' => 'question', 'question' => 'Who?', 'id' => '12' ] ]; $status->value = EditPage::AS_HOOK_ERROR; $status->setOK( false ); return false;",
    }[php]
    code = f"$wgHooks['EditFilterMergedContent'][] = function ( $context, $content, $status ) {{ {hook} }};"

    with wikis["de"].settings(code):
        result, said = run("wiki", "publish", f"filtered-{php}.de", "--wiki", "de", "--json")

    (page,) = json.loads(said)["pages"]
    assert result != 0
    assert {"abusefilter-disallowed": "filter", "captcha": "captcha"}[php] in page["error"], page
    assert "\n" not in page["error"]
    assert wikis["de"].text(f"Benutzer:Translator/Filtered {php}") is None


@pytest.mark.mediawiki
def test_a_wiki_that_only_its_members_may_read_is_read_with_the_login(wikis, home):
    wikis["en"].edit("Secret", "Some words.")
    with wikis["en"].settings("$wgGroupPermissions['*']['read'] = false;"):
        with pytest.raises(DragomanError) as told:
            translated(wikis["en"].address("Secret"))
        assert "\n" not in str(told.value)
        run("wiki", "add", "en", "--api", wikis["en"].api, "--lang", "en", "--user", "Translator@tests")
        code, page = translated(wikis["en"].address("Secret"), "--sister", "de")

    assert (0, "Secret") == (code, page["title"]), page


@pytest.mark.mediawiki
def test_a_page_that_was_moved_is_followed_to_its_new_name(wikis, home):
    wikis["en"].edit("Before the move", "Some words.")
    translated(wikis["en"].address("Before the move"))
    wikis["en"].act("Admin", action="move", **{"from": "Before the move", "to": "After the move"}, reason="test")

    (kept,) = json.loads(run("wiki", "status", "--all", "--json")[1])["pages"]
    assert "moved" == kept["state"]
    assert "After the move" in run("wiki", "status")[1]


@pytest.mark.mediawiki
def test_wikis_without_templatedata_and_cite_do(wikis, home):
    wikis["en"].edit("Bare", "{{Quote|text=Words|author=Hill}} More.<nowiki><ref>x</ref></nowiki>")
    with wikis["en"].settings("$wgHooks['ApiMain::moduleManager'][] = function ( $manager ) { $manager->addModule( 'templatedata', 'action', 'ApiDisabled' ); };"):
        code, page = translated(wikis["en"].address("Bare"))

    assert 0 == code, page
