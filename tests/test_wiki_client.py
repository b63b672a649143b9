"""The wiki client against two real MediaWikis, and against a proxy that makes what a wiki on loopback does not do by itself."""

import logging
import time

import pytest

from tests import wiki_faults
from tests.mediawiki import PASSWORDS
from translate.errors import EditConflict, WikiError, WikiRefused, WikiUnreachable
from translate.wiki import addresses, edits, pages, previews, sisters, siteinfo
from translate.wiki.client import Client, Login, Patience
from translate.wiki.edits import Edit

pytestmark = pytest.mark.mediawiki
QUICK = Patience(tries=4, first=0.05, longest=3.0, timeout=20)


def client(wiki, user="Translator", **options):
    return Client(wiki.api, login=Login(f"{user}@tests", PASSWORDS[user]) if user else None, **{"patience": QUICK, **options})


@pytest.fixture
def en(wikis):
    return wikis["en"]


@pytest.fixture
def de(wikis):
    return wikis["de"]


@pytest.fixture
def proxy(en):
    with wiki_faults.before(en.home) as running:
        yield running


# --- reading


def test_a_wiki_says_what_it_calls_things(de):
    with client(de, None) as wiki:
        site = siteinfo.read(wiki)

    assert ("de", "CC BY-SA 4.0", "[äöüßa-z]+") == (site.language, site.licence, site.trail)
    assert {"poem", "ref", "references", "templatedata"} <= site.extension_tags
    assert {"if", "ifeq"} <= site.functions
    assert "en" in site.languages
    assert 10 == siteinfo.namespace_of(site, "Template:Zitat") == siteinfo.namespace_of(site, "vorlage:Zitat")
    assert "SORTIERUNG:" in next(word.aliases for word in site.words if word.name == "defaultsort")
    assert site.article.startswith(de.home)
    assert "$1" in site.article


def test_a_page_comes_with_its_revision_and_a_redirect_is_followed(en):
    with client(en, None) as wiki:
        page = pages.fetch(wiki, "nightshift")
        again = pages.fetch_revision(wiki, page.revision)

    assert ("Night shift", "nightshift", 0, True) == (page.title, page.asked, page.namespace, page.latest)
    assert page.text == again.text == en.text("Night shift")
    assert page.timestamp.endswith("Z")
    assert 40 == len(page.sha1)


def test_an_api_that_has_moved_is_found_where_it_is(en, proxy):
    proxy.only = ""
    proxy.faults.append("moved")

    assert en.api == addresses.find_api(proxy.api, Client)


def test_nobody_is_led_from_an_encrypted_address_to_an_open_one():
    with Client("https://wiki.example/api.php") as wiki, pytest.raises(WikiError, match="not encrypted"):
        wiki._followed("https://wiki.example/wiki/A", "http://wiki.example/wiki/A")


@pytest.mark.parametrize("title", ["Not there", "A|B", "<bad>", "Special:Version", ""])
def test_what_is_no_page_is_refused_by_name(en, title):
    with client(en, None) as wiki, pytest.raises(WikiError, match=r"page|title"):
        pages.fetch(wiki, title)


def test_the_addresses_that_people_copy_lead_to_the_page(en):
    with client(en, None) as wiki:
        article = siteinfo.read(wiki).article
        revision = pages.fetch(wiki, "Night shift").revision
    forms = [
        en.address("Night shift"),
        f"{en.home}/index.php/Night_shift",
        f"{en.home}/index.php?title=Night_shift&action=edit",
        f"{en.home}/wiki/Night_shift?x=1#History",
    ]

    assert ["Night shift"] * 4 == [addresses.read(form, article).title for form in forms]
    assert revision == addresses.read(f"{en.home}/index.php?title=Night_shift&oldid={revision}", article).revision
    assert revision == addresses.read(f"{en.home}/index.php/Special:Permalink/{revision}", article).revision
    assert en.api == addresses.find_api(forms[0], lambda url: Client(url, patience=QUICK))
    with pytest.raises(WikiError, match="names no page"):
        addresses.read(f"{en.home}/", article)


def seeded(titles):
    """The pages that the wiki began with: other tests put sets of pages into the same categories."""
    return [title for title in titles if not title.startswith("Set ")]


