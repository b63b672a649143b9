"""The review: one passage after another, with all that is known of it; every decision leads to the next."""

from __future__ import annotations

import json
from functools import partial
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from translate.document import Runs, plain
from translate.errors import Overtaken, SettingError, StoreError
from translate.pipeline import dismissals, memories
from translate.pipeline import order as orders
from translate.pipeline.review import decisions, history, queues, wishes
from translate.pipeline.review.passage import Passage, open_passage
from translate.pipeline.review.presence import RENEWED
from translate.pipeline.review.queues import Queue
from translate.store import Store
from translate.web.call import Call, context, page, whole
from translate.web.identity import Role
from translate.web.said import said as in_words
from translate.web.shown import Mark, handles, pieces, shown

SHOWN_HITS = 20


def review(call: Call) -> Response:
    """The page: the queue's first open passage, or the one that is named."""
    queue, store = _queue(call), call.store()
    segment = call.request.query_params.get("segment") or call.desk.queues.first(store, queue, call.who, free=_free(call))
    if call.fragment:
        return _passage(call, store, queue, segment)
    return call.page("review.html", **context(call), **_values(call, store, queue, segment), **_rail(call, store))


def step(call: Call) -> Response:
    """Skip: the next passage of the queue, or the one before."""
    store, queue, here = call.store(), _queue(call), call.field("segment")
    if call.field("back"):
        names = call.desk.queues.of(store, queue, call.who)
        place = names.index(here) if here in names else 0
        return _passage(call, store, queue, names[max(0, place - 1)] if names else None)
    return _passage(call, store, queue, call.desk.queues.after(store, queue, call.who, here, free=_free(call)) or None, over=True)


def approve(call: Call) -> Response:
    """Approve what stands in the field, and go on."""
    store, queue, segment = call.store(), _queue(call), _segment(call)
    target, stood = _typed(call, store, segment), store.pair(segment).draft
    try:
        decisions.approve(store, call.folder(), segment, who=call.who, seen=_seen(call), target=target)
    except Overtaken as error:
        return _passage(call, store, queue, segment, said=in_words(str(error), call.language))
    taught = segment if target is not None and stood is not None and target != stood.target else ""
    return _passage(call, store, queue, call.desk.queues.after(store, queue, call.who, segment, free=_free(call)), said=call.words("approved_one"), over=True, taught=taught)


def jot(call: Call) -> Response:
    """Keep what was typed, and say what the checks see in it."""
    store, segment = call.store(), _segment(call)
    target = _typed(call, store, segment)
    if target is None:
        raise SettingError(call.words("nothing_typed"))
    decisions.jot(store, segment, target, who=call.who, seen=_seen(call))
    return call.page("parts/findings.html", findings=decisions.look(store, segment, target), live=True, may=True)


def dismiss(call: Call) -> Response:
    """Dismiss a finding here, or everywhere alike."""
    store, segment = call.store(), _segment(call)
    reason = call.field("reason") or call.words("dismissed_at_desk")
    done = dismissals.dismiss(call.folder(), segment, check=call.field("check"), reason=reason, who=call.who, all_alike=bool(call.field("alike")))
    return _passage(call, store, _queue(call), segment, said=call.words("dismissed", n=len(done)))


def reopen(call: Call) -> Response:
    """Take an approval back."""
    store, segment = call.store(), _segment(call)
    decisions.reopen(store, segment, who=call.who, seen=_seen(call))
    return _passage(call, store, _queue(call), segment, said=call.words("taken_back"))


def restore(call: Call) -> Response:
    """Put an earlier wording into the field; it stands when it is approved."""
    store, segment = call.store(), _segment(call)
    number = whole(call.field("draft"))
    there = store.reviewing.draft(number) if number is not None else None
    if there is None or there[0] != segment:
        raise SettingError(call.words("not_found"))
    decisions.jot(store, segment, there[1], who=call.who, seen=_seen(call))
    return _passage(call, store, _queue(call), segment)


def forget(call: Call) -> Response:
    """Throw away what was typed: what stands is shown again."""
    store, segment = call.store(), _segment(call)
    store.reviewing.unjot(segment, call.who)
    return _passage(call, store, _queue(call), segment)


