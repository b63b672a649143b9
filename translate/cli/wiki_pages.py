"""``dragoman translate`` for pages of a wiki: one work a page."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from translate.cli.results import as_value, quote_lines, result_lines
from translate.cli.shown import Bar, show, show_waits
from translate.errors import FINISHED

if TYPE_CHECKING:
    from translate.pipeline.order import Order
    from translate.pipeline.running.quote import Quote
    from translate.pipeline.wikis.translating import PageDone


def pages(source: str, order: Order, *, wiki: str, sister: str, recurse: bool, only_quote: bool, as_json: bool) -> int:
    """Translate the pages that ``source`` names, say what came of each, and give the exit code of the worst."""
    from translate.pipeline.wikis import translating
    from translate.pipeline.wikis.fetching import Asked

    asked = Asked(source, wiki, sister, recurse, order.local_only)
    bar = Bar()
    show_waits()
    try:
        if only_quote:
            _quote(tuple(translating.quotes(asked, order, bar)), order, as_json=as_json)
            return FINISHED
        done = []
        for page in translating.carry_out(asked, order, bar):
            done.append(page)
            if not as_json:
                show(None, lambda page=page: _lines(page, order), as_json=False)  # type: ignore[misc]
    except KeyboardInterrupt:
        raise click.Abort from None
    finally:
        bar.finish()
    if as_json:
        show({"pages": [_value(page) for page in done]}, list, as_json=True)
    return max((page.exit_code for page in done), default=FINISHED)


def _quote(quotes: tuple[tuple[str, Quote], ...], order: Order, *, as_json: bool) -> None:
    """What each page would take, and, of several, all of them."""
    from translate.pipeline.running.quote import total

    whole = total([one for _, one in quotes])
    rows = [*quotes, (f"All {len(quotes)} pages", whole)] if len(quotes) > 1 else [*quotes]
    value = {"pages": [{"title": title, **asdict(one)} for title, one in quotes], "all": asdict(whole)}
    show(value, lambda: [line for title, one in rows for line in (title, *(f"  {row}" for row in quote_lines(one, order)))], as_json=as_json)


def _value(page: PageDone) -> dict[str, object]:
    value: dict[str, object] = {"title": page.title, "exit_code": page.exit_code, "preview": str(page.preview) if page.preview else None}
    value["error"] = str(page.error) if page.error else None
    value["parser"] = list(page.remarks)
    return value | (as_value(page.result) if page.result else {})


def _lines(page: PageDone, order: Order) -> list[str]:
    if page.result is None:
        return [f"{page.title}: not done. {page.error}"]
    lines = [f"{page.title}:", *(f"  {line}" for line in result_lines(page.result, order)), *(f"  {remark}" for remark in page.remarks)]
    if page.preview:
        lines.append(f"  Preview: {page.preview}")
    if page.result.error is not None:
        lines.append(f"  Stopped: {page.result.error}")
    return lines
