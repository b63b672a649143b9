"""From a file to a run: bring it, see what it is, choose languages, model and glossaries, hear what it will take, begin."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from math import isfinite, nan
from pathlib import Path
from urllib.parse import urlencode

from starlette.responses import Response

from translate import languages
from translate.errors import DragomanError, SettingError
from translate.models import catalog, offers
from translate.models.hosted import DEFAULT_ADDRESS
from translate.models.keys import KEYS
from translate.pipeline import order as orders
from translate.pipeline.desk import intake
from translate.pipeline.order import Order
from translate.spoken.words import COMMON, language_name
from translate.store import Work
from translate.web.call import Call, context, page, whole
from translate.web.identity import Role

MOST_JOBS = 1000
"""So many requests at once can be asked for."""
PAIR = re.compile(r"([a-z]{2,3})-([a-z]{2,3})", re.IGNORECASE)
"""The name of a glossary of one pair of languages."""
STYLE_MOST = 50_000
"""Characters of a style sheet."""


def upload(call: Call) -> Response:
    """Take a file, and go to the page that shows what it is."""
    given = call.file("source")
    if given is None:
        raise SettingError(call.words("no_file"))
    key = call.desk.intake.take(*given)
    try:
        call.desk.intake.look(key)  # while she waits for the upload anyway: the page that follows is quick
    except DragomanError:
        call.desk.intake.drop(key)
        raise
    return call.go(f"/new/{key}")


def wiki_page(call: Call) -> Response:
    """Fetch a wiki's page by its address, and go to set it up."""
    to = call.field("to")
    if not to:
        raise SettingError(call.words("no_language"))
    folder = call.desk.intake.begin_page(call.field("address"), to=to)
    return call.go(f"/works/{call.desk.shelf.shelved(folder).key}/setup")


def new(call: Call) -> Response:
    """What was brought: its account, and the languages to choose."""
    look = call.desk.intake.look(call.key())
    return call.page("new.html", look=look, total=look.account.total, choices=choices(call))


def begin(call: Call) -> Response:
    """Make a work of what was brought."""
    to = call.field("to_other") or call.field("to")
    if not to:
        raise SettingError(call.words("no_language"))
    folder = call.desk.intake.begin(call.key(), to=to, from_=call.field("from_other") or call.field("from") or None)
    return call.go(f"/works/{call.desk.shelf.shelved(folder).key}/setup")


def drop(call: Call) -> Response:
    """Forget what was brought."""
    call.desk.intake.drop(call.key())
    return call.go("/")


def setup(call: Call) -> Response:
    """How a work is to be translated."""
    order, there = preferred(call), _glossaries(call)
    chosen = {path.resolve() for path in order.glossaries} | {path for name, path in there.items() if name == call.request.query_params.get("glossary")}
    sheet, styled = intake.offered_style(call.folder(), order.style)
    work = call.store().work
    there = {name: path for name, path in there.items() if path in chosen or _fitting(name, work)}
    return call.page("setup.html", **context(call, order=order, glossaries=there, chosen=chosen, style=sheet, styled=styled))


def models(call: Call) -> Response:
    """The models that can be had now, as a part of the page: asking for them takes a moment."""
    order, found = preferred(call), reachable(call)
    ready = [one.spec for one in found if one.ready and one.spec.startswith("embedded:")]
    chosen = ready[0] if order.model == "embedded" and ready else order.model
    return call.page("parts/models.html", offers=found, order=order, chosen=chosen)


def reachable(call: Call) -> tuple[offers.Offer, ...]:
    """The models that can be had now."""
    return offers.offers(asyncio.run(catalog.reachable(environment=call.desk.settings.environment)))


def preferred(call: Call) -> Order:
    """The order of the last run; with the model that the address names, where one was taken from a comparison."""
    order, said = orders.again(call.folder()), call.request.query_params
    if not said.get("model"):
        return order
    return replace(order, model=offers.check(said["model"]), base_url=said.get("base_url") or None, price=said.get("price") or None)


def quoted(call: Call) -> Response:
    """What the order would take."""
    order = _order(call)
    return call.page("parts/quote.html", quote=orders.quoted(order, folder=call.folder()), order=order)


def run(call: Call) -> Response:
    """Begin, and go to watch."""
    call.desk.conductor.begin(call.folder(), _order(call))
    return call.go(f"/works/{call.key()}")


