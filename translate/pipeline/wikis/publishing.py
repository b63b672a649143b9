"""Publishes the page of a work on a wiki: as a draft, or as the page itself; checked before, recorded, read again after.

Nothing of anyone's is overwritten: a page that is there is only replaced where its last revision is our own. What is sent is on record before it goes, so that a process that died knows what became of it.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from urllib.parse import quote

from translate.assembler import write_text
from translate.errors import EditConflict, SettingError, WikiError
from translate.pipeline import results
from translate.pipeline.wikis import conditions, drafts, merging, moves, register, showing
from translate.pipeline.wikis.drafts import Facts
from translate.pipeline.works import Folder
from translate.sites import Provenance, Site
from translate.store import Publication, Store
from translate.store.wikis import text_hash
from translate.wiki import edits, known, pages, previews, sisters, siteinfo
from translate.wiki.client import Client
from translate.wiki.edits import Edit, Saved
from translate.wiki.known import KnownWiki


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be published where: on the known wiki ``wiki``, under ``title`` ("" for the wiki's usual place for drafts).

    ``final`` is for readers, not a draft; ``any_licence`` and ``with_faults`` (drafts only) are a person's word against a refusal; ``dry_run`` does all but save.
    ``merge`` joins what people changed on our own page since with what changed here.
    ``again`` without a title means where it was published last, be that a draft or final.
    """

    wiki: str
    title: str = ""
    final: bool = False
    reviewer: str = ""
    any_licence: bool = False
    with_faults: bool = False
    dry_run: bool = False
    local_only: bool = False
    merge: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """What became of it: ``state`` is "saved", "unchanged", "merged" (with somebody's edit) or "not saved" (a dry run); ``text`` is what the page reads now."""

    title: str
    url: str
    state: str
    revision: int | None
    talk: int | None
    summary: str
    text: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where pages are published: the wiki as the user set it up, as it describes itself, and a client that is logged in there."""

    wiki: KnownWiki
    site: Site
    client: Client


@dataclass(frozen=True, slots=True)
class Ready:
    """A page that passed every check, and what it stands on: the wiki, its names, where the page came from."""

    wiki: KnownWiki
    site: Site
    came: Provenance
    title: str
    text: str
    facts: Facts
    remarks: tuple[str, ...]


def publish(folder: Folder, wish: Wish) -> Published:
    """Publish the page of the work in ``folder``.

    Raises ``SettingError`` where the work is no page of a wiki, ``WikiError`` where a check refuses, ``EditConflict`` where the page there is not ours or was changed, ``WikiRefused``, ``WikiUnreachable``.
    """
    wiki = known.find(wish.wiki)
    with register.opened(wiki, local_only=wish.local_only, login=True) as client:
        return publish_with(folder, wish, Place(wiki, siteinfo.read(client), client))


def publish_with(folder: Folder, wish: Wish, place: Place) -> Published:
    """``publish`` on a wiki that is open. Raises as that does."""
    with Store.open(folder.store) as store:
        return _publish(folder, store, wish, place)


def provenance_of(store: Store) -> Provenance:
    """Where the present version of the work's page came from. Raises ``SettingError`` where it is no page of a wiki."""
    came = store.wiki.provenance(store.version().number)
    if came is None:
        raise SettingError(
            f"{store.work.source_name} did not come from a wiki, so nobody can say whom to thank: translate the page by its address (dragoman translate https://WIKI/wiki/TITLE)."
        )
    return came


def _publish(folder: Folder, store: Store, wish: Wish, place: Place) -> Published:
    wiki, client = place.wiki, place.client
    wish = _destined(store, wish, place)
    ready = prepare(store, wish, place)
    page = pages.current(client, ready.title)
    summary = drafts.summary(wiki, ready.facts)
    saved = _recover(store, client, ready, page)
    if saved is None:
        last = moves.saved_as(store, client, wiki.name, ready.title)
        text = _joined(folder, client, ready, page, last, wish)
        if wish.dry_run:
            return Published(ready.title, _url(ready), "not saved", None, None, summary, text, ready.remarks)
        saved = send(store, client, ready, Edit(ready.title, text, summary, page.revision if page else None, wiki.tags), final=wish.final)
    talk, said = _talk(client, ready, summary)
    return _told(ready, saved, talk, summary, (*said, *_elsewhere(store, ready)))


def _destined(store: Store, wish: Wish, place: Place) -> Wish:
    """The wish with its title, where none is named and something was published before: where that page is now, for people move drafts to where readers find them."""
    last = None if wish.title else moves.newest(store, place.wiki.name, drafts=not (wish.again or wish.final))
    if last is None:
        return wish
    title = moves.called(place.client, last)
    for_readers = bool(conditions.place(title, place.site, place.wiki, final=False))
    if wish.final and not wish.again and last.kind == "draft" and not for_readers:
        return wish
    if for_readers and last.kind == "draft" and not (wish.final or wish.again):
        _refuse(f"People moved the draft to '{title}', where readers find it: --final publishes over it (nothing may be flagged then), --as TITLE makes another draft.")
    return replace(wish, title=title, final=wish.final or (wish.again and (last.kind == "final" or for_readers)))


