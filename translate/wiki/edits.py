"""Saves a page so that nothing of anyone's is overwritten and nothing is saved twice; what was saved is read again and compared.

Every edit names what it stands on: ``createonly`` for a new page, ``baserevid`` for one that is there. ``basetimestamp`` would not do: the wiki lets an account overwrite its own later edit (tried on 1.39).
So an edit whose answer got lost may be sent again: the second one conflicts with the first, and then the page is looked at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import md5

from translate.errors import EditConflict, WikiError, WikiRefused, WikiUnreachable
from translate.wiki import pages
from translate.wiki.client import Client
from translate.wiki.pages import Page
from translate.wiki.replies import Again

SAVES = 6
"""How often an edit is sent whose answer got lost."""

UNHEARD = "unheard"
"""The code of an edit of which nobody knows whether it was saved."""

SHIELDS = re.compile(r"<!--|<nowiki\s*>|<pre\b[^<>]*>|<(?:syntaxhighlight|source|math)\b[^<>]*>", re.IGNORECASE)
"""What begins a stretch that the wiki does not look into."""
SUBSTITUTED = (
    (re.compile(r"~~~"), "~~~ would become a signature"),
    (re.compile(r"\{\{\s*(?:safe)?subst\s*:", re.IGNORECASE), "{{subst: would be replaced for good"),
    (re.compile(r"\[\[[^\[\]{}|<>#\n]+\|\]\]"), "a link that ends with |]] would be rewritten"),
    (re.compile(r"\[\[\|[^\[\]{}|<>#\n]+\]\]"), "a link that begins with [[| would be rewritten"),
)


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be saved: a page's whole text and what it stands on. ``base`` is the revision it replaces, None for a page that is not there yet."""

    title: str
    text: str
    summary: str
    base: int | None = None
    tags: tuple[str, ...] = ()
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved: the revision, the wiki's text of it, and whether it is the text that was sent.

    ``unchanged`` is True where the page read like this before; ``merged`` where the wiki joined our text with somebody's edit, so that the page is not what was sent.
    ``recovered`` is True where the answer got lost and the page itself said that it was saved; ``unread`` where the wiki said that it was saved, but did not show it again.
    """

    title: str
    revision: int
    timestamp: str
    text: str
    unchanged: bool = False
    merged: bool = False
    recovered: bool = False
    unread: bool = False


def stored(text: str) -> str:
    """The text as MediaWiki keeps it: NFC, line feeds, no white space at the end, no NUL."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")).rstrip()


def shielded(text: str) -> Iterator[tuple[int, int]]:
    """The stretches that the wiki does not look into, in order; what is never closed is none. The time grows with the length alone."""
    at = 0
    without: set[str] = set()
    while (found := SHIELDS.search(text, at)) is not None:
        at = found.end()
        name = re.sub(r"[^!a-z].*", "", found[0][1:].lower(), flags=re.DOTALL)
        if name in without:
            continue
        end = re.compile("-->" if name == "!" else rf"</{name}\s*>", re.IGNORECASE).search(text, at)
        if end is None:
            without.add(name)
            continue
        at = end.end()
        yield found.start(), at


