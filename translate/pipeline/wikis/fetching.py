"""From what a person names (an address, a title, a category, a list) to pages on disk, each with what stands for its links in the sister wiki."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from translate import languages
from translate.assembler import write_text
from translate.errors import SettingError, WikiError
from translate.formats.wikitext.localise import page_values
from translate.languages import Language
from translate.pipeline import works
from translate.pipeline.wikis.sections import Guide
from translate.sites import Provenance, Seen, Sister, Site
from translate.wiki import addresses, known, pages, previews, sisters, siteinfo
from translate.wiki.addresses import Wanted
from translate.wiki.client import Client, Patience
from translate.wiki.known import KnownWiki

SUFFIX = ".wiki"
CATEGORY = 14
UNSAFE = re.compile(r'[\\/:*?"<>|\0]+')
LISTED = re.compile(r"(?:[*#:;]+\s*(?=\[\[)|\*+\s+)?(?:\[\[:?)?([^\[\]|]+?)(?:\|[^\[\]]*)?(?:\]\].*)?")
"""A line of a list, as people copy it from a wiki's page too: ``* [[Title|words]], a remark``."""
NOTHING: Callable[[str], None] = lambda line: None  # noqa: E731


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be fetched: an address, a title (of the known wiki ``wiki``), "@FILE" for a list of either, a category with ``recurse``; ``sister`` names the known wiki it goes to.

    ``api`` and ``sister_api`` are for a page whose wikis were found before. ``patience`` is how long is waited for a wiki, where somebody waits for us.
    """

    source: str
    wiki: str = ""
    sister: str = ""
    recurse: bool = False
    local_only: bool = False
    api: str = ""
    sister_api: str = ""
    patience: Patience | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page on disk: the file, where it came from, what stands for its links in the sister; ``asked`` is the title that was asked for, where that is a redirect to the page."""

    path: Path
    provenance: Provenance
    sister: Sister
    asked: str = ""


def is_asked(source: str, wiki: str) -> bool:
    """Whether ``source`` is something of a wiki rather than a file here."""
    return bool(wiki) or addresses.is_address(source) or source.startswith("@")


