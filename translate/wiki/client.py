"""Talks to one wiki's api.php: one request at a time, patiently, saying who it is.

Own, small, and over httpx, since the well-known clients lose edits: mwclient never sends ``baserevid``, and pywikibot overwrites an edit that the same account made meanwhile (both tried).
"""

from __future__ import annotations

import logging
import os
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import urlencode, urljoin, urlsplit

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from translate import __version__
from translate.errors import WikiError, WikiRefused, WikiUnreachable
from translate.wiki import replies
from translate.wiki.replies import Again

CONTACT = "DRAGOMAN_CONTACT"
LARGEST = 64 * 1024 * 1024
"""Bytes of one answer, unpacked; MediaWiki's own limit for a page is 2 MB."""
LONGEST_GET = 1500
"""Characters of a query that still go into an address."""
MAXLAG = "5"
WORTH_SAYING = 3.0
"""Seconds of waiting that a person wonders about."""
LOG = logging.getLogger("translate.wiki")
BATCHES = 10_000
Given = TypeVar("Given")
Answer = Mapping[str, Any]
_LOCKS: dict[str, threading.Lock] = {}
_LOCKING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Login:
    """An account and its bot password (Special:BotPasswords): ``user`` as "Name@label". The password never shows in a log."""

    user: str
    password: str = field(repr=False)

    @property
    def account(self) -> str:
        """The account's own name."""
        return self.user.partition("@")[0]


@dataclass(frozen=True, slots=True)
class Patience:
    """How often the same thing is asked (``tries``), the first wait when the wiki names none, and the longest one that is kept to, in seconds."""

    tries: int = 8
    first: float = 1.0
    longest: float = 120.0
    timeout: float = 60.0


