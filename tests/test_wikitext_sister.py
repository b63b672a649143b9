"""A page of wikitext named as its sister wiki names things, and its structure compared with its source's."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace

import pytest

from tests.wikitext_pages import cases
from translate.document import normal, plain
from translate.formats import Edition, Structured
from translate.formats.wikitext import ENGLISH, Wikitext, walk
from translate.formats.wikitext.fingerprint import compare, fingerprint
from translate.formats.wikitext.localise import page_values
from translate.sites import Choices, MagicWord, Namespace, Parameter, Sister, Site, Template

GERMAN = Site(
    language="de",
    namespaces=(Namespace(6, "Datei", "File", ("Bild",)), Namespace(10, "Vorlage", "Template"), Namespace(14, "Kategorie", "Category"), Namespace(12, "Hilfe", "Help")),
    words=(
        MagicWord("redirect", ("#WEITERLEITUNG", "#REDIRECT")),
        MagicWord("defaultsort", ("SORTIERUNG:", "DEFAULTSORT:")),
        MagicWord("notoc", ("__KEIN_INHALTSVERZEICHNIS__", "__NOTOC__")),
        MagicWord("pagename", ("SEITENNAME", "PAGENAME")),
        MagicWord("img_thumbnail", ("mini", "thumb")),
        MagicWord("img_right", ("rechts", "right")),
        MagicWord("img_alt", ("alternativtext=$1", "alt=$1")),
    ),
    trail="/^([äöüßa-z]+)(.*)$/sDu",
)
SISTER = Sister(
    ENGLISH,
    GERMAN,
    titles={
        "City": "Stadt",
        "Worker": "Arbeiter",
        "Union": "EU",
        "City#Past": "Stadt#Vergangenheit",
        "Help:Contents": "Hilfe:Inhalt",
        "Category:Cities": "Kategorie:Stadt",
        "Category:Towns": "Kategorie:Stadt",
        "File:A.jpg": "Datei:A.jpg",
    },
    templates={
        "Quote": Template("Quote", "Vorlage:Zitat", (Parameter("text", type="content"), Parameter("author", type="line")), {"text": "Text", "author": "Autor"}, ("Quelle",)),
        "Note": Template("Note", "Vorlage:Anmerkung", (Parameter("1", type="content"), Parameter("page", type="wiki-page-name"))),
    },
    treatment={"Infobox": {"motto": "translate", "area": "keep", "map": "drop"}},
    page="This page",
)
TARGET = Edition("de", source_language="en")


def upper(page, edition=TARGET):
    return {slot.address: normal(run.upper() if isinstance(run, str) else run for run in slot.source) for slot in page.slots}


def written(text, sister=SISTER, edition=TARGET, change=upper):
    """The page as it is written for the sister wiki, and what is reported."""
    source, out = Wikitext(text.encode(), name="a.wiki", language="en", sister=sister), io.BytesIO()
    remarks = source.write(lambda _: change(source.page), edition=edition, out=out)
    assert [] == disagreements(text, sister, edition, change)
    return out.getvalue().decode(), " ".join(remarks)


def disagreements(text, sister, edition=TARGET, change=upper):
    """What is said of the written page's structure, where it is not that of its source."""
    source = Wikitext(text.encode(), name="a.wiki", language="en", sister=sister)
    assert isinstance(source, Structured)
    return [finding.message for _, finding in source.disagreements(lambda _: change(source.page), edition=edition)]


