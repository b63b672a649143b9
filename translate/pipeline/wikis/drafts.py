"""The text of a page as it is saved: a draft is in no category, the final page is; notices are put where the wiki wants them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from translate.document import excerpt
from translate.sites import Provenance, Site
from translate.wiki import siteinfo
from translate.wiki.edits import unshielded
from translate.wiki.known import SUMMARY, KnownWiki

CATEGORY = 14
LINK = re.compile(r"\[\[[\s_]{0,20}([^\[\]|:#\s](?:[^\[\]|:#\n]{0,59}))(?<!\s)\s{0,20}:(?=[^\[\]]{0,1000}\]\])")
LONGEST_SUMMARY = 490
"""MediaWiki cuts a summary at 500 characters."""

BLANK = re.compile(r"(\[\[:[^\[\]|:\n]{1,60}:[^\[\]|\n]{1,250})\|\s{1,20}\]\]")
"""A link to a category whose sort key is a space: it would show nothing."""

UNKNOWN = "—"
"""What stands where nobody has said it, in any language."""
MADE = {"": "Translated with Dragoman from", "de": "Mit Dragoman übersetzt aus", "es": "Traducido con Dragoman de", "fr": "Traduit avec Dragoman depuis"}
"""How the edit summary begins where the wiki's file says nothing of it, by the wiki's language."""
FROM = SUMMARY.removeprefix(f"{MADE['']} ")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the wiki's texts may name of a translation."""

    provenance: Provenance
    prefix: str
    target: str
    model: str
    reviewer: str
    date: str = ""

    def filled(self, text: str) -> str:
        """``text`` with every ``{name}`` replaced; braces that are wikitext's stay."""
        came = self.provenance
        values: Mapping[str, str] = {
            "title": came.title,
            "source": came.title,
            "prefix": self.prefix,
            "revision": str(came.revision),
            "timestamp": came.timestamp,
            "date": self.date or datetime.now(UTC).strftime("%Y-%m-%d"),
            "url": came.url,
            "licence": came.licence or UNKNOWN,
            "wiki": came.wiki,
            "model": self.model or UNKNOWN,
            "reviewer": self.reviewer or UNKNOWN,
            "target": self.target,
        }
        return re.sub(r"\{(" + "|".join(values) + r")\}", lambda found: _plain(values[found[1]]), text)


def _plain(value: str) -> str:
    """A value that cannot become wikitext of its own."""
    return " ".join(re.sub(r"[\[\]{}|<>~\n]", " ", value).split())


def summary(wiki: KnownWiki, facts: Facts) -> str:
    """The edit summary, with the source page and revision, at most as long as MediaWiki keeps."""
    made = MADE.get(wiki.language.partition("-")[0], MADE[""])
    own = wiki.summary.replace(SUMMARY, f"{made} {FROM}")
    return excerpt(facts.filled(own if facts.prefix else f"{made} {{url}} ({{title}}, {{licence}})"), LONGEST_SUMMARY)


def page_text(text: str, site: Site, wiki: KnownWiki, facts: Facts, *, final: bool) -> str:
    """The page as it is to be saved: with the notice before and the footer after it, where the wiki has them; a draft's categories and language links are only shown."""
    parts = (facts.filled(wiki.notice).strip(), text.strip(), facts.filled(wiki.footer).strip())
    whole = "\n\n".join(part for part in parts if part)
    return whole if final else shown_only(whole, site)


def shown_only(text: str, site: Site) -> str:
    """The text with a colon before every category and language link, so that the page is in none (ContentTranslation wraps them in nowiki; a colon leaves them to be clicked)."""
    return "".join(_with_colons(piece, site) if looked else piece for piece, looked in unshielded(text))


def _with_colons(text: str, site: Site) -> str:
    def colon(found: re.Match[str]) -> str:
        name = found[1].strip().replace("_", " ")
        told = siteinfo.namespace_of(site, f"{name}:x") == CATEGORY or name.casefold() == "category" or name.lower() in site.languages
        return f"[[:{found[0][2:].lstrip()}" if told else found[0]

    return BLANK.sub(r"\1]]", LINK.sub(colon, text))
