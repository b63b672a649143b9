"""What the store of a work knows of its last run: the settings, the glossary, a judge with both."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from pathlib import Path

from translate import languages
from translate.document import Decision, Term
from translate.pipeline import glossaries
from translate.pipeline.judge import Judge
from translate.pipeline.voice import Voice
from translate.store import Store
from translate.style import NO_STYLE, Style, parse


def settings(store: Store) -> dict[str, str]:
    """The settings of the last run; empty where there was none."""
    runs = store.runs()
    return dict(runs[-1].settings) if runs else {}


def terms(store: Store) -> tuple[Term, ...]:
    """The glossary lines of the last run; as they are now, where its files are still there."""
    return glossaries.terms(glossaries.of_work(store))


def style(store: Store) -> Style:
    """The style sheet of the last run, as it was then."""
    text = settings(store).get("style", "")
    return parse(text, "the style sheet of the last run", target=store.work.target_language) if text else NO_STYLE


def present_judge(store: Store) -> Judge:
    """``judge_of``, kept while nothing of the ledger, the last run and its glossaries has changed: for those who ask again and again, and only look.

    What a run settles by itself counts after ``SOON`` seconds: while it settles names by the minute, every page would read the ledger anew.
    """
    decided, settled = store.ledger_mark()
    stamp = (store.identity, store.version().number, decided, store.runs()[-1:], tuple(path.stat().st_mtime_ns for path in glossaries.paths(store) if glossaries.there(path)))
    with _LOCK:
        there = _KEPT.get(store.path)
    if there is not None and there.stamp == stamp and (there.settled == settled or time.monotonic() < there.until):
        return there.judge
    made = judge_of(store)
    with _LOCK:
        _KEPT.pop(store.path, None)
        _KEPT[store.path] = _Kept(stamp, settled, time.monotonic() + SOON, made)
        while len(_KEPT) > MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
    return made


@dataclass(frozen=True, slots=True)
class _Kept:
    """A judge with what it was made from."""

    stamp: tuple[object, ...]
    settled: int
    until: float
    judge: Judge


SOON = 5.0
MOST_KEPT = 8
_KEPT: dict[Path, _Kept] = {}
_LOCK = threading.Lock()


def judge_of(store: Store, *, as_if: Decision | None = None) -> Judge:
    """A judge for the work as its last run had it; with ``as_if``, as if that were decided too."""
    source, target = languages.find(store.work.source_language), languages.find(store.work.target_language)
    held = (*store.ledger(), as_if) if as_if is not None else store.ledger()
    return Judge(
        source=source,
        target=target,
        voice=Voice(terms(store), held, source.code),
        style=style(store),
        structural=settings(store).get("model") in ("echo", "pseudo"),
        without=frozenset(settings(store).get("without", "").split()),
        format=store.work.format,
    )