class Client:
    """One wiki, asked serially: whatever host it is on, this process has one request there at a time.

    ``contact`` (else ``DRAGOMAN_CONTACT``, else the account) goes into the User-Agent, as https://foundation.wikimedia.org/wiki/Policy:User-Agent_policy wants it.
    ``local_only`` refuses a wiki that is not on this machine.
    """

    def __init__(
        self,
        api: str,
        *,
        login: Login | None = None,
        contact: str = "",
        patience: Patience | None = None,
        local_only: bool = False,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        parts = urlsplit(api)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise WikiError(f"'{api}' is no address of a wiki: give one like https://wiki.example.org/w/api.php.")
        local = is_local(api)
        if local_only and not local:
            raise WikiError(f"{parts.hostname} is not this machine, and nothing may leave it: leave out --local-only, or take a .wiki file.")
        self.api = api
        self.host = parts.hostname
        self.local = local
        self.login = login
        self.patience = patience or Patience()
        self._sleep = sleep
        self._turn = _lock(parts.netloc)
        self._http = httpx.Client(
            timeout=httpx.Timeout(self.patience.timeout, connect=min(20.0, self.patience.timeout)),
            headers={"User-Agent": _agent(contact, login), "Accept-Encoding": "gzip, deflate"},
            trust_env=not local,
        )
        self._tokens: dict[str, str] = {}
        self._logged_in = False

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._http.close()

    # --- what others ask

    def ask(self, **parameters: str | int | bool) -> Answer:
        """The answer to one reading request, asked as often as it takes.

        Raises ``WikiUnreachable`` where patience ends, ``WikiRefused`` or ``WikiError`` as the wiki says.
        """
        self._enter()
        return self._retrying(lambda: self._once(self._asserted(parameters)), lost=True)

    def batches(self, **parameters: str | int | bool) -> Iterator[Answer]:
        """The ``query`` part of each answer of a query, continued to its end. Raises as ``ask`` does."""
        more: Answer = {}
        for _ in range(BATCHES):
            answer = self.ask(**{"action": "query", **parameters, **more})
            yield answer.get("query", {})
            before, more = more, answer.get("continue", {})
            if not more or more == before:
                return

    def write(self, **parameters: str | int | bool) -> Answer:
        """The answer to one request that changes something; the token goes last.

        What the wiki asks us to repeat is repeated. Raises ``Again`` with ``lost`` where nobody knows whether it was done: who calls must look. Else raises as ``ask`` does.
        """
        self._enter()
        if self.login is None:
            raise WikiRefused(
                f"Nothing can be saved on {self.host} without a login: see 'dragoman wiki add --help' for how a bot password is given.", "no-login"
            )
        return self._retrying(lambda: self._with_token(parameters), lost=False)

    def page(self, url: str) -> tuple[str, str]:
        """A page for people on this wiki's host, and the address it was found at; redirects are followed on the same host only.

        Raises ``WikiError`` where it leads elsewhere or is not there, ``WikiUnreachable`` as ``ask`` does.
        """
        for _ in range(6):
            response, body = self._retrying(partial(self._fetched, "GET", url), lost=True)
            if not response.is_redirect:
                break
            url = self._followed(url, response.headers.get("location", ""))
        if response.status_code in replies.AGAIN:
            raise WikiUnreachable(f"{url} answers {response.status_code}: try again later.")
        return body.decode(response.encoding or "utf-8", "replace"), url

    @cached_property
    def rights(self) -> frozenset[str]:
        """What the account may do, as the wiki names it."""
        said = self.ask(action="query", meta="userinfo", uiprop="rights")
        return frozenset(said["query"]["userinfo"].get("rights", ()))

    def pause(self, number: int, named: float | None = None) -> None:
        """Wait before a try after ``number`` failed ones: what the wiki ``named``, else longer each time."""
        self._sleep(min(named if named is not None else self.patience.first * 2**number, self.patience.longest))

    def rest(self, seconds: float) -> None:
        """Leave the wiki alone for so long, as its rules want it between edits."""
        if seconds > 0:
            self._sleep(seconds)

    def log_in_again(self) -> None:
        """Forget the session and its tokens; the next request logs in anew."""
        self._logged_in = False
        self._tokens.clear()
        self._http.cookies.clear()

    # --- within

    def _enter(self) -> None:
        if self.login is not None and not self._logged_in:
            self._retrying(self._log_in, lost=True)
            self._logged_in = True

    def _log_in(self) -> Answer:
        if self.login is None:
            return {}
        token = self._once({"action": "query", "meta": "tokens", "type": "login"})["query"]["tokens"]["logintoken"]
        said: Answer = self._once({"action": "login", "lgname": self.login.user, "lgpassword": self.login.password, "lgtoken": token})["login"]
        if said.get("result") == "Throttled":
            raise Again(
                WikiUnreachable(f"{self.host} lets nobody log in as {self.login.user} for a while: {said.get('reason', '')}", "throttled"), said.get("wait")
            )
        if said.get("result") != "Success":
            raise WikiRefused(
                f"{self.host} does not let {self.login.user} in: {str(said.get('reason', said.get('result', '')))[:300]} "
                "Give a bot password of Special:BotPasswords, and its name as 'Account@label'.",
                "login-failed",
            )
        return said

    def _asserted(self, parameters: Mapping[str, str | int | bool]) -> dict[str, str | int | bool]:
        return {**parameters, "maxlag": MAXLAG, **({"assert": "user"} if self.login is not None else {})}

    def _with_token(self, parameters: Mapping[str, str | int | bool]) -> Answer:
        for again in (True, False):
            if "csrf" not in self._tokens:
                self._tokens["csrf"] = self._once(self._asserted({"action": "query", "meta": "tokens"}))["query"]["tokens"]["csrftoken"]
            try:
                return self._once({**self._asserted(parameters), "token": self._tokens["csrf"]})
            except WikiError as error:
                if error.code not in ("badtoken", "assertuserfailed") or not again:
                    raise
                del self._tokens["csrf"]
                if error.code == "assertuserfailed":
                    self.log_in_again()
                    self._log_in()
                    self._logged_in = True
        raise WikiError(f"{self.host} takes no token of ours.", "badtoken")

    def _once(self, parameters: Mapping[str, str | int | bool]) -> Answer:
        """Send one request as it is. Raises ``Again`` or ``WikiError``."""
        given = {name: text for name, value in parameters.items() if (text := _text(value)) is not None}
        secret: dict[str, str] = {name: given.pop(name) for name in ("token", "lgpassword", "lgtoken") if name in given}
        form: dict[str, str] = {
            **given,
            "format": "json",
            "formatversion": "2",
            "errorformat": "bc",
            **secret,
        }  # a token that comes last proves the rest arrived
        query = urlencode(form)
        writes = bool(secret) or len(query) > LONGEST_GET
        if writes:
            response, body = self._fetched("POST", self.api, form)
        else:
            response, body = self._fetched("GET", f"{self.api}?{query}")
        if response.is_redirect:
            self._followed(self.api, response.headers.get("location", ""))
            raise WikiError(f"{self.api} has moved to {response.headers.get('location', '')[:200]}: give that address.", "moved")
        return replies.read(response, body, self.api)

    def _fetched(self, method: str, url: str, form: Mapping[str, str] | None = None) -> tuple[httpx.Response, bytes]:
        """One request and the whole of its answer, at most ``LARGEST`` bytes. Raises ``Again`` where the connection fails."""
        with self._turn:
            try:
                with self._http.stream(method, url, data=dict(form) if form is not None else None) as response:
                    body = bytearray()
                    for piece in response.iter_bytes():
                        body += piece
                        if len(body) > LARGEST:
                            raise WikiError(f"{self.host} answers with more than {LARGEST:,} bytes: ask it for less.", "too-large")
                    return response, bytes(body)
            except (httpx.TransportError, httpx.DecodingError) as error:
                never = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
                said = WikiUnreachable(
                    f"{self.host} cannot be reached ({type(error).__name__}: {str(error)[:200]}): is it running, and are you on the network?", "network"
                )
                raise Again(said, lost=not never) from error
            except httpx.InvalidURL as error:
                raise WikiError(f"'{url[:200]}' is no address ({error}).", "bad-address") from error

    def _followed(self, url: str, location: str) -> str:
        """Where a redirect leads. Raises ``WikiError`` where that is another host, or the open line after an encrypted one."""
        there = urljoin(url, location)
        if urlsplit(url).scheme == "https" and urlsplit(there).scheme != "https":
            raise WikiError(f"{url[:200]} leads to an address that is not encrypted ({there[:200]}), which is not followed: give that address yourself.", "downgrade")
        if urlsplit(there).hostname != self.host:
            raise WikiError(f"{url[:200]} leads to another host ({urlsplit(there).hostname}), which is not followed: give that address yourself.", "other-host")
        return there

    def _retrying(self, once: Callable[[], Given], *, lost: bool) -> Given:
        """Call until it succeeds or patience ends; ``lost`` says that an answer that got lost may be asked for again without harm."""

        def may(error: BaseException) -> bool:
            return isinstance(error, Again) and (lost or not error.lost) and (error.seconds or 0) <= self.patience.longest

        policy = Retrying(stop=stop_after_attempt(self.patience.tries), wait=self._wait, retry=retry_if_exception(may), sleep=self._sleep, before_sleep=self._tell, reraise=True)
        try:
            return policy(once)
        except Again as error:
            if error.lost and not lost:
                raise
            raise error.meant from error

    def _tell(self, state: RetryCallState) -> None:
        """Say that we wait, and why; a face shows it (``logging``, since no one is handed down to here)."""
        error = state.outcome.exception() if state.outcome else None
        seconds = state.upcoming_sleep
        if isinstance(error, Again) and seconds >= WORTH_SAYING:
            LOG.info("%s: %s; trying again in %.0f s, nothing is lost if you stop it.", self.host, replies.why(error), seconds)

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        named = error.seconds if isinstance(error, Again) else None
        if named is not None:
            return float(named)
        return float(min(self.patience.longest, self.patience.first * 2 ** (state.attempt_number - 1)) * random.uniform(0.75, 1.25))


def is_local(address: str) -> bool:
    """Whether the address is this very machine."""
    from translate.models.hosted import is_local as local

    return local(address)


def _agent(contact: str, login: Login | None) -> str:
    who = contact or os.environ.get(CONTACT, "").strip() or (f"User:{login.account}" if login else "contact not given, see DRAGOMAN_CONTACT")
    plain = "".join(letter if " " <= letter <= "~" and letter not in "()" else "?" for letter in who)[:200]
    return f"Dragoman/{__version__} ({plain}) httpx/{httpx.__version__}"


def _lock(place: str) -> threading.Lock:
    with _LOCKING:
        return _LOCKS.setdefault(place, threading.Lock())


def _text(value: str | int | bool) -> str | None:
    """A parameter as MediaWiki reads it: a flag is there or not."""
    if isinstance(value, bool):
        return "1" if value else None
    return str(value)
