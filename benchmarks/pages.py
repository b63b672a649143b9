"""Every page of the desk by its address: what is measured with a large work and looked at for barriers. A test holds that no route is missing."""

from __future__ import annotations

import re

PAGES: dict[str, str] = {
    "home": "/",
    "new": "/new/{new}",
    "setup": "/works/{key}/setup",
    "compare": "/works/{key}/setup/compare",
    "work": "/works/{key}",
    "chapters": "/works/{key}/chapters",
    "review": "/works/{key}/review?queue=all",
    "history": "/works/{key}/history",
    "search": "/works/{key}/search?words=e&side=source",
    "replacing": "/works/{key}/search?words=er&side=target&instead=ers&whole=1",
    "ledger": "/works/{key}/ledger",
    "line": "/works/{key}/ledger/line?source={lemma}",
    "line-new": "/works/{key}/ledger/add",
    "rules": "/works/{key}/ledger/rules",
    "rule": "/works/{key}/ledger/rules/{segment}",
    "finish": "/works/{key}/finish",
    "preview": "/works/{key}/finish/preview",
    "publish": "/works/{wiki}/publish",
    "account": "/account",
    "people": "/people",
    "join": "/join/{invitation}",
    "join-over": "/join/nothing",
    "sign-in": "/sign-in",
    "not-found": "/nothing",
}
"""Name → address. ``{key}`` is a work's with translations, ``{segment}`` a passage of it that a person changed, ``{lemma}`` a line of its ledger; ``{wiki}`` a work's that came from a wiki, ``{new}`` something that was brought, ``{invitation}`` an open one."""

PARTS: dict[str, str] = {
    "chapters-here": "/works/{key}/chapters/here",
    "models": "/works/{key}/models",
    "samples": "/works/{key}/setup/compare/samples",
    "concordance": "/works/{key}/concordance?words=e",
    "beside": "/works/{key}/passages/{segment}/beside",
    "suggestions": "/works/{key}/passages/{segment}/suggestions",
    "lesson": "/works/{key}/passages/{segment}/lesson",
    "counts": "/works/{key}/ledger/counts",
    "built": "/works/{key}/finish/built",
    "suggested": "/works/{key}/ledger/rules/suggested",
}
"""What a page asks for after it is shown."""

ELSE: dict[str, str] = {
    "/works/{key}/book": "a download",
    "/works/{key}/report": "the report, a file with a page of its own kind (tests/test_report_page.py)",
    "/works/{key}/events": "server-sent events",
    "/works/{key}/publish/preview": "what a wiki rendered",
    "/peek/{token}/{name:path}": "what is in the book",
    "/enter/{token}": "a door that only goes on",
    "/static/{name}": "our own files",
}
"""Routes that answer with no page of ours, and why."""


def covered(route: str, addresses: dict[str, str]) -> bool:
    """Whether one of the addresses is on this route."""
    pattern = re.compile("^" + re.sub(r"\\\{.*?\\\}", "[^/]+", re.escape(route)) + "$")
    return any(pattern.match(re.sub(r"\{.*?\}", "x", address.partition("?")[0])) for address in addresses.values())
