"""One work: where it stands, chapter by chapter, and its run while it goes on."""

from __future__ import annotations

import time
from http import HTTPStatus

from starlette.responses import Response

from translate.report.strips import strip
from translate.store import Tally
from translate.web.call import OVER, Call, Feed, context, page, stream
from translate.web.identity import Role

CHAPTERS = 60
"""So many chapters stand on a page."""
PATIENCE = 20
"""Chapters are drawn anew at most so often that drawing takes one part in so many of the time."""
SOON = 1.5


def work(call: Call) -> Response:
    """The work's page."""
    place = call.number("page")
    chapters, more = _chapters(call, place)
    job = call.desk.conductor.job(call.folder())
    values = context(call, chapters=chapters, place=place, more=more, first=(place - 1) * CHAPTERS, view=job.view() if job else None, strip=strip)
    return call.page("work.html", **values)


def events(call: Call) -> Feed:
    """The live parts of the work's page, until its run is over."""
    job = call.desk.conductor.job(call.folder())
    store, place = call.store(), call.number("page")
    version, pulse, due = -1, store.pulse(), 0.0
    state: str = ""

    def feed() -> list[tuple[str, str]]:
        nonlocal version, pulse, due, state
        if job is None:
            return [(OVER, "")]
        view = job.view()
        parts: list[tuple[str, str]] = []
        if view.version != version:
            version = view.version
            if view.state != state:
                state = view.state
                parts.append(("controls", call.render("parts/controls.html", **context(call, view=view))))
            parts.append(("standing", call.render("parts/standing.html", view=view)))
            parts.append(("mending", call.render("parts/mending.html", view=view)))
        if time.monotonic() >= due and (now := store.pulse()) != pulse:
            began, pulse = time.monotonic(), now
            chapters, more = _chapters(call, place)
            parts.append(("chapters", call.render("parts/chapters.html", **context(call, chapters=chapters, place=place, more=more, strip=strip))))
            due = time.monotonic() + max(SOON, PATIENCE * (time.monotonic() - began))
        return [*parts, (OVER, "")] if view.over else parts

    return feed


def pause(call: Call) -> Response:
    """Let no new request begin."""
    return _act(call, "pause")


def resume(call: Call) -> Response:
    """Go on after a pause."""
    return _act(call, "resume")


def stop(call: Call) -> Response:
    """Break the run off at once."""
    return _act(call, "stop")


def _act(call: Call, act: str) -> Response:
    job = call.desk.conductor.job(call.folder())
    if job is not None and not job.view().over:
        {"pause": job.pause, "resume": job.resume, "stop": job.stop}[act]()
    if call.fragment:
        return Response(status_code=HTTPStatus.NO_CONTENT)  # the page hears of it by its live parts
    return call.go(f"/works/{call.key()}")


def _chapters(call: Call, place: int) -> tuple[tuple[Tally, ...], bool]:
    found = call.store().tallies(skip=(place - 1) * CHAPTERS, most=CHAPTERS + 1)
    return found[:CHAPTERS], len(found) > CHAPTERS


ROUTES = (
    page("/works/{key}", work, needs=Role.READER),
    stream("/works/{key}/events", events, needs=Role.READER),
    page("/works/{key}/pause", pause, needs=Role.OWNER, methods=("POST",)),
    page("/works/{key}/resume", resume, needs=Role.OWNER, methods=("POST",)),
    page("/works/{key}/stop", stop, needs=Role.OWNER, methods=("POST",)),
)
