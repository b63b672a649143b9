"""Who looks after which chapter, and who is where just now."""

from __future__ import annotations

from starlette.responses import Response

from translate.errors import SettingError
from translate.pipeline.review import presence
from translate.web.call import Call, context, page
from translate.web.identity import Role

CHAPTERS = 60
"""So many chapters stand on a page."""


def chapters(call: Call) -> Response:
    """The chapters with the people in them."""
    return call.page("chapters.html", **context(call, **_values(call)))


def here(call: Call) -> Response:
    """The same list again, as a part of the page."""
    return call.page("parts/chapters_people.html", **context(call, **_values(call)))


def assign(call: Call) -> Response:
    """Say who looks after a chapter: a reviewer herself, or nobody where it was she; an owner anybody."""
    store, document, wanted = call.store(), call.field("document"), call.field("who")
    me = call.who
    now = store.reviewing.assignments().get(document, "")
    if call.identity is None or not call.identity.may(Role.OWNER):
        if wanted not in ("", me) or now not in ("", me):
            raise SettingError(call.words("assign_others"))
    elif wanted and wanted not in _names(call):
        raise SettingError(call.words("assign_unknown"))
    if not store.reviewing.in_document(document):
        raise SettingError(call.words("not_found"))
    store.reviewing.assign(document, wanted)
    return call.go(f"/works/{call.key()}/chapters?page={call.number('page')}")


def _values(call: Call) -> dict[str, object]:
    store, place = call.store(), call.number("page")
    found = store.tallies(skip=(place - 1) * CHAPTERS, most=CHAPTERS + 1)
    there = call.desk.presence.here(call.key())
    documents = store.reviewing.documents_of([segment for segment, _ in there])
    people: dict[str, list[str]] = {}
    for segment, who in there:
        if who not in people.setdefault(documents.get(segment, ""), []):
            people[documents.get(segment, "")].append(who)
    return {
        "chapters": found[:CHAPTERS],
        "more": len(found) > CHAPTERS,
        "place": place,
        "assigned": store.reviewing.assignments(),
        "people": people,
        "names": _names(call),
        "renewed": presence.RENEWED,
    }


def _names(call: Call) -> tuple[str, ...]:
    """Who can be given a chapter: those who may review this work."""
    if call.desk.people is None:
        return (call.identity.name,) if call.identity else ()
    key = call.key()
    return tuple(one.name for one in call.desk.people.all() if not one.disabled and dict(one.works).get(key, one.role) >= Role.REVIEWER)


ROUTES = (
    page("/works/{key}/chapters", chapters, needs=Role.READER),
    page("/works/{key}/chapters/here", here, needs=Role.READER),
    page("/works/{key}/chapters", assign, needs=Role.REVIEWER, methods=("POST",)),
)
