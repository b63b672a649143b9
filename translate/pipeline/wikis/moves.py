"""Follows a page of ours that people moved: the revision that we saved stays the page's, whatever that is called."""

from __future__ import annotations

from translate.store import Publication, Store
from translate.wiki import pages
from translate.wiki.client import Client


def called(client: Client, one: Publication) -> str:
    """What the page that we saved is called now; its old title where nobody can say. Raises as the client does."""
    return (pages.holding(client, one.revision) if one.revision else "") or one.title


def newest(store: Store, wiki: str, *, drafts: bool = False, title: str = "") -> Publication | None:
    """What we saved last on a known wiki ("" for any), under a title ("" for any), or the last of the drafts; None where there is none."""
    saved = (one for one in reversed(store.wiki.publications()) if one.state == "saved" and wiki in ("", one.wiki) and title in ("", one.title))
    return next((one for one in saved if one.kind == "draft" or not drafts), None)


def saved_as(store: Store, client: Client, wiki: str, title: str) -> Publication | None:
    """What we saved last as the page of this title: under the title itself, else under another, from which people moved it here; None where there is nothing. Raises as the client does."""
    last = {one.title: one for one in store.wiki.publications() if (one.wiki, one.state) == (wiki, "saved")}
    return last.get(title) or next((one for one in last.values() if called(client, one) == title), None)
