"""Strings of wikitext for the tests: fragments thrown together at random, and texts that a careless scanner never finishes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from translate.document import Runs, normal
from translate.formats.wikitext import Page

FRAGMENTS = (
    "[[", "]]", "{{", "}}", "{{{", "}}}", "|", "||", "=", "==", "===", "\n", "\n\n", "\n* ", "\n# ", "\n; ", " : ", "\n:", "\n----", "\n ", "{|", "\n{|\n", "\n|}", "\n|-\n", "\n| ", "\n! ",
    "!!", "\n|+ ", "'''", "''", "'", "'''''", "<ref>", "</ref>", '<ref name="a" />', "<nowiki>", "</nowiki>", "<nowiki/>", "<!--", "-->", "<!-- x -->", "<pre>", "</pre>", "<poem>", "</poem>",
    "<gallery>\n", "\n</gallery>", "File:A.jpg|", "[[File:A.jpg|thumb|alt=", "[[Category:", "[[fr:", "[[:fr:", "{{Quote|", "{{DEFAULTSORT:", "{{DISPLAYTITLE:", "{{#if:", "-{", "}-", "__NOTOC__", "~~~~",
    "http://example.org/x ", "[http://example.org ", "[//example.org x]", "]", "[", "&nbsp;", "&lt;", "&", "<div>", "</div>", "<b>", "</b>", "<br/>", "<span class=x>", "</span>", "<math>x|y</math>",
    "<noinclude>", "</noinclude>", "<includeonly>", "</includeonly>", "<translate>", "</translate>", "<!--T:1-->", "#REDIRECT [[A]]", "a word ", "words", "Berlin", " ", "é", "\u00a0", "\r\n", "\t", "\ufdd0",
    "text={{x}}", "{{x|text=", "<table><tr><td>", "</td></tr></table>", "<references>", "</references>", "=\n", "l'", "mailto:a@b.c", "<", ">", "{", "}", "*", "#", ";", ":", "!", "-", "~", "_", "__", "//",
)  # fmt: skip

RARE = (
    '<gallery mode="packed" caption="Views of [[Rome]]" widths=120px>\nFile:A.jpg|alt=x|A \'\'view\'\'\n', "</gallery>", "<gallery caption='x' />", '<poem style="x">', "</poem>",
    "-{zh-hans:中;zh-hant:國}-", "-{H|zh:a}-", "-{A|", "<translate>", "<translate nowrap>", "</translate>", "<!--T:1-->", "<!--T:2-->\n", "<tvar name=1>x</tvar>", "<tvar|b>y</>",
    '<tvar name="c">', "__TOC__", "__NOTOC__", "__toc__", "__ToC__", "_TOC_", "__ TOC __", "__FORCETOC__", "__HIDDENCAT__", "\r\n", "\r", "\n\r", "\x00", "\x01", "\x0b", "\x0c", "\x1f",
    "\x7f", "\x85", "\u2028", "\u2029", "\u200e", "\u200f", "\u202e", "\u061c", "\ufeff", "�", "😀", "\U0001f469\u200d\U0001f469\u200d\U0001f467", "🇩🇪", "🏽",
    "[[File:B.png|thumb|alt=An [[x]]|caption with [[link]] and {{t|x}}]]", "[[File:B.png|thumb|link=|caption <ref>n</ref>", "[[Image:x.svg|20px|alt={{t}}]]", "[[Media:x.ogg|hear]]",
    "<ref name=x/>", '<ref name=x group="n"/>', "<ref name='x y'>", "<ref follow=x>", "<ref\n>", "<ref >", "</ref >", "</REF>", "<Ref>", "{{#if:{{{1|}}}|yes|no}}",
    "{{#switch:a|b=c|#default=d}}", "{{#invoke:M|f|x=y}}", "{{#tag:ref|words|name=z}}", "{{{arg|default}}}", "{{{{{a}}}|x}}", "{{{", "}}}}", "{{{{", "<!-- x", "<!---->", "<!--->", "--",
    "-->\n", "\n;term:def", "\n;term : def: x", "\n:;a", "\n*;x:y", "\n----text", "\n-----", "\n pre line", "\n  two", "\n\t", "'''''", "''''", "''''''", "'", "''a'''b''c'''",
    "[http://x.org a b]c]", "[http://x.org\nx]", "[ http://x.org]", "[https://x.org/[[a]] b]", "[mailto:x y]", "ISBN 978-0-12-345678-9", "ISBN 0123456789", "RFC 1234", "PMID 12", "ISBN",
    "{|class=x\n", "\n{| border=1\n|+cap\n! a !! b\n|-\n| c || d\n|}\n", "\n|} tail", "\n|-class=x", "\n| style=x | y", "\n! scope=col | z", "\n||x", "\n!x!!y",
    "{{Quote|{{{!}}\n| x\n{{!}}}}}", "{{!}}", "{{=}}", "\n{{!}}-\n", "<ref>{{t|\n{|\n| [[a|b]]\n|}\n}}</ref>", "{{t|a=\n{|\n|x\n|}}}", "{{Infobox\n| caption = some words\n| x = y}}",
    "{{Quote|text=said|by=me}}", "{{Efn|a note}}", "<section begin=a />", "<section end=a/>", "{{#lst:Page|a}}", "{{:Page}}", "{{subst:x}}", "{{safesubst:#if:x}}", "<onlyinclude>",
    "</onlyinclude>", "<noinclude/>", "<includeonly/>", "<syntaxhighlight lang=py>", "</syntaxhighlight>", "<source>", "</source>", "<math>", "</math>", "<math/>", "<score>", "<nowiki>",
    "</nowiki>", "<nowiki />", "<pre>a", "</pre>", "<br>", "<br />", "</br>", "<hr>", "<p>", "</p>", "<li>", "</li>", "<ul>", "<dl><dd>", "<td>x", "<tr>", "</table>", "<h2>x</h2>",
    "<center>", "<font color=red>", "</font>", "<s>x</s>", "<b>", "</i>", "<span style='a>b'>", "<div\nclass=x>", "<a href=x>", "<script>x</script>", "<style>", "<img src=x>", "<small>",
    "</small>", "=x=", "\n=", "\n== a ==<!-- c -->\n", "\n== a == b\n", "\n======= x =======\n", "\n==<nowiki/>==\n", "\n===\n", "[[a#b]]", "[[#s]]", "[[a|]]", "[[|a]]", "[[a||b]]",
    "[[a]]b", "[[a]]é", "[[a b|c]]''d''", "[[:a]]", "[[/sub]]", "[[../]]", "[[Category:X|é]]", "[[category:x]]y", "[[de:X]]", "[[:de:X]]", "[[w:X|y]]", "[[User:x]]", "[[a\nb]]",
    "[[a|b\nc]]", "[[a[b]]", "[[a]b]]", "[[[a]]]", "[[[[", "]]]", "#redirect [[x]]\n", "#REDIRECT: [[x]]", "~~~", "~~~~~", "&#91;&#91;", "&amp;lt;", "&nbsp", "&#x3c;", "&#0;", "&bogus;",
    "&shy;", "\xad", "Words here. ", "A sentence with words, and more. ", "l'", "rock 'n' roll ", "x < y > z ", "100 % ", "«q» ", "a|b", "a=b", "1 + 1 = 2", "| ", "|", "!", "!!", "*", "\n*",
    "\n**#", "\n#:", "\n:::", "\n", "\n\n", "\n\n\n", " ", "  ", "日本語の文。", "العربية ", "Русский ", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx ", "http://x.org/a_(b).",
    "//x.org", "ftp://", "news:x", "tel:1", "xhttp://y", "DEFAULTSORT", "{{DEFAULTSORT:A, b}}", "{{DISPLAYTITLE:''x''}}", "{{PAGENAME}}", "{{lc:X}}", "{{ns:1}}", "<languages/>",
    "<references/>", "<references group=n>", "</references>", "<indicator name=x>y</indicator>", "<templatestyles src=x />", "<imagemap>\n", "</imagemap>", "<timeline>",
    "<categorytree>x</categorytree>", "⟦1⟧", "[[1]]", "[0] x", "<1>", "</1>", "{{1}}", "$1", "%1%",
)  # fmt: skip
"""What a page holds less often: attributes of galleries and poems, variants, marks of the Translate extension, damaged and unclosed things, control characters, other scripts."""

ANSWERS = (
    "|", "||", "!!", "\n|", "\n|-", "\n|}", "|}", "{|", "\n{|", "*", "\n* a", "\n# a", "\n; a : b", "\n: a", "==a==", "\n== a ==\n", "'''b'''", "''i''", "'''''", "'", "''", "'''", "<!--",
    "-->", "<!-- c -->", "{{x}}", "{{", "}}", "{{{a}}}", "{{{", "}}}", "<nowiki>", "</nowiki>", "<nowiki/>", "<ref>n</ref>", "<ref>", "</ref>", "<ref name=a/>", "[[a]]", "[[a|b]]", "[[",
    "]]", "[[Category:X]]", "[[File:A.jpg]]", "[[de:x]]", "[http://x.org a]", "http://x.org ", "[", "]", "~~~~", "{{subst:x}}", "{{!}}", "__TOC__", "__NOTOC__", "<div>", "</div>", "<br>",
    "<b>", "</b>", "<pre>", "</pre>", "<gallery>\nFile:A.jpg\n</gallery>", "</gallery>", "<poem>", "</poem>", "-{", "}-", "-{zh:a}-", "-", "----", "\n----\n", "\n", "\n\n", " ", "\n x",
    "\t", "=", "==", "|a=b", "x=y", ":", " : ", ";", "#", "#REDIRECT [[x]]", "\r\n", "\r", "\u2028", "\x00", "\x01", "\u200f", "&", "&lt;", "&#91;", "&nbsp;", "</translate>", "<translate>",
    "<!--T:9-->", "</onlyinclude>", "<includeonly>", "ISBN 0123456789", "RFC 1", "mailto:a@b.c", "//x.org", "word", "Das Wort", "ä", "😀", "l'", "d'", "_", "__", "<", "<s", "<math>",
    "</math>", "<syntaxhighlight>", "<td>", "</table>", "<tr>", "<li>", "}", "{", "{{#if:", "{{Quote|text=", "<section begin=a/>", "<tvar name=1>x</tvar>", "\ufdd0", "\ue000", "%7C",
    "&#124;",
)  # fmt: skip
"""What a model may put into its answer that would be markup where it is written as it is."""

HOSTILE = {
    "templates": "{{a|" * 8000,
    "templates, closed": "{{Quote|" * 4000 + "a" + "}}" * 4000,
    "braces": "{" * 50_000 + "}" * 50_000,
    "links": "[[" * 20_000,
    "links with labels": "[[a|" * 20_000,
    "links in links": "[[a|" * 8000 + "]]" * 8000,
    "files in files": "[[File:a|" * 5000 + "]]" * 5000,
    "brackets": "[" * 50_000 + "]" * 50_000,
    "addresses": "[http://a" * 8000,
    "addresses with spaces": "[http://a " * 8000,
    "addresses and one end": "[http://a " * 8000 + "\n]",
    "tables": "{|" * 8000,
    "tables, one a line": "{|\n" * 8000,
    "cells": "{|\n" + "|a||" * 20_000,
    "divisions": "<div>" * 8000,
    "spans": "<span>" * 8000 + "</span>" * 8000,
    "spans that cross": "<b><i>" * 5000 + "</b></i>" * 5000,
    "code": "<code>" * 10_000,
    "apostrophes": "'" * 100_000,
    "bold": "'''a" * 20_000,
    "italics and bold": "''a'''b" * 12_000,
    "five apostrophes": "'''''a" * 12_000,
    "references": "<ref>" * 20_000,
    "references, one end": "<ref>" * 16_000 + "</ref>",
    "comments": "<!--" * 20_000,
    "closed comments": "<!--a-->" * 10_000,
    "comment lines": "<!--a-->\n" * 10_000,
    "variants": "-{" * 40_000,
    "headings": "\n==a" * 20_000,
    "headings, all signs": "=" * 100_000,
    "heading lines": "== a ==\n" * 10_000,
    "lists": "*" * 100_000,
    "definitions": "; a : b\n" * 10_000,
    "terms": ";" + " a" * 50_000,
    "spaces": " " * 100_000,
    "blank lines": "\n" * 100_000,
    "entities": "&" * 100_000,
    "angles": "<" * 100_000,
    "unended tags": "<div " * 20_000,
    "unended quotes in tags": '<ref name="' * 9000,
    "end tags with spaces": "<ref>" + "</ref" + " " * 100_000,
    "switches": "__" * 50_000,
    "signatures": "~" * 100_000,
    "names of protocols": "http:" * 20_000,
    "addresses in a row": "http://a" * 12_000,
    "colons": ":" * 100_000,
    "galleries": "<gallery>\n" + "File:A.jpg|a|b|c\n" * 5000 + "</gallery>",
    "bars": "|" * 100_000,
    "files with many options": "[[File:A.jpg" + "|a" * 40_000 + "]]",
    "parameters": "{{x" + "|a=b c" * 15_000 + "}}",
    "many references": "Words.<ref>a note</ref> " * 4000,
    "many references in one passage, named": 'Word<ref name="a" />' * 5000,
    "links in one passage": "a [[b]]s " * 10_000,
    "paragraph of lines": "a line ''of'' words\n" * 5000,
    "poem": "<poem>" + "a line\n" * 14_000 + "</poem>",
    "tables in titles": "{{DISPLAYTITLE:}}<ref name=" * 4000,
    "terms in poems": "[[a b]]c<poem>\n;}}" * 5000,
    "bold rows": "'''" * 7000 + "\r" * 20_000 + "|-\n" * 7000 + "!!" * 10_000 + "[[a|" * 5000,
    "tags never ended": "<tvar|a>\n;a:<references><pre>" * 3000,
    "switch of functions": "x\n|{{#if:''{{!}}" * 5000,
    "translate": "<translate>\n" + "<!--T:1-->\nwords\n\n" * 5000 + "</translate>",
}


def soups(number: int, *, seed: int = 1, longest: int = 14, fragments: Sequence[str] = FRAGMENTS) -> Iterator[str]:
    """So many strings of fragments, always the same ones."""
    dice = random.Random(seed)
    for _ in range(number):
        yield "".join(dice.choice(fragments) for _ in range(dice.randint(1, longest)))


def answered(page: Page, dice: random.Random) -> dict[str, Runs]:
    """A hostile model's answer for each slot of a page: markup among the words, words thrown away, markers in another order."""
    return {slot.address: _answer(slot.source, dice) for slot in page.slots}


def _answer(source: Runs, dice: random.Random) -> Runs:
    runs = list(source)
    for _ in range(dice.randint(1, 3)):
        if dice.random() < 0.1:
            runs = [f"{dice.choice(ANSWERS)}Wort{dice.choice(ANSWERS)}"]
        else:
            runs.insert(dice.choice((0, len(runs), dice.randint(0, len(runs)))), dice.choice(ANSWERS))
    if dice.random() < 0.2:
        dice.shuffle(runs)
    return normal(runs)
