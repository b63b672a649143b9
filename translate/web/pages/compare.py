"""One page of the work by two or three models, before a whole book is given to one of them."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from starlette.responses import Response

from translate.errors import SettingError
from translate.models import offers
from translate.pipeline import order as orders
from translate.pipeline.compare import Comparison
from translate.pipeline.order import Order
from translate.web.call import Call, context, page
from translate.web.identity import Role
from translate.web.pages.start import preferred, reachable

TYPED = 2
"""So many models on servers can be typed."""


def compare(call: Call) -> Response:
    """Choose models; and what came of the last comparison."""
    ready = [one for one in reachable(call) if one.ready]
    found, providers = [one for one in ready if one.named and one.spec != "echo"], [one for one in ready if not one.named]
    there, order = call.desk.comparisons.get(call.key()), preferred(call)
    given = there.orders if there is not None and "model" not in call.request.query_params else (order,)
    return call.page("compare.html", **context(call, offers=found, providers=providers, typed=_typed(given), chosen=[one.model for one in given], comparison=there, order=order))


def carried(call: Call) -> Response:
    """To the comparison, with the model that was chosen for the run."""
    model = call.field("model")
    name, address = (call.field(f"named:{model[3:]}"), model[3:]) if model.startswith("at:") else (call.field("model_name"), call.field("base_url"))
    typed = model == "hosted" or model.startswith("at:")
    said = {"model": f"hosted:{name}" if typed else model, "base_url": address if typed else "", "price": call.field("price") if typed else ""}
    return call.go(f"/works/{call.key()}/setup/compare" + (f"?{urlencode(said)}" if name or not typed else ""))


def _typed(given: tuple[Order, ...]) -> list[tuple[str, str, str]]:
    """Name, address and price of each model on a server that the form begins with."""
    rows = [(one.model.removeprefix("hosted:"), one.base_url or "", one.price or "") for one in given if one.model.startswith("hosted:")]
    return [*rows, *[("", rows[0][1] if rows else "", "")] * TYPED][:TYPED]


def samples(call: Call) -> Response:
    """What has come in so far, as a part of the page."""
    return call.page("parts/samples.html", **context(call, comparison=call.desk.comparisons.get(call.key())))


def begin(call: Call) -> Response:
    """Ask the models that were chosen."""
    wanted = _orders(call)
    if not wanted:
        raise SettingError(call.words("compare_none"))
    _stop(call)
    call.desk.comparisons[call.key()] = Comparison(call.folder(), wanted).begin()
    return call.go(f"/works/{call.key()}/setup/compare")


def stop(call: Call) -> Response:
    """Break it off."""
    _stop(call)
    return call.go(f"/works/{call.key()}/setup/compare")


def _stop(call: Call) -> None:
    there = call.desk.comparisons.get(call.key())
    if there is not None:
        there.stop()


def _orders(call: Call) -> tuple[Order, ...]:
    before, local = orders.again(call.folder()), "local_only" in call.form
    listed = [replace(before, model=offers.check(spec), base_url=None, price=None, local_only=local) for spec in call.fields("model")]
    for number in range(TYPED):
        if call.field(f"name_{number}"):
            spec = offers.check(f"hosted:{call.field(f'name_{number}')}")
            listed.append(
                replace(before, model=spec, base_url=call.field(f"address_{number}") or None, price=call.field(f"price_{number}") or None, local_only=local)
            )
    return tuple(listed)


ROUTES = (
    page("/works/{key}/setup/compare", compare, needs=Role.OWNER, outside=True),
    page("/works/{key}/setup/compare/samples", samples, needs=Role.OWNER),
    page("/works/{key}/setup/compare", begin, needs=Role.OWNER, methods=("POST",)),
    page("/works/{key}/setup/compare/with", carried, needs=Role.OWNER, methods=("POST",)),
    page("/works/{key}/setup/compare/stop", stop, needs=Role.OWNER, methods=("POST",)),
)
