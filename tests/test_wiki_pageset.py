"""Thirty pages with everything a wiki has, translated and published on the sister wiki: what its own parser finds there is what it found in the source."""

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.wiki_home import run, settle

pytestmark = [pytest.mark.mediawiki, pytest.mark.slow, pytest.mark.timeout(900)]

THERE = {"Lighthouse": "Leuchtturm", "Water tower": "Wasserturm"}
TEMPLATES = {"Quote": "Zitat", "Infobox building": "Infobox Bauwerk", "Small": "Klein", "Cite book": "Cite book"}
BLOCKS = (
    "The [[lighthouse]]s stand ''far'' from the '''[[Water tower|old tower]]''', and the [[ferryman]] knows both.",
    "{{Quote|text=Nobody sees the baker, and [[Lighthouse|the keeper]] knows why.|author=Anna Hill|year=1891}}",
    "{{Quote|1=The night is long.|2=A keeper}} It was said often.<ref name=\"k\">''The Dark Hours'', p. 12.</ref>",
    'Once more the same source.<ref name="k2" group="n">A note in a group.</ref> And again.<ref name="k2" group="n" />\n\n<references group="n" />',
    "{{Infobox building|name=The mill|kind=mill|built=1820|note=It stands ''still''.}}",
    '{| class="wikitable"\n|+ Wages of a week\n! Trade !! Shillings\n|-\n| The baker || 14\n|-\n| colspan="2" | {{Small|nobody else}}\n|}',
    "{|\n| one cell\n| another cell with [[Water tower]]\n|-\n|\n* a list in a cell\n* its second item\n|}",
    "* The first item\n** An item below it\n* The third item with {{Small|small words}}\n# One thing\n# Another thing",
    "; The term : what it means\n: An indented line\n:: A line further in",
    "<poem>\nThe lamp is low,\n  the bread is warm;\n</poem>",
    "[[File:Oven.jpg|thumb|200px|right|alt=A brick oven|The oven of the [[lighthouse]].]]",
    "<gallery>\nFile:Oven.jpg|The oven by night\nFile:Mill.jpg|The mill with [[Water tower|its tower]]\n</gallery>",
    "Read [https://example.org/night the long story] or https://example.org/plain?x=1 yourself.",
    "It is <math>a^2</math> and <nowiki>[[no link]] ''nor''</nowiki> and <code>x = 1</code>.<!-- a remark for editors -->",
    "{{#if: yes | The mill works. | Nobody works. }} The rest is silent&nbsp;… {{PAGENAME}}.",
    "<blockquote>A line of a letter.<br>And another line.</blockquote>",
    " a line that keeps  its spaces",
    "Words with {{Small|{{Small|two}} layers}} of templates, and a book.<ref>{{Cite book|title=Work and Sleep|author=J. Reed|url=http://example.org/sleep}}</ref>",
)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch, wikis):
    """A home of the test's own, in which the German wiki is known."""
    return settle(tmp_path, monkeypatch, wikis, passwords=("de",))


def page(number):
    """A page of ten blocks under headings, with notes and a category."""
    chosen = random.Random(number).sample(BLOCKS, 10)
    parts = [f"== Part {'ABCDEFGHIJ'[place]} of it ==\n{block}" if place % 3 == 0 else block for place, block in enumerate(chosen)]
    end = "== Notes ==\n<references />\n\n{{DEFAULTSORT:Page, the}}\n[[Category:Work at night]]\n[[Category:Buildings]]"
    return "\n\n".join(["Some words about '''it''' come first.", *parts, end])


def seen(wiki, title):
    """What the wiki's parser makes of a page, in numbers that do not depend on its language."""
    said = wiki.ask(action="parse", page=title, prop="text|templates|links|categories|images|externallinks|sections|parsewarnings", disableeditsection="1")[
        "parse"
    ]
    html = said["text"]
    return said, {
        "templates": len(said["templates"]),
        "missing templates": sum(not row["exists"] for row in said["templates"]),
        "links": len({row["title"] for row in said["links"] if row["ns"] == 0}),
        "categories": sum(not row.get("hidden") and row["category"] not in ("Pages_with_reference_errors",) for row in said["categories"]),
        "files": sorted(said["images"]),
        "addresses": sorted(said["externallinks"]),
        "levels": [row["level"] for row in said["sections"]],
        "errors": len(re.findall(r'class="[^"]*\berror\b', html)),
        "tags": dict(
            Counter(
                re.findall(r"<(td|th|tr|table|caption|li|dt|dd|blockquote|pre|code|br|ol|ul|dl)\b", re.sub(r'(?s)<div id="toc".*?</ul>\s*</div>', "", html))
            )
        ),
        "notes": html.count("reference-text"),
    }


def test_thirty_pages_lose_and_invent_nothing_and_their_links_lead_where_there_is_a_page(wikis):
    titles = [f"Set {number}" for number in range(30)]
    for number, title in enumerate(titles):
        wikis["en"].edit(title, page(number))
    run("wiki", "add", "de", "--api", wikis["de"].api, "--user", "Translator@tests")
    Path("list.txt").write_text("\n".join(wikis["en"].address(title) for title in titles))

    code, said = run("translate", "@list.txt", "--to", "de", "--model", "pseudo", "--json")
    assert 0 == code, said
    for title in titles:
        code, said = run("wiki", "publish", f"{title.lower().replace(' ', '-')}.de", "--wiki", "de", "--as", f"Satz {title}", "--final", "--json")
        assert 0 == code, said

    wrong = {}
    for title in titles:
        (source, before), (target, after) = seen(wikis["en"], title), seen(wikis["de"], f"Satz {title}")
        links = {row["title"] for row in target["links"]}
        lost = [there for here, there in THERE.items() if here in {row["title"] for row in source["links"]} and there not in links]
        renamed = {f"Vorlage:{TEMPLATES[row['title'].partition(':')[2]]}" for row in source["templates"]} ^ {row["title"] for row in target["templates"]}
        different = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
        if lost or renamed or different:
            wrong[title] = (lost, renamed, different)
    assert {} == wrong
