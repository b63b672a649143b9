"""``dragoman compare``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from translate.cli.shown import json_option, show

if TYPE_CHECKING:
    from translate.pipeline.compare import Sample


@click.command("compare")
@click.argument("work")
@click.option("--model", "models", multiple=True, required=True, metavar="SPEC", help="A model to compare; up to three.")
@click.option("--base-url", metavar="URL", help="Address of the server of the hosted ones.")
@click.option("--price", metavar="P/C/A", help="Price per million tokens: prompt/cached prompt/answer.")
@click.option("--local-only", is_flag=True, help="Nothing leaves this machine: refuse a model that is elsewhere.")
@json_option
def command(work: str, models: tuple[str, ...], base_url: str | None, price: str | None, local_only: bool, as_json: bool) -> int:
    """Let several models translate one page of WORK, and show what each made of it: wording, findings, time, price. The work is not touched."""
    from dataclasses import replace

    from translate.pipeline import compare, works
    from translate.pipeline import order as orders

    folder = works.find(work)
    before = replace(orders.again(folder), local_only=local_only)
    samples = []
    for spec in models[: compare.MODELS]:
        hosted = spec.startswith("hosted:")
        samples.append(compare.sample(folder, replace(before, model=spec, base_url=base_url if hosted else None, price=price if hosted else None)))
    show({"samples": [_value(one) for one in samples]}, lambda: [line for one in samples for line in _lines(one)], as_json=as_json)
    return 0 if any(not one.error for one in samples) else 1


def _value(one: Sample) -> dict[str, object]:
    passages = [{"segment": part.segment, "source": part.source, "target": part.target, "findings": [said for _, said in part.findings]} for part in one.passages]
    figures = {"seconds": one.seconds, "tokens": one.tokens, "cost": one.cost, "whole": one.whole, "currency": one.currency}
    return {"model": one.model, "error": one.error, "errors": one.count("error"), "warnings": one.count("warning"), **figures, "passages": passages}


def _lines(one: Sample) -> list[str]:
    if one.error:
        return [f"{one.model}: it did not work: {one.error}"]
    cost = "price not known" if one.cost is None else "no cost" if not one.cost else f"{one.cost:.4f} {one.currency}, about {one.whole or 0:.2f} for the whole work"
    lines = [f"{one.model}: {one.count('error')} errors, {one.count('warning')} warnings, {one.seconds:.1f} s, {cost}"]
    for part in one.passages:
        lines += [f"    {part.source}", f"  → {part.target}", *(f"  ! {said}" for severity, said in part.findings if severity != "info")]
    return lines