def prepare(store: Store, wish: Wish, place: Place) -> Ready:
    """Check everything that can be checked before saving, and give the page's text. Raises as ``publish`` does."""
    wiki, site, client = place.wiki, place.site, place.client
    came = provenance_of(store)
    account = client.login.account if client.login else ""
    title = _spelt(site, wish.title or wiki.draft_prefix.replace("{user}", account) + came.title)
    facts = Facts(came, _prefix(site, came), title, results.made_with(store), wish.reviewer)
    _refuse(conditions.title(title, site))
    _refuse(conditions.place(title, site, wiki, final=wish.final))
    _refuse("" if wish.any_licence else conditions.licence(came, site, wiki), remedy="Where you have made sure that it may be published, say --any-licence.")
    now = conditions.standing(store)
    left = conditions.left_to_do(now)
    if left and wish.final:
        _refuse(f"{title} is not ready for readers.", left)
    if not sum((now.approved, now.accepted, now.flagged, now.pending)):
        raise WikiError("There are no words on this page that could be translated, so nothing is published.")
    if now.pending == sum((now.approved, now.accepted, now.flagged, now.pending)):
        raise WikiError("Nothing of this page is translated yet: run dragoman translate on it first.")
    text = drafts.page_text(showing.built_text(store), site, wiki, facts, final=wish.final)
    faults = (*conditions.structure(store), *conditions.parser(previews.preview(client, title, text), came))
    if not _takes_faults(wish):
        _refuse(*faults, remedy=_with_faults(wish))
    said = " ".join(pages.obstacles(client, title, new=pages.current(client, title) is None))
    asking = "Ask the wiki's administrators, or give another title with --as." if "protected" in said else "Ask the wiki's administrators."
    _refuse(f"{client.host} says of '{title}': {said}" if said else "", remedy=asking)
    return Ready(wiki, site, came, title, text, facts, (*((left,) if left else ()), *faults))


def _takes_faults(wish: Wish) -> bool:
    """Whether a page with faults is saved: only a draft."""
    return wish.with_faults and not wish.final


def _with_faults(wish: Wish) -> str:
    return "" if wish.final else "To save the draft all the same, say --with-faults."


def _elsewhere(store: Store, ready: Ready) -> tuple[str, ...]:
    """Sentences where a reviewer is to be named and is not, and where the work was published under other titles of the wiki too, which stay as they are."""
    others = dict.fromkeys(f"'{one.title}'" for one in store.wiki.publications() if (one.wiki, one.state) == (ready.wiki.name, "saved") and one.title != ready.title)
    unread = "{reviewer}" in f"{ready.wiki.notice}{ready.wiki.footer}{ready.wiki.talk}" and not ready.facts.reviewer
    said = ("The wiki's notice names who has read the translation, and nobody was named: --reviewer NAME.",) if unread else ()
    return (*said, f"This page was published as {', '.join(others)} too, which stays as it is; --as TITLE (and --final, where readers find it) publishes there.") if others else said


def _spelt(site: Site, title: str) -> str:
    """A title as the wiki spells it, as far as we know."""
    plain = " ".join(title.replace("_", " ").split())
    number = siteinfo.namespace_of(site, plain)
    return siteinfo.full_title(site, number, plain.partition(":")[2].strip()) if number else plain


def _refuse(*why: str, remedy: str = "") -> None:
    """Raise where any sentence says why."""
    if any(why):
        sentences = tuple(filter(None, ("Not published.", *why, remedy)))
        raise WikiError(" ".join(sentences), "refused", sentences)


def _prefix(site: Site, came: Provenance) -> str:
    """How the wiki links to the one that the page came from; "" where it cannot."""
    prefix = sisters.prefix(site, came.language)
    return prefix if prefix in site.interwiki else ""


