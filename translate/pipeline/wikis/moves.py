"""Follows a page of ours that people moved: the revision that we saved stays the page's, whatever that is called."""

from __future__ import annotations

from translate.store import Publication, Store
from translate.wiki import pages
from translate.wiki.client import Client


def called(client: Client, one: Publication) -> str:
    """What the page that we saved is called now; its old title where nobody can say. Raises as the client does."""
    return (pages.holding(client, one.revision) if one.revision else "") or one.title


def newest(store: Store, wiki: str, *, drafts: bool = False) -> Publication | None:
    """What we saved last on a known wiki ("" for any), or the last of the drafts; None where there is none."""
    return next((one for one in reversed(store.wiki.publications()) if one.state == "saved" and wiki in ("", one.wiki) and (one.kind == "draft" or not drafts)), None)


def arrived(store: Store, client: Client, wiki: str, title: str) -> Publication | None:
    """What we saved last under another title of the wiki, where that page was moved to this one; else None. Raises as the client does."""
    last = newest(store, wiki)
    return last if last is not None and called(client, last) == title else None