def again(call: Call) -> Response:
    """Go on as the last run was told to."""
    call.desk.conductor.begin(call.folder(), orders.again(call.folder()))
    return call.go(f"/works/{call.key()}")


def glossary(call: Call) -> Response:
    """Keep a glossary with the work."""
    given = call.file("glossary")
    if given is None:
        raise SettingError(call.words("no_file"))
    kept = intake.keep_glossary(call.folder(), *given)
    return call.go(f"/works/{call.key()}/setup?{urlencode({'glossary': kept.name})}")


def _order(call: Call) -> Order:
    """The order that the form describes. Raises ``SettingError`` where it makes no sense."""
    folder = call.folder()
    before = orders.again(folder)
    there = _glossaries(call)
    spec, address = call.field("model"), call.field("base_url") or None
    if spec == "hosted":
        spec = f"hosted:{call.field('model_name')}"
    elif spec.startswith("at:"):  # a provider whose key is set: the address is one of the list, or none
        address = spec.removeprefix("at:")
        if address not in (*KEYS.values(), DEFAULT_ADDRESS):
            raise SettingError(call.words("not_possible"))
        spec = f"hosted:{call.field(f'named:{address}')}"
    return replace(
        before,
        model=spec if spec == before.model else offers.check(spec),
        base_url=address if spec.startswith("hosted:") else None,
        price=(call.field("price") or None) if spec.startswith("hosted:") else None,
        glossaries=tuple(there[name] for name in call.fields("glossaries") if name in there) or orders.NO_GLOSSARY,
        local_only="local_only" in call.form,
        style=intake.keep_style(folder, call.field("style_sheet")[:STYLE_MOST]) if "style" in call.form else orders.NO_SHEET,
        refresh="refresh" in call.form,
        budget=_number(call, "budget"),
        jobs=_jobs(call),
    )


def _jobs(call: Call) -> int | None:
    said = call.field("jobs")
    found = whole(said) if said else 0
    if found is None or found > MOST_JOBS:
        raise SettingError(call.words("no_number", said=said[:20]))
    return found or None


def _number(call: Call, name: str) -> float | None:
    said = call.field(name).replace(",", ".")
    if not said:
        return None
    try:
        found = float(said)
    except ValueError:
        found = nan
    if not isfinite(found):
        raise SettingError(call.words("no_number", said=said[:20]))
    return found


def _glossaries(call: Call) -> dict[str, Path]:
    """What there is to choose from, by name: the desk's glossaries, then the work's own, then others of its last run"""
    folders = (call.desk.settings.glossaries, call.folder().path / "glossaries")
    found = {path.name: path.resolve() for folder in folders for path in sorted(folder.glob("*")) if path.suffix.lower() in intake.GLOSSARIES}
    return found | {path.name: path for path in orders.again(call.folder()).glossaries}


def _fitting(name: str, work: Work) -> bool:
    """Whether a glossary may be for a work: its name says no pair of languages ("en-de.csv"), or that of the work."""
    pair = PAIR.fullmatch(name.rpartition(".")[0])
    return pair is None or (pair[1].lower(), pair[2].lower()) == (languages.code(work.source_language), languages.code(work.target_language))


def choices(call: Call) -> list[tuple[str, str]]:
    """Tags and names of languages, by name."""
    return sorted(((languages.find(tag).tag, language_name(tag, call.language)) for tag in COMMON.split()), key=lambda row: row[1].casefold())


ROUTES = (
    page("/uploads", upload, needs=Role.OWNER, methods=("POST",)),
    page("/pages", wiki_page, needs=Role.OWNER, methods=("POST",), outside=True),
    page("/new/{key}", new, needs=Role.OWNER),
    page("/new/{key}", begin, needs=Role.OWNER, methods=("POST",)),
    page("/new/{key}/drop", drop, needs=Role.OWNER, methods=("POST",)),
    page("/works/{key}/setup", setup, needs=Role.OWNER),
    page("/works/{key}/models", models, needs=Role.OWNER, outside=True),
    page("/works/{key}/quote", quoted, needs=Role.OWNER, methods=("POST",), outside=True),
    page("/works/{key}/run", run, needs=Role.OWNER, methods=("POST",)),
    page("/works/{key}/again", again, needs=Role.OWNER, methods=("POST",)),
    page("/works/{key}/glossary", glossary, needs=Role.OWNER, methods=("POST",)),
)
