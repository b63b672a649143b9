"""What editors of large wikis write every day, in a page that goes to a sister wiki."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.test_wikitext_sister import SISTER, written
from translate.pipeline.wikis import drafts
from translate.sites import Parameter, Template
from translate.wiki import edits, templates

WRITTEN = {
    "a category twice, with two sort keys": ("[[Category:Cities|all]] x\n[[Category:Cities|Marlow]]", "[[Kategorie:Stadt|ALL]] X\n[[Kategorie:Stadt|MARLOW]]"),
    "two categories that are one there": ("x\n[[Category:Cities]]\n[[Category:Towns]]", "X\n[[Kategorie:Stadt]]\n"),
    "headings that are alike": ("== A ==\nx\n\n== A ==\ny [[#A 2|z]] [[#A|w]]", "== A ==\nX\n\n== A ==\nY [[#A 2|Z]] [[#A|W]]"),
    "headings that become alike": ("== One ==\nx\n\n== ONE! ==\ny [[#ONE!|z]]", "== ONE ==\nX\n\n== ONE! ==\nY [[#ONE!|Z]]"),
    "a template that is given a section": ("{{Main|City#Past|x=1}}", "{{Haupt|Stadt#Vergangenheit|x=1}}"),
    "a template that is given a section that is not known": ("{{Main|City#Now}}", "{{Haupt|Stadt#Now}}"),
    "a link of the Translate extension": ("see [[<tvar name=1>Special:MyLanguage/Mill</tvar>|the mill]]", "SEE [[<tvar name=1>Special:MyLanguage/Mill</tvar>|THE MILL]]"),
    "one of its older pages": ("at <tvar|hour>4</> see [[<tvar|m>Special:MyLanguage/Mill</>|the mill]]", "AT <tvar|hour>4</> SEE [[<tvar|m>Special:MyLanguage/Mill</>|THE MILL]]"),
    "one without words": ("see [[<tvar name=1>:Help:Mill</tvar>]]", "SEE [[<tvar name=1>:Help:Mill</tvar>]]"),
    "a hyphen behind a link": ("[[City]]-like, [[City]]-[[Worker]], {{t}}-x -{{t}}", "[[Stadt|CITY]]-LIKE, [[Stadt|CITY]]-[[Arbeiter|WORKER]], {{t}}&#45;X &#45;{{t}}"),
    "notes that stand in the list of references": ("{{Reflist|refs=\n<ref name=R>''Ropes'', 1890.</ref>\n}}", "{{Reflist|refs=\n<ref name=R>''ROPES'', 1890.</ref>\n}}"),
    "a list in a template": ("{{Plainlist|\n* one\n* [[City|two]]\n}}", "{{Plainlist|\n* ONE\n* [[Stadt|TWO]]\n}}"),
    "an address of it": ("[<tvar name=url>http://x.org/a?b=1</tvar> here] or [<tvar|u>//x.org</> there]", "[<tvar name=url>http://x.org/a?b=1</tvar> HERE] OR [<tvar|u>//x.org</> THERE]"),
}


@pytest.mark.parametrize(("text", "expected"), WRITTEN.values(), ids=WRITTEN)
def test_what_editors_write_every_day_goes_over_whole(text, expected):
    main = Template("Main", "Vorlage:Haupt", (Parameter("1", type="wiki-page-name"), Parameter("x")))

    assert expected == written(text, replace(SISTER, templates={**SISTER.templates, "Main": main}))[0]


def test_the_second_of_two_headings_that_are_alike_is_led_to_by_its_number_there():
    text, remarks = written("== past ==\nx\n\n== Past ==\ny [[#Past 2|z]] [[#Nowhere]]", SISTER)

    assert "== PAST ==\nX\n\n== PAST ==\nY [[#PAST 2|Z]] [[#Nowhere]]" == text
    assert "heading there is not known: #Nowhere." in remarks


SAVED = {
    "a category's main page": ("[[Category:Mills| ]]", ()),
    "a picture without a caption": ("[[File:A.jpg|thumb|]]", ()),
    "a section": ("[[Mill#Past|]]", ()),
    "an empty parameter before the end of a link": ("{{x|[[a|b]]}} {{y|z=|}}", ()),
    "the pipe trick": ("[[Mill (film)|]]", ("a link that ends with |]] would be rewritten: '[[Mill (film)|]]'",)),
    "a namespace's": ("[[Help:Mill|]]", ("a link that ends with |]] would be rewritten: '[[Help:Mill|]]'",)),
    "the reverse one": ("[[|Mill]]", ("a link that begins with [[| would be rewritten: '[[|Mill]]'",)),
}


@pytest.mark.parametrize(("text", "expected"), SAVED.values(), ids=SAVED)
def test_only_what_a_wiki_rewrites_on_saving_is_refused(text, expected):
    assert expected == edits.rewritten(text)




TAKEN = {
    "all that are given": (("Text", "autor", "1"), ""),
    "not one of them": (("Text",), "does not take these parameters, so that what they say is not shown there: Quote: author."),
    "nobody knows": ((), ""),
}


@pytest.mark.parametrize(("takes", "says"), TAKEN.values(), ids=TAKEN)
def test_a_parameter_that_the_template_there_does_not_take_is_told(takes, says):
    quote = replace(SISTER.templates["Quote"], takes=takes, wanted=())

    remarks = written("{{Quote|text=a|author=Ann|empty=}}", replace(SISTER, templates={"Quote": quote}))[1]

    assert says in remarks
    assert bool(says) == ("does not take" in remarks)


def test_a_parameter_that_the_source_template_does_not_take_either_is_not_told():
    quote = Template("Quote", "Vorlage:Zitat", (Parameter("text"),), takes=("text",))

    assert "does not take" not in written("{{Quote|text=a|autor=Ann}}", replace(SISTER, templates={"Quote": quote}))[1]


def test_what_a_template_takes_is_known_unless_a_module_reads_it():
    plain, module = (templates.in_source(f"{{{{#if:{{{{{{Text|}}}}}}|x}}}} {{{{{{author}}}}}} {more}") for more in ("", "{{#invoke:Zitat|f}}"))

    assert ("Text", "author") == templates.paired("Quote", "Zitat", (Parameter("text"),), plain).takes
    assert () == templates.paired("Quote", "Zitat", (Parameter("text"),), module).takes
    assert () == templates.paired("Quote", "Zitat", (Parameter("text"),), templates.in_source("{{#aufrufen: Zitat}}")).takes


def test_a_drafts_category_is_seen_though_its_sort_key_is_a_space():
    assert "[[:Category:Mills]] [[:Category:Towns|a b]]" == drafts.shown_only("[[Category:Mills| ]] [[Category:Towns|a b]]", SISTER.source)
