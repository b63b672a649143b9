"""What the store of a work knows of its last run: the settings, the glossary, a judge with both."""

from __future__ import annotations

from pathlib import Path

from translate import glossary, languages
from translate.document import Decision, Term
from translate.pipeline.judge import Judge
from translate.pipeline.voice import Voice
from translate.store import Store
from translate.style import NO_STYLE, Style, parse


def settings(store: Store) -> dict[str, str]:
    """The settings of the last run; empty where there was none."""
    runs = store.runs()
    return dict(runs[-1].settings) if runs else {}


def terms(store: Store) -> tuple[Term, ...]:
    """The glossary lines of the last run, as far as its files are still there."""
    paths = [Path(path) for path in settings(store).get("glossaries", "").split("\n") if path]
    there = [path for path in paths if path.is_file()]
    return glossary.load_stack(there, source=store.work.source_language, target=store.work.target_language)


def style(store: Store) -> Style:
    """The style sheet of the last run, as it was then."""
    text = settings(store).get("style", "")
    return parse(text, "the style sheet of the last run", target=store.work.target_language) if text else NO_STYLE


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
