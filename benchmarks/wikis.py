"""Counts what a wiki's pages lose, invent or break on their way to the sister wiki: ``python -m benchmarks.wikis [--pages N] [--write docs/benchmarks.md]``.

Two real MediaWikis on this machine (``tests.mediawiki``; Debian's ``mediawiki`` with PHP). Every page of both is written back with its own words and compared byte for byte.
Then a set of pages with everything that wikitext has is put on the English one, translated with ``pseudo`` and published on the German one; the judge is MediaWiki's own parser: its parse tree counts templates and references, its HTML cells, pictures and errors.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import chdir
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from click.testing import CliRunner

from benchmarks.measure import machine
from benchmarks.tables import Row, markdown, plain, replace_section
from tests.mediawiki import PASSWORDS, Wiki, missing, start
from translate.cli import group
from translate.formats import Edition
from translate.formats.wikitext import Wikitext

THERE = {"Lighthouse": "Leuchtturm", "Water tower": "Wasserturm"}
"""Pages of the English test wiki that have one on the German, as its language links say."""
TEMPLATES = {"Quote": "Zitat", "Infobox building": "Infobox Bauwerk", "Small": "Klein", "Cite book": "Cite book"}
CATEGORIES = {"Work at night": "Nachtarbeit", "Buildings": "Bauwerk"}
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


def page(number: int) -> str:
    """A page of ten blocks under headings, with notes and categories; the same for the same number."""
    chosen = random.Random(number).sample(BLOCKS, 10)
    parts = [f"== Part {'ABCDEFGHIJ'[place]} of it ==\n{block}" if place % 3 == 0 else block for place, block in enumerate(chosen)]
    end = "== Notes ==\n<references />\n\n{{DEFAULTSORT:Page, the}}\n[[Category:Work at night]]\n[[Category:Buildings]]"
    return "\n\n".join(["Some words about '''it''' come first.", *parts, end])


def texts(wiki: Wiki) -> Iterator[tuple[str, str]]:
    """Title and text of every page of a wiki, in all namespaces."""
    spaces = wiki.ask(action="query", meta="siteinfo", siprop="namespaces")["query"]["namespaces"]
    for number in (int(key) for key in spaces if int(key) >= 0):
        more: dict[str, str] = {}
        while True:
            said = wiki.ask(action="query", generator="allpages", gapnamespace=str(number), gaplimit="50", prop="revisions", rvprop="content", rvslots="main", **more)
            for one in said.get("query", {}).get("pages", ()):
                yield str(one["title"]), str(one["revisions"][0]["slots"]["main"]["content"])
            if "continue" not in said:
                break
            more = {name: str(value) for name, value in said["continue"].items()}


def echoed(text: str) -> bytes:
    """The page, written with every passage's own words."""
    source, out = Wikitext(text.encode(), name="a.wiki", language="en"), io.BytesIO()
    (found,) = source.documents()
    source.write(lambda _: {slot.address: slot.source for slot in found.slots}, edition=Edition("en", translated=False), out=out)
    return out.getvalue()


def changed_by_echo(wikis: Iterable[Wiki]) -> tuple[int, tuple[str, ...]]:
    """How many pages the wikis have, and the titles of those that an echo run does not give back byte for byte."""
    pages = [(title, text) for wiki in wikis for title, text in texts(wiki)]
    return len(pages), tuple(title for title, text in pages if echoed(text) != text.encode())


@dataclass(slots=True)
class Figures:
    """What was counted over all pages: of each sort how many there were, were lost, were invented; links that lead where there is a page; and what renders worse."""

    had: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    invented: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, list[str]] = field(default_factory=dict)
    links: int = 0
    there: int = 0
    errors: int = 0

    def add(self, title: str, before: Counter[tuple[str, str]], after: Counter[tuple[str, str]]) -> None:
        """Count one page."""
        self.had.update({sort: 0 for sort, _ in before})
        for (sort, _), number in before.items():
            self.had[sort] += number
        for (sort, value), number in (before - after).items():
            self.lost[sort] += number
            self.wrong.setdefault(title, []).append(f"{sort} lost: {value}")
        for (sort, value), number in (after - before).items():
            self.invented[sort] += number
            self.wrong.setdefault(title, []).append(f"{sort} invented: {value}")


def parsed(wiki: Wiki, title: str) -> dict[str, Any]:
    """What the wiki's own parser makes of a page."""
    props = "text|parsetree|templates|links|categories|images|externallinks|sections"
    return dict(wiki.ask(action="parse", page=title, prop=props, disableeditsection="1")["parse"])


