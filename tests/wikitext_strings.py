"""Strings of wikitext for the tests: fragments thrown together at random, and texts that a careless scanner never finishes."""

from __future__ import annotations

import random
from collections.abc import Iterator

FRAGMENTS = (
    "[[", "]]", "{{", "}}", "{{{", "}}}", "|", "||", "=", "==", "===", "\n", "\n\n", "\n* ", "\n# ", "\n; ", " : ", "\n:", "\n----", "\n ", "{|", "\n{|\n", "\n|}", "\n|-\n", "\n| ", "\n! ",
    "!!", "\n|+ ", "'''", "''", "'", "'''''", "<ref>", "</ref>", '<ref name="a" />', "<nowiki>", "</nowiki>", "<nowiki/>", "<!--", "-->", "<!-- x -->", "<pre>", "</pre>", "<poem>", "</poem>",
    "<gallery>\n", "\n</gallery>", "File:A.jpg|", "[[File:A.jpg|thumb|alt=", "[[Category:", "[[fr:", "[[:fr:", "{{Quote|", "{{DEFAULTSORT:", "{{DISPLAYTITLE:", "{{#if:", "-{", "}-", "__NOTOC__", "~~~~",
    "http://example.org/x ", "[http://example.org ", "[//example.org x]", "]", "[", "&nbsp;", "&lt;", "&", "<div>", "</div>", "<b>", "</b>", "<br/>", "<span class=x>", "</span>", "<math>x|y</math>",
    "<noinclude>", "</noinclude>", "<includeonly>", "</includeonly>", "<translate>", "</translate>", "<!--T:1-->", "#REDIRECT [[A]]", "a word ", "words", "Berlin", " ", "é", "\u00a0", "\r\n", "\t", "\ufdd0",
    "text={{x}}", "{{x|text=", "<table><tr><td>", "</td></tr></table>", "<references>", "</references>", "=\n", "l'", "mailto:a@b.c", "<", ">", "{", "}", "*", "#", ";", ":", "!", "-", "~", "_", "__", "//",
)  # fmt: skip

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
    "translate": "<translate>\n" + "<!--T:1-->\nwords\n\n" * 5000 + "</translate>",
}


def soups(number: int, *, seed: int = 1, longest: int = 14) -> Iterator[str]:
    """So many strings of fragments, always the same ones."""
    dice = random.Random(seed)
    for _ in range(number):
        yield "".join(dice.choice(FRAGMENTS) for _ in range(dice.randint(1, longest)))