class Wikis:
    """The wiki that pages come from and its sister, open for fetching; what was asked once is kept between pages.

    Raises ``WikiError`` and ``SettingError`` as its parts do.
    """

    def __init__(self, asked: Asked, target: Language, says: Callable[[str], None] = NOTHING) -> None:
        self._asked, self._target, self._says = asked, target, says
        self._stack = ExitStack()
        self._memory = sisters.Known()
        self.client: Client
        self.site: Site
        self.there: Client | None = None
        self.sister = Site(language=target.tag)
        self.known: KnownWiki | None = None
        self._guide: Guide | None = None

    def __enter__(self) -> Wikis:
        with self._stack:
            self._open()
            self._stack = self._stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    def _open(self) -> None:
        first = next(iter(_lines(self._asked.source)), "")
        if self._asked.api:
            self.client = self._at(self._asked.api)
        elif self._asked.wiki:
            self.client = self._entered(known.find(self._asked.wiki))
        elif addresses.is_address(first):
            self.client = self._at(self._api(first))
        else:
            raise SettingError(f"'{first[:80]}' is no address: say with --wiki NAME which wiki's titles these are.")
        self.site = siteinfo.read(self.client)
        self._open_sister()

    def _api(self, url: str) -> str:
        """The API of the wiki that an address belongs to: as its page says, else a known wiki's on the same host (whose pages may be for its members only)."""
        try:
            return addresses.find_api(url, self._client)
        except WikiError:
            start = "/".join(url.split("/")[:3])
            familiar = [wiki.api for wiki in known.every() if "/".join(wiki.api.split("/")[:3]) == start]
            if len(familiar) != 1:
                raise
            return familiar[0]

    def _at(self, api: str) -> Client:
        """The wiki at this address, with the user's contact where it is known."""
        wiki = known.with_api(api)
        return self._entered(wiki) if wiki else self._stack.enter_context(self._client(api))

    def _client(self, api: str) -> Client:
        return Client(api, local_only=self._asked.local_only, patience=self._asked.patience)

    def _entered(self, wiki: KnownWiki) -> Client:
        return self._stack.enter_context(Client(wiki.api, login=known.login(wiki), contact=wiki.contact, local_only=self._asked.local_only, patience=self._asked.patience))

    def _open_sister(self) -> None:
        """The sister: the one that is named, else a known one in that language that the source links to or is alone, else the one that the source links to."""
        if self._asked.sister:
            self.known = known.find(self._asked.sister)
            self.there = self._entered(self.known)
            self.sister = siteinfo.read(self.there)
            return
        try:
            api = self._asked.sister_api or self._linked()
            self.known = known.with_api(api) if api else self._only()
            if self.known is not None or api:
                self.there = self._at(self.known.api if self.known else api)
            if self.there is not None:
                self.sister = siteinfo.read(self.there)
                return
            why = "this wiki links to none"
        except WikiError as error:
            self.there, why = None, str(error)
        self._says(
            f"The sister wiki in {self._target.name} was not found ({why}), so links stay as they are: name it with --sister NAME ('dragoman wiki add')."
        )

    def _linked(self) -> str:
        """The API of the wiki that the source's language links lead to, or ""."""
        prefix = sisters.prefix(self.site, self._target.tag)
        article = siteinfo.article_of(self.client, prefix) if prefix in self.site.languages else ""
        return self._api(article.replace("$1", "")) if article else ""

    def _only(self) -> KnownWiki | None:
        there = [wiki for wiki in known.every() if languages.find(wiki.language).tag == self._target.tag and wiki.api != self.client.api]
        return there[0] if len(there) == 1 else None

    def wanted(self) -> Iterator[Wanted]:
        """Every page that was asked for, each once; a category gives its members."""
        seen: set[tuple[str, int | None]] = set()
        for line in _lines(self._asked.source):
            for wanted in self._pages(line):
                if (wanted.title, wanted.revision) not in seen:
                    seen.add((wanted.title, wanted.revision))
                    yield wanted

    def _pages(self, line: str) -> Iterator[Wanted]:
        wanted = addresses.read(line, self.site.article) if addresses.is_address(line) else Wanted(line.replace("_", " "))
        if siteinfo.namespace_of(self.site, wanted.title) != CATEGORY or wanted.revision is not None:
            yield wanted
            return
        titles = pages.members(self.client, wanted.title, recurse=self._asked.recurse)
        if not titles:
            raise WikiError(
                f"{wanted.title} on {self.client.host} has no pages{'' if self._asked.recurse else ' of its own: --recurse takes its subcategories'}."
            )
        yield from map(Wanted, titles)

    def fetch(self, wanted: Wanted, *, out: Path, name: str = "") -> Fetched:
        """Fetch a page, put it into the folder of its work under ``out`` (as the file ``name``, else as the page is called), and learn what stands for its links. Raises ``WikiError``."""
        page = pages.follow(self.client, wanted.page, wanted.title) if wanted.revision is None else pages.fetch_revision(self.client, wanted.revision)
        named = sisters.named(self.client, page.title, page.text)
        named = replace(named, links=(*named.links, page.title))
        found = self._sister_of(named)
        if values := page_values(page.text, found):
            found = self._sister_of(replace(named, links=(*named.links, *values)))
        found = self._guided(page.text, found, (*named.links[:-1], *values), out)
        file = Path(name or file_name(page.title))
        path = works.folder_for(file, self._target, out).path / file
        write_text(path, page.text)
        return Fetched(path, self._provenance(page), replace(self._as_wished(found), page=page.title), page.asked)

    def _sister_of(self, named: sisters.Named) -> Sister:
        treatment = self.known.templates if self.known else None
        return sisters.sister((self.client, self.site), (self.there, self.sister), named, treatment=treatment, known=self._memory)

    def _guided(self, text: str, found: Sister, links: Iterable[str], out: Path) -> Sister:
        """The sister with what no language link says: pages that are our own translations, and what the sections of other pages are called there. Raises ``WikiUnreachable``."""
        if self.there is None:
            return found
        if self._guide is None:
            self._guide = Guide(self.client, self.there, lambda title: works.folder_for(Path(file_name(title)), self._target, out))
        ours = self._guide.published(title for title in links if title not in found.titles)
        there = pages.existing(self.there, ours.values())
        titles = {title: there[one] for title, one in ours.items() if one in there}
        return self._guide.led(text, replace(found, titles={**found.titles, **titles}))

    def _as_wished(self, sister: Sister) -> Sister:
        """The sister with the user's own map of categories, and what is to become of what is not there."""
        if self.known is None:
            return sister
        mine, theirs = (siteinfo.full_title(site, CATEGORY, "") for site in (self.site, self.sister))
        own = {f"{mine}{old}": f"{theirs}{new}" for old, new in self.known.categories.items()}
        return replace(sister, titles={**sister.titles, **own}, choices=known.choices(self.known))

    def _provenance(self, page: pages.Page) -> Provenance:
        seen = previews.preview(self.client, page.title, page.text)
        source = known.with_api(self.client.api)
        return Provenance(
            api=self.client.api,
            title=page.title,
            revision=page.revision,
            timestamp=page.timestamp,
            url=revision_url(self.site.article, page.title, page.revision),
            page=page.id,
            sha1=page.sha1,
            wiki=self.site.name,
            language=self.site.language,
            licence=(source.licence if source else "") or self.site.licence,
            licence_url=self.site.licence_url,
            seen=Seen(len(seen.errors), seen.missing_templates, seen.references),
        )


def revision_url(article: str, title: str, revision: int) -> str:
    """The address of one revision of a page."""
    there = article.replace("$1", quote(title.replace(" ", "_"), safe=":/,;()!*'"))
    return f"{there}{'&' if '?' in there else '?'}oldid={revision}"


def file_name(title: str) -> str:
    """A title as a file's name."""
    plain = UNSAFE.sub("-", title).strip(". ")
    return (plain.encode("utf-8")[:180].decode("utf-8", "ignore") or "page") + SUFFIX


def _lines(source: str) -> list[str]:
    """What is asked for, one by one. Raises ``SettingError`` where a list cannot be read or is empty."""
    if not source.startswith("@"):
        return [source]
    path = Path(source[1:])
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"The list {path} cannot be read ({error}): give a text file with one title or address a line.") from error
    lines = [LISTED.sub(r"\1", line.strip()) for line in text.splitlines()]
    found = [line for line in lines if line and not line.startswith("#")]
    if not found:
        raise SettingError(f"The list {path} is empty: give a text file with one title or address a line.")
    return found
