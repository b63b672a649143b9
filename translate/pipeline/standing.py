"""Where a work stands, for people and for JSON: its status, its findings, the story of a segment."""

from __future__ import annotations

from collections import Counter

from translate import glossary, report
from translate.document import Finding, Runs, plain
from translate.pipeline import dismissals, glossaries, known, ledger, results, switches
from translate.pipeline.judge import Judge
from translate.pipeline.works import Folder
from translate.prompts import spelling
from translate.store import Asked, Chosen, Dismissal, Drafted, Event, Pair, Placed, Store


def status(folder: Folder) -> dict[str, object]:
    """The state of a work in plain values."""
    with Store.open(folder.store, readonly=True) as store:
        states = store.states()
        counts = Counter(state.status for state in states.values())
        severities = Counter(finding.severity for _, finding, state in store.findings() if not results.settled(state))
        dismissed = [one.stale for one in store.dismissing.all()]
        spent = store.spent()
        runs = store.runs()
        settings = known.settings(store)
        return {
            "work": str(folder.path),
            "title": store.work.title,
            "from": store.work.source_language,
            "to": store.work.target_language,
            "source": store.version().name,
            "version": store.version().number,
            "segments": len(states),
            "accepted": counts["accepted"],
            "approved": counts["approved"],
            "flagged": counts["flagged"],
            "pending": counts["pending"],
            "outdated": sum(1 for state in states.values() if state.outdated),
            "errors": severities["error"],
            "warnings": severities["warning"],
            **_voice(store),
            "dismissed": dismissed.count(False),
            "stale_dismissals": dismissed.count(True),
            "model": settings.get("model_name", ""),
            "runs": len(runs),
            "last_run": (runs[-1].outcome or "under way, or broken off") if runs else "none yet",
            "requests": spent.requests,
            "prompt_tokens": spent.prompt,
            "cached_tokens": spent.cached,
            "answer_tokens": spent.answer,
            "mending_share": round(results.mending(spent), 4),
            "glossaries": [one.says for one in glossaries.of_work(store)],
            "without": sorted(switches.kept(store)),
            "cost": round(spent.cost, 6),
            "currency": settings.get("currency", ""),
            "reserved_by_broken_attempts": round(spent.kept_cost, 6),
            "corrections_without_a_place": [f"{orphan.segment.id}: {_spelt(orphan.review.target, orphan.segment.source)}" for orphan in store.orphans()],
            "book": str(folder.book(store.work)) if folder.book(store.work).exists() else "",
        }


def _voice(store: Store) -> dict[str, object]:
    """How the translation keeps its terms and names; nothing where none occurs."""
    success = ledger.success(store)
    if not success.wanted:
        return {}
    ltcr = {} if success.ltcr is None else {"consistency_ltcr": round(success.ltcr, 3)}
    return {"terms_kept": f"{success.kept} of {success.wanted}", "term_success": round(success.kept / success.wanted, 3), **ltcr}


def findings(folder: Folder, *, check: str = "", severity: str = "") -> dict[str, object]:
    """The findings that hold, in reading order, in the form that the design gives them."""
    rows: list[dict[str, object]] = []
    with Store.open(folder.store, readonly=True) as store:
        segments, judge = 0, known.judge_of(store)
        for one in (*results.unread(store), *results.unlike(store)):
            if check in ("", one.finding.check) and severity in ("", one.finding.severity):
                rows.append({**report.finding_record(one), "status": one.finding.check})
        for pair in store.pairs():
            segments += 1
            for finding in pair.findings:
                if check in ("", finding.check) and severity in ("", finding.severity):
                    rows.append({**report.finding_record(results.found(pair, finding)), "status": pair.status, **_line(finding, pair, judge)})
    return {"findings": rows, "segments": segments}


def _line(finding: Finding, pair: Pair, judge: Judge) -> dict[str, str]:
    """Where the glossary line stands that a finding about a term goes back to, and which lines it won over."""
    if finding.check != "terms":
        return {}
    return next(({"line": glossary.place(term)} for term in judge.terms(pair.segment) if term.source == finding.source), {})


def dismissed(folder: Folder, *, check: str = "") -> dict[str, object]:
    """The findings that people dismissed, oldest first; ``stale`` says of which the text has changed since."""
    with Store.open(folder.store, readonly=True) as store:
        return {"dismissed": [report.dismissal_record(one) for one in dismissals.of_store(store) if check in ("", one.finding.check)]}


def explain(folder: Folder, segment: str) -> dict[str, object]:
    """The story of a segment: what it is, whether what stands for it is stale and why, and everything that happened to it."""
    with Store.open(folder.store, readonly=True) as store:
        events = store.history(segment)
        pair = store.pair(segment)
        judge = known.judge_of(store)
        terms = judge.terms(pair.segment)
        stale = judge.stale(pair.segment, pair.draft, pair.state.dependency)
    return {
        "segment": segment,
        "document": pair.segment.document,
        "address": pair.segment.address,
        "kind": str(pair.segment.kind),
        "headings": list(pair.segment.trail),
        "status": _status(pair, stale),
        "stale": stale,
        "source": _spelt(pair.segment.source, pair.segment.source),
        "target": _spelt(pair.draft.target, pair.segment.source) if pair.draft else "",
        "terms": [f"{term.source} = {' / '.join(term.forms)} ({glossary.place(term)})" for term in terms],
        "findings": [finding.message for finding in pair.findings],
        "dismissed": [f"{one.finding.message} ({one.who}: {one.reason})" for one in pair.dismissed],
        "events": [_event(event, pair.segment.source) for event in events],
    }


def _status(pair: Pair, stale: bool) -> str:
    said = {
        "pending": "pending: not translated yet",
        "accepted": "accepted by every check",
        "flagged": "flagged: the best draft, with findings",
        "approved": "approved by a person",
    }[pair.status]
    if pair.state.outdated:
        said += "; the source has changed since"
    if stale:
        said += "; stale: its source, a term in it or a style line has changed since, the next run asks again"
    return said


def _event(event: Event, source: Runs) -> dict[str, object]:
    what, details = _told(event, source)
    return {"at": event.at, "what": what, "details": [detail for detail in details if detail]}


def _told(event: Event, source: Runs) -> tuple[str, list[str]]:
    if isinstance(event, Placed):
        return f"found in version {event.version} of the source, {event.document} at {event.address}", [_spelt(event.source, event.source)]
    if isinstance(event, Asked):
        tokens = f"{event.prompt} tokens sent ({event.cached} from the server's cache), {event.answer} answered"
        return f"request {event.id} to {event.model} ({event.purpose}, prompt {event.prompt_hash}): {event.state}", [
            tokens if event.state == "settled" else event.error
        ]
    if isinstance(event, Drafted):
        draft = event.draft
        return f"draft {event.id} from {draft.origin} {draft.model}".rstrip(), [
            _spelt(draft.target, source) or "(empty)",
            *(f"! {one.message}" for one in event.findings),
        ]
    if isinstance(event, Chosen):
        return f"now {event.status}" + (f", with draft {event.draft}" if event.draft else ""), [event.why]
    if isinstance(event, Dismissal):
        return f"{event.who} dismissed a finding of the check {event.finding.check}", [event.finding.message, event.reason]
    return f"{event.who} decided", [_spelt(event.target, event.source), event.note]


def _spelt(runs: Runs, source: Runs) -> str:
    """Runs with their markers as people write them, in the spelling that the segment's source asks for."""
    return spelling.spell(runs, spelling.choose([plain(source)]))
