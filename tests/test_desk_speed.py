"""The desk with a large work, so that the figures in docs/benchmarks.md cannot rot: by the time that is computed, which a busy machine does not change."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import desk

SEGMENTS, WHOLE = 20_000, 100_000
STEADY = 0.3
"""The part of what a page may take that does not grow with the work; the other part is a fifth, in a work of a fifth."""


@pytest.mark.slow
def test_with_20_000_passages_no_page_computes_longer_than_its_share_or_is_too_large(tmp_path: Path) -> None:
    asked, _ = desk.trial(tmp_path, SEGMENTS, times=3)

    share = STEADY + (1 - STEADY) * SEGMENTS / WHOLE
    assert len(asked) > 30
    assert [] == [(one.name, f"{min(one.cpu):.3f} s of CPU") for one in asked if min(one.cpu) > share * one.most]
    assert [] == [(one.name, one.size) for one in asked if one.size > desk.SIZE]
