"""The user's wikis: added after they were asked what they are, tried before they are written to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from translate import languages
from translate.errors import WikiError, WikiRefused
from translate.sites import Site
from translate.wiki import addresses, known, pages, siteinfo
from translate.wiki.client import Client, Login
from translate.wiki.known import KnownWiki

LOCAL_PAUSE, PAUSE = 0.0, 1.0
"""Seconds between edits on this machine, and elsewhere where the wiki's file says nothing."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What was found out about a wiki: sentences on what is good, and on what is missing."""

    name: str
    good: tuple[str, ...]
    lacking: tuple[str, ...]


def opened(wiki: KnownWiki, *, local_only: bool = False, login: bool = False) -> Client:
    """A client for the wiki; with ``login`` under its account.

    Raises ``WikiError`` where it is not local and must be, or there is no password.
    """
    account = known.login(wiki) if login else None
    if login and account is None:
        raise WikiError(f"There is no login for {wiki.name}. {known.how_to_log_in(wiki)}", "no-login")
    return Client(wiki.api, login=account, contact=wiki.contact, local_only=local_only)


def add(
    name: str, *, api: str, language: str | None = None, user: str = "", contact: str = "", draft_prefix: str | None = None, local_only: bool = False
) -> tuple[KnownWiki, Path, Site]:
    """Keep a wiki, after asking it what it is; what the user wrote into its file before stays.

    Raises ``WikiError`` where it does not answer, ``SettingError`` for a wrong name or language.
    """
    found, site = _asked(api, known.login(KnownWiki(name, api, language or "en", user=user)), contact, local_only=local_only)
    tag = languages.find(language or site.language).tag
    before = known.find(name) if name in known.names() else KnownWiki(name, found, tag)
    wiki = replace(
        before, api=found, language=tag, user=user or before.user, contact=contact or before.contact, draft_prefix=draft_prefix or before.draft_prefix
    )
    return wiki, known.keep(wiki), site


def _asked(api: str, account: Login | None, contact: str, *, local_only: bool) -> tuple[str, Site]:
    """The address of the API, and what the wiki says of itself: to anyone, else to the account where only members may read. Raises as ``add`` does."""
    for login in (None, account) if account else (None,):

        def opener(url: str, login: Login | None = login) -> Client:
            return Client(url, login=login, contact=contact, local_only=local_only)

        try:
            found = addresses.find_api(api, opener)
            with opener(found) as client:
                return found, siteinfo.read(client)
        except WikiError:
            if login is account:
                raise
    raise WikiError(f"{api} was not asked.")


def settings(name: str, line: str = "", value: str | None = None) -> KnownWiki:
    """The wiki as its file has it, after ``line`` was set to ``value`` where one is given. Raises ``SettingError`` as ``known.changed`` does."""
    wiki = known.find(name)
    if value is not None:
        wiki = known.changed(wiki, line, value)
        known.keep(wiki)
    return wiki


def login_line(wiki: KnownWiki) -> str:
    """One sentence on whether there is a login."""
    return (
        f"Login: {wiki.user or 'from the environment'}, password found."
        if known.login(wiki)
        else f"No login yet, so it can only be read. {known.how_to_log_in(wiki)}"
    )


def doubts(wiki: KnownWiki, site: Site) -> tuple[str, ...]:
    """What may be a slip in how a wiki is kept, as sentences."""
    said = []
    if site.language and languages.find(site.language).code != languages.find(wiki.language).code:
        said.append(f"Note: the wiki says that it is in '{site.language}'; it is kept as '{wiki.language}', as you said.")
    others = [one.name for one in known.every() if one.api == wiki.api and one.name != wiki.name]
    if others:
        said.append(f"Note: the same wiki is kept as '{others[0]}' already; to forget one of the two: dragoman wiki remove NAME.")
    return tuple(said)


def pause_of(wiki: KnownWiki, client: Client) -> float:
    """Seconds to wait between two edits."""
    return wiki.pause if wiki.pause >= 0 else (LOCAL_PAUSE if client.local else PAUSE)


def try_out(name: str, *, local_only: bool = False) -> Tried:
    """Ask the wiki what it is, log in, and ask what the account may do. Raises ``SettingError`` for a name that is not known, ``WikiUnreachable``."""
    wiki = known.find(name)
    good: list[str] = []
    lacking: list[str] = []
    with _members_only(good, wiki), opened(wiki, local_only=local_only) as client:
        site = siteinfo.read(client)
        good.append(f"{site.name} answers: {site.generator}, language {site.language}")
        (good if site.licence else lacking).append(
            f"licence: {site.licence}" if site.licence else "the wiki does not say its licence: set 'licence' in its file"
        )
    account = known.login(wiki)
    if account is None:
        (lacking if wiki.user else good).append(f"{'no password' if wiki.user else 'it can be read; nothing can be published there without a login'}. {known.how_to_log_in(wiki)}")
        return Tried(name, tuple(good), tuple(lacking))
    try:
        with opened(wiki, local_only=local_only, login=True) as client:
            good.append(f"logged in as {account.user}{' (bot)' if 'bot' in client.rights else ''}")
            lacking += [f"{right}: {why}" for right, why in NEEDED.items() if right not in client.rights]
            lacking += pages.obstacles(client, wiki.draft_prefix.replace("{user}", account.account) + "Dragoman", new=True)
    except WikiError as error:
        lacking.append(str(error))
    return Tried(name, tuple(good), tuple(lacking))


@contextmanager
def _members_only(good: list[str], wiki: KnownWiki) -> Iterator[None]:
    """That a wiki is for its members only is no fault of it."""
    try:
        yield
    except WikiRefused as error:
        if error.code != "readapidenied":
            raise
        good.append(f"{wiki.name} answers, and lets only its members read")


NEEDED = {
    "edit": "the bot password lacks the grant 'Edit existing pages'",
    "createpage": "the bot password lacks the grant 'Create, edit, and move pages'",
}
