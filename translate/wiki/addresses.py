"""From an address that a person copies out of the browser to a wiki's api.php and the page it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qs, unquote, urljoin, urlsplit, urlunsplit

from translate.errors import WikiError
from translate.wiki.client import Client

USUAL = ("/w/api.php", "/api.php", "/wiki/api.php", "/mediawiki/api.php")
LINK = re.compile(r"<link\b[^>]*\brel=[\"']EditURI[\"'][^>]*>", re.IGNORECASE)
HREF = re.compile(r"\bhref=[\"']([^\"']+)[\"']", re.IGNORECASE)
PERMANENT = re.compile(r"[^:/]+:(?:permalink|permanentlink|permanenter link|redirect/revision|revision|diff(?:/\d+)?)/(\d+)", re.IGNORECASE)

Opener = Callable[[str], Client]
"""Gives a client for the address of an api.php."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address means: a page by its title, or one revision of a page."""

    title: str = ""
    revision: int | None = None
    page: int = 0


def is_address(source: str) -> bool:
    """Whether ``source`` is the address of something on the web rather than a file."""
    return source.lower().startswith(("http://", "https://"))


def find_api(url: str, opener: Opener) -> str:
    """The address of api.php of the wiki that ``url`` is a page of: as the page itself says, else in the usual places.

    Raises ``WikiError`` where there is no wiki or it says that its API is on another host, ``WikiUnreachable`` where nobody answers.
    """
    parts = urlsplit(url)
    if parts.path.endswith("/api.php"):
        with opener(url) as client:
            there = _bare(client.page(url)[1])  # it may have moved, to https or another path
        return there if there.endswith("/api.php") else _bare(url)
    with opener(url) as client:
        text, at = client.page(url)
        named = _named(text, at)
        if named and urlsplit(named).hostname != parts.hostname:
            raise WikiError(f"{parts.netloc} says that its API is on another host ({named}): give a page's address there.", "other-host")
    for candidate in (named,) if named else (urljoin(at, path) for path in USUAL):
        with suppress(WikiError), opener(candidate) as client:
            if "general" in client.ask(action="query", meta="siteinfo", siprop="general").get("query", {}):
                return candidate
    raise WikiError(f"{url} is no page of a MediaWiki that we can find the API of: give the wiki with 'dragoman wiki add NAME --api URL'.", "no-api")


def _bare(url: str) -> str:
    """An address without its query."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))


def _named(text: str, at: str) -> str:
    """What ``<link rel="EditURI">`` names, without its query; "" where there is none."""
    link = LINK.search(text[:200_000])
    href = HREF.search(link[0]) if link else None
    if href is None:
        return ""
    parts = urlsplit(urljoin(at, unescape(href[1])))
    return urlunsplit((parts.scheme or urlsplit(at).scheme, parts.netloc, parts.path, "", ""))


def read(url: str, article: str) -> Wanted:
    """The page that an address means on the wiki whose pages have the address ``article`` (with ``$1``).

    Raises ``WikiError`` where it means none.
    """
    parts = urlsplit(url)
    given = parse_qs(parts.query)
    title = _title(parts.path, given, article)
    found = PERMANENT.fullmatch(title)
    numbers = [said for name in ("diff", "oldid") if (said := given.get(name, [""])[0]).isdigit() and said != "0"]  # of a comparison, the later one
    if numbers and not (title and given.get("diff", [""])[0] in ("cur", "0")):
        return Wanted(title, int(numbers[0]))
    if found is not None:
        return Wanted("", int(found[1]))
    if not title:
        raise WikiError(f"{url} names no page: give the address of one, like {article.replace('$1', 'TITLE')}.", "no-title")
    return Wanted(title)


def _title(path: str, given: dict[str, list[str]], article: str) -> str:
    if "title" in given:
        return given["title"][0].replace("_", " ").strip()
    pattern = urlsplit(article)
    for before in (pattern.path.partition("$1")[0] if "$1" in pattern.path else "", "/wiki/", "/index.php/", "/w/index.php/"):
        if before and path.startswith(before):
            return unquote(path[len(before) :]).replace("_", " ").strip()
    return ""