def test_a_category_is_walked_to_its_ends_though_it_is_a_ring(en):
    with client(en, None) as wiki:
        assert ["Lighthouse", "Night shift"] == seeded(pages.members(wiki, "Category:Work at night"))
        assert {"Lighthouse", "Night shift", "Water tower", "Old harbour"} == set(seeded(pages.members(wiki, "Category:Work", recurse=True)))
        with pytest.raises(WikiError, match="more than 1 pages"):
            pages.members(wiki, "Category:Work at night", most=1)


def test_sixty_titles_are_asked_for_in_two_batches(en, proxy):
    titles = [f"Nothing {number}" for number in range(58)] + ["water_tower", "Night shift"]
    proxy.only = "none"
    with Client(proxy.api, patience=QUICK) as wiki:
        there = pages.existing(wiki, titles)

    assert {"water_tower": "Water tower", "Night shift": "Night shift"} == there
    assert [50, 10] == [len(form["titles"].split("|")) for form, _ in proxy.seen]


def test_the_sister_knows_what_stands_for_links_and_templates(en, de):
    with client(en, None) as source, client(de, None) as target:
        page = pages.fetch(source, "Night shift")
        found = sisters.sister((source, siteinfo.read(source)), (target, siteinfo.read(target)), sisters.named(source, page.title, page.text))

    assert {"Lighthouse": "Leuchtturm", "Water tower": "Wasserturm", "Category:Work at night": "Kategorie:Nachtarbeit"}.items() <= found.titles.items()
    assert not {"Old harbour", "Night"} & found.titles.keys()
    quote = found.templates["Quote"]
    assert ("Zitat", {"text": "Text", "author": "Autor", "year": "Jahr"}) == (quote.target, dict(quote.renamed))
    assert ["content", "wiki-page-name", "number"] == [parameter.type for parameter in quote.parameters]
    assert ("Ort",) == found.templates["Infobox building"].wanted
    assert "Cite book" == found.templates["Cite book"].target
    assert ["author", "title", "url"] == [parameter.name for parameter in found.templates["Cite book"].parameters]


def test_the_pages_of_a_category_ask_for_a_link_once(en, de, proxy):
    proxy.only = "none"
    known = sisters.Known()
    with Client(proxy.api, patience=QUICK) as source, client(de, None) as target:
        sites = (siteinfo.read(source), siteinfo.read(target))
        wanted = sisters.Named(("Lighthouse", "Water tower"), ("Quote",))
        first = sisters.sister((source, sites[0]), (target, sites[1]), wanted, known=known)
        asked = len(proxy.seen)
        second = sisters.sister((source, sites[0]), (target, sites[1]), wanted, known=known)

    assert first == second
    assert asked == len(proxy.seen)


def test_the_wikis_own_parser_says_what_is_wrong(de):
    with client(de, None) as wiki:
        seen = previews.preview(
            wiki,
            "Probe",
            "{{Gibtsnicht}} {{Klein|x}} [[Wasserturm]] [[Niemand]]<ref name=a /> {{#expr: 1 +}}<ref>n</ref>\n<references />\n[[Kategorie:Arbeit]]",
        )
        shape = previews.shape(previews.tree(wiki, "Probe", "== A ==\n{{Klein|{{Klein|x}}}}<ref>y</ref><!-- c -->"))

    assert ("Vorlage:Gibtsnicht",) == seen.missing_templates
    assert ("Niemand",) == seen.missing_links
    assert 2 == len(seen.errors)
    assert "Arbeit" in seen.categories
    assert {"template": 2, "<ref>": 1, "comment": 1, "heading 2": 1} == dict(shape)


# --- saving


def test_a_new_page_is_saved_and_read_again(en):
    with client(en) as wiki:
        saved = edits.save(wiki, Edit("Saved once", "Some words.  \n\n", "test"))

    assert ("Some words.", False, False) == (saved.text, saved.merged, saved.recovered)
    assert [saved.revision] == [revision["revid"] for revision in en.revisions("Saved once")]


def test_what_the_wiki_writes_otherwise_is_known(en):
    text = "e\u0301 one\r\ntwo\rthree \n\n"
    with client(en) as wiki:
        saved = edits.save(wiki, Edit("Otherwise", text, "test"))

    assert not saved.merged
    assert edits.stored(text) == en.text("Otherwise")


