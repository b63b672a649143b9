"""A wiki page's end of the work: see it as the wiki renders it, hear what stands against it, save it there as a draft."""

from __future__ import annotations

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.responses import Response

from translate.errors import WikiError
from translate.pipeline.wikis import publishing, showing
from translate.pipeline.wikis.publishing import Published, Wish
from translate.web.call import Call, context, page
from translate.web.identity import Role
from translate.wiki import known

PREVIEW = "preview.html"
PREVIEW_POLICY = "default-src 'none'; img-src https: http: data:; style-src 'unsafe-inline'; base-uri https: http:; form-action 'none'; frame-ancestors 'none'; sandbox"
"""What the wiki rendered runs nothing and runs as nobody; pictures and styles only."""
NAME_MOST, TITLE_MOST = 100, 300


def publish(call: Call) -> Response:
    """Where to, under which title; and what was saved before."""
    return _page(call)


def send(call: Call) -> Response:
    """Check the page against the wiki, and save it as a draft unless only that was asked."""
    wish = Wish(
        _wiki(call),
        title=call.field("title")[:TITLE_MOST],
        reviewer=call.field("reviewer")[:NAME_MOST],
        dry_run=call.field("act") != "save",
        with_faults="with_faults" in call.form,
        local_only="local_only" in call.form,
    )
    try:
        done = publishing.publish(call.folder(), wish)
    except WikiError as error:
        return _page(call, wish=wish, refused=error.sentences)
    return _page(call, wish=wish, done=done)


def render(call: Call) -> Response:
    """Let the wiki render the page as it stands; nothing is saved there."""
    showing.preview_work(call.folder(), wiki=_wiki(call), local_only="local_only" in call.form)
    return call.go(f"/works/{call.key()}/publish/preview")


def rendered(call: Call) -> Response:
    """The page as the wiki rendered it, shut in."""
    path = call.folder().path / PREVIEW
    if not path.is_file():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return Response(path.read_bytes(), media_type="text/html", headers={"content-security-policy": PREVIEW_POLICY, "referrer-policy": "no-referrer"})


def _page(call: Call, *, wish: Wish | None = None, done: Published | None = None, refused: tuple[str, ...] = ()) -> Response:
    store = call.store()
    came = publishing.provenance_of(store)
    before = tuple(reversed(store.wiki.publications()))[:10]
    values = context(call, wikis=known.names(), came=came, before=before, wish=wish, done=done, refused=refused)
    return call.page("publish.html", status=HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK, **values)


def _wiki(call: Call) -> str:
    """The known wiki that was chosen: only one of the list, since its name becomes a file's. Answers 422 by the core's own error where it is none."""
    name = call.field("wiki")
    if name not in known.names():
        raise WikiError(call.words("publish_no_wiki"))
    return name


ROUTES = (
    page("/works/{key}/publish", publish, needs=Role.OWNER),
    page("/works/{key}/publish", send, needs=Role.OWNER, methods=("POST",), outside=True),
    page("/works/{key}/publish/preview", render, needs=Role.OWNER, methods=("POST",), outside=True),
    page("/works/{key}/publish/preview", rendered, needs=Role.OWNER),
)
