"""What people decided in a work, the latest first; each can be taken back."""

from __future__ import annotations

from starlette.responses import Response

from translate.difference import Change, changes
from translate.document import plain
from translate.errors import SettingError
from translate.pipeline.review import history
from translate.store import Decided
from translate.web.call import Call, context, page, whole
from translate.web.identity import Role

SHOWN = 50


def past(call: Call) -> Response:
    """The page; of one person where the address names her."""
    who, place = call.request.query_params.get("who", "")[:200], call.number("page")
    found = call.store().reviewing.decided(who=who, skip=(place - 1) * SHOWN, most=SHOWN + 1)
    rows = [(one, _change(one)) for one in found[:SHOWN]]
    values = context(call, rows=rows, who=who, place=place, more=len(found) > SHOWN, key=call.key(), people=call.store().reviewing.people())
    return call.page("history.html", **values, may=call.reviews)


def undo(call: Call) -> Response:
    """Take one of them back."""
    number = whole(call.field("number"))
    if number is None:
        raise SettingError(call.words("not_found"))
    history.undo(call.store(), call.folder(), history.find(call.store(), call.field("kind"), number), who=call.who)
    return call.go(f"/works/{call.key()}/history")


def _change(one: Decided) -> tuple[Change, ...]:
    return changes(plain(one.before), plain(one.after)) if one.kind == "approved" else ()


ROUTES = (
    page("/works/{key}/history", past, needs=Role.READER),
    page("/works/{key}/history", undo, needs=Role.REVIEWER, methods=("POST",)),
)