def undo(call: Call) -> Response:
    """Take one's own last decision back, and show its passage."""
    store = call.store()
    last = history.latest(store, call.who)
    if last is None:
        raise SettingError(call.words("undo_nothing"))
    history.undo(store, call.folder(), last, who=call.who)
    return _passage(call, store, _queue(call), last.segment, said=call.words("undone"))


def wish(call: Call) -> Response:
    """Ask the model for another wording, and put it into the field."""
    store, segment = call.store(), _segment(call)
    order = orders.again(call.folder())
    found = wishes.ask(store, order, segment, call.field("wish"), target=_typed(call, store, segment))
    decisions.jot(store, segment, found.target, who=call.who, seen=_seen(call))
    return _passage(call, store, _queue(call), segment, said=call.words("wish_answered"))


def comment(call: Call) -> Response:
    """Put a comment beside the passage, or say that one is settled."""
    store, segment = call.store(), _segment(call)
    number = whole(call.field("resolve"))
    if number is not None:
        store.reviewing.resolve(number, who=call.who)
    elif call.field("comment"):
        store.reviewing.comment(segment, who=call.who, text=call.field("comment")[:5000])
    return _passage(call, store, _queue(call), segment)


def suggestions(call: Call) -> Response:
    """What the translation memory has for the passage; asked for after the passage is shown, so that nobody waits."""
    try:
        found = memories.suggestions(call.folder(), str(call.request.path_params["segment"]))
    except StoreError:
        found = ()
    rows = [{"one": one, "pieces": pieces(one.target), "target": shown(one.target), "source": shown(one.source)} for one in found]
    return call.page("parts/suggestions.html", rows=rows, work=call.store().work)


def beside(call: Call) -> Response:
    """Who else has the passage open; and that this page still has it."""
    segment = _segment(call)
    if call.reviews:
        call.desk.presence.renew(call.key(), segment, call.who)
    return call.page("parts/beside.html", beside=call.desk.presence.on(call.key(), segment, but=call.who))


def concordance(call: Call) -> Response:
    """Where else a word stands in this work, with both texts."""
    store, words = call.store(), call.request.query_params.get("words", "").strip()[:200]
    side = "target" if call.request.query_params.get("side") == "target" else "source"
    names = queues.segments(store, Queue(side, words))[:SHOWN_HITS] if words else ()
    hits = []
    for name in names:
        pair = store.pair(name)
        texts = (pair.segment.source, pair.draft.target if pair.draft else ())
        marks = [_hits(words, runs) for runs in texts]
        hits.append({"segment": name, "source": shown(texts[0], marks[0]), "target": shown(texts[1], marks[1])})
    return call.page("parts/concordance.html", hits=hits, words_sought=words, work=store.work, key=call.key())


def _hits(words: str, runs: Runs) -> list[Mark]:
    text, out, at = plain(runs).casefold(), [], 0
    while (at := text.find(words.casefold(), at)) >= 0:
        out.append(Mark(at, at + len(words), "hit"))
        at += len(words)
    return out


# --- what the pages are given


def _passage(call: Call, store: Store, queue: Queue, segment: str | None, *, said: str = "", over: bool = False, taught: str = "") -> Response:
    """The passage as a part of the page; the address follows it."""
    response = call.page("parts/passage.html", **(_values(call, store, queue, segment, said=said, over=over) | {"taught": taught}))
    to = {"queue": str(queue)} | ({"segment": segment} if segment else {})
    response.headers["HX-Push-Url"] = f"/works/{call.key()}/review?{urlencode(to)}"
    return response


def _values(call: Call, store: Store, queue: Queue, segment: str | None, *, said: str = "", over: bool = False) -> dict[str, Any]:
    passage = open_passage(store, segment, call.who) if segment else None
    if segment and call.reviews:
        call.desk.presence.open(call.key(), segment, call.who)
    elif call.reviews:
        call.desk.presence.leave(call.key(), call.who)
    names = call.desk.queues.of(store, queue, call.who)
    place = names.index(segment) + 1 if segment in names else 0
    values: dict[str, Any] = {
        "key": call.key(),
        "queue": queue,
        "passage": passage,
        "segment": segment,
        "place": place,
        "length": len(names),
        "said": said,
        "over": over,
        "taught": "",
        "live": False,
        "undoable": bool(said) and over,
    }
    values |= {"beside": call.desk.presence.on(call.key(), segment, but=call.who) if segment else (), "renewed": RENEWED}
    values |= {"work": store.work, "estimate": queues.estimate(store) if queue.kind == "sample" else None, "may": call.reviews}
    return values | (_texts(passage, call.language) if passage else {})


