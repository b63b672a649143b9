"""The checks on books that people translated: how often they cry wolf, and whether they see what was planted there."""

from __future__ import annotations

import time
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from translate import languages
from translate.checks import ALL, Facts, Pair, Ratios
from translate.document import Draft, Segment, worst
from translate.pipeline.counterparts import numbered_like

FAULTS = tomllib.loads((Path(__file__).parent / "cases" / "human.toml").read_text(encoding="utf-8"))

pytestmark = pytest.mark.slow


@cache
def pairs(corpus: Path, name: str, target: str) -> tuple[Pair, ...]:
    """The passages of the two books at the same address, without those that were not translated at all."""
    from translate.formats import open_source

    theirs = {(slot.document, slot.address): slot.source for one in open_source(corpus / f"{name}-{target}.epub").documents() for slot in one.slots}
    ours = [slot for one in open_source(corpus / f"{name}.epub", language="en").documents() for slot in one.slots if slot.mirrors is None]
    found = []
    for slot in ours:
        text = theirs.get((slot.document, slot.address))
        if text is not None and text != slot.source:
            segment = Segment(f"{slot.document} {slot.address}", slot.document, slot.address, slot.kind, slot.source)
            found.append(Pair(segment, Draft(segment.id, numbered_like(slot.source, text))))
    return tuple(found)


@pytest.mark.parametrize("target", ["de", "fr"])
def test_a_human_translation_seldom_raises_an_alarm(corpus: Path, target: str) -> None:
    """Raw: what is found. Clean: without what a person judged to be true, all of which is told, if only as a remark. Markup is left out: these translators changed it at will."""
    checks = [check for check in ALL if check.name != "markers"]
    ratios, raw, clean = Ratios(), Counter[str](), Counter[str]()
    judged, told = FAULTS[f"developers-reference-{target}"], set()
    book = pairs(corpus, "developers-reference", target)
    for pair in book:
        findings = [finding for check in checks for finding in check(pair, Facts("en", target, ratios=ratios))]
        grave = worst(findings) or ""
        raw[grave] += 1
        clean[grave] += pair.segment.id not in judged
        told |= {pair.segment.id} if grave else set()
        if not findings:
            ratios = ratios.learn(pair.segment.kind, pair.segment.text, pair.draft.text, languages.expansion("en", target))

    assert len(book) > 1000
    assert raw["error"] <= 0.02 * len(book), raw
    assert raw["warning"] <= 0.03 * len(book), raw
    assert clean["error"] <= 0.01 * len(book), clean
    assert set() == set(judged) - told


def test_checking_costs_little(corpus: Path) -> None:
    """Eight milliseconds of processor time a segment for all checks together; they took about three on the machine that measured."""
    book = pairs(corpus, "developers-reference", "de")[:300]
    facts = Facts("en", "de")
    # The dictionaries are loaded once.
    for pair in book[:100]:
        for check in ALL:
            tuple(check(pair, facts))

    begin = time.process_time()
    for pair in book:
        for check in ALL:
            tuple(check(pair, facts))

    assert (time.process_time() - begin) / len(book) < 0.008
