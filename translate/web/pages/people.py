"""The people of a desk: who may what, invitations, shutting out. Only its owners come here."""

from __future__ import annotations

from starlette.responses import Response

from translate.web.call import Call, page
from translate.web.identity import Role
from translate.web.pages.account import people_of

SHOWN = 60
"""So many people stand on a page."""
NAMES = 1000
"""So many names are suggested where one is typed."""


def people(call: Call) -> Response:
    """Who there is."""
    return _page(call)


def add(call: Call) -> Response:
    """A new account, and the link by which she joins."""
    made = people_of(call).add(call.field("name"), Role.read(call.field("role")))
    return _invited(call, made.name)


def invite(call: Call) -> Response:
    """A new link, for one who lost hers or her password."""
    return _invited(call, call.field("name"))


def give_role(call: Call) -> Response:
    """Another role, at the desk or in one work."""
    said, work = call.field("role"), call.field("work")
    if work and work not in {one.key for one in call.desk.shelf.works()}:
        work = ""
    people_of(call).set_role(call.field("name"), Role.read(said) if said else None, work=work)
    return call.go("/people")


def disable(call: Call) -> Response:
    """Shut somebody out at once."""
    people_of(call).disable(call.field("name"))
    return call.go("/people")


def enable(call: Call) -> Response:
    """Let her in again."""
    people_of(call).disable(call.field("name"), False)
    return call.go("/people")


def sign_out(call: Call) -> Response:
    """End her sessions."""
    call.desk.sessions.end_all(call.field("name"))
    return call.go("/people")


def remove(call: Call) -> Response:
    """Forget the account."""
    people_of(call).remove(call.field("name"))
    return call.go("/people")


def _invited(call: Call, name: str) -> Response:
    token = people_of(call).invite(name)
    return _page(call, invited=name, link=f"{call.desk.settings.address()}/join/{token}")


def _page(call: Call, *, invited: str = "", link: str = "") -> Response:
    works = {one.key: one.work.title for one in call.desk.shelf.works()}
    there, place = people_of(call).all(), call.number("page")
    shown = there[(place - 1) * SHOWN : place * SHOWN]
    names = tuple(one.name for one in there[:NAMES])
    return call.page(
        "people.html", people=shown, names=names, place=place, more=len(there) > place * SHOWN, works=works, roles=tuple(Role), invited=invited, link=link
    )


ROUTES = (
    page("/people", people, needs=Role.OWNER),
    *(
        page(f"/people/{name}", function, needs=Role.OWNER, methods=("POST",))
        for name, function in {"add": add, "invite": invite, "role": give_role, "disable": disable, "enable": enable, "sign-out": sign_out, "remove": remove}.items()
    ),
)
