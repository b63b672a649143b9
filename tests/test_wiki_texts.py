"""What is decided about a page without asking a wiki: licences, drafts, merges, summaries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.document import normal
from translate.errors import SettingError
from translate.formats import Edition
from translate.formats.wikitext import walk
from translate.formats.wikitext.source import rendered, structure
from translate.pipeline.wikis import conditions, drafts, merging
from translate.pipeline.wikis.drafts import Facts
from translate.pipeline.wikis.fetching import file_name, revision_url
from translate.sites import Namespace, Parameter, Provenance, Seen, Sister, Site, Template
from translate.wiki import known, licences
from translate.wiki.edits import stored
from translate.wiki.known import KnownWiki
from translate.wiki.licences import Licence
from translate.wiki.previews import Preview

GERMAN = Site(
    language="de",
    namespaces=(
        Namespace(0, ""),
        Namespace(2, "Benutzer", "User", ("Benutzerin",)),
        Namespace(3, "Benutzer Diskussion", "User talk"),
        Namespace(14, "Kategorie", "Category"),
    ),
    languages=frozenset({"en", "fr"}),
    interwiki=frozenset({"en", "fr"}),
)
CAME = Provenance("https://x.org/api.php", "Night shift", 12, "2026-01-01T00:00:00Z", "https://x.org/?oldid=12", language="en", licence="CC BY-SA 4.0")
WIKI = KnownWiki("de", "https://de.x.org/api.php", "de")
FACTS = Facts(CAME, "en", "Nachtschicht", "Model 7", "", "2026-02-03")

LICENCES = {
    ("CC BY-SA 4.0", ""): Licence("by-sa", 4.0),
    ("Creative Commons Attribution-Share Alike 3.0", ""): Licence("by-sa", 3.0),
    ("", "https://creativecommons.org/licenses/by-nc-sa/4.0/deed.de"): Licence("by-nc-sa", 4.0),
    ("whatever", "//creativecommons.org/licenses/by-nd/2.0/"): Licence("by-nd", 2.0),
    ("CC0", ""): Licence("free"),
    ("Public domain", ""): Licence("free"),
    ("GNU Free Documentation License 1.3 or later", ""): Licence("gfdl"),
    ("All rights reserved", ""): Licence(""),
    ("", ""): Licence(""),
}


@pytest.mark.parametrize(("said", "licence"), LICENCES.items())
def test_a_licence_is_read_as_wikis_write_it(said, licence):
    assert licence == licences.read(*said)


FITS = [
    ("by-sa 4.0", "by-sa 4.0", True),
    ("by-sa 3.0", "by-sa 4.0", True),
    ("by-sa 4.0", "by-sa 3.0", False),
    ("by 4.0", "by-sa 4.0", True),
    ("by-sa 4.0", "by 4.0", False),
    ("by-nc-sa 4.0", "by-sa 4.0", False),
    ("by-nd 4.0", "by-nd 4.0", False),
    ("free", "", True),
    ("", "by-sa 4.0", False),
    ("by-sa 4.0", "", False),
    ("gfdl", "by-sa 4.0", False),
    ("gfdl", "gfdl", True),
]


@pytest.mark.parametrize(("source", "target", "may"), FITS)
def test_a_translation_is_published_only_where_the_licences_fit(source, target, may):
    mine, theirs = (Licence(*((name.split()[0], float(name.split()[1])) if " " in name else (name,))) for name in (source, target))

    assert may == (licences.obstacle(mine, theirs) == "")


def test_a_licence_that_nobody_knows_refuses_unless_the_wikis_file_says_it():
    unknown = Site(language="de")

    assert "Nobody knows" in conditions.licence(CAME, unknown, WIKI)
    assert "" == conditions.licence(CAME, unknown, KnownWiki("de", "a", "de", licence="CC BY-SA 4.0"))


SHOWN = {
    "a [[Kategorie:Arbeit]]": "a [[:Kategorie:Arbeit]]",
    "[[category:Work|x]] [[ Category : Y ]]": "[[:category:Work|x]] [[:Category : Y ]]",
    "[[en:Night shift]] [[:en:Night shift]]": "[[:en:Night shift]] [[:en:Night shift]]",
    "[[Datei:A.jpg|thumb|[[Kategorie:B]]]]": "[[Datei:A.jpg|thumb|[[:Kategorie:B]]]]",
    "<nowiki>[[Kategorie:A]]</nowiki><!-- [[Kategorie:A]] -->": "<nowiki>[[Kategorie:A]]</nowiki><!-- [[Kategorie:A]] -->",
    "[[Benutzer:A]] [[A: B]] [[a]]": "[[Benutzer:A]] [[A: B]] [[a]]",
}


@pytest.mark.parametrize(("text", "draft"), SHOWN.items())
def test_a_draft_shows_its_categories_and_is_in_none(text, draft):
    assert draft == drafts.shown_only(text, GERMAN)


@given(st.text(alphabet="[]:KategorienA <!->nowki/|", max_size=60))
def test_making_a_draft_only_adds_colons_and_takes_away_blank_sort_keys(text):
    draft = drafts.shown_only(text, GERMAN)

    assert draft.replace(":", "").replace(" ", "").replace("|]]", "]]") == text.replace(":", "").replace(" ", "").replace("|]]", "]]")


def test_the_texts_of_a_wiki_are_filled_and_no_value_becomes_markup():
    facts = Facts(Provenance("a", "A}}{{Evil|[[x]]", 7, "t", licence="CC0"), "en", "B", "Model {{x}}", "Anna", "2026-02-03")

    assert "{{T|en|A Evil x|7}}" == facts.filled("{{T|{prefix}|{title}|{revision}}}")
    assert "Model x by Anna on 2026-02-03 {unknown}" == facts.filled("{model} by {reviewer} on {date} {unknown}")


def test_the_summary_names_source_and_revision_and_is_as_long_as_mediawiki_keeps():
    assert "Mit Dragoman übersetzt aus [[:en:Special:Redirect/revision/12|Night shift]] (en:Night shift, CC BY-SA 4.0)" == drafts.summary(WIKI, FACTS)
    assert "Translated with Dragoman from [[:en:Special:Redirect/revision/12|Night shift]] (en:Night shift, CC BY-SA 4.0)" == drafts.summary(KnownWiki("pl", "a", "pl"), FACTS)
    assert "Our own: Night shift" == drafts.summary(KnownWiki("de", "a", "de", summary="Our own: {title}"), FACTS)
    assert "Mit Dragoman übersetzt aus https" in drafts.summary(WIKI, Facts(CAME, "", "B", "", ""))
    assert "https://x.org/?oldid=12" in drafts.summary(WIKI, Facts(CAME, "", "B", "", ""))
    assert 490 == len(drafts.summary(KnownWiki("de", "a", "de", summary="{title}" + "x" * 600), FACTS))


PLACES = [
    ("Benutzer:Ich/Entwurf/Nacht", False, ""),
    ("User:Ich/Nacht", False, ""),
    ("Nacht", False, "no place for a draft"),
    ("Nacht", True, ""),
    ("Kategorie:Nacht", False, "no place for a draft"),
    ("Benutzer Diskussion:Ich", True, "talk page"),
    ("  ", True, "No title"),
]


@pytest.mark.parametrize(("title", "final", "says"), PLACES)
def test_a_draft_goes_where_drafts_go(title, final, says):
    said = conditions.place(title, GERMAN, WIKI, final=final)

    assert says in said
    assert bool(says) == bool(said)


def preview(**seen):
    return Preview(
        **(
            {
                "html": "",
                "templates": (),
                "missing_templates": (),
                "links": (),
                "missing_links": (),
                "categories": (),
                "warnings": (),
                "errors": (),
                "references": 2,
            }
            | seen
        )
    )


def test_the_wikis_parser_is_the_judge():
    came = Provenance("a", "b", 1, "t", seen=Seen(1, ("Template:Old",), 2))

    assert () == conditions.parser(preview(errors=("x",), missing_templates=("Vorlage:Alt",)), came)
    assert "2 errors, 1 in the source: x; y" in conditions.parser(preview(errors=("x", "y")), came)[0]
    assert "Vorlage:A, Vorlage:B" in conditions.parser(preview(missing_templates=("Vorlage:A", "Vorlage:B")), came)[0]
    assert "1 notes, its source 2" in conditions.parser(preview(references=1), came)[0]


LINES = st.lists(st.sampled_from(["a", "b", "c", "d", ""]), max_size=8).map("\n".join)


@given(LINES, LINES)
def test_a_change_on_one_side_alone_is_taken_whole(before, after):
    assert (stored(after), ()) == (merging.merge(before, after, before).text, merging.merge(before, after, before).clashes)
    assert (stored(after), ()) == (merging.merge(before, before, after).text, merging.merge(before, before, after).clashes)


def test_changes_of_different_paragraphs_are_joined_and_of_the_same_one_shown():
    before = "one\n\ntwo\n\nthree"

    assert "ONE\n\ntwo\n\nTHREE" == merging.merge(before, "ONE\n\ntwo\n\nthree", "one\n\ntwo\n\nTHREE").text
    merged = merging.merge(before, "one\n\ntwo, ours\n\nthree", "one\n\ntwo, theirs\n\nthree")
    assert [("two\n", "two, ours\n", "two, theirs\n")] == [(clash.before, clash.ours, clash.theirs) for clash in merged.clashes]
    assert "<<<<<<< translated\ntwo, ours\n=======\ntwo, theirs\n>>>>>>> on the wiki" in merged.text


NAMES = {"Night shift": "Night shift.wiki", "User:Me/A.b": "User-Me-A.b.wiki", "../x": "-x.wiki", "A?*": "A-.wiki", "…": "….wiki", ".": "page.wiki"}


@pytest.mark.parametrize(("title", "name"), NAMES.items())
def test_a_title_becomes_a_file_name(title, name):
    assert name == file_name(title)


@given(st.text(min_size=1, max_size=300))
def test_a_file_name_is_one_on_any_system(title):
    name = file_name(title)

    assert not set('\\/:*?"<>|\0') & set(name)
    assert len(name.encode("utf-8", "surrogatepass")) <= 190


def test_a_revision_has_an_address():
    assert "https://x.org/wiki/A_B%3F?oldid=7" == revision_url("https://x.org/wiki/$1", "A B?", 7)
    assert "https://x.org/index.php?title=A&oldid=7" == revision_url("https://x.org/index.php?title=$1", "A", 7)


def test_a_template_that_is_called_otherwise_there_is_read_alike_on_both_sides():
    text = "Words {{Small|{{Small|two}} layers}} here."
    sister = Sister(Site(language="en"), GERMAN, {}, {"Small": Template("Small", "Klein", (Parameter("1"),))})
    page = walk(text, sister.source, sister=sister)
    targets = {slot.address: normal(run if not isinstance(run, str) else run.upper() for run in slot.source) for slot in page.slots}

    assert "WORDS {{Klein|{{Klein|TWO}} LAYERS}} HERE." == rendered(page, sister, targets, Edition("de", "en"))[0]
    assert () == structure(page, sister, targets, Edition("de", "en"))


NEIGHBOURS = [
    ("* one\n* two", "* one\n* TWO", "* ONE\n* two", "* ONE\n* TWO"),
    ("* one\n* two\n* three", "* ONE\n* TWO\n* three", "* ONE\n* two\n* THREE", "* ONE\n* TWO\n* THREE"),
    ("{|\n| a\n| b\n|}", "{|\n| A\n| b\n|}", "{|\n| a\n| B\n|}", "{|\n| A\n| B\n|}"),
]


@pytest.mark.parametrize(("before", "ours", "theirs", "merged"), NEIGHBOURS)
def test_neighbouring_lines_that_one_side_each_has_changed_are_joined(before, ours, theirs, merged):
    assert (merged, ()) == (merging.merge(before, ours, theirs).text, merging.merge(before, ours, theirs).clashes)


def test_a_clash_holds_the_lines_that_differ_and_no_more():
    merged = merging.merge("* one\n* two\n* three", "* ONE\n* two, ours\n* three", "* ONE\n* two, theirs\n* more\n* three")
    ours = [(clash.ours, clash.theirs) for clash in merging.merge("* one\n* two", "* one, ours\n* TWO", "* one, theirs\n* two").clashes]

    assert [("* two, ours\n", "* two, theirs\n* more\n")] == [(clash.ours, clash.theirs) for clash in merged.clashes]
    assert merged.text.startswith("* ONE\n<<<<<<< translated\n* two, ours\n=======")
    assert [("* one, ours\n", "* one, theirs\n")] == ours


def test_what_both_sides_made_alike_behind_a_clash_is_no_part_of_it():
    merged = merging.merge("* one\n* two", "* one, ours\n* TWO", "* one, theirs\n* more\n* TWO")

    assert [("* one, ours\n", "* one, theirs\n* more\n")] == [(clash.ours, clash.theirs) for clash in merged.clashes]
    assert merged.text.endswith(">>>>>>> on the wiki\n* TWO")


@given(LINES, LINES, LINES)
def test_a_merge_without_a_clash_has_every_line_that_either_side_brought(before, ours, theirs):
    merged = merging.merge(before, ours, theirs)

    if not merged.clashes:
        assert set(f"{ours}\n{theirs}".split("\n")) - set(before.split("\n")) <= set(f"{merged.text}\n".split("\n"))


def test_what_nobody_has_said_is_a_dash_in_any_language():
    assert "—|—|Model 7" == FACTS.filled("{reviewer}|{licence}|{model}").replace("CC BY-SA 4.0", "—")
    assert "—" == Facts(CAME, "en", "B", "", "").filled("{model}")


@pytest.mark.parametrize(("value", "numbers"), [("2, 118", (2, 118)), ("[2, 118]", (2, 118)), ("2", (2,))])
def test_a_list_is_given_with_or_without_brackets(value, numbers):
    assert numbers == known.changed(WIKI, "draft_namespaces", value).draft_namespaces


def test_what_is_no_list_of_namespaces_says_what_one_is():
    with pytest.raises(SettingError, match="numbers of namespaces with commas"):
        known.changed(WIKI, "draft_namespaces", "User")
