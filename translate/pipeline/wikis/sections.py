"""What other pages, and their sections, are called in the sister wiki where language links do not say it: by our own translations of them, and by the sections' places on both pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from translate.document import Kind, plain
from translate.errors import StoreError
from translate.formats.wikitext.masks import TITLE
from translate.formats.wikitext.names import names
from translate.formats.wikitext.page import walk
from translate.formats.wikitext.sections import leads, numbered, one_line
from translate.pipeline.wikis.showing import built_text
from translate.pipeline.works import Folder
from translate.sites import Sister, Site
from translate.store import Store
from translate.wiki import known, sections
from translate.wiki.client import Client

MOST = 50
"""Of so many other pages the sections are asked for, for one page."""
Finder = Callable[[str], Folder]


@dataclass(slots=True)
class Guide:
    """The two wikis and the works that lie with the page's own (``folder`` says where one would lie); what was asked once is kept."""

    source: Client
    target: Client
    folder: Finder
    _asked: dict[tuple[str, str], tuple[sections.Section, ...]] = field(default_factory=dict)

    def published(self, titles: Iterable[str]) -> dict[str, str]:
        """Of these titles of the source wiki, those whose translation is a final page of ours in the sister wiki → where we saved it."""
        found = {}
        for title in titles:
            with suppress(StoreError):
                store = self._ours(title)
                if store is not None:
                    with store:
                        final = [one.title for one in store.wiki.publications() if one.state == "saved" and one.kind == "final" and self._is_there(one.wiki)]
                    if final:
                        found[title] = final[-1]
        return found

    def _is_there(self, wiki: str) -> bool:
        return wiki in known.names() and known.find(wiki).api == self.target.api

    def _ours(self, title: str) -> Store | None:
        """Our work on a page of the source wiki, open to be read; None where there is none. Raises ``StoreError``."""
        folder = self.folder(title)
        if not folder.store.is_file():
            return None
        store = Store.open(folder.store, readonly=True)
        came = store.wiki.provenance(store.version().number)
        if came is not None and (came.title, came.api) == (title, self.source.api):
            return store
        store.close()
        return None

    def led(self, text: str, sister: Sister) -> Sister:
        """The sister with the sections of other pages that ``text`` leads to. Raises ``WikiUnreachable``."""
        wanted: dict[str, set[str]] = {}
        for title, section in leads(text, names(sister.source)):
            if title in sister.titles and (len(wanted) < MOST or title in wanted):
                wanted.setdefault(title, set()).add(section)
        titles: dict[str, str] = {}
        placed: set[str] = set()
        for title, those in wanted.items():
            there = sister.titles[title]
            own, place = self._pairs(title, there, sister)
            for section in those & (own.keys() | place.keys()):
                titles[f"{title}#{section}"] = f"{there}#{own.get(section) or place[section]}"
                if section not in own:
                    placed.add(titles[f"{title}#{section}"])
        return replace(sister, titles={**sister.titles, **titles}, placed=frozenset(placed))

    def _pairs(self, title: str, there: str, sister: Sister) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """What the sections of a page are called on the page on it there: as our translation of it has them, and by their place."""
        theirs = self._sections(self.target, there)
        found = {one.name for one in theirs}
        own = {ours: name for ours, name in self._own(title, sister).items() if name in found}
        place = sections.by_place(self._sections(self.source, title), theirs)
        return own, {ours: name for ours, name in place.items() if TITLE.fullmatch(name)}

    def _sections(self, client: Client, title: str) -> tuple[sections.Section, ...]:
        at = client.api, title
        if at not in self._asked:
            self._asked[at] = sections.of_page(client, title)
        return self._asked[at]

    def _own(self, title: str, sister: Sister) -> dict[str, str]:
        """Headings of our own work on a page, and what they are called in it now; none where there is no such work, or it cannot be read."""
        with suppress(StoreError):
            store = self._ours(title)
            if store is not None:
                with store:
                    before, after = store.source().decode("utf-8", "replace"), built_text(store)
                ours, theirs = headings(before, sister.source), headings(after, sister.target)
                if len(ours) == len(theirs):
                    return dict(zip(ours, theirs, strict=True))
        return {}


def headings(text: str, site: Site) -> tuple[str, ...]:
    """The names that links lead to the headings of a page's own text by, in its order."""
    return numbered(one_line(plain(place.runs, atoms=True)) for place in walk(text, site).places if place.kind is Kind.HEADING)
