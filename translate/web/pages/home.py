"""The first page: the works that are here; and the door: the one-time link, the switches of language and theme, signing out."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.responses import Response

from translate.spoken.words import LANGUAGES
from translate.web.call import THEMES, Call, closed, cookie_name, let_in, own_path, page
from translate.web.identity import Role, local_owner
from translate.web.pages.start import choices

YEAR = 365 * 24 * 3600


def home(call: Call) -> Response:
    """The list of works."""
    works = [one for one in call.desk.shelf.works() if call.identity is not None and call.identity.at(one.key).may(Role.READER)]
    return call.page("home.html", works=works, views=call.desk.conductor.views(), choices=choices(call))


def enter(call: Call) -> Response:
    """Take the token of the link, once, and give a session for it.

    The page goes on by itself: were the browser redirected, it would not send a strict cookie where the link was clicked in another site's page.
    """
    leads_to = call.desk.tickets.redeem(str(call.request.path_params["token"])) if call.desk.people is None else None
    if leads_to is None and call.desk.people is not None:
        return closed(call)
    if leads_to is None:
        return call.page("closed.html", status=HTTPStatus.UNAUTHORIZED, used=True)
    return let_in(call, call.page("entered.html", leads_to=leads_to), local_owner())


def preferences(call: Call) -> Response:
    """The switches: language and theme, kept by the browser."""
    response = call.go(_back(call))
    theme, language = call.field("theme"), call.field("language")
    if "theme" in call.form:
        response.set_cookie("theme", theme if theme in THEMES else "", max_age=YEAR, httponly=True, samesite="strict", secure=call.desk.settings.https)
    if language in LANGUAGES:
        response.set_cookie("language", language, max_age=YEAR, httponly=True, samesite="strict", secure=call.desk.settings.https)
    return response


def leave(call: Call) -> Response:
    """Sign out."""
    call.desk.sessions.end(call.token)
    response = call.go("/") if call.desk.people is not None else call.page("closed.html")
    response.delete_cookie(cookie_name(call.desk), httponly=True, samesite="strict", secure=call.desk.settings.https)
    return response


def _back(call: Call) -> str:
    """The page that the form stood on: its path only, so that no other site is ever gone to."""
    parts = urlsplit(call.request.headers.get("referer", ""))
    return own_path(f"{parts.path}?{parts.query}" if parts.query else parts.path)


ROUTES = (
    page("/", home, needs=Role.GUEST),
    page("/enter/{token}", enter, needs=None),
    page("/preferences", preferences, needs=Role.GUEST, methods=("POST",)),
    page("/leave", leave, needs=Role.GUEST, methods=("POST",)),
)
