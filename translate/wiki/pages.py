"""Fetches pages of a wiki: one by title or revision, those of a category, and says what is there and what one may do."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from translate.errors import WikiError
from translate.wiki.client import Client

BATCH = 50
"""Titles in one query, for accounts without ``apihighlimits``."""
MOST_PAGES = 5000
MOST_CATEGORIES = 500
LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
"""A link in a wiki's message."""
WANTED = "ids|timestamp|content|sha1|contentmodel|user"


@dataclass(frozen=True, slots=True)
class Page:
    """One revision of a page, as the wiki gave it.

    ``title`` is the wiki's own spelling, ``asked`` what it was asked for where that is a redirect; ``revision`` its number, ``timestamp`` its time (UTC, ISO 8601).
    ``sha1`` is the wiki's own hash of the text (hexadecimal). ``latest`` is False where it is an older revision.
    """

    title: str
    namespace: int
    id: int
    revision: int
    timestamp: str
    text: str
    sha1: str = ""
    user: str = ""
    asked: str = ""
    latest: bool = True


@dataclass(frozen=True, slots=True)
class Now:
    """What a page is called now, its present revision and that one's time, and whether it only leads to another page."""

    title: str
    revision: int
    timestamp: str
    redirect: bool = False


def fetch(client: Client, title: str) -> Page:
    """The present revision of a page; a redirect is followed.

    Raises ``WikiError`` where there is no such page or it is no wikitext, else as the client does.
    """
    if "|" in title:
        raise WikiError(f"'{title}' is no title of a page: no title has a bar.", "invalidtitle")
    query = client.ask(action="query", prop="revisions", rvprop=WANTED, rvslots="main", redirects=True, titles=title).get("query", {})
    return _page(query, title, client)


def follow(client: Client, number: int, title: str) -> Page:
    """The present revision of the page with this number, whatever it is called by now; of the page with this title where there is no such number.

    Raises ``WikiError`` where it has become a redirect to another page, else as ``fetch`` does.
    """
    found = now(client, [number] if number else []).get(number)
    if found is None:
        try:
            return fetch(client, title)
        except WikiError as error:
            if error.code != "missingtitle" or not number:
                raise
            raise WikiError(f"'{title}' is gone from {client.host}: it was deleted there. Its translation stays as it is.", "gone") from error
    if found.redirect:
        there = moved(client, [found.title]).get(found.title, "another page")
        raise WikiError(f"'{title}' leads to '{there}' now, which is another page: translate that one by its address.", "merged")
    return fetch(client, found.title)


def current(client: Client, title: str) -> Page | None:
    """The present revision of exactly this page (a redirect is a page too), or None where there is none. Raises as the client does."""
    query = client.ask(action="query", prop="revisions", rvprop=WANTED, rvslots="main", titles=title).get("query", {})
    row: Mapping[str, Any] = next(iter(query.get("pages", ())), {})
    return None if "revisions" not in row else _page(query, title, client)


def fetch_revision(client: Client, revision: int) -> Page:
    """The page as it was in one revision. Raises as ``fetch`` does."""
    query = client.ask(action="query", prop="revisions|info", rvprop=WANTED, rvslots="main", revids=revision).get("query", {})
    if not query.get("pages"):
        raise WikiError(f"{client.host} has no revision {revision}: check the address.", "nosuchrevid")
    return _page(query, f"revision {revision}", client)


def _page(query: Mapping[str, Any], asked: str, client: Client) -> Page:
    rows = query.get("pages", ())
    if not rows or rows[0].get("invalid") or rows[0].get("special"):
        raise WikiError(f"'{asked}' is no title of a page on {client.host}: check its spelling.", "invalidtitle")
    row = rows[0]
    if row.get("missing") or not row.get("revisions"):
        raise WikiError(f"{client.host} has no page '{row.get('title', asked)}': check its spelling.", "missingtitle")
    revision = row["revisions"][0]
    slot = revision["slots"]["main"]
    if "content" not in slot:
        raise WikiError(f"The text of '{row['title']}' on {client.host} is hidden or lost: it cannot be translated.", "hidden")
    if slot.get("contentmodel") != "wikitext":
        raise WikiError(f"'{row['title']}' on {client.host} is no wikitext ({slot.get('contentmodel')}): it cannot be translated.", "contentmodel")
    return Page(
        title=str(row["title"]),
        namespace=int(row["ns"]),
        id=int(row.get("pageid", 0)),
        revision=int(revision["revid"]),
        timestamp=str(revision["timestamp"]),
        text=_sound(str(slot["content"])),
        sha1=str(revision.get("sha1", "")),
        user=str(revision.get("user", "")),
        asked=asked if query.get("redirects") else "",
        latest=row.get("lastrevid", revision["revid"]) == revision["revid"],
    )