def signs(said: Mapping[str, Any], names: Mapping[str, str]) -> Counter[tuple[str, str]]:
    """The parts of a page as (sort, value); ``names`` are those of the other wiki for templates and categories."""
    tree, html = ElementTree.fromstring(said["parsetree"]), re.sub(r'(?s)<div id="toc".*?</ul>\s*</div>', "", said["text"])
    called = [" ".join("".join(one.find("title").itertext()).split()) for one in tree.iter("template") if one.find("title") is not None]  # type: ignore[union-attr]
    found = [("templates", names.get(name, name)) for name in called if not re.match(r"#|[A-ZÄÖÜ]+(?::|$)", name)]
    found += [("references", "".join(one.find("attr").itertext()).strip()) for one in tree.iter("ext") if one.findtext("name") == "ref"]  # type: ignore[union-attr]
    given = [row["category"].replace("_", " ") for row in said["categories"]]
    found += [("categories", names.get(name, name)) for name in given if name in {*CATEGORIES, *CATEGORIES.values()}]  # not those in which a wiki gathers pages with red files
    found += [("files", name or other) for name, other in re.findall(r'title="(?:File|Datei):([^"]+)"|class="thumb" style="[^"]*">([^<]+)</div>', html)]
    found += [("cells", tag) for tag in re.findall(r"<(td|th)\b", html)]
    found += [("other elements", tag) for tag in re.findall(r"<(tr|table|caption|li|dt|dd|blockquote|pre|code|br|ol|ul|dl|h[2-6])\b", html)]
    found += [("addresses", address) for address in said["externallinks"]]
    return Counter(found)


def _broken(said: Mapping[str, Any]) -> int:
    return len(re.findall(r'class="[^"]*\berror\b', said["text"])) + sum(not row["exists"] for row in said["templates"])


def compare(wikis: Mapping[str, Wiki], titles: Mapping[str, str]) -> Figures:
    """Count over pages of the English wiki and what they are called on the German one."""
    out = Figures()
    for title, there in titles.items():
        before, after = parsed(wikis["en"], title), parsed(wikis["de"], there)
        out.add(title, signs(before, TEMPLATES | CATEGORIES), signs(after, {}))
        links = {row["title"] for row in after["links"]}
        wanted = [THERE[row["title"]] for row in before["links"] if row["title"] in THERE]
        out.links += len(wanted)
        out.there += sum(one in links for one in wanted)
        out.wrong.setdefault(title, []).extend(f"no link to {one}" for one in wanted if one not in links)
        worse = max(0, _broken(after) - _broken(before))
        out.errors += worse
        out.wrong[title] += [f"{worse} new errors"] if worse else []
    out.wrong = {title: said for title, said in out.wrong.items() if said}
    return out


def published(wikis: Mapping[str, Wiki], count: int) -> dict[str, str]:
    """Put the set on the English wiki, translate it with ``pseudo``, publish it on the German one; gives the titles here and there. Works in the present folder."""
    titles = {f"Set {number}": f"Satz {number}" for number in range(count)}
    for number, title in enumerate(titles):
        wikis["en"].edit(title, page(number))
    _run("wiki", "add", "de", "--api", wikis["de"].api, "--user", "Translator@tests")
    Path("list.txt").write_text("\n".join(wikis["en"].address(title) for title in titles), encoding="utf-8")
    _run("translate", "@list.txt", "--to", "de", "--model", "pseudo", "--json")
    for title, there in titles.items():
        _run("wiki", "publish", f"{title.lower().replace(' ', '-')}.de", "--wiki", "de", "--as", there, "--final", "--json")
    return titles


def _run(*arguments: str) -> None:
    result = CliRunner().invoke(group, list(arguments), standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    if result.return_value:
        raise SystemExit(f"dragoman {' '.join(arguments)} ends with {result.return_value}: {result.output[-2000:]}")


def rows(echo: tuple[int, Sequence[str]], found: Figures, count: int) -> Iterator[Row]:
    """The figures as rows."""
    number, changed = echo
    yield Row("pages of both wikis that echo gives back byte for byte", f"{number - len(changed)} of {number}", "all", "", not changed, ", ".join(changed[:5]))
    for sort in ("templates", "references", "files", "categories", "cells", "addresses", "other elements"):
        bad = found.lost[sort] + found.invented[sort]
        yield Row(f"{sort} lost, invented", f"{found.lost[sort]}, {found.invented[sort]} of {found.had[sort]}", "0, 0", "", not bad and found.had[sort] > 0)
    yield Row("links to pages that are there", f"{found.there} of {found.links}", "all", "", found.there == found.links > 0)
    note = f"{count} pages; {len(found.wrong)} of them with a fault"
    yield Row("new errors and red templates in what the wiki renders", str(found.errors), "0", "", found.errors == 0, note)


def main() -> None:
    """Measure, print a table, and put it into a page where that is wished."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=30)
    parser.add_argument("--write", type=Path, help="put the table into this file, in the place of the one there")
    asked = parser.parse_args()
    asked.write = asked.write.absolute() if asked.write else None
    if missing():
        sys.exit(missing())
    with tempfile.TemporaryDirectory(prefix="dragoman-wikis-") as name:
        folder = Path(name)
        os.environ |= {"DRAGOMAN_HOME": str(folder / "home"), "DRAGOMAN_WIKI_DE_PASSWORD": PASSWORDS["Translator"]}
        with start(folder / "wikis") as wikis, chdir(folder):
            found = compare(wikis, published(wikis, asked.pages))
            measured = list(rows(changed_by_echo(wikis.values()), found, asked.pages))
    for title, said in found.wrong.items():
        print(f"{title}: {'; '.join(said)}")
    head = f"{date.today().isoformat()}, {machine()}, MediaWiki 1.39 on loopback, {asked.pages} pages."
    print(f"{head}\n\n{plain(measured)}")
    if asked.write:
        replace_section(asked.write, "wikis", f"{head}\n\n{markdown(measured)}")
    sys.exit(any(row.reached is False for row in measured))


if __name__ == "__main__":
    main()
