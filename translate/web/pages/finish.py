"""The end of the work: build the book, take it home, read its report, see any chapter as its reader will."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from translate.errors import DragomanError
from translate.pipeline import results
from translate.store import Entry
from translate.web.call import Call, context, page
from translate.web.identity import Peek, Role

LITTLE = 5.0
"""Seconds that the button waits for a book: most are built by then, and their page comes at once."""
CHAPTERS = 200
"""So many chapters can be chosen from on a page."""
REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-scripts allow-popups"
"""The report has a script and a style of its own, held by hashes in the file; here it runs as nobody, so the desk is out of its reach."""


def finish(call: Call) -> Response:
    """What there is to take home."""
    folder, store = call.folder(), call.store()
    book, report = folder.book(store.work), folder.read_in(call.language)
    chapters, place, more = _chapters(call)
    came = store.wiki.provenance(store.version().number)
    return call.page("finish.html", **context(call, book=_built(book), report=_built(report), chapters=chapters, place=place, more=more, came=came, building=call.desk.errands.running(_building(call))))


def build(call: Call) -> Response:
    """Build the book and the report from what stands now; what takes long goes on while the page waits."""
    store, folder, bilingual = call.store(), call.folder(), call.field("edition") == "bilingual"
    call.desk.errands.ask(_building(call), object(), lambda: results.build(store, folder, bilingual=bilingual), patience=LITTLE)
    return call.go(f"/works/{call.key()}/finish")


def built(call: Call) -> Response:
    """Whether the book is built, as a part of the page; then the page is loaded anew."""
    if not call.desk.errands.running(_building(call)):
        call.desk.errands.told(_building(call))
        return Response(headers={"HX-Refresh": "true"})
    return call.page("parts/building.html", key=call.key())


def _building(call: Call) -> tuple[str, str]:
    return (call.key(), "build")


def book(call: Call) -> Response:
    """The built book, to be kept."""
    folder = call.folder()
    return _sent(folder.book(call.store().work), "attachment")


def report(call: Call) -> Response:
    """The report in the language of the desk's pages, shut in."""
    response = _sent(call.folder().read_in(call.language), "inline")
    response.headers["content-security-policy"] = REPORT_POLICY
    return response


def preview(call: Call) -> Response:
    """A chapter in a frame of its own."""
    name = call.request.query_params.get("chapter", "")
    chapters, number, _ = _chapters(call)
    names = [one.name for one in chapters]
    place = names.index(name) if name in names else 0
    bilingual = "bilingual" in call.request.query_params
    token = call.desk.peeks.issue(Peek(call.key(), bilingual, call.token))
    return call.page("preview.html", **context(call, chapters=chapters, place=place, number=number, token=token, bilingual=bilingual))


def peek(call: Call) -> Response:
    """A part of a book for the frame of a preview: nothing in it runs, sends or loads from elsewhere. Needs no session, but a pass."""
    found = call.desk.peeks.find(str(call.request.path_params["token"]))
    identity = call.desk.sessions.find(found.token) if found is not None else None
    if found is None or identity is None or not identity.at(found.key).may(Role.READER):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    try:
        part = call.desk.previews.part(call.desk.shelf.store(found.key), str(call.request.path_params["name"]), bilingual=found.bilingual)
    except DragomanError:
        raise HTTPException(HTTPStatus.NOT_FOUND) from None
    own = f"{call.request.url.scheme}://{call.request.headers['host']}/peek/"
    policy = (
        f"default-src 'none'; style-src {own} 'unsafe-inline'; img-src {own} data:; font-src {own} data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"
    )
    headers = {
        "content-type": part.type,
        "content-security-policy": policy,
        "x-frame-options": "SAMEORIGIN",
        "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "cross-origin",
        "access-control-allow-origin": "*",
        "cache-control": "no-store" if part.worded else "private, max-age=600",
    }
    return Response(part.data, headers=headers)


def _chapters(call: Call) -> tuple[list[Entry], int, bool]:
    """The chapters that a reader sees, of one page of them; the page's number; whether there are more."""
    number = call.number("page")
    found = call.store().entries(skip=(number - 1) * CHAPTERS, most=CHAPTERS + 1)
    return [one for one in found[:CHAPTERS] if one.kind != "metadata" and not one.name.endswith((".opf", ".ncx"))], number, len(found) > CHAPTERS


def _built(path: Path) -> str:
    """When a file was built, or "" where it was not."""
    return f"{datetime.fromtimestamp(path.stat().st_mtime, UTC):%Y-%m-%d %H:%M} UTC" if path.is_file() else ""


def _sent(path: Path, disposition: str) -> Response:
    if not path.is_file():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return FileResponse(path, filename=path.name, content_disposition_type=disposition)


ROUTES = (
    page("/works/{key}/finish", finish, needs=Role.READER),
    page("/works/{key}/finish/built", built, needs=Role.READER),
    page("/works/{key}/build", build, needs=Role.OWNER, methods=("POST",)),
    page("/works/{key}/book", book, needs=Role.READER),
    page("/works/{key}/report", report, needs=Role.READER),
    page("/works/{key}/finish/preview", preview, needs=Role.READER),
    page("/peek/{token}/{name:path}", peek, needs=None),
)
