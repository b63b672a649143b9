"""One page of the work by two or three models, before a whole book is given to one of them."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from translate.errors import SettingError
from translate.models import offers
from translate.pipeline import order as orders
from translate.pipeline.compare import Comparison
from translate.pipeline.order import Order
from translate.web.call import Call, context, page
from translate.web.identity import Role
from translate.web.pages.start import reachable

TYPED = 2
"""So many models on servers can be typed."""


def compare(call: Call) -> Response:
    """Choose models; and what came of the last comparison."""
    ready = [one for one in reachable(call) if one.ready]
    found, providers = [one for one in ready if one.named and one.spec != "echo"], [one for one in ready if not one.named]
    return call.page("compare.html", **context(call, offers=found, providers=providers, typed=TYPED, comparison=call.desk.comparisons.get(call.key()), order=orders.again(call.folder())))


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
    page("/works/{key}/setup/compare/stop", stop, needs=Role.OWNER, methods=("POST",)),
)
