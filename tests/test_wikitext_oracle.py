"""The scanner of wikitext against MediaWiki's own preprocessor, on the hard samples and on strings of fragments."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Mapping
from html import unescape
from xml.etree import ElementTree

import pytest

from tests import mediawiki
from tests.test_wikitext import PAGES
from tests.wikitext_pages import cases, read
from tests.wikitext_strings import soups
from translate.document import Marker, normal
from translate.formats.wikitext.scanner import every, scan

TAGS = frozenset({"nowiki", "pre", "gallery", "indicator", "langconvert", "ref", "references", "poem", "templatedata"})
SORTS = {"template": "template", "tplarg": "argument", "ext": "extension", "comment": "comment"}
DIFFERENT = {ord("\ufdd0"): None, ord("\r"): None, ord("\u00a0"): " "}
"""Characters that MediaWiki replaces before it reads."""


def theirs(wiki: mediawiki.Wiki, text: str) -> Counter[str]:
    """What MediaWiki finds: templates, arguments, elements by name, comments, headings by level."""
    tree = wiki.ask(action="expandtemplates", prop="parsetree", text=text, title="X")["expandtemplates"]["parsetree"]
    found: Counter[str] = Counter()
    for node in ElementTree.fromstring(tree).iter():
        if node.tag == "ext":
            found[f"extension {(node.findtext('name') or '').lower()}"] += 1
        elif node.tag in SORTS:
            found[SORTS[node.tag]] += 1
        elif node.tag == "h":
            found[f"heading {node.get('level')}"] += 1
    return found


def ours(text: str) -> Counter[str]:
    """What we find."""
    found = scan(text, tags=TAGS)
    names = (f"extension {node.name}" if node.sort == "extension" else node.sort for node in every(found.nodes) if node.sort in SORTS.values())
    return Counter([*names, *(f"heading {heading.level}" for heading in found.headings.values())])


@pytest.mark.slow
def test_the_scanner_finds_what_mediawiki_finds(wikis: Mapping[str, mediawiki.Wiki]) -> None:
    texts = [*(text for _, text, _ in cases()), *(clean for text in soups(400, seed=11) if (clean := text.translate(DIFFERENT)).strip())]

    assert [] == [text for text in texts if theirs(wikis["en"], text) != ours(text)]


TYPED = ("*", "=", "x|", "l'", "{{", "]]", "<b>x", "~~~~", "[[a]]", "----", ": a : b", "''", "|-", "|}", "!!", "http://e.org", "__TOC__")
ENDS = ("", "'", "]", "=", "}}", "|")


def shown_by(wiki: mediawiki.Wiki, text: str) -> tuple[Counter[str], str]:
    """What MediaWiki makes of a page: its elements by name (but ``span``, which it puts where it likes), and its words without white space."""
    html = wiki.ask(action="parse", text=text, title="X", contentmodel="wikitext", prop="text", disablelimitreport="1")["parse"]["text"]
    html = re.sub(r"<!--.*?-->|<style.*?</style>", "", html, flags=re.DOTALL)
    elements = Counter(name for name in re.findall(r"<([a-z0-9]+)", html) if name != "span")
    return elements, "".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


@pytest.mark.slow
def test_mediawiki_shows_what_was_typed_as_words_in_the_same_elements(wikis: Mapping[str, mediawiki.Wiki]) -> None:
    dice = random.Random(5)
    hidden = ("{{", "thumb", "Category", "gallery", "references")  # words that MediaWiki shows nowhere, or only in an attribute

    def typed(run: str | Marker) -> str | Marker:
        if not isinstance(run, str) or not run.strip():
            return run
        return run[:1].strip(run.strip()[:1]) + dice.choice(TYPED) + run.strip() + dice.choice(ENDS) + run[-1:].strip(run.strip()[-1:])

    for text in (*(text for _, text, _ in cases()), *dice.sample(PAGES, 60)):
        page = read(text)
        targets = {slot.address: normal(typed(run) for run in slot.source) for slot in page.slots}

        before, _ = shown_by(wikis["en"], text)
        after, words = shown_by(wikis["en"], page.splice(targets))

        assert before == after, text
        said = ["".join(run.split()) for target in targets.values() for run in target if isinstance(run, str)]
        if not any(sign in text for sign in hidden):
            assert [] == [run for run in said if run not in words], text
