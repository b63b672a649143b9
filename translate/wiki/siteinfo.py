"""Reads what a wiki calls things: ``meta=siteinfo`` into a ``Site``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from translate.errors import WikiError
from translate.sites import MagicWord, Namespace, Site
from translate.wiki.client import Client

ASKED = "general|namespaces|namespacealiases|magicwords|extensiontags|functionhooks|interwikimap|rightsinfo"
TRAIL = re.compile(r"/\^\((.*)\)\(\.\*\)\$/\w*", re.DOTALL)
"""The form of MediaWiki's ``linktrail`` in every language file: the letters, then the rest."""


def read(client: Client) -> Site:
    """The wiki as it describes itself. Raises ``WikiError`` as the client does."""
    query = client.ask(action="query", meta="siteinfo", siprop=ASKED).get("query", {})
    if "general" not in query:
        raise WikiError(f"{client.api} does not say what wiki it is: give the address of its api.php.", "not-api")
    general, rights = query["general"], query.get("rightsinfo", {})
    interwiki = query.get("interwikimap", ())
    return Site(
        language=str(general.get("lang", "en")),
        name=str(general.get("sitename", "")),
        api=client.api,
        article=_article(general, client),
        namespaces=_namespaces(query),
        words=tuple(MagicWord(word["name"], tuple(word["aliases"]), bool(word.get("case-sensitive"))) for word in query.get("magicwords", ())),
        extension_tags=frozenset(tag.strip("<>/ ").lower() for tag in query.get("extensiontags", ())),
        functions=frozenset(name.lower().lstrip("#") for name in query.get("functionhooks", ())),
        trail=trail(str(general.get("linktrail", ""))),
        interwiki=frozenset(str(one["prefix"]).lower() for one in interwiki),
        languages=frozenset(str(one["prefix"]).lower() for one in interwiki if "language" in one),
        licence=str(rights.get("text", "") or ""),
        licence_url=str(rights.get("url", "") or ""),
        generator=str(general.get("generator", "")),
    )


def article_of(client: Client, prefix: str) -> str:
    """The address of pages of the wiki that the interwiki ``prefix`` leads to, with ``$1`` for the title; "" where the wiki knows none."""
    query = client.ask(action="query", meta="siteinfo", siprop="interwikimap").get("query", {})
    scheme = client.api.partition("//")[0]
    for one in query.get("interwikimap", ()):
        if str(one["prefix"]).lower() == prefix.lower():
            url = str(one["url"])
            return scheme + url if url.startswith("//") else url
    return ""


def trail(rule: str) -> str:
    """MediaWiki's link trail (``/^([a-zäöüß]+)(.*)$/sDu``) as a Python expression for the letters; "" where links have none."""
    found = TRAIL.fullmatch(rule)
    if found is None:
        return ""
    pattern = re.sub(r"\\x\{([0-9a-fA-F]+)\}", lambda code: re.escape(chr(int(code[1], 16))), found[1])
    pattern = re.sub(r"\\p\{[A-Z]\w*\}", r"\\w", pattern)
    try:
        re.compile(pattern)
    except re.error:
        return ""
    return pattern


def _article(general: Mapping[str, Any], client: Client) -> str:
    server = str(general.get("server", ""))
    if server.startswith("//"):
        server = client.api.partition("//")[0] + server
    return server + str(general.get("articlepath", "/index.php?title=$1"))


def _namespaces(query: Mapping[str, Any]) -> tuple[Namespace, ...]:
    rows = query.get("namespaces", {})
    others: dict[int, list[str]] = {}
    aliases: Sequence[Mapping[str, Any]] = query.get("namespacealiases", ())
    for alias in aliases:
        others.setdefault(int(alias["id"]), []).append(str(alias["alias"]))
    found = (Namespace(int(row["id"]), str(row["name"]), str(row.get("canonical", "")), tuple(others.get(int(row["id"]), ()))) for row in rows.values())
    return tuple(sorted(found, key=lambda namespace: namespace.number))


def namespace_of(site: Site, title: str) -> int:
    """The number of the namespace that a full title is in, by its local, canonical or other names; 0 where it has none of them."""
    before, colon, _ = title.partition(":")
    wanted = before.strip().replace("_", " ").casefold()
    if not colon:
        return 0
    for namespace in site.namespaces:
        if wanted and wanted in (name.casefold() for name in (namespace.name, namespace.canonical, *namespace.aliases)):
            return namespace.number
    return 0


def full_title(site: Site, number: int, name: str) -> str:
    """A title in a namespace, with the wiki's own name for it."""
    prefix = next((namespace.name for namespace in site.namespaces if namespace.number == number), "")
    return f"{prefix}:{name}" if prefix else name
