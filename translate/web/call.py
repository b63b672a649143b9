"""One request as the pages see it, and how a page becomes a route: who may, the form's own word, errors told in a sentence.

A page is a plain function from ``Call`` to a response. It runs in a thread, so it may read a store.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any, BinaryIO, TypeVar
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from translate import __version__
from translate.document import UNFIT
from translate.errors import DragomanError
from translate.pipeline.works import Folder
from translate.spoken.said import check_name, reason
from translate.spoken.words import COMMON, LANGUAGES, Words, duration, language_name
from translate.store import Store
from translate.web import shown, words
from translate.web.desk import Desk
from translate.web.guard import SAFE
from translate.web.identity import WEEKS, Identity, Role, csrf_of, same
from translate.web.said import said

T = TypeVar("T")
FORM_WORD = "x-form-word"
THEMES = ("light", "dark")
MOST_FIELDS = 200
STEPS = (("/setup", "step_setup"), ("", "step_progress"), ("/review", "step_review"), ("/ledger", "step_ledger"), ("/search", "step_search"), ("/finish", "step_finish"))
"""The pages of a work, in the order of the work: the end of the address, and the key of its label; each is shown to who may open it."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request. ``form`` is what was sent (empty for a GET); ``identity`` is None on the few pages that anybody may see."""

    request: Request
    desk: Desk
    identity: Identity | None
    words: Words
    form: FormData

    @property
    def token(self) -> str:
        """The session's token; empty where there is none."""
        return self.request.cookies.get(cookie_name(self.desk), "")

    @property
    def address(self) -> str:
        """The address of who asks, as the one that connects to us, or our own proxy, says."""
        client = self.request.client.host if self.request.client else ""
        said = ",".join(self.request.headers.getlist("x-forwarded-for")).rpartition(",")[2].strip() if self.desk.settings.proxied else ""
        return said or client

    @property
    def who(self) -> str:
        """The name of who asks; empty for a stranger."""
        return self.identity.name if self.identity else ""

    @property
    def reviews(self) -> bool:
        """Whether who asks may decide on passages."""
        return self.identity is not None and self.identity.may(Role.REVIEWER)

    @property
    def here(self) -> str:
        """The page's own path with its query."""
        url = self.request.url
        return f"{url.path}?{url.query}" if url.query else url.path

    @property
    def language(self) -> str:
        """The tag of the language that the page speaks."""
        return str(self.words.table["language"])

    @property
    def fragment(self) -> bool:
        """Whether htmx asks for a part of a page."""
        return "hx-request" in self.request.headers

    def field(self, name: str) -> str:
        """A text field of the form, without spaces around it, and without signs that no book may hold; empty where there is none."""
        value = self.form.get(name, "")
        return UNFIT.sub("", value).strip() if isinstance(value, str) else ""

    def fields(self, name: str) -> tuple[str, ...]:
        """All values of a text field of the form."""
        return tuple(value for value in self.form.getlist(name) if isinstance(value, str) and value)

    def file(self, name: str) -> tuple[str, BinaryIO] | None:
        """A file of the form, with the name that the person's machine gave it; None where none was chosen."""
        value = self.form.get(name)
        return (value.filename, value.file) if isinstance(value, UploadFile) and value.filename else None

    def number(self, name: str) -> int:
        """A number from 1 in the address's query; 1 where none is there."""
        said = whole(self.request.query_params.get(name, "1"))
        return max(1, min(said, 9_999_999)) if said is not None else 1

    def key(self) -> str:
        """The key of the work in the address."""
        return str(self.request.path_params["key"])

    def folder(self) -> Folder:
        """The work's folder. Answers 404 where there is none."""
        try:
            return self.desk.shelf.find(self.key())
        except DragomanError as error:
            raise HTTPException(HTTPStatus.NOT_FOUND, str(error)) from error

    def store(self) -> Store:
        """The work's store, which stays open. Answers 404 where there is none."""
        self.folder()
        return self.desk.shelf.store(self.key())

    def looked_for(self, what: str, find: Callable[[], T], *words: str) -> T | None:
        """What takes long to find in the work: what ``find`` gives, or None while it is looked for; the page shows ``parts/waiting.html`` then, which asks again.

        ``words`` are what of the request the answer depends on; it is looked for anew when something was decided since.
        """
        store = self.store()
        stamp = (store.identity, *store.pulse(), *store.ledger_mark())
        return self.desk.errands.ask((self.key(), what, *words), stamp, find, waited="waited" in self.request.query_params or "waited" in self.form)

    def page(self, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
        """A template as an answer. It knows ``t`` (words), ``call``, ``identity``, ``form_word`` and ``values``."""
        return HTMLResponse(self.render(template, **values), status_code=status)

    def render(self, template: str, **values: object) -> str:
        """A template, or a part of a page, as text; what it knows is what ``page`` says."""
        shared = {
            "t": self.words,
            "call": self,
            "identity": self.identity,
            "Role": Role,
            "form_word": csrf_of(self.token) if self.token else "",
            "theme": self.request.cookies.get("theme", ""),
            "languages": LANGUAGES,
            "version": __version__,
        }
        return environment().get_template(template).render(shared | values)

    def go(self, path: str) -> Response:
        """Send the browser to another page of ours."""
        if self.fragment:
            return Response(headers={"HX-Redirect": path})
        return RedirectResponse(path, status_code=HTTPStatus.SEE_OTHER)


def whole(said: str) -> int | None:
    """A whole number from 0 as a form or an address says it; None where it is none, or none that a store could have."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 18 else None


NEEDED: dict[tuple[str, str], Role | None] = {}
"""The least role for each path and method, as the routes were made; a test walks through it."""
Page = Callable[[Call], Response]
Feed = Callable[[], list[tuple[str, str]]]
"""Gives what has changed since it was asked last: the id of a part of the page, and what it shows now."""
OVER = "over"
"""The event after which nothing more comes: the page loads itself anew."""
TICK = 0.5
HEARTBEAT = 15.0


@cache
def environment() -> Environment:
    """The templates. Everything that is put into one is escaped; a name that is not there is an error."""
    made = Environment(loader=PackageLoader("translate.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["duration"] = duration
    made.filters["language"] = language_name
    made.filters["said"] = said
    made.filters["reason"] = reason
    made.filters["check"] = check_name
    made.filters["direction"] = words.direction
    made.filters["apart"] = shown.apart
    return made


def warm() -> None:
    """Compile every template, and read what names languages and sentences, so that the first who asks does not wait for that."""
    for spoken in LANGUAGES:
        for tag in COMMON.split():
            language_name(tag, spoken)
    said("", "")
    reason("", "")
    for name in environment().list_templates(extensions=["html"]):
        environment().get_template(name)


def cookie_name(desk: Desk) -> str:
    """Cookies do not tell ports apart, so two desks on a machine must. On https the name has the prefix of RFC 6265bis, 4.1.3.2: no other host of the domain can plant one."""
    return f"{'__Host-' if desk.settings.https else ''}dragoman-{desk.settings.port}"


def page(path: str, function: Page, *, needs: Role | None, methods: tuple[str, ...] = ("GET",), outside: bool = False) -> Route:
    """The route of a page. ``needs`` is the least role; None lets anybody in, who knows no more than the address.

    A page that waits for what is ``outside`` (a model, a wiki) has threads of its own, so that nobody else waits for it.
    """

    async def endpoint(request: Request) -> Response:
        return await _answer(request, function, needs, outside=outside)

    NEEDED.update({(path, method): needs for method in methods})
    return Route(path, endpoint, methods=list(methods), name=function.__name__)


async def _answer(request: Request, function: Page, needs: Role | None, *, outside: bool) -> Response:
    call = call_of(request)
    if needs is not None and call.identity is None:
        return closed(call)
    if needs is not None and call.identity is not None and not call.identity.may(needs):
        return _told(call, HTTPStatus.FORBIDDEN, call.words("not_allowed"))
    if request.method in SAFE:
        return await _in_thread(function, call, outside=outside)
    async with request.form(max_files=8, max_fields=MOST_FIELDS, max_part_size=call.desk.settings.largest_form) as form:
        call = call_of(request, form)
        if needs is not None and not _has_word(call):
            return _told(call, HTTPStatus.FORBIDDEN, call.words("stale_form"))
        return await _in_thread(function, call, outside=outside)


def stream(path: str, function: Callable[[Call], Feed], *, needs: Role) -> Route:
    """The route of a page's live parts, as server-sent events. The feed is asked in a thread, twice a second, until it says that it is over."""

    async def endpoint(request: Request) -> Response:
        call = call_of(request)
        if call.identity is None or not call.identity.may(needs):
            return Response(status_code=HTTPStatus.UNAUTHORIZED)
        loop = asyncio.get_running_loop()
        feed = await loop.run_in_executor(call.desk.pool, function, call)
        return StreamingResponse(
            _events(request, feed, needs), media_type="text/event-stream", headers={"cache-control": "no-store", "x-accel-buffering": "no"}
        )

    NEEDED[path, "GET"] = needs
    return Route(path, endpoint, name=function.__name__)


async def _events(request: Request, feed: Feed, needs: Role) -> AsyncIterator[str]:
    """What the feed gives, as long as who listens may hear it: a session that ended, or a role that was taken away, ends the stream."""

    def asked() -> list[tuple[str, str]] | None:
        identity = call_of(request).identity
        return feed() if identity is not None and identity.may(needs) else None

    loop, desk = asyncio.get_running_loop(), request.app.state.desk
    quiet = 0.0
    yield "retry: 2000\n\n"
    while not _closing(request) and not await request.is_disconnected():
        parts = await loop.run_in_executor(desk.pool, asked)
        if parts is None:
            return
        for name, data in parts:
            yield f"event: {name}\n" + "".join(f"data: {line}\n" for line in data.splitlines() or [""]) + "\n"
        if any(name == OVER for name, _ in parts):
            return
        quiet = 0.0 if parts else quiet + TICK
        if quiet >= HEARTBEAT:
            quiet = 0.0
            yield ": still here\n\n"
        await asyncio.sleep(TICK)


def _closing(request: Request) -> bool:
    """Whether the server is being stopped: it waits for its answers, and a stream would never end."""
    server = getattr(request.app.state, "server", None)
    return server is not None and bool(server.should_exit)


def call_of(request: Request, form: FormData | None = None) -> Call:
    """The request with what the desk knows of it."""
    desk: Desk = request.app.state.desk
    token = request.cookies.get(cookie_name(desk), "")
    spoken = words.choose(request.cookies.get("language", ""), request.headers.get("accept-language", ""))
    identity = desk.sessions.find(token) if token else None
    if identity is not None and request.path_params.get("key"):
        identity = identity.at(str(request.path_params["key"]))
    return Call(request, desk, identity, words.load(spoken), form or FormData())


def closed(call: Call, status: HTTPStatus = HTTPStatus.UNAUTHORIZED) -> Response:
    """What somebody sees who is not signed in: where people have accounts, the way in, else how the desk is opened.

    A link in another site's page comes without the (strict) cookie, so such a page goes on to itself first.
    """
    if call.desk.people is None:
        return call.page("closed.html", status=status)
    if call.request.method == "GET" and not call.token and call.request.headers.get("sec-fetch-site") == "cross-site":
        return call.page("entered.html", leads_to=own_path(call.here))
    return call.page("sign_in.html", status=status, then=call.here if call.request.method == "GET" else "/")


def let_in(call: Call, response: Response, identity: Identity) -> Response:
    """Begin a session and put its token into the answer's cookie; the session that the browser had ends, whoever gave it to that browser."""
    if call.token:
        call.desk.sessions.end(call.token)
    token = call.desk.sessions.begin(identity)
    response.set_cookie(cookie_name(call.desk), token, max_age=WEEKS, httponly=True, samesite="strict", secure=call.desk.settings.https)
    return response


def own_path(text: str) -> str:
    """A path of ours that a form or a header named; "/" where it leads elsewhere."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return "/"
    fine = not parts.scheme and not parts.netloc and parts.path.startswith("/") and not parts.path.startswith(("//", "/enter", "/join", "/\\"))
    if not fine or not text.isprintable():
        return "/"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _has_word(call: Call) -> bool:
    said = call.request.headers.get(FORM_WORD) or call.field("form_word")
    return same(said, csrf_of(call.token))


async def _in_thread(function: Page, call: Call, *, outside: bool) -> Response:
    try:
        return await asyncio.get_running_loop().run_in_executor(call.desk.outside if outside else call.desk.pool, function, call)
    except DragomanError as error:
        return _told(call, HTTPStatus.UNPROCESSABLE_ENTITY, str(error))


def _told(call: Call, status: HTTPStatus, message: str) -> Response:
    """An error in one sentence, in the language of the page: a page, or for htmx a line that takes the place of the message."""
    message = said(message, call.language)
    if call.fragment:
        return HTMLResponse(
            environment().get_template("parts/message.html").render(message=message), headers={"HX-Retarget": "#message", "HX-Reswap": "innerHTML"}
        )
    return call.page("error.html", status=status, message=message, back=_came_from(call))


def _came_from(call: Call) -> str:
    """The page of ours that led here; "" where none did, or it is this very one."""
    parts = urlsplit(call.request.headers.get("referer", ""))
    there = own_path(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return there if parts.path and there not in ("/", call.here) else ""


async def not_found(request: Request, error: Exception) -> Response:
    """Starlette's own errors (404, 405, a form that cannot be read) as a page."""
    status = HTTPStatus(error.status_code) if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
    call = call_of(request)
    detail = error.detail if isinstance(error, HTTPException) and error.detail != status.phrase else ""
    if call.identity is None:
        return closed(call, status)
    return _told(call, status, detail or call.words("not_found" if status == HTTPStatus.NOT_FOUND else "not_possible"))


def context(call: Call, **values: Any) -> dict[str, Any]:
    """What every page of one work shows in its head: the work, its folder and its counts."""
    return {"shelved": call.desk.shelf.shelved(call.folder()), "steps": _steps(call), **values}


def _steps(call: Call) -> list[tuple[str, str]]:
    needed = ((path, label, NEEDED.get((f"/works/{{key}}{path}", "GET"))) for path, label in STEPS)
    return [(path, label) for path, label, needs in needed if needs is None or (call.identity is not None and call.identity.may(needs))]
