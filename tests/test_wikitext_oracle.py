"""The scanner of wikitext against MediaWiki's own preprocessor, on the hard samples and on strings of fragments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from xml.etree import ElementTree

import pytest

from tests import mediawiki
from tests.wikitext_pages import cases
from tests.wikitext_strings import soups
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