NAMED = [
    ("a link has its page's name there, and its own words", "in the [[city]]", "IN THE [[Stadt|CITY]]"),
    ("a label stays with its link", "many [[worker|people]]s", "MANY [[Arbeiter|PEOPLES]]"),
    ("a label that is the new title goes", "the [[union|eu]] x", "THE [[EU]] X"),
    ("a link to a namespace", "see [[Help:Contents]]", "SEE [[Hilfe:Inhalt]]"),
    ("a link that shows a category", "see [[:Category:Cities]]", "SEE [[:Kategorie:Stadt]]"),
    ("a link to the other wiki becomes one at home", "see [[:de:Stadt|there]]", "SEE [[Stadt|THERE]]"),
    ("a section that is known", "see [[City#Past|the past]]", "SEE [[Stadt#Vergangenheit|THE PAST]]"),
    ("a page that is shown inside of this one", "{{:City}} {{: city }} {{Help:Contents|x}}", "{{:Stadt}} {{:Stadt }} {{Hilfe:Inhalt|x}}"),
    ("a section of a page that is shown", "see {{#lst:City|a}} and {{#lsth:City|Past}} or {{#section-h:city|late}}", "SEE {{#lst:Stadt|a}} AND {{#lsth:Stadt|Vergangenheit}} OR {{#section-h:Stadt|late}}"),
    ("a section of this very page follows its heading", "== Early days ==\nsee [[this page#Early days|above]] and [[This page#Late|below]]", "== EARLY DAYS ==\nSEE [[#EARLY DAYS|ABOVE]] AND [[#Late|BELOW]]"),
    ("a section follows its heading", "== Early days ==\nsee [[#Early days|above]]", "== EARLY DAYS ==\nSEE [[#EARLY DAYS|ABOVE]]"),
    ("a category once", "x\n[[Category:Cities]]\n[[Category:Towns|t]]\ny", "X\n[[Kategorie:Stadt]]\nY"),
    ("a link to the same page goes", "x\n[[de:Stadt]]\n[[fr:Ville]]", "X\n[[fr:Ville]]"),
    ("a picture", "[[File:A.jpg|thumb|right|alt=a b|words]]", "[[Datei:A.jpg|mini|rechts|alternativtext=A B|WORDS]]"),
    ("a template and its parameters", "{{Quote|text=some words|author=A}}", "{{Zitat|Text=SOME WORDS|Autor=A}}"),
    ("a parameter that is a page", "{{Note|some words|page=City}}", "{{Anmerkung|SOME WORDS|page=Stadt}}"),
    ("a link in a parameter that is kept", "{{Infobox|area=[[City]]|motto=go on}}", "{{Infobox|area=[[Stadt]]|motto=GO ON}}"),
    ("a parameter that is to go", "{{Infobox|map=x|motto=go on}}", "{{Infobox|motto=GO ON}}"),
    ("words of the wiki", "__NOTOC__ the {{PAGENAME}} x {{DEFAULTSORT:Key}}", "__KEIN_INHALTSVERZEICHNIS__ THE {{SEITENNAME}} X {{SORTIERUNG:KEY}}"),
    ("a redirect", "#REDIRECT [[City]]", "#WEITERLEITUNG [[Stadt]]"),
    ("references keep their names", 'x<ref name="a">so it is</ref> y<ref name="a"/>', 'X<ref name="a">SO IT IS</ref> Y<ref name="a"/>'),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in NAMED], ids=[case[0] for case in NAMED])
def test_a_page_is_named_as_its_sister_names_things(text, expected):
    assert expected == written(text)[0]


CHOSEN = [
    (Choices(missing="red"), "a [[Village]] x", "A [[Village|VILLAGE]] X", "their links are kept: Village"),
    (Choices(missing="red"), "a [[village|x]] y", "A [[village|X]] Y", "village"),
    (Choices(missing="interwiki"), "a [[Village|x]]s y", "A [[:en:Village|XS]] Y", "led to the source wiki: Village"),
    (Choices(missing="plain"), "a ''[[Village]]'' x.", "A ''VILLAGE'' X.", "only words now: Village"),
    (Choices(), "x\n[[Category:Villages]]", "X\n[[Kategorie:Villages]]", "are kept: Villages"),
    (Choices(categories="drop"), "x\n[[Category:Villages]]\ny", "X\nY", "were left out: Villages"),
    (Choices(categories="comment"), "x\n[[Category:Villages]]", "X\n<!-- [[Category:Villages]] -->", "are hidden in a comment: Villages"),
    (Choices(dropped=("Short description",)), "{{short description|A {{x}}}}\nwords", "WORDS", "left out: Short description"),
    (Choices(), "{{Unknown|y}} words", "{{Unknown|y}} WORDS", "kept as they are: Unknown"),
    (Choices(), "{{Quote|text=a word}}", "{{Zitat|Text=A WORD}}", "wants parameters that the page does not give: Quote: Quelle"),
    (Choices(), "[[#Nowhere|x]] y", "[[#Nowhere|X]] Y", "whose heading there is not known: #Nowhere"),
]


