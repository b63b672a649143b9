"""The models of an order, opened: what one cannot be is said before anything is asked."""

from __future__ import annotations

from translate.checks import looping
from translate.errors import SettingError
from translate.models import open_model
from translate.models.seam import DirectModel, Model
from translate.pipeline import assessment
from translate.pipeline.order.values import Order


def translator(order: Order) -> Model | DirectModel:
    """The model that translates. Raises ``SettingError`` where there is none of its name."""
    return _open(order, order.model)


def within(order: Order, model: Model | DirectModel) -> None:
    """Raise ``SettingError`` where the order's budget is none, or cannot be held with this model."""
    if order.budget is not None and not order.budget >= 0:
        raise SettingError(f"{order.budget} is no budget: give an amount of money, such as --budget 2.50.")
    if order.budget is not None and not isinstance(model, DirectModel) and model.price is None:
        raise SettingError(
            f"The price of {model.name} is not known, so a budget cannot be held: give it with --price PROMPT/CACHED/ANSWER (per million tokens)."
        )


def escalation(order: Order) -> Model | None:
    """The model that is asked where the first one failed; None where the order names none. Raises ``SettingError`` where it cannot mend."""
    if not order.escalate:
        return None
    second = _open(order, order.escalate)
    if isinstance(second, DirectModel):
        raise SettingError(f"'{order.escalate}' cannot mend anything: name a model for --escalate-model.")
    return second


def assessor(order: Order, model: Model | DirectModel) -> Model | None:
    """The model that judges, opened; what it cannot be is said before anything is asked."""
    if not order.judge:
        return None
    if isinstance(model, DirectModel):
        raise SettingError(f"{model.name} gives no translation that could be judged: leave out --judge.")
    opened = _open(order, order.judge)
    return assessment.usable(opened, order.budget)


def _open(order: Order, name: str) -> Model | DirectModel:
    return open_model(name, base_url=order.base_url, price=order.price, local_only=order.local_only, jobs=order.jobs, watch=looping)
