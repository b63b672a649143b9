"""What a volunteer meets in a week of work between two wikis, and what is not asked of her."""

from __future__ import annotations

import json

import pytest

from tests.wiki_home import run, settle
from translate.errors import SettingError
from translate.pipeline.wikis import fetching
from translate.wiki import addresses, previews

LISTS = {
    "titles": ("Mill\nCorn mill\n", ["Mill", "Corn mill"]),
    "what is copied from a page of the wiki": ("* [[Mill]]\n*[[:Category:Mills]], with those below it\n# [[Mill|the mill]]\n:[[Bakery]].\n", ["Mill", "Category:Mills", "Mill", "Bakery"]),
    "bullets without brackets": ("* Mill\n** Corn mill (old)\n", ["Mill", "Corn mill (old)"]),
    "a title that begins with a sign": ("*NSYNC\n:Category:Mills\n", ["*NSYNC", ":Category:Mills"]),
    "remarks and addresses": ("# wanted\n\nhttps://x.org/w/index.php?title=Mill&oldid=7\n", ["https://x.org/w/index.php?title=Mill&oldid=7"]),
}


@pytest.mark.parametrize(("text", "expected"), LISTS.values(), ids=LISTS)
def test_a_list_is_read_as_people_write_it(tmp_path, text, expected):
    (tmp_path / "list.txt").write_text(text, encoding="utf-8")

    assert expected == fetching._lines(f"@{tmp_path}/list.txt")


ADDRESSES = {
    "one revision": ("?title=Mill&oldid=28", ("Mill", 28)),
    "a comparison: the later one": ("?title=Mill&diff=32&oldid=28", ("Mill", 32)),
    "a comparison with what was before": ("?title=Mill&diff=prev&oldid=28", ("Mill", 28)),
    "a comparison with the present": ("?title=Mill&diff=cur&oldid=28", ("Mill", None)),
    "a comparison without a title": ("?diff=32", ("", 32)),
    "a comparison's own page": ("/Special:Diff/28/32", ("", 32)),
    "that of one edit": ("/Special:Diff/32", ("", 32)),
    "a permanent address in German": ("/Spezial:Permanenter_Link/32", ("", 32)),
    "the page that is edited": ("?title=Corn_mill&action=edit&redirect=no", ("Corn mill", None)),
}


@pytest.mark.parametrize(("address", "expected"), ADDRESSES.values(), ids=ADDRESSES)
def test_the_address_of_a_revision_or_a_comparison_means_that_text(address, expected):
    wanted = addresses.read(f"https://x.org/index.php{address}", "https://x.org/index.php/$1")

    assert expected == (wanted.title if "Special:" not in address and "Spezial:" not in address else "", wanted.revision)


def test_a_list_of_nothing_is_told(tmp_path):
    (tmp_path / "list.txt").write_text("# nothing\n\n", encoding="utf-8")

    with pytest.raises(SettingError, match="is empty"):
        fetching._lines(f"@{tmp_path}/list.txt")


def test_what_a_wikis_parser_says_is_shown_as_people_read_it():
    assert "Error: the <ref> in <references> is unused & odd." == previews._plain("Error: the <code>&lt;ref&gt;</code> in &lt;references&gt; is unused &amp; odd.")


# --- two real wikis


@pytest.fixture
def home(tmp_path, monkeypatch, wikis):
    """A home and a working folder of the test's own, that knows the German wiki."""
    return settle(tmp_path, monkeypatch, wikis, knows=("de",), passwords=("de",))


@pytest.mark.mediawiki
def test_a_redirect_that_was_followed_is_told(wikis, home):
    wikis["en"].edit("Capstan", "A '''capstan''' turns too.")
    wikis["en"].edit("Cap-stan", "#REDIRECT [[Capstan]]")

    (followed,) = json.loads(run("translate", wikis["en"].address("Cap-stan"), "--to", "de", "--model", "pseudo", "--json")[1])["pages"]
    (plain,) = json.loads(run("translate", wikis["en"].address("capstan"), "--to", "de", "--model", "pseudo", "--json")[1])["pages"]

    assert ["'Cap-stan' only leads to 'Capstan', which is what was translated."] == [line for line in followed["parser"] if "leads to" in line]
    assert [] == [line for line in plain["parser"] if "leads to" in line]


PAGE = """'''The windlass''' turns.

== Use ==
It is used [[The windlass#Care|with care]] and {{Nowhere to be found|x}}.

It never rests.

[[Category:Winding]]
[[Category:Hoisting| ]]
[[Category:Winding|Windlass]]
"""


@pytest.mark.mediawiki
def test_a_draft_with_a_fault_is_joined_with_what_people_wrote_where_that_is_wished(wikis, home):
    wikis["en"].edit("Template:Nowhere to be found", "A box.")
    for ours, theirs in (("Winding", "Winden"), ("Hoisting", "Heben")):
        wikis["en"].edit(f"Category:{ours}", f"[[de:Kategorie:{theirs}]]")
        wikis["de"].edit(f"Kategorie:{theirs}", "Seiten.")
    wikis["en"].edit("The windlass", PAGE)
    run("translate", wikis["en"].address("The windlass"), "--to", "de", "--model", "pseudo")
    refused = run("wiki", "publish", "the-windlass.de", "--wiki", "de", "--json")[1]
    run("wiki", "publish", "the-windlass.de", "--wiki", "de", "--with-faults", "--as", "User:Translator/Winde")
    draft = wikis["de"].text("User:Translator/Winde")
    wikis["de"].edit("User:Translator/Winde", draft.replace("\n\n==", "\n\nVon Hand ergänzt.\n\n==", 1))
    wikis["en"].edit("The windlass", PAGE.replace("It never rests", "It rests on Sundays"))

    _, without = run("wiki", "update", "The windlass", "--publish", "de", "--json")
    code, said = run("wiki", "update", "The windlass", "--publish", "de", "--with-faults", "--json")

    now = wikis["de"].text("User:Translator/Winde")
    assert "Templates that are not there" in refused
    assert "2 categories" not in refused
    assert "--with-faults" in json.loads(without)["error"]
    assert (0, None) == (code, json.loads(said)["error"]), said
    assert "Von Hand ergänzt." in now
    assert "Îţ ŕééšţš" in now
    assert "[[:Kategorie:Heben]]" in now
    assert 2 == now.count("[[:Kategorie:Winden")
    assert "[[#Care|" in now