REWRITTEN = ["Signed ~~~~", "{{subst:Small|x}}", "{{ safesubst:Small|x}}", "[[Foo (bar)|]]", "a <!-- never closed"]


@pytest.mark.parametrize("text", REWRITTEN)
def test_what_the_wiki_would_rewrite_is_not_saved(en, text):
    with client(en) as wiki, pytest.raises(WikiError, match="is not saved, since"):
        edits.save(wiki, Edit("Rewritten", text, "test"))

    assert en.text("Rewritten") is None


def test_a_page_that_is_there_is_never_overwritten_by_a_new_one(en):
    en.edit("There", "by hand")
    with client(en) as wiki, pytest.raises(EditConflict):
        edits.save(wiki, Edit("There", "mine", "test"))

    assert "by hand" == en.text("There")


@pytest.mark.parametrize("user", ["Other", "Translator"])
def test_an_edit_made_meanwhile_is_never_overwritten_whoever_made_it(en, user):
    title = f"Meanwhile {user}"
    en.edit(title, "one")
    with client(en) as wiki:
        base = pages.fetch(wiki, title).revision
        en.edit(title, "two, by hand", user=user)
        with pytest.raises(EditConflict, match="Nothing was overwritten"):
            edits.save(wiki, Edit(title, "one, mine", "test", base))

    assert "two, by hand" == en.text(title)


def test_a_page_that_was_deleted_meanwhile_is_not_made_again(en):
    en.edit("Gone", "one")
    with client(en) as wiki:
        base = pages.fetch(wiki, "Gone").revision
        en.act("Admin", action="delete", title="Gone")
        with pytest.raises(EditConflict):
            edits.save(wiki, Edit("Gone", "mine", "test", base))

    assert en.text("Gone") is None


def test_text_that_the_wiki_merged_is_called_so(en):
    en.edit("Merged", "first\n\nmiddle\n\nlast")
    with client(en) as wiki:
        base = pages.fetch(wiki, "Merged").revision
        en.edit("Merged", "first, by hand\n\nmiddle\n\nlast")
        saved = edits.save(wiki, Edit("Merged", "first\n\nmiddle\n\nlast, mine", "test", base))

    assert saved.merged
    assert "first, by hand\n\nmiddle\n\nlast, mine" == saved.text == en.text("Merged")


def test_the_same_text_again_makes_no_revision(en):
    with client(en) as wiki:
        first = edits.save(wiki, Edit("Same", "x", "test"))
        again = edits.save(wiki, Edit("Same", "x", "test", first.revision))

    assert again.unchanged
    assert 1 == len(en.revisions("Same"))


def test_a_protected_page_and_a_blocked_account_are_named(en):
    en.edit("Protected", "x")
    en.act("Admin", action="protect", title="Protected", protections="edit=sysop")
    with client(en) as wiki:
        base = pages.fetch(wiki, "Protected").revision
        with pytest.raises(WikiRefused, match="protected"):
            edits.save(wiki, Edit("Protected", "y", "test", base))
        assert "protected" in " ".join(pages.obstacles(wiki, "Protected", new=False))
        assert () == pages.obstacles(wiki, "Free title", new=True)
    with client(en, "Blocked") as wiki:
        with pytest.raises(WikiRefused, match="blocked"):
            edits.save(wiki, Edit("By the blocked", "y", "test"))
        assert "blocked" in " ".join(pages.obstacles(wiki, "By the blocked", new=True))


def test_a_rate_limit_is_waited_out(en):
    waited = []

    def sleep(seconds):
        waited.append(seconds)
        time.sleep(1.2)

    with client(en, "Hurried", sleep=sleep, patience=Patience(tries=8, first=1.0)) as wiki:
        for number in range(5):
            edits.save(wiki, Edit(f"Hurried {number}", "x", "test"))

    assert waited
    assert [1] * 5 == [len(en.revisions(f"Hurried {number}")) for number in range(5)]


def test_a_wiki_that_is_read_only_is_waited_for_and_then_named(en):
    naps = []
    with client(en, sleep=naps.append) as wiki:
        edits.save(wiki, Edit("Before the lock", "x", "test"))
        with en.readonly("The disk is being changed"), pytest.raises(WikiUnreachable, match="disk is being changed"):
            edits.save(wiki, Edit("During the lock", "x", "test"))

    assert 3 == len(naps)
    assert en.text("During the lock") is None


