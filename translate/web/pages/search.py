"""Search in source and translation, and words that are replaced in many places: shown first, then done."""

from __future__ import annotations

from functools import partial
from typing import Any

from starlette.responses import Response

from translate.pipeline.review import queues, replacing
from translate.pipeline.review.queues import Queue
from translate.web.call import Call, context, page
from translate.web.identity import Role
from translate.web.shown import excerpt

SHOWN_HITS = 50
SHOWN_PLACES = 150
"""So many places of a replacement stand on a page, each with a tick; a form has no more fields than that (call.MOST_FIELDS)."""


def search(call: Call) -> Response:
    """Search in either text, and words replaced in translations: shown first, then done."""
    store, given = call.store(), call.request.query_params
    words, side, instead = given.get("words", "")[:500], _side(given.get("side", "")), given.get("instead", "")[:500]
    case, whole = "case" in given, "whole" in given
    places: tuple[replacing.Place, ...] | None = ()
    if words.strip() and instead != "":
        asked = partial(replacing.places, store, words, instead, case=case, whole=whole, most=SHOWN_PLACES + 1)
        places = call.looked_for("replacing", asked, words, instead, str(case), str(whole))
    names = queues.segments(store, Queue(side, words)) if words.strip() and places == () else ()
    hits = []
    for name in names[:SHOWN_HITS]:
        pair = store.pair(name)
        hits.append(
            {"segment": name, "status": pair.status, "source": excerpt(pair.segment.source), "target": excerpt(pair.draft.target) if pair.draft else ""}
        )
    values: dict[str, Any] = {
        "sought": words,
        "side": side,
        "instead": instead,
        "case": case,
        "whole": whole,
        "hits": hits,
        "total": len(names),
        "places": places[:SHOWN_PLACES] if places else (),
        "more": len(places or ()) > SHOWN_PLACES,
        "waiting": places is None,
    }
    return call.page("search.html", **context(call), **values, may=call.reviews, work=store.work, key=call.key())


def _side(said: str) -> str:
    return said if said in ("source", "target") else "either"


def replace(call: Call) -> Response:
    """Make the replacements that were ticked; a passage that does not stand any more as it was shown is told of and left alone."""
    store = call.store()
    words, instead = str(call.form.get("words", ""))[:500], str(call.form.get("instead", ""))[:500]
    ticked = {name: seen for name, _, seen in (one.partition(":") for one in call.fields("place"))}
    stand = {name: str(draft) == ticked[name] for name, (_, draft) in store.reviewing.statuses(tuple(ticked)).items()}
    as_shown = tuple(name for name, same in stand.items() if same)
    chosen = replacing.places(store, words, instead, case=bool(call.field("case")), whole=bool(call.field("whole")), among=as_shown)
    done = replacing.replace(store, call.folder(), chosen, who=call.who, note=f"“{words}” → “{instead}”")
    overtaken = (*done.overtaken, *(name for name, same in stand.items() if not same))
    return call.page("replaced.html", **context(call), done=done.done, overtaken=overtaken, sought=words, instead=instead, key=call.key())


ROUTES = (
    page("/works/{key}/search", search, needs=Role.READER),
    page("/works/{key}/search", replace, needs=Role.REVIEWER, methods=("POST",)),
)
