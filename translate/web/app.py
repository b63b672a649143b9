"""The application: routes from every page module, behind the guard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from importlib.resources import files

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from translate import __version__
from translate.errors import SettingError
from translate.pipeline.desk.conduct import Conductor
from translate.pipeline.desk.intake import Intake
from translate.pipeline.desk.people import People
from translate.pipeline.desk.preview import Previews
from translate.pipeline.desk.shelf import Shelf
from translate.web.call import not_found, warm
from translate.web.desk import OUTSIDE, THREADS, Desk
from translate.web.guard import Guard
from translate.web.identity import AccountSessions, KeptSessions, Peeks, Tickets
from translate.web.pages import account, chapters, compare, finish, history, home, people, publish, review, rules, search, start, work
from translate.web.settings import Settings

PAGES = (home, account, people, start, compare, work, chapters, review, history, rules, search, finish, publish)
"""Every module of pages; each has ``ROUTES``."""
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
UPLOADS = frozenset({"/uploads"})
"""The paths that take whole books."""


def create(settings: Settings) -> Starlette:
    """The desk as an ASGI application; ``app.state.desk`` is what its pages share.

    Raises ``SettingError`` where it would be open to others without accounts, or with accounts of which none owns it.
    """
    settings.check()
    accounts = _people(settings)
    pool, outside = ThreadPoolExecutor(THREADS, thread_name_prefix="desk"), ThreadPoolExecutor(OUTSIDE, thread_name_prefix="outside")
    desk = Desk(
        settings=settings,
        shelf=Shelf(settings.out),
        sessions=AccountSessions(accounts) if accounts is not None else KeptSessions(settings.state / "sessions.json"),
        tickets=Tickets(),
        pool=pool,
        outside=outside,
        conductor=Conductor(),
        intake=Intake(settings.out),
        previews=Previews(),
        peeks=Peeks(),
        people=accounts,
    )

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        pool.submit(warm)
        pool.submit(desk.shelf.warm)
        yield
        desk.close()

    def limit(path: str) -> int:
        return settings.largest_upload if path in UPLOADS else settings.largest_form

    guard = Middleware(Guard, hosts=settings.hosts(), origins=settings.origins(), https=settings.https, limit=limit)
    routes = [Route("/static/{name}", static, name="static"), *(route for module in PAGES for route in module.ROUTES)]
    app = Starlette(routes=routes, middleware=[guard], exception_handlers={HTTPException: not_found}, lifespan=lifespan)
    app.state.desk = desk
    return app


def _people(settings: Settings) -> People | None:
    if not settings.accounts:
        return None
    people = People(settings.workspace)
    if not people.owned():
        people.close()
        raise SettingError("Nobody owns this desk yet: make the first account with 'dragoman users add NAME --role owner'.")
    return people


def _static_files() -> dict[str, tuple[bytes, str]]:
    found = {}
    for file in files("translate.web").joinpath("static").iterdir():
        suffix = "." + file.name.rsplit(".", 1)[-1]
        if suffix in TYPES:
            found[file.name] = (file.read_bytes(), TYPES[suffix])
    return found


STATIC = _static_files()
"""Our own style and scripts, read once: what a request names is looked up here, and nowhere else."""


async def static(request: Request) -> Response:
    """One of our own files. Browsers keep it for a day; its address carries the version."""
    body, kind = STATIC.get(request.path_params["name"], (b"", ""))
    if not kind:
        raise HTTPException(404)
    fresh = request.query_params.get("v") == __version__
    return Response(body, media_type=kind, headers={"cache-control": "private, max-age=86400" if fresh else "no-cache"})