def _sound(text: str) -> str:
    """The text without halves of characters, which no file can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def members(client: Client, category: str, *, recurse: bool = False, most: int = MOST_PAGES, namespaces: Sequence[int] = ()) -> tuple[str, ...]:
    """The titles of the pages in a category, in the wiki's order, each once; with ``recurse`` those of its subcategories too, however they are tied into rings.

    Without ``namespaces`` every namespace but those of files and categories counts. Raises ``WikiError`` where there are more than ``most``, else as the client does.
    """
    found: dict[str, None] = {}
    waiting, seen = deque([category]), {category}
    while waiting:
        name = waiting.popleft()
        for row in _rows(client, name):
            title, number = str(row["title"]), int(row["ns"])
            if number == 14 and recurse and title not in seen:
                seen.add(title)
                waiting.append(title)
                if len(seen) > MOST_CATEGORIES:
                    raise WikiError(f"{category} has more than {MOST_CATEGORIES} categories below it: take a smaller one.", "too-many")
            if number in namespaces or (not namespaces and number not in (6, 14)):
                found.setdefault(title)
        if len(found) > most:
            raise WikiError(f"{category} has more than {most:,} pages: take a smaller category, or a list of titles.", "too-many")
    return tuple(found)


def _rows(client: Client, category: str) -> Iterator[Mapping[str, Any]]:
    for batch in client.batches(list="categorymembers", cmtitle=category, cmlimit="max"):
        yield from batch.get("categorymembers", ())


def batched(titles: Iterable[str], size: int = BATCH) -> Iterator[tuple[str, ...]]:
    """The titles in groups that one query takes, each once."""
    left = iter(dict.fromkeys(titles))
    while group := tuple(islice(left, size)):
        yield group


def existing(client: Client, titles: Iterable[str]) -> dict[str, str]:
    """Of these titles, those that are there, as asked → the wiki's own spelling. Files of a shared store count. Raises as the client does."""
    there: dict[str, str] = {}
    for group in batched(titles):
        for query in client.batches(titles="|".join(group)):
            known = {row["title"] for row in query.get("pages", ()) if not row.get("invalid") and (not row.get("missing") or row.get("known"))}
            spelt = {row["from"]: row["to"] for row in query.get("normalized", ())}
            there.update({title: spelt.get(title, title) for title in group if spelt.get(title, title) in known})
    return there


def latest(client: Client, titles: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Title → number and time of its present revision, for those that are there, keyed as asked. Raises as the client does."""
    found: dict[str, tuple[int, str]] = {}
    for group in batched(titles):
        for query in client.batches(titles="|".join(group), prop="revisions", rvprop="ids|timestamp"):
            spelt = {row["from"]: row["to"] for row in query.get("normalized", ())}
            rows = {row["title"]: row["revisions"][0] for row in query.get("pages", ()) if row.get("revisions")}
            for title in group:
                if (row := rows.get(spelt.get(title, title))) is not None:
                    found[title] = (int(row["revid"]), str(row["timestamp"]))
    return found


def now(client: Client, numbers: Iterable[int]) -> dict[int, Now]:
    """Number of a page → what it is now, for those that are there; a page keeps its number when it is moved. Raises as the client does."""
    found: dict[int, Now] = {}
    for group in batched(str(number) for number in numbers):
        for query in client.batches(pageids="|".join(group), prop="info|revisions", rvprop="ids|timestamp"):
            for row in query.get("pages", ()):
                if row.get("revisions"):
                    revision = row["revisions"][0]
                    found[int(row["pageid"])] = Now(str(row["title"]), int(revision["revid"]), str(revision["timestamp"]), bool(row.get("redirect")))
    return found


def holding(client: Client, revision: int) -> str:
    """The title of the page that has this revision now; "" where nobody can see it any more. Raises as the client does."""
    rows = client.ask(action="query", prop="info", revids=revision).get("query", {}).get("pages", ())
    return str(rows[0]["title"]) if rows and not rows[0].get("missing") else ""


def moved(client: Client, titles: Iterable[str]) -> dict[str, str]:
    """Of these titles, those that are redirects now → where they lead. Raises as the client does."""
    found: dict[str, str] = {}
    for group in batched(titles):
        for query in client.batches(titles="|".join(group), redirects=True):
            found.update({str(row["from"]): str(row["to"]) for row in query.get("redirects", ())})
    return found


def editors(client: Client, title: str, *, since: int) -> tuple[str, ...]:
    """Who saved the revisions of a page after number ``since``, the newest first (of the last fifty). Raises as the client does."""
    query = client.ask(action="query", prop="revisions", rvprop="ids|user", rvlimit=BATCH, titles=title).get("query", {})
    row: Mapping[str, Any] = next(iter(query.get("pages", ())), {})
    return tuple(str(one.get("user", "")) for one in row.get("revisions", ()) if int(one["revid"]) > since and one.get("user"))


def obstacles(client: Client, title: str, *, new: bool) -> tuple[str, ...]:
    """Why the account that is logged in may not save this page now, as sentences of the wiki; none where it may. Raises as the client does."""
    action = "create" if new else "edit"
    query = client.ask(action="query", prop="info", intestactions=action, intestactionsdetail="full", errorformat="plaintext", titles=title).get("query", {})
    row: Mapping[str, Any] = next(iter(query.get("pages", ())), {})
    if row.get("invalid"):
        return (f"'{title}' is no title that this wiki takes: {row.get('invalidreason', '')}",)
    said = row.get("actions", {}).get(action, ())
    if not isinstance(said, list):
        return ()
    told = ((str(error.get("text", error.get("info", ""))), error.get("code", "")) for error in said)
    return tuple(f"{LINK.sub(lambda link: link[1], words)} ({code})" for words, code in told)
