"""How a quote and what came of an order are told: lines for people, plain values for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from translate.cli.shown import report_line, table

if TYPE_CHECKING:
    from translate.pipeline.order import Order, Result
    from translate.pipeline.running.quote import Quote


def quote_lines(quote: Quote, order: Order) -> list[str]:
    """A quote for people."""
    rows: list[tuple[Any, ...]] = [
        ("Passages to translate", f"{quote.segments:,}" + (f" (and {quote.repeats:,} repeated ones, free)" if quote.repeats else "")),
        *([("In the translation memory", f"{quote.remembered:,}, free where the checks pass them")] if quote.remembered else []),
        ("Tokens of source", f"{quote.source_tokens:,}"),
        ("Requests", f"about {quote.requests:,}"),
        ("Prompt tokens", str(quote.prompt)),
        ("Answer tokens", str(quote.answer)),
        ("Time", f"{_minutes(quote.seconds.low)} to {_minutes(quote.seconds.high)}"),
    ]
    if quote.cost is None:
        rows.append(("Cost", "not known for this model: give --price PROMPT/CACHED/ANSWER"))
    elif quote.cost.high == 0:
        rows.append(("Cost", "nothing: the model runs on this machine"))
    else:
        rows.append(("Cost", f"{quote.cost.low:.2f} to {quote.cost.high:.2f} {quote.currency}"))
    return table(rows)


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def as_value(result: Result) -> dict[str, object]:
    """What came of an order, in plain values."""
    return {
        "work": str(result.folder.path),
        "book": str(result.book) if result.book else None,
        "report": str(result.folder.report(".html")),
        "segments": dict(result.statuses),
        "asked": result.asked,
        "from_memory": result.recalled,
        "mending_share": round(result.mending, 4),
        "errors": result.errors,
        "warnings": result.warnings,
        "remarks": list(result.remarks),
        "exit_code": result.exit_code,
    }


def result_lines(result: Result, order: Order) -> list[str]:
    """What came of an order, for people."""
    counts = dict(result.statuses)
    total = sum(counts.values())
    good = counts.get("accepted", 0) + counts.get("approved", 0)
    lines = [f"{good:,} of {total:,} passages passed every check or were approved by a person." if total else "There are no words in it that could be translated."]
    if result.recalled:
        lines.append(f"{result.recalled:,} were taken from the translation memory, without a call: dragoman memory list")
    if result.mending:
        lines.append(f"{result.mending:.0%} of the tokens went into mending.")
    if counts.get("flagged") or result.errors:
        lines.append(
            f"{counts.get('flagged', 0):,} are flagged ({result.errors:,} errors, {result.warnings:,} warnings): dragoman findings {result.folder.path}"
        )
    if counts.get("pending"):
        how = "leave out --only to translate them too" if order.only and result.error is None else "run the same command again to go on"
        lines.append(f"{counts['pending']:,} are not translated yet and stand as they are in the source: {how}.")
    if total and not result.asked and result.error is None:
        lines.append("There was nothing left to do; --refresh asks again for everything that no person has approved.")
    lines += [f"Note: {remark}" for remark in result.remarks[:5]]
    if len(result.remarks) > 5:
        lines.append(f"Note: {len(result.remarks) - 5} more remarks are in the report.")
    if result.book:
        lines.append(f"{'Page' if result.book.suffix == '.wiki' else 'Book'}:   {result.book}" + ("" if good or counts.get("flagged") or not total else " (all of it still in the source's language)"))
    lines.append(report_line(result.folder))
    return lines