def test_a_wrong_password_is_refused_and_shown_nowhere(en, caplog):
    caplog.set_level(logging.DEBUG)
    secret = "0123456789abcdef0123456789abcdef"
    with (
        Client(en.api, login=Login("Translator@tests", secret), patience=QUICK) as wiki,
        pytest.raises(WikiRefused, match="does not let Translator@tests in") as caught,
    ):
        wiki.ask(action="query")

    assert secret not in str(caught.value) + repr(wiki.login) + caplog.text


def test_nothing_is_saved_without_a_login(en):
    with client(en, None) as wiki, pytest.raises(WikiRefused, match="without a login"):
        edits.save(wiki, Edit("Anonymous", "x", "test"))


def test_a_block_is_put_on_a_talk_page_once_beside_what_others_wrote(en):
    en.edit("Talk:Lighthouse", "== Old ==\nwords")
    with client(en) as wiki:
        first = edits.append(wiki, "Talk:Lighthouse", "{{Translated|x}}", "test")
        second = edits.append(wiki, "Talk:Lighthouse", "{{Translated|x}}", "test")

    assert second is None
    assert first.text == en.text("Talk:Lighthouse") == "== Old ==\nwords\n\n{{Translated|x}}"


# --- faults


@pytest.mark.parametrize("fault", ["429", "503", "maxlag", "500", "before", "after", "slow", "badtoken"])
def test_a_fault_is_survived_and_the_page_saved_exactly_once(en, proxy, fault):
    title = f"Fault {fault}"
    naps = []
    proxy.faults.append(fault)
    with Client(
        proxy.api, login=Login("Translator@tests", PASSWORDS["Translator"]), patience=Patience(tries=4, first=0.05, longest=6), sleep=naps.append
    ) as wiki:
        saved = edits.save(wiki, Edit(title, "words", "test"))

    assert (1, fault in ("after", "slow")) == (len(en.revisions(title)), saved.recovered)
    assert {fault: 1} == proxy.made
    assert ([5.0] if fault == "maxlag" else [1.0] if fault in ("429", "503") else naps) == naps


def test_an_edit_whose_answer_got_lost_while_another_person_edits_is_reported(en, proxy):
    en.edit("Lost and changed", "one")
    with Client(proxy.api, login=Login("Translator@tests", PASSWORDS["Translator"]), patience=QUICK, sleep=lambda _: None) as wiki:
        base = pages.fetch(wiki, "Lost and changed").revision
        proxy.faults += ["after", lambda form: en.edit("Lost and changed", "three, by hand")]
        with pytest.raises(EditConflict):
            edits.save(wiki, Edit("Lost and changed", "two, mine", "test", base))

    assert ["three, by hand", 3] == [en.text("Lost and changed"), len(en.revisions("Lost and changed"))]


def test_a_login_that_ended_is_renewed(en):
    with client(en) as wiki:
        edits.save(wiki, Edit("Session 1", "x", "test"))
        wiki._http.cookies.clear()
        edits.save(wiki, Edit("Session 2", "x", "test"))

    assert "Translator" == en.revisions("Session 2")[0]["user"]


FAULTS = {"elsewhere": "leads to another host", "html": "does not answer as a MediaWiki", "big": "more than"}


@pytest.mark.parametrize(("fault", "words"), FAULTS.items())
def test_what_is_no_wikis_answer_is_refused_in_one_line(proxy, fault, words):
    proxy.only = "query"
    proxy.faults.append(fault)
    with Client(proxy.api, patience=QUICK) as wiki, pytest.raises(WikiError, match=words) as caught:
        pages.fetch(wiki, "Night shift")

    assert "\n" not in str(caught.value)


def test_every_request_says_who_asks_and_one_goes_at_a_time(proxy):
    with Client(proxy.api, contact="mail@example.org", patience=QUICK) as wiki, Client(proxy.api, contact="mail@example.org", patience=QUICK) as other:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(6) as pool:
            list(pool.map(lambda number: pages.fetch((wiki, other)[number % 2], "Night shift"), range(12)))

    assert 1 == proxy.most
    assert all("mail@example.org" in headers["user-agent" if "user-agent" in headers else "User-Agent"] for _, headers in proxy.seen)