def _joined(folder: Folder, client: Client, ready: Ready, page: pages.Page | None, last: Publication | None, wish: Wish) -> str:
    """The text to be sent: ours, or, where the wish is to merge, ours joined with what people changed on our page since.

    Raises ``EditConflict`` where the page is there and is not of our making, or is gone though we saved it, or people and we changed the same lines.
    """
    if page is None:
        if last is not None:
            raise EditConflict(f"{ready.title} was deleted on {client.host} after we had saved it: give another title with --as, or ask there why.", "deleted")
        return ready.text
    if last is None:
        raise EditConflict(
            f"{ready.title} is there already on {client.host}, and not from this work: nothing was overwritten. Give another title with --as.", "articleexists"
        )
    if edits.stored(page.text) in (edits.stored(last.text), edits.stored(ready.text)):
        return ready.text
    pull = f"dragoman wiki pull {folder.name} --as {shlex.quote(ready.title)}"
    if not wish.merge:
        raise EditConflict(
            f"{ready.title} was edited by {page.user} after we saved it: nothing was overwritten. Take their wording into the work ({pull}), or have the two joined line by line with --merge, which shows where they differ.",
            "editconflict",
        )
    merged = merging.merge(last.text, ready.text, page.text)
    if merged.clashes:
        place = folder.path / "conflict.wiki"
        write_text(place, merged.text)
        shown = " / ".join(" ".join(clash.theirs.split())[:120] for clash in merged.clashes[:3])
        raise EditConflict(
            f"{ready.title} was changed on the wiki and here in the same {'place' if len(merged.clashes) == 1 else f'{len(merged.clashes)} places'} ({shown}): nothing was overwritten. Both sides stand in {place}; "
            f"take the wiki's wording ({pull}), or write another one (dragoman correct), or settle it there.",
            "clash",
        )
    if not _takes_faults(wish):
        _refuse(*conditions.parser(previews.preview(client, ready.title, merged.text), ready.came), remedy=_with_faults(wish))
    return merged.text


def _recover(store: Store, client: Client, ready: Ready, page: pages.Page | None) -> Saved | None:
    """Where an earlier process died between sending and hearing: look whether the page holds what it sent."""
    for one in store.wiki.publications():
        if (one.wiki, one.title, one.state) != (ready.wiki.name, ready.title, "begun"):
            continue
        ours = page is not None and text_hash(edits.stored(page.text)) == one.sent and edits.by_us(client, page)
        if page is None or not ours:
            store.wiki.end(one.id, "failed", note="the process ended before the wiki answered, and the page does not hold what was sent")
            continue
        store.wiki.end(one.id, "saved", revision=page.revision, text=page.text, note="found on the page after the process had ended")
        if edits.stored(page.text) == edits.stored(ready.text):
            return Saved(page.title, page.revision, page.timestamp, page.text, recovered=True)
    return None


def send(store: Store, client: Client, ready: Ready, edit: Edit, *, final: bool) -> Saved:
    """Save with a record before and after. Raises as ``edits.save`` does; then the record says why, or stays open where nobody knows, so that the next try looks."""
    begun = Publication(
        0, "", ready.wiki.name, ready.title, "final" if final else "draft", edits.stored(ready.text), edits.stored(edit.text), edit.base, ready.came.revision
    )
    number = store.wiki.begin(begun)
    try:
        saved = edits.save(client, edit)
    except WikiError as error:
        if error.code != edits.UNHEARD:
            store.wiki.end(number, "failed", note=str(error))
        raise
    store.wiki.end(number, "saved", revision=saved.revision, text=saved.text, note="merged by the wiki" if saved.merged else "")
    client.rest(register.pause_of(ready.wiki, client))
    return saved


def _talk(client: Client, ready: Ready, summary: str) -> tuple[int | None, tuple[str, ...]]:
    """The wiki's template for translated pages on the talk page, once; gives its revision, and what went wrong (the page itself is saved by then)."""
    block = ready.facts.filled(ready.wiki.talk).strip()
    if not block:
        return None, ()
    try:
        saved = edits.append(client, talk_title(ready.site, ready.title), block, summary, tags=ready.wiki.tags)
    except WikiError as error:
        return None, (f"The page is saved, its talk page got no notice: {error}",)
    return (saved.revision if saved else None), ()


def talk_title(site: Site, title: str) -> str:
    """The talk page of a page."""
    number = siteinfo.namespace_of(site, title)
    return siteinfo.full_title(site, number + 1, title.partition(":")[2] if number else title)


def _told(ready: Ready, saved: Saved, talk: int | None, summary: str, said: tuple[str, ...]) -> Published:
    state = "merged" if saved.merged else "unchanged" if saved.unchanged else "saved"
    remarks = [*ready.remarks, *said]
    if saved.merged:
        remarks.append("The wiki joined somebody's edit with ours: look at the page.")
    if saved.recovered:
        remarks.append("The wiki's answer had got lost; the page itself shows that it was saved, once.")
    if saved.unread:
        remarks.append("The wiki saved it, but did not show it again to be compared: look at the page.")
    return Published(saved.title, _url(ready), state, saved.revision, talk, summary, saved.text, tuple(remarks))


def _url(ready: Ready) -> str:
    return ready.site.article.replace("$1", quote(ready.title.replace(" ", "_"), safe=":/,;()!*'"))
