"""What a wiki's answer means: to be asked again, to log in again, or an error of ours with what to do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from translate.errors import EditConflict, WikiError, WikiRefused, WikiUnreachable

WAIT = frozenset({"maxlag", "ratelimited", "readonly", "readonlytext", "actionthrottledtext", "cantsavereadonly"})
"""Codes that ask us to wait (https://www.mediawiki.org/wiki/API:Errors_and_warnings, and the field notes)."""

WHY = {"readonly": "it takes no edits for now", "ratelimited": "it wants fewer edits in a minute", "maxlag": "its databases are behind", "network": "it cannot be reached", "throttled": "it has seen too many logins"}
"""The wiki's word for why we wait → what it means to a person."""

CONFLICTS = frozenset({"editconflict", "articleexists", "missingtitle", "nosuchrevid", "pagedeleted"})
REFUSALS = {
    "blocked": "the account is blocked from editing",
    "autoblocked": "the address is blocked because an account that uses it is",
    "protectedpage": "the page is protected",
    "protectedtitle": "the title is protected from creation",
    "cascadeprotected": "the page is protected through another one that includes it",
    "protectednamespace": "this account may not edit in that namespace",
    "protectednamespace-interface": "pages of the interface cannot be edited with this account",
    "permissiondenied": "the account has not got the right to do this",
    "noedit": "this account may not edit pages",
    "noedit-anon": "the wiki wants a login for editing",
    "nocreate-loggedin": "the account may not make new pages",
    "cantcreate": "the account may not make new pages",
    "cantcreate-anon": "the wiki wants a login for making pages",
    "writeapidenied": "the account may not edit over the API",
    "readapidenied": "the wiki can only be read by those who log in; 'dragoman wiki add' and 'dragoman wiki password' give it an account",
    "abusefilter-disallowed": "a filter of the wiki took the edit for abuse",
    "abusefilter-warning": "a filter of the wiki warns about the edit",
    "spamblacklist": "the text has an address that the wiki does not allow",
    "spamdetected": "the wiki takes the text for spam",
    "tpt-target-page": "the page belongs to the Translate extension: edit its units there",
    "badtags": "the account may not set this change tag",
    "tags-apply-not-allowed-one": "the account may not set this change tag",
    "tags-apply-no-permission": "the account may not set change tags",
    "assertuserfailed": "the login has ended and could not be renewed",
    "assertbotfailed": "the account is not a bot account any more",
}
"""The wiki's word → what it means to a person."""

AGAIN = frozenset({408, 429, 500, 502, 503, 504})
"""HTTP statuses after which the same request may well succeed."""


class Again(Exception):
    """The request may be sent again after ``seconds`` (None: we choose); ``meant`` is what it becomes where that does not help.

    ``lost`` is True where the answer got lost, so that nobody knows whether the wiki did what it was asked.
    """

    def __init__(self, meant: WikiError, seconds: float | None = None, *, lost: bool = False) -> None:
        super().__init__(str(meant))
        self.meant = meant
        self.seconds = seconds
        self.lost = lost


def why(error: Again) -> str:
    """Why the wiki is to be asked again, in a few words."""
    code = error.meant.code
    return WHY.get(code) or (f"it answers {code.removeprefix('http-')}" if code.startswith("http-") else "it asks us to wait")


def read(response: httpx.Response, body: bytes, api: str) -> Mapping[str, Any]:
    """The answer as a value.

    Raises ``Again`` where it should be asked for again, ``WikiError`` where that would not help.
    """
    if response.status_code in AGAIN:
        said = WikiUnreachable(f"{api} answers {response.status_code} {response.reason_phrase}: try again later.", f"http-{response.status_code}")
        # a 5xx may come from a server between us and the wiki, which may have done its work
        raise Again(said, waiting(response), lost=response.status_code >= 500)
    if response.status_code != 200:
        raise WikiError(f"{api} answers {response.status_code} {response.reason_phrase}: check the address.", f"http-{response.status_code}")
    try:
        answer = json.loads(body)
    except ValueError:
        raise WikiError(f"{api} does not answer as a MediaWiki does: give the address of its api.php.", "not-api") from None
    if not isinstance(answer, dict):
        raise WikiError(f"{api} does not answer as a MediaWiki does: give the address of its api.php.", "not-api")
    if "error" in answer:
        _complain(answer["error"], api, waiting(response))
    return answer


def waiting(response: httpx.Response) -> float | None:
    """Seconds that ``Retry-After`` names (a number or a date), or None."""
    said = response.headers.get("retry-after", "").strip()
    if said.isdigit():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _complain(error: Mapping[str, Any], api: str, seconds: float | None) -> None:
    code, info = str(error.get("code", "")), str(error.get("info", ""))
    if code in WAIT:
        reason = f" ({str(error['readonlyreason']).strip()})" if "readonlyreason" in error else ""
        raise Again(WikiUnreachable(f"{api} asks us to wait: {info}{reason} Run the same command again later.", code), seconds)
    if code.startswith("internal_api_error") or code in ("failed-save", "unknownerror"):
        raise Again(WikiUnreachable(f"{api} has an error of its own ({code}): {info[:200]} Try again later.", code), seconds, lost=True)
    if code in CONFLICTS:
        raise EditConflict(f"{info} ({code}) Nothing was overwritten.", code)
    if code in REFUSALS:
        raise WikiRefused(f"The wiki refuses: {REFUSALS[code]} ({code}: {info[:300]}).", code)
    raise WikiError(f"{api} says: {info[:400]} ({code})", code)