@pytest.mark.parametrize(("choices", "text", "expected", "says"), CHOSEN)
def test_what_has_no_counterpart_is_treated_as_chosen_and_told(choices, text, expected, says):
    page, remarks = written(text, replace(SISTER, choices=choices))

    assert expected == page
    assert says in remarks


def test_a_link_to_a_section_follows_its_heading_where_no_sister_is_known():
    text = "== Early days ==\nsee [[#Early days|above]] and [[#Early days]], [[#Elsewhere]]"

    assert "== EARLY DAYS ==\nSEE [[#EARLY DAYS|ABOVE]] AND [[#EARLY DAYS]], [[#Elsewhere]]" == written(text, None)[0]


def test_an_echo_is_not_localised():
    text = "a [[city]] {{Quote|text=x}}"

    assert text == written(text, edition=Edition("de", translated=False), change=lambda page: {slot.address: slot.source for slot in page.slots})[0]


@pytest.mark.parametrize("text", [case[1] for case in cases()], ids=[case[0] for case in cases()])
def test_a_hard_sample_goes_to_the_sister_with_its_structure(text):
    for missing in ("red", "interwiki", "plain"):
        assert [] == disagreements(text, replace(SISTER, choices=Choices(missing=missing)))


ORDER = [
    ("en", "fr", "Words.<ref>b c</ref>", "WORDS<ref>B C</ref>."),
    ("en", "fr", "Words.<ref name=a/><ref name=b/> More words,<ref name=a/> x.", "WORDS<ref name=a/><ref name=b/>. MORE WORDS<ref name=a/>, X."),
    ("en", "fr", "And so on...<ref name=a/> x", "AND SO ON...<ref name=a/> X"),
    ("fr", "en", "Mots<ref name=a/>. Plus<ref name=a/><ref name=b/>, x.", "MOTS.<ref name=a/> PLUS,<ref name=a/><ref name=b/> X."),
    ("en", "de", "Words.<ref name=a/> x.", "WORDS.<ref name=a/> X."),
    ("fr", "pl", "Mots<ref name=a/>.", "MOTS<ref name=a/>."),
]


@pytest.mark.parametrize(("source", "target", "text", "expected"), ORDER)
def test_a_reference_stands_where_the_language_has_it(source, target, text, expected):
    assert expected == written(text, None, Edition(target, source_language=source))[0]


LOST = [
    ("a {{x}} b", "a b", "The page lost 1 template {{x}}."),
    ("a<ref name='n'/> b", "a b", "The page lost 1 reference “n”."),
    ("* a\n* b", "* a\nb", "The source has 2 list items with the sign *, the translation 1."),
    ("{|\n| a || b\n|}", "{|\n| a b\n|}", "The source has 2 table cells, the translation 1."),
    ("[[A|x]] y", "[[B|x]] y", "The page lost 1 link to “A”."),
    ("== a ==", "=== a ===", "The page lost 1 heading of level 2."),
    ("[http://a.org x]", "[http://b.org x]", "The page has 1 link to http://b.org that the source has not."),
    ("[[Category:A]]", "", "The page lost 1 category “A”."),
    ("a <!-- b --> c", "a c", "The page lost 1 comment <!-- b -->."),
    ("[[File:A.jpg|thumb|x y]]", "[[File:A.jpg|x y]]", "The page lost 1 option img_thumbnail of a picture."),
]


