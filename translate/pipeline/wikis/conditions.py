"""What must hold before a page is published: nothing left to do where it is final, a licence that allows it, and a page that the wiki's own parser takes as it took the source."""

from __future__ import annotations

from dataclasses import dataclass

from translate.formats.dump.source import NO_TITLE
from translate.pipeline import results
from translate.sites import Provenance, Site
from translate.store import Store
from translate.wiki import licences, siteinfo
from translate.wiki.known import KnownWiki
from translate.wiki.previews import Preview


@dataclass(frozen=True, slots=True)
class Standing:
    """How many passages are done, and how: ``approved`` by a person, ``flagged`` with something left, ``pending`` without a translation, ``outdated`` approved for another source."""

    approved: int
    accepted: int
    flagged: int
    pending: int
    outdated: int


def standing(store: Store) -> Standing:
    """Where the work stands."""
    states = tuple(store.states().values())
    count = {status: sum(1 for state in states if state.status == status) for status in ("approved", "accepted", "flagged", "pending")}
    return Standing(count["approved"], count["accepted"], count["flagged"], count["pending"], sum(1 for state in states if state.outdated))


def left_to_do(now: Standing) -> str:
    """Why the page is not ready for readers, as a sentence; "" where nothing is flagged or a person approved it."""
    left = [
        f"{number} {what}"
        for number, what in ((now.pending, "not translated"), (now.flagged, "flagged"), (now.outdated, "approved for an older source"))
        if number
    ]
    return f"Passages are left to look at: {', '.join(left)} (dragoman findings shows them, dragoman correct settles them)." if left else ""


def licence(came: Provenance, site: Site, wiki: KnownWiki) -> str:
    """Why the licences do not allow it, as a sentence; "" where they do."""
    source = licences.read(came.licence, came.licence_url)
    target = licences.read(wiki.licence) if wiki.licence else licences.read(site.licence, site.licence_url)
    return licences.obstacle(source, target, names=(came.licence, wiki.licence or site.licence))


SIGNS = "# < > [ ] { } |"
LONGEST = 255
"""Bytes of a title, its namespace apart (MediaWiki's ``MediaWikiTitleCodec``)."""


def title(name: str, site: Site) -> str:
    """Why no page can be called so, as a sentence; "" where one can."""
    rest = name.partition(":")[2].strip() if siteinfo.namespace_of(site, name) else name
    if (size := len(rest.encode())) > LONGEST:
        return f"'{name[:60]}…' is too long for a title: {size} bytes (a letter with an accent has two), and {LONGEST} are the most. Give a shorter one with --as."
    if not rest or NO_TITLE.search(rest):
        return f"'{name[:80]}' cannot be a title: it is empty, begins with ':' or a space, or has one of {SIGNS}. Give another one with --as."
    return ""


def place(title: str, site: Site, wiki: KnownWiki, *, final: bool) -> str:
    """Why a page may not be saved under this title, as a sentence; "" where it may: a draft where the wiki takes drafts, anything else only as final."""
    number = siteinfo.namespace_of(site, title)
    if not title.strip():
        return "No title: give one with --as."
    if number % 2 == 1:
        return f"'{title}' is a talk page."
    if final or number in wiki.draft_namespaces:
        return ""
    allowed = ", ".join(repr(siteinfo.full_title(site, one, "")) for one in wiki.draft_namespaces if siteinfo.full_title(site, one, ""))
    return f"'{title}' is no place for a draft: take a title in {allowed}, or --final where the page is ready for readers."


def structure(store: Store) -> tuple[str, ...]:
    """What the page has fewer or more of than its source, as sentences."""
    return tuple(one.finding.message for one in results.unlike(store) if one.finding.severity == "error")


def parser(seen: Preview, came: Provenance) -> tuple[str, ...]:
    """What the wiki's parser finds that it did not find in the source, as sentences."""
    faults: list[str] = []
    if len(seen.errors) > came.seen.errors:
        faults.append(f"The wiki's parser shows {len(seen.errors)} errors, {came.seen.errors} in the source: {'; '.join(dict.fromkeys(seen.errors))}.")
    if len(seen.missing_templates) > len(came.seen.missing):
        faults.append(f"Templates that are not there: {', '.join(seen.missing_templates)}.")
    if seen.references < came.seen.references:
        faults.append(f"The page shows {seen.references} notes, its source {came.seen.references}.")
    return tuple(faults)
