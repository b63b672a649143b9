"""One work: where it stands, chapter by chapter."""

from __future__ import annotations

from starlette.responses import Response

from translate.web.call import Call, context, page
from translate.web.identity import Role

CHAPTERS = 100
"""So many chapters stand on a page."""


def work(call: Call) -> Response:
    """The work's page."""
    number = call.request.query_params.get("page", "1")
    place = max(1, int(number)) if number.isdigit() and len(number) < 7 else 1
    chapters = call.store().tallies(skip=(place - 1) * CHAPTERS, most=CHAPTERS + 1)
    return call.page("work.html", **context(call), chapters=chapters[:CHAPTERS], place=place, more=len(chapters) > CHAPTERS)


ROUTES = (page("/works/{key}", work, needs=Role.READER),)
