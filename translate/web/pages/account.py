"""The door of a desk with accounts: signing in, joining by an invitation, one's own password."""

from __future__ import annotations

from http import HTTPStatus
from math import ceil

from starlette.exceptions import HTTPException
from starlette.responses import Response

from translate.errors import DragomanError
from translate.pipeline.desk.people import LONGEST, SHORTEST, People, Person
from translate.store.accounts import folded
from translate.web.call import Call, closed, cookie_name, let_in, own_path, page
from translate.web.identity import Identity, Role
from translate.web.said import said as in_words


def people_of(call: Call) -> People:
    """The desk's people. Answers 404 where it has no accounts."""
    if call.desk.people is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return call.desk.people


def door(call: Call) -> Response:
    """The way in."""
    people_of(call)
    return closed(call, HTTPStatus.OK) if call.identity is None else call.go("/")


def sign_in(call: Call) -> Response:
    """Name and password against a session."""
    people, name = people_of(call), call.field("name")
    wait = call.desk.doorman.admit(folded(name), call.address)
    if wait:
        return _refused(call, HTTPStatus.TOO_MANY_REQUESTS, call.words("sign_in_wait", n=ceil(wait)), wait)
    person = people.sign_in(name, _secret(call, "password"))
    if person is None:
        return _refused(call, HTTPStatus.UNAUTHORIZED, call.words("sign_in_wrong"))
    call.desk.doorman.welcome(folded(name), call.address)
    return let_in(call, call.go(own_path(call.field("then"))), _identity(person))


def invitation(call: Call) -> Response:
    """The page of an invitation: whom it is for, and a field for the password."""
    person = people_of(call).invited(_token(call))
    return call.page("join.html", person=person, message="", shortest=SHORTEST, status=HTTPStatus.OK if person else HTTPStatus.NOT_FOUND)


def join(call: Call) -> Response:
    """Take the invitation: the password is set, and she is in."""
    people, password = people_of(call), _secret(call, "password")
    person = people.invited(_token(call))
    if person is not None:
        if password != _secret(call, "again"):
            return call.page("join.html", person=person, message=call.words("passwords_differ"), shortest=SHORTEST, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            person = people.join(_token(call), password)
        except DragomanError as error:
            return call.page("join.html", person=person, message=in_words(str(error), call.language), shortest=SHORTEST, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if person is None:
        return call.page("join.html", person=None, message="", shortest=SHORTEST, status=HTTPStatus.NOT_FOUND)
    return let_in(call, call.go("/"), _identity(person))


def account(call: Call) -> Response:
    """One's own account."""
    people_of(call)
    return call.page("account.html", shortest=SHORTEST, said="", message="")


def password(call: Call) -> Response:
    """Change one's password: every other session ends, this one goes on under a new token."""
    people, name = people_of(call), call.who
    wait = call.desk.doorman.admit(folded(name), call.address)
    said, message = "", ""
    if wait:
        message = call.words("sign_in_wait", n=ceil(wait))
    elif _secret(call, "password") != _secret(call, "again"):
        message = call.words("passwords_differ")
    else:
        try:
            people.change_password(name, _secret(call, "present"), _secret(call, "password"))
            said = call.words("password_changed")
        except DragomanError as error:
            message = in_words(str(error), call.language)
    if message:
        return call.page("account.html", shortest=SHORTEST, said="", message=message, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    call.desk.doorman.welcome(folded(name), call.address)
    return let_in(call, call.page("changed.html", said=said), _identity(people.find(name)))


def leave_everywhere(call: Call) -> Response:
    """End every session of one's own."""
    people_of(call)
    call.desk.sessions.end_all(call.who)
    response = call.go("/")
    response.delete_cookie(cookie_name(call.desk), httponly=True, samesite="strict", secure=call.desk.settings.https)
    return response


def _refused(call: Call, status: HTTPStatus, message: str, wait: float = 0.0) -> Response:
    response = call.page("sign_in.html", status=status, then=own_path(call.field("then")), message=message, name=call.field("name")[:200])
    if wait:
        response.headers["retry-after"] = str(ceil(wait))
    return response


def _secret(call: Call, name: str) -> str:
    """A password as it was typed; one that is too long is cut, so that hashing it costs nothing."""
    value = call.form.get(name, "")
    return value[: LONGEST + 1] if isinstance(value, str) else ""


def _token(call: Call) -> str:
    return str(call.request.path_params["token"])[:200]


def _identity(person: Person) -> Identity:
    return Identity(person.name, person.role, person.works)


ROUTES = (
    page("/sign-in", door, needs=None),
    page("/sign-in", sign_in, needs=None, methods=("POST",)),
    page("/join/{token}", invitation, needs=None),
    page("/join/{token}", join, needs=None, methods=("POST",)),
    page("/account", account, needs=Role.GUEST),
    page("/account/password", password, needs=Role.GUEST, methods=("POST",)),
    page("/account/leave", leave_everywhere, needs=Role.GUEST, methods=("POST",)),
)