def _texts(passage: Passage, language: str) -> dict[str, Any]:
    pair = passage.pair
    length = len(plain(pair.segment.source))
    marks = [Mark(start, stop, "term" if one.kept else "term lost", _says(one.term.forms, one.term.note)) for one in passage.terms for start, stop in one.spans]
    for finding in pair.findings:
        there = _hits(finding.source, pair.segment.source)[:1] if finding.source else ()
        marks += [Mark(one.start, one.stop, "doubt", in_words(finding.message, language)) for one in there if _telling(one.start, one.stop, length)]
    around = []
    before = True
    for other in passage.around:
        if other is pair:
            before = False
            continue
        around.append({"before": before, "pair": other, "source": shown(other.segment.source), "target": shown(other.draft.target) if other.draft else ()})
    return {
        "source": shown(pair.segment.source, marks),
        "around": around,
        "handles": handles(pair.segment.source),
        "pieces": pieces(passage.words),
        "doubted": [] if passage.typed else [one.span for one in pair.findings if one.span is not None and _telling(*one.span, len(pair.draft.text if pair.draft else ""))],
        "copied": pieces(pair.segment.source),
        "began": shown(passage.conflict.base) if passage.conflict else (),
        "standing": shown(pair.draft.target) if pair.draft else (),
        "findings": pair.findings,
        "segment": pair.segment.id,
    }


def _telling(start: int, stop: int, length: int) -> bool:
    """Whether marking this part of a text of ``length`` characters says where to look: not where it is (nearly) all of a long one."""
    return stop - start < MARKED or 2 * (stop - start) < length


def _says(forms: tuple[str, ...], note: str) -> str:
    return " / ".join(forms) + (f" ({note})" if note else "")


def _rail(call: Call, store: Store) -> dict[str, Any]:
    """The queues to choose from."""
    return {
        "checks": store.reviewing.checks(),
        "people": store.reviewing.people(),
        "chapters": store.entries(most=200),
        "flagged": store.reviewing.flagged(),
        "totals": store.totals(),
        "sample": queues.estimate(store),
    }


def _free(call: Call) -> queues.Free:
    """Claims a passage for the one who asks: a queue goes past those that somebody else has open."""
    if not call.reviews:
        return queues.anybody
    return partial(_claimed, call)


def _claimed(call: Call, segment: str) -> bool:
    return call.desk.presence.claim(call.key(), segment, call.who)


def _queue(call: Call) -> Queue:
    return Queue.read(call.field("queue") or call.request.query_params.get("queue") or "doubtful")


def _segment(call: Call) -> str:
    return str(call.request.path_params["segment"])


def _seen(call: Call) -> int | None:
    return whole(call.field("seen"))


def _typed(call: Call, store: Store, segment: str) -> Runs | None:
    """What stands in the field; None where the page sent nothing of it."""
    value = call.form.get("pieces", "")
    if not isinstance(value, str) or not value:
        return None
    try:
        return decisions.runs_of(store.pair(segment).segment, json.loads(value))
    except (ValueError, RecursionError):
        raise SettingError(call.words("not_readable")) from None


MARKED = 80
"""So many characters are marked wherever they stand."""
PASSAGE = "/works/{key}/passages/{segment}"
ROUTES = (
    page("/works/{key}/review", review, needs=Role.READER),
    page("/works/{key}/review", step, needs=Role.READER, methods=("POST",)),
    page("/works/{key}/review/undo", undo, needs=Role.REVIEWER, methods=("POST",)),
    page("/works/{key}/concordance", concordance, needs=Role.READER),
    page(f"{PASSAGE}/beside", beside, needs=Role.READER),
    page(f"{PASSAGE}/suggestions", suggestions, needs=Role.READER),
    *(
        page(f"{PASSAGE}/{name}", function, needs=Role.REVIEWER, methods=("POST",), outside=function is wish)
        for name, function in {
            "approve": approve,
            "jot": jot,
            "dismiss": dismiss,
            "reopen": reopen,
            "restore": restore,
            "forget": forget,
            "wish": wish,
            "comment": comment,
        }.items()
    ),
)
