"""The ledger as a table: every line with its counts; accepted, rejected, edited, and what an edit would re-do before it is made."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from translate.document import Decision, LedgerLine, LineStatus, Sort
from translate.errors import DragomanError, SettingError, StoreError
from translate.pipeline import effects, ledger, memories
from translate.pipeline.ledger import Entry
from translate.web.call import Call, context, page
from translate.web.identity import Role

SORTS = tuple(str(one) for one in Sort if one != Sort.ADDRESS)
GENDERS = ("", "feminine", "masculine", "neuter")
LINES = 100
"""So many lines stand on a page."""
LARGE = 20_000
"""In works of more passages the lines are counted when somebody asks for it."""
SHOWN: dict[str, tuple[LineStatus, ...]] = {"": ("accepted", "proposed"), "accepted": ("accepted",), "proposed": ("proposed",), "rejected": ("rejected",)}


def table(call: Call) -> Response:
    """The page; its counts come after it."""
    store = call.store()
    rows, more = _page(call, [Entry(decision) for decision in store.ledger()])
    large = store.totals().all > LARGE
    return call.page("ledger.html", **context(call, **_values(call), rows=rows, more=more, large=large, counted=False))


def counts(call: Call) -> Response:
    """The same lines with their counts; those of a large work are counted while the page waits."""
    store = call.store()
    found = call.looked_for("counts", lambda: ledger.entries(store))
    if found is None:
        rows, more = _page(call, [Entry(decision) for decision in store.ledger()])
        return call.page("parts/ledger_counting.html", **_values(call), rows=rows, more=more, counted=False, work=store.work)
    rows, more = _page(call, list(found))
    return call.page("parts/ledger_table.html", **_values(call), rows=rows, more=more, counted=True, work=call.store().work)


def line(call: Call) -> Response:
    """One line, to be edited; with its counts where they are there, as they are after the table: nobody waits for them here."""
    decision = _found(call, call.request.query_params.get("source", ""), call.request.query_params.get("sense", ""))
    store = call.store()
    counted = call.looked_for("counts", lambda: ledger.entries(store)) if store.totals().all <= LARGE else None
    entry = next((one for one in counted or () if one.decision.id == decision.id), Entry(decision))
    return call.page("line.html", **context(call, **_values(call), one=entry, line=decision.line, sorts=SORTS, genders=GENDERS))


def new(call: Call) -> Response:
    """A line that is not there yet: for a word, or for how one person speaks to another."""
    source = call.request.query_params.get("source", "")[:200]
    return call.page("line.html", **context(call, **_values(call), one=None, line=LedgerLine(Sort.CONCEPT, source), sorts=SORTS, genders=GENDERS))


def address(call: Call) -> Response:
    """Settle how one person speaks to another."""
    form = call.field("address")[:40]
    if not form:
        raise SettingError(call.words("address_needs"))
    line = LedgerLine(Sort.ADDRESS, "", speaker=call.field("speaker")[:200], addressee=call.field("addressee")[:200], address=form)
    ledger.put(call.store(), [line], who=call.who)
    _remember(call)
    return call.go(f"/works/{call.key()}/ledger")


def effect(call: Call) -> Response:
    """What the edit would re-do, and what that takes; nothing is changed."""
    edited, folder = _edited(call), call.folder()
    found = call.looked_for("effect", lambda: effects.of_line(folder, edited), repr(edited))
    return call.page("parts/effect.html", effect=found, key=call.key())


def save(call: Call) -> Response:
    """Settle the line as it was edited."""
    edited = _edited(call)
    ledger.put(call.store(), [edited], who=call.who)
    _remember(call)
    return call.go(f"/works/{call.key()}/ledger")


def decide(call: Call) -> Response:
    """Accept or reject a line as it is."""
    status: LineStatus = "rejected" if call.field("status") == "rejected" else "accepted"
    decision = _found(call, call.field("source"), call.field("sense"))
    if status == "accepted" and decision.line.open and not decision.line.gender:
        raise SettingError(call.words("ledger_open", source=decision.line.lemma))
    call.store().decide([replace(decision, status=status, origin="person", who=call.who, why="", id=0, at="", supersedes=None)])
    _remember(call)
    return call.go(f"/works/{call.key()}/ledger")


def _remember(call: Call) -> None:
    with suppress(StoreError):  # the decision is kept; the memory takes it in with the next run
        memories.remember_ledger(call.store(), call.folder())


def _found(call: Call, source: str, sense: str) -> Decision:
    """The decision about a line. Answers with a sentence where there is none."""
    try:
        return next(one for one in ledger.find(call.store(), source) if one.line.sense == sense)
    except (StopIteration, DragomanError):
        raise SettingError(call.words("not_found")) from None


def _edited(call: Call) -> LedgerLine:
    source, target = call.field("source")[:200], call.field("target")[:200]
    if not source or not (target or call.field("keep")):
        raise SettingError(call.words("ledger_needs"))
    values = {name: tuple(part.strip() for part in call.field(name)[:1000].split(";") if part.strip()) for name in ("allowed", "forbidden")}
    base = ledger.changed(call.store(), source, call.field("sense"))
    sort, gender = call.field("sort"), call.field("gender")
    base = replace(base, sort=Sort(sort) if sort in SORTS else base.sort, gender=gender if "gender" in call.form and gender in GENDERS else base.gender)
    return replace(base, target=target, keep=bool(call.field("keep")), note=call.field("note")[:500], allowed=values["allowed"], forbidden=values["forbidden"])


def _page(call: Call, rows: list[Entry]) -> tuple[list[Entry], bool]:
    given = call.request.query_params
    sought = given.get("words", "").strip().casefold()
    statuses = SHOWN.get(given.get("status", ""), SHOWN[""])
    found = [
        one for one in rows if one.decision.status in statuses and (sought in one.decision.line.lemma.casefold() or sought in one.decision.line.target.casefold())
    ]
    start = (call.number("page") - 1) * LINES
    return found[start : start + LINES], len(found) > start + LINES


def _values(call: Call) -> dict[str, Any]:
    given = call.request.query_params
    status = given.get("status", "") if given.get("status", "") in SHOWN else ""
    return {"key": call.key(), "which": status, "sought": given.get("words", "").strip()[:200], "place": call.number("page"), "may": call.reviews, "statuses": tuple(SHOWN)}


ROUTES = (
    page("/works/{key}/ledger", table, needs=Role.READER),
    page("/works/{key}/ledger", decide, needs=Role.REVIEWER, methods=("POST",)),
    page("/works/{key}/ledger/counts", counts, needs=Role.READER),
    page("/works/{key}/ledger/add", new, needs=Role.REVIEWER),
    page("/works/{key}/ledger/address", address, needs=Role.REVIEWER, methods=("POST",)),
    page("/works/{key}/ledger/line", line, needs=Role.REVIEWER),
    page("/works/{key}/ledger/line", save, needs=Role.REVIEWER, methods=("POST",)),
    page("/works/{key}/ledger/effect", effect, needs=Role.REVIEWER, methods=("POST",)),
)