def unshielded(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether the wiki looks into it."""
    at = 0
    for start, end in shielded(text):
        yield text[at:start], True
        yield text[start:end], False
        at = end
    yield text[at:], True


def rewritten(text: str) -> tuple[str, ...]:
    """Why the wiki would not save this text as it stands (it replaces some things on saving, and an open comment swallows the rest); none where it would."""
    bare = " ".join(piece for piece, looked in unshielded(text) if looked)
    reasons = [f"{why}: '{_around(bare, found.start())}'" for rule, why in SUBSTITUTED if (found := rule.search(bare)) is not None]
    return (*reasons, *(("a comment that is never closed swallows the rest of the page",) if "<!--" in bare else ()))


def save(client: Client, edit: Edit) -> Saved:
    """Save, and say what was saved.

    Whatever goes wrong after an answer got lost, the page itself is asked first whether it holds the text.
    Raises ``EditConflict`` where the page is not as ``base`` says, ``WikiRefused`` where the account may not, ``WikiUnreachable`` where patience ended, or, with the code ``UNHEARD``, where nobody knows; ``WikiError`` for a text that the wiki would rewrite.
    """
    reasons = rewritten(edit.text)
    if reasons:
        raise WikiError(f"{edit.title} is not saved, since {'; '.join(reasons)}. Correct the passage.", "rewritten")
    lost: Again | None = None
    for number in range(SAVES):
        try:
            answer = client.write(**_parameters(client, edit))["edit"]
        except Again as error:
            lost = error
            client.pause(number, error.seconds)
            continue
        except WikiError as error:
            if lost is None:
                raise
            return _looked(client, edit, error)
        return _read_again(client, edit, answer)
    meant = lost.meant if lost else WikiUnreachable(client.host)
    return _looked(client, edit, WikiUnreachable(f"{edit.title} could not be saved: {meant}", meant.code))


def append(client: Client, title: str, block: str, summary: str, *, tags: Sequence[str] = ()) -> Saved | None:
    """Put ``block`` at the end of a page (a talk page), once: None where it stands there already. Raises as ``save`` does; an edit that somebody makes meanwhile is read and kept."""
    for number in range(SAVES):
        page = pages.current(client, title)
        text = page.text if page else ""
        if block.strip() in stored(text):
            return None
        joined = f"{text.rstrip()}\n\n{block.strip()}" if text.strip() else block.strip()
        try:
            return save(client, Edit(title, joined, summary, page.revision if page else None, tuple(tags)))
        except EditConflict:
            if number == SAVES - 1:
                raise
    return None


def _parameters(client: Client, edit: Edit) -> dict[str, str | int | bool]:
    text = stored(edit.text)  # the wiki takes the md5 after it has normalised the text
    given: dict[str, str | int | bool] = {
        "action": "edit",
        "title": edit.title,
        "text": text,
        "summary": edit.summary,
        "md5": md5(text.encode("utf-8"), usedforsecurity=False).hexdigest(),
        "watchlist": "nochange",
        "bot": "bot" in client.rights,
        "minor": edit.minor,
    }
    if edit.tags:
        given["tags"] = "|".join(edit.tags)
    if edit.base is None:
        given["createonly"] = True
    else:
        given |= {"baserevid": edit.base, "nocreate": True}
    return given


def _read_again(client: Client, edit: Edit, answer: dict[str, object]) -> Saved:
    if "captcha" in answer:
        raise WikiRefused(
            f"The wiki asks for a captcha before it saves {edit.title}, which only a person can answer: ask there for an account that may leave it out (a bot's, or an older one).",
            "captcha",
        )
    if answer.get("result") != "Success":
        detail = ", ".join(f"{name}: {value}" for name, value in answer.items() if name != "result")
        raise WikiError(f"The wiki did not save {edit.title}: {detail[:300]}.", str(answer.get("code", "failure")))
    if answer.get("nochange"):
        page = pages.current(client, edit.title)
        if page is None:
            raise EditConflict(f"{edit.title} is gone.", "missingtitle")
        return Saved(page.title, page.revision, page.timestamp, page.text, unchanged=True, merged=stored(page.text) != stored(edit.text))
    revision = int(str(answer["newrevid"]))
    try:
        return _saved(pages.fetch_revision(client, revision), edit)
    except WikiError:  # it is saved, whatever became of the question
        return Saved(edit.title, revision, str(answer.get("newtimestamp", "")), stored(edit.text), unread=True)


def _looked(client: Client, edit: Edit, error: WikiError) -> Saved:
    """What the page itself says of an edit whose answer got lost. Raises ``error`` where it does not hold it, ``WikiUnreachable`` (``UNHEARD``) where it cannot be read."""
    try:
        found = _ours(client, edit)
    except WikiUnreachable as silent:
        raise WikiUnreachable(f"Nobody knows whether {edit.title} was saved: {client.host} answered neither the edit nor what became of it. Run the same command again, it looks first.", UNHEARD) from silent
    if found is None:
        raise error
    return found


def by_us(client: Client, page: Page) -> bool:
    """Whether the page's revision is of the account that we are logged in with."""
    return client.login is None or page.user.casefold() == client.login.account.casefold().replace("_", " ")


def _ours(client: Client, edit: Edit) -> Saved | None:
    """The revision that an edit made whose answer got lost, or None where the page does not hold it."""
    page = pages.current(client, edit.title)
    if page is None or page.revision == edit.base or stored(page.text) != stored(edit.text):
        return None
    return _saved(page, edit, recovered=True) if by_us(client, page) else None


def _saved(page: Page, edit: Edit, *, recovered: bool = False) -> Saved:
    return Saved(page.title, page.revision, page.timestamp, page.text, merged=stored(page.text) != stored(edit.text), recovered=recovered)


def _around(text: str, at: int) -> str:
    return " ".join(text[max(0, at - 20) : at + 20].split())
