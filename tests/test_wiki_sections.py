"""Links to a section of another page lead to the section that stands for it, wherever that is certain or two pages agree; all else keeps the source's heading, and is told."""

import json

import pytest

from tests.wiki_home import run, settle
from translate.formats.wikitext.names import names
from translate.formats.wikitext.sections import leads, numbered
from translate.sites import Site
from translate.wiki.sections import Section, by_place

PLACES = {
    "as many of the same levels": ([(2, "One"), (3, "Two"), (2, "One 2")], [(2, "Eins"), (3, "Zwei"), (2, "Eins 2")], {"One": "Eins", "Two": "Zwei", "One 2": "Eins 2"}),
    "one more there": ([(2, "One")], [(2, "Eins"), (2, "Zwei")], {}),
    "other levels": ([(2, "One"), (2, "Two")], [(2, "Eins"), (3, "Zwei")], {}),
    "none": ([], [], {}),
}


@pytest.mark.parametrize(("ours", "theirs", "expected"), PLACES.values(), ids=PLACES)
def test_sections_are_paired_by_their_place_only_where_two_pages_have_the_same_ones(ours, theirs, expected):
    assert expected == by_place(tuple(Section(*one) for one in ours), tuple(Section(*one) for one in theirs))


def test_what_leads_to_a_section_of_another_page_is_found_by_its_full_title():
    text = "[[lamp#The_oil|x]] [[:category:work#A b]] [[#here]] [[plain]] {{#lsth: Lamp | Wick }} [[project:x#y|z]]"

    assert [("Lamp", "The oil"), ("Category:Work", "A b"), ("Project:X", "y"), ("Lamp", "Wick")] == list(leads(text, names(Site())))


NUMBERED = {
    ("One", "Two"): ("One", "Two"),
    ("One", "one", "ONE"): ("One", "one 2", "ONE 3"),
    ("One", "One", "One 2"): ("One", "One 2", "One 2 2"),
    ("One 2", "One", "One"): ("One 2", "One", "One 3"),
    ("Übel", "übel"): ("Übel", "übel"),
    ("", ""): ("", ""),
}


@pytest.mark.parametrize(("said", "expected"), NUMBERED.items())
def test_headings_that_are_alike_are_led_to_by_their_number(said, expected):
    assert expected == numbered(said)


# --- two real wikis


@pytest.fixture
def home(tmp_path, monkeypatch, wikis):
    """A home and a working folder of the test's own, that knows the German wiki."""
    return settle(tmp_path, monkeypatch, wikis, knows=("de",), passwords=("de",))


def of(wikis, home, title, text):
    """The page of this title, translated: its text, and what was said of it."""
    wikis["en"].edit(title, text)
    _, said = run("translate", wikis["en"].address(title), "--to", "de", "--model", "pseudo", "--json")
    (page,) = json.loads(said)["pages"]
    return (home / page["book"]).read_text(encoding="utf-8"), " ".join((*page["parser"], *page.get("remarks", ())))


@pytest.mark.mediawiki
def test_a_link_to_a_section_follows_its_place_on_the_page_there_and_that_is_told(wikis, home):
    wikis["de"].edit("Docht", "Ein Docht.\n\n== ''Öl'' und Salz ==\n=== Preis ===\n== Herkunft ==\n== Herkunft ==\n")
    wikis["en"].edit("Wick", "A wick.\n\n== Oil &amp; ''salt'' ==\n=== Price ===\n== Origin ==\n== Origin ==\n[[de:Docht]]")
    wikis["en"].edit("Wicks", "#REDIRECT [[Wick]]")

    text, said = of(wikis, home, "Candle", "See [[Wick#Oil & salt|the oil]], [[wick#Price]], [[Wicks#Origin_2|later]] and [[Wick#Nowhere|x]].")

    assert "[[Docht#Öl und Salz|" in text
    assert "[[Docht#Preis]]" in text
    assert "[[Docht#Herkunft 2|" in text
    assert "[[Docht#Nowhere|" in text
    assert "wick#Price → Docht#Preis" in said
    assert "heading there is not known: Wick#Nowhere" in said


@pytest.mark.mediawiki
def test_where_the_two_pages_differ_the_heading_stays_and_is_told(wikis, home):
    wikis["de"].edit("Talg", "Talg.\n\n== Preis ==\n== Herkunft ==\n")
    wikis["en"].edit("Tallow", "Tallow.\n\n== Price ==\n[[de:Talg]]")

    text, said = of(wikis, home, "Soap", "See [[Tallow#Price|the price]].")

    assert "[[Talg#Price|" in text
    assert "heading there is not known: Tallow#Price" in said


@pytest.mark.mediawiki
def test_a_page_that_we_translated_and_published_is_led_to_with_its_own_headings(wikis, home):
    of(wikis, home, "Snuffer", "A tool.\n\n== Handle ==\nIt is long.\n\n== Cup ==\nIt is round.\n")
    run("wiki", "publish", "snuffer.de", "--wiki", "de", "--as", "Löschhorn", "--final", "--any-licence")
    there = wikis["de"].text("Löschhorn")
    cup = [line.strip("= ") for line in there.splitlines() if line.startswith("==")][1]
    wikis["de"].edit("Löschhorn", there + "\n\n== Weblinks ==\nVon Hand.\n")

    text, said = of(wikis, home, "Lamp shop", "It sells [[Snuffer|snuffers]] with a [[Snuffer#Cup|cup]].")

    assert "[[Löschhorn|" in text
    assert f"[[Löschhorn#{cup}|" in text
    assert "by their place" not in said