@pytest.mark.parametrize(("before", "after", "says"), LOST)
def test_what_is_lost_or_invented_is_an_error_that_says_so(before, after, says):
    findings = compare(fingerprint(before), fingerprint(after))

    assert says in [finding.message for finding in findings]
    assert {"error"} == {finding.severity for finding in findings}


def test_the_units_of_a_page_marked_for_translation_keep_their_ids():
    page = walk("<languages/>\n<translate>\n== Head == <!--T:1-->\n\n<!--T:2-->\nThe <tvar name=1>x y</tvar> page.\n\n<!--T:x3-->\n* one\n* two\n</translate>\nOutside.")

    assert [("T:1", "Head"), ("T:2", "The  page."), ("T:x3", "one"), ("T:x3/2", "two"), ("/5", "Outside.")] == [(slot.address, plain(slot.source)) for slot in page.slots]
    assert 3 == Counter(page.signs)["comment", "<!--T:1-->"] + Counter(page.signs)["comment", "<!--T:2-->"] + Counter(page.signs)["comment", "<!--T:x3-->"]


def test_names_of_the_sisters_own_tongue_are_read_as_its_wiki_reads_them():
    german = replace(GERMAN, namespaces=(*GERMAN.namespaces, Namespace(-1, "Spezial", "Special"), Namespace(2, "Benutzer", "User")))
    text, _ = written("see [[Special:Search]], [[User:Ann]]; [[de:Stadt]] and [[File:A.jpg|20px|alt=a]] too.", replace(SISTER, target=german, source=replace(ENGLISH, languages=frozenset({"de"}))))

    assert "SEE [[Spezial:Search]], [[Benutzer:Ann]];  AND [[Datei:A.jpg|20px|alternativtext=A]] TOO." == text


def test_a_picture_leads_to_the_sisters_page_and_nothing_counts_as_lost():
    text, _ = written("[[File:A.jpg|link=City|right|words]]")

    assert "[[Datei:A.jpg|link=Stadt|rechts|WORDS]]" == text


def test_no_link_leads_to_a_wiki_that_the_sister_has_no_prefix_for():
    lonely = replace(SISTER, choices=Choices(missing="interwiki"), target=replace(GERMAN, interwiki=frozenset({"fr"})))
    text, remarks = written("see [[Nowhere]]", lonely)

    assert "SEE [[Nowhere|NOWHERE]]" == text
    assert "has no prefix" in str(remarks)


def test_any_parameter_can_be_dropped_by_a_star():
    text, _ = written("{{Infobox|motto=words|area=5}}", replace(SISTER, treatment={"*": {"area": "drop"}, "Infobox": {"motto": "translate"}}))

    assert "{{Infobox|motto=WORDS}}" == text


def test_what_is_named_anew_inside_of_a_function_is_not_counted_as_lost():
    source, targets = Wikitext(b"A word. {{#if: {{PAGENAME}} | {{Quote|text=a}} }}", name="a.wiki", language="en", sister=SISTER), upper
    text, _ = written("A word. {{#if: {{PAGENAME}} | {{Quote|text=a}} }}")

    assert "A WORD. {{#if: {{SEITENNAME}} | {{Zitat|Text=a}} }}" == text
    assert () == tuple(source.disagreements(lambda _: targets(source.page), edition=TARGET))


def test_the_pages_that_templates_are_given_are_told():
    sister = replace(SISTER, templates={"Quote": Template("Quote", "Vorlage:Zitat", (Parameter("author", ("2",), "wiki-page-name"),))})

    assert ("Anna Hill", "Worker") == page_values("{{Quote|x|Anna_Hill}} {{quote|author=Worker}} {{Quote|author=[[Nobody]]}}", sister)
    assert "{{Zitat|X|Arbeiter}}" == written("{{Quote|x|Worker}}", sister)[0]
