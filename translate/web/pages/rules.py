"""What a correction teaches: quietly after an approval, then a page with every place before and after; accepted as one, taken back as one."""

from __future__ import annotations

from starlette.responses import Response

from translate.difference import Change, changes
from translate.document import plain
from translate.errors import SettingError
from translate.pipeline import order as orders
from translate.pipeline import rules
from translate.pipeline.progress import Silent
from translate.pipeline.rules import How, Place, Proposal
from translate.web.call import Call, context, page, whole
from translate.web.identity import Role
from translate.web.pages import ledger

SHOWN = 200
"""So many places stand on the page, with what becomes of them; all of them are counted, and changed."""
LARGE = 20_000
"""In works of more passages the places of a correction are looked for when somebody asks for them: all passages must be read."""
HOWS: tuple[How, ...] = ("code", "request", "approved")


def lesson(call: Call) -> Response:
    """The line beside the next passage: what the correction just made suggests, where it touches other places."""
    large, segment, folder = call.store().totals().all > LARGE, _segment(call), call.folder()
    found = () if large else call.looked_for("rule", lambda: rules.propose(folder, segment, most=SHOWN), segment, "")
    shown = None if found is None else tuple(one for one in found if one.total)
    return call.page("parts/lesson.html", proposals=shown, large=large, key=call.key(), segment=segment)


def proposed(call: Call) -> Response:
    """One correction: what it suggests, with all places."""
    source = call.request.query_params.get("source", "").strip()[:200]
    folder, segment = call.folder(), _segment(call)
    pair = call.store().pair(segment)
    found = call.looked_for("rule", lambda: rules.propose(folder, segment, source=source, most=SHOWN), segment, source)
    shown = None if found is None else [{"one": one, "kinds": _kinds(one), "source": one.lesson.source} for one in found]
    texts = {"source_text": pair.segment.text, "target_text": pair.draft.text if pair.draft else ""}
    return call.page("rule.html", **context(call, proposals=shown, segment=segment, asked_source=source, **texts))


def accept(call: Call) -> Response:
    """Make it the rule."""
    number = whole(call.field("number"))
    if number is None:
        raise SettingError(call.words("not_found"))
    asking = rules.Asking(orders.again(call.folder()), Silent()) if call.field("ask") else None
    rules.accept(call.folder(), _segment(call), number=number, source=call.field("source"), who=call.who, asking=asking)
    return call.go(f"/works/{call.key()}/ledger/rules")


def held(call: Call) -> Response:
    """The rules that hold, and what corrections suggest that is none yet."""
    found = rules.rules(call.folder())
    waiting = {one.number: sum(1 for _, why in one.places if why.endswith("asked for again")) for one in found}
    mended = {one.number: sum(1 for _, why in one.places if "mended by" in why) for one in found}
    return call.page("rules.html", **context(call, rules=tuple(reversed(found)), waiting=waiting, mended=mended, may=call.reviews))


def suggested(call: Call) -> Response:
    """What the corrections of the work suggest; asked for after the page is shown."""
    folder = call.folder()
    return call.page("parts/suggested.html", proposals=call.looked_for("suggested", lambda: rules.suggestions(folder, shown=0)), key=call.key())


def undo(call: Call) -> Response:
    """Take a rule back as one."""
    number = whole(call.field("rule"))
    if number is None:
        raise SettingError(call.words("not_found"))
    rules.undo(call.folder(), number, who=call.who)
    return call.go(f"/works/{call.key()}/ledger/rules")


def _kinds(proposal: Proposal) -> list[tuple[How, int, list[tuple[Place, tuple[Change, ...]]]]]:
    """The places by what becomes of them: how many, and the first of them with their change."""
    found = []
    for how in HOWS:
        places = proposal.by(how)
        if places:
            found.append((how, len(places), [(place, _change(place)) for place in places]))
    return found


def _change(place: Place) -> tuple[Change, ...]:
    before = plain(place.before)
    return changes(before, plain(place.after)) if place.after is not None else (Change("same", before),)


def _segment(call: Call) -> str:
    return str(call.request.path_params["segment"])


ROUTES = (
    *ledger.ROUTES,  # the rules stand under the ledger
    page("/works/{key}/passages/{segment}/lesson", lesson, needs=Role.REVIEWER),
    page("/works/{key}/ledger/rules", held, needs=Role.READER),
    page("/works/{key}/ledger/rules/suggested", suggested, needs=Role.READER),
    page("/works/{key}/ledger/rules/undo", undo, needs=Role.REVIEWER, methods=("POST",)),
    page("/works/{key}/ledger/rules/{segment}", proposed, needs=Role.REVIEWER),
    page("/works/{key}/ledger/rules/{segment}", accept, needs=Role.REVIEWER, methods=("POST",), outside=True),
)
