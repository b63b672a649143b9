"""Thirty pages with everything a wiki has, translated and published on the sister wiki: what its own parser finds there is what it found in the source."""

from collections import Counter

import pytest

from benchmarks import wikis as counting
from tests.wiki_home import settle

pytestmark = [pytest.mark.mediawiki, pytest.mark.timeout(900)]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch, wikis):
    """A home of the test's own."""
    return settle(tmp_path, monkeypatch, wikis, passwords=("de",))


def test_every_page_of_both_wikis_comes_back_byte_for_byte(wikis):
    number, changed = counting.changed_by_echo(wikis.values())

    assert () == changed
    assert number >= 14


@pytest.mark.slow
def test_thirty_pages_lose_and_invent_nothing_and_their_links_lead_where_there_is_a_page(wikis):
    found = counting.compare(wikis, counting.published(wikis, 30))

    assert {} == found.wrong
    assert [] == [row.name for row in counting.rows((1, ()), found, 30) if not row.reached]


def test_what_is_lost_or_invented_is_counted(wikis):
    wikis["en"].edit("Set counted", "[[Lighthouse]] {{Small|x}} <ref>A</ref>\n\n{|\n| a || b\n|}\n\n[[Category:Buildings]]")
    wikis["de"].edit("Gezählt", "{{Zitat|x}} <ref>A</ref> <ref>B</ref>\n\n{|\n| a\n|}\n\n{{Gibt es nicht}}\n\n[[Kategorie:Bauwerk]]")

    found = counting.compare(wikis, {"Set counted": "Gezählt"})

    assert Counter(templates=1, cells=1) == Counter({sort: found.lost[sort] for sort in ("templates", "cells", "references", "categories")}) - Counter()
    assert (2, 1, 0, 0) == tuple(found.invented[sort] for sort in ("templates", "references", "cells", "categories"))
    assert (1, 0, 1) == (found.links, found.there, found.errors)
